"""Ontology, vocabularies and a report's graph are OWL 2 DL and consistent; planted faults are found."""

import re

import pytest

from kg.divisions import Register
from kg.pipeline import extract_bytes
from kg.triples import quads_of
from tests import reasoner
from tests.canonical import files
from tests.conftest import DIVISIONS, ROOT, absent

FZ = "@prefix fz: <https://w3id.org/fazhi-kg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix x: <http://example.org/> .\n"


@pytest.fixture(scope="module", autouse=True)
def java() -> None:
    if (what := reasoner.missing()) is not None:
        absent(what)


@pytest.fixture(scope="module")
def core() -> str:
    return (ROOT / "ontology" / "core.ttl").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def everything() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in files()]


def test_ontology_and_vocabularies_are_owl_2_dl(everything: list[str]) -> None:
    assert reasoner.violations(everything) == []


def test_ontology_and_vocabularies_are_consistent(everything: list[str]) -> None:
    assert reasoner.is_consistent(everything)


def test_every_class_can_have_members(core: str) -> None:
    assert reasoner.unsatisfiable([core]) == []


def test_the_graph_of_a_report_is_owl_2_dl_and_consistent(core: str, register: Register) -> None:
    path = ROOT / "samples" / "990100-sifaju-2025.txt"
    lines = quads_of(extract_bytes(path.read_bytes(), path.name, DIVISIONS), register)
    triples = "\n".join(re.sub(r" <[^>]*> \.$", " .", line) for line in lines)
    assert reasoner.violations([core, triples]) == []
    assert reasoner.is_consistent([core, triples])


@pytest.mark.parametrize(
    "fault",
    [
        "x:a a fz:Passage ; fz:within x:b .",  # only divisions lie within divisions
        "x:a fz:indicator x:b . x:b a fz:Body .",  # a body is no indicator
        "x:a fz:report x:r, x:s . x:r owl:differentFrom x:s .",  # a fact has one report
        'x:a fz:value "1.0"^^<http://www.w3.org/2001/XMLSchema#decimal>, "2.0"^^<http://www.w3.org/2001/XMLSchema#decimal> .',  # and one value
    ],
)
def test_a_planted_inconsistency_is_found(core: str, fault: str) -> None:
    assert not reasoner.is_consistent([core, FZ + fault])


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("x:a a x:Undeclared .", "Undeclared"),
        ("fz:report a owl:DatatypeProperty .", "report"),
        ("fz:within a owl:TransitiveProperty, owl:FunctionalProperty .", "within"),
    ],
)
def test_a_planted_breach_of_the_profile_is_found(core: str, fault: str, told: str) -> None:
    found = reasoner.violations([core, FZ + fault])
    assert found != []
    assert told in " ".join(found)

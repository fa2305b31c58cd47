"""The vocabularies: complete, bilingual, without circles, one owner a name, every term declared and used; planted faults name their line."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.divisions import Register
from kg.ontology import load_concepts, ontology_quads
from kg.pipeline import extract_bytes
from kg.triples import quads_of
from kg.vocab import BASE, FZ
from tests.canonical import canonical, files
from tests.conftest import DIVISIONS, ROOT
from tests.vocabulary import faults

CONCEPTS = [concept for scheme in load_concepts().values() for concept in scheme.values()]
BESIDE = (*sorted((ROOT / "queries").glob("*.rq")), *sorted((ROOT / "shapes").glob("*.ttl")))


@pytest.fixture(scope="module")
def produced(sample_files: list[Path], register: Register) -> frozenset[str]:
    """The terms in the samples' graphs, and those that are written only of some reports (a damaged date) or of each run."""
    lines = [line for path in sample_files for line in quads_of(extract_bytes(path.read_bytes(), path.name, DIVISIONS), register)]
    writers = "".join((ROOT / "kg" / name).read_text(encoding="utf-8") for name in ("store.py", "provenance.py", "triples/__init__.py", "triples/lines.py"))
    return frozenset(re.findall(r"<" + re.escape(FZ) + r"(\w+)>", "\n".join(lines))) | frozenset(re.findall(r'FZ \+ "(\w+)"', writers))


def test_nothing_is_wrong(produced: frozenset[str]) -> None:
    assert faults(ROOT / "ontology", BESIDE, produced) == []


def test_every_term_that_graphs_hold_is_declared(produced: frozenset[str]) -> None:
    declared = {q.subject.value.removeprefix(FZ) for q in ontology_quads() if getattr(q.subject, "value", "").startswith(FZ)}
    assert sorted(produced - declared) == []


PLANTED = [
    ("mechanisms.ttl", '    skos:altLabel "府检联动机制"@zh ;', '    skos:altLabel "府院协调"@zh ;', "several owners"),
    ("mechanisms.ttl", '    skos:prefLabel "Government–court coordination"@en ;', "", "English preferred label"),
    ("units.ttl", '    fz:unitClass "person" ;', '    fz:unitKind "person" ;', "not declared"),
    ("body-types.ttl", "    skos:broader btype:people-congress ;", "    skos:broader btype:people-congres ;", "leads nowhere"),
    ("topics.ttl", "    skos:inScheme scheme:topic-2021 ;", "", "no scheme"),
    ("core.ttl", '    rdfs:label "主题"@zh ;', "", "expected exactly one"),
]


@pytest.mark.parametrize(("name", "line", "instead", "told"), PLANTED)
def test_a_planted_fault_is_named_with_its_line(tmp_path: Path, name: str, line: str, instead: str, told: str) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", folder, ignore=shutil.ignore_patterns("*.csv", "*.tsv"))
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    at = lines.index(line)
    head = max(number for number, text in enumerate(lines[: at + 1]) if text and not text.startswith((" ", ".", "@", "#")))
    lines[at : at + 1] = [instead] if instead else []
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = [message for message in faults(folder, BESIDE, frozenset(_declared())) if told in message]
    assert found != []
    expected = f"ontology/{name}:{(at if instead else head) + 1}: "
    assert any(expected in message for message in found), found


def test_a_planted_circle_and_an_unused_term_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", folder, ignore=shutil.ignore_patterns("*.csv", "*.tsv"))
    path = folder / "mechanisms.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\nmech:government-court-coordination skos:broader mech:administrative-dispute-centre ;\n.\n", encoding="utf-8")
    core = folder / "core.ttl"
    core.write_text(core.read_text(encoding="utf-8") + '\nfz:idle a owl:Class ;\n    rdfs:label "闲"@zh ;\n.\n', encoding="utf-8")
    path.write_text(canonical(path.read_bytes()), encoding="utf-8")
    found = "\n".join(faults(folder, BESIDE, frozenset(_declared())))
    assert "in a circle" in found
    assert "fz:idle: 声明而未使用" in found


def _declared() -> set[str]:
    return {q.subject.value.removeprefix(FZ) for q in ontology_quads() if getattr(q.subject, "value", "").startswith(FZ)}


def test_concept_iris_follow_their_scheme() -> None:
    assert [c.iri for c in CONCEPTS if c.iri != f"{BASE}{c.scheme}/{c.id}"] == []


def test_an_edited_label_is_seen_in_a_checkout(tmp_path: Path) -> None:
    for name in ("kg", "ontology", "pyproject.toml"):
        source = ROOT / name
        shutil.copytree(source, tmp_path / name) if source.is_dir() else shutil.copy(source, tmp_path / name)
    path = tmp_path / "ontology" / "mechanisms.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace('"府院联动"@zh', '"府院大联动"@zh'), encoding="utf-8")
    code = "from kg.ontology import load_concepts as l; print(l()['mechanism']['government-court-coordination'].zh)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "府院大联动"


def test_the_schemes_are_as_large_as_promised() -> None:
    counts = {scheme: len(concepts) for scheme, concepts in load_concepts().items()}
    assert counts["mechanism"] >= 140
    assert counts["indicator"] >= 220
    assert counts["body-type"] >= 110
    assert counts["topic"] == 9


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_files_are_in_canonical_order(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == canonical(path.read_bytes(), path.name), "run `make ontology`"


def test_an_indicator_is_of_the_kind_of_its_units() -> None:
    concepts = load_concepts()
    kinds = {name: unit.value("indicatorKind") for unit in concepts["unit"].values() for name in unit.labels()}
    printed = {c.id: c.value("printedUnit") or "" for c in concepts["indicator"].values()}
    units = {c: [unit] if unit in kinds else unit.split("/") for c, unit in printed.items()}  # 微克/立方米 is one unit, 卷/本 are two
    wanted = {c.id: c.value("indicatorKind") for c in concepts["indicator"].values()}
    assert [(c, unit) for c, each in units.items() for unit in each if kinds.get(unit, "count") != wanted[c]] == []

"""The gate: each mutation of a good graph is caught by its own constraint; faults in shapes files name file and line."""

import re
from pathlib import Path

import pytest

from kg.checking import check_files
from kg.divisions import Register
from kg.errors import InputError
from kg.model import Finding
from kg.pipeline import extract_bytes
from kg.triples import quads_of
from kg.validate import load_shapes, validate_quads
from tests.conftest import DIVISIONS, SAMPLES

FZ = "https://w3id.org/fazhi-kg/ontology#"


@pytest.fixture(scope="module")
def good(register: Register) -> list[str]:
    path = SAMPLES / "990121-2025.html"
    return quads_of(extract_bytes(path.read_bytes(), path.name, DIVISIONS), register)


def names(findings: list[Finding]) -> set[str]:
    return {finding.shape.split("#")[1] for finding in findings}


def test_good_graph_conforms(good: list[str]) -> None:
    findings = validate_quads(good)
    assert [f for f in findings if f.severity == "violation"] == []
    assert all(f.message.get("zh") and f.message.get("en") for f in findings)


def drop(pattern: str, lines: list[str]) -> list[str]:
    at = next(n for n, line in enumerate(lines) if re.search(pattern, line))
    return lines[:at] + lines[at + 1 :]


def change(pattern: str, old: str, new: str, lines: list[str]) -> list[str]:
    at = next(n for n, line in enumerate(lines) if re.search(pattern, line) and re.search(old, line))
    return [*lines[:at], re.sub(old, new, lines[at], count=1), *lines[at + 1 :]]


MUTATIONS = [
    ("quote-in-text", lambda ls: change("oa#exact", r'"3215件"', '"3216件"', ls)),
    ("quote-in-text", lambda ls: change("oa#exact", r"98\.9%", "96.8%", ls)),
    ("observation-rule", lambda ls: drop(r"/observation/.*ontology#rule", ls)),
    ("measure-status", lambda ls: change(r"/measure/.*ontology#status", '"done"', '"finished"', ls)),
    ("observation-bound", lambda ls: change(r"ontology#bound", '"exact"', '"about"', ls)),
    ("passage-order", lambda ls: change(r"#char=\d+,\d+> <[^>]*oa#start", r'"\d+"', '"999999"', ls)),
    ("ratio-range", lambda ls: change(r"/observation/.*ontology#value", r'"98\.9"', '"989"', ls)),
    ("explicit-evidence", lambda ls: [line for line in ls if "responsibilityEvidence" not in line]),
    ("measure-responsible", lambda ls: drop(r"/measure/.*ontology#responsible>", ls)),
    ("measure-basis", lambda ls: change(r"responsibilityBasis", r'"(explicit|implied|passive)"', '"guessed"', ls)),
    ("report-year", lambda ls: drop(r"/report/990121/people-government/2025> <[^>]*ontology#year", ls)),
    ("report-year", lambda ls: change(r"/2025> <[^>]*ontology#year", '"2025"', '"20255"', ls)),
    ("report-division", lambda ls: drop(r"/report/990121/people-government/2025> <[^>]*ontology#division>", ls)),
    ("report-issuer", lambda ls: drop(r"ontology#issuer>", ls)),
    ("report-text", lambda ls: [line for line in ls if "ontology#text>" not in line]),
    ("report-published", lambda ls: change(r"ontology#published", '"2026-02-27"', '"27.2.2026"', ls)),
    ("report-sha256", lambda ls: change(r"ontology#sha256", r'"[0-9a-f]{64}"', '"abc"', ls)),
    ("body-mention-body", lambda ls: drop(r"/body/\d+-\d+> <[^>]*ontology#body>", ls)),
    ("body-label", lambda ls: drop(r"/body/990121/people-government> <[^>]*label>", ls)),
    ("mechanism-mention-mechanism", lambda ls: drop(r"/mechanism/\d+-\d+> <[^>]*ontology#mechanism>", ls)),
    ("plan-measure", lambda ls: drop(r"/plan/.*ontology#measure>", ls)),
    ("figure-relation-holds", lambda ls: change(r"ontology#holds", '"(true|false|unknown)"', '"maybe"', ls)),
    ("section-label", lambda ls: drop(r"/section/.*label>", ls)),
    ("shortcomings-named", lambda ls: [line for line in ls if "/shortcoming/" not in line]),
    ("plans-named", lambda ls: [line for line in ls if "/plan/" not in line]),
    ("published-in-time", lambda ls: change(r"ontology#published", '"2026-02-27"', '"2026-05-06"', ls)),
    ("first-responsible-person", lambda ls: [line for line in ls if "first-responsible-person" not in line]),
]


@pytest.mark.parametrize(("shape", "mutate"), MUTATIONS, ids=[f"{n}-{name}" for n, (name, _) in enumerate(MUTATIONS)])
def test_mutation_is_caught(good: list[str], shape: str, mutate) -> None:  # type: ignore[no-untyped-def]
    before, after = names(validate_quads(good)), names(validate_quads(mutate(good)))
    assert shape not in before
    assert shape in after


def test_contradicting_rate_is_found_with_its_sentence() -> None:
    path = SAMPLES / "990121-2025.html"
    (checked,) = check_files([str(path)], DIVISIONS, lambda name: Path(name).read_bytes())
    (finding,) = [f for f in checked.findings if f.shape.endswith("#rate-agrees")]
    assert finding.severity == "warning"
    assert finding.quote is not None
    assert "调解成功3215件" in finding.quote
    assert "98.9%" in finding.quote


def test_agreeing_rates_are_not_flagged(sample_files: list[Path]) -> None:
    for checked in check_files([str(p) for p in sample_files if p.stem != "990121-2025"], DIVISIONS, lambda name: Path(name).read_bytes()):
        assert not [f for f in checked.findings if f.shape.endswith("#rate-agrees")], checked.source


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n<a:b> a sh:NodeShape\n<a:c>", r"bad\.ttl:[345]"),
        ("@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n<a:b> a sh:NodeShape ;\n  sh:severity sh:Disaster .\n", r"bad\.ttl:4.*Disaster"),
        ('@prefix sh: <http://www.w3.org/ns/shacl#> .\n<a:b> a sh:NodeShape ;\n  sh:sparql <a:c> .\n<a:c> sh:select """SELECT $this WHERE { $this ??? }""" .\n', r"bad\.ttl:4.*SPARQL"),
    ],
)
def test_faulty_shapes_name_file_and_line(tmp_path: Path, text: str, hint: str) -> None:
    (tmp_path / "bad.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=hint):
        load_shapes((str(tmp_path),))


def test_real_report(corpus: Path) -> None:
    path = corpus / "reports" / "419001-2025.txt"
    (checked,) = check_files([str(path)], (), lambda name: Path(name).read_bytes())
    assert not [f for f in checked.findings if f.severity == "violation"]
    suggested = {s for f in checked.findings for s in ("471件809人次", "2021—2025年", "2023—2025年", "2024年12月31日", "2026年1月21日") if s in f.message["zh"]}
    assert len(suggested) == 5
    assert not [f for f in checked.findings if f.shape.endswith(("#rate-agrees", "#published-in-time"))]
    assert [f for f in checked.findings if f.shape.endswith("#shortcomings-with-causes")]

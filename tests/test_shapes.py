"""The gate: messages, order and sentences of findings, faults in shapes told by file and line, shapes of one's own, the real report."""

import re
from pathlib import Path

import pytest
from rdflib import RDFS, Graph, Namespace

from kg.divisions import load_register
from kg.errors import InputError
from kg.model import Finding
from kg.pipeline import extract_bytes
from kg.triples import quads_of
from kg.validate import conforms, load_shapes, sentence_around, validate_quads, worst
from kg.validate.shapes import sh
from kg.validate.terms import parts

ROOT = Path(__file__).resolve().parents[1]
DIVISIONS = (str(ROOT / "samples" / "divisions.csv"),)
SHAPES = "https://w3id.org/fazhi-kg/shapes#"
SH, FZ = Namespace("http://www.w3.org/ns/shacl#"), Namespace("https://w3id.org/fazhi-kg/ontology#")


def names(findings: list[Finding]) -> set[str]:
    return {f.shape.removeprefix(SHAPES) for f in findings}


def test_every_kind_of_fact_is_checked_as_a_fact() -> None:
    facts = set(Graph().parse(ROOT / "ontology" / "core.ttl").subjects(RDFS.subClassOf, FZ.Fact))
    assert set(load_shapes().graph.objects(f"<{SHAPES}fact>", sh("targetClass"))) == {fact.n3() for fact in facts}


def quads_of_file(name: str) -> list[str]:
    return quads_of(extract_bytes((ROOT / "samples" / name).read_bytes(), name, DIVISIONS), load_register(DIVISIONS))


@pytest.fixture(scope="module")
def good() -> list[str]:
    return quads_of_file("990100-2025.txt")


def test_the_good_sample_has_no_finding(good: list[str]) -> None:
    assert validate_quads(good) == []


def test_messages_are_bilingual_and_carry_the_figures() -> None:
    lines = quads_of_file("990121-2025.html")
    (rate,) = [f for f in validate_quads(lines) if f.shape.endswith("#rate-agrees")]
    assert "98.9%" in rate.message["zh"]
    assert "3025/3125" in rate.message["zh"]
    assert "gives 96.8 %" in rate.message["en"]
    assert rate.quote == "全县人民调解组织调解矛盾纠纷3125件，调解成功3025件，成功率98.9%。"
    (figure,) = [f for f in validate_quads(quads_of_file("990100-sifaju-2025.txt")) if f.shape.endswith("#damaged-figure")]
    assert "312件568人次" in figure.message["zh"]
    assert "312件568人次" in figure.message["en"]


def test_every_shape_that_reports_speaks_both_languages() -> None:
    graph = load_shapes().graph
    for shape in graph.columns[sh("severity")]:
        said = {parts(message)[1]: parts(message)[0] for message in graph.objects(shape, sh("message"))}
        assert set(said) == {"zh", "en"}, shape
        assert re.search("[一-鿿]", said["zh"]), shape


def test_a_ratio_of_250_percent_is_caught(good: list[str]) -> None:
    ratio = next(line.split()[0] for line in good if "unit/percent>" in line)
    name = next(line for line in good if line.startswith(f"{ratio} <{FZ}name>"))
    lines = [re.sub(r'> "[^"]*"', '> "群众满意度达到"', line) if line == name else line for line in good]
    lines = [re.sub(r'> "[^"]*"', '> "250"', line) if line.startswith(f"{ratio} <{FZ}value>") else line for line in lines]
    (finding,) = [f for f in validate_quads(lines) if f.shape.endswith("#ratio-range")]
    assert "250" in finding.message["zh"]
    assert finding.quote is not None
    assert not conforms([finding])


def test_findings_come_in_one_order_with_their_sentences(good: list[str]) -> None:
    lines = [re.sub(r'(ontology#(?:status|bound)> )"\w+"', r'\1"x"', line) for line in good]
    findings = validate_quads(lines)
    text = next(re.sub(r"\\n", "\n", re.findall(r'"(.*)"', line)[0]) for line in good if f"<{FZ}text>" in line)
    assert findings == validate_quads(lines[::-1])
    assert [f.start for f in findings if f.severity == "violation"] == sorted(f.start for f in findings if f.severity == "violation" and f.start is not None)
    assert all(text[f.start : f.end] == f.quote for f in findings if f.start is not None)


def test_worst_and_conforms() -> None:
    def finding(severity: str) -> Finding:
        return Finding("r", severity, "s", "c", "f", None, None)

    assert worst([]) is None
    assert worst([finding("info"), finding("warning")]) == "warning"
    assert conforms([finding("info"), finding("warning")])
    assert not conforms([finding("info"), finding("violation")])


@pytest.mark.parametrize(("span", "quote"), [((0, 1), "一。"), ((3, 5), "共2件。"), ((2, 6), "共2件。"), ((7, 8), "末"), ((99, 100), "末")])
def test_sentence_around(span: tuple[int, int], quote: str) -> None:
    text = "一。共2件。\n末"
    found, start, end = sentence_around(text, *span)
    assert (found, text[start:end]) == (quote, quote)


HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix e: <https://example.org/> .\n"
SPARQL = HEAD + 'e:s a sh:NodeShape ;\n  sh:targetClass e:C ;\n  sh:sparql e:q .\ne:q sh:select """\nSELECT $this WHERE {\n  $this a e:C .\n  %s\n}""" .\n'
MALFORMED: dict[str, tuple[str, int, str]] = {
    "missing object": (HEAD + "e:a e:b\n .", 4, "Turtle"),
    "unbound prefix": (HEAD + "\nx:a e:b e:c .", 4, "Turtle"),
    "open string": (HEAD + 'e:a e:b e:c .\ne:a e:b "open .', 4, "Turtle"),
    "ends in a name": (HEAD + "e:a e:b e:c .\ne:a e:b", 4, "Turtle"),
    "unknown severity": (HEAD + "e:s a sh:NodeShape ;\n  sh:targetClass e:C ;\n  sh:severity sh:Fatal .", 5, "severity"),
    "SPARQL syntax": (SPARQL.replace("this a e:C", "this a ?kind") % "FILTR (?x)", 9, "SPARQL"),
    "SPARQL prefix": (SPARQL % "", 8, "prefix not declared"),
    "SPARQL inside a group": (SPARQL.replace("e:C .\n  %s", "?kind .\n  FILTER (?kind > )"), 9, "SPARQL.*FILTER"),
    "count of no number": (
        HEAD + 'e:s a sh:NodeShape ;\n  sh:property [ sh:path e:c ;\n  sh:minCount "one" ] .',
        5,
        "sh:minCount .*example.org/s.*whole number",
    ),
    "pattern": (HEAD + 'e:s a sh:NodeShape ;\n  sh:property [ sh:path e:c ;\n  sh:pattern "(" ] .', 5, "regular expression"),
    "misspelt property": (HEAD + "e:s a sh:NodeShape ;\n  sh:property [ sh:path e:c ;\n  sh:datatyp e:d ] .", 5, "expected sh:datatype"),
}


@pytest.mark.parametrize("fault", MALFORMED)
def test_a_malformed_shapes_file_is_told_by_file_and_line(tmp_path: Path, fault: str) -> None:
    text, line, word = MALFORMED[fault]
    path = tmp_path / "own.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=rf"own\.ttl:{line}: .*{word}"):
        load_shapes((str(tmp_path),))


def test_undecodable_and_missing_shapes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_bytes(HEAD.encode() + b'e:a e:b "\xff" .')
    with pytest.raises(InputError, match=r"own\.ttl:3: "):
        load_shapes((str(path),))
    with pytest.raises(InputError, match="no such shapes"):
        load_shapes((str(tmp_path / "nowhere"),))


def test_own_shapes_are_added_and_change_the_version(tmp_path: Path, good: list[str]) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(
        HEAD
        + "@prefix fz: <https://w3id.org/fazhi-kg/ontology#> .\n"
        + 'e: sh:declare [ sh:prefix "own" ; sh:namespace "https://w3id.org/fazhi-kg/ontology#" ] .\n'
        + "e:s a sh:NodeShape ; sh:targetClass fz:Report ; sh:property [ sh:path fz:year ; sh:minInclusive 2030 ; sh:severity sh:Info ] .\n"
        + 'e:t a sh:NodeShape ; sh:targetClass fz:Report ; sh:sparql [ sh:prefixes e: ; sh:message "年度 {?y}" ;\n'
        + '  sh:select "SELECT $this ?y WHERE { $this own:year ?y }" ] .\n',
        encoding="utf-8",
    )
    shapes = load_shapes((str(tmp_path),))
    assert shapes.version != load_shapes().version
    assert re.fullmatch("[0-9a-f]{12}", shapes.version)
    found = {f.shape: f for f in validate_quads(good, shapes)}
    assert set(found) == {"https://example.org/s", "https://example.org/t"}
    assert found["https://example.org/s"].severity == "info"
    assert found["https://example.org/t"].message == {"zh": "年度 2025", "en": "年度 2025"}


@pytest.fixture(scope="module")
def real(corpus: Path) -> list[Finding]:
    path = corpus / "reports" / "419001-2025.txt"
    return validate_quads(quads_of(extract_bytes(path.read_bytes(), path.name), load_register(())))


def about(findings: list[Finding], shape: str) -> list[Finding]:
    return [f for f in findings if f.shape == SHAPES + shape]


@pytest.mark.corpus
def test_the_real_report_conforms_and_its_faults_are_found(real: list[Finding]) -> None:
    assert conforms(real)
    (figure,) = about(real, "damaged-figure")
    assert "471809人次" in (figure.quote or "")
    assert "471件809人次" in figure.message["zh"]
    said = " ".join(f.message["zh"] for f in about(real, "damaged-place"))
    for printed in ("20212025年", "20241231日", "20232025年", "2026121"):
        assert f"“{printed}”" in said
    for suggestion in ("2021—2025年", "2024年12月31日", "2023—2025年", "2026年1月21日"):
        assert f"“{suggestion}”" in said


@pytest.mark.corpus
def test_the_real_reports_duties_and_rates(real: list[Finding]) -> None:
    assert [f.severity for f in about(real, "shortcomings-with-causes")] == ["info"]
    for shape in ("published-in-time", "report-published-known", "plans-named", "rate-agrees", "figures-agree", "ratio-range"):
        assert about(real, shape) == []
    assert not [f for f in real if "5559" in (f.quote or "")]


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_a_shape_without_a_message_tells_what_is_not_met(tmp_path: Path, good: list[str], engine: str) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        HEAD + "@prefix fz: <https://w3id.org/fazhi-kg/ontology#> .\n"
        'e:s a sh:NodeShape ; sh:targetClass fz:Report ; sh:property [ sh:path fz:year ; sh:maxInclusive 2000 ] , [ sh:path fz:level ; sh:in ("a" "b") ] ;\n'
        '  sh:sparql [ sh:select "SELECT $this { $this a <https://w3id.org/fazhi-kg/ontology#Report> }" ] .\n',
        encoding="utf-8",
    )
    found = validate_quads(good, load_shapes((str(own),)), engine)
    assert sorted(f.message["en"] for f in found) == ["does not meet sh:in a b", "does not meet sh:maxInclusive 2000", "does not meet sh:sparql"]
    assert all(f.message["zh"].startswith("不合 sh:") for f in found)

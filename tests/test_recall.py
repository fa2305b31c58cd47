"""Extraction records read back: the same graph as before, faults told with their place, a forged quote refused, another coder's record through the gate."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.divisions import load_register
from kg.errors import InputError
from kg.pipeline import build_report, extract_bytes
from kg.record import dumps
from kg.record.recall import is_record, recall_record
from kg.triples import quads_of
from tests.conftest import DIVISIONS, SAMPLES


@pytest.fixture
def record() -> dict[str, Any]:
    path = SAMPLES / "990100-2025.txt"
    return json.loads(dumps(extract_bytes(path.read_bytes(), path.name, DIVISIONS)))


@pytest.mark.parametrize("path", sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html")), ids=lambda p: p.name)
def test_a_record_gives_the_graph_that_it_came_from(path: Path) -> None:
    register, made = load_register(DIVISIONS), extract_bytes(path.read_bytes(), path.name, DIVISIONS)
    assert quads_of(recall_record(dumps(made).encode(), "r.json", register), register) == quads_of(made, register)


def test_rich_text_is_no_record() -> None:
    assert [is_record(data) for data in (b"{\\rtf1\\ansi}", b'\xef\xbb\xbf {"text": ""}', b"text")] == [False, True, False]


FAULTS = {
    "span beyond the text": (("bodies", 0, "end"), 99999, r"bodies\[0\]\.start: .*不在正文"),
    "value is no number": (("observations", 1, "value"), "多", r"observations\[1\]\.value"),
    "value is not text": (("observations", 1, "value"), 5, r"observations\[1\]\.value: 5 须为文字"),
    "missing verb": (("measures", 2, "verb"), None, r"measures\[2\]\.verb: 缺少"),
    "unknown figure": (("measures", 2, "observations"), ["I999"], r"measures\[2\]\.observations: 记录中没有 I999"),
    "changed text": (("report", "sha256"), "0" * 64, r"report\.sha256"),
    "plan of no measure": (("plans", 0, "measure"), "A999", r"plans\[0\]\.measure"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_place(record: dict[str, Any], fault: str) -> None:
    way, value, said = FAULTS[fault]
    place: Any = record
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    with pytest.raises(InputError, match=said):
        recall_record(json.dumps(record).encode(), "r.json", load_register(DIVISIONS))


def test_broken_json_is_told_by_line() -> None:
    with pytest.raises(InputError, match=r"r\.json:2: "):
        recall_record(b'{"text":\n }', "r.json", load_register(DIVISIONS))


def kg(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(a) for a in arguments])
    return done.exit_code, done.output


def test_records_go_through_the_gate(tmp_path: Path, record: dict[str, Any]) -> None:
    store, path = tmp_path / "store", tmp_path / "a.record.json"
    divisions = ("--store", store, "--divisions", DIVISIONS[0], "--jobs", "1", "--executor", "serial")
    record["observations"][0]["status"] = "finished"
    path.write_text(json.dumps(record), encoding="utf-8")
    code, said = kg("ingest", "--record", path, *divisions)
    assert (code, "指标值状态须为" in said) == (1, True)
    assert not (store / "format.json").exists()
    record["observations"][0]["status"] = "done"
    path.write_text(json.dumps(record), encoding="utf-8")
    code, said = kg("ingest", "--record", path, *divisions)
    assert (code, "1     0     0     0     0     0       0" in said) == (0, True)


FORGED = ["observations", "bodies", "measures", "figures"]


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_quote_is_kept_out(tmp_path: Path, record: dict[str, Any], kind: str) -> None:
    """One character of one quote is changed: quarantined with the record as it came and a finding; mended, it goes in."""
    store, path = tmp_path / "store", tmp_path / "a.record.json"
    options = ("--store", store, "--divisions", DIVISIONS[0], "--jobs", "1", "--executor", "serial")
    item = next(one for one in record[kind] if one.get("role") != "ignored")
    right, item["text"] = item["text"], item["text"][:-1] + ("乙" if item["text"][-1] != "乙" else "甲")
    path.write_text(json.dumps(record), encoding="utf-8")
    code, said = kg("ingest", "--record", path, *options)
    assert (code, f"引文“{item['text']}”与原文不符" in said) == (1, True)
    assert not (store / "format.json").exists()
    quarantine = tmp_path / "store-quarantine"
    kept, found = (json.loads((quarantine / f"a.record.{what}.json").read_text(encoding="utf-8")) for what in ("record", "findings"))
    assert [one["text"] for one in kept[kind]] == [one["text"] for one in record[kind]]
    (finding,) = [f for f in found if f["severity"] == "violation"]
    assert finding["shape"].endswith("#quote-in-text")
    assert finding["start"] <= item["start"] < finding["end"]
    assert f"offset {item['start']}: “{right}”" in finding["message"]["en"]
    assert kg("validate", path, "--divisions", DIVISIONS[0])[0] == 1
    item["text"] = right
    path.write_text(json.dumps(record), encoding="utf-8")
    assert kg("ingest", "--record", path, *options)[0] == 0


@pytest.mark.corpus
def test_the_gold_record_goes_in(corpus: Path, tmp_path: Path) -> None:
    code, said = kg("ingest", "--record", corpus / "gold" / "419001-2025.record.json", "--store", tmp_path / "store", "--jobs", "1", "--executor", "serial")
    assert (code, "1     0     0     0     0     0       0" in said) == (0, True)


@pytest.mark.corpus
def test_the_real_report_is_explained(corpus: Path) -> None:
    code, said = kg("validate", corpus / "reports" / "419001-2025.txt")
    assert code == 0
    assert "139 的 99.3% 即 138" in said
    assert "5559/5632 = 98.7%,相符" in said


def test_every_format_of_findings(tmp_path: Path) -> None:
    import csv

    from rdflib import Graph

    path = SAMPLES / "990121-2025.html"
    for form in ("text", "json", "csv", "ttl", "html"):
        assert kg("validate", path, "--divisions", DIVISIONS[0], "--format", form, "-o", tmp_path / form)[0] == 0
    told = json.loads((tmp_path / "json").read_text(encoding="utf-8"))
    assert {len(told["findings"])} == {len(list(csv.DictReader((tmp_path / "csv").open(encoding="utf-8"))))}
    results = Graph().parse(tmp_path / "ttl", format="turtle").query("SELECT ?r { ?r a <http://www.w3.org/ns/shacl#ValidationResult> }")
    assert len(results) == len(told["findings"]) > 0
    assert 'class="m finding warning"' in (tmp_path / "html").read_text(encoding="utf-8")
    assert kg("validate", path, "--divisions", DIVISIONS[0], "--strict")[0] == 1


def test_scorecard() -> None:
    code, said = kg("scorecard", SAMPLES / "990121-2025.html", SAMPLES / "990100-2025.txt", "--divisions", DIVISIONS[0], "--lang", "en", "--format", "csv")
    lines = [line.split(",") for line in said.splitlines() if "/" in line and "validate" not in line]
    assert code == 0
    assert [line[5] for line in lines] == ["missed", "met", "1/2"]
    page = kg("scorecard", SAMPLES / "990121-2025.html", SAMPLES / "990100-2025.txt", "--divisions", DIVISIONS[0], "--format", "html")[1]
    assert (page.count('class="missed"'), "临溪县人民政府2025年度" in page, 'name="viewport"' in page) == (1, True, True)


def test_turtle_states_values_and_paths_as_they_are(tmp_path: Path) -> None:
    """A literal that reads as an IRI stays a literal, a number keeps its datatype, a path is a SHACL path."""
    from rdflib import Graph, Literal, URIRef

    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix fz: <https://w3id.org/fazhi-kg/ontology#> . @prefix e: <https://example.org/> .\n"
        "e:year a sh:NodeShape ; sh:targetClass fz:Report ; sh:property [ sh:path fz:year ; sh:maxInclusive 2000 ] , [ sh:path [ sh:inversePath fz:report ] ; sh:maxCount 3 ] .\n"
        "e:name a sh:NodeShape ; sh:targetClass fz:Observation ; sh:property [ sh:path (fz:passage fz:none) ; sh:minCount 1 ] , [ sh:path fz:name ; sh:maxLength 0 ] .\n",
        encoding="utf-8",
    )
    record = json.loads(dumps(extract_bytes((SAMPLES / "990121-2025.html").read_bytes(), "990121-2025.html", DIVISIONS)))
    record["observations"][0]["name"] = "https://example.org/"
    path = tmp_path / "a.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    assert kg("validate", path, "--divisions", DIVISIONS[0], "--shapes", own, "--format", "ttl", "-o", tmp_path / "ttl")[0] == 1
    graph, sh = Graph().parse(tmp_path / "ttl", format="turtle"), "http://www.w3.org/ns/shacl#"
    assert {Literal(2025), Literal("https://example.org/")} <= set(graph.objects(None, URIRef(f"{sh}value")))
    fz = "https://w3id.org/fazhi-kg/ontology#"
    assert list(graph.objects(None, URIRef(f"{sh}inversePath"))) == [URIRef(f"{fz}report")]
    paths = [list(graph.items(node)) for node in graph.objects(None, URIRef(f"{sh}resultPath"))]
    assert [URIRef(f"{fz}passage"), URIRef(f"{fz}none")] in paths


@pytest.mark.parametrize("name", ["https://w3id.org/x y", "no address", "https://a.test/x> <a:b> <c:d> <e:f> .\n<https://a.test/z"])
@pytest.mark.parametrize("kind", ["participants", "responsible"])
def test_a_name_that_would_spoil_the_graph_is_refused(record: dict[str, Any], kind: str, name: str) -> None:
    item = next(one for one in record["mechanisms" if kind == "participants" else "measures"] if one[kind])
    item[kind][0]["iri"] = name
    with pytest.raises(InputError, match=r"r\.json: 其中的名称写不进图谱"):
        build_report(json.dumps(record).encode(), "r.json", DIVISIONS)

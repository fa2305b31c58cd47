"""kg explain lays every fact beside its sentence; kg candidates counts what the vocabularies do not know yet."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.explain import explain_record
from kg.pipeline import extract_bytes

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
DIVISIONS = str(SAMPLES / "divisions.csv")


def kg(*args: str) -> Result:
    return CliRunner().invoke(main, args)


@pytest.mark.parametrize("path", sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.html")]), ids=lambda p: p.stem)
def test_every_fact_stands_beside_its_sentence(path: Path) -> None:
    record = extract_bytes(path.read_bytes(), path.name, (DIVISIONS,))
    explained = explain_record(record)
    steps = [step for sentence in explained for step in sentence.steps]
    facts = len(record.observations) + len(record.bodies) + len(record.mechanisms) + len(record.measures) + len(record.documents) + len(record.events)
    facts += len(record.honours) + len(record.shortcomings) + len(record.damage) + len(record.figure_relations)
    assert len(steps) == facts + sum(f.role != "observation" for f in record.figures)
    assert all(record.text[s.start : s.end] == s.text and s.rule for s in steps)
    assert all(sentence.start <= step.start < max(sentence.end, step.start + 1) for sentence in explained for step in sentence.steps)
    covered = "".join(record.text[s.start : s.end] for s in explained)
    assert "".join(covered.split()) == "".join(record.text.split())


def test_reasons_are_named() -> None:
    result = kg("explain", str(SAMPLES / "990100-2025.txt"), "--divisions", DIVISIONS)
    assert result.exit_code == 0
    observed = [line for line in result.output.splitlines() if "指标值" in line and "executive-meeting-law-study-count" in line]
    assert observed
    assert all("“" in line and "[" in line for line in observed)
    assert "未决" in result.output.splitlines()[-1]


def test_open_only_and_json() -> None:
    path = str(SAMPLES / "990100-2025.txt")
    whole, some = (json.loads(kg("explain", path, "--divisions", DIVISIONS, "--format", "json", *more).output) for more in ([], ["--open"]))
    assert 0 < len(some) < len(whole)
    assert all(any(step["open"] for step in sentence["steps"]) for sentence in some)
    assert {"start", "end", "text", "zone", "section", "steps"} <= set(whole[0])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("candidates") / "store"
    result = kg("ingest", str(SAMPLES), "--store", str(folder), "--divisions", DIVISIONS)
    assert result.exit_code == 0, result.output
    return str(folder)


def test_candidates_by_frequency(store: str) -> None:
    rows = json.loads(kg("candidates", "--store", store, "--format", "json", "--contexts", "2").output)
    assert rows
    assert {row["kind"] for row in rows} >= {"mechanism", "indicator"}
    reports = [row["reports"] for row in rows]
    assert reports == sorted(reports, reverse=True)
    local = next(row for row in rows if row["kind"] == "mechanism")
    assert local["name"] in local["context_1"]
    assert local["context_1"].replace(" ", "") in "".join(extract_bytes(p.read_bytes(), p.name, (DIVISIONS,)).text for p in SAMPLES.glob("99*")).replace(
        "\n", ""
    ).replace(" ", "")
    assert json.loads(kg("candidates", "--store", store, "--format", "json", "--min", "99").output) == []


def test_candidates_of_one_kind(store: str) -> None:
    output = kg("candidates", "--store", store, "--kind", "mechanism", "--contexts", "0", "--lang", "en").output
    assert output.splitlines()[0].split() == ["kind", "name", "unit", "reports", "mentions"]
    listed = output.splitlines()[2:]
    assert listed
    assert all(line.startswith("mechanism") for line in listed)


def test_missing_file_is_refused() -> None:
    result = kg("explain", "missing.txt")
    assert result.exit_code == 3
    assert "missing.txt" in result.output


def test_codes_are_told_in_words() -> None:
    path = str(SAMPLES / "990200-2025.txt")
    told = kg("explain", path, "--divisions", DIVISIONS).output
    assert "→ >2100 人次 = 法治培训人次" in told
    assert "· 流量 · 已做 · A001" in told
    assert "数字 2025年 → 年份 [year]" in told
    assert "Party leadership and drive" in kg("explain", path, "--divisions", DIVISIONS, "--lang", "en").output

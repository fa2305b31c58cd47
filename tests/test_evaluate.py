"""kg evaluate: the counting rules on small codings, agreement on published examples, equality with the reference scorer."""

import copy
import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import InputError
from kg.evaluate import compare_files
from kg.evaluate.agreement import cohen_kappa, krippendorff_alpha
from kg.evaluate.coding import coding_of, read_coding
from kg.evaluate.scores import evaluate_coding, pool
from kg.pipeline import extract_bytes
from kg.record import to_json

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "990100-2025.txt"
DIVISIONS = str(ROOT / "samples" / "divisions.csv")
Json = dict[str, Any]


def kg(*args: str) -> Result:
    return CliRunner().invoke(main, args)


@pytest.fixture(scope="module")
def record() -> Json:
    return to_json(extract_bytes(SAMPLE.read_bytes(), SAMPLE.name, (DIVISIONS,)))


def figures(gold: Json, found: Json) -> dict[str, tuple[int, int | None, int]]:
    result = evaluate_coding(coding_of(gold, "gold"), coding_of(found, "found"))
    return {f.kind: (f.right, f.predicted, f.wanted) for f in result.figures}


def test_a_record_agrees_with_itself(record: Json) -> None:
    result = evaluate_coding(coding_of(record, "a"), coding_of(record, "b"))
    assert {f.kind: f.f1 for f in result.figures if f.kind != "residue" and f.wanted} == {
        f.kind: 1.0 for f in result.figures if f.kind != "residue" and f.wanted
    }
    assert result.errors == ()


def coding(text: str, **lists: list[Json]) -> Json:
    empty: Json = {name: [] for name in ("observations", "bodies", "mechanisms", "measures", "documents", "shortcomings", "plans", "figures", "sections")}
    return {"text": text, "report": {"damage": []}, **empty, **lists}


def quantity(start: int, end: int, value: str, unit: str, bound: str = "exact", **more: Any) -> Json:
    return {"id": f"I{start}", "start": start, "end": end, "value": value, "unit": unit, "bound": bound, **more}


@pytest.mark.parametrize(
    ("wanted", "found", "right"),
    [
        (quantity(2, 5, "10", "件"), quantity(2, 5, "10.0", "件"), 1),
        (quantity(2, 5, "10", "件"), quantity(2, 5, "11", "件"), 0),
        (quantity(2, 5, "10", "人"), quantity(2, 5, "10", "名"), 1),
        (quantity(2, 5, "10", "件", "ge"), quantity(2, 5, "10", "件", "gt"), 1),
        (quantity(2, 5, "10", "件", "le"), quantity(2, 5, "10", "件", "gt"), 0),
        (quantity(2, 6, "10", "件"), quantity(2, 5, "10", "件"), 1),
        (quantity(2, 8, "10", "件"), quantity(6, 12, "10", "件"), 0),
    ],
)
def test_quantities(wanted: Json, found: Json, right: int) -> None:
    text = "受理案件十件,审结九件,其余未结。"
    assert figures(coding(text, observations=[wanted]), coding(text, observations=[found]))["quantity"] == (right, 1, 1)


def test_accepted_values_and_tolerated_extras() -> None:
    gold = {
        "indicators": [{**quantity(0, 3, "10", "件"), "accept_value": ["12"], "concept": None}],
        "not_indicators": [{"start": 6, "end": 9, "code": "year", "tolerate": True}],
        "bodies": [], "mechanisms": [], "measures": [],
    }  # fmt: skip
    found = coding("十二件以外九件的事情", observations=[quantity(0, 3, "12", "件"), quantity(6, 9, "9", "件")])
    assert figures(gold, found)["quantity"] == (1, 1, 1)


def test_nested_and_generic_bodies() -> None:
    gold = {
        "indicators": [],
        "bodies": [{"start": 0, "end": 4, "generic": False}, {"start": 2, "end": 4, "nested": True}, {"start": 6, "end": 9, "generic": True}],
        "mechanisms": [], "measures": [],
    }  # fmt: skip
    found = coding("市司法局会同各单位办理", bodies=[{"start": 2, "end": 4}, {"start": 6, "end": 9, "generic": True}, {"start": 9, "end": 11}])
    counted = figures(gold, found)
    assert counted["body"] == (1, 2, 2)
    assert counted["body named"] == (0, 1, 1)


def test_zones_limit_what_counts() -> None:
    gold = {"indicators": [quantity(0, 3, "10", "件")], "bodies": [], "mechanisms": [], "measures": [], "zones": [{"start": 0, "end": 5}]}
    found = coding("10件以内,另有9件不计", observations=[quantity(0, 3, "10", "件"), quantity(8, 10, "9", "件")])
    assert figures(gold, found)["quantity"] == (1, 1, 1)


def test_pooled_figures_add_up(record: Json) -> None:
    one = evaluate_coding(coding_of(record, "a"), coding_of(record, "b"))
    both = {f.kind: f for f in pool([one, one])}
    assert all((both[f.kind].right, both[f.kind].wanted) == (2 * f.right, 2 * f.wanted) for f in one.figures)


def test_published_examples_of_agreement() -> None:
    assert cohen_kappa([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15) == pytest.approx(0.4)
    assert krippendorff_alpha(list(zip("0100000010", "1110010000", strict=True))) == pytest.approx(0.095, abs=0.0005)
    assert (cohen_kappa([]), krippendorff_alpha([("a", "a")])) == (None, None)


def test_two_coders(record: Json, tmp_path: Path) -> None:
    other = copy.deepcopy(record)
    gone = other["mechanisms"].pop(0)
    other["observations"][0]["bound"] = "approx"
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    for path, data in zip(paths, (record, other), strict=True):
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    result = kg("evaluate", str(paths[0]), str(paths[1]), "--format", "json", "--disagreements", str(tmp_path / "d.csv"))
    assert result.exit_code == 0, result.output
    agreement = {(row["kind"], row["label"]): row for row in json.loads(result.output)["agreement"]}
    assert float(agreement["bodies", "span"]["kappa"]) == 1
    assert 0.9 < float(agreement["observations", "bound"]["share"]) < 1
    with (tmp_path / "d.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["kind"], row["start"], row["differs"], row["coder_a"], row["coder_b"]) for row in csv.DictReader(file)]
    first = record["observations"][0]
    assert rows == [("mechanisms", str(gone["start"]), "span", "marked", ""), ("observations", str(first["start"]), "bound", first["bound"], "approx")]


def test_a_floor_not_reached_is_exit_code_1(record: Json, tmp_path: Path) -> None:
    other = copy.deepcopy(record)
    other["bodies"] = other["bodies"][: len(other["bodies"]) // 2]
    for name, data in (("a.json", record), ("b.json", other)):
        (tmp_path / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    pair = (str(tmp_path / "a.json"), str(tmp_path / "b.json"))
    assert kg("evaluate", *pair, "--min", "mechanism=0.99").exit_code == 0
    failed = kg("evaluate", *pair, "--min", "body=0.99", "--errors")
    assert failed.exit_code == 1
    assert "body 0." in failed.output
    assert "missed" in failed.output
    assert kg("evaluate", *pair, "--min", "body").exit_code == 2
    assert kg("evaluate", *pair, "--min", "nothing=1").exit_code == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda r: r.pop("text"), "text"),
        (lambda r: r.update(bodies=None), "bodies"),
        (lambda r: r["bodies"][0].pop("end"), "bodies[0]"),
        (lambda r: r["bodies"][0].update(text="不符"), "bodies[0]"),
    ],
)
def test_a_broken_record_is_named(record: Json, change: Any, said: str) -> None:
    broken = copy.deepcopy(record)
    change(broken)
    with pytest.raises(InputError, match=said.replace("[", r"\[")):
        coding_of(broken, "broken.json")


def test_a_gold_of_another_text_is_refused(tmp_path: Path) -> None:
    gold = {"indicators": [], "bodies": [], "mechanisms": [], "measures": [], "source": {"sha256": "0" * 64}}
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    result = kg("evaluate", str(tmp_path / "gold.json"), str(SAMPLE), "--divisions", DIVISIONS)
    assert result.exit_code == 3
    assert "sha256" in result.output


def test_equals_the_reference_scorer(corpus: Path, tmp_path: Path) -> None:
    report, gold = corpus / "reports" / "419001-2025.txt", corpus / "gold" / "419001-2025.json"
    record = to_json(extract_bytes(report.read_bytes(), report.name))
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    printed = subprocess.run([sys.executable, str(corpus / "score.py"), str(gold), str(path), "--json"], capture_output=True, text=True, check=True)
    theirs = json.loads(printed.stdout)
    ours = {f.kind: f for f in evaluate_coding(read_coding(gold), coding_of(record, "found")).figures}
    for kind, said in theirs.items():
        if "tp" in said:
            assert (ours[kind].right, ours[kind].predicted, ours[kind].wanted) == (said["tp"], said["pred"], said["gold"]), kind
        elif "of" in said and "right" in said:
            assert (ours[kind].right, ours[kind].wanted) == (said["right"], said["of"]), kind
    assert [round(ours[f"status {s}"].f1, 3) for s in ("done", "ongoing", "planned")] == theirs["measure status"]["done/ongoing/planned"]
    assert (ours["damage"].right, ours["ledger"].f1, ours["residue"].right) == (
        theirs["damage"]["found"],
        theirs["ledger"]["accounted"],
        theirs["ledger"]["residue"],
    )


ANNOTATED = {
    "samples/990100-2025.txt": {"quantity": 0.98, "body": 0.92, "mechanism": 0.93, "mechanism concept": 0.9, "indicator": 0.83, "measure": 0.76},
    "measures/990100-sifaju-2025.txt": {"measure": 0.75},
    "measures/990121-2025.html": {"measure": 0.76},
}
"""Figures that may not fall, by annotated sample: one annotated completely, two for their measures alone."""


@pytest.mark.parametrize("name", sorted(ANNOTATED))
def test_annotated_samples(name: str) -> None:
    folder, file = name.split("/")
    compared = compare_files(ROOT / "tests" / "annotations" / folder, [str(ROOT / "samples" / file)], lambda path: Path(path).read_bytes(), (DIVISIONS,))
    found = {figure.kind: figure.f1 for figure in pool(item.evaluation for item in compared)}
    assert {kind: round(found[kind], 3) for kind, floor in ANNOTATED[name].items() if found[kind] < floor} == {}


MIDDLES = ROOT / "tests" / "annotations" / "middles"
FLOORS = {
    "quantity": 0.99,
    "indicator": 0.96,
    "temporal": 0.95,
    "period": 0.95,
    "figure relation": 0.91,
    "body": 0.9,
    "mechanism": 0.95,
    "mechanism concept": 0.91,
    "measure": 0.84,
    "responsible": 0.82,
    "status planned": 0.95,
    "section": 1.0,
    "document": 1.0,
    "shortcoming": 0.96,
    "plan": 0.8,
    "ledger": 1.0,
}
"""Figures that may not fall on thirty fictional middles and closings."""


def test_middles_and_closings() -> None:
    compared = [
        each
        for text in sorted(MIDDLES.glob("*.txt"))
        for each in compare_files(text.with_suffix(".json"), [str(text)], lambda path: Path(path).read_bytes(), (DIVISIONS,))
    ]
    found = {figure.kind: figure.f1 for figure in pool(item.evaluation for item in compared)}
    assert len(compared) == 30
    assert {kind: round(found[kind], 3) for kind, floor in FLOORS.items() if found[kind] < floor} == {}


def test_the_middles_are_fictional_and_their_offsets_hold() -> None:
    paths = sorted(MIDDLES.glob("*.json"))
    assert len(paths) == len(list(MIDDLES.glob("*.txt"))) > 0
    for path in paths:
        gold, text = json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".txt").read_text(encoding="utf-8")
        assert gold["fictional"] is True
        assert gold["source"]["chars"] == len(text)
        for mark in gold["indicators"]:
            assert re.search(r"[\d一二两三四五六七八九十百千万成番]", text[mark["start"] : mark["end"]]), (path.name, mark)

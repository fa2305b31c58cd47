"""What the samples tell (samples/STORY.md) is what the graph answers."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from kg.ask import run_query
from kg.bind import Execute, parse_params
from kg.query import get_query
from kg.store import Store
from kg.table import Table

Ask = Callable[..., list[dict[str, object]]]


@pytest.fixture(scope="module")
def ask(sample_store: Store, execute: Execute) -> Ask:
    def run(name: str, *params: str) -> list[dict[str, object]]:
        table: Table = run_query(execute, get_query(name), parse_params(params))
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    return run


def test_a_value_changes(ask: Ask) -> None:
    rows = ask("indicator-trend", "place=云泽市", "indicator=agency-head-court-appearance-rate")
    assert [(r["year"], r["value"]) for r in rows] == [(2024, Decimal("93.6")), (2025, Decimal("98.2"))]


def test_concluded_cases(ask: Ask) -> None:
    rows = ask("indicator-trend", "place=云泽市", "indicator=reconsideration-concluded-count")
    assert [(r["year"], r["value"]) for r in rows] == [(2024, Decimal(391)), (2025, Decimal(513))]


def test_a_mechanism_is_adopted_in_the_second_year(ask: Ask) -> None:
    rows = ask("mechanism-adoption", "mechanism=综合查一次")
    assert {(r["place"], r["first_year"]) for r in rows} == {("云泽市", 2025)}
    new = ask("new-mechanisms", "place=临溪县", "year=2025")
    assert "府检联动" in {r["mechanism"] for r in new}


def test_an_indicator_falls_silent(ask: Ask) -> None:
    rows = ask("silent-indicators", "place=云泽市")
    assert "12345热线满意率" in {r["indicator"] for r in rows}
    assert all(r["silent_year"] == 2025 for r in rows)


def test_plans_kept_and_dropped(ask: Ask) -> None:
    rows = ask("plans-kept")
    kept = {(r["place"], str(r["plan"])) for r in rows if r["kept"]}
    dropped = {(r["place"], str(r["plan"])) for r in rows if not r["kept"]}
    assert any(place == "云泽市" and "监督信息系统" in plan for place, plan in kept)
    assert any(place == "临溪县" and "综治中心规范化建设" in plan for place, plan in kept)
    assert any(place == "云泽市" and "法治驿站" in plan for place, plan in dropped)
    assert any(place == "临溪县" and "企业法治体检车" in plan for place, plan in dropped)


def test_the_damaged_figure_is_marked_and_not_ranked(ask: Ask) -> None:
    rows = ask("damaged-places", "place=云泽市")
    assert ("312568人次", "312件568人次") in {(r["quote"], r["suggestion"]) for r in rows}
    assert ("20212025年", "2021—2025年") in {(r["quote"], r["suggestion"]) for r in rows}
    assert Decimal(312568) not in {r["value"] for r in ask("indicator-ranking")}


def test_timeliness(ask: Ask) -> None:
    rows = {(r["place"], r["year"], r["issuer"]): r for r in ask("duties-met")}
    assert rows[("临溪县", 2024, "临溪县人民政府")]["in_time"] is False
    assert rows[("云泽市", 2025, "云泽市人民政府")]["in_time"] is True
    assert rows[("临溪县", 2025, "临溪县人民政府")]["causes"] == 0


def test_quotes_of_the_story_stand_in_the_samples(sample_files: list[Path]) -> None:
    texts = {path.name: path.read_bytes().decode("gb18030" if path.stem == "990121-2025" else "utf-8") for path in sample_files}
    story = (sample_files[0].parent / "STORY.md").read_text(encoding="utf-8")
    quotes = [
        (name, quote) for name, rest in re.findall(r"`(\d{6}[^`]*\.(?:txt|html))`[::]?((?:[^`\n]*`[^`]+`)+)", story) for quote in re.findall(r"`([^`]+)`", rest)
    ]
    assert len(quotes) >= 40
    assert {name for name, _ in quotes} == set(texts)
    assert [(name, quote) for name, quote in quotes if quote not in texts[name] and quote not in texts] == []

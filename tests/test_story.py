"""What the samples tell (samples/STORY.md) is what the graph answers."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from kg.query import get_query
from kg.query.ask import run_query
from kg.query.bind import Execute, parse_params
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
    assert [(r["year"], r["value"]) for r in rows] == [(2023, Decimal("91.1")), (2024, Decimal("93.6")), (2025, Decimal("98.2"))]


def test_concluded_cases(ask: Ask) -> None:
    rows = ask("indicator-trend", "place=云泽市", "indicator=reconsideration-concluded-count")
    assert [(r["year"], r["value"]) for r in rows] == [(2023, Decimal(326)), (2024, Decimal(391)), (2025, Decimal(513))]


def test_a_mechanism_is_adopted_in_the_second_year(ask: Ask) -> None:
    rows = ask("mechanism-adoption", "mechanism=综合查一次")
    assert {(r["place"], r["first_year"]) for r in rows} == {("澄川省", 2023), ("青榆市", 2024), ("云泽市", 2025)}
    new = ask("new-mechanisms", "place=临溪县", "year=2025")
    assert "府检联动" in {r["mechanism"] for r in new}


def test_mechanisms_spread_down_and_up(ask: Ask) -> None:
    rows = {(r["mechanism"], r["above"], r["place"]): (r["above_year"], r["place_year"], r["order"]) for r in ask("diffusion-order")}
    assert rows[("综合查一次", "澄川省", "青榆市")] == (2023, 2024, "above first")
    assert rows[("府院联动", "澄川省", "云泽市")] == (2023, 2023, "same year")
    assert rows[("免申即享", "澄川省", "云泽市")] == (2025, 2024, "below first")
    meetings = {(r["place"], r["number"]): r["year"] for r in ask("numbered-meetings") if "府院" in str(r["name"])}
    assert {("云泽市", n): 2022 + n for n in (1, 2, 3)}.items() <= meetings.items()


def test_both_linkages(ask: Ask) -> None:
    both = {(r["place"], r["year"]) for r in ask("both-linkages") if r["both"]}
    assert both == {("澄川省", 2024), ("澄川省", 2025), ("青榆市", 2025)}


def test_places_are_ranked(ask: Ask) -> None:
    rows = ask("league-table", "year=2024")
    assert {(r["place"], r["rank"]) for r in rows} == {("临溪县", 1), ("澄川省", 2), ("云泽市", 3), ("青榆市", 4)}


def test_bodies_work_together(ask: Ask) -> None:
    pairs = {(r["body"], r["partner"]) for r in ask("co-operation", "place=青榆市", "year=2025")}
    assert ("青榆市审计局", "青榆市财政局") in pairs


def test_an_indicator_falls_silent(ask: Ask) -> None:
    rows = ask("silent-indicators", "place=云泽市")
    assert "12345热线满意率" in {r["indicator"] for r in rows}
    assert {r["silent_year"] for r in rows if "12345" in str(r["indicator"])} == {2025}
    assert "行政诉讼败诉率" in {r["indicator"] for r in ask("silent-indicators", "place=青榆市")}


def test_plans_kept_and_dropped(ask: Ask) -> None:
    rows = ask("plans-kept")
    kept = {(r["place"], str(r["plan"])) for r in rows if r["kept"]}
    dropped = {(r["place"], str(r["plan"])) for r in rows if not r["kept"]}
    assert any(place == "云泽市" and "监督信息系统" in plan for place, plan in kept)
    assert any(place == "临溪县" and "综治中心规范化建设" in plan for place, plan in kept)
    assert any(place == "云泽市" and "法治驿站" in plan for place, plan in dropped)
    assert any(place == "临溪县" and "企业法治体检车" in plan for place, plan in dropped)
    assert any(place == "青榆市" and "府检联动" in plan for place, plan in kept)
    assert any(place == "青榆市" and "扫码入企" in plan for place, plan in dropped)
    assert any(place == "澄川省" and "综合查一次" in plan for place, plan in kept)
    assert any(place == "澄川省" and "澄法云" in plan for place, plan in dropped)


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
    assert rows[("澄川省", 2025, "澄川省人民政府")]["in_time"] is False


def test_quotes_of_the_story_stand_in_the_samples(sample_files: list[Path]) -> None:
    texts = {path.name: path.read_bytes().decode("gb18030" if path.stem == "990121-2025" else "utf-8") for path in sample_files}
    story = (sample_files[0].parent / "STORY.md").read_text(encoding="utf-8")
    quotes = [
        (name, quote) for name, rest in re.findall(r"`(\d{6}[^`]*\.(?:txt|html))`[::]?((?:[^`\n]*`[^`]+`)+)", story) for quote in re.findall(r"`([^`]+)`", rest)
    ]
    assert len(quotes) >= 40
    assert {name for name, _ in quotes} == set(texts)
    assert [(name, quote) for name, quote in quotes if quote not in texts[name] and quote not in texts] == []

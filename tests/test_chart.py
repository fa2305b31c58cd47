"""Charts: every one in every format, text as text, nothing loaded, hostile labels inert, faults told and nothing left behind."""

import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser

from kg.cli import main
from kg.errors import UsageError
from kg.ontology import load_concepts
from kg.picture.chart import CHARTS, make_chart, write_chart
from kg.picture.draw import MOST_INDICATORS, draw_coverage, draw_ranking, draw_topics, draw_trend
from kg.picture.fonts import REMEDY, has_chinese_font
from kg.query.bind import Execute
from kg.store import Store
from kg.table import Table
from tests.browser import opened

HOSTILE = '</script><img src=x onerror="document.title=1">'


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_chart_in_svg_keeps_its_text(execute: Execute, tmp_path: Path, name: str, lang: str) -> None:
    write_chart(make_chart(name, execute, {}, lang), tmp_path / "x.svg", lang)
    text = re.sub(r"<[^>]*>", "", "".join(re.findall(r"<text.*?</text>", (tmp_path / "x.svg").read_text(encoding="utf-8"), re.S)))
    assert CHARTS[name].title[lang] in text
    assert CHARTS[name].query in text, "the note names the question"


def test_the_same_chart_gives_the_same_bytes(execute: Execute, tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        write_chart(make_chart("ranking", execute, {}), tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_a_picture_is_not_blank(execute: Execute, tmp_path: Path) -> None:
    write_chart(make_chart("duties", execute, {}), tmp_path / "x.png")
    colours = Image.open(io.BytesIO((tmp_path / "x.png").read_bytes())).convert("RGB").getcolors(maxcolors=1 << 20)
    assert colours is not None
    assert len(colours) > 20


def test_figures_of_the_chart_are_those_of_the_question(execute: Execute, tmp_path: Path) -> None:
    write_chart(make_chart("ranking", execute, {"year": ("2025",)}), tmp_path / "x.svg")
    assert "98.2 %" in (tmp_path / "x.svg").read_text(encoding="utf-8")


def test_what_does_not_fit_is_counted() -> None:
    rows = [{"place": "云泽市", "year": 2025, "issuer_kind": "government", "indicator": f"指标{n:03}", "quote": ""} for n in range(MOST_INDICATORS + 7)]
    assert "7" in draw_coverage(rows, "zh").note[0]


@pytest.mark.parametrize("name", ["topics", "duties"])
def test_issuers_have_english_names_in_an_english_chart(execute: Execute, tmp_path: Path, name: str) -> None:
    write_chart(make_chart(name, execute, {}, "en"), tmp_path / "x.svg", "en")
    said = re.findall(r"<text[^>]*>([^<]*)</text>", (tmp_path / "x.svg").read_text(encoding="utf-8"))
    assert any("Linxi County" in text for text in said)
    assert not [text for text in said if re.search(r"[\u4e00-\u9fff]", text)]


def test_two_issuers_of_one_kind_and_place_stay_two() -> None:
    topic = next(iter(load_concepts()["topic"].values())).en
    base = "https://w3id.org/fazhi-kg/report/990121/government-department"
    rows = [
        {"place": "Linxi County", "issuer": issuer, "year": 2025, "topic": topic, "status": "done", "measures": 2, "report": f"{base}/{issuer}/2025"}
        for issuer in ("甲办", "乙办")
    ]
    assert len({value["report_name"] for value in draw_topics(rows, "en").chart.data.values}) == 2


def test_a_topic_of_several_statuses_is_one_bar() -> None:
    rows = [
        {"issuer": "云泽市人民政府", "year": 2025, "topic": "行政执法工作体系", "status": status, "measures": n} for status, n in (("done", 2), ("ongoing", 3))
    ]
    (bar,) = draw_topics(rows, "zh").chart.data.values
    assert (bar["measures"], bar["status"]) == (5, "done 2 · ongoing 3")


def test_measures_without_a_topic_stay_in_the_whole() -> None:
    rows = [{"issuer": "云泽市人民政府", "year": 2025, "topic": topic, "status": "done", "measures": n} for topic, n in (("行政执法工作体系", 2), (None, 6))]
    values = draw_topics(rows, "zh").chart.data.values
    assert {value["report_name"] for value in values} == {"云泽市人民政府 2025 (8)"}
    assert [value["topic"] for value in values] == ["行政执法工作体系", "标题未说明"]


def test_figures_that_are_close_stand_apart_or_are_counted() -> None:
    figures = [(2024, "甲", "93.8"), (2024, "乙", "93.6"), (2025, "甲", "95"), (2025, "乙", "98"), *((2026, place, "96") for place in "甲乙丙丁戊己")]
    rows = [
        {"year": year, "place": place, "value": float(value), "indicator": "率", "unit": "%", "bound": "exact", "quote": ""} for year, place, value in figures
    ]
    note = draw_trend(rows, "zh").note
    assert [row["label"] for row in rows] == ["above", "below", "above", "above", "above", "below", "right", "left", "", ""]
    assert "2 个点太密" in note[0]


def test_years_of_an_indicator_are_ranked_on_one_scale() -> None:
    rows = [
        {"place": "甲", "year": year, "value": value, "indicator": "件数", "unit": "件", "bound": "exact", "quote": ""}
        for year, value in ((2024, 30.0), (2025, 90.0))
    ]
    drawn = draw_ranking(rows, "zh").chart.to_json()
    assert [float(top) for top in re.findall(r'"domain": \[\s*0,\s*([0-9.]+)', drawn)] == [90.0] * 4  # bars and figures of two panels


@pytest.mark.browser
@pytest.mark.parametrize("name", CHARTS)
def test_a_page_draws_without_loading_anything(browser: Browser, execute: Execute, tmp_path: Path, name: str) -> None:
    write_chart(make_chart(name, execute, {}), tmp_path / "x.html")
    with opened(browser, tmp_path / "x.html") as page:
        page.wait_for_selector("#vega-chart svg text")
        assert CHARTS[name].title["zh"] in page.inner_text("#vega-chart")


@pytest.mark.browser
def test_a_hostile_label_stays_text(browser: Browser, tmp_path: Path) -> None:
    def execute(text: str) -> Table:
        columns = ("indicator", "year", "place", "value", "unit", "bound", "quote", "fact")
        return Table(columns, [("率", 2025, HOSTILE, 1, "%", "exact", HOSTILE, "urn:x")])

    chart = make_chart("ranking", execute, {})
    write_chart(chart, tmp_path / "x.html")
    write_chart(chart, tmp_path / "x.svg")
    assert "<img" not in (tmp_path / "x.svg").read_text(encoding="utf-8")
    with opened(browser, tmp_path / "x.html") as page:
        page.wait_for_selector("#vega-chart svg text")
        assert page.evaluate("document.images.length") == 0
        assert page.title() != "1"


def test_an_unknown_chart_or_format_or_an_empty_answer_is_told(sample_store: Store, tmp_path: Path) -> None:
    def run(*args: str) -> str:
        result = CliRunner().invoke(main, ["chart", *args, "--store", str(sample_store.folder)])
        assert result.exit_code == 2, result.output
        return result.output

    assert "trend" in run("pie", "-o", str(tmp_path / "x.svg"))
    assert ".svg" in run("trend", "-o", str(tmp_path / "x.gif"))
    said = run("ranking", "-o", str(tmp_path / "x.svg"), "--param", "year=1999")
    assert "没有内容" in said
    assert "indicator=行政机关负责人出庭应诉率 year=1999" in said
    assert "无法写入" in run("trend", "-o", "/proc/nowhere/x.svg")
    assert list(tmp_path.iterdir()) == []


def test_a_machine_without_chinese_fonts_is_told_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sample_store: Store) -> None:
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert not has_chinese_font()
    result = CliRunner().invoke(main, ["chart", "duties", "--store", str(sample_store.folder), "-o", str(tmp_path / "x.svg")])
    assert result.exit_code == 0, result.output
    assert REMEDY in result.output


def test_bars_of_one_place_with_two_figures_are_told_apart() -> None:
    row = {"indicator": "率", "year": 2025, "place": "云泽市", "unit": "%", "bound": "exact", "fact": "a"}
    drawn = draw_ranking([{**row, "value": 1.0, "quote": "1%"}, {**row, "value": 2.0, "quote": "2%"}], "zh").chart.to_json()
    assert "云泽市 (1%)" in drawn


def test_no_such_chart_lists_the_others(execute: Execute) -> None:
    with pytest.raises(UsageError, match="adoption"):
        make_chart("pie", execute, {})


@pytest.mark.parametrize(("lang", "said"), [("zh", "indicator=行政机关负责人出庭应诉率"), ("en", "mechanism=Comprehensive inspection once")])
def test_the_list_says_what_is_drawn_unless_told(lang: str, said: str) -> None:
    assert said in CliRunner().invoke(main, ["chart", "list", "--lang", lang]).output

"""A stored question → a chart: Vega-Lite by Altair, written as SVG (text stays text), PNG or a page of one file.

Each chart is one entry of CHARTS: titles, the question it asks, values where none are given, and the function that draws the rows.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from kg import __version__
from kg.errors import UsageError
from kg.files import replacing
from kg.picture.draw import GREY, Drawing, Row, draw_adoption, draw_coverage, draw_duties, draw_ranking, draw_topics, draw_trend
from kg.picture.facts import label_of, pick
from kg.picture.fonts import STACK
from kg.query import get_query
from kg.query.ask import run_query
from kg.query.bind import Execute
from kg.table import Table

FORMATS = (".svg", ".png", ".html")
_CSP = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:"


@dataclass(frozen=True, slots=True)
class Chart:
    """A way to draw an answer: titles, the question, values where none are given, and the drawing."""

    title: dict[str, str]
    query: str
    draw: Callable[[list[Row], str], Drawing]
    defaults: Mapping[str, tuple[str, ...]]


def _plain(table: Table) -> list[Row]:
    return [{key: float(value) if isinstance(value, Decimal) else value for key, value in row.items()} for row in table.records()]


_RATE = {"indicator": ("agency-head-court-appearance-rate",)}
CHARTS: dict[str, Chart] = {
    "trend": Chart({"zh": "指标的逐年变化", "en": "An indicator over the years"}, "indicator-trend", draw_trend, _RATE),
    "ranking": Chart({"zh": "指标排名", "en": "Ranking by an indicator"}, "indicator-ranking", draw_ranking, _RATE),
    "adoption": Chart(
        {"zh": "机制的采用曲线", "en": "Adoption of a mechanism"}, "adoption-curve", draw_adoption, {"mechanism": ("comprehensive-inspection-once",)}
    ),
    "coverage": Chart({"zh": "指标的报告与沉默", "en": "Indicators reported, and silence"}, "indicator-panel", draw_coverage, {}),
    "topics": Chart({"zh": "举措的主题构成", "en": "What measures are about"}, "measures-by-topic", draw_topics, {}),
    "duties": Chart({"zh": "法定内容是否齐全", "en": "Statutory contents"}, "content-duties", draw_duties, {}),
}


def list_charts(lang: str) -> Table:
    """Name the charts, with the question behind each and its parameters."""
    rows = [
        (name, chart.title[lang], chart.query, " ".join(p.name for p in get_query(chart.query).params), _defaults(chart, lang))
        for name, chart in CHARTS.items()
    ]
    labels = ("图表", "题名", "问题", "参数", "缺省") if lang == "zh" else ("chart", "title", "query", "params", "unless given")
    return Table(("chart", "title", "query", "params", "defaults"), rows, labels)


def _defaults(chart: Chart, lang: str) -> str:
    return " ".join(f"{name}={value}" for name, values in _labelled(chart, lang).items() for value in values)


def _labelled(chart: Chart, lang: str) -> dict[str, list[str]]:
    return {name: [label_of(name, value, lang) or value for value in values] for name, values in chart.defaults.items()}


def make_chart(name: str, execute: Execute, params: Mapping[str, Sequence[str]], lang: str = "zh") -> Any:
    """Ask a chart's question and draw it; an unknown name or an empty answer is a UsageError."""
    if name not in CHARTS:
        raise UsageError(f"没有图表 {name!r} · no such chart; try {', '.join(CHARTS)}")
    chart = CHARTS[name]
    rows = _plain(run_query(execute, get_query(chart.query), {**chart.defaults, **params}, lang))
    if not rows:
        asked = " ".join(f"{key}={'、'.join(values)}" for key, values in {**_labelled(chart, lang), **params}.items()) or "—"
        raise UsageError(f"图表 {name} 没有内容 · the chart is empty: no report answers `{chart.query}` with {asked}; 另给 · give others by --param")
    drawing = chart.draw(rows, lang)
    note = [
        pick(("资料来源:各地法治政府建设年度报告", "Source: annual reports on law-based government"), lang),
        f"{chart.query} · fazhi-kg {__version__}",
        pick(drawing.note, lang),
    ]
    return _frame(drawing.chart, chart.title[lang], [part for part in note if part])


def _frame(chart: Any, title: str, note: list[str]) -> Any:
    """A chart with its title above and its source below, in fonts that hold Chinese."""
    footer: Any = (
        alt.Chart(alt.InlineData(values=[{}]))
        .mark_text(align="left", x=0, color=GREY, baseline="top", y=0, lineHeight=16, fontSize=11, text=note)
        .properties(height=16 * len(note), width=10)
    )
    framed = alt.vconcat(chart, footer, spacing=14, title=alt.TitleParams(title, anchor="start", fontSize=18, offset=14))
    return (
        framed.configure(font=STACK, padding=16, background="white")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, titleFontSize=12, titleColor=GREY, gridColor="#e9ecef")
        .configure_legend(labelFontSize=12, titleFontSize=12)
    )


def write_chart(chart: Any, output: Path, lang: str = "zh") -> None:
    """Write a chart by the file's ending; an unknown ending is a UsageError."""
    if output.suffix not in FORMATS:
        raise UsageError(f"{output}: 不认识的格式 {output.suffix!r} · unknown format; expected {', '.join(FORMATS)}")
    spec = chart.to_json()
    with replacing(output) as target:
        if output.suffix == ".png":
            target.write_bytes(vl_convert.vegalite_to_png(spec, scale=2))
        elif output.suffix == ".svg":
            target.write_text(_renumber(vl_convert.vegalite_to_svg(spec)), encoding="utf-8")
        else:
            target.write_text(_page(spec, lang), encoding="utf-8")


def _renumber(svg: str) -> str:
    """Number the picture's clips and gradients from 1: the library counts on over all pictures of a process."""
    seen: dict[str, str] = {}
    return re.sub(r"(?<=[#\"])(clip|gradient_)(\d+)(?=[\")])", lambda m: m[1] + seen.setdefault(m[0], str(len(seen) + 1)), svg)


_HELD = "\ue000"


def _page(spec: str, lang: str) -> str:
    """Vega's page with a language and a policy that lets nothing be loaded; a label that holds markup cannot end the script it stands in."""
    html = vl_convert.vegalite_to_html(spec.replace("<", _HELD), bundle=True).replace(_HELD, r"\u003c")
    html = html.replace('{"renderer":"svg"}', '{"renderer":"svg","actions":{"export":true,"source":false,"compiled":false,"editor":false}}')
    head = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{_CSP}">'
    return html.replace("<head>", head, 1).replace("<html>", f'<html lang="{"en" if lang == "en" else "zh-CN"}">', 1)

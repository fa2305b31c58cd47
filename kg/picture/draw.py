"""Rows of an answer → a drawing by Altair: one function a chart.

What does not fit is counted, in the drawing or in its note, never left out in silence; a cell that no report fills is silent, not 0.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt

from kg.errors import UsageError
from kg.network.english import english_label
from kg.ontology import load_concepts
from kg.picture.facts import bound_sign, pick
from kg.picture.labels import LABELS, TREND_HEIGHT, place_labels, room_for
from kg.table import cell
from kg.vocab import body_iri, report_keys

Row = dict[str, Any]
MOST_INDICATORS, MOST_RANKED, MOST_PANELS = 40, 60, 12
GREY = "#5c6775"
_BLUE, _PALE = "#1864ab", "#e9ecef"
_TEN = ["#4c78a8", "#f58518", "#e45756", "#72b7b2", "#54a24b", "#eeca3b", "#b279a2", "#ff9da6", "#9d755d", "#79706e"]  # Tableau's ten
_DARK = ["#1864ab", "#d9480f", "#2b8a3e", "#9c36b5", "#c92a2a", "#0b7285", "#846a00", "#5f3dc4", "#a61e4d", "#495057"]  # each is read as text on white
_BELOW = alt.Legend(orient="bottom", direction="horizontal")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a chart's rows became: the drawing, and what its note says beside the source."""

    chart: Any
    note: tuple[str, str] = ("", "")


def _data(rows: list[Row]) -> Any:
    return alt.InlineData(values=rows)


def _tips(*fields: str) -> list[Any]:
    return [alt.Tooltip(f"{name}:N") for name in fields]


def _panels(rows: list[Row], field: str, draw: Callable[[list[Row], str], Any]) -> Drawing:
    """One drawing below the other, one a value of `field`, each with scales of its own."""
    names = list(dict.fromkeys(row[field] for row in rows))
    drawn = [draw([row for row in rows if row[field] == name], name) for name in names[:MOST_PANELS]]
    left = len(names) - len(drawn)
    note = (f"另有 {left} 栏未画", f"{left} further panels are not drawn") if left else ("", "")
    return Drawing(drawn[0] if len(drawn) == 1 else alt.vconcat(*drawn, spacing=24), note)


def _heading(text: str) -> Any:
    return alt.TitleParams(text, anchor="start", fontSize=14, fontWeight="normal", offset=8)


def draw_trend(rows: list[Row], lang: str) -> Drawing:
    """Lines by place over the years, one panel an indicator; each figure is a point, a bound stands beside it."""
    for row in rows:
        row["shown"] = f"{bound_sign(row['bound'], lang)}{cell(Decimal(str(row['value'])))}"
        row["panel"] = f"{row['indicator']}{pick(('({})', ' ({})'), lang).format(row['unit'])}" if row["unit"] else row["indicator"]
    for name in {row["panel"] for row in rows}:
        place_labels([row for row in rows if row["panel"] == name])
    bare = sum(row["label"] == "" for row in rows)

    def draw(own: list[Row], name: str) -> Any:
        base = alt.Chart(_data(own)).encode(
            x=alt.X("year:O", title=pick(("年度", "year"), lang), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("value:Q", title=None, scale=alt.Scale(domain=room_for([row["value"] for row in own]), nice=True)),
            color=alt.Color("place:N", title=pick(("地方", "place"), lang), scale=alt.Scale(range=_DARK)),
            tooltip=_tips("place", "indicator", "year", "shown", "unit", "quote"),
        )
        halo: dict[str, Any] = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
        labels = [
            base.mark_text(fontSize=12, **LABELS[label], **style).encode(text="shown:N").transform_filter(alt.datum.label == label)
            for style in (halo, {})
            for label in LABELS
        ]
        marks = (base.mark_line(strokeWidth=2.5), base.mark_point(size=60, filled=True, opacity=1), *labels)
        return alt.layer(*marks, title=_heading(name)).properties(width=560, height=TREND_HEIGHT)

    drawing = _panels(rows, "panel", draw)
    left = (f"{bare} 个点太密,未标数", f"{bare} points stand too close for their figures") if bare else ("", "")
    zh, en = ("; ".join(filter(None, pair)) for pair in zip(drawing.note, left, strict=True))
    return Drawing(drawing.chart, (zh, en))


def draw_ranking(rows: list[Row], lang: str) -> Drawing:
    """Bars by place, the highest on top, one panel an indicator and year; a place with several different figures shows each."""
    for row in rows:
        row["shown"] = f"{bound_sign(row['bound'], lang)}{cell(Decimal(str(row['value'])))} {row['unit'] or ''}".strip()
        row["panel"] = f"{row['indicator']} · {row['year']}"
    distinct = list({(row["panel"], row["place"], row["shown"]): row for row in rows}.values())
    often = Counter((row["panel"], row["place"]) for row in distinct)
    tops: dict[tuple[str, str], float] = {}  # years of one indicator are compared on one scale
    for row in distinct:
        key = row["indicator"], row["unit"]
        tops[key] = max(tops.get(key, 100 if row["unit"] == "%" else 0), row["value"])
        row["bar"] = row["place"] if often[row["panel"], row["place"]] == 1 else f"{row['place']} ({row['quote']})"

    def draw(own: list[Row], name: str) -> Any:
        shown = sorted(own, key=lambda row: (-row["value"], row["bar"]))[:MOST_RANKED]
        rest = pick((f"(另有 {len(own) - len(shown)} 个未画)", f" ({len(own) - len(shown)} more not drawn)"), lang) if len(own) > len(shown) else ""
        base = alt.Chart(_data(shown)).encode(
            y=alt.Y("bar:N", sort=[row["bar"] for row in shown], title=None, axis=alt.Axis(labelLimit=220)),
            x=alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, tops[own[0]["indicator"], own[0]["unit"]]])),
            tooltip=_tips("place", "year", "shown", "quote"),
        )
        marks = (base.mark_bar(color=_BLUE, cornerRadiusEnd=2), base.mark_text(align="left", dx=6, fontSize=12).encode(text="shown:N"))
        return alt.layer(*marks, title=_heading(name + rest)).properties(width=480, height=alt.Step(26))

    return _panels(distinct, "panel", draw)


def draw_adoption(rows: list[Row], lang: str) -> Drawing:
    """Steps: how many places use a mechanism by each year."""
    most = max(int(row["places"]) for row in rows)
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("year:O", title=pick(("年度", "year"), lang), axis=alt.Axis(labelAngle=0)),
        y=alt.Y(
            "places:Q",
            title=pick(("已采用的地方数", "places that have adopted it"), lang),
            axis=alt.Axis(values=list(range(0, most + 1, max(1, most // 8))), format="d"),
            scale=alt.Scale(domainMin=0),
        ),
        color=alt.Color("mechanism:N", title=pick(("机制", "mechanism"), lang), legend=alt.Legend(labelLimit=260)),
        tooltip=_tips("mechanism", "year", "new_places", "places"),
    )
    return Drawing(
        alt.layer(base.mark_line(interpolate="step-after", strokeWidth=2.5), base.mark_point(size=60, filled=True)).properties(width=520, height=300)
    )


def draw_coverage(rows: list[Row], lang: str) -> Drawing:
    """A map of reports × indicators: reported, or silent."""
    rows = [row for row in rows if row["issuer_kind"] == "government"]
    for row in rows:
        row["report_name"] = f"{row['place']} {row['year']}"
    often = Counter(name for _, name in {(row["report_name"], row["indicator"]) for row in rows})
    names = [name for name, _ in sorted(often.items(), key=lambda pair: (-pair[1], pair[0]))]
    kept, reports = names[:MOST_INDICATORS], sorted({row["report_name"] for row in rows})
    cells = {(row["report_name"], row["indicator"]): row for row in rows}
    yes, no = pick(("报告了", "reported"), lang), pick(("未报告", "silent"), lang)
    values = [
        {"report": report, "indicator": name, "state": yes if (report, name) in cells else no, "quote": cells.get((report, name), {}).get("quote", "")}
        for report in reports
        for name in kept
    ]
    chart = alt.Chart(_data(values)).mark_rect(stroke="white", strokeWidth=2)
    drawn = chart.encode(
        x=alt.X("report:N", title=None, axis=alt.Axis(orient="top", labelAngle=-40, labelLimit=200)),
        y=alt.Y("indicator:N", sort=kept, title=None, axis=alt.Axis(labelLimit=260)),
        color=alt.Color("state:N", title=None, scale=alt.Scale(domain=[yes, no], range=[_BLUE, _PALE]), legend=_BELOW),
        tooltip=_tips("report", "indicator", "state", "quote"),
    ).properties(width=alt.Step(34), height=alt.Step(18))
    left = len(names) - len(kept)
    note = (f"报告最多的 {len(kept)} 项指标,另有 {left} 项未画", f"the {len(kept)} indicators most reported; {left} more are not drawn") if left else ("", "")
    return Drawing(drawn, note)


def _name_issuers(rows: list[Row], lang: str) -> None:
    """Say of each row who reports; in English by kind and place, with the Chinese name where several issuers of a place are of one kind."""
    for row in rows:
        row["who"] = row["issuer"] if lang == "zh" else _issuer_in_english(row)
    often = Counter(who for who, _ in {(row["who"], row["issuer"]) for row in rows})
    for row in rows:
        if often[row["who"]] > 1:
            row["who"] += f" {row['issuer']}"


def _issuer_in_english(row: Row) -> str:
    """Name an issuer by what its report's IRI says of it, since the answer holds its Chinese name alone."""
    keys = report_keys(row["report"])
    english = english_label(body_iri(keys.division, keys.type), places={keys.division: row["place"]}) if keys is not None else None
    return english or str(row["issuer"])


def draw_topics(rows: list[Row], lang: str) -> Drawing:
    """Bars of a hundred per cent: the share of each topic in a report's measures, in grey those under headings that tell of none."""
    kept, none = [row for row in rows if row["status"] != "planned"], pick(("标题未说明", "no topic by the headings"), lang)
    outline = [pick((topic.zh, topic.en or topic.zh), lang) for topic in load_concepts()["topic"].values()]
    topics = [topic for topic in outline if any(row["topic"] == topic for row in kept)]
    if not topics:
        raise UsageError("没有带主题的举措 · no measures with a topic")
    totals = Counter[str]()
    _name_issuers(kept, lang)
    for row in kept:
        row["place_in_outline"] = topics.index(row["topic"]) if row["topic"] is not None else len(topics)
        row["topic"] = row["topic"] or none
        row["report_name"] = f"{row['who']} {row['year']}"
        totals[row["report_name"]] += int(row["measures"])
    for row in kept:
        row["report_name"] += f" ({totals[row['report_name']]})"
    scale = alt.Scale(domain=[*topics, none], range=[*_TEN[: len(topics)], "#ced4da"])
    drawn = (
        alt.Chart(_data(_whole(kept)))
        .mark_bar()
        .encode(
            y=alt.Y("report_name:N", title=None, axis=alt.Axis(labelLimit=420)),
            x=alt.X("sum(measures):Q", stack="normalize", title=pick(("举措所占份额", "share of measures"), lang), axis=alt.Axis(format="%")),
            color=alt.Color("topic:N", title=pick(("主题", "topic"), lang), scale=scale, legend=alt.Legend(labelLimit=220)),
            order=alt.Order("place_in_outline:Q"),
            tooltip=_tips("report_name", "topic", "status", "measures"),
        )
        .properties(width=480, height=alt.Step(30))
    )
    return Drawing(drawn, ("括号中为举措数;不含计划", "in brackets the number of measures; plans are left out"))


def _whole(rows: list[Row]) -> list[Row]:
    """One row a report and topic, so that its bar has no seams; it says how many measures are of each status."""
    parts: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        parts.setdefault((row["report_name"], row["topic"]), []).append(row)
    return [
        {**own[0], "measures": sum(int(row["measures"]) for row in own), "status": " · ".join(f"{row['status']} {int(row['measures'])}" for row in own)}
        for own in parts.values()
    ]


_DUTIES = {
    "has_measures": ("举措与成效", "measures"),
    "has_shortcomings": ("存在的不足", "shortcomings"),
    "has_causes": ("不足的原因", "their causes"),
    "has_first_person": ("第一责任人履职", "heads' duty"),
    "has_plans": ("下一步安排", "next year's plans"),
}


def draw_duties(rows: list[Row], lang: str) -> Drawing:
    """A matrix of reports × statutory contents: met, or missing."""
    yes, no = pick(("有", "met"), lang), pick(("缺", "missing"), lang)
    _name_issuers(rows, lang)
    values = [
        {"report": f"{row['who']} {row['year']}", "duty": pick(names, lang), "state": yes if row[key] else no, "mark": "✓" if row[key] else "✗"}
        for row in rows
        for key, names in _DUTIES.items()
    ]
    base = alt.Chart(_data(values)).encode(
        x=alt.X("duty:N", sort=[pick(names, lang) for names in _DUTIES.values()], title=None, axis=alt.Axis(orient="top", labelAngle=0, labelLimit=140)),
        y=alt.Y("report:N", title=None, axis=alt.Axis(labelLimit=420)),
    )
    colour = alt.Color("state:N", title=None, scale=alt.Scale(domain=[yes, no], range=["#2b8a3e", "#c92a2a"]), legend=_BELOW)
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(color=colour, tooltip=_tips("report", "duty", "state"))
    return Drawing(alt.layer(cells, base.mark_text(color="white", fontSize=14).encode(text="mark:N")).properties(width=alt.Step(110), height=alt.Step(30)))

"""The store → panels for statistics: indicators and measures by place and year, a codebook, and what is missing.

Long: a row a figure, with its bound, basis, flags and quote. Wide: a row a report, a column an indicator. A cell is blank
where nothing was reported; it is never 0. A ratio that a report leaves out but whose two counts it gives is derived and says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg import codebook
from kg.ontology import Concept, load_concepts
from kg.query import get_query
from kg.query.ask import run_query
from kg.query.bind import Execute
from kg.table import Table, Value, cell
from kg.vocab import concept_id

KEY = ("code", "place", "level", "year", "issuer", "issuer_kind")
Row = dict[str, Value]

ADDED = {
    "basis": (
        "依据",
        "basis",
        "数值从何而来",
        "where the figure comes from",
    ),
    "formula": ("算式", "formula", "算出的比率的算式", "how a derived ratio was computed"),
    "flags": ("可比性标记", "comparability flags", "空为无保留;取值见下", "blank where nothing is to be said; the values follow"),
    "chosen": ("宽表所取", "taken by the wide form", "同一报告同一指标有几个数时,宽表取其一", "the one of several figures that the wide form takes"),
}
BASES = {
    "printed": ("报告写明", "stated by the report"),
    "derived": ("由同一报告的两个数算出", "computed from two figures of the same report"),
}
FLAGS = {
    "damaged": ("原文此处损坏", "the text is damaged here"),
    "bound": ("不是确数,见 bound", "not an exact figure, see bound"),
    "period": ("期间不是全年或年末,见 period", "the period is neither the year nor its end, see period"),
    "cumulative": ("历年累计", "accumulated over the years"),
    "unit": ("单位与指标的通用单位不同", "the unit is not the indicator's usual one"),
    "body": ("属于别的主体,见 body", "of another body than the issuer, see body"),
    "department": ("发文机关不是政府", "the issuer is not a government"),
    "several": ("同一报告写了几个不同的数", "the report gives several different figures"),
    "derived": ("由两个数算出", "computed from two figures"),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """The figures, what each column and indicator means, and what each report leaves out."""

    long: Table
    wide: Table
    codebook: Table
    missing: Table


def make_panel(execute: Execute, params: Mapping[str, Sequence[str]] | None = None, lang: str = "zh") -> Panel:
    """Ask for all figures that are linked and done, and lay them out; `params` are those of `indicator-panel`."""
    query = get_query("indicator-panel")
    rows = run_query(execute, query, params or {}, lang).records()
    rows = [*rows, *_derive(rows)]
    _mark(rows)
    rows.sort(
        key=lambda r: (
            str(r["code"]),
            str(r["year"]),
            str(r["report"]),
            str(r["indicator_id"]),
            r["basis"] == "derived",
            int(str(r["start"] or 0)),
            str(r["fact"]),
        )
    )
    labels = {c.name: c.label[lang] for c in query.columns} | {name: pair[lang == "en"] for name, pair in ADDED.items()}
    names = _ordered(labels)
    long = Table(names, [tuple(row[name] for name in names) for row in rows], tuple(labels[name] for name in names))
    indicators = _named(rows)
    return Panel(long, _widen(rows, labels, indicators, lang), _codebook(labels, indicators, lang), _missing(execute, rows, labels, indicators, lang))


def make_measures(execute: Execute, params: Mapping[str, Sequence[str]] | None = None, lang: str = "zh") -> Table:
    """All measures: a row a measure, responsible body and mechanism, with its words and topic."""
    query = get_query("measure-panel")
    table = run_query(execute, query, params or {}, lang)
    return Table(table.columns, table.rows, tuple(c.label[lang] for c in query.columns))


def _ordered(labels: Mapping[str, str]) -> tuple[str, ...]:
    """Put the added columns behind the bound, the quote and its places last."""
    names = [name for name in labels if name not in ADDED]
    at = names.index("bound") + 1
    return (*names[:at], *ADDED, *names[at:])


def _concept(row: Row) -> Concept | None:
    return load_concepts()["indicator"].get(concept_id(str(row["indicator_id"])))


def _mark(rows: list[Row]) -> None:
    """Flag each figure and choose one a report and indicator."""
    groups: dict[tuple[Value, Value], list[Row]] = defaultdict(list)
    for row in rows:
        row.setdefault("basis", "printed")
        row.setdefault("formula", None)
        groups[row["report"], row["indicator_id"]].append(row)
    for group in groups.values():
        several = len({(r["value"], r["unit"]) for r in group if r["damaged"] is not True}) > 1
        for row in group:
            flags = [*_flags(row), *(["several"] if several else [])]
            row["flags"] = " ".join(flag for flag in FLAGS if flag in flags) or None
        best = min(group, key=_distance)
        for row in group:
            row["chosen"] = row is best and row["damaged"] is not True


def _flags(row: Row) -> list[str]:
    concept = _concept(row)
    usual = concept.value("printedUnit") if concept is not None else None
    said = {
        "damaged": row["damaged"] is True,
        "bound": row["bound"] != "exact",
        "period": row["period"] not in ("year", "as_of"),
        "cumulative": row["temporal"] == "cumulative",
        "unit": usual is not None and row["unit"] is not None and row["unit"] not in usual.split("/"),
        "body": row["body"] is not None and row["body"] != row["issuer"],
        "department": row["issuer_kind"] != "government",
        "derived": row["basis"] == "derived",
    }
    return [flag for flag, holds in said.items() if holds]


def _distance(row: Row) -> tuple[int, int]:
    """How far a figure is from the plain one of the whole year; the first in the text where two are as near."""
    weights = {"damaged": 64, "cumulative": 16, "period": 8, "body": 4, "bound": 2, "unit": 1}
    return sum(weights.get(flag, 0) for flag in str(row["flags"] or "").split()), int(str(row["start"] or 0))


def _derive(rows: Iterable[Row]) -> list[Row]:
    """Compute the ratios that a report leaves out, from counts of the same body that it gives once each."""
    by_report: dict[Value, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_report[row["report"]][str(row["indicator_id"])].append(row)
    made = []
    for given in by_report.values():
        for ratio in load_concepts()["indicator"].values():
            above, below = (_only(given.get(ratio.value(name) or "", [])) for name in ("numerator", "denominator"))
            if ratio.iri not in given and above is not None and below is not None and above["body"] == below["body"]:
                made += _ratio(ratio, above, below)
    return made


def _only(rows: list[Row]) -> Row | None:
    plain = [r for r in rows if r["damaged"] is not True and r["bound"] == "exact" and r["period"] == "year"]
    return plain[0] if len({(r["value"], r["unit"]) for r in plain}) == 1 else None


def _ratio(concept: Concept, above: Row, below: Row) -> list[Row]:
    up, down = Decimal(str(above["value"])), Decimal(str(below["value"]))
    if not 0 <= up <= down or down == 0:
        return []
    row = dict(above) | {
        "indicator_id": concept.iri,
        "indicator": concept.zh,
        "name": None,
        "value": round(up * 100 / down, 1),
        "unit": "%",
        "basis": "derived",
        "formula": f"{cell(above['value'])}/{cell(below['value'])}*100",
        "quote": f"{above['quote']};{below['quote']}",
        "start": None,
        "fact": None,
        "passage": None,
    }
    return [row]


def _named(rows: Iterable[Row]) -> dict[str, Concept | None]:
    """The indicators that occur, by id, in order."""
    return {concept_id(str(i)): c for i, c in sorted({str(r["indicator_id"]): _concept(r) for r in rows}.items())}


def _title(name: str, concept: Concept | None, lang: str) -> str:
    return name if concept is None else concept.en if lang == "en" else concept.zh


def _head(name: str, concept: Concept | None, lang: str) -> str:
    """An indicator's name with its unit, where all its figures have the same."""
    unit = concept.value("printedUnit") if concept is not None else None
    shown = _title(name, concept, lang)
    return shown if unit is None or "/" in unit else f"{shown} ({unit})" if lang == "en" else f"{shown}({unit})"


def _widen(rows: Iterable[Row], labels: Mapping[str, str], indicators: Mapping[str, Concept | None], lang: str) -> Table:
    """One row a report with the figures that were chosen."""
    cells: dict[tuple[Value, ...], dict[str, Value]] = {}
    for row in rows:
        values = cells.setdefault((*(row[key] for key in KEY), row["report"]), {})
        if row["chosen"]:
            values[concept_id(str(row["indicator_id"]))] = row["value"]
    heads = (*(labels[key] for key in (*KEY, "report")), *(_head(name, concept, lang) for name, concept in indicators.items()))
    return Table((*KEY, "report", *indicators), [(*key, *(values.get(name) for name in indicators)) for key, values in cells.items()], heads)


def _codebook(labels: Mapping[str, str], indicators: Mapping[str, Concept | None], lang: str) -> Table:
    """What each column, code, flag and indicator means."""
    columns = {c.name: (c.label["zh"], c.label["en"]) for c in get_query("indicator-panel").columns} | {name: said[:2] for name, said in ADDED.items()}
    meanings = codebook.PANEL | {name: said[2:] for name, said in ADDED.items()}
    rows = codebook.columns_of({name: columns[name] for name in _ordered(labels)}, meanings, lang, {"basis": BASES})
    rows += [*codebook.flags_of(FLAGS), *codebook.indicators_of(indicators, lang)]
    return codebook.bind_codebook(rows, (*_ordered(labels), *indicators), lang)


def measures_codebook(lang: str = "zh") -> Table:
    """What each column and code of the table of measures means."""
    columns = {c.name: (c.label["zh"], c.label["en"]) for c in get_query("measure-panel").columns}
    return codebook.bind_codebook(codebook.columns_of(columns, codebook.MEASURES, lang, {}), tuple(columns), lang)


def _missing(execute: Execute, rows: Iterable[Row], labels: Mapping[str, str], indicators: Mapping[str, Concept | None], lang: str) -> Table:
    """The indicators that governments report in a year and another government's report of that year does not give."""
    heads = ("其他报告数", "其他报告中给出的份数") if lang == "zh" else ("other reports", "of them give it")
    given: dict[Value, set[str]] = defaultdict(set)
    for row in rows:
        given[row["report"]].add(concept_id(str(row["indicator_id"])))
    reports = [r for r in run_query(execute, get_query("reports"), {}).records() if r["issuer_kind"] == "government"]
    found: list[tuple[Value, ...]] = []
    for year in sorted({int(str(r["year"])) for r in reports}):
        same = [r for r in reports if r["year"] == year]
        for name, concept in indicators.items():
            have = [r for r in same if name in given[r["report"]]]
            if have:
                found += [
                    (r["place"], year, r["issuer"], name, _title(name, concept, lang), len(same) - 1, len(have), r["report"]) for r in same if r not in have
                ]
    columns = ("place", "year", "issuer", "indicator_id", "indicator", "others", "reporting", "report")
    return Table(columns, found, (*(labels[c] for c in columns[:5]), *heads, labels["report"]))

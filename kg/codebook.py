"""Tables for statistics → their codebook: what each column, code, flag and indicator means, to be published beside the figures."""

from collections.abc import Iterable, Mapping, Sequence

from kg.ontology import Concept, load_concepts, read_statements
from kg.picture.facts import CODED
from kg.sheets import stata_names
from kg.table import Table, Value
from kg.vocab import SKOS

HEADS = {
    "variable": ("变量", "variable"),
    "kind": ("类别", "kind"),
    "label_zh": ("中文名", "label in Chinese"),
    "label_en": ("英文名", "label in English"),
    "unit": ("单位", "unit"),
    "measure": ("性质", "nature"),
    "temporal": ("时间性质", "temporal kind"),
    "definition": ("定义", "definition"),
    "formula": ("算式", "formula"),
    "note": ("可比性", "comparability"),
    "stata": ("Stata 变量名", "name in Stata"),
}
Pair = tuple[str, str]

_OF_BOTH: dict[str, Pair] = {
    "code": ("县级以上行政区划代码(GB/T 2260)", "code of the division (GB/T 2260)"),
    "place": ("报告所属的行政区划", "division that the report is of"),
    "level": ("行政区划的层级", "level of the division"),
    "year": ("报告年度,不是公布的年份", "year that the report is about, not that of publication"),
    "issuer": ("报告的发文机关", "body that issued the report"),
    "start": ("原文首字在正文中的位置,从 0 起", "place of the quote's first character in the text, from 0"),
    "quote": ("正文中的原话", "the words of the text"),
    "published": ("公开日期;空为来源未写明", "date of publication; blank where the source does not state it"),
    "fact": ("事实的 IRI;算出的数没有", "IRI of the fact; a derived figure has none"),
    "passage": ("原文片段的 IRI,以起止字符标明", "IRI of the passage, with its first and last character"),
    "report": ("报告的 IRI", "IRI of the report"),
}
PANEL: dict[str, Pair] = _OF_BOTH | {
    "issuer_kind": ("发文机关的性质;跨地比较宜只取政府", "kind of issuer; compare places by governments alone"),
    "indicator_id": ("指标的 IRI,各版本不变", "IRI of the indicator, the same in all versions"),
    "indicator": ("指标的名称,定义见下", "name of the indicator, defined below"),
    "name": ("报告对这个数的叫法", "what the report calls the figure"),
    "value": ("数值,已折算为单位所示(1.5万件为 15000)", "the figure in the unit given (1.5万件 is 15000)"),
    "unit": ("数值的单位", "unit of the value"),
    "bound": ("是确数还是界限", "whether the figure is exact or a bound"),
    "period": ("数值所属的期间", "period that the figure covers"),
    "temporal": ("当年发生、时点存量还是历年累计", "of the year, at a point in time, or accumulated"),
    "body": ("数值所属的主体;空为未写明", "body that the figure is about; blank where it is not said"),
    "damaged": ("真为原文此处损坏,数字照录", "true where the text is damaged here: the figure is kept as printed"),
}
MEASURES: dict[str, Pair] = _OF_BOTH | {
    "verb": ("举措的动词", "verb of the measure"),
    "object": ("动词之后的话", "what follows the verb"),
    "topic": ("所在章节的主题(2021—2025 年纲要)", "topic of the section (outline of 2021–2025)"),
    "status": ("已做、在做还是计划", "done, going on or planned"),
    "body": ("负责的主体;几个主体各占一行", "responsible body; several take a row each"),
    "basis": ("责任主体依据什么认定", "what the responsible body is told by"),
    "mechanism": ("所用的机制;几项机制各占一行,空为没有", "mechanism used; several take a row each, blank where there is none"),
    "mechanism_type": ("机制的类型", "type of the mechanism"),
}
_SCHEMES = {"bound": "bound", "period": "period-kind", "status": "status"}


def columns_of(labels: Mapping[str, Pair], meanings: Mapping[str, Pair], lang: str, own: Mapping[str, Mapping[str, Pair]]) -> list[dict[str, Value]]:
    """A row a column, by its labels in both languages; behind them a row a code that a column may hold, `own` those of this table alone."""
    rows: list[dict[str, Value]] = [
        {"variable": name, "kind": "column", "label_zh": zh, "label_en": en, "definition": _pick(meanings[name], lang)} for name, (zh, en) in labels.items()
    ]
    for name in labels:
        rows += [
            {"variable": f"{name}={code}", "kind": "code", "label_zh": zh, "label_en": en, "definition": said} for code, zh, en, said in _codes(name, lang, own)
        ]
    return rows


def _codes(column: str, lang: str, own: Mapping[str, Mapping[str, Pair]]) -> Iterable[tuple[str, str, str, str | None]]:
    if column in _SCHEMES:
        return [(c.id, c.zh, c.en, define(c, lang)) for c in load_concepts()[_SCHEMES[column]].values()]
    return [(code, zh, en, None) for code, (zh, en) in own.get(column, CODED.get(column, {})).items()]


def flags_of(flags: Mapping[str, Pair]) -> list[dict[str, Value]]:
    """A row a flag."""
    return [{"variable": flag, "kind": "flag", "label_zh": zh, "label_en": en} for flag, (zh, en) in flags.items()]


def indicators_of(indicators: Mapping[str, Concept | None], lang: str) -> list[dict[str, Value]]:
    """A row an indicator, with its unit, definition and formula."""
    rows: list[dict[str, Value]] = []
    for name, c in indicators.items():
        if c is not None:
            parts = [part for part in (c.id_of("numerator"), c.id_of("denominator")) if part is not None]
            row: dict[str, Value] = {"variable": name, "kind": "indicator", "label_zh": c.zh, "label_en": c.en, "unit": c.value("printedUnit"), "note": c.note}
            row |= {"measure": c.value("indicatorKind"), "temporal": c.value("temporal") or "flow"}
            rows.append(row | {"definition": define(c, lang), "formula": "/".join(parts) or None})
    return rows


def define(concept: Concept, lang: str) -> str | None:
    """Give a concept's definition in a language."""
    return next(iter(read_statements()[concept.iri].get(f"{SKOS}definition@{lang}", ())), concept.definition)


def bind_codebook(rows: Sequence[dict[str, Value]], stata: Sequence[str], lang: str) -> Table:
    """Put the rows into one table; `stata` are the variables that a Stata file holds, in their order, for their names there may be cut."""
    names = dict(zip(stata, stata_names(stata), strict=True))
    filled = [tuple(row.get(head) for head in HEADS) for row in ({**row, "stata": _in_stata(row, names)} for row in rows)]
    return Table(tuple(HEADS), filled, tuple(_pick(pair, lang) for pair in HEADS.values()))


def _in_stata(row: Mapping[str, Value], names: Mapping[str, str]) -> str | None:
    return names.get(str(row["variable"])) if row["kind"] in ("column", "indicator") else None


def _pick(pair: Pair, lang: str) -> str:
    return pair[lang == "en"]

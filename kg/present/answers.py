"""Stored questions, and the words for the codes of their answers."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.ontology import load_concepts
from kg.picture.facts import CODED, pick
from kg.query import Query
from kg.table import ByColumn, Table, Value, pad, width

_RELATIONS = {
    "amount_of": ("所涉金额", "amount of"),
    "average_of": ("平均", "average of"),
    "change_of": ("增减", "change of"),
    "difference": ("差", "difference"),
    "outcome_of": ("其结果", "outcome of"),
    "part_of": ("其中", "part of"),
    "participants_of": ("参加人数", "participants of"),
    "persons_of": ("所涉人数", "persons of"),
    "rate_of": ("所占比率", "rate of"),
    "ratio": ("两数之比", "ratio of two"),
    "scope_of": ("范围", "scope of"),
    "staff_of": ("人员", "staff of"),
    "sum": ("合计", "sum"),
}
_KINDS = {**CODED["kind"], **CODED["type"], "section": ("章节", "section"), "topic": ("主题", "topic")}
_FURTHER = {
    "kind": {**_KINDS, **CODED["basis"], **_RELATIONS},
    "group": _KINDS,
    "partner_type": CODED["type"],
    "basis": {**CODED["basis"], "measure": ("同一举措", "one measure"), "mechanism": ("同一机制", "one mechanism")},
    "holds": {"true": ("成立", "holds"), "false": ("不成立", "does not hold"), "unknown": ("未知", "unknown")},
    "order": {"above first": ("上级在先", "above first"), "below first": ("下级在先", "below first"), "same year": ("同年", "same year")},
}
_SCHEMES = {"period": "period-kind", "period_kind": "period-kind", "kind": "damage-kind"}


@lru_cache(maxsize=64)
def words_of(column: str) -> dict[str, tuple[str, str]]:
    """The words for the codes of a column, by its name; those of a scheme are its labels."""
    scheme = load_concepts()[_SCHEMES[column]].values() if column in _SCHEMES else ()
    return {**{c.id: (c.zh, c.en) for c in scheme}, **_FURTHER.get(column, CODED.get(column, {}))}


def in_words(table: Table, language: str) -> Table:
    """Say the codes of a table's columns in words, for people to read; files for programs keep the codes."""
    if not any(map(words_of, table.columns)):
        return table
    columns = [_in_words(table.column(name), words_of(name), language) for name in table.columns]
    return Table(table.columns, ByColumn(columns), table.labels, table.note)


def _in_words(column: list[Value], words: Mapping[str, tuple[str, str]], language: str) -> list[Value]:
    return [pick(words[str(value)], language) if str(value) in words else value for value in column] if words else column


def queries_text(queries: Iterable[Query], language: str) -> str:
    """One line a question: id, title, and the parameters that it takes."""
    rows = [(q.id, q.title[language], " ".join(p.name for p in q.params)) for q in queries]
    ids, titles = (max((width(row[at]) for row in rows), default=0) for at in (0, 1))
    return "\n".join(f"{pad(name, ids)}  {pad(title, titles)}  {params}".rstrip() for name, title, params in rows)

"""Store → names without a concept, by frequency over the corpus, with contexts: how the vocabularies grow."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from kg.query import get_query
from kg.query.ask import run_query
from kg.table import Table

KINDS = ("mechanism", "indicator", "body")


@dataclass(frozen=True, slots=True)
class Name:
    """A name awaiting the vocabulary: how often and in how many reports it stands, its commonest wording and unit, and contexts."""

    kind: str
    name: str
    unit: str
    mentions: int
    reports: int
    contexts: tuple[str, ...]


def count_candidates(execute: Callable[[str], Table], kind: str | None = None, least: int = 1, contexts: int = 3) -> list[Name]:
    """Group the names of the stored question `candidates`; commonest first, then by kind and name.

    Wordings that differ only in quotation marks, blanks or a leading 全市/全县 are one name. `least` leaves out names in fewer reports.
    """
    table = run_query(execute, get_query("candidates"), {})
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in table.rows:
        values = {column: "" if value is None else str(value) for column, value in zip(table.columns, row, strict=True)}
        if kind is None or values["kind"] == kind:
            groups.setdefault((values["kind"], _plain(values["name"])), []).append(values)
    names = [_name(found, contexts) for found in groups.values()]
    return sorted((n for n in names if n.reports >= least), key=lambda n: (-n.reports, -n.mentions, KINDS.index(n.kind), n.name))


def _plain(name: str) -> str:
    return re.sub(r"^(?:全|本|我)(?:省|市|县|区|州)|[\s“”‘’\"'()()]", "", name)


def _name(rows: list[dict[str, str]], contexts: int) -> Name:
    def commonest(column: str) -> str:
        return min(Counter(row[column] for row in rows).items(), key=lambda item: (-item[1], item[0]))[0]

    quotes = sorted({row["quote"] for row in rows})[:contexts]
    return Name(rows[0]["kind"], commonest("name"), commonest("unit"), len({row["fact"] for row in rows}), len({row["report"] for row in rows}), tuple(quotes))


def candidates_table(names: list[Name], contexts: int, lang: str = "zh") -> Table:
    """Lay names out as a table, one column a context."""
    columns = ("kind", "name", "unit", "reports", "mentions", *(f"context_{number}" for number in range(1, contexts + 1)))
    rows = [(n.kind, n.name, n.unit, n.reports, n.mentions, *n.contexts, *([None] * (contexts - len(n.contexts)))) for n in names]
    labels = ("种类", "名称", "单位", "报告数", "次数", *(f"语境 {number}" for number in range(1, contexts + 1)))
    return Table(columns, rows, labels if lang == "zh" else ())

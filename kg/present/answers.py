"""Stored questions, and the words for the codes of their answers."""

from collections.abc import Iterable

from kg.picture.facts import CODED, pick
from kg.query import Query
from kg.table import Table, pad, width


def in_words(table: Table, language: str) -> Table:
    """Say the codes of a table's columns in words, for people to read; files for programs keep the codes."""
    words = [CODED.get(name, {}) for name in table.columns]
    rows = [tuple(pick(known[str(value)], language) if str(value) in known else value for known, value in zip(words, row, strict=True)) for row in table.rows]
    return Table(table.columns, rows, table.labels, table.note)


def queries_text(queries: Iterable[Query], language: str) -> str:
    """One line a question: id, title, and the parameters that it takes."""
    rows = [(q.id, q.title[language], " ".join(p.name for p in q.params)) for q in queries]
    ids, titles = (max((width(row[at]) for row in rows), default=0) for at in (0, 1))
    return "\n".join(f"{pad(name, ids)}  {pad(title, titles)}  {params}".rstrip() for name, title, params in rows)

"""What Oxigraph answers → Table: its own TSV, which holds the types, read and sorted here.

Handed over term by term a cell costs microseconds, in TSV a tenth. Oxigraph's ORDER BY looks both terms up anew in each comparison,
so the rows of a text that ends in ORDER BY are asked for in any order and sorted here, by the same rules.
"""

import re
from collections.abc import Callable, Sequence

from kg.answer import Results, write_results
from kg.columns import Answer
from kg.table import ByColumn, Table, Value
from kg.vocab import XSD

_ORDER = re.compile(r"^ORDER BY(?P<keys>(?:\s+(?:\?\w+|DESC\(\?\w+\)))+)\s*\Z", re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r"}
_SHAPES = tuple(
    re.compile(shape, re.DOTALL)
    for shape in (
        r"",
        r"_:.*",
        r"<[^<].*>",
        rf'[-+0-9.].*|"[^"]*"\^\^<{XSD}(?:integer|decimal|double|float)>',
        r"true|false",
        rf'"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"\^\^<{XSD}date>',
        r'".*"(?:@[A-Za-z0-9-]+)?',
    )
)
_NO_LITERALS, _OTHER = {0, 1, 2}, len(_SHAPES)
Rows = list[list[str]]


def answer_text(text: str, ask: Callable[[str], bytes]) -> Table:
    """Ask for a table, as TSV, and sort it; where that is not ours to do, the engine is asked for its order."""
    match = _ORDER.search(text)
    names, rows = _split(ask(text if match is None else text[: match.start()]))
    if match is not None:
        order = _order(names, rows, match["keys"].split())
        rows = [rows[at] for at in order] if order is not None else _split(ask(text))[1]
    return _table(names, rows)


def read_results(results: Results) -> Table:
    """Results of any kind → Table, in the order in which they come."""
    return _table(*_split(write_results(results)))


def read_columns(answer: Answer) -> Table:
    """What columns answer → Table."""
    import numpy as np

    terms = np.empty(int(answer.numbers.max(initial=0)) + 1, dtype=object)
    terms[answer.numbers] = answer.texts
    for at, term in answer.terms.items():
        terms[answer.numbers[at]] = _value(term)
    decimals = _Terms()
    made = []
    for form, column in zip(answer.forms, answer.columns, strict=True):
        values = (terms[column] if form == "id" else column).tolist()
        made.append([decimals[value or ""] for value in values] if form == "number" else values)
    return Table(answer.names, ByColumn(made))


def _split(data: bytes) -> tuple[tuple[str, ...], Rows]:
    """Columns and cells as they are written: a line break or tab within a value is escaped."""
    head, *lines = data.split(b"\n")[:-1]
    names = tuple(name.removeprefix("?") for name in head.decode().split("\t") if name)
    return names, [line.decode().split("\t") if names else [] for line in lines]


def _table(names: tuple[str, ...], rows: Rows) -> Table:
    terms = _Terms()
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return Table(names, ByColumn([[*map(terms.__getitem__, column)] for column in columns]) if names else [() for _ in rows])


class _Terms(dict[str, Value]):
    """A cell as it is written → its value; what many rows say is one value."""

    def __missing__(self, cell: str) -> Value:
        value = self[cell] = _value(cell)
        return value


def _value(cell: str) -> Value:
    """Read one term.

    >>> [_value(cell) for cell in ('<a:b>', '"he said \\\\"no\\\\""@en', '7', '1.50', '"100"^^<http://www.w3.org/2001/XMLSchema#decimal>', 'true', '')]
    ['a:b', 'he said "no"', 7, Decimal('1.50'), Decimal('100'), True, None]
    """
    if cell[:1] == "<" and cell[:2] != "<<":
        return cell[1:-1]
    if cell[:1] == '"':
        text, _, ending = cell[1:].rpartition('"')
        text = _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), text) if "\\" in text else text
        return Table.parse(text, ending[3:-1]) if ending[:2] == "^^" else text
    if cell[:1] in ("", "_", "<", "t", "f"):  # nothing, a blank node, a triple, true, false
        return {"": None, "true": True, "false": False}.get(cell, cell.removeprefix("_:"))
    return Table.parse(cell, XSD + ("decimal" if "." in cell or "e" in cell.lower() else "integer"))


def _order(names: tuple[str, ...], rows: Rows, keys: Sequence[str]) -> list[int] | None:
    """Put row numbers in order as ORDER BY does; None where a key is no column, or its literals are of other or several kinds."""
    order, terms = list(range(len(rows))), _Terms()
    for key in reversed(keys):
        name = key.removeprefix("DESC(").strip("?)")
        if name not in names:
            return None
        column = [row[names.index(name)] for row in rows]
        ranks = {cell: _rank(cell) for cell in set(column)}
        if _OTHER in ranks.values() or len(set(ranks.values()) - _NO_LITERALS) > 1:
            return None
        order.sort(key=[(ranks[cell], terms[cell]) for cell in column].__getitem__, reverse=key.startswith("DESC"))
    return order


def _rank(cell: str) -> int:
    """Say where a term stands among others: unbound, blank node, IRI, then the kinds of literals."""
    for rank, shape in enumerate(_SHAPES):
        if shape.fullmatch(cell) is not None:
            return rank
    return _OTHER

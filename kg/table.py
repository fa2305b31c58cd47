"""A table of answers and the ways to write it as text. Blank is what is not reported, never 0."""

import csv
import html
import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, overload
from urllib.parse import unquote

from kg.errors import UsageError
from kg.numerals import plain
from kg.vocab import BASE, XSD

Value = str | int | bool | Decimal | None
REPR_ROWS, REPR_CELL, HTML_ROWS = 20, 32, 60
_INTEGERS = {XSD + name for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt", "unsignedLong")}


class ByColumn(Sequence[tuple[Value, ...]]):
    """Rows that lie as columns of one length: a row is made when it is asked for, so that a large answer is not held twice."""

    __slots__ = ("columns",)

    def __init__(self, columns: Sequence[Sequence[Value]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    @overload
    def __getitem__(self, at: int) -> tuple[Value, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[Value, ...]]: ...
    def __getitem__(self, at: int | slice) -> tuple[Value, ...] | list[tuple[Value, ...]]:
        if isinstance(at, slice):
            return [*zip(*(column[at] for column in self.columns), strict=True)]
        return tuple([column[at] for column in self.columns])

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(zip(*self.columns, strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; `labels` are headings for people, one a column, or none; `note` says what the reader should know of them."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
    labels: tuple[str, ...] = ()
    note: str = ""

    @staticmethod
    def parse(text: str, datatype: str) -> Value:
        """Read a literal: integers, decimals and booleans by their datatype, the rest as text."""
        if datatype in _INTEGERS:
            return int(text)
        if datatype in (XSD + "decimal", XSD + "double", XSD + "float"):
            return Decimal(text)
        return text in ("true", "1") if datatype == XSD + "boolean" else text

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        shown = to_text(Table(self.columns, [tuple(_cut(v) for v in row) for row in self.rows[:REPR_ROWS]]))
        return f"{shown}[{len(self.rows)} × {len(self.columns)}]" + (f" {self.note}" if self.note else "")

    def _repr_html_(self) -> str:
        return to_html(Table(self.columns, self.rows[:HTML_ROWS], self.labels)) + f"<p>{len(self.rows)} × {len(self.columns)} {html.escape(self.note)}</p>"

    def column(self, name: str) -> list[Value]:
        """Give one column's values; an unknown name is a UsageError."""
        if name not in self.columns:
            raise UsageError(f"没有列 {name!r} · no such column; {', '.join(self.columns)}")
        at = self.columns.index(name)
        return [*self.rows.columns[at]] if isinstance(self.rows, ByColumn) else [row[at] for row in self.rows]

    def records(self) -> list[dict[str, Value]]:
        """Give the rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> Any:
        """Give a pandas DataFrame; decimals become floats, blanks stay missing."""
        try:
            import pandas
        except ImportError as error:
            raise UsageError("需要 pandas:pip install 'fazhi-kg[frames]' · pandas is needed: pip install 'fazhi-kg[frames]'") from error
        columns = {name: [float(v) if isinstance(v, Decimal) else v for v in self.column(name)] for name in self.columns}
        return pandas.DataFrame(columns, columns=list(self.columns)).convert_dtypes()


def cell(value: Value) -> str:
    """Write one value; numbers without exponent or trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else str(value)


def _cells(column: list[Value]) -> Sequence[Value]:
    """Write a column's values, but for those that csv writes as `cell` does."""
    return column if set(map(type, column)) <= {str, int, type(None)} else [cell(value) for value in column]


class _Widths(dict[str, int]):
    def __missing__(self, char: str) -> int:
        columns = self[char] = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        return columns


_WIDTHS = _Widths()


def width(text: str) -> int:
    """Columns that a text takes in a terminal: wide characters count two."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def pad(text: str, columns: int) -> str:
    """Fill a text with blanks to a number of columns."""
    return text + " " * max(0, columns - width(text))


def brief(value: Value) -> str:
    """Write a value on one line; IRIs are shortened by the project's base and read as text (“一口受理” for %E2%80%9C…)."""
    text = cell(value)
    return " ".join((unquote(text.replace(BASE, "")) if text.startswith(BASE) else text.replace(BASE, "")).split())


def _cut(value: Value) -> str:
    text = brief(value)
    return text if len(text) <= REPR_CELL else text[: REPR_CELL - 1] + "…"


def to_text(table: Table) -> str:
    """Aligned text under the labels, or the columns' names where there are none."""
    heads = list(table.labels or table.columns)
    rows = [[brief(v) for v in row] for row in table.rows]
    sizes = [max([width(name), *(width(row[at]) for row in rows)]) for at, name in enumerate(heads)]
    lines = ["  ".join(pad(text, size) for text, size in zip(row, sizes, strict=True)).rstrip() for row in [heads, ["-" * size for size in sizes], *rows]]
    return "\n".join(lines) + "\n"


def to_csv(table: Table, delimiter: str = ",") -> str:
    """RFC 4180 with \\n line ends."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=delimiter)
    writer.writerow(table.columns)
    writer.writerows(zip(*(_cells(table.column(name)) for name in table.columns), strict=True) if table.columns else table.rows)
    return out.getvalue()


def to_tsv(table: Table) -> str:
    """As CSV, with tabs; a cell that holds a tab or a line break is quoted."""
    return to_csv(table, "\t")


def to_json(table: Table) -> str:
    """A list of objects; decimals are JSON numbers."""
    return json.dumps(_objects(table), ensure_ascii=False, indent=1) + "\n"


def to_jsonl(table: Table) -> str:
    """One object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _objects(table))


def _objects(table: Table) -> list[dict[str, str | int | float | bool | None]]:
    return [{name: _json(v) for name, v in zip(table.columns, row, strict=True)} for row in table.rows]


def _json(value: Value) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def to_md(table: Table) -> str:
    """A Markdown table; bars and angle brackets are escaped."""

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(c.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for c in cells) + " |"

    rows = [line([" ".join(cell(v).split()) for v in row]) for row in table.rows]
    return "\n".join([line(table.labels or table.columns), "|" + " --- |" * len(table.columns), *rows]) + "\n"


def to_html(table: Table) -> str:
    """An HTML table; everything is escaped."""
    heads = "".join(f"<th>{html.escape(name)}</th>" for name in table.labels or table.columns)
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(brief(v))}</td>" for v in row) + "</tr>" for row in table.rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


FORMATS: dict[str, Callable[[Table], str]] = {"table": to_text, "csv": to_csv, "tsv": to_tsv, "json": to_json, "jsonl": to_jsonl, "md": to_md}

"""A table of answers and the ways to write it: aligned text, CSV, JSON. Blank is what is not reported, never 0."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.numerals import plain
from kg.vocab import BASE, XSD

Value = str | int | bool | Decimal | None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]

    @staticmethod
    def parse(text: str, datatype: str) -> Value:
        """Read a literal: integers, decimals and booleans by their datatype, the rest as text."""
        if datatype == XSD + "integer":
            return int(text)
        if datatype in (XSD + "decimal", XSD + "double", XSD + "float"):
            return Decimal(text)
        return text == "true" if datatype == XSD + "boolean" else text


def cell(value: Value) -> str:
    """Write one value; numbers without exponent or trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else str(value)


def width(text: str) -> int:
    """Columns that a text takes in a terminal: wide characters count two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def pad(text: str, columns: int) -> str:
    """Fill a text with blanks to a number of columns."""
    return text + " " * max(0, columns - width(text))


def to_text(table: Table) -> str:
    """Aligned text; IRIs are shortened by the project's base, line breaks become blanks."""
    rows = [[" ".join(cell(v).replace(BASE, "").split()) for v in row] for row in table.rows]
    sizes = [max([width(name), *(width(row[at]) for row in rows)]) for at, name in enumerate(table.columns)]
    lines = [
        "  ".join(pad(text, size) for text, size in zip(row, sizes, strict=True)).rstrip()
        for row in [list(table.columns), ["-" * size for size in sizes], *rows]
    ]
    return "\n".join(lines) + "\n"


def to_csv(table: Table) -> str:
    """RFC 4180 with \\n line ends."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([[cell(v) for v in row] for row in table.rows])
    return out.getvalue()


def to_json(table: Table) -> str:
    """A list of objects; decimals are written as strings of digits in JSON numbers' form."""
    rows = [{name: _json(v) for name, v in zip(table.columns, row, strict=True)} for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _json(value: Value) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


FORMATS: dict[str, Callable[[Table], str]] = {"table": to_text, "csv": to_csv, "json": to_json}

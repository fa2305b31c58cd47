"""Table → bytes of a workbook or a Parquet file; the libraries are an extra, asked for only here."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kg.errors import UsageError
from kg.table import FORMATS, Table, Value, cell, width

_NEED = "需要附加组件:pip install 'fazhi-kg[frames]' · an extra is needed: pip install 'fazhi-kg[frames]'"
_MAX_ROWS = 1_048_575
_MAX_CELL = 32_767
_WIDEST, _LOOKED_AT = 48, 200
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STATA_NAME, _STATA_LABEL, _STATA_TEXT, _STATA_LONG = 32, 80, 2045, 2_147_483_620
_CREATED = datetime(2000, 1, 1)
"""A workbook or Stata file carries a date of making; ours is fixed, so that equal tables give equal bytes."""


def to_xlsx(table: Table) -> bytes:
    """Write one sheet with the labels as its first row; text is never read as a formula."""
    return to_book({"kg": table})


def to_book(tables: Mapping[str, Table]) -> bytes:
    """Write a workbook with a sheet a table."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise UsageError(f"xlsx: {_NEED}") from error
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"created": _CREATED})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for name, table in tables.items():
            _fill(book.add_worksheet(name), table, bold, day)
    return out.getvalue()


def _fill(sheet: Any, table: Table, bold: Any, day: Any) -> None:
    """Write a table with a fixed head, filters, columns as wide as what they hold, and dates as dates."""
    if len(table.rows) > _MAX_ROWS:
        raise UsageError(f"xlsx: {len(table.rows)} 行,一页至多 {_MAX_ROWS} 行 · a sheet takes no more rows; use parquet or csv")
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for at, name in enumerate(table.labels or table.columns):
        given = table.column(table.columns[at])
        _, values = _typed(given)
        widest = max(width(text) for text in (name, *map(cell, given[:_LOOKED_AT])))
        sheet.write_string(0, at, name, bold)
        sheet.set_column(at, at, min(widest + 3, _WIDEST))
        for number, (own, value) in enumerate(zip(given, values, strict=True), 1):
            if isinstance(value, date):
                sheet.write_datetime(number, at, value, day)
            elif own is not None:
                sheet.write(number, at, value[:_MAX_CELL] if isinstance(value, str) else own)


def to_parquet(table: Table) -> bytes:
    """Write typed columns: whole numbers as int64, others as float64, dates as dates, the rest as text."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError(f"parquet: {_NEED}") from error
    arrays = {name: _typed(table.column(name)) for name in table.columns}
    kinds = {"bool": pyarrow.bool_(), "int": pyarrow.int64(), "float": pyarrow.float64(), "date": pyarrow.date32(), "text": pyarrow.string()}
    columns = {name: pyarrow.array(values, type=kinds[kind]) for name, (kind, values) in arrays.items()}
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


def _typed(values: list[Value]) -> tuple[str, list[object]]:
    """Choose the narrowest kind that holds all values of a column."""
    known = [v for v in values if v is not None]
    if known and all(isinstance(v, bool) for v in known):
        return "bool", list(values)
    if known and all(isinstance(v, int) and not isinstance(v, bool) for v in known):
        return "int", list(values)
    if known and all(isinstance(v, int | Decimal) and not isinstance(v, bool) for v in known):
        return "float", [None if v is None else float(v) for v in values]
    if known and all(isinstance(v, str) and _is_day(v) for v in known):
        return "date", [None if v is None else date.fromisoformat(str(v)) for v in values]
    return "text", [None if v is None else str(v) for v in values]


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        return date.fromisoformat(text).year >= 1900  # before that a workbook knows no dates
    except ValueError:
        return False


def to_dta(table: Table) -> bytes:
    """Write a Stata 14+ file: names that Stata takes, the labels as variable labels, long text as strL."""
    try:
        import pandas
    except ImportError as error:
        raise UsageError(f"dta: {_NEED}") from error
    names = stata_names(table.columns)
    kinds = {"bool": "float64", "int": "float64", "float": "float64", "date": "datetime64[s]", "text": "object"}
    whole = {"bool": "int8", "int": "int32"}
    columns: dict[str, Any] = {}
    for own, name in zip(table.columns, names, strict=True):
        kind, values = _typed(table.column(own))
        small = kind in whole and all(isinstance(v, int) and abs(v) < _STATA_LONG for v in values)
        columns[name] = pandas.Series(["" if v is None and kind == "text" else v for v in values], dtype=whole[kind] if small else kinds[kind])
    frame = pandas.DataFrame(columns)
    labels = {name: label[:_STATA_LABEL] for name, label in zip(names, table.labels or table.columns, strict=True)}
    long = [name for name in names if frame[name].dtype == object and frame[name].str.len().max() > _STATA_TEXT // 4]
    out = io.BytesIO()
    days = {name: "td" for name in names if str(frame[name].dtype).startswith("datetime64")}
    frame.to_stata(out, write_index=False, convert_dates=days, version=118, variable_labels=labels, convert_strl=long, time_stamp=_CREATED)
    return out.getvalue()


def stata_names(columns: Sequence[str]) -> list[str]:
    """Name columns as Stata takes them: letters, digits and _, at most 32, no two alike.

    >>> stata_names(["code", "agency-head-court-appearance-rate", "agency-head-court-appearance-ratio"])
    ['code', 'agency_head_court_appearance_rat', 'agency_head_court_appearance_r_2']
    """
    names: list[str] = []
    for column in columns:
        plain = re.sub(r"\W", "_", column, flags=re.ASCII)
        name, number = plain[:_STATA_NAME], 1
        while name in names:
            number += 1
            name = f"{plain[: _STATA_NAME - len(str(number)) - 1]}_{number}"
        names.append(name)
    return names


SHEETS: dict[str, Callable[[Table], bytes]] = {"xlsx": to_xlsx, "parquet": to_parquet, "dta": to_dta}


def render(table: Table, form: str) -> bytes:
    """Write a table in any of the formats; text is UTF-8."""
    return SHEETS[form](table) if form in SHEETS else FORMATS[form](table).encode()

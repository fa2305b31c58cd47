"""Table → bytes of a workbook or a Parquet file; the libraries are an extra, asked for only here."""

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from kg.errors import UsageError
from kg.table import FORMATS, Table, Value

_NEED = "需要附加组件:pip install 'fazhi-kg[frames]' · an extra is needed: pip install 'fazhi-kg[frames]'"
_MAX_ROWS = 1_048_575
_MAX_CELL = 32_767
_CREATED = datetime(2000, 1, 1)
"""A workbook carries a date of making; ours is fixed, so that equal tables give equal bytes."""


def to_xlsx(table: Table) -> bytes:
    """Write one sheet with the labels as its first row; text is never read as a formula."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise UsageError(f"xlsx: {_NEED}") from error
    if len(table.rows) > _MAX_ROWS:
        raise UsageError(f"xlsx: {len(table.rows)} 行,一页至多 {_MAX_ROWS} 行 · a sheet takes no more rows; use parquet or csv")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet("kg")
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(table.labels or table.columns):
            sheet.write_string(0, at, name, book.add_format({"bold": True}))
        for number, row in enumerate(table.rows, 1):
            for at, value in enumerate(row):
                if value is not None:
                    sheet.write(number, at, value[:_MAX_CELL] if isinstance(value, str) else value)
    return out.getvalue()


def to_parquet(table: Table) -> bytes:
    """Write typed columns: whole numbers as int64, others as float64, the rest as text."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError(f"parquet: {_NEED}") from error
    arrays = {name: _typed([row[at] for row in table.rows]) for at, name in enumerate(table.columns)}
    kinds = {"bool": pyarrow.bool_(), "int": pyarrow.int64(), "float": pyarrow.float64(), "text": pyarrow.string()}
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
    return "text", [None if v is None else str(v) for v in values]


SHEETS: dict[str, Callable[[Table], bytes]] = {"xlsx": to_xlsx, "parquet": to_parquet}


def render(table: Table, form: str) -> bytes:
    """Write a table in any of the formats; text is UTF-8."""
    return SHEETS[form](table) if form in SHEETS else FORMATS[form](table).encode()

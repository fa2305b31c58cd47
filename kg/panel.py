"""The store → a panel of indicators by place and year, as CSV: long (a row a value) or wide (a column an indicator).

A cell is blank where nothing was reported; it is never 0. Damaged figures stay in the long form, marked, and out of the wide one.
"""

from kg.ask import run_query
from kg.bind import Execute
from kg.query import get_query
from kg.table import Table, Value, cell, to_csv

_KEY = ("code", "place", "year", "issuer")


def make_panel(execute: Execute, wide: bool) -> str:
    """Write the panel as CSV text, in a stable order."""
    table = run_query(execute, get_query("indicator-panel"), {})
    return to_csv(_widen(table) if wide else table)


def _widen(table: Table) -> Table:
    """One row a place, year and issuer; several values of one indicator are joined by '; '."""
    at = {name: table.columns.index(name) for name in table.columns}
    names = sorted({str(row[at["indicator_id"]]).rsplit("/", 1)[1] for row in table.rows})
    cells: dict[tuple[Value, ...], dict[str, list[str]]] = {}
    for row in table.rows:
        if row[at["damaged"]] is not True:
            values = cells.setdefault(tuple(row[at[key]] for key in _KEY), {})
            values.setdefault(str(row[at["indicator_id"]]).rsplit("/", 1)[1], []).append(cell(row[at["value"]]))
    rows = [(*key, *("; ".join(dict.fromkeys(values.get(name, ()))) or None for name in names)) for key, values in cells.items()]
    return Table((*_KEY, *names), rows)

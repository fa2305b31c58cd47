"""Tables of figures → Quantities: a bare number takes the unit that its row, its column or the caption gives; a row's number counts nothing."""

from collections.abc import Iterator
from decimal import Decimal

from kg.grids import Cell, find_grids, scaled_unit
from kg.model import Quantity
from kg.numerals import parse_arabic


def read_cells(folded: str, taken: bytearray) -> Iterator[Quantity]:
    """| 行政处罚(件) | 426 | → 426 件; 318.5 below 罚没金额(万元) → 3185000 元."""
    for cell in _bare_cells(folded):
        number = parse_arabic(folded[cell.start : cell.end])
        unit = scaled_unit(cell.unit)
        if number is None or cell.serial or unit is None or any(taken[cell.start : cell.end]):
            continue
        yield Quantity(cell.start, cell.end, number * Decimal(unit[0]), unit[1], unit[1], "exact", "table")


def find_serials(folded: str) -> list[tuple[int, int]]:
    """The numbers that only number the rows."""
    return [(cell.start, cell.end) for cell in _bare_cells(folded) if cell.serial]


def _bare_cells(folded: str) -> Iterator[Cell]:
    for grid in find_grids(folded):
        yield from (cell for cell in grid.cells if folded[cell.end : cell.end + 1] in ("", " ", "\n", "|", "\t"))

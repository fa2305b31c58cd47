"""Rows of a table → rows without gaps: an empty cell of a table of figures holds a dash, so that no number slips under another head.

Tables that only lay out a page keep their gaps.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from kg.grids import LEAST_CELLS, LONGEST_CELL

EMPTY = "—"
MOST_SPAN = 60
_FIGURE = re.compile(r"[\d,.]+(?:%|‰|\D{1,4})?")


def fill_gaps(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Put a dash into each empty cell where the rows are a table of figures; leave other rows as they are."""
    return [[text or EMPTY for text in row] if any(row) else list(row) for row in rows] if holds_figures(rows) else [list(row) for row in rows]


def holds_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether rows are a table of figures: of one width, of short cells, with numbers behind the first."""
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(widths) != 1 or widths.pop() < LEAST_CELLS or any(len(text) > LONGEST_CELL for row in rows for text in row):
        return False
    return any(_FIGURE.fullmatch(text) for row in rows for text in row[1:])


def gaps_of(top: etree._Element) -> Mapping[etree._Element, tuple[int, int]]:
    """Tell for the cells of the tables of figures below an element how many empty columns stand before, and in and after, them."""
    gaps: dict[etree._Element, tuple[int, int]] = {}
    for table in top.iter("table"):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        if len(rows) < 2 or next(table.iterdescendants("table"), None) is not None:
            continue
        placed = list(_place(rows))
        if not holds_figures([[text for _, text in row] for row in placed]):
            continue
        for row in placed:
            gaps.update(_gaps(row))
    return gaps


Placed = list[tuple[etree._Element | None, str]]


def _place(rows: Sequence[etree._Element]) -> Iterator[Placed]:
    """Lay the cells out by their spans: a column that a cell spans, or that one above reaches down into, is empty."""
    down: dict[int, int] = {}
    for row in rows:
        placed: Placed = []
        for cell in row.iterchildren("td", "th"):
            while down.get(len(placed), 0):
                down[len(placed)] -= 1
                placed.append((None, ""))
            for n in range(_span(cell, "colspan")):
                down[len(placed)] = _span(cell, "rowspan") - 1
                placed.append((None, "") if n else (cell, re.sub(r"\s+", "", "".join(cell.itertext()))))
        while down.get(len(placed), 0):
            down[len(placed)] -= 1
            placed.append((None, ""))
        yield placed


def _span(cell: etree._Element, kind: str) -> int:
    said = str(cell.get(kind) or "").strip()
    return min(int(said), MOST_SPAN) if re.fullmatch(r"[1-9]\d{0,4}", said) else 1


def _gaps(row: Placed) -> Iterator[tuple[etree._Element, tuple[int, int]]]:
    lead, last, after = 0, None, 0
    for cell, text in row:
        if cell is not None:
            if last is not None:
                yield last, (lead, after)
                lead = 0
            last, after = cell, int(not text)
        elif last is None:
            lead += 1
        else:
            after += 1
    if last is not None:
        yield last, (lead, after)

"""Text → the tables of figures in it: each cell with what its row and column say of it.

Readers keep a table as lines, with its cells parted by blanks or by |. Lines of as many cells that follow one another are a table where
the first tells what the columns hold and the others hold numbers. What stands before the numbers of a row is its label, where a cell reaches
down over several rows with what it says; a row or a column of totals is of the whole place, its parts are no second count of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.grids.heads import EMPTY, MOST_HEADS, TOTAL, YEAR, Heads, bare, read_heads, scaled_unit, unit_in

__all__ = ["LEAST_CELLS", "LONGEST_CELL", "Cell", "Grid", "cell_at", "find_grids", "scaled_unit"]

LEAST_CELLS = 3
LEAST_RULED = 2  # cells of a line that is ruled with |
LONGEST_CELL = 40
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_FIGURE = re.compile(rf"{_NUMBER.pattern}(?:%|‰|[\u4e00-\u9fff]{{1,4}})?")
_RULE = re.compile(r"[|:\-\s]+")
_SERIAL = ("序号", "编号", "排名")
_WHOSE = re.compile(r"(?:[省市县区州盟旗镇乡局委办厅院所站队]|街道|中心|部门|单位|公司)$")
_PLAIN = re.compile(r"(?:数量|数值|数据|结果|统计|完成|年度)?(?:情况|数值|数据|数)?")  # a column's head that says nothing of it
_GROWTH = re.compile(r"同比|增长|增减|增幅|变化|升降|比上年|较上年")


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in a table: its span, the heads of its row and column, the table's title, its unit (with 万, 亿), its year, whether it only
    numbers the row, and whether its row or column is a part of a total or of one office.
    """

    start: int
    end: int
    row: str
    column: str
    title: str
    unit: str
    year: str | None
    serial: bool
    part: bool

    @property
    def name(self) -> str:
        """What the number tells: the row's head, or where it has none the table's title, and the column's, without units and years."""
        row = self.row or ("" if self.column[:2] == self.title[:2] else self.title)
        column = "同比增长" if _GROWTH.search(self.column) else "" if row and (_PLAIN.fullmatch(self.column) or TOTAL.fullmatch(self.column)) else self.column
        return row + column[2 * row.endswith(column[:2]) :] if len(column) > 2 else row if row.endswith(column) else row + column


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of figures: its lines' span and the cells that hold numbers."""

    start: int
    end: int
    cells: tuple[Cell, ...]


Row = list[tuple[int, str]]


def cell_at(folded: str, start: int) -> Cell | None:
    """Give the cell whose number starts at a place of the text."""
    return _cells_of(folded).get(start)


@lru_cache(maxsize=2)
def _cells_of(folded: str) -> dict[int, Cell]:
    return {cell.start: cell for grid in find_grids(folded) for cell in grid.cells}


@lru_cache(maxsize=2)
def find_grids(folded: str) -> tuple[Grid, ...]:
    """Find the tables of figures, in order."""
    return tuple(grid for block in _blocks(folded) if (grid := _read(folded, block)) is not None)


def _blocks(folded: str) -> Iterator[list[Row]]:
    """Split into runs of lines with cells: a few heads, then rows of one width."""
    block: list[Row] = []
    width, at = 0, 0
    for line in folded.split("\n"):
        row = _row(line, at)
        at += len(line) + 1
        if line.startswith("|") and _RULE.fullmatch(line):
            continue
        counted = row is not None and _has_figures(row)
        if row is not None and width and len(row) != width and counted:
            continue  # an empty cell was lost: nothing says which number stands below which head
        if row is None or (width and len(row) != width):
            yield block
            block, width = [], 0
        if row is not None:
            block.append(row)
            width = width or (len(row) if counted else 0)
    yield block


def _has_figures(row: Row) -> bool:
    return any(_FIGURE.fullmatch(text) and not YEAR.fullmatch(text) for _, text in row)


def _row(line: str, at: int) -> Row | None:
    """The cells of a line; None for running text."""
    if line.startswith("|"):
        inner = line.strip().strip("|")
        begin = at + line.index("|") + 1
        cells, offset = [], begin
        for piece in inner.split("|"):
            cells.append((offset + len(piece) - len(piece.lstrip()), piece.strip()))
            offset += len(piece) + 1
    else:
        cells = [(at + match.start(), match.group()) for match in re.finditer(r"\S+", line)]
    fits = len(cells) >= (LEAST_RULED if line.startswith("|") else LEAST_CELLS) and all(
        len(text) <= LONGEST_CELL and not re.search(r"[。;]", text) for _, text in cells
    )
    return cells if fits else None


def _read(folded: str, block: list[Row]) -> Grid | None:
    """Read a block that begins with heads and goes on with rows that hold numbers."""
    first = next((n for n, row in enumerate(block) if _has_figures(row)), None)
    if first is None:
        return None
    width, said = len(block[first]), [[text for _, text in row] for row in block[max(0, first - MOST_HEADS) : first]]
    above = folded[: block[max(0, first - len(said))][0][0]].rstrip("| \n").rsplit("\n", 1)[-1]
    heads = read_heads(said, width, above, width == LEAST_RULED)
    if heads is None:
        return None
    rows = [row for row in block[first:] if any(_FIGURE.fullmatch(text) for _, text in row[1:])]
    if not rows:
        return None
    begin = block[max(0, first - heads.rows)][0][0]
    return Grid(begin, block[-1][-1][0] + len(block[-1][-1][1]), tuple(_cells(rows, heads)))


def _cells(rows: Sequence[Row], heads: Heads) -> Iterator[Cell]:
    labels = list(_labels(rows, heads.texts))
    totals = any(total for _, total in labels)
    whole = next((heads.units[n] for n, text in enumerate(heads.texts) if TOTAL.fullmatch(bare(text))), None)  # the unit of a column of totals
    for row, (label, total) in zip(rows, labels, strict=True):
        of_row = next((unit for _, text in row if (unit := unit_in(text))), "")
        for (start, text), head, own in zip(row, heads.texts, heads.units, strict=True):
            number = _NUMBER.match(text)
            if number is None or not _FIGURE.fullmatch(text):
                continue
            year, column = YEAR.search(head), bare(head)
            beside = whole is not None and own in ("", whole) and not TOTAL.fullmatch(column)
            yield Cell(
                start,
                start + number.end(),
                label,
                column,
                heads.title,
                own or of_row or heads.unit,
                year["year"] if year else None,
                head in _SERIAL,
                (totals and not total) or beside or _WHOSE.search(label) is not None,
            )


def _labels(rows: Sequence[Row], heads: list[str]) -> Iterator[tuple[str, bool]]:
    """Give each row its label and whether it is one of totals: what its cells say before the numbers; one that reaches down over rows says it of each."""
    above: list[str] = []
    for row in rows:
        said: list[str] = []
        for (_, text), head in zip(row, heads, strict=True):
            if _FIGURE.fullmatch(text) and head not in _SERIAL:
                break
            said.append("" if EMPTY.fullmatch(text) or _FIGURE.fullmatch(text) or head in _SERIAL else bare(text))
        total = any(TOTAL.fullmatch(text) for text in said)
        own = next((n for n, text in enumerate(said) if text), len(said))
        kept = [above[n] if n < min(own, len(above)) and heads[n] not in _SERIAL else text for n, text in enumerate(said)]
        kept = [text for text in kept if text and not TOTAL.fullmatch(text)]
        above = above if total else [*(above[n] if n < min(own, len(above)) else text for n, text in enumerate(said))]
        yield "".join(kept), total

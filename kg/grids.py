"""Text → the tables of figures in it: each cell with what its row and column say of it.

Readers keep a table as lines, with its cells parted by blanks or by |. Lines of as many cells that follow one another are a table where
the first tells what the columns hold and the others hold numbers. The head may have two rows: the upper one then spans several columns of the
lower (行政处罚 over 件数 and 金额), and its single columns go down through both. A unit stands in the cell, in brackets behind the head of
the row or column, or in a line above (单位:件).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import unit_forms
from kg.numerals import MULTIPLIERS

LEAST_CELLS = 3
LEAST_RULED = 2  # cells of a line that is ruled with |
MOST_HEADS = 2  # rows that a head may have
LONGEST_CELL = 40
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_FIGURE = re.compile(rf"{_NUMBER.pattern}(?:%|‰|[\u4e00-\u9fff]{{1,4}})?")
_EMPTY = re.compile(r"[-—–/*无]*")
_RULE = re.compile(r"[|:\-\s]+")
_UNIT = re.compile(r"[(](?:单位[::])?(?P<unit>[^()]{1,6})[)]")
_CAPTION = re.compile(r"单位[::]\s*(?P<unit>[\u4e00-\u9fff%/]{1,6})[)\s]*$")
_SCALED = re.compile(rf"(?P<multiplier>{'|'.join(sorted(MULTIPLIERS, key=len, reverse=True))})?(?P<unit>.+)")
_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?!\d)年?(?:度)?")
_SERIAL = ("序号", "编号", "排名")
_TOTAL = re.compile(r"(?:合|总|共)\s*计|总数|全[省市县区州盟旗局镇]|小\s*计")
_WHOSE = re.compile(r"(?:[省市县区州盟旗镇乡局委办厅院所站队]|街道|中心|部门|单位|公司)$")
_PLAIN = re.compile(r"(?:数量|数值|数据|结果|统计|完成|年度)?(?:情况|数值|数据|数)?")  # a column's head that says nothing of it
_GROWTH = re.compile(r"同比|增长|增减|增幅|变化|升降|比上年|较上年")


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in a table: its span, the heads of its row and column, its unit (with 万, 亿), its year, whether it only numbers
    the row, and whether the row is a part of a total or of one office.
    """

    start: int
    end: int
    row: str
    column: str
    unit: str
    year: str | None
    serial: bool
    part: bool

    @property
    def name(self) -> str:
        """What the number tells: the row's head and the column's, without units and years."""
        row = "" if _TOTAL.fullmatch(self.row) else self.row
        column = "同比增长" if _GROWTH.search(self.column) else "" if row and _PLAIN.fullmatch(self.column) else self.column
        return row + column


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


def names_of_cells(folded: str) -> dict[int, str]:
    """Give {start of a number: its name} for all tables."""
    return {start: cell.name for start, cell in _cells_of(folded).items() if cell.name}


@lru_cache(maxsize=2)
def _cells_of(folded: str) -> dict[int, Cell]:
    return {cell.start: cell for grid in find_grids(folded) for cell in grid.cells}


@lru_cache(maxsize=2)
def find_grids(folded: str) -> tuple[Grid, ...]:
    """Find the tables of figures, in order."""
    return tuple(grid for block in _blocks(folded) if (grid := _read(folded, block)) is not None)


def scaled_unit(words: str) -> tuple[int, str] | None:
    """Read a unit as a head gives it: 万元 → (10000, 元); None for what is no unit."""
    forms = unit_forms()
    if words in forms:
        return 1, forms[words]
    match = _SCALED.fullmatch(words)
    if match is None or match["multiplier"] is None or match["unit"] not in forms:
        return None
    return MULTIPLIERS[match["multiplier"]], forms[match["unit"]]


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
    return any(_FIGURE.fullmatch(text) and not _YEAR.fullmatch(text) for _, text in row)


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
    said = [[text for _, text in row] for row in block[max(0, first - MOST_HEADS) : first]]
    heads = _heads(said, len(block[first]))
    if heads is None:
        return None
    rows = [row for row in block[first:] if any(_FIGURE.fullmatch(text) for _, text in row[1:])]
    if not rows:
        return None
    begin = block[max(0, first - heads.rows)][0][0]
    above = folded[:begin].rstrip("| \n").rsplit("\n", 1)[-1]
    caption = _CAPTION.search(above)
    totals = any(_TOTAL.fullmatch(_label(row, heads.texts)) for row in rows)
    cells = [cell for row in rows for cell in _cells(row, heads.texts, caption["unit"] if caption is not None else "", totals)]
    return Grid(begin, block[-1][-1][0] + len(block[-1][-1][1]), tuple(cells))


@dataclass(frozen=True, slots=True)
class _Heads:
    """What stands over each column, and in how many rows it was said."""

    texts: list[str]
    rows: int


def _heads(lines: list[list[str]], width: int) -> _Heads | None:
    """Read the heads of a table of so many columns, the last line nearest to its numbers."""
    if not lines:
        return _Heads([""] * width, 0) if width == LEAST_RULED else None  # what is told, and how many: needs no head
    *_, last = lines
    upper = lines[-2] if len(lines) > 1 else None
    if len(last) == width:
        spans = upper is not None and len(upper) == width and any(map(_EMPTY.fullmatch, upper)) and not all(map(_EMPTY.fullmatch, upper))
        return _Heads([_join(*pair) for pair in zip(_spread(upper), last, strict=True)], 2) if upper is not None and spans else _Heads(last, 1)
    if upper is None or not (through := width - len(last)) > 0:
        return None
    over = len(upper) - through
    if over <= 0 or len(last) % over:
        return None
    each = len(last) // over
    return _Heads(upper[:through] + [_join(upper[through + n // each], text) for n, text in enumerate(last)], 2)


def _spread(upper: list[str]) -> list[str]:
    """Fill the empty cells that an upper head spans with it."""
    said: list[str] = []
    for text in upper:
        said.append(said[-1] if said and _EMPTY.fullmatch(text) else text)
    return said


def _join(upper: str, lower: str) -> str:
    """行政处罚 over 件数 → 行政处罚件数; a single column's head goes down through both rows."""
    return upper if _EMPTY.fullmatch(lower) else lower if _EMPTY.fullmatch(upper) or lower.startswith(upper) else upper + lower


def _label(row: Row, heads: list[str]) -> str:
    return next(
        (_bare(text) for (_, text), head in zip(row, heads, strict=True) if head not in _SERIAL and not _FIGURE.fullmatch(text) and not _EMPTY.fullmatch(text)),
        "",
    )


def _cells(row: Row, heads: list[str], caption: str, totals: bool) -> Iterator[Cell]:
    label = _label(row, heads)
    part = (totals and not _TOTAL.fullmatch(label)) or _WHOSE.search(label) is not None
    of_row = next((unit for _, text in row if (unit := _unit_in(text))), "")
    for (start, text), head in zip(row, heads, strict=True):
        number = _NUMBER.match(text)
        if number is None or not _FIGURE.fullmatch(text):
            continue
        year = _YEAR.search(head)
        unit = _unit_in(head) or of_row or caption
        yield Cell(start, start + number.end(), label, _bare(head), unit, year["year"] if year else None, head in _SERIAL, part)


def _unit_in(text: str) -> str:
    match = _UNIT.search(text)
    return match["unit"] if match is not None and scaled_unit(match["unit"]) is not None else ""


def _bare(text: str) -> str:
    """A head without its unit and year."""
    return _YEAR.sub("", _UNIT.sub("", text) if _unit_in(text) else text).strip(": ")

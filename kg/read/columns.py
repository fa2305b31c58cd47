"""Glyphs of a page → the same in reading order, as if set in one column of level lines.

Gazettes (政府公报) are set in two columns, some forms in upright lines from right to left. Both are told from where the glyphs
stand: a gutter is a strip in the middle that next to none of them touch, an upright line is one whose glyphs follow downwards.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import median

MIDDLE = 0.3, 0.7  # of the text's width: where a gutter may be
WIDEST = 20_000  # no page is so wide
MANY, FEW, TOUCHED, SIDE, SHARE = 120, 12, 0.3, 0.2, 0.6


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character, or a word that was recognised, and its box from the page's upper left corner; `line` is the line that it was recognised in."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    line: int = 0


def levelled(glyphs: Sequence[Glyph], width: float) -> list[Glyph] | None:
    """Turn a page of upright lines so that they run from left to right, the rightmost uppermost; None for any other page."""
    steps = Counter(_step(a, b) for a, b in pairwise(glyphs))
    if len(glyphs) < FEW or steps["down"] < SHARE * sum(steps.values()):
        return None
    return [replace(glyph, x0=glyph.top, x1=glyph.bottom, top=width - glyph.x1, bottom=width - glyph.x0) for glyph in glyphs]


def _step(before: Glyph, after: Glyph) -> str:
    """Which way the next glyph lies, as they were written."""
    over, down = after.x0 - before.x0, after.top - before.top
    if abs(over) < 0.3 * after.size and 0.5 * after.size < down < 2 * after.size:
        return "down"
    return "on"


def in_columns(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Part a page at its gutter: what spans it stands for itself, between two such the left column comes before the right, which is laid over it."""
    gutter = _gutter(glyphs)
    if gutter is None:
        yield list(glyphs)
        return
    sides: tuple[list[Glyph], list[Glyph]] = ([], [])
    rows = list(_rows(glyphs))
    starts = _start(rows, lambda g: g.x1 <= gutter), _start(rows, lambda g: g.x0 >= gutter)
    for row in rows:
        if _spans(row, gutter):
            yield from (side for side in sides if side)
            yield row
            sides = ([], [])
        else:
            for glyph in row:
                right = glyph.x0 >= gutter
                by = starts[1] - starts[0] if right else 0.0
                sides[right].append(replace(glyph, x0=glyph.x0 - by, x1=glyph.x1 - by))
    yield from (side for side in sides if side)


def _start(rows: Sequence[Sequence[Glyph]], lies: Callable[[Glyph], bool]) -> float:
    """Where most lines of a column begin."""
    firsts = [min(side, key=lambda g: g.x0) for row in rows if (side := [glyph for glyph in row if lies(glyph)])]
    near = Counter(round(g.x0 / g.size * 2) for g in firsts)
    most = max(near, key=lambda at: (near[at], -at), default=0)
    return median([g.x0 for g in firsts if round(g.x0 / g.size * 2) == most] or [0.0])


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    bottom = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.top):
        if row and glyph.top >= bottom - 0.3 * glyph.size:
            yield row
            row = []
        row.append(glyph)
        bottom = max(bottom, glyph.bottom) if len(row) > 1 else glyph.bottom
    if row:
        yield row


def _spans(row: Sequence[Glyph], gutter: float) -> bool:
    """Whether a row runs over the gutter without a gap there."""
    left, right = max((g.x1 for g in row if g.x0 < gutter), default=None), min((g.x0 for g in row if g.x1 > gutter), default=None)
    return left is not None and right is not None and right - left < 0.8 * row[0].size


def _gutter(glyphs: Sequence[Glyph]) -> float | None:
    """Where a page's gutter is: as wide as a glyph, touched by few rows, much text on either side."""
    printed = [g for g in glyphs if g.text.strip()]
    if len(printed) < MANY:
        return None
    size = median(g.size for g in printed)
    left, right = int(min(g.x0 for g in printed)), int(max(g.x1 for g in printed))
    if right - left > WIDEST:
        return None
    touched = _touched(printed, left, right)
    usual = median(touched)
    found: list[tuple[float, float]] = []
    start = None
    for x in range(int(MIDDLE[0] * (right - left)), int(MIDDLE[1] * (right - left)) + 1):
        if touched[x] <= TOUCHED * usual:
            start = x if start is None else start
        elif start is not None:
            found.append((x - start, left + (x + start - 1) / 2))
            start = None
    wide, middle = max(found, default=(0.0, 0.0))
    beside = sum(g.x1 <= middle for g in printed), sum(g.x0 >= middle for g in printed)
    return middle if wide >= 0.8 * size and min(beside) >= SIDE * len(printed) else None


def _touched(glyphs: Sequence[Glyph], left: int, right: int) -> list[int]:
    """Count for each place from left to right how many glyphs cover it."""
    changes = [0] * (right - left + 2)
    for glyph in glyphs:
        changes[int(glyph.x0) - left] += 1
        changes[int(glyph.x1) - left + 1] -= 1
    return list(accumulate(changes[:-1]))

"""Lines with places on pages → paragraphs: what PDF, OFD and scans share.

A print knows lines, not paragraphs. A line goes on the paragraph before it where that one ran to the right margin and
this one is not indented; page numbers and heads that run through the pages are left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kg.read.spacing import close_gaps
from kg.read.tables import fill_gaps

_PAGE_NUMBER = re.compile(r"[-—–―·~\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–―·~\s]*")
_FIGURES = re.compile(r"[\d.,%]+(?:\s+[\d.,%—-]+){2,}")  # a row of a table that the page's end has cut
_OPENS = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分)|[(（][一二三四五六七八九十]{1,3}[)）])")
_WORD = re.compile(r"[A-Za-z0-9.,%+-]{0,20}")  # is never broken at the margin: the line before ends early
_CLOSED = re.compile(r".([》〉」』】)）〕”’，,。．、；;：:！!？?％%]*)")  # a character is never parted from the marks that close it
_EDGE = 0.13  # the part of a page's height, at either end, where heads and numbers stand
_ENDS = "。!?！？;；:："


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; a table row is `fixed`, which nothing is joined to."""

    text: str
    x0: float
    x1: float
    top: float
    size: float
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page in reading order, and its height."""

    height: float
    lines: tuple[Line, ...]

    def scaled(self, height: float) -> "Page":
        """The same page in other units: so many of them high."""
        by = height / self.height
        return Page(height, tuple(replace(line, x0=line.x0 * by, x1=line.x1 * by, top=line.top * by, size=line.size * by) for line in self.lines))


def join_pages(pages: Sequence[Page]) -> tuple[str, tuple[int, ...]]:
    """Rebuild the text, a line a paragraph, and say at which offset each page starts."""
    kept = _without_heads(pages)
    margins = _margins([line for page in kept for line in page.lines if not line.fixed])
    text, starts, before = "", [], None
    for page in kept:
        starts.append(len(text))
        for number, line in enumerate(page.lines):
            joined = before is not None and _goes_on(before, line, margins, number == 0)
            if before is not None:
                text += _glue(text[-1:], line.text) if joined else "\n"
            if number == 0:
                starts[-1] = len(text)
            text, before = text + line.text, line
    return text + "\n", tuple(starts)


def line_of(glyphs: Sequence[tuple[str, float, float]], top: float, size: float) -> Line | None:
    """Set the glyphs of a line (text, x0, x1) in order; blanks stay one blank, a wide gap becomes one."""
    text, edge = "", None
    ordered = sorted(glyphs, key=lambda glyph: glyph[1])
    printed = [glyph for glyph in ordered if glyph[0].strip()]
    if not printed:
        return None
    for piece, x0, x1 in ordered:
        if not piece.strip():
            text += " " if text and not text.endswith(" ") else ""
        else:
            gap = x0 - edge if edge is not None else 0.0
            text += (" " if gap > size * (1.5 if _wide(text[-1:], piece) else 0.35) and not text.endswith(" ") else "") + piece
            edge = x1
    return Line(close_gaps(text.strip()), printed[0][1], max(glyph[2] for glyph in printed), top, size)


def _wide(left: str, right: str) -> bool:
    return not (left.isascii() and right[:1].isascii())


def _without_heads(pages: Sequence[Page]) -> list[Page]:
    heads = Counter(key for page in pages for key in {_head_key(line, page) for line in page.lines if _at_edge(line, page)})
    running = {key for key, count in heads.items() if count >= 2 and count * 2 >= len(pages)}
    return [Page(page.height, tuple(line for line in page.lines if not _is_head(line, page, running))) for page in pages]


def _is_head(line: Line, page: Page, running: set[tuple[str, bool, bool]]) -> bool:
    if line.fixed or not _at_edge(line, page) or _FIGURES.fullmatch(line.text):
        return False
    numbered = _PAGE_NUMBER.fullmatch(line.text) is not None and line in (page.lines[0], page.lines[-1])
    return numbered or _head_key(line, page) in running


def _at_edge(line: Line, page: Page) -> bool:
    return line.top < page.height * _EDGE or line.top > page.height * (1 - _EDGE)


def _head_key(line: Line, page: Page) -> tuple[str, bool, bool]:
    """A head's words, which end of the page it stands at, and whether it is set as large as a title."""
    words = re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text))
    return words, line.top < page.height / 2, line.size > 1.4 * median(other.size for other in page.lines)


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float
    size: float
    pitch: float
    indents: bool


def _margins(lines: list[Line]) -> _Margins:
    if not lines:
        return _Margins(0, 0, 1, 1, False)
    size = median(line.size for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > 12 * size] or lines
    rights = sorted(line.x1 for line in long)
    right = rights[int(len(rights) * 0.9)] if len(rights) > 1 else rights[0]
    lefts = Counter(round(line.x0 / size * 2) / 2 * size for line in long)
    left = min(x for x, count in lefts.items() if count * 12 >= sum(lefts.values()) or count == max(lefts.values()))
    steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 4 * size]
    indents = sum(left + 1.2 * size <= line.x0 <= left + 3.2 * size for line in lines) * 20 >= len(lines)
    return _Margins(left, right, size, median(steps) if steps else size * 1.5, indents)


def _goes_on(before: Line, line: Line, m: _Margins, new_page: bool) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    if before.fixed or line.fixed:
        return False
    if _is_heading_line(before, m) and _is_heading_line(line, m) and not new_page:
        return abs(before.size - line.size) < 0.12 * line.size and line.top - before.top < 2.2 * line.size
    if abs(before.size - line.size) > 0.2 * max(before.size, line.size) or line.x0 >= m.left + 1.2 * m.size:
        return False
    ended = before.text[-1:] in _ENDS
    if before.x1 < m.right - (2.6 + (0 if ended else _unbroken(line.text))) * m.size or (not new_page and line.top - before.top > m.pitch * 1.75):
        return False
    return not (ended and (_OPENS.match(line.text) is not None or (not m.indents and before.x1 < m.right - 0.8 * m.size)))


def _unbroken(text: str) -> float:
    """The width, in glyphs, by which the line before ends early, since a line may not begin in the middle of this one's start."""
    word, closed = _WORD.match(text), _CLOSED.match(text)
    return max(0.6 * len(word[0]) if word is not None else 0.0, len(closed[1]) if closed is not None else 0.0)


def _is_heading_line(line: Line, m: _Margins) -> bool:
    """A line of the title: larger than the text and set in the middle."""
    middle = abs((line.x0 - m.left) - (m.right - line.x1)) < 3 * m.size
    return line.size > 1.15 * m.size and middle and line.text[-1:] not in "。;；"


def _glue(left: str, right: str) -> str:
    return " " if left.isascii() and left.isalpha() and right[:1].isascii() and right[:1].isalpha() else ""


def rows_of(cells: Sequence[Sequence[str | None]]) -> Iterator[str]:
    """Set table rows as lines, a blank between cells, a dash for an empty one of a table of figures."""
    for row in fill_gaps([[re.sub(r"\s*\n\s*", "", cell or "").strip() for cell in row] for row in cells]):
        if line := " ".join(text for text in row if text):
            yield line

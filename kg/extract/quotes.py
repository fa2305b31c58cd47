"""Folded text → spans inside quotation marks. Folding loses which way a mark turns, so marks are paired line by line, a stray one left out."""

import re
from collections.abc import Iterator

from kg.model import Span

_MARK = re.compile(r'"')
LONGEST = 60
STRAY = 40  # leaving a mark unpaired costs as much as forty quoted characters


def find_quoted(folded: str) -> list[Span]:
    """Give the spans between paired marks, marks left out, in order.

    >>> [folded[a:b] for folded in ['推行"一窗办",办结12件"急事"'] for a, b in find_quoted(folded)]
    ['一窗办', '急事']
    """
    found: list[Span] = []
    position = 0
    while (first := folded.find('"', position)) >= 0:
        end = folded.find("\n", first)
        end = len(folded) if end < 0 else end
        found += _pair([match.start() for match in _MARK.finditer(folded, first, end)], folded)
        position = end
    return found


def _pair(marks: list[int], folded: str) -> Iterator[Span]:
    """Pair the marks of one line so that quoted stretches are short: dynamic programming over the marks, from the last to the first."""
    cost = [0] * (len(marks) + 2)
    joined = [False] * len(marks)
    for at in range(len(marks) - 1, -1, -1):
        cost[at] = cost[at + 1] + STRAY
        if at + 1 < len(marks) and 0 < (width := marks[at + 1] - marks[at] - 1) <= LONGEST:
            paired = cost[at + 2] + width + (0 if "。" not in folded[marks[at] : marks[at + 1] - 1] else STRAY)
            joined[at] = paired <= cost[at]
            cost[at] = min(paired, cost[at])
    at = 0
    while at < len(marks):
        if joined[at]:
            yield marks[at] + 1, marks[at + 1]
        at += 2 if joined[at] else 1

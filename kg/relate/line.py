"""The figures of one sentence in order, with the words between and before them."""

import re
from dataclasses import dataclass
from functools import cached_property

from kg.model import Observation

RATIO_UNITS = ("%", "个百分点", "‰")
MONEY = ("元", "美元")
AREAS = ("平方米", "亩", "公顷")
MEASURED = (*RATIO_UNITS, *MONEY, "分钟", "小时", "天", "工作日", "月", "年", "倍", "公斤", "千克", "吨", "米", "公里", *AREAS, "学时", "")
_AVERAGE = re.compile(r"(?:日均|月均|年均|人均|户均|平均每?[^,;。]{0,3})$")
_OLD = re.compile(r"(?:同期|去年|上年)[^,;。()]{0,4}\($")
_MORE = re.compile(r"(?:同比|环比|比上年|较上年|较去年|比去年)(?:增加|减少|多|少)")  # by how many more
RESULT = re.compile(r"[^,;。\d]{0,6}(?:败诉|胜诉|维持|撤销|纠错)")
_MARK = re.compile(r"[,;。:\n]")
_HOLDS = re.compile(r"\((?:含|包含|包括)[^()]*$")


@dataclass(frozen=True)
class Line:
    """The figures of one sentence in order of the text, with the text itself."""

    figures: tuple[Observation, ...]
    folded: str

    def between(self, left: Observation, right: Observation) -> str:
        """Give the words from one figure's end to another's start."""
        return self.folded[left.end : right.start]

    @cached_property
    def _before(self) -> dict[int, str]:
        found: dict[int, str] = {}
        end = 0
        for figure in self.figures:  # in order of their starts; those that share a span have the same words before them
            found.setdefault(figure.start, self.folded[max(figure.start - 40, end) : figure.start])
            end = max(end, figure.end)
        return found

    @cached_property
    def _clauses(self) -> dict[int, str]:
        return {start: _MARK.split(words)[-1].strip("、()") for start, words in self._before.items()}

    @cached_property
    def all_counts(self) -> list[Observation]:
        """Give the figures that may stand for what was counted; of those that share one span the first."""
        seen = {o.start: o for o in reversed(self.figures) if o.unit not in MEASURED and self.whole(o)}
        return [seen[start] for start in sorted(seen)]

    def before(self, figure: Observation) -> str:
        """Give the words from the figure before to this one, at most 40 characters."""
        return self._before[figure.start]

    def clause(self, figure: Observation) -> str:
        """Give the words before a figure since the last mark or figure."""
        return self._clauses[figure.start]

    def aside(self, figure: Observation) -> bool:
        """Whether a figure stands in brackets that say what another one holds: 97件(含上年结转9件)."""
        return _HOLDS.search(self.folded[max(0, figure.start - 30) : figure.start]) is not None

    def old(self, figure: Observation) -> bool:
        """Whether a figure in brackets is last year's, named for comparison: 较上年同期(29件)增长31%."""
        return _OLD.search(self.folded[max(0, figure.start - 12) : figure.start]) is not None

    def is_average(self, figure: Observation) -> bool:
        """Whether a figure is an average: 日均101件."""
        return _AVERAGE.search(self.clause(figure)) is not None

    def whole(self, figure: Observation) -> bool:
        """Whether a figure may stand for what was counted: neither an average nor in brackets that say what another one holds."""
        return (
            "/" not in figure.unit
            and not self.aside(figure)
            and not self.old(figure)
            and not self.is_average(figure)
            and _MORE.match(self.clause(figure)) is None
        )

    def counts(self, figure: Observation) -> list[Observation]:
        """Give the counts before a figure since the last ;: neither rate, money, time nor average, nor in brackets; of figures that share one span the first."""
        low = max(self.folded.rfind(mark, self.figures[0].start, figure.start) for mark in ";。")
        if low >= 0 and RESULT.match(self.folded, low + 1) and self.folded[low] == ";":
            low = self.folded.rfind(";", self.figures[0].start, low)  # what became of what stands before the ;
        return [o for o in self.all_counts if low < o.start and o.end <= figure.start]

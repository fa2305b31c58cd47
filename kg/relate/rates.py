"""Rates in a sentence → the counts that they are of: 调解200件,调解成功196件,成功率98% · 受理138件,其中咨询71件,占51.4%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.model import FigureRelation, Observation
from kg.relate.line import MEASURED, Line
from kg.relate.wholes import Part, root_of

_SHARE = re.compile(r"[,、(]占(?:比|总数的?|总量的?|全部案件的?|[^,;。]{0,8}的)?(?:为|达到|达|约)?")
_PORTION = re.compile(r"[^,、(;]占(?:比)?(?:为|达到|达)?$")
_RATE_NAME = re.compile(r"率(?:高|分别|均|都|双双|总体|稳定|保持|在|达到|达|为|到|至|超过|超|约)*$")
_NO_MEMBERS = ("件", "件次", "次", "场", "场次", "期", "条", "份")
_KINDS = ("类", "批", "种", "轮", "方面", "领域")  # have no rates
_OF_ITEMS = re.compile(r"(?:可办|网办|覆盖|普及|知晓|配备|持证)率")  # no rate of cases
_FILED = re.compile(r"立案|受理|审(?=结)|办(?=结)|已(?=结)")
_FAULTS = re.compile(r"(?:问题|隐患|缺陷|短板)的?$")
_SHARED = re.compile(r"[^,;。\n\d]{0,6}[,、(]占")
_SAID_OF = re.compile(r"(?:以上)?(?:的[^,;。]{0,8})?(?:均|都|已|得到|获得?|达到|实现|在|为|采纳|整改|办结)")
_RISEN = re.compile(r"%[^,;。]{0,10}(?:至|到|为)$")  # 由92%提升至99%: no rate of the counts before
_TOGETHER = re.compile(r"均|都|双双|分别")
_SUCCESS = ("成功", "办结", "合格", "胜诉", "履行", "回复", "采纳", "整改", "纠错", "败诉", "立案", "审结", "答复")


def read_ratio(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """调解200件,调解成功196件,成功率98%: the pair of counts that gives the rate, or that by its names should and does not."""
    for rate in _rates(line):
        counts = line.counts(rate)
        wholes = [root_of(counts[-1], parts)] if counts else []
        counts = [*(whole for whole in wholes if whole not in counts[-4:]), *counts[-4:]]
        pairs = [(part, whole) for part in counts for whole in counts if part is not whole and part.unit == whole.unit and 1 < whole.value >= part.value]
        right = [(p, w) for p, w in reversed(pairs) if rate.value < 100 and abs(p.value / w.value * 100 - rate.value) <= Decimal("0.06")]
        named = [(p, w) for p, w in pairs if _counted_by(p.name, rate.name) and not _counted_by(w.name, rate.name)] if rate.bound in ("exact", "approx") else []
        if right or named:
            part, whole = right[0] if right else named[-1]
            holds = bool(right) or abs(part.value / whole.value * 100 - rate.value) <= last_place(rate.value)
            if rate.bound == "approx" and not holds:
                continue
            yield FigureRelation("ratio", rate.id, (part.id, whole.id), "true" if holds else "false", "rate-of-two-counts")


def read_shares(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """受理138件,其中咨询71件,占51.4%: a part as a share of its whole, checked."""
    for rate in line.figures:
        counts = line.counts(rate)
        if (
            rate.unit != "%"
            or not counts
            or _SHARE.fullmatch(line.before(rate)) is None
            or counts[-1].end != max(o.end for o in line.figures if o.end <= rate.start)
        ):
            continue
        whole = root_of(counts[-1], parts)
        guessed = whole is counts[-1]
        if guessed:
            larger = (o for o in reversed(counts[:-1]) if o.unit == whole.unit and o.value >= whole.value)
            whole = next((o for o in larger if _SHARED.match(line.folded, o.end) is None), whole)  # what has a share of its own is a member, too
        if whole is not counts[-1] and whole.value > 0:
            holds = abs(counts[-1].value / whole.value * 100 - rate.value) <= last_place(rate.value)
            if holds or not guessed:
                yield FigureRelation("ratio", rate.id, (counts[-1].id, whole.id), "true" if holds else "false", "share-of-the-whole")


def read_rate(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """建议12件,提案20件,办结率均达100%: the rate of the counts before it; of one unless it says 均, 都 or 分别, by position where one name serves all."""
    for rates in _runs_of_rates(line):
        counts = line.counts(rates[0])
        if (
            not counts
            or counts[-1].printed in _KINDS
            or (counts[-1].unit in _NO_MEMBERS and _OF_ITEMS.search(rates[0].name))
            or _RISEN.search(line.folded[: rates[0].start][-16:])
        ):
            continue
        words = line.before(rates[0])
        run = [_whole_of(line, counts, rates[0], parts)]
        if _TOGETHER.search(words) or (len(counts) > 1 and run[0] is counts[-1] and _is_pair(line, counts, parts)):
            for count in reversed(counts[:-1]):
                if count.unit != run[0].unit or len(run) == 4 or run[0] is not counts[-len(run)]:
                    break
                run.insert(0, count)
        by_place = len(rates) == len(run) > 1 and "分别" in words and words.count("率") == 1
        for at, rate in enumerate(rates):
            for whole in [run[at]] if by_place else run:
                yield FigureRelation("rate_of", rate.id, (whole.id,), _explains(rate.value, whole.value), "rate-after-count")


def read_leading_rates(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """提起诉讼60件,99.1%得到支持: what is said of so many of the count right before."""
    for count, rate in zip(line.figures, line.figures[1:], strict=False):
        if rate.unit == "%" and count.unit not in MEASURED and line.between(count, rate) == "," and _SAID_OF.match(line.folded, rate.end):
            yield FigureRelation("rate_of", rate.id, (count.id,), _explains(rate.value, count.value), "rate-before-what-is-said")


def _whole_of(line: Line, counts: list[Observation], rate: Observation, parts: Sequence[Part]) -> Observation:
    """The count that a rate is of: the last one, or its whole where the last only tells what became of some (案件40件,败诉2件,应诉率100%)."""
    last = counts[-1]
    if "整改" in rate.name and (faults := [c for c in counts if _FAULTS.search(line.clause(c))]):
        return faults[-1]
    filed = _FILED.search(line.clause(last))
    closed = filed is not None and len(filed.group()) == 1 and "结" in rate.name
    own = (filed is not None and not closed) or _PORTION.search(line.before(rate)) is not None
    return last if own else root_of(last, parts)


def _is_pair(line: Line, counts: list[Observation], parts: Sequence[Part]) -> bool:
    """Whether 、 joins the last two counts, so that a rate behind them is of both: 建议56件、提案83件,办结率100%."""
    inside = {part.part.start for part in parts}
    joined = re.fullmatch(r"、[^,;。、]{1,12}", line.between(counts[-2], counts[-1])) is not None
    return joined and counts[-1].start not in inside and counts[-2].start not in inside


def _rates(line: Line) -> list[Observation]:
    return [rate for run in _runs_of_rates(line) for rate in run]


def _runs_of_rates(line: Line) -> Iterator[list[Observation]]:
    """Rates by their names; with those that 、 joins to them (办复率、满意率分别达100%、99%)."""
    run: list[Observation] = []
    for figure in line.figures:
        if figure.unit != "%":
            continue
        joined = run != [] and (figure.start == run[-1].start or re.fullmatch(r"[、和及与]", line.between(run[-1], figure)) is not None)
        if not joined and run:
            yield run
            run = []
        if joined or _RATE_NAME.search(figure.name) or _PORTION.search(line.before(figure)):
            run.append(figure)
    if run:
        yield run


def _counted_by(name: str, rate: str) -> bool:
    """Whether a count is what its rate counts: 调解成功 … 成功率."""
    return any(cue in name and (cue in rate or cue[0] + "成率" in rate or (cue == "成功" and "成率" in rate)) for cue in _SUCCESS)


def last_place(rate: Decimal) -> Decimal:
    """One unit of the last printed place: 30 → 1, 99.3 → 0.1; a rate may have been rounded or cut off there."""
    exponent = rate.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)


def _explains(rate: Decimal, whole: Decimal) -> str:
    """Say whether some whole number of `whole` gives the rate within its rounding (99.3 % of 139 is 138); else it is unknown what was counted."""
    if whole <= 0 or whole != int(whole) or rate > 100:
        return "unknown"
    step = last_place(rate) / 2
    nearest = (rate * whole / 100).to_integral_value()
    return "true" if abs(nearest / whole * 100 - rate) <= step else "unknown"

"""Figures of one sentence → how one tells of another's movement or spread: growth, difference, multiple, average, running total."""

import re
from collections.abc import Iterator, Sequence

from kg.model import FigureRelation, Observation
from kg.relate.line import RATIO_UNITS, Line
from kg.relate.wholes import Part

_SINCE = r"(?:同比|环比|环比上年|比上年|较上年|比[^,、;。]{1,6}|较[^,、;。]{1,8}|与[^,、;。]{1,10}(?:相比|比较),?)"
_MOVES = r"(?:增长|增加|上升|上涨|提高|提升|改善|好转|下降|减少|降低|回落|缩短|压减|压降)"
_MOVED = re.compile(
    rf"(?:[,、()]|\),)(?:\d年)?{_SINCE}?(?:分别)?{_MOVES}(?:了|约|近|超)?|[,、(](?:同比)?(?:降幅|增幅|升幅)(?:为|达到|达|约)?|[,、(](?:高于|低于)[^,;。]{{2,12}}"
)
_MOVED_BY = re.compile(rf"[,、(]{_SINCE}{_MOVES}(?:了|约|近|超)?")
_BY = re.compile(r"(?:增加|减少|提高|下降|增长)(?:了)?")
_NEW = re.compile(r"新(?:增|建|推出|设|开通|培育|认定)[^,;。]{0,14}$")
_RUNNING_TOTAL = re.compile(r"^[^;。]{0,12}[,、]?(?:累计|总数|总量)(?:已)?(?:达到|达)$")
_MEAN = re.compile(r"[,、(][^,;。、]{0,6}")
_TIMES = re.compile(r"[,、](?:已|约|近)?(?:是|为|达到|达|相当于)[^,;。]{2,20}的(?:近|约|超|超过)?")


def read_averages(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """受理诉求710件,日均101件: the average of the count before it."""
    for count, average in zip(line.figures, line.figures[1:], strict=False):
        if line.is_average(average) and count.unit == average.unit and _MEAN.fullmatch(line.between(count, average)) is not None:
            yield FigureRelation("average_of", average.id, (count.id,), "unknown", "average-after-count")


def read_changes(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """收益107亿元、增长65.9%: how the figure before has moved; 甲达X,较上年的Y增加Z: the difference, checked."""
    for at, change in enumerate(line.figures[1:], 1):
        before, words = line.figures[at - 1], line.between(line.figures[at - 1], change)
        if at > 2 and _BY.fullmatch(line.between(line.figures[at - 2], before)):
            before = line.figures[at - 3]  # 较2024年558件增加555件,同比增长99%
        if at > 1 and line.aside(before):
            before = line.figures[at - 2]  # 受理2203件(含旧存245件),同比增长33%
        if at > 1 and line.is_average(before) and before.unit == line.figures[at - 2].unit:
            before = line.figures[at - 2]  # 受理710件,日均101件,较上周下降2%
        if line.old(before):
            before = next((o for o in reversed(line.figures[: at - 1]) if not line.folded.startswith(")", o.end)), before)
        elif _MOVED_BY.fullmatch("," + line.clause(before)) and not (at > 1 and _MOVED_BY.fullmatch(line.between(line.figures[at - 2], before))):
            continue  # 。较上月增加26件,同比上升6%: of what was told before
        if change.unit == "倍" and _TIMES.fullmatch(words) is not None:
            yield from _times(line, at)
        ratio = change.unit in (*RATIO_UNITS, "倍")
        if (ratio and _MOVED.fullmatch(words) is not None) or (change.unit == before.unit and _MOVED_BY.fullmatch(words) is not None):
            run = _changes_from(line, at) if "分别" in words else [change]
            whole = line.figures[at - 2] if at > 1 and _MOVED_BY.fullmatch(line.between(line.figures[at - 2], before)) else before
            olds = line.figures[at - len(run) : at] if len(run) > 1 and at >= len(run) else (whole,)
            for new, old in zip(run, olds, strict=False):
                yield FigureRelation("change_of", new.id, (old.id,), "unknown", "change-after-figure")
        elif at > 1 and before.unit == change.unit == line.figures[at - 2].unit and _BY.fullmatch(words) is not None:
            now = line.figures[at - 2]
            if abs(now.value - before.value) == change.value:
                yield FigureRelation("difference", change.id, (now.id, before.id), "true", "difference-of-two")


def _changes_from(line: Line, at: int) -> list[Observation]:
    """The rates of change that 分别 lists from `at` on: 同比分别增长12%、3.5%和20.2%."""
    run = [line.figures[at]]
    for figure in line.figures[at + 1 :]:
        if figure.unit not in RATIO_UNITS or re.fullmatch(r"[、和及与,]+-?", line.between(run[-1], figure)) is None:
            break
        run.append(figure)
    return run


def read_running_totals(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """新增7项、累计达161项: the year's share of the running total."""
    for new, total in zip(line.figures, line.figures[1:], strict=False):
        if new.unit == total.unit and _NEW.search(line.before(new)) is not None and _RUNNING_TOTAL.search(line.between(new, total)) is not None:
            yield FigureRelation("part_of", new.id, (total.id,), "true" if new.value <= total.value else "false", "new-in-running-total")


def _times(line: Line, at: int) -> Iterator[FigureRelation]:
    """收案846件,同比增长20%,是前年的4.4倍: a multiple of the count before."""
    counts = [o for o in line.counts(line.figures[at]) if line.whole(o)]
    if counts:
        yield FigureRelation("change_of", line.figures[at].id, (counts[-1].id,), "unknown", "multiple-after-count")

"""Figures of several sentences → the relations that their arithmetic shows: 受理复议案件80件。… 维持52件,占受理总数的65.0%.

Within a sentence the words decide (`reconcile`). A statistical paragraph names its total once and then goes on over many sentences and
items; there a rate or a list counts only where the numbers confirm it: the share is that of the two counts, the parts make up the total.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.model import FigureRelation, Observation
from kg.relate.line import Line
from kg.relate.rates import last_place

_SHARE = re.compile(r"[^。;\n]{0,16}占[^。;\n]{0,24}")
_OWN_SHARE = re.compile(r"[^,;。\n\d]{0,6}[,、(]占[^,;。\n\d]{0,20}(?:,[达为])?")  # no word between but the count's noun
_RATE = re.compile(r"[^。;\n]{1,24}率[^。;\n,]{0,6}")
_RATES_OF = re.compile(
    r"[^,。;\d]{0,12}(?:办[结复]|回复|答复|签收|受理|满意|见面|响应|整改|采纳|成功|履行|合格|及时|反馈|化解|结案|审结)[^,。;\d]{0,6}率[^,。;\d]{0,6}$"
)
_HAS_SHARE = re.compile(r"[^,;。\n]{0,6}[,、(]占")
_COMPARED = re.compile(r"(?:增加|减少|增长|下降|多|少)(?:了)?$|(?:较|比|与)[^,;。]{0,6}(?:去年|上年|同期|20\d\d年)$")
_CASE_WORDS = {"件", "起", "宗", "例", "件次"}
_REACH, _WHOLES, _FIGURES = 700, 3, 40  # characters back to a total; larger counts tried for a share without decimals; counts looked at
_LEAST_SUM, _FEWEST, _LARGE = 10, 3, 100  # what parts make up, and how many of them, for a sum that the words do not announce; from which on two are enough
_FOREMOST = re.compile(r"(?:较多|最多|居前|靠前|前[一二三四五六七八九十\d]{1,2})[^。;\n\d]{0,30}(?:为|是|:|集中在|涉及|工单)[^。;\n\d]{0,20}$")
_NEXT_TOP = re.compile(r"(?:\([^()]*\))?[、,;][^。、,;\n]{1,24}")  # 住建局146件(同比上升2%),公安局77件


def relate_across(observations: Sequence[Observation], folded: str, found: Sequence[FigureRelation]) -> Iterator[FigureRelation]:
    """Give the relations that the words of one sentence do not show."""
    line = Line(tuple(o for o in observations if o.role == "current" and not o.damaged), folded)
    told = {relation.of for relation in found if relation.kind in ("ratio", "rate_of")}
    ratios = {relation.of for relation in found if relation.kind == "ratio"}
    rates = list(_rates_across(line, told, ratios))
    pairs = {frozenset((relation.of, other)) for relation in (*found, *rates) for other in relation.with_}
    pairs |= {frozenset(relation.with_) for relation in (*found, *rates) if relation.kind == "ratio"}
    sums = list(_sums(line, pairs))
    foremost = list(_foremost(line, pairs | {frozenset((relation.of, each)) for relation in sums for each in relation.with_}))
    together = {relation.of for relation in foremost if relation.kind == "rate_of"}
    yield from (*(relation for relation in rates if relation.of not in together), *sums, *foremost)


def _rates_across(line: Line, told: set[str], ratios: set[str]) -> Iterator[FigureRelation]:
    """The rates that no sentence alone explains; the shares of one list are of one whole."""
    whole: str | None = None
    for rate in line.figures:
        if rate.unit == "%" and rate.id not in ratios:
            for relation in _of_rate(line, rate, rate.id in told, whole):
                whole = relation.with_[-1] if relation.kind == "ratio" else whole
                yield relation


def _of_rate(line: Line, rate: Observation, told: bool, whole: str | None) -> list[FigureRelation]:
    return _share(line, rate, told, whole) or _of_sentence_before(line, rate, told)


def _share(line: Line, rate: Observation, told: bool, last: str | None) -> list[FigureRelation]:
    """区政府部门为被申请人的42件,占收到申请总数的35.0%: of the counts before, the one of which this is that share; without it a share of the count itself."""
    count = next((o for o in reversed(line.all_counts) if o.end <= rate.start), None)
    words = line.folded[count.end : rate.start] if count is not None else ""
    shared = _SHARE.fullmatch(words) is not None
    if count is None or not (shared or _RATE.fullmatch(words)) or rate.value <= 0 or rate.value >= 100:
        return []
    exact = last_place(rate.value) < 1
    before = [o for o in _wholes_before(line, count, exact) if _alike(o, count) and o.value > count.value]
    fitting = [o for o in list(reversed(before))[: _FIGURES if exact else _WHOLES * shared] if _is_share(count, o, rate)]
    fitting = fitting or [o for o in before if o.id == last and shared and _is_share(count, o, rate)]
    if fitting:
        whole = min(fitting, key=lambda o: abs(count.value / o.value * 100 - rate.value))
        return [FigureRelation("ratio", rate.id, (count.id, whole.id), "true", "share-of-an-earlier-total")]
    return [FigureRelation("rate_of", rate.id, (count.id,), "unknown", "share-of-a-part")] if _OWN_SHARE.fullmatch(words) and not told else []


def _wholes_before(line: Line, count: Observation, exact: bool) -> list[Observation]:
    """The counts before that may be a total: no differences, none of another year; for a share without decimals no members of a list with shares of their own."""
    near = [o for o in line.all_counts if o.end <= count.start and count.start - o.start < _REACH]
    return [o for o in near if (exact or _HAS_SHARE.match(line.folded, o.end) is None) and _COMPARED.search(line.clause(o)) is None]


def _alike(one: Observation, other: Observation) -> bool:
    """Whether two counts may be of one kind: in one unit, or both in measure words for cases."""
    return one.unit == other.unit or {one.unit, other.unit} <= _CASE_WORDS


def _is_share(part: Observation, whole: Observation, rate: Observation) -> bool:
    """Whether a rate is that of two counts, rounded or cut off at its last place."""
    return abs(part.value / whole.value * 100 - rate.value) < last_place(rate.value) * Decimal("0.6")


def _of_sentence_before(line: Line, rate: Observation, told: bool) -> list[FigureRelation]:
    """转派工单456件。按期办结率100%: a rate at the head of a sentence, of the only count that the sentence before took up."""
    head = max(line.folded.rfind(mark, 0, rate.start) for mark in "。\n")
    if told or head < 0 or line.folded[head] == "\n" or _RATES_OF.search(line.folded, max(head + 1, rate.start - 30), rate.start) is None:
        return []
    start = max(line.folded.rfind(mark, 0, head) for mark in "。\n")
    inside = [o for o in line.figures if start < o.start < rate.start]
    counts = [o for o in line.all_counts if start < o.start < rate.start]
    same = all(o.unit == "%" for o in inside if o.start > head) and len(counts) == 1
    return [FigureRelation("rate_of", rate.id, (counts[0].id,), "unknown", "rate-after-sentence")] if same else []


def _sums(line: Line, told: set[frozenset[str]]) -> Iterator[FigureRelation]:
    """住房类(793件)。涉及物业390件、房产138件…: three counts or more, of one sentence or right behind it, that make an earlier one up exactly."""
    counts = [o for o in line.all_counts if _COMPARED.search(line.clause(o)) is None]
    used = set[str]()
    for whole, parts in (*_lists_behind(line, counts), *_lists_of_sentences(line, counts)):
        ids = {part.id for part in parts}
        if not ids & used and whole.value >= _LEAST_SUM:
            used |= ids
            if not any(frozenset((whole.id, each)) in told for each in ids):
                yield FigureRelation("sum", whole.id, tuple(part.id for part in parts), "true", "parts-make-an-earlier-total")


def _lists_behind(line: Line, counts: Sequence[Observation]) -> Iterator[tuple[Observation, list[Observation]]]:
    """The counts that follow one until they make it up."""
    for at, whole in enumerate(counts):
        parts, total = list[Observation](), Decimal(0)
        for count in counts[at + 1 : at + 1 + _FIGURES]:
            if count.unit != whole.unit or count.start - whole.end > _REACH or total + count.value > whole.value:
                break
            parts.append(count)
            total += count.value
        if total == whole.value and (len(parts) >= _FEWEST or (len(parts) > 1 and total >= _LARGE)):
            apart = "。" in line.folded[whole.end : parts[0].start]
            yield (_first_told(line, counts[: at + 1], whole) if apart else whole), parts


def _first_told(line: Line, counts: Sequence[Observation], whole: Observation) -> Observation:
    """The first count of a line that is as large: 受理506件。…回复506件。甲类460件,… are kinds of what was taken up."""
    start = line.folded.rfind("\n", 0, whole.start)
    return next(o for o in counts if o.start > start and (o.value, o.unit) == (whole.value, whole.unit) and whole.start - o.end < _REACH)


def _lists_of_sentences(line: Line, counts: Sequence[Observation]) -> Iterator[tuple[Observation, list[Observation]]]:
    """All counts of a sentence that make up one before it."""
    for parts in _by_sentence(line, counts):
        if len(parts) < _FEWEST:
            continue
        total = sum((part.value for part in parts), Decimal(0))
        alike = {part.unit for part in parts} == {parts[0].unit}
        before = [o for o in counts if o.end <= parts[0].start and parts[0].start - o.end < _REACH and o.unit == parts[0].unit]
        equal = [o for o in before if o.value == total]
        if alike and equal:
            own = [o for o in equal if "\n" not in line.folded[o.end : parts[0].start]]
            yield (own[0] if own else equal[-1]), parts


def _foremost(line: Line, told: set[frozenset[str]]) -> Iterator[FigureRelation]:
    """工单较多的单位为:住建局146件,公安局77件: the largest members of what was taken up before on the line."""
    counts = line.all_counts
    for at, first in enumerate(counts):
        if _FOREMOST.search(line.folded, max(0, first.start - 60), first.start) is None:
            continue
        run = [first]
        for count in counts[at + 1 :]:
            if count.unit != first.unit or _NEXT_TOP.fullmatch(line.folded, run[-1].end, count.start) is None:
                break
            run.append(count)
        start = line.folded.rfind("\n", 0, first.start)
        total = sum((count.value for count in run), Decimal(0))
        whole = next((o for o in counts if start < o.start < first.start and o.unit == first.unit and o.value > total), None)
        if whole is not None and len(run) > 1:
            yield from (
                FigureRelation("part_of", each.id, (whole.id,), "true", "largest-members") for each in run if frozenset((each.id, whole.id)) not in told
            )
            yield from _share_of_all(line, run, total, whole, told)


def _share_of_all(line: Line, run: Sequence[Observation], total: Decimal, whole: Observation, told: set[frozenset[str]]) -> Iterator[FigureRelation]:
    """…公安局77件,占总量的59.7%: the share that the members have together."""
    rate = next((o for o in line.figures if o.start >= run[-1].end), None)
    if rate is None or rate.unit != "%" or _OWN_SHARE.fullmatch(line.folded, run[-1].end, rate.start) is None:
        return
    if abs(total / whole.value * 100 - rate.value) <= last_place(rate.value) and frozenset((rate.id, whole.id)) not in told:
        yield FigureRelation("rate_of", rate.id, (whole.id,), "true", "share-of-the-largest-members")


def _by_sentence(line: Line, counts: Sequence[Observation]) -> Iterator[list[Observation]]:
    group: list[Observation] = []
    for count in counts:
        if group and ("。" in (words := line.folded[group[-1].end : count.start]) or "\n" in words):
            yield group
            group = []
        group.append(count)
    if group:
        yield group

"""Observations → FigureRelations: how the figures of one sentence hang together, so that a report can be checked against itself.

Each rule reads the figures of one sentence in order. The words between two figures decide: a rate after counts is their rate, money
after a count is its amount, an outcome (纠错, 移送, 办结) after a process (审查, 受理) is its part, 8个部门的300项 gives a scope.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.model import FigureRelation, Observation, Sentence

_RATIO_UNITS = ("%", "个百分点", "‰")
_MONEY = ("元", "美元")
_MEASURED = (*_RATIO_UNITS, *_MONEY, "分钟", "小时", "天", "工作日", "月", "年", "倍", "")
_RATE_NAME = re.compile(r"率(?:高|分别|均|都|双双|总体|稳定|保持|在|达到|达|为|到|至|超过|超|约)*$")
_TOGETHER = re.compile(r"均|都|双双|分别")
_SUCCESS = ("成功", "办结", "合格", "胜诉", "履行", "回复", "采纳", "整改")

_CASES = ("件", "起", "宗", "例", "个", "项", "户", "家", "人", "件次", "家次", "人次", "笔", "处", "批次", "次", "条", "份", "台", "名")
_PROCESS = re.compile(
    r"受理|收到|接收|登记|立案|审查|审核|查办|查处|办理|清理|检查|排查|抽查|巡查|摸排|评查|调处|调解|化解|复议|审理|收案|监测|抽检|检测|核查|征集|交办|转办|督办|共有|现有|现行有效"
)
_OUTCOME = re.compile(
    r"(?:其中|已|共|并|均|已经|当年|依法|直接|主动|及时)*(?:纠错|纠正|修改|修订|废止|失效|宣布失效|移送|移交|办结|审结|结案|调解成功|成功调解|成功化解|化解|整改|整改完成|完成整改|采纳|"
    r"维持|撤销|变更|驳回|确认违法|责令履行|不予受理|不予公开|部分公开|予以公开|公开|终止|调解结案|败诉|胜诉|抽查|不合格|合格|退回|提出异议|回复|答复|解决|处罚|立案|免罚|不予处罚|"
    r"继续有效|保留|通过|开展检查|查处)"
)
_PARTS = re.compile(r"其中|\((?!含)|包括|分别为")
_OFFICES = re.compile(
    r"(?:政府|市直|县直|区直|省直|市级|县级|区级|省级|相关|成员|联动|行政|执法|责任|职能|牵头)*(?:部门|单位|机关|乡镇|镇街|镇\(街道\)|街道|县区|县市区|区县|县|市|区|镇|乡|村|社区|行业|领域|地区|主体)"
)
_GROUPS = ("批", "类", "方面", "领域", "轮", "期", "批次", "大类", "个方面")
_PUNISHED = re.compile(r"(?:[\u4e00-\u9fff]{0,4}(?:人员|干部)?)?(?:受到|被给予|被|给予)[\u4e00-\u9fff]{0,10}(?:处分|处理|问责|追责|追究|移送)")
_SUM_OF_MONEY = re.compile(r"罚|款|金额|涉案|资金|费|薪|损失|赔|补偿|标的|成本|减免|追缴|挽回|退还|救助金|工资|成交")
_FAR = re.compile(r"[;。]|,[^,]*,|.{40}")
_MOVED = re.compile(r"[,、](?:\d年)?(?:同比|环比|比上年|较上年|较[^,、;。]{1,8})?(?:增长|增加|上升|提高|提升|下降|减少|降低|压减)(?:了)?")
_BY = re.compile(r"(?:增加|减少|提高|下降|增长)(?:了)?")
_NEW = re.compile(r"新(?:增|建|推出|设|开通|培育|认定)[^,;。]{0,14}$")
_RUNNING_TOTAL = re.compile(r"^[^;。]{0,12}[,、]?(?:累计|总数|总量)(?:已)?(?:达到|达)$")
_OCCASIONS = ("次", "场", "场次", "期", "堂", "堂次", "批次", "批", "班", "节", "轮")
_ATTEND = re.compile(r"参加|参与|参训|参学|参会|受众|覆盖|受教育|惠及|培训|听众|服务|发放|演练人员|接待|受益")


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one sentence in order of the text, with the text itself."""

    figures: tuple[Observation, ...]
    folded: str

    def between(self, left: Observation, right: Observation) -> str:
        """Give the words from one figure's end to another's start."""
        return self.folded[left.end : right.start]

    def before(self, figure: Observation) -> str:
        """Give the words from the figure before to this one, at most 40 characters."""
        ends = [o.end for o in self.figures if o.end <= figure.start]
        return self.folded[max([figure.start - 40, *ends[-1:]]) : figure.start]

    def counts(self, figure: Observation) -> list[Observation]:
        """Give the counts before a figure: neither rate, money nor time; of figures that share one span the first."""
        seen = {o.start: o for o in reversed(self.figures) if o.end <= figure.start and o.unit not in _MEASURED}
        return [seen[start] for start in sorted(seen)]


def reconcile_figures(observations: Sequence[Observation], folded: str, sentences: Sequence[Sentence]) -> tuple[FigureRelation, ...]:
    """Relate the figures of each sentence; a pair of figures gets one relation, the first rule's that sees it."""
    starts = [sentence.start for sentence in sentences]
    groups: dict[int, list[Observation]] = {}
    for observation in observations:
        if observation.role == "current" and not observation.damaged:
            groups.setdefault(bisect_right(starts, observation.start) - 1, []).append(observation)
    found: list[FigureRelation] = []
    for group in groups.values():
        found += _relate_line(Line(tuple(group), folded))
    return tuple(found)


def _relate_line(line: Line) -> Iterator[FigureRelation]:
    taken: set[frozenset[str]] = set()
    for rule in RULES:
        for relation in rule(line):
            pairs = {frozenset((relation.of, other)) for other in relation.with_}
            if not pairs & taken:
                taken |= pairs
                if relation.kind == "ratio":
                    taken.add(frozenset(relation.with_))
                yield relation


def read_ratio(line: Line) -> Iterator[FigureRelation]:
    """调解200件,调解成功196件,成功率98%: the pair of counts that gives the rate, or that by its names should and does not."""
    for rate in _rates(line):
        counts = line.counts(rate)[-4:]
        pairs = [(part, whole) for part in counts for whole in counts if part is not whole and part.unit == whole.unit and 1 < whole.value >= part.value]
        right = [(p, w) for p, w in reversed(pairs) if rate.value < 100 and abs(p.value / w.value * 100 - rate.value) <= Decimal("0.06")]
        named = [(p, w) for p, w in pairs if _counted_by(p.name, rate.name) and not _counted_by(w.name, rate.name)] if rate.bound == "exact" else []
        if right or named:
            part, whole = right[0] if right else named[-1]
            holds = bool(right) or abs(part.value / whole.value * 100 - rate.value) <= _last_place(rate.value)
            yield FigureRelation("ratio", rate.id, (part.id, whole.id), "true" if holds else "false", "rate-of-two-counts")


def read_rate(line: Line) -> Iterator[FigureRelation]:
    """建议12件,提案20件,办结率均达100%: the rate of the counts before it; of one unless it says 均, 都 or 分别."""
    for rate in _rates(line):
        counts = line.counts(rate)
        if not counts:
            continue
        run = [_whole_of(line, counts)]
        if _TOGETHER.search(line.before(rate)):
            for count in reversed(counts[:-1]):
                if count.unit != run[0].unit or len(run) == 4:
                    break
                run.insert(0, count)
        for whole in run:
            yield FigureRelation("rate_of", rate.id, (whole.id,), _explains(rate.value, whole.value), "rate-after-count")


def read_parts(line: Line) -> Iterator[FigureRelation]:
    """共29件,其中甲类20件,乙类9件: parts of the total before 其中; a sum where they make it up exactly."""
    for at, whole in enumerate(line.figures):
        if whole.unit in _MEASURED and whole.unit not in _MONEY:
            continue
        parts: list[Observation] = []
        for part in line.figures[at + 1 :]:
            words = line.between(whole, part)
            if not _PARTS.search(words.split("。")[0][:12]) or ";" in words or (")" in words and "(" in words):
                break
            if part.unit == whole.unit and part.start >= whole.end:
                parts.append(part)
        if not parts:
            continue
        total = sum((part.value for part in parts), Decimal(0))
        if len(parts) > 1 and total == whole.value:
            yield FigureRelation("sum", whole.id, tuple(part.id for part in parts), "true", "parts-make-the-total")
        for part in parts:
            yield FigureRelation("part_of", part.id, (whole.id,), "true" if part.value <= whole.value else "false", "part-after-total")


def read_outcomes(line: Line) -> Iterator[FigureRelation]:
    """审查40件,纠错2件 · 查办60起,罚款8万元,移送公安3起: what became of some of them."""
    whole: Observation | None = None
    for figure in line.figures:
        words = line.before(figure)
        clause = re.split(r"[,;。:]", words)[-1] or words
        if whole is not None and figure.unit == whole.unit and figure.start >= whole.end and _OUTCOME.match(clause) and ";" not in line.between(whole, figure):
            yield FigureRelation("part_of", figure.id, (whole.id,), "true" if figure.value <= whole.value else "false", "outcome-after-process")
        elif figure.unit in _CASES and _PROCESS.search(line.folded[max(figure.start - 40, 0) : figure.start].rsplit("。", 1)[-1]):
            whole = figure


def read_amounts(line: Line) -> Iterator[FigureRelation]:
    """查办案件60起,罚款8.5万元: the money that goes with the count before it."""
    for money in line.figures:
        counts = line.counts(money)
        words = line.between(counts[-1], money) if counts else ""
        if money.unit in _MONEY and _SUM_OF_MONEY.search(words) and not _FAR.search(words) and not (counts[-1].unit == "人" and "," in words):
            yield FigureRelation("amount_of", money.id, (counts[-1].id,), "unknown", "amount-after-count")


def read_attendance(line: Line) -> Iterator[FigureRelation]:
    """组织培训12期,参训人员900余人次: how many took part in the occasions before."""
    for before, people in zip(line.figures, line.figures[1:], strict=False):
        if people.unit in ("人次", "人", "人数") and before.unit in _OCCASIONS and _ATTEND.search(line.between(before, people)):
            yield FigureRelation("participants_of", people.id, (before.id,), "unknown", "people-after-occasions")


def read_scopes(line: Line) -> Iterator[FigureRelation]:
    """8个部门的300余项 · 12个部门30类 · 5个部门20人 · 6批120项 · 12件15人: two counts of one thing, side by side."""
    for left, right in zip(line.figures, line.figures[1:], strict=False):
        words = line.between(left, right)
        if left.unit in _MEASURED or right.unit in _MEASURED or re.search(r"[,;。:、和与及]", words) or len(words) > 12:
            continue
        if right.unit == "人" and (_OFFICES.match(words) or not words):
            yield FigureRelation("staff_of" if words else "persons_of", right.id, (left.id,), "unknown", "people-beside-count")
        elif _OFFICES.match(words) or (left.printed in _GROUPS and len(words) <= 4):
            yield FigureRelation("scope_of", left.id, (right.id,), "unknown", "counts-side-by-side")


def read_punished(line: Line) -> Iterator[FigureRelation]:
    """审计项目10个,查出问题金额3亿元,6人受到处分: the people held to account after the cases before."""
    for people in line.figures:
        if people.unit in ("人", "人次") and _PUNISHED.match(line.folded, people.end):
            cases = [count for count in line.counts(people) if count.unit in _CASES and count.unit not in ("人", "人次")]
            if cases:
                yield FigureRelation("outcome_of", people.id, (cases[-1].id,), "unknown", "people-held-to-account")


def read_changes(line: Line) -> Iterator[FigureRelation]:
    """收益107亿元、增长65.9%: how the figure before has moved; 甲达X,较上年的Y增加Z: the difference, checked."""
    for at, change in enumerate(line.figures[1:], 1):
        before = line.figures[at - 1]
        if change.unit in _RATIO_UNITS and _MOVED.fullmatch(line.between(before, change)) is not None:
            yield FigureRelation("change_of", change.id, (before.id,), "unknown", "change-after-figure")
        elif at > 1 and before.unit == change.unit == line.figures[at - 2].unit and _BY.fullmatch(line.between(before, change)) is not None:
            now = line.figures[at - 2]
            if abs(now.value - before.value) == change.value:
                yield FigureRelation("difference", change.id, (now.id, before.id), "true", "difference-of-two")


def read_running_totals(line: Line) -> Iterator[FigureRelation]:
    """新增7项、累计达161项: the year's share of the running total."""
    for new, total in zip(line.figures, line.figures[1:], strict=False):
        if new.unit == total.unit and _NEW.search(line.before(new)) is not None and _RUNNING_TOTAL.search(line.between(new, total)) is not None:
            yield FigureRelation("part_of", new.id, (total.id,), "true" if new.value <= total.value else "false", "new-in-running-total")


def _whole_of(line: Line, counts: list[Observation]) -> Observation:
    """The count that a rate is of: the last one, or the whole before it where the last only tells an outcome (案件40件,败诉2件,应诉率100%)."""
    last = counts[-1]
    clause = re.split(r"[,;。:]", line.before(last))[-1] or line.before(last)
    wholes = [c for c in counts[:-1] if c.unit == last.unit and c.value >= last.value]
    return wholes[-1] if wholes and _OUTCOME.match(clause) is not None else last


def _rates(line: Line) -> list[Observation]:
    return [o for o in line.figures if o.unit == "%" and _RATE_NAME.search(o.name)]


def _counted_by(name: str, rate: str) -> bool:
    """Whether a count is what its rate counts: 调解成功 … 成功率."""
    return any(cue in name and (cue in rate or cue[0] + "成率" in rate or (cue == "成功" and "成率" in rate)) for cue in _SUCCESS)


def _last_place(rate: Decimal) -> Decimal:
    """One unit of the last printed place: 30 → 1, 99.3 → 0.1; a rate may have been rounded or cut off there."""
    exponent = rate.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)


def _explains(rate: Decimal, whole: Decimal) -> str:
    """Say whether some whole number of `whole` gives the rate within its rounding (99.3 % of 139 is 138); else it is unknown what was counted."""
    if whole <= 0 or whole != int(whole) or rate > 100:
        return "unknown"
    step = _last_place(rate) / 2
    nearest = (rate * whole / 100).to_integral_value()
    return "true" if abs(nearest / whole * 100 - rate) <= step else "unknown"


RULES = (read_ratio, read_rate, read_parts, read_outcomes, read_amounts, read_attendance, read_scopes, read_punished, read_changes, read_running_totals)

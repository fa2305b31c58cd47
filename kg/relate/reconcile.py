"""Observations → FigureRelations: how the figures of one sentence hang together, so that a report can be checked against itself.

Each rule reads the figures of one sentence in order. The words between two figures decide: a rate after counts is their rate, money
after a count is its amount, an outcome (纠错, 移送, 办结) after a process (审查, 受理) is its part, 8个部门的300项 gives a scope.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.model import FigureRelation, Observation, Sentence
from kg.relate.across import relate_across
from kg.relate.changes import read_averages, read_changes, read_running_totals
from kg.relate.line import AREAS, MEASURED, MONEY, RATIO_UNITS, Line
from kg.relate.rates import read_leading_rates, read_rate, read_ratio, read_shares
from kg.relate.wholes import CASES, Part, find_parts, root_of

_OFFICES = re.compile(
    r"(?:政府|市直|县直|区直|省直|市级|县级|区级|省级|相关|成员|联动|行政|执法|责任|职能|牵头)*(?:部门|单位|机关|乡镇|镇街|镇\(街道\)|街道|县区|县市区|区县|县|市|区|镇|乡|村|社区|行业|领域|地区|主体)"
)
_GROUPS = ("批", "类", "方面", "领域", "轮", "期", "批次", "大类", "个方面")
_PUNISHED = re.compile(r"(?:[\u4e00-\u9fff]{0,4}(?:人员|干部)?)?(?:受到|被给予|被|给予)[\u4e00-\u9fff]{0,10}(?:处分|处理|问责|追责|追究|移送)")
_SUM_OF_MONEY = re.compile(
    r"罚|款|金额|涉案|案值|货值|标的|资金|费|薪|损失|赔|补偿|标的|成本|减免|追缴|追回|追赃|基金|财物|资产|面积|涉及土地|挽回|退还|救助金|工资|成交"
)
_GOES_ON = re.compile(r"其中|(?:依法|已|全年|共|经审查,?)*(?:不予受理|受理|审结|办结|结案)\d")
_OTHER_ACT = re.compile(r"开展|召开|组织|举办|办理|收到|受理|查处|新收|检查")
_HANDED_ON = re.compile(r"移送|移交|大案|要案|重大案件|典型案件")
_FAR = re.compile(r"[;。]|,[^,]*,|.{40}")
_RECIPIENTS = re.compile(r"抓获|拘留|逮捕|受援|惠及|帮助|涉及|为[^,;。]{0,4}$")
_OCCASIONS = ("次", "场", "场次", "期", "堂", "堂次", "批次", "批", "班", "节", "轮")
_SHEETS = ("份", "册", "本", "张", "条")
_INVOLVED = re.compile(
    r"[,、;(](?:共)?(?:涉及|涉案|受援|惠及|帮助|涉)(?:[\u4e00-\u9fff]{0,6})|[,、](?:依法|并|共)*(?:移送起诉|(?:行政|刑事|移送)?拘留|逮捕|抓获|刑拘|批捕|造成死亡|死亡|受伤)[\u4e00-\u9fff]{0,6}"
)  # …,涉及12人 · 立案15件,拘留12人
_IN_ALL = re.compile(r"累计|共计|合计|总计")
_CHECKS = re.compile(r"检查|巡查|巡河|督察|督查|督导|审计|排查|评查|抽查|走访|审查")
_FINDS = re.compile(r"(?:共|累计|并|分别)*(?:发现|查出|排查出|查摆|反馈|指出|通报)[^,;。]{0,14}")
_WATCH = re.compile(r"[,、][^,;。\d]{0,16}?(?:观看|点击|浏览|阅读|阅览|播放|收看|收听)(?:人数|量|人次|次数)?(?:达到|达|超|约|近)?")
_ATTEND = re.compile(r"出动|参加|参与|参训|参演|参学|参会|受众|覆盖|受教育|惠及|培训|听众|服务|发放|演练人员|接待|受益")


def reconcile_figures(observations: Sequence[Observation], folded: str, sentences: Sequence[Sentence]) -> tuple[FigureRelation, ...]:
    """Relate the figures of each sentence; a pair of figures gets one relation, the first rule's that sees it."""
    starts = [sentence.start for sentence in sentences]
    groups: dict[int, list[Observation]] = {}
    for observation in observations:
        if observation.role == "current" and not observation.damaged:
            groups.setdefault(_group_of(bisect_right(starts, observation.start) - 1, starts, folded), []).append(observation)
    found: list[FigureRelation] = []
    for group in groups.values():
        if len(group) > 1:
            found += _relate_line(Line(tuple(group), folded))
    return tuple(_with_those_across(found, observations, folded))


def _with_those_across(found: Sequence[FigureRelation], observations: Sequence[Observation], folded: str) -> Iterator[FigureRelation]:
    """Add what only several sentences show; a rate found to be that of two counts is no rate of one of them, nor what makes up one whole part of another."""
    across = tuple(relate_across(observations, folded, found))
    exact = {relation.of for relation in across if relation.kind == "ratio" or relation.holds == "true"}
    summed = {part: relation.of for relation in across if relation.kind == "sum" for part in relation.with_}
    for relation in found:
        other = relation.kind == "part_of" and summed.get(relation.of, relation.with_[0]) != relation.with_[0]
        if not other and not (relation.kind == "rate_of" and relation.of in exact):
            yield relation
    yield from across


def _group_of(number: int, starts: Sequence[int], folded: str) -> int:
    """The sentence a figure belongs with: one that begins with 其中 goes on with the one before it."""
    while number > 0 and _GOES_ON.match(folded, starts[number]):
        number -= 1
    return number


def _relate_line(line: Line) -> Iterator[FigureRelation]:
    taken: set[frozenset[str]] = set()
    parts = find_parts(line)
    for rule in RULES:
        for relation in rule(line, parts):
            pairs = {frozenset((relation.of, other)) for other in relation.with_}
            if not pairs & taken:
                taken |= pairs
                if relation.kind == "ratio":
                    taken.add(frozenset(relation.with_))
                yield relation


def read_parts(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """共29件,其中甲类20件,乙类9件: parts of the total before 其中; a sum where they make it up exactly."""
    wholes: dict[int, list[Part]] = {}
    for part in parts:
        if part.listed:
            wholes.setdefault(part.whole.start, []).append(part)
    for listed in wholes.values():
        whole = listed[0].whole
        own = [part.part for part in listed if not line.aside(part.part)]
        if len(own) > 1 and sum((part.value for part in own), Decimal(0)) == whole.value:
            yield FigureRelation("sum", whole.id, tuple(part.id for part in own), "true", "parts-make-the-total")
        for part in listed:
            yield _part_of(part, "part-after-total")


def read_outcomes(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """审查40件,纠错2件 · 收到126件,受理108件,不予受理11件: what became of some of them."""
    for part in parts:
        if not part.listed:
            yield _part_of(part, "outcome-after-process")


def _part_of(part: Part, rule: str) -> FigureRelation:
    return FigureRelation("part_of", part.part.id, (part.whole.id,), "true" if part.part.value <= part.whole.value else "false", rule)


def read_amounts(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """查办案件60起,罚款8.5万元: the money that goes with the count before it; with the whole where it says 合计."""
    for money in line.figures:
        counts = line.counts(money) if money.unit in (*MONEY, *AREAS) else []
        if not counts:
            continue
        count, own = counts[-1], line.before(money)
        words = _without_money(line, count, money)
        if count.unit in ("人", "人次") and "," in words and len(counts) > 1 and _RECIPIENTS.search(line.before(count)):
            count = root_of(counts[-2], parts)
        if re.search("合计|总计|共计|挽回", own) or ")" in line.folded[count.end : count.end + 1] or _HANDED_ON.search(line.clause(count)):
            count = root_of(count, parts)
        if _SUM_OF_MONEY.search(own) and not _FAR.search(words) and not (count.unit == "人" and "," in words):
            yield FigureRelation("amount_of", money.id, (count.id,), "unknown", "amount-after-count")


def _without_money(line: Line, count: Observation, money: Observation) -> str:
    """The words from a count to its money, without sums of money and people between (案值194万元,罚没112万元)."""
    words, at = "", count.end
    for figure in line.figures:
        if count.end <= figure.start < money.start:
            clause = line.folded[at : figure.start]
            words, at = words + (clause if figure.unit not in (*MEASURED, "人", "人次") and line.whole(figure) else ""), figure.end
    return words + line.folded[at : money.start]


def read_attendance(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """组织培训12期,参训人员900余人次: how many took part in the occasions before."""
    for before, people in zip(line.figures, line.figures[1:], strict=False):
        if people.unit not in ("人次", "人", "人数", "户"):
            continue
        words = line.between(before, people)
        if before.unit in _SHEETS and (held := [o for o in line.counts(people) if o.unit in _OCCASIONS]):
            before = held[-1]
        if before.unit in RATIO_UNITS and (counts := line.counts(people)):
            before = counts[-1]
            words = words if _INVOLVED.fullmatch(words) else ""
        if _IN_ALL.match(words.strip(",、")) is not None:
            before = root_of(before, parts)  # 巡查112次,其中夜间54次,累计出动660人次
        if people.unit != "户" and _WATCH.fullmatch(words) is not None:
            yield FigureRelation("participants_of", people.id, (before.id,), "unknown", "people-who-watched")
        elif people.unit != "户" and before.unit in _OCCASIONS and (words == "、" or _ATTEND.search(words)):
            yield FigureRelation("participants_of", people.id, (before.id,), "unknown", "people-after-occasions")
        elif before.unit in ("件", "起", "宗", "例", "户", "家") and (words == "、" or _INVOLVED.fullmatch(words) is not None):
            yield FigureRelation("persons_of", people.id, (root_of(before, parts).id,), "unknown", "people-in-cases")


def read_findings(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """检查企业173家,发现隐患243项: what was found by the checks before."""
    for checks, found in zip(line.figures, line.figures[1:], strict=False):
        told = found.unit not in (*MEASURED, checks.unit) and checks.unit not in MEASURED and _FINDS.fullmatch(line.clause(found)) is not None
        behind = line.folded[checks.end : checks.end + 8]
        if told and _CHECKS.search(line.before(checks) + behind) is not None and _FAR.search(line.between(checks, found)) is None:
            yield FigureRelation("outcome_of", found.id, (root_of(checks, parts).id,), "unknown", "found-by-checks")


def read_scopes(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """8个部门的300余项 · 12个部门30类 · 5个部门20人 · 6批120项 · 12件15人: two counts of one thing, side by side."""
    for left, right in zip(line.figures, line.figures[1:], strict=False):
        words = line.between(left, right)
        if right.unit in MEASURED or len(words) > 12:
            continue
        if left.printed in _GROUPS and re.fullmatch(r",?(?:合计|共计|共)", words):
            yield FigureRelation("scope_of", left.id, (right.id,), "unknown", "counts-side-by-side")
        elif left.unit in MEASURED or re.search(r"[,;。:、和与及]", words):
            continue
        elif right.unit == "人" and (_OFFICES.match(words) or not words):
            yield FigureRelation("staff_of" if words else "persons_of", right.id, (left.id,), "unknown", "people-beside-count")
        elif (_OFFICES.match(words) and not _OTHER_ACT.search(words)) or (left.printed in _GROUPS and len(words) <= 4):
            yield FigureRelation("scope_of", left.id, (right.id,), "unknown", "counts-side-by-side")


def read_punished(line: Line, parts: Sequence[Part]) -> Iterator[FigureRelation]:
    """审计项目10个,查出问题金额3亿元,6人受到处分: the people held to account after the cases before."""
    for people in line.figures:
        if people.unit in ("人", "人次") and _PUNISHED.match(line.folded, people.end):
            cases = [count for count in line.counts(people) if count.unit in CASES and count.unit not in ("人", "人次")]
            if cases:
                yield FigureRelation("outcome_of", people.id, (cases[-1].id,), "unknown", "people-held-to-account")


RULES = (
    read_ratio,
    read_shares,
    read_rate,
    read_leading_rates,
    read_parts,
    read_outcomes,
    read_amounts,
    read_attendance,
    read_findings,
    read_scopes,
    read_punished,
    read_averages,
    read_changes,
    read_running_totals,
)

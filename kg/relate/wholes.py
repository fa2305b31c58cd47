"""Figures of one sentence → of which other figure each is a part: 受理108件,其中维持41件 · 收到126件,受理108件,不予受理11件.

A part is told by 其中 and its like, or by a word for what became of some (维持, 办结) behind a word for what was taken up (受理). Words
for the stages of a case have ranks: what was received is the whole of what was accepted, that of what was closed, and so on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.model import Observation
from kg.relate.line import MONEY, RATIO_UNITS, RESULT, Line

CASES = ("件", "起", "宗", "例", "个", "项", "户", "家", "人", "件次", "家次", "户次", "人次", "笔", "处", "批次", "次", "条", "份", "台", "名", "卷", "本")
_STAGES = (
    re.compile(r"收到|新收|收案|接收|接到|共收|收悉|许可申请(?:总)?数?"),
    re.compile(r"不予受理|受理|登记|告知|转送|转交|补正"),
    re.compile(r"审结|办结|结案|已结|审理终结"),
)
_ANY = 0.5  # the rank of what is taken up in other words: behind what was received, before all outcomes
_PROCESS = re.compile(
    r"(?:发现|查出|反馈)[^,;。]{0,6}(?:问题|隐患|风险)|受理|收到|新收|接收|登记|立案|审查|审核|查办|查处|办理|清理|梳理|检查|排查|抽查|巡查|摸排|评查|调处|调解|化解|复议|应诉|诉讼案件|代理|审理|收案|监测|抽检|检测|核查|提出|征集|交办|转办|督办|共有|现有|现行有效|公证|办证|立刑事案件|应出庭|应持|应参加|应到|回访|审结|办结|结案|已结|核定编制|编制|承接|赋权|形成[^,;。]{0,4}工单"
)
_TAKES_UP = re.compile(rf"(?:共|全年|累计|另|并|还|组织|开展|先后)*(?:{_PROCESS.pattern})")
_TAKEN_UP = re.compile(r"[^,;。:、()\d]{0,24}?(?:进行|开展|予以|实施|组织)?[^,;。:、()\d]{0,10}(?:审查|清理|检查|抽查|评查|排查|核查|审核)")
_OUTCOME = re.compile(
    r"表示[^,;。]{1,6}的(?:有)?|(?:其中|中|全年|监督|落实|到年底|至年末|年底|年内|今年|目前|现|被|已|共|并|均|已经|当年|依法|直接|即时|在线|主动|及时|督促|责令|完成|决定|拟|成功|实际|处于[^,;。]{1,8}?|经[^,;。]{1,8}后?)*(?:纠错|纠正|修改|修订|废止|失效|宣布失效|移送|移交|办结|审结|结案|已结|结|判决|履行|调解成功|成功调解|成功化解|化解|调处|成功|整改|整改完成|完成整改|采纳|"
    r"维持|撤销|变更|驳回|确认违法|责令履行|受理|不予受理|不予公开|部分公开|予以公开|公开|终止|调解结案|调解撤回|撤回|败诉|胜诉|抽查|不合格|合格|退回|交回|提出异议|回复|答复|解决|处罚|立案|免罚|不予处罚|"
    r"继续有效|保留|通过|开展检查|查处|破案|破获|评出|优秀|出庭|告知|转送|(?:发现)?(?:存在)?问题的|行政机关败诉|实有|到岗|处理完毕|办理完毕|正在办理|正在审理|正在处理|在办|在审|尚在[^,;。]{1,6}|大案要案|持证|实到|行使|取缔|关停|关闭|吊销|未结|直办|直接办理|转办|转派|交办|核查处置|予以许可|准予许可|许可数|不予许可)"
)
_IN_ALL = re.compile(r"(?:共计|合计|总计|共|总共)(?:为|达)?")
_SOME = re.compile(r"(?:其中|还|另|仍|尚)?有?|其余(?:的)?|剩余")
_BECAME = re.compile(
    r"[^,;。\d()]{0,8}?(?:已|正在|正|尚未|未)[^,;。\d()]{0,8}?(?:完成|办结|推进|整改|办理|解决|落实|化解|实施|答复)"
)  # 有12件已完成,5件正在推进
_PARTS = re.compile(
    r"其中|包括|分别为|^(?![^(]*(?:同比|同期|去年|上年|较))[^,;。]{0,12}\((?!含)[^()]*$|^[^,;。]{1,10}中(?:,|[^,;。]{0,14}(?:只有|仅有|仍有|有)$)"
)
_LISTED_APART = ";其中"  # a list behind ; may part its members so: 发布48条;其中文件12条;动态36条
_GOES_ON = re.compile(r"。其中")
_APART = re.compile(r";[^,;。\d]{1,24}")
_NEXT_MEMBER = re.compile(
    r",占[^,;。]{0,12}[\d.]+%;[^,;。]{1,30}|(?:[,(](?:罚|涉案|案值|同比|环比|比|较)[^,;。()]{0,14}?[\d.]+(?:万|亿)?(?:元|%|个百分点)\)?){0,3};[^,;。\d]{1,24}"
)  # 甲类20件,占40%;乙类9件 · 甲类20件,罚款3万元,同比减少3%;乙类9件
_WITH_OLD = re.compile(r"\((?:含|包含|包括)[^()]{0,6}(?:结转|结存|上年|去年)")
_HANDED_ON = re.compile(r"(?:依法|及时|其中)*(?:移送|移交)")
_MATTERS = re.compile(r"复议|应诉|诉讼|信访|热线|仲裁|援助|公证|提案|建议|议案|鉴定|调解|许可|处罚")


@dataclass(frozen=True, slots=True)
class Part:
    """A figure and the whole that it is a part of; `listed` behind 其中 or in brackets, else an outcome of it."""

    part: Observation
    whole: Observation
    listed: bool


def find_parts(line: Line) -> list[Part]:
    """Give each figure that is a part its whole, lists before outcomes."""
    listed = {part.part.start: part for part in (*_listed(line), *_totalled(line))}
    outcomes = {part.part.start: part for part in _outcomes(line) if part.part.start not in listed}
    return [*listed.values(), *outcomes.values()]


def _listed(line: Line) -> Iterator[Part]:
    figures, until, asides = line.figures, 0, list[Part]()
    for at, first in enumerate(figures[1:], 1):
        if first.start < until or figures[at - 1].end > first.start or first.unit in RATIO_UNITS:
            continue
        words = line.between(figures[at - 1], first)
        if line.aside(first) and first.unit == figures[at - 1].unit:
            held = next((part.whole for part in asides if part.part is figures[at - 1] and ")" not in words), figures[at - 1])  # (含新建5件,修改4件)
            asides.append(Part(first, held, listed=True))
            yield asides[-1]
        elif (_PARTS.search(words.split("。")[0][:24]) or _GOES_ON.search(words)) and ";" not in words.removeprefix(_LISTED_APART):
            parts = _run(line, at)
            whole = _whole(line, at, parts)
            if whole is not None:
                parts = _within(whole, parts)
                until = parts[-1].end
                yield from (Part(part, whole, listed=True) for part in parts)
                yield from _of_other_units(line, at, parts)


def _totalled(line: Line) -> Iterator[Part]:
    """投诉63件,举报12件,咨询28件,共计103件: the counts before a total that make it up."""
    for at, total in enumerate(line.figures):
        if _IN_ALL.fullmatch(line.clause(total)) is None:
            continue
        parts, rest = list[Observation](), total.value
        for figure in reversed(line.figures[:at]):
            if figure.unit != total.unit or figure.value > rest or re.search("[;。]", line.folded[figure.end : total.start]):
                break
            parts, rest = [figure, *parts], rest - figure.value
        if rest == 0 and len(parts) > 1:
            yield from (Part(part, total, listed=True) for part in parts)


def _of_other_units(line: Line, at: int, parts: list[Observation]) -> Iterator[Part]:
    """处罚22次,罚没33万元,其中甲处罚12次,甲罚没13万元: a sum among the parts is part of the sum before that ends with the same word."""
    for part in line.figures[at + 1 :]:
        if part.unit in MONEY and part.start > parts[0].end and re.search("[;。]", line.folded[parts[0].end : part.start]) is None:
            head = line.clause(part)[-2:]
            wholes = [o for o in line.figures[:at] if o.unit == part.unit and o.value >= part.value and line.clause(o).endswith(head)]
            if len(head) == 2 and wholes:
                yield Part(part, wholes[-1], listed=True)


def _run(line: Line, at: int) -> list[Observation]:
    """The figures of one unit from `at` on that one list may hold: to a 。 or ;, a closing bracket, or the next thing taken up."""
    first, parts = line.figures[at], [line.figures[at]]
    apart = line.folded.startswith(_LISTED_APART, line.figures[at - 1].end)
    for figure in line.figures[at + 1 :]:
        words = line.folded[parts[-1].end : figure.start]
        closed = words.count(")") > words.count("(")
        if (closed or re.search(r"[;。]|^\)[,;]", words)) and (_APART if apart else _NEXT_MEMBER).fullmatch(words) is None:
            break
        if figure.unit == first.unit and figure.start >= parts[-1].end and not line.aside(figure):
            if re.search("[,;]", words) and _TAKES_UP.match(line.clause(figure)) and not _OUTCOME.match(line.clause(figure)):
                break
            parts.append(figure)
    return parts


def _whole(line: Line, at: int, parts: list[Observation]) -> Observation | None:
    """The count before a list that its parts make up exactly; else the nearest that is large enough for the first of them."""
    first = parts[0]
    before = [o for o in line.figures[:at] if o.unit == first.unit and o.end <= first.start and line.whole(o)]
    total = sum((part.value for part in parts), Decimal(0))
    exact = [o for o in before if o.value == total and len(parts) > 1]
    large = [o for o in before if o.value >= first.value]
    found = exact or large or before
    return found[-1] if found else None


def _within(whole: Observation, parts: list[Observation]) -> list[Observation]:
    """The parts up to where they make more than the whole."""
    total, kept = Decimal(0), list[Observation]()
    for part in parts:
        total += part.value
        if kept and total > whole.value and part.value != whole.value:
            break
        kept.append(part)
    return kept


def _outcomes(line: Line) -> Iterator[Part]:
    open_: list[tuple[float, Observation]] = []
    last: Observation | None = None
    for figure in line.figures:
        before, clause = last, line.clause(figure)
        if before is not None and ";" in line.folded[before.end : figure.start] and RESULT.match(clause) is None:
            goes_on = _rank(clause) < len(_STAGES) and all(r != 1 for r, _ in open_)  # 新收50件;办结46件
            open_ = [(r, o) for r, o in open_ if r == 0 and goes_on and _of_one(line.clause(o), clause)]
        last = figure
        if figure.unit not in CASES or line.aside(figure):
            continue
        rank = _rank(clause)
        closed = _HANDED_ON.match(clause) is not None  # what is handed on is no part of what was closed
        wholes = [o for r, o in open_ if (r < rank if rank != 1 else r == 0) and not (closed and r == 2) and o.unit == figure.unit and o.end <= figure.start]
        large = [o for o in wholes if o.value >= figure.value] or wholes
        if large[0].value < figure.value and _TAKES_UP.match(clause) if large else False:
            large = []  # 处理投诉39件,查处案件40件: no part of fewer
        if large and (_OUTCOME.match(clause) or _is_told_behind(line, figure, clause)) and not _WITH_OLD.match(line.folded, figure.end):
            yield Part(figure, large[-1], listed=False)
        bracket = max(line.folded.rfind(mark, max(0, figure.start - 40), figure.start) for mark in "()")
        inside = bracket >= 0 and line.folded[bracket] == "("
        if not inside and (_PROCESS.search(clause) or _is_taken_up(line, figure)):
            open_.append((rank if rank < len(_STAGES) else _ANY, figure))


def _is_told_behind(line: Line, figure: Observation, clause: str) -> bool:
    """Whether what became of some stands behind their number: 共有项目80件,有65件已完成."""
    return _SOME.fullmatch(clause) is not None and _BECAME.match(line.folded, figure.end) is not None


def _of_one(whole: str, part: str) -> bool:
    """Whether what became of some, told behind a ;, can be of what was received before it: no other matter is named."""
    return set(_MATTERS.findall(part)) <= set(_MATTERS.findall(whole))


def _is_taken_up(line: Line, figure: Observation) -> bool:
    """Whether what is done to a count stands behind it: 对317件文件开展清理."""
    behind = line.folded[figure.end : figure.end + 40]
    return ("查" in behind or "清理" in behind or "审核" in behind) and _TAKEN_UP.match(behind) is not None


def _rank(clause: str) -> int:
    return next((rank for rank, stage in enumerate(_STAGES) if stage.search(clause)), len(_STAGES))


def root_of(figure: Observation, parts: Sequence[Part]) -> Observation:
    """The whole that a listed part, or an outcome, belongs to; the figure itself where it is none."""
    return next((part.whole for part in parts if part.part.start == figure.start), figure)

"""Quantities → the words that may name them: the clause before a figure, what it counts, the rest of its sentence."""

import re
from dataclasses import dataclass, replace

from kg.model import Quantity

_LEAD = re.compile(r"^(?:\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]|[一二三四五六七八九十]是|其中|以及|共|并|和|及(?![格时])|首次)")
_TRAIL = re.compile(r"(?:分别)?(?:由|从|共|达到|达|超过|超|突破|约为|约|近|(?<!行)为|至|均达|均为|均|至少|不低于|不少于|不超过)+$")
_STOP = re.compile(r"[,;。:!?\n]")
_AFTER = re.compile(r"(?![()]|[、和及与](?!其))[\u4e00-\u9fff()\"+、]{0,20}")
_ASIDE = re.compile(r"\((?:含|其中|包括|不含)[^()]*\)")  # says what is counted too, not what the figure is
_HELD_IN = re.compile(r"\(含[^()]*\)")  # what another figure holds
_LAW = re.compile(r"《[^《》]{2,40}(?<!宪)(?:法|条例|规定|办法)》")  # an exam on a law of penalties counts no penalties
_PARTITIVE = re.compile(r"中(?![心央介小国医学标级层长共型高])")
_PREDICATE = re.compile(
    r"(?:先后|全部|均|已|也)?(?:配备|配齐|建立|开展|参加|参与|完成|进行|组织|作出|接受|通过|纳入|实现|建成|获得?|荣获|被|入选|成功|研究|部署|取得|主持|统一|上云|办理|入驻|实行|推行|达到|位列|排名|共同|联合|受到|在|为|用于|如期)"
)
_REST = re.compile(r"(?![()])(?:[^,;。:!?\n()]|\([^,;。:!?\n()]*\)){0,40}")
_SCOPE = re.compile(r"(?:参与|涉及|包括|涵盖|围绕|开展|涉)[^,]*?((?:[^、,]+、){2,}[^、,]+等)$")
_CHANGE = re.compile(
    r"[,、]?(?:大幅|逐步|进一步)?(?:压缩|压减|压降|缩短|减少|降低|下降|提高|提升|上升|增加|增长|扩大|调整|整合|精简|优化|降|减|升|增|扩)?(?:到|至|为|成|→|[-—–~])(?:20\d\d年的?)?"
)
# A sentence that speaks of the centre or platform named last: 中心运行以来,累计接待…
_ANAPHOR = re.compile(r"(?:该|本)?(?P<head>中心|平台|热线|系统)(?=(?:正式|全面)?(?:运行|成立|建成|启用|上线|投用|投入|挂牌|开通)[^,。;]{0,6}[,以])")
_DONE_TO = re.compile(r"(?:(?=[免不]予处罚|免除处罚)|开展|进行|实施|组织|作出|予以|逐一|全面)(?P<act>[\u4e00-\u9fff]{2,14})")
# What is done to a figure stands behind it: 对5部规章开展后评估, 对现行有效的18部规章和415件文件进行清理, 组织45名执法人员参加培训.
_ACTS = (
    (re.compile(r"(?<![作])[对为][^,;。\d]{0,8}$|对[^,;。]{1,30}[、和与及]$|分$"), _DONE_TO),
    (re.compile(r"(?:组织|选派|安排)[^,;。\d]{0,12}$"), re.compile(r"参加(?P<act>[\u4e00-\u9fff]{2,14})")),
)
_NEXT = re.compile(r"[、和与及](?=\d)")
_SHARE = re.compile(r"[,、(]占[^,;。()]{0,14}\d")
_LEVEL = re.compile(r"、(?:国家|省部?|自治区|市|州|县|区|县\(市、区\)|乡镇|镇|村)级")
_LASTING = re.compile(r"(?:已|均)?连续[^,;。]{1,4}年(?P<verb>(?:保持|稳定|维持|实现|达到|达|均为|均|为|在)+)$")
_BEFORE = 240
_LINE, LONGEST_HEADING = 300, 40
_SUM = re.compile(r"[,、]?(?:共计|合计|总计)?")
_GROWTH = re.compile(r"(?:同比|环比|比上年|较上年|较去年|比去年|年均)?(?:增长|增加|上升|提高|提升|下降|减少|降低|压减)(?:了|约|近|超)?$")


@dataclass(frozen=True)
class Context:
    """The words that may name a figure, from the nearest to the widest."""

    near: str
    after: str
    wide: str
    rest: str = ""
    line: str = ""
    act: str = ""
    share: bool = False  # whether the figure's share of a whole follows it: 行政处罚类20件,占40%

    @property
    def own(self) -> str:
        """The words since the last 、 or other mark, what is done to it and what is counted: no other figure's."""
        return re.split(r"[、,;。:]", self.near)[-1] + self.act + self.after

    @property
    def name(self) -> str:
        """The figure's name as worded."""
        bare = _LEAD.sub("", (self.near + self.after).strip("、 “”")).lstrip("()、")
        return _TRAIL.sub("", bare) or self.wide[-20:]


def context_of(folded: str, quantity: Quantity, before: Quantity | None, sentence_start: int) -> Context:
    """Give the words that may name a quantity; `before` is the quantity before it in the text."""
    clause = max(
        (m.end() for m in _STOP.finditer(folded, max(sentence_start, quantity.start - 80), quantity.start)), default=max(sentence_start, quantity.start - 80)
    )
    match = _AFTER.match(folded, quantity.end)
    near = _near(folded, quantity, before, clause, match.group() if match is not None else "")
    after = match.group() if match is not None and (near == "为" or not near.endswith(("达", "为"))) and not _CHANGE.match(folded, quantity.end) else ""
    if _PARTITIVE.match(after):
        after = ""  # 审结的97件中直接纠错6件: what stands behind 中 is of the next
    rest = _REST.match(folded, quantity.end)
    behind = rest.group() if rest is not None else ""
    done = next((pattern.search(behind) for lead, pattern in _ACTS if lead.search(folded, clause, quantity.start) is not None), None)
    if done is not None:
        behind = _NEXT.split(behind)[0]
    named = _SCOPE.search(near)
    return Context(
        near[: named.start(1)] if named is not None else near,
        _noun(after.split("、")[0] if near and len(near) > 3 else after) or (after[:14] if not near.strip(",;、 ") else ""),
        _antecedent(folded, sentence_start) + _HELD_IN.sub("", folded[max(sentence_start, quantity.start - 120) : quantity.start]),
        behind,
        _line_before(folded, quantity.start),
        done["act"] if done is not None else "",
        _SHARE.match(folded, quantity.end) is not None,
    )


def _near(folded: str, quantity: Quantity, before: Quantity | None, clause: int, after: str) -> str:
    """The words between the begin of the clause, or the figure before, and the figure."""
    if before is not None and (lasting := _LASTING.search(folded, max(clause, before.start - 4), quantity.start)) is not None:
        return folded[clause : lasting.start()] + lasting["verb"]  # 出庭应诉率连续三年保持100%: the years are no name
    follows = before is not None and clause < before.end <= quantity.start
    near = _LAW.sub("", _ASIDE.sub("", folded[before.end if before is not None and follows else clause : quantity.start]))
    # A member of a list that has a number of its own: what it counts stands behind.
    return "" if after and (near.endswith("、") or (follows and near.endswith(("和", "与", "及")))) else near


def _line_before(folded: str, at: int) -> str:
    """The line up to a place, with the line above where that is a heading."""
    start = folded.rfind("\n", 0, at) + 1
    above = folded[folded.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
    heading = above if len(above) <= LONGEST_HEADING and above[-1:] not in ("。", ";") else ""
    return heading + folded[max(start, at - _LINE) : at]


def _antecedent(folded: str, start: int) -> str:
    """The name that 中心 or 平台 at the head of a sentence stands for: the last one before with that head, on the same line."""
    anaphor = _ANAPHOR.match(folded, start)
    if anaphor is None:
        return ""
    before = folded[max(folded.rfind("\n", 0, start) + 1, start - _BEFORE) : start]
    names = re.findall(rf"[\u4e00-\u9fff]{{2,6}}{anaphor['head']}", before)
    return names[-1] if names else ""


def _noun(after: str) -> str:
    """What a figure counts, without what is said of it: 社区配备了法律顾问 → 社区."""
    said = _PREDICATE.search(after)
    return after[: said.start()] if said is not None else after


def _is_level(words: str) -> bool:
    """Say whether the words before a figure only tell of which level it is, so that it counts what the one before counts (省级村1个、市级3个)."""
    return _LEVEL.fullmatch(words) is not None


def carry_name(context: Context, before: str, grows: bool) -> Context:
    """Give a figure the name of the one before where it only tells how that has moved (同比下降9%), or is its other count (8期、410人次; 8批46个; 每村3名,共计36名)."""
    if grows:
        return replace(context, near=before + context.near.strip(",、"))
    alone = _SUM.fullmatch(context.near) is not None and not context.after
    return replace(context, near=before) if alone and before else context


def goes_on(before: Quantity, quantity: Quantity, context: Context) -> bool:
    """Whether a figure is of what the one before is of: its new value, the upper end of its range, or the next level of one list."""
    ends = before.bound == "min" and quantity.bound == "max" and quantity.start - before.end <= 2
    return ends or (before.role == "from" and _is_change(context.near)) or (before.unit == quantity.unit and _is_level(context.near))


def name_at_level(name: str, context: Context) -> str:
    """Name the next level of a list by what the one before counts: 创建省级示范村2个、市级5个 → 创建省级示范村(市级)."""
    return f"{re.sub(r'[(][^()]*级[)]$', '', name)}({context.near.strip('、')})" if _is_level(context.near) else name


def is_growth(words: str) -> bool:
    """Say whether the words before a figure only tell how the one before has moved (同比增长9%)."""
    return _GROWTH.fullmatch(words.strip(",、")) is not None


def _is_change(words: str) -> bool:
    """Say whether the words between two figures only lead from the old value to the new one (由2.1次降到0.6次)."""
    return _CHANGE.fullmatch(words) is not None

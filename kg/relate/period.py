"""Words around a figure → its time: flow, stock or cumulative; the year, a part of it, a state as of its end, or several years."""

import re

from kg.grids import cell_at
from kg.model import Period, Sentence
from kg.ontology import Concept

_SINCE = re.compile(
    r"运行以来|启用以来|成立以来|上线以来|开通以来|实施以来|开展以来|启动以来|推行以来|自[^,。;]{2,24}以来|(?:行动|斗争|整治|机制|制度|试点|改革)以来"
)
_SHARE = re.compile(r"占[^,;。]*$")  # 占申请总数的20%: no total of its own
_REACHES = re.compile(r"(?<=率)[^,;。]{0,4}达到|(?<=率)[^,;。]{0,2}均达到")
_RATE, _PEOPLE, _TOUCHES = re.compile(r"%(?:以上|左右|以内)?$"), re.compile(r"(?:人|人次|名|户)$"), re.compile(r"覆盖|涉及")
_CASES, _HOLDS = re.compile(r"(?:件|起|宗|例|件次)$"), re.compile(r"覆盖|涉及|涵盖|纳入|共有|建成|拥有")  # cases come in, whatever they touch
_ITEMS, _ITEM_ACTS = (
    re.compile(r"(?:(?:权力?|服务|许可|处罚|强制|执法|监管|检查|审批|备案|责任|履职|公共|政务|行政|证明|承诺|[网通可即]办|免证|集成|保留)(?:的)?事项|权力)$"),
    re.compile(r"取消|下放|清理|调整|受理|办理|推出|新增|公示|承接|完成|减少|精简|压减|梳理|申请|审批|审核|督办|议|提请|解决|讨论|研究|整改|交办|服务事项$"),
)  # so many items of power that there are: 行政权力事项1525项
_CUMULATIVE = re.compile(r"累计|总量|(?<!案件)总数|共有|历年|汇聚|归集|接口|调用")
_STOCK = re.compile(
    r"总量|实有|在编|核定编制|编制\d|接入|现行(?!使)|现有|拥有|共有|达到|入驻|常驻|轮驻|配备|在册|注册|覆盖|现行有效|持证|网格|拥有量|建成|设立|设有|目前|截至|压缩至|缩短至|事项库|纳入|涉及(?!劳动者|标的|金额|人员|群众|资金|当事人|农民工|申请人|投资|面积|土地|耕地|\d)|涵盖"
)
_STANDS = re.compile(
    r"现有|实有|在册|在编|注册|截至|目前|共有|拥有|常驻|入驻|轮驻|持证|建成|设立|设有|达到|压缩至|缩短至|纳入|现行有效"
)  # what overrides an indicator that is a flow
_RESULT = re.compile(
    r"(?:增|扩|提高|扩大|增加|压减|压降|降|减|提速|缩短|压缩|精简|整合|归并)[^,;。\d]{0,8}?(?<!幅)(?:至|到|为)(?:约|近|超)?(?:[^,;。\d]{0,8}时间)?$"
)  # what it has come to
_YEARS = re.compile(
    r"[两三四五]年来|这[三四五]年|过去[两三四五]年|(?<![(《〈\d])20\d\d年?(?:\d{1,2}月)?(?:至|到|—|-|–|~)20\d\d年(?![^,。;]{0,8}(?:规划|计划|纲要|方案|行动|立法))|近[两三四五]年|近\d年|年均|\"?十[二三四五]五\"?(?:时期|期间|以来)|(?<!对)(?<!对照)(?<!将)(?:19|20)\d\d年以来(?![^,。;]{0,20}(?:出台|制定|印发|实施|发布|颁布|办理|受理|立案)的)"
)
# A part of the year, unless what follows speaks of the whole of it again.
_PART_OF_YEAR = re.compile(
    r"(?P<other>上半年|下半年|本周|本季度|前[一二三]个?季度|前(?!12)(?:1?\d|[一二三四五六七八九十]{1,2})个月|第?[一二三四]季度|(?<!\d)(?!0?1月?(?:1日)?(?:—|-|–|~|至|到)12月)\d{1,2}月?(?:\d{1,2}日)?(?:—|-|–|~|至|到)\d{1,2}月(?:份|\d{1,2}日)?|\d{1,2}月(?:份|\d{1,2}日)?(?:至|到)(?:当年|年|20\d\d年)底)|(?P<month>(?<![\d至止])\d{1,2}月份|本月|(?<=20\d\d年)\d{1,2}月(?=[,全各]))|全年|年内|截至|截止|年底"
)
# A year that a clause begins with: 到2026年底, 2022年受理…; not a span of years, nor a document's.
_STATED = re.compile(
    r"(?:^|[,;。:()])(?:力争|确保|预计)?(?:到|至|截至|截止|截至到|自|在)?(?P<year>20\d\d)年(?!以?来|以前|前|至|—|-|起|[^,;。]{0,16}(?:出台|制定|印发|实施|发布|颁布|立案)的)"
)
_ITS_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)年(?:度|末|底)?的?$")
_TIME = re.compile(
    r"20\d\d年|全年|今年|本年|年内|年度|年底|年末|年来|以来|截至|截止|目前|累计|去年|上年|每[年季月周日]|\d月|季度|本周|本月|半年"
)  # a sentence with a time of its own
_COMPARED = re.compile(
    r"(?:比|较|与|同|跟)[^,;。]{0,4}(?:去年|上年|20\d\d年)(?:度)?(?:同期)?|(?:去年|上年|20\d\d年)同期|同比|环比"
)  # whose time is not spoken of
PARTS = ("other", "month", "multi_year")
_NUMBER = re.compile(r"(?:共|达|为)*[\d,.]+(?:余|多)?[\u4e00-\u9fff]{0,2}$")
_RECURRING = re.compile(r"每半年|每季度|每月|每周|每年")


def time_of(words: str, name: str, start: int, concept: Concept | None, year: int | None, sentence: Sentence | None, folded: str) -> tuple[str, Period]:
    """Tell flow, stock or cumulative, and the period of a figure; `words` end with it, `name` is its name, `start` its place."""
    label = str(year) if year is not None else ""
    temporal = concept.value("temporal") if concept is not None else None
    opening = folded[sentence.start : start] if sentence is not None else words
    opening_year = [match["year"] for match in _STATED.finditer(opening)] if "20" in opening else []
    own = _ITS_YEAR.search(folded, max(0, start - 9), start)
    label = own["year"] if own is not None else opening_year[-1] if opening_year else label
    if (cell := cell_at(folded, start)) is not None and cell.year is not None:
        return temporal or "flow", Period("year" if temporal in (None, "flow") else "as_of", cell.year)
    if any(_spans(since, opening) for since in _SINCE.finditer(opening)):
        return "cumulative", Period("since_launch", "")
    if _RECURRING.search(words[-40:]):
        return temporal or "flow", Period("recurring", label)
    if any(match.group() != f"{year}年以来" for match in _YEARS.finditer(opening)):
        return temporal or "flow", Period("multi_year", "")
    part = _part_in(opening, label) if temporal in (None, "flow") else None
    if part is not None:
        return "flow", part
    if temporal in (None, "flow"):
        clause = re.split(r"[,;。]", words)[-1]
        near = name + clause[-20:]
        if temporal is None and _RESULT.search(folded[start - 14 : start]):
            return "stock", Period("as_of", label)
        temporal = _temporal_of(near, clause, words, name, concept)
    return temporal, Period("year" if temporal == "flow" else "as_of", label)


def _spans(since: re.Match[str], opening: str) -> bool:
    """Whether what is said of since when holds for a figure behind it: for all of a sentence where it opens a clause, else for its own clause."""
    return opening[since.end() : since.end() + 1] in (",", "") or re.search("[,;。]", opening[since.end() :]) is None


def _temporal_of(near: str, clause: str, words: str, name: str, concept: Concept | None) -> str:
    """Tell flow, stock or cumulative by the words at a figure."""
    if "全年" in near:
        return "flow"
    total = _SHARE.sub("", clause)
    if _CUMULATIVE.search(total if _CASES.search(words) is None else _HOLDS.sub("", total.replace("总数", ""))):
        return "cumulative"
    if (_STOCK if concept is None else _STANDS).search(_standing(near, words)) or (concept is None and _are_items(clause, name)):
        return "stock"
    return "flow"


def _are_items(clause: str, name: str) -> bool:
    """Whether a figure counts the items of power or service that there are."""
    return clause.endswith("项") and _ITEMS.search(_NUMBER.sub("", clause)) is not None and _ITEM_ACTS.search(name) is None


class Spoken:
    """The part of a year that a page of statistics speaks of: the one its head names, then the one named last, until another time is named."""

    def __init__(self, head: str | None, year: int | None) -> None:
        label = str(year) if year is not None else ""
        self._plain, self._holds = Period("year", label), head is not None  # in a report no part of the year holds
        self._part = _part_in(head, label) if head is not None else None

    def period_of(self, opening: str, own: Period) -> Period:
        """Give a figure's time; `opening` is its sentence up to it, `own` the time that the sentence alone tells."""
        if not self._holds:
            return own
        if own.kind in PARTS:
            self._part = own
        elif _TIME.search(_COMPARED.sub("", opening)) is not None:
            self._part = self._part if own.kind == "as_of" else None
        elif self._part is not None and own == self._plain:
            return self._part
        return own


def _part_in(words: str, label: str) -> Period | None:
    part = max(_PART_OF_YEAR.finditer(words), key=lambda match: match.start(), default=None)
    return Period(part.lastgroup, f"{label}年{part.group()}" if label else part.group()) if part is not None and part.lastgroup is not None else None


def _standing(near: str, words: str) -> str:
    """Leave out words that tell of a state only elsewhere: a rate that 达到, people whom something 覆盖 or 涉及."""
    near = _REACHES.sub("", near) if _RATE.search(words) else near
    return _TOUCHES.sub("", near) if _PEOPLE.search(words) else _HOLDS.sub("", near) if _CASES.search(words) else near

"""Sentence → Clauses, and what stands in each: bodies at its head, quantities, mechanisms."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.measures.acts import ANY, START, WILL
from kg.model import BodyMention, MechanismMention, Quantity, Sentence, Span

ENUMERATOR = re.compile(
    r"\s*(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,2}(?:是|要)|\d{1,2}[.、．](?!\d)|[①-⑩]|——|-{1,2}|第?[一二三四五六七八九十]{1,2}[、,])\s*"
)
_TIME = re.compile(
    r"(?:力争|计划|争取)?(?:在|于|到)?(?:19|20)\d{2}年(?:年|\d{1,2}月)?(?:底|末)?(?:前|之前)|(?:(?:截至|截止)?(?:19|20)?\d{0,4} ?年(?:度内|度|内|底|来|以来|末|初)?(?:\d{1,2}月(?:底|\d{1,2}日)?)?|(?:上|下)半年|每?半年(?=[\u4e00-\u9fff])|前[一二三]个?季度|\d{1,2}月?[—\-–~至到]\d{1,2}月份?|截至\d{1,2}月底?|(?:于|在|自|截至|截止)?(?:今年)?\d{1,2}月(?:份|初|底|末|中旬|上旬|下旬|以来)?(?:前)?(?=[\u4e00-\u9fff,、])|连续\d+年|全年|今年(?:以来|来|上半年|下半年)?|本年度|一年来|每年[初底]|年度内|年内|年初|年末|年底|日前|近期|随后|其间|(?:疫情|灾情)发生后|期间|目前|同时|此外|另外|其中|截至目前|下一步|下步|今后|新的一年)[,、]?"
)
# What shows that 将 hands an object over (将…纳入考核) and does not announce a future act (将继续完善).
HANDED = r"[^,。;:]{1,60}?(?:纳入|列入|列为|作为|视为|定为|融入|贯穿|贯彻到|下放|下沉|转化为|统一|合(?:二|三|多)为一|向社会|向全|改为|转为|改成|划入|移交|摆在|放在|逐项|同(?:部署|谋划|推进|落实|考核|步)|相结合|落实到|延伸|协同|一并|一体|写入|嵌入|接入|交由|报(?:市|县|区|省)?(?:委|政府)|(?:分解|细化|量化|明确|落实|配置|赋予|压缩|压减|缩短|调整|合并|整合|划分|提升|提高|扩大|精简|归并|移送|报送|上传|推送|公布|公开|推广|下达|分配){1,2}(?:到|至|为|给|成|于|在))"
_FILLER = re.compile(
    rf"(?:我们|第?[一二三四五六七八九十]{{1,3}}届(?=[省市县区州盟旗](?:委|政府))|(?:我|全|本)(?:省|市|县|区|州|盟|旗|局|厅|委|办|镇|乡|街道|单位))(?:上下)?(?:将|要|会)?|(?:将(?!{HANDED})(?={WILL})|要|还要|并|还|也|又|先后|累计|共计?|均|已|再|且|分别|(?:\d+|[两三四五六七八九十]+)余?次(?=组织|召开|主持|专题|听取|研究|参加|开展|举办|深入))|(?:继续(?=[\u4e00-\u9fff]{{2}}))|(?:重点)?(?:突出抓好|重点做好|重点抓好|着力抓好)"
)
# One head behind several: 提出废止1件、修改2件政府规章的建议.
_ONE_HEAD = re.compile(r"[^,;。、]{2,24}的(?:建议|意见|请求|申请|方案|任务)(?=[,;。])")
# Ways and means told in one breath: 通过召开座谈会、上门走访,发放问卷等形式,征求意见.
_WAYS = re.compile(
    r"(?:通过|采取|采用|运用|利用|借助|以)(?![\d])[^。;:\n]{4,140}?等(?:多种|各种|多样化?|多元|有效|方面)?(?:的)?(?:形式|方式|方法|途径|手段|渠道|措施|载体|平台|活动|契机|机会|举措)(?=[,、]|[\u4e00-\u9fff])"
)
_SEATS = re.compile(
    r"(?:成立|组建|调整|设立)[^。;\n]{2,160}?(?:为|任)成员的|(?:成立|组建|调整|设立)[^。;\n]{2,160}?(?:负责|组成)的(?=[^,。;]{2,20}(?:小组|专班|指挥部))"
)
_AND_SO_ON = re.compile(r"等(?:各项|相关|配套)?(?:制度|机制|工作|事项)")
_MARK = re.compile(r"[,;。:!?\n、《》()]")
_JOINS = ("、", "和", "与", "及其", "及")
_NUMBERED = re.compile(r"(?:全[省市县区州]|[省市县区]本级|[省市县区]直)?\d+余?[个家]")
_BESIDES = re.compile(r"\s*(?:同时|此外|另外)")
_TIMES = re.compile(r"\d+余?次(?:专题|集中|及时|先后)?")  # 县政府常务会议2次听取汇报
_HELD = re.compile(r"召开|举办|组织|参加")  # 召开党委会7次、中心组学习会2次
_BY = re.compile(r"由[\u4e00-\u9fff]{2,16}(?:牵头|负责|统筹|主办|承担)")
_TALLIES = re.compile(r"累计|共|先后|全年|立案|网上|扫码")  # what a body did, counted: 29家执法单位累计扫码6425次
_NOT_ACTING = re.compile(r"的|等|为核心|内|间|关于|,|[^,。;\d]{2,30}率(?:均|都|分别)?(?:达|为|在|\d)")  # 区政府|文件备案率达100%
_OF_A_HOUSE = re.compile(r"班子|主要(?:负责|领导)|领导(?!小组)|负责人|(?:副|党组|党委)?书记|副?[省市县区州旗镇乡局厅]长(?!效)|分管")
_QUOTED = re.compile(r'"[^"\n。;]{1,40}"')


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas, with where its own words begin (after enumerators, times and fillers)."""

    start: int
    end: int
    core: int
    new_group: bool
    counted: int  # how many quantities it holds


class Reading:
    """One text with its mentions, indexed by place, read clause by clause."""

    def __init__(self, folded: str, bodies: Sequence[BodyMention], mechanisms: Sequence[MechanismMention], quantities: Sequence[Quantity]) -> None:
        self.folded = folded
        self.bodies = {body.start: body for body in bodies}
        self._quantity_starts = sorted(quantity.start for quantity in quantities)
        self._quantity_at = frozenset(self._quantity_starts)
        self._quantity_ends = {quantity.end for quantity in quantities}
        self._quoted = [match.span() for match in _QUOTED.finditer(folded)]
        self.way_ends = {match.end() for match in _WAYS.finditer(folded)}
        self._ways = sorted(match.span() for pattern in (_WAYS, _SEATS) for match in pattern.finditer(folded))
        self.leads: dict[int, bool] = {}  # what was found of a clause, by its start
        self._platforms = {m.end for m in mechanisms if m.type == "platform"}
        self._mechanism_spans = sorted((m.start, m.end) for m in mechanisms)

    def text(self, clause: Clause) -> str:
        """A clause's own words."""
        return self.folded[clause.core : clause.end]

    def clauses(self, sentence: Sentence, planned: bool) -> Iterator[Clause]:
        """Cut at , ; and, in plans, at 、 before a verb; commas inside quotation marks and brackets do not cut."""
        position, depth, new = sentence.start, 0, True
        for mark in _MARK.finditer(self.folded, sentence.start, sentence.end):
            at, char = mark.start(), mark.group()
            depth += (char in "《(") - (char in "》)")
            if depth <= 0 and self._cuts(char, at, position, planned):
                if at > position:
                    yield self._clause(position, at, new)
                new = char in ";:。" or (char == "、" and planned) or _BESIDES.fullmatch(self.folded, position, at) is not None
                position = at + 1
        if position < sentence.end:
            yield self._clause(position, sentence.end, new)

    def _cuts(self, char: str, at: int, position: int, planned: bool) -> bool:
        """Say whether a mark ends a clause: any comma or stop outside quotation marks; 、 before a verb, in plans or behind a count."""
        if char == "、":
            if at in self._quantity_ends and at + 1 in self.bodies:
                return at - position >= 6 and _HELD.match(self.folded, self._clause(position, at, False).core) is None
            if _ONE_HEAD.match(self.folded, at + 1) is not None:
                return False
            return START.match(self.folded, at + 1) is not None and at - position >= 6 and (planned or at in self._quantity_ends)
        if char in "《》()":
            return False
        return not _within(at, self._quoted) and not _within(at, self._ways)

    def _clause(self, start: int, end: int, new: bool) -> Clause:
        core = start
        while core < end:
            match = (
                ENUMERATOR.match(self.folded, core, end)
                or _TIME.match(self.folded, core, end)
                or (None if core in self.bodies and self.bodies[core].rule != "self" else _FILLER.match(self.folded, core, end))
            )
            if match is None or match.end() == core:
                break
            core = match.end()
        counted = bisect_left(self._quantity_starts, end) - bisect_left(self._quantity_starts, start)
        return Clause(start, end, core, new or _BESIDES.match(self.folded, start, end) is not None, counted)

    def actors(self, clause: Clause) -> tuple[BodyMention, ...]:
        """The bodies named at the head of a clause, several joined by 、 or 和."""
        at = clause.start
        while at < clause.core and at not in self.bodies:
            at += 1
        if clause.core + 1 in self.bodies and _BY.match(self.folded, clause.core, clause.end) is not None:
            at = clause.core + 1  # 由政策法规科牵头
        at = clause.core if at not in self.bodies else at
        if (number := _NUMBERED.match(self.folded, at, clause.end)) is not None and number.end() in self.bodies:
            at = number.end()  # 25个党支部将…
        found: list[BodyMention] = []
        while at in self.bodies and self.bodies[at].end <= clause.end:
            found.append(self.bodies[at])
            at = self.bodies[at].end
            at += next((len(word) for word in _JOINS if self.folded.startswith(word, at) and at + len(word) in self.bodies), 0)
        if at in self._quantity_at and (often := _TIMES.match(self.folded, at, clause.end)) is not None:
            return tuple(found) if ANY.match(self.folded, often.end(), clause.end) is not None else ()
        if (
            not found
            or at >= clause.end - 1
            or at in self._quantity_at
            or _NOT_ACTING.match(self.folded, at, clause.end) is not None
            or (_OF_A_HOUSE.match(self.folded, at) is not None and not self._holder_acts(at, clause.end))
        ):
            return ()
        acts = self.count(clause) == 0 or ANY.search(self.folded, at, clause.end) or _TALLIES.match(self.folded, at, clause.end)
        return tuple(found) if acts else ()

    def named(self, clause: Clause) -> set[str]:
        """The names of the bodies that act in a clause, as they stand there."""
        return {self.folded[body.start : body.end] for body in self.actors(clause)}

    def _holder_acts(self, at: int, end: int) -> bool:
        """Whether cadres act for the bodies before them: 各镇领导干部参加考试, not 县委领导下."""
        return self.folded.startswith("领导干部", at) and START.match(self.folded, at + 4, end) is not None

    def behind_bodies(self, clause: Clause) -> int:
        """Where a clause's words begin behind the bodies at its head."""
        at = clause.core
        while at in self.bodies and self.bodies[at].end < clause.end:
            at = self.bodies[at].end
            at += self.folded[at : at + 1] in "、和与及"
        return at

    def count(self, clause: Clause) -> int:
        """How many quantities a clause holds."""
        return clause.counted

    def any_count(self, group: list[Clause]) -> bool:
        """Whether a group holds a quantity."""
        return any(clause.counted for clause in group)

    def shares_name(self, clause: Clause, group: list[Clause]) -> bool:
        """Whether a clause repeats the name of a mechanism that the group names."""
        return any(self.folded[start:end] in self.text(clause) for start, end in self._mechanism_spans if group[0].start <= start and end <= group[-1].end)

    def makes_platform(self, clause: Clause) -> bool:
        """Whether a clause ends in the name of a platform."""
        return clause.end in self._platforms

    def has_mechanism(self, clause: Clause, strong: bool = False) -> bool:
        """Whether a clause names a mechanism; with `strong` one that reaches to the clause's end."""
        at = bisect_left(self._mechanism_spans, (clause.start, 0))
        while at < len(self._mechanism_spans) and self._mechanism_spans[at][0] < clause.end:
            end = self._mechanism_spans[at][1]
            if not strong or end >= clause.end - 2 or _AND_SO_ON.fullmatch(self.folded, end, clause.end) is not None:
                return True
            at += 1
        return False


def _within(at: int, spans: list[Span]) -> bool:
    """Whether a place lies inside one of the spans, which do not overlap and stand in order."""
    behind = bisect_left(spans, (at, at)) - 1
    return behind >= 0 and spans[behind][1] > at

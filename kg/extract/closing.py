"""Sentences that admit shortcomings → Shortcomings with their causes.

What an enumerator opens is a shortcoming of its own; a cause stands behind what it explains (…不足。主要原因是…), or before it
(由于…, …不高), or is listed behind 究其原因 (一是…, 二是…).
"""

import re
from collections.abc import Iterator, Sequence

from kg.extract.measures.clauses import ENUMERATOR
from kg.model import Sentence, Span

_LACK = re.compile(
    r"(?:还|尚|仍)?没有(?:真正|完全|充分|足额|完全)?(?:养成|形成|建立|落实|到位|跟上|得到|纳入)|未真正|有待|不够|不足|不强|不高|不平衡|不到位|不完善|不健全|不深|不充分|不规范|不全面|不及时|不均|不畅|不严|不多|不广|不一|不优|不实|不细|不紧|薄弱|亟待|亟需|还需|仍需|尚需|尚未|滞后|欠缺|欠|参差|短板|差距|偏[低少弱]|[较过][低少弱差]|落后|陈旧|老旧|有限|[量员力费]少(?=$|[,;。])|缺乏|缺口|矛盾突出|任务(?:繁重|艰巨)|难度|(?:方式|形式|手段|渠道|内容|途径)[^,。;]{0,6}(?:单一|简单|单调|粗放)|不适应|不相适应|不匹配|不协调|不一致|不顺|不熟悉|不扎实|不精|不透|不浓|偏弱|淡薄|脱节|缺位|缺失|停留在|流于形式|难以|跟不上|未能|匮乏|紧缺|短缺|单薄|老化|畏难|压力(?:较|仍|很)?大|需要?进一步|需(?:要)?(?:加强|提升|完善|强化)|存在[^,。;]{1,20}(?:问题|现象|情况)|(?:仍有|时有|屡有|多有)发生|(?:依然|仍然|仍旧|普遍)存在"
)
_REASONS = re.compile(
    r"(?:究其|分析|深究)(?:其)?(?:主要)?(?:原因|根源)|(?<![和与及、])(?:主要)?(?<![和与及、])(?:原因|根源|症结)(?:,(?=主要是|主要在于|是))?(?:是|在于|主要|有|为)"
)  # a noun, behind which a list may follow
_MAINLY = r"(?<=,)(?:其)?(?:主要(?:是|在于)|根本在于|根子在于|归根结底是|归根到底是|关键在于)(?!表现|体现|[一二三四]是)"
_CAUSE = re.compile(
    _REASONS.pattern
    + rf"|{_MAINLY}|"
    + r"(?:这?主要(?:是)?)?(?:由于|因为|缘于|源于|归因于)[^,。;]{2,40}|受[^,。;]{1,30}?(?:影响|限制|制约|约束|所限|局限)[^,。;]{0,6}|(?<![\u4e00-\u9fff])因(?!此|而|地制|人而|人施|案施|素)[^,。;]{2,40}(?=,)"
)
_GENERAL = re.compile(
    r"[^。;]{0,40}(?:虽然?|尽管)[^。;]{2,40}(?:成绩|成效|进展|进步)[^,。;]{0,6},但[^,。;]{0,16}(?:问题|不足|差距|短板|弱项)[^,。;]{0,4}$|20\d\d年|过去|但仍?存在|(?:[^,。]{0,30},)?(?:但)?(?:我[市县区省局].{0,20})?(?:仍|还)存在一?些?(?:不足|问题|差距)"
)
# A general admission, which counts only where nothing particular is admitted.
_COMPARED = re.compile(
    r"(?:总体来?看,|但|同时)?[^。;]{0,60}(?:与|对照|距离?|同|离)[^。;]{2,40}(?:相比|期待|要求|期盼)[^。;]{0,10}(?:差距|不足)$|[^,。;]{0,16}[仍还]有(?:一些|一定的?|不少|较大)?(?:问题|不足|差距|短板)$|[^。;]{0,50}还?存在(?:一些|一定的?|不少)(?:问题|不足|差距|短板|弱项|薄弱环节|困难)(?:[和、与]?(?:问题|不足|差距|短板|弱项|薄弱环节|困难))?$"
)
_LIST_LEAD = re.compile(r"^(?:如|例如|既有|也有|更有|比如|主要(?:表现为|是|有|体现在)|表现为|一是|二是|三是|四是|但|但是|同时|也|还|仍|对照[^,]{2,20},)[,:]?")
_SPLIT = re.compile(
    r"[;。]|,(?=[一二三四五六七八]是)|,(?=[也更]有[^,。;]{2,60}(?:原因|因素|影响))|(?<=[在些有多]不足)[,:]|(?<=[些的在要出下]问题)[,:]|(?<=差距)[,:]|[::]"
)
# A sub-heading, or what stands before a list: (一)主要问题, 存在的不足主要有:; (二)原因分析, 产生上述问题的主要原因是:
_LACKING = r"(?:问题|不足|短板|弱项|困难|差距|薄弱环节)(?:[和与及、](?:问题|不足|短板|弱项|困难|差距|挑战|薄弱环节))?,?(?:主要)?(?:有|是|表现(?:在|为)|体现在|集中在|如下)?"
_LACKS_FOLLOW = re.compile(
    rf"(?:[^,。;]{{0,12}}(?:中|上|方面))?(?:当前|目前)?(?:主要)?(?:还|仍)?(?:存在|面临)?(?:着)?的?(?:主要|突出|一些)*{_LACKING}|[^。;]{{0,60}}存在(?:着)?(?:一些|一定的?|不少|较多|诸多){_LACKING}"
)
_ASPECT = re.compile(r"[^,。;]{2,12}(?:层面|方面)的?(?:问题|不足|短板)?")  # 一是认识层面的问题。有的单位…
_LISTED = re.compile(
    r"(?:主要|具体|集中|突出)*(?:表现|体现|反映)(?:在|为)(?:以下)?(?:[一二三四五六几]?个?方面)?$|存在(?:着)?(?:以下|如下)(?:几个|[一二三四五六]个)?(?:方面)?(?:的)?(?:主要|突出)?(?:问题|不足|短板|困难)$"
)
_CAUSES_FOLLOW = re.compile(
    r"(?:(?:存在|产生|造成|导致|出现)?(?:上述|以上|这些|存在)?(?:问题|不足|短板|现象|情况)的?)?(?:存在|产生)?的?(?:主要)?(?:成因|原因|根源|症结)(?:分析|剖析)?(?:主要)?(?:有|是|在于|如下)?(?:以下)?(?:[一二三四五]?个?方面)?"
    r"|(?:之所以)?(?:存在|产生|造成|出现)(?:上述|以上|这些)(?:问题|不足|短板|现象|情况)(?:和不足|与不足)?"
)
_LEAD_TO_CAUSES = re.compile(
    r"(?:存在|产生|造成|导致|出现)?(?:上述|以上|这些)(?:问题|不足|短板|现象|情况)(?:和不足)?的?(?:存在|产生)?的?,?(?:究其|主要)?(?:原因|根源|成因),?(?:主要)?(?:是|在于|有|为)(?=[^,。;]{4})"
)
_WITH_CAUSES = re.compile(r"(?:问题|不足|短板|差距|困难)[^,。;]{0,6}原因")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]是|[一二三四五六七八九十]\)|\d[.、．])\s*$")
_REST = re.compile(r"[。:;,\s]*\Z")
_AT_MOST = 12  # shortcomings that one list of causes explains: what is written grows with their product
_ALL = re.compile("上述|以上|这些")
_STYLES = (re.compile(r"\s*\("), re.compile(r"\s*\d"), re.compile(r"\s*[一二三四五六七八九十]+[是要]"), re.compile(r"\s*[①-⑩]"))
_ITEMS = 2  # 一是, 二是: what stands in a list of what is lacking is lacking
Admitted = tuple[Span, tuple[Span, ...]]


def find_shortcomings(folded: str, sentences: Sequence[Sentence]) -> list[Admitted]:
    """Find admitted shortcomings with the causes that belong to them: [((start, end), causes)]."""
    reader = _Closing(folded)
    for sentence in sentences:
        if sentence.zone == "shortcoming" and not sentence.lead:
            reader.read(sentence)
        elif sentence.zone == "shortcoming":
            reader.paired = _WITH_CAUSES.search(folded, sentence.start, sentence.end) is not None
    found = list(zip(reader.spans, map(tuple, reader.causes), strict=True))
    if len(found) > 1:
        found = [each for each in found if each[1] or not _COMPARED.match(folded[slice(*each[0])])]
    return [((s, len(folded[:e].rstrip(",")) if folded[e - 1] == "," else e), c) for (s, e), c in found]


class _Closing:
    """The shortcomings read so far, and whether what comes next tells their causes."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.spans: list[Span] = []
        self.causes: list[list[Span]] = []
        self.explained: list[int] = []  # the shortcomings whose causes are being told; empty where none are
        self.headed = False  # whether 原因 stood by itself: then whole sentences tell causes
        self.listing = False  # behind 主要表现在: whatever is listed is lacking
        self.paired = False  # whether each item tells what is lacking, then why, as the heading has it
        self.style: int | None = None  # how the list of causes is numbered

    def read(self, sentence: Sentence) -> None:
        if self.explained and not self._goes_on(_style(self.folded, sentence.start)):
            self.explained = []
        self.listing = self.listing and self.folded[sentence.start - 1] == ";"
        for first, end in _pieces(self.folded, sentence):
            told = _LISTED.search(self.folded, first, end) is not None and self.folded.startswith(":", end)
            start, end = _trim(self.folded, first, end)
            if told:
                self.explained, self.listing = [], True
            elif _LACKS_FOLLOW.fullmatch(self.folded, start, end):
                self.explained, self.listing = [], self.folded.startswith(":", end)
            elif end > start and not (end < sentence.end and _ASPECT.fullmatch(self.folded, start, end)):
                self._take(first, start, end, _REST.match(self.folded, end, sentence.end) is not None)

    def _goes_on(self, style: int | None) -> bool:
        if style is None:
            return self.headed
        if self.headed and self.style is None:
            self.style = style
        return style == self.style

    def _take(self, first: int, start: int, end: int, last: bool) -> None:
        folded, style = self.folded, _style(self.folded, first)
        cause = _CAUSE.search(folded, start, end)
        opens = cause is not None and (cause.start() <= start + 2 or not _LACK.search(folded, start, cause.start()))
        alone = _CAUSES_FOLLOW.fullmatch(folded, start, end) is not None or (opens and cause is not None and end - cause.end() <= 2)
        reasons = alone or (opens and cause is not None and _REASONS.match(folded, cause.start(), end) is not None)
        if self.spans and (reasons or self.explained):
            if reasons:
                self.explained, self.headed, self.style = self._lacking(start), alone and last, None
            elif self.style is None:
                self.style = style
            lead = _LEAD_TO_CAUSES.match(folded, start, end)
            self._explain(self.explained, (lead.end() if lead is not None else start, end) if not alone else None)
        elif self.spans and style is None and (opens or (self.paired and self._behind_item(first))):
            self._explain([len(self.spans) - 1], (start, end))
        elif (
            end - start >= (4 if style == _ITEMS else 6)
            and (style == _ITEMS or self.listing or _LACK.search(folded, start, end))
            and not _GENERAL.match(folded[start:end])
        ):
            span, causes = _parted(folded, start, end, cause)
            self.spans.append(span)
            self.causes.append(list(causes))

    def _behind_item(self, start: int) -> bool:
        """Whether a sentence stands behind a numbered shortcoming on its line: 一是力量薄弱。编制多年未增。"""
        line = self.folded.rfind("\n", 0, start) + 1
        at = self.spans[-1][0]
        return line <= at and "。" in self.folded[self.spans[-1][1] : start] and _NUMBERED.search(self.folded[max(line, at - 8) : at]) is not None

    def _lacking(self, start: int) -> list[int]:
        """Tell which shortcomings a cause at start explains: those without one, on its line or, where it begins a line or says 上述, before it."""
        line = self.folded.rfind("\n", 0, start) + 1
        whole = start - line <= 4 or _ALL.search(self.folded, start, start + 12) is not None
        last = range(max(0, len(self.spans) - _AT_MOST), len(self.spans))
        spans = [(n, self.spans[n]) for n in last if not self.causes[n]]
        return [n for n, span in spans if (whole or span[0] >= line) and not _COMPARED.match(self.folded, *span)] or [len(self.spans) - 1]

    def _explain(self, which: Sequence[int], cause: Span | None) -> None:
        for n in which:
            self.causes[n] += [cause] if cause is not None else []


def _style(folded: str, start: int) -> int | None:
    return next((n for n, style in enumerate(_STYLES) if style.match(folded, start)), None) if ENUMERATOR.match(folded, start) else None


def _parted(folded: str, start: int, end: int, cause: re.Match[str] | None) -> Admitted:
    """Part what is lacking from why: 由于人手不足,|调解质量不高 and 调解质量不高,|主要因为人手不足; a cause in the midst stays in."""
    if cause is None:
        return (start, end), ()
    if cause.start() > start + 8 and _REASONS.match(folded, cause.start(), end):
        return (start, cause.start()), ((cause.start(), end),)
    comma = folded.find(",", cause.end(), end)
    if comma >= 0 and cause.start() <= start + 2:
        return (comma + 1, end), ((cause.start(), comma),)
    if comma >= 0 and _LACK.search(folded, comma, end):
        return (start, end), ((cause.start(), comma),)
    return (start, cause.start() if cause.start() > start + 8 else end), ((cause.start(), end),)


def _trim(folded: str, start: int, end: int) -> Span:
    while True:
        match = ENUMERATOR.match(folded, start, end) or _LIST_LEAD.match(folded[start:end])
        if match is None or match.end() == (0 if match.re is _LIST_LEAD else start):
            break
        start = start + match.end() if match.re is _LIST_LEAD else match.end()
    while end > start and folded[end - 1] in "。;,等 \n":
        end -= 1
    return start, end


def _pieces(folded: str, sentence: Sentence) -> Iterator[Span]:
    position = sentence.start
    for match in _SPLIT.finditer(folded, sentence.start, sentence.end):
        if match.start() > position:
            yield position, match.start()
        position = match.end()
    if position < sentence.end:
        yield position, sentence.end

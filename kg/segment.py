"""Source → Layout: header, title, sections and sentences that tile the body.

Level-one headings are found by sequence (一、 then 二、 …), so that a numbered list inside a section does not open a new
one. A paragraph that admits shortcomings, or announces the next year, closes the section it stands in.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.lexicon import fold, topic_of
from kg.model import Layout, Section, Sentence, Span
from kg.numerals import parse_chinese

_TITLE = re.compile(r"(?:法治|依法行政|法制|政府信息公开|政府)\S{0,30}(?:报告|总结)|(?:报告|总结)$")
_TITLE_HEAD = re.compile(r"[^>|:,。;\s]{2,40}(?:关于\S{0,12}|年度?|政府|局|厅|委|委员会|街道|镇|乡|办事处|工作|建设)")
_TITLE_TAIL = re.compile(r"关于|法治政府|依法行政|(?:工作)?情况|(?:工作|年度)报告|(?:19|20)\d{2}年")
_HEADING = re.compile(r"(?:第?([一二三四五六七八九十]{1,3})(?:、|部分[::\s、]|[.．]))\s*(?=[^\s])")
_RUN_IN = re.compile(r"(?<=[。;!?])\s*([一二三四五六七八九十]{1,3})、(?=[^、,。;]{4,30}[。\n])")
_SUB = re.compile(r"\(([一二三四五六七八九十]{1,3})\)\s*")
_ITEM = re.compile(r"\s*(?:\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,2}是(?!否)|[①-⑩]|第[一二三四五六七八九十],)\s*")
_CLOSED = re.compile("[^。!?！？\n]*(?:[。!?！？]+[\u201d\u2019」)]*|\n|$)")
_SHORT = re.compile(r"不足|问题|差距|短板|薄弱|困难|弱项")
_NEXT = re.compile(r"下一步|下一年|下步|今后|打算|思路|(?:工作|任务)(?:安排|计划|重点|部署)|展望|明年")
_ADMIT = re.compile(
    r"(?:存在|还有|仍有|面临|有)[^。,]{0,12}(?:不足|问题|差距|短板|薄弱环节|困难)|(?:不足|问题|差距|短板)[^。]{0,6}(?:主要|是|有|表现)|(?:与|对照)[^。,]{2,30}(?:相比|要求)[^。]{0,8}(?:差距|不足)"
)
LONGEST_SENTENCE = 1500
_CAPTION = re.compile(r"记者|摄(?:影)?$|供图|同志作")
_SOURCE_LINE = re.compile(r"(?:来\s*源|发布(?:日期|时间|机构)|发表时间|索\s*引\s*号|浏览次?[数量]?|点击数?|访问量|阅读次数)\s*[::]|发布(?:日期|时间)\s*\d{4}")
_ENDS = "。!?！？;；,，:："


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def segment_text(text: str) -> Layout:
    """Cut a text up; offsets are code points into it."""
    folded = fold(text)
    lines = [line for line in _split_lines(text, folded) if line.text]
    body_at = _body_start(lines)
    header, body = lines[:body_at], lines[body_at:]
    signature = _signature(body)
    if signature is not None:
        body = [line for line in body if line.start < signature[0]]
    sections = tuple(_sections(folded, body))
    end = body[-1].end if body else len(text)
    sentences = tuple(part for sentence in _sentences(folded, body, sections) for part in _shorten(sentence, folded))
    return Layout(body[0].start if body else len(text), _title(header), sections, sentences, signature, end)


def _shorten(sentence: Sentence, folded: str) -> Iterator[Sentence]:
    """Cut a sentence that never ends at commas, so that no step's work grows faster than the text."""
    start = sentence.start
    while sentence.end - start > LONGEST_SENTENCE:
        cut = max(folded.rfind(mark, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE) for mark in ",;、") + 1 or start + LONGEST_SENTENCE
        yield replace(sentence, start=start, end=cut, lead=False)
        start = cut
    yield replace(sentence, start=start) if start > sentence.start else sentence


def _split_lines(text: str, folded: str) -> Iterator[_Line]:
    position = 0
    for raw in text.split("\n"):
        lead = len(raw) - len(raw.lstrip())
        start, end = position + lead, position + len(raw.rstrip())
        yield _Line(start, max(start, end), folded[start:end])
        position += len(raw) + 1


def _body_start(lines: list[_Line]) -> int:
    """Index of the first line that is running text or the first heading."""
    for index, line in enumerate(lines):
        if line.text.startswith("一、") or _is_prose(line.text):
            return index
    return len(lines)


def _is_prose(text: str) -> bool:
    return (
        len(text) >= 30
        and (len(text) > 150 or _SOURCE_LINE.search(text) is None)
        and (text[-1] in "。;:!" or text.count(",") + text.count("、") + text.count(";") >= 2)
        and "。" + text[-1:] != "。>"
        and (len(text) > 150 or (">" not in text and text.count("|") < 2))
    )


def _title(header: list[_Line]) -> Span | None:
    """The report's title: the longest header line that names a report; a title set in two lines is joined."""
    best: Span | None = None
    for index, line in enumerate(header):
        if not _TITLE.search(line.text) or _CAPTION.search(line.text) or ">" in line.text or len(line.text) > 80 or line.text.endswith("。"):
            continue
        start = line.start
        if index and _TITLE_TAIL.match(line.text) is not None and _TITLE_HEAD.fullmatch(header[index - 1].text) is not None:
            start = header[index - 1].start
        if best is None or line.end - start > best[1] - best[0] + 2:
            best = (start, line.end)
    return best


def _signature(body: list[_Line]) -> Span | None:
    """The closing date line (and issuer before it), also with 年, 月, 日 lost."""
    for line in reversed(body[-4:]):
        if sum(len(other.text) for other in body if other.start > line.start) > 80:
            break  # a letter's date, with the report behind it
        if re.fullmatch(
            r"\(?(?:\d{4}[年.\-/]?\s*\d{1,2}[月.\-/]?\s*\d{0,2}日?|[二两〇零○一三四五六七八九十]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\)?",
            line.text.replace(" ", ""),
        ):
            before = [other for other in body if other.end < line.start]
            start = line.start
            if before and len(before[-1].text) <= 25 and before[-1].text[-1] not in _ENDS and not _HEADING.match(before[-1].text):
                start = before[-1].start
            return start, line.end
    return None


def _sections(folded: str, body: list[_Line]) -> Iterator[Section]:
    heads = list(_headings(folded, body))
    for number, (start, title_start, title_end) in enumerate(heads):
        stop = heads[number + 1][0] if number + 1 < len(heads) else (body[-1].end if body else title_end)
        inside = [line for line in body if line.start < stop and line.end > title_end]
        end = max([min(line.end, stop) for line in inside] or [title_end])
        end = start + len(folded[start:end].rstrip())
        title = folded[title_start:title_end]
        topic = topic_of(title)
        ordinal = parse_chinese(_numeral(folded[start:title_start]))
        children = tuple(_children(folded, inside, title_end, end, topic))
        yield Section(int(ordinal) if ordinal is not None else None, title, start, end, topic, children)


def _numeral(mark: str) -> str:
    return "".join(char for char in mark if char in "一二三四五六七八九十")


def _headings(folded: str, body: list[_Line]) -> Iterator[tuple[int, int, int]]:
    """Level-one headings in order: (start of the numeral, start and end of the title)."""
    expected = 1
    for line in body:
        marks = [m for m in [_HEADING.match(line.text), *_RUN_IN.finditer(line.text)] if m is not None]
        for match in marks:
            value = parse_chinese(match.group(1))
            if value is None or int(value) != expected:
                continue
            start, title_start = line.start + match.start(1), line.start + match.end()
            if match.group().startswith("第"):
                start = line.start + match.start()
            stop = folded.find("。", title_start, line.end)
            end = stop if stop != -1 else line.end
            yield start, title_start, end
            expected += 1


def _children(folded: str, lines: list[_Line], title_end: int, section_end: int, topic: str | None) -> Iterator[Section]:
    """Second-level headings (一) and run-in lead phrases, each with its paragraph."""
    found: list[tuple[int, int, int, int | None]] = []
    for line in lines:
        at = max(line.start, title_end)
        text = folded[at : line.end]
        mark = _SUB.match(text)
        if mark is not None:
            stop = folded.find("。", at + mark.end(), line.end)
            value = parse_chinese(mark.group(1))
            found.append((at, at + mark.end(), stop if stop != -1 else line.end, int(value) if value is not None else None))
        elif (lead := _lead_end(text)) is not None:
            found.append((at, at, at + lead, None))
    for index, (start, title_start, end, number) in enumerate(found):
        stop = found[index + 1][0] if index + 1 < len(found) else section_end
        title = folded[title_start:end].strip()
        last = max(end, start + len(folded[start:stop].rstrip()))
        yield Section(number, title, start, min(last, section_end), topic_of(title) or topic)


def _lead_end(text: str) -> int | None:
    """Length of a run-in heading: a short first sentence without figures, with more behind it."""
    stop = text.find("。")
    if 4 <= stop <= 30 and len(text) > stop + 8 and not re.search(r"\d", text[:stop]) and text[:stop].count(",") <= 1:
        return stop
    return None


def _sentences(folded: str, body: list[_Line], sections: tuple[Section, ...]) -> Iterator[Sentence]:
    starts = [section.start for section in sections]
    zone_of_report = "body"
    for number, line in enumerate(body):
        index = sum(start <= line.start for start in starts) - 1
        section = sections[index] if index >= 0 else None
        zone = _section_zone(section) if section is not None else "preface"
        zone = _paragraph_zone(line, zone, zone_of_report, line.start >= (body[-1].end * 0.7) or number >= len(body) - 2)
        closing = zone != "body" and zone != "preface" and (section is None or _section_zone(section) == "body")
        zone_of_report = zone if closing else "body"
        yield from _line_sentences(folded, line, sections, None if closing else index if index >= 0 else None, zone)


def _section_zone(section: Section) -> str:
    if _SHORT.search(section.title) and not re.search(r"解决|化解|处置|整改|预防", section.title):
        return "both" if _NEXT.search(section.title) else "shortcoming"
    return "plan" if _NEXT.search(section.title) else "body"


def _paragraph_zone(line: _Line, zone: str, before: str, late: bool) -> str:
    """Zone of a paragraph; in one that admits shortcomings, what follows 下一步 is plan (see `_line_sentences`)."""
    if zone in ("shortcoming", "plan", "both"):
        return zone
    if late and _ADMIT.search(line.text) and re.search(r"但|还|仍|也|不足|差距", line.text):
        return "both"
    if late and (re.match(r"(?:下一步|下步|今后|\d{4}年,(?:我|全)[^,。]{0,12}将|新的一年)", line.text)):
        return "plan"
    return before if before in ("both", "plan") and line.text[:1] in "一二三四五六七八九(" and late else zone


def _line_sentences(folded: str, line: _Line, sections: tuple[Section, ...], index: int | None, zone: str) -> Iterator[Sentence]:
    planned = zone == "plan"
    for match in _CLOSED.finditer(folded, line.start, line.end):
        start, end = match.span()
        if start == end:
            continue
        piece = match.group()
        if zone == "both" and re.match(r"\W*(?:[一二三]、)?(?:下一步|下步|今后|针对(?:以上|上述)|\d{4}年[,,]?.{0,14}将|新的一年|接下来)", piece):
            planned = True
        here = "plan" if planned else "shortcoming" if zone == "both" else zone
        lead = start == line.start and _ITEM.match(piece) is None and _lead_end(folded[start : line.end]) is not None
        heading = (
            _is_heading(sections, start, end)
            or (here not in ("plan", "shortcoming") and lead)
            or (here != "shortcoming" and _is_item_lead(folded, start, end, line))
        )
        yield Sentence(start, end, index, _topic_at(sections, index, start), heading, here)


def _is_item_lead(folded: str, start: int, end: int, line: _Line) -> bool:
    """(一)…, 1.…, 一是… that only heads what follows: a line of its own without a full stop, or a short sentence with its detail behind it."""
    piece = folded[start:end].rstrip()
    mark = _ITEM.match(piece)
    if mark is None:
        return False
    words = piece[mark.end() :]
    if start == line.start and end >= line.end and words[-1:] not in ("。", ";", "!") and not mark.group().strip().endswith("是"):
        return len(words) <= 60 and not re.search(r"\d", words)
    behind = folded[end : line.end].lstrip()
    return len(words) <= 31 and words.count(",") <= 1 and len(behind) > 8 and not re.search(r"\d", words) and not _same_kind(mark, _ITEM.match(behind))


def _same_kind(mark: re.Match[str], behind: re.Match[str] | None) -> bool:
    """Whether two item marks are of one level: (一) and (二), 一是 and 二是."""
    return behind is not None and re.sub(r"[一二三四五六七八九十\d]", "", mark.group().strip()) == re.sub(
        r"[一二三四五六七八九十\d]", "", behind.group().strip()
    )


def _is_heading(sections: tuple[Section, ...], start: int, end: int) -> bool:
    at = bisect_right([section.start for section in sections], start) - 1
    reach = sections[at].start + len(sections[at].title) if at >= 0 else -9
    return start < reach + 3 and end <= reach + 8


def _topic_at(sections: tuple[Section, ...], index: int | None, start: int) -> str | None:
    if index is None:
        return None
    section = sections[index]
    at = bisect_right(section.children, start, key=lambda child: child.start) - 1
    return section.children[at].topic if at >= 0 and start < section.children[at].end + 1 else section.topic

"""Source → Layout: header, title, sections and sentences that tile the body.

Level-one headings are found by sequence (一、 then 二、 …), so that a numbered list inside a section does not open a new
one. A paragraph that admits shortcomings, or announces the next year, closes the section it stands in.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from kg.grids import find_grids
from kg.lexicon import fold
from kg.model import Layout, Section, Sentence, Span
from kg.segment.sections import HEADING, Line, find_sections, lead_end
from kg.segment.zones import part_zone, turns_to_plans, zone_of_paragraph, zones_of

_TITLE = re.compile(
    r"(?:法治|依法行政|法制|政府信息公开|政府)\S{0,30}(?:报告|总结)|(?:报告|总结)$|20\d{2}年\S{0,12}(?:法治|依法行政|法制)\S{0,20}(?:情况|年报|汇报|综述)$"
)
_TITLE_HEAD = re.compile(r"[^>|:,。;\s]{2,40}(?:关于\S{0,12}|年度?|政府|局|厅|委|委员会|街道|镇|乡|办事处|工作|建设)")
_TITLE_LABEL = re.compile(r"(?:.*\s)?(?:信息|文件)?(?:名\s*称|标\s*题|内容概述|公开事项(?:名称)?|概\s*述|摘\s*要)(?:\s*[::]\s*|\s+)")
_TITLE_TAIL = re.compile(r"关于|法治政府|依法行政|(?:工作)?情况|(?:工作|年度)报告|(?:19|20)\d{2}年")
_ITEM = re.compile(
    r"\s*(?:\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,2}(?:是(?!否)|要(?!素))|[①-⑩]|第[一二三四五六七八九十],)\s*"
)
_PART_HEAD = re.compile(r"[二三四五六七八九十]{1,2}、[^。;]{4,30}$")
_CLOSED = re.compile("[^。!?！？\n]*(?:[。!?！？]+[\u201d\u2019」)]*|\n|$)")
LONGEST_SENTENCE = 1500
# A sentence that tells what was done is no heading.
_TOLD = re.compile(r"了|《|全年|累计|我[市县区镇乡局]")
_DETAIL = re.compile(r"(?!\(|附件?[::]|注[::]|特此).*[,。;!]")  # a line that can tell more of an item: no signature, no note
_CAPTION = re.compile(r"记者|摄(?:影)?$|供图|同志作")
_SOURCE_LINE = re.compile(r"(?:来\s*源|发布(?:日期|时间|机构)|发表时间|索\s*引\s*号|浏览次?[数量]?|点击数?|访问量|阅读次数)\s*[::]|发布(?:日期|时间)\s*\d{4}")
_CLOSING, _NOWHERE = -2, -3  # places that are no section
_ENDS = "。!?！？;；,，:："


def segment_text(text: str) -> Layout:
    """Cut a text up; offsets are code points into it."""
    folded = fold(text)
    lines = [line for line in _split_lines(text, folded) if line.text]
    body_at = _body_start(lines)
    header, body = lines[:body_at], lines[body_at:]
    signature = _signature(body)
    if signature is not None:
        body = [line for line in body if line.start < signature[0]]
    sections = tuple(find_sections(folded, body))
    end = body[-1].end if body else len(text)
    before = folded[: sections[0].start if sections else 0]
    sentences = tuple(
        part for sentence in _sentences(folded, body, sections, zones_of([s.title for s in sections], before)) for part in _shorten(sentence, folded)
    )
    return Layout(body[0].start if body else len(text), _title(header), sections, sentences, signature, end)


def _shorten(sentence: Sentence, folded: str) -> Iterator[Sentence]:
    """Cut a sentence that never ends at commas, so that no step's work grows faster than the text."""
    start = sentence.start
    while sentence.end - start > LONGEST_SENTENCE:
        cut = max(folded.rfind(mark, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE) for mark in ",;、") + 1 or start + LONGEST_SENTENCE
        yield replace(sentence, start=start, end=cut, lead=False)
        start = cut
    yield replace(sentence, start=start) if start > sentence.start else sentence


def _split_lines(text: str, folded: str) -> Iterator[Line]:
    position = 0
    for raw in text.split("\n"):
        lead = len(raw) - len(raw.lstrip())
        start, end = position + lead, position + len(raw.rstrip())
        yield Line(start, max(start, end), folded[start:end])
        position += len(raw) + 1


def _body_start(lines: list[Line]) -> int:
    """Index of the first line that is running text or the first heading."""
    part = not any(line.text.startswith("一、") for line in lines)  # of a report: it may begin with 四、
    for index, line in enumerate(lines):
        if line.text.startswith("一、") or _is_prose(line.text) or (part and _PART_HEAD.match(line.text)):
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


def _title(header: list[Line]) -> Span | None:
    """The report's title: the longest header line that names a report, without its label (名称, 内容概述); a title set in two lines is joined."""
    best: Span | None = None
    for index, line in enumerate(header):
        if not _TITLE.search(line.text) or _CAPTION.search(line.text) or ">" in line.text or len(line.text) > 80 or line.text.endswith("。"):
            continue
        label = _TITLE_LABEL.match(line.text)
        start = line.start + (label.end() if label is not None else 0)
        if index and _TITLE_TAIL.match(line.text) is not None and _TITLE_HEAD.fullmatch(header[index - 1].text) is not None:
            start = header[index - 1].start
        if best is None or line.end - start > best[1] - best[0] + 2:
            best = (start, line.end)
    return best


def _signature(body: list[Line]) -> Span | None:
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
            if before and len(before[-1].text) <= 25 and before[-1].text[-1] not in _ENDS and not HEADING.match(before[-1].text):
                start = before[-1].start
            return start, line.end
    return None


def _sentences(folded: str, body: list[Line], sections: tuple[Section, ...], zones: list[str]) -> Iterator[Sentence]:
    starts = [section.start for section in sections]
    part: str | None = None
    zone_of_report, turned = "body", _NOWHERE  # turned: the section, or closing paragraphs, in which plans follow the shortcomings
    index = -1
    tables = [(grid.start, grid.end) for grid in find_grids(folded)]
    for number, line in enumerate(body):
        row = any(start <= line.start < end for start, end in tables)
        index, before = bisect_right(starts, line.start) - 1, index
        part = part_zone(line.text, part if index == before else None)
        of_section = zones[index] if index >= 0 else "preface" if sections or (number == 0 and _ITEM.match(line.text) is None) else "body"
        of_section = part if part is not None and of_section == "body" else of_section
        zone = zone_of_paragraph(line.text, of_section, zone_of_report, line.start >= (body[-1].end * 0.7) or number >= len(body) - 2)
        closing = zone not in ("body", "preface") and of_section in ("body", "preface")
        zone_of_report = zone if closing else "body"
        place = index if index >= 0 and not closing else None
        here = _CLOSING if closing else index if place is not None else None
        for sentence in _line_sentences(folded, line, sections, place, zone, turned == here):
            sentence = replace(sentence, lead=True) if row else sentence  # figures of a table are no measures
            turned = here if sentence.zone == "plan" and zone != "plan" and here is not None else turned
            yield sentence


def _line_sentences(folded: str, line: Line, sections: tuple[Section, ...], index: int | None, zone: str, turned: bool) -> Iterator[Sentence]:
    planned = zone == "plan" or turned
    for match in _CLOSED.finditer(folded, line.start, line.end):
        start, end = match.span()
        if start == end:
            continue
        piece = match.group()
        planned = planned or (zone in ("both", "shortcoming") and turns_to_plans(piece))
        here = "plan" if planned else "shortcoming" if zone == "both" else zone
        lead = start == line.start and _ITEM.match(piece) is None and lead_end(folded[start : line.end]) is not None
        heading = (
            _is_heading(sections, start, end)
            or (here not in ("plan", "shortcoming") and lead)
            or (here != "shortcoming" and _is_item_lead(folded, start, end, line))
        )
        yield Sentence(start, end, index, _topic_at(sections, index, start), heading, here)


def _is_item_lead(folded: str, start: int, end: int, line: Line) -> bool:
    """(一)…, 1.…, 一是… that only heads what follows: a line of its own without a full stop, or a short sentence with its detail behind it."""
    piece = folded[start:end].rstrip()
    mark = _ITEM.match(piece)
    if mark is None:
        return False
    words = piece[mark.end() :]
    if start == line.start and end >= line.end and words[-1:] not in ("。", ";", "!") and not mark.group().strip().endswith("是"):
        return len(words) <= 60 and not re.search(r"\d", words)
    behind = folded[end : line.end].lstrip()
    if end >= line.end:  # the detail stands in the next line, and is no item of this level or one above, no signature, no note
        behind = folded[end:].lstrip().split("\n", 1)[0]
        below = _ITEM.match(behind)
        if HEADING.match(behind) is not None or (below is not None and _level(below) <= _level(mark)):
            return False
        if (start > line.start and _same_kind(mark, _ITEM.match(line.text))) or (below is None and _DETAIL.match(behind) is None):
            return False
    if start == line.start and _level(mark) == 1 and len(behind) > len(words) and _TOLD.search(words) is None and _ITEM.match(behind) is None:
        return len(words) <= 70 and words.count(",") <= 3 and not re.search(r"\d", words)
    return len(words) <= 36 and words.count(",") <= 1 and len(behind) > 8 and not re.search(r"\d", words) and not _same_kind(mark, _ITEM.match(behind))


def _level(mark: re.Match[str]) -> int:
    """How deep an item mark stands: (一), then 1., then (1), then 一是 and ①."""
    text = mark.group().strip()
    return 1 if re.match(r"\([一二三四五六七八九十]", text) else 2 if text[0].isdecimal() else 3 if text.startswith("(") else 4


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

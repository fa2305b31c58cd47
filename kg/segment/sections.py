"""Lines → Sections: headings of the first level by sequence (一、 then 二、 …), what stands under each, and run-in leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.lexicon import topic_of
from kg.model import Section
from kg.numerals import parse_chinese

HEADING = re.compile(r"(?:第?([一二三四五六七八九十]{1,3})(?:、|部分[::\s、]|[.．]))\s*(?=[^\s])")
_RUN_IN = re.compile(r"(?<=[。;!?])\s*([一二三四五六七八九十]{1,3})、(?=[^、,。;]{4,30}[。\n])")
_SUB = re.compile(r"\(([一二三四五六七八九十]{1,3})\)\s*")
LONGEST_TITLE = 40
_ARABIC = re.compile(r"(\d{1,2})[.、．](?!\d)\s*")


@dataclass(frozen=True, slots=True)
class Line:
    start: int
    end: int
    text: str


def find_sections(folded: str, body: list[Line]) -> Iterator[Section]:
    heads = list(_headings(folded, body))
    for number, (start, title_start, title_end) in enumerate(heads):
        stop = heads[number + 1][0] if number + 1 < len(heads) else (body[-1].end if body else title_end)
        inside = [line for line in body if line.start < stop and line.end > title_end]
        end = max([min(line.end, stop) for line in inside] or [title_end])
        end = start + len(folded[start:end].rstrip())
        title = folded[title_start:title_end]
        topic = topic_of(title)
        mark = _numeral(folded[start:title_start])
        ordinal = Decimal(mark) if mark.isdecimal() else parse_chinese(mark)
        children = tuple(_children(folded, inside, title_end, end, topic))
        yield Section(int(ordinal) if ordinal is not None else None, title, start, end, topic, children)


def _numeral(mark: str) -> str:
    return "".join(char for char in mark if char in "一二三四五六七八九十" or char.isdecimal())


def _headings(folded: str, body: list[Line]) -> Iterator[tuple[int, int, int]]:
    """Level-one headings in order, by 一、 or, in a text without, by (一) or 1.: (start of the numeral, start and end of the title)."""
    levels = (list(_headings_of(folded, body, pattern)) for pattern in (HEADING, _SUB, _ARABIC))
    yield from next((found for least, found in zip((1, 2, 3), levels, strict=True) if len(found) >= least), [])


def _headings_of(folded: str, body: list[Line], pattern: re.Pattern[str]) -> Iterator[tuple[int, int, int]]:
    """Headings of one kind in sequence; one that is lost (一、 三、) ends it not, where the next stands on a line of its own."""
    expected = _first_number(body) if pattern is HEADING else 1
    for line in body:
        run_in = _RUN_IN.finditer(line.text) if pattern is HEADING else ()
        marks = [m for m in [pattern.match(line.text), *run_in] if m is not None]
        for match in marks:
            value = parse_chinese(match.group(1)) or (int(match.group(1)) if match.group(1).isdecimal() else None)
            skipped = value == expected + 1 and match.start() == 0 and len(line.text) <= 40 and line.text[-1] not in "。;,"
            if value is None or (value != expected and not skipped):
                continue
            start, title_start = line.start + match.start(1), line.start + match.end()
            if match.group().startswith("第"):
                start = line.start + match.start()
            stop = folded.find("。", title_start, line.end)
            end = stop if stop != -1 else line.end
            yield start, title_start, end
            expected = int(value) + 1


def _first_number(body: list[Line]) -> int:
    """1, or in a part of a report the number of the first short line that is a heading (四、依法化解社会矛盾)."""
    numbers = [(parse_chinese(m.group(1)), len(line.text)) for line in body if (m := HEADING.match(line.text)) is not None and "是" not in line.text[:3]]
    first = numbers[0] if numbers else None
    later = first is not None and first[0] is not None and first[0] > 1 and first[1] <= LONGEST_TITLE and all(n != 1 for n, _ in numbers)
    return int(first[0]) if later and first is not None and first[0] is not None else 1


def _children(folded: str, lines: list[Line], title_end: int, section_end: int, topic: str | None) -> Iterator[Section]:
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
        elif (lead := lead_end(text)) is not None:
            found.append((at, at, at + lead, None))
    for index, (start, title_start, end, number) in enumerate(found):
        stop = found[index + 1][0] if index + 1 < len(found) else section_end
        title = folded[title_start:end].strip()
        last = max(end, start + len(folded[start:stop].rstrip()))
        yield Section(number, title, start, min(last, section_end), topic_of(title) or topic)


def lead_end(text: str) -> int | None:
    """Length of a run-in heading: a short first sentence without figures, with more behind it."""
    stop = text.find("。")
    if 4 <= stop <= 30 and len(text) > stop + 8 and not re.search(r"\d", text[:stop]) and text[:stop].count(",") <= 1:
        return stop
    return None

"""Text → Damage: lost characters and stops, impossible dates, stray marks, traditional characters: marked with a suggestion, never mended."""

import re
from calendar import monthrange
from collections.abc import Iterator

from kg.lexicon import TRADITIONAL
from kg.model import Damage

_YEAR_PAIR = re.compile(r"(?<!\d)((?:19|20)\d{2})((?:19|20)\d{2})(\s?年|(?=\)))")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(年?)(1[0-2]|0?[1-9])(月?)(3[01]|[12]\d|0?[1-9])日")
_GLUED_PAIR = re.compile(
    r"(?P<verb>受理|调解|化解|办理|处理|接处|处置|办结|接待)(?P<noun>[^,。;\d]{0,12}?(?:纠纷|案件|事项|诉求|信访|警情|问题|隐患|来电|工单))(?:共|累计|达)?(?P<digits>\d{5,8})(?P<unit>人次|人|余人次|户次)"
)
_PROSE_END = re.compile(r"(?m)^(?P<line>[^\n]{40,})(?P<last>[\u4e00-\u9fff%\d])[ \t]*$")
_LAST = re.compile(r"(?:\d+(?:\.\d+)?%?|[\u4e00-\u9fff]{1,2})$")
_WHOLE_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")
_PINYIN = re.compile(r"([\u4e00-\u9fff])[(（](?=[a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[)）]")
_GLUED_HEADING = re.compile(
    r"[\u4e00-\u9fff](?<![第之一二三四五六七八九十])(?:(?P<one>[二三四五六七八九十])、|\((?P<two>[二三四五六七八九十])\))(?=[\u4e00-\u9fff,、]{4,30}[。\n])"
)
_TRADITIONAL = re.compile(f"[{''.join(TRADITIONAL)}]")
_MISREAD = re.compile(r"(?<![A-Za-z\d〇○.])(?=[OolI|〇○]*\d)(?=\d*[OolI|〇○])[\dOolI|〇○]{2,12}(?=(?:余|多)?(?:[万亿]|[件个名人次项场起份家户期条部%元宗]))")
_DIGIT = str.maketrans("Oo〇○lI|", "0000111")
_COUNTER = re.compile(r"(?<!\d)(\d{2,6})(?:余|多)?人次")


def find_damage(text: str, folded: str, signature: tuple[int, int] | None, signed: str | None, prose: tuple[int, int]) -> list[Damage]:
    """Find damaged places in order; `prose` is the span of the body, `signed` the date read from the signature."""
    found = [*glued_years(folded), *glued_dates(folded), *impossible_dates(folded), *glued_pairs(folded), *missing_stops(folded, prose)]
    found += [
        *unpaired_marks(text),
        *doubled_stops(text),
        *pinyin_in_brackets(text),
        *traditional_characters(text, folded),
        *glued_headings(folded, prose),
        *misread_digits(folded),
    ]
    if signature is not None and signed is not None:
        found += glued_signature(folded, signature, signed)
    return sorted(found, key=lambda damage: damage.start)


def glued_years(folded: str) -> Iterator[Damage]:
    """20212025年 → 2021—2025年."""
    for match in _YEAR_PAIR.finditer(folded):
        if match.group(1) < match.group(2):
            yield Damage(
                match.start(),
                match.end(),
                "dropped_char_between_digits",
                f"{match.group(1)}—{match.group(2)}{match.group(3).strip()}",
                "certain",
                "glued-years",
            )


def glued_dates(folded: str) -> Iterator[Damage]:
    """20241231日 → 2024年12月31日; a date with both 年 and 月 is whole."""
    for match in _DATE.finditer(folded):
        year, has_year, month, has_month, day = match.groups()
        if not (has_year and has_month):
            yield Damage(match.start(), match.end(), "dropped_char_between_digits", f"{year}年{int(month)}月{int(day)}日", "certain", "glued-date")


def glued_signature(folded: str, signature: tuple[int, int], signed: str) -> Iterator[Damage]:
    """2026121 under the report → 2026年1月21日."""
    match = re.search(r"(?:19|20)\d{5,6}$", folded[slice(*signature)])
    if match is not None:
        year, month, day = (int(part) for part in signed.split("-"))
        yield Damage(signature[0] + match.start(), signature[1], "dropped_char_between_digits", f"{year}年{month}月{day}日", "certain", "glued-signature")


def glued_pairs(folded: str) -> Iterator[Damage]:
    """受理矛盾纠纷471809人次 → 471件809人次: what 件 counts is followed by people only, and far more than came."""
    for match in _GLUED_PAIR.finditer(folded):
        digits = match["digits"]
        around = folded[max(0, match.start() - 80) : match.end() + 80]
        others = [int(number) for number in _COUNTER.findall(around) if number != digits]
        pairs = [(int(digits[:cut]), int(digits[cut:])) for cut in range(1, len(digits)) if digits[cut] != "0"]
        fits = sorted((b / a, a, b) for a, b in pairs if a <= b)
        if fits and (len(digits) >= 6 or others) and all(int(digits) > 5 * other for other in others):
            _, cases, people = fits[0]
            yield Damage(match.start("digits"), match.end(), "dropped_char_between_digits", f"{cases}件{people}{match['unit']}", "probable", "glued-pair")


def misread_digits(folded: str) -> Iterator[Damage]:
    """1O5件 → 105: a letter or a ring among the digits of a figure, as recognition of scans leaves it."""
    for match in _MISREAD.finditer(folded):
        yield Damage(match.start(), match.end(), "misread_digit", match.group().translate(_DIGIT), "probable", "misread-digit")


def impossible_dates(folded: str) -> Iterator[Damage]:
    """2025年2月30日, 2025年13月: no such day; the last day of that month is proposed, or none where the month does not exist."""
    for match in _WHOLE_DATE.finditer(folded):
        year, month, day = (int(part or 1) for part in match.groups())
        last = monthrange(year, month)[1] if 1 <= month <= 12 else 0
        if not 1 <= day <= last:
            yield Damage(match.start(), match.end(), "impossible_date", f"{year}年{month}月{last}日" if last else f"{year}年", "possible", "impossible-date")


def unpaired_marks(text: str) -> Iterator[Damage]:
    """““清风”行动: a mark doubled; “清风行动,: one that is never closed, or closed and never opened, within its paragraph."""
    for opening, closing in ("“”", "《》"):
        for match in re.finditer(f"{opening}{{2,}}|{closing}{{2,}}", text):
            if opening == "“" or match.group().count(match.group()[0]) > 2:
                yield Damage(match.start(), match.end(), "doubled_mark", match.group()[0], "probable", "doubled-mark")
        for paragraph in re.finditer(r"[^\n]+", text):
            if paragraph.group().count(opening) != paragraph.group().count(closing):
                yield from _unpaired(text, paragraph.start(), paragraph.end(), opening, closing)


def doubled_stops(text: str) -> Iterator[Damage]:
    """…执法监督。。推进…: a stop or comma set twice; an ellipsis is none."""
    for match in re.finditer(r"(?<![。，；、：])([。；、，])\1(?![。，；、：])", text):
        yield Damage(match.start(), match.end(), "doubled_mark", match.group(1), "probable", "doubled-stop")


def _unpaired(text: str, start: int, end: int, opening: str, closing: str) -> Iterator[Damage]:
    open_at: int | None = None
    for match in re.finditer(f"{opening}+|{closing}+", text[start:end]):
        at = start + match.start()
        if match.group()[0] == opening:
            if open_at is not None:
                yield _unclosed(text, open_at, closing)
            open_at = at
        elif open_at is None:
            head = max(text.rfind(mark, start, at) for mark in "，。；：、,;:") + 1
            head = max(head, start)
            yield Damage(head, at + 1, "missing_mark", opening + text[head : at + 1], "possible", "missing-mark")
        else:
            open_at = None
    if open_at is not None:
        yield _unclosed(text, open_at, closing)


def _unclosed(text: str, start: int, closing: str) -> Damage:
    stop = re.compile(r"[，。；：、,;:\n]|$").search(text, start + 1, start + 61)  # no guess reaches further than sixty characters
    end = stop.start() if stop is not None else len(text)
    return Damage(start, end, "missing_mark", text[start:end] + closing, "possible", "missing-mark")


def pinyin_in_brackets(text: str) -> Iterator[Damage]:
    """自治區(qū): a reading that a conversion of characters left behind."""
    for match in _PINYIN.finditer(text):
        yield Damage(match.start(), match.end(), "pinyin_in_brackets", match.group(1), "certain", "pinyin-in-brackets")


def traditional_characters(text: str, folded: str) -> Iterator[Damage]:
    """A paragraph in traditional characters: from the first to the last of them, at least three."""
    for paragraph in re.finditer(r"[^\n]+", text):
        places = [match.start() for match in _TRADITIONAL.finditer(text, *paragraph.span())]
        if len(places) >= 3:
            start, end = places[0], places[-1] + 1
            repaired = folded[start:end]
            yield Damage(start, end, "traditional_characters", repaired if len(repaired) <= 40 else repaired[:39] + "…", "certain", "traditional-characters")


def glued_headings(folded: str, prose: tuple[int, int]) -> Iterator[Damage]:
    """…落到实处二、加强…: a heading that runs on without a full stop, where the number before it heads a line."""
    for match in _GLUED_HEADING.finditer(folded, *prose):
        numeral = match["one"] or match["two"]
        before = "一二三四五六七八九十"["一二三四五六七八九十".index(numeral) - 1] if numeral in "二三四五六七八九十" else None
        mark = f"{before}、" if match["one"] else f"({before})"
        if before is not None and re.search(rf"(?m)^\s*{re.escape(mark)}", folded[: match.start()]) is not None:
            yield Damage(match.start(), match.end(), "glued_heading", f"{match.group()[0]}。{match.group()[1:]}", "probable", "glued-heading")


def missing_stops(folded: str, prose: tuple[int, int]) -> Iterator[Damage]:
    """A paragraph of prose that ends in a figure or a word without 。."""
    for match in _PROSE_END.finditer(folded, *prose):
        if "。" not in match["line"]:
            continue
        last = _LAST.search(folded, max(match.start(), match.end("last") - 12), match.end("last"))
        if last is not None and match.end("last") < prose[1]:
            yield Damage(last.start(), last.end(), "missing_full_stop", last.group() + "。", "certain", "missing-stop")


RULES = (
    glued_years,
    glued_dates,
    impossible_dates,
    glued_pairs,
    missing_stops,
    unpaired_marks,
    doubled_stops,
    pinyin_in_brackets,
    traditional_characters,
    glued_headings,
)

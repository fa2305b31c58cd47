"""Text → Damage: characters lost between digits, missing full stops; found, marked with a suggestion, never mended."""

import re
from collections.abc import Iterator

from kg.model import Damage

_YEAR_PAIR = re.compile(r"(?<!\d)((?:19|20)\d{2})((?:19|20)\d{2})年")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(年?)(1[0-2]|0?[1-9])(月?)(3[01]|[12]\d|0?[1-9])日")
_GLUED_PAIR = re.compile(
    r"(?P<verb>受理|调解|化解|办理|处理|接处|处置|办结|接待)(?P<noun>[^,。;\d]{0,12}?(?:纠纷|案件|事项|诉求|信访|警情|问题|隐患|来电|工单))(?:共|累计|达)?(?P<digits>\d{5,8})(?P<unit>人次|人|余人次|户次)"
)
_PROSE_END = re.compile(r"(?m)^(?P<line>[^\n]{40,})(?P<last>[\u4e00-\u9fff%\d])[ \t]*$")
_LAST = re.compile(r"(?:\d+(?:\.\d+)?%?|[\u4e00-\u9fff]{1,2})$")
_COUNTER = re.compile(r"(?<!\d)(\d{2,6})(?:余|多)?人次")


def find_damage(folded: str, signature: tuple[int, int] | None, signed: str | None, prose: tuple[int, int]) -> list[Damage]:
    """Find damaged places in order; `prose` is the span of the body, `signed` the date read from the signature."""
    found = [*glued_years(folded), *glued_dates(folded), *glued_pairs(folded), *missing_stops(folded, prose)]
    if signature is not None and signed is not None:
        found += glued_signature(folded, signature, signed)
    return sorted(found, key=lambda damage: damage.start)


def glued_years(folded: str) -> Iterator[Damage]:
    """20212025年 → 2021—2025年."""
    for match in _YEAR_PAIR.finditer(folded):
        if match.group(1) < match.group(2):
            yield Damage(match.start(), match.end(), "dropped_char_between_digits", f"{match.group(1)}—{match.group(2)}年", "certain", "glued-years")


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


def missing_stops(folded: str, prose: tuple[int, int]) -> Iterator[Damage]:
    """A paragraph of prose that ends in a figure or a word without 。."""
    for match in _PROSE_END.finditer(folded, *prose):
        if "。" not in match["line"]:
            continue
        last = _LAST.search(folded, max(match.start(), match.end("last") - 12), match.end("last"))
        if last is not None and match.end("last") < prose[1]:
            yield Damage(last.start(), last.end(), "missing_full_stop", last.group() + "。", "certain", "missing-stop")


RULES = (glued_years, glued_dates, glued_pairs, missing_stops)

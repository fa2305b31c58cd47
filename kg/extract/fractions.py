"""Text → Quantities that are no plain numbers: 三分之二, 七成以上, 2.27:1, 翻一番."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.bounds import ARABIC, bound_around, bound_before
from kg.model import Quantity
from kg.numerals import parse_arabic, parse_chinese, parse_fraction, parse_number

_FRACTION = re.compile(r"(?P<whole>[百千万]?[一二三四五六七八九十百\d.]*)分之(?P<part>[一二三四五六七八九十百零点\d.]+)(?P<tail>以上|左右|以下|以内)?")
_BASES = {"百": "%", "千": "‰"}
_TENTHS = re.compile(
    r"(?P<number>[一二三四五六七八九两\d]+)成(?P<more>多|半)?(?P<tail>以上|左右|以下|以内)?(?=[^\u4e00-\u9fff]|$|的|以|[\u4e00-\u9fff]{2})(?!功|立|为|果|效|员|本|长|品|熟|都|绩|交|分|型|套|片|就|人|因|案(?!件)|年)"
)
_RATIO = re.compile(rf"(?<![\d:])(?P<left>{ARABIC})\s?[:∶](?P<right>{ARABIC})(?![\d:])")
_SLASH = re.compile(r"(?<![\d/])(?P<part>\d{1,3})/(?P<whole>\d{1,3})(?![\d/])(?P<tail>以上|左右)?")
_DOUBLE = re.compile(r"翻(?:了)?(?P<times>[一两三])?番")
_HALF = re.compile(r"(?P<number>\d{1,2}|[一两二三四五六七八九十])个半(?P<unit>小时|月|工作日)")


def read_fractions(folded: str, taken: bytearray) -> Iterator[Quantity]:
    """三分之二 → 0.666667, 百分之五 → 5 %, 千分之三 → 3 ‰, 1/3 → 0.333333."""
    for match in [*_FRACTION.finditer(folded), *_SLASH.finditer(folded)]:
        whole, part = match["whole"], match["part"]
        bound = bound_around(folded, match.start(), match["tail"])
        if whole in _BASES:
            value, unit = parse_number(part.replace("点", ".")), _BASES[whole]
        else:
            value, unit = parse_fraction(whole, part), ""
        if value is not None:
            yield Quantity(match.start(), match.end(), value, unit, unit, bound, "fraction")


def read_tenths(folded: str, taken: bytearray) -> Iterator[Quantity]:
    """七成以上 → ≥ 70 %."""
    for match in _TENTHS.finditer(folded):
        value = parse_number(match["number"])
        if value is not None and value <= 10:
            bound = "gt" if match["more"] == "多" else bound_around(folded, match.start(), match["tail"])
            yield Quantity(match.start(), match.end(), value * 10 + (5 if match["more"] == "半" else 0), "%", "成", bound, "tenths")


def read_ratios(folded: str, taken: bytearray) -> Iterator[Quantity]:
    """2.27:1 → 2.27, where a ratio is spoken of."""
    for match in _RATIO.finditer(folded):
        right = parse_arabic(match["right"])
        left = parse_arabic(match["left"])
        if left is not None and right and re.search(r"比|率|缩小|为|达|至", folded[max(0, match.start() - 14) : match.start()]):
            yield Quantity(
                match.start(), match.end(), (left / right).quantize(Decimal("0.000001")).normalize(), "", "", bound_before(folded, match.start()), "ratio"
            )


def read_doublings(folded: str, taken: bytearray) -> Iterator[Quantity]:
    """翻番 → 2 倍, 翻两番 → 4 倍."""
    for match in _DOUBLE.finditer(folded):
        power = int(parse_chinese(match["times"] or "一") or 1)
        yield Quantity(match.start(), match.end(), Decimal(2) ** power, "倍", "番", bound_before(folded, match.start()), "doubling")


def read_halves(folded: str, taken: bytearray) -> Iterator[Quantity]:
    """1个半小时 → 1.5 小时."""
    for match in _HALF.finditer(folded):
        value = parse_number(match["number"])
        if value is not None:
            yield Quantity(match.start(), match.end(), value + Decimal("0.5"), match["unit"], match["unit"], bound_before(folded, match.start()), "half")

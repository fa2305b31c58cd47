"""Numerals → Decimal: Arabic with 万/亿, Chinese (三亿二千万), mixed (2.4万), fractions (三分之二), 成.

The reader is strict: what is not a numeral gives None, never a guess.
"""

from decimal import Decimal, InvalidOperation

DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
MULTIPLIERS = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}
CHINESE = "〇零一二两三四五六七八九十百千万亿"
_FULLWIDTH = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_PLACES = Decimal("0.000001")


def parse_arabic(text: str) -> Decimal | None:
    """Read Arabic digits, full- or half-width, with thousands separators.

    >>> parse_arabic("１,２３４.5")
    Decimal('1234.5')
    """
    plain = text.translate(_FULLWIDTH).replace(",", "").replace(" ", "")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def parse_chinese(text: str) -> Decimal | None:
    """Read a Chinese whole number: place notation (三亿二千万) or plain digits (二〇二五).

    >>> parse_chinese("三亿二千万"), parse_chinese("十二"), parse_chinese("二〇二五")
    (Decimal('320000000'), Decimal('12'), Decimal('2025'))
    """
    if not text or any(char not in CHINESE for char in text):
        return None
    if all(char in DIGITS for char in text):
        return Decimal("".join(str(DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in SMALL:
            section += (digit or 1) * SMALL[char]
            digit = 0
        elif char == "亿":
            total = (total + section + digit or 1) * LARGE[char]
            section = digit = 0
        else:
            total += (section + digit or 1) * LARGE[char]
            section = digit = 0
    return Decimal(total + section + digit)


def parse_number(text: str) -> Decimal | None:
    """Read either notation, with a trailing multiplier.

    >>> parse_number("35.68万"), parse_number("三千"), parse_number("1.2万亿")
    (Decimal('356800.00'), Decimal('3000'), Decimal('1200000000000.0'))
    """
    stripped = text.strip()
    for size in (2, 1):
        head, tail = stripped[:-size], stripped[-size:]
        if head and tail in MULTIPLIERS and (value := parse_arabic(head)) is not None:
            return value * MULTIPLIERS[tail]
    value = parse_arabic(stripped)
    return value if value is not None else parse_chinese(stripped)


def parse_fraction(whole: str, part: str) -> Decimal | None:
    """Read 三分之二 (whole=三, part=二) as a ratio with six places.

    >>> parse_fraction("三", "二")
    Decimal('0.666667')
    """
    denominator, numerator = parse_number(whole), parse_number(part)
    if denominator is None or numerator is None or denominator == 0:
        return None
    return (numerator / denominator).quantize(_PLACES)


def plain(value: Decimal) -> str:
    """Write a Decimal without exponent or trailing zeros: the form in records and quads.

    >>> plain(Decimal("2251400.00")), plain(Decimal("1E+3"))
    ('2251400', '1000')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

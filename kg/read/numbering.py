"""Word's automatic numbers: paragraph → the mark that Word prints before it (一、 (一) 1.).

The marks are no part of the text in the file; a report whose headings are a list would lose them, and with them its sections.
"""

import re

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_CHINESE = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting", "taiwaneseCountingThousand"}
Level = tuple[str, str, int]  # number format, pattern such as %1、, first value


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        """Read the lists' definitions and which paragraph styles belong to a list."""
        self._levels: dict[str, dict[int, Level]] = {}
        self._list_of: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._styles = {s.get(W + "styleId"): s for s in styles.iter(W + "style")} if styles is not None else {}
        if numbering is None:
            return
        for definition in numbering.iter(W + "abstractNum"):
            self._levels[definition.get(W + "abstractNumId", "")] = {int(lvl.get(W + "ilvl", "0")): _level(lvl) for lvl in definition.findall(W + "lvl")}
        for number in numbering.iter(W + "num"):
            target = number.find(W + "abstractNumId")
            if target is not None:
                self._list_of[number.get(W + "numId", "")] = target.get(W + "val", "")

    def mark(self, paragraph: etree._Element) -> str:
        """Count a paragraph and give its mark; an empty string where it belongs to no list or the mark is a bullet."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, depth = place
        key = self._list_of.get(number, "")
        levels = self._levels.get(key, {})
        if depth not in levels:
            return ""
        self._counts[key, depth] = self._counts.get((key, depth), levels[depth][2] - 1) + 1
        for deeper in [k for k in self._counts if k[0] == key and k[1] > depth]:
            del self._counts[deeper]
        return re.sub(r"%(\d)", lambda m: self._count(key, int(m[1]) - 1, levels), levels[depth][1]) if levels[depth][0] != "bullet" else ""

    def _count(self, key: str, depth: int, levels: dict[int, Level]) -> str:
        form, _, first = levels.get(depth, ("decimal", "", 1))
        value = self._counts.get((key, depth), first)
        return chinese_count(value) if form in _CHINESE else str(value)

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = paragraph.find(W + "pPr")
        style = properties.find(W + "pStyle") if properties is not None else None
        chain = [properties] if properties is not None else []
        name = style.get(W + "val") if style is not None else None
        for _ in range(8):  # styles are based on styles; a circle ends here
            own = self._styles.get(name)
            if own is None:
                break
            chain += own.findall(W + "pPr")
            based = own.find(W + "basedOn")
            name = based.get(W + "val") if based is not None else None
        for part in chain:
            number = part.find(f"{W}numPr/{W}numId")
            if number is not None:
                depth = part.find(f"{W}numPr/{W}ilvl")
                return number.get(W + "val", ""), _whole(depth)
        return None


def _level(level: etree._Element) -> Level:
    form, text = level.find(W + "numFmt"), level.find(W + "lvlText")
    first = level.find(W + "start")
    return (
        form.get(W + "val", "decimal") if form is not None else "decimal",
        text.get(W + "val", "") if text is not None else "",
        _whole(first) if first is not None else 1,
    )


def _whole(element: etree._Element | None) -> int:
    value = element.get(W + "val", "0") if element is not None else "0"
    return int(value) if value.isdecimal() and len(value) < 6 else 0


def chinese_count(value: int) -> str:
    """Write a list number below 100 in Chinese.

    >>> chinese_count(10), chinese_count(12), chinese_count(21)
    ('十', '十二', '二十一')
    """
    tens, ones = divmod(value, 10)
    if not 0 < value < 100:
        return str(value)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")

"""Lines above the numbers of a table → what stands over each column: its words, its unit, and the title of the table.

A head may have two rows: the upper one spans several columns of the lower (行政处罚 over 件数 and 金额), and its single columns go down
through both. A row of one cell that spans all columns is the table's title; a line above the table may be one too. A unit stands in brackets
behind the head of a column, in the head above it, behind the title, or in a line above (单位:件); the nearest counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import unit_forms
from kg.numerals import MULTIPLIERS

MOST_HEADS = 3  # rows that stand above the numbers: a title and a head of two
LONGEST_TITLE = 40
EMPTY = re.compile(r"[-—–/*无]*")
YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?!\d)年?(?:度)?")
TOTAL = re.compile(r"(?:合|总|共)\s*计|总数|全[省市县区州盟旗局镇]|小\s*计")
_UNIT = re.compile(r"[(](?:计量)?(?:单位[::]?)?\s*(?P<unit>[^()]{1,6})[)]")
_CAPTION = re.compile(r"单位[::]\s*(?P<unit>[\u4e00-\u9fff%/]{1,6})[)\s]*$")
_SCALED = re.compile(rf"(?P<multiplier>{'|'.join(sorted(MULTIPLIERS, key=len, reverse=True))})?(?P<unit>.+)")
_NUMBERED = re.compile(r"^(?:附?表\s*[一二三四五六七八九十\d]{0,3}(?:[-—.]\d+)?[::、.\s]*)+")
_ABOUT = re.compile(r"(?:(?:实施|办理|受理|完成|统计|总体|基本)*(?:情况|数量|数据|结果)?(?:统计|汇总|一览|明细)?(?:表)?)$")  # a title without what makes it one


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands over each column, its unit, and in how many rows; the table's title, without its number, and the unit there."""

    texts: list[str]
    units: list[str]
    rows: int
    title: str = ""
    unit: str = ""


def read_heads(lines: Sequence[list[str]], width: int, above: str, headless: bool) -> Heads | None:
    """Read the heads of a table of so many columns, the last line nearest to its numbers, and the line above; `headless` where it needs none."""
    titled = [line for line in lines if _is_title(line, width)][-1:]
    rest = lines[lines.index(titled[0]) + 1 :] if titled else lines
    titles = [line[0] for line in titled] + [above]
    title = next((bare for text in titles if (bare := title_of(text))), "")
    unit = next((unit for text in titles if (unit := unit_in(text) or caption_unit(text))), "")
    heads = _columns(rest[-2:], width) if rest else ([("", "")] * width, 0) if headless and not titled else None
    if heads is None:
        return None
    pairs, rows = heads
    return Heads([_join(upper, lower) for upper, lower in pairs], [unit_in(lower) or unit_in(upper) for upper, lower in pairs], rows + len(titled), title, unit)


def _is_title(line: Sequence[str], width: int) -> bool:
    return len(line) == width > 1 and not EMPTY.fullmatch(line[0]) and all(map(EMPTY.fullmatch, line[1:]))


def _columns(lines: Sequence[list[str]], width: int) -> tuple[list[tuple[str, str]], int] | None:
    """Say for each column what the upper and the lower head hold, and in how many rows."""
    *_, last = lines
    upper = lines[-2] if len(lines) > 1 else None
    if len(last) == width:
        spans = upper is not None and len(upper) == width and any(map(EMPTY.fullmatch, upper)) and not all(map(EMPTY.fullmatch, upper))
        return (list(zip(_spread(upper), last, strict=True)), 2) if upper is not None and spans else ([("", text) for text in last], 1)
    if upper is None or not (through := width - len(last)) > 0:
        return None
    over = len(upper) - through
    if over <= 0 or len(last) % over:
        return None
    each = len(last) // over
    return [("", text) for text in upper[:through]] + [(upper[through + n // each], text) for n, text in enumerate(last)], 2


def _spread(upper: Sequence[str]) -> list[str]:
    """Fill the empty cells that an upper head spans with it."""
    said: list[str] = []
    for text in upper:
        said.append(said[-1] if said and EMPTY.fullmatch(text) else text)
    return said


def _join(upper: str, lower: str) -> str:
    """行政处罚 over 件数 → 行政处罚件数; a single column's head goes down through both rows."""
    return upper if EMPTY.fullmatch(lower) else lower if EMPTY.fullmatch(upper) or lower.startswith(upper) else bare(upper) + lower


def title_of(line: str) -> str:
    """What a table is about, by its title: 表1 行政处罚实施情况统计表(单位:件) → 行政处罚; '' for running text."""
    words = _NUMBERED.sub("", YEAR.sub("", bare(line)).strip("| "))
    return _ABOUT.sub("", words) if len(words) <= LONGEST_TITLE and not re.search(r"[,。;:!]|^[一二三四五六七八九十(]+[、)]", words) else ""


def caption_unit(line: str) -> str:
    """The unit that a line above the table gives: (单位:万元)."""
    match = _CAPTION.search(line)
    return match["unit"] if match is not None else ""


def unit_in(text: str) -> str:
    """The unit in brackets behind a head, the last one where there are several."""
    found = [match["unit"] for match in _UNIT.finditer(text) if scaled_unit(match["unit"]) is not None]
    return found[-1] if found else ""


def bare(text: str) -> str:
    """A head without its unit and year."""
    return YEAR.sub("", _UNIT.sub(lambda match: "" if scaled_unit(match["unit"]) is not None else match.group(), text)).strip(": ")


@lru_cache(maxsize=1024)
def scaled_unit(words: str) -> tuple[int, str] | None:
    """Read a unit as a head gives it: 万元 → (10000, 元); None for what is no unit."""
    forms = unit_forms()
    if words in forms:
        return 1, forms[words]
    match = _SCALED.fullmatch(words)
    if match is None or match["multiplier"] is None or match["unit"] not in forms:
        return None
    return MULTIPLIERS[match["multiplier"]], forms[match["unit"]]

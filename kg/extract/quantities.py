"""Text → Quantities: number, approximation, unit; the bound from the marks around it.

The grammar grows from small constants: NUMBER 69.78 · MULTIPLIER 万 · UNIT 人 · TAIL 以上. The span runs from the number to the
unit and the mark behind it (520余件, 70%以上); marks before it (突破, 最快, 约) decide the bound only.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from kg.extract.bounds import ARABIC, bound_around, bound_before
from kg.extract.fractions import read_doublings, read_fractions, read_halves, read_ratios, read_tenths
from kg.extract.tabular import read_cells
from kg.lexicon import trie_pattern, unit_forms
from kg.model import Quantity
from kg.numerals import MULTIPLIERS, parse_arabic, parse_chinese

CHINESE = r"(?:[一二两三四五六七八九]?[百千万亿](?:[〇零一二两三四五六七八九十百千万亿]*)|[一二三四五六七八九]?十[一二三四五六七八九]?|[二两三四五六七八九])"  # 十二, 三百, 两
MORE = r"余|多|来|\+(?=[\u4e00-\u9fff])"  # 520余件, 500+件
PER = r"/(?:千人|百人|百亿元|亿元|万元|万人|万户|人|户|月|年|天|日|亩|吨|平方米|次|件)(?![\u4e00-\u9fff]{0,1}/)"  # 58万元/人
TAIL = r"(?:及)?以上|以下|以内|之内|左右|上下|之多"  # 70%以上

_FROM = re.compile(r"(?:由|从|自)(?:[^,。;、\d]{0,10})(?:20\d\d年的?)?$")
_TO = re.compile(r"[^,。;\d]{0,10}?(?:到|至|为|成)[^,。;\d]{0,6}\d|\s*[-—–~→]+\s*\d")
_PERSONS = re.compile(
    r"(?:多|余)?(?:名)?(?:[\u4e00-\u9fff]{0,6}?)(?:人员|妇女|群众|人口|居民|职工|老人|儿童|学生|干部|党员|农民|市民|网民|粉丝|从业者|劳动者|参保|青少年)"
)
_CROWD = re.compile(r"(?:惠及|造福|服务|覆盖|影响|吸引|带动|超过?|近|约|逾)(?P<number>[百千万]{1,2})(?:群众|居民|农民|市民|百姓|学生|职工|网民|游客|人口|用户)")
_RUNNING = re.compile(r"(?:连续|提前)(?P<number>[一二两三四五六七八九]|十[一二三四五六七八九]?|[二三]十)年(?P<more>多|余)?")
_WITHIN = re.compile(r"内(?![部容设外生涵控])|办结|办完|完成|答复|送达")  # 3日办结: a time, no date
_TIME, _LIMIT = re.compile(r"(?:小时|工作日|天|日|分钟|月|周)$"), re.compile(r"内(?![部容设外生涵控存环])")  # 3个工作日内: at most
_SHARES = ("批", "批次", "期", "组")  # 分四批
_NOT_UNIT_YEAR = re.compile(r"(?:连续|提前|有效期|已|长达|满|任期|工作|从业)\s*$")


# Printed units that, after a Chinese numeral, are more often part of a word than a unit.
_NOT_AFTER_CHINESE = frozenset(
    [
        "年",
        "月",
        "日",
        "分",
        "路",
        "方",
        "单",
        "面",
        "头",
        "点",
        "周",
        "对",
        "P",
        "字",
        "线",
        "队",
        "班",
        "组",
        "世",
        "代",
        "届",
        "门",
        "张",
        "双",
        "番",
        "瓦",
        "站",
        "秒",
        "段",
        "只",
        "句",
        "通",
    ]
)
_NO_UNIT = r"通[过知报道告办用行信讯俗常达]"  # 12345通过: no count of calls


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    forms = [form for form in unit_forms() if form]
    units, chinese_units = trie_pattern(forms), trie_pattern(form for form in forms if form not in _NOT_AFTER_CHINESE)
    multiplier = "|".join(sorted(MULTIPLIERS, key=len, reverse=True))
    after = rf"(?P<more3>余(?!额|下|量|热))?(?P<tail>{TAIL})?"
    scaled = rf"(?P<multiplier>(?:{multiplier})(?!伏|瓦|米|克|卡|兆|赫|分点))?(?P<more2>{MORE})?"
    arabic = rf"(?P<number>{ARABIC})\s?(?P<more1>{MORE})?{scaled}\s?(?:(?!{_NO_UNIT})(?P<unit>{units}))?(?P<per>{PER})?{after}"
    chinese = rf"(?P<number>{CHINESE})(?P<more1>{MORE})?(?:个)?(?P<unit>{chinese_units}|大(?=[\u4e00-\u9fff]{{0,4}}实事)){after}"
    return re.compile(arabic), re.compile(chinese)


_CASES = re.compile(r"(?:案件|复议申请|信访件|工单)(?:共|达|为)?$")  # 审结复议案件4696,审结率…: the measure word is lost
_SHARED = re.compile(r"[,(]占[^,;。()\d]{0,12}\d+(?:\.\d+)?%")  # 行政处罚2100,占收到申请总数的33.9%
_CASES_BEFORE = re.compile(r"案件|申请|诉求|工单|信访|投诉")
_BARE = re.compile(r"[,。;、)\n]|$")
_RANGE = re.compile(rf"(?P<low>{ARABIC})(?P<unit1>%|个百分点)?\s?(?:[-—–―~至到]+)\s?(?=(?P<high>{ARABIC}))")


def find_quantities(folded: str, taken: bytearray) -> Iterator[Quantity]:
    """Yield the quantities at places not yet taken, and take them; `taken` has one byte a character."""
    for reader in RULES:
        for quantity in reader(folded, taken):
            if not any(taken[quantity.start : quantity.end]):
                taken[quantity.start : quantity.end] = b"\x01" * (quantity.end - quantity.start)
                yield quantity


def read_arabic(folded: str, taken: bytearray) -> Iterator[Quantity]:
    """69.78万人, 520余件, 突破70%以上, 3-5项 (two quantities, min and max)."""
    pattern, _ = _patterns()
    low: re.Match[str] | None = None
    for match in pattern.finditer(folded):
        if any(taken[match.start() : match.end("number")]):
            low = None
            continue
        quantity = _quantity(folded, match, "arabic")
        if low is not None and quantity is not None:
            yield _low_end(low, match, quantity)
            quantity = replace(quantity, bound="max", rule="range")
        ahead = _RANGE.match(folded, match.start())
        low = match if ahead is not None and ahead.end("low") == match.end("number") and ahead.end() > ahead.end("low") + len(ahead["unit1"] or "") else None
        if quantity is not None and low is None:
            yield quantity


def _low_end(low: re.Match[str], high: re.Match[str], quantity: Quantity) -> Quantity:
    """The lower end of a range takes the unit and multiplier of the upper one where it has none (3-5项, 2-4万人)."""
    value = parse_arabic(low["number"]) or Decimal(0)
    multiplier = low["multiplier"] or (None if low["unit"] else high["multiplier"])
    unit = unit_forms()[low["unit"]] if low["unit"] else quantity.unit
    return Quantity(
        low.start(),
        low.start() + len(low.group().rstrip()),
        value * MULTIPLIERS[multiplier] if multiplier else value,
        unit,
        low["unit"] or quantity.printed,
        "min",
        "range",
        quantity.role,
    )


def read_chinese(folded: str, taken: bytearray) -> Iterator[Quantity]:
    """六次, 两批, 三百余人; a lone 一 counts nothing."""
    _, pattern = _patterns()
    for match in pattern.finditer(folded):
        if folded[max(0, match.start() - 1) : match.start()] in ("第", "初", "每", "百", "千", "万", "十", "几", "数", "上", "之", "星", "周"):
            continue
        if folded[match.start() - 1 : match.start()] == "(" and folded[match.end() : match.end() + 1] == ")" and match.group()[0] in "百千万亿":
            continue  # the head of a column: 罚没金额(万元)
        if folded[match.start() - 1 : match.start()] == "分" and match["unit"] not in _SHARES:
            continue
        quantity = _quantity(folded, match, "chinese")
        if quantity is not None:
            yield quantity


def read_years_running(folded: str, taken: bytearray) -> Iterator[Quantity]:
    """连续三年 → 3 年: a lasting time that is counted."""
    for match in _RUNNING.finditer(folded):
        value = parse_chinese(match["number"])
        if value is not None:
            yield Quantity(match.start("number"), match.end(), value, "年", "年", "gt" if match["more"] else "exact", "years-running")


def _quantity(folded: str, match: re.Match[str], rule: str) -> Quantity | None:
    groups = match.groupdict()
    number = parse_arabic(match["number"]) if rule == "arabic" else parse_chinese(match["number"])
    if number is None:
        return None
    multiplier = groups.get("multiplier")
    value = number * MULTIPLIERS[multiplier] if multiplier else number
    end, printed = match.end(), match["unit"] or ""
    if (
        printed in ("年", "日", "月")
        and "." not in match["number"]
        and not (printed == "日" and _WITHIN.match(folded, end))
        and not _NOT_UNIT_YEAR.search(folded[max(0, match.start() - 4) : match.start()])
    ):
        return None
    if not printed:
        unit = _unit_of_noun(folded, match.end(), bool(multiplier), match.start())
        end = _trimmed_end(match)
        if unit is None:
            return None
    else:
        per = groups.get("per") or ""
        unit = "项" if printed == "大" else unit_forms()[printed] + per
        printed += per
    more = any(groups.get(name) for name in ("more1", "more2", "more3"))
    bound = bound_around(folded, match.start(), match["tail"], more)
    if _TIME.search(printed) and bound in ("exact", "le", "lt") and _LIMIT.match(folded, end):
        bound, end = "le", end + 1
    role = "from" if _FROM.search(folded[max(0, match.start() - 14) : match.start()]) and _TO.match(folded, match.end()) else "current"
    return Quantity(match.start(), end, value, unit, printed, bound, rule, role)


def _trimmed_end(match: re.Match[str]) -> int:
    """End of a quantity without unit: white space behind the number is not part of it."""
    return match.start() + len(match.group().rstrip())


def _unit_of_noun(folded: str, end: int, multiplied: bool, start: int) -> str | None:
    """Unit of a bare number: the counted noun's (60万妇女 → 人), '' for a multiplied or counted number, None for none."""
    if _PERSONS.match(folded, end):
        return "人"
    if multiplied and re.search(r"(?:用户|户|农户|家庭)[^,。;]{0,4}$", folded[max(0, start - 10) : start]):
        return "户"
    if multiplied and re.search(r"(?:人数|人口|人员|粉丝|党员)[^,。;]{0,5}$", folded[max(0, start - 10) : start]):
        return "人"
    if multiplied and re.search(
        r"(?:经费|资金|所得|罚款|罚没款|金额|收入|投资|贷款|费用|补助|补贴|赔偿金?|损失|讨薪|欠薪|工资|账款)[^,。;]{0,5}$", folded[max(0, start - 11) : start]
    ):
        return "元"
    if not multiplied and re.search(
        r"(?:率|得分|评分|分值|指数|系数|[入支人]比|比值|比例)(?:由|从|为|达到|达|至|到|是|降|升|提升|缩小|下降|提高|扩大)*$|(?:比|比值|系数|指数)(?:由|从)[\d.]+(?:缩小|下降|降低|提高|上升|提升|降|升)?(?:至|到|为)$",
        folded[max(0, start - 14) : start],
    ):
        return ""
    if (
        not multiplied
        and _BARE.match(folded, end)
        and _CASES.search(folded, max(0, start - 8), start) is not None
        and folded[start:end][:2] not in ("19", "20")
    ):
        return "件"
    if not multiplied and _SHARED.match(folded, end) and folded[start - 1 : start].isalnum():
        return "件" if _CASES_BEFORE.search(folded, max(0, start - 160), start) else ""
    if not multiplied and _BARE.match(folded, end) and bound_before(folded, start) != "exact":
        return ""
    return "" if multiplied else None


def read_crowds(folded: str, taken: bytearray) -> Iterator[Quantity]:
    """惠及百万群众 → 1000000 人: a round number that counts people without a unit."""
    for match in _CROWD.finditer(folded):
        value = parse_chinese(match["number"])
        if value is not None:
            yield Quantity(match.start("number"), match.end("number"), value, "人", "", bound_before(folded, match.start("number")), "crowd")


RULES = (read_cells, read_fractions, read_ratios, read_tenths, read_halves, read_doublings, read_years_running, read_arabic, read_chinese, read_crowds)

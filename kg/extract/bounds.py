"""Marks around a number → its bound: 突破70%以上, 不低于95%, 约40人, 最快10分钟."""

import re

ARABIC = r"(?:(?<!\d)\d{1,3}(?:,\d{3}){1,6}(?!\d)|(?<!\d)[1-9]\d{0,2}(?: \d{3}){1,6}(?!\d)|\d+)(?:\.\d+)?"  # 1,234.5 · 1 623
TAILS = {"以上": "ge", "及以上": "ge", "以下": "le", "以内": "le", "之内": "le", "左右": "approx", "上下": "approx", "之多": "ge"}

# What stands before the number, longest cue first; the group's name is the bound.
_BEFORE = re.compile(
    r"(?:(?P<best>最快|最短)|(?P<min>最低|最少)|(?P<max>(?:最高|最多|最大|最长)(?:可|给予|奖励|补助|补贴|支持|授信|处)*)"
    r"|(?P<ge>≥|不低于|不少于|不小于|不下于|至少|迈上)|(?P<le>≤|不超过|不高于|不多于|不大于|控制在|上限)"
    r"|(?P<gt>[>＞]|突破|超过|超出|超|逾|多于|大于|远超|(?<=[量数率额元次件人已])过)|(?P<lt>[<＜]|接近|将近|不足|不到|低于|少于|近)|(?P<approx>≈|大约|约为|约|左右))(?:达到|达|了|至|到|为)?\s*$"
)


def bound_before(folded: str, start: int) -> str:
    """Give the bound that the words before a number set; exact where none does."""
    match = _BEFORE.search(folded, max(0, start - 10), start)
    if match is None:
        return "exact"
    return str(match.lastgroup) if match.lastgroup is not None else "exact"


def bound_around(folded: str, start: int, tail: str | None, more: bool = False) -> str:
    """Give the bound of a number from the words before it, 余 or 多 in it and the mark behind it: 突破…以上 is above, 约…以上 at least."""
    before = bound_before(folded, start)
    return "gt" if more or before == "gt" else TAILS.get(tail or "") or before

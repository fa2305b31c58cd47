"""Headings and paragraphs → zones: what was done (body), what is lacking (shortcoming), what comes next (plan), or the latter two in one section (both)."""

import re
from collections.abc import Sequence

_LACKING = re.compile(
    r"(?:存在|面临|工作中|主要|当前|目前|突出)[^,。]{0,12}(?:问题|不足|短板|困难|差距|弱项|薄弱)"
    r"|不足(?:之处)?(?:$|[和与及、以])|(?:问题|困难|差距|短板)(?:[和与及、]|以及)[^,。]{0,4}(?:不足|困难|差距|短板|原因|下|打算|整改|改进|今后|对策|建议|20)"
    r"|^(?:问题|不足|短板|差距)$|^薄弱环节|(?:问题|不足)(?:分析|原因)"
)
_MENDED = re.compile(
    r"(?:问题|不足|短板)(?:的)?(?:整改|解决|化解|处置)(?:落实)?(?:情况|工作|成效)?$|(?:解决|化解|整改|破解)[^,。]{0,10}(?:问题|困难|短板)|(?:督察|巡察|巡视|审计)反馈"
)
_NEXT = re.compile(
    r"下一步|下一年|下一阶段|下阶段|下步|今后|来年|明年|新的?一年|打算|设想|展望|努力方向|(?<!创新)(?<!工作新)思路(?:$|[和与及])"
    r"|(?:整改|改进)(?:措施|举措|方向|思路|意见|计划)|(?:主要|初步|总体)安排|(?:工作|任务)(?:安排|计划|规划)|(?:工作|任务)(?:重点|部署)(?!情况|落实|要求|会)"
)
_TASKS = re.compile(r"(?:[^,。]{0,8}(?:重点|主要|工作|目标)){1,2}(?:工作|任务|举措|措施|目标)")  # plan only behind the shortcomings, or as the last section
_YEAR = re.compile(r"(?<![—-])(?P<year>20\d{2})年(?!来|以来)")
_TURN = re.compile(
    r"[\s(]*(?:[一二三四五六七八九十]{1,2}|\d{1,2})?[)、.\s]*(?:下一步|下步|下一年|下阶段|下一阶段|今后|来年|明年|新的一年|接下来|针对(?:以上|上述|存在|这些)|20\d{2}年(?:度)?,?[^,。]{0,14}(?:将|打算|安排|思路|重点)|(?:整改|改进)(?:措施|举措|方向)|努力方向|工作(?:打算|思路|安排|计划)|主要安排)"
)
_ADMIT = re.compile(
    r"(?:存在|还有|仍有|面临|有)[^。,]{0,12}(?:不足|问题|差距|短板|薄弱环节|困难)|(?:不足|问题|差距|短板)[^。]{0,6}(?:主要|是|有|表现)|(?:与|对照)[^。,]{2,30}(?:相比|要求)[^。]{0,8}(?:差距|不足)"
)
# A paragraph that opens what comes next; 将法治建设纳入… tells what was done.
_COMING = re.compile(
    r"(?:下一步|下步|下一阶段|下阶段|接下来|今后|明年|来年|新的一年|20\d\d年(?:度)?,?[^,。]{0,14}(?:将(?![^,。]{2,24}(?:纳入|列入|作为|摆在|贯穿|融入|分解|同步))|打算|计划在|拟))"
)


# A heading within a section of what was done: (三)存在的问题 … (四)下一步打算.
_PART = re.compile(r"\s*\([一二三四五六七八九十]{1,2}\)\s*(?P<title>[^,。:;\n]{2,28})(?:[。:]|$)")
_PART_LACKS = re.compile(
    r"(?:[^,。]{0,16}[中上])?(?:目前|当前|主要|还|仍)*(?:存在|面临)(?:着|的)*(?:主要|突出|一些|困难和|困难与)*(?:问题|不足|困难|短板|差距)(?:(?:[和与及、]|以及)(?:主要)?(?:不足|短板|困难|挑战|差距|原因|原因分析))?"
    r"|(?:主要)?(?:问题|不足|短板)(?:[和与及]|以及)(?:主要)?(?:不足|短板|原因|原因分析)"
)


def part_zone(text: str, zone: str | None) -> str | None:
    """Give the zone that a heading like (三) opens within a section, that in force where a line is no such heading, None for an ordinary part."""
    part = _PART.match(text)
    if part is None:
        return zone
    if _PART_LACKS.fullmatch(part["title"]) is not None:
        return "shortcoming"
    return "plan" if zone is not None and _NEXT.search(part["title"]) is not None else None


def zones_of(titles: Sequence[str], before: str) -> list[str]:
    """Give the zone of each section by its heading; `before` is the report's title and preface, whose first year is the year reported on.

    >>> zones_of(["2024年工作情况", "存在的不足和原因", "2025年重点工作"], "")
    ['body', 'shortcoming', 'plan']
    """
    years = [int(match["year"]) for text in (before, *titles) for match in _YEAR.finditer(text)][:1]
    zones: list[str] = []
    for at, title in enumerate(titles):
        lacking = _LACKING.search(title) is not None and _MENDED.search(title) is None
        year = _YEAR.search(title)
        later = year is not None and years != [] and int(year["year"]) > years[0]
        tasks = _TASKS.fullmatch(title) is not None and (at + 1 == len(titles) or {"shortcoming", "both"} & set(zones) != set())
        coming = at > 0 and (_NEXT.search(title) is not None or later or tasks)
        zones.append(("both" if coming else "shortcoming") if lacking else "plan" if coming else "body")
    return zones


def zone_of_paragraph(text: str, zone: str, before: str, late: bool) -> str:
    """Give the zone of a paragraph in a section of zone `zone` behind one of zone `before`; `late` in the last third of a text."""
    if zone in ("shortcoming", "plan", "both"):
        return zone
    if late and _ADMIT.search(text) and re.search(r"但|还|仍|也|不足|差距", text):
        return "both"
    if late and _COMING.match(text) is not None:
        return "plan"
    return before if before in ("both", "plan") and text[:1] in "一二三四五六七八九(" and late else zone


def turns_to_plans(sentence: str) -> bool:
    """Whether what a sentence opens comes next: 下一步, …; (二)整改措施。"""
    return _TURN.match(sentence) is not None

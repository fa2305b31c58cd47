"""Text → Events and Honours: numbered or named meetings, titles and commendations received."""

import re

from kg.extract.boundary import name_start
from kg.model import Event, Honour
from kg.numerals import parse_number

_MEETING = re.compile(
    r"(?:第(?P<ordinal>[一二三四五六七八九十百\d]{1,4})次)?(?P<head>联席会议|联席会|工作推进会|工作会议|现场会(?![商诊议])|推进会|座谈会|联络员会议|全体会议)"
)
_ACTED = re.compile(r"(?:(?:我|本)[局厅委办院镇乡市县区]|[\u4e00-\u9fff]{1,6}[局厅委办院])?(?:承办|主办|协办|筹备)(?:了|好)?")  # 我局承办府院联动第三次联席会议
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]{1,4}次")
_HONOUR = re.compile(
    r"(?:获评|荣获|被评为|被授予|入选|被(?:省[\u4e00-\u9fff]{0,6}|国家[\u4e00-\u9fff]{0,6}|)?(?:确定|命名|认定|列)为|评为|命名为|荣登|摘得|获得?|成功创建)(?P<what>[^,。;\n]{4,60})"
)
_TITLE = re.compile(r"(?:称号|单位|个人|集体|试点|示范[市县区项目点单位街道乡镇]*|奖|案例|表彰|先进|品牌|城市|十佳|优秀[\u4e00-\u9fff]{0,4})[”\"]?$")


def find_events(folded: str, year: int | None) -> list[Event]:
    """Find meetings that have an ordinal, or a name before their kind.

    >>> [(event.name, event.ordinal) for event in find_events("我局承办府院联动第三次联席会议", 2025)]
    [('府院联动联席会议', 3)]
    """
    events = []
    for match in _MEETING.finditer(folded):
        start = name_start(folded, match.start(), reach=20, lists=False)
        if start is None or (match["ordinal"] is None and match.start() - start < 3):
            continue
        if match["ordinal"] is None and match["head"] not in ("工作推进会", "联席会议", "现场会"):
            continue
        acted = _ACTED.match(folded, start, match.start())
        start = acted.end() if acted is not None else start
        ordinal = parse_number(match["ordinal"]) if match["ordinal"] is not None else None
        name = _ORDINAL.sub("", folded[start : match.end()])
        events.append(Event(start, match.end(), name, int(ordinal) if ordinal is not None else None, year, "meeting"))
    return events


def find_honours(folded: str) -> list[Honour]:
    """Find what was won or conferred; several joined by 、 are several."""
    honours = []
    for match in _HONOUR.finditer(folded):
        position = match.start("what")
        for part in re.split(r"(?<=[单位点号奖例”])、", match["what"]):
            text = part.rstrip("等")
            if _TITLE.search(text):
                honours.append(Honour(position, position + len(text), "conferred"))
            position += len(part) + 1
    return honours


RULES = (find_events, find_honours)

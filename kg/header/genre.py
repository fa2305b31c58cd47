"""Title, header and opening → genre: is this an annual report, or one of the texts that stand beside it on the same sites?

Rules are tried in order and the first that fits decides; each says what it saw, so that a refusal can name it. Families
come from openings of public pages: reports of openness are close in shape, readings and minutes carry the report's title.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_PLACE = r"(?:某{1,2}|[xX×ХＸ*＊○]{1,4})(?:省|市|县|区|镇|乡|街道|局|村)"
_BLANK = re.compile(_PLACE + r"|(?:20|二〇)[xX×＊*]{2}\s*年|20\d[xX×*]\s*年|[xX×]{1,4}(?:名|个|件|项|次|万|亿)")
_LAW = r"(?:法治政府|依法行政|法治建设|法制政府|依法治[省市州县区镇乡]|法治(?:[^,。;]{0,6})(?:工作|建设))"
_PLAN = r"(?:方案|要点|计划|安排|纲要|规划|分工|指引|办法|规定|细则|规则|意见|清单|措施)"
_HEAD_PLAN = re.compile(_PLAN + r"(?:\([^)]{0,20}\))?(?:的?通知)?$|印发.{2,60}" + _PLAN + r"|的(?:通知|决定|批复|函|公告|通告)$")
_REPORT_SENT = re.compile(_LAW + r".{0,16}(?:年度报告|情况的?报告|报告)")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a genre is told from: the title, the other header lines, the first part of the running text; all folded."""

    title: str
    header: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Genre:
    """The decision and the words that led to it."""

    name: str
    basis: str


_NAMES = re.compile(r"20\d{2}|[〔\[]20|关于|法治|依法|政\s*府\s*工\s*作\s*报\s*告")
_PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\)")


def opening_of(title: str, header: str, text: str) -> Opening:
    """Take what names the text out of the header: no paths through the site, no single words of a menu."""
    lines = (re.sub(r"\s+", "", line) for line in header.split("\n"))
    heads = (line for line in lines if (9 <= len(line) <= 90 or line == "政府工作报告") and ">" not in line and "|" not in line[1:-1] and _NAMES.search(line))
    return Opening(title, tuple(heads), _PINYIN.sub("", text[:2000]))


Rule = Callable[[Opening], str | None]


def decide_genre(opening: Opening) -> Genre:
    """Try the rules in order; what fits none is other."""
    for name, rule in RULES:
        basis = rule(opening)
        if basis is not None:
            return Genre(name, basis)
    return Genre("other", "")


def template(opening: Opening) -> str | None:
    """某县, XX镇, 20xx年: a sample with its names struck out."""
    hits = [match.group() for match in _BLANK.finditer(opening.text[:1500])]
    sample = _first(re.compile(r"下面是小编|供大家参考|范文"), *opening.header, opening.text[:200])
    return _first(_BLANK, opening.title, *opening.header, opening.text[:40]) or sample or (hits[0] if len(hits) >= 2 else None)


def interpretation(opening: Opening) -> str | None:
    """A reading of a report or plan for the public."""
    return _first(re.compile(r"的?(?:政策)?解读$|^【?(?:政策|文件)?解读|一图读懂|图解"), opening.title, *opening.header) or _first(
        re.compile(r"解读如下|如下解读|[一二]、(?:起草|编制|出台|制定)(?:背景|过程|依据)"), opening.text[:700]
    )


def openness_report(opening: Opening) -> str | None:
    """The yearly report on openness of government information (信息公开条例第四十九条)."""
    return _first(re.compile(r"(?:政府信息|政务|信息)公开.{0,8}(?:报告|年报)"), opening.title, *opening.header) or _first(
        re.compile(
            r"(?:根据|按照|依据|依照)[^。]{0,20}政府信息公开条例[^。]{0,160}(?:年度[^。]{0,10}报告|年报)|本(?:年度)?报告[^。]{0,10}(?:根据|按照|依据)[^。]{0,20}政府信息公开条例"
        ),
        opening.text[:500],
    )


def article(opening: Opening) -> str | None:
    """A study, a book, an assessment, a report on something narrower or on part of a year."""
    return _first(
        re.compile(
            r"研究(?!室|院|所|中心|会)|分析$|思考|探析|蓝皮书|评估(?:报告|结果)|自查|整改|述职|述法报告|调研报告|半年|季度|经验|综述|指数|考核|申报|示范创建|责任书|发言|讲话"
        ),
        opening.title,
    ) or _first(re.compile(r"摘\s*要\s*:|关键词\s*:|内容简介|作者简介|参考文献|本文(?!为|件|由|章来源)"), *opening.header, opening.text[:500])


def plan(opening: Opening) -> str | None:
    """Plans, points of work, opinions and rules, and the notices that issue them; not one that issues the report itself."""
    heads = [head for head in (opening.title, *opening.header) if not _REPORT_SENT.search(head) and "征求" not in head]
    return _first(_HEAD_PLAN, *heads) or _first(
        re.compile(
            r"(?:制定|形成|制订)(?:了)?(?:如下|以下|本)[^,。;]{0,6}"
            + _PLAN
            + r"|提出(?:如下|以下)[^,。]{0,6}(?:意见|措施)|"
            + _PLAN
            + r"[》\"”]?[^,。]{0,12}(?:主要内容|全文)如下|现印发给你们"
        ),
        opening.text[:900],
    )


def work_report(opening: Opening) -> str | None:
    """The government's work report to the congress."""
    return _first(re.compile(r"(?<!法治)政\s*府\s*工\s*作\s*报\s*告"), opening.title, *opening.header) or _first(
        re.compile(r"代表(?:\S{0,8})人?民?政府[^。]{0,14}(?:报告|作)(?:政府)?工作"), opening.text[:1500]
    )


def news(opening: Opening) -> str | None:
    """What happened on a day: a meeting that heard the report, a visit, a prize."""
    heads = [head for head in (opening.title, *opening.header) if len(head) <= 60]
    return _first(
        re.compile(r"召开|审议|讨论|征求|热议|听取|举行|主持|举办|赴|推进会|部署会|座谈会|培训班|动员会|现场会|会议精神|督导|调研|获评|荣获|入选|圆满|本报讯"),
        *heads,
    ) or _first(
        re.compile(
            r"^(?:[^,。]{0,10}(?:讯|电)\s*)?(?:近日|日前|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:至\d{1,2}日)?(?:上午|下午|晚)?),[^。]{0,80}(?:召开|举行|主持|印发|举办|开展|审议|开幕)|(?<!\d)\d{1,2}月\d{1,2}日,[^。,]{0,40}(?:召开|举行)|^.{30,}?会议(?:指出|强调|要求|认为)"
        ),
        opening.text[:220],
    )


def annual_report(opening: Opening) -> str | None:
    """The yearly report on building law-based government, also under its older name 依法行政."""
    return (
        _first(re.compile(_LAW + r".{0,24}(?:报告|情况|总结|年报)|(?:报告|总结)[^,。]{0,12}" + _LAW), opening.title, *opening.header)
        or _first(re.compile(_LAW + r"[^。]{0,60}(?:报告|汇报|总结)如下|(?:报告|汇报|总结)如下[^。]{0,4}$"), opening.text[:1500])
        or _untitled(opening.text)
    )


def _untitled(text: str) -> str | None:
    """A report that begins straight in its first sentence: the year, and what was built in it."""
    year = re.search(r"(?:20\d{2}|[二〇零一]{4})年(?:度|以来|来)?", text[:60])
    law = re.search(r"法治政府|依法行政", text[:600])
    return f"{year.group()} … {law.group()}" if year is not None and law is not None else None


def _first(pattern: re.Pattern[str], *texts: str) -> str | None:
    return next((match.group() for text in texts if (match := pattern.search(text)) is not None), None)


RULES: tuple[tuple[str, Rule], ...] = (
    ("template", template),
    ("other", article),
    ("interpretation", interpretation),
    ("openness_report", openness_report),
    ("plan", plan),
    ("news", news),
    ("work_report", work_report),
    ("annual_report", annual_report),
)

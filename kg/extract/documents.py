"""Text → DocumentMentions: titles in 《》, nested ones too, and named plans without marks."""

import re
from collections.abc import Iterator

from kg.extract.boundary import name_start
from kg.model import DocumentMention

_KINDS = "实施方案|工作方案|行动方案|工作要点|工作计划|行动计划|工作安排|实施意见|指导意见|实施办法|管理办法|实施细则|发展规划|规划纲要|实施纲要|责任清单|事项目录|标准目录|事项清单|职责清单|演练计划"
_PLAIN = re.compile(rf"(?:{_KINDS})(?![\u4e00-\u9fff]{{0,2}}[)》])")
_WEAK = re.compile(r"^(?:相关|有关|各项|具体|配套|这|该|年度|工作|本|全年|各类|)$")
_YEARS = re.compile(r"((?:19|20)\d{2})((?:19|20)\d{2})年")


def find_documents(folded: str) -> list[DocumentMention]:
    """Find documents in order of the text."""
    marked = list(find_marked_titles(folded))
    inside = [(m.start, m.end) for m in marked]
    plain = [m for m in find_plain_titles(folded) if not any(a < m.end and m.start < b for a, b in inside)]
    return sorted([*marked, *plain], key=lambda mention: mention.start)


def find_marked_titles(folded: str) -> Iterator[DocumentMention]:
    """《…》 with its nested titles inside; an unclosed mark ends at the line's end and yields nothing."""
    depth, start = 0, 0
    for match in re.finditer(r"[《》\n]", folded):
        mark = match.group()
        if mark == "\n":
            depth = 0
        elif mark == "《":
            depth += 1
            start = match.start() if depth == 1 else start
        elif depth:
            depth -= 1
            if depth == 0:
                title = _YEARS.sub(r"\1—\2年", folded[start + 1 : match.start()])
                yield DocumentMention(start, match.end(), title, True, "marked-title")


def find_plain_titles(folded: str) -> Iterator[DocumentMention]:
    """年度全面依法治区工作要点, 规范涉企行政检查实施方案."""
    for match in _PLAIN.finditer(folded):
        start = name_start(folded, match.start(), reach=30, lists=False)
        if start is None:
            continue
        name = folded[start : match.start()]
        if len(name) >= 2 and not _WEAK.match(name) and "“" not in name and name[0] not in "、)”":
            yield DocumentMention(start, match.end(), folded[start : match.end()], False, "plain-title")


RULES = (find_marked_titles, find_plain_titles)

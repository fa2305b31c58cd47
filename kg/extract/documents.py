"""Text → DocumentMentions: titles in 《》, nested ones too, and named plans without marks."""

import re
from collections.abc import Iterator

from kg.extract.boundary import name_start
from kg.model import DocumentMention

_KINDS = "实施方案|工作方案|行动方案|工作要点|工作计划|行动计划|工作安排|实施意见|指导意见|实施办法|管理办法|实施细则|发展规划|规划纲要|实施纲要|责任清单|事项目录|标准目录|事项清单|职责清单|演练计划"
_PLAIN = re.compile(rf"(?:{_KINDS})(?![\u4e00-\u9fff]{{0,2}}[)》])")
_WEAK = re.compile(r"^(?:相关|有关|各项|具体|配套|这|该|年度|工作|本|全年|各类|)$")
_MARKS = re.compile(r"[《》\n]")
_RUNS_ON = re.compile(r"[^《》\n。;]{1,40}》")
_DOCUMENT_NUMBER = re.compile(
    r"(?<![\u4e00-\u9fff])(?:根据|按照|依据|印发)?(?P<number>[\u4e00-\u9fff]{1,6}(?:发|函|字|呈|通|规|令|办|文|传|电|号))[〔﹝\[((](?:19|20)\d{2}[〕﹞\])][第]?\s?\d{1,4}号"
)
_YEARS = re.compile(r"((?:19|20)\d{2})((?:19|20)\d{2})年")


def find_documents(folded: str) -> list[DocumentMention]:
    """Find documents in order of the text."""
    marked = [*find_marked_titles(folded), *find_document_numbers(folded)]
    inside = [(m.start, m.end) for m in marked]
    plain = [m for m in find_plain_titles(folded) if not any(a < m.end and m.start < b for a, b in inside)]
    return sorted([*marked, *plain], key=lambda mention: mention.start)


def find_marked_titles(folded: str) -> Iterator[DocumentMention]:
    """《…》 with its nested titles inside; a mark that is never closed is passed over, and so is one that closes nothing.

    A title may run over a break that stands inside a word: at most one line, and 60 characters in all.
    """
    opened: list[int] = []
    closed: list[tuple[int, int]] = []
    for match in _MARKS.finditer(folded):
        if match.group() == "\n":
            if opened and _RUNS_ON.match(folded, match.end()) is not None and match.start() - opened[-1] <= 40:
                continue
            yield from _outermost(folded, closed)
            opened, closed = [], []
        elif match.group() == "《":
            opened.append(match.start())
        elif opened:
            closed.append((opened.pop(), match.end()))
    yield from _outermost(folded, closed)


def _outermost(folded: str, closed: list[tuple[int, int]]) -> Iterator[DocumentMention]:
    reach = -1
    for start, end in sorted(closed, key=lambda pair: (pair[0], -pair[1])):
        if start >= reach:
            reach = end
            title = _YEARS.sub(r"\1—\2年", folded[start + 1 : end - 1].replace("\n", ""))
            yield DocumentMention(start, end, title, True, "marked-title")


def find_document_numbers(folded: str) -> Iterator[DocumentMention]:
    """云政办发〔2025〕12号: the number that stands for a document."""
    for match in _DOCUMENT_NUMBER.finditer(folded):
        start = match.start("number")
        yield DocumentMention(start, match.end(), folded[start : match.end()], False, "document-number")


def find_plain_titles(folded: str) -> Iterator[DocumentMention]:
    """年度全面依法治区工作要点, 规范涉企行政检查实施方案."""
    for match in _PLAIN.finditer(folded):
        start = name_start(folded, match.start(), reach=30, lists=False)
        if start is None or folded[start - 1 : start] == "《":
            continue
        name = folded[start : match.start()]
        if len(name) >= 2 and not _WEAK.match(name) and "“" not in name and name[0] not in "、)”":
            yield DocumentMention(start, match.end(), folded[start : match.end()], False, "plain-title")


RULES = (find_marked_titles, find_document_numbers, find_plain_titles)

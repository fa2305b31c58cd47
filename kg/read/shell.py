"""Page → where its text is, should it have none itself: documents it links to, frames, another page, pictures, a script.

Many reports are published as a page that holds a title and an attachment. What is found here goes to `Source.stated`;
whoever misses a text in the page can then say what to fetch instead.
"""

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit

from lxml import html

from kg.errors import EmptyError
from kg.model import Layout, Source
from kg.read.page import Page

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|wps|ofd|rtf|tiff?)(?=$|[?#&;\s】)）」\]]|[((]\d)", re.I)
_NAMED = re.compile(r"['\"]([^'\"\s]+\.(?:pdf|docx?|wps|ofd)[^'\"\s]*)['\"]", re.I)
_PICTURE = re.compile(r"\.(?:jpe?g|png|tiff?)(?:[?#]|$)", re.I)
_OF_A_REPORT = re.compile(r"法治|依法行政|报告|年报|总结")
_CONTENT = re.compile(r"zoom|content|article|con(?:t|tent)?|detail|text|trs_|ucap|editor|nr|zw|main", re.I)
_REFRESH = re.compile(r"^\s*\d*\s*;\s*url\s*=\s*['\"]?([^'\"]+)", re.I)
_LEADS = re.compile(r"(?:location(?:\.href)?\s*=|location\.replace\s*\()\s*['\"]([^'\"\s]+)['\"]")
_NO_PLACE = re.compile(r"^(?:about:|javascript:|data:|mailto:|#|$)", re.I)
_SPACES = re.compile(r"\s+")
_NEXT = re.compile(r"\W*(?:下一?页|后一页)\W*")
_PART = re.compile(r"(?<!index)_\d{1,2}\.(?:s|j|x)?html?$|[?&](?:page|pageno|currentpage)=\d{1,2}\b", re.I)
_PAGED = re.compile(r"createPageHTML\s*\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*['\"]([^'\"]*)['\"]\s*,\s*['\"](\w+)['\"]")
MAX_SHELL = 200
MIN_PROSE, MIN_BESIDE_ATTACHED = 100, 300
REPORT, DOCUMENT, FRAME, LEADS, PICTURE, SCRIPT, NEXT = "attached report", "attachment", "frame", "leads to", "picture", "script", "next page"


def split(place: str) -> SplitResult:
    """Take an address apart; one that is none is all path."""
    try:
        return urlsplit(place)
    except ValueError:  # http://[
        return SplitResult("", "", place, "", "")


def resolve(base: str | None, place: str) -> str:
    """Make an address absolute where its page's is known; one that is none, or on a page whose own is none, stays as it is."""
    try:
        return urljoin(base, place) if base is not None else place
    except ValueError:
        return place


def find_elsewhere(page: Page, base: str | None) -> Iterator[tuple[str, str]]:
    """Give what the page points to, as pairs for `Source.stated`; addresses are made absolute where the page says what they rest on."""
    found = [*_documents(page), *(_others(page) if page.weight(page.tree) <= MAX_SHELL else ())]
    for kind, place in dict.fromkeys(found):
        yield kind, resolve(base, place)


def find_next(page: Page, base: str | None) -> Iterator[tuple[str, str]]:
    """Give the next part of a text that is spread over several pages: as a link says (下一页), or the script that writes such links."""
    links = ((_SPACES.sub("", page.text(link)), (link.get("href") or "").strip()) for link in page.tree.iter("a"))
    written = (match.groups() for script in page.tree.iter("script") for match in _PAGED.finditer(script.text or ""))  # how many, which one, name, ending
    named = (f"{name}_{int(now) + 1}.{ending}" for count, now, name, ending in written if int(now) + 1 < int(count) and name != "index")
    place = next(chain((href for words, href in links if _NEXT.fullmatch(words) and _PART.search(href)), named), None)
    if place is not None:
        yield NEXT, resolve(base, place)


def _documents(page: Page) -> Iterator[tuple[str, str]]:
    for link in page.tree.iter("a"):
        href = (link.get("href") or "").strip()
        if _NO_PLACE.match(href) and (named := _NAMED.search(link.get("onclick") or "")) is not None:
            href = named[1]
        words = f"{page.text(link)} {link.get('download') or ''} {link.get('title') or ''}".strip()
        if not _NO_PLACE.match(href) and not page.dropped(link) and (_is_document(href) or _DOCUMENT.search(words)):
            yield REPORT if _OF_A_REPORT.search(words) else DOCUMENT, href
    for viewer in page.tree.iter("iframe", "embed", "object"):
        shown = _shown((viewer.get("src") or viewer.get("data") or "").strip())
        if shown is not None:
            yield REPORT, shown


def _is_document(href: str) -> bool:
    """Whether an address names a document, in its path or in a parameter (download.jsp?filename=r.docx)."""
    parts = split(href)
    return _DOCUMENT.search(parts.path) is not None or any(_DOCUMENT.search(value) for _, value in parse_qsl(parts.query))


def _shown(place: str) -> str | None:
    """What a viewer shows: the document itself, or that which its address names (viewer.html?file=/r.pdf)."""
    parts = split(place)
    if _DOCUMENT.search(parts.path) is not None:
        return place
    return next((value for _, value in parse_qsl(parts.query) if _DOCUMENT.search(split(value).path)), None)


def _others(page: Page) -> Iterator[tuple[str, str]]:
    for frame in page.tree.iter("frame", "iframe"):
        place = (frame.get("src") or "").strip()
        if not _NO_PLACE.match(place) and _shown(place) is None and not {frame.get("width"), frame.get("height")} & {"0", "1"}:
            yield FRAME, place
    for meta in page.tree.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh" and (to := _REFRESH.match(meta.get("content") or "")) is not None:
            yield LEADS, to[1].strip()
    scripts = list(page.tree.iter("script"))
    yield from ((LEADS, to) for script in scripts for to in _LEADS.findall(script.text or ""))
    pictures = (picture for picture in page.tree.iter("img") if _PICTURE.search(picture.get("src") or "") and not page.dropped(picture))
    yield from ((PICTURE, (picture.get("src") or "").strip()) for picture in pictures if _in_text(picture))
    if scripts:
        yield SCRIPT, "script"


def _in_text(picture: html.HtmlElement) -> bool:
    return any(_CONTENT.search(f"{above.get('id') or ''} {above.get('class') or ''}") for above in picture.iterancestors())


_ADVICE = (
    (REPORT, "报告在附件中 · the report is attached, give that file: {}"),
    (DOCUMENT, "页面附有 · the page links to: {}"),
    (FRAME, "页面只是框架,正文在 · a page of frames, its text lies at: {}"),
    (LEADS, "页面只作跳转 · the page only leads to: {}"),
    (PICTURE, "正文是图片,请在浏览器中将网页另存为单个文件(.mhtml) · its text is in pictures, save the page as one file (.mhtml) in a browser: {}"),
    (SCRIPT, "正文由脚本载入,请在浏览器中打开后另存网页 · a script fills the page: open it in a browser and save it (as a page, MHTML or PDF)"),
)
FOLLOWED = (REPORT, DOCUMENT, FRAME, LEADS)


def _links_of(source: Source) -> tuple[str, ...]:
    """Where the text of an empty page may be had, the likeliest first."""
    return tuple(dict.fromkeys(resolve(source.name, place) for kind in FOLLOWED for key, place in source.stated if key == kind))


def _advise(source: Source) -> str:
    """Say what to do instead with a page that has no text; nothing where the page does not say."""
    for kind, words in _ADVICE:
        places = [resolve(source.name, place) for key, place in source.stated if key == kind]
        if places:
            return words.format(" ".join(dict.fromkeys(places[:3])) + (" …" if len(places) > 3 else ""))
    return ""


def _has_attached_report(source: Source) -> bool:
    """Whether a document is attached that is called a report: a few lines above it are not the report then."""
    return any(key == REPORT for key, _ in source.stated)


def refuse_empty(source: Source, layout: Layout) -> None:
    """Refuse a text with hardly a sentence, or little beside an attached report; an EmptyError that says where the report may be."""
    prose = sum(s.end - s.start for s in layout.sentences if source.text[s.end - 1] in "。;；!！?？" or s.end - s.start >= 40)
    least = MIN_BESIDE_ATTACHED if _has_attached_report(source) else MIN_PROSE
    if prose < least:
        said = f"{source.name}: 没有报告正文(成句文字 {prose} 字,至少 {least} 字)· no report text: {prose} characters of sentences, expected at least {least}"
        advice = _advise(source)
        raise EmptyError(f"{said}; {advice}" if advice else said, _links_of(source))

"""Web page → Source: the content block's text, a line a block, and what the page's metas and label tables state.

The content block is found by the names that government sites give it; failing that, it is the smallest element that
holds most of the page's text outside links. Every pass is one walk over the tree, so that a page nested a hundred
thousand deep takes no longer than a flat one. lxml parses with `huge_tree`, since without it deeply nested text is lost
in silence.
"""

import hashlib
import re
from collections.abc import Iterator

from lxml import etree, html

from kg.errors import InputError, LimitError
from kg.model import Source
from kg.read.furniture import own_lines, without_tools
from kg.read.page import Page, weigh_page
from kg.read.plain import decode
from kg.read.shell import find_elsewhere, find_next

# Names that the content systems give to the text itself (TRS, 开普 UCAP, 博达 vsb, 大汉, 龙讯, WeChat …), and names that may hold more than the text.
_TEXT = re.compile(
    r"zoom(?:ty|con)?|fontzoom|conzoom|ucap-?content|trs_u?editor|trs_editor_view|vsb_content(?:_\d+)?|v_news_content|ivs_content|js_content|rich_media_content"
    r"|art(?:icle)?[_-]?(?:con(?:tent)?|body|text)|wp_articlecontent|pages_content|bodylabel|maintext|j_content|j-fontcontent|newscontnet|xl_con(?:t|tent)?|xlrllt"
    r"|(?:nr|general|common-|doc|news-?|info-?|bt_|view-?|show|detail[_-]?|contenttext|xxgk_?(?:detail_)?)con(?:t|tent)?|content-?(?:text|body|textbox)|contenttext|sj_nr|gknbcon|wzcon",
    re.I,
)
_CONTENT = re.compile(
    r"view|content|article|arti?cle?[_-]?(?:main|details)|con_con|main-?text|news_?con(?:tent)?|newsdetail|detail-?text|text(?:box|con)?|wz_?(?:con|content)|content-?(?:main|box)|scroll_?con|print_?(?:con|content)|word|nr|zw|zhengwen",
    re.I,
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_HEAD = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*(?:<!--.{0,800}?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|title|div|table|p|\?xml[^>]*\?>\s*<(?:!doctype\s+html|html))\b",
    re.I | re.S,
)
_LABELS = "索引号|发布机构|发文机关|制发机构|信息来源|公开主体|文号|发文字号|发布文号|成文日期|生成日期|发文日期|发布日期|公开日期|发布时间|标题|名称|来源|主题分类|效力状态|有效性"
_LABEL = re.compile(rf"(?:信息)?({_LABELS})[:：]?")
_PAIR = re.compile(rf"({_LABELS})[:：](.+)")
MAX_TAGS = 600_000
_DATA_URI = re.compile(r"data:image/[\w.+-]+;base64,[\w+/=\s]+")
_WRAPPER = re.compile(r"</?(div|section|span|font|b|strong|i|em|center|o:p)\b[^<>]*>", re.I)
_DATED = re.compile(r"(?<!打印)(?:来源|发布时间|发布日期|日期|时间)\s*[:：]\s*\S")
_DAY = re.compile(r"[((]?(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\s\d{1,2}:\d{2}(?::\d{2})?)?[))]?")
_BEGUN = re.compile(
    rf"{_DAY.pattern}(?!\s*(?:星期|周[一二三四五六日])|.*(?:欢迎|今天|农历)).{{0,40}}$"
)  # a line that opens with the day on which the page was published
_TIMED = re.compile(r"time|date|riqi|shijian", re.I)


def looks_like_html(data: bytes) -> bool:
    """Say whether bytes open like a web page."""
    head = data[:2048]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    return _HEAD.match(head) is not None


def read_html(data: bytes, name: str) -> Source:
    """Read a web page."""
    return read_page(data, name, None)


def read_page(data: bytes, name: str, place: str | None) -> Source:
    """Read a page that lies at `place`, where that is known; the canonical text is made of the header lines and the content block's lines."""
    text, encoding = decode(data, name)
    markup = _DATA_URI.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    if markup.count("<") > MAX_TAGS:
        raise LimitError(f"{name}: 网页标签过多 · the page has too many tags: {markup.count('<')}, at most {MAX_TAGS}")
    tree = _parse(markup, name)
    page = weigh_page(tree)
    block = _content_block(page)
    body = own_lines(page.lines(block))
    head = (rest for line in _header_lines(page, block) if (rest := without_tools(line)))
    lines = [*(line for line in head if line not in body[:3]), *body]
    out = "\n".join(lines) + "\n"
    base = _base(tree, text) or place
    stated = tuple(dict.fromkeys((*_metas(tree), *_labels(page), *find_elsewhere(page, base), *find_next(page, base))))
    return Source(out, name, hashlib.sha256(out.encode("utf-8", "replace")).hexdigest(), "text/html", stated, encoding)


def _parse(text: str, name: str) -> html.HtmlElement:
    """Parse a page; one nested deeper than the parser goes is flattened first, since the parser would drop its text."""
    for markup in (text, _WRAPPER.sub(lambda tag: "<br>" if tag[1].lower() in ("div", "section") else "", text)):
        parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        try:
            tree = html.document_fromstring(markup, parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, AssertionError, ValueError) as error:
            raise InputError(f"{name}: 网页为空或损坏 · the page is empty or damaged") from error
        if not any(fault.type_name == "ERR_RESOURCE_LIMIT" for fault in parser.error_log):
            return tree
    raise LimitError(f"{name}: 网页嵌套过深 · the page is nested too deeply")


_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->")


def _base(tree: html.HtmlElement, text: str) -> str | None:
    """What the page's addresses rest on: as it says itself, or as the browser noted that saved it."""
    named = next((href for base in tree.iter("base") if (href := (base.get("href") or "").strip())), None)
    saved = _SAVED.search(text[:2000])
    return named or (saved[1] if saved is not None else None)


def _metas(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        key, value = meta.get("name") or meta.get("property"), meta.get("content")
        if key and value and value.strip():
            yield key.strip().lower(), value.strip()


def _labels(page: Page) -> Iterator[tuple[str, str]]:
    """Label tables: a cell with a known label, its value in the next cell or behind the colon."""
    for cell in page.tree.iter("td", "th", "li", "dt", "span", "p", "b", "strong", "label", "em", "div"):
        if page.size(cell) > 200:
            continue
        own = re.sub(r"\s+", "", page.text(cell))
        pair = _PAIR.fullmatch(own)
        if pair is not None and len(own) < 60 and len(re.findall(rf"(?:{_LABELS}|浏览|字号|点击)[:：]", own)) == 1:
            yield pair.group(1), re.split("[:：]", re.sub(r"\s+", " ", page.text(cell)), maxsplit=1)[1].strip()
        elif (label := _LABEL.fullmatch(own)) is not None and (after := cell.getnext()) is not None and page.size(after) <= 400:
            value = re.sub(r"\s+", " ", page.text(after)).strip()
            if value:
                yield label.group(1), value


def _content_block(page: Page) -> html.HtmlElement:
    """The innermost element that a text is known by, else by which a text may be known, with most of the weight; else the innermost element with most of it."""
    total = page.weight(page.tree)
    for names in (_TEXT, _CONTENT):
        named = [element for element in page.tree.iter() if isinstance(element.tag, str) and page.weight(element) and _is_called(element, names)]
        most = max((page.weight(element) for element in named), default=0)
        if named and most * 2 >= total:
            return [element for element in named if page.weight(element) * 20 >= most * 19][-1]
    block = page.tree.body if page.tree.body is not None else page.tree
    while True:
        heavy = next((child for child in block if isinstance(child.tag, str) and page.weight(child) * 10 >= total * 8), None)
        if heavy is None or heavy.tag in ("p", "span", "font", "pre"):
            return block
        block = heavy


def _is_called(element: html.HtmlElement, names: re.Pattern[str]) -> bool:
    own = (str(element.tag), element.get("id") or "", *(element.get("class") or "").split())
    return any(names.fullmatch(name) for name in own)


def _header_lines(page: Page, block: html.HtmlElement) -> Iterator[str]:
    """The page's title and the line with source and date, where they stand outside the content block."""
    inside, seen, head, ahead = set(block.iter()), "", _head_titles(page.tree), True
    for element in page.tree.iter("h1", "h2", "h3", "h4", "div", "p", "span", "td", "ul", "li", "b", "strong", "em", "small", "time", "ucaptitle"):
        ahead = ahead and element not in inside
        if element in inside or page.size(element) > 160 or page.dropped(element):
            continue
        line = re.sub(r"\s+", " ", _beside_headings(page, element)).strip()
        if line in seen:
            continue
        named = 8 <= len(line) <= 80 and re.search(r"报告|总结|情况|方案|解读|通知|要点", line) is not None and not page.linked(element)
        dated = (
            len(line) <= 120
            and element.find(".//div") is None
            and (
                _DATED.search(line)
                or (_DAY.fullmatch(line) and _TIMED.search(_names(element)))
                or (ahead and seen and element.tag in ("div", "p", "span") and _BEGUN.match(line) and next(element.iter("a"), None) is None)
            )
        )
        if dated or (named and (_is_title(element) or re.sub(r"\s", "", line) in head)):
            seen += f"{line}\n"
            yield line


def _head_titles(tree: html.HtmlElement) -> str:
    """What the page's head calls it, blanks off."""
    return re.sub(r"\s", "", "\n".join([*(title.text_content() for title in tree.iter("title")), *(value for key, value in _metas(tree) if "title" in key)]))


def _is_title(element: html.HtmlElement) -> bool:
    """Whether an element is set as a title, and holds nothing but it."""
    if element.tag in ("h1", "h2", "h3", "h4", "ucaptitle"):
        return True
    inner = any(child.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "div") for child in element.iterdescendants())
    return not inner and re.search(r"(?:^|[\s_-])(?:title|bt|tit)(?:$|[\s_-])", _names(element), re.I) is not None


def _names(element: html.HtmlElement) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''}"


def _beside_headings(page: Page, element: html.HtmlElement) -> str:
    """An element's text without that of the headings in it, which stand for themselves."""
    text = page.text(element)
    for heading in element.iterdescendants("h1", "h2", "h3", "h4"):
        text = text.replace(page.text(heading), " ", 1)
    return text

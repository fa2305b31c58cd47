"""Web page → Source: the content block's text, a line a block, and what the page's metas and label tables state.

The content block is found by the names that government sites give it; failing that, it is the smallest element that
holds most of the page's sentences. lxml parses with `huge_tree`, since without it deeply nested text is lost in silence.
"""

import hashlib
import re
from collections.abc import Iterator

from lxml import etree, html

from kg.model import Source
from kg.read.plain import decode_text

_CONTENT = re.compile(
    r"^(?:zoom|ucapcontent|ucap-content|trs_editor|trs_ueditor|view|content|article|article_content|articlecontent|article-content|con_con|conzoom|mainText|main-text|news_content|newscontent|detail-content|pages_content|xxgk_content|text|textbox|TRS_UEDITOR|bt-content|wzcon|info-content|news-content|content-text)$",
    re.I,
)
_DROP = {"script", "style", "noscript", "template", "head", "nav", "footer", "iframe", "select", "button", "form", "aside", "svg"}
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|footer|foot|sidebar|side|share|breadcrumb|crumb|position|related|recommend|copyright|pager|qrcode|toolbar)(?:$|[\s_-])", re.I
)
_BLOCK = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "dd",
    "dt",
    "ul",
    "ol",
    "tbody",
    "blockquote",
    "pre",
    "header",
    "hr",
}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_HEAD = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|meta|body|\?xml[^>]*\?>\s*<(?:!doctype\s+html|html))", re.I)
_LABEL = re.compile(r"^(索引号|发布机构|发文机关|文号|发文字号|成文日期|发布日期|标题|来源|主题分类|效力状态|名称)[:：]?$")


def looks_like_html(data: bytes) -> bool:
    """Say whether bytes open like a web page."""
    return _HEAD.match(data[:2048]) is not None


def read_html(data: bytes, name: str) -> Source:
    """Read a web page; the canonical text is made of the header lines and the content block's lines."""
    parser = html.HTMLParser(huge_tree=True, remove_comments=True)
    tree = html.document_fromstring(_decode(data, name), parser=parser)
    stated = (*_metas(tree), *_labels(tree))
    block = _content_block(tree)
    lines = [*_header_lines(tree, block), *_lines(block)]
    text = "\n".join(lines) + "\n"
    return Source(text=text, name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), media_type="text/html", stated=stated)


def _decode(data: bytes, name: str) -> str:
    text = decode_text(data, name)
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _metas(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        key, value = meta.get("name"), meta.get("content")
        if key and value and value.strip():
            yield key.strip().lower(), value.strip()


def _labels(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Label tables: a cell with a known label, its value in the next cell or behind the colon."""
    for cell in tree.iter("td", "th", "li", "dt", "span", "p", "b", "strong"):
        own = re.sub(r"\s+", "", "".join(cell.itertext()))
        pair = re.match(r"^(索引号|发布机构|发文机关|文号|发文字号|成文日期|发布日期|来源)[:：](.+)$", own)
        if pair is not None and len(own) < 60 and not re.search(r"发布时间|浏览|字号", pair.group(2)):
            yield pair.group(1), pair.group(2)
        elif (label := _LABEL.match(own)) is not None and (after := cell.getnext()) is not None:
            value = re.sub(r"\s+", " ", "".join(after.itertext())).strip()
            if value:
                yield label.group(1), value


def _content_block(tree: html.HtmlElement) -> html.HtmlElement:
    named = [e for e in tree.iter() if isinstance(e.tag, str) and e.tag not in _DROP and _is_named_content(e)]
    best = max(named, key=_weight, default=None)
    total = _weight(tree)
    if best is not None and _weight(best) * 2 >= total:
        return best
    block = tree.body if tree.body is not None else tree
    while True:
        heavy = next((c for c in block if isinstance(c.tag, str) and c.tag not in _DROP and _weight(c) * 10 >= total * 8), None)
        if heavy is None:
            return block
        block = heavy


def _is_named_content(element: html.HtmlElement) -> bool:
    names = [element.get("id") or "", *(element.get("class") or "").split()]
    return any(_CONTENT.match(name) for name in names)


def _weight(element: html.HtmlElement) -> int:
    """Length of the sentences in an element: its own text with sentence punctuation, furniture left out."""
    return sum(len(line) for line in _lines(element) if len(line) >= 20 and re.search(r"[,,。;;]", line))


def _header_lines(tree: html.HtmlElement, block: html.HtmlElement) -> Iterator[str]:
    """The page's title and the line with source and date, where they stand outside the content block."""
    inside = set(block.iter())
    for element in tree.iter("h1", "h2", "div", "p", "span", "td", "title"):
        if element in inside or (element.tag == "div" and len(element) > 12):
            continue
        line = re.sub(r"\s+", " ", "".join(element.itertext())).strip()
        if (element.tag in ("h1", "h2") and 8 <= len(line) <= 80 and re.search(r"报告|总结|情况", line)) or (
            re.search(r"(?:来源|发布时间|发布日期|日期|时间)\s*[:：]\s*\S", line)
            and len(line) <= 90
            and element.find(".//div") is None
            and element.tag != "title"
            and not _within(element, tree)
        ):
            yield line


def _within(element: html.HtmlElement, tree: html.HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in ("p", "span", "td", "li") and parent is not tree


def _lines(element: html.HtmlElement) -> list[str]:
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if event == "start" and node.tag in _BLOCK:
            parts.append("\n")
        if event == "start" and node.text and not _dropped(node, element):
            parts.append(node.text.replace("\n", "") if node.tag != "pre" else node.text)
        if event == "end":
            if node.tag in ("td", "th"):
                parts.append("\t")
            elif node.tag in _BLOCK:
                parts.append("\n")
            if node is not element and node.tail and not _dropped(node.getparent(), element):
                parts.append(node.tail.replace("\n", ""))
    lines = (re.sub(r"[ \t\r\xa0\u3000]+", " ", line).strip() for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


def _dropped(node: html.HtmlElement | None, top: html.HtmlElement) -> bool:
    while node is not None and node is not top:
        if node.tag in _DROP or _FURNITURE.search(f"{node.get('id') or ''} {node.get('class') or ''}"):
            return True
        node = node.getparent()
    return False

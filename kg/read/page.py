"""A parsed page, weighed: for each element how much text it holds, how much of it outside links, and what is furniture.

One walk from the leaves up; nothing here asks an element for its text twice.
"""

import re
from dataclasses import dataclass

from lxml import etree, html

from kg.read.tables import EMPTY, gaps_of

_DROP = {"script", "style", "noscript", "template", "head", "nav", "footer", "iframe", "select", "button", "aside", "svg", "textarea", "object"}
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|foot|bottom|sidebar|side|share|breadcrumb|crumbs?|position|location|related|recommend|copyright|pager|pagination|qrcode|toolbar|friendlink|links|prevnext|pagenext|search|login|banner|xgyd|xglj|hot)(?:$|[\s_-])",
    re.I,
)
_BLOCK = {
    *("p", "div", "br", "li", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "dd", "dt", "dl", "ul", "ol"),
    *("tbody", "thead", "blockquote", "pre", "header", "hr", "center", "main", "form", "fieldset", "caption", "figure", "figcaption", "address"),
}
_ITEMS = {"li", "dd", "dl"}  # with a link in it, an item of a list of other texts, whose openings weigh nothing
MAX_ITEM = 300  # characters: more are no opening
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\r\f\v\xa0\u3000\u2002\u2003\u200b\ufeff]+")
_SENTENCE = re.compile(r"[,，。;；]")


@dataclass(slots=True)
class _Weight:
    size: int = 0
    weight: int = 0
    links: int = 0
    link_text: int = 0


class Page:
    """The tree with its weights."""

    def __init__(self, tree: html.HtmlElement) -> None:
        """Weigh every element."""
        self.tree = tree
        self._weights: dict[html.HtmlElement, _Weight] = {}
        self._dropped: set[html.HtmlElement] = set()

    def size(self, element: html.HtmlElement) -> int:
        """Number of characters in an element that are no blanks."""
        return self._weights[element].size if element in self._weights else 0

    def weight(self, element: html.HtmlElement) -> int:
        """Number of characters of running text outside links and furniture."""
        return self._weights[element].weight if element in self._weights and element not in self._dropped else 0

    def dropped(self, element: html.HtmlElement) -> bool:
        """Whether an element is furniture or lies in furniture."""
        return element in self._dropped

    def linked(self, element: html.HtmlElement) -> bool:
        """Whether most of an element's text is link text."""
        own = self._weights[element]
        return own.link_text * 10 >= own.size * 7 and own.size > 0

    def text(self, element: html.HtmlElement) -> str:
        """All text in an element but for scripts."""
        scripts = {script.text for script in element.iterdescendants("script", "style") if script.text}
        return "".join(text for text in element.itertext() if text not in scripts)

    def lines(self, top: html.HtmlElement) -> list[str]:
        """The element's lines in order, furniture and lists of links left out; table cells are parted by a blank."""
        parts: list[str] = []
        gaps = gaps_of(top)
        skipping: html.HtmlElement | None = None
        for event, node in etree.iterwalk(top, events=("start", "end")):
            if not isinstance(node.tag, str):
                continue
            if event == "start":
                if skipping is None and node is not top and (node in self._dropped or self._is_link_list(node)):
                    skipping = node
                if node.tag in _BLOCK:
                    parts.append("\n")
                if node in gaps and skipping is None:
                    parts.append(f"{EMPTY} " * gaps[node][0])
                if skipping is None and node.text:
                    parts.append(node.text if node.tag == "pre" else node.text.replace("\n", ""))
                continue
            if node is skipping:
                skipping = None
            parts.append(f" {EMPTY}" * gaps.get(node, (0, 0))[1] + " " if node.tag in ("td", "th") else "\n" if node.tag in _BLOCK else "")
            if node is not top and node.tail and skipping is None:
                parts.append(node.tail.replace("\n", "") if _parent_tag(node) != "pre" else node.tail)
        lines = (_SPACE.sub(" ", line).strip() for line in "".join(parts).split("\n"))
        return [line for line in lines if line]

    def _is_link_list(self, node: html.HtmlElement) -> bool:
        own = self._weights.get(node)
        return own is not None and own.links >= 2 and own.link_text * 10 >= own.size * 6 and node.tag in ("ul", "ol", "dl", "div", "table", "section")


def _parent_tag(node: html.HtmlElement) -> str:
    parent = node.getparent()
    return str(parent.tag) if parent is not None else ""


def weigh_page(tree: html.HtmlElement) -> Page:
    """Walk a tree once; furniture weighs nothing."""
    page = Page(tree)
    weights, dropped = page._weights, page._dropped
    linked = furniture = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if event == "start":
            furniture += _is_furniture(node)
            linked += node.tag == "a"
            if furniture:
                dropped.add(node)
            own = weights.setdefault(node, _Weight())
            own.links += node.tag == "a" and node.get("href") is not None
            _count(own, node.text, bool(linked), bool(furniture))
            continue
        own = weights[node]
        if own.links and node.tag in _ITEMS and own.size < MAX_ITEM:
            own.weight = 0
        furniture -= _is_furniture(node)
        linked -= node.tag == "a"
        if (parent := node.getparent()) is not None and parent in weights:
            above = weights[parent]
            above.size, above.links, above.link_text = above.size + own.size, above.links + own.links, above.link_text + own.link_text
            above.weight += own.weight
            _count(above, node.tail, bool(linked), bool(furniture))
    return page


def _count(own: _Weight, text: str | None, linked: bool, furniture: bool) -> None:
    if not text:
        return
    size = len(text) - sum(map(text.count, " \t\r\n\xa0\u3000"))
    own.size += size
    own.link_text += size if linked else 0
    if not linked and not furniture and _SENTENCE.search(text):
        own.weight += size


def _is_furniture(node: html.HtmlElement) -> bool:
    if node.tag in ("html", "body"):
        return False
    if node.tag in _DROP or (_HIDDEN.search(node.get("style") or "") and node.get("id") != "js_content"):  # which a script of WeChat's shows
        return True
    return _FURNITURE.search(f"{node.get('id') or ''} {node.get('class') or ''}") is not None

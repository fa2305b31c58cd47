"""DOCX → Source: the paragraphs and tables of the document in their order, with the numbers that Word writes by itself.

Read from the XML, so that inserted text, content controls and smart tags are kept, deleted text is not, and a heading
numbered by a list style keeps its 一、. Headers and footers are parts of their own and stay out. A document of pictures alone is recognised.
"""

import hashlib
import re
from collections.abc import Iterator

from lxml import etree

from kg.errors import InputError
from kg.model import Source
from kg.read.archive import Archive
from kg.read.numbering import Numbering, W
from kg.read.ocr import read_shown
from kg.read.tables import MOST_SPAN, fill_gaps

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FEW = 100
_SKIP = {
    W + "del",
    W + "moveFrom",
    W + "pPr",
    W + "rPr",
    W + "instrText",
    W + "delText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_CORE = {"title": "title", "creator": "author", "created": "created"}
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(data: bytes, name: str) -> Source:
    """Read a Word document; raises InputError where it is none or is damaged."""
    archive = Archive(data, name)
    document = archive.xml("word/document.xml")
    body = document.find(W + "body") if document is not None else None
    if body is None:
        raise InputError(f"{name}: 压缩包中没有 Word 文档 · no Word document in this zip; expected word/document.xml")
    numbering = Numbering(archive.xml("word/numbering.xml"), archive.xml("word/styles.xml"))
    lines = [line for line in "\n".join(_blocks(body, numbering)).split("\n") if line.strip("\f\t ")]
    text, pages = _pages("\n".join(line.strip() if "\f" not in line else line for line in lines) + "\n")
    stated = tuple(_stated(archive))
    if len(text) < FEW and (pictures := [archive.picture(place) for place in _pictures(archive, body)]):
        return read_shown(pictures, name, MEDIA_TYPE, stated)
    return Source(text, name, hashlib.sha256(text.encode()).hexdigest(), MEDIA_TYPE, stated, pages=pages)


def _pictures(archive: Archive, body: etree._Element) -> Iterator[str]:
    """Where the pictures lie that the document shows, in their order: a scan is often pasted into an empty document."""
    listed = archive.xml("word/_rels/document.xml.rels")
    places = {entry.get("Id"): entry.get("Target", "") for entry in (listed if listed is not None else ())}
    for shown in body.iter(A + "blip", V + "imagedata"):
        place = places.get(shown.get(R + "embed") or shown.get(R + "id")) or ""
        member = place.lstrip("/") if place.startswith("/") else f"word/{place}"
        if member in archive.names and place.lower().endswith((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif")):
            yield member


def _blocks(parent: etree._Element, numbering: Numbering) -> Iterator[str]:
    """Paragraphs, table rows and what content controls hold, in order; nested tables stand in their cell."""
    for child in parent:
        if child.tag == W + "p":
            yield numbering.mark(child) + _text(child).strip(" ")
        elif child.tag == W + "tbl":
            yield from (
                line
                for row in fill_gaps([_row(row, numbering) for row in child.iter(W + "tr") if _owner(row) is child])
                if (line := " ".join(filter(None, row)))
            )
        elif child.tag not in _SKIP:
            yield from _blocks(child, numbering)


def _owner(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors(W + "tbl"), None)


def _row(row: etree._Element, numbering: Numbering) -> list[str]:
    """The texts of a row's cells; the columns that a cell spans are empty."""
    texts: list[str] = []
    for cell in row.iter(W + "tc"):
        if next(cell.iterancestors(W + "tr"), None) is row:
            span = next((mark.get(W + "val") or "1" for mark in cell.iterfind(f"{W}tcPr/{W}gridSpan")), "1")
            texts.append(" ".join(part for part in _blocks(cell, numbering) if part.strip()).strip())
            texts += [""] * (min(int(span), MOST_SPAN) - 1 if span.isdecimal() else 0)
    return texts


def _text(paragraph: etree._Element) -> str:
    return re.sub(r"[ \xa0\u3000]+", " ", "".join(_pieces(paragraph)))


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIP:
            continue
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in (W + "tab", W + "ptab"):
            yield " "
        elif child.tag == W + "noBreakHyphen":
            yield "-"
        elif child.tag == W + "lastRenderedPageBreak" or (child.tag == W + "br" and child.get(W + "type") == "page"):
            yield "\f"
        elif child.tag in (W + "br", W + "cr"):
            yield "\n"
        else:
            yield from _pieces(child)


def _pages(text: str) -> tuple[str, tuple[int, ...]]:
    """Take the page marks out of the text and give the offsets of the pages; none where the file notes no pages."""
    parts = re.split(r"\f+", text)
    if len(parts) == 1:
        return text, ()
    starts, out = [], ""
    for part in parts:
        starts.append(len(out))
        out += part if out.rstrip("\n") != "" else part.lstrip()
    return out, tuple(dict.fromkeys(starts))


def _stated(archive: Archive) -> Iterator[tuple[str, str]]:
    core = archive.xml("docProps/core.xml")
    for element in core if core is not None else ():
        key = _CORE.get(etree.QName(element).localname) if isinstance(element.tag, str) else None
        if key is not None and element.text and element.text.strip():
            yield key, element.text.strip()

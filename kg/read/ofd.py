"""OFD → Source: the page descriptions of GB/T 33190, a zip of XML, set into lines and paragraphs.

Text stands in TextCode elements with a place; an object's boundary is in millimetres from the page's upper left corner.
Template layers (letterheads, lines) are furniture and stay out. A scan published as OFD is a picture a page.
"""

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kg.errors import InputError, LimitError
from kg.model import Source
from kg.read.archive import Archive
from kg.read.layout import Line, Page, join_pages, line_of
from kg.read.ocr import LAYER, confidence_of, join_pictures, recognise

MAX_PAGES, MAX_PICTURES = 1000, 40
_INFO = {"Title": "title", "Author": "author", "CreationDate": "created"}
_A4 = 297.0


def read_ofd(data: bytes, name: str) -> Source:
    """Read an OFD document; pages that hold pictures alone are recognised. Raises InputError where it has no pages or no text."""
    archive = Archive(data, name)
    root = archive.xml("OFD.xml")
    if root is None:
        raise InputError(f"{name}: 压缩包中没有 OFD.xml · no OFD.xml in this zip")
    sheets = [sheet for doc in _each(root, "DocRoot") for sheet in _document(archive, (doc.text or "").strip().lstrip("/"))]
    stated = tuple((_INFO[key], e.text.strip()) for e in root.iter() if (key := _local(e)) in _INFO and e.text and e.text.strip())
    pages, confidence = [sheet.page for sheet in sheets], None
    if laid := sum(sheet.unseen for sheet in sheets):
        maker = next((e.text.strip()[:80] for e in root.iter() if _local(e) == "Creator" and e.text and e.text.strip()), "?")
        stated += ((LAYER, f"{maker} ({laid}/{len(sheets)})"),)
    scans = [number for number, sheet in enumerate(sheets) if not sheet.page.lines and sheet.pictures]
    if scans:
        found = recognise((join_pictures(sheets[n].pictures, name) for n in scans), name)
        for number, (page, _) in zip(scans, found, strict=True):
            pages[number] = page.scaled(pages[number].height)
        confidence = confidence_of(found)
    text, starts = join_pages(pages)
    if not text.strip():
        raise InputError(f"{name}: OFD 中没有文字 · no text in this OFD")
    return Source(text, name, hashlib.sha256(text.encode()).hexdigest(), "application/ofd", stated, pages=starts, confidence=confidence)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page: its printed lines, its pictures from top to bottom, and whether the lines are not to be seen: a picture shows what they say."""

    page: Page
    pictures: tuple[bytes, ...]
    unseen: bool


def _document(archive: Archive, path: str) -> Iterator[_Sheet]:
    document = archive.xml(path)
    if document is None:
        raise archive.broken(path or "DocRoot")
    height = next((_numbers(box.text)[3] for box in _each(document, "PhysicalBox") if len(_numbers(box.text)) == 4), _A4)
    places = [page.get("BaseLoc", "") for pages in _each(document, "Pages") for page in _each(pages, "Page")]
    if len(places) > MAX_PAGES:
        raise LimitError(f"{archive.name}: {len(places)} 页,过多 · {len(places)} pages; at most {MAX_PAGES}")
    files = _media(archive, document, path)
    for place in places:
        content = archive.xml(_beside(path, place))
        if content is None:
            raise archive.broken(place)
        drawn = sorted(_each(content, "ImageObject"), key=lambda item: _boundary(item)[1])
        pictures = [files[resource] for item in drawn if (resource := item.get("ResourceID", "")) in files]
        shown = tuple(archive.picture(each) for each in pictures[:MAX_PICTURES])
        texts = list(_each(content, "TextObject"))
        yield _Sheet(Page(height, tuple(_lines(content))), shown, bool(shown and texts) and all(map(_is_unseen, texts)))


def _is_unseen(text: etree._Element) -> bool:
    """Whether a text object draws nothing, as a recognition program lays it over a scan."""
    drawn = text.get("Fill") != "false" or text.get("Stroke", "false") != "false"
    return not drawn or text.get("Alpha") == "0" or text.get("Visible") == "false"


def _beside(path: str, place: str) -> str:
    """Where a file lies that another one names."""
    return place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(path), place))


def _media(archive: Archive, document: etree._Element, path: str) -> dict[str, str]:
    """The pictures that the document's lists of resources name, by their ids."""
    found = {}
    for listed in (*_each(document, "PublicRes"), *_each(document, "DocumentRes")):
        where = _beside(path, (listed.text or "").strip())
        resources = archive.xml(where)
        base = resources.get("BaseLoc", "") if resources is not None else ""
        for media in _each(resources, "MultiMedia") if resources is not None else ():
            file = next((e.text or "" for e in _each(media, "MediaFile")), "").strip()
            found[media.get("ID", "")] = _beside(where, file if file.startswith("/") else posixpath.join(base, file))
    return {key: place for key, place in found.items() if place in archive.names}


def _lines(content: etree._Element) -> Iterator[Line]:
    """Glyphs of text objects with one baseline make a line."""
    glyphs: list[tuple[float, float, tuple[str, float, float]]] = []
    for item in _each(content, "TextObject"):
        x, y, size = _boundary(item)
        scale = _numbers(item.get("CTM")) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        for code in _each(item, "TextCode"):
            left, base = x + _float(code.get("X")) * scale[0], y + _float(code.get("Y")) * (scale[3] if len(scale) > 3 else 1.0)
            steps = _steps(code.get("DeltaX"))
            for number, char in enumerate(code.text or ""):
                step = (steps[number] if number < len(steps) else size * (0.5 if char.isascii() else 1.0)) * scale[0]
                glyphs.append((base, size * scale[0], (char, left, left + min(step, size * scale[0]))))
                left += step
    glyphs.sort(key=lambda glyph: glyph[0])
    row: list[tuple[float, float, tuple[str, float, float]]] = []
    for glyph in glyphs:
        if row and glyph[0] - row[-1][0] > 0.4 * row[-1][1]:
            yield from _set(row)
            row = []
        row.append(glyph)
    yield from _set(row)


def _set(row: list[tuple[float, float, tuple[str, float, float]]]) -> Iterator[Line]:
    line = line_of([glyph for _, _, glyph in row], row[0][0], max(size for _, size, _ in row)) if row else None
    if line is not None:
        yield line


def _boundary(item: etree._Element) -> tuple[float, float, float]:
    box = _numbers(item.get("Boundary")) or [0.0, 0.0]
    return box[0], box[1] if len(box) > 1 else 0.0, _float(item.get("Size"), 4.0) or 4.0


def _steps(deltas: str | None) -> list[float]:
    """DeltaX, in which `g 12 5.6` stands for twelve times 5.6."""
    out: list[float] = []
    words = iter((deltas or "").split())
    for word in words:
        if word == "g":
            count, step = int(_float(next(words, "0"))), _float(next(words, "0"))
            out += [step] * max(0, min(count, 100_000))
        else:
            out.append(_float(word))
    return out


def _numbers(text: str | None) -> list[float]:
    return [_float(word) for word in (text or "").split()]


def _float(word: str | None, default: float = 0.0) -> float:
    try:
        value = float(word) if word is not None else default
    except ValueError:
        return default
    return value if abs(value) < 1e6 else default


def _each(parent: etree._Element, local: str) -> Iterator[etree._Element]:
    return (element for element in parent.iter() if _local(element) == local)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""

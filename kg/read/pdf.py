"""PDF → Source: the text layer set into lines, paragraphs and tables; pages without one go to recognition.

Streams are weighed before the parser sees them, since a small file can hold a stream that unpacks to gigabytes.
"""

import hashlib
import logging
import re
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from kg.errors import InputError, LimitError
from kg.model import Source
from kg.read.columns import Glyph, in_columns, levelled
from kg.read.foreign import LOCKED
from kg.read.layout import Line, Page, join_pages, line_of, rows_of
from kg.read.ocr import LAYER, confidence_of, read_images, recognise
from kg.read.plain import everyday_share
from kg.read.underlay import is_laid_under

MAX_PAGES, MAX_SECONDS, MAX_CHARS = 500, 120.0, 60_000
MAX_DRAWN, MAX_STREAM, MAX_STREAMS = 4 * 1024 * 1024, 24 * 1024 * 1024, 160 * 1024 * 1024
DPI, LEAST_DPI = 300, 150
MIN_JUDGED, MIN_EVERYDAY = 200, 0.05
EMPTY = 20  # bytes that packed nothing takes at most
_STREAM = re.compile(rb"stream\r?\n")
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_DRAWS_NOT = re.compile(rb"/(?:Length1|Subtype|ObjStm|XRef|Metadata|N\s+\d)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image")
_INFO = {"Title": "title", "Author": "author", "CreationDate": "created"}


def read_pdf(data: bytes, name: str) -> Source:
    """Read a PDF; raises InputError where it is locked, broken or a scan that nothing here can recognise."""
    try:
        import pdfplumber  # an optional library
        from pdfminer.pdfparser import PDFSyntaxError
        from pdfminer.psexceptions import PSException
        from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
    except ImportError as error:
        raise InputError(f"{name}: 读取 PDF 需要 pdfplumber · reading PDF needs pdfplumber: pip install 'fazhi-kg[documents]'") from error
    _weigh_streams(data, name)
    broken = (PdfminerException, MalformedPDFException, PDFSyntaxError, PSException, *_NONSENSE)
    try:
        with _in_silence(), pdfplumber.open(BytesIO(data)) as document:
            return _read(document, name)
    except broken as error:
        locked = "Password" in repr(error) or "ncrypt" in repr(error)
        reason = LOCKED if locked else "文件损坏,不是可读的 PDF · the file is damaged: not a readable PDF"
        raise InputError(f"{name}: {reason}") from error


@contextmanager
def _in_silence() -> Iterator[None]:
    """Keep from the terminal what pdfminer says of files that are a little out of order."""
    logger, mute = logging.getLogger("pdfminer"), logging.NullHandler()
    before, logger.propagate = logger.propagate, False
    logger.addHandler(mute)
    try:
        yield
    finally:
        logger.removeHandler(mute)
        logger.propagate = before


# What pdfminer raises on nonsense, as fuzzing shows.
_NONSENSE = (KeyError, IndexError, TypeError, ValueError, AttributeError, AssertionError, ArithmeticError, RecursionError, StopIteration, EOFError, zlib.error)


def _read(document: Any, name: str) -> Source:
    if len(document.pages) > MAX_PAGES:
        raise LimitError(f"{name}: {len(document.pages)} 页,过多 · {len(document.pages)} pages; at most {MAX_PAGES}")
    until, laid = time.monotonic() + MAX_SECONDS, 0
    pages: list[Page] = []
    for page in document.pages:
        if time.monotonic() > until:
            raise LimitError(f"{name}: 读取超过 {MAX_SECONDS:.0f} 秒 · reading took more than {MAX_SECONDS:.0f} seconds")
        if any(_is_lost(each) for each in page.page_obj.contents):
            raise InputError(
                f"{name}: 第 {len(pages) + 1} 页的数据损坏,请重新取得文件 · page {len(pages) + 1} is damaged and cannot be unpacked; get the file anew"
            )
        pages.append(_page(page, name))
        laid += is_laid_under(page) if page.images else 0
        page.close()
    stated = tuple((_INFO[k], str(v).strip()) for k, v in (document.metadata or {}).items() if k in _INFO and str(v).strip())
    printed = sum(len(line.text) for page in pages for line in page.lines)
    if printed < 12 * len(pages) or _is_nonsense("".join(line.text for page in pages for line in page.lines)):
        return read_images((_picture(page) for page in document.pages), name, "application/pdf", stated)
    if laid:
        stated += ((LAYER, f"{_maker(document)} ({laid}/{len(pages)})"),)
    mixed = [n for n, page in enumerate(pages) if not page.lines and document.pages[n].images]
    confidence = None
    if mixed:
        scanned = recognise((_picture(document.pages[n]) for n in mixed), name)
        for number, (page, _) in zip(mixed, scanned, strict=True):
            pages[number] = page.scaled(pages[number].height)
        confidence = confidence_of(scanned)
    text, starts = join_pages(pages)
    return Source(text, name, hashlib.sha256(text.encode()).hexdigest(), "application/pdf", stated, pages=starts, confidence=confidence)


def _is_lost(contents: Any) -> bool:
    """Whether what a page draws is packed so that nothing can be unpacked: the parser would take the page for an empty one."""
    from pdfminer.pdftypes import PDFStream, int_value, resolve1  # an optional library

    stream = resolve1(contents)
    return isinstance(stream, PDFStream) and stream.get_data() == b"" and int_value(stream.attrs.get("Length", 0)) > EMPTY


def _maker(document: Any) -> str:
    """The program that made the file, as it says itself."""
    said = (str((document.metadata or {}).get(key) or "").strip() for key in ("Producer", "Creator"))
    return next((words[:80] for words in said if words), "?")


def _is_nonsense(text: str) -> bool:
    """Whether a text layer cannot be what the page shows: letters for characters, numbers of glyphs, signs that nobody writes."""
    return len(text) >= MIN_JUDGED and sum(char > "\x7f" for char in text) * everyday_share(text) < MIN_EVERYDAY * len(text)


def _picture(page: Any) -> Any:
    """A page as a picture, with as many dots as the scan in it has: more would only blur it."""
    dots = max((72 * image["srcsize"][0] / image["width"] for image in page.images if image["width"] > page.width / 2), default=DPI)
    return page.to_image(resolution=min(DPI, max(LEAST_DPI, dots))).original


def _page(page: Any, name: str) -> Page:
    """The lines of a page in reading order; a ruled table's rows stand where the table stands."""
    chars = [c for c in page.chars if c["upright"] and c["size"] > 1]
    if len(chars) > MAX_CHARS:
        raise LimitError(f"{name}: 一页有 {len(chars)} 字 · {len(chars)} characters on one page; at most {MAX_CHARS}")
    ruled = 4 <= len(page.lines) + len(page.rects) <= 5000
    tables = [t for t in page.find_tables() if len(t.rows) >= 2 and max(len(r.cells) for r in t.rows) >= 2] if ruled else []
    rows: list[Line] = []
    for table in tables:
        x0, top, x1, bottom = table.bbox
        chars = [c for c in chars if not (x0 <= (c["x0"] + c["x1"]) / 2 <= x1 and top <= (c["top"] + c["bottom"]) / 2 <= bottom)]
        rows += [Line(row, x0, x1, top + 0.001 * n, 1.0, fixed=True) for n, row in enumerate(rows_of(table.extract()))]
    glyphs = [Glyph(c["text"], c["x0"], c["x1"], c["top"], c["bottom"], c["size"]) for c in chars]
    level = levelled(glyphs, float(page.width))
    blocks = [list(_rows(block)) for block in in_columns(glyphs if level is None else level)]
    return Page(float(page.height if level is None else page.width), tuple(_among(rows, blocks)))


def _among(rows: list[Line], blocks: list[list[Line]]) -> Iterator[Line]:
    """Put the rows of tables among the blocks of a page: in the only one by their place, else before the first that starts below."""
    if len(blocks) < 2:
        yield from sorted((line for block in (rows, *blocks) for line in block), key=lambda line: line.top)
        return
    waiting = sorted(rows, key=lambda line: line.top)
    for block in blocks:
        while waiting and block and waiting[0].top < block[0].top:
            yield waiting.pop(0)
        yield from block
    yield from waiting


def _rows(glyphs: Sequence[Glyph]) -> Iterator[Line]:
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        if row and (glyph.top + glyph.bottom - row[-1].top - row[-1].bottom) / 2 > 0.4 * row[-1].size:
            yield from _set(row)
            row = []
        row.append(glyph)
    yield from _set(row)


def _set(row: Sequence[Glyph]) -> Iterator[Line]:
    if not row:
        return
    line = line_of([(glyph.text, glyph.x0, glyph.x1) for glyph in row], row[0].top, max(glyph.size for glyph in row))
    if line is not None:
        yield line


def _weigh_streams(data: bytes, name: str) -> None:
    """Unpack the streams, counting only; raise LimitError where what a page draws, or anything but a picture, is too large.

    A megabyte of drawing takes the parser some twelve seconds and 200 MB.
    """
    drawn = total = 0
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - 600) : match.start()].rpartition(b"obj")[2]
        if _IMAGE.search(head):
            continue
        if len(_PACKED.findall(head)) > 1:
            raise LimitError(f"{name}: 数据流重复压缩 · a stream is packed twice over, which no report needs")
        packed = _PACKED.search(head) is not None
        size = _unpacked(data, match.end()) if packed else max(0, data.find(b"endstream", match.end()) - match.end()) * (50 if b"LZW" in head else 1)
        draws = _DRAWS_NOT.search(head) is None or b"/Form" in head
        drawn, total = drawn + size * draws, total + size
        if (draws and size > MAX_DRAWN) or drawn > 3 * MAX_DRAWN or size > MAX_STREAM or total > MAX_STREAMS:
            raise LimitError(f"{name}: 数据流解开后过大 · a stream unpacks to more than {MAX_DRAWN if draws else MAX_STREAM} bytes, or all of them to far more")


def _unpacked(data: bytes, start: int) -> int:
    unpacker, size, at = zlib.decompressobj(), 0, start
    try:
        while size <= MAX_STREAM and not unpacker.eof and at < len(data):
            piece = unpacker.unconsumed_tail or data[at : at + 65536]
            at += 0 if unpacker.unconsumed_tail else 65536
            size += len(unpacker.decompress(piece, 1 << 20))
    except zlib.error:
        return size
    return size

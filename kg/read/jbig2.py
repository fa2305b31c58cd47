"""JBIG2 → a picture, by PDFium, which decodes it inside a PDF: scans in official exchange are often packed so.

The file's own header is taken off and its segments are set in the order in which a PDF holds them (ITU-T T.88, annex D); a
PDF of one page is written around them. No other permissive decoder was found.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import InputError, LimitError

if TYPE_CHECKING:
    from PIL.Image import Image

MARK = b"\x97JB2\r\n\x1a\n"
MAX_PIXELS, MAX_SEGMENTS = 60_000_000, 10_000
_PAGE, _END_OF_STRIPE, _END_OF_FILE, _UNKNOWN = 48, 50, 51, 0xFFFFFFFF
_FIRST = {0, 16, 36, 38, 39, 40, 42, 43, _PAGE, 52, 53}  # kinds of segments that a stream may begin with


@dataclass(frozen=True, slots=True)
class _Segment:
    kind: int
    head: bytes
    size: int


def is_jbig2(data: bytes) -> bool:
    """Say whether bytes are a JBIG2 file, or its segments alone as a PDF holds them."""
    return data.startswith(MARK) or (len(data) > 30 and data[:4] in (b"\0\0\0\0", b"\0\0\0\1") and data[4] & 63 in _FIRST and b"\0\0\0" in data[5:12])


def open_jbig2(data: bytes, name: str) -> "Image":
    """Decode the first page; raises InputError where it is damaged or PDFium is missing, LimitError where it is too large."""
    try:
        import pypdfium2  # an optional library
    except ImportError as error:
        raise InputError(f"{name}: 读取 JBIG2 图像需要 pypdfium2 · reading JBIG2 pictures needs pypdfium2: pip install 'fazhi-kg[documents]'") from error
    try:
        segments = _in_order(data)
        width, height = _size(segments)
        if any(len(body) < size for _, head, body in segments if (size := struct.unpack(">I", head[-4:])[0]) != _UNKNOWN):
            raise ValueError("cut short")  # which PDFium would show as paper
    except (struct.error, IndexError, ValueError) as error:
        raise _broken(name) from error
    if width * height > MAX_PIXELS:
        raise LimitError(f"{name}: 图像过大 · the picture is too large: {width} by {height}, at most {MAX_PIXELS} pixels")
    try:
        document = pypdfium2.PdfDocument(_pdf_around(b"".join(head + body for _, head, body in segments), width, height))
        page: Image = document[0].render(scale=1).to_pil().convert("L")
        document.close()
    except pypdfium2.PdfiumError as error:
        raise _broken(name) from error
    return page


def _broken(name: str) -> InputError:
    return InputError(f"{name}: JBIG2 图像损坏,请把页面另存为 PDF 或 TIFF · a damaged JBIG2 picture: save the pages as PDF or TIFF")


def _in_order(data: bytes) -> list[tuple[int, bytes, bytes]]:
    """Give kind, head and body of each segment, the heads each before its body, also where the file lists all heads first."""
    at, sequential = 0, True
    if data.startswith(MARK):
        flags = data[8]
        at, sequential = (9 if flags & 2 else 13), bool(flags & 1)
    if sequential:
        return list(_sequential(data, at))
    heads: list[_Segment] = []
    while not heads or heads[-1].kind != _END_OF_FILE:
        heads.append(_head(data, at))
        at += len(heads[-1].head)
        if len(heads) > MAX_SEGMENTS:
            raise ValueError("too many segments")
    found = []
    for segment in heads:
        found.append((segment.kind, segment.head, data[at : at + segment.size]))
        at += segment.size
    return found


def _sequential(data: bytes, at: int) -> Iterator[tuple[int, bytes, bytes]]:
    for _ in range(MAX_SEGMENTS):
        if at >= len(data):
            return
        segment = _head(data, at)
        at += len(segment.head)
        size = len(data) - at if segment.size == _UNKNOWN else segment.size  # its end is not told: all that is left goes to the decoder
        yield segment.kind, segment.head, data[at : at + size]
        at += size


def _head(data: bytes, at: int) -> _Segment:
    """Read a segment's head (T.88, 7.2): number, flags, segments that it refers to, page, length."""
    start = at
    number, flags, count = struct.unpack_from(">IBB", data, at)
    at += 5
    if count >> 5 == 7:
        referred = struct.unpack_from(">I", data, at)[0] & 0x1FFFFFFF
        at += 4 + (referred + 8) // 8
    else:
        referred = count >> 5
        at += 1
    at += referred * (1 if number <= 256 else 2 if number <= 65536 else 4)
    at += 4 if flags & 64 else 1
    (size,) = struct.unpack_from(">I", data, at)
    return _Segment(flags & 63, data[start : at + 4], size)


def _size(segments: list[tuple[int, bytes, bytes]]) -> tuple[int, int]:
    """The page's width and height in pixels; a height that the page does not tell is where its last stripe ends."""
    page = next((body for kind, _, body in segments if kind == _PAGE), b"")
    width, height = struct.unpack_from(">II", page)
    if height == _UNKNOWN:
        height = max((struct.unpack(">I", body)[0] + 1 for kind, _, body in segments if kind == _END_OF_STRIPE), default=0)
    if not width or not height:
        raise ValueError("a page without a size")
    return width, height


def _pdf_around(stream: bytes, width: int, height: int) -> bytes:
    """Write a PDF of one page that shows the picture, a point a pixel."""
    drawn = f"{width} 0 0 {height} 0 0 cm /I Do".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>".encode(),
        f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode/Length {len(stream)}>>\nstream\n".encode()
        + stream
        + b"\nendstream",
        f"<</Length {len(drawn)}>>\nstream\n".encode() + drawn + b"\nendstream",
    )
    out, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + f"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n".encode()

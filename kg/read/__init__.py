"""Bytes → Source: one reader a format, chosen by the bytes first and the name second.

A reader loses no character of the text and lets none of the page's furniture in; what a page states of itself (metas,
label tables) goes to `Source.stated`.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError, LimitError
from kg.model import Source
from kg.read.archive import Archive
from kg.read.docx import read_docx
from kg.read.foreign import refuse_foreign, refuse_zip
from kg.read.html import looks_like_html, read_html
from kg.read.mhtml import looks_like_mhtml, read_mhtml
from kg.read.ocr import image_type, read_image
from kg.read.ofd import read_ofd
from kg.read.office import office_form, read_office
from kg.read.parts import is_packed, read_parts
from kg.read.pdf import read_pdf
from kg.read.plain import decode_text, read_plain
from kg.read.spacing import is_spaced

Reader = Callable[[bytes, str], Source]
READERS: dict[str, Reader] = {
    **dict.fromkeys((".txt", ".md", ".text"), read_plain),
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml"), read_html),
    **dict.fromkeys((".mhtml", ".mht"), read_mhtml),
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt", ".uof", ".uot"), read_office),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".jb2", ".jbig2"), read_image),
    ".docx": read_docx,
    ".ofd": read_ofd,
    ".pdf": read_pdf,
}
MAX_BYTES, MAX_CHARACTERS, MIN_SPACED = 64 * 1024 * 1024, 400_000, 100


def read_bytes(data: bytes, name: str) -> Source:
    """Read one input; `name` is its path or '-' and decides only between formats that look alike.

    Raises InputError for an empty or damaged input or a format without a reader, LimitError for one that is too large.
    """
    if not data.strip():
        raise InputError(f"{name}: 文件为空 · the file is empty; expected a report's text or web page")
    if len(data) > MAX_BYTES:
        raise LimitError(f"{name}: 文件过大({len(data)} 字节)· the file is too large: {len(data)} bytes, at most {MAX_BYTES}")
    source = _choose(data, name)(data, name)
    if len(source.text) > MAX_CHARACTERS:
        raise LimitError(f"{name}: 正文过长({len(source.text)} 字)· the text is too long: {len(source.text)} characters, at most {MAX_CHARACTERS}")
    if is_spaced(source.text, MIN_SPACED):
        raise InputError(
            f"{name}: 字与字之间夹有空格,多为识别软件所留,请全部删去后再读 · blanks stand between nearly all characters, as some recognition programs leave them: take them out and read the file again"
        )
    return source


def _choose(data: bytes, name: str) -> Reader:
    """Find the reader by the first bytes; a wrong ending misleads nobody (many .doc files are pages, many .wps are DOCX)."""
    if is_packed(data):
        return read_parts
    if data.startswith(b"PK\x03\x04"):
        return _choose_zip(data, name)
    if office_form(data) is not None:
        return read_office
    if b"%PDF-" in data[:1024]:
        return read_pdf
    if image_type(data) is not None:
        return read_image
    if looks_like_mhtml(data):
        return read_mhtml
    if looks_like_html(data):
        return read_html
    refuse_foreign(data, name)
    suffix = Path(name).suffix.lower()
    if READERS.get(suffix, read_plain) not in (read_plain, read_html):
        raise InputError(f"{name}: 内容与扩展名不符或已损坏 · damaged, or not what its ending {suffix} says")
    return READERS.get(suffix, read_plain)


def _choose_zip(data: bytes, name: str) -> Reader:
    names = Archive(data, name).names
    if "word/document.xml" in names:
        return read_docx
    if "OFD.xml" in names:
        return read_ofd
    if office_form(data) is not None:
        return read_office
    raise refuse_zip(names, name)


def digest(text: str) -> str:
    """SHA-256 of a text's UTF-8 form, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


__all__ = ["READERS", "decode_text", "digest", "read_bytes"]

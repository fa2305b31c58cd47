"""Bytes → Source: one reader a format, chosen by the bytes first and the name second.

A reader loses no character of the text and lets none of the page's furniture in; what a page states of itself (metas,
label tables) goes to `Source.stated`.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError
from kg.model import Source
from kg.read.html import looks_like_html, read_html
from kg.read.plain import decode_text, read_plain

Reader = Callable[[bytes, str], Source]
READERS: dict[str, Reader] = {".txt": read_plain, ".md": read_plain, ".text": read_plain, ".html": read_html, ".htm": read_html, ".shtml": read_html}
MAX_BYTES = 64 * 1024 * 1024


def read_bytes(data: bytes, name: str) -> Source:
    """Read one input; `name` is its path or '-' and decides only between formats that look alike.

    Raises InputError for an empty input, a binary, or a format without a reader.
    """
    if not data.strip():
        raise InputError(f"{name}: 文件为空 · the file is empty; expected a report's text or web page")
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: 文件过大({len(data)} 字节)· the file is too large; at most {MAX_BYTES} bytes")
    suffix = Path(name).suffix.lower()
    if looks_like_html(data):
        return read_html(data, name)
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{name}: 二进制文件,无法读取 · a binary file; expected .txt or .html")
    return READERS.get(suffix, read_plain)(data, name)


def digest(text: str) -> str:
    """SHA-256 of a text's UTF-8 form, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


__all__ = ["READERS", "decode_text", "digest", "read_bytes"]

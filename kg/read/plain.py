"""Plain text → Source: the decoded file itself, BOM off, CRLF → LF, nothing else changed."""

import codecs
import hashlib

from kg.errors import InputError
from kg.model import Source

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode_text(data: bytes, name: str) -> str:
    """Decode by BOM, else strict UTF-8, else gb18030; raise InputError where none fits."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding)
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            last = error
    raise InputError(f"{name}: 第 {last.start} 字节起无法解码 · neither UTF-8 nor GB18030 at byte {last.start}")


def read_plain(data: bytes, name: str) -> Source:
    """Read a text file."""
    text = decode_text(data, name).replace("\r\n", "\n").replace("\r", "\n")
    return Source(text=text, name=name, sha256=hashlib.sha256(text.encode()).hexdigest())

"""Plain text → Source: the decoded file itself, BOM off, CRLF → LF, nothing else changed.

A byte order mark decides; then strict UTF-8; then UTF-16 by where its zero bytes lie; then whichever of GB18030 and
Big5 gives the more everyday characters, since each can read the other's bytes as rare ones.
"""

import codecs
import hashlib

from kg.errors import InputError
from kg.model import Source

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EVERYDAY = set(
    "的一是在不了有和人這中大為上個國以要時來用生到作地於出分對成會可主發年動同工能下過產種面方後多定行學法所民經進等部度家力自理加量制機當從業本性應開合前政社事平全表間與關各重新內數正第向條結建公無系情立通提題黨程展員設及管"
    "特件長基資統組計區強決處規領導这为个国时来对会发动过产种后学经进机当从业应开间与关内数条结无题党员设长资统组计区强决处规领导，。、：；“”《》（）,"
)
MAX_DAMAGE = 0.002


def decode_text(data: bytes, name: str) -> str:
    """Decode a Chinese text; raise InputError where no encoding fits."""
    return decode(data, name)[0]


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Decode a Chinese text and name its encoding; single broken bytes stay in as U+FFFD, zero characters are no text."""
    text, encoding = _decode(data, name)
    if "\0" in text:
        raise InputError(f"{name}: 二进制文件,无法读取 · a binary file; expected a report's text, page or document")
    return text, encoding


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_damage(data, encoding, name), encoding.removesuffix("-sig")
    utf8 = _strict(data, "utf-8")
    if utf8 is not None and "\0" not in utf8:
        return utf8, "utf-8"
    if b"\0" in data:
        return _wide(data, name)
    both = [(text, encoding) for encoding in ("gb18030", "big5hkscs") if (text := _strict(data, encoding)) is not None]
    if both:
        return max(both, key=lambda found: everyday_share(found[0]))
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= max(1, len(text) * MAX_DAMAGE) and everyday_share(text) > 0.1:
            return text, encoding
    broken = _first_fault(data)
    raise InputError(f"{name}: 第 {broken} 字节起无法解码 · not UTF-8, UTF-16, GB18030 or Big5: cannot decode at byte {broken}")


def _with_damage(data: bytes, encoding: str, name: str) -> str:
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > max(1, len(text) * MAX_DAMAGE):
        raise InputError(f"{name}: 文件有 {encoding} 标记但无法解码 · the file is marked {encoding} but does not decode")
    return text


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes, name: str) -> tuple[str, str]:
    """UTF-16 without a mark: whichever byte order gives everyday characters; anything else with zero bytes is no text."""
    both = [(text, encoding) for encoding in ("utf-16-le", "utf-16-be") if (text := _strict(data, encoding)) is not None]
    best = max(both, key=lambda found: everyday_share(found[0]), default=("", ""))
    if everyday_share(best[0]) < 0.05:
        raise InputError(f"{name}: 二进制文件,无法读取 · a binary file; expected a report's text, page or document")
    return best


def everyday_share(text: str) -> float:
    """The part of everyday Chinese characters and marks among the characters beyond ASCII, 0 to 1."""
    sample = [char for char in text[:20_000] if char > "\x7f"]
    return sum(char in _EVERYDAY for char in sample) / (len(sample) or 1)


def _first_fault(data: bytes) -> int:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def read_plain(data: bytes, name: str) -> Source:
    """Read a text file."""
    text, encoding = decode(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Source(text=text, name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), encoding=encoding)

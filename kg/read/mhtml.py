"""MHTML → Source: the page in a browser's single file (.mhtml, .mht), read like any page.

The page is the first HTML part that its `start` names, unless a frame in the same file holds far more text: then that is the
report. Addresses rest on where the part came from. A page whose text is in pictures is recognised: they lie in the file.
"""

import email
import re
from email.message import Message
from email.policy import compat32

from kg.errors import InputError
from kg.model import Source
from kg.read.html import read_page
from kg.read.ocr import image_type, read_shown
from kg.read.shell import PICTURE

_HEAD = re.compile(rb"\s*(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){1,30}?Content-Type:\s*multipart/related", re.I)
MAX_PARTS, FAR_MORE = 2000, 3


def looks_like_mhtml(data: bytes) -> bool:
    """Say whether bytes open like a page saved in one file."""
    return b"multipart/related" in data[:4096].lower() and _HEAD.match(data[:8192]) is not None


def read_mhtml(data: bytes, name: str) -> Source:
    """Read a saved page; raises InputError where there is no page in it."""
    try:
        message = email.message_from_bytes(data, policy=compat32)
    except RecursionError as error:
        raise InputError(f"{name}: 单文件网页嵌套过深 · the MHTML file is nested too deeply; save the page anew, or as PDF") from error
    parts = [part for number, part in enumerate(message.walk()) if number < MAX_PARTS and part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    parts.sort(key=lambda part: part.get("Content-ID") != start if start is not None else False)
    pages = [_read(part, name) for part in parts if _body(part).strip()]
    if not pages:
        raise InputError(f"{name}: 单文件网页中没有网页 · no page in this MHTML file; save the page anew, or as PDF")
    longest = max(pages, key=lambda page: len(page.text))
    page = longest if len(longest.text) > FAR_MORE * len(pages[0].text) else pages[0]
    shown = [place for key, place in page.stated if key == PICTURE]
    if not shown:
        return page
    held = {str(part.get("Content-Location") or "").strip(): _body(part) for part in message.walk() if part.get_content_maintype() == "image"}
    pictures = [held[place] for place in shown if image_type(held.get(place, b"")) is not None]
    return read_shown(pictures, name, "text/html", page.stated) if pictures else page


def _body(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""


def _read(part: Message, name: str) -> Source:
    place = str(part.get("Content-Location") or "").strip()
    return read_page(_body(part), name, place if "://" in place else None)

"""Web pages that hold one text together → one Source: the parts in their order, what each repeats of the first taken off.

Content systems cut long reports into pages (t1.html, t1_1.html, t1_2.html). Whoever has all parts at hand packs their bytes
into one input, so that the rest of the way knows a single input with a single hash; the part starts are its page starts.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote

from kg.errors import InputError, LimitError
from kg.model import Source
from kg.read.html import looks_like_html, read_page
from kg.read.plain import decode
from kg.read.shell import NEXT, resolve, split

MAX_PARTS = 30
_MARK = b"%fazhi-kg parts\n"
_HINT = re.compile(rb"_\d{1,2}\.(?:s|j|x)?html?\b|[?&](?:amp;)?(?:page|pageno|currentpage)=\d|createPageHTML", re.I)
_NUMBER = re.compile(r"_\d{1,2}(?=\.\w+$)")
_PAGE_KEYS = {"page", "pageno", "currentpage"}
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.I | re.S)
_TITLE_NUMBER = re.compile(r"[\s\W]+|第?\d{1,2}页?$")
REPEATED = 12  # lines: more stand ahead of no text

Part = tuple[str, bytes]  # its name or address, and its bytes


def pack_parts(parts: Sequence[Part]) -> bytes:
    """Put the parts of a text into one input."""
    sizes = json.dumps([[place, len(data)] for place, data in parts], ensure_ascii=False).encode()
    return b"".join([_MARK, sizes, b"\n", *(data for _, data in parts)])


def is_packed(data: bytes) -> bool:
    """Say whether an input is made of parts."""
    return data.startswith(_MARK)


def _unpack(data: bytes, name: str) -> list[Part]:
    head, _, rest = data.removeprefix(_MARK).partition(b"\n")
    try:
        sizes = [(str(place), int(size)) for place, size in json.loads(head)]
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        raise InputError(f"{name}: 拼合的网页已损坏 · the joined pages are damaged") from error
    if not 0 < len(sizes) <= MAX_PARTS or any(size < 0 for _, size in sizes) or sum(size for _, size in sizes) != len(rest):
        raise InputError(f"{name}: 拼合的网页已损坏 · the joined pages are damaged")
    ends = list(accumulate(size for _, size in sizes))
    return [(place, rest[end - size : end]) for (place, size), end in zip(sizes, ends, strict=True)]


def read_parts(data: bytes, name: str) -> Source:
    """Read pages that were put together: one text, which goes on only where the last part says so."""
    pages = [read_page(page, name, place) for place, page in _unpack(data, name)]
    first = pages[0].text.splitlines()
    texts = [pages[0].text, *("".join(f"{line}\n" for line in _unrepeated(page.text.splitlines(), first)) for page in pages[1:])]
    text, starts = "".join(texts), (0, *accumulate(map(len, texts[:-1])))
    stated = (*(pair for pair in pages[0].stated if pair[0] != NEXT), *(pair for pair in pages[-1].stated if pair[0] == NEXT))
    return replace(pages[0], text=text, sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), stated=stated, pages=starts)


def _unrepeated(lines: list[str], first: list[str]) -> list[str]:
    """Leave out the lines that stand ahead of each part: title, date, source."""
    ahead = {*first[:REPEATED]}
    return lines[next((n for n, line in enumerate(lines) if line not in ahead), len(lines)) :]


def following(part: Part) -> tuple[str, bool] | None:
    """Where the text of a page goes on, as the page says it, absolute where its own place is, and whether that is an address of the same text; None where it says nothing."""
    place, data = part
    if _HINT.search(data) is None or not looks_like_html(data):
        return None
    try:
        stated = read_page(data, place, place).stated
    except (InputError, LimitError):
        return None
    more = next((resolve(place, where) for key, where in stated if key == NEXT), None)
    return (more, more != place and _stem(more) == _stem(resolve(more, place))) if more is not None else None


def next_part(part: Part) -> str | None:
    """Where the text of a page goes on, if that is an address of the same text."""
    more = following(part)
    return more[0] if more is not None and more[1] else None


def _stem(place: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """An address without what numbers its part.

    >>> _stem("https://a.test/b/t7_2.html?page=3&id=1") == _stem("https://a.test/b/t7.html?id=1")
    True
    """
    parts = split(place)
    query = tuple((key, value) for key, value in parse_qsl(parts.query) if key.lower() not in _PAGE_KEYS)
    return parts.netloc, _NUMBER.sub("", unquote(parts.path)), query


def name_of(place: str) -> str:
    """The name of the file that an address ends in."""
    return unquote(PurePosixPath(split(place).path).name)


def is_part(first: bytes, other: bytes) -> bool:
    """Whether a page can be a part of a text: it is one, and its head does not name another text."""
    return looks_like_html(other) and (not (one := _title(first)) or not (two := _title(other)) or one == two)


def _title(data: bytes) -> str:
    text, _ = decode(data, "page")
    match = _TITLE.search(text)
    return _TITLE_NUMBER.sub("", match[1]) if match is not None else ""

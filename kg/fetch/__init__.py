"""Addresses → an archive of original bytes: politely, once each, with a line of provenance for every one.

The archive is a folder: `files/` holds each page or document under its hash, `fetched.jsonl` says where and when it came
from. `kg ingest FOLDER` takes the archive in. Nothing is fetched that robots.txt forbids, and a site is asked again only
after a pause.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from kg.errors import EmptyError, KgError, LimitError, UsageError
from kg.fetch.address import check_address, on_one_site
from kg.fetch.archive import Archive, Fetched
from kg.fetch.download import Response, Unreachable, Untrusted
from kg.fetch.sites import Manner, Sites, ask_site
from kg.pipeline import MAX_PARTS, SUFFIXES, following, identify_bytes, is_part
from kg.refusal import other_genre

EXIT_CODES = {"fetched": 0, "unchanged": 0, "followed": 0, "refused": 1, "forbidden": 1, "failed": 3}
MAX_LINKS, MAX_STEPS = 3, 3
GOES_ON = "正文续于"
_WANTS_BROWSER = {202, 403, 405, 412, 468, 521}  # as the guards of many sites answer a program
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/ofd": ".ofd",
}


def read_addresses(urls: Sequence[str], listed: Path | None) -> list[str]:
    """Put the addresses together: those named, then those of a list, in which # begins a comment."""
    lines = listed.read_text(encoding="utf-8-sig", errors="replace").splitlines() if listed is not None else []
    found = list(dict.fromkeys([*urls, *(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))]))
    if not found:
        raise UsageError("没有网址:给出网址或 --list · no address: give addresses or --list FILE")
    return found


def fetch_addresses(urls: Sequence[str], folder: Path, manner: Manner) -> Iterator[Fetched]:
    """Fetch addresses in their order and yield what became of each; one that fails stops no other.

    A page that has no text of its own is followed by what it points to on its own site (attachments, frames, where it
    leads to), at most three steps far: many reports are published so. A text of several pages is fetched part by part.
    """
    archive, sites = Archive(folder), Sites(manner)
    waiting = [(url, 0) for url in dict.fromkeys(urls)][::-1]
    seen, told = {url for url, _ in waiting}, set[str]()
    while waiting:
        url, steps = waiting.pop()
        if url in told:
            continue  # it was a part of a text that was named before it
        entry = replace(_fetch(url, archive, sites, manner), part_of="")
        if entry.links and steps >= MAX_STEPS:
            entry = _line(entry, "refused", entry.detail)
        for each in _with_parts(entry, archive, sites, manner):
            told.add(each.url)
            archive.note(each)
            yield each
        new = [link for link in entry.links if link not in seen and steps < MAX_STEPS]
        seen |= {*new}
        waiting += [(link, steps + 1) for link in new[::-1]]


def _with_parts(head: Fetched, archive: Archive, sites: Sites, manner: Manner) -> Iterator[Fetched]:
    """Yield what became of an address, and of the further parts of its text, as long as each says where it goes on."""
    entry, places, first = head, {head.url, head.final_url}, b""
    while entry.file:
        data = (archive.folder / entry.file).read_bytes()
        first = first or data
        more, same = following((entry.final_url, data)) or ("", False)
        if not same or more in places or len(places) > MAX_PARTS:
            yield _line(entry, entry.state, f"{GOES_ON} {more},未取 · the text goes on at {more}, which was not fetched") if more else entry
            return
        yield entry
        places.add(more)
        entry = replace(_fetch(more, archive, sites, manner, first), part_of=head.url)
    yield entry


def _fetch(url: str, archive: Archive, sites: Sites, manner: Manner, first: bytes = b"") -> Fetched:
    """Fetch one address; with `first`, as a further part of the text that opens with that page."""
    known = archive.known.get(url)
    try:
        site = check_address(url, manner.limits.allowed, manner.limits.resolve).site
        if known is not None and not manner.refresh and (archive.folder / known.file).exists():
            return _line(known, "unchanged", "已在存档中 · already in the archive; --refresh asks again")
        if not sites.allow(site, url):
            return Fetched(url, "forbidden", "robots.txt 不允许或无法取得 · robots.txt forbids it, or cannot be had")
        answer = ask_site(url, site, sites, manner, _conditions(known))
        return _take(url, answer, known, archive, lambda: _refusal(url, answer, manner) if not first else _refused_part(answer, first))
    except (Unreachable, Untrusted, LimitError, LookupError) as error:
        return Fetched(url, "failed", str(error))
    except UsageError as error:
        return Fetched(url, "refused", str(error))


def _line(known: Fetched, state: str, detail: str) -> Fetched:
    return replace(known, state=state, detail=detail)


def _conditions(known: Fetched | None) -> dict[str, str]:
    if known is None:
        return {}
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return {name: value for name, value in pairs if value}


def _take(url: str, answer: Response, known: Fetched | None, archive: Archive, judge: Callable[[], tuple[str, tuple[str, ...]]]) -> Fetched:
    if answer.status == 304 and known is not None:
        return _line(known, "unchanged", "网站称未变 · the site says it has not changed")
    if answer.status != 200:
        return Fetched(url, "failed", _answered(answer.status), answer.url, answer.status)
    reason, links = judge()
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    suffix = _TYPES.get(media_type) or PurePosixPath(urlsplit(answer.url).path).suffix.lower()
    found = Fetched(
        url, "followed" if links else "refused" if reason else "fetched", reason, answer.url, 200, hashlib.sha256(answer.body).hexdigest(), len(answer.body), "", media_type,
        datetime.now(UTC).isoformat(timespec="seconds"), answer.headers.get("etag", ""), answer.headers.get("last-modified", ""), links,
    )  # fmt: skip
    if reason:
        return found
    same = known is not None and known.sha256 == found.sha256
    place = archive.keep(answer.body, found.sha256, suffix if suffix in SUFFIXES else ".html")
    return replace(found, file=place, state="unchanged" if same else "fetched")


def _answered(status: int) -> str:
    said = f"网站答复 {status} · the site answered {status}"
    if status in _WANTS_BROWSER:
        return f"{said}; 或要求浏览器验证,请在浏览器中打开后另存网页 · it may want a browser: open the page there and save it"
    return said


def _refusal(url: str, answer: Response, manner: Manner) -> tuple[str, tuple[str, ...]]:
    """Why a page is not kept: unreadable, or of another genre; and what an empty page points to on its own site."""
    try:
        header = identify_bytes(answer.body, answer.url, manner.divisions)
    except EmptyError as error:
        own = dict.fromkeys(link for link in error.links if on_one_site(link, answer.url) and link not in (url, answer.url))
        return str(error), tuple(own)[:MAX_LINKS]
    except KgError as error:
        return str(error), ()
    reason = "" if manner.any_genre else other_genre(header)
    return f"{reason}; --any-genre" if reason else "", ()


def _refused_part(answer: Response, first: bytes) -> tuple[str, tuple[str, ...]]:
    """Why a page is not taken for a further part of a text."""
    return ("" if is_part(first, answer.body) else "不是同一篇的网页 · not a page of the same text"), ()


def told_of(entry: Fetched) -> str:
    """What a row says of an address: its file in the archive, or why there is none; whose part it is, and whether its text goes on."""
    part = f"{entry.part_of} 的续页 · a further part of {entry.part_of}" if entry.part_of else ""
    return "  ".join(filter(None, (entry.file or entry.detail, part, entry.detail if entry.file and entry.detail.startswith(GOES_ON) else "")))

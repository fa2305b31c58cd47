"""Addresses among the inputs → files of an archive: fetched politely, once each, and taken in like any file."""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.fetch import fetch_addresses
from kg.fetch.archive import Archive
from kg.fetch.sites import Manner
from kg.ingest import Options, Way, ingest_files
from kg.ingest.admit import rules_of
from kg.ingest.inputs import Inputs
from kg.ingest.outcome import Outcome, called
from kg.store import check_place

Progress = Callable[[int, str], AbstractContextManager[Callable[[int], None]]]
_STATES = {"forbidden": "refused", "refused": "refused", "failed": "unreadable", "followed": "followed"}


@dataclass(frozen=True, slots=True)
class Web:
    """Where what is fetched is kept, and how to ask for it."""

    archive: Path
    manner: Manner


def ingest_inputs(inputs: Inputs, folder: Path, options: Options, stdin: Callable[[], bytes], way: Way, web: Web, progress: Progress) -> list[Outcome]:
    """Take in files, and what lies at addresses once it is in the archive; files come first. `progress` opens a bar for so many of a kind."""
    check_place(folder)
    rules_of(options)  # what is wrong with them is told before anything is fetched
    if not way.dry_run:
        _check_writable(folder)
    with progress(len(inputs.addresses), "fetch") as told:
        fetched = fetch_inputs(inputs.addresses, web, way.dry_run, told)
    files = list(dict.fromkeys([*inputs.files, *(found for found in fetched.values() if isinstance(found, Path))]))
    with progress(len(files), "ingest") as told:
        outcomes = dict(zip(files, ingest_files(files, folder, options, stdin, way, told) if files else (), strict=True))
    settled, told_of = [outcomes[path] for path in inputs.files], set(inputs.files)
    for address, found in fetched.items():
        if isinstance(found, Outcome):
            settled.append(found)
        else:
            settled.append(called(outcomes[found], address, found in told_of))
            told_of.add(found)
    return settled


def _check_writable(folder: Path) -> None:
    """Refuse a place where nothing may be written before hours of reading go for nothing; a UsageError."""
    home = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not os.access(home, os.W_OK):
        raise UsageError(f"{folder}: 无权写入 {home} · {home} may not be written to; name a store elsewhere")


def fetch_inputs(addresses: Sequence[str], web: Web, dry_run: bool, told: Callable[[int], None]) -> dict[str, Path | Outcome]:
    """Give for each address the archived file, or what else became of it; a dry run asks nobody and goes by what the archive has."""
    if dry_run:
        return {address: _archived(address, Archive(web.archive)) for address in addresses}
    found: dict[str, Path | Outcome] = {}
    for entry in fetch_addresses(addresses, web.archive, web.manner):
        if entry.part_of and entry.file:
            found[entry.url] = Outcome(entry.url, "joined", None, f"与 {entry.part_of} 合为一份 · a further part of {entry.part_of}")
            continue
        kept = entry.state not in _STATES
        found[entry.url] = web.archive / entry.file if kept else Outcome(entry.url, _STATES[entry.state], None, entry.detail)
        told(1)
    return found


def _archived(address: str, archive: Archive) -> Path | Outcome:
    known = archive.known.get(address)
    path = archive.folder / known.file if known is not None else archive.folder
    return path if path.is_file() else Outcome(address, "unfetched", None, "将会取来 · would be fetched, and then judged")

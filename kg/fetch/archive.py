"""What was fetched: a folder of original bytes under their hashes, and a line of provenance for every address.

`files/` holds each page or document under its hash, `fetched.jsonl` says where and when it came from. An input that lies in an
archive is called by its address, so that the graph names its source and not the folder in which it was kept.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import InputError
from kg.files import replacing

RECORD = "fetched.jsonl"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address: a line of the archive's record."""

    url: str
    state: str
    detail: str = ""
    final_url: str = ""
    status: int = 0
    sha256: str = ""
    size: int = 0
    file: str = ""
    media_type: str = ""
    fetched_at: str = ""
    etag: str = ""
    last_modified: str = ""
    links: tuple[str, ...] = ()
    part_of: str = ""


class Archive:
    """The folder that keeps what was fetched."""

    def __init__(self, folder: Path) -> None:
        """Open it, or make it with the first file."""
        self.folder = folder
        self.record = folder / RECORD
        self.known = {entry.url: entry for entry in _entries(self.record) if entry.state in ("fetched", "unchanged")}

    def keep(self, data: bytes, digest: str, suffix: str) -> str:
        """Store bytes under their SHA-256; give the file's place in the archive."""
        place = f"files/{digest[:2]}/{digest}{suffix}"
        if not (self.folder / place).exists():
            with replacing(self.folder / place) as target:
                target.write_bytes(data)
        return place

    def note(self, entry: Fetched) -> None:
        """Add a line to the record; it begins one, should a run that was killed have left half a line."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.record.open("a", encoding="utf-8") as out:
            out.write(("\n" if out.tell() else "") + json.dumps(asdict(entry), ensure_ascii=False) + "\n")
        if entry.state in ("fetched", "unchanged"):
            self.known[entry.url] = entry

    def addresses(self) -> dict[Path, str]:
        """Map each file to the address that it is of, the first by name where several gave the same bytes; one that was fetched anew since, or is a further part of a text, is of none."""
        return {self.folder / entry.file: entry.url for _, entry in sorted(self.known.items(), reverse=True) if not entry.part_of}

    def heads(self) -> list[Fetched]:
        """Give the entries that open a text of several parts."""
        return [self.known[url] for url in dict.fromkeys(entry.part_of for entry in self.known.values()) if url in self.known]

    def file_of(self, place: str) -> Path | None:
        """Find the file of an address."""
        return self.folder / self.known[place].file if place in self.known else None


def _entries(record: Path) -> Iterator[Fetched]:
    for line in record.read_text(encoding="utf-8").splitlines() if record.exists() else ():
        try:
            if line:
                yield Fetched(**json.loads(line))
        except (ValueError, TypeError) as error:
            if not line.startswith('{"url": '):  # else the last line of a run that was killed
                raise InputError(f"{record}: 记录损坏 · a line of the record cannot be read: {line[:60]}") from error


def archives_of(files: Iterable[Path]) -> list[Archive]:
    """Open the archives that hold any of the files."""
    homes = {path.parents[2] for path in files if len(path.parents) > 2 and path.parents[1].name == "files"}
    return [Archive(home) for home in sorted(homes) if (home / RECORD).is_file()]


def addresses_of(files: Iterable[Path]) -> dict[Path, str]:
    """Find the addresses of those files that lie in archives."""
    return {path: address for archive in archives_of(files) for path, address in archive.addresses().items()}


def outdated_files(folder: Path) -> set[Path]:
    """Find the files of archives in a folder that were fetched anew since."""
    archives = [Archive(record.parent) for record in folder.rglob(RECORD)]
    return {path for archive in archives for path in {*(archive.folder / "files").glob("*/*")} - archive.addresses().keys()}

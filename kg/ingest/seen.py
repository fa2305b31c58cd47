"""What is known of inputs that were looked at before: a file of lines beside the store, so that unchanged input is not read again.

It is a memory of a pure function, keyed by the input's bytes, its name and the version of everything that the function rests on
(program, ontology, shapes, options). Losing it loses time, never data: the next run computes the same and writes it anew.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.resources import data_files, package_files

Rank = tuple[int, int, int, str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to become of an input: `ready` to enter, `quarantined`, `refused` or `unreadable`.

    A ready one carries its graph and meta as N-Quads, and the rank by which the better of two texts of one report is kept.
    """

    state: str
    report: str | None = None
    detail: str = ""
    warnings: int = 0
    rank: Rank | None = None
    quads: bytes = b""
    files: tuple[tuple[str, str], ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()
    caveat: str = ""


class Seen:
    """Verdicts by key, without their quads; kept in `seen.jsonl`, a line added for each."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._verdicts: dict[str, Verdict] = {}
        self._sources: dict[str, str] = {}
        self._new: list[str] = []
        if path is not None and path.exists():
            self._load(path)

    def _load(self, path: Path) -> None:
        for line in path.read_bytes().splitlines():
            try:
                row = json.loads(line)
                self._sources[row["path"]] = row["sha256"]
                rank = tuple(row["rank"]) if row["rank"] is not None else None
                self._verdicts[row["key"]] = Verdict(row["state"], row["report"], row["detail"], row["warnings"], rank, caveat=row.get("caveat", ""))
            except (ValueError, KeyError, TypeError):  # the last line of a run that was killed
                continue

    def get(self, key: str) -> Verdict | None:
        """Give the verdict of a key, or None."""
        return self._verdicts.get(key)

    def last_source(self, path: str) -> str | None:
        """Give the SHA-256 of what lay at a path when it was last looked at."""
        return self._sources.get(path)

    def paths(self) -> Iterable[str]:
        """Name all that was looked at."""
        return self._sources

    def put(self, key: str, path: str, sha256: str, verdict: Verdict) -> None:
        """Remember a verdict; `save` writes it down."""
        self._verdicts[key] = replace(verdict, quads=b"", files=(), seconds=())
        self._sources[path] = sha256
        row = {name: value for name, value in asdict(verdict).items() if name not in ("quads", "files", "seconds")}
        self._new.append(json.dumps({"key": key, "path": path, "sha256": sha256, **row}, ensure_ascii=False))

    def save(self) -> None:
        """Add the new verdicts to the file, where there is a folder for it."""
        if self._path is not None and self._path.parent.is_dir() and self._new:
            with self._path.open("a", encoding="utf-8", errors="backslashreplace") as stream:  # a path's stray bytes, as JSON escapes them
                stream.writelines(f"{line}\n" for line in ("", *self._new))
            self._new = []


def key_of(version: str, name: str, sha256: str) -> str:
    """Name a verdict by all that it follows from."""
    return hashlib.sha256(f"{version}\n{name}\n{sha256}".encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def _installed() -> str:
    digest = hashlib.sha256()
    for path in (*package_files(), *data_files("ontology", ".*"), *data_files("shapes", ".*")):
        digest.update(f"{path.name} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def version_of(options: Sequence[object]) -> str:
    """Digest the program, the ontology, the shapes and the options: an edited label is a new version."""
    return hashlib.sha256(repr((_installed(), *options)).encode()).hexdigest()

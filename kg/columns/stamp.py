"""Whether a store's copy is of its present state. It loads little: each question asks it."""

import hashlib
import os
from pathlib import Path

from kg import __version__

FORMAT = 2
PATTERN = "columns-*"
_PASSING = ("LOG", "LOCK", "OPTIONS", "IDENTITY")
"""Files that RocksDB writes for itself: they say nothing of what is stored."""


def place_of(store: Path) -> Path:
    """Name the copy of a store's present state, after the files that the store consists of: whatever is written changes their names or sizes."""
    files = sorted((entry.name, entry.stat().st_size) for entry in os.scandir(store / "quads") if not entry.name.startswith(_PASSING))
    return store / f"columns-{hashlib.sha256(repr((FORMAT, __version__, files)).encode()).hexdigest()[:16]}.duckdb"


def is_outdated(store: Path) -> bool:
    """Whether a store has a copy, but of another state than its present one, or of another version of the program."""
    return any(store.glob(f"{PATTERN}.duckdb")) and not place_of(store).exists()

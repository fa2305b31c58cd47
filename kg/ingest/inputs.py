"""What the user names → what to take in: files, folders, patterns, addresses, lists of them."""

import glob
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, LimitError, UsageError
from kg.fetch.archive import outdated_files
from kg.pipeline import MAX_INPUT, SUFFIXES

_ADDRESS = re.compile(r"https?://", re.I)
_PARTS = re.compile("(?:_files|[.]files|_文件)$")
_MAY_HOLD = (
    ".zip",
    ".rar",
    ".7z",
    ".gz",
    ".tgz",
    ".tar",
    ".heic",
    ".caj",
)  # of reports, it may be: they end as unreadable, with what to do, and not in silence
_TOLD = (".xls", ".xlsx", ".et", ".ppt", ".pptx", ".dps", ".pages", ".epub", ".ceb", ".xps")  # documents, but no report's: passed over, and told
_NOT_REPORTS = ("readme", "story", "license")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files, and addresses that have to be fetched; each once, in their order."""

    files: list[Path]
    addresses: list[str]


def name_inputs(paths: Sequence[str], listed: str | None = None) -> Inputs:
    """List what paths, folders, patterns, addresses and a list of such name; nothing at all is a UsageError. A file that the list alone names may be missing: it ends as unreadable."""
    of_list = _read_list(listed) if listed is not None else []
    names = [*paths, *of_list]
    addresses = [name for name in names if _ADDRESS.match(name)]
    files = [name for name in names if not _ADDRESS.match(name)]
    return Inputs(collect_inputs(files, frozenset(of_list)) if files or not addresses else [], list(dict.fromkeys(addresses)))


def collect_inputs(paths: Sequence[str], may_miss: Set[str] = frozenset()) -> list[Path]:
    """List the report files that paths, folders and patterns (`2024/*.html`, `**/*.txt`) name, each once, in their order.

    A folder or pattern without reports, or a missing file that is not among `may_miss`, is a UsageError.
    """
    found: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found += _search(path)
        elif path.exists() or name == "-":
            found.append(path)
        elif glob.has_magic(name):
            found += _expand(name)
        elif name in may_miss:
            found.append(path)
        else:
            raise UsageError(f"{path}: 没有这个文件 · no such file or folder")
    if not found:
        raise UsageError("没有输入:给出文件、目录、通配符、网址或 --list · no input: name files, folders, patterns, addresses or --list FILE")
    return list(dict.fromkeys(found))


def _read_list(name: str) -> list[str]:
    """Read a list of paths and addresses, one a line, in UTF-8 or, as Windows saves it, GB18030; - is standard input. Blank lines and lines that begin with # are left out."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        text = data.decode("gb18030") if _is_broken(data) else data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{name}: 清单无法读取 · the list cannot be read; expected UTF-8, a path a line: {error}") from error
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _is_broken(data: bytes) -> bool:
    return "\ufffd" in data.decode(errors="replace")


def _search(folder: Path) -> list[Path]:
    home, old = folder.resolve(), outdated_files(folder)
    named = [p for p in sorted(folder.rglob("*")) if p.suffix.lower() in (*SUFFIXES, *_MAY_HOLD) and p.stem.lower() not in _NOT_REPORTS]
    inside = [p for p in named if p not in old and _is_own(p, home) and not _is_part_of_page(p)]
    if not inside:
        raise UsageError(f"{folder}: 目录中没有报告 · no reports in this folder; expected files ending in {', '.join(SUFFIXES)}")
    return inside


def tell_passed_over(paths: Sequence[str]) -> list[str]:
    """Say how many documents of the folders were left alone, by their endings, in one line or none."""
    folders = [Path(name) for name in paths if not _ADDRESS.match(name) and Path(name).is_dir()]
    files = {p for folder in folders for p in folder.rglob("*") if p.suffix.lower() in _TOLD and p.is_file()}
    counts = Counter(p.suffix.lower() for p in files if not _is_part_of_page(p))
    said = "、".join(f"{ending} {count}" for ending, count in sorted(counts.items()))
    return [f"未读的文件 · files left alone, whose endings are no report's: {said}"] if said else []


def _is_part_of_page(path: Path) -> bool:
    """Whether a file lies in the folder of pictures, frames and scripts that a browser saves beside a page."""
    homes = (home for home in path.parents if _PARTS.search(home.name))
    return any(home.with_name(_PARTS.sub("", home.name) + ending).exists() for home in homes for ending in (".html", ".htm", ".shtml"))


def _is_own(path: Path, home: Path) -> bool:
    """Whether a file of a folder really lies in it: a link that leads out is not followed."""
    return path.is_file() and path.resolve().is_relative_to(home)


def _expand(pattern: str) -> list[Path]:
    matched = [Path(name) for name in sorted(glob.glob(pattern, recursive=True))]
    found = [p for p in matched if p.is_file()]
    if not found:
        raise UsageError(f"{pattern}: 没有匹配的文件 · no file matches this pattern")
    return found


def spell(path: Path | str) -> str:
    """Spell a file's name as text: bytes that are no UTF-8 are read as GB18030, as archives packed under Windows leave them.

    >>> spell(os.fsdecode("报告.txt".encode("gb18030")))
    '报告.txt'
    """
    try:
        return os.fsencode(path).decode()
    except UnicodeDecodeError:
        return os.fsencode(path).decode("gb18030", "replace")


def read_input(path: Path, stdin: Callable[[], bytes]) -> bytes:
    """Read one input's bytes; '-' is standard input. Raises LimitError before a device or a giant file fills the memory."""
    try:
        if str(path) == "-":
            return stdin()
        with path.open("rb") as file:
            data = file.read(MAX_INPUT + 1)
    except FileNotFoundError as error:
        raise InputError(f"{path}: 没有这个文件 · no such file") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: 这是目录,此处须为一个文件 · this is a folder, one file is wanted here") from error
    except OSError as error:
        raise InputError(f"{path}: 无法读取 · cannot read: {error.strerror}") from error
    if len(data) > MAX_INPUT:
        raise LimitError(f"{path}: 文件过大 · the file is too large; at most {MAX_INPUT} bytes")
    return data

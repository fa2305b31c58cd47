"""Files → those that hold one text together: the parts lie beside each other, or in an archive, as the pages themselves name them."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from kg.errors import InputError, LimitError
from kg.fetch.archive import archives_of
from kg.ingest.inputs import read_input
from kg.pipeline import MAX_PARTS, is_part, name_of, next_part, pack_parts

_PAGE = re.compile(r"\.(?:s|j|x)?html?$", re.I)
_OF_A_TEXT = re.compile(r"(.+)_\d{1,2}(\.\w+)")


def find_parts(files: Iterable[Path]) -> dict[Path, list[Path]]:
    """Give for each file that opens a text of several parts the files of the further ones, in order."""
    found: dict[Path, list[Path]] = {}
    files = list(files)
    archived = {archive.folder / entry.file: (archive, entry.final_url) for archive in archives_of(files) for entry in archive.heads()}

    @cache
    def cut(folder: Path) -> frozenset[tuple[str, str]]:  # the names of texts that a folder holds numbered parts of
        return frozenset((match[1], match[2]) for path in folder.iterdir() if (match := _OF_A_TEXT.fullmatch(path.name)) is not None)

    for path in files:
        if path in archived:
            archive, place = archived[path]
            further = _follow(path, place, archive.file_of)
        elif _PAGE.search(path.name) and path.parent.is_dir() and (path.stem, path.suffix) in cut(path.parent):
            further = _follow(path, path.name, lambda place, path=path: path.with_name(name_of(place)))  # type: ignore[misc]
        else:
            continue
        if further:
            found[path] = further
    return found


def _follow(path: Path, place: str, file_of: Callable[[str], Path | None]) -> list[Path]:
    """Go from part to part as long as each says where the text goes on and that file is there."""
    further: list[Path] = []
    with suppress(InputError, LimitError):  # whoever reads the file next says what is amiss
        first = data = read_input(path, lambda: b"")
        while (following := next_part((place, data))) is not None and len(further) + 1 < MAX_PARTS:
            file = file_of(following)
            if file is None or not file.is_file() or file in (path, *further):
                break
            place, data = following, read_input(file, lambda: b"")
            if not is_part(first, data):
                break
            further.append(file)
    return further


def read_whole(path: Path, stdin: Callable[[], bytes], further: Sequence[Path]) -> bytes:
    """Read one input with the further parts of its text, if it has such."""
    data = read_input(path, stdin)
    return pack_parts([(path.name, data), *((file.name, read_input(file, stdin)) for file in further)]) if further else data

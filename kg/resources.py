"""Where the data folders lie: a checkout's own come first, then those carried in the wheel.

An editable install therefore sees an edited label at once, and an installed wheel needs nothing beside it.
"""

from pathlib import Path

from kg.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Give the folder of one kind of data: ontology, queries, shapes, samples, or the bundle of the pages."""
    for root in (_PACKAGE.parent, _PACKAGE / "_data"):
        folder = root / name
        if folder.is_dir() and (root != _PACKAGE.parent or (root / "pyproject.toml").is_file()):
            return folder
    raise UsageError(f"缺少数据目录 {name} · data folder {name!r} is missing: reinstall fazhi-kg")


def data_files(name: str, suffix: str) -> list[Path]:
    """List a data folder's files of one suffix, in a stable order."""
    return sorted(data_folder(name).glob(f"*{suffix}"))


def package_files() -> list[Path]:
    """List the program's own files, in a stable order."""
    return sorted(_PACKAGE.rglob("*.py"))

"""Files that are put in place as a whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import refused_by_system


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` and put it in place on success; on failure nothing is left.

    A device or pipe (/dev/null, /dev/stdout) is written to as it is, since root would put a file in its place; so is what a link leads to.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        yield path
        return
    path = path.resolve()
    temporary = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        raise refused_by_system(error, path, "无法写入 · cannot write") from error
    finally:
        if temporary.exists():
            temporary.unlink()

"""Faults in use, as exceptions: one root, three children, each with its exit code.

Faults in *data* are values (`model.Finding`, `model.Damage`), never exceptions. A message says where, what is wrong
and what would be right; the command line prints it as it is.
"""

import errno


class KgError(Exception):
    """The root: something was asked that cannot be done."""

    exit_code = 2


class UsageError(KgError):
    """The call is wrong: an unknown name, a bad parameter, a folder without reports."""

    exit_code = 2


class InputError(KgError):
    """The input cannot be read: empty, binary, no text in it, a broken record or Turtle file."""

    exit_code = 3


class EmptyError(InputError):
    """There is no report's text in the input; `links` are the documents that it links to."""

    def __init__(self, message: str, links: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.links = links


class LimitError(KgError):
    """A size or time limit was reached."""

    exit_code = 4


_FULL = {errno.ENOSPC, errno.EDQUOT}


def refused_by_system(error: OSError, where: object = None, words: str = "系统不允许 · the system refuses") -> KgError:
    """Tell what the operating system refused: a LimitError where the disk is full (Oxigraph says so in words alone), else a UsageError.

    >>> refused_by_system(PermissionError(errno.EACCES, "Permission denied", "/srv/graph"))
    UsageError('/srv/graph: 系统不允许 · the system refuses: Permission denied')
    """
    place = where if where is not None else error.filename
    said = error.strerror or str(error)
    full = error.errno in _FULL or "No space left" in said
    told = f"{'磁盘已满 · the disk is full' if full else words}: {said}"
    return (LimitError if full else UsageError)(f"{place}: {told}" if place is not None else told)

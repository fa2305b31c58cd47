"""Faults in use, as exceptions: one root, three children, each with its exit code.

Faults in *data* are values (`model.Finding`, `model.Damage`), never exceptions. A message says where, what is wrong
and what would be right; the command line prints it as it is.
"""


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

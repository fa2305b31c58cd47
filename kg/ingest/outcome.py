"""What became of an input, and the exit code that follows from it."""

from dataclasses import dataclass, replace

EXIT_CODES = {"in": 0, "unchanged": 0, "duplicate": 0, "unfetched": 0, "followed": 0, "joined": 0, "quarantined": 1, "refused": 1, "unreadable": 3, "failed": 4}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: in, unchanged, duplicate, unfetched (in a dry run), followed (an address whose page points to the report), joined (a further part of another input's text), quarantined, refused, unreadable or failed."""

    path: str
    state: str
    report: str | None = None
    detail: str = ""
    warnings: int = 0
    caveat: str = ""


def called(outcome: Outcome, address: str, again: bool) -> Outcome:
    """Call what became of an archived file by its address; `again` says that the same file has been told of."""
    if again and outcome.state in ("in", "unchanged"):
        return Outcome(address, "duplicate", outcome.report, "字节相同 · the same bytes as another address or file of this run")
    return replace(outcome, path=address)

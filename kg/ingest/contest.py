"""Several texts of one report → the one that is kept, whichever comes first.

The same report is published by two sites, or copied with losses. The better rank wins; only what has come in the place of the
stored text's own file takes its place unasked, since a publisher may correct a report to something shorter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.ingest.seen import Rank


@dataclass(frozen=True, slots=True)
class Text:
    """A text that may stand for its report: its rank, where it comes from, its place among the inputs (None: in the store before)."""

    rank: Rank
    sha256: str
    name: str
    position: int | None


class Contest:
    """Knows the text that stands for each report: of this run, else of the store."""

    def __init__(self, stored: Mapping[str, tuple[str, str]], rank_stored: Callable[[str, str, str], Rank], last_source: Callable[[int], str | None]) -> None:
        self._stored, self._rank_stored, self._last_source = stored, rank_stored, last_source
        self._best: dict[str, Text] = {}
        self._beaten: dict[str, list[Text]] = {}

    def best(self, report: str) -> Text | None:
        """Give the text that stands for a report now."""
        if report not in self._best and report in self._stored:
            sha256, name = self._stored[report]
            self._best[report] = Text(self._rank_stored(report, sha256, name), sha256, name, None)
        return self._best.get(report)

    def is_stored(self, report: str, text: Text) -> bool:
        """Say whether a text is the one that the store holds, and nothing has come in its place."""
        best = self.best(report)
        return best is not None and best.position is None and (best.sha256, best.name) == (text.sha256, text.name)

    def wins(self, report: str, text: Text) -> bool:
        """Say whether a text would be kept."""
        best = self.best(report)
        return best is None or best.position == text.position or (best.position is None and self._follows(text, best)) or text.rank < best.rank

    def _follows(self, text: Text, best: Text) -> bool:
        assert text.position is not None
        return text.name == best.name and best.sha256 in (text.sha256, self._last_source(text.position))

    def enter(self, report: str, text: Text) -> Text | None:
        """Put a text up; give the text that it beat or that beat it, if there is one in this run or in the store."""
        best, kept = self.best(report), self.wins(report, text)
        beaten = best if kept else text
        if kept:
            self._best[report] = text
        if beaten is not None and beaten.position is not None and beaten.position != self._best[report].position:
            self._beaten.setdefault(report, []).append(beaten)
        return best

    def reconsider(self) -> list[int]:
        """Name the inputs that lost to a text in whose place a worse one has come since."""
        least = [(report, min(texts, key=lambda text: text.rank)) for report, texts in self._beaten.items()]
        self._beaten = {}
        return sorted(t.position for report, t in least if t.position is not None and t.rank < self._best[report].rank)

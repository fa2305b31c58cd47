"""Reports → findings, from files or from a store, one at a time: memory does not grow with their number."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.checking.across import findings_across
from kg.model import SEVERITIES, Checkup, Confirmed, Finding
from kg.pipeline import graph_lines, register_of
from kg.pipeline.checks import check_up, duties, handed_over
from kg.store import Store
from kg.vocab import report_of

__all__ = ["Checked", "Rules", "Tally", "check_files", "check_store", "duties", "handed_over"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What to validate by: further shapes (files or folders), and which engine."""

    shapes: tuple[str, ...] = ()
    engine: str = "fast"


@dataclass(frozen=True, slots=True)
class Checked:
    """One report's findings and where it came from."""

    source: str
    report: str
    checkup: Checkup

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What validation found."""
        return self.checkup.findings

    @property
    def confirmed(self) -> tuple[Confirmed, ...]:
        """Which relations of figures hold."""
        return self.checkup.confirmed

    def counts(self, strict: bool) -> bool:
        """Whether a finding matters: a violation, with `strict` a warning too."""
        return any(f.severity == "violation" or (strict and f.severity == "warning") for f in self.findings)


class Tally:
    """Counts reports as they pass, and whether any finding matters."""

    def __init__(self, strict: bool) -> None:
        self.strict, self.reports, self.failed = strict, 0, 0

    def watch(self, checked: Iterable[Checked]) -> Iterator[Checked]:
        """Hand reports on, counted."""
        for one in checked:
            self.reports += 1
            self.failed += one.counts(self.strict)
            yield one


def check_files(
    files: Sequence[str], divisions: tuple[str, ...], read: Callable[[str], bytes], rules: Rules = Rules(), place: str | None = None
) -> Iterator[Checked]:
    """Validate files that need not be in a store: reports, or extraction records."""
    register = register_of(divisions, place)
    for name in files:
        record, lines = graph_lines(read(name), name, register)
        yield Checked(name, record.header.iri, check_up(lines, rules.shapes, rules.engine))


def check_store(store: Store, rules: Rules = Rules(), across: bool = False) -> Iterator[Checked]:
    """Validate every report of a store; `across` adds what only all of them together show."""
    found = findings_across(store) if across else {}
    for graph in store.report_graphs():
        report = report_of(graph.value) or graph.value
        checkup = check_up(store.lines_of(graph), rules.shapes, rules.engine)
        findings = sorted((*checkup.findings, *found.get(report, ())), key=lambda f: SEVERITIES.index(f.severity))
        yield Checked(report, report, replace(checkup, findings=tuple(findings)))

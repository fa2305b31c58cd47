"""Reports → findings, from files or from a store, one at a time: memory does not grow with their number."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from kg.model import Finding
from kg.pipeline import build_report, check_lines
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Checked:
    """One report's findings and where it came from."""

    source: str
    report: str
    findings: tuple[Finding, ...]

    def counts(self, strict: bool) -> bool:
        """Whether a finding matters: a violation, with `strict` a warning too."""
        return any(f.severity == "violation" or (strict and f.severity == "warning") for f in self.findings)


def check_files(files: Sequence[str], divisions: tuple[str, ...], read: Callable[[str], bytes]) -> Iterator[Checked]:
    """Validate files that need not be in a store."""
    for name in files:
        built = build_report(read(name), name, divisions)
        yield Checked(name, built.record.header.iri, tuple(built.findings))


def check_store(store: Store) -> Iterator[Checked]:
    """Validate every report of a store."""
    for graph in store.report_graphs():
        report = graph.value.replace("/graph/report/", "/report/", 1)
        yield Checked(report, report, tuple(check_lines(store.lines_of(graph))))


def findings_json(checked: Sequence[Checked]) -> str:
    """The findings as one JSON object: {"reports": [{iri, source, conforms}], "findings": [...]}."""
    reports = [{"iri": c.report, "source": c.source, "conforms": not c.counts(False)} for c in checked]
    return json.dumps({"reports": reports, "findings": [asdict(f) for c in checked for f in c.findings]}, ensure_ascii=False, indent=1)

"""The generator of reports: seeded, varied, and read back with the facts that it planted."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.reports import Report, generate_reports, write_corpus, write_divisions
from kg.divisions import load_register
from kg.pipeline import build_source, extract_bytes


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return list(generate_reports(30, seed=3))


def test_a_seed_gives_the_same_reports_and_more_begin_with_the_fewer(reports: list[Report], tmp_path: Path) -> None:
    assert list(generate_reports(12, seed=3)) == reports[:12]
    assert next(generate_reports(1, seed=4)) != reports[0]
    folder = write_corpus(tmp_path, 12, seed=3)
    assert sorted(p.name for p in folder.iterdir()) == sorted(r.name for r in reports[:12])
    assert len({r.report for r in reports}) == len(reports)


def test_planted_figures_and_mechanisms_are_read(reports: list[Report], tmp_path: Path) -> None:
    divisions = (str(write_divisions(tmp_path / "divisions.csv", seed=3)),)
    planted: Counter[tuple[object, ...]] = Counter()
    found: Counter[tuple[object, ...]] = Counter()
    for report in reports:
        record = extract_bytes(report.data, report.name, divisions)
        assert (record.header.iri, record.header.genre) == (report.report, "annual_report")
        planted += Counter((report.report, Decimal(f.value), f.unit, f.bound, f.indicator) for f in report.facts)
        found += Counter((report.report, o.value, o.unit, o.bound, o.indicator) for o in record.observations)
    assert sum(planted.values()) > 2000
    assert _share(planted, found, without_indicator=True) >= 0.99
    assert _share(planted, found) >= 0.94, "a figure is left without an indicator rather than given a wrong one"


def _share(planted: Counter[tuple[object, ...]], found: Counter[tuple[object, ...]], without_indicator: bool = False) -> float:
    if without_indicator:
        planted, found = (Counter(key[:-1] for key in counted.elements()) for counted in (planted, found))
    return sum((planted & found).values()) / sum(planted.values())


def test_no_generated_report_breaks_the_shapes(reports: list[Report], tmp_path: Path) -> None:
    register = load_register((str(write_divisions(tmp_path / "divisions.csv", seed=3)),))
    built = {report.name: build_source(report.data, report.name, register) for report in reports}
    assert {name: [f.shape for f in each.findings if f.severity == "violation"] for name, each in built.items() if not each.conforms} == {}

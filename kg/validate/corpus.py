"""Figures, headers and fill rates of all reports → what only the whole store shows: reports twice, figures far from their own years or
their peers, indicators that fell silent, reports of which far less was filled in than of others.

The checks and their limits stand in shapes/corpus.ttl. Medians are used throughout, so that one wrong figure does not hide itself.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from kg.model import FillRate, Finding, Head, YearFigure
from kg.numerals import plain
from kg.validate.faults import SEVERITIES
from kg.validate.results import fill
from kg.validate.shapes import Shapes, sh
from kg.validate.terms import parts, text_of
from kg.vocab import SHAPES

_DEVIATION = 1.4826  # median absolute deviation → standard deviation of a normal distribution
Key = tuple[str, int, str, str]  # place, year, indicator, unit


@dataclass(frozen=True, slots=True)
class Check:
    """One check as shapes/corpus.ttl states it."""

    iri: str
    severity: str
    messages: tuple[tuple[str, str], ...]
    limits: Mapping[str, float]

    def find(self, report: str, focus: str, value: str | None, slots: Mapping[str, Mapping[str, str]]) -> Finding:
        """A finding in words; slots are given by language."""
        said = {language: fill(text, dict(slots[language])) for language, text in sorted(self.messages, reverse=True)}
        return Finding(report, self.severity, self.iri, SHAPES + "CorpusCheck", focus, None, value, said)


def read_check(shapes: Shapes, name: str) -> Check:
    """Read one check and its limits."""
    graph, node = shapes.graph, f"<{SHAPES}{name}>"
    limits = {p[1:-1].removeprefix(SHAPES): float(text_of(o)) for p, o in graph.about(node) if p.startswith(f"<{SHAPES}")}
    severity = SEVERITIES[text_of(graph.value(node, sh("severity")) or "")]
    return Check(SHAPES + name, severity, tuple((parts(m)[1] or "", text_of(m)) for m in graph.objects(node, sh("message"))), limits)


def compare_reports(heads: Sequence[Head], figures: Sequence[YearFigure], rates: Sequence[FillRate], shapes: Shapes) -> list[Finding]:
    """All findings, of all reports."""
    single = _single(figures)
    found = [*_twice(heads, shapes), *_far_from_own_years(single, shapes), *_far_from_peers(single, shapes), *_silent(heads, figures, shapes)]
    found += _sparse(rates, shapes)
    return sorted(found, key=lambda f: (f.report, f.shape, f.focus, f.value or ""))


def _single(figures: Iterable[YearFigure]) -> dict[Key, YearFigure]:
    """The figures of a place's government and year that stand alone; where a report gives two values, it is not known which to compare."""
    values: dict[Key, set[Decimal]] = defaultdict(set)
    first: dict[Key, YearFigure] = {}
    for figure in (f for f in figures if f.comparable):
        key = (figure.place, figure.year, figure.indicator, figure.unit)
        values[key].add(figure.value)
        if key not in first or figure.fact < first[key].fact:
            first[key] = figure
    return {key: first[key] for key in sorted(values) if len(values[key]) == 1}


def _twice(heads: Sequence[Head], shapes: Shapes) -> Iterator[Finding]:
    for name in ("report-twice", "text-twice"):
        check = read_check(shapes, name)
        groups: dict[tuple[str | int, ...], list[Head]] = defaultdict(list)
        for head in heads:
            groups[(head.place, head.issuer, head.year) if name == "report-twice" else (head.sha256,)].append(head)
        for head, other in (pair for group in groups.values() for pair in itertools.permutations(group, 2)):
            slots = {"place": head.place_name, "issuer": head.issuer, "year": str(head.year), "other": other.report}
            yield check.find(head.report, head.report, other.report, {"zh": slots, "en": slots})


def _slots(figure: YearFigure, others: int, middle: Decimal, **more: str) -> dict[str, dict[str, str]]:
    same = {"number": plain(figure.value), "others": str(others), "median": plain(middle), **more}
    return {language: {**same, "indicator": figure.name[language], "unit": figure.unit_name[language]} for language in ("zh", "en")}


def _far(check: Check, value: Decimal, middle: Decimal) -> bool:
    low, high = sorted((abs(value), abs(middle)))
    return low > 0 and float(high) >= check.limits["floor"] and float(high / low) >= check.limits["times"]


def _far_from_own_years(single: Mapping[Key, YearFigure], shapes: Shapes) -> Iterator[Finding]:
    check = read_check(shapes, "far-from-own-years")
    series: dict[tuple[str, ...], list[YearFigure]] = defaultdict(list)
    for figure in single.values():
        series[figure.place, figure.indicator, figure.unit].append(figure)
    for row in series.values():
        for figure in row if len(row) > check.limits["least"] else []:
            middle = median(f.value for f in row if f is not figure)
            if _far(check, figure.value, middle):
                yield check.find(figure.report, figure.report, figure.fact, _slots(figure, len(row) - 1, middle))


def _far_from_peers(single: Mapping[Key, YearFigure], shapes: Shapes) -> Iterator[Finding]:
    check = read_check(shapes, "far-from-peers")
    peers: dict[tuple[str | int, ...], list[YearFigure]] = defaultdict(list)
    for figure in single.values():
        if figure.value > 0:
            peers[figure.level, figure.year, figure.indicator, figure.unit].append(figure)
    for group in (g for g in peers.values() if len(g) > check.limits["least"]):
        middle = median(f.value for f in group)
        apart = [abs(math.log(f.value / middle)) for f in group]
        least = check.limits["deviations"] * _DEVIATION * median(apart)
        for figure, distance in zip(group, apart, strict=True):
            if distance >= least and _far(check, figure.value, middle):
                yield check.find(figure.report, figure.report, figure.fact, _slots(figure, len(group), middle))


def _silent(heads: Sequence[Head], figures: Iterable[YearFigure], shapes: Shapes) -> Iterator[Finding]:
    check = read_check(shapes, "indicator-silent")
    spoken: dict[tuple[str, str], dict[int, YearFigure]] = defaultdict(dict)
    reports = {(h.place, h.year): h.report for h in heads if h.government}
    for figure in figures:
        spoken[figure.place, figure.indicator].setdefault(figure.year, figure)
    for (place, _), years in sorted(spoken.items()):
        for year in (y + 1 for y in years if y + 1 not in years and (place, y + 1) in reports):
            run = next(n for n in range(1, len(years) + 1) if year - n - 1 not in years)
            if run >= check.limits["least"]:
                last = years[year - 1]
                slots = _slots(last, run, last.value, before=str(year - 1), year=str(year))
                yield check.find(reports[place, year], reports[place, year], last.fact, slots)


def _sparse(rates: Iterable[FillRate], shapes: Shapes) -> Iterator[Finding]:
    check = read_check(shapes, "fill-rate-low")
    groups: dict[tuple[str, str], list[FillRate]] = defaultdict(list)
    for rate in rates:
        if rate.of >= check.limits["things"]:
            groups[rate.kind, rate.term].append(rate)
    for (_, term), group in groups.items():
        shares = [rate.filled / rate.of * 100 for rate in group]
        middle = median(shares)
        least = max(check.limits["points"], check.limits["deviations"] * _DEVIATION * median(abs(share - middle) for share in shares))
        for rate, share in zip(group, shares, strict=True) if len(group) > check.limits["least"] else []:
            if middle - share >= least:
                same = {"filled": str(rate.filled), "of": str(rate.of), "percent": f"{share:.0f}", "others": str(len(group) - 1), "median": f"{middle:.0f}"}
                slots = {language: {**same, "class": rate.kind_name[language], "property": rate.term_name[language]} for language in ("zh", "en")}
                yield check.find(rate.report, rate.report, term, slots)

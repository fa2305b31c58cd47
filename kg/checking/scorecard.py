"""Findings → which statutory duties each report met, missed, or leaves unknown; and their shares in a corpus."""

from collections.abc import Iterable, Iterator, Sequence

from kg.checking import Checked
from kg.model import Duty
from kg.table import Table

STATES = {"met": ("履行", "met"), "missed": ("未履行", "missed"), "unknown": ("不明", "unknown")}


def judge_duty(checked: Checked, duty: Duty) -> str:
    """Whether a report met a duty: missed where its shape or one it presupposes says so, unknown where the report lacks what it is judged by."""
    told = {finding.shape for finding in checked.findings}
    if duty.shape in told or told & set(duty.presupposes):
        return "missed"
    return "unknown" if any(name not in checked.checkup.about for name in duty.needs) else "met"


def scorecard(checked: Iterable[Checked], duties: Sequence[Duty], lang: str) -> Table:
    """One row a report, one column a duty, and for more than one report a last row with the shares that are met."""
    at = 1 if lang == "en" else 0
    names = [duty.en if at else duty.zh for duty in duties]
    rows = [(one.report, one.checkup.about.get("title"), one.checkup.about.get("year"), *(judge_duty(one, duty) for duty in duties)) for one in checked]
    told: list[tuple[str | None, ...]] = [(*row[:3], *(STATES[str(state)][at] for state in row[3:])) for row in rows]
    if len(rows) > 1:
        met = [[row[3 + number] for row in rows] for number in range(len(duties))]
        told.append((("履行比例", "share met")[at], None, None, *_shares(met)))
    return Table(((("报告", "report")[at]), ("标题", "title")[at], ("年度", "year")[at], *names), told)


def _shares(columns: Iterable[Sequence[str | None]]) -> Iterator[str]:
    """The share of met among those that are known: 3/4."""
    for column in columns:
        yield f"{sum(state == 'met' for state in column)}/{sum(state != 'unknown' for state in column)}"

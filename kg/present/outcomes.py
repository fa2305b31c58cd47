"""What became of the inputs of an ingest."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kg.ingest import Outcome
from kg.picture.facts import pick
from kg.table import Table, to_text

_STATE = {
    "in": ("入库", "in"),
    "unchanged": ("未变", "unchanged"),
    "duplicate": ("重复", "duplicate"),
    "unfetched": ("待取", "to fetch"),
    "followed": ("续取", "followed"),
    "joined": ("并入", "joined"),
    "quarantined": ("隔离", "quarantined"),
    "refused": ("拒收", "refused"),
    "unreadable": ("不可读", "unreadable"),
    "failed": ("失败", "failed"),
}
FEW = 20


def outcomes_text(outcomes: Sequence[Outcome], language: str, quiet: bool = False) -> str:
    """A row an input, of many only those that did not simply and wholly enter, each with the reason; then how many ended how. `quiet` gives the sums alone."""
    counts = Counter(o.state for o in outcomes)
    if quiet:
        partial = sum(o.caveat != "" for o in outcomes)
        told = [f"{pick(_STATE[s], language)} {counts[s]}" for s in _STATE if counts[s]]
        return " · ".join([*told, *([f"{pick(('其中正文不全', 'of these, parts missing'), language)} {partial}"] if partial else [])])
    shown = [o for o in outcomes if len(outcomes) <= FEW or o.state not in ("in", "unchanged") or o.caveat]
    heads = tuple(pick(each, language) for each in (("结果", "result"), ("输入", "input"), ("报告或原因", "report or reason")))
    rows = to_text(
        Table(("state", "input", "detail"), [(pick(_STATE[o.state], language), o.path, "; ".join(filter(None, (o.detail, o.caveat)))) for o in shown], heads)
    )
    states = [state for state in _STATE if counts[state] or state not in ("unfetched", "followed", "joined")]
    sums = to_text(Table(tuple(states), [tuple(counts[s] for s in states)], tuple(pick(_STATE[s], language) for s in states)))
    return (f"{rows}\n" if shown else "") + sums.rstrip("\n")


def outcomes_hints(outcomes: Sequence[Outcome], store: Path) -> list[str]:
    """Say where to look next: for the warnings that entered with reports, and for what did not enter."""
    warned = [o for o in outcomes if o.warnings and o.state in ("in", "unchanged")]
    hints = [f"警告 {sum(o.warnings for o in warned)} 条,在 {len(warned)} 份报告中 · warnings, with what entered: `kg query run warnings --store {store}`"]
    kept = store.with_name(store.name + "-quarantine")
    said = (
        f"隔离者的记录与提示在 {kept} · there lie record and findings of what was held back; correct a record, then `kg ingest --record FILE --store {store}`"
    )
    return [*(hints if warned else []), *([said] if kept.is_dir() and any(o.state == "quarantined" for o in outcomes) else [])]

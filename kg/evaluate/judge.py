"""Two codings side by side: how spans pair, when two quantities are the same, and the figures and errors that come of it.

Spans pair one to one, best overlap first, when they share at least half of their union.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kg.evaluate.coding import Coding, Item

_UNITS = {"名": "人", "个工作日": "工作日", "个月": "月", "百分点": "个百分点", "％": "%"}
_BOUNDS = {"ge": "lower", "gt": "lower", "le": "upper", "lt": "upper", "best": "min"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an evaluation: `right` of `predicted` and of `wanted`; a share has only right and wanted."""

    kind: str
    right: int
    predicted: int | None
    wanted: int

    @property
    def precision(self) -> float:
        """Share of the predicted that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that is found; of a share, the share."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean; of a share, the share itself."""
        if self.predicted is None:
            return self.recall
        return 2 * self.right / (self.predicted + self.wanted) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """One disagreement: kind, missed/extra/wrong, span, and what each side says."""

    kind: str
    what: str
    start: int
    end: int
    wanted: str = ""
    found: str = ""


def overlap(a: Item, b: Item) -> float:
    """Shared part of two spans, as a share of their union (0–1)."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared / (max(a.end, b.end) - min(a.start, b.start)) if shared > 0 else 0.0


def touch(a: Item, b: Item) -> bool:
    """Whether two spans share a character."""
    return a.start < b.end and b.start < a.end


def pair(wanted: Sequence[Item], found: Sequence[Item]) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Pair one to one, best overlap first: (pairs, missed, extra)."""
    fits = sorted((-share, i, j) for i, a in enumerate(wanted) for j, b in enumerate(found) if touch(a, b) and (share := overlap(a, b)) >= 0.5)
    left, right, pairs = set(range(len(wanted))), set(range(len(found))), []
    for _, i, j in fits:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((wanted[i], found[j]))
    return pairs, [wanted[i] for i in sorted(left)], [found[j] for j in sorted(right)]


def distinct(items: Iterable[Item]) -> list[Item]:
    """Keep the first item of each span."""
    seen: dict[tuple[int, int], Item] = {}
    for item in items:
        seen.setdefault(item.span, item)
    return list(seen.values())


class Judge:
    """Two codings side by side, and the pairing of their quantities, which several figures need."""

    def __init__(self, gold: Coding, found: Coding) -> None:
        self.gold, self.found = gold, found
        mild = [*gold.of("tolerated"), *(n for n in gold.of("ignored") if n.get("tolerate"))]
        self.wanted = distinct(gold.of("observations"))
        self.given = [p for p in distinct(self.of("observations")) if not any(touch(t, p) for t in mild) or any(overlap(g, p) >= 0.5 for g in self.wanted)]
        self.pairs, self.missed, self.extra = pair(self.wanted, self.given)
        self.place = {p.span: g.start for g, p in self.pairs}

    def of(self, kind: str) -> list[Item]:
        """The found items that lie in the gold's zones."""
        return [item for item in self.found.of(kind) if self.inside(item)]

    def inside(self, item: Item) -> bool:
        """Whether an item lies in a zone of the gold; without zones all do."""
        return not self.gold.zones or any(a <= item.start and item.end <= b for a, b in self.gold.zones)

    def holds(self, kind: str, test: Callable[[Item], object] = lambda _: True) -> bool:
        """Whether the gold says anything of a kind."""
        return any(test(item) for item in self.gold.of(kind))


def same_quantity(gold: Item, found: Item) -> bool:
    """Whether value, unit and bound agree; the gold may accept several of each."""
    units = {_unit(u) for u in (gold.get("unit"), gold.get("unit_surface"), *(gold.get("accept_unit") or ()))}
    bounds = {_bound(b) for b in (gold.get("bound"), *(gold.get("accept_bound") or ()))}
    values = {_number(v) for v in (gold.get("value"), *(gold.get("accept_value") or ()))}
    return _number(found.get("value")) in values and _unit(found.get("unit")) in units and _bound(found.get("bound")) in bounds


def _unit(unit: str | None) -> str:
    plain = (unit or "").strip()
    return _UNITS.get(plain, plain)


def _bound(bound: str | None) -> str:
    return _BOUNDS.get(bound or "exact", bound or "exact")


def _number(value: object) -> Decimal | None:
    try:
        return round(Decimal(str(value)), 5).normalize()
    except InvalidOperation:
        return None

"""Two coders' records of one text → agreement: pairwise F1, Cohen's κ and Krippendorff's α, and every disagreement as a row.

Labels are compared over the units that both coders marked (spans that pair); unitising over the characters of the text, each inside
or outside a kind's spans. Sources: Cohen 1960; Krippendorff 2011, nominal data, two coders, no missing values.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.evaluate.coding import Coding, Item
from kg.evaluate.judge import distinct, pair
from kg.table import Table

KINDS = ("observations", "bodies", "mechanisms", "measures", "documents", "shortcomings", "plans")
LABELS: dict[str, tuple[str, ...]] = {
    "observations": ("value", "unit", "bound", "indicator", "temporal", "status", "role"),
    "bodies": ("type", "kind", "generic"),
    "mechanisms": ("concept", "type"),
    "measures": ("status", "topic", "basis"),
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one thing: over how many units, the share agreed (or F1 of the spans), κ and α; None where they are not defined."""

    kind: str
    label: str
    units: int
    share: float
    kappa: float | None
    alpha: float | None


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's κ of paired nominal labels; None without units or where chance alone agrees fully.

    >>> round(cohen_kappa([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15), 2)
    0.4
    """
    if not pairs:
        return None
    left, right, size = Counter(a for a, _ in pairs), Counter(b for _, b in pairs), len(pairs)
    chance = sum(left[label] * right[label] for label in left) / size**2
    return None if chance == 1 else (sum(a == b for a, b in pairs) / size - chance) / (1 - chance)


def krippendorff_alpha(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Krippendorff's α for nominal data, two coders, no missing values; None without units or where all values are one.

    >>> round(krippendorff_alpha(list(zip("0100000010", "1110010000"))), 3)
    0.095
    """
    values = Counter(value for both in pairs for value in both)
    total = sum(values.values())
    if total < 2 or len(values) < 2:
        return None
    observed = sum(a != b for a, b in pairs) / len(pairs)
    expected = 1 - sum(n * (n - 1) for n in values.values()) / (total * (total - 1))
    return 1 - observed / expected


def agree(one: Coding, two: Coding) -> list[Agreement]:
    """Agreement of two coders on one text: first where each kind's spans lie, then each label over the spans that pair."""
    found: list[Agreement] = []
    for kind in KINDS:
        left, right = distinct(one.of(kind)), distinct(two.of(kind))
        pairs, _, _ = pair(left, right)
        marks = _marks(left, right, len(one.text or ""))
        both = len(left) + len(right)
        found.append(Agreement(kind, "span", len(marks), 2 * len(pairs) / both if both else 0.0, cohen_kappa(marks), krippendorff_alpha(marks)))
        for label in LABELS.get(kind, ()):
            said = [(label_of(a, label), label_of(b, label)) for a, b in pairs]
            share = sum(a == b for a, b in said) / len(said) if said else 0.0
            found.append(Agreement(kind, label, len(said), share, cohen_kappa(said), krippendorff_alpha(said)))
    return found


def _marks(left: Sequence[Item], right: Sequence[Item], length: int) -> list[tuple[str, str]]:
    sides = []
    for items in (left, right):
        inside = bytearray(length)
        for item in items:
            inside[item.start : item.end] = b"\x01" * (item.end - item.start)
        sides.append(inside)
    return [(str(a), str(b)) for a, b in zip(*sides, strict=True)]


def label_of(item: Item, label: str) -> str:
    """Give a label's value as text; `basis` is that of the first responsible body."""
    if label == "basis":
        responsible = item.get("responsible") or [{}]
        return str(responsible[0].get("basis"))
    return str(item.get(label))


def _shown(item: Item, label: str) -> str:
    value = label_of(item, label)
    return "" if value == "None" else value


def disagreements(one: Coding, two: Coding) -> Table:
    """List every disagreement: a span that only one coder marked, or a label on which they differ; blank is none."""
    return Table(("kind", "start", "end", "text", "differs", "coder_a", "coder_b"), sorted(_differing(one, two)))


def _differing(one: Coding, two: Coding) -> Iterator[tuple[str, int, int, str, str, str, str]]:
    text = one.text or ""
    for kind in KINDS:
        pairs, only_one, only_two = pair(distinct(one.of(kind)), distinct(two.of(kind)))
        for item in only_one:
            yield kind, item.start, item.end, text[item.start : item.end], "span", "marked", ""
        for item in only_two:
            yield kind, item.start, item.end, text[item.start : item.end], "span", "", "marked"
        for a, b in pairs:
            if a.span != b.span:
                yield kind, a.start, a.end, text[a.start : a.end], "extent", f"{a.start}-{a.end}", f"{b.start}-{b.end}"
            for label in LABELS.get(kind, ()):
                if label_of(a, label) != label_of(b, label):
                    yield kind, a.start, a.end, text[a.start : a.end], label, _shown(a, label), _shown(b, label)

"""Text → the ledger: every number is an observation, is ignored for a named reason, or is residue. Nothing falls through."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.ignored import find_ignored
from kg.extract.quantities import find_quantities
from kg.lexicon import MASK
from kg.model import Figure, Quantity

_DIGITS = re.compile(rf"\d+(?:[.,]\d+)*|{MASK}+")
_CHANGE = re.compile(r"[^,。;\d]{1,8}")
_NOUNLESS = re.compile(r"[,。;、)以]|$|左右")
_CHINESE = re.compile(r"[〇零一二两三四五六七八九十百千万亿]+")


def account_figures(folded: str) -> tuple[tuple[Figure, ...], tuple[Quantity, ...]]:
    """Give the ledger and the quantities in it, both in order of the text."""
    ignored = find_ignored(folded)
    taken = bytearray(len(folded) + 1)
    for figure in ignored:
        taken[figure.start : figure.end] = b"\x01" * (figure.end - figure.start)
    quantities = list(_carry_units(folded, sorted(find_quantities(folded, taken), key=lambda quantity: quantity.start)))
    figures = [*ignored, *(Figure(q.start, min(q.end, q.start + 20), "observation", None, q.rule) for q in quantities)]
    figures += _left_over(folded, taken)
    return tuple(sorted(figures, key=lambda figure: figure.start)), tuple(quantities)


def _carry_units(folded: str, quantities: list[Quantity]) -> Iterator[Quantity]:
    """由20个工作日减至4个: the new value takes the unit of the old one where only 个 is printed."""
    before: Quantity | None = None
    for quantity in quantities:
        if (
            before is not None
            and before.role == "from"
            and quantity.printed == "个"
            and before.printed.startswith("个")
            and _CHANGE.fullmatch(folded, before.end, quantity.start)
            and _NOUNLESS.match(folded, quantity.end)
        ):
            quantity = replace(quantity, unit=before.unit)
        yield quantity
        before = quantity


def _left_over(folded: str, taken: bytearray) -> list[Figure]:
    """A lone Chinese numeral inside a word is an idiom; an Arabic number, or a longer Chinese one, is residue."""
    rest = []
    for match in _DIGITS.finditer(folded):
        if not any(taken[match.start() : match.end()]):
            rest.append(Figure(match.start(), match.end(), "residue", None, "none"))
        else:
            rest += [Figure(at, at + 1, "residue", None, "none") for at in range(match.start(), match.end()) if folded[at].isdigit() and not taken[at]]
    for match in _CHINESE.finditer(folded):
        free = [at for at in range(match.start(), match.end()) if not taken[at]]
        if not free:
            continue
        whole = len(free) == len(match.group())
        residue = whole and len(free) >= 3 and len(set(match.group())) > 1
        rest.append(Figure(free[0], free[-1] + 1, "residue" if residue else "ignored", None if residue else "idiom", "lone-numeral"))
    return rest

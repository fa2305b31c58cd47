"""Text + items with spans → HTML in which every item is marked; spans may nest and overlap.

The text is cut where any item starts or ends. A piece carries the classes of all kinds that cover it and the keys of the items,
so that a style sheet paints kinds and a script finds items. Nothing of the text is left out: the pieces join to the text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Item:
    """A marked stretch: its span in code points, kind (a CSS class), key and what a pointer shows."""

    start: int
    end: int
    kind: str
    key: str
    hint: str = ""


def mark_lines(text: str, items: Sequence[Item]) -> list[tuple[int, str]]:
    """Give each line that is not blank as (offset, HTML); offsets are code points."""
    cuts = {0, len(text), *(at for item in items for at in (item.start, item.end) if 0 <= at <= len(text))}
    cuts |= {at for number, char in enumerate(text) if char == "\n" for at in (number, number + 1)}
    opening, closing = _by_place(items, "start"), _by_place(items, "end")
    active: dict[str, Item] = {}
    lines: list[tuple[int, list[str]]] = [(0, [])]
    for start, end in pairwise(sorted(cuts)):
        for item in closing.get(start, ()):
            active.pop(item.key, None)
        active |= {item.key: item for item in opening.get(start, ()) if item.end > start}
        if text[start:end] == "\n":
            lines.append((end, []))
        else:
            lines[-1][1].append(_piece(text[start:end], active.values()))
    return [(at, "".join(parts)) for at, parts in lines if "".join(parts).strip()]


def _by_place(items: Iterable[Item], end: str) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = {}
    for item in items:
        found.setdefault(getattr(item, end), []).append(item)
    return found


def _piece(text: str, items: Iterable[Item]) -> str:
    around = sorted(items, key=lambda item: (item.start - item.end, item.key))
    if not around:
        return escape(text)
    kinds = " ".join(dict.fromkeys(item.kind for item in around))
    hints = "&#10;".join(escape(item.hint) for item in reversed(around) if item.hint)
    return f'<span class="m {kinds}" data-f="{" ".join(item.key for item in around)}" title="{hints}">{escape(text)}</span>'

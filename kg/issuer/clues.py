"""What may name the speaker of a report, and the office or town that it names."""

from dataclasses import dataclass

COMMON_NOUNS = {"市区", "郊区", "城区", "矿区", "新区", "东区", "西区", "南区", "北区", "特区", "市中区"}


@dataclass(frozen=True, slots=True)
class Clues:
    """What may name the speaker: title, page labels, the header's lines, the running text, the line under it."""

    title: str
    stated: tuple[str, ...]
    header: str
    body: str
    signature: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An office or town as printed: its words, its body type (None for the government) and whether a place stands in them."""

    surface: str
    type: str
    placed: bool

"""Title, opening, signature → who reports: division, issuer's name, body type, kind and level.

The level that a text claims for itself (我县, 县政府) decides between the places it names; what cannot be settled stays open.
"""

import re
from dataclasses import dataclass, replace

from kg.divisions import Register, short_name
from kg.house import office_of
from kg.issuer.clues import Clues, Unit
from kg.issuer.seat import RANK, division_of, own_word
from kg.issuer.unit import head_of, is_place, subject_of, unit_of_head
from kg.lexicon import PINYIN
from kg.model import Division
from kg.place import body_type, official_name
from kg.zones import ZONE, level_of_zone

__all__ = ["Clues"]  # of what is imported here, what others may have

UNKNOWN = "未能识别的发文机关"
_JOINT = re.compile(r"中共[^,。;]{2,14}委[员会\s、]{0,4}[^,。;]{2,12}人民政府")
_OUR_OFFICE = re.compile(r"我(?:局|厅|委|办|院|分局|支队|大队|所|中心)|(?<![资根版文])本局")
_LEVELS = {0: "township", 1: "county", 2: "prefecture", 3: "province"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who reports."""

    division: Division | None
    name: str
    type: str
    kind: str
    level: str
    given: bool = False  # the place given by the caller settled the division
    elsewhere: Division | None = None  # what the text names outside the place given


def find_speaker(clues: Clues, register: Register, year: int | None) -> Speaker:
    """Settle who speaks, by the text alone; the place that the register gives helps where the text leaves several or none."""
    alone = _read_speaker(clues, register.at(None), year)
    if register.place is None or alone.level == "national":
        return alone
    helped = _read_speaker(clues, register, year)
    named, chosen = alone.division, helped.division
    if named is None or register.holds(named) or (chosen is not None and named.code in [above.code for above in register.parents(chosen)]):
        return helped if chosen == named else replace(helped, given=True)
    if chosen is None or chosen == named or chosen.name == named.name or register.at(None).resolve(chosen.name, year, named.code) is not None:
        return replace(alone, elsewhere=named)
    return replace(helped, given=True, elsewhere=named)


def _read_speaker(clues: Clues, register: Register, year: int | None) -> Speaker:
    """Settle unit, level and place, in this order; each stays open where nothing says it."""
    body = PINYIN.sub("", clues.body[:4000])
    head = head_of(clues.title)
    unit = unit_of_head(head, register) or (subject_of(body[:700], register) if not is_place(head, register) else None)
    unit = unit or unit_of_head(re.split(r"[(\d]", clues.signature)[0].strip(), register)
    if unit is None and _OUR_OFFICE.search(body[:1500]) is not None:
        unit = Unit("", "government-department", False)
    word = own_word(body)
    if word in ("镇", "乡", "街道", "苏木") and (unit is None or unit.type == "people-government"):
        unit = Unit("", "township-street", False)
    if unit is not None and unit.type == "township-street":
        word = "镇"
    division = division_of(clues, unit, body, word, register, year)
    return _speaker(unit, division, word, head)


def _speaker(unit: Unit | None, division: Division | None, word: str | None, head: str) -> Speaker:
    if unit is None or unit.type in ("people-government", "government-office"):
        concept = body_type("people-government")
        name = official_name(concept, division) if division is not None else UNKNOWN
        level = division.level if division is not None else _LEVELS[RANK[word]] if word is not None else "county"
        return Speaker(division, name, "people-government", "joint" if _JOINT.search(head) is not None else "government", level)
    concept = body_type(unit.type)
    if unit.type == "township-street":
        return Speaker(division, _town_name(unit.surface) if unit.surface else UNKNOWN, unit.type, "government", "township")
    national = unit.surface == concept.value("nationalName")
    kind = str(concept.value("bodyKind")) if concept.value("bodyKind") in ("party", "government") else "department"
    own = unit.placed or national or division is None or short_name(division.name) in unit.surface
    name = UNKNOWN if not unit.surface else unit.surface if own else official_name(concept, division)
    if unit.type == ZONE and division is not None and unit.surface and not own:
        name = f"{division.name}{unit.surface}"  # a place has several zones
    level = "national" if national else division.level if division is not None else _LEVELS[RANK[word]] if word is not None else _level_said(unit.surface)
    level = level_of_zone(level) if unit.type == ZONE and division is not None else level
    return Speaker(None if national else division, name, unit.type, kind, level)


def _level_said(surface: str) -> str:
    """The level that an office's own words tell where no place does: 省住房城乡建设厅, 市司法局."""
    return "province" if surface.endswith("厅") else _LEVELS[RANK.get(surface[:1], 1)]


def _town_name(surface: str) -> str:
    if surface.endswith(("人民政府", "办事处")):
        return surface
    base = re.sub(r"(?:党委|党工委|政府|(?<=[道街])办)$", "", surface)
    return office_of(base)

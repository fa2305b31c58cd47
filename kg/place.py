"""A report's own place: what 市, 省, 我市, 本级 and a bare 司法局 mean in it, and the official names composed from that.

A real body is *body type × division*; an alias is therefore written once in the ontology, not once a city.
"""

import re
from dataclasses import dataclass

from kg.divisions import Register, short_name
from kg.house import House
from kg.model import Division
from kg.ontology import Concept, load_concepts

_LEVEL_NAME = {"national": "nationalName", "province": "provincialName", "prefecture": "municipalName", "county": "countyName", "township": "countyName"}
_RANKS = {
    "省": "province",
    "自治区": "province",
    "州": "prefecture",
    "自治州": "prefecture",
    "盟": "prefecture",
    "地区": "prefecture",
    "县": "county",
    "旗": "county",
    "自治县": "county",
    "自治旗": "county",
}


@dataclass(frozen=True)
class Place:
    """The division a report speaks from, with the divisions above it."""

    own: Division | None
    above: tuple[Division, ...]
    register: Register
    year: int | None = None
    house: House | None = None  # who speaks: what 我局 and 局党组 mean

    def at_level(self, word: str) -> Division | None:
        """Resolve a level word: 省 → 河南省; 市 → the own city, else the city above; None where no one place is meant.

        A county-level city calls itself 市; a district's 市 is the city above it.
        """
        chain = [d for d in (self.own, *self.above) if d is not None]
        if word in ("本级", "我", "本", ""):
            return self.own
        if word == "地":
            word = "地区"
        if word == "市":
            fits = [d for d in chain if d.name.endswith("市") and (d.level != "province" or len(chain) <= 2)]
        elif word == "区":
            fits = [d for d in chain if d.name.endswith("区") and d.level == "county"]
        else:
            fits = [d for d in chain if d.level == _RANKS.get(word)]
        if word in ("省", "自治区"):
            fits = [d for d in chain if d.level == "province"]
        return fits[0] if fits else None

    def named(self, name: str) -> Division | None:
        """Resolve a place's full name, own chain first, then its neighbours, then the whole country."""
        for division in (self.own, *self.above):
            if division is not None and division.name == name:
                return division
        for within in (self.own, *self.above):
            if within is not None and (found := self.register.resolve(name, self.year, within.code)) is not None:
                return found
        return self.register.resolve(name, self.year)

    def short_before(self, text: str) -> tuple[str, Division] | None:
        """Give the place whose name without class a text ends with (郑州 before 海关): the own chain's first, then provinces and prefectures."""
        for division in (self.own, *self.above):
            if division is not None and len(short := short_name(division.name)) > 1 and text.endswith(short):
                return short, division
        found = ((text[-size:], self.register.by_short.get(text[-size:])) for size in (4, 3, 2))
        return next(((short, division) for short, division in found if division is not None), None)


def make_place(register: Register, division: Division | None, year: int | None, house: House | None = None) -> Place:
    """Make the place of a report; `house` is who reports."""
    return Place(division, register.parents(division) if division is not None else (), register, year, house)


def official_name(body_type: Concept, division: Division | None) -> str:
    """Compose a body's official name: judicial-administration × 济源市 → 济源市司法局; party committees as 中共济源市委."""
    if division is None:
        return body_type.value("nationalName") or body_type.zh
    name = body_type.value(_LEVEL_NAME[division.level]) or body_type.value("municipalName") or body_type.zh
    if name.endswith("厅") and division.name.endswith("市"):  # a municipality under the State Council has 局, not 厅
        name = body_type.value("municipalName") or name
    if body_type.id in ("party-committee", "party-standing-committee") and division.name.endswith("自治区"):  # nobody says 自治区委
        return f"中共{division.name}委员会{'常务委员会' if body_type.id == 'party-standing-committee' else ''}"
    if body_type.id == "people-government" and division.name.endswith(("地区", "盟")):  # an agency of the province, not a level of its own
        return f"{division.name}行政公署"
    if body_type.id.startswith("law-based-governance"):
        name = re.sub(r"依法治[省市县]", f"依法治{_own_word(division)}", name)
    if body_type.id == "party-committee":
        return f"中共{division.name}委"
    if body_type.id == "party-standing-committee":
        return f"中共{division.name}委常务委员会"
    if body_type.id == "taxation":
        return f"{body_type.value('nationalName')}{division.name}{name}"
    if body_type.id == "customs":
        return f"{short_name(division.name)}{name}"
    if body_type.id == "cppcc":
        return f"中国人民政治协商会议{division.name}委员会"
    if body_type.value("bodyKind") == "party" or body_type.id == "party-school":
        return f"中共{division.name}委{'员会' if division.name.endswith('自治区') else ''}{name.removeprefix('委')}"
    return f"{division.name}{name}"


def _own_word(division: Division) -> str:
    """What a place calls itself: 依法治市, 依法治州, 依法治旗, 依法治区."""
    return next((word for word in ("州", "盟", "旗", "县", "区", "市", "省") if division.name.endswith(word)), "市")


def body_type(name: str) -> Concept:
    """Look a body type up by its id."""
    return load_concepts()["body-type"][name]

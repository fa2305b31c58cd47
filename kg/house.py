"""Who speaks, and what is its own: 局党组, 镇政府, 街道综治中心 and 管委会 in a report, where no other place stands before them.

A government's bare names mean bodies of its division, so it has no house of its own here. Which types of bodies a town, a zone or a
department has in its house the ontology says (`fz:ownOf`); how their names are composed is told here, once.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import shortens
from kg.ontology import Concept, load_concepts
from kg.zones import ZONE, zone_of

# What stands behind whoever acts: 溪口镇坚持…, 县公安局在…领导下.
ACTING = r"(?:先后|深入|认真|严格|始终|坚持|高度|积极|全面|持续|以|坚决|聚焦|紧紧|紧扣|围绕|着力|扎实|切实|不断|在|按照|立足|结合|充分|贯彻|落实|推进|忠诚|依法|统筹|根据|大力|学习|坚定|锚定|牢固)"
GOVERNMENT, DEPARTMENT, TOWN = "people-government", "government-department", "township-street"
# The issuer's house before what is inside it: 局党组, 局法治建设领导小组; not 局长办公会.
_WORD = re.compile(r"^(?:局|厅|镇|乡|街道?)(?![长务村镇街容域贤土])|^(?:委|部|办|院)(?=党)")
_TOWN_WORD = re.compile(r"(?:^|(?<=[\n,。;:、由经会同与和()依托推动]))(?P<word>街道|街|镇|乡)?$")
_PARTY = re.compile(r"党(?!政)|工委|纪")
GROUP = re.compile(r"领导小组|专班|协调小组")
_ZONES_OFFICE = re.compile(r"(?:局|队|办|办公室|中心)$")
# How towns, streets and zones call themselves in full; 镇政府, 街道 and 管委会 shorten it.
_ITSELF = re.compile(r"(?:[镇乡]人民政府|街道?办事处|管理委员会)$")


@dataclass(frozen=True, slots=True)
class House:
    """Who reports: its name, its body type, which kind of house that makes, and what it speaks for (溪口镇, 东湖经济开发区, 云泽市司法局)."""

    name: str
    type: str
    kind: str
    stem: str

    def own_name(self, surface: str, concept: Concept) -> str | None:
        """Name what a bare name means here, None where it is no body of this house.

        >>> make_house("溪口镇人民政府", "township-street").own_name("镇政府", load_concepts()["body-type"]["township-street"])
        '溪口镇人民政府'
        """
        if self.kind == GOVERNMENT:
            return None
        if concept.id == self.type:
            return self.name if self._is_itself(surface) else None
        if self.kind == ZONE and concept.id == "party-committee" and surface == "党工委":
            return f"中共{self.stem}工作委员会"
        inside = self.kind in own_types()[concept.id] or GROUP.search(surface) is not None or self._is_towns(surface) or self._is_zones(surface, concept)
        return self.inner_name(surface) if inside else None

    def inner_name(self, surface: str) -> str:
        """Compose the name of a body inside the house: 局党组 → 中共云泽市司法局党组."""
        inner = _WORD.sub("", surface)
        return f"{'中共' if _PARTY.match(inner) is not None else ''}{self.stem}{inner}"

    def _is_itself(self, surface: str) -> bool:
        end = _ITSELF.search(re.sub("管委会$", "管理委员会", self.name))
        return end is not None and shortens(surface, end.group())

    def _is_towns(self, surface: str) -> bool:
        """镇综合行政执法队, 街道综治中心."""
        return self.kind == TOWN and surface[0] in "镇乡街" and _WORD.match(surface) is not None

    def _is_zones(self, surface: str, concept: Concept) -> bool:
        """综合执法大队, 行政审批局."""
        return self.kind == ZONE and concept.value("bodyKind") == "department" and _ZONES_OFFICE.search(surface) is not None

    def begin_of(self, folded: str, start: int, concept: Concept) -> int | None:
        """Give the begin of a name that a town has of its own, with 镇, 乡 or 街道 before it; None for other names and houses."""
        match = _TOWN_WORD.search(folded, max(0, start - 3), start) if self.kind == TOWN and concept.id != TOWN else None
        return match.start() if match is not None and (match["word"] is not None or TOWN in own_types()[concept.id]) else None


def make_house(name: str, body_type: str) -> House:
    """Make the house of an issuer from its name and body type."""
    if body_type in (GOVERNMENT, "government-office"):
        return House(name, body_type, GOVERNMENT, name)
    if body_type == ZONE:
        return House(name, body_type, ZONE, zone_of(name))
    return House(name, body_type, TOWN if body_type == TOWN else DEPARTMENT, stem_of(name))


def stem_of(issuer: str) -> str:
    """Give the place a township's government speaks for: 溪口镇人民政府 → 溪口镇, 东湖街道办事处 → 东湖街道; other names as they are."""
    return re.sub(r"(?<=[镇乡])人民政府$|(?:(?<=街道)|(?<=街))办事处$", "", issuer)


def office_of(town: str) -> str:
    """Name the government of a town or the office of a street, the other way round: 溪口镇 → 溪口镇人民政府."""
    return town + ("办事处" if town.endswith(("街道", "街")) else "人民政府")


@lru_cache(maxsize=1)
def own_types() -> dict[str, tuple[str, ...]]:
    """Which kinds of houses have a body of a type as their own: {body type: body types of houses}."""
    return {c.id: c.ids("ownOf") for c in load_concepts()["body-type"].values()}

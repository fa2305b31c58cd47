"""Surface + Place → BodyMention: the place or level word before a name, and the official name composed from both.

A department's own 党组, 办公会 and 领导小组 are the issuer's, not the government's; what has a level word is that level's.
"""

import re

from kg.divisions import short_name
from kg.extract.own_names import own_name
from kg.house import GROUP
from kg.lexicon import Entry, body_gazetteer
from kg.model import BodyMention, Division
from kg.ontology import Concept
from kg.place import Place, body_type, official_name
from kg.zones import ZONE

_LEVEL = re.compile(r"(?<![全社])(?P<self>我|本)?(?P<word>自治区|自治州|省|市|县|区|州|盟|旗)(?P<tail>委|政府|级|直)?$")
_OWN = re.compile(r"(?:本级|同级|我)$")
_NATIONAL = re.compile(r"(?:国家|全国|中央|最高)$")
_LEVEL_WORDS = re.compile(r"^(?:自治区|自治州|省|市|县|区|州|盟|旗|我|本|全(?:省|市|县|区|州|盟|旗))+")
_ELLIPSIS = re.compile(r"(?P<word>自治区|自治州|省|市|县|区|州|盟|旗|地)?(?:党)?委(?:、|和|与|及)?$")
_APART = ("", *'\n、,。;:!?(《"省市州区盟赴')  # what a county of two characters may stand behind


def find_prefix(folded: str, start: int, place: Place, name: str) -> tuple[int, Division | None, bool]:
    """Begin of the mention with its place or level word, the division meant, and whether it is a national body."""
    window = folded[max(0, start - 14) : start]
    names = [m for m in place.register.pattern.finditer(window) if m.end() == len(window)]
    if not names:
        names = [m for cut in range(len(window)) if (m := place.register.pattern.fullmatch(window, cut)) is not None][:1]
    if names and not is_conjunction(names[0].group(), place, window[: names[0].start()]):
        named = names[0]
        division = place.named(named.group())
        outer = place.register.pattern.fullmatch(window[: named.start()]) if named.start() else None
        begin = start - len(window) + (outer.start() if outer is not None else named.start())
        return begin, division if division is not None else place.own, False
    if (short := place.short_before(window)) is not None:
        return start - len(short[0]), short[1], False
    if (match := _LEVEL.search(window)) is not None and match["tail"] not in ("直", "级"):
        division = place.at_level("我" if match["self"] else match["word"])
        if not match["tail"] or match["tail"] == "委" or name in ("办公室", "办公厅", "常务会议", "党组", "督查室"):
            begin = start - len(window) + match.start()
            return (*_with_place(folded, begin, begin + len(match["word"]), place, division), False)
    if (match := _OWN.search(window)) is not None:
        return start - len(window) + match.start(), place.own, False
    if (match := _NATIONAL.search(window)) is not None:
        return start - len(window) + match.start(), None, True
    return start, *_bare(name, place)


def _with_place(folded: str, begin: int, end: int, place: Place, division: Division | None) -> tuple[int, Division | None]:
    """云泽市委组织部: the level word is the end of the place's own name."""
    for named in place.register.pattern.finditer(folded, max(0, begin - 9), end):
        if named.end() == end and not is_conjunction(named.group(), place, folded[named.start() - 1 : named.start()]):
            return named.start(), place.named(named.group()) or division
    return begin, division


def is_conjunction(name: str, place: Place, before: str) -> bool:
    """会同县司法局, 发改局和县司法局, 建成县综治中心: outside the province of 会同县, 和县 and 成县 no place is named, unless it stands apart."""
    if name == "范县" and place.own is not None and place.own.name != name:  # 示范县
        return True
    joins = name.startswith(("会同", "和县", "开县"))
    if not joins and not (len(name) == 2 and name.endswith("县") and before[-1:] not in _APART):
        return False
    if place.own is None:
        return joins
    division = place.named(name)
    return division is None or division.code[:2] != place.own.code[:2]


def _bare(name: str, place: Place) -> tuple[Division | None, bool]:
    """The division of a name without prefix: 厅 is the province's, 部 and 总局 the nation's, the rest the place's own."""
    entry = body_gazetteer().entries[name]
    if name == entry.concept.value("nationalName") or entry.concept.id in ("cpc-central-committee", "state-council") or is_national(entry, name):
        return None, True
    if name.endswith("厅") and (province := place.at_level("省")) is not None:
        return province, False
    return place.own, False


def is_national(entry: Entry, name: str) -> bool:
    """国家市场监管总局, 人社部: a short form of the national body."""
    return not entry.generic and (
        name.startswith(("国家", "国务院", "中央", "中国")) or (name.endswith(("部", "总局")) and not name.endswith(("组织部", "宣传部", "工作部")))
    )


def ellipsis_of(folded: str, start: int, place: Place) -> tuple[bool, Division | None]:
    """自治区党委、政府 · 县委政府: a bare 政府 after 委 is that level's; no level word means no one place."""
    match = _ELLIPSIS.search(folded, max(0, start - 6), start)
    if match is None:
        return False, None
    if match["word"] is None:
        return False, place.own
    return True, place.at_level(match["word"])


def compose_own(folded: str, start: int, end: int, concept: Concept, place: Place, rule: str, generic: bool = False) -> BodyMention:
    """Make the mention of a body of the report's own place."""
    return compose(folded, start, end, concept, place, rule, place.own, generic=generic)


def compose(
    folded: str, start: int, end: int, concept: Concept, place: Place, rule: str, division: Division | None, *, generic: bool = False, national: bool = False
) -> BodyMention:
    """Make the mention of a body of `division`, or of the nation: kind, type, official name and the other names it goes by."""
    surface = folded[start:end]
    if concept.id == "party-standing-committee" and re.search(r"人大(?:及其)?$", folded[max(0, start - 4) : start]):
        concept = body_type("congress-standing-committee")
    home, local = (each.name if each is not None else "" for each in (place.own, division))
    core = _LEVEL_WORDS.sub("", surface) or surface
    if generic:
        name = surface if home and surface.startswith(home) else f"{home}{re.sub(r'^全(?:省|市|县|区|州|盟|旗)', '', surface)}"
    elif (own := _house_name(surface, core, concept, place, national, rule)) is not None:
        name, core, local, home = own, surface, "", ""  # 云泽市党组 would be another body
    else:
        name = _named(surface, core, concept, division, place, national)
    aliases = tuple(dict.fromkeys(alias for alias in (surface, f"{local}{core}", f"{home}{surface}") if alias and alias != name))
    code = "000000" if national else division.code if division is not None else None
    return BodyMention(start, end, concept.value("bodyKind") or "other", concept.id, name, generic, rule, None, code, aliases)


def _house_name(surface: str, core: str, concept: Concept, place: Place, national: bool, rule: str) -> str | None:
    """The name of the issuer or of a body inside it, where no level word says otherwise; fields in a list (城管等部门) are no one's own."""
    if place.house is None:
        return None
    if rule == "self" and concept.id == place.house.type:
        return place.house.name
    return place.house.own_name(surface, concept) if core == surface and not national and rule != "sector" else None


def _named(surface: str, core: str, concept: Concept, division: Division | None, place: Place, national: bool) -> str:
    if not national and division is None:
        return surface
    if concept.id == "leading-party-group" and division is not None:
        return f"中共{_whose_group(surface, division, place)}党组"
    by_surface = concept.value("bodyKind") == "group" or concept.id in (ZONE, "other-department", "internal-section", "leading-group")
    if division is not None and by_surface and core.startswith(short_name(division.name)):
        return core
    if division is not None and (by_surface or GROUP.search(surface) is not None):
        return division.name + core.removeprefix(division.name)
    if national and surface not in concept.alternatives and concept.value("nationalName") is None:
        return surface
    if division is not None and concept.id == "government-executive-meeting" and "常务" not in core:
        return division.name + re.sub(r"^[全本我]|^[省市县区州盟旗](?!长)", "", surface).removeprefix(division.name)
    if division is not None and not national and (own := own_name(core.removeprefix(division.name), concept)) is not None:
        return division.name + own
    return official_name(concept, None if national else division)


def _whose_group(surface: str, division: Division, place: Place) -> str:
    """Whose leading group a 党组 is: the government's by its name, else the issuer's."""
    if "政府" in surface or place.house is None:
        return official_name(body_type("people-government"), division)
    return place.house.name

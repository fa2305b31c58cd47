"""Title, page, header, text → the division that a report speaks from, by the level that it claims for itself (我县, 县政府)."""

import re
from collections import Counter
from collections.abc import Iterator

from kg.divisions import Register, short_name
from kg.issuer.clues import COMMON_NOUNS, Clues, Unit
from kg.issuer.unit import head_of, strip_places
from kg.lexicon import body_gazetteer
from kg.model import Division
from kg.zones import ZONE, place_in_name

_OURS = re.compile(r"我(省|市|县|区|州|旗|盟|镇|乡|街道|苏木)(?!级|委|政府|直)")
_COMMITTEES = re.compile(r"(?<![治(、市县])(自治区|省|市|县|区|州|旗|盟|地)(?:委(?!员会|托|派|办|内)|党委|政府|人民政府)")
_BRANCH = re.compile(r"局(?P<place>[\u4e00-\u9fff]{2,5}?)分局")
_UNKNOWN_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:市|县|旗|自治州|(?<![发园新社小景山城市库牧林矿])区)")
_LED_BY = re.compile(r"([县区旗])委、?\1(?:人民)?政府")
RANK = {"镇": 0, "乡": 0, "街道": 0, "苏木": 0, "县": 1, "区": 1, "旗": 1, "州": 2, "盟": 2, "地": 2, "市": 2, "省": 3, "自治区": 3}


def own_word(body: str) -> str | None:
    """The level a text speaks from: 我县 first, else the committee and government it names most, the lower on a tie."""
    ours = Counter(_OURS.findall(body))
    named = Counter(_COMMITTEES.findall(body[:1800]))
    if ours:
        word = min(ours, key=lambda each: (-ours[each], RANK[each]))
        return "自治区" if word == "区" and named["自治区"] and not named["区"] else word
    return min(named, key=lambda each: (-named[each], RANK[each])) if named else None


def _fits(division: Division, word: str | None) -> bool:
    if word is None:
        return True
    if RANK[word] == 0:
        return division.level == "county"
    if word in ("省", "自治区"):
        return division.level == "province"
    if word == "地":
        return division.name.endswith("地区")
    return division.name.endswith(word) and (word == "市" or division.level != "province")


def division_of(clues: Clues, unit: Unit | None, body: str, word: str | None, register: Register, year: int | None) -> Division | None:
    """The place: what the title or the page says of itself, else the first place of the claimed level that the text names."""
    town = unit is not None and unit.type == "township-street"
    own = [clues.title, *clues.stated, re.split(r"\d", clues.signature)[0], unit.surface if unit is not None else ""]
    for clue in own:
        found = list(_chain(clue, register, year))
        if found and (not town or found[-1].level == "county" or not register.has_counties(found[-1])):
            return _branch_place(clue, found[-1], register, year)
    if unit is not None and not town and (named := place_in_name(unit.surface, unit.type, register, year)) is not None:
        return named
    opening = 200 if word is None else len(body)
    header = re.sub(r"(?m)^.{0,40}:$", "", clues.header)
    for text in (header, re.sub(r"(?m)\A.{0,40}:$", "", body[:opening])):
        fitting = [d for d in _chain(text, register, year) if _fits(d, word)]
        if fitting := [d for d in fitting if register.holds(d)] or fitting:
            return fitting[0] if word is not None else fitting[-1]
    province = _province_by_short_name(body, register) if word in ("省", "自治区") else None
    return province or _place_given(unit, clues, word, register, year)


def _place_given(unit: Unit | None, clues: Clues, word: str | None, register: Register, year: int | None) -> Division | None:
    """The place that the caller gives, for an office or town that says its name and a government that says 我区; one with counties only for what speaks at its level."""
    place = register.place
    if place is None or (not unit.surface if unit is not None else _OURS.search(clues.body[:4000]) is None) or _names_another(clues, register):
        return None  # nameless speakers of one place would be taken for one
    if (unit is None or unit.type != ZONE) and any(_UNKNOWN_PLACE.match(piece) for text in _speaking(clues, unit) for piece in _beside_bodies(text, register)):
        return None  # of a place that no table holds
    led = set(_LED_BY.findall(clues.body[:4000]))
    if place.level == "county" and led and place.name[-1] not in led:
        return None  # 区委、区政府 lead no town of a county
    said = _level_said(unit, register)
    if said is not None or unit is None or (place.level != "county" and register.has_counties(place)):
        word = said or word
        if not (_fits(place, word) if word is not None else place.level != "province"):
            return None
    return register.get(place.code, year) or place


def _level_said(unit: Unit | None, register: Register) -> str | None:
    """The level in an office's own name: 市司法局, 省司法厅."""
    surface = unit.surface if unit is not None else ""
    before = _beside_bodies(surface, register)[0]
    return before if before in RANK else "省" if surface.endswith("厅") else None


def _speaking(clues: Clues, unit: Unit | None) -> tuple[str, ...]:
    return head_of(clues.title), re.split(r"[(\d]", clues.signature)[0].strip(), unit.surface if unit is not None else ""


def _beside_bodies(text: str, register: Register) -> list[str]:
    """What a text holds beside known places and bodies: 临溪县 of 临溪县司法局 and of 国家税务总局临溪县税务局, where 临溪县 is not known."""
    rest, at, found = strip_places(text, register), 0, []
    for start, end, _ in body_gazetteer().find(rest):
        found.append(rest[at:start])
        at = end
    return [*found, rest[at:]]


def _names_another(clues: Clues, register: Register) -> bool:
    """Whether title, page, header and signature name places of which none lies in the place given or above it (西湖区, where 东莞市 is given)."""
    texts = (clues.title, *clues.stated, clues.header, clues.signature)
    names = {match.group() for text in texts for match in register.pattern.finditer(text)} - COMMON_NOUNS
    named = [division for name in names if len(name) > 2 for division in register.candidates(name)]  # 示范县 is not 范县
    above = [each.code for each in register.parents(register.place)] if register.place is not None else []
    return named != [] and not any(register.holds(each) or each.code in above for each in named)


def _branch_place(text: str, above: Division, register: Register, year: int | None) -> Division:
    """凤凰分局 of a prefecture's bureau stands for 凤凰县."""
    match = _BRANCH.search(text)
    if match is None:
        return above
    names = (match["place"] + word for word in ("", "县", "区", "市", "旗"))
    return next((d for name in names if (d := register.resolve(name, year, above.code)) is not None), above)


def _chain(text: str, register: Register, year: int | None) -> Iterator[Division]:
    """Places in order of the text, each read inside the one before where it lies there (北京市…朝阳区)."""
    current: Division | None = None
    last = -1
    for match in register.pattern.finditer(text):
        name = match.group()
        inside_word = len(name) == 2 and match.start() > 0 and "\u4e00" <= text[match.start() - 1] <= "\u9fff"  # 示范县 is not 范县
        if (name in COMMON_NOUNS or inside_word) and match.start() != last:
            continue
        last = match.end()
        inside = register.resolve(name, year, current.code) if current is not None else None
        found = inside or register.resolve(name, year) or (register.resolve(name) if current is None else None)
        if found is None:
            continue
        if current is None or inside is not None or current.level != "province":
            current = found
        yield found


def _province_by_short_name(body: str, register: Register) -> Division | None:
    """《福建日报》, 法治内蒙古 in a province's report that never gives its full name; None where several are named."""
    provinces = [d for code in register.by_code if code.endswith("0000") and (d := register.get(code)) is not None]
    named = [d for d in provinces if short_name(d.name) in body]
    return named[0] if len(named) == 1 else None

"""Title, opening, signature → who reports: division, issuer's name, body type, kind and level.

The level that a text claims for itself (我县, 县政府) decides between the places it names; what cannot be settled stays open.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.divisions import Register, short_name
from kg.lexicon import PINYIN, body_gazetteer
from kg.model import Division
from kg.place import body_type, official_name
from kg.zones import ZONE, level_of_zone, place_in_name, zone_named

UNKNOWN = "未能识别的发文机关"
_JOINT = re.compile(r"中共[^,。;]{2,14}委[员会\s、]{0,4}[^,。;]{2,12}人民政府")
_TAG = re.compile(r"^\s*\[[^\]]*\]|^(?:附件\d*[::]?|转发)")
_HEAD_ENDS = re.compile(r"关于|政府信息公开|政务公开|(?:推进|履行|贯彻)?(?:法治政府|依法行政|法治建设|法治)(?!办|委|建设局|政府建设)|(?:全面)?(?:推进|落实)")
_YEARS = re.compile(r"(?:(?:19|20)\d{2}|[二〇零○一九三四五六七八]{4})\s*(?:年度?|年)?")
_OURS = re.compile(r"我(省|市|县|区|州|旗|盟|镇|乡|街道|苏木)(?!级|委|政府|直)")
_OUR_OFFICE = re.compile(r"我(?:局|厅|委|办|院|分局|支队|大队|所|中心)|(?<![资根版文])本局")
_COMMITTEES = re.compile(r"(?<![治(、市县])(自治区|省|市|县|区|州|旗|盟|地)(?:委(?!员会|托|派|办|内)|党委|政府|人民政府)")
_VERB = r"(?:先后|深入|认真|严格|始终|坚持|高度|积极|全面|持续|以|坚决|聚焦|紧紧|紧扣|围绕|着力|扎实|切实|不断|在|按照|立足|结合|充分|贯彻|落实|推进|忠诚|依法|统筹|根据|大力|学习|坚定|锚定|牢固)"
_SUBJECT_END = re.compile(rf"(?P<branch>[\u4e00-\u9fff]{{2,4}}(?:区|县|市|旗)?分局)?(?:\(.{{2,12}}\))?(?:党组|党委)?(?={_VERB})")
_BRANCH = re.compile(r"局(?P<place>[\u4e00-\u9fff]{2,5}?)分局")
_TOWN_NAME = re.compile(
    r"(?P<name>(?![我本全各该])(?:(?!了|全[镇乡街]|提升|推进|强化)[\u4e00-\u9fff]){1,7}(?:镇|乡|街道|苏木|(?<=[\u4e00-\u9fff]{2})街))(?P<tail>人民政府|办事处|党委|党工委|政府|办)?"
)
_OFFICE = re.compile(r"[\u4e00-\u9fff、]{2,16}(?:局|厅|委员会|办公室|管理中心|服务中心|支队|总队)")
_COMMON_NOUNS = {"市区", "郊区", "城区", "矿区", "新区", "东区", "西区", "南区", "北区", "特区", "市中区"}
_RANK = {"镇": 0, "乡": 0, "街道": 0, "苏木": 0, "县": 1, "区": 1, "旗": 1, "州": 2, "盟": 2, "地": 2, "市": 2, "省": 3, "自治区": 3}
_LEVELS = {0: "township", 1: "county", 2: "prefecture", 3: "province"}
_NO_SPEAKER = {"leading-party-group", "party-theory-study-group", "government-executive-meeting", "internal-section", "leading-group", "cpc-central-committee"}
_ACTING = ("department", "court", "procuratorate", "congress", "cppcc", "institution", "party")


@dataclass(frozen=True, slots=True)
class Clues:
    """What may name the speaker: title, page labels, the header's lines, the running text, the line under it."""

    title: str
    stated: tuple[str, ...]
    header: str
    body: str
    signature: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who reports."""

    division: Division | None
    name: str
    type: str
    kind: str
    level: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """An office or town as printed: its words, its body type (None for the government) and whether a place stands in them."""

    surface: str
    type: str
    placed: bool


def find_speaker(clues: Clues, register: Register, year: int | None) -> Speaker:
    """Settle unit, level and place, in this order; each stays open where nothing says it."""
    body = PINYIN.sub("", clues.body[:4000])
    head = _head_of(clues.title)
    unit = _unit_of_head(head, register) or (_subject_of(body[:700], register) if not _is_place(head, register) else None)
    unit = unit or _unit_of_head(re.split(r"[(\d]", clues.signature)[0].strip(), register)
    if unit is None and _OUR_OFFICE.search(body[:1500]) is not None:
        unit = _Unit("", "government-department", False)
    word = _own_word(body)
    if word in ("镇", "乡", "街道", "苏木") and (unit is None or unit.type == "people-government"):
        unit = _Unit("", "township-street", False)
    if unit is not None and unit.type == "township-street":
        word = "镇"
    division = _division_of(clues, unit, body, word, register, year)
    return _speaker(unit, division, word, head)


def _speaker(unit: _Unit | None, division: Division | None, word: str | None, head: str) -> Speaker:
    if unit is None or unit.type in ("people-government", "government-office"):
        concept = body_type("people-government")
        name = official_name(concept, division) if division is not None else UNKNOWN
        level = division.level if division is not None else _LEVELS[_RANK[word]] if word is not None else "county"
        return Speaker(division, name, "people-government", "joint" if _JOINT.search(head) is not None else "government", level)
    concept = body_type(unit.type)
    if unit.type == "township-street":
        return Speaker(division, _town_name(unit.surface) if unit.surface else UNKNOWN, unit.type, "government", "township")
    national = unit.surface == concept.value("nationalName")
    kind = str(concept.value("bodyKind")) if concept.value("bodyKind") in ("party", "government") else "department"
    own = unit.placed or national or division is None or short_name(division.name) in unit.surface
    name = UNKNOWN if not unit.surface else unit.surface if own else official_name(concept, division)
    level = "national" if national else division.level if division is not None else _LEVELS[_RANK[word]] if word is not None else _level_said(unit.surface)
    level = level_of_zone(level) if unit.type == ZONE and division is not None else level
    return Speaker(None if national else division, name, unit.type, kind, level)


def _level_said(surface: str) -> str:
    """The level that an office's own words tell where no place does: 省住房城乡建设厅, 市司法局."""
    return "province" if surface.endswith("厅") else _LEVELS[_RANK.get(surface[:1], 1)]


def _head_of(title: str) -> str:
    """What stands before the matter in a title, without tags and years: 2020年静海区法治政府建设… → 静海区."""
    bare = _YEARS.sub("", _TAG.sub("", title)).strip()
    cut = _HEAD_ENDS.search(bare)
    return re.sub(r"\s|的$", "", bare[: cut.start()] if cut is not None else bare)


def _strip_places(text: str, register: Register) -> str:
    while (match := register.pattern.match(text)) is not None and match.group() not in _COMMON_NOUNS:
        text = text[match.end() :]
    return text


def _is_place(head: str, register: Register) -> bool:
    return head != "" and _strip_places(head, register) in ("", "人民政府", "政府", "人民政府办公室")


def _unit_of_head(head: str, register: Register) -> _Unit | None:
    """An office or town that a title or a signature names; None for a government and for what is no body."""
    rest = _strip_places(head, register)
    if (town := _TOWN_NAME.fullmatch(rest)) is not None and body_gazetteer().entries.get(rest) is None:
        return _Unit(town["name"] + (town["tail"] or ""), "township-street", rest != head)
    if rest and (zone := zone_named(rest)) is not None:
        return _Unit(head.removesuffix(rest) + zone, ZONE, rest != head)
    found = [(s, e, entry.concept.id) for s, e, entry in body_gazetteer().find(rest) if not entry.generic]
    if rest != head and _OFFICE.fullmatch(rest) is not None and not (found and found[-1][1] == len(rest)):
        return _Unit(head, "other-department", True)  # 云泽市住房和城市更新局: an office that only this place has
    if not found or found[-1][2] in ("people-government", "township-street", "party-committee"):
        return _Unit(rest, "township-street", False) if found and found[-1][2] == "township-street" else None
    kinds = [kind for _, _, kind in found if kind != "people-government"] or [found[-1][2]]
    return _Unit(head, kinds[0], rest != head) if re.search(r"[局厅委办院处会所队部心关]$|[室署]$", head) is not None else None


def _subject_of(opening: str, register: Register) -> _Unit | None:
    """The first body that opens a clause and acts: 泾源县公安局在…领导下, 溪口镇坚持…; a government gives None."""
    units: list[tuple[int, _Unit | None]] = []
    for match in re.finditer(rf"(?:^|(?<=[,。\n:年 ]))(?:{_TOWN_NAME.pattern})(?={_VERB})", opening):
        units.append((match.start(), _Unit(match["name"] + (match["tail"] or ""), "township-street", False)))
    for start, end, entry in body_gazetteer().find(opening):
        after = _SUBJECT_END.match(opening, end)
        before = re.search(r"(?:^|[,。\n: ]|年(?:以来)?,?|以来,?)([\u4e00-\u9fff]{0,16})$", opening[:start])
        if (
            entry.generic
            or entry.concept.id in _NO_SPEAKER
            or after is None
            or before is None
            or entry.concept.value("bodyKind") not in (*_ACTING, "government")
        ):
            continue
        prefix = before.group(1)
        rest = _strip_places(prefix.removeprefix("中共"), register)
        if rest not in ("", "自治区", "自治州", "省", "市", "县", "区", "州", "旗", "盟", "我"):
            continue
        government = entry.concept.value("bodyKind") == "government" or entry.concept.id in ("party-committee", "party-standing-committee", "government-office")
        placed = len(rest) < len(prefix)
        surface = prefix + opening[start : end + len(after["branch"] or "")]
        units.append((start, None if government else _Unit(surface if placed else opening[start:end], entry.concept.id, placed)))
    return min(units, key=lambda unit: unit[0])[1] if units else None


def _town_name(surface: str) -> str:
    if surface.endswith(("人民政府", "办事处")):
        return surface
    base = re.sub(r"(?:党委|党工委|政府|(?<=[道街])办)$", "", surface)
    return base + ("办事处" if base.endswith(("街道", "街")) else "人民政府")


def _own_word(body: str) -> str | None:
    """The level a text speaks from: 我县 first, else the committee and government it names most, the lower on a tie."""
    ours = Counter(_OURS.findall(body))
    named = Counter(_COMMITTEES.findall(body[:1800]))
    if ours:
        word = min(ours, key=lambda each: (-ours[each], _RANK[each]))
        return "自治区" if word == "区" and named["自治区"] and not named["区"] else word
    return min(named, key=lambda each: (-named[each], _RANK[each])) if named else None


def _fits(division: Division, word: str | None) -> bool:
    if word is None:
        return True
    if _RANK[word] == 0:
        return division.level == "county"
    if word in ("省", "自治区"):
        return division.level == "province"
    if word == "地":
        return division.name.endswith("地区")
    return division.name.endswith(word) and (word == "市" or division.level != "province")


def _division_of(clues: Clues, unit: _Unit | None, body: str, word: str | None, register: Register, year: int | None) -> Division | None:
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
        if fitting:
            return fitting[0] if word is not None else fitting[-1]
    return _province_by_short_name(body, register) if word in ("省", "自治区") else None


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
        if (name in _COMMON_NOUNS or inside_word) and match.start() != last:
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

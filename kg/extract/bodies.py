"""Text → BodyMentions: a name of the gazetteer, the place or level word before it, the quantifier around it.

The largest span that names who could act is one mention. Fixed terms (人大代表, 法治政府, 政府信息) name no body.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.fixed_terms import is_fixed_term
from kg.extract.institutes import HEADED, find_headed_bodies, find_institutes
from kg.lexicon import body_gazetteer
from kg.model import BodyMention, Division
from kg.ontology import Concept
from kg.place import Place, body_type, official_name

_LEVEL = re.compile(r"(?<!全)(?P<self>我|本)?(?P<word>自治区|自治州|省|市|县|区|州|盟|旗)(?P<tail>委|政府|级|直)?$")
_OWN = re.compile(r"(?:本级|同级|我)$")
_NATIONAL = re.compile(r"(?:国家|全国|中央|最高)$")
_QUANTIFIER = re.compile(
    r"(?:(?:全(?:省|市|县|区|州|盟|旗)|市县|县乡|省市县|市级|县级|区级|省级|乡级|村级|基层|市直|县直|区直|省直|市|县)?(?:两级|三级|四级|各级|各级各|各个|各)?|相关|有关|各相关|各有关|下级|上级|镇\(街道\)|乡镇\(街道\)|镇街|标准化|各单位|各部门|各级|行业|专业|村\(居\)|乡级|村居)+$"
)
_ALL_LEVELS = re.compile(r"(?:各级|两级|三级|四级|上级|下级)(?:人民)?(?:党委[、和])?$")
_BARE_ACTS = re.compile(r"向|依法(?!行政(?:水平|能力|的))|及其|主动|带头|负责|统一领导|主导下")
_TOWNSHIP = re.compile(r"(?:^|(?<=[。,;、:\s(\"县区市]))(?P<name>(?![各该本我等对由和与向全县乡镇])[\u4e00-\u9fff]{1,4})$")
_LISTED = re.compile(r"人大及其常委会|(?:工会|科协|团委)、(?:工会|共青团|妇联|残联|科协|侨联|工商联|文联)")
_BRACKETS = re.compile(r"《[^《》\n]{1,80}》")
_COMMITTEE = re.compile(
    r"(?P<word>自治区|自治州|省|市|县|区|州|盟|旗)委(?!员|托|派|办|会|任|宣传部|组织部|党校|编办|政法委|常委会|网信办|社会|依法|全面依法|巡|理论|统战部|常务委员会|党委|直|内)"
)
_HIGHER = re.compile(r"(?<=中央、)省(?=[、关委和市]|有关|部署)|(?<=[和、])(?:省|自治区)(?=关于|有关(?:要求|部署|精神)|的?决策部署)")
_OFFICES = ("局", "厅", "委", "办", "镇", "乡", "街道")
_SELF = re.compile(
    r"(?:我|(?<![资成基日版根样文书剧])本)(?P<word>省|市|县|区|州|盟|旗|自治区|局|厅|委|办|镇|乡|街道)(?!级|委|政府|直|人大|政协|[\u4e00-\u9fff]{0,1}(?:局|厅|院))"
)
_CENTRE = re.compile(r"(?<=[。;,\n])中心(?=(?:自|成立|建成|挂牌)?(?:运行|启用|成立|累计|共|全年|设))")


def find_bodies(folded: str, place: Place, start: int = 0) -> list[BodyMention]:
    """Find the mentions of bodies from `start` on, resolved against the report's place, in order and without overlap."""
    barred = bytearray(len(folded) + 1)
    for match in _BRACKETS.finditer(folded):
        barred[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    found: dict[int, BodyMention] = {}
    owner: dict[int, int] = {}  # place in the text → start of the mention that holds it
    for rule in RULES:
        for mention in rule(folded, place):
            if mention.start < start or any(barred[mention.start : mention.end]):
                continue
            span = range(mention.start, mention.end)
            clash = {owner[at] for at in span if at in owner}
            if any(found[other].end - other >= len(span) or (mention.rule == HEADED and found[other].end != mention.end) for other in clash):
                continue
            for other in clash:
                for at in range(other, found.pop(other).end):
                    del owner[at]
            found[mention.start] = mention
            owner.update(dict.fromkeys(span, mention.start))
    return _join_party_groups(folded, _join_double_names(folded, [found[key] for key in sorted(found)]))


def _join_double_names(folded: str, mentions: list[BodyMention]) -> list[BodyMention]:
    """示范区管委会(市政府): two names of one actor are one mention."""
    joined: list[BodyMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.end + 1 == mention.start
            and folded[before.end] == "("
            and folded[mention.end : mention.end + 1] == ")"
            and before.kind == mention.kind == "government"
        ):
            name = f"{before.name}({mention.name})"
            joined[-1] = replace(
                before, end=mention.end + 1, name=name, rule="double-name", aliases=(*before.aliases, before.name, mention.name, *mention.aliases)
            )
        else:
            joined.append(mention)
    return joined


def _join_party_groups(folded: str, mentions: list[BodyMention]) -> list[BodyMention]:
    """县司法局 + 党组 is one mention: the leading group of that body."""
    joined: list[BodyMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before is not None and before.end == mention.start and not before.generic and re.match(r"党组|党委|党工委", folded[mention.start : mention.end]):
            surface = folded[before.start : mention.end]
            name = f"中共{before.name}{folded[mention.start : mention.end]}"
            joined[-1] = replace(before, end=mention.end, kind="party", type=mention.type, name=name, rule="party-group", aliases=(surface, *before.aliases))
        else:
            joined.append(mention)
    return joined


def find_gazetteer_names(folded: str, place: Place) -> Iterator[BodyMention]:
    """市司法局, 各级党委(党组), 省人大常委会, 政府常务会议."""
    for start, end, entry in body_gazetteer().find(folded):
        name = folded[start:end]
        if is_fixed_term(folded, start, end, name):
            continue
        begin, division, national = _prefix(folded, start, place, name) if not entry.generic else (start, place.own, False)
        if name == "政府" and begin == start and not _BARE_ACTS.match(folded, end) and not _ALL_LEVELS.search(folded, max(0, start - 6), start):
            continue
        if (
            name in ("人大", "政协", "常委会", "办公室", "办公厅", "纪委", "工会", "科协", "团委", "管委会", "办事处")
            and begin == start
            and not _follows_body(folded, start)
            and not _LISTED.match(folded, start)
        ):
            continue
        generic = entry.generic or (name == "政府" and begin == start)
        if entry.concept.id == "township-street" and begin == start and not generic and (own := _TOWNSHIP.search(folded, max(0, start - 6), start)) is not None:
            begin = own.start("name")
        quantified = _QUANTIFIER.search(folded, max(0, begin - 14), begin)
        if quantified is not None and quantified.group() and not re.fullmatch(r"市|县", quantified.group()):
            begin, generic = quantified.start(), True
        yield _mention(folded, begin, end, entry.concept, division if begin != start or not national else None, generic, place, national, "gazetteer")


def find_committees(folded: str, place: Place) -> Iterator[BodyMention]:
    """市委, 省委, 县委; 市、县委 are the report's own or the one above."""
    for match in _COMMITTEE.finditer(folded):
        division, begin = place.at_level(match["word"]), match.start()
        for named in place.register.pattern.finditer(folded, max(0, begin - 12), match.end("word")):
            if named.end() in (begin, match.end("word")):
                division, begin = place.named(named.group()) or division, named.start()
                break
        begin -= 2 * (folded[max(0, begin - 2) : begin] == "中共")
        yield _mention(
            folded, begin, match.end(), body_type("party-committee"), division, division is None and begin == match.start(), place, False, "committee"
        )


def find_higher_levels(folded: str, place: Place) -> Iterator[BodyMention]:
    """中央、省关于…的部署: the level word stands for Party committee and government of that level."""
    for match in _HIGHER.finditer(folded):
        yield _mention(folded, match.start(), match.end(), body_type("party-committee"), place.at_level("省"), False, place, False, "higher-level")


def find_self_names(folded: str, place: Place) -> Iterator[BodyMention]:
    """我市, 本县; the place's own name where it opens a clause and a verb follows."""
    for match in _SELF.finditer(folded):
        kind = place.issuer[1] if place.issuer is not None and match["word"] in _OFFICES else "people-government"
        yield _mention(folded, match.start(), match.end(), body_type(kind), place.own, False, place, False, "self")
    if place.own is not None:
        pattern = re.compile(
            rf"(?<=[。;,\n]){re.escape(place.own.name)}(?=(?:先后|深入|认真|严格|始终|坚持|承担|确定|被|高度|积极|全面|持续|以|共|将|坚决|聚焦|紧紧|紧扣|围绕|着力|扎实|切实|不断|牢牢|创新|在|荣获|获评|入选|成功|法治政府建设))"
        )
        for match in pattern.finditer(folded):
            yield _mention(folded, match.start(), match.end(), body_type("people-government"), place.own, False, place, False, "self-name")


def find_centres(folded: str, place: Place) -> Iterator[BodyMention]:
    """中心 at the head of a clause stands for the centre named last."""
    for match in _CENTRE.finditer(folded):
        before = [
            (s, entry)
            for s, e, entry in body_gazetteer().find(folded[max(0, match.start() - 200) : match.start()])
            if entry.concept.zh.endswith("中心") or entry.concept.id == "governance-centre"
        ]
        if before:
            yield _mention(folded, match.start(), match.end(), before[-1][1].concept, place.own, False, place, False, "anaphor")


def _prefix(folded: str, start: int, place: Place, name: str) -> tuple[int, Division | None, bool]:
    """Begin of the mention with its place or level word, the division meant, and whether it is a national body."""
    window = folded[max(0, start - 14) : start]
    names = [m for m in place.register.pattern.finditer(window) if m.end() == len(window)]
    if not names:
        names = [m for cut in range(len(window)) if (m := place.register.pattern.fullmatch(window, cut)) is not None][:1]
    if names and not _is_conjunction(names[0].group(), place):
        named = names[0]
        division = place.named(named.group())
        outer = place.register.pattern.fullmatch(window[: named.start()]) if named.start() else None
        begin = start - len(window) + (outer.start() if outer is not None else named.start())
        return begin, division if division is not None else place.own, False
    if (match := _LEVEL.search(window)) is not None and match["tail"] not in ("直", "级"):
        division = place.at_level("我" if match["self"] else match["word"])
        if not match["tail"] or match["tail"] == "委" or name in ("办公室", "办公厅", "常务会议", "党组", "督查室"):
            return start - len(window) + match.start(), division, False
    if (match := _OWN.search(window)) is not None:
        return start - len(window) + match.start(), place.own, False
    if (match := _NATIONAL.search(window)) is not None:
        return start - len(window) + match.start(), None, True
    return start, *_bare(name, place)


def _is_conjunction(name: str, place: Place) -> bool:
    """会同县司法局, 发改局和县司法局: outside the province of 会同县 and 和县 the first word joins two bodies."""
    if not name.startswith(("会同", "和县")) or place.own is None:
        return False
    division = place.named(name)
    return division is None or division.code[:2] != place.own.code[:2]


def _bare(name: str, place: Place) -> tuple[Division | None, bool]:
    """The division of a name without prefix: 厅 is the province's, 部 and 总局 the nation's, the rest the place's own."""
    entry = body_gazetteer().entries[name]
    if name == entry.concept.value("nationalName") or entry.concept.id in ("cpc-central-committee", "state-council"):
        return None, True
    if name.endswith("厅") and (province := place.at_level("省")) is not None:
        return province, False
    return place.own, False


def _follows_body(folded: str, start: int) -> bool:
    """An ellipsis: 市委、人大常委会 · 人大及其常委会 · 自治区党委、政府."""
    return (
        re.search(r"(?:党委|[省市县区州]委|政府|人大|人民代表大会|政协|自治区|共青团|妇联|残联|工会)(?:及其|、|和|与)$", folded[max(0, start - 9) : start])
        is not None
    )


def _mention(
    folded: str, start: int, end: int, concept: Concept, division: Division | None, generic: bool, place: Place, national: bool, rule: str
) -> BodyMention:
    surface = folded[start:end]
    if concept.id == "party-standing-committee" and re.search(r"人大(?:及其)?$", folded[max(0, start - 4) : start]):
        concept = body_type("congress-standing-committee")
    own = place.own.name if place.own is not None else ""
    if generic:
        name = (
            surface
            if own and surface.startswith(own)
            else f"{own}{surface.removeprefix('全市').removeprefix('全县').removeprefix('全省').removeprefix('全区')}"
        )
    else:
        name = official_name(concept, None if national else division) if national or division is not None else surface
        if rule == "self" and place.issuer is not None and concept.id == place.issuer[1]:
            name = place.issuer[0]
        if concept.id == "leading-party-group" and division is not None:
            name = f"中共{_whose_group(surface, division, place)}党组"
        if (concept.value("bodyKind") == "group" or concept.id == "functional-zone-committee") and division is not None:
            name = division.name + re.sub(r"^(?:省|市|县|区|州)", "", surface).removeprefix(division.name)
    core = re.sub(r"^(?:自治区|自治州|省|市|县|区|州|盟|旗|我|本|全市|全县|全省|全区)+", "", surface)
    local = division.name if division is not None else ""
    aliases = tuple(dict.fromkeys(alias for alias in (surface, f"{local}{core}", f"{own}{surface}") if alias and alias != name))
    code = "000000" if national else division.code if division is not None else None
    return BodyMention(start, end, concept.value("bodyKind") or "other", concept.id, name, generic, rule, None, code, aliases)


def _whose_group(surface: str, division: Division, place: Place) -> str:
    """Whose leading group a 党组 is: the government's by its name, else the issuer's."""
    if "政府" in surface or place.issuer is None:
        return official_name(body_type("people-government"), division)
    return place.issuer[0]


RULES = (find_committees, find_higher_levels, find_gazetteer_names, find_self_names, find_centres, find_institutes, find_headed_bodies)

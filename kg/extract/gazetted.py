"""Text → BodyMentions of the gazetteer: a known name, the place or level word before it, the quantifier around it, its branch or own name."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.fixed_terms import is_fixed_term
from kg.extract.naming import compose, compose_own, ellipsis_of, find_prefix
from kg.house import TOWN
from kg.lexicon import Entry, body_gazetteer
from kg.model import BodyMention
from kg.ontology import Concept
from kg.place import Place, body_type

_QUANTIFIER = re.compile(
    r"(?:(?:全(?:省|市|县|区|州|盟|旗|镇|乡|局|系统)|市县|县乡|省市县|市级|县级|区级|省级|乡级|村级|基层|市直|县直|区直|省直|市|县)?(?:两级|三级|四级|各级|各级各|各个|各)?|各(?:省|市|县|区|镇|乡|街道|县区|地市|地|级)|机关|其他|其它|[省市县区镇乡街局部厅委]属|驻[省市县区镇乡街]|每个|主要|部分|多个|相关|有关|各相关|各有关|下级|上级|镇\(街道\)|乡镇\(街道\)|县\(市、区\)|市\(州\)|市\(地\)|县\(区\)|区\(县\)|县\(市\)|县\(市区\)|县市区|镇街|标准化|各单位|各部门|各级|行业|专业|村\(居\)|乡级|村居|(?<![农乡])村|社区|一些|个别|少数|大部分|绝大部分|绝大多数|所有|全部|直属|驻局|下属|所属|[局厅委]直|二级)+$"
)
_OF_GOVERNMENT = re.compile(r"(?:自治区|省|市|县|区|州|旗)$")
_NUMBERED = re.compile(r"[发字函规]?[〔﹝]")
_OF_LEVEL = re.compile(r"(?:^|(?<![\u4e00-\u9fff]))[省市县区]$")
_NEEDS_COMPANY = {"人大", "政协", "常委会", "办公室", "办公厅", "纪委", "工会", "科协", "团委", "管委会", "办事处"}
_ALL_LEVELS = re.compile(r"(?:[县市区州旗]\)|县市区|各级|两级|三级|四级|上级|下级)(?:人民)?(?:党委[、和])?$")
_BARE_ACTS = re.compile(r"向|的(?:配合|支持|大力支持|坚强领导|正确领导|统一领导)|依法(?!行政)|及其|主动|带头|负责|统一领导|主导下")
_TOWNSHIP = re.compile(r"(?:^|(?<=[。,;、:\s(\"县区市]))(?P<name>(?![各该本我等对由和与向全县乡镇])[\u4e00-\u9fff]{1,4})$")
_LISTED = re.compile(r"人大及其常委会|人大[、和]政协|(?<=人大[、和])政协(?!委员|提案)|(?:工会|科协|团委)、(?:工会|共青团|妇联|残联|科协|侨联|工商联|文联)")
_BRANCH = re.compile(r"(?!组织|联合|开展|会同|成立|下属|所属)[\u4e00-\u9fff]{2,4}?(?:分局|大队)(?!长)")
_TOWN_PAIR = re.compile(r"[镇乡街](?:道)?党(?:委|工委)[、和]$")
_FIRM = re.compile(
    r"(?:(?:选聘|聘请|委托|邀请|联合|会同|依托|通过|由|与|和|单位|机构|、|,|。|;|\n)(?:了)?)(?P<name>(?![与和由])(?!选聘|聘请|委托|邀请|联合|会同|依托|通过|全[省市县区]|[共现]有|专业|多家|知名|有关|相关|本地|优秀|各|第三方|若干|外地|两家)(?:(?!单位|部门|聘请|选聘|委托|邀请|继续|与)[\u4e00-\u9fff]|\([\u4e00-\u9fff]{2,4}\)){2,12}?律师事务所)$"
)
_CENTRE = re.compile(r"(?<=[。;,\n])中心(?=(?:自|成立|建成|挂牌)?(?:运行|启用|成立|累计|共|全年|设))")


def find_gazetteer_names(folded: str, place: Place) -> Iterator[BodyMention]:
    """市司法局, 各级党委(党组), 省人大常委会, 政府常务会议."""
    for start, end, entry in body_gazetteer().find(folded):
        name = folded[start:end]
        if folded[start - 1 : start] in (("农",) if name.startswith("村") else ("全",) if name == "街道" else ()):
            continue  # 农村社区, 全街道
        if name.endswith(("党组会", "党委会")) and folded.startswith("前学", end):  # 局党组|会前学法
            continue
        kind = name.endswith("部") and folded[end : end + 1] == "门"  # 退役军人事务部门 is no ministry
        end += kind
        if is_fixed_term(folded, start, end, name) or _NUMBERED.match(folded, end):  # 清政办〔2022〕6号 is a document
            continue
        if name == "政府" and (mention := _bare_government(folded, start, end, entry, place)) is not None:
            yield mention
            continue
        begin, division, national = find_prefix(folded, start, place, name) if not entry.generic and not kind else (start, place.own, False)
        if begin == start and not entry.generic and place.house is not None and (mine := place.house.begin_of(folded, start, entry.concept)) is not None:
            yield compose_own(folded, mine, end, entry.concept, place, "township-office")
            continue
        itself = place.house is not None and entry.concept.id == place.house.type and place.house.own_name(name, entry.concept) is not None
        if begin == start and not itself and _says_nothing(folded, start, name):
            continue
        if name == "党委政府" and folded[start - 1 : start] in ("乡", "镇", "县", "市", "区"):
            yield _committee_and_government(folded, start - 1, end, entry, place)
            continue
        generic = entry.generic or kind or (name == "政府" and begin == start)
        if entry.concept.id == TOWN and begin == start and not generic and (own := _TOWNSHIP.search(folded, max(0, start - 6), start)) is not None:
            yield _town(folded, own.start("name"), end, entry.concept, place)
            continue
        begin, generic = _widen(folded, begin, name, generic, place)
        end += 4 if generic and folded.startswith("(单位)", end) else 0  # 区直部门(单位)
        generic = generic and not (begin == start and itself)  # 街道 in a street's own report
        found = compose(
            folded, begin, end, entry.concept, place, "gazetteer", division if begin != start or not national else None, generic=generic, national=national
        )
        yield _with_branch(folded, found if entry.concept.id != "law-firm" else _with_own_name(folded, found))


def _town(folded: str, start: int, end: int, concept: Concept, place: Place) -> BodyMention:
    """中牟县官渡镇人民政府: a town by its own name, with the places before it in the span."""
    begin = start
    while (before := [m for m in place.register.pattern.finditer(folded, max(0, begin - 9), begin) if m.end() == begin]) and begin > before[0].start():
        begin = before[0].start()
    found = compose_own(folded, begin, end, concept, place, "gazetteer")
    own = place.own.name if place.own is not None else ""
    return replace(found, name=folded[start:end], aliases=tuple(dict.fromkeys((folded[begin:end], own + folded[start:end]))))


def _widen(folded: str, begin: int, name: str, generic: bool, place: Place) -> tuple[int, bool]:
    """Take the level, quantifier or place before a kind of bodies into its mention, and say whether it is one (各级, 全市, 省相关)."""
    if generic and (level := _OF_GOVERNMENT.search(folded, max(0, begin - 3), begin)) is not None and name.startswith(("政府", "人民政府")):
        begin = level.start() - (folded[level.start() - 1 : level.start()] == "全")
    quantified = _QUANTIFIER.search(folded, max(0, begin - 16), begin)
    if quantified is not None and quantified.group() and not re.fullmatch(r"市|县", quantified.group()):
        begin, generic = quantified.start(), True
    if generic and _OF_LEVEL.search(folded, max(0, begin - 2), begin) is not None and folded.startswith(("相关", "有关"), begin):
        begin -= 1  # 省相关部门
    if generic and place.own is not None and folded.endswith(place.own.name, 0, begin):
        begin -= len(place.own.name)
    return begin, generic


def _committee_and_government(folded: str, start: int, end: int, entry: Entry, place: Place) -> BodyMention:
    """乡党委政府: Party committee and government of the report's own place as one."""
    found = compose_own(folded, start, end, entry.concept, place, "gazetteer")
    if place.house is not None and place.house.kind == TOWN and folded[start] in "乡镇":
        whose = place.house.stem
    else:
        whose = place.own.name if place.own is not None else folded[start]
    return replace(found, name=f"{whose}党委政府", aliases=(folded[start:end],))


def _with_branch(folded: str, body: BodyMention) -> BodyMention:
    """市生态环境局临溪分局, 市消防救援支队东桥大队: a branch named by its place."""
    match = _BRANCH.match(folded, body.end) if not body.generic and folded[body.end - 1] in "局队" else None
    if match is None:
        return body
    aliases = tuple(alias + match.group() for alias in body.aliases)
    return replace(body, end=match.end(), name=body.name + match.group(), rule="branch", aliases=aliases)


def _with_own_name(folded: str, body: BodyMention) -> BodyMention:
    """云泽明理律师事务所: a firm by its own name; 专业律师事务所 stays a kind."""
    named = _FIRM.search(folded, max(0, body.start - 16), body.end)
    if named is None or named.end() != body.end:
        return body
    name = folded[named.start("name") : body.end]
    return replace(body, start=named.start("name"), name=name, generic=False, rule="own-name", aliases=())


def _bare_government(folded: str, start: int, end: int, entry: Entry, place: Place) -> BodyMention | None:
    """县委、政府 is the county's government; 政府 alone acts only with the words for it (see `_says_nothing`)."""
    if place.house is not None and place.house.kind == TOWN and _TOWN_PAIR.search(folded, max(0, start - 6), start) is not None:
        found = compose_own(folded, start, end, body_type(TOWN), place, "ellipsis")
        return replace(found, name=place.house.name)
    named, division = ellipsis_of(folded, start, place)
    if not named or re.match(r"部门|工作|职能|及其部门", folded[end : end + 4]):
        return None
    return compose(folded, start, end, entry.concept, place, "ellipsis", division)


def _says_nothing(folded: str, start: int, name: str) -> bool:
    """A bare name that is no body by itself: 政府 without an act, 人大 outside an ellipsis, 办公室."""
    if name == "政府":
        end = start + len(name)
        return not _BARE_ACTS.match(folded, end) and not _ALL_LEVELS.search(folded, max(0, start - 6), start)
    if name in ("纪委", "工会", "团委", "人大") and folded[start - 1 : start] in ("镇", "乡"):
        return False
    return name in _NEEDS_COMPANY and folded[start - 1 : start] != "各" and not _follows_body(folded, start) and not _LISTED.match(folded, start)


def find_centres(folded: str, place: Place) -> Iterator[BodyMention]:
    """中心 at the head of a clause stands for the centre named last."""
    for match in _CENTRE.finditer(folded):
        before = [
            (s, entry)
            for s, e, entry in body_gazetteer().find(folded[max(0, match.start() - 200) : match.start()])
            if entry.concept.zh.endswith("中心") or entry.concept.id == "governance-centre"
        ]
        if before:
            yield compose_own(folded, match.start(), match.end(), before[-1][1].concept, place, "anaphor")


def _follows_body(folded: str, start: int) -> bool:
    """An ellipsis: 市委、人大常委会 · 人大及其常委会 · 自治区党委、政府."""
    return (
        re.search(
            r"(?:党委|[省市县区州旗]委|工委|政府|人大|人民代表大会|政协|自治区|共青团|妇联|残联|工会|法院|检察院)(?:及其|、|和|与)$",
            folded[max(0, start - 9) : start],
        )
        is not None
    )


RULES = (find_gazetteer_names, find_centres)

"""Text → BodyMentions: a name of the gazetteer, the place or level word before it, the quantifier around it.

The largest span that names who could act is one mention. Fixed terms (人大代表, 法治政府, 政府信息) name no body.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.divisions import short_name
from kg.extract.compounds import join_bodies
from kg.extract.fixed_terms import is_fixed_term
from kg.extract.institutes import HEADED, find_group_anaphors, find_groups, find_headed_bodies, find_institutes, find_local_institutions, find_party_organs
from kg.extract.kinds import find_communities, find_kinds, find_stations
from kg.extract.measures.acts import START
from kg.extract.naming import base_of, compose, ellipsis_of, find_prefix, is_conjunction
from kg.extract.sectors import find_sectors
from kg.lexicon import PINYIN, Entry, body_gazetteer
from kg.model import BodyMention
from kg.ontology import Concept
from kg.place import Place, body_type

_QUANTIFIER = re.compile(
    r"(?:(?:全(?:省|市|县|区|州|盟|旗|镇|乡|局|系统)|市县|县乡|省市县|市级|县级|区级|省级|乡级|村级|基层|市直|县直|区直|省直|市|县)?(?:两级|三级|四级|各级|各级各|各个|各)?|各(?:省|市|县|区|镇|乡|街道|县区|地市|地|级)|机关|其他|其它|[省市县区镇乡街局部厅委]属|驻[省市县区镇乡街]|每个|主要|部分|多个|相关|有关|各相关|各有关|下级|上级|镇\(街道\)|乡镇\(街道\)|县\(市、区\)|市\(州\)|市\(地\)|县\(区\)|区\(县\)|县\(市\)|县\(市区\)|县市区|镇街|标准化|各单位|各部门|各级|行业|专业|村\(居\)|乡级|村居|(?<![农乡])村|社区|大部分|绝大部分|绝大多数|所有|全部|直属|驻局|下属|所属|[局厅委]直|二级)+$"
)
_OF_GOVERNMENT = re.compile(r"(?:自治区|省|市|县|区|州|旗)$")
_NEEDS_COMPANY = {"人大", "政协", "常委会", "办公室", "办公厅", "纪委", "工会", "科协", "团委", "管委会", "办事处"}
_ALL_LEVELS = re.compile(r"(?:[县市区州旗]\)|县市区|各级|两级|三级|四级|上级|下级)(?:人民)?(?:党委[、和])?$")
_BARE_ACTS = re.compile(r"向|的(?:配合|支持|大力支持|坚强领导|正确领导|统一领导)|依法(?!行政)|及其|主动|带头|负责|统一领导|主导下")
_TOWNSHIP = re.compile(r"(?:^|(?<=[。,;、:\s(\"县区市]))(?P<name>(?![各该本我等对由和与向全县乡镇])[\u4e00-\u9fff]{1,4})$")
_LISTED = re.compile(r"人大及其常委会|人大[、和]政协|(?<=人大[、和])政协(?!委员|提案)|(?:工会|科协|团委)、(?:工会|共青团|妇联|残联|科协|侨联|工商联|文联)")
_BRACKETS = re.compile(r"《[^《》\n]{1,120}(?:《[^《》\n]{1,80}》[^《》\n]{0,80})*》")
# Who leads and who takes part, as a formula: "党委领导、政府负责、部门协同" names a pattern of work, no one body.
_FORMULA = re.compile(
    r'"[^"\n。;]{2,12}(?:领导|负责|负总责|主导|牵头|抓总|统筹|挂帅|主抓|亲自抓|具体抓)[、,][^"\n。;]{0,40}(?:负责|协同|参与|联动|配合|支撑|监督|落实|统筹|推动|抓)[^"\n。;]{0,20}"'
)
# The same without quotation marks: 党委领导、政府负责、部门协同的机制; whoever leads stands up to ten characters before.
_PATTERN = re.compile(r"(?:领导|负责|负总责|牵头|主导|挂帅抓|主抓|亲自抓)(?:[、,][^。;、,\s\"]{4,14}){1,5}的[^。;,、]{0,16}(?:机制|体制|格局|体系|局面)")
_COMMITTEE = re.compile(
    r"(?<!团)(?P<word>自治区|自治州|省|市|县|区|州|盟|旗|(?<![\u4e00-\u9fff])地|(?<=[、和及在])地)委(?!员|托|派|办|会|任|宣传部|组织部|党校|编办|政法委|常委会|网信办|社会|依法|全面依法|巡|理论|统战部|常务委员会|党委|直|内|[一二三四五六七八九十]{1,3}届|全会)"
)
_LEAGUE = re.compile(r"(?<![社集财])团(?P<word>省|市|县|区|州|盟|旗)委(?!员|托|会)")
_HIGHER = re.compile(
    r"(?<=中央[、和])省(?=[、关委和市]|有关|部署)|(?<=省、)市(?=有关(?:要求|部署|精神)|关于)|(?<=[和、])(?:省|自治区)(?=关于|有关(?:要求|部署|精神)|的?决策部署)"
)
_OFFICES = ("分局", "局", "厅", "委", "办", "镇", "乡", "街道", "街", "苏木")
_UNIT = re.compile(
    r"(?<![城都超各全社园校片辖小景地级])(?P<word>省|市|县|区|州|盟|旗|分)局(?=党[委组]|机关|牵头|会同|联合|配合|要求|部署|法规|关于|共|累计|依法|通过|根据|按照|为|各|将|以|在|对|的|及|和|、|,|。|统一|组织|召开|制定|制发|印发|成立|开展|高度|深入|同步|积极|坚持|率先|持续|结合|先后|专门|严格|始终|认真|领导|主要)"
)
_BUREAU = re.compile(r"(?<![全各本我])(?P<word>省|自治区)厅(?![级长局]|(?:机关)?(?:各|领导))")
_VERB = r"(?:先后|深入|认真|严格|始终|坚持|承担|确定|被|高度|积极|全面|持续|以|共|将|坚决|聚焦|紧紧|紧扣|围绕|着力|扎实|切实|不断|牢牢|创新|在|按照|荣获|获评|入选|成功|忠诚|完整|立足|结合|充分|贯彻|落实|推进|严守|依法|统筹|根据|大力|主动|强化|牢固|锚定|党委|党工委|工委)"
_TOWN_OFFICE = r"[\u4e00-\u9fff]{2,10}?(?:中心|工作站|服务站|执法队|执法大队|司法所|派出所|调委会|调解委员会)"
_ACT = r"(?:组织|开展|成立|召开|建立|制定|印发|完成|出台|聘请|配备|举办|印制|打造|设立|办理|受理|调解|排查|新制发)"
_NO_TOWN = re.compile(
    r"召开|推进|推动|加强|指导|组织|开展|督促|落实|研究|结合|提升|服务|全[镇乡]|了|有效|由|以|该|目前|成立|把|将|乡.*镇|[区县镇].*街道|试点|重点|特色|城[镇乡]|古镇|村镇|小镇"
)
_TOWN = re.compile(
    rf"(?:^|(?<=[。,;:、\n年 (\"]))(?P<name>(?![各该本我等对由和与向全县乡镇在市区辖][\u4e00-\u9fff]?)[\u4e00-\u9fff]{{1,5}}?(?:街道|镇|乡|苏木))(?={_VERB})"
)
_SELF = re.compile(
    r"(?:我|(?<![资成基日版根样文书剧原])本)(?P<word>省|市|县|区|州|盟|旗|自治区|分局|局|厅|委|办|镇|乡|街道|街|苏木)(?!级|委|政府|直|人大|政协)(?!(?<=[省市县区州盟旗])[\u4e00-\u9fff]?(?:局|厅|院))|我(?P<house>院|所|部|支队|大队|总队|中心|师|处)(?![门长])"
)
_GOES_ON = re.compile(
    rf"[,，:。;、)(\d\"《和与及对在以从由被于为向就按因属位是有无的已曾也均都还又再将要会能可]|{_VERB}|{_ACT}|法治政府建设[^,。;]{{0,10}}(?:取得|提升|进展|成效|迈)|年|多次|专门|立足|始终|继续|今|全年|第|主要|成功|累计|共|首|率|每|针|结|参|获|发|建|出|连|进|强|加|深|创|积|严|持|充|把|组|开|召|制|印|成|完|聘|配|举|设|办|受|调|排"
)
_BRANCH = re.compile(r"(?!组织|联合|开展|会同|成立|下属|所属)[\u4e00-\u9fff]{2,4}?(?:分局|大队)(?!长)")
_COUNTED = re.compile(r"(?<=\d[家个])(?:部门|市直|县直|区直|市级|县级|区级)?单位(?!名称|代码)")
_TOWN_PAIR = re.compile(r"[镇乡街](?:道)?党(?:委|工委)[、和]$")
_FIRM = re.compile(
    r"(?:(?:选聘|聘请|委托|邀请|联合|会同|依托|通过|由|与|和|单位|机构|、|,|。|;|\n)(?:了)?)(?P<name>(?![与和由])(?!选聘|聘请|委托|邀请|联合|会同|依托|通过|专业|多家|知名|有关|相关|本地|优秀|各|第三方|若干|外地|两家)(?:(?!单位|部门)[\u4e00-\u9fff]|\([\u4e00-\u9fff]{2,4}\)){2,12}?律师事务所)$"
)
_CENTRE = re.compile(r"(?<=[。;,\n])中心(?=(?:自|成立|建成|挂牌)?(?:运行|启用|成立|累计|共|全年|设))")


def find_bodies(folded: str, place: Place, start: int = 0) -> list[BodyMention]:
    """Find the mentions of bodies from `start` on, resolved against the report's place, in order and without overlap.

    Readings in brackets that a conversion of characters left behind (自治區(qū)人民政府) are passed over; spans stay those of the text.
    """
    readings = [match.span() for match in PINYIN.finditer(folded)]
    if not readings:
        return _find_bodies(folded, place, start)
    kept = [at for a, b in zip([0, *(e for _, e in readings)], [*(s for s, _ in readings), len(folded)], strict=True) for at in range(a, b)]
    clean = "".join(folded[at] for at in kept)
    ends = [*kept, len(folded)]
    closing = dict(readings)  # a mention takes the reading of its last character with it
    found = [replace(m, start=kept[m.start], end=ends[m.end - 1] + 1) for m in _find_bodies(clean, place, 0)]
    return [replace(m, end=closing.get(m.end, m.end)) for m in found if m.start >= start]


def _find_bodies(folded: str, place: Place, start: int) -> list[BodyMention]:
    barred = bytearray(len(folded) + 1)
    for match in (*_BRACKETS.finditer(folded), *_FORMULA.finditer(folded)):
        barred[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    for match in _PATTERN.finditer(folded):
        begin = max(0, match.start() - 10, *(folded.rfind(mark, 0, match.start()) for mark in ',。;、"\n '))
        barred[begin : match.end()] = b"\x01" * (match.end() - begin)
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
    return join_bodies(folded, [found[key] for key in sorted(found)], place)


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
        if is_fixed_term(folded, start, end, name) or folded[end : end + 1] in ("〔", "﹝"):  # 清政办〔2022〕6号 is a document
            continue
        if name == "政府" and (mention := _bare_government(folded, start, end, entry, place)) is not None:
            yield mention
            continue
        begin, division, national = find_prefix(folded, start, place, name) if not entry.generic and not kind else (start, place.own, False)
        if begin == start and not entry.generic and place.own is not None and (short := short_name(place.own.name)) and folded.endswith(short, 0, start):
            begin, division = start - len(short), place.own  # 云泽广播电视台
        if begin == start and not entry.generic and (mine := _of_the_town(folded, start, end, entry.concept, place)) is not None:
            yield mine
            continue
        if begin == start and _says_nothing(folded, start, name):
            continue
        if name == "党委政府" and folded[start - 1 : start] in ("乡", "镇", "县", "市", "区"):
            yield _committee_and_government(folded, start - 1, end, entry, place)
            continue
        generic = entry.generic or kind or (name == "政府" and begin == start)
        if entry.concept.id == "township-street" and begin == start and not generic and (own := _TOWNSHIP.search(folded, max(0, start - 6), start)) is not None:
            yield _town(folded, own.start("name"), end, entry.concept, place)
            continue
        if generic and (level := _OF_GOVERNMENT.search(folded, max(0, start - 3), start)) is not None and name.startswith(("政府", "人民政府")):
            begin = level.start() - (folded[level.start() - 1 : level.start()] == "全")
        quantified = _QUANTIFIER.search(folded, max(0, begin - 16), begin)
        if quantified is not None and quantified.group() and not re.fullmatch(r"市|县", quantified.group()):
            begin, generic = quantified.start(), True
        if generic and place.own is not None and folded.endswith(place.own.name, 0, begin):
            begin -= len(place.own.name)
        found = compose(folded, begin, end, entry.concept, division if begin != start or not national else None, generic, place, national, "gazetteer")
        yield _with_branch(folded, found if entry.concept.id != "law-firm" else _with_own_name(folded, found))


def _town(folded: str, start: int, end: int, concept: Concept, place: Place) -> BodyMention:
    """中牟县官渡镇人民政府: a town by its own name, with the places before it in the span."""
    begin = start
    while (before := [m for m in place.register.pattern.finditer(folded, max(0, begin - 9), begin) if m.end() == begin]) and begin > before[0].start():
        begin = before[0].start()
    found = compose(folded, begin, end, concept, place.own, False, place, False, "gazetteer")
    own = place.own.name if place.own is not None else ""
    return replace(found, name=folded[start:end], aliases=tuple(dict.fromkeys((folded[begin:end], own + folded[start:end]))))


def _of_the_town(folded: str, start: int, end: int, concept: Concept, place: Place) -> BodyMention | None:
    """街道综治中心, 镇综合行政执法队 in a town's own report: the town's, by its name."""
    word = next((w for w in ("街道", "镇", "乡") if folded.endswith(w, 0, start)), None)
    if word is None or place.issuer is None or place.issuer[1] != "township-street" or concept.id == "township-street":
        return None
    if folded[start - len(word) - 1 : start - len(word)] not in ("", "\n", *",。;:、由经会同与和()依托推动"):
        return None
    found = compose(folded, start - len(word), end, concept, place.own, False, place, False, "township-office")
    return replace(found, name=base_of(place.issuer[0]) + folded[start:end])


def _committee_and_government(folded: str, start: int, end: int, entry: Entry, place: Place) -> BodyMention:
    """乡党委政府: Party committee and government of the report's own place as one."""
    found = compose(folded, start, end, entry.concept, place.own, False, place, False, "gazetteer")
    own = place.issuer is not None and place.issuer[1] == "township-street" and folded[start] in "乡镇"
    whose = base_of(place.issuer[0]) if own and place.issuer is not None else place.own.name if place.own is not None else folded[start]
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


def find_counted(folded: str, place: Place) -> Iterator[BodyMention]:
    """15家单位, 27个部门单位: units that are counted."""
    for match in _COUNTED.finditer(folded):
        yield compose(folded, match.start(), match.end(), body_type("unspecified-unit"), place.own, True, place, False, "counted")


def _bare_government(folded: str, start: int, end: int, entry: Entry, place: Place) -> BodyMention | None:
    """县委、政府 is the county's government; 政府 alone acts only with the words for it (see `_says_nothing`)."""
    if place.issuer is not None and place.issuer[1] == "township-street" and _TOWN_PAIR.search(folded, max(0, start - 6), start) is not None:
        found = compose(folded, start, end, body_type("township-street"), place.own, False, place, False, "ellipsis")
        return replace(found, name=place.issuer[0])
    named, division = ellipsis_of(folded, start, place)
    if not named or re.match(r"部门|工作|职能|及其部门", folded[end : end + 4]):
        return None
    return compose(folded, start, end, entry.concept, division, False, place, False, "ellipsis")


def _says_nothing(folded: str, start: int, name: str) -> bool:
    """A bare name that is no body by itself: 政府 without an act, 人大 outside an ellipsis, 办公室."""
    if name == "政府":
        end = start + len(name)
        return not _BARE_ACTS.match(folded, end) and not _ALL_LEVELS.search(folded, max(0, start - 6), start)
    if name in ("纪委", "工会", "团委", "人大") and folded[start - 1 : start] in ("镇", "乡"):
        return False
    return name in _NEEDS_COMPANY and folded[start - 1 : start] != "各" and not _follows_body(folded, start) and not _LISTED.match(folded, start)


def find_committees(folded: str, place: Place) -> Iterator[BodyMention]:
    """市委, 省委, 县委; 市、县委 are the report's own or the one above."""
    for match in _COMMITTEE.finditer(folded):
        division, begin = place.at_level(match["word"]), match.start()
        for named in place.register.pattern.finditer(folded, max(0, begin - 12), match.end("word")):
            if named.end() in (begin, match.end("word")) and not is_conjunction(named.group(), place):
                division, begin = place.named(named.group()) or division, named.start()
                break
        begin -= 2 * (folded[max(0, begin - 2) : begin] == "中共")
        a_kind = division is None and place.own is not None and begin == match.start()  # 县委 in a city's report: any county's
        yield compose(folded, begin, match.end(), body_type("party-committee"), division, a_kind, place, False, "committee")


def find_league(folded: str, place: Place) -> Iterator[BodyMention]:
    """团市委, 团县委: the youth league's committee of that level, no committee of the Party."""
    for match in _LEAGUE.finditer(folded):
        division = place.at_level(match["word"])
        found = compose(
            folded, match.start(), match.end(), body_type("mass-organisation"), division, division is None and place.own is not None, place, False, "committee"
        )
        yield found if division is None else replace(found, name=f"{division.name}团委")


def find_higher_levels(folded: str, place: Place) -> Iterator[BodyMention]:
    """中央、省关于…的部署: the level word stands for Party committee and government of that level."""
    for match in _HIGHER.finditer(folded):
        yield compose(folded, match.start(), match.end(), body_type("party-committee"), place.at_level("省"), False, place, False, "higher-level")


def find_self_names(folded: str, place: Place) -> Iterator[BodyMention]:
    """我市, 本县, 我分局; the place's own name where it opens a clause and a verb follows."""
    for match in _SELF.finditer(folded):
        if match["house"] is not None and (place.issuer is None or place.issuer[1] == "people-government"):
            continue
        if not _acts(folded, match.end()):
            continue
        office = match["house"] is not None or match["word"] in _OFFICES
        kind = place.issuer[1] if place.issuer is not None and office else "people-government"
        yield compose(folded, match.start(), match.end(), body_type(kind), place.own, False, place, False, "self")
    names = place.register.names_of(place.own) if place.own is not None else ()
    for name in names:
        for match in re.finditer(rf"(?<=[。;,\n年]){re.escape(name)}(?={_VERB}|法治政府建设)", folded):
            yield compose(folded, match.start(), match.end(), body_type("people-government"), place.own, False, place, False, "self-name")


def _acts(folded: str, at: int) -> bool:
    """Whether someone acts behind the place: 我市将…, 我局先后…; 我市贯彻意见 and 我局部分 only say whose."""
    return _GOES_ON.match(folded, at) is not None or START.match(folded, at) is not None


def find_units(folded: str, place: Place) -> Iterator[BodyMention]:
    """市局, 省厅, 分局 in a department's report: the same department of that level."""
    if place.issuer is None or place.issuer[1] in ("people-government", "township-street"):
        return
    for match in _UNIT.finditer(folded):
        division = place.own if match["word"] == "分" else place.at_level(match["word"])
        own = match["word"] == "分" or division == place.own
        found = compose(folded, match.start(), match.end(), body_type(place.issuer[1]), division, False, place, False, "unit")
        yield replace(found, name=place.issuer[0]) if own else found
    for match in _BUREAU.finditer(folded):
        yield compose(folded, match.start(), match.end(), body_type(place.issuer[1]), place.at_level(match["word"]), False, place, False, "unit")


def find_townships(folded: str, place: Place) -> Iterator[BodyMention]:
    """溪口镇坚持…, 东湖街道党工委: a town or street named as who acts."""
    kind = body_type("township-street")
    for match in _TOWN.finditer(folded):
        name = match["name"]
        if _NO_TOWN.search(name) is not None:
            continue
        official = name + ("办事处" if name.endswith("街道") else "人民政府")
        found = compose(folded, match.start("name"), match.end("name"), kind, None, False, place, False, "township")
        yield replace(found, name=official, aliases=(name,))
    if place.issuer is not None and place.issuer[1] == "township-street" and len(own := base_of(place.issuer[0])) >= 2:
        short = own.removesuffix("道") if own.endswith("街道") else own
        for match in re.finditer(rf"(?:{re.escape(own)}|{re.escape(short)}(?!道))(?=党|工委|{_VERB}|{_ACT})", folded):
            found = compose(folded, match.start(), match.end(), kind, place.own, False, place, False, "township")
            yield replace(found, name=place.issuer[0], aliases=(own,))
        for match in re.finditer(rf"{re.escape(own)}{_TOWN_OFFICE}", folded):
            found = compose(folded, match.start(), match.end(), body_type("other-department"), place.own, False, place, False, "township-office")
            yield replace(found, name=match.group(), type=None, kind="institution", aliases=(match.group().removeprefix(own),))


def find_centres(folded: str, place: Place) -> Iterator[BodyMention]:
    """中心 at the head of a clause stands for the centre named last."""
    for match in _CENTRE.finditer(folded):
        before = [
            (s, entry)
            for s, e, entry in body_gazetteer().find(folded[max(0, match.start() - 200) : match.start()])
            if entry.concept.zh.endswith("中心") or entry.concept.id == "governance-centre"
        ]
        if before:
            yield compose(folded, match.start(), match.end(), before[-1][1].concept, place.own, False, place, False, "anaphor")


def _follows_body(folded: str, start: int) -> bool:
    """An ellipsis: 市委、人大常委会 · 人大及其常委会 · 自治区党委、政府."""
    return (
        re.search(
            r"(?:党委|[省市县区州旗]委|工委|政府|人大|人民代表大会|政协|自治区|共青团|妇联|残联|工会)(?:及其|、|和|与)$", folded[max(0, start - 9) : start]
        )
        is not None
    )


RULES = (
    find_committees,
    find_league,
    find_higher_levels,
    find_gazetteer_names,
    find_self_names,
    find_counted,
    find_units,
    find_townships,
    find_centres,
    find_institutes,
    find_headed_bodies,
    find_local_institutions,
    find_party_organs,
    find_groups,
    find_group_anaphors,
    find_sectors,
    find_kinds,
    find_communities,
    find_stations,
)

"""Text → BodyMentions of the speaker and its like: 我市, 本县, 市局 in a department's report, towns that act."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.measures.acts import START
from kg.extract.naming import compose, compose_own
from kg.house import ACTING, GOVERNMENT, TOWN, office_of
from kg.model import BodyMention
from kg.place import Place, body_type

_OFFICES = ("分局", "局", "厅", "委", "办", "镇", "乡", "街道", "街", "苏木")
_UNIT = re.compile(
    r"(?<![城都超各全社园校片辖小景地级])(?P<word>省|市|县|区|州|盟|旗|分)局(?=党[委组]|机关|牵头|会同|联合|配合|要求|部署|法规|关于|共|累计|依法|通过|根据|按照|为|各|将|以|在|对|的|及|和|、|,|。|统一|组织|召开|制定|制发|印发|成立|开展|高度|深入|同步|积极|坚持|率先|持续|发布|公布|结合|先后|专门|严格|始终|认真|领导|主要)"
)
_BUREAU = re.compile(r"(?<![全各本我])(?P<word>省|自治区)厅(?![级长局]|(?:机关)?(?:各|领导))")
_VERB = rf"(?:{ACTING}|自觉|承担|确定|被|共|将|牢牢|创新|荣获|获评|入选|成功|完整|严守|主动|强化|党委|党工委|工委)"
_TOWN_OFFICE = r"(?:(?![以为将把的坚])[\u4e00-\u9fff]){2,10}?(?:中心(?!组)|工作站|服务站|执法队|执法大队|司法所|派出所|调委会|调解委员会)"
_ACT = r"(?:组织|开展|成立|召开|建立|制定|印发|完成|出台|聘请|配备|举办|印制|打造|设立|办理|受理|调解|排查|新制发)"
_NO_TOWN = re.compile(
    r"召开|推进|推动|加强|指导|组织|开展|督促|落实|研究|结合|提升|服务|发挥|坚持|健全|压实|依托|抓住|抓好|[一二三四五六七八九十]是|全[镇乡]|了|有效|由|以|该|目前|成立|把|将|乡.*镇|[区县镇].*街道|试点|重点|特色|城[镇乡]|古镇|村镇|小镇"
)
_TOWN = re.compile(
    rf"(?:^|(?<=[。,;:、\n年 (\"]))(?P<name>(?![各该本我等对由和与向全县乡镇在市区辖][\u4e00-\u9fff]?|[今去近每当]年)[\u4e00-\u9fff]{{1,5}}?(?:街道|镇|乡|苏木))(?={_VERB})"
)
_SELF = re.compile(
    r"(?:我|(?<![资成基日版根样文书剧原])本)(?P<word>省|市|县|区|州|盟|旗|自治区|分局|局|厅|委|办|镇|乡|街道|街|苏木)(?!级|委|政府|直|人大|政协)(?!(?<=[省市县区州盟旗])[\u4e00-\u9fff]?(?:局|厅|院))|我(?P<house>院|所|部|支队|大队|总队|中心|师|处)(?![门长])"
)
_GOES_ON = re.compile(
    rf"[,，:。;、)(\d\"《和与及对在以从由被于为向就按因属位是有无的已曾也均都还又再将要会能可]|{_VERB}|{_ACT}|法治政府建设[^,。;]{{0,10}}(?:取得|提升|进展|成效|迈)|年|多次|专门|立足|始终|继续|今|全年|第|主要|成功|累计|共|首|率|每|针|结|参|获|发|建|出|连|进|强|加|深|创|积|严|持|充|把|组|开|召|制|印|成|完|聘|配|举|设|办|受|调|排"
)


def find_self_names(folded: str, place: Place) -> Iterator[BodyMention]:
    """我市, 本县, 我分局; the place's own name where it opens a clause and a verb follows."""
    for match in _SELF.finditer(folded):
        if match["house"] is not None and (place.house is None or place.house.type == GOVERNMENT):
            continue
        if not _acts(folded, match.end()):
            continue
        office = match["house"] is not None or match["word"] in _OFFICES
        kind = place.house.type if place.house is not None and office else GOVERNMENT
        yield compose_own(folded, match.start(), match.end(), body_type(kind), place, "self")
    names = place.register.names_of(place.own) if place.own is not None else ()
    for name in names:
        for match in re.finditer(rf"(?<=[。;,\n年]){re.escape(name)}(?={_VERB}|法治政府建设)", folded):
            yield compose_own(folded, match.start(), match.end(), body_type("people-government"), place, "self-name")


def _acts(folded: str, at: int) -> bool:
    """Whether someone acts behind the place: 我市将…, 我局先后…; 我市贯彻意见 and 我局部分 only say whose."""
    return _GOES_ON.match(folded, at) is not None or START.match(folded, at) is not None


def find_units(folded: str, place: Place) -> Iterator[BodyMention]:
    """市局, 省厅, 分局 in a department's report: the same department of that level."""
    if place.house is None or place.house.type in (GOVERNMENT, TOWN):
        return
    for match in _UNIT.finditer(folded):
        division = place.own if match["word"] == "分" else place.at_level(match["word"])
        own = match["word"] == "分" or division == place.own
        found = compose(folded, match.start(), match.end(), body_type(place.house.type), place, "unit", division)
        yield replace(found, name=place.house.name) if own else found
    for match in _BUREAU.finditer(folded):
        yield compose(folded, match.start(), match.end(), body_type(place.house.type), place, "unit", place.at_level(match["word"]))


def find_townships(folded: str, place: Place) -> Iterator[BodyMention]:
    """溪口镇坚持…, 东湖街道党工委: a town or street named as who acts."""
    kind = body_type(TOWN)
    for match in _TOWN.finditer(folded):
        name = match["name"]
        if _NO_TOWN.search(name) is not None:
            continue
        found = compose(folded, match.start("name"), match.end("name"), kind, place, "township", None)
        yield replace(found, name=office_of(name), aliases=(name,))
    if place.house is not None and place.house.kind == TOWN and len(own := place.house.stem) >= 2:
        short = own.removesuffix("道") if own.endswith("街道") else own
        for match in re.finditer(rf"(?:{re.escape(own)}|{re.escape(short)}(?!道))(?=党|工委|{_VERB}|{_ACT})", folded):
            found = compose_own(folded, match.start(), match.end(), kind, place, "township")
            yield replace(found, name=place.house.name, aliases=(own,))
        for match in re.finditer(rf"{re.escape(own)}{_TOWN_OFFICE}", folded):
            found = compose_own(folded, match.start(), match.end(), body_type("other-department"), place, "township-office")
            yield replace(found, name=match.group(), type=None, kind="institution", aliases=(match.group().removeprefix(own),))


RULES = (find_self_names, find_units, find_townships)

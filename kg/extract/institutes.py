"""Bodies that no gazetteer can list: universities and institutes, and offices known by level word and head noun (市重大项目服务中心)."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.boundary import name_start
from kg.extract.naming import is_conjunction
from kg.house import GOVERNMENT
from kg.model import BodyMention
from kg.place import Place

HEADED = "head-noun-body"
_OFFICE = re.compile(
    r"(?<![全各两跨城乡本我社地片园校景郊辖湾])(?P<level>自治区|自治州|省|市|县|区|州|盟|旗)(?!域)(?P<core>[\u4e00-\u9fff]{2,12}?)(?P<head>(?<![布格结开大全定僵破变])局(?!面|限|部|势)|委员会|办公室|指挥部|领导小组|协调小组|工作专班|(?:服务|指挥|管理|保障|调度|运行|发展|监测|促进|治理|交易|救助|调解)中心|(?:执法|救援|搜救)队(?:(?!伍|员|长)[\u4e00-\u9fff]{2,4}[大中]队)?(?![伍员长])|总队|支队|大队)(?!成员|主任|建设|[\u4e00-\u9fff]?化)"
)
_PARTY_ORGAN = re.compile(
    r"(?P<level>省|市|县|区|州|盟|旗)委(?:(?P<core>(?!全面|依法|办)(?:(?![部局举联向办委对由])[\u4e00-\u9fff]){2,8}?)(?:工委|委员会办公室|委员会)|(?:审计|财经|外事|国安|农村|改革|人才|军融)办(?:公室)?)(?!员)"
)
_LOCAL = r"(?P<core>[\u4e00-\u9fff]{2,14}?)(?P<head>中心|(?:设计|研究|勘测|检测)院|医院|研究所|监测站|图书馆|文化馆|博物馆|学会|协会|研究会|联合会)(?![\u4e00-\u9fff]?(?:城|建设|工作|主任|会员|会议))"
_NO_OFFICE = re.compile(
    r"[的了和与及在对将为以于从把等各全]|级|委$|政府|部门|单位|人大|政协|法院|检察|建立|设立|成立|加强|推进|开展|完善|健全|组建|一体|城中|街道|乡镇|召开|经济社会|范围|层面"
)
_ANDS = re.compile(r"文化和旅游|住房和城乡|人力资源和社会|发展和改革|规划和自然|经济和信息")  # one field each: 市文化和旅游发展委员会
_INSTITUTE = re.compile(r"(?:大学|科学院|研究院|研究所|(?<!行政)学院|创新中心|计量中心)(?![\u4e00-\u9fff]?生|城|路|里|路线|科技园|附属|计划|更名|建设)")
_ASKED = re.compile(r"(?:先后|特别|共同)?(?:邀请|聘请|委托|联合|会同|依托|选派)(?:了|到)?")
_NO_INSTITUTE = re.compile(
    r"[老年]?年大学|\d|[\"“”(),、]|^(?:各|有关|相关|高水平|一流|重点|国内|知名|省内|首|新|全国|多所|驻[省市县])|一批|上大学|一流|本科|(?:国际|国家|区域|全球|^)科技创新中心|^国家学院|网络学院"
)


_GROUPS = re.compile(r"(?:领导小组|协调小组|工作小组|工作专班|专班|指挥部)(?:办公室)?(?!成员单位|组长|副组长|会议纪要)")
_GROUP_AGAIN = re.compile(r"(?<=[。;,\n])领导小组(?=下设|定期|负责|统筹|召开|研究|由)")
# What opens the name: not 建设 or 推进, which such names hold (平安建设领导小组).
_GROUP_START = re.compile(
    r"成立了?|设立了?|组建了?|调整了?|充实了?|调整充实|召开|建立|完善|健全|优化|强化|加强|坚持|明确|本级|由|以|的|向|经(?![济营信])|提请|报|在|发挥|依托|通过|对|将|把|为(?![民先])|按照|[、,。;:\n年(\"]|和|与|及"
)
_NO_GROUP = re.compile(r"^(?:各|相关|有关|该|其|专项|工作|本|省级|市级|县级)*$|[\d\"]|^(?:下设|所属|担任|专人)|一[企案事项]|一$")


def find_group_anaphors(folded: str, place: Place) -> Iterator[BodyMention]:
    """领导小组下设办公室: the group named last."""
    named = [mention for mention in find_groups(folded, place) if "小组" in folded[mention.start : mention.end]]
    starts = [mention.start for mention in named]
    for match in _GROUP_AGAIN.finditer(folded):
        at = bisect_left(starts, match.start())
        if at:
            yield replace(named[at - 1], start=match.start(), end=match.end(), rule="anaphor", aliases=(match.group(),))


_LEVEL_WORD = re.compile(r"^[全本我]?(?P<level>[省市县区州盟旗])(?=全面|法治|依法|推进|平安)")


def find_groups(folded: str, place: Place) -> Iterator[BodyMention]:
    """成立平安建设领导小组: a group known by its matter and head noun, without a level word; a department's is its own."""
    for match in _GROUPS.finditer(folded):
        starts = _GROUP_START.finditer(folded, max(0, match.start() - 20), match.start())
        cuts = [cut.end() for cut in starts if cut.group() != "(" or ")" not in folded[cut.end() : match.start()]]
        begin = max(cuts, default=-1)
        if not 2 <= match.start() - begin <= 18 or _NO_GROUP.search(folded[begin : match.start()]):
            continue
        surface = folded[begin : match.end()]
        level, division = _LEVEL_WORD.match(surface), place.own
        if place.house is not None and place.house.kind != GOVERNMENT:
            division = place.at_level(level["level"]) if level is not None else None
        name = (division.name if division is not None else "") + _LEVEL_WORD.sub("", surface)
        if division is None and place.house is not None:
            name = place.house.inner_name(surface)
        code = division.code if division is not None else place.own.code if place.own is not None else None
        yield BodyMention(begin, match.end(), "group", "leading-group", name, False, "group", None, code, (surface,) if name != surface else ())


def find_institutes(folded: str, place: Place) -> Iterator[BodyMention]:
    """西山政法大学, 国家碳计量中心: a university or institute by its own name."""
    for match in _INSTITUTE.finditer(folded):
        begin = name_start(folded, match.start(), 18, lists=False)
        if begin is None or not 2 <= match.start() - begin <= 14 or _NO_INSTITUTE.search(folded[begin : match.end()]):
            continue
        asked = _ASKED.match(folded, begin, match.start())
        begin = asked.end() if asked is not None else begin
        surface = folded[begin : match.end()]
        yield BodyMention(begin, match.end(), "institution", "research-institution", surface, False, "institute")


def find_party_organs(folded: str, place: Place) -> Iterator[BodyMention]:
    """市委审计委员会, 区委农业农村工委: an organ of the Party committee of that level."""
    for match in _PARTY_ORGAN.finditer(folded):
        if _NO_OFFICE.search(match["core"] or "") is not None:
            continue
        division = place.at_level(match["level"])
        surface = match.group()
        name = f"中共{division.name}委{surface[len(match['level']) + 1 :]}" if division is not None else surface
        code = division.code if division is not None else None
        yield BodyMention(match.start(), match.end(), "party", None, name, False, "party-organ", None, code, (surface,))


def find_local_institutions(folded: str, place: Place) -> Iterator[BodyMention]:
    """云泽市建筑设计院, 云泽市法学研究会: the place's whole name, a matter and a head noun."""
    if place.own is None:
        return
    for match in re.finditer(re.escape(place.own.name) + _LOCAL, folded):
        if _NO_OFFICE.search(match["core"]) is None:
            surface, kind = match.group(), "group" if match["head"].endswith("会") else "institution"
            yield BodyMention(match.start(), match.end(), kind, None, surface, False, HEADED, None, place.own.code)


def find_headed_bodies(folded: str, place: Place) -> Iterator[BodyMention]:
    """县防汛抗旱指挥部, 市优化营商环境工作领导小组: a level word, a matter and a head noun; the type stays open."""
    for match in _OFFICE.finditer(folded):
        if _NO_OFFICE.search(_ANDS.sub("", match["core"])) or (match["head"] == "中心" and len(match["core"]) < 3):
            continue
        division = place.at_level(match["level"])
        begin = next(
            (
                p.start()
                for p in place.register.pattern.finditer(folded, max(0, match.start() - 8), match.end("level"))
                if p.end() == match.end("level") and not is_conjunction(p.group(), place, folded[p.start() - 1 : p.start()])
            ),
            match.start(),
        )
        if match["head"] == "委员会" and folded.endswith("中共", 0, begin):  # 中共云泽市石桥镇委员会
            surface = folded[begin - 2 : match.end()]
            yield BodyMention(begin - 2, match.end(), "party", "party-committee", surface, False, "committee", None, division.code if division else None)
            continue
        if begin < match.start():  # 南岭区某某中心: the place by its whole name
            division = place.named(folded[begin : match.end("level")]) or division
        surface = match.group()
        name = f"{division.name}{surface.removeprefix(match['level'])}" if division is not None else surface
        kind = "department" if match["head"] in ("局", "委员会", "办公室") else "institution" if match["head"].endswith("中心") else "group"
        code = division.code if division is not None else None
        yield BodyMention(begin, match.end(), kind, None, name, False, HEADED, None, code, (surface,) if name != surface else ())

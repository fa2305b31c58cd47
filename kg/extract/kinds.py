"""Folded text → BodyMentions: kinds of units named by what they do or belong to (各涉改单位, 委直各医疗卫生单位, 行政审批部门)."""

import re
from collections.abc import Iterator

from kg.extract.naming import compose_own
from kg.model import BodyMention
from kg.place import Place, body_type

_WHOSE = r"(?:各|大部分|绝大多数|所有|全部|相关|有关|[省市县区州委局厅镇乡街](?:直|属|管|级)|全(?:省|市|县|区|州|镇|局))"
_DOES = (
    r"(?:涉改|涉农|涉企|涉案|行政审批|行政许可|行政征收|行政执法|审批服务|进驻|入驻|包联|帮扶|包保|协办|协同|参与|联动|执法|监管|审批|主管|牵头|责任|业务|职能)"
)
_FIELD = r"(?:医疗卫生|医疗|卫生|教育|教学|金融|水利|交通|住建|农业|文化|体育|民政|养老|科研|旅游|环保|住房)"
_HEAD = re.compile(r"(?:单位|机构|部门|机关)(?!\w?编制|改革|人员|负责人|领导|职能)")
_NAMED = re.compile(rf"(?:{_WHOSE}{{1,3}}(?:{_DOES}|{_FIELD}){{1,2}}|{_DOES}{{1,2}})$")
_LEVELS = r"(?:各(?:市州|州市|市县|县市|县区|区县|县市区|镇街|乡镇|市|州|县|区|[省市州县]?级|县\(市、区\)|市\(州\)|县\(区\)|区\(县\))|全[省市州县区](?:各级)?|(?:[省市县区]、?){2,3}(?:[两三]级)?)"
# 各市州林草主管部门: those who have charge of a field at a level.
_IN_CHARGE = re.compile(rf"{_LEVELS}(?:(?![各的和及、])[\u4e00-\u9fff]){{2,8}}?(?:行政)?主管$")
_REACH = 18


# Stations of towns and villages at large: 乡镇(街道)服务站.
_STATION = re.compile(
    r"(?:各)?(?:乡镇\(街道\)|镇\(街道\)|村\(社区\)|乡镇|街道|(?:农村)?社区)(?:(?![的建设开推立和])[\u4e00-\u9fff]){0,8}?(?:服务站|工作站|服务中心|服务点|综治中心)"
)
_COMMUNITY = re.compile(r"(?<=[室门所道][、及和])社区(?!矫正|服务|工作|治理|居民|干部|书记|卫生|警务)")  # 各科室、社区


def find_stations(folded: str, place: Place) -> Iterator[BodyMention]:
    """乡镇(街道)服务站: a station named by the kind of place it serves."""
    for match in _STATION.finditer(folded):
        yield compose_own(folded, match.start(), match.end(), body_type("unspecified-unit"), place, "station", generic=True)


def find_communities(folded: str, place: Place) -> Iterator[BodyMention]:
    """社区 beside sections or departments: the residents' committees that act with them."""
    for match in _COMMUNITY.finditer(folded):
        yield compose_own(folded, match.start(), match.end(), body_type("village-committee"), place, "community", generic=True)


def find_kinds(folded: str, place: Place) -> Iterator[BodyMention]:
    """A head noun behind a word for what the units do, or behind their field with a word for whose they are."""
    for head in _HEAD.finditer(folded):
        low = max(0, head.start() - _REACH)
        match = _NAMED.search(folded, low, head.start())
        if folded.endswith("主管", low, head.start()):
            match = _IN_CHARGE.search(folded, low, head.start()) or match
        if match is None:
            continue
        yield compose_own(folded, match.start(), head.end(), body_type("unspecified-unit"), place, "kind", generic=True)


RULES = (find_kinds, find_communities, find_stations)

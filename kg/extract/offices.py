"""Text → BodyMentions: a house's sections, stations and committees known by their head noun alone (局商贸流通科, 各职能股室, 12315指挥中心).

Each rule looks for the head noun first and then reads what stands before it: heads are rare, and begin with a letter that is.
"""

import re
from collections.abc import Iterator

from kg.extract.naming import compose_own
from kg.model import BodyMention, Span
from kg.place import Place, body_type

_REACH = 18
# A section by its matter: behind the house's word, or behind a bureau's name; it acts.
_SECTION = re.compile(
    r"[科处股室部](?:(?<=[科处股室])|门)(?=牵头|负责|组织|开展|联合|会同|承担|具体|积极|定期|全年|累计|共|对|为|根据|按照|先后|网上|审核|审查|统一|巡查|检查|评查|受理|办理|发出|制定|完成|推进|落实|督促|指导|协调|[、,。和与及]|工作人员|负责人)"
)
_MATTER = re.compile(
    r"(?:(?:(?<![\u4e00-\u9fff])|(?<=[由经和与及对向是在]))(?:局|厅|委|镇|乡|街道|分局|支队|大队)(?:机关)?|(?<=[\u4e00-\u9fff]{3}[局厅])|(?P<bare>(?<=[,、;。\n])))(?P<core>(?![长党属直])(?:(?![各的和与局厅、及由对])[\u4e00-\u9fff]){2,8}?)$"
)
_LEADS = re.compile(r"[科股](?:牵头|负责|协调|具体)")  # without its house a section must lead: 法制仲裁科牵头
_NO_MATTER = re.compile(r"^(?:相关|有关|机关|内设|业务|职能|各|属|直属|下属|全体|主要|分管)|办公$|召开|成立|学习|领导|会议|制度")
# All sections or stations of a kind: 各职能股室, 各办站所, 相关股室.
_OFFICES = r"(?:科室|股室|处室|站所|所站|站办所|办站所|站所办|办所|科所|部室|庭室|所队|队所|中队|所(?=[、根按依]))(?:\((?:单位|二级机构|下属单位|直属单位|所|站|队)\))?(?![\u4e00-\u9fff]?长)"
_EACH = re.compile(rf"各(?:职能|业务|相关|有关|内设|执法|责任|直属|基层|派出|下属|行政|中心)*{_OFFICES}")
_HOUSE = re.compile(r"(?:局|委|厅|镇|街道)?(?:机关)?$")
_RELATED = re.compile(rf"[相有责职牵内](?:(?<=[相有])关|(?<=责)任|(?<=职)能|(?<=牵)头|(?<=内)设)(?:业务|职能)?{_OFFICES}")
_NEW = re.compile(
    r"[设成组增](?:(?<=设)[立置]|(?<=成)立|(?<=组)建|(?<=增)设)了?(?P<name>(?![一二三各专个])(?:(?![的等、和与及了个支名])[\u4e00-\u9fff]){2,8}[科股])(?=[,。;(])"
)
_COMPETENT = re.compile(r"[省市县区]级(?:(?![各的、和与及])[\u4e00-\u9fff]){2,8}?(?:主管|监管|管理|登记|执法)部门")
_COURTS = re.compile(r"全(?:省|市|县|区|州|盟)(?:两级|各级)?(?:法院|检察院|检察机关|公安机关|法院系统)")
_HOTLINE = re.compile(r"\d{5}[\u4e00-\u9fff]{0,6}?(?:指挥|受理|服务|热线)?中心(?=[\u4e00-\u9fff])")
_CENTRE = re.compile(r"中心(?=承接|受理|办理|开展|共|累计|全年|设|实行|入驻|接待|组织)")
_TOWNS = re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=[由在]))(?:镇|乡|街道)(?:(?![的和与及、])[\u4e00-\u9fff]){2,8}?$")
_COUNTIES = re.compile(r"各市、?县\([市区旗、]{1,4}\)")
_PANEL = re.compile(r"案(?:审会|件(?:(?:审理|审核|审查|评审)(?:委员会|委)|(?:集体)?(?:审理|审核|讨论)会(?!议纪要)))")
_WHOSE_PANEL = re.compile(r"(?<!会)(?:局|委|支队|大队)?(?:重大)?(?:行政处罚|行政)?$")
_AGENCY = re.compile(r"机构(?!改革|编制)")
_OF_WHAT = re.compile(
    r"(?:(?:全(?:省|市|县|区|州)|(?:市县|区县|县区)(?:两级)?|[省市县]级|各级|两级|三级)(?:各级|两级)?)?(?:行政复议|(?:劳动(?:人事)?争议)?仲裁|劳动人事争议调解仲裁|法律援助|司法鉴定|人民调解|(?<=[区县市]县|县[区市])法制)$"
)


def find_sections(folded: str, place: Place) -> Iterator[BodyMention]:
    """局商贸流通科牵头…, 局法制部门网上巡查…: a section of the house that speaks; 设置了法治安全股: one that was set up."""
    for head in _SECTION.finditer(folded):
        match = _MATTER.search(folded, max(0, head.start() - _REACH), head.start())
        if match is None or (match["bare"] is not None and _LEADS.match(folded, head.start()) is None):
            continue
        if _NO_MATTER.search(match["core"]) is None and (head.group() != "处" or len(match["core"]) > 2):
            yield _office(folded, (match.start(), head.end()), "internal-section", place, False)
    for match in _NEW.finditer(folded):
        yield _office(folded, match.span("name"), "internal-section", place, False)


def find_office_kinds(folded: str, place: Place) -> Iterator[BodyMention]:
    """各职能股室, 全市法院, 市县两级行政复议机构: all of a kind."""
    for pattern, kind in ((_COMPETENT, "unspecified-unit"), (_COUNTIES, "people-government"), (_COURTS, "people-court"), (_RELATED, "internal-section")):
        for match in pattern.finditer(folded):
            yield _office(folded, match.span(), kind, place, True)
    for head, before, kind in ((_EACH, _HOUSE, "internal-section"), (_AGENCY, _OF_WHAT, "unspecified-unit")):
        for match in head.finditer(folded):
            led = before.search(folded, max(0, match.start() - _REACH), match.start())
            if led is not None:
                yield _office(folded, (led.start(), match.end()), kind, place, True)


def find_panels(folded: str, place: Place) -> Iterator[BodyMention]:
    """案审会集体讨论…, 12315指挥中心接收…: who decides on cases, who answers a hotline."""
    for match in _PANEL.finditer(folded):
        whose = _WHOSE_PANEL.search(folded, max(0, match.start() - _REACH), match.start())
        if whose is not None:
            yield _office(folded, (whose.start(), match.end()), "internal-section", place, False)
    for head in _CENTRE.finditer(folded):
        towns = _TOWNS.search(folded, max(0, head.start() - _REACH), head.start())
        if towns is not None:
            yield _office(folded, (towns.start(), head.end()), "internal-section", place, False)
    for match in _HOTLINE.finditer(folded):
        yield _office(folded, match.span(), "internal-section", place, False)


def _office(folded: str, span: Span, kind: str, place: Place, generic: bool) -> BodyMention:
    """Make the mention of an office of the report's own place."""
    return compose_own(folded, *span, body_type(kind), place, "office", generic=generic)


RULES = (find_sections, find_office_kinds, find_panels)

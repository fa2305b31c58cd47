"""Text → MechanismMentions that a phrase gives away: supervision by congress and CPPCC, inspections and reviews, advisers, ways of managing."""

import re
from collections.abc import Iterator

from kg.model import MechanismMention

_SUPERVISION = re.compile(
    r"(?:(?:全国|省|市|县|区|自治区|州|本级|同级)?人大(?:及其常委会)?(?:的)?(?:依法|法律|工作|正确)?监督(?!员|法)|(?:全国|省|市|县|区|自治区|州)?政协(?:的)?民主监督)"
)
_MANAGED = re.compile(
    r"\"?(?![\u4e00-\u9fff]动态化)(?!的|实|行|规范|精细|科学|现代|制度|常态|精准|标准|专业|信息|长效|统一|差异|动态|法治|有)[\u4e00-\u9fff]{2,3}化\"?管理(?=[,。;、的及和])|(?:分级分类|分类分级)(?:监督)?(?:管理|监管)(?!模式|机制|制度|体系|平台|系统|改革)"
)
_INSPECTION = re.compile(
    r"(?:(?:中央|国务院|国家|省委|市委|省级|自治区党委)(?:(?![办室组委])[\u4e00-\u9fff]){0,10}?(?:巡视|督察|督查)|[省市县区州盟旗]委巡察)(?!组|员|局|办|室|机构|干部|工作规定)(?:回头看)?"
)
_ADVISER = re.compile(r"(?<!政府)(?<!村居)(?<!社区\))(?<!居\))(?:常年|兼职)?法律顾问(?=制度|工作|作用|服务|(?:全)?覆盖|参与[^,。;]{0,14}(?:作用|优势)|的作用)")
_VILLAGE = re.compile(r"村|社区|居委")
_LISTED = re.compile(
    r"(?:建立|健全|完善|落实|执行|实行|推行|制定|修订|实施|出台)(?:(?:并)?(?:完善|健全|落实|执行|实施)|了){0,3}(?P<list>(?:(?!和|以及)[\u4e00-\u9fff]){2,14}(?:(?:、|和|以及)(?:(?!和|以及)[\u4e00-\u9fff\"()]){2,14}){1,9})等(?:各项|相关|一系列|多项|工作|管理|配套|内部|基本|\d+项|[一二三四五六七八九十]+项)*(?:制度|机制)(?![\u4e00-\u9fff]{0,2}(?:建设|体系))"
)
# Who leads, who takes part: 建立了党委领导、政府负责、部门配合的联动机制.
_SHARED_OUT = re.compile(
    r"(?:建立|形成|构建|完善|健全|落实)(?:完善|健全|起)?了?(?P<name>\"?[^,。;、\s\"]{2,10}(?:领导|负责|负总责|牵头|主导|抓总|统筹|挂帅|亲自抓|负责抓)(?:[、,][^。;、,\s\"]{3,14}){1,5}\"?的[^。;,、\"]{0,12}?(?:领导体制和工作机制|领导体制|机制体系|机制|责任体系))"
)
_NO_MEMBER = re.compile(r"[\"()等的了]|^(?:各|有关|相关)|(?:制度|机制|办法|规定|干部|人员|部门|单位|群众|企业|工作)$")
_REVIEW = re.compile(r"第三方评估|专项监督(?:检查)?(?!组|员)|(?:联合|实地|书面|专项|中期|综合)(?:督察|督查)(?!组|员|室|局)")

# Of one statutory list there are many names: 应知应会党内法规和国家法律指导清单, …共性清单.
_LAW_LIST = re.compile(r"《[^《》\n]{1,80}》|(?P<name>(?:(?:党政)?领导干部)?应知应会(?:的)?[^,。;、《》\n]{2,24}?清单(?:制度)?)")


def find_pair_ellipsis(folded: str) -> Iterator[MechanismMention]:
    """府院、府检联动 holds two: the whole, and 府检联动."""
    for match in re.finditer(r"府院(?:、|和|与)(?=府检联动)", folded):
        yield MechanismMention(match.start(), match.end() + 4, "coordination", "government-court-coordination", "ellipsis")


def find_law_lists(folded: str) -> Iterator[MechanismMention]:
    """领导干部应知应会党内法规和国家法律指导清单: what officials must know, whatever the list is called."""
    for match in _LAW_LIST.finditer(folded):
        if match["name"] is not None:
            yield MechanismMention(match.start("name"), match.end("name"), "list", "officials-law-list", "law-list")


def find_supervision(folded: str) -> Iterator[MechanismMention]:
    """省人大及其常委会法律监督, 省政协民主监督: the supervision with the body that exercises it."""
    for match in _SUPERVISION.finditer(folded):
        concept = "congress-supervision" if "人大" in match.group() else "cppcc-supervision"
        yield MechanismMention(match.start(), match.end(), "institution", concept, "supervision")


def find_inspections(folded: str) -> Iterator[MechanismMention]:
    """中央生态环保督察, 省委巡视: an inspection from above, by the body that sends it."""
    for match in _INSPECTION.finditer(folded):
        yield MechanismMention(match.start(), match.end(), "institution", None, "inspection")


def find_advisers(folded: str) -> Iterator[MechanismMention]:
    """发挥法律顾问作用: the village's where the clause speaks of villages, else the government's; 聘请法律顾问 speaks of persons."""
    for match in _ADVISER.finditer(folded):
        before = re.split(r"[,。;]", folded[max(0, match.start() - 16) : match.start()])[-1]
        concept = "village-legal-adviser" if _VILLAGE.search(before) is not None else "government-legal-adviser"
        yield MechanismMention(match.start(), match.end(), "institution", concept, "adviser")


def find_reviews(folded: str) -> Iterator[MechanismMention]:
    """第三方评估, 实地督察: an outside look, named by how it is done."""
    for match in _REVIEW.finditer(folded):
        yield MechanismMention(match.start(), match.end(), "institution", None, "review")


def find_managements(folded: str) -> Iterator[MechanismMention]:
    """清单化管理, "网格化"管理: a way of managing named by what it is done by, not by how well (规范化管理)."""
    for match in _MANAGED.finditer(folded):
        yield MechanismMention(match.start(), match.end(), "institution", None, "managed-by")


def find_listed(folded: str) -> Iterator[MechanismMention]:
    """制定执法日志管理、投诉回访、物证保管等制度: each member of a list that 等制度 closes is a name of its own."""
    for match in _LISTED.finditer(folded):
        position = match.start("list")
        for part in re.split("、|和|以及", match["list"]):
            at = folded.index(part, position)
            position = at + len(part)
            if 3 <= len(part) <= 14 and _NO_MEMBER.search(part) is None:
                yield MechanismMention(at, position, "institution", None, "listed")


def find_shared_out(folded: str) -> Iterator[MechanismMention]:
    """党委领导、政府负责、部门配合的联动机制: a way of working together, named by who does what."""
    for match in _SHARED_OUT.finditer(folded):
        yield MechanismMention(match.start("name"), match.end("name"), "coordination", None, "shared-out")


FIRST = (find_shared_out, find_law_lists, find_supervision, find_inspections, find_managements)
LAST = (find_reviews, find_advisers, find_listed)
"""Rules that claim before and after the names with quotation marks or a head noun."""
RULES = (find_pair_ellipsis, *FIRST, *LAST)

"""Text → MechanismMentions: known names of the vocabulary, quoted brands with a head noun, names with a head noun.

A span includes quotation marks and the head noun. What matches no concept stays local, typed by its head.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from kg.extract import phrases
from kg.extract.boundary import name_start
from kg.extract.brands import LOOSE, STRONG, TYPES, find_quoted_names
from kg.lexicon import mechanism_gazetteer
from kg.model import MechanismMention

_OPENING_VERB = re.compile(
    r"(?:了|起)?(?:公布|发布|公示|确认|严密|重构|重塑|突出|更好|好(?!差评))?(?:(?:本|我|全)(?:省|市|县|区|州|局|镇|乡|街道)(?:的)?(?:各类|各项)?)?"
)
_DUTY_SYSTEMS = frozenset(
    ["负责制", "办结制", "告知制", "承诺制", "问责制", "会商制", "包案制", "包联制", "销号制", "合议制", "追究制", "倒查制", "回避制", "联系制", "公示制"]
)  # 首问负责制, 领导包案制
# What follows a head noun and makes it part of another word: 制度化, 系统谋划, 改革开放, 行动计划.
_NOT_A_HEAD = r"目录(?:化|、编码化)|制度(?:化|型|性|保障|优势|基础|支撑|成果|成效|的?笼子)|系统(?:性|化|整治|防控|清理|防治|谋划|施策|集成|治理|思维|观念|推进|安排|部署|梳理|总结|学习|提升|重塑|内|操作|广大|干部|各级|各单位|全体|工作人员|上下|优化|变革|保护|修复|观)|行动(?:上|自觉|派|力|指南|态)|改革(?:开放|委|办|难题|攻坚|发展稳定|成果|红利|精神|创新发展|试验区|先行区|示范区|(?:发展|创新)(?=[,。;、的\n]))|新业态新模式|(?:机构)?改革(?:工作)?(?:领导|协调)小组|改革组(?=[、,])|清单(?:式|化)|平台(?:期|型|经济)|体系(?:化|统|和[\u4e00-\u9fff]{0,6}能力现代化)|模式化|机制(?:化|障碍|活)|(?:制度|机制|体系)(?:上(?![线墙])|层面)|试点(?:城市|经验|地区|单位|省份|县|区|市|乡|镇)"
_IN_TITLES = frozenset(["制度", "机制", "清单", "目录", "责任清单", "负面清单"])
_OWN_NAMES = frozenset(["主题教育"])  # 把握主题教育契机: the head alone is a name
_GENERAL_HEADS = frozenset(["制度", "体系", "机制", "制度体系"])
_STRONG_HEAD = re.compile(rf"(?<!不够)(?<!更加)(?<!更)(?!{_NOT_A_HEAD})(?:{STRONG})(?!(?:{STRONG}))(?![\u4e00-\u9fff]{{0,1}}办法》)")
_WEAK_NAME = re.compile(
    r"^(?:部分|个别|其他|其它|多个|多种|大部分|大多数|少数|工作|长效|相关|各项|有关|这|该|本|全市|全县|全省|全区|我市|等|新|一|一个|一张|[一二三四五六七八九十]大|各类|良好|有效|完善|健全|规章|管理|重点|信息|政务|政策|社会|经济|产业|市场|指标|评价|办公|业务|内控|保障|治理|执法|监督|监管|服务|法律|法规|政府|行政|组织|责任|领导|专项|集中|系列|主题|宣传|主题教育|工作推进|国家|中国特色社会主义|现代化|习近平法治思想|行政权力制约和监督|法治政府建设|依法行政|思想上政治上|现代化|重要|深层次|高水平|设计|确定|试点|法治领域|重点领域|关键环节|重点领域和关键环节|实际|提升|发展|综合|关键|有关|配套|体制|先进|协调|政府|全市政府|全省政府|全县政府|全区政府|政法|司法行政|市场监管|我们|各|各级|市级|省级|县级|区级|国家级|全国|全国试点|年度|年度任务|任务|项目|问题|事项|统一|扩面|先行先试|一系列|依法|生态|功能性|科学理论|理论|思想|目前|规章|等规章|.*等规章|.*要求及.*|.*等(?:方式|形式).*|.*(?:和|与|及)|运行|工作网络|网络|[^\"]{0,6}(?:各项|各类)[^\"]{0,4})?$"
)
_GENERAL_NAME = re.compile(
    r"(?:各项|各类|行政(?!复议)|依法|决策|监督|管理|法治|法制|建设|年度|考核|规章|政策|法规|工作|内部|相关|科学|民主|政府|制度|机制|执法(?!监督))+"
)  # 行政管理制度, 年度考核体系
_COLLECTIVE = re.compile(
    r"(?:卫生健康|卫健|医疗保障|退役军人|工信|商务|科技|税务|气象|住房城乡建设|住房和城乡建设)(?=系统$)|(?:全(?:国|省|市|县|区|州)(?!性)[\u4e00-\u9fff]{0,8}|政府|政法|环保|生态环境|环境保护|水利|农业|农业农村|应急管理|城市管理|城管|民政|财政|人社|住建|文旅|林业|国土|自然资源|工商|质监|药监|发改|统计|审计|信访|综治|机关|部门|司法行政|市场监管|公安|教育|税务|交通运输|卫生|医疗卫生|金融|法院|检察|地税|国税|旅游|文旅|城管|工会|供销|残联|妇联|人防|海事|消防|档案|党校|气象|全[委局厅镇]?)(?=系统$)"
)
_PERSON_OR_OFFICE = re.compile(
    r"处(?!理|置|罚)|[局科股](?![室学])|员|栏|队伍|人员|团(?!体|结)|委员会|院|庭|机构|组织"
)  # 公证处, 人民调解员: who does it, not the institution
_OWN_HEAD = re.compile(rf"[^\u4e00-\u9fff]|(?:{STRONG}|规划|计划|方案|要点|文件|内容|体制|队伍|重点工作|任务|人员|单位|部门|组织|政府|[局厅委办法])$")
_GENERAL_TAIL = re.compile(rf'"?(?:{LOOSE}|闭环|长效|常态化|动态|点评|评议)*(?:{STRONG})"?')  # 合法性审查|闭环机制: more words, the same concept
_AND_OTHERS = re.compile(r"等(?!级|保|值)")  # behind a list: 《…》等工作制度
_LAW = re.compile(r"法(?![律治院制官庭]|规(?!定))")  # 行政诉讼法: a statute's name
# Persons who were taken on: 聘请12名政府法律顾问.
_HIRED = re.compile(r"(?:\d|[一二三四五六七八九十])(?:余|多)?[名位][省市县区镇]?(?:政府)?(?:法律顾问|公职律师)$")
_GROUP = re.compile(r"(?:工作)?(?:领导小组|协调小组|工作专班|指挥部)")
_QUOTE_BEFORE = re.compile(r'"[^",。;\n]{2,10}"[\u4e00-\u9fff]{0,6}$')
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_STATUTE = re.compile(r"《[^《》\n]{1,60}(?:法|条例|规定|规则|细则|办法)(?:\([^()]{1,12}\))?》")  # a law that governs a mechanism is no use of it
_MARKS = {"“": "”", '"': '"'}
_TOPIC_SYSTEM = re.compile(
    r"(?:治理|权责|领导|立法|法规制度|组织保障|职能|依法行政制度|行政决策(?:制度)?|行政执法(?:工作|体制)?|应对|化解|调处化解|制约和监督|科技保障|监督|保障|法治政府建设推进)(?:工作)?(?:体系|机制体系|体制机制)$|纠纷行政预防调处化解(?:体系|机制)$"
)


def find_mechanisms(folded: str) -> list[MechanismMention]:
    """Find mentions in order; longer claims win, except that a known name inside a longer local one may stand beside it."""
    known = sorted(find_known_names(folded), key=lambda mention: mention.start)
    starts = [mention.start for mention in known]
    found: list[MechanismMention] = []
    taken = bytearray(len(folded) + 1)

    def claim(mention: MechanismMention) -> None:
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            found.append(mention)

    for mention in phrases.find_pair_ellipsis(folded):
        claim(mention)
        found.append(MechanismMention(mention.end - 4, mention.end, "coordination", "government-procuratorate-coordination", "ellipsis"))
    for rule in (*phrases.FIRST, find_quoted_names, find_headed_names, *phrases.LAST):
        for mention in rule(folded):
            at = bisect_left(starts, mention.start)
            before = known[at - 1] if at else None
            if before is not None and before.start < mention.start < before.end <= mention.end:
                claim(replace(before, end=mention.end, rule="vocabulary-with-head"))
                continue
            if at < len(known) and known[at].start == mention.start and known[at].end > mention.end:
                continue  # "办不成事"反映窗口: the known name reaches further
            inside = [k for k in known[at : bisect_left(starts, mention.end)] if k.end <= mention.end]
            claim(_with_concept(mention, inside, folded))
    for mention in known:
        claim(mention)
    for mention in find_platform_anaphors(folded, sorted(found, key=lambda m: m.start)):
        claim(mention)
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def _with_concept(mention: MechanismMention, inside: list[MechanismMention], folded: str) -> MechanismMention:
    """A local name that is mostly a known name is that concept's mention; a list of several stays local."""
    fits = [
        k for k in inside if (k.end - k.start) * 2 >= mention.end - mention.start or k.end == mention.end or _GENERAL_TAIL.fullmatch(folded, k.end, mention.end)
    ]
    if not fits and sum(k.end - k.start for k in inside) * 2 >= mention.end - mention.start:
        fits = inside  # "书面述法+会议述法"制度: of one concept all along
    if len({k.concept for k in fits}) != 1:
        return _by_plain_name(mention, folded) if not fits else mention
    return MechanismMention(mention.start, mention.end, fits[0].type, fits[0].concept, "vocabulary-with-head")


def _by_plain_name(mention: MechanismMention, folded: str) -> MechanismMention:
    """行政执法"三项制度": a known name is known with quotation marks in it too."""
    entries = mechanism_gazetteer().entries
    plain = folded[mention.start : mention.end].replace('"', "")
    for reach in (6, 4, 2, 0):
        entry = entries.get(folded[max(0, mention.start - reach) : mention.start] + plain)
        if entry is not None and mention.start >= reach:
            kind = entry.concept.value("mechanismType") or mention.type
            return MechanismMention(mention.start - reach, mention.end, kind, entry.concept.id, "vocabulary-with-marks")
    return mention


def find_known_names(folded: str) -> Iterator[MechanismMention]:
    """Names of the vocabulary, widened to their quotation marks and head noun."""
    statutes = [match.span() for match in _STATUTE.finditer(folded)]
    ends = [end for _, end in statutes]
    for start, end, entry in mechanism_gazetteer().find(folded):
        at = bisect_left(ends, end)
        if at < len(statutes) and statutes[at][0] < start:
            continue
        if _HIRED.search(folded, max(0, start - 8), end) is not None:
            continue
        if folded[end : end + 1] == "法" and _LAW.match(folded, end):
            continue
        if (
            (folded[end : end + 1] == "化" and folded[end + 1 : end + 2] != "解")
            or _GROUP.match(folded, end)
            or (_PERSON_OR_OFFICE.match(folded, end) and end - start <= 4)
        ):
            continue
        if folded[end : end + 1] == "、" and _opens(folded, start - 1) and (closes := folded.find('"', end, start + 56)) > 0:
            end = closes  # "一窗受理、集成服务" is one name
        begin, stop = _widen(folded, start, end)
        yield MechanismMention(begin, stop, entry.concept.value("mechanismType") or "institution", entry.concept.id, "vocabulary")


def _opens(folded: str, at: int) -> bool:
    """Whether a quotation mark that opens stands at `at`: the marks before it on its line are paired."""
    return folded[at : at + 1] == '"' and folded.count('"', folded.rfind("\n", 0, at) + 1, at) % 2 == 0


def find_platform_anaphors(folded: str, known: list[MechanismMention]) -> Iterator[MechanismMention]:
    """通过平台, 在平台上: the platform named last."""
    for match in re.finditer(r"(?:通过|依托|利用|在)(?P<name>平台)(?=[上申汇进公发的])", folded):
        before = [m for m in known if m.end <= match.start() and m.type == "platform"]
        yield MechanismMention(match.start("name"), match.end("name"), "platform", before[-1].concept if before else None, "anaphor")


def find_headed_names(folded: str) -> Iterator[MechanismMention]:
    """Names that end in a head noun: 年度报告制度, 行政检查计划备案机制, 电子证照到期前提醒系统; the longest where one runs on (告知承诺制|事项目录)."""
    last: MechanismMention | None = None
    for mention in _headed(folded):
        if last is not None and mention.start < last.end:
            if folded[last.end] in "、和与及":  # 会商制度、联动机制 are two
                yield last
                mention = replace(mention, start=last.end + 1)
            elif mention.start > last.start or folded[last.end] == "等":
                continue
        elif last is not None:
            yield last
        last = mention
    if last is not None:
        yield last


def _headed(folded: str) -> Iterator[MechanismMention]:
    """Every name with a head noun; a title of a document names a mechanism where it is one by its last word (《案件查处分离制度》)."""
    titles = _title_marks(folded)
    for match in _STRONG_HEAD.finditer(folded):
        if titles[match.start()] and (folded[match.end() : match.end() + 1] != "》" or match.group() not in _IN_TITLES):
            continue
        start = name_start(folded, match.start(), 44 if match.group() == "专项整治" else 24, match.group() in ("专项整治", "机制", "制度"))
        if start is None:  # 一月一会诊"六个一"督察机制: the name begins with its quotation marks
            quoted = _QUOTE_BEFORE.search(folded, max(0, match.start() - 20), match.start())
            if quoted is None:
                continue
            start = quoted.start()
        start = _shared_start(folded, start, match.group())
        start = _OPENING_VERB.match(folded, start, match.start()).end()  # type: ignore[union-attr]  # reason: the pattern matches the empty string too
        name = folded[start : match.start()]
        end = match.end()
        if name.count('"') == 1:
            at = name.index('"')
            closes = folded[end : end + 1] == '"'
            start, end, name = (start + at, end + 1, name[at:]) if closes else (start + at + 1, end, name[at + 1 :])
        if (name + folded[match.start() : end]).count('"') % 2 or _TOPIC_SYSTEM.search(name + match.group()) or _COLLECTIVE.search(name + match.group()):
            continue
        if "》" in name or (name.endswith("等") and match.group() in _GENERAL_HEADS) or (match.group() in _GENERAL_HEADS and _GENERAL_NAME.fullmatch(name)):
            continue
        if len(name) < 2 and match.group() in _OWN_NAMES:
            start, name = match.start(), match.group()
        if (
            len(name) < 2
            or (_WEAK_NAME.match(name) and match.group() not in _DUTY_SYSTEMS | _OWN_NAMES)
            or name[0] in "、”’)》"
            or _AND_OTHERS.match(name)
            or re.search(r"\d$", name)
        ):
            continue
        yield MechanismMention(start, end, "campaign" if match.group()[-1] in "程月周" else TYPES.get(match.group(), "institution"), None, "head-noun")


def _shared_start(folded: str, start: int, head: str) -> int:
    """Reach over 和 where both parts share one head: 跟踪反馈和纠错机制; 执法公示和信息平台 with a head of its own does not."""
    if folded[start - 1 : start] not in ("和", "与", "及") or start < 4 or head not in _GENERAL_HEADS:
        return start
    left = name_start(folded, start - 1, 16, lists=False)
    if left is None or not 3 <= start - 1 - left <= 10 or _OWN_HEAD.search(folded, left, start - 1) is not None:
        return start
    return left


def _title_marks(folded: str) -> bytearray:
    """Mark the characters that stand inside 《》."""
    marks = bytearray(len(folded) + 1)
    for title in _TITLE.finditer(folded):
        marks[title.start() : title.end()] = b"\x01" * (title.end() - title.start())
    return marks


def _widen(folded: str, start: int, end: int) -> tuple[int, int]:
    if folded[start - 1 : start] in _MARKS and folded[end : end + 1] == _MARKS[folded[start - 1]]:
        start, end = start - 1, end + 1
    tail = re.compile(
        rf"(?:{LOOSE}){{0,2}}(?:制度体系|制度|机制|平台|系统|清单|目录|改革|专项行动|专项活动|体系|试点|模式|的?职责|(?:培养|培育)?工程|(?:第[一二三四五六七八九十\d]+次)?(?:联席会议|工作推进会|推进会))"
    ).match(folded, end)
    if tail is not None:
        end = tail.end()
    return start, end


RULES = (phrases.find_pair_ellipsis, *phrases.FIRST, find_quoted_names, find_headed_names, *phrases.LAST, find_known_names)

"""Text → MechanismMentions: known names of the vocabulary, quoted brands with a head noun, names with a head noun.

A span includes quotation marks and the head noun. What matches no concept stays local, typed by its head.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from kg.extract import phrases
from kg.extract.boundary import name_start
from kg.extract.quotes import find_quoted
from kg.lexicon import mechanism_gazetteer
from kg.model import MechanismMention

HEADS = {
    "platform": "平台|系统|中心|大厅|热线|专区|小程序|APP|数据库|信息库|专家库|网格|驾驶舱|指挥部|窗口",
    "list": "责任清单|负面清单|清单|目录|名录|台账",
    "coordination": "联席会议|联动机制|协作机制|协同机制|衔接机制|合作机制|共享机制|联合体|共同体|格局|协调机制|会商机制|合力",
    "campaign": "专项行动|专项整治|集中整治|专项治理|专项活动|三年行动|攻坚行动|整治行动|宣传月|宣传周|行动|整治|活动|改革|试点|工程|创建|攻坚战|保卫战|比武|竞赛|评选",
    "service": "服务圈|生活圈|服务|套餐|专窗|工作室|调解室|驿站",
    "institution": "责任制|制度体系|制度|机制|体系|模式|办法|学习教育|评查|评估|审计|审查|审核|备案|述法|督察|研判|会议|程序|工作法|基准|规则|规程|评议|大讲堂|讲堂|评价|认定",
}
_TYPES = {head: kind for kind, heads in HEADS.items() for head in heads.split("|")}
_HEAD = "|".join(sorted(_TYPES, key=len, reverse=True))
_LOOSE = r"(?:工作|事项|决策|综合|管理|专项|联动|运行|服务|政策|特色|系列|主题|普法|执法|监管|数字化|智能|信息化|一体化|推进|示范|试点|改革|治理|办理|审批|法治|监督|调解|宣传|教育|培训|培养|培育|实践|公共|法律)"
_PLAIN = r"(?:(?!开展|推进|建立|完善|打造|实施|构建|加强|强化|推动|健全|深化|落实|创新|优化|制定|出台|形成|提升)[\u4e00-\u9fff](?<![的和与及在等为将了以对由]))"  # a character of a name, no verb and no particle
_AND_SO_ON = re.compile(rf"等(?:[\u4e00-\u9fff]{{0,4}}?)(?P<head>{_HEAD})")  # “甲”“乙”等改革: the head is said of all, no part of a name
_TAIL_WORDS = r"[\u4e00-\u9fff]{0,8}?"  # between a quoted formula and its head: “1+6”应急指挥体系
_BRAND_END = re.compile(
    r"(?:联动|监管|合一|一次|一策|一码|一员|一站|一窗|一网|一课|双责|协商|审批|一图|一张网|一件事|一类事|工程|计划|快办|通办|帮办|代办|即办|好办|易办|调解|治理|执法|检查|普法|审批|承诺|免罚|减负|包联|会诊|吹哨|报到|护航|攻坚|体检|问诊|驿站|课堂|讲堂|诊所|直播|直通车|名片|大篷车|夜校|早市|下乡|[三四五六七八九十]进|联审|联办|联勤|联动|联处|联调|一体化|全覆盖|双述|双考|述法|学法|考法|指数|套餐|管家|店小二|帮扶|双向|同查|同管|共治)$"
)
_BRANDED = re.compile(
    rf"(?:(?:{_LOOSE})|(?:{_HEAD})){{0,3}}(?P<head>{_HEAD})|的[\u4e00-\u9fff]{{0,6}}?(?P<head2>格局|管理|模式|机制|体系|平台)|{_PLAIN}{{1,8}}(?P<head3>制度改革|综合改革|改革|机制|制度|平台|系统|模式|行动|体系|清单|工作法|试点|程序)"
)
_OPENING_VERB = re.compile(r"(?:公布|发布|公示|确认|严密|重构|重塑|突出|更好|好(?!差评))?(?:(?:本|我|全)(?:省|市|县|区|州|局)(?:的)?(?:各类|各项)?)?")
_DUTY_SYSTEMS = frozenset(["负责制", "办结制", "告知制", "承诺制", "问责制", "会商制", "包案制", "包联制", "销号制", "合议制"])  # 首问负责制, 领导包案制
_STRONG = "负责制|办结制|告知制|承诺制|问责制|会商制|包案制|包联制|销号制|合议制|管理制(?!度)|责任制|主题教育|制度|机制|平台|系统|清单|目录|专项行动|专项整治|集中整治|专项治理|专项活动|三年行动|攻坚行动|整治行动|行动|改革|体系|试点|学习教育|模式|联席会议|责任清单|负面清单|大讲堂|联合体|数据库|基准|热线|推进会"
# What follows a head noun and makes it part of another word: 制度化, 系统谋划, 改革开放, 行动计划.
_NOT_A_HEAD = r"制度(?:化|型|性)|系统(?:性|化|整治|防控|清理|防治|谋划|施策|集成|治理|思维|观念|推进|梳理|总结|学习|提升|重塑|内|上下|优化|变革|保护|修复|观)|行动(?:上|自觉|派|力|指南)|改革(?:开放|委|办|创新发展|试验区|先行区|示范区|(?:发展|创新)(?=[,。;、]))|新业态新模式|(?:机构)?改革(?:工作)?领导小组|清单(?:式|化)|平台(?:期|型|经济)|体系(?:化|统)|模式化|机制(?:化|障碍|活)|试点城市"
_STRONG_HEAD = re.compile(rf"(?<!不够)(?<!更加)(?<!更)(?!{_NOT_A_HEAD})(?:{_STRONG})(?!(?:{_STRONG}))(?![\u4e00-\u9fff]{{0,1}}(?:办法》|》))")
_WEAK_NAME = re.compile(
    r"^(?:工作|长效|相关|各项|有关|这|该|本|全市|全县|全省|全区|我市|等|新|一|各类|良好|有效|完善|健全|规章|管理|重点|信息|政务|政策|社会|经济|产业|市场|指标|评价|办公|业务|内控|保障|治理|执法|监督|监管|服务|法律|法规|政府|行政|组织|责任|领导|专项|集中|系列|主题|宣传|主题教育|工作推进|国家|中国特色社会主义|现代化|习近平法治思想|行政权力制约和监督|法治政府建设|依法行政|思想上政治上|现代化|重要|深层次|高水平|重点领域|关键环节|重点领域和关键环节|实际|提升|发展|综合|关键|有关|配套|体制|先进|协调|政府|全市政府|全省政府|全县政府|全区政府|政法|司法行政|市场监管|我们|各|各级|市级|省级|县级|区级|国家级|全国|全国试点|年度|年度任务|任务|项目|问题|事项|统一|扩面|先行先试|一系列|依法|生态|功能性)?$"
)
_COLLECTIVE = re.compile(
    r"(?:全(?:国|省|市|县|区|州)(?!性)[\u4e00-\u9fff]{0,8}|政府|政法|环保|生态环境|环境保护|水利|农业|农业农村|应急管理|城市管理|城管|民政|财政|人社|住建|文旅|林业|国土|自然资源|工商|质监|药监|发改|统计|审计|信访|综治|机关|部门|司法行政|市场监管|公安|教育|税务|交通运输|卫生|医疗卫生|金融|法院|检察|全)(?=系统$)"
)
_FORMULA_TAIL = re.compile(rf"(?![,。;、]){_TAIL_WORDS}(?:{_STRONG})(?!(?:{_STRONG}))")
_PERSON_OR_OFFICE = re.compile(r"处(?!理|置|罚)|员|委员会|院|庭|机构|组织")  # 公证处, 人民调解员: who does it, not the institution
_GROUP = re.compile(r"(?:工作)?(?:领导小组|协调小组|工作专班|指挥部)")
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_STATUTE = re.compile(r"《[^《》\n]{1,60}(?:法|条例|规定|规则|细则|办法)(?:\([^()]{1,12}\))?》")  # a law that governs a mechanism is no use of it
_MARKS = {"“": "”", '"': '"'}
_SLOGAN = re.compile(
    r"[!?]|^[一二三四五六七八九十百千]+[个大]|^\d+$|^(?:一带一路|一老一小|小三通|五个一工程|一国两制|一规划两纲要|关键少数|绝大多数|三农|最初一公里|回头看|小马拉大车|最后一公里|中梗阻|僵尸|痛点|堵点|难点|破窗|一刀切|内卷|放水养鱼|两个|四个|八个|三个|五位|十四五|十五五|十三五|八五|七五|两会|百千万|国考)"
)


_ADOPTED = re.compile(
    r"(?:实施|推行|实行|推广|探索|打造|创新|建立|开展|搭建|启动|创建|首创|推出|落实|执行|运用|采用|采取)(?:了)?[\u4e00-\u9fff]{0,4}(?:\"[^\"\n。;]{2,14}\"[、和及]?)*$"
)
_INNER_HEADS = (
    "责任清单",
    "负面清单",
    "清单",
    "平台",
    "系统",
    "机制",
    "制度",
    "行动",
    "改革",
    "模式",
    "工作法",
    "联合体",
    "共同体",
    "热线",
    "专窗",
    "驿站",
    "工作室",
    "调解室",
)
_TOPIC_SYSTEM = re.compile(
    r"(?:职能|依法行政制度|行政决策(?:制度)?|行政执法(?:工作|体制)?|应对|化解|调处化解|制约和监督|科技保障|监督|保障|法治政府建设推进)(?:工作)?(?:体系|机制体系|体制机制)$|纠纷行政预防调处化解(?:体系|机制)$"
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
            inside = [k for k in known[at : bisect_left(starts, mention.end)] if k.end <= mention.end]
            claim(_with_concept(mention, inside, folded))
    for mention in known:
        claim(mention)
    for mention in find_platform_anaphors(folded, sorted(found, key=lambda m: m.start)):
        claim(mention)
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def _with_concept(mention: MechanismMention, inside: list[MechanismMention], folded: str) -> MechanismMention:
    """A local name that is mostly a known name is that concept's mention; a list of several stays local."""
    fits = [k for k in inside if (k.end - k.start) * 2 >= mention.end - mention.start or k.end == mention.end]
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
        if _GROUP.match(folded, end) or (_PERSON_OR_OFFICE.match(folded, end) and end - start <= 4):
            continue
        begin, stop = _widen(folded, start, end)
        yield MechanismMention(begin, stop, entry.concept.value("mechanismType") or "institution", entry.concept.id, "vocabulary")


def find_quoted_names(folded: str) -> Iterator[MechanismMention]:
    """“码上监督”平台, “热线+督查+N”联动工作机制, “一窗收办”."""
    shared: tuple[int, str] | None = None
    for first, last in reversed(find_quoted(folded)):
        start, end, inner = first - 1, last + 1, folded[first:last]
        if not 2 <= len(inner) <= 24 or re.search(r"[。;]", inner) is not None or folded[max(0, start - 1)] == "《" or _SLOGAN.search(inner):
            continue
        tail = _BRANDED.match(folded, end)
        head = next((group for group in tail.groups() if group), None) if tail is not None else next((h for h in _INNER_HEADS if inner.endswith(h)), None)
        if tail is None and head is None and (after := _AND_SO_ON.match(folded, end)) is not None:
            head = after["head"]
        if tail is None and shared is not None and re.fullmatch("[、和及与]?", folded[end : shared[0]]) is not None:
            head = shared[1]
        adopted = _ADOPTED.search(folded, max(0, start - 24), start) is not None
        if head is None and not _is_brand(inner, adopted):
            continue
        if tail is None and re.search(r"\d|\+", inner) is not None:
            tail = _FORMULA_TAIL.match(folded, end)
        shared = (start, head) if head is not None else None
        yield MechanismMention(start, tail.end() if tail is not None else end, _TYPES.get(head or "", "service"), None, "quoted-brand")


def _is_brand(inner: str, adopted: bool) -> bool:
    """Whether a quoted name without head noun is an arrangement: a formula, a short form (一窗通办), or one that is said to be adopted."""
    if "+" in inner:
        return not inner.endswith("+")
    if re.search(r"[办享通查码链云站]$", inner) is not None or (_BRAND_END.search(inner) is not None and len(inner) <= 14):
        return True
    return adopted and re.fullmatch(r"[\u4e00-\u9fff\d]{3,10}", inner) is not None


def find_platform_anaphors(folded: str, known: list[MechanismMention]) -> Iterator[MechanismMention]:
    """通过平台, 在平台上: the platform named last."""
    for match in re.finditer(r"(?:通过|依托|利用|在)(?P<name>平台)(?=[上申汇进公发的])", folded):
        before = [m for m in known if m.end <= match.start() and m.type == "platform"]
        yield MechanismMention(match.start("name"), match.end("name"), "platform", before[-1].concept if before else None, "anaphor")


def find_headed_names(folded: str) -> Iterator[MechanismMention]:
    """Names that end in a head noun: 年度报告制度, 行政检查计划备案机制, 电子证照到期前提醒系统; titles of documents name no mechanism by a head alone."""
    titles = _title_marks(folded)
    for match in _STRONG_HEAD.finditer(folded):
        if titles[match.start()]:
            continue
        start = name_start(folded, match.start(), 44 if match.group() == "专项整治" else 24, match.group() in ("专项整治", "机制", "制度"))
        if start is None:
            continue
        start = _OPENING_VERB.match(folded, start, match.start()).end()  # type: ignore[union-attr]  # reason: the pattern matches the empty string too
        name = folded[start : match.start()]
        end = match.end()
        if name.count('"') == 1:
            at = name.index('"')
            closes = folded[end : end + 1] == '"'
            start, end, name = (start + at, end + 1, name[at:]) if closes else (start + at + 1, end, name[at + 1 :])
        if (name + folded[match.start() : end]).count('"') % 2 or _TOPIC_SYSTEM.search(name + match.group()) or _COLLECTIVE.search(name + match.group()):
            continue
        if len(name) < 2 or (_WEAK_NAME.match(name) and match.group() not in _DUTY_SYSTEMS) or name[0] in "、”’)》" or re.search(r"\d$", name):
            continue
        yield MechanismMention(start, end, _TYPES.get(match.group(), "institution"), None, "head-noun")


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
        rf"(?:{_LOOSE}){{0,2}}(?:制度体系|制度|机制|平台|系统|清单|目录|改革|专项行动|专项活动|体系|试点|模式|职责|(?:培养|培育)?工程|(?:第[一二三四五六七八九十\d]+次)?(?:联席会议|工作推进会|推进会))"
    ).match(folded, end)
    if tail is not None:
        end = tail.end()
    return start, end


RULES = (phrases.find_pair_ellipsis, *phrases.FIRST, find_quoted_names, find_headed_names, *phrases.LAST, find_known_names)

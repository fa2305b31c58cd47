"""Clauses of one measure → the Action: its span, verb, object and status, or none where it only claims, closes or honours."""

import re
from collections.abc import Iterator

from kg.extract.measures.acts import ANY, BEFALLS, DEEDS, DID, HOLDER, LEADS_IN, MAIN, START, WILL
from kg.extract.measures.clauses import ENUMERATOR, HANDED, Clause, Reading
from kg.extract.measures.frames import is_lead, is_means, is_occasion
from kg.extract.measures.opening import is_acted_on, is_part_of, only_leads
from kg.extract.measures.results import RESULT, VAGUE
from kg.model import Action, BodyMention, Sentence

_BY = re.compile(r"采取|采用")  # 采取集中授课的方式组织学习
_ONGOING = re.compile(
    r"(?:进一步|扎实|积极|深入|有序|大力|继续|切实)*(?:坚持|持续|常态化|探索|深化|推进(?!.{0,30}活动)|严格执行|严格落实|推行|加快|不断|稳步|正在|运行以来|落实(?!了|《|.{0,6}《)|加强(?:与|协同|联动)|启动|充分听取|深入开展.{2,16}行动)"
)
# What was carried so far as the count tells: 推行网上调解,调解案件89件.
_ONCE = re.compile(r"(?:进一步|扎实|积极|深入|有序|大力)*(?:推进(?!.{0,30}活动)|推行|深化|探索|启动|落实|严格落实|严格执行)")
_PLANNED = re.compile(
    rf"将(?=[\u4e00-\u9fff])(?!{HANDED})(?={WILL})|^力争|计划于|(?<![模虚代])拟(?![定订]|(?:废止|修订|修改|失效)\d)(?=[\u4e00-\u9fff])|到20[3-9]\d年"
)
_TAIL = re.compile(r"等(?:各项|重点)?(?:任务|工作|事项)$")
_CLOSER = re.compile(
    r"再上新台阶|(?:重要|关键|特殊|开局|收官|攻坚)(?:的一年|之年|一年)[,。]?$|(?:提供|奠定|筑牢)[^,。;]{0,20}(?:保障|基础|支撑)|作出[^,。;]{0,10}贡献|新篇章|新局面|新成效|新突破|现将|报告如下|如下[:。]?$|以[^,。;]{2,20}为指导|扛在肩上|抓在手上|放在心上|(?:抓好|做好)(?:以下|如下|[一二三四五六七八九十]个?)[^,。;]{0,8}(?:工作|方面|件事|任务|重点)$"
)
_CLAIM = re.compile(r"(?:取得|收到)(?:了)?[^,。;]{0,10}(?:成效|进展|成绩)|高度重视[^,。;]{0,16}$")
# What a thing is or shows: 宪法宣誓是增强宪法意识的重要举措, 全年工作呈现出三个特点.
_IS = re.compile(
    r"[^,。;]{2,40}?(?<!但)(?<!还)(?<!就)(?<!不)是[^。;]{4,120}(?:举措|要求|保障|保证|途径|体现|基础|前提|特征|关键|重要内容|重要任务|组成部分)。?$|[^。;:]{2,40}做到了?[两三四五六七八九十]个\"[^\"]*\"。?$|[^,。;:]{2,30}(?:体现|呈现|展现)出[^,。;:]{0,12}(?:特点|亮点|特征|变化|\"[^\"]{1,4}\")"
)
_LISTING = re.compile(r"[^,。;]{2,60}共有?\d+余?[家个名所],?分别[是为]")  # 县属事业单位共3家,分别是…
# A heading without a number: 推进法治政府建设的主要举措和成效.
_TITLE = re.compile(r"[^,。;:]{2,40}(?:举措|措施|做法|情况)(?:和|与|及|、)(?:取得的|主要)?(?:成效|成绩|亮点|效果)$")
# Boilerplate that tells of no act, whatever stands in it: 坚持做到组织、人员、经费"三到位",努力形成工作格局.
_UTTERED = re.compile(r"坚持做到[^,。;]*到位\"?$")
_HONOUR = re.compile(
    r"(?:被(?:确定|评|授予|命名|列)|荣获|获评|入选|获得[^,。]{0,12}(?:称号|奖)|表彰|夺取|摘得|荣膺|斩获)|(?:对|给予)[^,。;]*(?:经验|做法|成效)[^,。;]*(?:表扬|肯定|推广)|予以(?:充分)?肯定|(?:经验|做法|案例)[^,。;]{0,6}(?:被)?(?:纳入|列入|收入|编入)[^,。;]*(?:典型|经验|案例)|作(?:了|出)?(?:典型|经验)[^,。;]{0,4}(?:发言|介绍|交流)|对我[省市县区局镇][^,。;]*报道"
)
_TALK = re.compile(
    r"(?:始终|一贯|牢固|坚决|切实|不断|进一步)*(?:(?:把|将)党的(?:全面)?领导贯|(?:牢牢|准确)把握|坚持(?:用|以|走|在|把牢|把好|正确|(?:和?加强)?党对|把党的|全面依法治国|依法治国|依法行政|依法决策|依法治[省市县区]|党的|[^,。;]{2,30}(?:一体推进|相统一|并重)$)|高度重视|(?:把|将)[^,。;]{2,60}(?:摆在|放在|摆上|提上)|(?:提高|树牢|树立|坚定|增强|强化)[^,。;]{0,16}(?:站位|意识|理念|观念|思维|信仰|信念)|(?:加强|强化|突出)[^,。;]{0,14}领导$|(?:充分|有效)*发挥[^,。;]*作用$|严格按照[^,。;]*(?:行使|履行)[^,。;]*(?:权力|职权|职责)$)|[^,。;]{0,12}严格规范公正文明执法$|[^,。;]{0,12}带头(?:学法|尊法|遵法|守法)"
)
_BY_DOING = re.compile(r"通过(?:开展|学习|组织|加强|上述|以上|一系列)[^,。;《\"]*$")  # 通过开展检查,坚决遏制造假,提高质量: effects, no act
_DUTIFUL = re.compile(r"(?:全面|切实|认真|严格|自觉|带头)*履行[^,。;]*(?:职责|责任)$")
_VALUES = re.compile(r"(?:始终|历来|一直|一贯)*高度重视")
_NONE = re.compile(
    r"(?:未|没有|无)(?:发生|出现|收到|发现|[^,。;]{2,40}(?:发生|情况|案件|现象)(?=[,。;]))|(?:[^,。;]{0,8})零(?:投诉|信访|上访|差错|事故|败诉)|(?:所有|全部)[^,。;\d]{2,10}均|(?:我[省市县区局镇委]|全[省市县区局镇])?(?:现有|共有|现设)"
)  # what did not happen is no act
_RATES_ONLY = re.compile(r"[^,。;]*?率(?:均|都|分别|双双)?(?:达到|达|为|在|保持)?\s?[\d.]+%(?:以上)?")
_STANDS = re.compile(
    r"(?:环境|空气|水)质量[^,。;]{0,6}(?:改善|稳定|向好|达标)|(?:浓度|水质|断面|优良率|优良天数|指数)[^,。;]{0,14}(?:\d|达|为|保持|提高|提升|下降|同比)"
)
_SITTING = re.compile(r"(?<!员)(?<!常委)会议?$")  # a meeting deliberates; what else follows others do
_DELIBERATES = re.compile(r"(?:专题|多次|先后|集体|及时|认真)*(?:研究|审议|审定|听取|传达|讨论|通报|学习|部署)")
_OBJECT_END = re.compile(r"[,。;:]")
_GROUPS = (
    ("企业", "企业"),
    ("经营主体", "企业"),
    ("群众", "群众"),
    ("领导干部", "领导干部"),
    ("执法人员", "执法人员"),
    ("村(居)民", "村(居)民"),
    ("青少年", "青少年"),
    ("学生", "学生"),
    ("农民工", "农民工"),
    ("老年人", "老年人"),
    ("妇女", "妇女"),
)


def carry_over(reading: Reading, clause: Clause, subject: tuple[BodyMention, ...]) -> tuple[BodyMention, ...]:
    """The subject that goes on acting in a clause: a meeting deliberates, what else follows others do; office holders act anew."""
    if HOLDER.match(reading.folded, clause.core, clause.end) is not None:
        return ()
    if _DELIBERATES.match(reading.folded, clause.core, clause.end) is not None:
        return subject
    return tuple(body for body in subject if _SITTING.search(reading.folded, body.start, body.end) is None)


def make_action(reading: Reading, sentence: Sentence, group: list[Clause], subject: tuple[BodyMention, ...]) -> Iterator[Action]:
    """Make a measure of a group, or none where it only claims, closes or honours."""
    planned, folded = sentence.zone == "plan", reading.folded
    if not group or is_part_of(reading, group[0]) or _NONE.match(folded, group[0].core) is not None:
        return
    group = [c for c in group if c.core < c.end]
    if all(is_occasion(reading, c) for c in group):
        return
    start, end = _start_of(group[0], subject), group[-1].end
    tail = _TAIL.search(folded, start, end) if planned else None
    end = tail.start() if tail is not None else end
    text, first = folded[start:end], reading.text(group[0])
    item = planned and ENUMERATOR.match(folded, group[0].start) is not None  # an item of a plan is one, whatever its words
    if len(text) < (4 if item else 5) or _says_nothing(reading, group, text, planned) or not (_is_act(reading, group, subject) or item):
        return
    at, verb = _verb_of(reading, group)
    stands = not subject and START.match(first) is None and _STANDS.search(first) is not None  # how air and water stand
    if not (verb or item) or (stands and not planned) or (not subject and _RATES_ONLY.fullmatch(text.rstrip("。;,")) is not None):
        return
    passive = START.match(first) is None and DEEDS.match(first) is None and not subject and group[0].core not in reading.bodies
    tells = group[1] if len(group) > 1 and (reading.text(group[0]).endswith(("事项", "环节")) or is_means(reading, group[0])) else group[0]
    status = _status(text, folded[reading.behind_bodies(tells) : tells.end], planned, reading.any_count(group))
    yield Action(
        start, end, verb, _object_of(folded, at, group), status, sentence.section, sentence.topic, planned, subject, passive, _groups(text)
    )  # fmt: skip


def _says_nothing(reading: Reading, group: list[Clause], text: str, planned: bool) -> bool:
    """A closing formula, an honour, a claim without a count, or nothing but the field (持续优化营商环境)."""
    first = reading.text(group[0])
    if not planned and VAGUE.fullmatch(first) is not None and all(not c.counted and RESULT.match(reading.text(c)) for c in group[1:]):
        return True
    if not planned and (_is_talk(reading, group) or _shows(text) or (START.match(first) is None and "分别" in text and _LISTING.match(text) is not None)):
        return True
    closing = _CLOSER.search(first if not planned and START.match(first) is not None else text) is not None
    told = next(reading.text(c) for c in group if not is_occasion(reading, c))
    return closing or _HONOUR.search(told) is not None or (_CLAIM.search(text) is not None and not reading.any_count(group))


def _shows(text: str) -> bool:
    """Whether a text only says what a thing is or shows."""
    return text[0] == "的" or _TITLE.match(text) is not None or (any(word in text for word in ("是", "出", "做到")) and _IS.match(text) is not None)


def _is_talk(reading: Reading, group: list[Clause]) -> bool:
    """Where one stands and no act that shows it, by nobody named: 坚持用新思想武装队伍,树牢法治理念."""
    if _BY_DOING.match(reading.folded, group[0].core, group[0].end) is not None and len(group) > 1 and not reading.any_count(group):
        return all(RESULT.match(reading.text(clause)) is not None for clause in group[1:])
    if _UTTERED.match(reading.folded, group[0].core, group[0].end) is not None and not reading.any_count(group[1:]):
        return True
    at = reading.behind_bodies(group[0])
    if at > group[0].core and _VALUES.match(reading.folded, at, group[0].end) is not None:  # 市委、市政府高度重视法治建设: no act shows it
        return only_leads(reading, group)
    holder = HOLDER.match(reading.folded, at, group[0].end)
    if holder is not None and not reading.any_count(group) and _DUTIFUL.match(reading.folded, holder.end(), group[0].end) is not None:
        return all(is_lead(reading, c) or VAGUE.fullmatch(reading.text(c)) is not None for c in group)
    if _only_heeds(reading, group):
        return True
    if _TALK.match(reading.folded, group[0].core, group[0].end) is None or any(
        reading.has_mechanism(clause) or reading.actors(clause) or "《" in reading.text(clause) for clause in group
    ):
        return False
    return only_leads(reading, group)


def _only_heeds(reading: Reading, group: list[Clause]) -> bool:
    """Three or more clauses that follow words, by nobody named: 贯彻落实部署,严格执行《…》,坚持高位推动; study is an act."""
    if len(group) < 3 or reading.any_count(group) or "学习" in reading.folded[group[0].core : group[-1].end]:
        return False
    return all(is_lead(reading, c) and not reading.has_mechanism(c, strong=True) and not reading.actors(c) for c in group)


def _is_act(reading: Reading, group: list[Clause], subject: tuple[BodyMention, ...]) -> bool:
    """Someone acts, something is counted, or something is acted on."""
    acts = any(START.match(reading.folded, c.core) is not None for c in group)
    acts = acts or DID.search(reading.folded, group[0].core, group[0].end) is not None
    acts = acts or (_BY.match(reading.folded, group[0].core, group[0].end) is not None and MAIN.search(reading.text(group[0])) is not None)
    return acts or reading.any_count(group) or bool(subject) or is_acted_on(reading, group[0]) or reading.text(group[0]).endswith("全覆盖")


def _start_of(clause: Clause, subject: tuple[BodyMention, ...]) -> int:
    inside = [body.start for body in subject if clause.start <= body.start < clause.end and body.rule != "self"]
    return min([clause.core, *inside])


def _verb_of(reading: Reading, group: list[Clause]) -> tuple[int, str]:
    """Give where the action verb ends, and the verb: the one behind subject, adverbs and 把/对/以 …; without any, the clause's start and ''."""
    for pattern in (MAIN, ANY):
        found = next((verb for clause in group if (verb := _verb_in(reading, clause, pattern)) is not None), None)
        if found is not None:
            return found
    if group[0].counted and (deed := DEEDS.match(reading.folded, group[0].core, group[0].end)) is not None:
        return deed.end(), deed["verb"]
    if (befalls := BEFALLS.search(reading.folded, group[0].core, group[0].end)) is not None:
        return befalls.end(), next(verb for verb in befalls.groups() if verb)
    return group[0].core, ""


def _verb_in(reading: Reading, clause: Clause, pattern: re.Pattern[str]) -> tuple[int, str] | None:
    """Give where a clause's verb ends, and the verb, or None; `pattern` finds it behind a subject or 把/对/以 …"""
    at = reading.behind_bodies(clause)
    match = START.match(reading.folded, at, clause.end)
    if match is not None and not LEADS_IN.fullmatch(match["verb"]):
        return match.end(), match["verb"]
    main = pattern.search(reading.folded, at, clause.end)
    return (main.end(), main.group()) if main is not None else None


def _object_of(folded: str, start: int, group: list[Clause]) -> str:
    """What stands behind the verb, up to the clause's end."""
    stop = _OBJECT_END.search(folded, start)
    return folded[start : min(stop.start() if stop is not None else group[-1].end, group[-1].end, start + 40)]


def _status(text: str, first: str, planned: bool, counted: bool) -> str:
    """done, ongoing or planned, by the zone, then by the words."""
    if planned or _PLANNED.search(text) is not None:
        return "planned"
    if counted and _ONCE.match(first) is not None:
        return "done"
    return "ongoing" if _ONGOING.match(first) else "done"


def _groups(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for cue, name in _GROUPS if cue in text))

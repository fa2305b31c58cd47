"""Clause behind clauses → whether it opens a measure of its own, or belongs to the act before it as its step, content, count or result.

The rules are asked in order; the first that knows the clause decides.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.measures.acts import BEFALLS, START
from kg.extract.measures.clauses import HANDED, Clause, Reading
from kg.extract.measures.frames import WITH, is_frame, is_heeding, is_means, is_stance

_PART = re.compile(r"\s*(?:其中[,:]?|特别是|尤其是)")
_MEETING = re.compile(
    r"(?:[\u4e00-\u9fff]{0,12}?)召开[^,。;]{2,40}会|[^,。;]{2,16}会议?(?:专题|定期|多次|先后)*(?:研究|审议|听取|传达)|[^,。;]{0,24}听取[^,。;]{2,40}汇报"
)
_AGENDA = re.compile(
    r"(?:及时|专题|集中|认真)?(?:研究|审议|听取|传达|讨论|通报|学习)|(?:安排|研究)?部署|对[^,。;]{2,40}(?:进行|作出|作)了?(?:研究|讨论|部署|安排)"
)
_COURSE = re.compile(r"[^,。;]{0,40}(?:学习|学法|培训|讲座|研讨|课堂|辅导)")
_LESSON = re.compile(r"(?:开展|组织|进行)(?:专题|集中)?学习(?:研讨)?$|(?:重点|认真|集中|专题|系统|深入|逐章|及时|带头)*学习(?![^,。;]{0,30}\d)")
# What a document just issued says: 印发《…方案》,明确了…,对…进行了部署.
_CONTENT = re.compile(
    r"部署推进|(?:进一步|逐项)?(?:明确|细化|提出|确定|规定|分解|包括|涵盖|涉及|制定了\d)|(?:既|又)[^,。;]{1,20}|(?:并)?对[^,。;]{2,60}(?:进行|作出|作)了?[^,。;]{0,6}(?:部署|安排|分工|规范|分解)|绘就"
)
_ISSUED = re.compile(r"》(?:\([^()]{0,24}\))?(?:等(?:\d+[项个]|[一二三四五六七八九十]+[项个])?(?:文件|制度|方案)?)?$")
# Who has which seat in a group: part of setting it up (成立领导小组,镇长任组长,分管领导任副组长).
_SEAT = re.compile(r"[^,。;]{1,60}(?:任|为|担任)(?:常务|第一|双)?(?:组长|副组长|成员|主任|副主任)")
# What names no matter of its own: behind an act it only tells what the act was for.
_VAGUE = re.compile(
    r"(?:切实|统筹|不断|全面|持续|扎实|深入|进一步|全力|有力|着力|推动)*(?:加强|强化|推进|推动|狠抓|抓好|做好|履行|落实|提升|压实|加强对|促进)(?:各项|全市|全县|全区|全镇|全局|我市|我县|我局|我镇|我区|法治政府|法治建设|法治|依法行政|政府|工作|建设|组织|领导|主体|政治|责任|担当|任务|示范|引领|落实|落地|见效|稳步|前行|有序|开展|监管|督导|的|和|、)+$"
)
_GIVES = re.compile(rf"(?:将|把){HANDED}")
_OUTCOME = re.compile(r"(?:将|把)[^,。;]{0,8}(?:结果|情况|成效|得分|成绩)(?:作为|纳入|列入|与)")
_CHECKED = re.compile(r"考核|考评|评价|评议|督察|督查|检查|测评|述法|评查|考试")
# How things stand after the act: 干部法治意识明显提升.
_STATE = re.compile(
    r"[^,。;]{2,50}?(?P<whose>的)?(?:意识|能力|水平|素养|素质|质效|满意度|获得感|自觉性|氛围|形象|公信力)(?:得到|有了?|均)?(?:了|持续|明显|显著|不断|进一步|稳步|大幅|有效|全面|普遍|整体|较大|新的)*(?:提升|增强|提高|改善|好转)"
)
# 推动…: what the act was to bring about, unless something is made of it (推动出台条例, 推动6个部门入驻).
_BROUGHT = r"(?:有力|有效|切实|积极|大力|全力|持续|不断)*(?:(?:指导|督促|引导|带动|教育|促进)(?:和|并|、)?)?(?:推动|推进|促进|带动|引导|督促)(?=[^,。;]{0,24}(?:带头|增强|提升|提高|深刻|全面|深入|自觉|主动|纵深|层层|转变|有机|高质量|同频共振|深度|树立|坚持|掌握|学习|知责|履职|尊法|守法))(?![^,。;]{0,30}(?:出台|制定|修订|建立|建成|成立|组建|设立|\d))|(?:指导|督促|引导)(?:和|并|、)(?:推动|推进|促进)"
# The idea carried into everything: 将法治思维融入日常工作全过程.
_CARRIED = r"(?:切实|自觉|真正|始终)*(?:将|把)[^,。;]{2,40}(?:融入|贯穿|贯彻|落实|转化|体现)[^,。;]{0,30}(?:全过程|各方面|各领域|各环节|全链条|始终|实际行动|思路|动力|实效|成果|举措|能力)$|(?:切实|真正)把[^,。;]{2,30}(?:学深|学透|悟透|抓好|抓实|抓细)[^,。;]{0,4}$"
_RESULT = re.compile(
    rf"{_BROUGHT}|{_CARRIED}|以及|(?:及时|实时|随时)?(?:研究|协调|统筹)(?:研究|协调|推动)?(?:并)?解决|(?:切实|全面|认真|严格|自觉)*履行[^,。;]{{0,30}}(?:职责|责任)$|(?:不断|切实|进一步|持续|着力)*(?:坚定|树牢|树立|严守|坚守|强化|增强|提高)[^,。;]{{0,12}}(?:意识|理念|观念|思维|信仰|信念|底线|站位|自信|自觉|判断力|领悟力|执行力)$|"
    r"(?:切实|自觉)把[^,。;]{2,40}(?:统一|落实|转化|融入|体现)(?:到|为|在)|以[^,。;]{1,12}(?:倒逼|促进|推动|带动|助推)|(?:打造|营造|构建)(?:出|起|了)?[^,。;]*(?:局面|格局|氛围|环境|态势)$|(?:精准|有力|充分|切实|有效|极大|进一步|不断|持续|全面|着力|努力|真正|显著|大幅|全力|助力)?(?:确保|促进|提升|提高|增强|助力|破解|减轻|方便|惠及|受益|覆盖|营造|维护|保障|力促|做到|实现|解决|推动(?=[^,。;]{0,30}(?:走深走实|同部署|同谋划|同推进|同考核|落地|见效|落实|提质|增效|提升|履职|发展|解决|规范化?$|到位|再上|入脑入心|深入人心|[于为]心|[于为]行|合法合规|落细|扎根|生根|融合|领会|养成|树牢|树立|形成|常态长效|有序|顺利|全覆盖|见成效|出成效|化$))|压实|理顺|厘清|打通|满足|为(?=[^,。;]{2,30}(?:提供|奠定|发挥|打下|营造))|让|使|防止|避免|杜绝|形成|达到|取得|获|受到|明确|及时解决|夯实|充实|织密|织牢|扎牢|守牢|(?:并|及时)*向社会(?:公布|公开|公示)$|推进[^,。;]*化[、和][^,。;]*化$|激发|释放|凝聚|筑牢|将矛盾|坚决防止|防范|引导|持续推进[^,。;]{0,10}整改|展现|彰显|做到|对?[^,。;]{0,16}重要工作亲自|(?:自觉|主动)?接受(?:群众|社会|各方面?|各界)[^,。;]{0,4}监督|收到(?=[^,。;]{0,12}意见)|(?:加强|增强|强化|完善|健全|优化|改善|规范|明确|推动|推进|拓宽|带动|保证|巩固|丰富|扩大)了|推进[^,。;]{0,12}落实$|凸显|降低|节约|缩短|节省)"
)
_FOLLOWS_UP = re.compile(r"并(?:于|报|经|予以|及时|形成|向社会|按(?!要求)|根据|随)")  # 拟定方案,并于3月审议通过
_AFTERWARDS = re.compile(r"[^,。;]{2,10}后(?:再|即|及时|立即|统一|由|报|送|向|作出|进行|予以)")
_MEANS = re.compile(r"(?:通过|依托|利用|借助|纳入|列入|作为|融入|并)(?!复议|应诉|率)")
_ONLY_WORDS = re.compile(
    r"习近平法治思想|习近平新时代中国特色社会主义思想|法治政府建设|法治建设|依法行政|领导干部|执法人员|党政主要负责人|主要负责人|行政执法|行政复议|各单位|全市|全县|工作|机制|制度|体系|建设|开展|推进|重点|事项|部门|镇\(街道\)|乡镇\(街道\)|[^\u4e00-\u9fff]"
)
_OCCASIONS = frozenset(["召开", "举办", "举行", "参加", "承办", "印发", "制定", "出台", "修订", "成立", "新建"])
_NUMBER = re.compile(r"\d[\d.,]*[余多]?[万亿]?[余多]?[\u4e00-\u9fff%]{0,2}")


@dataclass(frozen=True, slots=True)
class Step:
    """A clause, and the clauses of the measure before it."""

    reading: Reading
    clause: Clause
    group: list[Clause]
    acted: bool  # a body is named at the clause's head
    planned: bool
    text: str
    start: re.Match[str] | None  # the action verb at its head

    @property
    def new(self) -> bool:
        """Whether a semicolon, a colon or a stop stands before it."""
        return self.clause.new_group


def opens_measure(reading: Reading, clause: Clause, group: list[Clause], acted: bool, planned: bool) -> bool:
    """Say whether a clause opens a new measure behind the clauses in the group."""
    text = reading.text(clause)
    step = Step(reading, clause, group, acted, planned, text, START.match(text))
    return next(opens for knows, opens in RULES if knows(step))


def is_part(step: Step) -> bool:
    """A part of what was just told."""
    return is_part_of(step.reading, step.clause)


def is_agenda(step: Step) -> bool:
    """What a meeting or a course just held did: 召开专题会议4次,研究解决重点问题6项; 组织专题学法,重点学习行政复议法."""
    folded = step.reading.folded
    for what, held in ((_AGENDA, _MEETING), (_LESSON, _COURSE)):
        if what.match(step.text) is None:
            continue
        for clause in reversed(step.group):
            if held.match(folded, clause.core, clause.end) is not None:
                return True
            if what.match(folded, clause.core, clause.end) is None and START.match(folded, clause.core, clause.end) is not None:
                break
    return False


def is_content(step: Step) -> bool:
    """What a plan just issued sets out: 印发《…方案》,部署推进25项工作."""
    folded = step.reading.folded
    return _CONTENT.match(step.text) is not None and any(_ISSUED.search(folded, clause.core, clause.end) is not None for clause in step.group)


def is_seat(step: Step) -> bool:
    """Who sits in the group just set up: 镇长任组长."""
    return _SEAT.match(step.text) is not None


def is_vague(step: Step) -> bool:
    """What the act was vaguely meant for: 全面推进依法行政工作."""
    return not step.new and not step.planned and _VAGUE.fullmatch(step.text) is not None


def gives_over(step: Step) -> bool:
    """The mechanism or the document just named is put to use (建立学法清单,将其纳入考核), or the outcome of a check (将结果作为评先依据)."""
    if step.new or _GIVES.match(step.text) is None:
        return False
    if _OUTCOME.match(step.text) and _CHECKED.search(step.reading.folded, step.group[-1].core, step.group[-1].end):
        return True
    return step.reading.has_mechanism(step.group[0]) or step.reading.folded[step.group[-1].end - 1] == "》"


def is_state(step: Step) -> bool:
    """How things stand after the act: 干部法治意识明显提升."""
    if step.new or (state := _STATE.fullmatch(step.text)) is None:
        return False
    return state["whose"] is not None or step.start is None


def is_framed_actor(step: Step) -> bool:
    """A named actor behind clauses that only lead to the act: 深入贯彻《…》,市司法局…"""
    if not step.acted or not is_frame(step.reading, step.group[-1]):
        return False
    return len(step.group) == 1 or all(is_heeding(step.reading, clause) for clause in step.group)


def has_actor(step: Step) -> bool:
    """A body named at the head acts anew."""
    return step.acted


def is_result(step: Step) -> bool:
    """What the act was for or led to, and what happened to it afterwards: 确保…, 提升…, 并于5月审议通过."""
    if _RESULT.match(step.text) or step.clause.core >= step.clause.end or _FOLLOWS_UP.match(step.reading.folded, step.clause.start):
        return True
    return not step.new and _AFTERWARDS.match(step.text) is not None


def befalls(step: Step) -> bool:
    """Without a verb at its head a clause is an act where a thing acted on is its subject, or a count of its own behind a semicolon."""
    if step.start is not None:
        return False
    reading, clause = step.reading, step.clause
    return is_acted_on(reading, clause) or (clause.new_group and reading.count(clause) > 0 and reading.count(step.group[0]) > 0)


def has_no_verb(step: Step) -> bool:
    """Any other clause without a verb at its head tells of the act before."""
    return step.start is None


def is_parted(step: Step) -> bool:
    """A clause with a verb behind a semicolon or a stop."""
    return step.new


def is_led_to(step: Step) -> bool:
    """The act that the clauses before only led to."""
    if step.planned:
        return False
    reading, group = step.reading, step.group
    led = (len(group) == 1 and is_frame(reading, group[0])) or all(is_heeding(reading, c) or is_stance(reading, c) for c in group)
    return led or is_means(reading, group[-1])


def is_by_means(step: Step) -> bool:
    """By what means the act was done: 依托平台…; with a count it is an act of its own."""
    return _MEANS.match(step.text) is not None and not (WITH.match(step.text) and step.reading.count(step.clause) > 0)


def is_same_matter(step: Step) -> bool:
    """A step of the matter just named: four characters in a row, beyond the genre's own words, stand in both clauses."""
    reading, clause, first = step.reading, step.clause, step.group[0]
    if reading.count(clause) and reading.count(first):
        return False
    words, before = (_ONLY_WORDS.sub("|", reading.text(c)) for c in (clause, first))
    return any("|" not in words[at : at + 4] and words[at : at + 4] in before for at in range(len(words) - 3))


def has_holder(step: Step) -> bool:
    """Office holders act for their house: 分管领导牵头督办."""
    return step.start is not None and step.start["holder"] is not None


def is_result_count(step: Step) -> bool:
    """A counted clause that tells how far the measure went: the first count behind a named mechanism, or a tally."""
    reading, clause, start = step.reading, step.clause, step.start
    if start is None or not reading.count(clause) or reading.has_mechanism(clause) or start["verb"] in _OCCASIONS:
        return False
    named, counted = any(map(reading.has_mechanism, step.group)), reading.any_count(step.group)
    return (named and not counted) or ((named or counted) and is_tally(step.text[start.end() :]))


def is_tally(behind: str) -> bool:
    """A count that names no object of its own (纠错3件, 减免罚款12万元) tells how the act before went."""
    return len(_NUMBER.sub("", behind)) < 6


def is_part_of(reading: Reading, clause: Clause) -> bool:
    """其中…, 特别是…"""
    return _PART.match(reading.folded, clause.start) is not None


def is_acted_on(reading: Reading, clause: Clause) -> bool:
    """A thing acted on stands as the subject: 三项制度全面落实, 综治中心建成启用."""
    match = BEFALLS.search(reading.folded, clause.core, clause.end)
    return match is not None and match.start() - clause.core >= 4


def acts(step: Step) -> bool:
    """Any other clause with an action verb at its head."""
    return True


# A rule, and whether a clause that it knows opens a measure.
RULES: tuple[tuple[Callable[[Step], bool], bool], ...] = (
    (is_part, False),
    (is_agenda, False),
    (is_content, False),
    (is_seat, False),
    (is_vague, False),
    (gives_over, False),
    (is_state, False),
    (is_framed_actor, False),
    (has_actor, True),
    (is_result, False),
    (befalls, True),
    (has_no_verb, False),
    (is_parted, True),
    (is_led_to, False),
    (is_by_means, False),
    (is_same_matter, False),
    (has_holder, True),
    (is_result_count, False),
    (acts, True),
)

"""Clause behind clauses → whether it opens a measure of its own, or belongs to the act before it as its step, content, count or result.

The rules are asked in order; the first that knows the clause decides.
"""

import re
from collections.abc import Callable

from kg.extract.measures.acts import BEFALLS, DID, HOLDER, START
from kg.extract.measures.clauses import Clause, Reading
from kg.extract.measures.contents import gives_over, is_agenda, is_content, is_function, is_seat, is_share, is_working, takes_up
from kg.extract.measures.counts import is_counted_subject, is_listed, is_procedure, is_reach, is_result_count
from kg.extract.measures.frames import WITH, is_frame, is_lead, is_means, is_purpose, is_setting
from kg.extract.measures.results import AFTERWARDS, FOLLOWS_UP, RESULT, STATE, VAGUE
from kg.extract.measures.step import Step

_PART = re.compile(r"\s*(?:其中[,:]?|特别是|尤其是)")
_MEANS = re.compile(r"(?:同步|一并)?(?:通过|依托|利用|借助|纳入|列入|作为|融入|并)(?!复议|应诉|率)")
_ONLY_WORDS = re.compile(
    r"积极组织|法治服务|重大行政决策|政务服务|公共服务|法律服务|便民服务|行政许可|行政审批|行政处罚|习近平法治思想|习近平新时代中国特色社会主义思想|法治政府建设|法治建设|依法行政|领导干部|执法人员|党政主要负责人|主要负责人|行政执法|行政复议|各单位|全市|全县|工作|机制|制度|体系|建设|开展|推进|重点|事项|部门|镇\(街道\)|乡镇\(街道\)|[^\u4e00-\u9fff]"
)
_LED = re.compile(r"由[^,。;]{2,20}(?:牵头|负责|会同[^,。;]{2,16})")
_HELD = re.compile(r"述法|学法|评查|体检|考试|培训|旁听|接访|听证|会商|巡讲")
_MADE = frozenset(["印发", "制定", "出台", "修订", "成立", "组建", "新建"])  # another document, another body
_APPRAISED = re.compile(r"考核|考评|述职|述法|述廉|评议")
_SLIGHT, _COUPLET = 12, 8  # characters; what is planned is told in shorter items: 强化学习,提升能力
_BRINGS = re.compile(r"(?:持续|全力|积极|有力|统筹|协调|扎实|深入)*推[动进]")
_NAMED_PAPER = re.compile(r"(?:要点|办法|计划|意见|方案|条例|规定|细则)$")
_OF_ITS_OWN = re.compile(r"成立|组建|召开|举办|举行|开展|组织|邀请|参加|主持|牵头|承办|协办|培训|宣传|发放|走访|听取|将|把")
_PAPER = re.compile(r"(?:制定|印发|出台|修订|下发)[^,。;]*(?:》|方案|意见|办法|通知|要点)$")
_KEPT = re.compile(r"(?:严格|认真|坚持)*(?:落实|执行|坚持)[^,。;]*?(学法|述法|学习|会商|报告|约谈|调解|接访)[^,。;]{0,4}制度$")  # 落实学法制度,局党组学法8次
_COUNTED_OFF = re.compile(r"\s*[二三四五六七八九十]{1,2}(?:是|要)")


def opens_measure(reading: Reading, clause: Clause, group: list[Clause], acted: bool, planned: bool) -> bool:
    """Say whether a clause opens a new measure behind the clauses in the group."""
    text = reading.text(clause)
    step = Step(reading, clause, group, acted, planned, text, START.match(text), clause.new_group)
    for knows, opens in RULES:
        if knows(step):
            return opens
    return True


def is_part(step: Step) -> bool:
    """A part of what was just told."""
    return is_part_of(step.reading, step.clause)


def is_state(step: Step) -> bool:
    """How things stand after the act: 干部法治意识明显提升."""
    if step.new or (state := STATE.fullmatch(step.text)) is None:
        return False
    return state["whose"] is not None or step.start is None


def is_closing(step: Step) -> bool:
    """Where one stands, said last: it tells of the act before (召开会议5次,把法治建设摆在重要位置)."""
    if step.new or step.acted or step.planned or step.reading.folded[step.clause.end : step.clause.end + 1] not in ("。", ";", "", "\n"):
        return False
    return _APPRAISED.search(step.text) is None and is_lead(step.reading, step.clause) and not only_leads(step.reading, step.group)


def is_framed_actor(step: Step) -> bool:
    """A named actor behind clauses that only lead to the act: 深入贯彻《…》,市司法局…"""
    if not step.acted:
        return False
    if before := step.reading.named(step.group[0]):  # 局党组高度重视普法,办公室… : another acts; 县委、县政府贯彻…,县委召开…: one of them does
        return step.reading.named(step.clause) <= before and only_leads(step.reading, step.group)
    kept = _KEPT.match(step.reading.text(step.group[-1]))
    if kept is not None and len(step.group) == 1 and kept[1] in step.text and step.reading.count(step.clause):
        return True
    return (len(step.group) == 1 and is_frame(step.reading, step.group[0])) or only_leads(step.reading, step.group)


def has_actor(step: Step) -> bool:
    """A body named at the head acts anew."""
    return step.acted


def is_result(step: Step) -> bool:
    """What the act was for or led to, and what happened to it afterwards: 确保…, 提升…, 并于5月审议通过."""
    if RESULT.match(step.text) or step.clause.core >= step.clause.end or FOLLOWS_UP.match(step.reading.folded, step.clause.start):
        return True
    return not step.new and AFTERWARDS.match(step.text) is not None


def befalls(step: Step) -> bool:
    """Without a verb at its head a clause is an act where a thing acted on is its subject, or a count of its own behind a semicolon."""
    if step.start is not None:
        return False
    reading, clause = step.reading, step.clause
    return is_acted_on(reading, clause) or (clause.new_group and reading.count(clause) > 0 and reading.count(step.group[0]) > 0)


def is_another(step: Step) -> bool:
    """A purpose leads to the next act; behind a semicolon others act, whoever they are: …;分管领导靠前指挥;各党小组分别组织了研讨."""
    if step.start is None and (is_purpose(step.reading, step.clause) or is_setting(step.text)):
        return True
    if not step.new or step.start is not None:
        return False
    folded, clause = step.reading.folded, step.clause
    return is_lead(step.reading, clause) or HOLDER.match(folded, clause.core, clause.end) is not None or DID.search(folded, clause.core, clause.end) is not None


def has_no_verb(step: Step) -> bool:
    """Any other clause without a verb at its head tells of the act before."""
    return step.start is None


def is_parted(step: Step) -> bool:
    """A clause with a verb behind a semicolon or a stop."""
    return step.new


def is_planned_item(step: Step) -> bool:
    """What a semicolon parts in a plan is an item of its own, with or without a usual verb."""
    return step.planned and step.new and step.reading.folded[step.clause.start - 1] == ";"


def is_enumerated(step: Step) -> bool:
    """What stands behind the second enumerator of one sentence: 一是…,二是…"""
    return _COUNTED_OFF.match(step.reading.folded, step.clause.start) is not None


def is_led_to(step: Step) -> bool:
    """The act that the clauses before only led to."""
    reading, group = step.reading, step.group
    if reading.folded.startswith("由", group[-1].core) and not step.new and _LED.fullmatch(reading.text(group[-1])) is not None:
        return True  # 由司法所牵头,清理文件
    if step.planned:
        return reading.count(step.clause) > 0 and len(group) == 1 and is_frame(reading, group[0])
    if is_frame(reading, group[0]) and not any(reading.count(c) or not RESULT.match(reading.text(c)) for c in group[1:]):
        return True
    return only_leads(reading, group) or is_means(reading, group[-1])


def only_leads(reading: Reading, group: list[Clause]) -> bool:
    """Whether nothing was done yet: clauses that lead to an act, and what they were to bring about."""
    group = [clause for clause in group if clause.core < clause.end]  # 年初, stands alone
    if not group or not is_lead(reading, group[0]):
        return False
    return all(is_lead(reading, c) or (not reading.count(c) and (RESULT.match(reading.text(c)) or VAGUE.fullmatch(reading.text(c)))) for c in group[1:])


def takes_over(reading: Reading, clause: Clause) -> bool:
    """Whether who acts in a clause acts for what was told before it, too: 聚焦重点,市司法局印发…; not where something is made of it."""
    return STATE.fullmatch(reading.text(clause)) is None and not takes_up(reading, clause)


def is_by_means(step: Step) -> bool:
    """By what means the act was done: 依托平台…; with a count it is an act of its own."""
    if (
        _MEANS.match(step.text) is None
        or (step.clause.end in step.reading.way_ends and not step.reading.has_mechanism(step.group[0], strong=True))
        or _PAPER.search(step.reading.text(step.group[-1])) is not None
    ):
        return False  # 制定通知,通过党委会组织学习: the means are those of the next act
    return WITH.match(step.text) is None or not (step.reading.count(step.clause) or step.reading.any_count(step.group))


def is_same_matter(step: Step) -> bool:
    """A step of the matter just named: four characters in a row, beyond the genre's own words, stand in both clauses."""
    reading, clause = step.reading, step.clause
    if reading.count(clause) and reading.any_count(step.group):
        return False
    if step.start is not None and step.start["verb"] in _MADE:
        return False
    if step.start is not None and step.start["verb"] == "组织" and not reading.any_count(step.group) and reading.has_mechanism(step.group[-1], strong=True):
        held = _HELD.search(reading.text(clause))
        if held is not None and held.group() in reading.text(step.group[-1]):
            return True
    words = _ONLY_WORDS.sub("|", reading.text(clause))
    before = "|".join(_ONLY_WORDS.sub("|", reading.text(c)) for c in step.group)
    return any("|" not in words[at : at + 4] and words[at : at + 4] in before for at in range(len(words) - 3))


def is_slight(step: Step) -> bool:
    """A clause that counts, holds and names nothing of its own, short or last in its sentence, tells the act before further: 查找工作短板."""
    reading, clause, text = step.reading, step.clause, step.text
    if (
        step.start is None
        or text.endswith("的")
        or reading.count(clause)
        or "《" in text
        or reading.has_mechanism(clause)
        or _NAMED_PAPER.search(text) is not None
    ):
        return False
    last = not step.planned and reading.folded[clause.end : clause.end + 1] in ("。", "\n", "")
    if len(text) > (_COUPLET if step.planned else _SLIGHT) and not last and _BRINGS.match(text) is None:
        return False
    return _OF_ITS_OWN.match(text, step.start.start("verb")) is None and not is_means(reading, clause)


def has_holder(step: Step) -> bool:
    """Office holders act for their house: 分管领导牵头督办."""
    return step.start is not None and step.start["holder"] is not None


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
    (gives_over, False),
    (is_state, False),
    (is_closing, False),
    (is_share, False),
    (is_reach, False),
    (is_working, False),
    (is_function, False),
    (is_listed, False),
    (is_framed_actor, False),
    (has_actor, True),
    (is_planned_item, True),
    (is_enumerated, True),
    (is_result, False),
    (is_counted_subject, True),
    (befalls, True),
    (is_another, True),
    (has_no_verb, False),
    (is_parted, True),
    (is_led_to, False),
    (is_by_means, False),
    (has_holder, True),
    (is_same_matter, False),
    (is_result_count, False),
    (is_procedure, False),
    (is_slight, False),
    (acts, True),
)

"""Clauses that only lead to an act: whose words they follow, to what end, by what means (深入贯彻《…》, 围绕…, 通过微信公众号)."""

import re

from kg.extract.measures.acts import MAIN
from kg.extract.measures.clauses import Clause, Reading

_FRAME = re.compile(
    r"(?:加强|强化|加大|严格|坚持|优化|锻造|提升|创新|扎实办好|做好|围绕|聚焦|按照|根据|针对|通过|依托|以|充分发挥|深入推进|着力|紧盯|紧扣|结合|立足|为|贯彻落实|认真落实|发挥|开展重点|突出|持续优化|持续加强|狠抓)"
)
_PREPOSITION = re.compile(r"(?:针对|围绕|聚焦|按照|根据|结合|立足)")
WITH = re.compile(r"通过|依托|利用|运用|借助")
_GRIP = re.compile(
    r"(?:以|把|将)[^,。;]{2,50}(?:为|作为)[^,。;]{0,8}(?:抓手|契机|载体|目标|主线|引领|导向|主题|牵引|依托|突破口|切入点|着力点|支撑|核心|龙头|基础)$|(?:将|把)[^,。;]{2,40}(?:与|和|同)[^,。;]{2,20}相?结合(?:起来)?$"
)
_TOWARDS = re.compile(r"(?:对|就|对于)[\u4e00-\u9fff]")
_SETTING = re.compile(r"[^,。;]{2,12}(?<!今)(?<!最)后|在[^,。;]{2,40}(?:基础上|前提下|指导下|领导下|支持下|过程中)")
_HEEDED = re.compile(
    r"(?:深入|全面|认真|严格|切实|持续|坚决|不断)*(?:学习)?(?:贯彻|落实|对照|对标)(?:落实|执行|学习)?[^。;]*(?:》(?:\([^()]*\))?|精神|要求|部署|决定|规定|任务)$"
)


def is_frame(reading: Reading, clause: Clause) -> bool:
    """A short general clause that only leads to the next: 加大合法性审查力度, 严格资格管理."""
    text, counted = reading.text(clause), reading.count(clause) > 0
    if text.endswith("以来") or _GRIP.match(text) or _SETTING.fullmatch(text):
        return True
    if not counted and (_PREPOSITION.match(text) or _HEEDED.match(text) or (_TOWARDS.match(text) and MAIN.search(text) is None)):
        return True
    return _FRAME.match(text) is not None and not counted and len(text) <= 30 and not text.endswith("》") and not reading.has_mechanism(clause, strong=True)


def is_heeding(reading: Reading, clause: Clause) -> bool:
    """A clause that only says what is followed: 深入贯彻落实《…纲要》,结合我市实际."""
    text = reading.text(clause)
    return (_HEEDED.match(text) or _PREPOSITION.match(text)) is not None


def is_means(reading: Reading, clause: Clause) -> bool:
    """A clause that only says by what means the next acts: 通过微信公众号,宣传…"""
    if WITH.match(reading.folded, clause.core, clause.end) is None:
        return False
    return clause.end in reading.way_ends or MAIN.search(reading.folded, clause.core, clause.end) is None

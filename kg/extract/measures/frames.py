"""Clauses that only lead to an act: whose words they follow, to what end, by what means (深入贯彻《…》, 围绕…, 通过微信公众号)."""

import re

from kg.extract.measures.acts import ANY, HOLDER, MAIN
from kg.extract.measures.clauses import Clause, Reading

_FRAME = re.compile(
    r"(?:加强|强化|加大|严格|坚持|优化|锻造|提升|创新|扎实办好|做好|围绕|聚焦|按照|根据|针对|通过|依托|以|充分发挥|深入推进|着力|紧盯|紧扣|结合|立足|为|贯彻落实|认真落实|发挥|开展重点|突出|持续优化|持续加强|狠抓)"
)
_PREPOSITION = re.compile(r"(?:紧紧|紧密|密切|牢牢|严格|认真)?(?:针对|围绕|聚焦|紧扣|按照|根据|结合|立足|遵循|对照|对标)")
WITH = re.compile(r"(?:充分|积极|广泛|有效|综合|主动)*(?:通过|依托|利用|运用|借助|用好)")
_QUOTED = re.compile(r'"[^"]{1,20}"')
_VEHICLE = re.compile(r"(?:[日周月]|节点|契机|机会|时机|载体|阵地|平台|渠道|媒体|显示屏|公众号|形式|方式)$")
_GRIP = re.compile(
    r"(?:以|把|将)[^,。;]{2,50}(?:为|作为)[^,。;]{0,8}(?:抓手|契机|载体|目标|主线|引领|导向|主题|牵引|依托|突破口|切入点|着力点|落脚点|出发点|基点|支点|支撑|核心|龙头|基础|统领|总揽|根本|指导|指引|遵循|单位)$|(?:将|把)[^,。;]{2,40}(?:与|和|同)[^,。;]{2,20}相?结合(?:起来)?$"
)
# All of a field, before what was done in it: 全面深化权责清单工作, 健全各项管理制度.
_GENERAL = re.compile(
    r"(?:全面|深入|持续|积极|扎实)+(?:深化|推进|做好|抓好)[^,。;]{2,14}工作$|(?:建立|健全|完善)+[^,。;]{0,8}各项[^,。;]{0,8}(?:制度|机制)$|(?:统筹|整合|凝聚)[^,。;]*(?:力量|资源)$|(?:持续|进一步|不断|切实)*加大[^,。;]{2,20}力度$|(?:进一步)?(?:拓宽|延伸|扩大|拓展)[^,。;\d]*(?:面|渠道|范围|领域|载体|阵地)$|(?:进一步)?(?:深化|推进)[^,。;]*(?:规范化|标准化|法治化|专业化)(?:建设)?$|(?:进一步)?健全工作机制$"
)
_GUIDE = re.compile(r"(?:要求|精神|部署|规定|原则|实际|重点|领域|任务|问题|工作|需求|目标|方向|职责|职能|思路|规则|程序|纲要|要点)$")
_DIGIT = re.compile(r"\d")
_TOWARDS = re.compile(r"(?:对|就|对于)[\u4e00-\u9fff]")
_SETTING = re.compile(
    r"(?:因|由于|鉴于)[^,。;]{4,40}|[^,。;]{4,80}等(?:重大|重要)?(?:事项|环节)|由[^,。;]{2,16}(?:牵头|负责|统筹)|在[^,。;]{2,14}方面|[^,。;]{2,12}(?<!今)(?<!最)后|在[^,。;]{2,20}(?:安排|内容|方式|形式|设置|措施)上|在[^,。;]{2,40}(?:基础上|前提下|指导下|领导下|支持下|过程中)"
)
# After or before what an act was done: 省级评估验收后, 机构改革之前.
_WHEN = re.compile(r"[^,。;]{2,30}(?:(?<![今最然落滞背事善])后|之前)")
_HEEDED = re.compile(
    r"(?:深入|全面|认真|严格|切实|持续|坚决|不断|不折不扣|坚定不移|一以贯之)*(?:学习)?(?:宣传)?(?:贯彻|落实|对照|对标|遵循|领会|执行|遵守)(?:了|落实|执行|学习)?[^。;]*(?:》(?:\([^()]*\))?|精神|要求|部署|决定|规定|任务|职责|思想|论述|战略|方针)$"
)
# Where one stands, before the act that shows it: 始终把法治建设摆在突出位置, 切实履行第一责任人职责, 坚持统筹推进, 充分发挥表率作用.
_HOW = r"(?:始终|一贯|坚持|坚决|切实|认真|严格|全面|带头|率先|积极|充分|深入|深刻|准确|牢固|牢牢|自觉|主动|着力|不断|持续|进一步|坚定不移地?|扎实|有效|高度)*"
_STANCE = re.compile(
    rf"{_HOW}(?:重视|努力(?:做好|抓好)[^,。;]*工作$|(?:统筹|协同|一体)(?:推进|协调|谋划)$|牵头$|(?:加强|强化|突出)[^,。;]{{0,14}}领导$|(?:把|将)党的(?:全面)?领导贯[穿彻][^,。;]*$|研究部署$|[\u4e00-\u9fff]{{0,4}}作为[^,。;]{{2,24}}责任人$|(?:把|将)[^,。;]{{2,60}}(?:摆在|放在|摆上|提上|列上|作为|列为|当作)[^,。;]{{0,40}}(?:位置|日程|议程|任务|工作|遵循|指南|工程|抓手|检验|首位|高度|课题|重点$|基础$|前提$)|(?:把|将)[^,。;]{{2,60}}(?:纳入|列入)[^,。;]{{0,16}}(?:日程|议程)|(?:履行|扛起|扛牢|担负|压实|强化)[^,。;]{{0,40}}(?:职责|职能|责任|使命|义务|担当)$|发挥[^,。;]*(?:作用|效应|优势|引领|表率)\"?$|(?:领会|领悟|把握|理解|认识)[^,。;]+$|(?<=坚持)(?!和完善)[^,。;]+|抓住[^,。;]{{2,20}}$|(?<=带头)(?:学法|尊法|遵法|守法)[^,。;]*$|对[^,。;]{{0,20}}亲自(?:部署|过问|协调|督办)[^,。;]*$|(?:主动|靠前)(?:向前|谋划|作为|指挥)[^,。;]*$|(?<=自觉)(?:尊法|学法|守法)[^,。;]*$|(?:依法依规(?!{ANY.pattern})|依规治党|依法决策|依宪施政)[^,。;]*$|履职尽责|深入一线|严格按照[^,。;]*(?:行使|履行)[^,。;]*(?:权力|职权|职责)$|严格规范公正文明执法$|(?:学习(?:贯彻|领会|宣传|践行)|(?<=深入)学习)[^,。;《]*$|(?:提高|增强|树牢|树立|坚定|坚守|严守|强化)[^,。;]{{0,16}}(?:站位|意识|理念|观念|思维|信仰|信念|底线|定力|自信|自觉|判断力|领悟力|执行力)$)"
)
_PURPOSE = re.compile(r"为了|为(?:扎实|深入|进一步|切实|全面|更好|确保|贯彻|落实|提高|提升|加强|强化|推动|推进|促进|做好|协助|解决|规范|有效|不断|增强|持续)")


def is_guided(text: str) -> bool:
    """A clause that names only what the act goes by: 围绕重点领域; 遵循法定程序制定文件 acts itself."""
    return _PREPOSITION.match(text) is not None and (MAIN.search(text) is None or _GUIDE.search(text) is not None)


def is_occasion(reading: Reading, clause: Clause) -> bool:
    """A clause without a count that only says after or before what the next came: 市司法局实地评估后."""
    if not reading.folded.endswith(("后", "之前"), clause.start, clause.end):
        return False
    return not _counts(reading, clause) and _WHEN.fullmatch(reading.folded, clause.start, clause.end) is not None


def is_setting(text: str) -> bool:
    """In what the act that follows was done: 在学习内容安排上."""
    return text.startswith("在") and _SETTING.fullmatch(text) is not None


def is_purpose(reading: Reading, clause: Clause) -> bool:
    """为进一步规范执法: what the act that follows is for."""
    return _PURPOSE.match(reading.folded, clause.core, clause.end) is not None


def is_lead(reading: Reading, clause: Clause) -> bool:
    """A clause without a count that tells where one stands, whom one follows, or what for: 高度重视法治建设, 贯彻《…》, 为进一步规范执法."""
    if clause.start not in reading.leads:
        reading.leads[clause.start] = not _counts(reading, clause) and _leads(reading, clause)
    return reading.leads[clause.start]


def _counts(reading: Reading, clause: Clause) -> bool:
    """Whether something is counted in figures: 五个中心 in the name of a strategy is not."""
    return reading.count(clause) > 0 and _DIGIT.search(reading.folded, clause.core, clause.end) is not None


def _leads(reading: Reading, clause: Clause) -> bool:
    at = reading.behind_bodies(clause)
    holder = HOLDER.match(reading.folded, at, clause.end)
    at = holder.end() if holder is not None else at
    if at >= clause.end:
        return False
    if reading.folded.startswith("坚持", at) and reading.has_mechanism(clause, strong=True):
        return False  # 坚持重大事项报告制度 is an act
    if _STANCE.match(reading.folded, at, clause.end) or _PURPOSE.match(reading.folded, at, clause.end):
        return True
    text = reading.folded[at : clause.end]
    return (_HEEDED.match(text) or is_guided(text) or _GRIP.match(text) or _SETTING.fullmatch(text)) is not None


def is_frame(reading: Reading, clause: Clause) -> bool:
    """A short general clause that only leads to the next: 加大合法性审查力度, 严格资格管理."""
    text, counted = reading.text(clause), reading.count(clause) > 0
    if text.endswith("以来") or _GENERAL.match(text) or _GRIP.match(text) or _SETTING.fullmatch(text):
        return True
    if _TOWARDS.match(text) and MAIN.search(text) is None:
        return True
    if not counted and (_PREPOSITION.match(text) or _HEEDED.match(text)):
        return True
    return _FRAME.match(text) is not None and not counted and len(text) <= 30 and not text.endswith("》") and not reading.has_mechanism(clause, strong=True)


def is_means(reading: Reading, clause: Clause) -> bool:
    """A clause that only says by what means the next acts: 通过微信公众号,宣传…"""
    if WITH.match(reading.folded, clause.core, clause.end) is None:
        return False
    text = _QUOTED.sub("", reading.text(clause))
    return clause.end in reading.way_ends or _VEHICLE.search(text) is not None or MAIN.search(text) is None

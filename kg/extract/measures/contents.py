"""What was just held, issued, set up or checked, told further: a meeting's agenda, a document's content, a group's seats, the use of an outcome."""

import re

from kg.extract.measures.acts import START
from kg.extract.measures.clauses import Clause, Reading
from kg.extract.measures.step import Step

_MEETING = re.compile(
    r"(?:[\u4e00-\u9fff]{0,12}?)召开[^,。;]{1,40}会|[^,。;]{2,16}会议?(?:专题|定期|多次|先后)*(?:研究|审议|听取|传达)|[^,。;]{0,24}听取[^,。;]{2,40}汇报"
)
_AGENDA = re.compile(
    r"统筹谋划|统筹推进|总结[^,。;]{0,6}(?:经验|成绩)|明确[^,。;]{0,10}(?:任务|目标|方向)|组织传达|(?:组织[^,。;\d]{2,14}?)?(?:多次|先后|定期|及时|专题|集中|认真|深入|系统|传达)*(?:研究|审议|听取|传达|讨论|通报|学习)|(?:安排|研究)?部署|分析(?:查找|研判)|查找|由[^,。;]{2,12}研究决定|(?:充分|广泛)听取|制定[^,。;]{0,8}(?:整改|措施|举措)|制定落实[^,。;]*举措|与[^,。;]{2,40}(?:讨论|座谈|研究)|对[^,。;]{2,40}(?:进行|作出|作)了?(?:研究|讨论|部署|安排)"
)
_COURSE = re.compile(r"[^,。;]{0,40}(?:学习|学法|培训|讲座|研讨|课堂|辅导)")
_LESSON = re.compile(r"(?:开展|组织|进行)(?:专题|集中)?学习(?:研讨)?$|(?:重点|认真|集中|专题|系统|深入|逐章|及时|带头)*学习(?![^,。;]{0,30}\d)")
# What is put on a plan of study, and the study: 将法治思想纳入学习计划,全年集中学习3次.
_CURRICULUM = re.compile(
    r"(?:始终|坚持)*(?:将|把)[^,。;]{2,60}(?:纳入|列入|列为|作为)[^,。;]*(?:学习|必学|学法|培训|课程)|[^,。;]{0,24}(?:学法|学习)(?:用法)?制度|[^,。;]{2,60}主题教育$"
)
_STUDY = re.compile(
    r"(?:按照[^,。;]{2,12}|以[^,。;]{2,14}|全年|年初)?(?:已|共|累计|先后)?(?:认真|深入|定期|积极|带头|系统|扎实)*(?:开展|组织|举办|召开|参加|集体|集中|专题|重点)*(?:结合[^,。;]{2,30}开展|[^,。;]{0,4}(?:干部职工|党员干部|全体干部)|(?:党[委组])?(?:理论学习)?中心组)?(?:专题|集中|集体)*(?:学习|学法|研讨)|召开[^,。;]{2,8}会开展[^,。;]{0,4}学|(?:全年|累计|共|先后)*(?:举办|开展|组织)[^,。;]{0,10}(?:培训|轮训|专题)班?(?=\d)|制定[^,。;]{0,40}(?:学习|学法)计划|(?:将|把)[^,。;]{2,40}(?:作为|列为|纳入|列入)[^,。;]*学习"
)
# What a document just issued says: 印发《…方案》,明确了…,对…进行了部署.
_CONTENT = re.compile(
    r"部署(?:推进|开展|实施|落实)|(?:并)?(?:进一步|逐项)?(?:明确|细化|提出|确定|规定|分解|包括|涵盖|涉及|制定了\d)|(?:既|又)[^,。;]{1,20}|(?:并)?对[^,。;]{2,60}(?:进行|作出|作)了?[^,。;]{0,6}(?:部署|安排|分工|规范|分解|要求)|将[^,。;]{2,20}作为[^,。;]*原则$|对[^,。;]{2,40}(?:层层|全面|逐项)(?:安排)?部署$|绘就"
)
_ARRANGED = re.compile(r"对[^,。;]{2,40}(?:进行|作出|作)了?[^,。;]{0,6}(?:部署|安排|要求)")
_ISSUED = re.compile(
    r"》(?:\([^()]{0,24}\))?(?:等(?:\d+[项个]|[一二三四五六七八九十]+[项个])?(?:一系列|系列|多项)?(?:制度)?(?:文件|制度|方案)?)?$|(?:印发|下发|制定|出台|修订)[^,。;]{2,40}(?:要点|意见|方案|通知|计划|办法|规则|细则|规定)$"
)
# Who has which seat in a group: part of setting it up (成立领导小组,镇长任组长,分管领导任副组长).
_POSTS = ("长", "成员", "主任", "负责")
_SEAT = re.compile(
    r"[^,。;]{1,60}(?:任|为|担任)(?:常务|第一|双|[\u4e00-\u9fff]{2,10}小组)?(?:组长|副组长|成员|主任|副主任)|(?:统一|具体|全面|统筹)?负责[^,。;]*工作$|(?:并|同时)?(?:下设|设立|设)了?[^,。;\d]{0,10}办公室(?:$|统筹|负责|具体)"
)
# What the post, section or house just named is there for: 明确监督科为牵头科室,负责案件查处,协调纠纷处理等职能.
_NAMED_FOR = re.compile(r"(?:明确|确定|指定|设立|成立|组建|增设)[^,。;]*(?:为[^,。;]*(?:人|科室|处室|机构|部门|单位)|科|处|室|办公室|中心|机构|小组)$")
_DUTY = re.compile(r"(?:主要|具体|统一|全面)?负责(?!人)|[^,。;]*(?:等|相关)(?:法治|相关)?(?:工作)?(?:职能|职责)$")
# What a group just set up is there for: 成立领导小组,研究解决重大问题.
_SET_UP = re.compile(r"(?:成立|组建|设立)[^。;]*(?:小组|专班|委员会|指挥部|工作组|办公室)")
_LED_BY = re.compile(r"由[^,。;]{2,20}(?:牵头|负责|组成|统筹)$|[^,。;]{2,20}配合$")
# What an adviser just hired does: 聘请律师担任法律顾问,参与案件办理.
_ADVISER = re.compile(r"(?:聘请|选聘|续聘|外聘|聘用)[^,。;]*(?:律师|顾问)")
_ADVISES = re.compile(r"为[^,。;]*提供|(?:全程|积极)?参与|协助|负责|提供|审查")
_TASK = re.compile(r"(?:定期|及时|多次)*研究(?:解决|部署|决定)|统筹(?:推进|协调|谋划|负责)|对[^,。;]{2,30}(?:进行|作出)(?:安排|部署|统筹|指导|督促|协调)")
_TAKES_UP = re.compile(r"(?:将|把|对)(?:其|之|此|该)")
_TALLY_OF_STUDY = re.compile(r"(?:共|累计|全年|先后)*(?:开展|组织|集中|专题)[^,。;]{0,10}(?:学习|学法)(?=\d)")
_OUTCOME = re.compile(r"(?:将|把)[^,。;]{0,4}(?:结果|情况|成效|得分|成绩|等次)(?:作为|纳入|列入|与)")
_CHECKED = re.compile(r"考核|考评|评价|评议|督察|督查|检查|测评|述法|评查|考试")
_LISTS = re.compile(r"(?:编制|梳理|建立)[^,。;\d]{0,4}(?:目录|清单|台账)")
_BUILT = re.compile(r"(?:高标准|率先|全面|创新)*(?:打造|搭建|建成|建设|开发|研发|上线|升级)")
_WORKS = frozenset(["整合", "完成", "汇聚", "归集", "接入", "对", "推送", "采集", "录入", "开展", "受理", "办理", "设置", "开设", "配备", "实行"])
_DIVIDED = re.compile(r"明确[^,。;]*(?:分工|职责|责任|任务)$|(?:责任|职责)分工")
_SHARE = re.compile(r"(?:牵头|负责|承担|协助|配合|具体|根据|按照|各司其职|按职责)")
_OFTEN = re.compile(r"(?:每(?:年|半年|季度?|月|周|两月|日)|定期|不定期|适时)(?!.{0,24}(?:述法|学法))")


def is_agenda(step: Step) -> bool:
    """What a meeting or a course just held did: 召开专题会议4次,研究解决重点问题6项; 组织专题学法,重点学习行政复议法."""
    folded = step.reading.folded
    anew = step.acted and (step.reading.any_count(step.group) or step.reading.named(step.group[0]))
    behind = step.text if anew else folded[step.reading.behind_bodies(step.clause) : step.clause.end]  # 省委中心组|专题学习
    for what, held in ((_AGENDA, _MEETING), (_LESSON, _COURSE), (_STUDY, _CURRICULUM), (_TALLY_OF_STUDY, _COURSE)):
        if what.match(behind if what is _STUDY else step.text) is None:
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
    if _CONTENT.match(step.text) is None:
        return False
    if _ARRANGED.match(step.text) and step.reading.has_mechanism(step.group[0], strong=True):
        return True  # 健全述法制度,对述法工作作出安排
    return any(_ISSUED.search(folded, clause.core, clause.end) is not None for clause in step.group)


def is_seat(step: Step) -> bool:
    """Who sits in the group just set up: 镇长任组长."""
    if any(word in step.text for word in _POSTS) and _SEAT.match(step.text) is not None:
        return True
    if not step.acted and ("负责" in step.text or step.text.endswith(("职能", "职责"))) and not step.reading.count(step.clause) and _DUTY.match(step.text):
        return any(_NAMED_FOR.search(step.reading.text(clause)) is not None for clause in step.group)
    if not step.acted and not step.reading.count(step.clause) and _ADVISES.match(step.text) and _ADVISER.search(step.reading.text(step.group[0])):
        return True
    if (
        step.text.endswith(("牵头", "负责", "组成", "统筹", "配合"))
        and not step.new
        and _LED_BY.match(step.text) is not None
        and _SET_UP.search(step.reading.text(step.group[0])) is not None
    ):
        return True
    task = not step.new and not step.acted and not step.reading.count(step.clause) and _TASK.match(step.text) is not None
    return task and any(_SET_UP.search(step.reading.text(clause)) is not None for clause in step.group)


def gives_over(step: Step) -> bool:
    """What was just made is put to use (建立学法清单,市普法办将其向全市推广), or the outcome of a check (将结果作为评先依据)."""
    if step.new:
        return False
    if takes_up(step.reading, step.clause):
        return True
    return _OUTCOME.match(step.text) is not None and _CHECKED.search(step.reading.folded, step.group[-1].core, step.group[-1].end) is not None


def takes_up(reading: Reading, clause: Clause) -> bool:
    """Whether a clause does something with what was just named: 将其, 对此."""
    return _TAKES_UP.match(reading.folded, reading.behind_bodies(clause)) is not None


def is_working(step: Step) -> bool:
    """How often a mechanism just made works: 建立清理机制,每季度对文件进行梳理."""
    if step.new or step.acted or step.planned or _OFTEN.match(step.reading.folded, step.clause.start, step.clause.end) is None:
        return False
    return step.reading.has_mechanism(step.group[-1], strong=True) and not step.reading.has_mechanism(step.clause)


def is_function(step: Step) -> bool:
    """What a platform just built does: 搭建监督平台,每半年对重点科室进行评议; 编制事项目录 behind a mechanism."""
    if step.new or step.acted or step.planned:
        return False
    reading = step.reading
    if step.text.endswith(("目录", "清单", "台账")) and _LISTS.fullmatch(step.text) is not None:
        return reading.has_mechanism(step.group[0], strong=True)
    if not reading.makes_platform(step.group[0]) or _BUILT.match(reading.text(step.group[0])) is None:
        return False
    return step.start is None or step.start["verb"] in _WORKS


def is_share(step: Step) -> bool:
    """Who does what, behind 明确责任分工: 法规科牵头承担具体工作, 各科室按职责抓好落实."""
    if not step.acted or step.planned or step.reading.count(step.clause) or _SHARE.match(step.reading.folded, step.reading.behind_bodies(step.clause)) is None:
        return False
    return any(_DIVIDED.search(step.reading.text(clause)) is not None for clause in step.group)

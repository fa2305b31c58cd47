"""What is counted behind a count or a named mechanism: how far the measure went, how the cases went on, or another counted thing."""

import re

from kg.extract.measures.acts import ANY
from kg.extract.measures.frames import WITH
from kg.extract.measures.step import Step

_OCCASIONS = frozenset(["召开", "举办", "举行", "参加", "承办", "印发", "制定", "出台", "修订", "成立", "新建"])
_HELD = frozenset(["开展", "组织", "邀请", "主持", "牵头", "培训", "宣传", "发放", "走访", "听取"])  # an act of its own, however often
# How cases go on, and what shows that cases are told of.
_HANDLED = re.compile(
    r"(?:累计|共|依法|根据[^,。;]{2,10}依法)?(?:下达|下发|发出|制发|送达|立案|查处|查办|移送|追究|行政处罚|处罚|罚款|没收|责令|查扣|扣押|查封|吊销|取缔|抓获|打掉|审结|结案|执结|办结|整改|发现|免予|免罚|减免|挽回|追回|维持|撤销|驳回|纠正|胜诉|败诉|抽查|评出)|对[^,。;]{0,8}\d[^,。;]*(?:免予|不予|从轻|减轻|处罚|立案|查处)|向[^,。;]{2,10}移送|向社会公布[^,。;]*\d"
)
# How a drive went: 开展专项执法,检查市场230家次.
_DRIVE = re.compile(r"(?:开展|组织)[^,。;\d]*(?:执法|检查|行动|整治|排查|督查|巡查|巡护)$")
_WENT = re.compile(r"(?:累计|共|先后)*(?:检查|排查|巡查|出动|查处|查办|立案|发现|整改|约谈|走访)")
_CASES = re.compile(r"检查|巡查|执法|案卷|案件|投诉|举报|线索|处罚|立案|复议|诉讼|监察|隐患|违法|行动|整治")
_COUNTED_SUBJECT = re.compile(r"\d+余?[个项类家件种条名][^,。;]{0,16}?(?:纳入|列入|实行|实现|完成|入驻|下放|取消|推行|落地|接入)")
_MANY = re.compile(r"\d+余?[家个]|[两三四]级")
_TAKEN_IN = re.compile(r"\d+[项个件家][^,。;]{0,16}(?:列入|纳入)")
_ACTED = re.compile(r"(?:依法|拟|另)?[\u4e00-\u9fff]{2}\d")
_NUMBER = re.compile(r"\d[\d.,]*[余多]?[万亿]?[余多]?[\u4e00-\u9fff%]{0,2}(?:左右|以上|以内)?")


def is_counted_subject(step: Step) -> bool:
    """Counted things of another kind that something befalls: 28个项目纳入容缺办理,38个事项实行告知承诺."""
    return step.text[:1].isdigit() and _COUNTED_SUBJECT.match(step.text) is not None and _COUNTED_SUBJECT.match(step.reading.text(step.group[0])) is not None


def is_listed(step: Step) -> bool:
    """How many a list just made takes in: 公布决策事项目录,5项决策列入清单化管理."""
    return step.text[:1].isdigit() and not step.new and _TAKEN_IN.match(step.text) is not None and step.reading.text(step.group[-1]).endswith(("目录", "清单"))


def is_result_count(step: Step) -> bool:
    """A counted clause that tells how far the measure went: the first count behind a named mechanism, or a tally."""
    reading, clause, start = step.reading, step.clause, step.start
    if start is None or not reading.count(clause) or reading.has_mechanism(clause) or start["verb"] in _OCCASIONS:
        return False
    named, counted = any(map(reading.has_mechanism, step.group)), reading.any_count(step.group)
    if not counted:
        issued = reading.text(step.group[-1]).endswith("》") and start["verb"] not in ("将", "把")  # 印发《措施》,清偿欠款4亿元 : another act
        return named or (not issued and start["verb"] not in _HELD and WITH.match(step.text) is None)
    return is_tally(step.text[start.end() :])


def is_procedure(step: Step) -> bool:
    """A further count of the cases just told: 检查企业3415家次,下达责令改正书208份,立案查处167件."""
    reading = step.reading
    if not reading.count(step.clause) or (handled := _HANDLED.match(step.text) or _WENT.match(step.text)) is None:
        return False
    if not reading.any_count(step.group):
        return not step.new and handled.re is _WENT and _DRIVE.search(reading.text(step.group[-1])) is not None
    return any(_CASES.search(reading.text(clause)) is not None for clause in step.group)


def is_reach(step: Step) -> bool:
    """How many took part in the mechanism just named: 推行扫码入企,29家执法单位累计扫码6425次; 推进年终述法,各部门年终述法96人次."""
    if not step.acted or step.planned or step.reading.any_count(step.group):
        return False
    if _MANY.match(step.text) is not None:
        return any(map(step.reading.has_mechanism, step.group))
    return step.reading.count(step.clause) > 0 and step.reading.shares_name(step.clause, step.group)


def is_tally(behind: str) -> bool:
    """A count that names no object of its own (纠错3件, 减免罚款12万元) tells how the act before went."""
    first, *others = behind[_leading(behind) :].split("、")  # 8项、承接10项、依法设定8项: further verbs, no further objects
    return len(_NUMBER.sub("", first)) < 6 and all(_ACTED.match(part) is not None for part in others)


def _leading(behind: str) -> int:
    """Where a second verb right behind the first ends: 参与|处置|涉法事务40次."""
    second = ANY.match(behind)
    return second.end() if second is not None else 0

"""Words at a figure → what they forbid: a label must agree with the scope, the rate, the acts, the growth and the matter that are spoken of."""

import re
from dataclasses import dataclass

from kg.link.matters import goes_back, matter_of
from kg.link.words import Context
from kg.ontology import Concept

# What a figure counts when it only tells among how many something was done (对15个区开展督察): links to nothing that is not so called.
_SCOPES = re.compile(
    r"(?:政府|工作|市直|县直|区直|省直|自治区直属|直属|责任|成员|职能|执法|行政|相关|市|县|区)*(?P<scope>部门|单位|机关|盟市|乡镇|镇街|街道|社区|镇(?=\(街道\))|村|县市区|市县|县区|区县|市州|市|县|区|州|盟|旗|省|企业|学校|领域|行业|机制|措施|举措|[\u4e00-\u9fff]{0,16}(?:检查|督察|督查|督导|巡察|工作|调研)组|[\u4e00-\u9fff]{0,8}专班)(?:单位|\([^()]{1,4}\))?(?=$|[的、]|落地|全面|全部|推行|试行|办结|报送)"
)
_RATE_HEAD = re.compile(
    r"(?P<head>[\u4e00-\u9fff]{2})率(?:均|都|分别|双双|总体|稳定)?(?:上升|提高|提升|增长|下降|降低|升|降|保持|稳定)?(?:达到|达|为|至|到|在|实现|保持|超过|超|不低于)*$"
)
# Words that turn a figure into another one: a label holds them where the text does, and the other way round.
_TURNS = re.compile(
    r"取消|下放|承接|划转|调整|减免|同一|网上办件|平均|[人案件次户亩]均|日均|月均|年均|户均|整改|废止|失效|修改|抽查|抽取|复查|征求|反馈|结转|移送|纠错|纠正|撤销|维持|驳回|败诉|罢免|流转|新登记|新设|培训|轮训|评查|清理|反映|备案|出动|优秀|不合格|免罚|"
    r"免予|免除|受理前|立案前|每万|审查|汇报|考试|减少(?!了)|任前|万人|解除|清单(?!化)|考核|水质|断面|专精特新|外资|外商|小巨人|高新技术|规上|规模以上|上市|独角兽|药品|化妆品|医疗器械|成品油|(?<!农)产品|计划(?=检查|抽查|完成|开展)|"
    r"名单|协理员|招录|招聘|分办|直接办结|一次办结|防止|避免|处罚权|许可申请|许可受理|不予许可|新增(?=\s?(?:持证|执法|行政执法))|省内|主动评价|取缔|(?:无证无照|违法违规)(?=[^,;。]{0,6}主体)|因灾|命案|收到评价|协议|荣获|模范|规章制度|现行有效|非现场|建议"
)
_NEEDED = re.compile(
    r"检查(?=定点|两定)|追缴|追回|抓获|收缴|挽回|即办|即时|受理刑事|下放|取消|承接|压减时限|压缩时限"
)  # what a label says of a person or a thing, the text says too
_STAGES = re.compile(r"审结|已结|办结|结案|胜诉|败诉|受理|收到|一审|二审|再审|出庭|应出庭|积案")  # of two labels, the one that tells the stage
# What a figure with its share of a whole behind it must say to be more than a class of that whole: 审结40件,占80%, not 行政处罚类40件,占80%.
_CLASS = re.compile(r"(?<![各种分一两二三四五])类(?:案件|信件|诉求|工单|申请|纠纷)?(?:数量)?(?:最多)?(?:共|有|达|为)*$|间接[^,;。]{0,4}$")
_ACTS = re.compile(
    r"免罚|不罚|不予处罚|受理|审结|办结|结案|撤销|维持|驳回|终止|调解|和解|纠错|纠正|变更|确认|责令|出庭|败诉|胜诉|移送|办理|查处|处罚决定|抽查|检查|整改|采纳|网办|网上|立案|持证|取得|新增|新设|合格"
)
# Persons who are sent or take part are not all that there are: 组织20名律师参与接访.
_SENT = re.compile(r"(?:组织|选派|安排|邀请|抽调|动员|派出)[^,。;]{0,8}$")
_SERVE = re.compile(r"[^,。;]{0,24}?(?:担任|参加|参与|开展|深入|下沉|进驻|走进|组成|旁听|走访|为[^,。;]{1,12}提供)")
_HELD = re.compile(r"聘[任请]|现有|共有|所有|全部")
_GROWS = re.compile(r"(?:增长|增加|上升|提高|提升|下降|减少|降低|压减)(?:了|约|近|超)?$|(?:同比|环比|比上年|比去年|较上年|较去年|较同期)[^,;。]{0,8}$")
_CUTS = re.compile(r"减|降|压")
_NOT_DONE = re.compile(r"未(?!成年|来|遂|检|婚)|没有|尚无")  # 16件案件负责人未出庭 is no appearance
_ADDED = re.compile(r"(?:新增|净增|新设立?|增加)(?:了)?$")  # how many more is no total: 全国律师事务所新增21家
_PER = re.compile(r"平均每|每[百千万]?[人天日月户]|日均|月均|人均|户均")  # neither is an average, nor so many for each
_MEETS = re.compile(r"会议|召开|主持|第[一二三四五六七八九十\d]{1,3}次")  # a body does other things than meet


@dataclass(frozen=True, slots=True)
class Said:
    """What the words at a figure say besides its name."""

    context: Context
    scope: str | None
    rate: str | None
    turns: frozenset[str]
    stages: frozenset[str]
    grows: bool
    category: bool
    matter: frozenset[str] | None
    undone: bool
    meets: bool
    per: str | None

    def allows(self, concept: Concept, label: str, under: bool) -> bool:
        """Whether a figure so spoken of can be an indicator, by a label of it; `under` where the label holds only under the indicator's matter."""
        if (self.grows and _CUTS.search(concept.zh) is None) or self.category:
            return False
        if (self.undone and _NOT_DONE.search(label + concept.zh) is None) or (label.endswith("会议") and not self.meets):
            return False
        if under if self.matter is None else self._is_foreign(concept, label, self.matter) and not self.goes_back(concept, label, under):
            return False
        other = _RATE_HEAD.search(label) if self.rate is not None else None
        if other is not None and str(self.rate) not in label + concept.zh and other["head"] not in self.context.near:
            return False
        if (needed := _NEEDED.search(label)) is not None and needed.group() not in self.context.near + self.context.rest:
            return False
        if self.context.near.endswith("案卷") and "案卷" not in label + concept.zh:
            return False
        if self.scope is not None and re.search(rf"{self.scope}(?:单位|\([^()]*\))?[个家户次]*数?$", concept.zh) is None:
            return False
        if concept.value("temporal") == "stock" and (_ADDED.search(self.context.near) is not None or (_is_standing(concept) and self._are_sent())):
            return False
        if self.per is not None and self.per not in label + concept.zh:
            return False
        return not self.turns or not self.turns.isdisjoint(_TURNS.findall(label + concept.zh))

    def tells_stage(self, concept: Concept, label: str) -> bool:
        """Whether a label tells the stage of a case that the figure's own words tell."""
        return not self.stages.isdisjoint(_STAGES.findall(label + concept.zh))

    def _are_sent(self) -> bool:
        """Whether the persons are some who are sent or take part, not all that there are."""
        near, behind = self.context.near, self.context.after + self.context.rest
        held = _HELD.search(near or self.context.wide[-16:])  # 聘请4名顾问、20名律师: of the first member of the list
        return _SENT.search(near) is not None or (_SERVE.match(behind) is not None and held is None)

    def goes_back(self, concept: Concept, label: str, under: bool) -> bool:
        """Whether a label is a short name of a matter named before the one that is spoken of, which does not know it."""
        return under and self.matter is not None and concept.id not in self.matter and goes_back(concept.id, label, self.context)

    def _is_foreign(self, concept: Concept, label: str, matter: frozenset[str]) -> bool:
        """Whether an indicator belongs to another matter than the one that is spoken of, and the words at the figure do not name its own."""
        own = concept.values.get("matter", ())
        spoken = self.context.near + self.context.after + self.context.rest
        return own != () and concept.id not in matter and not any(word in label and word in spoken for word in own)


def said_of(context: Context) -> Said:
    """Read the words around a figure."""
    own = context.own
    scope, rate = _SCOPES.match(context.after), _RATE_HEAD.search(context.near)
    return Said(
        context,
        scope["scope"] if scope is not None else None,
        rate["head"] if rate is not None else None,
        frozenset(_TURNS.findall(own)),
        frozenset(_STAGES.findall(own)),
        _GROWS.search(context.near) is not None,
        (context.share and _ACTS.search(own) is None) or _CLASS.search(context.near) is not None,
        matter_of(context),
        _NOT_DONE.search(own) is not None,
        _MEETS.search(context.near + context.after + context.rest) is not None,
        per.group() if (per := _PER.search(own)) is not None else None,
    )


def _is_standing(concept: Concept) -> bool:
    """Whether an indicator counts the persons that there are."""
    return concept.value("temporal") == "stock" and concept.value("printedUnit") == "人"

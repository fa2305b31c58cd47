"""Folded text → MechanismMentions of quoted names: “码上监督”平台, “热线+督查+N”联动工作机制, “一窗收办”; and the head nouns that names have."""

import re
from collections.abc import Iterator

from kg.extract.quotes import find_quoted
from kg.model import MechanismMention

HEADS = {
    "platform": "平台|系统|中心|大厅|热线|专区|小程序|APP|基地|工作站|服务站|联络站|数据库|信息库|专家库|网格|驾驶舱|指挥部|窗口",
    "list": "责任清单|负面清单|清单|目录|名录|台账",
    "coordination": "联席会议|联动机制|协作机制|协同机制|衔接机制|合作机制|共享机制|联合体|共同体|格局|协调机制|会商机制|合力",
    "campaign": "专项斗争|专项清理|实践活动|专项行动|专项整治|集中整治|专项治理|专项活动|三年行动|攻坚行动|整治行动|宣传月|宣传周|行动|整治|活动|改革|试点|工程|创建|攻坚战|保卫战|大比武|比武|竞赛|评选|主题活动|系列活动|进校园活动|进企业活动|进社区活动|进乡村活动|进机关活动|进万家活动",
    "service": "特色品牌|服务品牌|品牌|通道|阵地|服务圈|生活圈|服务|套餐|专窗|工作室|调解室|驿站",
    "institution": "责任制|制度体系|制度|机制|体系|模式|办法|学习教育|评查|评估|审计|审查|审核|备案|述法|督察|督查|专项督查|研判|会议|程序|工作法|基准|规则|规程|评议|大讲堂|讲堂|评价|认定",
}
TYPES = {head: kind for kind, heads in HEADS.items() for head in heads.split("|")}
HEAD = "|".join(sorted(TYPES, key=len, reverse=True))
STRONG = "专项斗争|实践活动|(?:负责|办结|告知|承诺|问责|会商|包案|包联|销号|合议|追究|倒查|回避|联系|公示)制(?!度)|管理制(?!度)|责任制(?!度)|主题教育|制度|机制|平台|系统|清单|目录|专项行动|专项整治|集中整治|专项治理|专项清理|专项活动|三年行动|攻坚行动|整治行动|行动|改革|体系|试点|学习教育|模式|联席会议|责任清单|负面清单|大讲堂|联合体|人才库|专家库|案例库|信息库|数据库|基准|热线|主题活动|系列活动|(?:宣传|服务)[月周](?:活动)?|(?:提优|提升|培养|培育|铸魂|强基|赋能|领航|护航|惠民|民心|暖心|育才)工程|进(?:校园|企业|社区|乡村|机关|万家)活动|大比武"
LOOSE = r"(?:征文|竞答|演讲|工作|事项|决策|综合|管理|专项|联动|运行|服务|政策|特色|系列|主题|普法|执法|监管|数字化|智能|信息化|一体化|推进|示范|试点|改革|治理|办理|审批|法治|监督|调解|宣传|教育|培训|培养|培育|实践|公共|法律)"
_PLAIN = r"(?:(?!开展|推进|建立|完善|打造|实施|构建|加强|强化|推动|健全|深化|落实|创新|优化|制定|出台|形成|提升)[\u4e00-\u9fff](?<![的和与及在等为将了以对由]))"  # a character of a name, no verb and no particle
_AND_SO_ON = re.compile(rf"等(?:[\u4e00-\u9fff]{{0,4}}?)(?P<head>{HEAD})")  # “甲”“乙”等改革: the head is said of all, no part of a name
_TAIL_WORDS = r"[\u4e00-\u9fff]{0,8}?"  # between a quoted formula and its head: “1+6”应急指挥体系
_BRAND_END = re.compile(
    r"(?:联动|监管|合一|一次|一策|一码|一员|一站|一窗|一网|一课|双责|协商|审批|一图|一张网|一件事|一类事|工程|计划|快办|通办|帮办|代办|即办|好办|易办|调解|治理|执法|检查|普法|审批|承诺|免罚|减负|包联|会诊|吹哨|报到|护航|攻坚|体检|问诊|驿站|课堂|论坛|讲堂|诊所|直播|直通车|名片|大篷车|夜校|早市|下乡|[三四五六七八九十]进|联审|联办|联勤|联动|联处|联调|一体化|全覆盖|双述|双考|述法|学法|考法|指数|套餐|管家|店小二|帮扶|例会|夜学|晨学|开讲|说法|微课|通道|专场|小院|议事厅|会客厅|直播间|工作坊|之家|超市|门诊|热线|专窗|双向|同查|同管|共治)$"
)
_BRANDED = re.compile(
    rf"(?:(?:{LOOSE})|(?:{HEAD})){{0,3}}(?P<head>{HEAD})|的[\u4e00-\u9fff]{{0,6}}?(?P<head2>格局|管理|模式|机制|体系|平台|责任制|制度)|{_PLAIN}{{1,8}}(?P<head3>特色品牌|服务品牌|品牌|制度改革|综合改革|改革|机制|制度|平台|系统|模式|行动|体系|清单|工作法|试点|程序|APP|基地|工作站)"
)
_FORMULA_TAIL = re.compile(rf"(?![,。;、]){_TAIL_WORDS}(?:{STRONG})(?!(?:{STRONG}))")
_SLOGAN = re.compile(
    r"[!?]|^[一二三四五六七八九十百千]+[个大]|^\d+$|^(?:习近平|(?:一把手|关键少数|绝大多数|三农|头雁|领头雁)$|一带一路|一老一小|小三通|五个一工程|一国两制|一规划两纲要|最初一公里|回头看|小马拉大车|最后一公里|中梗阻|僵尸|痛点|堵点|难点|破窗|朋友圈|一刀切|内卷|放水养鱼|两个|四个|八个|三个|五位|十四五|十五五|十三五|八五|七五|两会|百千万|国考)|(?:亲自|具体|协同)抓|\d.*日$|必须为|不可为"
)
_ADOPTED = re.compile(
    r"(?:实施|纳入|推行|实行|推广|探索|建立|开展|搭建|启动|创建|首创|推出|落实|执行|运用|采用|采取|设立|设置|应用|依托|开办|开设|组建|上线|成立)(?:了)?[\u4e00-\u9fff]{0,4}(?:\"[^\"\n。;]{2,14}\"[、和及]?)*$"
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


def find_quoted_names(folded: str) -> Iterator[MechanismMention]:
    """“码上监督”平台, “热线+督查+N”联动工作机制, “一窗收办”."""
    shared: tuple[int, str] | None = None
    for first, last in reversed(find_quoted(folded)):
        start, end, inner = first - 1, last + 1, folded[first:last]
        if (
            not 2 <= len(inner) <= 28
            or re.search(r"[。;]", inner) is not None
            or folded[max(0, start - 1)] == "《"
            or (_SLOGAN.search(inner) and not folded.startswith("工程", end))
        ):
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
        yield MechanismMention(start, tail.end() if tail is not None else end, TYPES.get(head or "", "service"), None, "quoted-brand")


def _is_brand(inner: str, adopted: bool) -> bool:
    """Whether a quoted name without head noun is an arrangement: a formula, a short form (一窗通办), or one that is said to be adopted."""
    if re.search("[+·]", inner) is not None and re.fullmatch(r"\d+·\d+", inner) is None:
        return inner[-1] not in "+·"
    if "的" in inner:
        return False
    if re.search(r"[办享通查码链云站圈]$", inner) is not None or (_BRAND_END.search(inner) is not None and len(inner) <= 14):
        return True
    return adopted and re.fullmatch(r"[\u4e00-\u9fff\d]{3,10}", inner) is not None


RULES = (find_quoted_names,)

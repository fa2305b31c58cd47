"""Where a name begins: the words that open a clause's object, shared by the readers of mechanisms, documents and events."""

import re

_VERBS = (
    "[一二三四五六七八九]是|我们(?:要|将)?|建立健全|建立完善|健全完善|修订完善|探索建立|探索构建|严格执行|严格落实|全面落实|全面推行|全面推进|深入推进|深入开展|深入实施|持续推进|持续深化|持续开展|组织开展|贯彻落实|贯彻执行|规范落实|推动落实|创新打造|创新搭建|创新开展|高标准建成|常态化开展|统筹推进|大力推行|积极推行|积极推进|加快推进|加快建设|加快构建|着力构建|持续完善|不断完善|不断健全|进一步完善|进一步健全|扎实开展|扎实推进|"
    "制定并公示|制定印发|研究制定|印发实施|审议通过|修订出台|"
    "认领(?:并?公[布示])?|牵头(?!单位|部门|机关|抓总|人|领导|作用|责任|协调|科室)|加大|获评|荣获|理顺|释放|激发|厘清|明晰|接入|入驻|建立|健全|完善|推行|推进|推动|实行|落实|深化|开展|推开|固化|融入|担任|建成|打造|搭建|执行|构建|探索|制定|编制|实施|创新|优化|强化|加强|发挥|通过|依托|利用|运用|采用|采取|实现|形成|出台|印发|启动|上线|组织|召开|举办|纳入|坚持|规范(?!性|化)|(?<!学习)贯彻(?!中央八项)|本着|细化|暂停|关闭|严格|推出|设立|成立|组建|开设|开通|(?:(?<![\u4e00-\u9fff])|(?<=[快进划准量续筹面入实极步焦局委])|(?<=力)(?<!能力))建设(?!性)|完成|做好|抓好|按照|对照|根据|审定|修订|下发|转发|遵循|赴(?!约)|以(?!案|奖|工|赛|上|下|来|及)|将(?!来)|把(?!关|握|手)|(?<![应核比])对(?!外|口|接|标|策|象|台)|(?<!参)与(?!会)|和(?!美|谐|平|解|睦)|(?<![涉普])及(?!时)|(?<!合)并(?!联|网|购|轨)|(?<![存潜现])在(?!线|建|岗|册|途|编)|(?<![理自缘])由(?!于)|(?<![方导双意定])向(?!好|善|上)|(?<!行)为(?!民|农|企|期|先)|(?<![信费适作录专公征])用(?!户|地|电|水|工|能|药|法|品|途|语|餐|车|房|人|章|具)|(?<![财已政])经(?!济|营|贸|验|费|常|办|典|纪|过|开(?!展|通|设))|暨"
)
# Verbs that are also parts of names (能力提升行动): they open an object only at the head of a clause.
_HEAD_VERBS = r"(?<=[,。;:、\n])(?:及时|定期|统一|积极|大力|着力|持续|全面|不断|扎实|深入|加快|全力|切实|有效|稳步|有序|统筹|自觉|牢牢|聚力|奋力|我们|还|也|更加|一是|二是|三是|四是|五是|六是|要)*(?:把握|抓住|结合|围绕|聚焦|紧扣|立足|参加|运行|使用|升级|整合|公布|公示|公开(?!招|竞|选)|发布|动态调整|调整|参与|参加|审议|起草|梳理|提升|培育|夯实|鼓励|引导|重塑|重构|办好|狠抓|打好|用好|建好|抓实|做实|拓宽|注重|锐意|谱写|守住|巩固|复制|改善|加密|织密|筑牢|做优|做强|提高|增强|扩大|支撑|服务|促进|清理|保护|治理|培训|考核|评选|争取|争当|做到|申报|承办|承接)(?:好|了)?"
_SPLIT = re.compile(
    rf"{_HEAD_VERBS}|年底前|月底前|年内|[一二三四五六七八九十\d]+\)|[,。;:!?\n《》]|\((?!街道|居|社区|党组)|\d+(?:\.\d+)?(?:余|多)?[项个类条件批套家]|(?:确保|获取|扩大|深入|拓展|支持|加快|争创|入选|获批|列入|复制推广|推广复制|推广|修订完善|畅通|建强|创建|全面|进一步|持续|系列|系统)(?=[\u4e00-\u9fff“])|(?:{_VERBS})(?=[\u4e00-\u9fff“\"\d])|的"
)

# Verbs that stand before a head noun as its attribute, behind what they act on: 重大决策执行机制, 应急预案动态修订机制.
_NOMINAL = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?<!进一步)(?<!不断)(?<!持续)(?<!全面)(?<!深入)(?<!积极)(?<!认真)(?<!严格)(?<!切实)(?<!统筹)(?<!建立)(?<!健全)(?:执行|修订|推进|实施|落实|发布|公开|调整|发挥|推行|制定|编制|出台|运用)$"
)


def name_start(folded: str, head_start: int, reach: int = 24, lists: bool = True) -> int | None:
    """Give where the name that ends at `head_start` begins, or None where no boundary lies within `reach` characters.

    With `lists` false a name does not reach over 、.
    """
    low = max(0, head_start - reach)
    window = folded[low:head_start]
    cuts = [m.end() for m in _SPLIT.finditer(folded, low, head_start + 1) if m.end() <= head_start]
    if not cuts and low > 0:
        return None
    start = max(cuts, default=low)
    if start == head_start and _NOMINAL.search(folded, low, head_start) is not None:  # 动态修订|机制: the verb is part of the name
        start = max((cut for cut in cuts if cut < head_start), default=low)
        if head_start - start < 5:
            return head_start
    last = window.rfind("、")
    if not lists and last >= 0 and low + last + 1 > start:
        start = low + last + 1
    return start

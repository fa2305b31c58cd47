"""Where a name begins: the words that open a clause's object, shared by the readers of mechanisms, documents and events."""

import re

_VERBS = (
    "建立健全|建立完善|健全完善|修订完善|探索建立|探索构建|严格执行|严格落实|全面落实|全面推行|全面推进|深入推进|深入开展|深入实施|持续推进|持续深化|持续开展|组织开展|贯彻落实|规范落实|推动落实|创新打造|创新搭建|创新开展|高标准建成|常态化开展|统筹推进|大力推行|积极推行|积极推进|加快推进|加快建设|加快构建|着力构建|持续完善|不断完善|不断健全|进一步完善|进一步健全|扎实开展|扎实推进|"
    "制定并公示|制定印发|研究制定|印发实施|审议通过|修订出台|"
    "建立|健全|完善|推行|推进|推动|实行|落实|深化|开展|建成|打造|搭建|执行|构建|探索|制定|编制|实施|创新|优化|强化|加强|发挥|通过|依托|利用|运用|采用|采取|实现|形成|出台|印发|启动|上线|运行|使用|组织|召开|举办|纳入|坚持|规范|严格|升级|整合|推出|公布|公示|发布|动态调整|调整|梳理|设立|成立|开设|开通|建设|完成|参与|参加|做好|抓好|按照|根据|审定|审议|修订|下发|转发|起草|遵循|以|将|把|对|与|和|及|并|在|由|向|为|用|经|暨"
)
_SPLIT = re.compile(
    rf"[,。;:!?\n《]|\((?!街道|居|社区|党组)|\d+(?:\.\d+)?(?:余|多)?[项个类条件批套家]|(?:确保|获取|扩大|深入|拓展|支持|加快|争创|入选|获批|列入|推广|修订完善|畅通|建强|创建|全面|进一步|持续|系列|系统)(?=[\u4e00-\u9fff“])|(?:{_VERBS})(?=[\u4e00-\u9fff“\"\d])|的"
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
    last = window.rfind("、")
    if not lists and last >= 0 and low + last + 1 > start:
        start = low + last + 1
    return start

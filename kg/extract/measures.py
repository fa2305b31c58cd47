"""Sentence → Measures: one action verb with its object; results, purposes and quantities attach to it.

A clause opens a new measure when it starts with an action verb of its own, unless the clause before is only its frame
(加大合法性审查力度, …) or the clause itself reports the result of the one before (确保…, 提升…, 办理案件34280件).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Action, BodyMention, MechanismMention, Quantity, Sentence, Span

ENUMERATOR = re.compile(
    r"\s*(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,2}(?:是|要)|\d{1,2}[.、．]|[①-⑩]|——|-{1,2}|第?[一二三四五六七八九十]{1,2}[、,])\s*"
)
_TIME = re.compile(
    r"(?:力争|计划|争取)?(?:在|于|到)?(?:19|20)\d{2}年(?:\d{1,2}月)?(?:底|末)?(?:前|之前)|(?:(?:截至|截止)?(?:19|20)?\d{0,4}年(?:度|底|来|以来|末|初)?(?:\d{1,2}月(?:底|\d{1,2}日)?)?|(?:上|下)半年|前[一二三]个?季度|\d{1,2}月?[—\-–~至到]\d{1,2}月份?|截至\d{1,2}月底?|全年|今年(?:以来|来|上半年|下半年)?|本年度|一年来|每年[初底]|年内|年初|年末|年底|日前|近期|随后|其间|(?:疫情|灾情)发生后|期间|目前|同时|此外|另外|其中|截至目前|下一步|下步|今后|新的一年)[,、]?"
)
# What shows that 将 hands an object over (将…纳入考核) and does not announce a future act (将继续完善).
_HANDED = r"[^,。;:]{2,60}?(?:纳入|列入|列为|作为|视为|定为|融入|贯穿|贯彻到|下放|下沉|转化为|统一|划入|移交|摆在|放在|逐项|同(?:部署|谋划|推进|落实|考核|步)|相结合|落实到|延伸|协同)"
_GIVES = re.compile(rf"(?:将|把){_HANDED}")
_FILLER = re.compile(
    rf"(?:我|全|本)(?:省|市|县|区|州|局|厅|镇|街道)(?:上下)?(?:将|要|会)?|(?:将(?!{_HANDED})|要|还要|并|还|也|先后|累计|共计?|均|已|再|且|分别|(?:\d+|[两三四五六七八九十]+)余?次(?=组织|召开|主持|专题|听取|研究))|(?:继续(?=[\u4e00-\u9fff]{{2}}))|(?:重点)?(?:突出抓好|重点做好|重点抓好|着力抓好)"
)
_ADVERB = r"(?:高标准|高质量|高效|常态化|全面|深入|持续|扎实|严格|规范|切实|认真|积极|主动|大力|着力|不断|进一步|加快|创新|统筹|稳步|有序|探索|充分|定期|及时|依法|分批次|同步|多次|专题|牵头|联合|集中|全力|有效|坚决|精准|逐步|率先|重点|强力|深化|科学|组织|部署|逐项|逐一|分类|分级|优先|自觉|始终|坚持|精心|加力|奋力|带头|全员|亲自|分别|按要求|按程序|按时|如期|不定期|经常|适时|每年|每季度|每月|每半年|实时|随机|试点|牢固|紧紧|推动|推进|协同|协调|在全(?:国|省|市|县|区|州)(?:范围内)?|与[\u4e00-\u9fff()]{2,12}?(?:共同|合作)?(?=开展|签订|签署|建立|召开|举办|联合))"
_ACTION = "建立健全|建立|健全|完善|推行|推进|推动|实行|落实|深化|开展|建成|打造|搭建|执行|构建|探索|制定|编制|实施|创新|优化|强化|加强|发挥|出台|印发|启动|上线|主持|召开|举办|公布|公示|发布|公告|调整(?!为)|梳理|设立|成立|开设|开通|建设|完成|参与|做好|抓好|审定|审议|审查|审核|修订|部署|组织|指导|督导|督促|研究|听取|办好|办理|办结|受理|审结|化解|调解|处置|处理|查办|查处|移送|退还|减免|整治|整合|整组|评查|评估|培训|学习|讲授|备案|清理|公开|接受|搭设|锻造|选聘|聘任|配备|配强|编写|编印|汇编|汇聚|归集|拓展|拓宽|畅通|压缩|压减|取消|下放|承接|明确|划定|选派|选树|选育|培育|引导|引入|聚焦|围绕|严格|严把|严守|严查|严厉打击|打击|排查|整改|回应|回访|走访|宣传|普及|发放|制作|开发|运用|采用|通过|对|把(?![握关脉控])|将|向|以|针对|统筹|推出|实现|成功|创建|申报|支持|保障|服务|协调|督办|督察|考核|述法|通报|约谈|追究|问责|接入|共享|汇总|分析|研判|监测|预警|演练|储备|救援|组建|健全完善|修改|废止|宣布|报送|报备|报告|提交|提出|签订|签署|联合|会同|坚持|坚决|坚守|践行|弘扬|牢固|牢牢|夯实|压实|织密|筑牢|擦亮|深学|深学笃行|贯彻|贯穿|纳入|列入|召集|邀请|聘请|遴选|认定|评选|表彰|激励|规范|简化|精简|提速|升级|改造|扩大|扩容|延伸|覆盖|统一|试行|试点|固化|转化|破解|解决|纠正|纠治|查摆|自查|抽查|检查|巡查|巡察|监督|监管|执法|执行|履行|承担|牵头|主导|负责(?!人)|应诉|出庭|答复|回复|反馈|调处|调研|约束|惩戒|修复|公证|援助|咨询|解答|代理|起草|运行|流转|录入|采集|核查|核验|比对|推送|提醒|送达|告知|公证|换发|发放|学法|申请|入驻|接待|审理|立案|举行|发出|制发|收到|吸纳|命名|任命|培养|招录|划转|划入|赋权|挂牌|帮扶|救助|上报|交办|转办|承办|主办|协办|参加|评定|轮训|印制|搭载|严惩|联审|会商|免予|免罚|减轻|加大|配足|配齐|应用|新增|新建|改建|发展|破除|力戒|邀集|拟定|拟订|续聘|聘用|选任|编撰|编纂|编发|依托|利用|借助|购置|采购|配置|增配|增设|增加|更新|引进|补充|充实|扩充|丰富|推广|提请|撰写|刊发|播放|张贴|悬挂|设置|招聘|动员|鼓励|跟踪|厘清|研发|狠抓|抓实|抓紧|用好|做实|做优|拍摄|摄制|创作|编排|配发|购买|赠送"
# For whom, or where, something counted was done: 为村居配备法律顾问12名, 在公众号发布信息40篇.
_FOR_WHOM = r"为(?=[^,。;]{2,24}(?:配备|购置|购买|安装|开设|发放|办理)[^,。;]{0,12}\d)|在(?=[^,。;]{2,40}(?:发布|刊发|设立|开设|举办|开展|播放|张贴|公示|公开|发放|布设)[^,。;]{0,20}\d)"
# Office holders act for their house: 主要负责同志带头学习, 分管领导牵头督办.
_HOLDER_NAME = r"(?:(?:党政|各级|单位|镇|乡|街道|局|厅|县|市|区|委|机关)*(?:(?:主要|分管)(?:领导|负责人|负责同志)|领导干部|领导班子|班子成员|(?<=[局厅县市区镇乡委])领导)|(?:局|厅|镇|乡|街道|县|市|区|省)?(?:党委|党组|党工委|工委|委)?(?:副)?书记|(?:副)?[省市县区州镇乡局厅]长|(?:所有|全体)?(?:行政)?执法人员)"
_HOLDER = (
    rf"{_HOLDER_NAME}(?:[、和]{_HOLDER_NAME}){{0,2}}(?:均|都|全部|带头|亲自|率先|[\u4e00-\u9fff]{{2,3}}(?=(?:\d+次)?(?:主持|召开|带头|多次|深入)))?(?:\d+次)?"
)
# Who has which seat in a group: part of setting it up (成立领导小组,镇长任组长,分管领导任副组长).
_SEAT = re.compile(r"[^,。;]{1,60}(?:任|为|担任)(?:常务|第一|双)?(?:组长|副组长|成员|主任|副主任)")
_SEATS = re.compile(r"(?:成立|组建|调整|设立)[^。;\n]{2,160}?(?:为|任)成员的")
# What names no matter of its own: behind an act it only tells what the act was for.
_VAGUE = re.compile(
    r"(?:切实|统筹|不断|全面|持续|扎实|深入|进一步|全力|有力|着力|推动)*(?:加强|强化|推进|推动|狠抓|抓好|做好|履行|落实|提升|压实|加强对|促进)(?:各项|全市|全县|全区|全镇|全局|我市|我县|我局|我镇|我区|法治政府|法治建设|法治|依法行政|政府|工作|建设|组织|领导|主体|政治|责任|担当|任务|示范|引领|落实|落地|见效|稳步|前行|有序|开展|监管|督导|的|和|、)+$"
)
# How things stand after the act: 干部法治意识明显提升.
_STATE = re.compile(
    r"[^,。;]{2,50}?(?P<whose>的)?(?:意识|能力|水平|素养|素质|质效|满意度|获得感|自觉性|氛围|形象|公信力)(?:得到|有了?|均)?(?:了|持续|明显|显著|不断|进一步|稳步|大幅|有效|全面|普遍|整体|较大|新的)*(?:提升|增强|提高|改善|好转)"
)
_START = re.compile(
    rf"(?P<holder>{_HOLDER})?(?:{_ADVERB}){{0,3}}(?P<verb>{_ACTION}|{_FOR_WHOM})(?!的(?!确))(?!(?<=学习|执法|服务|监督|监管|培训|调解|援助|公证|咨询|监测|宣传|执行|审查|审核|普法)(?:内容|水平|能力|质量|效能|效果|氛围|意识|理念|人员|队伍|满意度|质效|案卷|过程|事项|工作(?=由)))(?![、\u4e00-\u9fff]{{0,12}}?率(?:均|都|分别)?(?:达|为|提|超|由|从|保|稳|不|同|较|实|\d))"
)
_RESULT = re.compile(
    r"(?:切实|自觉)把[^,。;]{2,40}(?:统一|落实|转化|融入|体现)(?:到|为|在)|以[^,。;]{1,12}(?:倒逼|促进|推动|带动|助推)|(?:打造|营造|构建)(?:出|起|了)?[^,。;]*(?:局面|格局|氛围|环境|态势)$|(?:精准|有力|充分|切实|有效|极大|进一步|不断|持续|全面|着力|努力|真正|显著|大幅|全力|助力)?(?:确保|促进|提升|提高|增强|助力|破解|减轻|方便|惠及|受益|覆盖|营造|维护|保障|力促|做到|实现|解决|推动(?=[^,。;]{0,30}(?:走深走实|同部署|同谋划|同推进|同考核|落地|见效|落实|提质|增效|提升|履职|发展|解决|规范化?$|到位|再上|入脑入心|深入人心|[于为]心|[于为]行|合法合规|落细|扎根|生根|融合|领会|养成|树牢|树立|形成|常态长效|有序|顺利|全覆盖|见成效|出成效|化$))|压实|理顺|厘清|打通|满足|为(?=[^,。;]{2,30}(?:提供|奠定|发挥|打下|营造))|让|使|防止|避免|杜绝|形成|达到|取得|获|受到|明确|及时解决|夯实|充实|织密|织牢|扎牢|守牢|(?:并|及时)*向社会(?:公布|公开|公示)$|推进[^,。;]*化[、和][^,。;]*化$|激发|释放|凝聚|筑牢|将矛盾|坚决防止|防范|引导|持续推进[^,。;]{0,10}整改|展现|彰显|做到|对?[^,。;]{0,16}重要工作亲自|(?:自觉|主动)?接受(?:群众|社会|各方面?|各界)[^,。;]{0,4}监督|收到(?=[^,。;]{0,12}意见)|(?:加强|增强|强化|完善|健全|优化|改善|规范|明确|推动|推进|拓宽|带动|保证|巩固|丰富|扩大)了|推进[^,。;]{0,12}落实$|凸显|降低|节约|缩短|节省)"
)
_FRAME = re.compile(
    r"(?:加强|强化|加大|严格|坚持|优化|锻造|提升|创新|扎实办好|做好|围绕|聚焦|按照|根据|针对|通过|依托|以|充分发挥|深入推进|着力|紧盯|紧扣|结合|立足|为|贯彻落实|认真落实|发挥|开展重点|突出|持续优化|持续加强|狠抓)"
)
_ONGOING = re.compile(
    r"(?:坚持|持续|常态化|探索|深化|推进(?!.{0,30}活动)|严格执行|严格落实|推行(?!证)|加快|不断|稳步|正在|运行以来|落实(?!《|.{0,6}《)|加强(?:与|协同|联动)|启动|充分听取|深入开展.{2,16}行动)"
)
_PLANNED = re.compile(rf"将(?=[\u4e00-\u9fff])(?!{_HANDED})|力争|计划于|拟(?![定订])(?=[\u4e00-\u9fff])|到20[3-9]\d年")
_PREPOSITION = re.compile(r"(?:针对|围绕|聚焦|按照|根据|结合|立足)")
_MEANS = re.compile(r"(?:通过|依托|利用|借助|纳入|列入|作为|融入|并)(?!复议|应诉|率)")
_WITH = re.compile(r"通过|依托|利用|运用|借助")
_ONLY_WORDS = re.compile(
    r"习近平法治思想|习近平新时代中国特色社会主义思想|法治政府建设|法治建设|依法行政|领导干部|执法人员|党政主要负责人|主要负责人|行政执法|行政复议|各单位|全市|全县|工作|机制|制度|体系|建设|开展|推进|重点|事项|部门|镇\(街道\)|乡镇\(街道\)|[^\u4e00-\u9fff]"
)
_TAIL = re.compile(r"等(?:各项|重点)?(?:任务|工作|事项)$")
_CLOSER = re.compile(
    r"再上新台阶|(?:提供|奠定|筑牢)[^,。;]{0,20}(?:保障|基础|支撑)|作出[^,。;]{0,10}贡献|新篇章|新局面|新成效|新突破|现将|报告如下|如下[:。]?$|以[^,。;]{2,20}为指导|扛在肩上|抓在手上|放在心上|(?:抓好|做好)(?:以下|如下|[一二三四五六七八九十]个?)[^,。;]{0,8}(?:工作|方面|件事|任务|重点)$"
)
_CLAIM = re.compile(r"(?:取得|收到)(?:了)?[^,。;]{0,10}(?:成效|进展|成绩)|高度重视[^,。;]{0,16}$")
_HONOUR = re.compile(r"(?:被(?:确定|评|授予|命名|列)|荣获|获评|入选|获得[^,。]{0,12}(?:称号|奖)|表彰)")

_BEFALLS = re.compile(
    r"(?:全面|深入|扎实|持续|有序|顺利|正式|加快|稳步|成功|高效|进一步|有力|全部|如期)+(?P<verb>推广|推进|开展|实施|落地|启用|完成|完善|施行|推行|运行|建立|健全|落实|铺开|推开|打造|建成|启用|揭牌)$|(?P<verb2>建成启用|建成投用|落地见效|上线运行|挂牌成立|挂牌运营|投入使用|投入运行|投产)$"
)
_GRIP = re.compile(
    r"(?:以|把|将)[^,。;]{2,50}(?:为|作为)[^,。;]{0,8}(?:抓手|契机|载体|目标|主线|引领|导向|主题|牵引|依托|突破口|切入点|着力点|支撑|核心|龙头|基础)$|(?:将|把)[^,。;]{2,40}(?:与|和|同)[^,。;]{2,20}相?结合(?:起来)?$"
)
_TOWARDS = re.compile(r"(?:对|就|对于)[\u4e00-\u9fff]")
_AFTERWARDS = re.compile(r"[^,。;]{2,10}后(?:再|即|及时|立即|统一|由|报|送|向|作出|进行|予以)")
_FOLLOWS_UP = re.compile(r"并(?:于|报|经|予以|及时|形成|向社会|按(?!要求)|根据|随)")  # 拟定方案,并于3月审议通过
_PART = re.compile(r"\s*(?:其中[,:]?|特别是|尤其是)")
_NONE = re.compile(r"(?:未|没有|无)(?:发生|出现|收到|发现|[^,。;]{2,40}(?:发生|情况|案件|现象)(?=[,。;]))")  # what did not happen is no act
_MEETING = re.compile(
    r"(?:[\u4e00-\u9fff]{0,12}?)召开[^,。;]{2,40}会|[^,。;]{2,16}会议?(?:专题|定期|多次|先后)*(?:研究|审议|听取|传达)|[^,。;]{0,24}听取[^,。;]{2,40}汇报"
)
# What a document just issued says: 印发《…方案》,明确了…,对…进行了部署.
_CONTENT = re.compile(
    r"部署推进|(?:进一步|逐项)?(?:明确|细化|提出|确定|规定|分解|包括|涵盖|涉及|制定了\d)|(?:既|又)[^,。;]{1,20}|(?:并)?对[^,。;]{2,60}(?:进行|作出|作)了?[^,。;]{0,6}(?:部署|安排|分工|规范|分解)|绘就"
)
_SETTING = re.compile(r"[^,。;]{2,12}(?<!今)(?<!最)后|在[^,。;]{2,40}(?:基础上|前提下|指导下|领导下|支持下|过程中)")
_ISSUED = re.compile(r"》(?:\([^()]{0,24}\))?(?:等(?:\d+[项个]|[一二三四五六七八九十]+[项个])?(?:文件|制度|方案)?)?$")
_HEEDED = re.compile(
    r"(?:深入|全面|认真|严格|切实|持续|坚决|不断)*(?:学习)?(?:贯彻|落实|对照|对标)(?:落实|执行|学习)?[^。;]*(?:》(?:\([^()]*\))?|精神|要求|部署|决定|规定|任务)$"
)
_RATES_ONLY = re.compile(r"[^,。;]*?率(?:均|都|分别|双双)?(?:达到|达|为|在|保持)?\s?[\d.]+%(?:以上)?")
# Ways and means told in one breath: 通过召开座谈会、上门走访,发放问卷等形式,征求意见.
_WAYS = re.compile(
    r"(?:通过|采取|采用|运用|利用|借助|以)(?![\d])[^。;:\n]{4,140}?等(?:多种|各种|多样化?|多元|有效|方面)?(?:的)?(?:形式|方式|方法|途径|手段|渠道|措施|载体|平台|活动|契机|机会|举措)(?=[,、]|[\u4e00-\u9fff])"
)
_AGENDA = re.compile(
    r"(?:及时|专题|集中|认真)?(?:研究|审议|听取|传达|讨论|通报|学习)|(?:安排|研究)?部署|对[^,。;]{2,40}(?:进行|作出|作)了?(?:研究|讨论|部署|安排)"
)
_SITTING = re.compile(r"(?<!员)(?<!常委)会议?$")  # a meeting deliberates; what else follows others do
_DELIBERATES = re.compile(r"(?:专题|多次|先后|集体|及时|认真)*(?:研究|审议|审定|听取|传达|讨论|通报|学习|部署)")
_COURSE = re.compile(r"[^,。;]{0,40}(?:学习|学法|培训|讲座|研讨|课堂|辅导)")
_LESSON = re.compile(r"(?:开展|组织|进行)(?:专题|集中)?学习(?:研讨)?$|(?:重点|认真|集中|专题|系统|深入|逐章|及时|带头)*学习(?![^,。;]{0,30}\d)")
_OCCASIONS = frozenset(["召开", "举办", "举行", "参加", "承办", "印发", "制定", "出台", "修订", "成立", "新建"])
_NUMBER = re.compile(r"\d[\d.,]*[余多]?[万亿]?[余多]?[\u4e00-\u9fff%]{0,2}")
_QUOTED = re.compile(r'"[^"\n。;]{1,40}"')
_MAIN = re.compile(
    r"纳入|列入|作为|列为|融入|贯穿|贯彻|转化|落实|下放|下沉|延伸|覆盖|开展|进行|实行|实施|作出|给予|予以|提供|建立|完善|加强|推动|推进|带动|组织|召开|举办|学习|研究|审议|听取|部署|印发|制定|出台|办理|办结|化解|移送|查处|打击|严惩|培训|宣讲|宣传|评查|评议|考核|督察|督查|检查|整改|清理|审查|审核|备案|报告|汇报|报送|公开|发布|调整|梳理|取消|承接|入驻|提升|压缩|减少|退还|命名|表彰|配备|购置|购买|追回|追讨|挽回|讨回|争取|安装|开设|发放"
)
_LEADS_IN = re.compile(r"把|将|对|以|向|通过|针对|围绕|聚焦|根据|按照|在|从|由|为|与|会同|依托|结合|依法")
_ANY = re.compile(
    "|".join(sorted((verb for verb in set(_ACTION.split("|")) if _LEADS_IN.fullmatch(verb) is None and len(verb) > 1), key=lambda verb: (-len(verb), verb)))
)
_OBJECT_END = re.compile(r"[,。;:]")
_GROUPS = (
    ("企业", "企业"),
    ("经营主体", "企业"),
    ("群众", "群众"),
    ("领导干部", "领导干部"),
    ("执法人员", "执法人员"),
    ("村(居)民", "村(居)民"),
    ("青少年", "青少年"),
    ("学生", "学生"),
    ("农民工", "农民工"),
    ("老年人", "老年人"),
    ("妇女", "妇女"),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas, with where its own words begin (after enumerators, times and fillers)."""

    start: int
    end: int
    core: int
    new_group: bool


def find_actions(
    folded: str, sentences: Sequence[Sentence], bodies: Sequence[BodyMention], mechanisms: Sequence[MechanismMention], quantities: Sequence[Quantity]
) -> list[Action]:
    """Find the measures of all body and plan sentences, in order."""
    finder = _Finder(folded, bodies, mechanisms, quantities)
    return [action for sentence in sentences if not sentence.lead and sentence.zone in ("body", "plan") for action in finder.actions(sentence)]


class _Finder:
    """The mentions of one text, indexed by place, and the reading of sentences with them."""

    def __init__(self, folded: str, bodies: Sequence[BodyMention], mechanisms: Sequence[MechanismMention], quantities: Sequence[Quantity]) -> None:
        self.folded = folded
        self.bodies = {body.start: body for body in bodies}
        self.body_ends = {body.end for body in bodies}
        self.quantity_starts = sorted(quantity.start for quantity in quantities)
        self.quantity_at = frozenset(self.quantity_starts)
        self.quantity_ends = {quantity.end for quantity in quantities}
        self.quoted = [match.span() for match in _QUOTED.finditer(folded)]
        self.way_ends = {match.end() for match in _WAYS.finditer(folded)}
        self.ways = sorted(match.span() for pattern in (_WAYS, _SEATS) for match in pattern.finditer(folded))
        self.mechanism_spans = sorted((m.start, m.end) for m in mechanisms)

    def actions(self, sentence: Sentence) -> Iterator[Action]:
        """Group a sentence's clauses into measures; a named subject carries over to the clauses behind it."""
        planned = sentence.zone == "plan"
        subject: tuple[BodyMention, ...] = ()
        group: list[Clause] = []
        for clause in self.clauses(sentence, planned):
            actors = self.actors(clause)
            if group and self.opens(clause, group, bool(actors), planned):
                yield from self.make(sentence, group, subject, planned)
                group = []
                deliberates = _DELIBERATES.match(self.folded, clause.core, clause.end) is not None
                subject = tuple(body for body in subject if deliberates or _SITTING.search(self.folded, body.start, body.end) is None)
            if not group:
                subject = actors or subject
            group.append(clause)
        yield from self.make(sentence, group, subject, planned)

    def clauses(self, sentence: Sentence, planned: bool) -> Iterator[Clause]:
        """Cut at , ; and, in plans, at 、 before a verb; commas inside quotation marks and brackets do not cut."""
        position, depth, new = sentence.start, 0, True
        for at in range(sentence.start, sentence.end):
            char = self.folded[at]
            depth += (char in "《(") - (char in "》)")
            if depth <= 0 and self.cuts(char, at, position, planned):
                if at > position:
                    yield self.clause(position, at, new)
                new = char in ";:。" or (char == "、" and planned)
                position = at + 1
        if position < sentence.end:
            yield self.clause(position, sentence.end, new)

    def cuts(self, char: str, at: int, position: int, planned: bool) -> bool:
        """Say whether a mark ends a clause: any comma or stop outside quotation marks; 、 before a verb, in plans or behind a count."""
        if char == "、":
            if at in self.quantity_ends and at + 1 in self.bodies:
                return at - position >= 6
            return _START.match(self.folded, at + 1) is not None and at - position >= 6 and (planned or at in self.quantity_ends)
        if char not in ",;。:!?\n":
            return False
        return not any(_within(at, spans) for spans in (self.quoted, self.ways))

    def clause(self, start: int, end: int, new: bool) -> Clause:
        core = start
        while core < end:
            match = (
                ENUMERATOR.match(self.folded, core, end)
                or _TIME.match(self.folded, core, end)
                or (None if core in self.bodies and self.bodies[core].rule != "self" else _FILLER.match(self.folded, core, end))
            )
            if match is None or match.end() == core:
                break
            core = match.end()
        return Clause(start, end, core, new)

    def actors(self, clause: Clause) -> tuple[BodyMention, ...]:
        """The bodies named at the head of a clause, several joined by 、 or 和."""
        at = clause.start
        while at < clause.core and at not in self.bodies:
            at += 1
        at = clause.core if at not in self.bodies else at
        found: list[BodyMention] = []
        while at in self.bodies and self.bodies[at].end <= clause.end:
            found.append(self.bodies[at])
            at = self.bodies[at].end
            if self.folded[at : at + 1] in ("、", "和", "与", "及") and at + 1 in self.bodies:
                at += 1
        if not found or at >= clause.end - 1 or at in self.quantity_at or re.match(r"的|等|为核心|班子|主要负责|内|间|,", self.folded[at : at + 4]):
            return ()
        return tuple(found) if self.count(clause) == 0 or _ANY.search(self.folded, at, clause.end) is not None else ()

    def opens(self, clause: Clause, group: list[Clause], has_actor: bool, planned: bool) -> bool:
        """Say whether a clause opens a new measure behind the clauses in the group."""
        text = self.folded[clause.core : clause.end]
        if _PART.match(self.folded, clause.start) is not None or self.is_agenda(text, group) or self.is_content(text, group):
            return False
        if _SEAT.match(text) or (_VAGUE.fullmatch(text) and not clause.new_group and not planned):
            return False
        if _GIVES.match(text) and (self.has_mechanism(group[0]) or self.folded[group[-1].end - 1] == "》") and not clause.new_group:
            return False
        if (state := _STATE.fullmatch(text)) and (state["whose"] or _START.match(text) is None) and not clause.new_group:
            return False
        if has_actor:
            return not (self.is_frame(group[-1]) and (len(group) == 1 or all(map(self.is_heeding, group))))
        if (
            _RESULT.match(text)
            or clause.core >= clause.end
            or _FOLLOWS_UP.match(self.folded, clause.start)
            or (_AFTERWARDS.match(text) and not clause.new_group)
        ):
            return False
        start = _START.match(text)
        if start is None:
            return self.befalls(clause) or (clause.new_group and bool(self.count(clause)) and bool(self.count(group[0])))
        if clause.new_group:
            return True
        if not planned and ((len(group) == 1 and self.is_frame(group[0])) or all(map(self.is_heeding, group)) or self.is_means(group[-1])):
            return False
        if (_MEANS.match(text) and not (_WITH.match(text) and self.count(clause))) or self.same_matter(clause, group):
            return False
        return start["holder"] is not None or not self.is_result_count(clause, start, group)

    def is_agenda(self, text: str, group: list[Clause]) -> bool:
        """What a meeting or a course just held did: 召开专题会议4次,研究解决重点问题6项; 组织专题学法,重点学习行政复议法."""
        for what, held in ((_AGENDA, _MEETING), (_LESSON, _COURSE)):
            if what.match(text) is None:
                continue
            for clause in reversed(group):
                if held.match(self.folded, clause.core, clause.end) is not None:
                    return True
                if what.match(self.folded, clause.core, clause.end) is None:
                    break
        return False

    def is_heeding(self, clause: Clause) -> bool:
        """A clause that only says what is followed: 深入贯彻落实《…纲要》,结合我市实际."""
        text = self.folded[clause.core : clause.end]
        return (_HEEDED.match(text) or _PREPOSITION.match(text)) is not None

    def is_means(self, clause: Clause) -> bool:
        """A clause that only says by what means the next acts: 通过微信公众号,宣传…"""
        if _WITH.match(self.folded, clause.core, clause.end) is None:
            return False
        return clause.end in self.way_ends or _MAIN.search(self.folded, clause.core, clause.end) is None

    def is_content(self, text: str, group: list[Clause]) -> bool:
        """What a plan just issued sets out: 印发《…方案》,部署推进25项工作."""
        return _CONTENT.match(text) is not None and any(_ISSUED.search(self.folded, clause.core, clause.end) is not None for clause in group)

    def is_result_count(self, clause: Clause, start: re.Match[str], group: list[Clause]) -> bool:
        """A counted clause that tells how far the measure went: the first count behind a named mechanism, or a tally."""
        if not self.count(clause) or self.has_mechanism(clause) or start["verb"] in _OCCASIONS:
            return False
        named, counted = any(map(self.has_mechanism, group)), self.has_any_count(group)
        return (named and not counted) or ((named or counted) and self.is_tally(clause, start))

    def is_tally(self, clause: Clause, start: re.Match[str]) -> bool:
        """A counted clause that names no object of its own (纠错3件, 减免罚款12万元) tells how the one before went."""
        text = self.folded[clause.core + start.end() : clause.end]
        return len(_NUMBER.sub("", text)) < 6

    def befalls(self, clause: Clause) -> bool:
        """A thing acted on stands as the subject: 三项制度全面落实, 综治中心建成启用."""
        match = _BEFALLS.search(self.folded, clause.core, clause.end)
        return match is not None and match.start() - clause.core >= 4

    def is_frame(self, clause: Clause) -> bool:
        """A short general clause that only leads to the next: 加大合法性审查力度, 严格资格管理."""
        text = self.folded[clause.core : clause.end]
        if (
            (_PREPOSITION.match(text) and not self.count(clause))
            or text.endswith("以来")
            or _GRIP.match(text)
            or _SETTING.fullmatch(text)
            or (_HEEDED.match(text) and not self.count(clause))
        ):
            return True
        if _TOWARDS.match(text) and not self.count(clause) and _MAIN.search(text) is None:
            return True
        return (
            _FRAME.match(text) is not None
            and not self.count(clause)
            and len(text) <= 30
            and not text.endswith("》")
            and not self.has_mechanism(clause, strong=True)
        )

    def same_matter(self, clause: Clause, group: list[Clause]) -> bool:
        """A step of the matter just named: four characters in a row, beyond the genre's own words, stand in both clauses."""
        if self.count(clause) and self.count(group[0]):
            return False
        words, before = (_ONLY_WORDS.sub("|", self.folded[c.core : c.end]) for c in (clause, group[0]))
        return any("|" not in words[at : at + 4] and words[at : at + 4] in before for at in range(len(words) - 3))

    def count(self, clause: Clause) -> int:
        """How many quantities a clause holds."""
        return bisect_left(self.quantity_starts, clause.end) - bisect_left(self.quantity_starts, clause.start)

    def has_mechanism(self, clause: Clause, strong: bool = False) -> bool:
        """Whether a clause names a mechanism; with `strong` one that reaches to the clause's end."""
        at = bisect_left(self.mechanism_spans, (clause.start, 0))
        while at < len(self.mechanism_spans) and self.mechanism_spans[at][0] < clause.end:
            if not strong or self.mechanism_spans[at][1] >= clause.end - 2:
                return True
            at += 1
        return False

    def make(self, sentence: Sentence, group: list[Clause], subject: tuple[BodyMention, ...], planned: bool) -> Iterator[Action]:
        """Make a measure of a group, or none where it only claims, closes or honours."""
        if not group or _PART.match(self.folded, group[0].start) is not None or _NONE.match(self.folded, group[0].core) is not None:
            return
        group = [c for c in group if c.core < c.end]
        if not group:
            return
        start, end = self.start_of(group[0], subject), group[-1].end
        tail = _TAIL.search(self.folded, start, end) if planned else None
        end = tail.start() if tail is not None else end
        text = self.folded[start:end]
        first = self.folded[group[0].core : group[0].end]
        closing = _CLOSER.search(first if not planned and _START.match(first) is not None else text) is not None
        if len(text) < 5 or closing or _HONOUR.search(first) or (_CLAIM.search(text) and not self.has_any_count(group)):
            return
        opening = any(_START.match(self.folded, c.core) is not None for c in group)
        passive = _START.match(first) is None and not subject and group[0].core not in self.bodies
        if not opening and not self.has_any_count(group) and not subject and not self.befalls(group[0]):
            return
        at, verb = self.verb_of(group)
        if not verb or (not subject and _RATES_ONLY.fullmatch(text.rstrip("。;,")) is not None):
            return
        yield Action(
            start,
            end,
            verb,
            self.object_of(at, group),
            self.status(text, self.folded[self.behind_bodies(group[0]) : group[0].end], planned),
            sentence.section,
            sentence.topic,
            planned,
            subject,
            passive,
            _groups(text),
        )

    def start_of(self, clause: Clause, subject: tuple[BodyMention, ...]) -> int:
        inside = [body.start for body in subject if clause.start <= body.start < clause.end and body.rule != "self"]
        return min([clause.core, *inside])

    def has_any_count(self, group: list[Clause]) -> bool:
        """Whether a group holds a quantity."""
        return any(self.count(clause) for clause in group)

    def verb_of(self, group: list[Clause]) -> tuple[int, str]:
        """Give where the action verb ends, and the verb: the one behind subject, adverbs and 把/对/以 …; without any, the clause's end and ''."""
        for pattern in (_MAIN, _ANY):
            found = next((verb for clause in group if (verb := self.verb_in(clause, pattern)) is not None), None)
            if found is not None:
                return found
        return group[0].core, ""

    def behind_bodies(self, clause: Clause) -> int:
        """Where a clause's words begin behind the bodies at its head."""
        at = clause.core
        while at in self.bodies and self.bodies[at].end < clause.end:
            at = self.bodies[at].end
            at += self.folded[at : at + 1] in "、和与及"
        return at

    def verb_in(self, clause: Clause, pattern: re.Pattern[str]) -> tuple[int, str] | None:
        """Give where a clause's verb ends, and the verb, or None; `pattern` finds it behind a subject or 把/对/以 …"""
        at = self.behind_bodies(clause)
        match = _START.match(self.folded, at, clause.end)
        if match is not None and not _LEADS_IN.fullmatch(match["verb"]):
            return match.end(), match["verb"]
        main = pattern.search(self.folded, at, clause.end)
        return (main.end(), main.group()) if main is not None else None

    def object_of(self, start: int, group: list[Clause]) -> str:
        """What stands behind the verb, up to the clause's end."""
        stop = _OBJECT_END.search(self.folded, start)
        return self.folded[start : min(stop.start() if stop is not None else group[-1].end, group[-1].end, start + 40)]

    def status(self, text: str, first: str, planned: bool) -> str:
        """done, ongoing or planned, by the zone, then by the words."""
        if planned or _PLANNED.search(text):
            return "planned"
        return "ongoing" if _ONGOING.match(first) else "done"


def _within(at: int, spans: list[Span]) -> bool:
    """Whether a place lies inside one of the spans, which do not overlap and stand in order."""
    behind = bisect_left(spans, (at, at)) - 1
    return behind >= 0 and spans[behind][1] > at


def _groups(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for cue, name in _GROUPS if cue in text))

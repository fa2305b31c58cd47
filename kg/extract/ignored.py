"""Text → Figures that count nothing: years, dates, ordinals, names and words with a numeral in them, each with its reason.

A rule is a name, a reason of the closed list and a pattern whose group `n` (or whole match) is the figure. Rules are tried in order and the
first to claim a place keeps it. Sources: the report genre's own habits (see docs), GB/T 15835 on numerals in running text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.extract.quotes import find_quoted
from kg.extract.tabular import find_serials
from kg.lexicon import numeral_words
from kg.model import Figure

_CN = "一二三四五六七八九十"
_NUMERAL = re.compile(r"[\d〇零○一二两三四五六七八九十百千万亿半①-⑳]")
_NUMBER_IN_NAME = re.compile(r"\d+(?:\.\d+)?%?|[一二两三四五六七八九十百千万]+")
_SENTENCE_MARK = re.compile(r"[,。;]")
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_RUN = re.compile(r"\d+")
_YEAR = r"(?:19|20)\d{2}"
_CN_YEAR = r"[一二]九?[〇零○九][〇零○一二三四五六七八九]{2}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern and the reason that it gives."""

    name: str
    reason: str
    pattern: re.Pattern[str]
    led: bool  # its matches begin where a run of digits begins


def _rule(name: str, reason: str, pattern: str) -> Rule:
    return Rule(name, reason, re.compile(pattern), False)


def _led(name: str, reason: str, pattern: str) -> Rule:
    """Make a rule whose matches begin where a run of digits begins."""
    return Rule(name, reason, re.compile(pattern), True)


RULES: tuple[Rule, ...] = (
    _rule(
        "document-number",
        "document_number",
        rf"[〔\[【(〈]\s*{_YEAR}\s*[〕\]】)〉]\s*第?\s*\d+\s*号|(?<![\d第])\d{{1,4}}号(?:令|文|公告|文件|提案|建议|议案|通告|案件|决定)|第\s*(?:\d+|[{_CN}百]+)\s*号(?:令|文|公告|修正案)?|(?P<n>[{_CN}]{{1,2}})号(?=文件|令|公告)",
    ),
    _rule("page-counter", "document_number", r"(?:浏览|阅读|点击|访问)(?:次数|量|数|人数)?\s*[::]\s*(?P<n>\d{1,9})"),
    _rule(
        "table-number",
        "list_number",
        r"(?:附?(?<![代发])[表图]|附件|附录|专栏)\s?(?P<n>\d{1,2})(?!\d)(?![\d.]*[个项件张份条期次篇辑块处人名家户起宗场余多万%])",
    ),
    _rule("document-version", "document_year", rf"(?<=[(])\s*{_YEAR}\s*年?(?:版|修订|修正|本)"),
    _rule(
        "phone-number",
        "hotline_number",
        r"(?<!\d)0\d{2,3}\s?[-—–]\s?\d{7,8}(?!\d)|(?:电话|传真|手机|联系方式|邮编|邮政编码)[^,。;\d]{0,6}?(?P<n>\d{6,12})(?!\d)|(?<!\d)(?P<n2>1[3-9]\d{9})(?!\d)",
    ),
    _led(
        "iso-date",
        "date",
        rf"(?<!\d){_YEAR}\s*[-./]\s*(?:1[0-2]|0?[1-9])\s*[-./]\s*(?:3[01]|[12]\d|0?[1-9])(?:日)?(?:[\sT]+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?(?!\d)",
    ),
    _led("date", "date", rf"(?<!\d){_YEAR}\s*年\s*(?:1[0-2]|0?[1-9])\s*月(?:\s*(?:3[01]|[12]\d|0?[1-9])\s*日)?(?:\s*\d{{1,2}}[时:]\d{{1,2}}分?)?"),
    _rule("chinese-date", "date", rf"{_CN_YEAR}年[{_CN}]{{1,3}}月(?:[{_CN}]{{1,3}}日)?"),
    _led("glued-date", "date", rf"(?<!\d){_YEAR}年?(?:1[0-2]|0?[1-9])月?(?:3[01]|[12]\d|0?[1-9])日"),
    _rule("glued-signature", "date", rf"(?m)^[^\S\n]*{_YEAR}(?:1[0-2]|0?[1-9])(?:3[01]|[12]\d|0?[1-9])[^\S\n]*$"),
    _rule(
        "document-years",
        "document_year",
        rf"(?<=[(《]){_YEAR}(?:\s*[-—–―~至到]*\s*{_YEAR})?\s*年?(?=[)年度》])年?(?:度)?|(?<=[(]){_YEAR}\s*[-—–―~至到]*\s*{_YEAR}年?(?=\))",
    ),
    _led("year-range", "period", rf"(?<!\d){_YEAR}\s*年?\s*[-—–―~至到]*\s*{_YEAR}\s*年(?:度|期间)?"),
    _led("year", "year", rf"(?<!\d){_YEAR}\s*年(?:度|初|末|底|全年)?|(?<![\d.]){_YEAR}(?=总共|全[市县区省州旗])"),
    _rule("chinese-year", "year", rf"{_CN_YEAR}年(?:度|初|末|底)?"),
    _led("event-year", "event_year", rf"(?<!\d){_YEAR}(?=中国|世界|全国|全球|国际|[\u4e00-\u9fff]{{2,8}}(?:大会|论坛|博览会|年会))"),
    _led("month-span", "period", r"(?<![\d.])(?P<n>1[0-2]|0?[1-9])\s*月?份?\s*[-—–―~至到]\s*(?P<n2>(?:1[0-2]|0?[1-9])月(?:份|底)?)"),
    _rule("ordinal-list", "ordinal", r"第\s*\d{1,3}(?:\s*[、和至\-—]\s*\d{1,3})+\s*(?:季度|期|批次|批|条|款|项|章|次|届|号)"),
    _led(
        "month-day",
        "date",
        r"(?<![\d.])(?:1[0-2]|0?[1-9])月(?:\s*(?:3[01]|[12]\d|0?[1-9])\s*日)?(?:份|底|初|末|中旬|上旬|下旬)?|(?<![\d.])(?:1[0-2]|0?[1-9])月",
    ),
    _rule("day-of-news", "date", r"(?<![\d.月—-])(?:3[01]|[12]\d|0?[1-9])日(?=从|上午|下午|晚|凌晨|在|召开|举行|发布|公布|通报|对外|介绍|表示|获悉|电|讯|,)"),
    _rule("month-range", "period", rf"(?:(?<!提)(?<!目)前|(?<!以)上|首)(?P<n>\d+|[{_CN}]+)个?(?:月|季度)|(?P<n2>[1-4])季度"),
    _led("clock-time", "date", r"(?<!\d)(?:[01]?\d|2[0-4])[::][0-5]\d(?!\d)"),
    _led(
        "service-hours",
        "name_numeral",
        r"(?<!\d)(?P<n>(?:7\s*[×xX*✕]\s*)?24)\s*小时(?=自助|服务|不打烊|在线|值班|值守|监测|受理|营业|智能|响应|开放|运行|全天|政务|应急|待命|法律|警务|监控)|(?<!\d)(?P<n2>365)天(?=[×xX*]|24|全年|不)",
    ),
    _led(
        "multiplied-name",
        "name_numeral",
        r"(?<![\d.])(?P<n>\d{1,2}\s*[×xX*✕+＋]\s*(?:\d{1,3}|[NnXx])(?:\s*[+＋×xX]\s*(?:\d{1,3}|[NnXx]))*)(?![\d.])|(?<=[\u4e00-\u9fffA-Za-z\"”’][+＋])(?P<n3>\d{1,2})(?=[+＋”\"])",
    ),
    _rule("multiplied-name", "name_numeral", r"[NnXx]\s*[+＋]\s*(?P<n2>\d{1,2})"),
    _led(
        "hotline",
        "hotline_number",
        r"(?<!\d)(?:12[345]\d{2}|96\d{3,4}|95\d{3})(?!\d|\.\d|\s*[件次个人条余多万])|(?<!\d)1(?:10|19|20|22)(?=热线|电话|指挥|平台|接处警|接警|报警|警情|联动|中心|[、与和]1\d\d)",
    ),
    _led("hotline-number", "hotline_number", r"(?<![\d.])\d{3,5}(?=(?:政务服务|便民|服务|公共法律服务|法律服务)?(?:便民)?(?:热线|平台|诉求|来电))"),
    _rule(
        "product",
        "product_name",
        r"(?<![A-Za-z\d])(?:PM[_\s]*2[._\s]*5|PM[_\s]*10|[2-6]G(?![A-Za-z])|[A-Za-z]{1,6}[-_]?\d+(?:\.\d+)?(?![\d%.])(?!\s?[余多万亿]{0,2}[件个条人次项场份篇台部户家起宗])|(?![1-5]A(?:级|景区))\d+[A-Z](?=[\u4e00-\u9fff]))",
    ),
    _led(
        "version",
        "version",
        r"(?<!\d)[1-9]\.\d(?=版|升级|[”\"’]|时代|模式|平台|系统)|(?<=平台|系统|改革|模式|方案|中心)[1-9]\.\d(?![\d%万亿])|(?<=[Vv])\d+(?:\.\d+)?|(?<=[\u4e00-\u9fff])(?<!为)(?<!达)(?<!至)(?<!到)(?<!近)(?<!超)(?<!约)[1-9]\.0(?=[\u4e00-\u9fff、,。\"])(?![万亿个项件分倍级人])",
    ),
    _led("grade", "grade", r"(?<!\d)[1-5]A(?:级|景区)?|(?<![.\d])\d\.\d级|(?<![\d.])(?P<n>\d{1,2})级(?!次)"),
    _rule("grade", "grade", rf"[{_CN}](?:(?<!十)星级|等功|等奖|类医|甲医院|本院校|年级|号楼)"),
    _led("minutes-circle", "name_numeral", r"(?<![\d.])\d{1,2}分钟(?=[\u4e00-\u9fff]{0,6}圈)"),
    _rule("anniversary", "anniversary", rf"(?<!\d)(?:\d+|[{_CN}百]+)周年"),
    _led(
        "age",
        "age_group",
        r"(?<![\d.])(?<!达到)(?<![高升增]至)(?<![高升增]到)\d{1,3}(?:\s*[-—–~至]\s*\d{1,3})?\s*(?:周)?岁(?:以上|以下|及以上)?|(?<!\d)\d{1,3}(?=\s*[-—–~至]\s*\d{1,3}岁)",
    ),
    _rule("enumerator", "heading_number", rf"(?m)^[^\S\n]*(?P<n>[{_CN}]{{1,3}})(?=、)|(?m:^[^\S\n]*第)(?P<n2>[{_CN}]{{1,3}})(?=部分)"),
    _rule(
        "sub-enumerator",
        "list_number",
        rf"\((?P<n>[{_CN}]{{1,3}}|\d{{1,2}})\)(?!项|款|条)|(?m:^[^\S\n]*)(?P<n2>\d{{1,2}})(?=[.．、](?!\d))|(?<=[。;!\n])[^\S\n]*(?P<n3>\d{{1,2}})(?=[.．、](?!\d)[\u4e00-\u9fff])|[①-⑳]",
    ),
    _rule(
        "yi-shi",
        "list_number",
        rf"(?:(?<=[。;,::!?\n\s)])|(?m:^))(?P<n>[{_CN}]{{1,2}})(?=是(?!否|不|非|指|件|个))|(?<=[、。;,::])(?P<n2>[{_CN}]{{1,2}})要(?=[\u4e00-\u9fff])",
    ),
    _rule("run-in-heading", "heading_number", rf"(?<=[。;!])\s*(?P<n>[{_CN}]{{1,3}})(?=、[\u4e00-\u9fff])"),
    _rule(
        "event-ordinal",
        "event_ordinal",
        rf"第\s*(?:\d+|[{_CN}百]+)\s*(?:次|届|轮|期|批|场)(?=[\u4e00-\u9fff]{{0,18}}(?:会议|大会|全会|联席|例会|论坛|常务|代表|节|展|赛|活动|讲堂|讲座))",
    ),
    _rule("session-ordinal", "event_ordinal", rf"(?:[{_CN}]{{1,3}}次、){{0,9}}[{_CN}]{{1,3}}次(?=会议|全会|全体会议)"),
    _rule("past-sessions", "event_name", rf"(?P<n>[{_CN}]{{1,3}})届(?=历次)"),
    _rule("session", "event_ordinal", rf"(?P<n>[{_CN}]{{1,3}})届(?=人大|人民代表|政协|运动会|全运会)"),
    _rule("phase", "ordinal", rf"(?<=[\u4e00-\u9fff])(?P<n>[{_CN}])期(?!间|限|待|满|普法|培训|讲)|(?P<n2>[二三])轮(?=土地|承包|延包|中央|督察|巡)"),
    _led(
        "line-number",
        "name_numeral",
        r"(?<![\d.])\d{1,3}号(?=线|机组|楼|院|地块|路|公路|文|桥|泊位|门|高速|井)|(?<=[GSX])\d{2,4}(?=高速|国道|线)|(?<=[\u4e00-\u9fff])(?P<n>\d{3})国道",
    ),
    _rule(
        "unit-base",
        "denominator",
        r"(?<![超过近破达约值\d百千十])(?P<n>万|千|百)(?=元(?:地区)?生产总值|元工业增加值|元GDP|人口?(?:口)?床位|人(?:拥有|发案|成讼|[\u4e00-\u9fff]{1,4}率))",
    ),
    _rule(
        "class-of-size",
        "scale_class",
        r"(?<![超过近破达约值\d])(?P<n>[两三四五六七八九]?[百千万]?[百千万亿]亿?)元?(?=级(?!次)|(?:强|大)?(?:县|县区|县域|城市|方阵|俱乐部|街区|强镇|镇街|园区)(?![\u4e00-\u9fff]?\d))",
    ),
    _rule(
        "outline-count",
        "architecture_count",
        rf"(?P<n>\d{{1,3}}|[{_CN}]{{1,2}})个(?=维度|层面|板块|模块|环节|方面(?![\d{_CN}的]))|(?:设置|设定|提出|包含|构建|确定)(?:了)?(?P<n2>\d{{1,3}})项(?=(?:主要|具体|核心|约束性|预期性|量化)?指标)|(?<![\d{_CN}])(?P<n3>[{_CN}]{{1,2}})(?=方面(?:的)?(?:工作|任务|举措|重点))",
    ),
    _rule(
        "four-character-name",
        "name_numeral",
        rf"(?<![\d{_CN}百千第长珠举独])[{_CN}两](?![批次件项个条类名人期轮家起宗年月日场户种份部级十百千万亿点成分])[\u4e00-\u9fff][{_CN}两](?![年月日十百千万亿])[\u4e00-\u9fff](?![\d余多])",
    ),
    _rule("those-years", "period", rf"的(?P<n>[{_CN}])年(?=[。,;])"),
    _led(
        "dotted-day",
        "name_numeral",
        r"(?<=\")\d{1,2}[·・.]\d{1,2}(?=\")|(?<![\d.])(?:1[0-2]|[1-9])[·・.](?:3[01]|[12]\d|[1-9])(?=(?:国际|国家|世界|全国|全民|消费者?|安全|禁毒|宪法|税法|档案)[\u4e00-\u9fff]{0,8}日|(?:主题|系列)?(?:活动|宣传|普法)|前后|期间|晚会)",
    ),
    _rule(
        "mass-campaign",
        "name_numeral",
        r"(?P<n>[百千万])(?P<kind>[名家个企])[\u4e00-\u9fff]{2,6}(?:进|入|联|访|帮|助|讲|解|下|走|送|到)?(?P<n2>[百千万])(?=[场企村校社园户家])",
    ),
    _rule("from-to-phrase", "idiom", r"从\s*(?P<n>\d)\s*到\s*(?P<n2>\d)(?![\d.]*[\u4e00-\u9fff%])|从(?P<n3>\d)到[Nn]|(?<=从)(?P<n4>0)到(?P<n5>1)"),
    _led(
        "bare-place-count",
        "region_count",
        r"(?<=[\u4e00-\u9fff])(?<!第)(?<![至到为达])(?P<n>\d{1,2})(?=(?:省市|省区|市县|地市|市州|县区|县市)|(?:县|乡镇|镇|街道)(?![长级区市乡]))",
    ),
    _led("numbered-site", "product_name", r"(?<![\d.])(?P<n>\d{3})(?=[\u4e00-\u9fff]{1,4}(?:网|号平台))"),
    _rule("step", "rank", rf"(?P<n>[{_CN}两\d]+)个(?:[百千万亿]+元?)?(?=台阶|大关|量级|位次|百分位)"),
    _rule(
        "scale",
        "scale_class",
        r"(?P<n>\d*[百千万十]+)(?:吨|亿斤|亩|千瓦|亿元|人)级|(?P<n2>[百千万亿]{1,3})(?=吨级|亩方|亿斤粮食|亩良田|里(?:长|防|海)|米(?:深|长)|名大学生|吨以上级)",
    ),
    _rule(
        "rank",
        "rank",
        rf"第\s*(?P<n>\d+|[{_CN}]+)\s*(?:位|名|方阵|梯队)|(?:居|列|排名?|位列|跃居|位居|升至|保持|稳居)[^,。;\d]{{0,12}}第\s*(?P<n2>\d+|[{_CN}]+)|(?:全国|全省|全市|全区|前|百)(?:排名)?前(?P<n3>\d+|[{_CN}]+)(?:名|位|列|强)?|(?<!目)(?<!之)(?<!此)(?<!以)(?<!日)前(?P<n4>\d+|[{_CN}]+)(?:名|位|列|强)|(?<!\d)(?P<n5>\d+|百|十)强(?!化|制|度|调|力)|(?:TOP|top)\s*(?P<n6>\d+)",
    ),
    _rule(
        "congress",
        "event_name",
        rf"(?:党的)?[{_CN}]{{2,3}}(?:大(?![\u4e00-\u9fff]?(?:工程|领域|行动|民生|任务))|届[{_CN}]{{1,2}}中(?:、[{_CN}]{{1,2}}中)*全会)(?:、[{_CN}]{{2,3}}大)*|届[{_CN}]{{1,2}}(?:次|中)(?:全会|会议|全体)|[{_CN}]{{1,3}}届[{_CN}]{{1,2}}(?:次|中)",
    ),
    _rule("planning-period", "plan_name", rf"[{_CN}]{{1,3}}五(?=普法|规划|时期|期间|[”\"’']|纲要|开局|收官|末|以来)"),
    _rule(
        "ordinal",
        "ordinal",
        rf"第\s*(?:\d+|[{_CN}百]+)(?:批次|批|次|条|款|项|届|章|季度|期|轮|类|代|个|场|版|年|方|家|例|单|号|层|阶段|步|产业|责任人|时间|议题|书记|道|关)?",
    ),
    _rule(
        "period",
        "period",
        rf"(?:近|过去|未来|今后|往后|最近|(?<!提)前|每|后|这|头|用|满|历时|为期|届满)(?P<n>\d{{1,2}}|[{_CN}两几]+)(?:个)?年(?!度)|(?P<n2>[{_CN}两]{{1,2}})年(?:来|以来|内|间|期|累计|年均|增长|增加|提高|提升|新增|任期|多来|规划|纲要|行动|计划|攻坚|立法|方案|工程)",
    ),
    _led(
        "span-of-years",
        "period",
        r"(?<![\d连续已达满期历])(?:(?<![\d.])(?P<low>\d{1,2})\s*[-—–~至]\s*)?(?<!提前)(?P<n>\d{1,2})年(?!以上|多|有期|期|度)(?=[\u4e00-\u9fff、,])",
    ),
    _rule("multi-year-name", "name_numeral", rf"(?<!连续)(?P<n>\d|[{_CN}两]{{1,2}})年(?=[\u4e00-\u9fff“”]{{0,8}}(?:行动|规划|计划|攻坚|方案|工程|纲要))"),
    _rule(
        "times-a-period",
        "frequency",
        rf"每半?(?:年|季度|个?月|周)度?(?:[初底末]|至少|不少于|不低于|定期|召开|开展|组织|举办|听取|进行|集中|安排|专题|学习|学法|会议|研究|报告|检查|培训|更新|通报|研判)*(?P<n>\d{{1,2}}|[{_CN}两])次",
    ),
    _rule(
        "frequency",
        "frequency",
        rf"每(?P<n>\d+|[{_CN}两]+)?个?(?:年|季度|月|周|日|天|小时|季)(?:(?P<n2>\d+|[{_CN}两]+)(?:次|期|场))?|每(?P<n3>\d+|[{_CN}两]+)(?:个|年|月|周|天|日|季)",
    ),
    _rule("denominator", "denominator", r"每(?P<n>[百千万亿十]+|\d+(?:[百千万亿])?)(?=名|人|户|件|个|平方|常住|公里|家|亩|元|起|案|口)"),
    _rule("denominator", "denominator", r"(?<![\d几数两一二三四五六七八九十.])(?P<n>万)(?=(?:人|车|户|台|件|企)[\u4e00-\u9fff]{0,8}(?:率|比|拥有量|保有量))"),
    _led(
        "threshold",
        "threshold_class",
        r"(?P<n>\d+(?:\.\d+)?(?:万|亿)?)(?:元|亿元|万元|平方米|亩|米|吨)(?:及)?以[上下](?=[的]?[\u4e00-\u9fff]{0,10}(?:项目|企业|工程|建设|投资|村庄|地区|案件|合同|采购))|(?<![.\d])(?P<n4>\d+)(?:户|人|名)(?:及)?以上(?=的?(?:自然村|行政村|村|企业|大型|规模|单位))",
    ),
    _rule(
        "threshold",
        "threshold_class",
        rf"(?P<n2>[{_CN}百千万亿]+)元?(?:以上|级)(?=[\u4e00-\u9fff]{{0,6}}(?:项目|企业|工程|产业|集群|园区|投资))|(?P<n3>百亿|千亿|万亿|十亿|亿|百万|千万)(?=元|级|产业|企业|集群|斤|吨)(?=[\u4e00-\u9fff]{{0,4}}(?:级|产业|企业|集群|大县|粮仓|园区))",
    ),
    _rule(
        "structure",
        "architecture_count",
        rf"(?<![十百千万\d])(?P<n>\d{{1,3}}|[{_CN}两]{{1,2}})(?:个)?大(?=(?!民生)[\u4e00-\u9fff“”]{{0,6}}(?:领域|工程|行动|方面|体系|产业|板块|专项|任务|中心|职能|环节|要素|模块|功能|举措|战略|平台|重点|系统|机制|支柱|集群|战役|目标|问题|改革|攻坚|类别|提升|类|片区|场景|载体|维度|抓手|步骤|统筹|突破))",
    ),
    _rule(
        "region-count",
        "region_count",
        rf"全(?:省|市|县|区|州|国|域)(?:的|各)?(?P<n>\d+|[{_CN}]+)个?(?=(?:设区)?(?:县|区|市|州|盟|旗|乡镇|镇|街道|地市|省|乡)(?:[\u4e00-\u9fff]|\(|[,。、]))",
    ),
    _rule("vague", "vague_magnitude", rf"(?:数|几|上|成|好几)(?P<n>[十百千万亿]+)|(?<![{_CN}百千万])(?P<n2>[{_CN[:-1]}])(?=[两三四五六七八九](?![百千万十]))"),
    _rule(
        "quantified-idiom",
        "idiom",
        rf"(?P<n>[{_CN}两])(?=方|手|头|岸|翼|端|者|边|面|侧|级联动|位一体|农|资|公|废|通|险|包|定|化|优|严|全|有|防|评|同|减|清|统|联|率|类人|省|园|区|费|证|权|责|点|段|时|季|大班子|套班子|委|院|访|调|查|书|色|卡|码|码合一)",
    ),
)


def find_ignored(folded: str) -> list[Figure]:
    """Claim every number that counts nothing; figures do not overlap and come in order."""
    taken = bytearray(len(folded) + 1)
    found: list[Figure] = []

    def claim(start: int, end: int, reason: str, name: str) -> None:
        if _NUMERAL.search(folded, start, end) and not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(Figure(start, end, "ignored", reason, name))

    for start, end in find_serials(folded):
        claim(start, end, "list_number", "table-serial")
    runs = [run.start() for run in _RUN.finditer(folded)]
    for rule in RULES[:_WORDS_AT]:
        _apply(rule, folded, runs, claim)
    for start, end, entry in numeral_words().find(folded):
        if folded[start - 1 : start] != "分":
            claim(start, end, entry.concept.id, "numeral-word")
    for start, end in find_quoted(folded):
        for match in _NUMBER_IN_NAME.finditer(folded, start, end if _SENTENCE_MARK.search(folded, start, end) is None else start):
            claim(match.start(), match.end(), "name_numeral", "quoted-name")
    for rule in RULES[_WORDS_AT:]:
        _apply(rule, folded, runs, claim)
    for title in _TITLE.finditer(folded):
        for match in _NUMBER_IN_NAME.finditer(folded, title.start(), title.end()):
            claim(match.start(), match.end(), "name_numeral", "title")
    return sorted(found, key=lambda figure: figure.start)


def _matches(rule: Rule, folded: str, runs: list[int]) -> Iterator[re.Match[str]]:
    """Find what a rule matches, in order: at the runs of digits alone where it begins with one."""
    if not rule.led:
        yield from rule.pattern.finditer(folded)
        return
    end = 0
    for at in runs:
        if at >= end and (match := rule.pattern.match(folded, at)) is not None:
            end = match.end()
            yield match


def _apply(rule: Rule, folded: str, runs: list[int], claim: Callable[[int, int, str, str], None]) -> None:
    for match in _matches(rule, folded, runs):
        groups: list[str | int] = [name for name, value in match.groupdict().items() if value]
        for group in groups or [0]:
            start, end = match.span(group)
            while start < end and folded[start].isspace():
                start += 1
            while end > start and folded[end - 1].isspace():
                end -= 1
            claim(start, min(end, start + 20), rule.reason, rule.name)


_WORDS_AT = next(index for index, rule in enumerate(RULES) if rule.name == "rank")

"""Names inside fixed terms: 人大代表, 政协提案, 法治政府, 政府信息 name no body that acts."""

import re

# What follows a name and shows that it is part of a fixed term; the key is the name's own ending.
_FIXED_AFTER = {
    "人大": re.compile(r"代表|监督|议案|建议|选举|制度|工作|换届|任免"),
    "人民代表大会": re.compile(r"\s*常务委员会第|制度|代表|第|会议|[一二三四五六七八九十]"),
    "政协": re.compile(r"[、和](?!省|市|县|区|自治|各)[^,。;]{0,14}监督|委员|提案|民主监督|监督|会议|双周"),
    "厅": re.compile(r"局长"),
    "党支部": re.compile(r"\"三会"),
    "国家机关": re.compile(r"\"谁"),
    "县区": re.compile(r"\d|级|域|内|间|交界|合作|实际"),
    "公安": re.compile(r"(?![、,。;)\n\d]|和|与|及|等|联合|牵头|依法|对|在|负责)"),
    "部门": re.compile(r"总体规划|年度|协调|联动|协同|联合|规章|职责|间|会商|预算|决算|规范|工作|文件"),
    "组织部": re.compile(r"分(?!别)|(?<=门)(?:主要)?负责(?:人|同志)"),  # 组织部分单位述法, 组织部门负责人述法
    "政法委": re.compile(r"员"),
    "党委": re.compile(r"副书记|委员|班子|成员|年度|[一二三四五六七八九十]{1,3}届|全会|全委会|工作会议|书记|办公|领导|决策"),
    "党组": re.compile(r"班子|年度|书记|成员|会前"),
    "法院": re.compile(r"联动|判决|生效|裁判|司法建议"),
    "检察院": re.compile(r"联动|检察建议|建议"),
    "行政机关": re.compile(r"合同|负责人|工作人员|规范|应诉能力"),
    "街镇": re.compile(r"应急|区域|综合养老|卫生|、|级"),
    "乡镇": re.compile(r"赋权|行政决策|权责清单|便捷|区域|养老|法律|卫生|综合|执法|级|企业|医院|、|振兴|人大|道路|经济"),
    "街道": re.compile(
        r"基层|日常|中心|年度|重点|班子|\"|上|改造|两侧|口|法治|干部|实际|实职|地区|辖区|居民|各项|党政主要|发展|人大|经济社会|商会|依法行政|工作|\d{4}"
    ),
    "镇乡": re.compile(r"村"),
    "村居": re.compile(r"法律顾问|委|干部|民|级|两委|家"),
    "村社区": re.compile(r"法律|干部|两委"),
    "(街道)": re.compile(r"综合养老|区域|卫生|敬老|养老|医院"),
    "海关": re.compile(r"特殊监管|监管区|总署令|编码|手续"),
    "村(居)": re.compile(r"法律顾问|民|委|干部|级|两委"),
    "村(社区)": re.compile(r"法律顾问|民|委|干部|级|两委"),
    "办公室": re.compile(r"主任|面积|用房"),
    "中央": re.compile(
        r"[^,。、;]{0,8}(?:工作会议|全会)|一号文件|八项规定|定点|金融管理|驻|科技|经济工作|农村工作|人才工作|财政|预算|企业|广播|电视|空调|广场|商务|资金|文件|单位|投资|媒体|环保督察|生态|巡视"
    ),
    "党政机关": re.compile(r"工作人员|干部"),
    "所": re.compile(r"长(?![期效])"),
    "工会": re.compile(r"会员|法"),
    "公职律师": re.compile(r"公司律师|、公司律师|队伍|工作证|制度|证|人数|资格|团队|[、和]公司律师|事务"),
    "队伍": re.compile(r"(?:建设|能力|素质|管理)(?=[。,;、的和])"),
    "办": re.compile(r"(?:[事理学公好结件案]|法(?!治))"),
    "园区": re.compile(r"企业|建设|内"),
    "高校": re.compile(r"毕业|学生"),
    "党组织": re.compile(r"(?:的)?(?:全面)?领导|服务群众|建设|战斗堡垒|活动|生活|作用|关系"),
    "事业单位": re.compile(r"改革|分类|工作人员|招聘|登记|人员|法人|编制|公开"),
    "苏木镇": re.compile(r"赋权"),
    "各地": re.compile(r"实际|情况|经验|特色|群众|特点"),
    "片区": re.compile(r"(?![、和](?:各?镇|乡|街|园区|开发区|县区))"),
}
_FIXED_BEFORE = re.compile(r"(?:跨|多|一|本|等|法治|数字|服务型|电子|有为|有限|政务|智慧|阳光|廉洁|透明|信用|府|涉)$")


def is_fixed_term(folded: str, start: int, end: int, name: str) -> bool:
    """Say whether the name at `start`–`end` is only part of a fixed term: 人大 in 人大代表, 政府 in 法治政府."""
    if name.endswith("乡镇") and "各" in (folded[start - 1 : start], name[0]) and folded[end : end + 1] == "、":
        return False
    after = next((pattern for suffix, pattern in _FIXED_AFTER.items() if name.endswith(suffix)), None)
    if after is not None and after.match(folded, end):
        return True
    if name in ("政府", "部门", "人大", "政协", "政府部门") and _FIXED_BEFORE.search(folded, max(0, start - 4), start):
        return True
    if name.endswith("政府") and folded.startswith("工作报告", end):
        return True
    if name == "政府" and re.match(
        r"职能(?!部门)|机构|信息|投资|采购|规章|部门|法律|治理|服务|管理|网站|债|储备|购买|权责|自身|守信|诚信|立法|预算|合同|性|主导|失信|公报|立规|规范性",
        folded[end : end + 4],
    ):
        return True
    return name == "工委" and folded[start - 1 : start] in ("法", "财", "监", "教", "预")

"""Texts that a grammar's patterns may choke on: one short piece over and over."""

PREFACE = (
    "清河市2023年法治政府建设年度报告\n\n一、主要举措\n\n"
    + "全市坚持依法行政,深入推进法治政府建设各项工作,取得了明显成效,现将有关情况报告如下,请予审议。" * 3
    + "\n"
)
AWKWARD = [
    *(
        "组织开展行政执法检查12次,办结案件345件,",
        "推进行政执法监督工作开展专项检查组织培训落实责任",
        "县司法局、县财政局、县教育局、",
        "人民调解、行政复议、法律援助、",
    ),
    *("1234567890", "1.2.3.4.", "123,456,", "3-5-7-", "一二三四五六七八九十百千万", "第一次", "2023年"),
    *("落实", "七次、九", "百1", "十1.", " 111"),  # from a search through all patterns
    *("“一网", "“一网通办”、", "《条例", "(其中", "办结率、满意率、", "甲率、乙率分别达5%、6%,", "1.\n", "机制机制"),
    *("通过召开座谈会、上门走访,", "成立领导小组,镇长任组长,", "|12|34|\n"),
]


def awkward_text(piece: str, characters: int) -> bytes:
    """A report whose body repeats one piece: what a grammar's patterns may choke on."""
    return (PREFACE + piece * (characters // len(piece))).encode()

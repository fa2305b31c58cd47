"""Tables of figures: units from heads and captions, years from columns, totals and parts; rows are no measures."""

import pytest

from kg.grids import find_grids
from kg.model import Observation
from kg.pipeline import extract_bytes

HEAD = "云泽市2024年度法治政府建设情况报告\n\n一、行政执法情况\n全市各执法单位办理案件,数据见下表。" + "各项任务按期完成。" * 12 + "\n"


def observed(table: str) -> tuple[str, list[Observation]]:
    text = HEAD + table
    return text, [o for o in extract_bytes(text.encode(), "report.txt").observations if o.start >= len(HEAD)]


@pytest.mark.parametrize(
    "table",
    [
        "单位 行政处罚(件) 罚没金额(万元)\n市城管局 310 12.5\n市交通局 96 8\n合计 406 20.5\n",
        "| 单位 | 行政处罚(件) | 罚没金额(万元) |\n|---|---|---|\n| 市城管局 | 310 | 12.5 |\n| 市交通局 | 96 | 8 |\n| 合计 | 406 | 20.5 |\n",
    ],
)
def test_units_stand_in_the_heads_and_totals_alone_are_of_the_whole_place(table: str) -> None:
    text, found = observed(table)
    assert [(text[o.start : o.end], str(o.value), o.unit) for o in found] == [
        *(("310", "310", "件"), ("12.5", "125000.0", "元")),
        *(("96", "96", "件"), ("8", "80000", "元")),
        *(("406", "406", "件"), ("20.5", "205000.0", "元")),
    ]
    assert [o.indicator for o in found] == [None] * 4 + ["administrative-penalty-case-count", "fine-confiscation-amount"]
    assert found[0].name == "市城管局行政处罚"


def test_columns_of_years_date_their_figures() -> None:
    text, found = observed("指标 2023年 2024年 同比\n收到行政复议申请(件) 86 112 30.2%\n行政机关负责人出庭应诉率 98% 100% 2个百分点\n")
    assert [(text[o.start : o.end], o.indicator, o.period.label) for o in found if o.indicator is not None] == [
        ("86", "reconsideration-application-count", "2023"),
        ("112", "reconsideration-application-count", "2024"),
        ("98%", "agency-head-court-appearance-rate", "2023"),
        ("100%", "agency-head-court-appearance-rate", "2024"),
    ]


def test_captions_serials_and_lost_cells() -> None:
    text, found = observed("(单位:件)\n序号 类别 受理 审结\n1 治安 32 30\n2 土地 18\n3 市场监管 21 20\n")
    assert [(text[o.start : o.end], o.unit, o.name) for o in found] == [
        ("32", "件", "治安受理"),
        ("30", "件", "治安审结"),
        ("21", "件", "市场监管受理"),
        ("20", "件", "市场监管审结"),
    ]


def test_rows_are_no_measures_and_every_number_is_told() -> None:
    text = HEAD + "单位 组织检查(次) 开展培训(期)\n市城管局 310 12\n市交通局 96 8\n"
    record = extract_bytes(text.encode(), "report.txt")
    assert not [m for m in record.measures if m.start >= len(HEAD)]
    assert not [f for f in record.figures if f.role == "residue"]


@pytest.mark.parametrize("text", ["第一章 总则 附则\n第二章 组织 实施\n", "一 二 三\n甲 乙 丙\n", "开展检查 3 次\n培训人员 20 名\n", ""])
def test_other_lines_are_no_tables(text: str) -> None:
    assert find_grids(text) == ()

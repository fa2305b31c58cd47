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


TWO_HEADS = [
    "单位 行政处罚 行政复议\n案件数(件) 罚没金额(万元) 收到申请(件) 审结(件)\n合计 406 20.5 20 15\n",
    "| 单位 | 行政处罚 | | 行政复议 | |\n|---|---|---|---|---|\n| | 案件数(件) | 罚没金额(万元) | 收到申请(件) | 审结(件) |\n| 合计 | 406 | 20.5 | 20 | 15 |\n",
]


@pytest.mark.parametrize("table", TWO_HEADS)
def test_an_upper_head_spans_the_columns_below_it(table: str) -> None:
    text, found = observed(table)
    assert [(text[o.start : o.end], o.unit, o.indicator, o.name) for o in found] == [
        ("406", "件", "administrative-penalty-case-count", "行政处罚案件数"),
        ("20.5", "元", "fine-confiscation-amount", "行政处罚罚没金额"),
        ("20", "件", "reconsideration-application-count", "行政复议收到申请"),
        ("15", "件", "reconsideration-concluded-count", "行政复议审结"),
    ]


@pytest.mark.parametrize("head", ["| 指标 | 数量 |\n|---|---|\n", ""])
def test_two_columns_tell_what_and_how_many(head: str) -> None:
    text, found = observed(head + "| 收到行政复议申请 | 86件 |\n| 负责人出庭应诉率 | 100% |\n")
    assert [(text[o.start : o.end], o.indicator, o.name) for o in found] == [
        ("86件", "reconsideration-application-count", "收到行政复议申请"),
        ("100%", "agency-head-court-appearance-rate", "负责人出庭应诉率"),
    ]


def test_empty_cells_and_spans_of_a_web_page_keep_their_columns() -> None:
    rows = (
        "<tr><th rowspan=2>单位</th><th colspan=2>行政处罚</th><th rowspan=2>行政复议收到申请(件)</th></tr>"
        "<tr><th>案件数(件)</th><th>罚没金额(万元)</th></tr>"
        "<tr><td>市城管局</td><td>310</td><td></td><td>12</td></tr><tr><td>合计</td><td>406</td><td>20.5</td><td>20</td></tr>"
    )
    title, running = HEAD.split("\n\n")
    record = extract_bytes(f"<html><body><h1>{title}</h1><p>{running}</p><table>{rows}</table></body></html>".encode(), "report.html")
    assert [(str(o.value), o.unit, o.indicator) for o in record.observations] == [
        *(("310", "件", None), ("12", "件", None)),
        *(("406", "件", "administrative-penalty-case-count"), ("205000.0", "元", "fine-confiscation-amount")),
        ("20", "件", "reconsideration-application-count"),
    ]


def test_tables_that_lay_out_a_page_get_no_dashes() -> None:
    title, running = HEAD.split("\n\n")
    table = f"<table><tr><td></td><td>{running}</td><td></td></tr><tr><td></td><td>一、行政执法情况</td><td></td></tr></table>"
    assert "—" not in extract_bytes(f"<html><body><h1>{title}</h1>{table}</body></html>".encode(), "report.html").text


@pytest.mark.parametrize("text", ["第一章 总则 附则\n第二章 组织 实施\n", "一 二 三\n甲 乙 丙\n", "开展检查 3 次\n培训人员 20 名\n", ""])
def test_other_lines_are_no_tables(text: str) -> None:
    assert find_grids(text) == ()

"""Tables of figures as they stand in web pages, Word documents and prints: one table gives the same figures, whichever file it came in."""

import shutil
from pathlib import Path

import pytest

from kg.pipeline import extract_bytes
from kg.read.layout import Line, Page, join_pages
from tests import render
from tests.conftest import absent
from tests.render import LEFT, UP

BEFORE = "云泽市2024年度法治政府建设情况报告\n一、行政执法情况\n全市各执法单位办理案件,数据见下表。" + "各项任务按期完成。" * 12 + "\n"
AFTER = "二、下一步工作安排\n继续推进各项工作,不断提高依法行政水平。\n"
PENALTY, FINE, LICENCE = "administrative-penalty-case-count", "fine-confiscation-amount", "administrative-license-count"

TABLES = {
    "a head of two rows, a unit above, empty cells, a row of totals": (
        "(单位:件)",
        [
            ["单位", "行政处罚", LEFT, "行政许可"],
            [UP, "普通程序", "简易程序", UP],
            ["市城管局", "310", "", "12"],
            ["市交通局", "96", "41", "8"],
            ["合计", "406", "41", "20"],
        ],
        [
            *(("310", "件", "市城管局行政处罚普通程序", None), ("12", "件", "市城管局行政许可", None)),
            *(("96", "件", "市交通局行政处罚普通程序", None), ("41", "件", "市交通局行政处罚简易程序", None), ("8", "件", "市交通局行政许可", None)),
            *(("406", "件", "行政处罚普通程序", "ordinary-procedure-case-count"), ("41", "件", "行政处罚简易程序", "summary-procedure-case-count")),
            ("20", "件", "行政许可", LICENCE),
        ],
    ),
    "units in the rows, columns of years": (
        "表2 主要指标",
        [["项目", "2023年", "2024年"], ["收到行政复议申请(件)", "86", "112"], ["罚没金额(万元)", "12.5", "20.5"]],
        [
            *(("86", "件", "收到行政复议申请", "reconsideration-application-count"), ("112", "件", "收到行政复议申请", "reconsideration-application-count")),
            *(("125000", "元", "罚没金额", FINE), ("205000", "元", "罚没金额", FINE)),
        ],
    ),
    "a cell that reaches down over rows, totals of a part and of all": (
        "表3 办理情况(单位:件)",
        [["领域", "类别", "受理"], ["行政复议", "处罚类", "32"], [UP, "许可类", "18"], [UP, "小计", "50"], ["信访", "来信", "12"], ["合计", LEFT, "62"]],
        [
            *(
                ("32", "件", "行政复议处罚类受理", None),
                ("18", "件", "行政复议许可类受理", None),
                ("50", "件", "行政复议受理", "reconsideration-accepted-count"),
            ),
            *(("12", "件", "信访来信受理", None), ("62", "件", "受理", None)),
        ],
    ),
    "numbered rows, a title with a unit": (
        "表4 行政执法情况统计表(单位:件)",
        [["序号", "单位", "行政处罚", "行政许可"], ["1", "市市场监督管理局", "310", "2646"], ["2", "市交通运输局", "96", ""], ["", "合计", "406", "2646"]],
        [
            *(("310", "件", "市市场监督管理局行政处罚", None), ("2646", "件", "市市场监督管理局行政许可", None), ("96", "件", "市交通运输局行政处罚", None)),
            *(("406", "件", "行政处罚", PENALTY), ("2646", "件", "行政许可", LICENCE)),
        ],
    ),
    "a title over all columns, a column of totals, one of another unit": (
        "表一",
        [["行政处罚实施数量(宗)", LEFT, LEFT, LEFT], ["警告", "罚款", "合计(宗)", "罚没金额(万元)"], ["12", "94", "106", "175.3"]],
        [
            *(("12", "宗", "行政处罚警告", None), ("94", "宗", "行政处罚罚款", None), ("106", "宗", "行政处罚", PENALTY)),
            ("1753000", "元", "行政处罚罚没金额", FINE),
        ],
    ),
    "a line above as title": (
        "行政许可实施数量(宗)",
        [["申请数量", "许可数量", "不予许可数量"], ["2656", "2646", "10"]],
        [("2656", "宗", "行政许可申请数量", None), ("2646", "宗", "行政许可数量", LICENCE), ("10", "宗", "行政许可不予许可数量", None)],
    ),
}


def told(data: bytes, name: str) -> list[tuple[str, str, str, str | None]]:
    record = extract_bytes(data, name)
    assert not [figure for figure in record.figures if figure.role == "residue"]
    return [(f"{o.value.normalize():f}", o.unit, o.name, o.indicator) for o in record.observations]


@pytest.mark.parametrize("case", TABLES)
def test_a_table_in_a_web_page(case: str) -> None:
    caption, table, wanted = TABLES[case]
    assert told(render.as_page_with_table(f"{BEFORE}{caption}\n", table, AFTER).encode(), "report.html") == wanted


@pytest.mark.parametrize("case", TABLES)
def test_a_table_in_a_word_document(case: str) -> None:
    caption, table, wanted = TABLES[case]
    assert told(render.as_docx_with_table(f"{BEFORE}{caption}\n", table, AFTER), "report.docx") == wanted


@pytest.mark.slow
@pytest.mark.parametrize("case", TABLES)
def test_a_table_in_a_print(case: str) -> None:
    caption, table, wanted = TABLES[case]
    assert told(render.print_page(render.as_page_with_table(f"{BEFORE}{caption}\n", table, AFTER)), "report.pdf") == wanted


@pytest.mark.slow
def test_a_table_that_libreoffice_prints(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        absent("soffice (Debian's libreoffice-writer-nogui)")
    caption, table, wanted = next(iter(TABLES.values()))
    document = render.as_docx_with_table(f"{BEFORE}{caption}\n", table, AFTER)
    assert told(render.by_libreoffice(document, tmp_path, "docx", "pdf"), "report.pdf") == wanted


def test_a_row_of_figures_at_a_page_end_is_no_running_foot() -> None:
    def page(number: int) -> Page:
        body = [Line("各项任务按期完成,成效明显。", 80, 500, 100.0 + 20 * n, 12) for n in range(20)]
        return Page(800, (*body, Line(f"{number} 3 4 5 6 18", 80, 300, 730, 12), Line(f"— {number} —", 280, 320, 780, 9)))

    text, _ = join_pages([page(1), page(2), page(3)])
    assert [line for line in text.split("\n") if "18" in line] == ["1 3 4 5 6 18", "2 3 4 5 6 18", "3 3 4 5 6 18"]
    assert "—" not in text

"""The time of extraction grows with the length of the text, whatever the text: each awkward text four times as long takes less than ten times as long."""

import time

import pytest

from kg.pipeline import extract_bytes

PREFACE = (
    "清河市2023年法治政府建设年度报告\n\n一、主要举措\n\n"
    + "全市坚持依法行政,深入推进法治政府建设各项工作,取得了明显成效,现将有关情况报告如下,请予审议。" * 3
    + "\n"
)
PIECES = [
    *(
        "组织开展行政执法检查12次,办结案件345件,",
        "推进行政执法监督工作开展专项检查组织培训落实责任",
        "县司法局、县财政局、县教育局、",
        "人民调解、行政复议、法律援助、",
    ),
    *("1234567890", "1.2.3.4.", "123,456,", "3-5-7-", "一二三四五六七八九十百千万", "第一次", "2023年"),
    *("“一网", "“一网通办”、", "《条例", "(其中", "办结率、满意率、", "甲率、乙率分别达5%、6%,", "1.\n", "机制机制"),
]


def seconds(piece: str, characters: int) -> float:
    data = (PREFACE + piece * (characters // len(piece))).encode()
    start = time.process_time()
    extract_bytes(data, "awkward.txt")
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
def test_grows_with_the_text(piece: str) -> None:
    seconds(piece, 1_000)
    assert seconds(piece, 32_000) < 10 * max(seconds(piece, 8_000), 0.01)

"""Genres, told by titles, headers and openings of the families that stand on the same sites; all texts are made up."""

import pytest

from kg.header.genre import decide_genre, opening_of

CASES = [
    ("annual_report", "云泽市人民政府关于2025年度法治政府建设情况的报告", "", "2025年,云泽市深入推进依法行政。"),
    ("annual_report", "", "", "2025年,我局扎实推进法治政府建设,现将有关情况报告如下。"),
    ("annual_report", "云泽市2015年度依法行政工作情况报告", "", "2015年,我市依法行政水平有所提高。"),
    ("annual_report", "云泽市人民政府关于印发2025年法治政府建设情况报告的通知", "政策解读\n通知公告\n规划计划", "2025年,云泽市依法行政。"),
    ("annual_report", "云泽市2025年法治政府建设工作总结", "政府信息公开年报", "2025年,云泽市依法行政,召开法治政府建设推进会。"),
    ("openness_report", "云泽市2025年政府信息公开工作年度报告", "", "本报告按要求编制。"),
    ("openness_report", "", "", "本报告根据《中华人民共和国政府信息公开条例》编制,全文包括六个部分。推进法治政府建设。"),
    ("plan", "", "云泽市2025年法治政府建设工作要点", "做好2025年法治政府建设工作。"),
    ("plan", "", "", "为推进法治政府建设,结合我市实际,制定本实施方案。"),
    ("plan", "", "云泽市人民政府办公室\n关于印发云泽市2025年法治政府建设\n工作安排的通知", "2025年工作安排经市政府同意,现印发给你们。"),
    ("interpretation", "", "《云泽市2025年法治政府建设情况报告》解读", "为便于公众了解报告,现解读如下。"),
    ("news", "市政府常务会议审议2025年度法治政府建设情况报告", "", "1月9日,市长主持召开市政府常务会议。"),
    ("news", "", "", "1月9日,市长主持召开会议,听取法治政府建设情况报告。会议强调,要依法行政。"),
    ("template", "某县2025年度法治政府建设情况报告", "", "2025年,某县依法行政。"),
    ("template", "", "", "20xx年,xx镇推进法治政府建设,现报告如下。"),
    ("work_report", "政府工作报告", "", "各位代表:现在,我代表市人民政府向大会报告工作。"),
    ("other", "法治政府建设年度报告制度研究", "", "摘 要:法治政府建设年度报告制度是……"),
    ("other", "云泽市法治政府建设督察反馈问题整改情况报告", "", "2025年,云泽市依法整改。"),
    ("other", "云泽市2025年上半年法治政府建设情况报告", "", "2025年上半年,云泽市依法行政。"),
    ("other", "", "", "今年以来,全市粮食生产形势良好,产量稳步增长。"),
]  # fmt: skip


@pytest.mark.parametrize(("genre", "title", "header", "text"), CASES)
def test_genre(genre: str, title: str, header: str, text: str) -> None:
    decided = decide_genre(opening_of(title, header, text))
    assert (decided.name, bool(decided.basis) or genre == "other") == (genre, True), decided

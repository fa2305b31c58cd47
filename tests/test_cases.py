"""The cases: one line, one expectation; what is marked must be found, and nothing else may be."""

import re
from pathlib import Path

import pytest

from kg.divisions import load_register
from kg.extract.bodies import find_bodies
from kg.extract.damage import find_damage
from kg.extract.documents import find_documents
from kg.extract.figures import account_figures
from kg.extract.mechanisms import find_mechanisms
from kg.lexicon import fold
from kg.numerals import plain
from kg.pipeline import extract_bytes
from kg.place import make_place
from tests.conftest import DIVISIONS

HERE = Path(__file__).parent
MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


def read_cases(kind: str) -> list[str]:
    lines = (HERE / "cases" / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def unmark(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Give the plain text and the marked spans with their expectations."""
    text, wanted, last = "", [], 0
    for match in MARK.finditer(line):
        text += line[last : match.start()]
        wanted.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        last = match.end()
    return text + line[last:], wanted


@pytest.mark.parametrize("line", read_cases("figures"))
def test_figures(line: str) -> None:
    text, wanted = unmark(line)
    figures, quantities = account_figures(fold(text))
    assert [(q.start, q.end, f"{plain(q.value)} {q.unit} {q.bound}") for q in quantities] == wanted
    assert [text[f.start : f.end] for f in figures if f.role == "residue"] == []


@pytest.mark.parametrize("line", read_cases("bodies"))
def test_bodies(line: str) -> None:
    text, wanted = unmark(line)
    register = load_register((str(HERE.parent / "samples" / "divisions.csv"),))
    place = make_place(register, register.get("990100"), 2025)
    found = find_bodies(fold(text), place)
    assert [(b.start, b.end, ("~" if b.generic else "") + b.name) for b in found] == wanted


@pytest.mark.parametrize("line", read_cases("mechanisms"))
def test_mechanisms(line: str) -> None:
    text, wanted = unmark(line)
    found = find_mechanisms(fold(text))
    got = {(m.start, m.end): m.concept or "-" for m in found}
    assert wanted or not got, f"nothing is wanted, found {[(text[a:b], c) for (a, b), c in got.items()]}"
    for start, end, concept in wanted:
        near = {(a, b): c for (a, b), c in got.items() if min(b, end) - max(a, start) >= (max(b, end) - min(a, start)) / 2}
        assert near.get((start, end)) == concept or list(near.values()) == [concept], (
            f"{text[start:end]}: found {[(text[a:b], c) for (a, b), c in got.items()]}"
        )


@pytest.mark.parametrize("line", read_cases("damage"))
def test_damage(line: str) -> None:
    text, wanted = unmark(line.replace("⏎", "\n"))
    found = find_damage(text, fold(text), None, None, (0, len(text)))
    assert [(d.start, d.end, f"{d.kind} {d.suggestion}") for d in found] == wanted


PREFACE = "清河市2023年法治政府建设年度报告\n\n一、主要举措和成效\n\n" + "全市坚持依法行政,取得了明显成效,现将有关情况报告如下,请予审议。" * 4 + "\n"


@pytest.mark.parametrize("line", read_cases("indicators"))
def test_indicators(line: str) -> None:
    text, wanted = unmark(line)
    observations = extract_bytes((PREFACE + text + "\n").encode(), "case.txt").observations
    got = {(o.start - len(PREFACE), o.end - len(PREFACE)): o.indicator or "-" for o in observations}
    assert {(start, end): got.get((start, end)) for start, end, _ in wanted} == {(start, end): concept for start, end, concept in wanted}


@pytest.mark.parametrize("line", read_cases("periods"))
def test_periods(line: str) -> None:
    text, wanted = unmark(line.replace("⏎", "\n"))
    head = "临溪县人民政府2025年度法治政府建设情况报告\n一、主要工作情况\n" + "坚持依法行政,认真落实各项部署,各项任务按期完成。" * 8 + "\n"
    observations = extract_bytes((head + text + "。\n").encode(), "case.txt", DIVISIONS).observations
    got = {o.start - len(head): f"{o.temporal} {o.period.kind} {o.period.label}" for o in observations}
    assert [(start, got.get(start)) for start, _, _ in wanted] == [(start, said) for start, _, said in wanted]


@pytest.mark.parametrize("line", read_cases("relations"))
def test_relations(line: str) -> None:
    text, _, wanted = line.partition(" =>")
    record = extract_bytes((PREFACE + text + "。\n").encode(), "case.txt")
    quote = {o.id: record.text[o.start : o.end] for o in record.observations}
    found = [f"{r.kind} {quote[r.of]}~{'/'.join(quote[other] for other in r.with_)} {r.holds}" for r in record.figure_relations]
    assert sorted(found) == sorted(filter(None, map(str.strip, wanted.split(";"))))


@pytest.mark.parametrize("line", read_cases("documents"))
def test_documents(line: str) -> None:
    text, wanted = unmark(line.replace("⏎", "\n"))
    found = find_documents(fold(text))
    assert [(d.start, d.end, d.title) for d in found] == [(start, end, title) for start, end, title in wanted]


OPENING = "临溪县人民政府2023年度法治政府建设情况报告\n\n2023年,临溪县坚持依法行政,认真落实各项部署,现将有关情况报告如下。\n一、主要工作情况\n召开会议12次,研究议题9个,审查文件36件,评查案卷120件,各项任务按期完成。\n"


def test_a_table_tells_the_matter_by_its_row_and_the_year_by_its_column() -> None:
    text = PREFACE + "| 事项 | 2024年 | 2025年 |\n| 行政处罚案件 | 25件 | 31件 |\n"
    found = extract_bytes(text.encode(), "case.txt", DIVISIONS).observations
    assert [(o.indicator, str(o.value), o.period.label) for o in found] == [
        ("administrative-penalty-case-count", "25", "2024"),
        ("administrative-penalty-case-count", "31", "2025"),
    ]


def test_a_part_of_a_report_keeps_its_headings() -> None:
    text = "临溪县人民政府2023年度法治政府建设情况报告\n五、依法化解社会矛盾\n受理行政复议申请52件,审结47件。\n六、存在的不足\n执法力量薄弱。\n七、下一步打算\n开展执法人员轮训2期,组织案卷评查1次。\n"
    record = extract_bytes((text + "坚持依法行政,认真落实各项部署,各项任务按期完成。" * 4 + "\n").encode(), "case.txt", DIVISIONS)
    assert [(s.number, s.title) for s in record.sections] == [(5, "依法化解社会矛盾"), (6, "存在的不足"), (7, "下一步打算")]
    assert [record.text[s.start : s.end] for s in record.shortcomings] == ["执法力量薄弱"]
    assert "开展执法人员轮训2期" in [record.text[p.start : p.end] for p in record.plans]


@pytest.mark.parametrize("line", read_cases("closing"))
def test_closing(line: str) -> None:
    text, wanted = unmark(OPENING + line.replace("⏎", "\n") + "\n")
    record = extract_bytes(text.encode(), "closing.txt", DIVISIONS)
    plans = [(p.start, p.end, "P" + "".join(str(number) for number in p.addresses)) for p in record.plans]
    causes = sorted({(*cause, "C") for s in record.shortcomings for cause in s.causes}) if "|C}" in line else []
    assert sorted([(s.start, s.end, "S") for s in record.shortcomings] + plans + causes) == wanted


@pytest.mark.parametrize("line", read_cases("measures"))
def test_measures(line: str) -> None:
    text, wanted = unmark(line.replace("⏎", "\n"))
    found = extract_bytes((PREFACE + text + "。\n").encode(), "case.txt").measures
    assert [(m.start - len(PREFACE), m.end - len(PREFACE), m.status) for m in found] == wanted

"""The command as a user runs it: outputs, messages, exit codes, and a store that bad input leaves as it was."""

import codecs
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.cli.group import first_line
from tests.conftest import DIVISIONS, SAMPLES

PLACES = ["--divisions", DIVISIONS[0]]
COUNT = sum(path.suffix in (".txt", ".html") for path in SAMPLES.iterdir())


def kg(*args: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(main, list(args), input=stdin)


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()} if folder.exists() else {}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "store"
    result = kg("ingest", str(SAMPLES), "--store", str(folder), *PLACES)
    assert result.exit_code == 0, result.output
    return folder


def test_second_ingest_changes_nothing(store: Path) -> None:
    before = kg("dump", "--store", str(store)).stdout
    result = kg("ingest", str(SAMPLES), "--store", str(store), *PLACES, "--quiet")
    assert f"未变 {COUNT}" in result.stdout
    assert kg("dump", "--store", str(store)).stdout == before
    assert before.count("\n") > 5000


def test_reports(store: Path, tmp_path: Path) -> None:
    rows = json.loads(kg("reports", "list", "--store", str(store), "--format", "json").stdout)
    assert len(rows) == COUNT
    iri = rows[0]["report"]
    shown = kg("reports", "show", iri, "--store", str(store)).stdout
    assert f"<{iri}>" in shown
    copy = tmp_path / "copy"
    kg("ingest", str(SAMPLES), "--store", str(copy), *PLACES)
    assert kg("reports", "remove", iri, "--store", str(copy)).exit_code == 0
    left = json.loads(kg("reports", "list", "--store", str(copy), "--format", "json").stdout)
    assert [row["report"] for row in left] == [row["report"] for row in rows[1:]]
    assert iri not in kg("dump", "--store", str(copy)).stdout
    assert kg("reports", "remove", iri, "--store", str(copy)).exit_code == 2


def test_extract_from_standard_input() -> None:
    data = (SAMPLES / "990100-2025.txt").read_bytes()
    record = json.loads(kg("extract", "-", "--format", "json", *PLACES, stdin=data).stdout)
    assert record["report"]["issuer"] == "云泽市人民政府"
    assert "A001" in kg("extract", "-", *PLACES, stdin=data).stdout


def test_validate(store: Path) -> None:
    result = kg("validate", str(SAMPLES / "990121-2025.html"), *PLACES)
    assert result.exit_code == 0
    assert "98.9%" in result.stdout
    assert kg("validate", str(SAMPLES / "990121-2025.html"), *PLACES, "--strict").exit_code == 1
    data = json.loads(kg("validate", "--store", str(store), "--format", "json").stdout)
    assert len(data["reports"]) == COUNT
    assert {"report", "severity", "shape", "component", "focus", "path", "value", "message", "quote", "start", "end"} <= set(data["findings"][0])
    english = kg("validate", str(SAMPLES / "990121-2025.html"), *PLACES, "--lang", "en").stdout
    assert "contradicts" in english


def test_unknown_place_is_quarantined_and_the_store_unchanged(store: Path, tmp_path: Path) -> None:
    before = files_of(store)
    result = kg("ingest", str(SAMPLES / "990100-2025.txt"), "--store", str(tmp_path / "new"))
    assert result.exit_code == 1
    assert "--divisions" in result.stdout
    assert not (tmp_path / "new").exists()
    assert sorted(p.name for p in (tmp_path / "new-quarantine").iterdir()) == ["990100-2025.findings.json", "990100-2025.record.json"]
    assert files_of(store) == before


@pytest.mark.parametrize(
    ("name", "data", "code", "hint"),
    [
        ("empty.txt", b"", 3, "empty"),
        ("blank.txt", b" \n\n ", 3, "empty"),
        ("binary.txt", bytes(range(256)) * 8, 3, "binary"),
        ("navigation.html", "<html><body><ul><li>首页</li><li>政务公开</li><li>办事服务</li></ul></body></html>".encode(), 3, "no report text"),
        ("navigation.txt", "首页\n政务公开\n办事服务\n当前位置:首页>公开\n".encode(), 3, "no report text"),
    ],
)
def test_bad_input(store: Path, tmp_path: Path, name: str, data: bytes, code: int, hint: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    before = kg("dump", "--store", str(store)).stdout
    for args in (["ingest", str(path), "--store", str(store)], ["extract", str(path)], ["validate", str(path)]):
        result = kg(*args)
        assert result.exit_code == code, result.output
        assert hint in result.output
        assert name in result.output
    assert kg("dump", "--store", str(store)).stdout == before


def test_usage_errors(store: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    for args, hint in (
        (["ingest", str(tmp_path / "nothing"), "--store", str(store)], "no reports"),
        (["ingest", str(tmp_path / "missing.txt"), "--store", str(store)], "no such file"),
        (["query", "run", "indicator-trend", "--store", str(store), "--param", "plase=云泽市"], "place"),
        (["query", "run", "indicator-trend", "--store", str(store), "--param", "place=云泽"], "云泽市"),
        (["query", "run", "indicator-trent", "--store", str(store)], "indicator-trend"),
        (["reports", "list", "--store", str(tmp_path / "nowhere")], "not a store"),
        (["network", "no-view", "--store", str(store), "-o", str(tmp_path / "x.html")], "bodies-mechanisms"),
        (["network", "bodies-mechanisms", "--store", str(store), "-o", str(tmp_path / "x.png")], ".graphml"),
        (["sparql", "DROP ALL", "--store", str(store)], "read-only"),
        (["dump", "--store", str(store), "-o", str(tmp_path / "x.zip")], ".trig"),
        (["validate"], "--store"),
        (["query", "run", "indicator-trend"], "--store"),
    ):
        result = kg(*args)
        assert result.exit_code == 2, (args, result.output)
        assert hint in result.output, (args, result.output)
    assert not list(tmp_path.glob("x.*"))


def test_a_full_disk_and_a_place_that_cannot_be_written_are_told(store: Path, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    nowhere = "/proc/nowhere"
    for args, code in (
        (["query", "run", "places", "--store", str(store), "-o", "/dev/full"], 4),
        (["panel", "--store", str(store), "--format", "csv", "-o", "/dev/full"], 4),
        (["panel", "--store", str(store), "-o", f"{nowhere}/x.csv"], 2),
        (["docs", "-o", nowhere], 2),
        (["query", "export", nowhere, "--store", str(store)], 2),
        (["ingest", str(SAMPLES / "990100-2023.txt"), *PLACES, "--store", nowhere], 2),
    ):
        result = kg(*args)
        assert (result.exit_code, isinstance(result.exception, SystemExit)) == (code, True), (args, result.output, result.exception)
        assert "磁盘已满 · the disk is full" in result.stderr if code == 4 else nowhere in result.stderr, result.stderr


def test_a_name_in_another_encoding_is_spelt_and_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    folder.mkdir()
    name = os.fsencode(folder) + b"/" + "云泽市.txt".encode("gb18030")  # as archives packed under Windows leave it
    try:
        Path(os.fsdecode(name)).write_bytes((SAMPLES / "990100-2023.txt").read_bytes())
    except OSError:
        pytest.skip("this file system takes no such names")
    store = str(tmp_path / "store")
    assert "云泽市.txt" in kg("ingest", str(folder), "--store", store, *PLACES).stdout
    assert "未变 1" in kg("ingest", str(folder), "--store", store, *PLACES, "--quiet").stdout
    assert kg("page", "云泽市", "2023", "--store", store, "-o", str(tmp_path / "x.html"), *PLACES).exit_code == 0
    assert '"云泽市.txt"' in kg("dump", "--store", store).stdout


@pytest.mark.parametrize(
    ("library", "call", "extra"),
    [
        ("altair", ("chart", "list"), "charts"),
        ("pandas", ("panel", "--store", "STORE", "-o", "x.dta"), "frames"),
        ("xlsxwriter", ("measures", "--store", "STORE", "-o", "x.xlsx"), "frames"),
        ("pyarrow", ("panel", "--store", "STORE", "-o", "x.parquet"), "frames"),
        ("SPARQLWrapper", ("query", "run", "places", "--endpoint", "http://localhost:9/query"), "remote"),
    ],
)
def test_a_library_that_is_not_installed_is_told_by_its_extra(store: Path, library: str, call: tuple[str, ...], extra: str) -> None:
    blocked = f"import sys; sys.modules[{library!r}] = None; from kg.cli import main; main()"
    told = subprocess.run([sys.executable, "-c", blocked, *(str(store) if each == "STORE" else each for each in call)], capture_output=True, text=True)
    assert (told.returncode, f"pip install 'fazhi-kg[{extra}]'" in told.stderr, "Traceback" in told.stderr) == (2, True, False), told.stderr


def test_inputs_of_one_name_are_held_back_side_by_side(tmp_path: Path) -> None:
    text = (SAMPLES / "990100-2023.txt").read_text(encoding="utf-8")
    for folder, place in (("a", "甲乙县"), ("b", "丙丁县")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.txt").write_text(text.replace("云泽市", place), encoding="utf-8")
    for _ in range(2):
        assert kg("ingest", str(tmp_path / "a"), str(tmp_path / "b"), "--store", str(tmp_path / "store"), "--quiet").stdout == "隔离 2\n"
        kept = [json.loads(path.read_text(encoding="utf-8"))["report"]["title"] for path in (tmp_path / "store-quarantine").glob("index-*.record.json")]
        assert sorted(title[:3] for title in kept) == ["丙丁县", "甲乙县"]


def test_a_query_file_may_have_a_mark_and_must_be_utf_8(store: Path, tmp_path: Path) -> None:
    query, path = "# 地方\nASK { ?s ?p ?o }", tmp_path / "q.rq"
    for data, code, said in ((query.encode("utf-8-sig"), 0, "true"), (query.encode("gb18030"), 2, "UTF-8")):
        path.write_bytes(data)
        result = kg("sparql", str(path), "--store", str(store))
        assert (result.exit_code, said in result.output) == (code, True), result.output


def test_an_item_of_a_plan_without_a_verb_keeps_no_report_out(tmp_path: Path) -> None:
    text = (SAMPLES / "990100-2024.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text.replace("(四)充实行政复议力量", "(四)“一张网”全域通达。\n(五)充实行政复议力量"), encoding="utf-8")
    done = kg("ingest", str(tmp_path / "a.txt"), "--store", str(tmp_path / "store"), *PLACES)
    assert done.exit_code == 0, done.stdout
    assert "“一张网”全域通达" in kg("measures", "--store", str(tmp_path / "store"), "--format", "csv").stdout


def test_a_place_that_shares_its_name_is_told_with_what_is_above_each(tmp_path: Path) -> None:
    text = (SAMPLES / "990100-2023.txt").read_text(encoding="utf-8").replace("云泽市", "桥西区")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    held = kg("ingest", str(tmp_path / "a.txt"), "--store", str(tmp_path / "store"))
    assert (held.exit_code, "河北省石家庄市桥西区 130104、河北省张家口市桥西区 130703" in held.stdout) == (1, True)
    record = json.loads((tmp_path / "store-quarantine" / "a.record.json").read_text(encoding="utf-8"))
    record["report"]["division"] = {"code": "130104", "name": "桥西区", "class": "市辖区"}
    (tmp_path / "b.json").write_text(json.dumps(record), encoding="utf-8")
    assert kg("ingest", "--record", str(tmp_path / "b.json"), "--store", str(tmp_path / "store")).exit_code == 0
    assert "report/130104/" in kg("reports", "list", "--store", str(tmp_path / "store")).stdout


def test_every_csv_file_of_text_has_the_mark_that_excel_needs(store: Path, tmp_path: Path) -> None:
    for args in (
        ("validate", "--store", str(store), "-o"),
        ("scorecard", "--store", str(store), "-o"),
        ("measures", "--store", str(store), "-o", str(tmp_path / "m.csv"), "--codebook"),
    ):
        assert kg(*args, str(tmp_path / "x.csv")).exit_code == 0
        assert (tmp_path / "x.csv").read_bytes().startswith(codecs.BOM_UTF8), args
    assert kg("docs", "-o", str(tmp_path / "docs")).exit_code == 0
    assert all(path.read_bytes().startswith(codecs.BOM_UTF8) for path in (tmp_path / "docs").glob("*.csv"))


def test_a_list_on_standard_input_and_documents_that_are_no_reports(tmp_path: Path) -> None:
    folder, store = tmp_path / "texts", str(tmp_path / "store")
    folder.mkdir()
    (folder / "a.txt").write_bytes((SAMPLES / "990100-2023.txt").read_bytes())
    (folder / "coding.xlsx").write_bytes(b"PK")
    done = kg("ingest", str(folder), "--store", store, *PLACES)
    assert (done.exit_code, ".xlsx 1" in done.stderr, "coding.xlsx" in done.stdout) == (0, True, False)
    again = kg("ingest", "--list", "-", "--store", store, *PLACES, "--quiet", stdin=f"# one\n{folder / 'a.txt'}\n".encode())
    assert again.stdout == "未变 1\n"
    listed = tmp_path / "清单.txt"
    (folder / "报告.txt").write_bytes((SAMPLES / "990100-2024.txt").read_bytes())
    listed.write_text(f"{folder / '报告.txt'}\r\n", encoding="gb18030")  # as Notepad saves it
    assert kg("ingest", "--list", str(listed), "--store", store, *PLACES, "--quiet").stdout == "入库 1\n"
    listed.write_text(f"{folder / 'a.txt'}\n{folder / 'gone.txt'}\n", encoding="utf-8")
    missing = kg("ingest", "--list", str(listed), "--store", store, *PLACES, "--quiet")
    assert (missing.stdout, missing.exit_code) == ("未变 1 · 不可读 1\n", 3)


def test_queries_and_sparql(store: Path, tmp_path: Path) -> None:
    assert "指标的逐年变化              place indicator\n" in kg("query", "list").stdout
    assert "Trend of an indicator" in kg("query", "list", "--lang", "en").stdout
    assert kg("query", "show", "indicator-trend").stdout.startswith("#+ id: indicator-trend")
    csv = kg(
        "query",
        "run",
        "indicator-trend",
        "--store",
        str(store),
        "--param",
        "place=云泽市",
        "--param",
        "indicator=agency-head-court-appearance-rate",
        "--format",
        "csv",
    ).stdout
    assert csv.splitlines()[2].startswith("云泽市,行政机关负责人出庭应诉率,2024,93.6,%,exact")
    query = "SELECT (COUNT(DISTINCT ?r) AS ?n) WHERE { ?r a <https://w3id.org/fazhi-kg/ontology#Report> }"
    file = tmp_path / "q.rq"
    file.write_text(query, encoding="utf-8")
    for text in (query, str(file)):
        assert json.loads(kg("sparql", text, "--store", str(store), "--format", "json").stdout) == [{"n": COUNT}]


def test_panel_and_dump(store: Path, tmp_path: Path) -> None:
    long = kg("panel", "--store", str(store)).stdout
    assert long.startswith("code,place,level,year,issuer,issuer_kind,indicator_id,")
    wide = tmp_path / "wide.csv"
    assert kg("panel", "--store", str(store), "--wide", "-o", str(wide)).exit_code == 0
    header, *rows = wide.read_text(encoding="utf-8-sig").splitlines()
    assert "agency-head-court-appearance-rate" in header
    assert len(rows) == COUNT
    for name in ("a.nq", "a.trig"):
        assert kg("dump", "--store", str(store), "-o", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "a.nq").read_text(encoding="utf-8") == kg("dump", "--store", str(store)).stdout == kg("dump", "--store", str(store), "-o", "-").stdout
    assert kg("panel", "--store", str(store), "-o", "-").stdout == long


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_output_to_a_pipe_or_through_a_link_leaves_them_in_place(store: Path, tmp_path: Path) -> None:
    pipe, file, link = tmp_path / "pipe", tmp_path / "file", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(file)
    file.write_text("old")
    with ThreadPoolExecutor(1) as reader:
        piped = reader.submit(pipe.read_text, encoding="utf-8")
        for place in (pipe, link):
            assert kg("panel", "--store", str(store), "-o", str(place)).exit_code == 0
        assert piped.result(timeout=60) == file.read_text(encoding="utf-8")
    assert pipe.is_fifo()
    assert link.is_symlink()


def test_genre_is_said_and_refused(corpus: Path, tmp_path: Path) -> None:
    path = str(corpus / "reports" / "neighbouring" / "410000-2026.txt")
    result = kg("ingest", path, "--store", str(tmp_path / "store"))
    assert result.exit_code == 1
    assert "work_report" in result.stdout
    assert not (tmp_path / "store").exists()
    said = kg("extract", path, "--format", "json")
    assert said.exit_code == 0
    assert "work_report" in said.stderr


def test_help_is_quick_to_say() -> None:
    for command in ("demo", "ingest", "reports", "extract", "validate", "query", "sparql", "panel", "measures", "network", "dump"):
        result = kg(command, "--help")
        assert result.exit_code == 0
        assert "Usage" in result.output


def test_the_ending_of_the_output_says_its_format(store: Path, tmp_path: Path) -> None:
    asked = ("query", "run", "places", "--store", str(store))
    assert kg(*asked, "-o", str(tmp_path / "a.csv")).exit_code == 0
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbf" + kg(*asked, "--format", "csv").stdout.encode()
    assert kg(*asked, "-o", str(tmp_path / "a.txt")).exit_code == 0
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == kg(*asked).stdout
    assert kg(*asked, "-o", str(tmp_path / "a.foo")).exit_code == 2
    assert kg("validate", str(SAMPLES / "990100-2025.txt"), *PLACES, "-o", str(tmp_path / "v.html")).exit_code == 0
    assert (tmp_path / "v.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert kg("scorecard", "--store", str(store), "-o", str(tmp_path / "s.html")).exit_code == 0
    assert (tmp_path / "s.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert kg("sparql", "missing.rq", "--store", str(store)).exit_code == 2


def test_people_read_words_and_programs_read_codes(store: Path) -> None:
    asked = ("query", "run", "indicator-trend", "--store", str(store), "--param", "indicator=主动公开政府信息条数")
    assert "确数" in kg(*asked).stdout
    assert "exact" in kg(*asked, "--format", "csv").stdout
    places = ("query", "run", "places", "--store", str(store))
    assert ("县级" in kg(*places).stdout, ",county," in kg(*places, "--format", "csv").stdout) == (True, True)
    assert "代码" in kg("division", "济源市").stdout
    assert "code" in kg("division", "济源市", "--lang", "en").stdout
    assert "发文机关" in kg("reports", "list", "--store", str(store)).stdout
    assert "种类" in kg("candidates", "--store", str(store)).stdout


def test_an_empty_answer_and_a_wrong_name_say_what_to_do(store: Path) -> None:
    empty = kg("query", "run", "indicator-ranking", "--store", str(store), "--param", "year=1999")
    assert (empty.exit_code, "no rows" in empty.stderr) == (0, True)
    unknown = kg("query", "run", "行政应诉", "--store", str(store))
    assert (unknown.exit_code, "litigation" in unknown.stderr, "kg query list" in unknown.stderr) == (2, True, True)
    wrong = kg("query", "run", "indicator-trend", "--store", str(store), "--param", "plase=云泽市")
    assert "place(地方)、indicator(指标)" in wrong.stderr


def test_a_local_mechanism_says_in_english_what_it_is_and_namesakes_are_told_apart(store: Path) -> None:
    asked = ("query", "run", "mechanism-adoption", "--store", str(store), "--lang", "en", "--format", "csv", "--param")
    both = kg(*asked, "mechanism=“码上议”平台")
    assert (both.exit_code, "990121/“码上议”平台、990200/“码上议”平台" in both.stderr) == (2, True)
    one = kg(*asked, "mechanism=990121/“码上议”平台")
    assert one.stdout.splitlines()[1].startswith("“码上议”平台 (local platform),Linxi County,2024")


def test_ingest_says_where_warnings_and_what_was_held_back_lie(tmp_path: Path) -> None:
    done = kg("ingest", str(SAMPLES / "990121-2025.html"), str(SAMPLES / "990200-2025.txt"), "--store", str(tmp_path / "store"), *PLACES)
    assert ("kg query run warnings" in done.stderr, "quarantine" in done.stderr) == (True, False)
    placeless = kg("ingest", str(SAMPLES / "990200-2025.txt"), "--store", str(tmp_path / "other"))
    assert (placeless.exit_code, "other-quarantine" in placeless.stderr, "--divisions" in placeless.stdout) == (1, True, True)


def test_extract_tells_every_figure_by_its_label(tmp_path: Path) -> None:
    told = kg("extract", str(SAMPLES / "990200-2025.txt"), *PLACES).stdout
    assert "行政检查次数 = 8400 次(旧值)" in told
    assert "? 督促解决问题 = 8 项" in told
    count = json.loads(kg("extract", str(SAMPLES / "990200-2025.txt"), *PLACES, "--format", "json").stdout)["observations"]
    assert sum(line.strip().startswith("I0") for line in told.splitlines()) == len(count)
    assert "figures outside measures" in kg("extract", str(SAMPLES / "990200-2025.txt"), *PLACES, "--lang", "en").stdout


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("foo",), "没有这个命令"),
        (("ingest", "x"), "缺少选项"),
        (("query", "run"), "缺少参数"),
        (("page", "x", "--foo"), "没有这个选项"),
        (("division", "a", "b"), "多余的参数"),
        (("division", "a", "--year", "1"), "参数值不对"),
        (("query", "list", "--tag"), "选项后须有值"),
    ],
)
def test_a_wrong_call_is_told_in_both_languages(call: tuple[str, ...], said: str) -> None:
    result = kg(*call)
    assert (result.exit_code, f"Error: {said} · " in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("ingst",), "try: ingest"),
        (("query", "indicator-trend"), "kg query run indicator-trend"),
        (("query", "run", "行政应述"), "litigation(行政应诉)"),
        (("query", "run", "places", "--endpoint", "graph"), "http(s)"),
        (("page", "云泽市", "2025", "-o", "x.html"), "--store"),
        (("push", "--store", "STORE", "--endpoint", "ftp://x/y"), "http(s)"),
        (("push", "--store", "STORE", "--endpoint", "http://x/y"), "--graph-store URL"),
    ],
)
def test_a_wrong_call_says_what_may_be_meant(store: Path, call: tuple[str, ...], said: str) -> None:
    result = kg(*(str(store) if each == "STORE" else each for each in call))
    if call[1:2] == ("run",) and "--endpoint" not in call:
        result = kg(*call, "--store", str(store))
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


def test_every_option_is_told_in_both_languages() -> None:
    def walk(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
        yield name, first_line(command)
        for option in command.params:
            if isinstance(option, click.Option):
                yield f"{name} {option.opts[0]}", option.help or ""
        for each, below in command.commands.items() if isinstance(command, click.Group) else ():
            yield from walk(below, f"{name} {each}")

    told = dict(walk(main, "kg"))
    assert [name for name, said in told.items() if not re.search(r"[\u4e00-\u9fff]|^\.", said) or not re.search("[a-z]{3}", said)] == []


def test_help_names_every_command_in_the_order_of_work() -> None:
    told = kg("--help").stdout
    assert [name for name in main.commands if f"\n  {name} " not in told] == []
    assert told.index("\n  ingest ") < told.index("\n  validate ") < told.index("\n  query ") < told.index("\n  network ")

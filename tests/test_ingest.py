"""Ingestion: the same store by every executor and in every order, nothing lost to one bad file, unchanged input not read again."""

import gzip
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

import kg.ingest
from benchmarks.reports import generate_reports, write_divisions
from kg.cli import main
from kg.errors import KgError, UsageError
from kg.held import name_report
from kg.ingest import Outcome, Way, ingest_files
from kg.ingest.admit import Options, Task, admit_input
from kg.ingest.executor import open_executor, run_tasks
from kg.ingest.inputs import name_inputs
from kg.ingest.worker import Failure, _Worker
from kg.pipeline import MAX_INPUT
from kg.store import read_store
from tests.conftest import DIVISIONS, SAMPLES


def kg_command(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


@pytest.fixture(scope="module")
def divisions(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_divisions(tmp_path_factory.mktemp("divisions") / "divisions.csv"))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("reports")
    for report in generate_reports(4):
        (folder / report.name).write_bytes(report.data)
    return sorted(folder.iterdir())


@pytest.fixture
def run(tmp_path: Path, divisions: str) -> Callable[..., list[Outcome]]:
    def ingest(files: Sequence[Path], store: str = "store", way: Way | None = None) -> list[Outcome]:
        return ingest_files(files, tmp_path / store, Options((divisions,)), lambda: b"", way if way is not None else Way())

    return ingest


def dump(folder: Path) -> str:
    return "\n".join(read_store(folder).dump_lines())


def states(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]


def shortened(path: Path, folder: Path, name: str) -> Path:
    """Copy a report without its last sections, as an aggregator does."""
    folder.mkdir(exist_ok=True)
    text = path.read_text(encoding="utf-8")
    (folder / name).write_text(text[: text.index("七、")], encoding="utf-8")
    return folder / name


def test_every_executor_and_order_gives_the_same_dump(run: Callable[..., list[Outcome]], reports: list[Path], tmp_path: Path) -> None:
    assert states(run(reports, "serial")) == ["in"] * 4
    assert states(run(reports[::-1], "processes", Way("process", 2))) == ["in"] * 4
    run(reports[2:], "parts")
    assert states(run(reports, "parts", Way("process", 3))) == ["in", "in", "unchanged", "unchanged"]
    assert dump(tmp_path / "serial") == dump(tmp_path / "processes") == dump(tmp_path / "parts")


def test_unchanged_input_is_not_judged_again(run: Callable[..., list[Outcome]], reports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(reports)
    before = dump(tmp_path / "store")
    judged: list[Task] = []
    monkeypatch.setattr(kg.ingest, "admit_input", lambda task: judged.append(task) or admit_input(task))  # type: ignore[func-returns-value]
    assert states(run(reports)) == ["unchanged"] * 4
    assert judged == []
    seen = tmp_path / "store" / "seen.jsonl"
    seen.write_bytes(seen.read_bytes()[:-40])  # as a kill would leave it
    assert states(run(reports)) == ["unchanged"] * 4
    assert states(run(reports[:1], way=Way(resume=False))) == ["unchanged"]
    seen.unlink()
    assert states(run(reports)) == ["unchanged"] * 4
    assert len(judged) == 1 + 1 + 4
    assert dump(tmp_path / "store") == before


def test_a_report_that_was_removed_comes_back(run: Callable[..., list[Outcome]], reports: list[Path], tmp_path: Path) -> None:
    (outcome, *_) = run(reports)
    before = dump(tmp_path / "store")
    assert outcome.report is not None
    assert kg_command("reports", "remove", outcome.report, "--store", str(tmp_path / "store")).exit_code == 0
    assert states(run(reports)) == ["in", "unchanged", "unchanged", "unchanged"]
    assert dump(tmp_path / "store") == before


@pytest.mark.parametrize("together", [True, False])
def test_the_better_of_two_texts_is_kept_in_any_order(run: Callable[..., list[Outcome]], reports: list[Path], tmp_path: Path, together: bool) -> None:
    whole = reports[0]
    short, copy = shortened(whole, tmp_path / "mirror", "mirror.txt"), tmp_path / "mirror" / "zz-copy.txt"
    shutil.copy(whole, copy)
    texts = [whole, short, copy]
    run([whole], "alone")
    for number, order in enumerate(([0, 1, 2], [1, 0, 2], [2, 1, 0])):
        store = f"order-{number}"
        files = [texts[i] for i in order]
        outcomes = run(files, store) if together else [run([file], store)[0] for file in files]
        again = run(files, store)
        assert {o.path: o.state for o in again} == {str(whole): "unchanged", str(short): "duplicate", str(copy): "duplicate"}
        assert dump(tmp_path / store) == dump(tmp_path / "alone")
        if together:
            assert {o.path: o.state for o in outcomes} == {str(whole): "in", str(short): "duplicate", str(copy): "duplicate"}


def test_a_corrected_file_takes_the_place_of_its_former_self(run: Callable[..., list[Outcome]], reports: list[Path], tmp_path: Path) -> None:
    page, rival = tmp_path / "page.txt", shortened(reports[0], tmp_path / "mirror", "rival.txt")
    shutil.copy(reports[0], page)
    assert states(run([page, rival])) == ["in", "duplicate"]
    text = page.read_text(encoding="utf-8")
    page.write_text(text[: text.index("八、")], encoding="utf-8")
    assert states(run([rival, page])) == ["duplicate", "in"]
    page.write_text(text[: text.index("三、")], encoding="utf-8")
    assert states(run([rival, page])) == ["in", "duplicate"], "the rival, which lost to the former text, is better than the new one"
    run([rival, page], "fresh")
    assert dump(tmp_path / "store") == dump(tmp_path / "fresh")


def test_bad_files_end_as_what_they_are_and_stop_nothing(run: Callable[..., list[Outcome]], reports: list[Path], tmp_path: Path) -> None:
    empty, news = tmp_path / "empty.txt", tmp_path / "news.txt"
    empty.write_bytes(b"")
    news.write_text("某县召开会议审议有关事项\n" + "会议听取了有关单位的工作汇报,并就下一步工作作出安排部署。" * 8, encoding="utf-8")
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(MAX_INPUT * 3)  # a file of nothing, which takes no room
    files = [empty, reports[0], tmp_path / "gone.txt", news, tmp_path / "huge.txt"]
    for way in (Way("process", 2), Way()):
        assert states(run(files, way=way)) == ["unreadable", "in" if way.jobs == 2 else "unchanged", "unreadable", "refused", "unreadable"]


def misbehave(number: int) -> int:
    if number == 1:
        os._exit(3)
    if number == 2:
        time.sleep(60)
    if number == 3:
        raise MemoryError("too large")
    return number * 10


def test_a_task_that_dies_hangs_or_raises_is_told_apart() -> None:
    with open_executor("process", 2, seconds=4) as running:
        results = dict(run_tasks(running, misbehave, range(8)))
    assert {n: r for n, r in results.items() if not isinstance(r, Failure)} == {n: n * 10 for n in (0, 4, 5, 6, 7)}
    reasons = {n: r.reason for n, r in results.items() if isinstance(r, Failure)}
    assert "died" in reasons[1]
    assert "4 seconds" in reasons[2]
    assert "MemoryError" in reasons[3]


class Loaded:
    """A connection on a machine so loaded that a task's time is over before its process has said a word; from then on nothing is late."""

    def __init__(self, connection: Connection, seconds: float) -> None:
        self.connection, self.seconds, self.heard = connection, seconds, False
        self.send, self.close = connection.send, connection.close

    def poll(self, seconds: float) -> bool:
        return (self.heard or seconds > self.seconds) and self.connection.poll(None)

    def recv(self) -> object:
        self.heard = True
        return self.connection.recv()


def test_the_time_of_a_task_begins_when_its_process_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    start = _Worker.__init__

    def start_loaded(worker: Any) -> None:
        start(worker)
        worker._connection = Loaded(worker._connection, 4)

    monkeypatch.setattr(_Worker, "__init__", start_loaded)
    with open_executor("process", 2, seconds=4) as running:
        results = dict(run_tasks(running, misbehave, (0, 1, 4)))
    assert (results[0], results[4]) == (0, 40)
    assert isinstance(results[1], Failure)
    assert "died" in results[1].reason, "its second process starts as slowly as its first"


def test_a_task_that_hangs_is_ended_in_this_process_too() -> None:
    with open_executor("serial", 1, seconds=2) as running:
        results = dict(run_tasks(running, misbehave, (0, 2, 4)))
    assert (results[0], results[4]) == (0, 40)
    assert isinstance(results[2], Failure)
    assert "2 seconds" in results[2].reason


def test_a_failed_file_is_named_and_judged_again(
    run: Callable[..., list[Outcome]], reports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(task: Task) -> object:
        if task.position == 1:
            raise RecursionError("too deep")
        return admit_input(task)

    monkeypatch.setattr(kg.ingest, "admit_input", faulty)
    outcomes = run(reports)
    assert states(outcomes) == ["in", "failed", "in", "in"]
    assert "RecursionError" in outcomes[1].detail
    monkeypatch.undo()
    assert states(run(reports)) == ["unchanged", "in", "unchanged", "unchanged"]


def test_dry_run_writes_nothing(run: Callable[..., list[Outcome]], reports: list[Path], tmp_path: Path) -> None:
    assert states(run(reports, way=Way(dry_run=True))) == ["in"] * 4
    assert not (tmp_path / "store").exists()
    run(reports[:2])
    before = {p: p.read_bytes() for p in (tmp_path / "store").rglob("*") if p.is_file()}
    assert states(run(reports, way=Way(dry_run=True))) == ["unchanged", "unchanged", "in", "in"]
    assert {p: p.read_bytes() for p in (tmp_path / "store").rglob("*") if p.is_file()} == before


def test_inputs_by_folder_pattern_and_list(tmp_path: Path) -> None:
    for name in ("b/1.txt", "b/2.html", "a.txt", "README.md", "b/3.pdf.part"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "list").write_text(f"# mine\n\n{tmp_path / 'b' / '2.html'}\n{tmp_path / 'a.txt'}\n", encoding="utf-8")
    named = [p.relative_to(tmp_path).as_posix() for p in name_inputs([str(tmp_path / "**" / "*.txt"), str(tmp_path)], str(tmp_path / "list")).files]
    assert named == ["a.txt", "b/1.txt", "b/2.html"]
    for paths, listed, said in (([str(tmp_path / "*.doc")], None, "no file matches"), ([], None, "no input"), ([], str(tmp_path / "nolist"), "list cannot")):
        with pytest.raises(KgError, match=said):
            name_inputs(paths, listed)


def test_an_archive_in_a_folder_is_not_passed_over_in_silence(run: Callable[..., list[Outcome]], reports: list[Path], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(reports[0], tmp_path / "in")
    (tmp_path / "in" / "more.rar").write_bytes(b"Rar!\x1a\x07\x01\0" + bytes(99))
    (tmp_path / "in" / "table.csv").write_text("a,b", encoding="utf-8")
    outcomes = run(name_inputs([str(tmp_path / "in")]).files)
    assert sorted(states(outcomes)) == ["in", "unreadable"]
    assert "unpack it" in next(outcome.detail for outcome in outcomes if outcome.state == "unreadable")


def test_the_parts_of_a_saved_page_are_no_reports(tmp_path: Path) -> None:
    for name in ("a.html", "a_files/frame.html", "b.htm", "b.files/x/picture.jpg", "other_files/c.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in name_inputs([str(tmp_path)]).files] == ["a.html", "b.htm", "c.html"]


def test_command_says_what_an_executor_lacks_and_keeps_quiet(reports: list[Path], tmp_path: Path, divisions: str) -> None:
    args = ["ingest", *map(str, reports), "--store", str(tmp_path / "store"), "--divisions", divisions]
    assert "unknown executor" in kg_command(*args, "--executor", "threads").stderr
    result = kg_command(*args, "--quiet", "--jobs", "2")
    assert (result.stdout, result.stderr, result.exit_code) == ("入库 4\n", "", 0)
    assert "4/4" in kg_command(*args).stderr


def test_a_store_of_another_format_is_refused_with_a_way_on(reports: list[Path], tmp_path: Path, run: Callable[..., list[Outcome]]) -> None:
    run(reports[:1])
    (tmp_path / "store" / "format.json").write_text('{"format": 1}', encoding="utf-8")
    result = kg_command("ingest", str(reports[0]), "--store", str(tmp_path / "store"))
    assert result.exit_code == 3
    assert "ingest" in result.stderr
    assert "new folder" in result.stderr


def test_batches_make_no_difference(run: Callable[..., list[Outcome]], reports: list[Path], tmp_path: Path) -> None:
    run(reports, "whole")
    run([reports[2], reports[0], reports[3], reports[1]], "single", Way(batch=1))
    assert dump(tmp_path / "single") == dump(tmp_path / "whole")


def test_shards_hold_the_dump_and_do_not_depend_on_the_run(run: Callable[..., list[Outcome]], reports: list[Path], tmp_path: Path) -> None:
    for name, files in (("a", reports), ("b", reports[::-1])):
        run(files, name)
        assert kg_command("dump", "--store", str(tmp_path / name), "--shards", str(tmp_path / f"shards-{name}")).exit_code == 0
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / f"shards-{name}").iterdir()} for name in "ab")
    assert first == second
    manifest = json.loads(first.pop("manifest.json"))
    assert {"reference", "other"} < set(manifest)
    assert all(re.fullmatch(r"9\d-20\d\d|reference|other", name) for name in manifest)
    texts = {name.removesuffix(".nq.gz"): gzip.decompress(data).decode() for name, data in first.items()}
    assert {name: (text.count("\n"), hashlib.sha256(text.encode()).hexdigest()) for name, text in texts.items()} == {
        name: (row["quads"], row["sha256"]) for name, row in manifest.items()
    }
    assert sorted("".join(texts.values()).splitlines()) == sorted(dump(tmp_path / "a").splitlines())


def ask(folder: Path, pattern: str) -> list[tuple[str, ...]]:
    solutions = read_store(folder).quads.query("PREFIX fz: <https://w3id.org/fazhi-kg/ontology#> SELECT ?a ?b { " + pattern + " } ORDER BY ?a ?b")
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(term.value for term in row if term is not None and not isinstance(term, ox.Triple)) for row in solutions]


def test_strict_keeps_a_warned_report_out_until_it_is_mended(tmp_path: Path) -> None:
    """Without --strict it goes in with its warnings in the meta graph; with it, into the quarantine with record and findings."""
    source, store = tmp_path / "990121-2025.html", tmp_path / "store"
    text = (SAMPLES / source.name).read_bytes().decode("gb18030")
    source.write_bytes(text.encode("gb18030"))
    command = ("ingest", str(source), "--divisions", DIVISIONS[0], "--executor", "serial", "--store")
    assert kg_command(*command, str(tmp_path / "loose")).exit_code == 0
    warned = ask(tmp_path / "loose", '?f a fz:Finding ; fz:severity "warning" ; fz:shape ?a ; fz:concerns/fz:report/fz:year ?b')
    assert ("https://w3id.org/fazhi-kg/shapes#rate-agrees", "2025") in warned
    assert ask(tmp_path / "loose", "?g fz:conforms ?a ; fz:findingCount ?b") == [("true", str(len(ask(tmp_path / "loose", "?g fz:finding ?a"))))]

    done = kg_command(*command, str(store), "--strict")
    assert (done.exit_code, "比率与件数不符" in done.output) == (1, True)
    assert not store.exists()
    record, findings = (json.loads((tmp_path / "store-quarantine" / f"990121-2025.{kind}.json").read_text(encoding="utf-8")) for kind in ("record", "findings"))
    assert record["report"]["year"] == 2025
    assert {f["severity"] for f in findings} >= {"warning"}

    source.write_bytes(text.replace("98.9%", "96.8%").encode("gb18030"))
    done = kg_command(*command, str(store), "--strict")
    assert (done.exit_code, read_store(store).report_graphs() != []) == (0, True)
    assert kg_command(*command, str(tmp_path / "loose")).exit_code == 0
    assert [row for row in ask(tmp_path / "loose", "?f fz:shape ?a ; fz:severity ?b") if row[1] == "warning"] == []


def test_two_towns_of_a_county_and_two_zones_of_a_city_are_two_reports(tmp_path: Path) -> None:
    body = "\n\n2024年,各项工作扎实推进,取得明显成效。\n一、主要做法\n" + "开展普法活动9场。化解矛盾纠纷86件。" * 6 + "\n"
    for name in ("临溪县溪口镇", "临溪县柳湾镇", "云泽经济开发区管委会", "云泽高新区管委会"):
        (tmp_path / f"{name}.txt").write_text(f"{name}2024年法治政府建设情况报告{body}", encoding="utf-8")
    result = CliRunner().invoke(
        main, ["ingest", "--store", str(tmp_path / "store"), "--divisions", DIVISIONS[0], "--jobs", "1", *map(str, sorted(tmp_path.glob("*.txt")))]
    )
    assert result.exit_code == 0, result.output
    store = read_store(tmp_path / "store")
    assert len(store.report_graphs()) == 4
    assert "/township-street/" in name_report(store, "溪口镇 2024")
    with pytest.raises(UsageError, match="several reports"):  # the county's code says which two it may be
        name_report(store, "990121 2024")

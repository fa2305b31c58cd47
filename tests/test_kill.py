"""A killed ingestion leaves whole reports and is completed by the next; a Dask cluster that loses a worker gives the same store."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from distributed import Client
from PIL import Image

from benchmarks.kills import dump_of, ingest_command, kill_often
from benchmarks.reports import write_corpus

pytestmark = pytest.mark.slow
REPORTS = 12


@pytest.fixture(scope="module")
def corpus_of_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, REPORTS, seed=11)
    return folder


def test_ten_kills(corpus_of_reports: Path, tmp_path: Path) -> None:
    files = sorted((corpus_of_reports / "reports").iterdir())
    kills = kill_often(files, corpus_of_reports / "divisions.csv", tmp_path, kills=10, seed=1)
    assert kills.hits == 10
    assert kills.partial == 0
    assert kills.equal
    assert any(0 < held < REPORTS for held in kills.held), "no kill came between two commits"


@contextmanager
def cluster(folder: Path, workers: int, *more: str, env: dict[str, str] | None = None) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a Dask scheduler and workers, each a process of its own."""
    dask, place = [sys.executable, "-m", "dask"], folder / "scheduler.json"
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen([*dask, "scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1", "--scheduler-file", str(place)], **silent)]  # type: ignore[call-overload]
    try:
        deadline = time.monotonic() + 30
        while not place.exists() or not place.read_text():
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.1)
        options = ["--scheduler-file", str(place), "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder), *more]
        processes += [subprocess.Popen([*dask, "worker", *options], env=env, **silent) for _ in range(workers)]  # type: ignore[call-overload]
        address = json.loads(place.read_text())["address"]
        _wait_for_workers(address, workers)
        yield address, processes[1:]
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def _wait_for_workers(address: str, workers: int) -> None:
    with Client(address) as client:
        client.wait_for_workers(workers, timeout=60)


def test_dask_with_a_worker_killed_gives_the_same_dump(corpus_of_reports: Path, tmp_path: Path) -> None:
    files, divisions = sorted((corpus_of_reports / "reports").iterdir()), corpus_of_reports / "divisions.csv"
    subprocess.run(ingest_command(files, tmp_path / "serial", divisions, "--executor", "serial"), check=True)
    with cluster(tmp_path, 2, "--no-nanny") as (address, workers):
        run = subprocess.Popen(ingest_command(files, tmp_path / "dask", divisions, "--executor", address, "--batch", "2"), stdout=subprocess.PIPE)
        deadline = time.monotonic() + 120
        while not (tmp_path / "dask" / "seen.jsonl").exists() and time.monotonic() < deadline:
            time.sleep(0.05)  # the first batch is written: the run is in its middle
        workers[0].kill()
        said, _ = run.communicate(timeout=120)
    assert run.returncode == 0
    assert said.decode() == f"入库 {REPORTS}\n"
    assert dump_of(tmp_path / "dask") == dump_of(tmp_path / "serial")


def test_dask_ends_a_file_that_takes_too_long_as_the_pool_does(corpus_of_reports: Path, tmp_path: Path) -> None:
    files, divisions = sorted((corpus_of_reports / "reports").iterdir())[:4], corpus_of_reports / "divisions.csv"
    subprocess.run(ingest_command(files, tmp_path / "serial", divisions, "--executor", "serial"), check=True)
    programs, scan = tmp_path / "bin", tmp_path / "scan.png"
    programs.mkdir()
    (programs / "tesseract").write_text(f"#!/bin/sh\necho $$ >> {tmp_path}/pids\nexec sleep 600\n")
    (programs / "tesseract").chmod(0o755)
    Image.new("L", (60, 60), 255).save(scan)
    env = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    with cluster(tmp_path, 2, env=env) as (address, _):
        ways = {"dask": address, "pool": "process"}
        commands = {way: ingest_command([scan, *files], tmp_path / way, divisions, "--executor", ways[way], "--time-limit", "15") for way in ways}
        commands = {way: [part for part in command if part != "--quiet"] for way, command in commands.items()}
        runs = {way: subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for way, command in commands.items()}
        said = {way: run.communicate(timeout=180)[0].decode() for way, run in runs.items()}
        hung = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert said["dask"] == said["pool"]
    assert "超过 15 秒,已终止 · took more than 15 seconds and was ended" in said["dask"]
    assert {run.returncode for run in runs.values()} == {4}
    assert dump_of(tmp_path / "dask") == dump_of(tmp_path / "pool") == dump_of(tmp_path / "serial")
    assert len(hung) == 2
    assert not [pid for pid in hung if Path(f"/proc/{pid}/cmdline").exists() and b"sleep" in Path(f"/proc/{pid}/cmdline").read_bytes()]

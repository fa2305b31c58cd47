"""A killed ingestion leaves whole reports and is completed by the next; a Dask cluster that loses a worker gives the same store."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from distributed import Client

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
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a Dask scheduler and workers, each a process of its own."""
    dask, place = [sys.executable, "-m", "dask"], folder / "scheduler.json"
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen([*dask, "scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1", "--scheduler-file", str(place)], **silent)]  # type: ignore[call-overload]
    try:
        deadline = time.monotonic() + 30
        while not place.exists() or not place.read_text():
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.1)
        options = ["--scheduler-file", str(place), "--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
        processes += [subprocess.Popen([*dask, "worker", *options], **silent) for _ in range(workers)]  # type: ignore[call-overload]
        address = json.loads(place.read_text())["address"]
        _wait_for_workers(address, workers)
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _wait_for_workers(address: str, workers: int) -> None:
    with Client(address) as client:
        client.wait_for_workers(workers, timeout=60)


def test_dask_with_a_worker_killed_gives_the_same_dump(corpus_of_reports: Path, tmp_path: Path) -> None:
    files, divisions = sorted((corpus_of_reports / "reports").iterdir()), corpus_of_reports / "divisions.csv"
    subprocess.run(ingest_command(files, tmp_path / "serial", divisions, "--executor", "serial"), check=True)
    with cluster(tmp_path, 2) as (address, workers):
        run = subprocess.Popen(ingest_command(files, tmp_path / "dask", divisions, "--executor", address, "--batch", "2"), stdout=subprocess.PIPE)
        deadline = time.monotonic() + 120
        while not (tmp_path / "dask" / "seen.jsonl").exists() and time.monotonic() < deadline:
            time.sleep(0.05)  # the first batch is written: the run is in its middle
        workers[0].kill()
        said, _ = run.communicate(timeout=120)
    assert run.returncode == 0
    assert said.decode() == f"入库 {REPORTS}\n"
    assert dump_of(tmp_path / "dask") == dump_of(tmp_path / "serial")

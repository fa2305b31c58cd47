"""Every stored question at a thousand reports on the embedded store, indexed, and at a hundred on rdflib beside it: seconds by the clock."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from benchmarks.on_rdflib import execute_on_rdflib
from benchmarks.scale import measure_run, sorted_files
from kg.query import Query, load_queries
from kg.query.ask import ALLOCATOR, execute_on, make_index, run_query
from kg.query.bind import Execute
from kg.store import Store, read_store
from kg.table import Table

LIMIT = 5
"""Seconds after which rdflib is stopped."""
ROUNDS, SLOW = 3, 5.0
_TYPICAL = {
    "indicator": "agency-head-court-appearance-rate",
    "mechanism": "government-court-coordination",
    "body-type": "judicial-administration",
    "topic": "dispute-resolution",
    "text": "复议",
}


class _Stopped(BaseException):
    """The alarm rang; no handler of the engine's may take it for its own."""


def store_of(corpus: Path, folder: Path, size: int) -> Store:
    """Open the store of so many reports, making it where an earlier part has not."""
    place = folder / f"store-{size}"
    if not (place / "runs.jsonl").exists():
        measure_run(sorted_files(corpus)[:size], corpus / "divisions.csv", place)
    return read_store(place)


def measure_as_asked(corpus: Path, folder: Path) -> dict[str, Any]:
    """Measure in a process of its own that is set up as the one in which `kg query run` asks."""
    command = [sys.executable, "-m", "benchmarks.queries", str(corpus), str(folder)]
    found: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, env=ALLOCATOR | os.environ, check=True).stdout)
    return found


def measure_queries(corpus: Path, folder: Path, large: int = 1000, small: int = 100) -> dict[str, object]:
    """Give how long the index takes and, for each question: seconds of all reports and its rows, of its sample, of a place, of one concept; then of the sample at the small size on both engines."""
    store = store_of(corpus, folder, large)
    began = time.perf_counter()
    make_index(store.folder)
    indexing = time.perf_counter() - began
    execute = execute_on(store.quads, store.folder)
    place = str(run_query(execute, load_queries()["reports"], {"year": ["2024"]}).rows[0][0])
    rows: dict[str, dict[str, object]] = {}
    for name, query in load_queries().items():
        seconds, answer = _time(execute, query)
        rows[name] = {"all": seconds, "rows": len(answer)}
        if query.sample is not None:
            rows[name]["sample"] = _time(execute, query, sample=True)[0]
        rows[name] |= {what: _time(execute, query, params)[0] for what, params in _given(query, place).items()}
    del store, execute
    return {"indexing": indexing, "large": large, "small": small, "limit": LIMIT, "queries": rows, **_compare(store_of(corpus, folder, small))}


def _given(query: Query, place: str) -> dict[str, Mapping[str, Sequence[str]]]:
    types = {param.name: param.type for param in query.params}
    concepts = {name: [_TYPICAL[kind]] for name, kind in types.items() if kind in _TYPICAL}
    return ({"place": {"place": [place]}} if "place" in types else {}) | ({"concept": concepts} if concepts else {})


def _time(execute: Execute, query: Query, params: Mapping[str, Sequence[str]] = {}, sample: bool = False) -> tuple[float, Table]:
    """Seconds, the middle of three runs after one that warms up; one of more than five seconds is run once."""
    times = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        answer = run_query(execute, query, params, sample=sample)
        times.append(time.perf_counter() - began)
        if times[-1] > SLOW:
            break
    return sorted(times[1:] or times)[len(times[1:]) // 2], answer


def _compare(store: Store) -> dict[str, object]:
    """Both engines on the same reports; None where rdflib was stopped."""
    embedded, on_rdflib = execute_on(store.quads), execute_on_rdflib([*store.dump_lines()])
    pairs: dict[str, tuple[float, float | None]] = {}
    for name, query in load_queries().items():
        pairs[name] = _time(embedded, query, sample=True)[0], _stopped_after(on_rdflib, query)
    return {"pairs": pairs}


def _stopped_after(execute: Execute, query: Query) -> float | None:
    def ring(number: int, frame: FrameType | None) -> None:
        raise _Stopped

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(LIMIT)
    began = time.perf_counter()
    try:
        run_query(execute, query, {}, sample=True)
    except _Stopped:
        return None
    finally:
        signal.alarm(0)
    return time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(measure_queries(Path(sys.argv[1]), Path(sys.argv[2]))))

"""`kg validate --store`: its time, and its memory in the course of a run, over stores of several sizes; and extraction against validation on generated reports."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.scale import measure_run, memory_of, sorted_files
from benchmarks.steps import median_time
from kg.divisions import load_register
from kg.pipeline import extract_bytes
from kg.store import is_store
from kg.triples import quads_of
from kg.validate import validate_quads

REPORTS = 20
POINTS = (10, 25, 50, 75, 100)


def measure_gate(corpus: Path, folder: Path, sizes: Sequence[int]) -> dict[str, object]:
    """Validate the store of each size, once as it is and once with what only all reports together show."""
    runs = {}
    for size in sizes:
        store = folder / f"store-{size}"
        if not is_store(store):
            measure_run(sorted_files(corpus)[:size], corpus / "divisions.csv", store)
        runs[str(size)] = {"alone": _validate(store), "together": _validate(store, "--corpus")}
        print(f"{size}: {json.dumps(runs[str(size)])}", flush=True)
    return {"runs": runs, "points": POINTS, "generated": measure_generated(corpus)}


def _validate(store: Path, *more: str) -> dict[str, object]:
    """Run the command; give its seconds by the clock and of the processor, and its memory (MB) at parts of the run and at most."""
    command = [str(Path(sys.executable).with_name("kg")), "validate", "--store", str(store), "--format", "json", "-o", os.devnull, *more]
    began, memory = time.perf_counter(), []
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while (done := os.wait4(process.pid, os.WNOHANG))[0] == 0:
        memory.append(memory_of(process.pid) / 1024)
        time.sleep(0.1)
    assert os.waitstatus_to_exitcode(done[1]) == 0
    at = [statistics.median(memory[max(point * len(memory) // 100 - 5, 0) : point * len(memory) // 100 + 1][:5]) for point in POINTS]
    return {"seconds": time.perf_counter() - began, "work": done[2].ru_utime + done[2].ru_stime, "memory": at, "peak": max(memory)}


def measure_generated(corpus: Path) -> dict[str, float]:
    """Processor milliseconds a generated report for extraction and for validation, reading of the quads included."""
    divisions = (str(corpus / "divisions.csv"),)
    register, inputs = load_register(divisions), [(path.read_bytes(), path.name) for path in sorted_files(corpus)[:REPORTS]]
    graphs = [quads_of(extract_bytes(data, name, divisions), register) for data, name in inputs]
    validate_quads(graphs[0])
    extract = median_time(lambda: [extract_bytes(data, name, divisions) for data, name in inputs])
    validate = median_time(lambda: [validate_quads(lines) for lines in graphs])
    return {"reports": REPORTS, "quads": sum(map(len, graphs)) / REPORTS, "extract": 1000 * extract / REPORTS, "validate": 1000 * validate / REPORTS}

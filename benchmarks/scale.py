"""Text → validated quads in the store, by the thousand: time, memory, share of each step, growth; and the plain way for comparison."""

import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyshacl
from rdflib import Dataset, Graph, URIRef

from benchmarks.kills import ingest_command
from benchmarks.on_rdflib import triple_line
from benchmarks.reports import generate_reports, write_divisions
from kg.divisions import load_register
from kg.pipeline import extract_bytes
from kg.resources import data_files
from kg.triples import quads_of
from kg.validate import make_graph

PLAIN_REPORTS = 20


def measure_run(files: Sequence[Path], divisions: Path, store: Path, *options: str) -> dict[str, object]:
    """Run `kg ingest` and give its seconds, its peak memory over all its processes (MB), and its line of the run log."""
    began = time.perf_counter()
    process = subprocess.Popen(ingest_command(files, store, divisions, *options), stdout=subprocess.PIPE)
    peak = [0]
    watch = threading.Thread(target=_watch, args=(process, peak))
    watch.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - began
    watch.join()
    log = json.loads((store / "runs.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    return {"seconds": seconds, "memory": peak[0] / 1024, "steps": log["steps"], "said": said.decode().strip()}


def _watch(process: "subprocess.Popen[bytes]", peak: list[int]) -> None:
    """Sample the memory of a process and its children until it ends; shared pages count in parts (PSS, in kB)."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(memory_of, _family(process.pid))))
        time.sleep(0.2)


def _family(pid: int) -> list[int]:
    """The process and all below it, from Linux's table of processes."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError, UnicodeDecodeError):
                continue
    found = [pid]
    for parent in found:
        found += [child for child, above in parents.items() if above == parent]
    return found


def memory_of(pid: int) -> int:
    """The memory of one process, kB."""
    try:
        said = re.search(r"^Pss:\s+(\d+)", (Path("/proc") / str(pid) / "smaps_rollup").read_text(), re.M)
    except OSError:
        return 0
    return int(said[1]) if said is not None else 0


def measure_scale(corpus: Path, folder: Path, sizes: Mapping[int, int]) -> dict[str, object]:
    """Ingest the first so many reports, each size so many times; then the same again, unchanged."""
    files, divisions = sorted_files(corpus), corpus / "divisions.csv"
    runs: dict[str, object] = {}
    for size, rounds in sizes.items():
        measured = []
        for _ in range(rounds):
            shutil.rmtree(folder / f"store-{size}", ignore_errors=True)
            measured.append(measure_run(files[:size], divisions, folder / f"store-{size}"))
        middle = sorted(measured, key=lambda run: float(str(run["seconds"])))[len(measured) // 2]
        disk = sum(p.stat().st_size for p in (folder / f"store-{size}").rglob("*") if p.is_file())
        memory = max(float(str(run["memory"])) for run in measured)
        again = measure_run(files[:size], divisions, folder / f"store-{size}")
        runs[str(size)] = {**middle, "memory": memory, "rounds": rounds, "disk": disk, "again": again["seconds"], "said_again": again["said"]}
        print(f"{size}: {middle['seconds']:.1f} s, {memory:.0f} MB; again {again['seconds']:.1f} s", flush=True)
    return {"cores": os.cpu_count(), "runs": runs}


def sorted_files(corpus: Path) -> list[Path]:
    """The corpus' reports in the order in which they were generated."""
    planted = (corpus / "planted.jsonl").read_text(encoding="utf-8").splitlines()
    return [corpus / "reports" / json.loads(line)["name"] for line in planted]


def measure_plain(corpus: Path) -> dict[str, object]:
    """The plain way, in processor seconds: one process, an rdflib graph for each report, pySHACL over it and the concepts that the shapes ask for, all graphs in an rdflib dataset."""
    divisions = (str(corpus / "divisions.csv"),)
    register, shapes, dataset = load_register(divisions), Graph(), Dataset()
    for path in data_files("shapes", ".ttl"):
        shapes.parse(path)
    background = make_graph(()).write()
    steps: Counter[str] = Counter()
    quads, clock = 0, time.perf_counter()
    for path in sorted_files(corpus)[:PLAIN_REPORTS]:
        began = time.process_time()
        record = extract_bytes(path.read_bytes(), path.name, divisions)
        lines = quads_of(record, register)
        extracted = time.process_time()
        graph = dataset.graph(URIRef(record.header.iri))
        graph.parse(data="\n".join(map(triple_line, lines)), format="nt")
        built = time.process_time()
        pyshacl.validate(graph + Graph().parse(data=background, format="nt"), shacl_graph=shapes, advanced=True)
        done = time.process_time()
        steps.update({"extract": extracted - began, "rdflib": built - extracted, "pySHACL": done - built})
        quads += len(lines)
    return {"reports": PLAIN_REPORTS, "quads": quads, "seconds": sum(steps.values()), "wall": time.perf_counter() - clock, "steps": dict(steps)}


def measure_recall(folder: Path, count: int, seed: int) -> dict[str, object]:
    """Read generated reports back: the share of planted figures and mechanisms that are found."""
    divisions = (str(write_divisions(folder / "divisions.csv", seed)),)
    planted: Counter[tuple[object, ...]] = Counter()
    found: Counter[tuple[object, ...]] = Counter()
    for report in generate_reports(count, seed):
        record = extract_bytes(report.data, report.name, divisions)
        for fact in report.facts:
            value = (report.report, Decimal(fact.value), fact.unit, fact.bound)
            planted.update({("quantity", *value): 1, ("indicator", *value, fact.indicator): 1})
        planted.update(("mechanism", report.report, mechanism) for mechanism in report.mechanisms)
        for o in record.observations:
            value = (record.header.iri, o.value, o.unit, o.bound)
            found.update({("quantity", *value): 1, ("indicator", *value, o.indicator): 1})
        found.update(("mechanism", record.header.iri, m.concept) for m in record.mechanisms)
    both = planted & found
    kinds = ("quantity", "indicator", "mechanism")
    counts = {kind: (sum(n for k, n in both.items() if k[0] == kind), sum(n for k, n in planted.items() if k[0] == kind)) for kind in kinds}
    return {"reports": count, "seed": seed, **{kind: list(pair) for kind, pair in counts.items()}}


def work_of(run: dict[str, Any]) -> float:
    """The processor seconds of a run, over all its processes."""
    return float(sum(run["steps"].values()))


def growth(runs: dict[str, dict[str, Any]], measure: Callable[[dict[str, Any]], float]) -> list[tuple[str, str, float]]:
    """How a measure grows between sizes, as its share a report by that of the smaller size: 1 is linear."""
    sizes = sorted(runs, key=int)
    each = {size: measure(runs[size]) / int(size) for size in sizes}
    return [(a, b, each[b] / each[a]) for a, b in pairwise(sizes)]

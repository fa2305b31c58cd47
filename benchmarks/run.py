"""Measure, and write what was measured to docs/benchmarks.md: `make bench`, or some parts with `python -m benchmarks.run PART…`.

Parts: scale (time, memory, growth, unchanged input), validate (the gate over the stores of scale), plain (the plain way, for comparison), kills, recall, steps, queries (every stored question at 1,000 reports, and on rdflib at 100).
What a part gives is kept in build/bench/measured.json, so that parts may be measured at different times; the page keeps what it said of the others.
"""

import argparse
import json
import os
import platform
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.gate import measure_gate
from benchmarks.kills import kill_often
from benchmarks.queries import measure_as_asked
from benchmarks.reports import write_corpus
from benchmarks.scale import measure_plain, measure_recall, measure_scale, sorted_files
from benchmarks.steps import measure_steps
from benchmarks.tables import render

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "build" / "bench"
SEED = 7
MANY = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help="which parts to measure; all, if none is named")
    parser.add_argument("--sizes", default="100,1000,5000", help="numbers of reports")
    parser.add_argument("--rounds", type=int, default=3, help=f"runs of each size up to {MANY}, of which the middle one counts; a larger one runs once")
    parser.add_argument("--kills", type=int, default=100)
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "scale": lambda: measure_scale(corpus(max(sizes)), PLACE, {size: given.rounds if size <= MANY else 1 for size in sizes}),
        "validate": lambda: measure_gate(corpus(max(sizes)), PLACE, [size for size in sizes if size <= MANY]),
        "plain": lambda: measure_plain(corpus(100)),
        "kills": lambda: killed(given.kills),
        "recall": lambda: measure_recall(PLACE, 300, SEED),
        "steps": measure_steps,
        "queries": lambda: measure_as_asked(corpus(1000), PLACE),
    }
    PLACE.mkdir(parents=True, exist_ok=True)
    kept = PLACE / "measured.json"
    measured = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for part in given.parts or parts:
        load = os.getloadavg()[0]
        measured[part] = parts[part]() | {"machine": f"{platform.machine()}, Python {platform.python_version()}, load average before {load:.0f}"}
        kept.write_text(json.dumps(measured, ensure_ascii=False, indent=1), encoding="utf-8")
        print(f"{part}: done", flush=True)
    page = ROOT / "docs" / "benchmarks.md"
    text = render(measured, page.read_text(encoding="utf-8"))
    page.write_text(text, encoding="utf-8")
    print(text)


def corpus(count: int) -> Path:
    """Generate a corpus of at least so many reports, once."""
    folder = PLACE / "corpus"
    if not (folder / "planted.jsonl").exists() or len(sorted_files(folder)) < count:
        write_corpus(folder, count, SEED)
    return folder


def killed(kills: int) -> dict[str, Any]:
    """Kill ingestions of sixteen reports, two a commit."""
    shutil.rmtree(PLACE / "kills", ignore_errors=True)
    (PLACE / "kills").mkdir()
    folder = corpus(100)
    return asdict(kill_often(sorted_files(folder)[:16], folder / "divisions.csv", PLACE / "kills", kills, SEED, ("--batch", "2"))) | {"reports": 16}


if __name__ == "__main__":
    main()

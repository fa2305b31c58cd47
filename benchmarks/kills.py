"""Kill an ingestion at random moments: the store must open each time and hold whole reports only, and the last run complete it.

The store that no one interrupted is the measure: every graph found must be its graph, line by line, and in the end all of them.
"""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.store import is_store, read_store

Graphs = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Kills:
    """How many kills hit a running ingestion, how many reports the store held after each, and whether the end was as it should be."""

    hits: int
    held: tuple[int, ...]
    partial: int
    equal: bool


def ingest_command(files: Sequence[Path], store: Path, divisions: Path, *options: str) -> list[str]:
    """Give the command that a user would run."""
    listed = store.with_name(store.name + ".list")
    listed.write_text("".join(f"{path}\n" for path in files), encoding="utf-8")
    return [
        str(Path(sys.executable).with_name("kg")),
        "ingest",
        "--list",
        str(listed),
        "--store",
        str(store),
        "--divisions",
        str(divisions),
        "--quiet",
        *options,
    ]


def graphs_of(folder: Path) -> Graphs:
    """Give each report's graph as its lines."""
    store = read_store(folder)
    try:
        return {graph.value: tuple(store.lines_of(graph)) for graph in store.report_graphs()}
    finally:
        store.close()


def dump_of(folder: Path) -> str:
    """Give the whole dump."""
    store = read_store(folder)
    try:
        return "\n".join(store.dump_lines())
    finally:
        store.close()


def kill_often(files: Sequence[Path], divisions: Path, folder: Path, kills: int, seed: int = 0, options: Sequence[str] = ("--batch", "2")) -> Kills:
    """Ingest again and again, killing at random moments of the run; every fourth time at once after the first commit of a new store, every fourth time later than it.

    A store that was completed is thrown away, and the next begins anew.
    """
    whole, store, chance = folder / "whole", folder / "killed", random.Random(seed)
    began = time.monotonic()
    process = subprocess.Popen(ingest_command(files, whole, divisions, *options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first = _first_commit(process, whole) - began
    assert process.wait() == 0
    usual = time.monotonic() - began
    right, dump = graphs_of(whole), dump_of(whole)
    held: list[int] = []
    partial = 0
    while len(held) < kills:
        turn = len(held) % 4
        if turn == 1:
            shutil.rmtree(store, ignore_errors=True)
        process = subprocess.Popen(ingest_command(files, store, divisions, *options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if turn in (1, 3):
            _first_commit(process, store)
        try:
            process.wait((chance.uniform(0.1, usual * 0.9), 0.0, chance.uniform(0.1, usual * 0.9), chance.uniform(0.0, usual - first))[turn])
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            found = graphs_of(store) if is_store(store) else {}
            held.append(len(found))
            partial += sum(lines != right.get(graph) for graph, lines in found.items())
        else:
            shutil.rmtree(store)
    subprocess.run(ingest_command(files, store, divisions, *options), check=True, capture_output=True)
    return Kills(len(held), tuple(held), partial, dump_of(store) == dump)


def _first_commit(process: "subprocess.Popen[bytes]", store: Path) -> float:
    """Wait until the first batch is noted, or the process is at its end; give the time."""
    while process.poll() is None and not (store / "seen.jsonl").exists():
        time.sleep(0.005)
    return time.monotonic()

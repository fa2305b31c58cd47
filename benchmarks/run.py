"""Measure the steps on the samples, as ratios in one run: extraction is 1; the seconds beside them are this machine's alone.

Run it with `make bench`. Each figure is the median of several rounds over all samples; growth is measured on texts joined from them.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import jieba
import pyoxigraph as ox
from rdflib import Graph

from kg.divisions import load_register
from kg.pipeline import check_lines, extract_bytes
from kg.record import dumps
from kg.store import meta_lines, open_store
from kg.triples import quads_of

ROOT = Path(__file__).resolve().parents[1]
DIVISIONS = (str(ROOT / "samples" / "divisions.csv"),)
ROUNDS = 5
PREFACE = (
    "清河市2023年法治政府建设年度报告\n\n一、主要举措\n\n"
    + "全市坚持依法行政,深入推进法治政府建设各项工作,取得了明显成效,现将有关情况报告如下,请予审议。" * 3
    + "\n"
)
AWKWARD = (
    ("one sentence", "组织开展行政执法检查12次,办结案件345件,"),
    ("one list of names", "县司法局、县财政局、县教育局、"),
    ("digits only", "1234567890"),
    ("open quotation marks", "“一网"),
)
"""Texts that never end a sentence, a list, a number or a quotation, of 320,000 characters (a megabyte of UTF-8) at most."""


def median_time(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the middle round."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def store_all(graphs: list[tuple[str, list[str]]]) -> None:
    """Put all graphs into a new store on disk."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store", create=True)
        for report, lines in graphs:
            store.add_reports("\n".join([*lines, *meta_lines(report, "bench", "0" * 64, "bench", 0)]).encode())
        store.close()


def build_with_rdflib(lines: list[str]) -> None:
    """The plain way to a graph, for comparison with writing lines."""
    graph = Graph()
    for quad in ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS):
        graph.parse(data=f"{quad.subject} {quad.predicate} {quad.object} .", format="nt")


def main() -> None:
    paths = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".txt", ".html"))
    register = load_register(DIVISIONS)
    inputs = [(path.read_bytes(), path.name) for path in paths]
    records = [extract_bytes(data, name, DIVISIONS) for data, name in inputs]
    graphs = [(record.header.iri, quads_of(record, register)) for record in records]
    check_lines(graphs[0][1])
    rows = [
        ("extract", median_time(lambda: [extract_bytes(data, name, DIVISIONS) for data, name in inputs])),
        ("record as JSON", median_time(lambda: [dumps(record) for record in records])),
        ("write quads", median_time(lambda: [quads_of(record, register) for record in records])),
        ("rdflib graph, plain way", median_time(lambda: [build_with_rdflib(lines) for _, lines in graphs[:1]], 1) * len(graphs)),
        ("validate (pySHACL)", median_time(lambda: [check_lines(lines) for _, lines in graphs], 3)),
        ("store", median_time(lambda: store_all(graphs), 3)),
    ]
    jieba.setLogLevel(60)
    texts = [record.text for record in records]
    jieba.lcut(texts[0])
    rows.append(("jieba.lcut, the yardstick", median_time(lambda: [jieba.lcut(text) for text in texts])))
    base = rows[0][1]
    characters = sum(len(record.text) for record in records)
    print(f"{len(paths)} reports, {characters} characters, {sum(len(lines) for _, lines in graphs)} quads")
    for name, seconds in rows:
        print(f"{name:26}{seconds / base:9.2f} × extraction {seconds / len(paths) * 1000:10.1f} ms a report")
    print(f"extraction takes {base / rows[-1][1]:.1f} times jieba.lcut on the same texts")
    body = "\n".join(record.text for record in records if record.header.issuer_kind == "government")
    print("growth of extraction with length (1 = linear):")
    unit = median_time(lambda: extract_bytes(body.encode(), "x1.txt", DIVISIONS), 3)
    for times in (4, 16, 48):
        seconds = median_time(lambda n=times: extract_bytes(("\n".join([body] * n)).encode(), f"x{n}.txt", DIVISIONS), 1)  # type: ignore[misc]
        print(f"  {times:3} × {len(body)} characters: {seconds / unit / times:.2f}")
    for name, piece in AWKWARD:
        small, large = (median_time(partial(extract_bytes, (PREFACE + piece * (n // len(piece))).encode(), "awkward.txt"), 1) for n in (20_000, 320_000))
        print(f"  16 × 20000 characters, {name}: {large / small / 16:.2f}")


if __name__ == "__main__":
    main()

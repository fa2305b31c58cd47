"""The steps on the samples, as ratios in one run: extraction is 1, jieba's segmentation of the same texts the yardstick.

Each figure is the median of several rounds over all samples; growth with length is measured on texts joined from them.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba
import pyshacl

from benchmarks.awkward import AWKWARD, awkward_text
from kg.divisions import load_register
from kg.pipeline import extract_bytes
from kg.record import dumps
from kg.triples import quads_of
from kg.validate import load_shapes, make_graph, triples_of, validate_quads
from kg.validate.fast import Run, plan_of
from kg.validate.reference import parse_triples, shapes_graph

ROOT = Path(__file__).resolve().parents[1]
DIVISIONS = (str(ROOT / "samples" / "divisions.csv"),)
ROUNDS = 5

# In a child, so that nothing is loaded before.
LEXICON = """
import time
from kg import lexicon, ontology
best = 9.0
for _ in range(5):
    for each in (ontology.ontology_quads, ontology.load_concepts, lexicon.body_gazetteer, lexicon.mechanism_gazetteer, lexicon.numeral_words, lexicon.unit_forms, lexicon.topic_cues):
        each.cache_clear()
    began = time.process_time()
    lexicon.body_gazetteer(), lexicon.mechanism_gazetteer(), lexicon.numeral_words(), lexicon.unit_forms(), lexicon.topic_cues()
    best = min(best, time.process_time() - began)
print(best)
"""
IMPORT = "import time; began = time.process_time(); import {}; print(time.process_time() - began)"


def child(code: str) -> float:
    """Processor seconds that a fresh interpreter prints, the least of three."""
    return min(float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(3))


def median_time(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor seconds of the middle round."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def compare_engines(graphs: list[list[str]]) -> dict[str, float]:
    """Seconds of plain pySHACL with its stock settings and of the default engine on the same graphs, each given them in its own form; and of the latter with reading the quads."""
    shapes = load_shapes()
    plan, own = plan_of(shapes), shapes_graph(shapes)
    ready = [Run(plan, make_graph(triples_of(lines))) for lines in graphs]
    plain = [parse_triples(run.graph.write()) for run in ready]
    assert all(len(run.store) for run in ready)  # loaded
    return {
        "plain": median_time(lambda: [pyshacl.validate(graph, shacl_graph=own) for graph in plain], 1),
        "default": median_time(lambda: [list(run.results()) for run in ready]),
        "with reading": median_time(lambda: [validate_quads(lines) for lines in graphs]),
    }


def _seconds_of(piece: str, characters: int) -> float:
    data = awkward_text(piece, characters)
    return median_time(lambda: extract_bytes(data, "awkward.txt"), 3)


def measure_steps() -> dict[str, object]:
    """Give rows of (step, times extraction, ms a report), the ratio to jieba, and the growth with a text's length."""
    paths = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".txt", ".html"))
    register = load_register(DIVISIONS)
    inputs = [(path.read_bytes(), path.name) for path in paths]
    records = [extract_bytes(data, name, DIVISIONS) for data, name in inputs]
    graphs = [quads_of(record, register) for record in records]
    validate_quads(graphs[0])
    jieba.setLogLevel(60)
    texts = [record.text for record in records]
    jieba.lcut(texts[0])
    times = {
        "extract": median_time(lambda: [extract_bytes(data, name, DIVISIONS) for data, name in inputs]),
        "record as JSON": median_time(lambda: [dumps(record) for record in records]),
        "write quads": median_time(lambda: [quads_of(record, register) for record in records]),
        "validate": median_time(lambda: [validate_quads(lines) for lines in graphs]),
        "jieba.lcut, the yardstick": median_time(lambda: [jieba.lcut(text) for text in texts]),
    }
    body = "\n".join(record.text for record in records if record.header.issuer_kind == "government")
    unit = median_time(lambda: extract_bytes(body.encode(), "x1.txt", DIVISIONS), 3)
    growth = {}
    for factor in (2, 8, 20):
        data = "\n".join([body] * factor).encode()
        growth[str(factor)] = median_time(lambda data=data: extract_bytes(data, "x.txt", DIVISIONS), 1) / unit / factor  # type: ignore[misc]
    awkward = {piece: _seconds_of(piece, 32_000) / _seconds_of(piece, 8_000) / 4 for piece in AWKWARD}
    return {
        "reports": len(paths),
        "characters": sum(map(len, texts)),
        "body": len(body),
        "times": {name: [seconds / times["extract"], seconds / len(paths) * 1000] for name, seconds in times.items()},
        "growth": growth,
        "awkward": awkward,
        "loading": {"lexicon": child(LEXICON), "command": child(IMPORT.format("kg.cli")), "rdflib": child(IMPORT.format("rdflib"))},
        "engines": compare_engines(graphs),
    }

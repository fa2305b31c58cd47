"""Write the goldens anew: each sample's graph, a line a node; the questions' answers; the READMEs' outputs. The diff is the review."""

import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.divisions import load_register
from kg.ingest import Options, ingest_files
from kg.pipeline import extract_bytes
from kg.query.ask import execute_on
from kg.store import read_store
from kg.triples import quads_of
from kg.vocab import BASE
from tests.answers import write_answers
from tests.readme import READMES, refresh

ROOT = Path(__file__).resolve().parents[1]
GOLDENS = ROOT / "tests" / "reports"
DIVISIONS = (str(ROOT / "samples" / "divisions.csv"),)


def sample_files() -> list[Path]:
    return sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".txt", ".html"))


_QUAD = re.compile(r"<([^>]*)> <([^>]*)> (.*) <[^>]*> \.")
_XSD = re.compile(r"\^\^<http://www\.w3\.org/2001/XMLSchema#\w+>$")


def golden_of(path: Path) -> str:
    """One line a node, its triples in order: IRIs shortened and decoded, the report's own text left out."""
    record = extract_bytes(path.read_bytes(), path.name, DIVISIONS)
    nodes: dict[str, list[str]] = defaultdict(list)
    for line in quads_of(record, load_register(DIVISIONS)):
        subject, predicate, target = _QUAD.fullmatch(line).groups()  # type: ignore[union-attr]
        name = predicate.replace("#", "/").rsplit("/", 1)[1]
        if name != "text":
            value = _short(target[1:-1], record.header.iri) if target.startswith("<") else _XSD.sub("", target)
            nodes[_short(subject, record.header.iri)].append(f"{name} {value}")
    return "".join(f"{node} | {' ; '.join(sorted(values))}\n" for node, values in sorted(nodes.items(), key=lambda pair: _place(pair[0])))


def _short(iri: str, report: str) -> str:
    return unquote(iri.replace(report, "").replace(BASE, "")) or "(report)"


def _place(node: str) -> tuple[int, str]:
    found = re.search(r"(\d+)[-,]\d+", node)
    return (int(found.group(1)) if found is not None and node.startswith(("/", "#")) else -1, node)


def main() -> None:
    GOLDENS.mkdir(exist_ok=True)
    for path in sample_files():
        (GOLDENS / f"{path.stem}.txt").write_text(golden_of(path), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        list(ingest_files(sample_files(), store, Options(divisions=DIVISIONS), lambda: b""))
        write_answers(execute_on(read_store(store).quads))
    for path in READMES:
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(refresh(path.read_text(encoding="utf-8"), Path(folder) / "run"), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Write the goldens anew: each sample's graph as sorted N-Quads, the questions' answers, the READMEs' outputs. The diff is the review."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.ask import execute_on
from kg.divisions import load_register
from kg.ingest import Options, ingest_files
from kg.pipeline import extract_bytes
from kg.store import read_store
from kg.triples import quads_of
from tests.answers import write_answers
from tests.readme import READMES, refresh

ROOT = Path(__file__).resolve().parents[1]
GOLDENS = ROOT / "tests" / "reports"
DIVISIONS = (str(ROOT / "samples" / "divisions.csv"),)


def sample_files() -> list[Path]:
    return sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".txt", ".html"))


def golden_of(path: Path) -> str:
    record = extract_bytes(path.read_bytes(), path.name, DIVISIONS)
    return "\n".join(quads_of(record, load_register(DIVISIONS))) + "\n"


def main() -> None:
    GOLDENS.mkdir(exist_ok=True)
    for path in sample_files():
        (GOLDENS / f"{path.stem}.nq").write_text(golden_of(path), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        list(ingest_files(sample_files(), store, Options(divisions=DIVISIONS), lambda: b""))
        write_answers(execute_on(read_store(store).quads))
    for path in READMES:
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(refresh(path.read_text(encoding="utf-8"), Path(folder) / "run"), encoding="utf-8")


if __name__ == "__main__":
    main()

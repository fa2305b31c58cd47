"""Expected answers of every stored question on the samples: the first rows of each, as CSV under tests/answers/."""

from pathlib import Path

from kg.query import Query, load_queries
from kg.query.ask import run_query
from kg.query.bind import Execute
from kg.table import to_csv

FOLDER = Path(__file__).resolve().parent / "answers"
ROWS = 40
"""Enough to review; the order is total, so the first rows are always the same."""


def answer_of(execute: Execute, query: Query) -> str:
    return to_csv(run_query(execute, query, {}, limit=ROWS))


def write_answers(execute: Execute) -> None:
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.csv"):
        path.unlink()
    for query in load_queries().values():
        (FOLDER / f"{query.id}.csv").write_text(answer_of(execute, query), encoding="utf-8")

"""A store → the copy of its default graph, with plans of some questions."""

import os
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyoxigraph as ox

from kg.columns import build
from kg.columns.copy import Copy
from kg.columns.stamp import PATTERN, place_of
from kg.columns.translate import translate
from kg.columns.values import NotCovered, Plan
from kg.errors import LimitError, UsageError
from kg.store import read_store


def make_copy(store: Path, texts: Sequence[str] = ()) -> int:
    """Copy a store's default graph, with plans of some questions, and take older copies away; give the number of triples. LimitError where the store is written to meanwhile."""
    place = place_of(store)
    part, lines = place.with_suffix(".part"), place.with_suffix(".nt")
    part.unlink(missing_ok=True)
    try:
        held = read_store(store)
        held.quads.dump(str(lines), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        held.close()
        count = build.write_columns(lines, part)
        build.write_plans(part, _plans(part, texts))
        if place_of(store) != place:
            raise LimitError(f"{store}: 建索引时库有写入,请在入库结束后再试 · the store was written to meanwhile; try again when the ingest has ended")
        os.replace(part, place)
    except (OSError, duckdb.Error) as error:
        raise UsageError(f"{store}: 索引写不成 · the index cannot be written: {error}") from error
    finally:
        for left in (part, lines):
            left.unlink(missing_ok=True)
    for old in store.glob(PATTERN):
        if old != place:
            old.unlink(missing_ok=True)
    return count


def _plans(path: Path, texts: Sequence[str]) -> dict[str, Plan | None]:
    copy, plans = Copy(path), dict[str, Plan | None]()
    for text in texts:
        try:
            plans[text] = translate(copy, text)
        except NotCovered:
            plans[text] = None
    copy.connection.close()
    return plans

"""The copy of a store's default graph in columns: a DuckDB file with a dictionary of terms and a table a predicate.

A copy is an index: made from the store, thrown away at will, and used only while the files of the store are those it was made from.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyoxigraph as ox

from kg.columns import build
from kg.columns.stamp import PATTERN, place_of
from kg.columns.values import NUMBERS, NotCovered, Plan
from kg.errors import LimitError, UsageError
from kg.store import read_store


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate's table (s, o, and n where all objects are numbers), and which kinds of terms stand on either side."""

    name: str
    subjects: int
    objects: int

    @property
    def numbers(self) -> bool:
        return bool(self.objects) and not self.objects & ~NUMBERS


class Copy:
    """An open copy, for reading."""

    def __init__(self, path: Path) -> None:
        self.connection = duckdb.connect(str(path), read_only=True)
        self.connection.execute("CREATE TEMP MACRO floor_divided(a, b) AS a // b - CAST(a % b <> 0 AND (a < 0) <> (b < 0) AS INTEGER)")
        rows = self.connection.execute("SELECT iri, id, subjects, objects FROM predicates").fetchall()
        self.predicates = {iri: Predicate(f"p{number}", subjects, objects) for iri, number, subjects, objects in rows}
        self.classes: set[int] = {number for (number,) in self.connection.execute("SELECT id FROM classes").fetchall()}
        self.terms: int = self.connection.execute("SELECT max(id) FROM terms").fetchall()[0][0]
        self._ids: dict[str, int | None] = {}

    def ids_of(self, terms: Sequence[str]) -> dict[str, int]:
        """Look terms up in the dictionary."""
        if new := [term for term in terms if term not in self._ids]:
            self._ids |= dict.fromkeys(new) | dict(self.connection.execute("SELECT term, id FROM terms WHERE term IN (SELECT unnest(?))", [new]).fetchall())
        return {term: number for term in terms if (number := self._ids[term]) is not None}

    def plan(self, text: str) -> Plan | None:
        """Give the plan that was made of a question beforehand, if there is one; NotCovered where it was found that columns do not answer it."""
        found = self.connection.execute("SELECT names, forms, sql FROM plans WHERE text = ?", [text]).fetchone()
        if found is None:
            return None
        names, forms, sql = found
        if sql is None:
            raise NotCovered("as its plan says")
        return Plan(tuple(names), tuple(forms), sql)


def open_copy(store: Path) -> Copy | None:
    """Open the copy of a store's present state; None where there is none."""
    place = place_of(store)
    return Copy(place) if place.exists() else None


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
    from kg.columns.translate import translate

    copy, plans = Copy(path), dict[str, Plan | None]()
    for text in texts:
        try:
            plans[text] = translate(copy, text)
        except NotCovered:
            plans[text] = None
    copy.connection.close()
    return plans

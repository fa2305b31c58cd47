"""The copy of a store's default graph in columns: a DuckDB file with a dictionary of terms and a table a predicate.

A copy is an index: made from the store, thrown away at will, and used only while the files of the store are those it was made from.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kg.columns.stamp import place_of
from kg.columns.values import NUMBERS, NotCovered, Plan


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
    """An open copy, for reading. Whoever asks holds `asking`: a connection has one answer at a time."""

    def __init__(self, path: Path) -> None:
        self.connection = duckdb.connect(str(path), read_only=True)
        self.connection.execute("CREATE TEMP MACRO floor_divided(a, b) AS a // b - CAST(a % b <> 0 AND (a < 0) <> (b < 0) AS INTEGER)")
        rows = self.connection.execute("SELECT iri, id, subjects, objects FROM predicates").fetchall()
        self.predicates = {iri: Predicate(f"p{number}", subjects, objects) for iri, number, subjects, objects in rows}
        self.classes: set[int] = {number for (number,) in self.connection.execute("SELECT id FROM classes").fetchall()}
        self.terms: int = self.connection.execute("SELECT max(id) FROM terms").fetchall()[0][0]
        self.asking = threading.Lock()
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

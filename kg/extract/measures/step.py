"""A clause in its place: the measure before it, and what stands at its head."""

import re
from dataclasses import dataclass

from kg.extract.measures.clauses import Clause, Reading


@dataclass(frozen=True, slots=True)
class Step:
    """A clause, and the clauses of the measure before it."""

    reading: Reading
    clause: Clause
    group: list[Clause]
    acted: bool  # a body is named at the clause's head
    planned: bool
    text: str
    start: re.Match[str] | None  # the action verb at its head
    new: bool  # a semicolon, a colon or a stop stands before it

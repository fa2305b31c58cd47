"""A check: from a table of focus nodes with their value nodes to culprits, each (focus node, value or None, predicate or None).

A test on each value by itself is made once for each different value.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain
from typing import Protocol

from kg.validate.graph import Triples
from kg.validate.terms import Term


class NotCovered(Exception):
    """A construct that only the reference engine knows; its text says which."""


class Data(Protocol):
    """What a constraint may ask of the graph."""

    graph: Triples

    def conforms(self, shape: Term, node: Term) -> bool:
        """Whether a node conforms to a shape."""

    def members(self, kind: Term) -> Set[Term]:
        """The nodes of a class and of those under it."""


Values = Sequence[Term]


class Table:
    """The value nodes of each focus node, each once."""

    def __init__(self, rows: Mapping[Term, Values]) -> None:
        self.rows = rows

    @cached_property
    def values(self) -> dict[Term, None]:
        """All value nodes, in the order in which they are met."""
        return dict.fromkeys(chain.from_iterable(self.rows.values()))

    @cached_property
    def counts(self) -> set[int]:
        """How many value nodes focus nodes have."""
        return set(map(len, self.rows.values()))


Culprits = Iterable[tuple[Term, Term | None, Term | None]]
Check = Callable[[Data, Table], Culprits]
Constraint = Callable[[Triples, Term, Term], Check]  # shapes graph, shape, parameter → check
Wrong = Callable[[Data, Term], bool]


def each(make: Callable[[Triples, Term, Term], Wrong]) -> Constraint:
    """A constraint on each value by itself."""

    def constraint(graph: Triples, shape: Term, parameter: Term) -> Check:
        wrong = make(graph, shape, parameter)

        return lambda data, table: _with_values(table, {value for value in table.values if wrong(data, value)})

    return constraint


def within(make: Callable[[Triples, Term], Callable[[Data], Set[Term]]]) -> Constraint:
    """A constraint that all values belong to a set."""

    def constraint(graph: Triples, _: Term, parameter: Term) -> Check:
        allowed = make(graph, parameter)
        return lambda data, table: _with_values(table, table.values.keys() - allowed(data))

    return constraint


def _with_values(table: Table, bad: Set[Term]) -> Culprits:
    return [(focus, value, None) for focus, values in table.rows.items() for value in values if value in bad] if bad else []


def together(right: Callable[[Values], bool]) -> Check:
    """A constraint on all values of a focus node together."""
    return lambda _, table: [(focus, None, None) for focus, values in table.rows.items() if not right(values)]


def number(right: Callable[[int], bool]) -> Check:
    """A constraint on how many values a focus node has."""

    def check(_: Data, table: Table) -> Culprits:
        bad = {count for count in table.counts if not right(count)}
        return [(focus, None, None) for focus, values in table.rows.items() if len(values) in bad] if bad else []

    return check


def beside(other: Term, wrong: Callable[[Values, Values], Iterable[Term]]) -> Check:
    """A constraint that holds the values against those of another property."""
    return lambda data, table: [(focus, node, None) for focus, values in table.rows.items() for node in wrong(values, data.graph.objects(focus, other))]

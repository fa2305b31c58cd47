"""The default engine: a plan run over one report's graph held as strings; SPARQL constraints on an in-memory Oxigraph."""

from collections.abc import Iterable, Iterator
from functools import cached_property

import pyoxigraph as ox

from kg.validate.checks import Table
from kg.validate.graph import Triples
from kg.validate.patterns import select
from kg.validate.plan import SPARQL, Plan, Query, Shape, plan_of
from kg.validate.results import Result, fill
from kg.validate.shapes import sh
from kg.validate.terms import Term, text_of, to_ox

__all__ = ["plan_of"]  # of what is imported here, what others may have


class Run:
    """One graph under validation."""

    def __init__(self, plan: Plan, graph: Triples) -> None:
        self.plan, self.graph = plan, graph
        self._known: dict[tuple[Term, Term], bool] = {}
        self._members: dict[Term, set[Term]] = {}

    @cached_property
    def store(self) -> ox.Store:
        """What SPARQL constraints can touch, in Oxigraph, loaded when the first one asks."""
        store = ox.Store()
        wanted = self.plan.touched
        store.load(self.graph.write(select(self.graph, wanted) if wanted is not None else None), format=ox.RdfFormat.N_TRIPLES, lenient=True)
        return store

    def results(self) -> Iterator[Result]:
        """All results of the shapes that have targets."""
        for shape, targets in self.plan.targets.items():
            focus = dict.fromkeys(node for kind, target in targets for node in self._focus(kind, target))
            yield from self.validate(shape, focus)

    def _focus(self, kind: Term, target: Term) -> Iterable[Term]:
        if kind == sh("targetNode"):
            return [target]
        if kind == sh("targetClass"):
            return self.graph.instances(target)
        column = self.graph.columns.get(target, {})
        return list(column) if kind == sh("targetSubjectsOf") else [value for values in column.values() for value in values]

    def validate(self, node: Term, focus: Iterable[Term]) -> Iterator[Result]:
        """The results of one shape over focus nodes."""
        shape = self.plan.shapes[node]
        if shape is None:
            return
        table = self._table(shape, focus)
        for component, check, messages in shape.checks:
            for this, value, predicate in check(self, table):
                yield Result(shape.name, component, shape.severity, this, text_of(predicate) if predicate is not None else shape.path, value, messages)
        for query in shape.queries:
            for this in table.rows if all(self.graph.has(*pattern) for pattern in query.reach.needed) else ():
                yield from self._ask(shape, query, this)
        for inner in shape.inner:
            yield from self.validate(inner, table.values)

    def _table(self, shape: Shape, focus: Iterable[Term]) -> Table:
        if shape.walk is None:
            return Table({this: (this,) for this in focus})
        if shape.predicate is not None:
            column = self.graph.columns.get(shape.predicate, {})
            return Table({this: column.get(this, ()) for this in focus})
        return Table({this: tuple(dict.fromkeys(shape.walk(self.graph, this))) for this in focus})

    def _ask(self, shape: Shape, query: Query, this: Term) -> Iterator[Result]:
        solutions = self.store.query(query.text, substitutions={ox.Variable("this"): to_ox(this)})
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            row = {name: term for name, term in zip(names, solution, strict=True) if term is not None}
            path, value = row.get("path"), row.get("value")
            messages = tuple((language, fill(said, {name: term.value for name, term in row.items()})) for language, said in query.messages)
            own = None if shape.walk is not None else this
            where = path.value if isinstance(path, ox.NamedNode) else shape.path
            yield Result(shape.name, SPARQL, shape.severity, this, where, str(value) if value is not None else own, messages)

    def conforms(self, shape: Term, node: Term) -> bool:
        """Whether a node conforms to a shape; asked once."""
        key = (shape, node)
        if key not in self._known:
            self._known[key] = next(self.validate(shape, (node,)), None) is None
        return self._known[key]

    def members(self, kind: Term) -> set[Term]:
        """The nodes of a class and of those under it; looked up once."""
        if kind not in self._members:
            self._members[kind] = set(self.graph.instances(kind))
        return self._members[kind]


def run_plan(plan: Plan, graph: Triples) -> list[Result]:
    """The results of a plan over one graph."""
    return list(Run(plan, graph).results())

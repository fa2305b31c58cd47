"""Shapes → a plan: each shape made into functions once, and which of them the default engine does not cover.

Targets in SPARQL, constraint components of one's own, … are not covered: the reference engine takes those, shape by shape.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.validate.checks import Check, NotCovered
from kg.validate.constraints import CONSTRAINTS
from kg.validate.faults import SEVERITIES
from kg.validate.graph import TYPE, Triples
from kg.validate.paths import Walk, print_path, walk_path
from kg.validate.patterns import Reach, Wanted, reach_of, widest
from kg.validate.shapes import Shapes, prologue, say_plainly, sh
from kg.validate.terms import Term, is_blank, is_true, parts, text_of
from kg.vocab import RDFS, SH

CLASSES = {f"<{RDFS}Class>", "<http://www.w3.org/2002/07/owl#Class>"}  # a shape that is one of these is its own target
TARGETS = {sh(name) for name in ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")}
SPARQL = SH + "SPARQLConstraintComponent"
_NO_CONSTRAINT = {
    *TARGETS,
    *(sh(name) for name in ("path", "property", "sparql", "severity", "message", "deactivated", "name", "description", "order", "group", "defaultValue")),
    *(sh(name) for name in ("flags", "ignoredProperties", "qualifiedValueShape", "qualifiedValueShapesDisjoint", "declare")),
}
_BEYOND = (  # what Oxigraph reads otherwise than SHACL asks, or cannot do
    (r"\(\?(?:=|!|<)", "a regular expression with lookaround"),
    (r"[$?](?:currentShape|shapesGraph)\b", "$currentShape or $shapesGraph"),
    (r"\{\s*(?:BIND|FILTER)\b[^{}]*[$?]this\b", "BIND or FILTER of $this at the start of a group"),
    (r"\{\s*SELECT\b(?![^{]*[$?]this\b)", "a SELECT in a SELECT without $this"),
    (r"\b(?:MINUS|VALUES|SERVICE)\b", "MINUS, VALUES or SERVICE, which SHACL forbids"),
    (r"\?failure\b", "?failure"),
    (r"\A(?!.*?SELECT\b[^{]*[$?]this\b)", "SELECT without $this"),
)


Messages = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL constraint, ready but for $this."""

    text: str
    messages: Messages
    reach: Reach


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape made ready: how its values are found, and what is asked of them."""

    name: str
    severity: str
    path: str | None
    predicate: Term | None
    walk: Walk | None
    checks: tuple[tuple[str, Check, Messages], ...]
    queries: tuple[Query, ...]
    inner: tuple[Term, ...]


class Plan:
    """Every shape made ready, and those with targets that the reference engine must take, with the reason why."""

    def __init__(self, shapes: Shapes) -> None:
        self.source = shapes
        self.shapes: dict[Term, Shape | None] = {}
        self.targets: dict[Term, list[tuple[Term, Term]]] = {}
        self.uncovered: dict[Term, str] = {}
        own = {path for p in shapes.graph.columns.get(sh("parameter"), {}).values() for node in p for path in shapes.graph.objects(node, sh("path"))}
        for shape, targets in find_targets(shapes).items():
            try:
                self._prepare(shape, own, ())
                if any(kind == sh("target") for kind, _ in targets):
                    raise NotCovered("sh:target")
                self.targets[shape] = targets
            except NotCovered as reason:
                self.uncovered[shape] = str(reason)

    @cached_property
    def touched(self) -> list[Wanted] | None:
        """What SPARQL constraints can touch; None where it may be any triple."""
        reaches = [query.reach.touched for shape in self.shapes.values() if shape is not None for query in shape.queries]
        return widest(wanted for reach in reaches if reach is not None for wanted in reach) if None not in reaches else None

    def _prepare(self, node: Term, own: set[Term], above: tuple[Term, ...]) -> None:
        """Make a shape and all that stand in it ready; a recursive one is not covered."""
        if node in above:
            raise NotCovered("recursive shapes")
        graph = self.source.graph
        for predicate, target in graph.about(node):
            if predicate in (sh("property"), sh("node"), sh("not"), sh("qualifiedValueShape")):
                self._prepare(target, own, (*above, node))
            elif predicate in (sh("and"), sh("or"), sh("xone")):
                for member in graph.items(target):
                    self._prepare(member, own, (*above, node))
        if node not in self.shapes:
            self.shapes[node] = self._shape(node, own) if not _off(graph, node) else None

    def _shape(self, node: Term, own: set[Term]) -> Shape:
        graph, path = self.source.graph, self.source.graph.value(node, sh("path"))
        checks, own_messages = [], _messages(graph, node)
        for predicate, target in graph.about(node):
            if predicate in CONSTRAINTS:
                component, make = CONSTRAINTS[predicate]
                checks.append((component, make(graph, node, target), own_messages or say_plainly(graph, node, component)))
            elif predicate in own or (predicate.startswith(f"<{SH}") and predicate not in _NO_CONSTRAINT):
                raise NotCovered(text_of(predicate).replace(SH, "sh:"))
        severity = text_of(graph.value(node, sh("severity")) or sh("Violation"))
        return Shape(
            self.source.named(node), SEVERITIES.get(severity, severity), printed_path(graph, node), path if path is not None and not is_blank(path) else None,
            walk_path(graph, path) if path is not None else None, tuple(checks), tuple(self._queries(node, path)), tuple(graph.objects(node, sh("property"))),
        )  # fmt: skip

    def _queries(self, node: Term, path: Term | None) -> Iterator[Query]:
        graph = self.source.graph
        for constraint in graph.objects(node, sh("sparql")):
            query = text_of(graph.value(constraint, sh("select")) or '""')
            for pattern, reason in _BEYOND:
                if re.search(pattern, query, re.I | re.S):
                    raise NotCovered(reason)
            if path is not None:
                query = re.sub(r"[$?]PATH\b", print_path(graph, path).replace("\\", r"\\"), query)
            if not _off(graph, constraint):
                text = prologue(graph, constraint) + query
                yield Query(text, _messages(graph, constraint) or _messages(graph, node) or say_plainly(graph, node, SPARQL), reach_of(text))


def find_targets(shapes: Shapes) -> dict[Term, list[tuple[Term, Term]]]:
    """Each shape that has targets, with their kinds."""
    found: dict[Term, list[tuple[Term, Term]]] = {}
    for subject, predicate, target in shapes.triples:
        if predicate in TARGETS or predicate == sh("target"):
            found.setdefault(subject, []).append((predicate, target))
        elif predicate == TYPE and target in CLASSES and {sh("NodeShape"), sh("PropertyShape")} & {*shapes.graph.objects(subject, TYPE)}:
            found.setdefault(subject, []).append((sh("targetClass"), subject))
    return found


def printed_path(graph: Triples, shape: Term) -> str | None:
    """A shape's path as findings state it: the property's IRI, or the path in SPARQL."""
    path = graph.value(shape, sh("path"))
    return None if path is None else print_path(graph, path) if is_blank(path) else text_of(path)


def _off(graph: Triples, node: Term) -> bool:
    return any(is_true(on) for on in graph.objects(node, sh("deactivated")))


def _messages(graph: Triples, node: Term) -> Messages:
    return tuple(sorted((parts(m)[1] or "", text_of(m)) for m in graph.objects(node, sh("message"))))


@lru_cache(maxsize=4)
def plan_of(shapes: Shapes) -> Plan:
    """Make shapes ready, once."""
    return Plan(shapes)

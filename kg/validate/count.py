"""A report's graph → how many things of each class it holds, and how many of them have the class's core properties."""

from kg.model import ClassCount
from kg.ontology import core_properties
from kg.validate.graph import TYPE, Triples
from kg.validate.terms import Term
from kg.vocab import FZ


def count_classes(graph: Triples) -> tuple[ClassCount, ...]:
    """Count what says which report it is of, by class; core properties are those of `fz:coreProperty`."""
    things: dict[Term, list[Term]] = {}
    reported = graph.columns.get(f"<{FZ}report>", {})
    for subject, kinds in graph.columns.get(TYPE, {}).items():
        if subject in reported:
            for kind in kinds:
                things.setdefault(kind, []).append(subject)
    return tuple(_count(graph, kind[1:-1], things[kind]) for kind in sorted(things))


def _count(graph: Triples, kind: str, nodes: list[Term]) -> ClassCount:
    filled = ((term, graph.columns.get(f"<{term}>", {})) for term in core_properties().get(kind, ()))
    return ClassCount(kind, len(nodes), tuple((term, sum(node in column for node in nodes)) for term, column in filled))

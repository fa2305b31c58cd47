"""SHACL paths → functions from a node to its values, and the same paths in SPARQL."""

from collections.abc import Callable, Iterable

from kg.validate.checks import NotCovered
from kg.validate.graph import Triples
from kg.validate.shapes import sh
from kg.validate.terms import Term, is_blank

Walk = Callable[[Triples, Term], Iterable[Term]]
_CLOSURES = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def walk_path(graph: Triples, path: Term) -> Walk:
    """Make the function that follows a path of a shapes graph in a data graph; a value may come twice."""
    if not is_blank(path):
        return lambda data, node: data.objects(node, path)
    if len(graph.about(path)) > (2 if graph.items(path) else 1):
        raise NotCovered("a path of two kinds")
    inverse, either = graph.value(path, sh("inversePath")), graph.value(path, sh("alternativePath"))
    if inverse is not None:
        return _walk_back(graph, inverse)
    if either is not None:
        ways = [walk_path(graph, way) for way in graph.items(either)]
        return lambda data, node: [value for way in ways for value in way(data, node)]
    for name, sign in _CLOSURES.items():
        inner = graph.value(path, sh(name))
        if inner is not None:
            return _walk_closure(walk_path(graph, inner), sign)
    return _walk_steps([walk_path(graph, step) for step in graph.items(path)])


def _walk_back(graph: Triples, path: Term) -> Walk:
    if not is_blank(path):
        return lambda data, node: data.subjects(path, node)
    forward = walk_path(graph, path)
    return lambda data, node: [start for start in data.nodes() if node in forward(data, start)]


def _walk_steps(steps: list[Walk]) -> Walk:
    def walk(data: Triples, node: Term) -> Iterable[Term]:
        nodes: Iterable[Term] = [node]
        for step in steps:
            nodes = dict.fromkeys(value for one in nodes for value in step(data, one))
        return nodes

    return walk


def _walk_closure(step: Walk, sign: str) -> Walk:
    def walk(data: Triples, node: Term) -> Iterable[Term]:
        found = dict.fromkeys([node] if sign != "+" else [])
        todo = [node]
        while todo:
            todo = [value for value in dict.fromkeys(v for one in todo for v in step(data, one)) if value not in found]
            found |= dict.fromkeys(todo)
            todo = [] if sign == "?" else todo
        return found

    return walk


def print_path(graph: Triples, path: Term) -> str:
    """Write a path in SPARQL."""
    if not is_blank(path):
        return path
    inverse, either = graph.value(path, sh("inversePath")), graph.value(path, sh("alternativePath"))
    if inverse is not None:
        return f"^({print_path(graph, inverse)})"
    if either is not None:
        return "(" + "|".join(print_path(graph, way) for way in graph.items(either)) + ")"
    for name, sign in _CLOSURES.items():
        inner = graph.value(path, sh(name))
        if inner is not None:
            return f"({print_path(graph, inner)}){sign}"
    return "(" + "/".join(print_path(graph, step) for step in graph.items(path)) + ")"

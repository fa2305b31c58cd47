"""The reference engine: pySHACL over the same graph and shapes. It also takes what the default engine does not cover."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from pyshacl import validate
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ValidationFailure
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg import vocab
from kg.errors import InputError
from kg.validate.faults import SEVERITIES
from kg.validate.graph import TYPE
from kg.validate.plan import CLASSES, TARGETS, printed_path
from kg.validate.results import Result
from kg.validate.shapes import Shapes, say_plainly, sh
from kg.validate.terms import Term, parts

SH = Namespace(vocab.SH)
_SLOT = re.compile(r"\\\{\\[?$]\w+\\\}")  # {?printed} in a message, after re.escape


def validate_with_pyshacl(data: bytes, shapes: Shapes, only: Collection[Term] | None = None) -> Iterator[Result]:
    """Validate a graph, given as N-Triples; `only` leaves all other shapes without their targets."""
    own = shapes_graph(shapes, frozenset(only) if only is not None else None)
    try:
        _, results, _ = validate(parse_triples(data), shacl_graph=own, advanced=True, inplace=True, meta_shacl=False)
    except (ReportableRuntimeError, ConstraintLoadError, ValidationFailure) as error:
        raise InputError(f"SHACL 校验无法进行 · SHACL validation failed: {error}") from error
    if not isinstance(results, Graph):  # pySHACL hands back a failure instead of a report
        raise InputError(f"SHACL 校验无法进行 · SHACL validation failed: {results}")
    for result in results.objects(None, SH.result):
        yield _result(shapes, own, results, result)


def parse_triples(data: bytes) -> Graph:
    """Read N-Triples as an rdflib graph."""
    graph = Graph()
    graph.parse(data=data, format="nt")
    return graph


@lru_cache(maxsize=4)
def shapes_graph(shapes: Shapes, only: frozenset[Term] | None = None) -> Graph:
    """The shapes as an rdflib graph, blank nodes by the same names; those outside `only` lose their targets."""
    graph = Graph()
    for subject, predicate, target in shapes.triples:
        aims = predicate in TARGETS or predicate == sh("target") or (predicate == TYPE and target in CLASSES)
        if only is None or subject in only or not aims:
            graph.add((_to_rdflib(subject), _to_rdflib(predicate), _to_rdflib(target)))
    return graph


def _to_rdflib(term: Term) -> URIRef | BNode | Literal:
    text, language, datatype = parts(term)
    if term[0] != '"':
        return URIRef(text) if term[0] == "<" else BNode(text)
    return Literal(text, lang=language, datatype=URIRef(datatype) if language is None and not datatype.endswith("#string") else None)


def _result(shapes: Shapes, own: Graph, results: Graph, result: Node) -> Result:
    names = (SH.sourceShape, SH.focusNode, SH.value, SH.resultPath, SH.sourceConstraintComponent, SH.resultSeverity)
    source, focus, value, path, component, severity = (results.value(result, name) for name in names)
    assert source is not None  # pySHACL states both of every result
    assert focus is not None
    shape = source.n3()
    return Result(
        shapes.named(shape), str(component), SEVERITIES.get(str(severity), str(severity)), _n3(focus),
        str(path) if isinstance(path, URIRef) else printed_path(shapes.graph, shape), _n3(value) if value is not None else None,
        _messages(own, results, result, source) or say_plainly(shapes.graph, shape, str(component)),
    )  # fmt: skip


def _n3(node: Node) -> Term:
    """A term as N-Triples text; rdflib's own n3() shortens numbers."""
    if not isinstance(node, Literal):
        return node.n3()
    text = Literal(str(node)).n3() if "\n" not in node else '"' + str(node).translate(_ESCAPES) + '"'
    return text + (f"@{node.language}" if node.language is not None else f"^^<{node.datatype}>" if node.datatype is not None else "")


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _messages(own: Graph, results: Graph, result: Node, source: Node) -> tuple[tuple[str, str], ...]:
    """A result's messages; pySHACL drops the language where it fills in a value, so the template tells it again. What it says by itself is left out."""
    sources = (source, results.value(result, SH.sourceConstraint))
    templates = [m for s in sources if s is not None for m in own.objects(s, SH.message) if isinstance(m, Literal)]
    found = []
    for said in (m for m in results.objects(result, SH.resultMessage) if isinstance(m, Literal)):
        told = [t for t in templates if re.fullmatch(_SLOT.sub("(.*)", re.escape(str(t))), str(said), re.S)]
        found += [(said.language or told[0].language or "", str(said))] if told else []
    return tuple(sorted(found))

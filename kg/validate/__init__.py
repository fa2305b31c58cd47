"""Quads → Findings: the SHACL shapes over one report's graph, each finding with its messages, its sentence and its place.

Two engines give the same results: the default one, which runs the shapes as functions over the graph and asks Oxigraph only what is SPARQL in
them, and pySHACL, the reference, which also takes the shapes that the first does not cover.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

import pyoxigraph as ox

from kg.errors import InputError, UsageError
from kg.model import SEVERITIES, ClassCount, Finding
from kg.ontology import background_triples
from kg.validate.corpus import compare_reports
from kg.validate.count import count_classes
from kg.validate.duties import list_duties
from kg.validate.fast import plan_of, run_plan
from kg.validate.graph import Triples, triples_of
from kg.validate.look import look_through
from kg.validate.results import Result, sentence_around, to_findings
from kg.validate.shapes import Shapes, load_shapes
from kg.validate.terms import Term

__all__ = [
    "ENGINES",
    "Shapes",
    "compare_reports",
    "conforms",
    "examine_quads",
    "handed_over",
    "list_duties",
    "load_shapes",
    "look_through",
    "make_graph",
    "refuse_malformed",
    "sentence_around",
    "triples_of",
    "validate_graph",
    "validate_quads",
    "worst",
]
ENGINES = ("fast", "pyshacl")


def validate_quads(lines: Iterable[str], shapes: Shapes | None = None, engine: str = "fast") -> list[Finding]:
    """Validate one report's graph, given as N-Quads lines; findings come in order of severity, then of the text."""
    return validate_graph(make_graph(triples_of(lines)), shapes if shapes is not None else load_shapes(), engine)


def examine_quads(lines: Iterable[str]) -> tuple[list[Finding], tuple[ClassCount, ...]]:
    """Validate one report's graph by the project's shapes, and count what it holds."""
    graph = make_graph(triples_of(lines))
    return validate_graph(graph, load_shapes()), count_classes(graph)


def refuse_malformed(lines: Sequence[str], name: str) -> None:
    """Refuse a graph that names of someone else's making have spoilt: each line must be one N-Quad; an InputError names the first that is not."""
    for line in lines:
        try:
            whole = len(list(ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS))) == 1
        except SyntaxError:
            whole = False
        if not whole or "\n" in line:
            raise InputError(
                f"{name}: 其中的名称写不进图谱(IRI 不得有空格与 < > 等)· a name in it cannot stand in a graph (no blanks, < or > in an IRI): {line[:200]!r}"
            )


def make_graph(triples: Iterable[Sequence[Term]]) -> Triples:
    """Make terms in N-Triples into the graph that is validated: beside them stands what the vocabularies say of their concepts."""
    return Triples(triples, _background())


def validate_graph(graph: Triples, shapes: Shapes, engine: str = "fast") -> list[Finding]:
    """Validate a graph that holds one report."""
    if engine not in ENGINES:
        raise UsageError(f"没有引擎 {engine} · no such engine; expected {' or '.join(ENGINES)}")
    plan = plan_of(shapes)
    found = run_plan(plan, graph) if engine == "fast" else []
    if engine == "pyshacl" or plan.uncovered:
        found += _ask_reference(graph, shapes, tuple(plan.uncovered) if engine == "fast" else None)
    return to_findings(graph, found)


def _ask_reference(graph: Triples, shapes: Shapes, only: Collection[Term] | None) -> list[Result]:
    from kg.validate.reference import validate_with_pyshacl  # pySHACL takes half a second to import, so only those who need it do

    return list(validate_with_pyshacl(graph.write(), shapes, only))


@lru_cache(maxsize=1)
def _background() -> Triples:
    return Triples(background_triples())


def handed_over(shapes: Shapes) -> list[tuple[str, str]]:
    """The shapes that the default engine hands to pySHACL, each with the construct that it does not cover."""
    return [(shapes.named(shape), reason) for shape, reason in plan_of(shapes).uncovered.items()]


def conforms(findings: Iterable[Finding]) -> bool:
    """Whether no finding is a violation."""
    return worst(findings) != "violation"


def worst(findings: Iterable[Finding]) -> str | None:
    """The gravest severity among findings; None where there are none."""
    return min((f.severity for f in findings), key=SEVERITIES.index, default=None)

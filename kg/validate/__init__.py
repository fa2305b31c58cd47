"""Quads → Findings: the SHACL shapes over one report's graph, each finding with its messages, its sentence and its place.

Two engines give the same results: the default one, which asks each constraint as one query of an in-memory Oxigraph, and
pySHACL, the reference, which also takes the shapes that the first does not cover.
"""

from collections.abc import Iterable, Sequence

from kg.errors import UsageError
from kg.model import Finding
from kg.ontology import background_triples
from kg.validate.duties import list_duties
from kg.validate.fast import plan_of, run_plan
from kg.validate.look import look_through
from kg.validate.results import ORDER, Result, sentence_around, to_findings
from kg.validate.shapes import Shapes, load_shapes
from kg.validate.terms import Term, Triples, triples_of

__all__ = [
    "ENGINES",
    "Shapes",
    "conforms",
    "handed_over",
    "list_duties",
    "load_shapes",
    "look_through",
    "sentence_around",
    "validate_quads",
    "validate_triples",
    "worst",
]
ENGINES = ("fast", "pyshacl")


def validate_quads(lines: Iterable[str], shapes: Shapes | None = None, engine: str = "fast") -> list[Finding]:
    """Validate one report's graph, given as N-Quads lines; findings come in order of severity, then of the text."""
    return validate_triples([*triples_of(lines), *background_triples()], shapes if shapes is not None else load_shapes(), engine)


def validate_triples(triples: Sequence[tuple[Term, Term, Term]], shapes: Shapes, engine: str = "fast") -> list[Finding]:
    """Validate a graph that holds one report, as terms in N-Triples."""
    graph = Triples(triples)
    return to_findings(graph, results_of(triples, graph, shapes, engine))


def results_of(triples: Sequence[tuple[Term, Term, Term]], graph: Triples, shapes: Shapes, engine: str) -> list[Result]:
    """The results of one engine; importing the reference takes half a second, so only those who need it do."""
    if engine not in ENGINES:
        raise UsageError(f"没有引擎 {engine} · no such engine; expected {' or '.join(ENGINES)}")
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode()
    plan = plan_of(shapes)
    found = run_plan(plan, graph, text) if engine == "fast" else []
    if engine == "fast" and not plan.uncovered:
        return found
    from kg.validate.reference import validate_with_pyshacl

    return [*found, *validate_with_pyshacl(text, shapes, tuple(plan.uncovered) if engine == "fast" else None)]


def handed_over(shapes: Shapes) -> list[tuple[str, str]]:
    """The shapes that the default engine hands to pySHACL, each with the construct that it does not cover."""
    return [(shapes.named(shape), reason) for shape, reason in plan_of(shapes).uncovered.items()]


def conforms(findings: Iterable[Finding]) -> bool:
    """Whether no finding is a violation."""
    return worst(findings) != "violation"


def worst(findings: Iterable[Finding]) -> str | None:
    """The gravest severity among findings; None where there are none."""
    return min((f.severity for f in findings), key=ORDER.index, default=None)

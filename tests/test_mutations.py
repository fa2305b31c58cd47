"""Every constraint of every shape is killed by a small change to a good graph, and by no more than the table says; both engines agree on every mutant."""

from functools import lru_cache

import pytest
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor

from kg.divisions import load_register
from kg.model import Finding
from kg.pipeline import extract_bytes
from kg.triples import quads_of
from kg.validate import load_shapes, make_graph, validate_graph
from kg.validate.fast import plan_of
from kg.validate.graph import triples_of
from kg.validate.terms import Term
from tests.conftest import DIVISIONS, SAMPLES
from tests.mutations import Mutation, Triple, cut, mutate, read_mutations

MUTATIONS = list(read_mutations())


def short(shape: str, component: str) -> str:
    """A constraint as the table names it: measure-verb/MinCount."""
    return f"{shape.rpartition('#')[2]}/{component.rpartition('#')[2].removesuffix('ConstraintComponent')}"


@pytest.fixture(scope="module")
def good() -> list[Triple]:
    path = SAMPLES / "990100-2025.txt"
    lines = quads_of(extract_bytes(path.read_bytes(), path.name, DIVISIONS), load_register(DIVISIONS))
    return [(s, p, o) for s, p, o in triples_of(lines)]


def test_the_good_graph_has_no_finding(good: list[Triple]) -> None:
    assert validate_graph(make_graph(good), load_shapes()) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.line.partition(" => ")[0])
def test_a_mutant_is_killed_by_exactly_these(good: list[Triple], mutation: Mutation) -> None:
    found = validate_graph(make_graph(mutate(good, mutation)), load_shapes())
    assert {short(f.shape, f.component) for f in found} == mutation.expected


def test_every_constraint_of_every_shape_is_killed() -> None:
    plan, constraints = plan_of(load_shapes()), set()

    def collect(node: Term) -> None:
        shape = plan.shapes[node]
        assert shape is not None
        constraints.update(short(shape.name, component) for component, *_ in shape.checks)
        constraints.update(short(shape.name, "SPARQL") for _ in shape.queries)
        for inner in shape.inner:
            collect(inner)

    for node in plan.targets:
        collect(node)
    assert constraints - set().union(*(mutation.expected for mutation in MUTATIONS)) == set()


@pytest.fixture
def parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rdflib read each SPARQL constraint once: it is the same for every mutant."""
    prepared = lru_cache(maxsize=None)(prepareQuery)
    plain = SPARQLProcessor.query
    monkeypatch.setattr(
        SPARQLProcessor, "query", lambda self, text, bindings={}, ns={}, *rest, **more: plain(self, prepared(text), bindings, ns, *rest, **more)
    )


def told(findings: list[Finding]) -> set[tuple[str, str, str | None, str | None, str, str]]:
    return {(f.shape, f.focus, f.path, f.value, f.component, f.severity) for f in findings}


@pytest.fixture(scope="module")
def small(good: list[Triple]) -> list[Triple]:
    """The part of the good graph that the mutants need: pySHACL takes seconds for the whole of it."""
    results = [validate_graph(make_graph(mutate(good, mutation)), load_shapes()) for mutation in MUTATIONS]
    named = {f"<{f.value}>" for found in results for f in found if f.value is not None and len(found) < 9}
    return cut(good, MUTATIONS, sorted(named))


@pytest.mark.slow
@pytest.mark.usefixtures("parsed_once")
def test_the_engines_agree_on_every_mutant(small: list[Triple]) -> None:
    wrong = []
    for mutation in MUTATIONS:
        mutant = mutate(small, mutation)
        fast, reference = (told(validate_graph(make_graph(mutant), load_shapes(), engine)) for engine in ("fast", "pyshacl"))
        if fast != reference or {short(shape, component) for shape, *_, component, _ in fast} != mutation.expected:
            wrong.append((mutation.line, fast - reference, reference - fast))
    assert wrong == []

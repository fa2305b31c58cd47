"""What a SPARQL constraint can touch: it has the same solutions on the triples chosen for it as on the whole graph."""

import pyoxigraph as ox
import pytest

from kg.divisions import load_register
from kg.pipeline import extract_bytes
from kg.triples import quads_of
from kg.validate import make_graph, triples_of
from kg.validate.graph import Triples
from kg.validate.patterns import reach_of, select, widest
from tests.conftest import DIVISIONS, SAMPLES

HEAD = "PREFIX fz: <https://w3id.org/fazhi-kg/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX unit: <https://w3id.org/fazhi-kg/unit/>\n"
READ = [
    'SELECT $this ?v { $this a fz:Report . ?v fz:report $this ; fz:status "planned" }',
    "SELECT ?v ?i { ?v fz:indicator ?i . ?i fz:indicatorKind ?kind } # a comment with { in it",
    "SELECT ?i { ?i fz:indicatorKind ?kind FILTER NOT EXISTS { ?v fz:indicator ?i } }",
    "SELECT ?m ?o { ?m fz:verb ?verb OPTIONAL { ?m fz:topic ?o . ?o fz:none ?x } }",
    "SELECT ?a ?x ?y { ?a fz:measure ?b OPTIONAL { ?a fz:indicator ?x . ?x fz:indicatorKind ?z } ?x fz:unitClass ?y }",
    'SELECT ?v { { ?v fz:status "done" ; fz:value ?n } UNION { ?v fz:verb ?verb } FILTER (?v != fz:x && (!BOUND(?n) || ?n > 3)) }',
    "SELECT ?name (COUNT(?v) AS ?n) { ?v fz:name ?name, ?again ; fz:unit unit:percent . } GROUP BY ?name HAVING (COUNT(?v) > 1)",
    "SELECT ?v ?n { ?v fz:bound ?b . { SELECT ?v (MAX(?x) AS ?n) { ?v fz:value ?x ; fz:unit ?u } GROUP BY ?v } }",
    "SELECT (COUNT(?v) AS ?n) { ?v fz:damaged true }",
    'SELECT ?p { ?v fz:passage ?p FILTER EXISTS { ?p oa:start ?s FILTER (?s < 500) } BIND (STR(?p) AS ?text) FILTER (?text != "}") }',
]
UNREAD = [
    "SELECT ?p { ?v ?p ?o }",
    "SELECT ?v { ?v fz:passage/oa:start ?s }",
    "SELECT ?v { ?v ^fz:passage ?s }",
    "SELECT ?v { ?v !fz:passage ?s }",
    "SELECT ?v { ?v fz:passage [ oa:start ?s ] }",
    "SELECT ?v { ?v fz:value ?n FILTER (?n > 3 || EXISTS { ?v fz:bound ?b }) }",
    "SELECT ?v { GRAPH ?g { ?v fz:value ?n } }",
    "SELECT ?v { ?v fz:value ?n MINUS { ?v fz:bound ?b } }",
    "ASK { ?v fz:value ?n }",
    "SELECT ?v { ?v <value> ?n }",
]


@pytest.fixture(scope="module")
def graph() -> Triples:
    path = SAMPLES / "990121-2025.html"
    return make_graph(triples_of(quads_of(extract_bytes(path.read_bytes(), path.name, DIVISIONS), load_register(DIVISIONS))))


def answers(triples: bytes, query: str) -> list[str]:
    store = ox.Store()
    store.load(triples, format=ox.RdfFormat.N_TRIPLES)
    solutions = store.query(HEAD + query)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(str(solution) for solution in solutions)


@pytest.mark.parametrize("query", READ)
def test_the_chosen_triples_suffice(graph: Triples, query: str) -> None:
    reach = reach_of(HEAD + query)
    assert reach.touched is not None
    chosen = graph.write(select(graph, widest(reach.touched)))
    assert answers(chosen, query) == (whole := answers(graph.write(), query))
    assert len(chosen) < len(graph.write()) / 2
    assert all(graph.has(*pattern) for pattern in reach.needed) or whole == []


@pytest.mark.parametrize("query", UNREAD)
def test_what_is_not_read_may_touch_everything(query: str) -> None:
    assert reach_of(HEAD + query) == reach_of("")

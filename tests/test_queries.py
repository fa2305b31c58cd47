"""The catalogue: headers, answers, parameters, and what is refused."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Literal, URIRef

from kg.errors import InputError, LimitError, UsageError
from kg.graph import open_graph
from kg.ontology import load_concepts, ontology_quads
from kg.present.answers import in_words
from kg.query import find_queries, get_query, load_queries, nearest
from kg.query.ask import execute_in_child, execute_on, run_query
from kg.query.bind import Execute, bind_params, parse_params
from kg.query.header import read_query
from kg.query.read_only import check_read_only
from kg.store import Store
from kg.table import Table
from kg.vocab import BASE, DCTERMS, FZ, OA, ORG, PROV, RDFS, SKOS, VOID, XSD
from tests.answers import FOLDER, answer_of

NAMES = sorted(load_queries())
CORPUS = (Path(__file__).parent / "injections.txt").read_text(encoding="utf-8").splitlines()
QUESTIONS = [f"cq{number:02}" for number in range(1, 41)]


def test_there_are_enough() -> None:
    assert len(NAMES) >= 50
    tags = {tag for query in load_queries().values() for tag in query.tags}
    assert {"single", "cross-city", "cross-year", "silence", "audit", "diffusion", "duty", "wording"} <= tags


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_competency_question_has_a_query(question: str) -> None:
    assert find_queries([question]) != []


@pytest.mark.parametrize("name", NAMES)
def test_answers(execute: Execute, name: str) -> None:
    answer = answer_of(execute, get_query(name))
    assert answer.count("\n") > 1
    assert answer == (FOLDER / f"{name}.csv").read_text(encoding="utf-8"), "after a change that is meant: make golden"


@pytest.mark.parametrize("name", NAMES)
def test_a_table_for_people_holds_no_codes(name: str) -> None:
    head, *rows = csv.reader((FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines())
    told = in_words(Table(tuple(head), [tuple(row) for row in rows]), "zh")
    assert {value for row in told.rows for value in row if re.fullmatch("[a-z]+([ _][a-z]+)*", str(value))} <= {"true", "false"}


def test_no_answer_is_left_over() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_order_is_total(execute: Execute, name: str) -> None:
    query = get_query(name)
    table = run_query(execute, query, {})
    assert list(table.columns) == [column.name for column in query.columns]
    at = [table.columns.index(key) for key in query.order]
    keys = [tuple(row[i] for i in at) for row in table.rows]
    twice = [key for key in keys if keys.count(key) > 1] if len(set(keys)) < len(keys) else []
    assert twice == []


@pytest.mark.parametrize("name", NAMES)
def test_empty_store(name: str) -> None:
    table = run_query(execute_on(ox.Store()), get_query(name), {})
    assert table.rows == []


def terms_of(text: str) -> set[str]:
    prefixes = dict(re.findall(r"PREFIX (\w+): <([^>]+)>", text))
    body = re.sub(r"^(PREFIX|#).*$", "", text, flags=re.MULTILINE)
    names = {prefixes[prefix] + local for prefix, local in re.findall(r'(?<![\w"?<:/])(\w+):(\w+)', re.sub(r'<[^>]*>|"[^"]*"', " ", body).replace("/", " "))}
    return names | set(re.findall(r"<(https?://[^>]+)>", body))


@pytest.mark.parametrize("name", NAMES)
def test_no_term_outside_the_vocabularies(name: str) -> None:
    own = {quad.subject.value for quad in ontology_quads() if isinstance(quad.subject, ox.NamedNode)}
    concepts = {concept.iri for scheme in load_concepts().values() for concept in scheme.values()}
    terms = terms_of(get_query(name).text)
    assert terms - own - concepts - {t for t in terms if t.startswith((DCTERMS, OA, ORG, PROV, RDFS, SKOS, VOID, XSD))} == set()
    assert any(t.startswith(FZ) for t in terms)


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_about_facts_points_at_them(name: str) -> None:
    columns = {column.name for column in get_query(name).columns}
    assert "quote" not in columns or "fact" in columns


def test_a_graph_holds_as_many_triples_as_is_written_of_it(execute: Execute, sample_store: Store) -> None:
    written = {graph: triples for graph, triples, _ in execute(get_query("graph-sizes").text).rows}
    assert written == {graph: sample_store.triples_of(str(graph))[1] for graph in written}
    assert {*written} == {graph.value for graph in sample_store.report_graphs()}


def test_several_values_and_labels(execute: Execute) -> None:
    table = run_query(execute, get_query("indicator-ranking"), parse_params(["indicator=行政机关负责人出庭应诉率", "year=2024", "year=2025"]))
    assert set(table.column("year")) == {2024, 2025}
    assert set(table.column("place")) >= {"云泽市", "临溪县"}
    years = ["2024", "2025"]
    by_id = run_query(execute, get_query("indicator-ranking"), {"indicator": ["agency-head-court-appearance-rate"], "year": years})
    by_iri = run_query(execute, get_query("indicator-ranking"), {"indicator": [f"{BASE}indicator/agency-head-court-appearance-rate"], "year": years})
    assert table.rows == by_id.rows == by_iri.rows


def test_a_local_mechanism_and_a_code_will_do(execute: Execute) -> None:
    table = run_query(execute, get_query("local-mechanisms"), {"mechanism": ["“法治驿站”"]})
    assert table.column("place") == ["云泽市"]
    assert set(run_query(execute, get_query("reports"), {"place": ["990121"]}).column("place")) == {"临溪县"}


def test_defaults_hold_until_another_value_is_given(execute: Execute) -> None:
    query = get_query("league-table")
    assert set(run_query(execute, query, {"year": ["2025"]}).column("indicator")) == {"行政机关负责人出庭应诉率"}
    assert set(run_query(execute, query, {"indicator": ["行政诉讼败诉率"]}).column("indicator")) == {"行政诉讼败诉率"}


def test_silence_is_not_zero(execute: Execute) -> None:
    rows = run_query(execute, get_query("hotline"), {"place": ["云泽市"], "year": ["2025"]}).records()
    assert [(row["reported"], row["value"]) for row in rows] == [(False, None)] * 4


def test_language_and_limit(execute: Execute) -> None:
    table = run_query(execute, get_query("indicator-trend"), {"indicator": ["败诉率"]}, "en", 1)
    assert table.labels[:2] == ("place", "indicator")
    assert [table.column("indicator"), table.column("unit")] == [["Rate of cases lost"], ["percent"]]


@pytest.mark.parametrize(
    ("params", "hint"),
    [
        (["indicatr=x"], "indicator"),
        (["indicator=负责人出庭应诉"], "出庭"),
        (["indicator=败诉"], "行政诉讼败诉率"),
        (["year=二五"], "四位"),
        (["year=25"], "四位"),
        (["year"], "名称=值"),
    ],
)
def test_wrong_parameters_are_told(execute: Execute, params: list[str], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        run_query(execute, get_query("indicator-ranking"), parse_params(params))


def test_the_nearest_place_is_named(execute: Execute) -> None:
    with pytest.raises(UsageError, match="云泽市"):
        run_query(execute, get_query("reports"), {"place": ["云泽"]})
    assert nearest("x", []) == "此处没有可用的值 · there is none here"


def test_a_name_of_two_places_asks_for_the_code() -> None:
    lines = [f"<{BASE}division/{code}> <{FZ}code> '{code}' ; a <{FZ}Division> ; <{RDFS}label> '鼓楼区'@zh ." for code in ("990102", "990203")]
    store = ox.Store()
    store.load("\n".join(lines).encode(), format=ox.RdfFormat.TURTLE)
    with pytest.raises(UsageError, match="990102、990203"):
        run_query(execute_on(store), get_query("reports"), {"place": ["鼓楼区"]})


@pytest.mark.parametrize("value", CORPUS)
@pytest.mark.parametrize(("query", "param"), [("indicator-trend", "place"), ("league-table", "indicator"), ("reports", "year"), ("fact-sources", "fact")])
def test_injection_into_a_typed_parameter_is_refused(execute: Execute, value: str, query: str, param: str) -> None:
    with pytest.raises(UsageError):
        bind_params(get_query(query), {param: [value]}, execute)


def values_of(node: object) -> list[object]:
    """The terms of the VALUES row, as a SPARQL parser sees them."""
    if isinstance(node, CompValue):
        if node.name == "InlineData":
            return [term["string"] if isinstance(term, CompValue) else term for row in node["value"] for term in row]
        return [term for part in node.values() for term in values_of(part)]
    if isinstance(node, Literal | URIRef | str):
        return []
    try:
        return [term for part in node for term in values_of(part)]  # type: ignore[attr-defined]
    except TypeError:
        return []


@pytest.mark.parametrize("value", CORPUS)
def test_injection_into_a_text_stays_one_literal(execute: Execute, sample_store: Store, value: str) -> None:
    query = get_query("measures-with-text")
    try:
        bound = bind_params(query, {"text": [value]}, execute)
    except UsageError:
        assert "\\u" in value.lower()
        return
    assert values_of(parseQuery(bound)) == ["UNDEF", "UNDEF", Literal(value)]
    size = len(sample_store.quads)
    assert run_query(execute, query, {"text": [value]}).rows == [], "no sample holds such a text, so a row would be one that the injection let through"
    assert len(sample_store.quads) == size


def test_too_many_values_are_refused(execute: Execute) -> None:
    facts = [f"{BASE}report/990100/x/2024/measure/{n}-{n + 1}" for n in range(2001)]
    with pytest.raises(UsageError, match="2000"):
        bind_params(get_query("fact-sources"), {"fact": facts}, execute)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "CLEAR DEFAULT",
        "LOAD <http://127.0.0.1/x>",
        "SELECT * WHERE { ?s ?p ?o } ; DROP ALL",
        "SELECT * WHERE { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }",
        "SELECT * WHERE { { SELECT * WHERE { OPTIONAL { SERVICE SILENT <http://127.0.0.1/x> { ?s ?p ?o } } } } }",
        "SELECT * WHERE { ?s ?p ?o FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }",
        "SELECT * WHERE { ?s ?p ?o MINUS { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1/x> WHERE { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1/x> WHERE { ?s ?p ?o }",
        "ASK FROM <file:///x> { ?s ?p ?o }",
        "not sparql",
        "",
        "SELECT * WHERE {" + "{" * 400 + "}" * 400 + "}",
        "SELECT * WHERE { ?s ?p ?o } #" + "x" * 200_000,
    ],
)
def test_only_reading(text: str) -> None:
    with pytest.raises(UsageError):
        check_read_only(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("#+ id: indicator-trend", "#+ id: other"),
        ("#+ tags: cross-year indicator", "#+ labels: cross-year indicator"),
        ("#+ order: place, indicator, year, fact\n", ""),
        ("#+ sample: 5 places\n", ""),
        ("#+ sample: 5 places", "#+ sample: 6 places"),
        ("#+ tags: cross-year indicator", "#+ tags: a\n#+ tags: b"),
        ("#+ tags: cross-year indicator", "# a remark"),
        ("#+ column: year year", "#+ column: years year"),
        ("#+ column: year year", "#+ column: year century"),
        ("#+ column: value number", "#+ column: value number unit=furlong"),
        ('"年度 | year"', '"年度"'),
        ("#+ param: place place", "#+ param: place planet"),
        ("#+ param: place place optional", "#+ param: place place"),
        ("#+ param: indicator indicator optional", "#+ param: indicator indicator default=no-such"),
        ("#+ param: indicator indicator optional", "#+ param: indicator indicator default=reconsideration-concluded-count"),
        ("(UNDEF UNDEF)", "(UNDEF)"),
        ("(UNDEF UNDEF)", "(UNDEF 2025)"),
        ("#+ order: place, indicator", "#+ order: indicator, place"),
        ("ORDER BY ?place", "ORDER BY DESC(?place)"),
        ("SELECT DISTINCT", "SELECT DISTINCT ?report"),
        ("SELECT DISTINCT", "SELEKT DISTINCT"),
        ("fz:value ?value", "xx:value ?value"),
        ("SELECT DISTINCT", "#+ id: indicator-trend\nSELECT DISTINCT"),
    ],
)
def test_wrong_headers_are_errors(tmp_path: Path, old: str, new: str) -> None:
    text = get_query("indicator-trend").text
    assert old in text
    path = tmp_path / "indicator-trend.rq"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"indicator-trend\.rq:\d+: "):
        read_query(path)


def test_unknown_names() -> None:
    with pytest.raises(UsageError, match="indicator-trend"):
        get_query("indicator-trends")
    with pytest.raises(UsageError, match="cross-year"):
        find_queries(["cross-years"])
    with pytest.raises(UsageError, match="行政执法工作体系"):
        find_queries(topic="行政执法体系")
    assert {"lenient-enforcement", "inspection-reform"} <= {query.id for query in find_queries(topic="行政执法工作体系")}


SAMPLED = [name for name in NAMES if get_query(name).sample is not None]


@pytest.mark.parametrize("name", SAMPLED)
def test_a_sample_only_leaves_rows_out(execute: Execute, name: str) -> None:
    query = get_query(name)
    assert set(run_query(execute, query, {}, sample=True).rows) <= set(run_query(execute, query, {}).rows)


def test_a_sample_is_asked_for_and_says_what_it_is_of(sample_store: Store) -> None:
    graph, query = open_graph(sample_store.folder), get_query("mechanism-adoption")
    assert query.sample == "10 mechanisms"
    cut, whole = graph.query("mechanism-adoption", sample=True), graph.query("mechanism-adoption")
    assert (len(set(cut.column("mechanism_id"))), "10" in cut.note, whole.note) == (10, True, "")
    rare = next(row for row in whole.records() if row["mechanism_id"] not in set(cut.column("mechanism_id")))
    assert graph.query("mechanism-adoption", mechanism=str(rare["mechanism_id"])).records()[0]["mechanism_id"] == rare["mechanism_id"]
    assert graph.query("bounds", sample=True).note == ""  # fewer reports than the sample takes
    with pytest.raises(UsageError, match="取样"):
        graph.query("mechanism-adoption", mechanism="府院联动", sample=True)


def test_ask_and_construct(execute: Execute, sample_store: Store) -> None:
    child = execute_in_child(sample_store.folder, 60)
    for run in (execute, child):
        assert run("ASK { ?s ?p ?o }").rows == [(True,)]
        table: Table = run("CONSTRUCT { ?s a <a:b> } WHERE { ?s a <https://w3id.org/fazhi-kg/ontology#Report> }")
        assert (table.columns, len(table.rows)) == (("subject", "predicate", "object"), len(sample_store.report_graphs()))


def test_a_child_answers_alike(execute: Execute, sample_store: Store) -> None:
    query = get_query("indicators-of-report")
    assert run_query(execute_in_child(sample_store.folder, 60), query, {}).rows == run_query(execute, query, {}).rows


def test_a_child_is_ended_in_time(sample_store: Store) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(LimitError, match="--timeout"):
        execute_in_child(sample_store.folder, 1)(endless)


def test_a_child_reports_wrong_queries_and_stores(sample_store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="1:26"):
        execute_in_child(sample_store.folder, 60)("SELECT * WHERE { ?s xx:y ?o }")
    with pytest.raises(InputError):
        execute_in_child(tmp_path, 60)("ASK {}")


def test_a_question_is_answered_while_the_store_is_written(sample_store: Store, tmp_path: Path) -> None:
    writer = ox.Store(str(tmp_path / "quads"))
    writer.extend(sample_store.quads)
    writer.flush()
    writer.add(ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("a:b"), ox.NamedNode("a:b")))
    assert len(run_query(execute_in_child(tmp_path, 60), get_query("reports"), {}).rows) == len(sample_store.report_graphs())
    del writer


def test_listing_loads_no_store() -> None:
    code = "import sys, kg.query; kg.query.load_queries(); print('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"

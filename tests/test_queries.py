"""Every stored question: header, projection, rows on the samples, equal rows on a second engine, none on an empty store."""

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.term import Literal

from kg.errors import InputError, UsageError
from kg.query import Execute, bind_params, check_read_only, execute_on, get_query, load_queries, parse_params, read_query, run_query
from kg.store import Store
from kg.table import FORMATS, Table, Value, cell

NAMES = sorted(load_queries())


def plain_value(term: object) -> str:
    if isinstance(term, Literal):
        value = term.toPython()
        return cell(
            Decimal(str(value))
            if isinstance(value, int | float | Decimal) and not isinstance(value, bool)
            else value
            if isinstance(value, bool | str)
            else str(value)
        )
    return "" if term is None else str(term)


def comparable(value: Value) -> str:
    return cell(Decimal(value)) if isinstance(value, int) and not isinstance(value, bool) else cell(value)


@pytest.fixture(scope="session")
def two_reports(sample_store: Store) -> tuple[ox.Store, Graph]:
    """The same quads in Oxigraph and in rdflib: reference graph and one place's two years."""
    lines = [line for line in sample_store.dump_lines() if "/graph/reference>" in line or "/report/990121/" in line]
    store = ox.Store()
    store.load("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    graph = Dataset(default_union=True)
    graph.parse(data="\n".join(lines), format="nquads")
    return store, graph


def test_there_are_enough() -> None:
    assert len(NAMES) >= 12
    tags = {tag for query in load_queries().values() for tag in query.tags}
    assert {"single", "cross-city", "cross-year"} <= tags


@pytest.mark.parametrize("name", NAMES)
def test_rows_on_the_samples(execute: Execute, name: str) -> None:
    table = run_query(execute, get_query(name), {})
    assert table.rows
    assert list(table.columns) == list(get_query(name).columns)


@pytest.mark.parametrize("name", NAMES)
def test_equal_rows_on_two_engines(two_reports: tuple[ox.Store, Graph], name: str) -> None:
    store, graph = two_reports
    query = get_query(name)
    table = run_query(execute_on(store), query, {})
    other = [[plain_value(row[column]) for column in query.columns] for row in graph.query(query.text)]
    mine = [[comparable(value) for value in row] for row in table.rows]
    assert sorted(mine) == sorted(other)


@pytest.mark.parametrize("name", NAMES)
def test_empty_store(name: str) -> None:
    assert run_query(execute_on(ox.Store()), get_query(name), {}).rows == []


@pytest.mark.parametrize("name", NAMES)
def test_order_is_stable(execute: Execute, name: str) -> None:
    first, second = (FORMATS["csv"](run_query(execute, get_query(name), {})) for _ in range(2))
    assert first == second


def test_several_values_and_labels(execute: Execute) -> None:
    query = get_query("indicator-ranking")
    rows = run_query(execute, query, parse_params(["indicator=行政机关负责人出庭应诉率", "year=2024", "year=2025"])).rows
    assert {row[query.columns.index("year")] for row in rows} == {2024, 2025}
    assert {row[query.columns.index("place")] for row in rows} == {"云泽市", "临溪县"}


@pytest.mark.parametrize(
    ("params", "hint"), [(["indicatr=x"], "indicator"), (["indicator=负责人出庭应诉"], "出庭"), (["year=二五"], "四位"), (["year"], "名称=值")]
)
def test_wrong_parameters_are_told(execute: Execute, params: list[str], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        run_query(execute, get_query("indicator-ranking"), parse_params(params))


@pytest.mark.parametrize("value", ['云泽市" } } #', "云泽市> } DROP ALL #", "} UNION { ?s ?p ?o", "\\u0022", "云泽市'; DELETE WHERE { ?s ?p ?o }"])
def test_injection_is_refused(execute: Execute, value: str) -> None:
    with pytest.raises(UsageError):
        bind_params(get_query("indicator-trend"), {"place": [value]}, execute)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "LOAD <http://127.0.0.1/x>",
        "SELECT * WHERE { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }",
        "SELECT * WHERE { { SELECT * WHERE { OPTIONAL { SERVICE SILENT <http://127.0.0.1/x> { ?s ?p ?o } } } } }",
        "SELECT * FROM <http://127.0.0.1/x> WHERE { ?s ?p ?o }",
        "not sparql",
    ],
)
def test_only_reading(text: str) -> None:
    with pytest.raises(UsageError):
        check_read_only(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("#+ id: indicator-trend", "#+ id: other"),
        ("#+ tags: cross-year indicator\n", ""),
        ("#+ column: year year", "#+ column: years year"),
        ("#+ param: place place", "#+ param: place planet"),
        ("(UNDEF UNDEF)", "(UNDEF)"),
    ],
)
def test_wrong_headers_are_errors(tmp_path: Path, old: str, new: str) -> None:
    text = get_query("indicator-trend").text
    assert old in text
    path = tmp_path / "indicator-trend.rq"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=r"indicator-trend\.rq"):
        read_query(path)


def test_unknown_question() -> None:
    with pytest.raises(UsageError, match="indicator-trend"):
        get_query("indicator-trends")


def test_ask_and_construct(execute: Execute) -> None:
    assert execute("ASK { ?s ?p ?o }").rows == [(True,)]
    table: Table = execute("CONSTRUCT { ?s a <a:b> } WHERE { ?s a <https://w3id.org/fazhi-kg/ontology#Report> }")
    assert len(table.rows) == 5

"""Every stored question: header, projection, rows on the samples, none on an empty store; what it refuses."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.ask import execute_on, run_query
from kg.bind import Execute, bind_params, check_read_only, parse_params
from kg.errors import InputError, UsageError
from kg.query import get_query, load_queries, read_query
from kg.table import FORMATS, Table
from tests.answers import FOLDER, answer_of

NAMES = sorted(load_queries())


def test_there_are_enough() -> None:
    assert len(NAMES) >= 50
    tags = {tag for query in load_queries().values() for tag in query.tags}
    assert {"single", "cross-city", "cross-year"} <= tags


@pytest.mark.parametrize("name", NAMES)
def test_rows_on_the_samples(execute: Execute, name: str) -> None:
    table = run_query(execute, get_query(name), {})
    assert table.rows
    assert list(table.columns) == [column.name for column in get_query(name).columns]


@pytest.mark.parametrize("name", NAMES)
def test_empty_store(name: str) -> None:
    assert run_query(execute_on(ox.Store()), get_query(name), {}).rows == []


@pytest.mark.parametrize("name", NAMES)
def test_order_is_stable(execute: Execute, name: str) -> None:
    first, second = (FORMATS["csv"](run_query(execute, get_query(name), {})) for _ in range(2))
    assert first == second


def test_several_values_and_labels(execute: Execute) -> None:
    query = get_query("indicator-ranking")
    names = [column.name for column in query.columns]
    rows = run_query(execute, query, parse_params(["indicator=行政机关负责人出庭应诉率", "year=2024", "year=2025"])).rows
    assert {row[names.index("year")] for row in rows} == {2024, 2025}
    assert {row[names.index("place")] for row in rows} == {"云泽市", "临溪县"}


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


@pytest.mark.parametrize("name", NAMES)
def test_expected_answers(execute: Execute, name: str) -> None:
    assert answer_of(execute, get_query(name)) == (FOLDER / f"{name}.csv").read_text(encoding="utf-8"), "new answers; if they are right, run `make golden`"


def test_no_answer_without_a_question() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.csv")) == NAMES

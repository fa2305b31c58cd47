"""Columns answer as Oxigraph does, row for row and in its order, or leave the question to it; a copy of another state is never used."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import kg
from kg.answer import write_results
from kg.cli import main
from kg.columns import OF_ALL, Answer
from kg.columns.ask import answer
from kg.columns.copy import Copy, open_copy
from kg.columns.make import make_copy
from kg.columns.stamp import PATTERN, place_of
from kg.columns.values import NotCovered
from kg.errors import LimitError
from kg.query import Query, load_queries
from kg.query.ask import execute_in_child, execute_on, make_index, run_query
from kg.query.bind import bind_params
from kg.query.rows import read_columns, read_results
from kg.store import Store, open_store, read_store
from kg.table import Table, cell

CONCEPTS = {
    "indicator": "agency-head-court-appearance-rate",
    "mechanism": "government-court-coordination",
    "body-type": "judicial-administration",
    "topic": "dispute-resolution",
    "text": "复议",
    "year": "2024",
}


@pytest.fixture(scope="module")
def indexed(sample_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' store, copied and indexed."""
    folder = tmp_path_factory.mktemp("indexed") / "store"
    shutil.copytree(sample_store.folder, folder)
    assert make_index(folder) == len(list(read_store(folder).quads.quads_for_pattern(None, None, None, ox.DefaultGraph())))
    return folder


@pytest.fixture(scope="module")
def columns(indexed: Path) -> Copy:
    copy = open_copy(indexed)
    assert copy is not None
    return copy


def by_columns(copy: Copy, text: str) -> Table:
    return read_columns(answer(copy, text))


def given(query: Query) -> dict[str, list[str]]:
    return {param.name: [CONCEPTS[param.type]] for param in query.params if param.type in CONCEPTS}


@pytest.mark.parametrize("query", load_queries().values(), ids=lambda query: query.id)
def test_every_question_is_answered_as_by_oxigraph(query: Query, indexed: Path, columns: Copy) -> None:
    execute = execute_on(read_store(indexed).quads)
    for params in ({}, given(query)):
        text = bind_params(query, params, execute)
        mine, theirs = by_columns(columns, text), execute(text)
        assert (mine.columns, list(mine.rows)) == (theirs.columns, list(theirs.rows))


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[ox.Store, Copy]:
    """A store of terms that are easily confused."""
    folder = tmp_path_factory.mktemp("odd") / "store"
    store = open_store(folder, create=True)
    store.quads.load(
        r"""@prefix e: <e:> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        e:a e:name "tab\tline\nreturn\rquote\"slash\\n" ; e:n 3 ; e:d 2.5 ; e:mixed 1 , "1" , "1"@zh , 01 , 1.0 , e:a ; e:on "2024-02-29"^^xsd:date ; e:yes true .
        e:b e:name "" ; e:n -4 ; e:d -0.125 ; e:mixed "x" ; e:yes false ; e:next e:a .
        e:c e:name "两字" ; e:n 7 ; e:d 100000000000.5 ; e:next e:b , e:a ; e:said "说"@zh , "said"@en .
        e:d e:n 7 ; e:d 1.123456789 ; e:next _:x . _:x e:n 0 .
        """.encode(),
        format=ox.RdfFormat.TURTLE,
    )
    store.flush()
    store.close()
    make_copy(folder)
    copy = open_copy(folder)
    assert copy is not None
    return read_store(folder).quads, copy


def ask(store: ox.Store, text: str) -> Table:
    return read_results(store.query(text))  # type: ignore[arg-type]


def in_any_order(table: Table) -> list[tuple[str, ...]]:
    """Rows by their text: numbers as numbers."""
    return sorted(tuple(cell(value) for value in row) for row in table.rows)


ALIKE = [
    "SELECT ?s ?v WHERE { ?s e:name ?v }",
    "SELECT ?s ?l WHERE { ?s e:name ?v BIND (STRLEN(?v) AS ?l) }",
    "SELECT ?s ?v WHERE { ?s e:mixed ?v }",
    "SELECT ?s WHERE { ?s e:mixed 1 }",
    'SELECT ?s WHERE { ?s e:mixed "1" }',
    "SELECT ?s ?v ?w WHERE { ?s e:n ?v OPTIONAL { ?s e:name ?w } }",
    "SELECT ?s ?t WHERE { ?s e:n ?v . ?t e:n ?v . FILTER (?s != ?t) }",
    "SELECT ?s ?r WHERE { ?s e:n ?n BIND (ROUND(?n / 2) AS ?r) }",
    "SELECT ?s ?r WHERE { ?s e:n ?n ; e:name ?v BIND (ROUND(xsd:decimal(?n) * 1000 / 8) / 10 AS ?r) }",
    "SELECT ?s ?r WHERE { ?s e:n ?n BIND (?n - 10 + 1 AS ?r) FILTER (?n >= 0 || ?n < 0) }",
    "SELECT ?s ?r WHERE { ?s e:n ?n BIND (IF(?n > 3, 'many', IF(?n < 0, ?none, 'few')) AS ?r) }",
    "SELECT ?s ?r WHERE { ?s e:n ?n OPTIONAL { ?s e:name ?v } BIND (COALESCE(?v, 'none') AS ?r) }",
    "SELECT ?s WHERE { ?s e:n ?n OPTIONAL { ?s e:name ?v } FILTER (!BOUND(?v)) }",
    "SELECT ?s WHERE { ?s e:n ?n OPTIONAL { ?s e:name ?v } FILTER (?v != '') }",
    "SELECT ?s WHERE { ?s e:n ?n OPTIONAL { ?s e:name ?v } FILTER (!(?v = '')) }",
    "SELECT ?s WHERE { ?s e:n ?n FILTER NOT EXISTS { ?s e:name ?v FILTER (STRLEN(?v) < ?n) } }",
    "SELECT ?s WHERE { ?s e:n ?n MINUS { ?s e:name ?v } }",
    "SELECT ?s WHERE { ?s e:n ?n MINUS { ?x e:next ?y } }",
    "SELECT ?n (COUNT(?s) AS ?c) (SUM(?n) AS ?t) (MIN(?v) AS ?least) WHERE { ?s e:n ?n ; e:name ?v } GROUP BY ?n",
    "SELECT (COUNT(*) AS ?c) (SUM(?n) AS ?t) WHERE { ?s e:n ?n ; e:nothing ?v }",
    "SELECT (MAX(?n) AS ?most) WHERE { ?s e:n ?n } HAVING (COUNT(*) > 1)",
    "SELECT ?n WHERE { { ?s e:n ?n } UNION { ?s e:yes ?n } }",
    "SELECT DISTINCT ?n ?k WHERE { { ?s e:n ?n BIND ('n' AS ?k) } UNION { ?s e:next ?n } }",
    "SELECT ?s ?x WHERE { ?s e:next/e:next ?x }",
    "SELECT ?s ?x WHERE { ?s e:next|e:name ?x }",
    "SELECT ?s ?x WHERE { ?s ^e:next ?x }",
    "SELECT ?a ?b WHERE { VALUES (?a ?b) { (1 UNDEF) (2 UNDEF) } ?s e:n ?b }",
    "SELECT ?s WHERE { VALUES ?n { 7 8 } ?s e:n ?n }",
    "SELECT ?s ?l WHERE { ?s e:said ?l FILTER (LANG(?l) = 'zh') }",
    "SELECT ?s ?p WHERE { ?s e:name ?v BIND (CONCAT(STRBEFORE(?v, '字'), '|', STRAFTER(?v, '两'), SUBSTR(?v, 2, 1)) AS ?p) }",
    "SELECT ?s ?y WHERE { ?s e:yes ?y FILTER (?y = true) }",
    "SELECT ?s (BOUND(?w) AS ?has) WHERE { ?s e:n ?n OPTIONAL { ?s e:next ?w } }",
    "SELECT ?s ?last WHERE { ?s e:n ?n BIND (?n - 4 AS ?last) ?t e:n ?last }",
    "SELECT ?s WHERE { ?s e:unknown ?v }",
]
LEFT_ALONE = [
    "SELECT ?s WHERE { ?s ?p ?o }",
    "SELECT ?s WHERE { ?s e:next+ ?o }",
    "SELECT ?s WHERE { ?s e:mixed ?v FILTER (?v < 3) }",
    "SELECT ?s WHERE { ?s e:n ?v FILTER (?v = 'x') }",
    "SELECT ?s WHERE { ?s e:d ?v FILTER (?v > 1) }",  # one of them has nine digits behind the point
    "SELECT ?s WHERE { ?s e:name ?v FILTER (REGEX(?v, 'x')) }",
    "SELECT ?s WHERE { ?s e:n ?v } LIMIT 1",
    "SELECT (MIN(?w) AS ?least) WHERE { ?s e:n ?n OPTIONAL { ?s e:name ?w } }",
    "SELECT ?s ?v WHERE { ?s e:mixed ?v } ORDER BY ?v",
    "SELECT ?s ?v WHERE { ?s e:n ?n OPTIONAL { ?s e:name ?v FILTER NOT EXISTS { ?x e:yes ?y FILTER (?n > 3) } } }",  # what lies before the OPTIONAL, within EXISTS
    "ASK { ?s e:n ?v }",
]
PREFIXES = "PREFIX e: <e:> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "


@pytest.mark.parametrize("text", ALIKE)
def test_what_is_covered_means_the_same(text: str, odd: tuple[ox.Store, Copy]) -> None:
    mine, theirs = by_columns(odd[1], PREFIXES + text), ask(odd[0], PREFIXES + text)
    assert mine.columns == theirs.columns
    assert in_any_order(mine) == in_any_order(theirs)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_may_mean_something_else_is_left_to_oxigraph(text: str, odd: tuple[ox.Store, Copy]) -> None:
    write_results(odd[0].query(PREFIXES + text))  # type: ignore[arg-type]
    with pytest.raises(NotCovered):
        answer(odd[1], PREFIXES + text)


def test_a_copy_of_another_state_is_not_used(indexed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(indexed, folder)
    assert place_of(folder).exists()
    before = len(kg.open(folder).query("reports"))
    store = open_store(folder)
    store.remove_report(str(store.list_reports()[0]["report"]))
    store.close()
    assert not place_of(folder).exists()
    assert len(kg.open(folder).query("reports")) == before - 1
    ask_reports = ["query", "run", "reports", "--store", str(folder)]
    assert "the index is out of date" in CliRunner().invoke(main, ask_reports).stderr
    assert CliRunner().invoke(main, ["index", "--store", str(folder)]).exit_code == 0
    assert CliRunner().invoke(main, ask_reports).stderr == ""
    assert place_of(folder).exists()
    assert len(kg.open(folder).query("reports")) == before - 1
    assert [*folder.glob(PATTERN)] == [place_of(folder)]


def test_a_store_that_changes_meanwhile_gets_no_copy(indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "store"
    shutil.copytree(indexed, folder)
    places = iter((folder / "columns-1.duckdb", folder / "columns-2.duckdb"))
    monkeypatch.setattr("kg.columns.make.place_of", lambda store: next(places))
    with pytest.raises(LimitError, match="written to meanwhile"):
        make_copy(folder)
    assert [*folder.glob(PATTERN)] == [place_of(folder)], "the copy of before still stands"


def test_an_index_that_cannot_be_written_is_told(indexed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(indexed, folder)
    place_of(folder).unlink()
    place_of(folder).with_suffix(".nt").symlink_to(tmp_path / "nowhere" / "lines")
    result = CliRunner().invoke(main, ["index", "--store", str(folder)])
    assert result.exit_code == 2
    assert "the index cannot be written" in result.output
    assert [*folder.glob(PATTERN)] == []


def test_questions_of_all_reports_go_to_the_columns(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def note(copy: Copy, text: str) -> Answer:
        asked.append(text)
        return answer(copy, text)

    monkeypatch.setattr("kg.columns.ask.answer", note)
    graph = kg.open(indexed)
    whole = graph.query("indicator-panel")
    assert [text.startswith(OF_ALL) for text in asked] == [True]
    assert 0 < len(graph.query("indicator-panel", place="云泽市")) < len(whole)
    assert len(graph.query("indicator-panel", limit=3)) == 3
    assert len(graph.query("indicator-panel", sample=True)) > 0
    assert len(asked) == 1


def test_threads_may_ask_at_once(indexed: Path) -> None:
    graph = kg.open(indexed)
    names = ["reports", "indicator-panel", "responsible-bodies", "lists"] * 6
    alone = {name: list(graph.query(name).rows) for name in set(names)}
    with ThreadPoolExecutor(8) as pool:
        assert [list(table.rows) for table in pool.map(graph.query, names)] == [alone[name] for name in names]


def test_the_child_answers_from_columns_too(indexed: Path, sample_store: Store) -> None:
    execute, whole = execute_in_child(indexed, 60), load_queries()["indicator-panel"]
    assert list(run_query(execute, whole, {}).rows) == list(run_query(execute_on(sample_store.quads), whole, {}).rows)
    left_alone = OF_ALL + "SELECT (COUNT(*) AS ?all) WHERE { ?s ?p ?o }"
    assert list(execute(left_alone).rows) == list(execute_on(sample_store.quads)(left_alone).rows)

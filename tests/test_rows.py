"""Answers are read from Oxigraph's TSV and sorted here: values and order are those of its own terms and its own ORDER BY."""

import pyoxigraph as ox
import pytest

from kg.answer import write_results
from kg.query import get_query, load_queries
from kg.query.ask import execute_on, run_query
from kg.query.bind import Execute
from kg.query.rows import answer_text
from kg.store import Store
from kg.table import Table, Value

TERMS = [
    r'"tab\tline\nreturn\rquote\"slash\\"',
    '"中文\u2028line"@zh',
    "1",
    "1.50",
    '"100"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    "2e3",
    "true",
    '"2025-03-01"^^<http://www.w3.org/2001/XMLSchema#date>',
    '""',
    '"<a:b>"',
    '"true"',
    '"7"',
    "<a:b>",
    "UNDEF",
]


def own(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if isinstance(term, ox.Literal):
        return Table.parse(term.value, term.datatype.value)
    return None if term is None else term.value if isinstance(term, ox.NamedNode) else str(term)


def ordered_by_the_engine(store: ox.Store, text: str) -> list[tuple[Value, ...]]:
    results = store.query(text)
    assert isinstance(results, ox.QuerySolutions)
    return [tuple(own(row[v.value]) for v in results.variables) for row in results]


@pytest.mark.parametrize("term", TERMS)
def test_values_are_those_of_the_terms(term: str) -> None:
    text, store = f"SELECT ?a ?b WHERE {{ VALUES (?a ?b) {{ ({term} 1) }} }}", ox.Store()
    (found,), (wanted,) = answer_text(text, lambda t: write_results(store.query(t))).rows, ordered_by_the_engine(store, text)
    assert (repr(found), type(found[0])) == (repr(wanted), type(wanted[0]))


@pytest.mark.parametrize("kinds", [[2, 3, 4, 5], [0, 1, 9, 10, 11], [12, 13, 8, 11], [7, 13], TERMS], ids=str)
@pytest.mark.parametrize("key", ["?a", "DESC(?a)"])
def test_the_order_is_the_engines(kinds: list[int] | list[str], key: str) -> None:
    terms = [TERMS[kind] if isinstance(kind, int) else kind for kind in kinds]
    text, store = f"SELECT ?a WHERE {{ VALUES (?a) {{ {' '.join(f'({term})' for term in terms)} }} }}\nORDER BY {key}\n", ox.Store()
    assert answer_text(text, lambda t: write_results(store.query(t))).rows == ordered_by_the_engine(store, text)


def test_an_order_by_what_is_no_column_is_kept() -> None:
    text, store = "SELECT ?a WHERE { VALUES (?a ?b) { (1 3) (2 1) (3 2) } }\nORDER BY ?b", ox.Store()
    assert answer_text(text, lambda t: write_results(store.query(t))).rows == [(2,), (3,), (1,)]


def test_the_engine_sorts_nothing_for_stored_questions(sample_store: Store) -> None:
    asked: list[str] = []

    def ask(text: str) -> bytes:
        asked.append(text)
        return write_results(sample_store.quads.query(text))

    for query in load_queries().values():
        answer_text(query.text, ask)
    assert len(asked) == len(load_queries())


@pytest.mark.parametrize("name", [name for name, query in load_queries().items() if query.narrowed != query.text])
def test_lines_for_parameters_change_no_answer(execute: Execute, name: str) -> None:
    assert sorted(map(repr, execute(get_query(name).narrowed).rows)) == sorted(map(repr, execute(get_query(name).text).rows))
    whole = run_query(execute, get_query(name), {})
    if "place" in whole.columns:
        place = whole.column("place")[0]
        assert run_query(execute, get_query(name), {"place": [str(place)]}).rows == [row for row in whole.rows if row[whole.columns.index("place")] == place]


def test_a_table_without_columns_has_rows() -> None:
    assert execute_on(ox.Store())("SELECT * WHERE { }").rows == [()]

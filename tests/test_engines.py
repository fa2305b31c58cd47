"""Every stored question on four engines: embedded Oxigraph, rdflib in memory, `oxigraph serve` and Virtuoso 7 give equal answers."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.on_rdflib import execute_on_rdflib
from kg.ingest import Options, ingest_files
from kg.query import get_query, load_queries
from kg.query.ask import execute_on, run_query
from kg.query.bind import Execute
from kg.remote.questions import execute_at
from kg.remote.transfer import push
from kg.store import Store, read_store
from kg.table import Table, Value
from tests.conftest import DIVISIONS
from tests.servers import Server

NAMES = sorted(load_queries())
PARAMS = {
    "place": "云泽市",
    "year": "2025",
    "indicator": "agency-head-court-appearance-rate",
    "mechanism": "government-court-coordination",
    "body-type": "judicial-administration",
    "topic": "dispute-resolution",
    "text": "复议",
    "number": "2",
}


def comparable(value: Value) -> Value:
    """Numbers are compared as numbers, to nine places: 100 and 100.0 are one."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Decimal):
        return str(round(Decimal(value), 9).normalize())
    return value


def rows_of(table: Table) -> list[tuple[Value, ...]]:
    return sorted((tuple(comparable(v) for v in row) for row in table.rows), key=repr)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory, sample_files: list[Path]) -> Store:
    """Three reports of two places and two years: rdflib needs minutes where the others need a blink."""
    folder = tmp_path_factory.mktemp("few") / "store"
    chosen = [path for path in sample_files if path.stem in ("990121-2024", "990121-2025", "990200-2024")]
    assert [o.state for o in ingest_files(chosen, folder, Options(divisions=DIVISIONS), lambda: b"")] == ["in"] * 3
    return read_store(folder)


@pytest.fixture(scope="session")
def on_rdflib(few: Store) -> Execute:
    return execute_on_rdflib([*few.dump_lines()])


@pytest.fixture(scope="session")
def filled(sample_store: Store) -> Iterator[set[str]]:
    """Names of servers that hold the samples; they are filled on first use."""
    yield set()
    (sample_store.folder / "pushed.json").unlink(missing_ok=True)


def fill(server: Server, store: Store, filled: set[str]) -> Execute:
    if server.name not in filled:
        push(store, server.query, server.graphs, lambda graph, state, triples: None)
        filled.add(server.name)
    return execute_at(server.query)


def params_of(name: str) -> dict[str, list[str]]:
    return {p.name: [PARAMS[p.type]] for p in get_query(name).params if p.type in PARAMS}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_rdflib_answers_alike(few: Store, on_rdflib: Execute, name: str) -> None:
    query = get_query(name)
    assert rows_of(run_query(on_rdflib, query, {})) == rows_of(run_query(execute_on(few.quads), query, {}))


@pytest.mark.server
@pytest.mark.parametrize("name", NAMES)
def test_oxigraph_serve_answers_alike(execute: Execute, oxigraph: Server, sample_store: Store, filled: set[str], name: str) -> None:
    query, served = get_query(name), fill(oxigraph, sample_store, filled)
    for params in ({}, params_of(name)):
        assert rows_of(run_query(served, query, params)) == rows_of(run_query(execute, query, params))


@pytest.mark.server
@pytest.mark.parametrize("name", NAMES)
def test_virtuoso_answers_alike(execute: Execute, virtuoso: Server, sample_store: Store, filled: set[str], name: str) -> None:
    query, served = get_query(name), fill(virtuoso, sample_store, filled)
    for params in ({}, params_of(name)):
        assert rows_of(run_query(served, query, params)) == rows_of(run_query(execute, query, params))

"""A store ↔ an endpoint, graph by graph: each is replaced as a whole, and its triples are counted on the other side.

What was sent is noted in the store's `pushed.json` (address → graph → digest), so that a push that was cut off goes on
where it stopped. The meta graph goes last: it says what the endpoint holds.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import InputError, UsageError
from kg.files import replacing
from kg.query import get_query
from kg.query.bind import Execute
from kg.remote.endpoint import Credentials, Endpoint
from kg.remote.graphs import fetch_graph, put_graph
from kg.remote.questions import execute_at
from kg.store import Store
from kg.vocab import BASE, META_GRAPH

GRAPH_STORES = {"/query": "/store", "/sparql": "/sparql-graph-crud-auth", "/sparql-auth": "/sparql-graph-crud-auth"}
"""Where servers that we know keep their graph store, by the end of the query address (Oxigraph; Virtuoso)."""
_SIZES = f'SELECT ?graph (COUNT(*) AS ?triples) WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} }} GROUP BY ?graph HAVING (STRSTARTS(STR(?graph), "{BASE}graph/")) ORDER BY ?graph'
_SIZE = "SELECT (COUNT(*) AS ?triples) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
Report = Callable[[str, str, int], None]


def endpoints_of(endpoint: str, graph_store: str | None, timeout: float) -> tuple[Endpoint, Endpoint]:
    """Give the address of queries and that of the graph store, with the credentials of the environment."""
    who = Credentials.from_environment()
    store = graph_store if graph_store is not None else guess_graph_store(endpoint)
    return Endpoint(endpoint, timeout, credentials=who), Endpoint(store, timeout, credentials=who)


def guess_graph_store(endpoint: str) -> str:
    """Name the graph store that goes with a query address, or ask for it."""
    parts = urlsplit(endpoint)
    if parts.scheme not in ("http", "https"):
        raise UsageError(f"端点应为 http(s) 地址: {endpoint} · an endpoint is an http(s) address")
    for tail, store in GRAPH_STORES.items():
        if parts.path.endswith(tail):
            return parts._replace(path=parts.path.removesuffix(tail) + store, query="").geturl()
    raise UsageError(
        f"{endpoint}: 不知图存储在何处 · where is the graph store? Oxigraph asks at …/query, Virtuoso at …/sparql; else name it with --graph-store URL"
    )


def count_graphs(execute: Execute) -> dict[str, int]:
    """Count the triples of each of our graphs."""
    return {str(graph): int(str(triples)) for graph, triples in execute(_SIZES).rows}


def _count_graph(execute: Execute, graph: str) -> int:
    return int(str(execute(_SIZE.format(graph=graph)).rows[0][0]))


def push(store: Store, endpoint: Endpoint, graph_store: Endpoint, report: Report) -> None:
    """Send all graphs; `report` hears of each: its name, what was done, its triples. A wrong count is an InputError."""
    execute = execute_at(endpoint)
    there = count_graphs(execute)
    notes = _Notes(store.folder / "pushed.json", graph_store.url)
    graphs = [g.value for g in store.graphs()]
    for graph in sorted(graphs, key=lambda g: (g == META_GRAPH, g)):
        triples, count = store.triples_of(graph)
        digest = hashlib.sha256(triples).hexdigest()
        if notes.known.get(graph) == digest and there.get(graph) == count:
            report(graph, "unchanged", count)
            continue
        notes.forget(graph)
        put_graph(graph_store, graph, triples)
        _check_count(endpoint, graph, _count_graph(execute, graph), count)
        notes.keep(graph, digest)
        report(graph, "sent", count)
    for graph in sorted(set(there) - set(graphs)):
        report(graph, "only there", there[graph])


def is_seen(endpoint: Endpoint) -> bool:
    """Whether questions see what was sent: a server whose default graph is not the union of all graphs answers each with nothing."""
    return len(execute_at(endpoint)(get_query("place-names").text)) > 0


def _check_count(endpoint: Endpoint, graph: str, found: int, expected: int) -> None:
    if found != expected:
        raise InputError(f"{endpoint.url}: 图 {graph} 应有 {expected} 条三元组,实有 {found} 条 · the graph should hold {expected} triples, it holds {found}")


def pull(make_store: Callable[[], Store], endpoint: Endpoint, graph_store: Endpoint, report: Report) -> None:
    """Fetch all graphs into a store, which is made once the endpoint answers; each is checked by its count before it replaces what was there."""
    there = count_graphs(execute_at(endpoint))
    if not there:
        raise InputError(f"{endpoint.url}: 端点上没有 {BASE}graph/ 的图 · the endpoint holds no graph of ours")
    with closing(make_store()) as store:
        for graph, count in sorted(there.items()):
            triples = fetch_graph(graph_store, graph)
            _check_count(endpoint, graph, len(set(triples)), count)
            report(graph, "fetched" if store.replace_graph(graph, triples) else "unchanged", count)


class _Notes:
    """What one address was sent; written whole, after each graph."""

    def __init__(self, path: Path, address: str) -> None:
        self._path, self._address = path, address
        try:
            self._all: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):  # a note that is lost costs one more sending
            self._all = {}
        self.known = self._all.setdefault(address, {})

    def forget(self, graph: str) -> None:
        """Strike a graph out before it is sent: if sending stops half-way, it is sent again."""
        if self.known.pop(graph, None) is not None:
            self._write()

    def keep(self, graph: str, digest: str) -> None:
        """Note a graph that has arrived whole."""
        self.known[graph] = digest
        self._write()

    def _write(self) -> None:
        with replacing(self._path) as target:
            target.write_text(json.dumps(self._all, indent=1, sort_keys=True) + "\n", encoding="utf-8")

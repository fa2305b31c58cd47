"""Endpoints: credentials, faults told in one line, and push and pull against real servers.

Faults are played by a small HTTP server on this machine; what works is shown on `oxigraph serve` and Virtuoso.
"""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import InputError, KgError, LimitError, UsageError
from kg.graph import open_graph
from kg.remote.endpoint import Credentials, Endpoint
from kg.remote.graphs import put_graph
from kg.remote.questions import GET_LENGTH, execute_at
from kg.remote.transfer import count_graphs, guess_graph_store, is_seen, pull, push
from kg.store import Store, open_store
from kg.vocab import META_GRAPH
from tests.servers import Server, free_port, oxigraph_server, virtuoso_server

JSON = "application/sparql-results+json"
YES = json.dumps({"head": {}, "boolean": True}).encode()
Answer = tuple[int, str, bytes]


@contextmanager
def faulty(answer: Callable[[BaseHTTPRequestHandler], Answer | None]) -> Iterator[Endpoint]:
    """Serve what `answer` says: status, content type and body; None closes the connection without a word."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = answer(self)
            if reply is None:
                self.close_connection = True
                self.connection.close()
                return
            status, kind, body = reply
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Endpoint(f"http://127.0.0.1:{server.server_port}/query", timeout=5, pause=0.01)
    finally:
        server.shutdown()
        server.server_close()


def told(endpoint: Endpoint, kind: type[KgError]) -> str:
    with pytest.raises(kind) as caught:
        execute_at(endpoint)("ASK { ?s ?p ?o }")
    assert "\n" not in str(caught.value)
    assert endpoint.url in str(caught.value)
    return str(caught.value)


def test_nobody_is_there() -> None:
    message = told(Endpoint(f"http://127.0.0.1:{free_port()}/query", timeout=5, pause=0.01), InputError)
    assert "cannot be reached" in message
    assert "3" in message


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        ((200, "text/html", b"<html>Welcome</html>"), InputError, "a page, not query results"),
        ((200, JSON, b"<html>Welcome</html>"), InputError, "no SPARQL results"),
        ((200, JSON, b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":'), InputError, "no SPARQL results"),
        ((400, "text/plain", b"line 1:\nunknown function"), InputError, "with an error: line 1: unknown function"),
        ((401, "text/plain", b""), InputError, "KG_ENDPOINT_USER"),
        ((403, "text/plain", b""), InputError, "KG_ENDPOINT_TOKEN"),
        ((404, "text/plain", b""), InputError, "nothing at this address"),
        ((500, "text/plain", b"Virtuoso 42000 Error"), InputError, "42000"),
        ((503, "text/plain", b"later"), LimitError, "busy"),
        ((429, "text/plain", b"slow down"), LimitError, "busy"),
        (None, InputError, "cannot be reached"),
    ],
)
def test_faults_are_told_in_one_line(answer: Answer | None, kind: type[KgError], words: str) -> None:
    with faulty(lambda request: answer) as endpoint:
        assert words in told(endpoint, kind)


def test_it_is_tried_again_while_busy() -> None:
    answers: list[Answer | None] = [(503, "text/plain", b""), None, (200, JSON, YES)]
    with faulty(lambda request: answers.pop(0)) as endpoint:
        assert execute_at(endpoint)("ASK { ?s ?p ?o }").rows == [(True,)]
    assert answers == []


def test_a_wrong_question_is_not_tried_again() -> None:
    asked: list[str] = []
    with faulty(lambda request: (asked.append(request.path), (400, "text/plain", b"no"))[1]) as endpoint:
        told(endpoint, InputError)
    assert len(asked) == 1


@pytest.mark.parametrize("silent", [True, False])
def test_a_slow_endpoint_is_given_up(silent: bool) -> None:
    stop = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> Answer | None:
        if silent:
            stop.wait(20)
            return None
        request.send_response(200)
        request.send_header("Content-Type", JSON)
        request.end_headers()
        while not stop.wait(0.1):
            request.wfile.write(b" ")
        return None

    with faulty(drip) as endpoint:
        assert "--timeout" in told(replace(endpoint, timeout=1), LimitError)
        stop.set()


def test_a_cut_answer_is_no_answer() -> None:
    def cut(request: BaseHTTPRequestHandler) -> Answer:
        request.send_response_only(200)
        body = json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "literal", "value": "x"}}] * 3}}).encode()
        request.send_header("X-SPARQL-MaxRows", "3")
        request.send_header("Content-Type", JSON)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
        return (200, JSON, b"")

    with faulty(cut) as endpoint:
        assert "cut the answer short" in told(endpoint, LimitError)


@pytest.mark.parametrize(
    ("who", "header"),
    [
        (Credentials("ann", "s3cret"), "Basic " + base64.b64encode(b"ann:s3cret").decode()),
        (Credentials(token="tok"), "Bearer tok"),
        (Credentials(), None),
    ],
)
def test_credentials_are_sent(who: Credentials, header: str | None) -> None:
    seen: list[str | None] = []
    with faulty(lambda request: (seen.append(request.headers.get("Authorization")), (200, JSON, YES))[1]) as endpoint:
        execute_at(replace(endpoint, credentials=who))("ASK { ?s ?p ?o }")
    assert seen == [header]
    assert "s3cret" not in repr(who)
    assert "tok" not in repr(Credentials(token="tok")).replace("'token'", "")


def test_credentials_come_from_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ENDPOINT_USER", "ann")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "p")
    monkeypatch.setenv("KG_ENDPOINT_AUTH", "digest")
    assert Credentials.from_environment() == Credentials("ann", "p", None, "digest")
    monkeypatch.setenv("KG_ENDPOINT_AUTH", "magic")
    with pytest.raises(UsageError, match="basic"):
        Credentials.from_environment()
    with pytest.raises(UsageError, match="KG_ENDPOINT_USER"):
        Endpoint("http://ann:p@127.0.0.1/query")
    with pytest.raises(UsageError, match="http"):
        Endpoint("ftp://127.0.0.1/query")


def test_short_questions_go_by_get_and_long_ones_by_post() -> None:
    seen: list[tuple[str, str]] = []

    def note(request: BaseHTTPRequestHandler) -> Answer:
        query = urlsplit(request.path).query
        if request.command == "POST":
            query = request.rfile.read(int(request.headers["Content-Length"])).decode()
        fields = parse_qs(query, keep_blank_values=True)
        seen.append((request.command, fields["query"][0]))
        assert "union-default-graph" in fields
        return 200, JSON, YES

    long = "ASK { ?s ?p '" + "法" * GET_LENGTH + "' }"
    with faulty(note) as endpoint:
        run = execute_at(replace(endpoint, url=endpoint.url + "?union-default-graph"))
        run("ASK { ?s ?p ?o }")
        run(long)
    assert seen == [("GET", "ASK { ?s ?p ?o }"), ("POST", long)]


def test_nothing_but_questions_is_sent() -> None:
    with pytest.raises(UsageError):
        execute_at(Endpoint("http://127.0.0.1:9/query"))("DROP ALL")


def test_graph_stores_are_guessed_or_asked_for() -> None:
    assert guess_graph_store("http://h/query?x") == "http://h/store"
    assert guess_graph_store("http://h:8890/sparql") == "http://h:8890/sparql-graph-crud-auth"
    with pytest.raises(UsageError, match="--graph-store"):
        guess_graph_store("http://h/ask")


Heard = list[tuple[str, str, int]]


@pytest.fixture
def own(sample_store: Store, tmp_path: Path) -> Store:
    """A store of one's own, to push from."""
    store = open_store(tmp_path / "own", create=True)
    for graph in sample_store.graphs():
        store.replace_graph(graph.value, (q.triple for q in sample_store.quads.quads_for_pattern(None, None, None, graph)))
    return store


def round_trip(own: Store, server: Server, folder: Path) -> None:
    heard: Heard = []
    push(own, server.query, server.graphs, lambda *what: heard.append(what))
    assert {state for _, state, _ in heard} == {"sent"}
    assert heard[-1][0] == META_GRAPH
    heard.clear()
    push(own, server.query, server.graphs, lambda *what: heard.append(what))
    assert {state for _, state, _ in heard} == {"unchanged"}
    report = own.report_graphs()[0]
    own.quads.update(f"DELETE WHERE {{ GRAPH <{report.value}> {{ ?s <http://purl.org/dc/terms/title> ?o }} }}")
    heard.clear()
    push(own, server.query, server.graphs, lambda *what: heard.append(what))
    assert [graph for graph, state, _ in heard if state == "sent"] == [report.value]
    pull(lambda: open_store(folder, create=True), server.query, server.graphs, lambda *what: None)
    assert list(open_store(folder).dump_lines()) == list(own.dump_lines())


@pytest.mark.server
def test_there_and_back_on_oxigraph(oxigraph: Server, own: Store, tmp_path: Path) -> None:
    with_own_port = tmp_path / "server"
    with_own_port.mkdir()
    with oxigraph_server(with_own_port) as server:
        round_trip(own, server, tmp_path / "back")


@pytest.mark.server
def test_there_and_back_on_virtuoso_with_digest(virtuoso: Server, own: Store, tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    with virtuoso_server(folder) as server:
        round_trip(own, server, tmp_path / "back")
        with pytest.raises(InputError, match="KG_ENDPOINT_USER"):
            put_graph(replace(server.graphs, credentials=Credentials()), META_GRAPH, b"")
        guarded = replace(server.query, url=server.query.url + "-auth")
        with pytest.raises(InputError, match="KG_ENDPOINT_USER"):
            execute_at(guarded)("ASK { ?s ?p ?o }")
        assert execute_at(replace(guarded, credentials=server.graphs.credentials))("ASK { ?s ?p ?o }").rows == [(True,)]


@pytest.mark.server
def test_virtuoso_does_not_cut_answers_silently(virtuoso: Server, own: Store, tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    with virtuoso_server(folder, max_rows=50) as server:
        push_graphs = [g.value for g in own.graphs()][:2]
        for graph in push_graphs:
            put_graph(server.graphs, graph, own.triples_of(graph)[0])
        with pytest.raises(LimitError, match="--limit"):
            execute_at(server.query)("SELECT * WHERE { ?s ?p ?o }")
        assert len(execute_at(server.query)("SELECT * WHERE { ?s ?p ?o } LIMIT 20").rows) == 20


@pytest.mark.server
def test_a_push_that_is_cut_off_leaves_whole_graphs_and_goes_on(oxigraph: Server, own: Store, tmp_path: Path) -> None:
    folder, port = tmp_path / "server", free_port()
    folder.mkdir()
    sizes = {g.value: own.triples_of(g.value)[1] for g in own.graphs()}
    sent: list[str] = []

    class CutError(Exception):
        """The line goes dead."""

    def cut(graph: str, state: str, triples: int) -> None:
        sent.append(graph)
        if len(sent) == 3:
            raise CutError

    with oxigraph_server(folder, port) as server, pytest.raises(CutError):
        push(own, replace(server.query, pause=0.01), server.graphs, cut)
    with pytest.raises(InputError, match="cannot be reached"):  # the server is gone
        push(own, replace(server.query, pause=0.01), server.graphs, cut)
    heard: Heard = []
    with oxigraph_server(folder, port) as server:
        there = count_graphs(execute_at(server.query))
        assert there == {graph: sizes[graph] for graph in sent}
        push(own, server.query, server.graphs, lambda *what: heard.append(what))
        assert count_graphs(execute_at(server.query)) == sizes
    assert {graph: state for graph, state, _ in heard} == {graph: "unchanged" if graph in sent else "sent" for graph in sizes}


@pytest.mark.server
def test_an_upload_cut_in_its_middle_changes_nothing(oxigraph: Server, own: Store, tmp_path: Path) -> None:
    """The body stops half-way in a statement: the graph that was there stays as it was."""
    folder = tmp_path / "server"
    folder.mkdir()
    graph = own.report_graphs()[0].value
    triples, count = own.triples_of(graph)
    with oxigraph_server(folder) as server:
        put_graph(server.graphs, graph, triples)
        with pytest.raises(InputError):
            put_graph(server.graphs, graph, triples[: len(triples) // 2])
        assert count_graphs(execute_at(server.query)) == {graph: count}


def kg(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


@pytest.mark.server
def test_the_command_line(oxigraph: Server, own: Store, sample_files: list[Path], tmp_path: Path) -> None:
    folder, store = tmp_path / "server", str(own.folder)
    folder.mkdir()
    own.close()
    with oxigraph_server(folder) as server:
        pushed = kg("push", "--store", store, "--endpoint", server.query.url)
        assert pushed.exit_code == 0, pushed.output
        assert pushed.stdout.count("sent") == len(sample_files) + 2
        args = ("query", "run", "mechanism-adoption", "--param", "mechanism=府院联动", "--format", "csv")
        assert kg(*args, "--endpoint", server.query.url).stdout == kg(*args, "--store", store).stdout
        back = kg("pull", "--store", str(tmp_path / "back"), "--endpoint", server.query.url)
        assert back.exit_code == 0, back.output
        assert kg("dump", "--store", str(tmp_path / "back")).stdout == kg("dump", "--store", store).stdout
        assert len(open_graph(server.query.url).query("reports")) == len(sample_files)
    down = kg("sparql", "ASK { ?s ?p ?o }", "--endpoint", f"http://127.0.0.1:{free_port()}/query")
    assert (down.exit_code, down.stderr.count("\n")) == (3, 1)
    assert kg("query", "run", "reports").exit_code == 2


def test_nothing_to_pull(tmp_path: Path) -> None:
    empty = json.dumps({"head": {"vars": ["graph", "triples"]}, "results": {"bindings": []}}).encode()
    with faulty(lambda request: (200, JSON, empty)) as endpoint:
        result = kg("pull", "--store", str(tmp_path / "back"), "--endpoint", endpoint.url)
    assert result.exit_code == 3
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("rows", [0, 1])
def test_a_server_that_hides_named_graphs_is_told(rows: int) -> None:
    place = {"place_id": {"type": "uri", "value": "urn:x"}}
    body = json.dumps({"head": {"vars": ["place_id"]}, "results": {"bindings": [place] * rows}}).encode()
    with faulty(lambda request: (200, JSON, body)) as endpoint:
        assert is_seen(endpoint) == bool(rows)
        asked = CliRunner().invoke(main, ["query", "run", "place-names", "--endpoint", endpoint.url])
    assert ("union" in asked.stderr) == (not rows)


def test_another_scheme_is_no_endpoint() -> None:
    with pytest.raises(UsageError, match="http"):
        open_graph("ftp://example.org/sparql")

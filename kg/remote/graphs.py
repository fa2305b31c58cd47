"""Whole graphs at an endpoint, put and fetched by the Graph Store Protocol."""

import base64
import time
import urllib.error
import urllib.request
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.errors import InputError
from kg.remote.endpoint import Endpoint, read_whole, retry

TURTLE, TRIPLES = "text/turtle", "application/n-triples"


def put_graph(store: Endpoint, graph: str, triples: bytes) -> None:
    """Replace one named graph as a whole (Graph Store Protocol)."""
    # N-Triples are Turtle, and every server takes Turtle.
    retry(store, lambda: _graph_request(store, "PUT", graph, triples, {"Content-Type": TURTLE}))


def fetch_graph(store: Endpoint, graph: str) -> list[ox.Triple]:
    """Read one named graph as a whole."""
    data = retry(store, lambda: _graph_request(store, "GET", graph, None, {"Accept": f"{TRIPLES}, {TURTLE};q=0.5"}))
    try:
        return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise InputError(f"{store.url}: 返回的不是 RDF · this is no RDF: {error.msg}") from error


def _graph_request(store: Endpoint, method: str, graph: str, body: bytes | None, headers: dict[str, str]) -> bytes:
    address = f"{store.url}{'&' if urlsplit(store.url).query else '?'}graph={quote(graph, safe='')}"
    request = urllib.request.Request(address, data=body, method=method, headers={"User-Agent": "fazhi-kg", **headers})
    _authorize(store, request)
    deadline = time.monotonic() + store.timeout
    with urllib.request.urlopen(request, timeout=store.timeout) as response:
        return read_whole(response, store, deadline)


def _authorize(store: Endpoint, request: urllib.request.Request) -> None:
    """Add the credentials before the body is sent: a server that must ask for them first closes on a long body."""
    who = store.credentials
    if who.token is not None:
        request.add_unredirected_header("Authorization", f"Bearer {who.token}")
    elif who.user is not None and who.kind == "basic":
        pair = base64.b64encode(f"{who.user}:{who.password or ''}".encode()).decode()
        request.add_unredirected_header("Authorization", f"Basic {pair}")
    elif who.user is not None:
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, store.url, who.user, who.password or "")
        challenge = _challenge(store, request.full_url)
        answer = urllib.request.HTTPDigestAuthHandler(passwords).get_authorization(request, challenge) if challenge else None
        if answer is not None:
            request.add_unredirected_header("Authorization", f"Digest {answer}")


def _challenge(store: Endpoint, address: str) -> dict[str, str]:
    """Ask without credentials, so as to hear the server's digest challenge; none if it asks for nothing."""
    try:
        urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=store.timeout).close()
    except urllib.error.HTTPError as error:
        said = error.headers.get("WWW-Authenticate", "")
        if error.code == 401 and said.lower().startswith("digest "):
            return urllib.request.parse_keqv_list(urllib.request.parse_http_list(said[7:]))
    return {}

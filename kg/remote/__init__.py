"""A SPARQL 1.1 endpoint as an engine: queries through SPARQLWrapper, whole graphs by the Graph Store Protocol.

Credentials come from the environment alone: KG_ENDPOINT_TOKEN (bearer), or KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD with
KG_ENDPOINT_AUTH (basic or digest) and, for digest, KG_ENDPOINT_REALM. An endpoint that is down, slow or wrong is one clear line.
"""

import ast
import base64
import os
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, urlsplit

import pyoxigraph as ox

from kg.errors import InputError, KgError, LimitError, UsageError
from kg.query.ask import read_json
from kg.query.bind import Execute, check_read_only
from kg.table import Table

_HEADER = re.compile(r"(?m)^#\+.*\n")
GET_LENGTH = 1500
"""Longer questions go by POST, since servers cut long addresses."""
MAX_BYTES = 1 << 30
AGAIN = (429, 502, 503, 504)
TURTLE, TRIPLES = "text/turtle", "application/n-triples"
_ROW_LIMIT, _STATE = "X-SPARQL-MaxRows", "X-SQL-State"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks; the password and token never show in a repr."""

    user: str | None = None
    password: str | None = None
    token: str | None = None
    kind: str = "basic"
    realm: str = "SPARQL"

    def __repr__(self) -> str:
        return f"Credentials({'token' if self.token is not None else self.user!r})"

    @staticmethod
    def from_environment() -> "Credentials":
        """Read KG_ENDPOINT_*; a kind that is neither basic nor digest is a UsageError."""
        kind = os.environ.get("KG_ENDPOINT_AUTH", "basic").lower()
        if kind not in ("basic", "digest"):
            raise UsageError("KG_ENDPOINT_AUTH 应为 basic 或 digest · KG_ENDPOINT_AUTH is basic or digest")
        names = ("KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN")
        user, password, token = (os.environ.get(name) or None for name in names)
        return Credentials(user, password, token, kind, os.environ.get("KG_ENDPOINT_REALM", "SPARQL"))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, how long to wait (seconds, for the whole answer) and how often to try."""

    url: str
    timeout: float = 60
    tries: int = 3
    pause: float = 0.5
    credentials: Credentials = Credentials()

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"端点应为 http(s) 地址: {self.url} · an endpoint is an http(s) address")
        if parts.username is not None or parts.password is not None:
            raise UsageError(
                "地址中不得写口令,请用环境变量 KG_ENDPOINT_USER、KG_ENDPOINT_PASSWORD · no credentials in an address: set the environment variables"
            )


def execute_at(endpoint: Endpoint) -> Execute:
    """Make an executor of an endpoint; its default graph should be the union of its graphs."""
    try:
        import SPARQLWrapper  # noqa: F401  # told at once, not at the first question
    except ImportError as error:
        raise UsageError("需要附加组件:pip install 'fazhi-kg[remote]' · an extra is needed: pip install 'fazhi-kg[remote]'") from error

    def execute(text: str) -> Table:
        check_read_only(text)
        return _retry(endpoint, lambda: _ask(endpoint, text))

    return execute


def _ask(endpoint: Endpoint, text: str) -> Table:
    from SPARQLWrapper import SPARQLExceptions

    wrapper = _wrapper(endpoint, text)
    deadline = time.monotonic() + endpoint.timeout
    try:
        response, _ = wrapper._query()
    except SPARQLExceptions.SPARQLWrapperException as error:
        codes = {"QueryBadFormed": 400, "Unauthorized": 401, "EndPointNotFound": 404, "URITooLong": 414, "EndPointInternalError": 500}
        raise _refusal(endpoint, codes.get(type(error).__name__, 500), _said(error)) from error
    with response:
        if "html" in (response.headers.get_content_type() or ""):
            raise InputError(f"{endpoint.url}: 返回的是网页而不是查询结果 · this is a page, not query results: is it the address of a SPARQL endpoint?")
        table = read_json(_read(response, endpoint, deadline), endpoint.url)
        if table.columns == ("__ASK_RETVAL",):  # how Virtuoso answers a yes-or-no question
            table = Table(("answer",), [(row[0] == 1,) for row in table.rows])
        _check_whole(endpoint, response, table)
    return table


def _said(error: Exception) -> str:
    """What the server said: SPARQLWrapper puts a sentence of its own before it, and it itself as Python writes bytes."""
    _, _, body = str(error).partition("Response:\n")
    return ast.literal_eval(body).decode(errors="replace") if body.startswith(("b'", 'b"')) else str(error)


def _wrapper(endpoint: Endpoint, text: str) -> Any:
    from SPARQLWrapper import BASIC, DIGEST, GET, JSON, POST, SPARQLWrapper

    parts, who = urlsplit(endpoint.url), endpoint.credentials
    wrapper = SPARQLWrapper(parts._replace(query="", fragment="").geturl(), agent="fazhi-kg")
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        wrapper.addParameter(name, value)
    wrapper.setQuery(_HEADER.sub("", text))  # SPARQLWrapper takes LOAD in the id body-workload for an update
    wrapper.setReturnFormat(JSON)
    wrapper.setOnlyConneg(True)
    wrapper.setMethod(GET if len(text.encode()) <= GET_LENGTH else POST)
    wrapper.setTimeout(max(1, round(endpoint.timeout)))
    if who.token is not None:
        wrapper.addCustomHttpHeader("Authorization", f"Bearer {who.token}")
    elif who.user is not None:
        wrapper.setHTTPAuth(DIGEST if who.kind == "digest" else BASIC)
        wrapper.setCredentials(who.user, who.password or "", who.realm)
    return wrapper


def _check_whole(endpoint: Endpoint, response: HTTPResponse, table: Table) -> None:
    """Some servers cut an answer silently; a cut answer is no answer."""
    limit = response.headers.get(_ROW_LIMIT, "")
    if (limit.isdigit() and len(table.rows) >= int(limit)) or response.headers.get(_STATE, "").startswith("S1TAT"):
        raise LimitError(f"{endpoint.url}: 结果被端点截断(上限 {limit or '时间'})· the endpoint cut the answer short; narrow the question or use --limit")


def _read(response: HTTPResponse, endpoint: Endpoint, deadline: float) -> bytes:
    """Read the whole body within the time and size that are allowed."""
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(1 << 16):
        parts.append(chunk)
        size += len(chunk)
        if time.monotonic() > deadline:
            raise _slow(endpoint)
        if size > MAX_BYTES:
            raise LimitError(f"{endpoint.url}: 结果过大 · the answer is larger than {MAX_BYTES >> 20} MiB")
    return b"".join(parts)


def _slow(endpoint: Endpoint) -> LimitError:
    return LimitError(
        f"{endpoint.url}: {endpoint.timeout:g} 秒内没有答完 · no full answer within {endpoint.timeout:g} s; narrow the question or raise --timeout"
    )


def _refusal(endpoint: Endpoint, status: int, detail: str) -> KgError:
    """Say in one line why an endpoint refused."""
    if status in (401, 403):
        return InputError(f"{endpoint.url}: 端点拒绝访问({status})· access refused; set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN")
    if status == 404:
        return InputError(f"{endpoint.url}: 此处没有端点(404)· there is nothing at this address")
    if status in AGAIN:
        return LimitError(f"{endpoint.url}: 端点繁忙({status})· the endpoint is busy; try later")
    return InputError(f"{endpoint.url}: 端点报错({status})· the endpoint answers with an error: {' '.join(detail.split())[:200]}")


def _retry(endpoint: Endpoint, work: Callable[[], T]) -> T:
    """Try again with growing pauses while the endpoint is down or busy; a time-out is not tried again."""
    for attempt in range(1, endpoint.tries + 1):
        last = attempt == endpoint.tries
        try:
            return work()
        except urllib.error.HTTPError as error:
            if last or error.code not in AGAIN:
                raise _refusal(endpoint, error.code, error.read(2000).decode(errors="replace")) from error
        except TimeoutError as error:
            raise _slow(endpoint) from error
        except (urllib.error.URLError, HTTPException, ConnectionError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError | socket.timeout):
                raise _slow(endpoint) from error
            if last:
                raise InputError(f"{endpoint.url}: 端点不可达({endpoint.tries} 次)· the endpoint cannot be reached: {reason}") from error
        time.sleep(endpoint.pause * 2 ** (attempt - 1))
    raise AssertionError("the last attempt returns or raises")


def put_graph(store: Endpoint, graph: str, triples: bytes) -> None:
    """Replace one named graph as a whole (Graph Store Protocol)."""
    # N-Triples are Turtle, and every server takes Turtle.
    _retry(store, lambda: _graph_request(store, "PUT", graph, triples, {"Content-Type": TURTLE}))


def fetch_graph(store: Endpoint, graph: str) -> list[ox.Triple]:
    """Read one named graph as a whole."""
    data = _retry(store, lambda: _graph_request(store, "GET", graph, None, {"Accept": f"{TRIPLES}, {TURTLE};q=0.5"}))
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
        return _read(response, store, deadline)


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

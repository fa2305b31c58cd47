"""Questions → tables of a SPARQL 1.1 endpoint, through SPARQLWrapper."""

import ast
import re
import time
from http.client import HTTPResponse
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from kg.errors import InputError, LimitError, UsageError
from kg.query.ask import read_json
from kg.query.bind import Execute
from kg.remote.endpoint import Endpoint, read_whole, refusal, retry
from kg.table import Table

_HEADER = re.compile(r"(?m)^#\+.*\n")
GET_LENGTH = 1500
"""Longer questions go by POST, since servers cut long addresses."""
_ROW_LIMIT, _STATE = "X-SPARQL-MaxRows", "X-SQL-State"


def execute_at(endpoint: Endpoint) -> Execute:
    """Make an executor of an endpoint; its default graph should be the union of its graphs."""
    try:
        import SPARQLWrapper  # noqa: F401  # told at once, not at the first question
    except ImportError as error:
        raise UsageError("需要附加组件:pip install 'fazhi-kg[remote]' · an extra is needed: pip install 'fazhi-kg[remote]'") from error

    def execute(text: str) -> Table:
        from kg.query.read_only import check_read_only

        check_read_only(text)
        return retry(endpoint, lambda: _ask(endpoint, text))

    return execute


def _ask(endpoint: Endpoint, text: str) -> Table:
    from SPARQLWrapper import SPARQLExceptions

    wrapper = _wrapper(endpoint, text)
    deadline = time.monotonic() + endpoint.timeout
    try:
        response, _ = wrapper._query()
    except SPARQLExceptions.SPARQLWrapperException as error:
        codes = {"QueryBadFormed": 400, "Unauthorized": 401, "EndPointNotFound": 404, "URITooLong": 414, "EndPointInternalError": 500}
        raise refusal(endpoint, codes.get(type(error).__name__, 500), _said(error)) from error
    with response:
        if "html" in (response.headers.get_content_type() or ""):
            raise InputError(f"{endpoint.url}: 返回的是网页而不是查询结果 · this is a page, not query results: is it the address of a SPARQL endpoint?")
        table = read_json(read_whole(response, endpoint, deadline), endpoint.url)
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

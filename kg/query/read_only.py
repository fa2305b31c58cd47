"""A user's own SPARQL: only what reads, and reads here alone, is let through."""

from collections.abc import Iterable

from pyparsing import ParseBaseException, ParseResults
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import UsageError

MAX_LENGTH = 200_000
"""A question is short; the parser is not made for more."""


def check_read_only(text: str) -> None:
    """Refuse what is not a plain query: updates, SERVICE, FROM; a syntax error is told with its place."""
    if len(text) > MAX_LENGTH:
        raise UsageError(f"查询过长({len(text)} 字符)· the query is too long, at most {MAX_LENGTH} characters")
    try:
        parsed = parseQuery(text)
    except ParseBaseException as error:
        raise UsageError(f"{error.lineno}:{error.col}: 不是只读的 SPARQL 查询 · not a read-only SPARQL query: {error.line.strip()}") from error
    except RecursionError as error:
        raise UsageError("查询嵌套过深 · the query is nested too deeply") from error
    names = set(_names_in(parsed))
    if "ServiceGraphPattern" in names:
        raise UsageError("不允许 SERVICE · SERVICE is refused: a query must not call other servers")
    if "DatasetClause" in names:
        raise UsageError("不允许 FROM · FROM is refused: the store is the data set")


def _names_in(node: object) -> Iterable[str]:
    """Walk the parsed query and name its parts, without recursion: a query may be deep."""
    todo = [node]
    while todo:
        part = todo.pop()
        if isinstance(part, CompValue):
            yield part.name
            todo.extend(part.values())
        elif isinstance(part, list | tuple | set | ParseResults):
            todo.extend(part)

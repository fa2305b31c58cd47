"""Stored questions: `queries/<id>.rq`, plain SPARQL with a strict header, answered by any engine that takes a text.

The one `VALUES (?p_…) { (UNDEF …) }` row holds the parameters. Values are put in as typed terms, never as text, and the
query is parsed again before it runs.
"""

import difflib
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import InputError, UsageError
from kg.ontology import load_concepts
from kg.resources import data_files
from kg.table import Table, Value
from kg.vocab import BASE, RDFS, XSD

TYPES = ("year", "place", "text", "indicator", "mechanism", "body-type", "topic")
_HEADER = re.compile(r"^#\+ (?P<key>[a-z]+): (?P<value>.+)$")
_PARAM = re.compile(r'^(?P<name>[a-z_]+) (?P<type>[a-z-]+) optional "(?P<zh>[^|"]+) \| (?P<en>[^|"]+)"$')
_COLUMN = re.compile(r'^(?P<name>[a-z_]+) (?P<type>iri|text|number|year|boolean) "(?P<zh>[^|"]+) \| (?P<en>[^|"]+)"$')
_VALUES = re.compile(r"VALUES\s*\((?P<names>(?:\s*\?p_[a-z_]+)+)\s*\)\s*\{\s*\((?:\s*UNDEF)+\s*\)\s*\}")
Execute = Callable[[str], Table]


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: its name (without p_), type and labels."""

    name: str
    type: str
    label: dict[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """One stored question."""

    id: str
    title: dict[str, str]
    question: dict[str, str]
    tags: tuple[str, ...]
    params: tuple[Param, ...]
    columns: tuple[str, ...]
    text: str


@lru_cache(maxsize=1)
def load_queries() -> dict[str, Query]:
    """Read all stored questions, in order of their ids."""
    return {query.id: query for query in (read_query(path) for path in data_files("queries", ".rq"))}


def get_query(name: str) -> Query:
    """Look a question up; an unknown id gives the nearest ones."""
    queries = load_queries()
    if name not in queries:
        raise UsageError(f"没有问题 {name!r} · no such question; {_nearest(name, queries)}")
    return queries[name]


def read_query(path: Path) -> Query:
    """Read one file; a wrong header is an InputError that names the line."""
    text = path.read_text(encoding="utf-8")
    header: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#+"):
            match = _HEADER.match(line)
            if match is None:
                raise InputError(f"{path}:{number}: 头部应写作 “#+ 键: 值” · a header line reads '#+ key: value'")
            header.setdefault(match["key"], []).append(match["value"])
    for key in ("id", "title", "question", "tags", "column", "order"):
        if key not in header:
            raise InputError(f"{path}:1: 头部缺少 {key} · the header lacks {key!r}")
    if header["id"][0] != path.stem:
        raise InputError(f"{path}:1: id 应与文件名相同 · id must be the file's name {path.stem!r}")
    params = tuple(_param(path, value) for value in header.get("param", ()))
    _check_values(path, text, params)
    return Query(
        path.stem,
        _pair(path, header["title"][0]),
        _pair(path, header["question"][0]),
        tuple(header["tags"][0].split()),
        params,
        _columns(path, header["column"], text),
        text,
    )


def _pair(path: Path, value: str) -> dict[str, str]:
    zh, bar, en = value.partition(" | ")
    if not bar:
        raise InputError(f"{path}:1: 应写作 “中文 | English”: {value} · expected 'Chinese | English'")
    return {"zh": zh, "en": en}


def _param(path: Path, value: str) -> Param:
    match = _PARAM.match(value)
    if match is None or match["type"] not in TYPES:
        raise InputError(f"{path}:1: 参数应写作 名称 类型 optional “中文 | English”: {value} · types are {', '.join(TYPES)}")
    return Param(match["name"], match["type"], {"zh": match["zh"], "en": match["en"]})


def _check_values(path: Path, text: str, params: tuple[Param, ...]) -> None:
    match = _VALUES.search(text)
    names = tuple(name[3:] for name in match["names"].split()) if match is not None else ()
    undefined = match.group().count("UNDEF") if match is not None else 0
    if names != tuple(param.name for param in params) or undefined != len(names):
        raise InputError(f"{path}:1: VALUES 行与参数不符 · the VALUES row must hold the parameters in their order: {', '.join(p.name for p in params)}")


def _columns(path: Path, values: Sequence[str], text: str) -> tuple[str, ...]:
    matches = [_COLUMN.match(value) for value in values]
    names = tuple(match["name"] for match in matches if match is not None)
    if len(names) != len(values):
        raise InputError(f'{path}:1: 列应写作 名称 类型 “中文 | English” · a column reads: name type "Chinese | English"')
    projection = tuple(str(v) for v in translateQuery(parseQuery(text)).algebra.PV)
    if set(projection) != set(names):
        raise InputError(f"{path}:1: 列与 SELECT 不符 · columns {names} do not match the projection {projection}")
    return names


def parse_params(pairs: Iterable[str]) -> dict[str, list[str]]:
    """Read k=v arguments; one name may come several times."""
    params: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not value:
            raise UsageError(f"参数应写作 名称=值: {pair!r} · a parameter reads name=value")
        params.setdefault(name, []).append(value)
    return params


def run_query(execute: Execute, query: Query, params: Mapping[str, Sequence[str]]) -> Table:
    """Bind the parameters and run; columns come in the order of the header."""
    table = execute(bind_params(query, params, execute))
    order = [table.columns.index(name) for name in query.columns]
    return Table(query.columns, [tuple(row[at] for at in order) for row in table.rows])


def bind_params(query: Query, params: Mapping[str, Sequence[str]], execute: Execute) -> str:
    """Put typed terms into the VALUES row: several values give several rows."""
    known = {param.name: param for param in query.params}
    for name in params:
        if name not in known:
            raise UsageError(f"{query.id}: 没有参数 {name!r} · no such parameter; {_nearest(name, known)}")
    if not params:
        return query.text
    terms = [[_term(param, value, execute) for value in params.get(param.name, ())] or ["UNDEF"] for param in query.params]
    rows = " ".join(f"({' '.join(row)})" for row in itertools.product(*terms))
    names = " ".join(f"?p_{param.name}" for param in query.params)
    bound = _VALUES.sub(lambda _: f"VALUES ({names}) {{ {rows} }}", query.text, count=1)
    check_read_only(bound)
    return bound


def _term(param: Param, value: str, execute: Execute) -> str:
    if param.type == "year":
        if not re.fullmatch(r"\d{4}", value):
            raise UsageError(f"{param.name}: 年度应为四位数字: {value!r} · a year has four digits")
        return str(ox.Literal(value, datatype=ox.NamedNode(XSD + "integer")))
    if param.type == "text":
        return str(ox.Literal(value))
    names = _places(execute) if param.type == "place" else _names(param.type)
    if value.startswith(BASE) and value in names.values():
        return str(ox.NamedNode(value))
    if value not in names:
        raise UsageError(f"{param.name}: 没有 {value!r} · unknown value; {_nearest(value, names)}")
    return str(ox.NamedNode(names[value]))


@lru_cache(maxsize=8)
def _names(scheme: str) -> dict[str, str]:
    """What names a concept: its id and all its labels."""
    names: dict[str, str] = {}
    for concept in load_concepts()[scheme].values():
        for name in (concept.id, concept.en, *concept.labels()):
            names.setdefault(name, concept.iri)
    return names


def _places(execute: Execute) -> dict[str, str]:
    table = execute(f"SELECT ?name ?place WHERE {{ ?place a <{BASE}ontology#Division> ; <{RDFS}label> ?name }} ORDER BY ?place")
    names = {str(name): str(place) for name, place in table.rows}
    return names | {iri.rsplit("/", 1)[1]: iri for iri in names.values()}


def _nearest(name: str, known: Iterable[str]) -> str:
    names = list(known)
    close = difflib.get_close_matches(name, names, 3, 0.3) or names[:8]
    return f"可用 · try: {'、'.join(close)}" if close else "此处没有可用的值 · there is none here"


def check_read_only(text: str) -> None:
    """Refuse what is not a plain query: updates, SERVICE, FROM; a syntax error is told with its place."""
    try:
        parsed = parseQuery(text)
        algebra = translateQuery(parsed).algebra
    except Exception as error:  # the parser raises pyparsing's and its own classes
        raise UsageError(f"不是只读的 SPARQL 查询 · not a read-only SPARQL query: {str(error).splitlines()[0]}") from error
    if _holds(algebra, "ServiceGraphPattern"):
        raise UsageError("不允许 SERVICE · SERVICE is refused: a query must not call other servers")
    if any(isinstance(part, CompValue) and "datasetClause" in part for part in parsed):
        raise UsageError("不允许 FROM · FROM is refused: the store is the data set")


def _holds(node: object, name: str) -> bool:
    if isinstance(node, CompValue):
        return node.name == name or any(_holds(value, name) for value in node.values())
    return isinstance(node, list | tuple | set) and any(_holds(item, name) for item in node)


def execute_on(store: ox.Store) -> Execute:
    """Make an executor of an Oxigraph store, over the union of its graphs."""

    def execute(text: str) -> Table:
        results = store.query(text, use_default_graph_as_union=True)
        if isinstance(results, ox.QueryBoolean):
            return Table(("answer",), [(bool(results),)])
        if isinstance(results, ox.QueryTriples):
            return Table(("subject", "predicate", "object"), sorted((str(t.subject), str(t.predicate), str(t.object)) for t in results))
        names = tuple(variable.value for variable in results.variables)
        return Table(names, [tuple(_value(row[name]) for name in names) for row in results])

    return execute


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return Table.parse(term.value, term.datatype.value)
    return term.value if isinstance(term, ox.NamedNode | ox.BlankNode) else str(term)

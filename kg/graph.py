"""A graph to ask, wherever it lies: a store's folder, a dump, or an endpoint's address. The Python interface.

import kg
graph = kg.open("fazhi-demo/store")
graph.query("mechanism-adoption", mechanism="府院联动").to_pandas()
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import InputError, UsageError
from kg.panel import make_measures, make_panel
from kg.picture import NEEDS
from kg.query import Query, find_queries, get_query
from kg.query.ask import execute_in_child, execute_on, note_sample, run_query
from kg.query.bind import Execute
from kg.query.cite import add_citations
from kg.store import read_store
from kg.table import Table

if TYPE_CHECKING:
    from kg.network.model import Network

Given = str | int | Iterable[str | int] | None
_DUMPS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}


class Graph:
    """Answers stored questions and plain SPARQL; it never writes."""

    def __init__(self, source: str, execute: Execute, lang: str = "zh") -> None:
        self.source = source
        self.execute = execute
        self.lang = lang

    def __repr__(self) -> str:
        return f"Graph({self.source!r})"

    def queries(self, *tags: str, topic: str | None = None) -> Table:
        """List the stored questions, by tags and topic."""
        rows = [(q.id, q.title[self.lang], q.question[self.lang], " ".join(f"{p.name}:{p.type}" for p in q.params)) for q in find_queries(tags, topic)]
        return Table(("id", "title", "question", "params"), rows)

    def describe(self, name: str) -> Query:
        """Give a stored question: title, parameters, columns, SPARQL."""
        return get_query(name)

    def query(self, name: str, /, *, lang: str | None = None, limit: int | None = None, cite: bool = False, sample: bool = False, **params: Given) -> Table:
        """Answer a stored question; a parameter takes a label, an id or an IRI, or several in a list. `sample`: a quick look at a part of a large corpus."""
        given = {key: _values(value) for key, value in params.items() if value is not None}
        return self.ask(name, given, lang if lang is not None else self.lang, limit, cite, sample)

    def ask(self, name: str, params: Mapping[str, Sequence[str]], lang: str, limit: int | None, cite: bool, sample: bool = False) -> Table:
        """Answer a stored question, with the parameters in a mapping."""
        query = get_query(name)
        table = run_query(self.execute, query, params, lang, limit, sample=sample)
        if sample:
            table = replace(table, note=note_sample(self.execute, query, lang))
        return add_citations(table, self.execute, lang) if cite else table

    def panel(self, wide: bool = False, **params: Given) -> Table:
        """Give the figures by place, year and indicator: a row a figure, or `wide`, a row a report."""
        made = make_panel(self.execute, {key: tuple(_values(value)) for key, value in params.items() if value is not None}, self.lang)
        return made.wide if wide else made.long

    def measures(self, **params: Given) -> Table:
        """Give all measures with their words, bodies, mechanisms, topic and status."""
        return make_measures(self.execute, {key: tuple(_values(value)) for key, value in params.items() if value is not None}, self.lang)

    def network(self, view: str, /, *, lang: str | None = None, onto: str | None = None, top: int | None = None, **params: Given) -> "Network":
        """Give a view as a network: its `graph` is networkx's, `write_network` of kg.network.write puts it into a file."""
        from kg.network.views import build_network

        given = {key: _values(value) for key, value in params.items() if value is not None}
        return build_network(view, self.execute, given, lang if lang is not None else self.lang, onto, top)

    def chart(self, name: str, /, *, lang: str | None = None, **params: Given) -> Any:
        """Draw a chart as Altair has them; a notebook shows it."""
        try:
            from kg.picture.chart import make_chart
        except ImportError as error:
            raise UsageError(NEEDS) from error
        given = {key: _values(value) for key, value in params.items() if value is not None}
        return make_chart(name, self.execute, given, lang if lang is not None else self.lang)

    def sparql(self, text: str) -> Table:
        """Answer plain SPARQL that only reads."""
        from kg.query.read_only import check_read_only

        check_read_only(text)
        return self.execute(text)


def _values(value: str | int | Iterable[str | int]) -> list[str]:
    return [str(value)] if isinstance(value, str | int) else [str(item) for item in value]


def open_graph(source: str | Path, timeout: float | None = None, lang: str = "zh") -> Graph:
    """Open a store's folder, a dump (.nq, .trig) or an endpoint; a time-out in seconds puts a store into a child process."""
    if lang not in ("zh", "en"):
        raise UsageError(f"语言应为 zh 或 en: {lang!r} · a language is zh or en")
    name = str(source)
    if "://" in name:
        from kg.remote.endpoint import Credentials, Endpoint
        from kg.remote.questions import execute_at

        endpoint = Endpoint(name, 60 if timeout is None else timeout, credentials=Credentials.from_environment())
        return Graph(name, execute_at(endpoint), lang)
    path = Path(name)
    if path.suffix in _DUMPS:
        return Graph(name, execute_on(_load_dump(path)), lang)
    store = read_store(path)
    return Graph(name, execute_on(store.quads, path) if timeout is None else execute_in_child(path, timeout), lang)


def _load_dump(path: Path) -> ox.Store:
    quads = ox.Store()
    try:
        quads.bulk_load(path=str(path), format=_DUMPS[path.suffix])
        quads.bulk_extend([ox.Quad(q.subject, q.predicate, q.object, ox.DefaultGraph()) for q in quads])
    except (OSError, SyntaxError) as error:
        raise InputError(f"{path}: 读不了 · cannot be read: {error}") from error
    return quads

"""Views: a stored question → a network. What there is to look at, and how its rows become nodes and edges."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.ask import run_query
from kg.bind import Execute
from kg.errors import UsageError
from kg.network.measures import add_measures, busiest, project_on
from kg.network.model import Network
from kg.network.project import End, Evidence, project
from kg.query import get_query, nearest
from kg.table import Table

Params = Mapping[str, Sequence[str]]
_BODY, _MECHANISM = End("body_id", "body", "body"), End("mechanism_id", "mechanism", "mechanism", "type")


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at the graph: title, the question behind it, and how its rows become nodes and edges."""

    title: dict[str, str]
    query: str
    build: Callable[[Table], nx.Graph]


def bodies_mechanisms(table: Table) -> nx.Graph:
    """Join a body and a mechanism by each measure in which the body answers for its use."""
    return project(table, _BODY, _MECHANISM, Evidence(basis="kind"))


VIEWS = {"bodies-mechanisms": View({"zh": "主体与机制", "en": "Bodies and mechanisms"}, "bodies-and-mechanisms", bodies_mechanisms)}


def list_views(lang: str) -> Table:
    """Name the views, with the question behind each and its parameters."""
    rows = [(name, view.title[lang], view.query, " ".join(f"{p.name}:{p.type}" for p in get_query(view.query).params)) for name, view in VIEWS.items()]
    return Table(("view", "title", "query", "params"), rows, ("视图", "题名", "问题", "参数") if lang == "zh" else ())


def get_view(name: str) -> View:
    """Look a view up; an unknown one is answered with the nearest."""
    if name not in VIEWS:
        raise UsageError(f"没有视图 {name!r} · no such view; {nearest(name, VIEWS)}; see `kg network list`")
    return VIEWS[name]


def build_network(name: str, execute: Execute, params: Params | None = None, language: str = "zh", onto: str | None = None, top: int | None = None) -> Network:
    """Build a view's network with its measures; `onto` keeps one kind, `top` the busiest nodes. An empty answer is a UsageError."""
    view = get_view(name)
    graph = view.build(run_query(execute, get_query(view.query), params if params is not None else {}))
    if not graph:
        raise UsageError(f"视图 {name} 没有内容 · the view is empty: no report there answers the question {view.query!r} with these parameters")
    reports = run_query(execute, get_query("reports"), {}).records()
    graph.graph["reports"] = {str(row["report"]): f"{row['issuer']} {row['year']}" for row in reports}
    graph = busiest(project_on(graph, onto) if onto is not None else graph, top if top is not None else len(graph))
    add_measures(graph)
    return Network(graph, name, view.title, language)

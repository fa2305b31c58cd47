"""Views: a stored question → a networkx projection → GraphML or a page.

A node carries label, kind and count, an edge its weight, years, bases and quotes; lists are joined, since writers reject them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import networkx as nx

from kg.ask import run_query
from kg.bind import Execute
from kg.errors import UsageError
from kg.netpage import render_page
from kg.query import get_query
from kg.store import replacing
from kg.table import Table


@dataclass(frozen=True, slots=True)
class View:
    """A way to draw the graph: title, the question behind it, and how its rows become nodes and edges."""

    title: dict[str, str]
    query: str
    build: Callable[[Table], nx.Graph]


def build_bodies_mechanisms(table: Table) -> nx.Graph:
    """Bodies on one side, mechanisms on the other; an edge for each measure by which a body uses a mechanism."""
    graph = nx.Graph()
    columns = {name: at for at, name in enumerate(table.columns)}
    for row in table.rows:
        body, mechanism = str(row[columns["body_id"]]), str(row[columns["mechanism_id"]])
        _add_node(graph, body, str(row[columns["body"]]), "body", "body")
        _add_node(graph, mechanism, str(row[columns["mechanism"]]), "mechanism", str(row[columns["type"]]))
        _add_edge(graph, body, mechanism, row[columns["year"]], str(row[columns["kind"]]), str(row[columns["quote"]]), str(row[columns["fact"]]))
    return graph


def _add_node(graph: nx.Graph, node: str, label: str, kind: str, subkind: str) -> None:
    if node not in graph:
        graph.add_node(node, label=label, kind=kind, subkind=subkind, count=0)
    graph.nodes[node]["count"] += 1


def _add_edge(graph: nx.Graph, source: str, target: str, year: object, basis: str, quote: str, fact: str) -> None:
    if not graph.has_edge(source, target):
        graph.add_edge(source, target, weight=0, years="", bases="", quotes="", facts="")
    edge = graph.edges[source, target]
    if fact in edge["facts"].split(" "):
        return
    edge["weight"] += 1
    edge["facts"] = f"{edge['facts']} {fact}".strip()
    for key, value, separator in (("years", str(year), ","), ("bases", basis, ","), ("quotes", " ".join(quote.split()), " ¶ ")):
        parts = [part for part in edge[key].split(separator) if part]
        edge[key] = separator.join(dict.fromkeys([*parts, value]))


VIEWS = {"bodies-mechanisms": View({"zh": "主体与机制", "en": "Bodies and mechanisms"}, "bodies-and-mechanisms", build_bodies_mechanisms)}


def build_network(view: str, execute: Execute) -> nx.Graph:
    """Build a view's graph; an unknown view or an empty answer is a UsageError."""
    if view not in VIEWS:
        raise UsageError(f"没有视图 {view!r} · no such view; try {', '.join(VIEWS)}")
    graph = VIEWS[view].build(run_query(execute, get_query(VIEWS[view].query), {}))
    if not graph:
        raise UsageError(f"视图 {view} 没有内容 · the view is empty: the store holds no reports")
    return graph


def write_network(view: str, execute: Execute, output: Path, language: str) -> str:
    """Write a view to a file by its suffix (.graphml, .html) and say what was written."""
    if output.suffix not in (".graphml", ".html"):
        raise UsageError(f"{output}: 不认识的格式 {output.suffix!r} · unknown format; expected .graphml or .html")
    graph = build_network(view, execute)
    with replacing(output) as target:
        if output.suffix == ".graphml":
            nx.write_graphml(graph, target, encoding="utf-8", prettyprint=True, named_key_ids=True)
        else:
            target.write_text(render_page(graph, VIEWS[view].title, language), encoding="utf-8")
    return f"{output}: {graph.number_of_nodes()} 个结点 · nodes, {graph.number_of_edges()} 条边 · edges"

"""Rows of an answer → a network: nodes and edges that know their names, years, reports, quotes and facts.

Node: label, label_en, kind, group, count, years, reports, quotes, facts. Edge: weight, kind, years, reports, bases, quotes, facts. `facts` and
`quotes` stand side by side, a count or a weight is how many facts there are, and what is not known is None. Text is put on
one line and freed of what XML cannot hold.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.network.english import english_label
from kg.table import Table, Value
from kg.vocab import BASE

SEPARATOR = "¶"
"""Parts the values of a list in formats that know no lists; in a text it is written ⁋."""
_NOT_XML = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_REPORT = re.compile(re.escape(BASE) + r"report/[^/]+/[^/]+/[^/#]+")


@dataclass(frozen=True, slots=True)
class End:
    """One end of the edges: the columns of IRI and label, the kind, and the column that names a finer group."""

    id: str
    label: str
    kind: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The columns that say when and on what ground: year, basis, and pairs of quote and fact."""

    year: str | None = "year"
    basis: str | None = None
    proofs: tuple[tuple[str, str], ...] = (("quote", "fact"),)


def clean(text: str) -> str:
    """Put a text on one line, without control characters and without the separator."""
    return _NOT_XML.sub("", " ".join(text.split())).replace(SEPARATOR, "⁋")


def project(table: Table, source: End, target: End, evidence: Evidence, directed: bool = False) -> nx.Graph:
    """Make a network whose edges join two columns of a table; rows without either end are left out."""
    graph = nx.DiGraph() if directed else nx.Graph()
    for row in table.records():
        one, other = (_node_of(row, end) for end in (source, target))
        proofs = [(clean(str(row[quote])), str(row[fact])) for quote, fact in evidence.proofs if row[fact] is not None]
        year = row[evidence.year] if evidence.year is not None else None
        basis = row[evidence.basis] if evidence.basis is not None else None
        for node in (one, other):
            if node is not None:
                add_node(graph, *node)
                _prove(graph.nodes[node[0]], "count", proofs, year)
        if one is not None and other is not None and one[0] != other[0]:
            edge = add_edge(graph, one[0], other[0], f"{source.kind}-{target.kind}")
            _prove(edge, "weight", proofs, year)
            if basis is not None:
                edge["bases"] = sorted({*edge["bases"], str(basis)})
    return graph


def _node_of(row: dict[str, Value], end: End) -> tuple[str, str, str, str] | None:
    iri = row[end.id]
    if iri is None:
        return None
    kind = str(row[end.kind[1:]]) if end.kind.startswith("?") else end.kind
    group = row[end.group] if end.group is not None else None
    return str(iri), str(row[end.label]), kind, str(group) if group else kind


def add_node(graph: nx.Graph, iri: str, label: str, kind: str, group: str) -> dict[str, Any]:
    """Add a node unless it is there; give its attributes."""
    if iri not in graph:
        graph.add_node(iri, label=clean(label), label_en=english_label(iri), kind=kind, group=group, count=0, years=[], reports=[], quotes=[], facts=[])
    data: dict[str, Any] = graph.nodes[iri]
    return data


def add_edge(graph: nx.Graph, source: str, target: str, kind: str) -> dict[str, Any]:
    """Add an edge unless it is there; give its attributes."""
    if not graph.has_edge(source, target):
        graph.add_edge(source, target, weight=0, kind=kind, years=[], reports=[], bases=[], quotes=[], facts=[])
    data: dict[str, Any] = graph.edges[source, target]
    return data


def _prove(data: dict[str, Any], count: str, proofs: Iterable[tuple[str, str]], year: Value) -> None:
    """Add quotes with their facts; a fact counts once."""
    for quote, fact in proofs:
        if fact not in data["facts"]:
            data["facts"].append(fact)
            data["quotes"].append(quote)
    data[count] = max(1, len(data["facts"]))
    if isinstance(year, int):
        data["years"] = sorted({*data["years"], year})
    data["reports"] = sorted({*data["reports"], *(match[0] for _, fact in proofs if (match := _REPORT.match(fact)))})


def merge(graphs: Sequence[nx.Graph]) -> nx.Graph:
    """Join networks: what both have keeps the evidence of either."""
    whole = graphs[0].copy()
    for graph in graphs[1:]:
        for node, data in graph.nodes(data=True):
            _join(add_node(whole, node, data["label"], data["kind"], data["group"]), data, "count")
        for source, target, data in graph.edges(data=True):
            _join(add_edge(whole, source, target, data["kind"]), data, "weight")
    return whole


def _join(into: dict[str, Any], data: dict[str, Any], count: str) -> None:
    _prove(into, count, zip(data["quotes"], data["facts"], strict=True), None)
    for name in ("years", "reports", "bases"):
        if name in data:
            into[name] = sorted({*into[name], *data[name]})

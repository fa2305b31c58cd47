"""Rows of an answer → a network: nodes and edges that know their names, years, reports, quotes and facts.

Node: label, label_en, kind, group, count, years, reports, quotes, facts. Edge: weight, kind, years, reports, bases, quotes, facts. `facts` and
`quotes` stand side by side, a count or a weight is how many facts there are, and what is not known is None. Text is put on
one line and freed of what XML cannot hold.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.network.english import english_label
from kg.table import Table, Value
from kg.vocab import report_keys, report_of

SEPARATOR = "¶"
"""Parts the values of a list in formats that know no lists; in a text it is written ⁋."""
_NOT_XML = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class End:
    """One end of the edges: the columns of IRI and label, the kind (`?column` where each row says it), and the column of a finer group.

    `proofs` are the pairs of columns of quote and fact that speak of this end; None: those of the edge do.
    """

    id: str
    label: str
    kind: str
    group: str | None = None
    proofs: tuple[tuple[str, str], ...] | None = None


def clean(text: str) -> str:
    """Put a text on one line, without control characters and without the separator."""
    return _NOT_XML.sub("", " ".join(text.split())).replace(SEPARATOR, "⁋")


QUOTE = (("quote", "fact"),)


def project(table: Table, source: End, target: End, basis: str | None = None, proofs: tuple[tuple[str, str], ...] = QUOTE, directed: bool = False) -> nx.Graph:
    """Make a network whose edges join two columns of a table; `basis` names the column that says on what ground, `proofs` those of quotes and facts."""
    graph = nx.DiGraph() if directed else nx.Graph()
    for row in table.records():
        one, other = (_node_of(row, end) for end in (source, target))
        for node, end in ((one, source), (other, target)):
            if node is not None:
                prove(add_node(graph, *node), "count", _proofs_of(row, end.proofs if end.proofs is not None else proofs))
        if one is not None and other is not None and one[0] != other[0]:
            edge = add_edge(graph, one[0], other[0], f"{one[2]}-{other[2]}")
            prove(edge, "weight", _proofs_of(row, proofs))
            if basis is not None and row[basis] is not None:
                edge["bases"] = sorted({*edge["bases"], str(row[basis])})
    return graph


def _proofs_of(row: dict[str, Value], columns: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(clean(str(row[quote])), str(row[fact])) for quote, fact in columns if row[fact] is not None]


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
        graph.add_node(iri, label=clean(label), label_en=english_label(iri, label), kind=kind, group=group, count=0, years=[], reports=[], quotes=[], facts=[])
    data: dict[str, Any] = graph.nodes[iri]
    return data


def add_edge(graph: nx.Graph, source: str, target: str, kind: str) -> dict[str, Any]:
    """Add an edge unless it is there; give its attributes."""
    if not graph.has_edge(source, target):
        graph.add_edge(source, target, weight=0, kind=kind, years=[], reports=[], bases=[], quotes=[], facts=[])
    data: dict[str, Any] = graph.edges[source, target]
    return data


def prove(data: dict[str, Any], count: str, proofs: Iterable[tuple[str, str]]) -> None:
    """Add quotes with their facts; a fact counts once, and says of which report and year it is."""
    for quote, fact in proofs:
        if fact not in data["facts"]:
            data["facts"].append(fact)
            data["quotes"].append(quote)
    data[count] = max(1, len(data["facts"]))
    data["reports"] = sorted({report for fact in data["facts"] if (report := report_of(fact)) is not None})
    data["years"] = sorted({keys.year for report in data["reports"] if (keys := report_keys(report)) is not None and keys.year is not None})

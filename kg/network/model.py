"""A network with its names, and its attributes made plain for formats that know no lists and no blanks."""

from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.network.project import SEPARATOR

NODE_FIELDS: dict[str, type] = {
    **{"label": str, "label_en": str, "kind": str, "group": str, "count": int},
    **{"years": list, "reports": list, "quotes": list, "facts": list},
    **{"degree": int, "strength": int, "betweenness": float, "closeness": float, "pagerank": float, "community": int, "core": int, "bridging": int},
}
EDGE_FIELDS: dict[str, type] = {
    **{"kind": str, "weight": int, "since": int, "similarity": float, "change": str},
    **{"years": list, "reports": list, "bases": list, "quotes": list, "facts": list},
}
"""Every attribute there is, in the order of the columns, with its type; lists hold texts, but years hold integers."""


@dataclass(frozen=True, slots=True)
class Network:
    """A view's network with the name of the view and its title."""

    graph: nx.Graph
    view: str
    title: dict[str, str]
    language: str = "zh"

    def nodes(self) -> list[tuple[str, dict[str, Any]]]:
        """Give nodes with the attributes that they have, in the order of the fields."""
        return [(node, _present(data, NODE_FIELDS)) for node, data in self.graph.nodes(data=True)]

    def edges(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Give edges with the attributes that they have, in the order of the fields."""
        return [(source, target, _present(data, EDGE_FIELDS)) for source, target, data in self.graph.edges(data=True)]

    def fields(self, declared: dict[str, type]) -> dict[str, type]:
        """Keep the fields that any node or edge has."""
        rows = [data for _, data in self.nodes()] if declared is NODE_FIELDS else [data for *_, data in self.edges()]
        return {name: kind for name, kind in declared.items() if any(name in row for row in rows)}


def _present(data: dict[str, Any], fields: dict[str, type]) -> dict[str, Any]:
    return {name: data[name] for name in fields if data.get(name) is not None}


def flat(value: Any) -> str | int | float:
    """Write a list as one text."""
    return SEPARATOR.join(str(part) for part in value) if isinstance(value, list) else value


def flat_graph(network: Network) -> nx.Graph:
    """Copy a network with plain attributes: no blanks, no lists."""
    graph = nx.DiGraph() if network.graph.is_directed() else nx.Graph()
    graph.graph.update(view=network.view, title=network.title["zh"], title_en=network.title["en"])
    graph.add_nodes_from((node, {name: flat(value) for name, value in data.items()}) for node, data in network.nodes())
    graph.add_edges_from((source, target, {name: flat(value) for name, value in data.items()}) for source, target, data in network.edges())
    return graph

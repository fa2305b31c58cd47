"""Network → measures of its nodes, of the whole and of its years; projections on one kind.

All by the standard library and networkx's pure parts: no numpy at run time. Paths are counted without weights; beyond 1,000 nodes betweenness is estimated
from 200 sources drawn with a fixed seed. Communities: Louvain, weighted, with a fixed seed, numbered by size.
"""

from collections import Counter
from decimal import Decimal
from typing import Any

import networkx as nx

from kg.errors import UsageError
from kg.network.project import add_edge, prove
from kg.table import Table, Value

SEED = 20190506
SAMPLED_ABOVE, SOURCES = 1000, 200
DAMPING, ROUNDS, TOLERANCE = 0.85, 200, 1e-12
NODE_MEASURES = ("degree", "strength", "betweenness", "closeness", "pagerank", "community", "core", "bridging")
_HEADINGS = {
    "zh": ("结点", "名称", "英文名", "种类", "次数", "度", "加权度", "中介中心性", "接近中心性", "PageRank", "社群", "核数", "跨社群邻居"),
    "en": ("node", "label", "English", "kind", "count", "degree", "strength", "betweenness", "closeness", "PageRank", "community", "core", "bridging"),
}


def add_measures(graph: nx.Graph) -> None:
    """Give each node its measures: degree, strength, centralities (0 to 1), community, core number, neighbours in other communities."""
    plain = graph.to_undirected() if graph.is_directed() else graph
    sources = SOURCES if len(graph) > SAMPLED_ABOVE else None
    community = communities(plain)
    values: dict[str, Any] = {
        "degree": dict(graph.degree()),
        "strength": dict(graph.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(graph, k=sources, seed=SEED),
        "closeness": nx.closeness_centrality(graph) if sources is None else {},
        "pagerank": pagerank(graph),
        "community": community,
        "core": nx.core_number(plain),
        "bridging": {node: len({community[near] for near in plain[node]} - {community[node]}) for node in plain},
    }
    for name, of in values.items():
        for node, value in of.items():
            graph.nodes[node][name] = round(value, 6) if isinstance(value, float) else value


def communities(graph: nx.Graph) -> dict[str, int]:
    """Number the communities from 1, the largest first."""
    parts = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    ordered = sorted(parts, key=lambda part: (-len(part), min(part)))
    return {node: number for number, part in enumerate(ordered, 1) for node in part}


def pagerank(graph: nx.Graph) -> dict[str, float]:
    """Rank nodes by weighted PageRank with damping 0.85; those without a way out share theirs with all."""
    size = len(graph)
    out = dict(graph.out_degree(weight="weight") if graph.is_directed() else graph.degree(weight="weight"))
    rank = dict.fromkeys(graph, 1 / size)
    for _ in range(ROUNDS):
        loose = sum(rank[node] for node in graph if not out[node])
        new = dict.fromkeys(graph, (1 - DAMPING + DAMPING * loose) / size)
        for node in graph:
            for near, edge in graph[node].items():
                new[near] += DAMPING * rank[node] * edge["weight"] / out[node]
        moved = sum(abs(new[node] - rank[node]) for node in graph)
        rank = new
        if moved < TOLERANCE * size:
            break
    return rank


def assortativity(graph: nx.Graph, of: dict[str, Any]) -> float | None:
    """Newman's assortativity by a category: 1 like meets like, 0 chance, below 0 unlike meet; None where all are of one."""
    pairs = [(of[s], of[t]) for s, t in graph.edges()]
    both = pairs if graph.is_directed() else [*pairs, *((t, s) for s, t in pairs)]
    if not both:
        return None
    mixing, total = Counter(both), len(both)
    starts, ends = Counter(s for s, _ in both), Counter(t for _, t in both)
    same = sum(count for (s, t), count in mixing.items() if s == t) / total
    chance = sum(starts[name] * ends[name] for name in starts) / total**2
    return None if chance == 1 else round((same - chance) / (1 - chance), 6)


def degree_assortativity(graph: nx.Graph) -> float | None:
    """Correlate the degrees at the two ends of the edges (Pearson); None where all degrees are equal."""
    degree = dict(graph.degree())
    pairs = [(degree[s], degree[t]) for s, t in graph.edges()]
    pairs += [(t, s) for s, t in pairs]
    if not pairs:
        return None
    mean = sum(x for x, _ in pairs) / len(pairs)
    spread = sum((x - mean) ** 2 for x, _ in pairs)
    return None if spread == 0 else round(sum((x - mean) * (y - mean) for x, y in pairs) / spread, 6)


def node_table(graph: nx.Graph, language: str) -> Table:
    """List the nodes with their measures, those of the highest PageRank first."""
    columns = ("node", "label", "label_en", "kind", "count", *NODE_MEASURES)
    ordered = sorted(graph, key=lambda n: (-graph.nodes[n]["pagerank"], n))
    rows: list[tuple[Value, ...]] = [(node, *(graph.nodes[node].get(name) for name in columns[1:])) for node in ordered]
    return Table(columns, rows, _HEADINGS[language])


def whole_table(graph: nx.Graph, language: str) -> Table:
    """Say of the whole: size, density, components, communities, modularity, assortativity."""
    plain = graph.to_undirected() if graph.is_directed() else graph
    community = {node: data["community"] for node, data in graph.nodes(data=True)}
    parts: dict[int, set[str]] = {}
    for node, number in community.items():
        parts.setdefault(number, set()).add(node)
    kinds = {node: data["kind"] for node, data in graph.nodes(data=True)}
    pieces = list(nx.connected_components(plain))
    said: list[tuple[str, str, float | int | None]] = [
        ("nodes", "结点", len(graph)),
        ("edges", "边", graph.number_of_edges()),
        ("density", "密度", round(nx.density(graph), 6)),
        ("components", "连通分量", len(pieces)),
        ("largest_component", "最大分量结点数", max(map(len, pieces))),
        ("communities", "社群数", len(parts)),
        ("modularity", "模块度", round(nx.community.modularity(plain, list(parts.values()), weight="weight"), 6) if graph.size() else None),
        ("assortativity_kind", "按种类的同配性", assortativity(graph, kinds)),
        ("assortativity_degree", "按度的同配性", degree_assortativity(graph)),
    ]
    rows: list[tuple[Value, ...]] = [(name, zh if language == "zh" else name.replace("_", " "), _decimal(value)) for name, zh, value in said]
    return Table(("measure", "label", "value"), rows, ("量度", "名称", "数值") if language == "zh" else ("measure", "label", "value"))


def year_table(graph: nx.Graph, language: str) -> Table:
    """Count by year: nodes and edges found, new since the year before, gone since then, density."""
    years = sorted({year for *_, data in graph.edges(data=True) for year in data["years"]})
    rows: list[tuple[Value, ...]] = []
    before: tuple[set[Any], set[Any]] | None = None
    for year in years:
        edges = {frozenset((s, t)) if not graph.is_directed() else (s, t) for s, t, data in graph.edges(data=True) if year in data["years"]}
        nodes = {node for edge in edges for node in edge}
        pairs = len(nodes) * (len(nodes) - 1) / (1 if graph.is_directed() else 2)
        density = _decimal(round(len(edges) / pairs, 6)) if pairs else None
        change = (None,) * 4 if before is None else (len(nodes - before[0]), len(before[0] - nodes), len(edges - before[1]), len(before[1] - edges))
        rows.append((year, len(nodes), len(edges), *change, density))
        before = nodes, edges
    columns = ("year", "nodes", "edges", "new_nodes", "gone_nodes", "new_edges", "gone_edges", "density")
    zh = ("年度", "结点", "边", "新结点", "消失结点", "新边", "消失边", "密度")
    return Table(columns, rows, zh if language == "zh" else tuple(name.replace("_", " ") for name in columns))


def _decimal(value: float | int | None) -> Value:
    return Decimal(str(value)) if isinstance(value, float) else value


TABLES = {"nodes": node_table, "whole": whole_table, "years": year_table}


def project_on(graph: nx.Graph, kind: str) -> nx.Graph:
    """Join nodes of one kind that share neighbours of others; weight: how many they share, with the evidence of both sides."""
    kinds = sorted({data["kind"] for _, data in graph.nodes(data=True)})
    if kind not in kinds:
        raise UsageError(f"没有 {kind!r} 类结点 · no nodes of this kind; there are {', '.join(kinds)}")
    plain = graph.to_undirected() if graph.is_directed() else graph
    made = nx.Graph(**graph.graph)
    made.add_nodes_from((node, dict(data)) for node, data in graph.nodes(data=True) if data["kind"] == kind)
    for middle in plain:
        if plain.nodes[middle]["kind"] != kind:
            near = [node for node in plain[middle] if node in made]
            for at, one in enumerate(near):
                for other in near[at + 1 :]:
                    edge = add_edge(made, one, other, f"{kind}-{kind}")
                    shared = edge["weight"] + 1
                    for side in (plain.edges[middle, one], plain.edges[middle, other]):
                        prove(edge, "weight", zip(side["quotes"], side["facts"], strict=True))
                    edge["weight"] = shared
    return made


def busiest(graph: nx.Graph, most: int) -> nx.Graph:
    """Keep the nodes of most connections, and the edges among them."""
    kept = sorted(graph, key=lambda n: (-graph.degree(n), -graph.nodes[n]["count"], n))[:most]
    return graph.subgraph([node for node in graph if node in set(kept)]).copy()

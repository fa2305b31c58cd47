"""Read each format of a network back: (nodes, edges) as fields that are there, lists as lists."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet
import pydot
import pyoxigraph as ox

from kg.network.model import EDGE_FIELDS, NODE_FIELDS, Network
from kg.network.project import SEPARATOR

ASKED = {"report": {"place": ["云泽市"], "year": ["2025"]}, "body": {"body": ["judicial-administration"]}, "mechanism": {"mechanism": ["合法性审查"]}}
"""Parameters of the views that need some."""
Fields = dict[str, Any]
Read = tuple[dict[str, Fields], dict[frozenset[str], Fields]]


def given(network: Network) -> Read:
    """What went in."""
    return dict(network.nodes()), {frozenset((s, t)): data for s, t, data in network.edges()}


def _typed(data: Fields, fields: dict[str, type]) -> Fields:
    """Undo what a flat format did to lists and numbers; blanks are left out."""
    made: Fields = {}
    for name, kind in fields.items():
        value = data.get(name)
        if value is None or (value == "" and kind is not list and kind is not str):
            continue
        if kind is list:
            parts = [part for part in str(value).split(SEPARATOR) if value != ""]
            made[name] = [int(part) for part in parts] if name == "years" else parts
        else:
            made[name] = kind(value)
    return made


def _typed_graph(graph: nx.Graph) -> Read:
    return {n: _typed(d, NODE_FIELDS) for n, d in graph.nodes(data=True)}, {frozenset((s, t)): _typed(d, EDGE_FIELDS) for s, t, d in graph.edges(data=True)}


def read_gexf(path: Path) -> Read:
    graph = nx.read_gexf(path)
    for data in [data for _, data in graph.nodes(data=True)] + [data for *_, data in graph.edges(data=True)]:
        assert sorted({int(start) for start, _ in data.pop("spells", [])}) == _typed(data, {"years": list})["years"]
    return _typed_graph(graph)


def read_graphml(path: Path) -> Read:
    return _typed_graph(nx.read_graphml(path))


def read_yed(path: Path) -> Read:
    graph = nx.read_graphml(path)
    assert {data["shape_type"] for _, data in graph.nodes(data=True)} == {"ellipse"}
    return _typed_graph(graph)


def read_cyjs(path: Path) -> Read:
    graph = nx.cytoscape_graph(json.loads(path.read_text(encoding="utf-8")))
    return (
        {n: {k: v for k, v in d.items() if k in NODE_FIELDS} for n, d in graph.nodes(data=True)},
        {frozenset((s, t)): {k: v for k, v in d.items() if k in EDGE_FIELDS} for s, t, d in graph.edges(data=True)},
    )


def read_cx2(path: Path) -> Read:
    from ndex2.cx2 import RawCX2NetworkFactory

    network = RawCX2NetworkFactory().get_cx2network(json.loads(path.read_text(encoding="utf-8")))
    names = {number: node["v"]["represents"] for number, node in network.get_nodes().items()}
    return (
        {names[number]: {k: v for k, v in node["v"].items() if k in NODE_FIELDS} for number, node in network.get_nodes().items()},
        {frozenset((names[e["s"]], names[e["t"]])): {k: v for k, v in e["v"].items() if k in EDGE_FIELDS} for e in network.get_edges().values()},
    )


def read_dot(path: Path) -> Read:
    def plain(text: str) -> str:
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")

    (graph,) = pydot.graph_from_dot_file(str(path), encoding="utf-8") or []
    nodes = {plain(n.get_name()): {k: plain(v) for k, v in n.get_attributes().items()} for n in graph.get_nodes() if n.get_name().startswith('"')}
    edges = {frozenset((plain(e.get_source()), plain(e.get_destination()))): {k: plain(v) for k, v in e.get_attributes().items()} for e in graph.get_edges()}
    return {n: _typed(d | {"label": d["label_zh"]}, NODE_FIELDS) for n, d in nodes.items()}, {key: _typed(d, EDGE_FIELDS) for key, d in edges.items()}


def _rows(path: Path, part: str) -> list[dict[str, str]]:
    stem, _, ending = path.name.partition(".")
    with path.with_name(f"{stem}.{part}.{ending}").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _blank_free(data: dict[str, str]) -> Fields:
    return {name: value for name, value in data.items() if value != "" or name in ("years", "reports", "quotes", "facts", "bases")}


def read_csv(path: Path) -> Read:
    nodes, edges = _rows(path, "nodes"), _rows(path, "edges")
    assert {row["Type"] for row in edges} <= {"Directed", "Undirected"}
    return (
        {row["Id"]: _typed(_blank_free({"label": row["Label"], **row}), NODE_FIELDS) for row in nodes},
        {frozenset((row["Source"], row["Target"])): _typed(_blank_free({"weight": row["Weight"], **row}), EDGE_FIELDS) for row in edges},
    )


def read_neo4j(path: Path) -> Read:
    types = {"ID": str, "LABEL": str, "START_ID": str, "END_ID": str, "TYPE": str, "string": str, "long": int, "double": float}

    def parse(row: dict[str, str]) -> Fields:
        made: Fields = {}
        for header, value in row.items():
            name, _, kind = header.rpartition(":")
            base = types[kind.removesuffix("[]")]
            if kind.endswith("[]"):
                made[name] = [base(part) for part in value.split(SEPARATOR)] if value else []
            elif value != "":
                made[name or kind] = base(value)
        return made

    nodes, edges = [parse(row) for row in _rows(path, "nodes")], [parse(row) for row in _rows(path, "edges")]
    assert all(row["LABEL"] and row["iri"] for row in nodes)
    assert {row["START_ID"] for row in edges} | {row["END_ID"] for row in edges} <= {row["iri"] for row in nodes}
    assert all(row["TYPE"].replace("_", "").isalpha() for row in edges)
    return (
        {row["iri"]: {k: v for k, v in row.items() if k in NODE_FIELDS} for row in nodes},
        {frozenset((row["START_ID"], row["END_ID"])): {k: v for k, v in row.items() if k in EDGE_FIELDS} for row in edges},
    )


def read_parquet(path: Path) -> Read:
    def rows(part: str) -> list[Fields]:
        return pyarrow.parquet.read_table(path.with_name(f"{path.stem}.{part}.parquet")).to_pylist()

    def there(row: Fields, fields: dict[str, type]) -> Fields:
        return {name: row[name] for name in fields if row.get(name) is not None}

    return (
        {row["id"]: there(row, NODE_FIELDS) for row in rows("nodes")},
        {frozenset((row["source"], row["target"])): there(row, EDGE_FIELDS) for row in rows("edges")},
    )


def read_jsonld(path: Path) -> Read:
    """Read by an RDF parser: lists are followed, labels told apart by language."""
    net, label, rdf = "https://w3id.org/fazhi-kg/network#", "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    said: dict[Any, dict[str, list[Any]]] = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.JSON_LD):
        said.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)

    def follow(node: Any) -> list[Any]:
        found = []
        while node.value != rdf + "nil":
            found.append(said[node][rdf + "first"][0].value)
            node = said[node][rdf + "rest"][0]
        return found

    def fields(about: dict[str, list[Any]], declared: dict[str, type]) -> Fields:
        made: Fields = {}
        for name, kind in declared.items():
            values = about.get(net + name, [])
            if kind is list and values:
                made[name] = [int(v) for v in follow(values[0])] if name == "years" else follow(values[0])
            elif values:
                made[name] = kind(values[0].value)
        for term in about.get(label, []):
            made["label" if term.language == "zh" else "label_en"] = term.value
        return made

    nodes = {s.value: fields(about, NODE_FIELDS) for s, about in said.items() if any(t.value == net + "Node" for t in about.get(rdf + "type", []))}
    edges = [about for about in said.values() if any(t.value == net + "Edge" for t in about.get(rdf + "type", []))]
    return nodes, {frozenset((e[net + "source"][0].value, e[net + "target"][0].value)): fields(e, EDGE_FIELDS) for e in edges}


READERS: dict[str, tuple[str, Callable[[Path], Read]]] = {
    "gexf": ("x.gexf", read_gexf),
    "yed": ("x.yed.graphml", read_yed),
    "graphml": ("x.graphml", read_graphml),
    "cyjs": ("x.cyjs", read_cyjs),
    "cx2": ("x.cx2", read_cx2),
    "dot": ("x.dot", read_dot),
    "neo4j": ("x.neo4j.csv", read_neo4j),
    "csv": ("x.csv", read_csv),
    "parquet": ("x.parquet", read_parquet),
    "jsonld": ("x.jsonld", read_jsonld),
}

"""Network → Cytoscape JSON, CX2 (NDEx, Cytoscape), JSON-LD."""

import hashlib
import json
from typing import Any

from kg.network.model import EDGE_FIELDS, NODE_FIELDS, Network
from kg.network.style import colour_of, sizes
from kg.vocab import BASE, RDFS, XSD

_CX2 = {str: "string", int: "long", float: "double", list: "list_of_string"}
_NET = BASE + "network#"


def _dump(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def to_cyjs(network: Network) -> bytes:
    """Write Cytoscape JSON; colour and size stand among the data, for a mapping of style."""
    size = sizes(network.graph)
    nodes = [{"data": {"id": n, "value": n, "name": d["label"], "color": colour_of(network.graph, n), "size": size[n], **d}} for n, d in network.nodes()]
    edges = [{"data": {"id": f"e{i}", "source": s, "target": t, **d}} for i, (s, t, d) in enumerate(network.edges())]
    names = [["view", network.view], ["name", network.title["zh"]], ["name_en", network.title["en"]]]
    return _dump({"data": names, "directed": network.graph.is_directed(), "multigraph": False, "elements": {"nodes": nodes, "edges": edges}})


def to_cx2(network: Network) -> bytes:
    """Write CX2: attributes declared with their types, colours and sizes as visual properties."""
    number = {node: at for at, node in enumerate(network.graph)}
    size = sizes(network.graph)
    nodes = [{"id": number[n], "x": None, "y": None, "v": {"represents": n, "name": d["label"], **d}} for n, d in network.nodes()]
    edges = [{"id": i, "s": number[s], "t": number[t], "v": {"interaction": d["kind"], **d}} for i, (s, t, d) in enumerate(network.edges())]
    looks = [{"id": number[n], "v": {"NODE_BACKGROUND_COLOR": colour_of(network.graph, n), "NODE_WIDTH": size[n], "NODE_HEIGHT": size[n]}} for n in number]
    names = [{"name": network.title["zh"], "name_en": network.title["en"], "view": network.view, "directed": network.graph.is_directed()}]
    declared = {
        "networkAttributes": {"name": {"d": "string"}, "name_en": {"d": "string"}, "view": {"d": "string"}, "directed": {"d": "boolean"}},
        "nodes": {"represents": {"d": "string"}, "name": {"d": "string"}, **_declared(network, NODE_FIELDS)},
        "edges": {"interaction": {"d": "string"}, **_declared(network, EDGE_FIELDS)},
    }
    style = {"node": {"NODE_SHAPE": "ellipse"}, "edge": {"EDGE_TARGET_ARROW_SHAPE": "triangle" if network.graph.is_directed() else "none"}, "network": {}}
    mapped = {"nodes": {"NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "label", "type": "string"}}}, "edges": {}}
    parts: list[tuple[str, list[Any]]] = [("attributeDeclarations", [declared]), ("networkAttributes", names), ("nodes", nodes), ("edges", edges)]
    parts += [("visualProperties", [{"default": style, "nodeMapping": mapped["nodes"], "edgeMapping": mapped["edges"]}]), ("nodeBypasses", looks)]
    meta = {"metaData": [{"name": name, "elementCount": len(content)} for name, content in parts if content]}
    aspects = [{name: content} for name, content in parts if content]
    return _dump([{"CXVersion": "2.0", "hasFragments": False}, meta, *aspects, {"status": [{"success": True, "error": ""}]}])


def _declared(network: Network, fields: dict[str, type]) -> dict[str, dict[str, str]]:
    return {name: {"d": "list_of_integer" if name == "years" else _CX2[kind]} for name, kind in network.fields(fields).items()}


def to_jsonld(network: Network) -> bytes:
    """Write JSON-LD: nodes under their own IRIs, an edge a resource with source and target; lists keep their order."""
    lists = {name: {"@id": _NET + name, "@container": "@list"} for name in ("years", "quotes", "bases")}
    links = {name: {"@id": _NET + name, "@type": "@id", "@container": "@list"} for name in ("reports", "facts")}
    ends = {name: {"@id": _NET + name, "@type": "@id"} for name in ("source", "target")}
    doubles = {name: {"@id": _NET + name, "@type": XSD + "double"} for name in ("betweenness", "closeness", "pagerank", "similarity")}
    labels = {"label": {"@id": RDFS + "label", "@language": "zh"}, "label_en": {"@id": RDFS + "label", "@language": "en"}}
    context = {"@vocab": _NET, **labels, **lists, **links, **ends, **doubles}
    nodes = [{"@id": n, "@type": "Node", **d} for n, d in network.nodes()]
    edges = [{"@id": _edge_iri(network, s, t), "@type": "Edge", "source": s, "target": t, **d} for s, t, d in network.edges()]
    return _dump({"@context": context, "@graph": [*nodes, *edges]})


def _edge_iri(network: Network, source: str, target: str) -> str:
    digest = hashlib.sha256(f"{source} {target}".encode()).hexdigest()[:20]
    return f"{BASE}network/{network.view}/{digest}"

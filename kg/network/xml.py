"""Network → GEXF, dynamic by year, for Gephi; GraphML; GraphML as yEd draws it. No clock goes into a file."""

import io
import math
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx

from kg.network.model import EDGE_FIELDS, NODE_FIELDS, Network, flat, flat_graph
from kg.network.style import colour_of, rgb, sizes

_GEXF, _VIZ = "http://www.gexf.net/1.2draft", "http://www.gexf.net/1.2draft/viz"
_GRAPHML, _YED = "http://graphml.graphdrawing.org/xmlns", "http://www.yworks.com/xml/graphml"
_TYPES = {str: "string", int: "long", float: "double", list: "string"}


def to_gexf(network: Network) -> bytes:
    """Write GEXF 1.2: a spell for each year in which a node or edge is found, colour and size by kind and count."""
    root = ET.Element("gexf", {"xmlns": _GEXF, "xmlns:viz": _VIZ, "version": "1.2"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "fazhi-kg"
    ET.SubElement(meta, "description").text = f"{network.title['zh']} · {network.title['en']}"
    edge_type = "directed" if network.graph.is_directed() else "undirected"
    graph = ET.SubElement(root, "graph", {"defaultedgetype": edge_type, "mode": "dynamic", "timeformat": "integer"})
    keys = {owner: _declare(graph, owner, network.fields(fields)) for owner, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS))}
    nodes, size = ET.SubElement(graph, "nodes"), sizes(network.graph)
    for node, data in network.nodes():
        made = ET.SubElement(nodes, "node", {"id": node, "label": data["label"]})
        _values(made, data, keys["node"])
        red, green, blue = rgb(colour_of(network.graph, node))
        ET.SubElement(made, "viz:color", {"r": str(red), "g": str(green), "b": str(blue), "a": "1.0"})
        ET.SubElement(made, "viz:size", {"value": str(size[node])})
    edges = ET.SubElement(graph, "edges")
    for number, (source, target, data) in enumerate(network.edges()):
        made = ET.SubElement(edges, "edge", {"id": str(number), "source": source, "target": target, "weight": str(data["weight"]), "type": edge_type})
        _values(made, data, keys["edge"])
    return _bytes(root)


def _declare(graph: ET.Element, owner: str, fields: dict[str, type]) -> dict[str, str]:
    box = ET.SubElement(graph, "attributes", {"class": owner, "mode": "static"})
    keys = {}
    for number, (name, kind) in enumerate(fields.items()):
        if owner == "edge" and name == "weight":
            continue
        keys[name] = f"{owner[0]}{number}"
        ET.SubElement(box, "attribute", {"id": keys[name], "title": name, "type": _TYPES[kind]})
    return keys


def _values(made: ET.Element, data: dict[str, Any], keys: dict[str, str]) -> None:
    box = ET.SubElement(made, "attvalues")
    for name, value in data.items():
        if name in keys:
            ET.SubElement(box, "attvalue", {"for": keys[name], "value": str(flat(value))})
    if data["years"]:
        spells = ET.SubElement(made, "spells")
        for year in data["years"]:
            ET.SubElement(spells, "spell", {"start": str(year), "end": str(year)})


def to_graphml(network: Network) -> bytes:
    """Write GraphML with plain attributes."""
    out = io.BytesIO()
    nx.write_graphml_xml(flat_graph(network), out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return out.getvalue()


def to_yed(network: Network) -> bytes:
    """Write GraphML that yEd opens as a drawing: shapes with colour, size, label and a place on circles, a circle a kind."""
    ET.register_namespace("", _GRAPHML)
    ET.register_namespace("y", _YED)
    root = ET.fromstring(to_graphml(network))
    root.insert(0, ET.Element(f"{{{_GRAPHML}}}key", {"id": "drawing", "for": "node", "yfiles.type": "nodegraphics"}))
    root.insert(1, ET.Element(f"{{{_GRAPHML}}}key", {"id": "line", "for": "edge", "yfiles.type": "edgegraphics"}))
    size, place = sizes(network.graph), _circles(network.graph)
    for made in root.iter(f"{{{_GRAPHML}}}node"):
        node = made.attrib["id"]
        shape = ET.SubElement(ET.SubElement(made, f"{{{_GRAPHML}}}data", {"key": "drawing"}), f"{{{_YED}}}ShapeNode")
        x, y = place[node]
        ET.SubElement(shape, f"{{{_YED}}}Geometry", {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": str(size[node]), "height": str(size[node])})
        ET.SubElement(shape, f"{{{_YED}}}Fill", {"color": colour_of(network.graph, node), "transparent": "false"})
        label = ET.SubElement(shape, f"{{{_YED}}}NodeLabel", {"modelName": "sides", "modelPosition": "e", "fontSize": "12"})
        label.text = network.graph.nodes[node]["label"]
        ET.SubElement(shape, f"{{{_YED}}}Shape", {"type": "ellipse"})
    for made in root.iter(f"{{{_GRAPHML}}}edge"):
        data = network.graph.edges[made.attrib["source"], made.attrib["target"]]
        line = ET.SubElement(ET.SubElement(made, f"{{{_GRAPHML}}}data", {"key": "line"}), f"{{{_YED}}}PolyLineEdge")
        ET.SubElement(line, f"{{{_YED}}}LineStyle", {"color": "#8a97a8", "type": "line", "width": f"{min(1 + 0.5 * (data['weight'] - 1), 6):.1f}"})
        ET.SubElement(line, f"{{{_YED}}}Arrows", {"source": "none", "target": "standard" if network.graph.is_directed() else "none"})
    return _bytes(root)


def _circles(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    """Place nodes on circles round one middle, a circle a kind, wide enough for their labels."""
    rings: dict[str, list[str]] = {}
    for node, data in graph.nodes(data=True):
        rings.setdefault(data["kind"], []).append(node)
    places, radius = {}, 0.0
    for ring in sorted(rings.values(), key=len):
        radius = max(radius + 160, len(ring) * 30 / math.tau)
        for number, node in enumerate(ring):
            turn = math.tau * number / len(ring)
            places[node] = (radius * math.cos(turn), radius * math.sin(turn))
    return places


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n").encode()

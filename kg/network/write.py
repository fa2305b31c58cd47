"""Network → a file: the format by the file's ending or by name, all of it or nothing."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.files import replacing
from kg.network.jsons import to_cx2, to_cyjs, to_jsonld
from kg.network.model import Network
from kg.network.page import render_page
from kg.network.tables import Files, to_csv, to_neo4j, to_parquet
from kg.network.text import to_dot, to_mermaid
from kg.network.xml import to_gexf, to_graphml, to_yed
from kg.query import nearest
from kg.table import Table


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a network: the endings of its files, and its writer, which gives one content or several by name."""

    suffixes: tuple[str, ...]
    write: Callable[[Network], bytes | Files]
    use: dict[str, str]


def to_html(network: Network) -> bytes:
    """Write the page."""
    return render_page(network.graph, network.view, network.title, network.language).encode()


FORMATS = {
    "html": Format((".html", ".htm"), to_html, {"zh": "浏览器", "en": "a browser"}),
    "gexf": Format((".gexf",), to_gexf, {"zh": "Gephi,逐年动态", "en": "Gephi, dynamic by year"}),
    "yed": Format((".yed.graphml",), to_yed, {"zh": "yEd", "en": "yEd"}),
    "graphml": Format((".graphml",), to_graphml, {"zh": "Gephi、igraph、networkx", "en": "Gephi, igraph, networkx"}),
    "cyjs": Format((".cyjs",), to_cyjs, {"zh": "Cytoscape", "en": "Cytoscape"}),
    "cx2": Format((".cx2",), to_cx2, {"zh": "Cytoscape、NDEx", "en": "Cytoscape, NDEx"}),
    "dot": Format((".dot", ".gv"), to_dot, {"zh": "Graphviz", "en": "Graphviz"}),
    "mermaid": Format((".mmd", ".mermaid"), to_mermaid, {"zh": "Markdown,小图", "en": "Markdown, small networks"}),
    "neo4j": Format((".neo4j.csv",), to_neo4j, {"zh": "Neo4j 导入", "en": "the Neo4j importer"}),
    "csv": Format((".csv",), to_csv, {"zh": "Gephi、电子表格", "en": "Gephi, spreadsheets"}),
    "parquet": Format((".parquet",), to_parquet, {"zh": "R、pandas", "en": "R, pandas"}),
    "jsonld": Format((".jsonld",), to_jsonld, {"zh": "RDF 工具", "en": "RDF tools"}),
}
"""Longer endings stand before the shorter ones that they end in."""


def find_format(output: Path, name: str | None = None) -> str:
    """Find the format by name, else by ending; an unknown one is a UsageError that lists them."""
    if name is not None:
        if name not in FORMATS:
            raise UsageError(f"没有格式 {name!r} · no such format; {nearest(name, FORMATS)}")
        return name
    for known, form in FORMATS.items():
        if output.name.lower().endswith(form.suffixes):
            return known
    endings = " ".join(suffix for form in FORMATS.values() for suffix in form.suffixes)
    raise UsageError(f"{output}: 不认识的格式 {output.suffix!r} · unknown format; expected {endings}, or name one with --format")


def write_network(network: Network, output: Path, name: str | None = None) -> list[Path]:
    """Write a network; a format of several tables puts its part before the ending: x.csv → x.nodes.csv, x.edges.csv."""
    form = FORMATS[find_format(output, name)]
    content = form.write(network)
    if isinstance(content, bytes):
        files = {output: content}
    else:
        ending = next((s for s in form.suffixes if output.name.lower().endswith(s)), output.suffix)
        stem = output.name[: len(output.name) - len(ending)]
        files = {output.with_name(f"{stem}.{part}{ending}"): data for part, data in content.items()}
    with contextlib.ExitStack() as stack:
        for path, data in files.items():
            stack.enter_context(replacing(path)).write_bytes(data)
    return list(files)


def list_formats(lang: str) -> Table:
    """Name the formats and the endings by which they are known."""
    rows = [(name, " ".join(form.suffixes), form.use[lang]) for name, form in FORMATS.items()]
    return Table(("format", "endings", "for"), rows, ("格式", "后缀", "用途") if lang == "zh" else ())


def tell(network: Network, files: list[Path]) -> str:
    """Say what was written, and where."""
    graph = network.graph
    return f"{'、'.join(map(str, files))}: {len(graph)} 个结点 · nodes, {graph.number_of_edges()} 条边 · edges"

"""Network → DOT for Graphviz; Mermaid for small networks in Markdown."""

from kg.errors import UsageError
from kg.network.model import Network, flat
from kg.network.style import GROUPS, colour_of, group_of, sizes

MOST_MERMAID = 80


def _quoted(value: object) -> str:
    """Write a DOT string: quotes and backslashes escaped, so that Graphviz shows the text as it is."""
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def to_dot(network: Network) -> bytes:
    """Write DOT with colours, sizes and all attributes; fonts by name, since Graphviz finds Chinese glyphs only so."""
    kind, line = ("digraph", "->") if network.graph.is_directed() else ("graph", "--")
    size = sizes(network.graph)
    out = [f"{kind} {_quoted(network.view)} {{", f"  graph [label={_quoted(network.title['zh'])}, overlap=false, splines=true, outputorder=edgesfirst];"]
    out.append('  node [shape=circle, style=filled, fontname="Noto Sans CJK SC", fontsize=10, penwidth=0];')
    out.append('  edge [color="#b9c3cf"];')
    for node, data in network.nodes():
        drawn = {"fillcolor": colour_of(network.graph, node), "width": round(size[node] / 40, 2), "xlabel": data["label"]}
        shown = {**data, "label": "", "label_zh": data["label"], **drawn}
        out.append(f"  {_quoted(node)} [{', '.join(f'{name}={_quoted(flat(value))}' for name, value in shown.items())}];")
    for source, target, data in network.edges():
        shown = {**data, "penwidth": min(1 + 0.5 * (data["weight"] - 1), 6)}
        out.append(f"  {_quoted(source)} {line} {_quoted(target)} [{', '.join(f'{name}={_quoted(flat(value))}' for name, value in shown.items())}];")
    return ("\n".join([*out, "}"]) + "\n").encode()


def _entities(text: str) -> str:
    """Write Mermaid's own entities for all that is neither a letter, a digit nor plain punctuation."""
    return "".join(c if c.isalnum() or c in " ·、,。:()()“”《》—-" else f"#{ord(c)};" for c in text)


def to_mermaid(network: Network) -> bytes:
    """Write a Mermaid flowchart; more than 80 nodes cannot be read in one and are a UsageError."""
    graph = network.graph
    if len(graph) > MOST_MERMAID:
        raise UsageError(
            f"mermaid: {len(graph)} 个结点,至多 {MOST_MERMAID} · nodes, at most that many can be read; narrow with --param or --top {MOST_MERMAID}"
        )
    number = {node: f"n{at}" for at, node in enumerate(graph)}
    groups = {group_of(data["group"]) for _, data in graph.nodes(data=True)}
    out = ["---", f"title: {_entities(network.title[network.language])}", "---", "graph LR"]
    out += [f'  {number[node]}("{_entities(data["label"])}"):::{group_of(data["group"])}' for node, data in graph.nodes(data=True)]
    line = "-->" if graph.is_directed() else "---"
    for source, target, data in graph.edges(data=True):
        weight = f'|"{data["weight"]}"|' if data["weight"] > 1 else ""
        out.append(f"  {number[source]} {line}{weight} {number[target]}")
    out += [f"  classDef {name} fill:{look.light},stroke:none,color:#fff" for name, look in GROUPS.items() if name in groups]
    return ("\n".join(out) + "\n").encode()

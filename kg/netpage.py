"""A bipartite graph → one self-contained page: inline SVG, no script, nothing loaded from elsewhere.

Bodies stand in a column on the left, mechanisms on the right, the busiest on top; what does not fit is counted, not hidden.
The order on the right follows the mean place of the bodies that a mechanism hangs on, so that few lines cross.
"""

from html import escape
from typing import Any

LEFT, RIGHT, ROW, TOP, WIDE = 300, 760, 24, 96, 1080
MOST_LEFT, MOST_RIGHT = 26, 36
_COLOURS = {"coordination": "#0b7285", "platform": "#5f3dc4", "list": "#2b8a3e", "institution": "#1864ab", "campaign": "#c92a2a", "service": "#b35900"}
_TYPES = {
    "coordination": ("协同", "coordination"),
    "platform": ("平台", "platform"),
    "list": ("清单", "list"),
    "institution": ("制度", "institution"),
    "campaign": ("行动", "campaign"),
    "service": ("服务", "service"),
}
_STYLE = """
:root{--ink:#1c2430;--paper:#fff;--line:#8a97a8;--soft:#5c6775}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf3;--paper:#14181e;--line:#6c7888;--soft:#a3adba}}
body{margin:0 auto;padding:1.5rem;max-width:1120px;background:var(--paper);color:var(--ink);font-family:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:1.4rem;margin:0 0 .3rem}p{margin:.2rem 0;color:var(--soft);font-size:.9rem}
svg{width:100%;height:auto}text{fill:var(--ink);font-size:13px}.count{fill:var(--soft);font-size:11px}.head{font-size:14px;font-weight:600}
path.e{fill:none;stroke:var(--line);stroke-opacity:.5}path.e:hover{stroke:#e8590c;stroke-opacity:1}path.explicit{stroke:#1971c2;stroke-opacity:.75}
@media print{body{padding:0}}
""".strip()


def render_page(graph: Any, title: dict[str, str], language: str) -> str:
    """Draw a graph whose nodes have kind body or mechanism; hostile labels stay text."""
    left, right = _choose(graph)
    shown = graph.subgraph([*left, *right])
    other = "en" if language == "zh" else "zh"
    rest = graph.number_of_nodes() - len(left) - len(right)
    height = TOP + ROW * max(len(left), len(right)) + 30
    parts = [_edges(shown, left, right), _labels(graph, left, "left"), _labels(graph, right, "right"), _heads(language)]
    note = (
        f"共 {graph.number_of_nodes()} 个结点、{graph.number_of_edges()} 条边;图中为联系最多的 {len(left) + len(right)} 个,另有 {rest} 个未画。"
        if language == "zh"
        else f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges; the {len(left) + len(right)} busiest are drawn, {rest} are not."
    )
    hint = (
        "蓝线为原文写明责任主体,灰线为推定(默认发文机关);指向线条可见原文。"
        if language == "zh"
        else "Blue: the text names who answers. Grey: implied, the issuer by default. Point at a line to read the quotes."
    )
    return f"""<!DOCTYPE html>
<html lang="{"zh-CN" if language == "zh" else "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title[language])} · fazhi-kg</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(title[language])} <small lang="{other}">{escape(title[other])}</small></h1>
<p>{escape(note)}</p>
<p>{escape(hint)}</p>
<svg viewBox="0 0 {WIDE} {height}" role="img" aria-label="{escape(title[language])}">
{"".join(parts)}
</svg>
</body>
</html>
"""


def _choose(graph: Any) -> tuple[list[str], list[str]]:
    """The busiest nodes of either side, in the order in which they are drawn."""

    def busiest(kind: str, most: int, among: set[str] | None = None) -> list[str]:
        nodes = [n for n, d in graph.nodes(data=True) if d["kind"] == kind and (among is None or among & set(graph[n]))]
        return sorted(nodes, key=lambda n: (-len(graph[n]), -graph.nodes[n]["count"], n))[:most]

    left = busiest("body", MOST_LEFT)
    right = busiest("mechanism", MOST_RIGHT, set(left))
    left = [n for n in left if set(graph[n]) & set(right)]
    rank = {node: at for at, node in enumerate(left)}
    right.sort(key=lambda n: (sum(rank[b] for b in graph[n] if b in rank) / max(1, sum(b in rank for b in graph[n])), -graph.nodes[n]["count"], n))
    return left, right


def _edges(graph: Any, left: list[str], right: list[str]) -> str:
    at_left, at_right = {n: i for i, n in enumerate(left)}, {n: i for i, n in enumerate(right)}
    lines = []
    for body in left:
        for mechanism in sorted(graph[body], key=lambda n: at_right[n]):
            edge = graph.edges[body, mechanism]
            y1, y2 = TOP + ROW * at_left[body], TOP + ROW * at_right[mechanism]
            middle = (LEFT + RIGHT) / 2
            quote = edge["quotes"] if len(edge["quotes"]) <= 400 else edge["quotes"][:400] + "…"
            tip = f"{graph.nodes[body]['label']} — {graph.nodes[mechanism]['label']} ({edge['years']}): {quote}"
            kind = "e explicit" if "explicit" in edge["bases"] else "e"
            lines.append(
                f'<path class="{kind}" d="M{LEFT + 8} {y1}C{middle} {y1} {middle} {y2} {RIGHT - 8} {y2}" stroke-width="{min(1 + 0.6 * (edge["weight"] - 1), 6):.1f}"><title>{escape(tip)}</title></path>\n'
            )
    return "".join(lines)


def _labels(graph: Any, nodes: list[str], side: str) -> str:
    rows = []
    for at, node in enumerate(nodes):
        data = graph.nodes[node]
        y = TOP + ROW * at
        colour = _COLOURS.get(data["subkind"], "#495057")
        x, anchor, text_x, count_x = (LEFT, "end", LEFT - 12, 8) if side == "left" else (RIGHT, "start", RIGHT + 12, WIDE - 8)
        rows.append(f'<circle cx="{x}" cy="{y}" r="{min(3 + len(graph[node]) * 0.25, 8):.1f}" fill="{colour}"><title>{escape(node)}</title></circle>\n')
        rows.append(f'<text x="{text_x}" y="{y + 4.5}" text-anchor="{anchor}">{escape(_short(data["label"]))}<title>{escape(data["label"])}</title></text>\n')
        rows.append(f'<text class="count" x="{count_x}" y="{y + 4.5}" text-anchor="{"start" if side == "left" else "end"}">{data["count"]}</text>\n')
    return "".join(rows)


def _short(label: str) -> str:
    return label if len(label) <= 18 else label[:17] + "…"


def _heads(language: str) -> str:
    names = ("主体", "机制") if language == "zh" else ("Bodies", "Mechanisms")
    parts = [f'<text class="head" x="{LEFT - 12}" y="62" text-anchor="end">{names[0]}</text>\n<text class="head" x="{RIGHT + 12}" y="62">{names[1]}</text>\n']
    for at, (kind, labels) in enumerate(_TYPES.items()):
        x = 300 + at * 110
        parts.append(
            f'<circle cx="{x}" cy="24" r="5" fill="{_COLOURS[kind]}"/>\n<text x="{x + 10}" y="28.5">{labels[1] if language == "en" else labels[0]}</text>\n'
        )
    return "".join(parts)

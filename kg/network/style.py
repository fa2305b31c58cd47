"""How kinds look: name, colour on white and colour on black; the same in the pages and in the exports."""

from dataclasses import dataclass

import networkx as nx

from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of node, or a finer group in it, as the legend shows it."""

    zh: str
    en: str
    light: str
    dark: str


GROUPS: dict[str, Group] = {
    "place": Group("地方", "Places", "#c2410c", "#fb923c"),
    "report": Group("报告", "Reports", "#334155", "#cbd5e1"),
    "section": Group("章节", "Sections", "#64748b", "#94a3b8"),
    "topic": Group("主题", "Topics", "#854d0e", "#facc15"),
    "body": Group("主体", "Bodies", "#475569", "#a8b5c7"),
    "measure": Group("举措", "Measures", "#0369a1", "#38bdf8"),
    "plan": Group("次年落实的任务", "Plans kept", "#7c3aed", "#a78bfa"),
    "open-plan": Group("未见落实的任务", "Plans not seen again", "#b91c1c", "#fca5a5"),
    "indicator": Group("指标", "Indicators", "#15803d", "#4ade80"),
    "coordination": Group("机制:协同", "Coordination", "#0e7490", "#22d3ee"),
    "platform": Group("机制:平台", "Platforms", "#6d28d9", "#a78bfa"),
    "list": Group("机制:清单", "Lists", "#2f855a", "#68d391"),
    "institution": Group("机制:制度", "Institutions", "#1d4ed8", "#7aa2ff"),
    "campaign": Group("机制:行动", "Campaigns", "#be123c", "#fb7185"),
    "service": Group("机制:服务", "Services", "#b45309", "#fbbf24"),
    "local": Group("机制:地方", "Local mechanisms", "#a21caf", "#e879f9"),
    "other": Group("其他", "Other", "#525252", "#a3a3a3"),
}


def group_of(group: str) -> str:
    """Give the name under which a group is shown; an unknown one is shown as other."""
    return group if group in GROUPS else "other"


def sizes(graph: nx.Graph) -> dict[str, float]:
    """Diameter of each node, 8 to 30: its area grows with its count."""
    most = max((data["count"] for _, data in graph.nodes(data=True)), default=1) or 1
    return {node: round(8 + 22 * (data["count"] / most) ** 0.5, 2) for node, data in graph.nodes(data=True)}


def colour_of(graph: nx.Graph, node: str) -> str:
    """Give the colour of a node on white, as #rrggbb."""
    return GROUPS[group_of(graph.nodes[node]["group"])].light


def rgb(colour: str) -> tuple[int, int, int]:
    """`#0e7490` → (14, 116, 144)."""
    if len(colour) != 7:
        raise UsageError(f"颜色应写作 #rrggbb: {colour!r} · a colour reads #rrggbb")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

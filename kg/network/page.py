"""Network → a page to look at and to click through: one file, offline, drawn by sigma.js."""

from collections.abc import Iterable
from typing import Any

import networkx as nx

from kg.network.style import GROUPS, group_of
from kg.shell import render_shell
from kg.vocab import BASE, report_keys, report_of

_MEASURES = {
    "degree": {"zh": "度", "en": "Degree"},
    "strength": {"zh": "加权度", "en": "Strength"},
    "betweenness": {"zh": "中介中心性", "en": "Betweenness"},
    "closeness": {"zh": "接近中心性", "en": "Closeness"},
    "pagerank": {"zh": "PageRank", "en": "PageRank"},
    "community": {"zh": "社群", "en": "Community"},
    "core": {"zh": "核数", "en": "Core number"},
    "bridging": {"zh": "跨社群邻居", "en": "Neighbours in other communities"},
}
_SHOWN = ("strength", "betweenness", "pagerank", "community")
_CONTENT = """<header>
<h1 id="title"></h1><span class="counts" id="counts" role="status"></span>
<div class="tools">
<div class="search"><input id="query" type="search" role="combobox" aria-controls="found" aria-expanded="false" aria-autocomplete="list" autocomplete="off" data-tip="search"><ul id="found" role="listbox" hidden></ul></div>
<button type="button" id="layout" data-word="layout"></button>
<button type="button" id="bigger" data-tip="bigger">+</button><button type="button" id="smaller" data-tip="smaller">−</button><button type="button" id="fit" data-word="fit"></button>
<button type="button" id="png" data-word="png"></button><button type="button" id="svg" data-word="svg"></button>
<button type="button" id="theme" data-tip="theme">◐</button><button type="button" id="language" data-word="language"></button>
</div>
</header>
<details class="legend" id="legend" open><summary data-word="legend"></summary>
<div class="kinds" id="kinds"></div>
<div class="lines" id="lines"></div>
<div class="slide" id="yearbox"><span data-word="years"></span><output id="range"></output><input type="range" id="from" data-tip="years"><input type="range" id="to" data-tip="years"></div>
<div class="slide" id="weightbox"><span data-word="weight"></span><output id="least"></output><input type="range" id="weight" data-tip="weight"></div>
</details>
<main>
<div id="stage" tabindex="0" role="application"></div>
<p id="empty" data-word="empty" hidden></p>
<div id="print"></div>
</main>
<aside id="panel" aria-live="polite"></aside>
<noscript>此页需要 JavaScript · this page needs JavaScript</noscript>"""


def render_page(graph: nx.Graph, view: str, title: dict[str, str], language: str) -> str:
    """Write a network as a page; hostile labels stay text."""
    return render_shell(title[language], language, "network", _CONTENT, page_data(graph, view, title, language))


def page_data(graph: nx.Graph, view: str, title: dict[str, str], language: str) -> dict[str, Any]:
    """Put a network into the form that the page reads: each quote once, nodes by number."""
    quotes = _Quotes(graph)
    at = {node: number for number, node in enumerate(graph)}
    used = [name for name in GROUPS if any(group_of(d["group"]) == name for _, d in graph.nodes(data=True))]
    years = {year for _, d in graph.nodes(data=True) for year in d["years"]} | {year for *_, d in graph.edges(data=True) for year in d["years"]}
    return {
        "view": view,
        "lang": language,
        "title": title,
        "directed": graph.is_directed(),
        "years": sorted(years),
        "groups": {name: {"zh": GROUPS[name].zh, "en": GROUPS[name].en, "light": GROUPS[name].light, "dark": GROUPS[name].dark} for name in used},
        "measures": {name: _MEASURES[name] for name in _SHOWN},
        "nodes": [_node(graph, node, quotes) for node in graph],
        "edges": [_edge(at[source], at[target], data, quotes) for source, target, data in graph.edges(data=True)],
        "quotes": quotes.rows,
        "reports": quotes.reports,
    }


class _Quotes:
    """Quotes and reports by number."""

    def __init__(self, graph: nx.Graph) -> None:
        self.rows: list[tuple[str, str, int]] = []
        self.reports: list[dict[str, Any]] = []
        self._quotes: dict[tuple[str, str], int] = {}
        self._reports: dict[str, int] = {}
        self._names = graph.graph.get("reports", {})

    def numbers(self, quotes: Iterable[str], facts: Iterable[str]) -> list[int]:
        return [self._number(quote, fact) for quote, fact in zip(quotes, facts, strict=True)]

    def _number(self, quote: str, fact: str) -> int:
        if (quote, fact) not in self._quotes:
            self._quotes[quote, fact] = len(self.rows)
            self.rows.append((quote, fact, self._report(fact)))
        return self._quotes[quote, fact]

    def _report(self, fact: str) -> int:
        report, keys = report_of(fact), report_keys(fact)
        if report is None or keys is None:
            return -1
        if report not in self._reports:
            self._reports[report] = len(self.reports)
            self.reports.append({"zh": self._names.get(report, report.removeprefix(BASE)), "year": keys.year})
        return self._reports[report]


def _node(graph: nx.Graph, node: str, quotes: _Quotes) -> dict[str, Any]:
    data = graph.nodes[node]
    told = {fact for *_, edge in graph.edges(node, data=True) for fact in edge["facts"]}
    own = [(quote, fact) for quote, fact in zip(data["quotes"], data["facts"], strict=True) if fact not in told]
    made: dict[str, Any] = {"k": node, "zh": data["label"], "g": group_of(data["group"]), "n": data["count"], "y": data["years"]}
    if data.get("label_en") is not None:
        made["en"] = data["label_en"]
    if own:
        made["q"] = quotes.numbers(*zip(*own, strict=True))
    if measures := {name: data[name] for name in _SHOWN if name in data}:
        made["m"] = measures
    return made


def _edge(source: int, target: int, data: dict[str, Any], quotes: _Quotes) -> dict[str, Any]:
    made: dict[str, Any] = {"s": source, "t": target, "w": data["weight"], "y": data["years"], "q": quotes.numbers(data["quotes"], data["facts"])}
    for short, name in (("b", "bases"), ("c", "change"), ("since", "since")):
        if data.get(name):
            made[short] = data[name]
    return made

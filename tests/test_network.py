"""The network: what is written reads back equal, and hostile labels stay text on the page."""

from pathlib import Path

import networkx as nx

from kg.bind import Execute
from kg.netpage import render_page
from kg.network import build_network, write_network


def test_graphml_round_trip(execute: Execute, tmp_path: Path) -> None:
    graph = build_network("bodies-mechanisms", execute)
    write_network("bodies-mechanisms", execute, tmp_path / "x.graphml", "zh")
    back = nx.read_graphml(tmp_path / "x.graphml")
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {frozenset(e[:2]): e[2] for e in back.edges(data=True)} == {frozenset(e[:2]): e[2] for e in graph.edges(data=True)}
    assert {d["kind"] for _, d in graph.nodes(data=True)} == {"body", "mechanism"}
    assert all(d["quotes"] and d["weight"] == len(d["facts"].split()) for *_, d in graph.edges(data=True))


def test_page_is_self_contained_and_repeatable(execute: Execute, tmp_path: Path) -> None:
    pages = []
    for name in ("a.html", "b.html"):
        write_network("bodies-mechanisms", execute, tmp_path / name, "zh")
        pages.append((tmp_path / name).read_text(encoding="utf-8"))
    assert pages[0] == pages[1]
    assert "云泽市司法局" in pages[0]
    assert "default-src 'none'" in pages[0]
    for needle in ("<script", "<link", "src=", "url(", "@import"):
        assert needle not in pages[0]


def test_hostile_labels_stay_text() -> None:
    evil = '</title><script>alert(1)</script><img onerror=x src=y>&"'
    graph = nx.Graph()
    graph.add_node("b", label=evil, kind="body", subkind="body", count=1)
    graph.add_node("m", label=evil, kind="mechanism", subkind="platform", count=1)
    graph.add_edge("b", "m", weight=1, years="2025", bases="explicit", quotes=evil, facts="f")
    page = render_page(graph, {"zh": "甲", "en": "A"}, "en")
    assert "<script" not in page
    assert "<img" not in page

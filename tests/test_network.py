"""Networks: each view has content and evidence, each format gives back what went in, hostile text stays text, faults are clear."""

import dataclasses
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import UsageError
from kg.network.measures import add_measures, assortativity, busiest, degree_assortativity, node_table, pagerank, project_on, whole_table, year_table
from kg.network.model import EDGE_FIELDS, NODE_FIELDS, Network
from kg.network.project import add_edge, add_node, clean, prove
from kg.network.views import VIEWS, build_network
from kg.network.write import FORMATS, find_format, write_network
from kg.query.bind import Execute
from kg.store import Store
from kg.vocab import body_iri, fact_iri, report_iri
from tests.networks import ASKED, READERS, given

EVIL = "</script><img src=x onerror=alert(1)>&\"'\\ ]]> #{}; ¶ <!--"


@pytest.fixture(scope="module", params=sorted(VIEWS))
def network(request: pytest.FixtureRequest, execute: Execute) -> Network:
    return build_network(request.param, execute, ASKED.get(request.param))


def hostile() -> Network:
    """A small network whose labels, quotes and bases try to break out; one name is missing, a list is empty."""
    graph = nx.Graph()
    for node in ("https://w3id.org/fazhi-kg/body/990100/x", "urn:b&'c", "urn:alone"):
        add_node(graph, node, EVIL, "body", "body").update(count=2)
    graph.nodes["urn:alone"].update(label="0", years=[])
    one, other, _ = graph
    graph.nodes[one].update(label_en=EVIL.replace("¶", ""), quotes=[clean(EVIL), "二、\x00\ud800坏字"[:2]], facts=["urn:f1", "urn:f2"], years=[2023, 2025])
    add_edge(graph, one, other, "body-body").update(
        weight=2, years=[2023, 2025], quotes=[clean(EVIL), clean(EVIL)], facts=["urn:f1", "urn:f2"], bases=["a", "b"]
    )
    graph.graph["reports"] = {}
    add_measures(graph)
    return Network(graph, "hostile", {"zh": EVIL, "en": EVIL})


def test_views_have_content_and_evidence(network: Network) -> None:
    assert network.graph.number_of_edges() > 0
    for _, data in network.nodes():
        assert data["label"]
        assert data["count"] >= 1
        assert len(data["quotes"]) == len(data["facts"])
    for _, _, data in network.edges():
        assert data["weight"] >= 1
        assert data["quotes"]
        assert len(data["quotes"]) == len(data["facts"])
        assert data["reports"]
        assert data["years"]
    named = {"body", "mechanism", "indicator", "topic"}
    if named & {data["kind"] for _, data in network.nodes()}:
        assert sum(data.get("label_en") is not None for _, data in network.nodes() if data["kind"] in named) > 1
    assert {name for _, data in network.graph.nodes(data=True) for name in data} <= set(NODE_FIELDS)
    assert {name for *_, data in network.graph.edges(data=True) for name in data} <= set(EDGE_FIELDS)


@pytest.mark.parametrize("form", sorted(READERS))
def test_round_trip(network: Network, form: str, tmp_path: Path) -> None:
    name, read = READERS[form]
    made = network if form != "dot" else dataclasses.replace(network, graph=busiest(network.graph, 25))  # pydot reads slowly
    write_network(made, tmp_path / name)
    assert read(tmp_path / name) == given(made)


@pytest.mark.parametrize("form", sorted(READERS))
def test_round_trip_of_hostile_text(form: str, tmp_path: Path) -> None:
    name, read = READERS[form]
    write_network(hostile(), tmp_path / name)
    assert read(tmp_path / name) == given(hostile())


def test_every_format_is_read_back_or_looked_at() -> None:
    assert set(FORMATS) == set(READERS) | {"html", "mermaid"}


def test_mermaid_names_all_and_holds_only_plain_signs(execute: Execute, tmp_path: Path) -> None:
    small = build_network("bodies-mechanisms", execute, top=40)
    for made in (small, hostile()):
        write_network(made, tmp_path / "x.mmd")
        text = (tmp_path / "x.mmd").read_text(encoding="utf-8")
        labels = re.findall(r'^  n\d+\("([^"]*)"\):::\w+$', text, re.MULTILINE)
        back = [re.sub(r"#(\d+);", lambda m: chr(int(m[1])), label) for label in labels]
        assert back == [data["label"] for _, data in made.graph.nodes(data=True)]
        assert len(re.findall(r"^  n\d+ (?:---|-->)", text, re.MULTILINE)) == made.graph.number_of_edges()
        assert "<" not in text
    with pytest.raises(UsageError, match="--top"):
        write_network(build_network("bodies-mechanisms", execute), tmp_path / "large.mmd")
    assert not (tmp_path / "large.mmd").exists()


class Elements(HTMLParser):
    """Collect the elements of a page, and what its blocks of data hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.data = ""
        self._block = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self._block = ("id", "data") in attrs

    def handle_endtag(self, tag: str) -> None:
        self._block = False

    def handle_data(self, data: str) -> None:
        self.data += data if self._block else ""


def test_page_is_one_file_and_repeatable(execute: Execute, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        write_network(build_network("bodies-mechanisms", execute), tmp_path / name)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page == (tmp_path / "b.html").read_text(encoding="utf-8")
    assert "default-src 'none'; script-src 'sha256-" in page
    assert "MIT" in page
    held = json.loads(Elements(page).data)
    assert "云泽市司法局" in {node["zh"] for node in held["nodes"]}
    assert [quote[0] for quote in held["quotes"]]
    assert all(report["zh"] and report["year"] for report in held["reports"])


def test_hostile_text_adds_no_element_to_the_page(execute: Execute, tmp_path: Path) -> None:
    write_network(hostile(), tmp_path / "evil.html")
    write_network(build_network("bodies-mechanisms", execute), tmp_path / "good.html")
    evil, good = (Elements((tmp_path / name).read_text(encoding="utf-8")) for name in ("evil.html", "good.html"))
    assert evil.names == good.names
    assert json.loads(evil.data)["nodes"][0]["zh"] == clean(EVIL)


def test_300_nodes_stay_below_a_megabyte(tmp_path: Path) -> None:
    graph = nx.Graph()
    for number in range(300):
        add_node(graph, f"https://w3id.org/fazhi-kg/body/990100/type-{number}", f"云泽市第{number}个虚构机关", "body", "body")
    nodes = list(graph)
    for at, (one, other) in enumerate(pairwise(nodes + nodes[::3] + nodes[::7])):
        if one != other:
            fact = f"https://w3id.org/fazhi-kg/report/990100/people-government/2025/measure/{at * 90}-{at * 90 + 80}"
            add_edge(graph, one, other, "body-body").update(weight=1, years=[2025], quotes=["推进事项办理," * 12], facts=[fact], reports=[], bases=["explicit"])
    add_measures(graph)
    (path,) = write_network(Network(graph, "x", {"zh": "甲", "en": "A"}), tmp_path / "x.html")
    assert path.stat().st_size < 1_000_000


def test_measures_of_known_networks() -> None:
    star = nx.star_graph(4)
    nx.set_edge_attributes(star, 1, "weight")
    for rank in (pagerank(star), pagerank(star.to_directed())):
        assert sum(rank.values()) == pytest.approx(1)
        assert rank[0] == pytest.approx(0.475675, abs=1e-5)  # (1-d)/5 + d·(1 - rank): d = 0.85
    assert degree_assortativity(star) == -1
    assert assortativity(star, {0: "a", 1: "b", 2: "b", 3: "b", 4: "b"}) == -1
    two = nx.Graph([(1, 2), (3, 4)])
    assert assortativity(two, {1: "a", 2: "a", 3: "b", 4: "b"}) == 1
    assert assortativity(two, dict.fromkeys(two, "a")) is None


def test_tables_of_measures(execute: Execute) -> None:
    graph = build_network("bodies-mechanisms", execute).graph
    nodes = node_table(graph, "zh")
    assert len(nodes) == len(graph)
    assert nodes.column("label")[0] == "云泽市人民政府"
    whole = dict(zip(whole_table(graph, "en").column("measure"), whole_table(graph, "en").column("value"), strict=True))
    assert whole["nodes"] == len(graph)
    assert whole["assortativity_kind"] == -1  # bodies meet mechanisms only
    years = year_table(graph, "zh")
    found = [set(data["years"]) for *_, data in graph.edges(data=True)]
    assert years.column("year") == sorted(set().union(*found))
    for (before, year), edges, new, gone in zip(
        pairwise(years.column("year")), *(years.column(c)[1:] for c in ("edges", "new_edges", "gone_edges")), strict=True
    ):
        assert edges == sum(year in of for of in found)
        assert new == sum(year in of and before not in of for of in found)
        assert gone == sum(before in of and year not in of for of in found)


def test_projection_counts_shared_neighbours(execute: Execute) -> None:
    whole = build_network("bodies-mechanisms", execute).graph
    bodies = project_on(whole, "body")
    assert {data["kind"] for _, data in bodies.nodes(data=True)} == {"body"}
    for one, other, data in bodies.edges(data=True):
        assert data["weight"] == len(set(whole[one]) & set(whole[other]))
        assert data["facts"]
    with pytest.raises(UsageError, match="mechanism"):
        project_on(whole, "palce")


def test_proofs_of_a_towns_reports_are_told_apart_by_year() -> None:
    graph = nx.Graph()
    node = add_node(graph, "urn:one", "一", "body", "body")
    town = body_iri("990121", "township-street", "溪口镇人民政府")
    prove(node, "count", [("甲", fact_iri(report_iri(town, year), "measure", 1, 2)) for year in (2024, 2025)])
    assert node["years"] == [2024, 2025]
    assert node["reports"] == [report_iri(town, 2024), report_iri(town, 2025)]


def test_faults_are_clear_and_leave_nothing(sample_store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "a-file"
    folder.write_text("", encoding="utf-8")
    store, out = str(sample_store.folder), str(tmp_path / "x.gexf")
    for args, hint in (
        (["no-view", "--store", store, "-o", out], "bodies-mechanisms"),
        (["bodies-mechanisms", "--store", store, "-o", str(tmp_path / "x.png")], ".gexf"),
        (["bodies-mechanisms", "--store", store, "-o", out, "--format", "gefx"], "gexf"),
        (["bodies-mechanisms", "--store", store, "-o", out, "--param", "year=1999"], "empty"),
        (["bodies-mechanisms", "--store", store, "-o", out, "--param", "plcae=云泽市"], "place"),
        (["bodies-mechanisms", "--store", store, "-o", out, "--onto", "indicator"], "mechanism"),
        (["bodies-mechanisms", "--store", store, "-o", str(folder / "x.gexf")], "cannot write"),
        (["bodies-mechanisms", "--store", store, "-o", str(folder / "x.csv")], "cannot write"),
        (["bodies-mechanisms", "-o", out], "--endpoint"),
        (["report", "--store", store, "-o", out], "--param place"),
        (["stats", "no-view", "--store", store], "bodies-mechanisms"),
    ):
        result = CliRunner().invoke(main, ["network", *args])
        assert result.exit_code == 2, (args, result.output)
        assert hint in result.output, (args, result.output)
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]


def test_command_lists_draws_and_measures(sample_store: Store, tmp_path: Path) -> None:
    def kg(*args: str) -> str:
        result = CliRunner().invoke(main, ["network", *args])
        assert result.exit_code == 0, result.output
        return result.output

    listed = kg("list")
    assert set(VIEWS) | set(FORMATS) <= set(listed.split())
    store = str(sample_store.folder)
    assert kg("stats", "bodies-mechanisms", "--store", store, "--of", "whole", "--format", "csv").startswith("measure,label,value")
    kg("bodies-mechanisms", "--store", store, "-o", str(tmp_path / "x.csv"), "--onto", "body", "--top", "5", "--lang", "en")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.edges.csv", "x.nodes.csv"]
    assert len((tmp_path / "x.nodes.csv").read_text(encoding="utf-8").splitlines()) == 6


def test_endings_are_told_apart() -> None:
    for name, form in FORMATS.items():
        for suffix in form.suffixes:
            assert find_format(Path(f"a{suffix}")) == name


@pytest.mark.parametrize("args", [["--help"], []])
def test_a_view_is_told_of_as_it_is_typed(args: list[str]) -> None:
    view = next(iter(VIEWS))
    said = CliRunner().invoke(main, ["network", view, *args], prog_name="kg").output
    assert f"Usage: kg network {view} [OPTIONS]\n" in said
    assert "draw" not in said

"""kg docs: a page that holds every term and concept, works offline in a browser, and a codebook and description that agree with it."""

import csv
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from rdflib import Graph

from kg.cli import main
from kg.ontology import load_concepts
from kg.query import load_queries
from kg.reference.cards import concept_card
from kg.reference.catalogue import make_catalogue
from kg.reference.publish import publish_reference
from kg.store import Store
from tests.browser import opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample_store: Store) -> Path:
    out = tmp_path_factory.mktemp("reference")
    publish_reference(out, sample_store.quads)
    return out


def test_every_term_and_concept_has_a_card_and_every_link_leads_to_one(folder: Path) -> None:
    text = (folder / "index.html").read_text(encoding="utf-8")
    anchors = re.findall(r' id="([^"]+)"', text)
    assert len(anchors) == len(set(anchors))
    concepts = {f"{scheme}/{name}" for scheme, each in load_concepts().items() for name in each}
    assert concepts - set(anchors) == set()
    assert {f"fz/{term.name}" for term in make_catalogue().terms} - set(anchors) == set()
    assert set(re.findall(r'href="#([^"]+)"', text)) - set(anchors) == set()


def test_the_page_loads_nothing(folder: Path) -> None:
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', text) == []
    assert "default-src 'none'" in text


def test_codebook_and_tables_hold_every_indicator_and_concept(folder: Path) -> None:
    with (folder / "codebook.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["id"] for row in rows} == set(load_concepts()["indicator"])
    told = ("definition", "unit", "kind", "temporal", "better", "comparability", "since", "topic", "en", "example")
    assert [(row["id"], name) for row in rows for name in told if not row[name]] == []
    assert [row["id"] for row in rows if row["kind"] == "ratio" and not (row["ratio"] or (row["numerator"] and row["denominator"]))] == []
    text = (folder / "codebook.md").read_text(encoding="utf-8")
    assert [row["id"] for row in rows if f"`{row['id']}`" not in text] == []
    with (folder / "concepts.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == sum(map(len, load_concepts().values()))


def test_the_description_counts_what_is_there(folder: Path) -> None:
    graph = Graph().parse(folder / "dataset.ttl")
    ontology = Graph().parse(folder / "ontology.ttl")
    found = graph.query("PREFIX void: <http://rdfs.org/ns/void#> SELECT ?n WHERE { <https://w3id.org/fazhi-kg/dataset/indicator> void:entities ?n }")
    assert [int(row[0]) for row in found] == [len(load_concepts()["indicator"])]  # type: ignore[index, arg-type]
    found = graph.query("PREFIX void: <http://rdfs.org/ns/void#> SELECT ?n WHERE { <https://w3id.org/fazhi-kg/ontology> void:triples ?n }")
    assert [int(row[0]) for row in found] == [len(ontology)]  # type: ignore[index, arg-type]
    assert "void:classPartition" in (folder / "dataset.ttl").read_text(encoding="utf-8")


def test_the_description_holds_the_stored_questions_word_for_word(folder: Path) -> None:
    graph = Graph().parse(folder / "dataset.ttl")
    ask = "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?q ?text WHERE { <https://w3id.org/fazhi-kg/dataset/queries> <http://purl.org/dc/terms/hasPart> ?q . ?q a sh:SPARQLExecutable ; sh:select ?text }"
    assert {(str(row[0]).rpartition("/")[2], str(row[1])) for row in graph.query(ask)} == {(name, q.text) for name, q in load_queries().items()}  # type: ignore[index]


def test_every_competency_question_is_mapped_to_terms() -> None:
    catalogue = make_catalogue()
    assert len(catalogue.questions) == 40
    used = {query for term in catalogue.terms for query in term.used_by}
    assert {tag for tag, queries in catalogue.questions.items() if not set(queries) & used} == set()


def test_equal_vocabularies_give_equal_bytes(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["docs", "-o", str(tmp_path / "again")])
    assert done.exit_code == 0, done.output
    for name in ("index.html", "codebook.md", "codebook.csv", "concepts.csv", "ontology.ttl"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_search_language_and_links_in_a_browser(folder: Path, browser: Browser, width: int) -> None:
    with opened(browser, folder / "index.html", width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("/")
        page.keyboard.insert_text("court coordination")
        page.wait_for_selector("body.searching")
        assert page.locator("article:visible h4").first.inner_text().startswith("府院联动")
        page.locator("#search").fill("没有这个词")
        page.wait_for_selector("#none:visible")
        page.keyboard.press("Escape")
        page.evaluate("location.hash = '#indicator/reconsideration-correction-rate'")
        page.locator("article:target a[href='#indicator/reconsideration-correction-count']").click()
        assert page.locator("article:target h4").inner_text().startswith("行政复议纠错件数")
        page.locator("button[data-lang=en]").click()
        assert page.locator("article:target dt .zh").first.is_hidden()
        assert page.locator("article:target dt .en").first.is_visible()


def test_links_between_concepts_are_in_both_languages() -> None:
    card = concept_card(make_catalogue(), load_concepts()["mechanism"]["government-court-coordination"])
    assert '<span class="en" lang="en">People&#x27;s court</span>' in card

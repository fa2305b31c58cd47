"""The catalogue of questions as other tools and people read it."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from kg.cli import main
from kg.query import load_queries
from kg.query.ask import execute_on
from kg.query.catalogue import QUERY_BASE, SH, catalogue_turtle
from kg.reference.questions import render_questions
from kg.store import Store
from tests.browser import opened
from tests.conftest import SAMPLES


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, sample_store: Store) -> Path:
    path = tmp_path_factory.mktemp("page") / "questions.html"
    path.write_text(render_questions(execute_on(sample_store.quads), True), encoding="utf-8")
    return path


def test_every_question_is_an_executable_that_holds_its_text() -> None:
    quads = list(ox.parse(catalogue_turtle(load_queries().values()).encode(), format=ox.RdfFormat.TURTLE))
    texts = {q.subject.value: q.object.value for q in quads if q.predicate.value == SH + "select"}  # type: ignore[union-attr]  # reason: IRIs and literals
    assert texts == {QUERY_BASE + query.id: query.text for query in load_queries().values()}


def test_the_command_writes_files_that_still_answer(tmp_path: Path) -> None:
    store, divisions = str(tmp_path / "store"), ("--divisions", str(SAMPLES / "divisions.csv"))
    assert CliRunner().invoke(main, ["ingest", str(SAMPLES / "990200-2025.txt"), "--store", store, *divisions]).exit_code == 0
    result = CliRunner().invoke(main, ["query", "export", str(tmp_path), "--store", store])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "questions.html").is_file()
    assert (tmp_path / "catalogue.ttl").is_file()
    paths = sorted((tmp_path / "grlc").glob("*.rq"), key=lambda path: path.stem)
    assert [path.stem for path in paths] == sorted(load_queries())
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("#+ summary: ")
        assert list(ox.Store().query(text)) == []  # type: ignore[arg-type]  # reason: SELECT only


def test_the_page_holds_every_question_with_an_answer_and_loads_nothing(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    cards = dict(re.findall(r'<article id="([^"]+)">(.*?)</article>', text, re.DOTALL))
    assert sorted(cards) == sorted(load_queries())
    assert [name for name, card in cards.items() if "<tbody><tr>" not in card] == []
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', text) == []
    assert "default-src 'none'" in text


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_search_and_language_in_a_browser(page: Path, browser: Browser, width: int) -> None:
    with opened(browser, page, width) as shown:
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        shown.keyboard.press("/")
        shown.keyboard.insert_text("hotline volume")
        shown.wait_for_selector("body.searching")
        assert shown.locator("article:visible").count() == 1
        shown.locator("article:visible summary").click()
        assert "PREFIX fz:" in shown.locator("article:visible pre").inner_text()
        shown.locator("button[data-lang=en]").click()
        assert shown.locator("article:visible th .zh").first.is_hidden()

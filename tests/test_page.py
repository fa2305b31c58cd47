"""The report page: the text whole, every fact marked and listed, both ways to click, nothing loaded, hostile text inert."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from kg.cli import main
from kg.picture.facts import KINDS, facts_of
from kg.picture.marks import Item, mark_lines
from kg.picture.page import render_report
from kg.pipeline import build_report
from kg.record import to_json
from tests.browser import opened
from tests.conftest import DIVISIONS, SAMPLES

SAMPLE = SAMPLES / "990121-2025.html"


def page_of(path: Path, lang: str = "zh") -> str:
    built = build_report(path.read_bytes(), path.name, DIVISIONS)
    return render_report(to_json(built.record), built.findings, lang)


@pytest.fixture(scope="module")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "x.html"
    path.write_text(page_of(SAMPLE), encoding="utf-8")
    return path


@given(st.text('甲乙<&\n"', min_size=1, max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_marked_text_is_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    items = [Item(min(a, b), min(max(a, b), len(text)), "body", f"k{n}") for n, (a, b) in enumerate(spans) if min(a, b) < len(text)]
    lines = mark_lines(text, items)
    assert [unescape(re.sub(r"<[^>]*>", "", line)) for _, line in lines] == [line for line in text.split("\n") if line.strip()]
    for start, line in lines:
        assert text.startswith(unescape(re.sub(r"<[^>]*>", "", line)), start)


def test_every_fact_is_marked_with_its_own_words(sample_page: Path) -> None:
    html = sample_page.read_text(encoding="utf-8")
    article = html[html.index("<article") : html.index("</article>")]
    record = to_json(build_report(SAMPLE.read_bytes(), SAMPLE.name, DIVISIONS).record)
    facts = facts_of(record)
    assert {f.kind for f in facts} >= {"observation", "measure", "body", "mechanism", "document", "shortcoming", "plan"}
    for fact in facts:
        pieces = re.findall(rf'<span class="m [^"]*" data-f="(?:[^"]* )?{fact.key}(?: [^"]*)?"[^>]*>([^<]*)</span>', article)
        assert unescape("".join(pieces)) == record["text"][fact.start : fact.end].replace("\n", ""), fact


def test_the_embedded_record_is_the_record(sample_page: Path) -> None:
    html = sample_page.read_text(encoding="utf-8")
    embedded = re.search(r'<script type="application/json" id="record">(.*?)</script>', html, re.S)
    assert embedded is not None
    assert json.loads(embedded.group(1)) == to_json(build_report(SAMPLE.read_bytes(), SAMPLE.name, DIVISIONS).record)


def test_english_says_english(tmp_path: Path) -> None:
    html = page_of(SAMPLE, "en")
    assert "what it says" in html
    assert "The rate contradicts its counts" in html


@pytest.mark.browser
def test_a_click_leads_either_way(browser: Browser, sample_page: Path) -> None:
    with opened(browser, sample_page) as page:
        row = page.locator("#facts tr[data-kind=observation]").nth(40)
        row.click()
        key = row.get_attribute("data-k")
        mark = page.locator(f'article .m.on[data-f~="{key}"]')
        assert mark.count() >= 1
        assert mark.first.is_visible()
        _in_view(page, f'article .m[data-f~="{key}"]')
        page.locator("article .m.mechanism").first.click()
        assert page.locator("#facts tr.on").get_attribute("data-kind") == "mechanism"


def _in_view(page: Page, selector: str) -> None:
    page.wait_for_function(
        "s => { const r = document.querySelector(s).getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }", arg=selector, timeout=30_000
    )


@pytest.mark.browser
def test_kinds_search_tabs_and_download_work(browser: Browser, sample_page: Path) -> None:
    with opened(browser, sample_page) as page:
        before = page.locator("article .body").count()
        page.uncheck('.legend input[value="body"]')
        assert before > 0
        assert page.locator("article .body").count() == 0
        page.fill("#search", "98.9")
        assert 0 < int(page.inner_text("#shown")) < len(KINDS) * 3
        page.click("nav button >> nth=1")
        assert "98.9%" in page.inner_text("#findings")
        assert not page.locator("#facts").is_visible()
        page.click("nav button >> nth=2")
        assert page.locator("#ledger tbody tr").count() > 100
        page.click("nav button >> nth=3")
        with page.expect_download() as download:
            page.click("#download")
        assert json.loads(download.value.path().read_text(encoding="utf-8"))["report"]["year"] == 2025


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark"), [(1360, False), (1360, True), (420, False)])
def test_nothing_sticks_out_at_any_width(browser: Browser, sample_page: Path, width: int, dark: bool) -> None:
    with opened(browser, sample_page, width, 850, dark) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    hostile = '</script><img src=x onerror="document.title=1"><b>'
    text = SAMPLES.joinpath("990100-2025.txt").read_text(encoding="utf-8").replace("2025年是", f"{hostile}2025年是", 1)
    record = to_json(build_report(text.encode(), "x.txt", DIVISIONS).record)
    record["report"]["title"] = hostile
    (tmp_path / "x.html").write_text(render_report(record, []), encoding="utf-8")
    with opened(browser, tmp_path / "x.html") as page:
        assert page.evaluate("document.images.length") == 0
        assert page.title().startswith("</script>")
        assert hostile in page.inner_text("article")


def test_the_command_writes_whole_pages_or_none(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["page", str(SAMPLE), "-o", str(tmp_path / "x.html"), "--divisions", DIVISIONS[0]]).exit_code == 0
    assert (tmp_path / "x.html").read_text(encoding="utf-8") == page_of(SAMPLE).replace(SAMPLE.name, str(SAMPLE))
    assert run(main, ["page", str(tmp_path / "none.txt"), "-o", str(tmp_path / "y.html")]).exit_code == 3
    assert run(main, ["page", str(SAMPLE), "-o", "/proc/nowhere/x.html"]).exit_code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["x.html"]


@pytest.mark.corpus
def test_the_real_report_is_whole_on_its_page(corpus: Path) -> None:
    path = corpus / "reports" / "419001-2025.txt"
    html = page_of(path)
    article = html[html.index("<article") : html.index("</article>")]
    shown = [unescape(re.sub(r"<[^>]*>", "", line)) for line in article.split("\n")[1:-1]]
    assert [line for line in shown if line] == [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]

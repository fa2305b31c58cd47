"""The network page in a real browser: nothing is fetched, nothing is said, all controls do what they say, labels never overlap."""

import base64
import random
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page

from kg.network.page import render_page
from kg.network.project import add_edge, add_node, clean
from kg.network.views import VIEWS, build_network
from kg.network.write import write_network
from kg.query.bind import Execute
from tests.browser import opened
from tests.networks import ASKED
from tests.test_network import EVIL, hostile

pytestmark = pytest.mark.browser
OVERLAPS = """() => {
  const { labels } = network.scene();
  const boxes = labels.map(l => {
    const c = document.createElement('canvas').getContext('2d');
    c.font = `${l.bold ? 600 : 400} ${l.size}px ${network.font}`;
    const w = Math.max(...l.text.map(t => c.measureText(t).width));
    const left = l.anchor === 'start' ? l.x : l.anchor === 'end' ? l.x - w : l.x - w / 2;
    return { left, right: left + w, top: l.y, bottom: l.y + l.text.length * l.size * 1.25, text: l.text.join('') };
  });
  const { width, height } = network.scene();
  const bad = boxes.filter(b => b.left < 0 || b.top < 0 || b.right > width || b.bottom > height).map(b => 'cut off: ' + b.text);
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) bad.push(a.text + ' × ' + b.text);
  }));
  return { count: boxes.length, bad };
}"""
COLOURS = """async png => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, execute: Execute) -> Path:
    made = tmp_path_factory.mktemp("pages")
    for name in VIEWS:
        write_network(build_network(name, execute, ASKED.get(name)), made / f"{name}.html")
    return made


def wait(page: Page) -> None:
    page.wait_for_function("document.body.dataset.ready === 'true'", timeout=30_000)


def count(page: Page) -> tuple[int, int]:
    words = page.inner_text("#counts").split()
    return int(words[0]), int(words[3])


def test_a_long_english_name_keeps_the_place_that_tells_it_from_others(browser: Browser, tmp_path: Path) -> None:
    graph, places = nx.Graph(), ("Lingshou County", "Lincheng County")
    for place in places:
        add_node(graph, f"urn:{place}", "行政审批局", "body", "body").update(
            count=1, label_en=f"Administrative approval and government-service bureau ({place})"
        )
    add_edge(graph, *(f"urn:{place}" for place in places), "x").update(weight=1, years=[2025], quotes=["协同"], facts=["urn:f"])
    graph.graph["reports"] = {}
    (tmp_path / "x.html").write_text(render_page(graph, "x", {"zh": "大", "en": "Big"}, "en"), encoding="utf-8")
    with opened(browser, tmp_path / "x.html") as page:
        wait(page)
        assert {label["text"][-1] for label in page.evaluate("network.scene().labels")} == {f"({place})" for place in places}


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_labels_never_overlap_and_the_picture_is_not_blank(browser: Browser, folder: Path, name: str) -> None:
    for width, height, dark in ((1280, 800, False), (1700, 1000, True), (390, 844, False)):
        with opened(browser, folder / f"{name}.html", width, height, dark) as page:
            wait(page)
            for ratio in (1, 0.4):
                page.evaluate("r => { network.renderer.getCamera().setState({ ratio: r }); network.renderer.refresh(); }", ratio)
                seen = page.evaluate(OVERLAPS)
                assert seen["bad"] == []
                assert seen["count"] >= (min(3, count(page)[0]) if ratio == 1 else 0)
            colours = page.evaluate(COLOURS, base64.b64encode(page.locator("#stage").screenshot()).decode())
            assert colours > 20


def test_search_finds_in_both_languages_and_a_click_shows_the_quote(browser: Browser, folder: Path, execute: Execute) -> None:
    graph = build_network("bodies-mechanisms", execute).graph
    quote = next(d["quotes"][0] for n, d in graph.nodes(data=True) if d["label"] == "府院联动")
    for words in ("府院联动", "court"):
        with opened(browser, folder / "bodies-mechanisms.html") as page:
            wait(page)
            page.fill("#query", words)
            assert page.locator("#found li").count() >= 1
            page.locator("#found li", has_text="府院联动").first.click()
            panel = page.locator("#panel")
            assert "府院联动" in panel.locator("h2").inner_text()
            assert quote in panel.inner_text()
            link = panel.locator("blockquote a").first
            assert (link.get_attribute("href") or "").startswith("https://w3id.org/fazhi-kg/report/")
            assert "202" in link.inner_text()


def test_a_click_on_the_picture_opens_the_node_under_it(browser: Browser, folder: Path) -> None:
    with opened(browser, folder / "bodies-mechanisms.html") as page:
        wait(page)
        key, at = page.evaluate(
            "() => { const key = network.graph.nodes().sort((a, b) => network.graph.degree(b) - network.graph.degree(a))[0];"
            " return [key, network.renderer.framedGraphToViewport(network.renderer.getNodeDisplayData(key))]; }"
        )
        box = page.locator("#stage").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
        page.wait_for_function("network.state.hovered !== null")
        assert page.evaluate("network.state.focus.size") == page.evaluate("k => network.graph.degree(k) + 1", key)
        page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
        page.wait_for_selector("#panel blockquote")
        assert page.locator("#panel h2").inner_text() == page.evaluate("k => network.graph.getNodeAttribute(k, 'node').zh", key)
        page.keyboard.press("Escape")
        assert page.locator("#panel blockquote").count() == 0


def test_legend_years_and_weight_change_what_is_shown(browser: Browser, folder: Path) -> None:
    with opened(browser, folder / "bodies-mechanisms.html") as page:
        wait(page)
        all_nodes, all_edges = count(page)
        box = page.locator("#kinds input[value=platform]")
        platforms = page.evaluate("network.graph.filterNodes((_, a) => a.node.g === 'platform').length")
        box.uncheck()
        nodes, edges = count(page)
        assert nodes <= all_nodes - platforms
        assert edges < all_edges
        box.check()
        assert count(page) == (all_nodes, all_edges)
        page.evaluate("() => { const s = document.getElementById('to'); s.value = s.min; s.dispatchEvent(new Event('input')); }")
        early = count(page)
        assert early[1] == page.evaluate("network.graph.filterEdges((_, a) => a.edge.y.includes(Number(document.getElementById('to').min))).length") < all_edges
        page.evaluate("() => { const s = document.getElementById('to'); s.value = s.max; s.dispatchEvent(new Event('input')); }")
        page.evaluate("() => { const s = document.getElementById('weight'); s.value = 1; s.dispatchEvent(new Event('input')); }")
        assert count(page)[1] == page.evaluate("network.graph.filterEdges((_, a) => a.edge.w >= network.state.weight).length") < all_edges


def test_keyboard_language_theme_and_layout(browser: Browser, folder: Path) -> None:
    with opened(browser, folder / "bodies-mechanisms.html") as page:
        wait(page)
        page.keyboard.press("/")
        page.keyboard.type("云泽市司法局")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        assert "司法局" in page.locator("#panel h2").inner_text()
        page.click("#language")
        assert page.title().startswith("Bodies and mechanisms")
        assert "edges" in page.inner_text("#counts")
        assert "Judicial" in page.locator("#panel h2").inner_text()
        before = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.click("#theme")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
        place = page.evaluate("network.graph.getNodeAttribute('0', 'x')")
        page.click("#layout")
        page.wait_for_function("x => network.graph.getNodeAttribute('0', 'x') !== x", arg=place, timeout=10_000)
        page.click("#layout")
        assert page.get_attribute("#layout", "aria-pressed") == "false"
        assert page.evaluate(OVERLAPS)["bad"] == []


def test_the_first_layout_is_the_same_each_time(browser: Browser, folder: Path) -> None:
    places = []
    for _ in range(2):
        with opened(browser, folder / "bodies-mechanisms.html") as page:
            wait(page)
            places.append(page.evaluate("network.graph.mapNodes((k, a) => [k, a.x, a.y])"))
    assert places[0] == places[1]


def test_pictures_are_saved(browser: Browser, folder: Path, tmp_path: Path) -> None:
    with opened(browser, folder / "bodies-mechanisms.html") as page:
        wait(page)
        for kind in ("svg", "png"):
            with page.expect_download() as download:
                page.click(f"#{kind}")
            download.value.save_as(tmp_path / f"x.{kind}")
    svg = (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert ">云泽市人民政府</text>" in svg
    assert (tmp_path / "x.png").read_bytes()[:4] == b"\x89PNG"
    assert (tmp_path / "x.png").stat().st_size > 20_000


def test_print_holds_the_picture(browser: Browser, folder: Path) -> None:
    with opened(browser, folder / "bodies-mechanisms.html") as page:
        wait(page)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert page.locator("#print svg text").count() > 20
        assert page.locator("#print svg").is_visible()
        assert not page.locator("#stage").is_visible()


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    write_network(hostile(), tmp_path / "evil.html")
    with opened(browser, tmp_path / "evil.html") as page:
        wait(page)
        page.fill("#query", "script")
        assert clean(EVIL) in page.locator("#found li").first.inner_text()
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").inner_text() == clean(EVIL)
        assert clean(EVIL) in page.locator("#panel blockquote").first.inner_text()
        page.click("#language")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("img").count() == 0
        assert page.locator("script").count() == 2
        drawn = page.evaluate("new DOMParser().parseFromString(network.svg(), 'image/svg+xml').querySelectorAll('script, img, parsererror').length")
        assert drawn == 0


def test_5000_nodes_open_and_react(browser: Browser, tmp_path: Path) -> None:
    chance, graph = random.Random(1), nx.Graph()
    for number in range(5000):
        add_node(graph, f"urn:{number}", f"虚构机制{number}", "mechanism", ("platform", "list", "service")[number % 3]).update(count=1)
    for number in range(12_000):
        one, other = f"urn:{min(4999, int(chance.paretovariate(0.7)))}", f"urn:{chance.randrange(5000)}"
        if one != other:
            add_edge(graph, one, other, "x").update(weight=1, years=[2021 + number % 5], quotes=["推进协同办理事项"], facts=[f"urn:f{number}"])
    graph.graph["reports"] = {}
    (tmp_path / "big.html").write_text(render_page(graph, "big", {"zh": "大", "en": "Big"}, "zh"), encoding="utf-8")
    with opened(browser, tmp_path / "big.html") as page:
        wait(page)
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        page.fill("#query", "机制4999")
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").inner_text() == "虚构机制4999"
        page.locator("#kinds input[value=list]").uncheck()
        assert count(page)[0] < 5000
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate(OVERLAPS)["bad"] == []


def test_a_click_on_a_line_shows_its_quotes(browser: Browser, folder: Path) -> None:
    with opened(browser, folder / "places-similar.html") as page:
        wait(page)
        middle = page.evaluate(
            "() => { const [a, b] = network.graph.extremities(network.graph.edges()[0]).map(k => network.renderer.framedGraphToViewport(network.renderer.getNodeDisplayData(k)));"
            " return { x: a.x * 0.6 + b.x * 0.4, y: a.y * 0.6 + b.y * 0.4 }; }"
        )
        box = page.locator("#stage").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + middle["x"], box["y"] + middle["y"])
        page.mouse.click(box["x"] + middle["x"], box["y"] + middle["y"])
        page.wait_for_selector("#panel blockquote")
        assert "—" in page.locator("#panel h2").inner_text()

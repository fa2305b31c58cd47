"""A report that its site cut into several pages: one text, wherever its parts lie, and plainly said where one is missing."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import InputError
from kg.ingest import Outcome
from kg.ingest.parts import find_parts, read_whole
from kg.pipeline import extract_bytes
from kg.present.outcomes import outcomes_text
from kg.read import read_bytes
from kg.read.parts import MAX_PARTS, following, pack_parts, read_parts
from tests.conftest import DIVISIONS, SAMPLES
from tests.test_fetch import Site, fetch, ingest, site, sums

__all__ = ["site"]
LINES = (SAMPLES / "990100-2025.txt").read_text(encoding="utf-8").splitlines()
TITLE, BODY = LINES[0], [line for line in LINES[1:] if line.strip()]
PAGERS = {
    "links": lambda now, count: (
        f"<div>共{count}页 "
        + " ".join(f"<a href='t{f'_{n}' if n else ''}.html'>{n + 1}</a>" for n in range(count))
        + (f" <a href='t_{now + 1}.html'>下一页&gt;&gt;</a></div>" if now + 1 < count else " <a href='t_1.html'>上一页</a></div>")
    ),
    "script": lambda now, count: f"<script>createPageHTML({count}, {now},'t','html');</script>",
    "query": lambda now, count: f"<p><a href='?page={now + 2}'>[下一页]</a></p>" if now + 1 < count else "<p><a href='?page=1'>[首页]</a></p>",
}


def cut(count: int, pager: str = "links", title: str = TITLE) -> list[bytes]:
    """Cut the sample into so many pages; each bears title, source and date."""
    size = -(-len(BODY) // count)
    pages = []
    for now in range(count):
        paragraphs = "".join(f"<p>{line}</p>" for line in BODY[now * size : (now + 1) * size])
        turn = PAGERS[pager](now, count) if count > 1 else ""
        pages.append(
            f"<html><head><meta charset='gbk'><title>{title}-云泽市人民政府</title></head><body><h1>{title}</h1><div class='info'>来源:市司法局 发布日期:2026-01-05</div>"
            f"<div class='TRS_Editor'>{paragraphs}</div>{turn}<div class='footer'>主办单位:云泽市人民政府办公室</div></body></html>".encode("gb18030")
        )
    return pages


def laid(folder: Path, pages: Sequence[bytes]) -> Path:
    """Lay the parts side by side."""
    folder.mkdir(parents=True, exist_ok=True)
    for now, page in enumerate(pages):
        (folder / f"t{f'_{now}' if now else ''}.html").write_bytes(page)
    return folder / "t.html"


@pytest.mark.parametrize("pager", ["links", "script"])
@pytest.mark.parametrize("count", [2, 3, 5])
def test_parts_side_by_side_are_one_text(tmp_path: Path, pager: str, count: int) -> None:
    first = laid(tmp_path, cut(count, pager))
    further = find_parts([first])[first]
    assert [path.name for path in further] == [f"t_{n}.html" for n in range(1, count)]
    joined, whole = read_bytes(read_whole(first, lambda: b"", further), "t.html"), read_bytes(cut(1)[0], "t.html")
    assert (joined.text, joined.sha256) == (whole.text, whole.sha256)
    assert "next page" not in dict(joined.stated)
    assert [joined.text[start:].split("\n")[0] for start in joined.pages[1:]] == [BODY[n * -(-len(BODY) // count)] for n in range(1, count)]


def test_evidence_of_a_joined_text_slices_back(tmp_path: Path) -> None:
    first = laid(tmp_path, cut(3))
    record = extract_bytes(read_whole(first, lambda: b"", find_parts([first])[first]), "t.html", DIVISIONS)
    single = extract_bytes(cut(1)[0], "t.html", DIVISIONS)
    assert record.text == single.text
    assert record.observations == single.observations
    assert len(record.observations) > 30
    assert (record.header.title, record.header.published) == (TITLE, "2026-01-05")


def test_a_folder_of_parts_is_one_report(tmp_path: Path) -> None:
    laid(tmp_path / "reports", cut(3))
    code, said = ingest(tmp_path, str(tmp_path / "reports"))
    assert (code, sums(said)) == (0, {"入库": 1, "并入": 2}), said
    assert f"a further part of {tmp_path / 'reports' / 't.html'}" in said
    code, said = ingest(tmp_path, str(tmp_path / "reports" / "t_2.html"), str(tmp_path / "reports" / "t_1.html"), str(tmp_path / "reports" / "t.html"))
    assert (code, sums(said)) == (0, {"未变": 1, "并入": 2}), said
    more = "<div class='TRS_Editor'><p>全年共办结案件77件。</p>".encode("gbk")
    (tmp_path / "reports" / "t_2.html").write_bytes(cut(3)[2].replace(b"<div class='TRS_Editor'>", more))
    assert sums(ingest(tmp_path, str(tmp_path / "reports"))[1]) == {"入库": 1, "并入": 2}


def test_a_missing_part_is_told(tmp_path: Path) -> None:
    first = laid(tmp_path / "reports", cut(3))
    (tmp_path / "reports" / "t_2.html").unlink()
    said = ingest(tmp_path, str(tmp_path / "reports"))[1]
    assert sums(said) == {"入库": 1, "并入": 1}
    assert "the text goes on at t_2.html" in said
    told = CliRunner().invoke(main, ["extract", str(first), "--divisions", DIVISIONS[0]])
    assert "the text goes on at t_2.html" in told.stderr
    assert outcomes_text([Outcome("t.html", "in", caveat="the text goes on")], "en", quiet=True) == "in 1 · of these, parts missing 1"
    many = [Outcome(f"{n}.txt", "in") for n in range(30)]
    assert "goes on" not in outcomes_text(many, "zh")
    assert outcomes_text([*many, Outcome("t.html", "in", None, "题", caveat="the text goes on at t_2.html")], "zh").count("题") == 1


def test_another_text_is_no_part(tmp_path: Path) -> None:
    pages = cut(2)
    first = laid(tmp_path, [pages[0], cut(2, title="上岚县2019年法治政府建设年度报告")[1]])
    assert find_parts([first]) == {}
    laid(tmp_path, [pages[0].replace(b"t_1.html", b"u_1.html"), pages[1]])
    assert find_parts([first]) == {}
    laid(tmp_path, [pages[0], pages[1].replace("<div>共".encode("gbk"), b"<a href='t_1.html'>" + "下一页</a><div>共".encode("gbk"))])
    assert [path.name for path in find_parts([first])[first]] == ["t_1.html"]


def test_no_more_parts_than_a_report_can_have(tmp_path: Path) -> None:
    first = laid(tmp_path, [cut(MAX_PARTS + 9, "script")[n % 9].replace(f", {n % 9},".encode(), f", {n},".encode()) for n in range(MAX_PARTS + 9)])
    further = find_parts([first])[first]
    assert len(further) == MAX_PARTS - 1
    assert read_bytes(read_whole(first, lambda: b"", further), "t.html").stated[-1] == ("next page", f"t_{MAX_PARTS}.html")


def test_damaged_packs_are_refused() -> None:
    whole = pack_parts([("a", cut(2)[0]), ("b", cut(2)[1])])
    for damaged in (
        whole[:-1],
        whole + b"x",
        whole.replace(b'"a", ', b""),
        whole.replace(b"[[", b"[[["),
        whole[:20],
        whole.replace(b'["a", ', b'["a", -'),
        whole.replace(b'["a", ', b'["a", 1e999, '),
    ):
        with pytest.raises(InputError, match="damaged"):
            read_parts(damaged, "t.html")


@pytest.mark.parametrize(
    ("href", "same"),
    [("t_1.html", True), ("?page=2", True), ("/a/t_1.html", True), ("/b/t_1.html", False), ("https://elsewhere.test/a/t_1.html", False), ("u_2.html", False)],
)
def test_where_a_text_goes_on(href: str, same: bool) -> None:
    page = f"<html><body><div id=zoom><p>{'本年度依法行政工作有序推进。' * 9}</p></div><a href='{href}'>下一页</a></body></html>".encode()
    found = following(("https://www.example.org/a/t.html", page))
    assert found is not None
    assert found[1] is same
    assert following(("https://www.example.org/a/t.html", page.replace("下一页".encode(), "下一篇".encode()))) is None


@pytest.fixture
def parted(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Pages that the site has besides its own."""
    pages: dict[str, bytes] = {}
    own = Site.page

    def page(self: Site) -> tuple[int, dict[str, str], bytes]:
        return (200, {"Content-Type": "text/html"}, pages[self.path]) if self.path in pages else own(self)

    monkeypatch.setattr(Site, "page", page)
    return pages


@pytest.mark.parametrize("pager", PAGERS)
def test_parts_are_fetched_and_taken_in_as_one(site: str, tmp_path: Path, parted: dict[str, bytes], pager: str) -> None:
    pages = cut(3, pager)
    places = ["/p/t.html", *(f"/p/t.html?page={n}" if pager == "query" else f"/p/t_{n - 1}.html" for n in (2, 3))]
    parted.update(zip(places, pages, strict=True))
    code, said = ingest(tmp_path, f"{site}/p/t.html")
    assert (code, sums(said)) == (0, {"入库": 1, "并入": 2}), said
    assert [Site.asked[place] for place in places] == [1, 1, 1]
    kept = {path.read_bytes() for path in (tmp_path / "store-archive" / "files").rglob("*.html")}
    assert kept == set(pages)
    code, said = ingest(tmp_path, f"{site}/p/t.html")
    assert (code, sums(said), sum(Site.asked.values())) == (0, {"未变": 1, "并入": 2}, 4), said
    assert sums(ingest(tmp_path, str(tmp_path / "store-archive"))[1]) == {"未变": 1}
    assert sums(ingest(tmp_path, f"{site}/p/t.html", f"{site}{places[1]}")[1]) == {"未变": 1, "并入": 2}


def test_a_part_that_cannot_be_had_is_told(site: str, tmp_path: Path, parted: dict[str, bytes]) -> None:
    pages = cut(3)
    parted |= {"/p/t.html": pages[0], "/p/t_1.html": pages[1]}
    entries = fetch(tmp_path / "a", f"{site}/p/t.html")
    assert [(entry.state, entry.part_of != "") for entry in entries] == [("fetched", False), ("fetched", True), ("failed", True)]
    assert len(fetch.pauses) == 3  # type: ignore[attr-defined]  # after robots.txt, once before each page
    code, said = ingest(tmp_path, f"{site}/p/t.html")
    assert code == 3
    assert "the text goes on at" in said
    parted["/p/t.html"] = pages[0].replace(b"t_1.html", b"u_1.html")
    (entry,) = fetch(tmp_path / "b", f"{site}/p/t.html")
    assert entry.detail.endswith(f"the text goes on at {site}/p/u_1.html, which was not fetched")
    parted |= {"/p/t.html": pages[0], "/p/t_1.html": cut(2, title="上岚县2019年法治政府建设年度报告")[1]}
    assert [entry.state for entry in fetch(tmp_path / "c", f"{site}/p/t.html")] == ["fetched", "refused"]

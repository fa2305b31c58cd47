"""Scans as they really are: what is done to a page before it is recognised, and what of a report's figures survives bad pages."""

import base64
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Cm
from PIL import Image, ImageChops, ImageDraw

from kg.errors import InputError, LimitError
from kg.model import Record
from kg.pipeline import extract_bytes
from kg.read.ocr import frames_of, image_type
from kg.read.scan import find_slant, in_pieces, prepare_page
from kg.refusal import SURE, caveats
from tests import render
from tests.conftest import DIVISIONS, ROOT, SAMPLES, absent
from tests.jbig2 import as_jbig2
from tests.photograph import RED, Wear, as_pdf, as_pictures, photograph


def drawn(mode: str = "RGB") -> Image.Image:
    """A page of black bars for lines."""
    page = Image.new(mode, (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    for top in range(150, 1600, 45):
        draw.rectangle((120, top, 1120, top + 18), fill="black")
    return page


def prepared(page: Image.Image) -> Image.Image:
    return Image.open(BytesIO(prepare_page(page)))


@pytest.mark.parametrize("degrees", [-3.0, -1.2, 0.0, 0.6, 2.5, 4.0])
def test_the_slant_of_a_page_is_found(degrees: float) -> None:
    assert find_slant(drawn("L").rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255)) == pytest.approx(degrees, abs=0.1)


def test_an_empty_page_lies_level() -> None:
    assert find_slant(Image.new("L", (900, 1200), 255)) == 0


def test_a_stamp_goes_and_a_letterhead_stays() -> None:
    page = drawn()
    draw = ImageDraw.Draw(page)
    draw.ellipse((700, 1200, 1000, 1500), outline=RED, width=14)
    draw.rectangle((150, 60, 1090, 110), fill=RED)
    after = prepared(page)
    assert after.getpixel((600, 85)) < 20
    assert after.getpixel((850, 1206)) in (0, 255)
    between = ImageChops.invert(after.crop((120, 1218, 1120, 1228))).getbbox()  # a gap between two lines, which the stamp crosses
    assert between is None


def test_shadow_and_grey_paper_become_white() -> None:
    page = Image.open(BytesIO(photograph(drawn(), Wear(shadow=0.6, paper=190, blur=0)))).convert("L")
    assert (page.getpixel((60, 60)), page.getpixel((1200, 1700))) != (255, 255)
    after = prepared(page)
    assert after.getpixel((60, 100)) > 240
    assert after.getpixel((1180, 1650)) > 240
    assert after.getpixel((600, 159)) < 40


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert prepare_page(drawn()) == prepare_page(drawn())


def test_a_long_screenshot_is_cut_between_lines() -> None:
    page = drawn("L").crop((0, 150, 1240, 1590))
    long = Image.new("L", (1240, 5 * page.height), 255)
    for number in range(5):
        long.paste(page, (0, number * page.height))
    pieces = list(in_pieces(long))
    assert sum(piece.height for piece in pieces) == long.height
    assert max(piece.height for piece in pieces) <= 2.2 * 1240
    assert {piece.getpixel((600, row)) for piece in pieces[1:] for row in (0, 1)} == {255}
    assert [piece.size for piece in in_pieces(page)] == [page.size]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"])
def test_forms_of_pictures(form: str) -> None:
    out = BytesIO()
    drawn().save(out, form)
    assert image_type(out.getvalue()) == f"image/{form.lower()}"
    (frame,) = frames_of(out.getvalue(), "p")
    assert frame.size == (1240, 1754)


def test_a_camera_held_upright_is_heeded() -> None:
    out, held = BytesIO(), Image.Exif()
    held[0x0112] = 6  # turn by 90 degrees to the right
    drawn().save(out, "JPEG", exif=held)
    (frame,) = frames_of(out.getvalue(), "p")
    assert frame.size == (1754, 1240)


@pytest.mark.parametrize("order", ["sequential", "random", "bare"])
@pytest.mark.parametrize("striped", [False, True])
def test_jbig2_is_decoded_to_the_last_pixel(order: str, striped: bool) -> None:
    page = drawn("L")
    data = as_jbig2(page, order, striped)
    assert image_type(data) == "image/jbig2"
    (frame,) = frames_of(data, "p.jb2")
    assert ImageChops.difference(frame, page).getbbox() is None


def test_broken_jbig2_is_refused() -> None:
    data = as_jbig2(drawn("L"))
    for broken in (data[:20], data[:60], data[:11] + b"\xff" * 40):
        with pytest.raises(InputError, match="damaged JBIG2 picture"):
            list(frames_of(broken, "p.jb2"))
    with pytest.raises(LimitError):
        list(frames_of(data.replace((1240).to_bytes(4, "big"), (124_000).to_bytes(4, "big")), "p.jb2"))


def test_a_poor_scan_is_said_and_warned_of() -> None:
    read = extract_bytes((SAMPLES / "990100-2025.txt").read_bytes(), "r.txt", DIVISIONS)
    assert caveats(read.header) == []
    for confidence, words in ((0.95, "check them against the original"), (0.85, "figures are likely misread, confidence 0.85")):
        assert words in caveats(replace(read.header, confidence=confidence))[0]
    misread = next(
        line
        for line in (ROOT / "shapes" / "report.ttl").read_text(encoding="utf-8").split("shapes:report-misread a ")[1].splitlines()
        if "minInclusive" in line
    )
    assert f"sh:minInclusive {SURE} ;" in misread


SAMPLE = (SAMPLES / "990100-2025.txt").read_text(encoding="utf-8")


def figures(record: Record) -> Counter[object]:
    return Counter((o.value, o.unit, o.bound) for o in record.observations)


def print_sample(family: str, folder: Path) -> list[Image.Image]:
    """The sample in type of 16 points, as pictures of its pages."""
    if not render.has_programs("pdftoppm", "tesseract"):
        absent("pdftoppm or tesseract (Debian's poppler-utils, tesseract-ocr-chi-sim)")
    return as_pictures(render.by_weasyprint(SAMPLE, 16, family), folder)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Image.Image]:
    return print_sample("Noto Sans CJK SC", tmp_path_factory.mktemp("pages"))


@pytest.mark.slow
@pytest.mark.parametrize(("family", "kept_at_least", "made_at_most", "sure"), [("Noto Sans CJK SC", 0.93, 0.05, 0.88), ("Noto Serif CJK SC", 0.86, 0.08, 0.86)])
def test_figures_survive_a_slant_a_shadow_stamps_grey_paper_and_two_sizes(
    family: str, kept_at_least: float, made_at_most: float, sure: float, tmp_path: Path
) -> None:
    pages = print_sample(family, tmp_path)
    worn = [photograph(page, Wear(1.7, 0.5, 200, True, 0.9, 40, (1.0, 0.86)[n % 2])) for n, page in enumerate(pages)]
    found, asked = extract_bytes(as_pdf(worn), "s.pdf", DIVISIONS), figures(extract_bytes(SAMPLE.encode(), "r.txt", DIVISIONS))
    kept = figures(found)
    assert sum((kept & asked).values()) >= kept_at_least * sum(asked.values())  # 58 of 120 in sans-serif before pages were prepared
    assert sum((kept - asked).values()) <= made_at_most * sum(asked.values())
    assert found.header.confidence is not None
    assert found.header.confidence > sure
    assert (found.header.year, found.header.genre) == (2025, "annual_report")


@pytest.mark.slow
def test_a_page_that_lies_on_its_side_is_turned_and_a_long_one_cut(pages: list[Image.Image]) -> None:
    long = Image.new("RGB", (pages[0].width, 2 * pages[0].height), "white")
    for number in range(2):
        long.paste(pages[number], (0, number * pages[0].height))
    asked = figures(extract_bytes(SAMPLE.encode(), "r.txt", DIVISIONS))
    turned, cut = (figures(extract_bytes(photograph(page, Wear()), "p.jpg", DIVISIONS)) for page in (pages[0].rotate(90, expand=True), long))
    assert (turned & asked).total() >= 0.95 * turned.total() > 10
    assert (cut & asked).total() >= 0.95 * cut.total() > 1.8 * turned.total()


@pytest.mark.slow
def test_a_scanned_gazette_is_read_column_by_column(tmp_path: Path) -> None:
    if not render.has_programs("pdftoppm", "tesseract"):
        absent("pdftoppm or tesseract (Debian's poppler-utils, tesseract-ocr-chi-sim)")
    from weasyprint import HTML

    text = "\n".join(render.paragraphs(SAMPLE)[:24])
    lines = "".join(f"<p>{line}</p>" for line in render.paragraphs(text))
    style = "body {font: 14pt 'Noto Serif CJK SC'; columns: 2; column-gap: 1cm; text-align: justify} p {text-indent: 2em; margin: 0}"
    print_of = HTML(string=f"<html lang=zh><head><style>@page {{size: A4}} {style}</style></head><body>{lines}</body></html>").write_pdf()
    found = extract_bytes(as_pdf([photograph(page, Wear(slant=-0.8)) for page in as_pictures(print_of, tmp_path)]), "g.pdf", DIVISIONS)
    asked = figures(extract_bytes(text.encode(), "r.txt", DIVISIONS))
    assert (figures(found) & asked).total() >= 0.93 * asked.total()
    assert len(found.text.split("\n")) < 1.3 * len(render.paragraphs(text))


@pytest.mark.slow
def test_pictures_in_a_document_and_in_a_saved_page_are_recognised(pages: list[Image.Image]) -> None:
    scan, icon, out = photograph(pages[0], Wear()), BytesIO(), BytesIO()
    Image.new("RGB", (60, 60), "red").save(icon, "PNG")
    document = Document()
    document.add_picture(BytesIO(icon.getvalue()))
    document.add_picture(BytesIO(scan), width=Cm(15))
    document.save(out)
    body = b"<html><meta name=PubDate content=2026-01-05><div id=zoom><p><img src=/u/1.jpg></p></div></html>"
    parts = (("text/html", "a.html", body), ("image/jpeg", "u/1.jpg", scan))
    packed = [
        f"--x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://www.example.org/{place}\r\n\r\n".encode()
        + base64.encodebytes(data)
        for kind, place, data in parts
    ]
    saved = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" + b"".join(packed) + b"--x--\r\n"
    plain, pasted, kept = (extract_bytes(data, name, DIVISIONS) for data, name in ((scan, "p.jpg"), (out.getvalue(), "p.docx"), (saved, "p.mhtml")))
    assert pasted.text == kept.text == plain.text
    assert (pasted.header.confidence, kept.header.confidence) == (plain.header.confidence, plain.header.confidence)
    assert kept.header.published == "2026-01-05"

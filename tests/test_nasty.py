"""Files as users have them: read rightly, or refused in one sentence in two languages that says what would be right."""

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.pipeline import extract_bytes
from kg.read import read_bytes
from kg.read.columns import Glyph, in_columns, levelled
from kg.read.office import OLE
from tests import render
from tests.conftest import DIVISIONS, SAMPLES, absent

TEXT = (SAMPLES / "990100-2025.txt").read_text(encoding="utf-8")
LINES = [re.sub(r"\s", "", line) for line in TEXT.split("\n") if line.strip()]
NOISE = bytes(range(256)) * 8


def zipped(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in names:
            target.writestr(name, TEXT)
    return out.getvalue()


def compound(*streams: str) -> bytes:
    """Something like a file of Office's old container: its mark, and the names of its streams."""
    return OLE + bytes(500) + b"".join(stream.encode("utf-16-le") + bytes(64) for stream in streams)


REFUSED = {
    "empty.txt": (b"", "the file is empty"),
    "blank.html": (b" \r\n\t ", "the file is empty"),
    "zero.docx": (b"", "the file is empty"),
    "locked.docx": (compound("EncryptionInfo", "EncryptedPackage"), "locked by a password; open it and save it without one"),
    "table.xls": (compound("Workbook"), "a file of Excel, expected a report as"),
    "table.et": (compound("Workbook"), "a file of Excel, expected a report as"),
    "table.xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), "a file of Excel, expected a report as"),
    "slides.pptx": (zipped("ppt/presentation.xml"), "a file of PowerPoint, expected a report as"),
    "reports.zip": (zipped("2025/云泽.txt", "2025/东浦.txt"), "a zip of 2 files, neither DOCX nor OFD nor ODT: unpack it"),
    "half.docx": (render.as_docx(TEXT)[:9000], "the file is damaged"),
    "reports.rar": (b"Rar!\x1a\x07\x01\0" + NOISE, "a RAR archive: unpack it"),
    "reports.7z": (b"7z\xbc\xaf\x27\x1c" + NOISE, "a 7z archive: unpack it"),
    "r.txt.gz": (b"\x1f\x8b\x08\0" + NOISE, "a gzip file: unpack it"),
    "r.tar": (b"a" * 257 + b"ustar\0" + NOISE, "a tar archive: unpack it"),
    "photo.heic": (b"\0\0\0\x18ftypheic" + NOISE, "a HEIC photograph: save it as JPEG or PNG"),
    "paper.caj": (b"CAJ\0" + NOISE, "a CAJ file: save it as PDF"),
    "setup.doc": (b"MZ\x90\0" + NOISE, "a program: expected a report's page"),
    "film.mp4": (b"\0\0\0\x18ftypmp42" + NOISE, "a video: expected a report's page"),
    "broken.png": (b"\x89PNG\r\n\x1a\n" + NOISE, "the picture is damaged"),
    "noise.bin": (NOISE, "a binary file; expected a report's text"),
    "word.pdf": (b"%PDF-1.7\n" + NOISE, "damaged: not a readable PDF"),
    "text.pdf": (TEXT.encode(), "not what its ending .pdf says"),
    "spaced.txt": ("\n".join(map(" ".join, LINES)).encode(), "blanks stand between nearly all characters"),
    "spaced.html": (render.as_html("\n".join(map(" ".join, LINES))), "blanks stand between nearly all characters"),
    "notice.txt": ("云泽市2025年法治政府建设年度报告见附件。".encode(), "no report text: 0 characters of sentences, expected at least 100"),
    "404.html": (b"<html><title>404</title><h1>404 Not Found</h1></html>", "no report text"),
    "feed.xml": (b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>', "no report text"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_report_is_told_what_would_be_right(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(KgError) as refused:
        extract_bytes(data, name)
    said = str(refused.value)
    assert refused.value.exit_code == 3
    assert said.startswith(f"{name}: ")
    assert re.search(r"[\u4e00-\u9fff].* ?· [a-z]", said)
    assert words in said
    assert "\n" not in said


READ = {
    "utf16.txt": TEXT.encode("utf-16"),
    "utf16be.txt": TEXT.encode("utf-16-be"),
    "rare.txt": TEXT.replace("云泽市", "云泽市䶮㐂𠀀", 1).encode("gb18030"),
    "mixed ends.txt": TEXT.replace("\n", "\r\n", 5).replace("\n\n", "\r").encode(),
    "one line.txt": TEXT.replace("\n", "").encode(),
    "wide digits.txt": TEXT.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}).replace("%", "%").encode(),
    "page.doc": render.as_html(TEXT),
    "document.txt": render.as_docx(TEXT),
    "saved.html": b"<!-- saved from url=(0035)https://www.example.org/a/b.html -->\n" + render.as_html(TEXT),
    "saved.mhtml": render.as_mhtml(TEXT),
}


@pytest.mark.parametrize("name", READ)
def test_odd_files_give_every_figure(name: str) -> None:
    assert len(extract_bytes(READ[name], name, DIVISIONS).observations) == 120


def same_lines(data: bytes, name: str) -> list[str]:
    return [re.sub(r"\s", "", line) for line in read_bytes(data, name).text.split("\n") if line.strip()]


def printed(body: str, style: str) -> bytes:
    from weasyprint import HTML

    return bytes(
        HTML(string=f"<html lang=zh><head><style>body {{font: 14pt 'Noto Serif CJK SC'}} {style}</style></head><body>{body}</body></html>").write_pdf()
    )


@pytest.mark.slow
def test_a_gazette_in_two_columns_is_read_column_by_column() -> None:
    title, *text = LINES[:30]
    body = f"<h1>{title}</h1><div>{''.join(f'<p>{line}</p>' for line in text)}</div>"
    data = printed(
        body, "@page {size: A4} h1 {text-align: center; font-size: 20pt} div {columns: 2; column-gap: 1cm; text-align: justify} p {text-indent: 2em; margin: 0}"
    )
    assert same_lines(data, "r.pdf") == LINES[:30]


@pytest.mark.slow
def test_upright_lines_are_read_from_the_right() -> None:
    spans, x, y = [], 540, 60
    for line in LINES[:5]:
        for char in f"  {line}":
            spans.append(f"<span style='left: {x}pt; top: {y}pt'>{char}</span>")
            x, y = (x, y + 18) if y < 750 else (x - 24, 60)
        x, y = x - 24, 60
    assert x > 0
    data = printed(f"<div>{''.join(spans)}</div>", "@page {size: A4; margin: 0} body {margin: 0} div {position: relative} span {position: absolute}")
    assert same_lines(data, "r.pdf") == LINES[:5]


@pytest.mark.slow
def test_a_text_layer_of_nonsense_gives_way_to_recognition() -> None:
    if not render.has_programs("tesseract"):
        absent("tesseract (Debian's tesseract-ocr-chi-sim)")
    nonsense = "".join(chr(0xC0 + n * 7 % 60) for n in range(900))
    shown = "".join(f"<p>{line}</p>" for line in LINES[:9])
    data = printed(f"<div>{nonsense}</div>{shown}", "@page {size: A4} div {position: absolute; color: white; font-size: 5pt; word-break: break-all}")
    layer = printed(f"<div>{nonsense}</div>", "@page {size: A4} div {word-break: break-all}")
    assert read_bytes(data, "r.pdf").confidence is None  # mostly a good text: it stands
    assert read_bytes(layer, "r.pdf").confidence is not None


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["odt", "uot", "rtf"])
def test_office_formats_by_libreoffice(ending: str, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        absent("soffice (Debian's libreoffice-writer-nogui)")
    made = render.by_libreoffice(render.as_docx(TEXT), tmp_path, "docx", ending)
    assert same_lines(made, f"r.{ending}") == LINES
    assert same_lines(made, "named.wps") == LINES


def glyphs(text: str, x: float, top: float, size: float = 10.0) -> list[Glyph]:
    return [Glyph(char, x + n * size, x + (n + 1) * size, top, top + size, size) for n, char in enumerate(text)]


def test_columns_between_lines_that_span_them() -> None:
    page = glyphs("题" * 40, 50, 20)
    for row in range(8):
        page += glyphs("左" * 18, 50, 50 + 15 * row) + glyphs("右" * 18, 270, 57 + 15 * row)
    page += glyphs("尾" * 40, 50, 200)
    blocks = list(in_columns(page))
    assert ["".join(dict.fromkeys(g.text for g in block)) for block in blocks] == ["题", "左", "右", "尾"]
    assert min(g.x0 for g in blocks[2]) == 50
    single = [glyph for row in range(12) for glyph in glyphs("文" * 40, 50, 15 * row)]
    assert len(list(in_columns(single))) == 1


def test_a_page_of_giant_glyphs_has_no_columns() -> None:
    giant = [Glyph("大", 0.0, 1e9, 10.0 * n, 10.0 * n + 9, 9) for n in range(5000)]
    assert len(list(in_columns(giant))) == 1


def test_only_upright_lines_are_turned() -> None:
    upright = [Glyph(str(n), 500 - 20 * (n // 30), 510 - 20 * (n // 30), 12.0 * (n % 30), 12.0 * (n % 30) + 10, 10) for n in range(90)]
    turned = levelled(upright, 600)
    assert turned is not None
    assert [g.text for g in sorted(turned, key=lambda g: (g.top, g.x0))] == [str(n) for n in range(90)]
    assert levelled(glyphs("平" * 40, 0, 0), 600) is None

"""Searchable scans: text that a recognition program laid under or over the picture of a page is marked as recognised, other text is not."""

import shutil
import subprocess
import zipfile
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from kg.errors import InputError
from kg.model import Claim
from kg.pipeline import build_report, extract_bytes
from kg.read import read_bytes
from kg.read.underlay import is_laid_under
from kg.refusal import caveats
from tests import render
from tests.conftest import DIVISIONS, SAMPLES, absent
from tests.photograph import as_pictures

SAMPLE = (SAMPLES / "990100-2025.txt").read_text(encoding="utf-8")
TEXT = b"BT /F 12 Tf 72 700 Td (a page of the report \\(3 Tr\\)) Tj 0 -20 Td [(with) -250 (its text)] TJ ET"
SHOWN = {"picture": b"q 595 0 0 842 0 0 cm /I Do Q", "stamp": b"q 99 0 0 99 400 80 cm /I Do Q", "veil": b"q 595 0 0 842 0 0 cm /V Do Q", "form": b"/X Do"}


def a_page(*drawn: bytes, form: bytes = b"", packed: bytes = b"") -> bytes:
    """A PDF of one page that draws these, or what is packed, with a picture I, one V that lets through what is under it, and a form X."""
    picture = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 %s>>\nstream\n\xc8\nendstream"
    contents, way = packed or b"\n".join(drawn), b"/Filter /FlateDecode " if packed else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /I 6 0 R /V 7 0 R /X 8 0 R >> >> >>",
        b"<< %s/Length %d >>\nstream\n%s\nendstream" % (way, len(contents), contents),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        picture % b"",
        picture % b"/SMask 6 0 R ",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >> /Length %d >>\nstream\n%s\nendstream" % (len(form), form),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 9\n0000000000 65535 f \n%strailer\n<< /Size 9 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))


UNSEEN = TEXT.replace(b"BT", b"BT 3 Tr")
PAGES = {
    "unseen over the picture": (True, a_page(SHOWN["picture"], UNSEEN)),
    "unseen before the picture": (True, a_page(UNSEEN, SHOWN["picture"])),
    "under the picture": (True, a_page(TEXT, SHOWN["picture"])),
    "unseen in a form": (True, a_page(SHOWN["picture"], SHOWN["form"], form=UNSEEN)),
    "set once for all": (True, a_page(b"3 Tr", SHOWN["picture"], TEXT)),
    "printed on a picture": (False, a_page(SHOWN["picture"], TEXT)),
    "printed, the mode put back": (False, a_page(SHOWN["picture"], b"q 3 Tr Q", TEXT)),
    "printed under a veil": (False, a_page(TEXT, SHOWN["veil"])),
    "printed beside a stamp": (False, a_page(TEXT, SHOWN["stamp"])),
    "unseen without a picture": (False, a_page(UNSEEN)),
    "a picture alone": (False, a_page(SHOWN["picture"])),
}


@pytest.mark.parametrize("kind", PAGES)
def test_text_that_is_not_to_be_seen(kind: str) -> None:
    asked, data = PAGES[kind]
    with pdfplumber.open(BytesIO(data)) as document:
        assert is_laid_under(document.pages[0]) is asked


def laid_over(unseen: str) -> bytes:
    """The sample as an OFD whose pages show a picture each, under text objects that bear an attribute."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(render.as_ofd(SAMPLE))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name).decode().replace("<ofd:TextObject ", f"<ofd:TextObject {unseen} ")
            body = body.replace("<ofd:Layer>", '<ofd:Layer><ofd:ImageObject Boundary="0 0 210 297" ResourceID="9"/>')
            new.writestr(name, body.replace("</ofd:CommonData>", "<ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData>"))
        media = '<ofd:MultiMedia ID="9" Type="Image"><ofd:MediaFile>i.png</ofd:MediaFile></ofd:MultiMedia>'
        new.writestr("Doc_0/Res.xml", f'<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res">{media}</ofd:Res>')
        new.writestr("Doc_0/Res/i.png", b"\x89PNG")
    return out.getvalue()


@pytest.mark.parametrize("unseen", ['Alpha="0"', 'Visible="false"', 'Fill="false"', ""])
def test_text_of_an_ofd_that_is_not_to_be_seen(unseen: str) -> None:
    source, plain = read_bytes(laid_over(unseen), "s.ofd"), read_bytes(render.as_ofd(SAMPLE), "s.ofd")
    assert (source.text, source.pages, source.confidence) == (plain.text, plain.pages, None)
    count = len(plain.pages)
    assert [value for key, value in source.stated if key == "text layer"] == ([f"? ({count}/{count})"] if unseen else [])


def test_who_recognised_a_text_is_said() -> None:
    built = build_report(SAMPLE.encode(), "r.txt", DIVISIONS)
    header = replace(built.record.header, stated=(Claim("recognised_by", "ABBYY FineReader (2/2)", "text layer"),))
    (said,) = caveats(header)
    assert said.endswith("check figures against the original: ABBYY FineReader (2/2)")


@pytest.mark.slow
def test_a_searchable_scan_is_marked_and_keeps_its_pages(tmp_path: Path) -> None:
    program = shutil.which("tesseract")
    if program is None or not render.has_programs("pdftoppm", "tesseract"):
        absent("pdftoppm or tesseract (Debian's poppler-utils, tesseract-ocr-chi-sim)")
    printed = render.by_weasyprint(SAMPLE)
    names = []
    for number, picture in enumerate(as_pictures(printed, tmp_path, 150)[:2]):
        names.append(str(tmp_path / f"{number}.png"))
        picture.save(names[-1])
    (tmp_path / "list").write_text("\n".join(names) + "\n", encoding="utf-8")
    subprocess.run([program, str(tmp_path / "list"), str(tmp_path / "s"), "-l", "chi_sim", "pdf"], check=True, capture_output=True)
    built = build_report((tmp_path / "s.pdf").read_bytes(), "s.pdf", DIVISIONS)
    assert built.record.header.confidence is None
    assert len(built.record.header.pages) == 2
    (line,) = [line for line in built.lines if "recognisedBy" in line]
    assert "Tesseract" in line
    assert '(2/2)"' in line
    assert "report-recognised-elsewhere" in {finding.shape.rpartition("/")[2].rpartition("#")[2] for finding in built.findings}
    assert caveats(extract_bytes(printed, "p.pdf", DIVISIONS).header) == []


def test_a_page_that_cannot_be_unpacked_is_not_passed_over(capfd: pytest.CaptureFixture[str]) -> None:
    lines = b"".join(b"%d %d m %d 9 l S\n" % (n * n % 595, n * n % 842, n) for n in range(400))
    packed = zlib.compress(lines + TEXT, 9)
    assert "its text" in read_bytes(a_page(packed=packed), "r.pdf").text
    with pytest.raises(InputError, match="page 1 is damaged"):
        read_bytes(a_page(packed=packed[:600] + b"\xff\xff\xff" + packed[603:]), "r.pdf")
    assert capfd.readouterr().err == ""


def test_the_parser_keeps_to_itself_what_is_a_little_out_of_order(capfd: pytest.CaptureFixture[str]) -> None:
    assert "its text" in read_bytes(a_page(b"/No Tw (x) Tc", TEXT), "r.pdf").text
    assert capfd.readouterr().err == ""

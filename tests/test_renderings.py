"""One report in the files that governments publish: each gives the facts of its text."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Record
from kg.pipeline import extract_bytes
from tests import render
from tests.conftest import DIVISIONS, SAMPLES, absent

Facts = tuple[Counter[object], Counter[object], Counter[object]]
EXACT: dict[str, Callable[[str], bytes]] = {
    "p.html": lambda text: render.as_html(text),
    "gbk.html": lambda text: render.as_html(text, "gbk"),
    "br.html": lambda text: render.as_html(text, style="br"),
    "nested.html": lambda text: render.as_html(text, style="nested"),
    "runs.html": lambda text: render.as_html(text, style="runs"),
    "p.mhtml": render.as_mhtml,
    "ie.mht": lambda text: render.as_mhtml(text, "ie"),
    "r.docx": render.as_docx,
    "r.ofd": render.as_ofd,
}


def facts(record: Record) -> Facts:
    """Figures by value, unit, bound and indicator; bodies and mechanisms by name."""
    return (
        Counter((o.value, o.unit, o.bound, o.indicator) for o in record.observations),
        Counter(b.name for b in record.bodies),
        Counter(m.concept or record.text[m.start : m.end] for m in record.mechanisms),
    )


def shared(found: Facts, wanted: Facts) -> float:
    """F1 of the facts of all kinds together."""
    both = sum(sum((a & b).values()) for a, b in zip(found, wanted, strict=True))
    return 2 * both / sum(sum(counter.values()) for side in (found, wanted) for counter in side)


@pytest.fixture(scope="module")
def sample() -> str:
    return (SAMPLES / "990100-2025.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def real(corpus: Path) -> str:
    return (corpus / "reports" / "419001-2025.txt").read_text(encoding="utf-8")


def check_exact(name: str, text: str) -> None:
    wanted, found = extract_bytes(text.encode(), "r.txt", DIVISIONS), extract_bytes(EXACT[name](text), name, DIVISIONS)
    assert facts(found) == facts(wanted)
    kept = ("title", "year", "issuer", "genre", "signed")
    assert [getattr(found.header, field) for field in kept] == [getattr(wanted.header, field) for field in kept]
    for furniture in ("上岚县", "东浦市诚邀", "备案号", "9901000001", "内部资料", "共 9 页"):
        assert furniture not in found.text


@pytest.mark.parametrize("name", EXACT)
def test_a_sample_gives_the_same_facts(name: str, sample: str) -> None:
    check_exact(name, sample)


@pytest.mark.corpus
@pytest.mark.parametrize("name", EXACT)
def test_the_real_report_gives_the_same_facts(name: str, real: str) -> None:
    check_exact(name, real)


@pytest.fixture(scope="module")
def prints(real: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    if not render.has_programs("soffice", "pdftoppm", "tesseract"):
        absent("soffice, pdftoppm or tesseract (Debian's libreoffice-writer-nogui, poppler-utils, tesseract-ocr-chi-sim)")
    folder, docx = tmp_path_factory.mktemp("prints"), render.as_docx(real)
    official = render.by_weasyprint(real, 16, "Noto Sans CJK SC")
    return {
        "w.pdf": render.by_weasyprint(real),
        "l.pdf": render.by_libreoffice(docx, folder, "docx", "pdf"),
        "l.doc": render.by_libreoffice(docx, folder, "docx", "doc"),
        "s.tif": render.as_scan(official, folder),
        "serif.tif": render.as_scan(render.by_weasyprint(real, 16), tmp_path_factory.mktemp("serif")),
    }


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize("name", ["w.pdf", "l.pdf", "l.doc"])
def test_prints_of_the_real_report(name: str, prints: dict[str, bytes], real: str) -> None:
    found = extract_bytes(prints[name], name)
    assert shared(facts(found), facts(extract_bytes(real.encode(), "r.txt"))) >= 0.99
    assert "汇编" not in found.text
    if name.endswith("pdf"):
        assert len(found.header.pages) >= 4
        assert list(found.header.pages) == sorted(found.header.pages)


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize("name", ["s.tif", "serif.tif"])
def test_a_scan_of_the_real_report(name: str, prints: dict[str, bytes], real: str) -> None:
    found, wanted = extract_bytes(prints[name], name), extract_bytes(real.encode(), "r.txt")
    kept, asked = (Counter((o.value, o.unit, o.bound) for o in record.observations) for record in (found, wanted))
    assert sum((kept & asked).values()) >= 0.95 * sum(asked.values())
    assert found.header.confidence is not None
    assert 0.9 < found.header.confidence < 1
    assert (found.header.year, found.header.genre) == (2025, "annual_report")


@pytest.mark.slow
def test_antiword_reads_what_libreoffice_wrote(sample: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not render.has_programs("soffice", "antiword"):
        absent("soffice or antiword")
    data = render.by_libreoffice(render.as_docx(sample), tmp_path, "docx", "doc")
    which = render.shutil.which
    monkeypatch.setattr("kg.read.office.shutil.which", lambda name: None if "office" in name else which(name))
    assert shared(facts(extract_bytes(data, "r.doc", DIVISIONS)), facts(extract_bytes(sample.encode(), "r.txt", DIVISIONS))) >= 0.99


@pytest.mark.slow
def test_an_ofd_of_pictures_is_recognised_like_a_scan(tmp_path: Path) -> None:
    if not render.has_programs("pdftoppm", "tesseract"):
        absent("pdftoppm or tesseract (Debian's poppler-utils, tesseract-ocr-chi-sim)")
    text = "\n".join((SAMPLES / "990100-sifaju-2025.txt").read_text(encoding="utf-8").split("\n")[:24])
    scan = render.as_scan(render.by_weasyprint(text, 16), tmp_path)
    plain, found = (extract_bytes(data, name, DIVISIONS) for data, name in ((scan, "s.tif"), (render.as_scanned_ofd(scan), "s.ofd")))
    assert (found.text, found.header.pages, found.header.confidence) == (plain.text, plain.header.pages, plain.header.confidence)
    assert found.header.media_type == "application/ofd"
    assert found.observations == plain.observations
    packed = extract_bytes(render.as_scanned_ofd(scan, "JB2"), "s.ofd", DIVISIONS)
    kept, asked = (Counter((o.value, o.unit, o.bound) for o in record.observations) for record in (packed, plain))
    assert (kept & asked).total() >= 0.95 * asked.total() > 20

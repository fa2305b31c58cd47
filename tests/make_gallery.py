"""Draw the gallery from the samples: pages into build/gallery, their pictures and the charts into docs/gallery, the text into docs/gallery.md.

A picture of a page needs Chromium. Places and figures are the samples': fiction.
"""

import io
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image
from playwright.sync_api import Browser

from kg.graph import open_graph
from kg.ingest import Options, ingest_files
from kg.network.views import VIEWS, build_network
from kg.network.write import write_network
from kg.picture.chart import CHARTS, make_chart, write_chart
from kg.picture.page import render_report
from kg.pipeline import build_report
from kg.query.bind import Execute
from kg.record import to_json
from tests.browser import launched, opened
from tests.make_goldens import DIVISIONS, sample_files

ROOT = Path(__file__).resolve().parents[1]
PICTURES, PAGES, TEXT = ROOT / "docs" / "gallery", ROOT / "build" / "gallery", ROOT / "docs" / "gallery.md"
REPORT = ROOT / "samples" / "990121-2025.html"
# What a view needs to be worth looking at on the samples.
PARAMS: dict[str, dict[str, tuple[str, ...]]] = {
    "report": {"place": ("临溪县",), "year": ("2025",)},
    "body": {"body": ("judicial-administration",)},
    "mechanism": {"mechanism": ("府院联动",)},
    "difference": {"place": ("云泽市",), "year": ("2024", "2025")},
}
_HEAD = """# Gallery · 图集

Made by `make gallery` from the fictional samples; after it the pages themselves lie in `build/gallery` (offline, one file each).
由 `make gallery` 从虚构样本生成;网页本身在 `build/gallery`(各为一个文件,可离线)。
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the gallery: name, titles, the command that makes it, and the file."""

    name: str
    title: dict[str, str]
    command: str
    page: Path


def make_pages(execute: Execute, folder: Path) -> Iterator[Piece]:
    """Write every page of the gallery and yield it: the report, the views, the charts."""
    folder.mkdir(parents=True, exist_ok=True)
    built = build_report(REPORT.read_bytes(), REPORT.name, DIVISIONS)
    page = folder / "report.html"
    page.write_text(render_report(to_json(built.record), built.findings), encoding="utf-8")
    yield Piece("report", {"zh": "一份报告", "en": "A report"}, "kg page FILE -o report.html", page)
    for name, view in VIEWS.items():
        page = folder / f"network-{name}.html"
        write_network(build_network(name, execute, PARAMS.get(name)), page)
        given = "".join(f" --param {key}={value}" for key, values in PARAMS.get(name, {}).items() for value in values)
        yield Piece(f"network-{name}", view.title, f"kg network {name}{given} --store STORE -o {name}.html", page)
    for name, chart in CHARTS.items():
        page = folder / f"chart-{name}.html"
        write_chart(make_chart(name, execute, {}), page)
        yield Piece(f"chart-{name}", chart.title, f"kg chart {name} --store STORE -o {name}.svg", page)


def take_picture(browser: Browser, piece: Piece, target: Path) -> None:
    """Photograph a page at the size of a laptop, when it has come to rest."""
    with opened(browser, piece.page, 1280, 800) as page:
        page.wait_for_timeout(2500)
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.iterdir():
        old.unlink()
    parts = [_HEAD]
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        store = Path(folder) / "store"
        list(ingest_files(sample_files(), store, Options(divisions=DIVISIONS), lambda: b""))
        execute = open_graph(store).execute
        for piece in make_pages(execute, PAGES):
            picture = PICTURES / f"{piece.name}.{'svg' if piece.name.startswith('chart-') else 'png'}"
            if picture.suffix == ".svg":
                write_chart(make_chart(piece.name.removeprefix("chart-"), execute, {}), picture)
            else:
                take_picture(browser, piece, picture)
            parts.append(f"## {piece.title['zh']} · {piece.title['en']}\n\n`{piece.command}`\n\n![{piece.title['en']}](gallery/{picture.name})\n")
    TEXT.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()

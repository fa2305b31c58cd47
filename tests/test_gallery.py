"""The gallery shows every view and chart there is; after a change that is meant: make gallery."""

import re

from kg.network.views import VIEWS
from kg.picture.chart import CHARTS
from tests.make_gallery import PICTURES, TEXT


def test_the_gallery_shows_everything_once() -> None:
    shown = re.findall(r"\(gallery/(\S+)\)", TEXT.read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(["report.png", *(f"network-{name}.png" for name in VIEWS), *(f"chart-{name}.svg" for name in CHARTS)])
    assert sorted(path.name for path in PICTURES.iterdir()) == sorted(shown)


def test_the_charts_of_the_gallery_name_their_charts() -> None:
    for name, chart in CHARTS.items():
        assert chart.title["zh"] in (PICTURES / f"chart-{name}.svg").read_text(encoding="utf-8")

"""What only a whole store shows: reports twice, figures far from their own years or their peers, indicators that fell silent."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.model import FillRate, Finding, Head, YearFigure
from kg.store import open_store
from kg.validate import compare_reports, load_shapes
from tests.conftest import DIVISIONS, SAMPLES

COUNT = "https://w3id.org/fazhi-kg/indicator/law-publicity-event-count"


def head(place: int, year: int, sha: str = "") -> Head:
    report = f"https://example.org/report/{place}/{year}"
    return Head(report, f"https://example.org/place/{place}", f"第{place}市", f"第{place}市人民政府", True, year, sha or report)


def figure(place: int, year: int, value: str, comparable: bool = True) -> YearFigure:
    of = head(place, year)
    name, unit = {"zh": "普法活动场次", "en": "legal education events"}, {"zh": "场", "en": " events"}
    return YearFigure(of.report, of.place, "prefecture", year, f"{of.report}/observation/{value}", COUNT, name, "urn:unit", unit, Decimal(value), comparable)


def compare(figures: list[YearFigure], heads: list[Head] | None = None) -> list[Finding]:
    return compare_reports(heads if heads is not None else list(dict.fromkeys(head(1, f.year) for f in figures)), figures, [], load_shapes())


def names(findings: list[Finding]) -> list[str]:
    return [f.shape.rpartition("#")[2] for f in findings]


def test_a_figure_ten_times_its_other_years_is_told_with_their_median() -> None:
    (found,) = compare([figure(1, 2021, "300"), figure(1, 2022, "320"), figure(1, 2023, "340"), figure(1, 2024, "3400")])
    assert (found.shape.rpartition("#")[2], found.severity, found.report) == ("far-from-own-years", "info", head(1, 2024).report)
    assert found.message["zh"].startswith("“普法活动场次”为 3400场,而本地其他 3 个年度的中位数为 320;")
    assert found.message["en"].startswith("“legal education events” is 3400 events, while the median of the place's 3 other years is 320;")


@pytest.mark.parametrize(
    "values",
    [["300", "320", "3400"], ["300", "320", "340", "3100"], ["1", "2", "2", "29"], ["300", "320", "340", "0"]],
    ids=["too few years", "less than ten times", "below the floor", "nought"],
)
def test_no_alarm_about_own_years(values: list[str]) -> None:
    assert compare([figure(1, 2021 + at, value) for at, value in enumerate(values)]) == []


def test_an_inexact_figure_and_one_of_two_are_not_compared() -> None:
    years = [figure(1, 2021, "300"), figure(1, 2022, "320"), figure(1, 2023, "340")]
    assert compare([*years, figure(1, 2024, "3400", comparable=False)]) == []
    assert compare([*years, figure(1, 2024, "3400"), figure(1, 2024, "350")]) == []


def test_a_figure_far_from_its_peers_but_not_from_a_wide_field() -> None:
    alike = [figure(place, 2024, str(90 + place)) for place in range(1, 10)]
    assert names(compare([*alike, figure(10, 2024, "2500")], [])) == ["far-from-peers"]
    assert compare([*alike[:7], figure(10, 2024, "2500")], []) == []  # too few places
    wide = [figure(place, 2024, str(3**place)) for place in range(1, 10)]
    assert compare([*wide, figure(10, 2024, "19683")], []) == []


def test_an_indicator_that_falls_silent_after_two_years() -> None:
    heads = [head(1, year) for year in (2022, 2023, 2024)]
    (found,) = compare([figure(1, 2022, "5"), figure(1, 2023, "6")], heads)
    assert (names([found]), found.report) == (["indicator-silent"], heads[2].report)
    assert "2 年" in found.message["zh"]
    assert "6 events in 2023" in found.message["en"]
    assert compare([figure(1, 2023, "6")], heads) == []  # in one year only
    assert compare([figure(1, 2022, "5"), figure(1, 2023, "6")], heads[:2]) == []  # no later report, no silence
    assert compare([figure(1, 2022, "5"), figure(1, 2023, "6"), figure(1, 2024, "7", comparable=False)], heads) == []


def rate(number: int, filled: int, of: int = 100) -> FillRate:
    names = {"zh": "举措", "en": "measure"}, {"zh": "主题", "en": "topic"}
    return FillRate(f"https://example.org/report/{number}", "urn:Measure", "urn:topic", *names, filled, of)


def test_a_report_of_which_far_less_is_filled_in_than_of_others() -> None:
    alike = [rate(number, 80 + number) for number in range(1, 10)]
    (found,) = compare_reports([], [], [*alike, rate(10, 12, 40)], load_shapes())
    assert (names([found]), found.report, found.severity) == (["fill-rate-low"], "https://example.org/report/10", "info")
    assert found.message["zh"].startswith("举措的“主题”只填了 12/40(30%),其他 9 份报告的中位数为 84%;")
    assert found.message["en"].startswith("Only 12 of 40 (30 %) of “measure” have “topic”, while the median of 9 other reports is 84 %;")


@pytest.mark.parametrize(
    "rates",
    [
        [rate(number, 80 + number) for number in range(1, 8)] + [rate(10, 30)],
        [rate(number, 80 + number) for number in range(1, 10)] + [rate(10, 65)],
        [rate(number, 80 + number) for number in range(1, 10)] + [rate(10, 0, 9)],
        [rate(number, 10 * number) for number in range(1, 10)] + [rate(10, 2)],
    ],
    ids=["too few reports", "less than 25 points", "too few things", "a wide field"],
)
def test_no_alarm_about_fill_rates(rates: list[FillRate]) -> None:
    assert compare_reports([], [], rates, load_shapes()) == []


def test_reports_and_texts_that_are_there_twice() -> None:
    one, same, text = head(1, 2024), head(1, 2024), head(2, 2024, sha=head(1, 2024).sha256)
    twin = Head(same.report + "/twin", same.place, same.place_name, same.issuer, True, 2024, "other")
    found = compare([], [one, twin, text])
    assert [(f.report, f.value, name) for f, name in zip(found, names(found), strict=True)] == [
        (one.report, twin.report, "report-twice"),
        (one.report, text.report, "text-twice"),
        (twin.report, one.report, "report-twice"),
        (text.report, one.report, "text-twice"),
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("across") / "store"
    files = [str(SAMPLES / f"990100-{year}.txt") for year in (2023, 2024, 2025)]
    done = CliRunner().invoke(main, ["ingest", *files, "--store", str(folder), "--divisions", DIVISIONS[0], "--executor", "serial", "--quiet"])
    assert done.exit_code == 0, done.output
    kept = open_store(folder)
    (graph,) = [g for g in kept.report_graphs() if g.value.endswith("/2024")]
    again = "\n".join(kept.lines_of(graph)).replace("people-government/2024", "people-government-2/2024").replace("\\n", "\\n ")
    report = graph.value.replace("graph/report/", "report/").replace("people-government/2024", "people-government-2/2024")
    kept.add_reports({report: again.encode() + b"\n"})
    kept.flush()
    kept.close()
    return folder


def validate(store: Path, *more: str) -> str:
    done = CliRunner().invoke(main, ["validate", "--store", str(store), *more])
    assert done.exit_code in (0, 1), done.output
    return done.stdout


def test_a_store_is_told_what_its_reports_show_together(store: Path) -> None:
    alone, told = (json.loads(validate(store, "--format", "json", *more))["findings"] for more in ((), ("--corpus",)))
    own = [f for f in told if f["component"].endswith("#CorpusCheck")]
    assert len(told) - len(own) == len(alone)
    assert {f["report"].rpartition("/")[0].rpartition("/")[2] for f in own if f["shape"].endswith("#report-twice")} == {
        "people-government",
        "people-government-2",
    }
    (calls,) = [f for f in own if "12345热线受理工单数" in f["message"]["zh"]]
    assert (calls["severity"], calls["start"]) == ("info", None)
    assert "426000" in calls["message"]["en"]
    assert "42.6万件" in calls["quote"]


@pytest.mark.parametrize("form", ["text", "csv", "html", "ttl"])
def test_every_format_tells_them(store: Path, form: str) -> None:
    assert "indicator-silent" in validate(store, "--corpus", "--format", form)


def test_the_corpus_needs_a_store() -> None:
    done = CliRunner().invoke(main, ["validate", "--corpus", str(SAMPLES / "990100-2025.txt")])
    assert done.exit_code == 2
    assert "--corpus 须与 --store 同用" in done.output

"""The panels: what a row says of its figure, every format read back, ratios that are derived, what is missing."""

import csv
import io
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas
import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.ingest import Options, ingest_files
from kg.ontology import load_concepts
from kg.panel import FLAGS, Panel, make_measures, make_panel, measures_codebook
from kg.query import load_queries
from kg.query.bind import Execute
from kg.sheets import render, stata_names
from kg.store import Store
from kg.table import Table
from tests.conftest import absent

TEXT = """上岚县人民政府2025年度法治政府建设情况报告

2025年,上岚县人民政府扎实推进法治政府建设,把行政复议和行政应诉作为化解行政争议的主要渠道,办案人员当年补足,听证和调解做到应开尽开。现报告如下:

一、依法化解矛盾

全年审结行政复议案件80件,调解和解行政复议案件20件。全县一审行政诉讼案件50件,败诉4件,败诉率9.1%。各乡镇综治中心接待来访群众,登记的矛盾纠纷由乡镇调解员上门办理。
"""


@pytest.fixture(scope="module")
def panel(execute: Execute) -> Panel:
    return make_panel(execute)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, sample_files: list[Path]) -> "kg.graph.Graph":  # type: ignore[name-defined]  # reason: loaded by kg.open
    folder = tmp_path_factory.mktemp("small")
    (folder / "990122-2025.txt").write_text(TEXT, encoding="utf-8")
    options = Options(divisions=(str(sample_files[0].parent / "divisions.csv"),))
    assert [o.state for o in ingest_files([folder / "990122-2025.txt"], folder / "store", options, lambda: b"")] == ["in"]
    return kg.open(folder / "store")


def rows(table: Table, indicator: str, **where: object) -> list[dict[str, object]]:
    return [r for r in table.records() if str(r["indicator_id"]).endswith("/" + indicator) and all(r[k] == v for k, v in where.items())]


def test_a_row_says_where_its_figure_stands(panel: Panel, sample_store: Store) -> None:
    (row,) = rows(panel.long, "agency-head-court-appearance-rate", place="云泽市", year=2024)
    assert (row["value"], row["unit"], row["bound"], row["basis"], row["flags"], row["chosen"]) == (Decimal("93.6"), "%", "exact", "printed", None, True)
    text = sample_store.quads.query(f"SELECT ?t WHERE {{ <{row['report']}> <https://w3id.org/fazhi-kg/ontology#text> ?t }}")
    start = int(str(row["start"]))
    assert next(iter(text))["t"].value[start : start + len(str(row["quote"]))] == row["quote"]  # type: ignore[union-attr,index]  # reason: a SELECT


def test_a_department_and_what_is_not_exact_are_flagged(panel: Panel) -> None:
    found = panel.long.records()
    of_department = [r for r in found if r["issuer"] == "云泽市司法局"]
    assert of_department
    assert all("department" in str(r["flags"]).split() for r in of_department)
    assert {r["bound"] for r in found} > {"exact"}
    assert all(("bound" in str(r["flags"]).split()) == (r["bound"] != "exact") for r in found)
    assert {flag for r in found for flag in str(r["flags"] or "").split()} <= set(FLAGS)


def test_one_figure_a_report_and_indicator_is_chosen(panel: Panel) -> None:
    keys = [(r["report"], r["indicator_id"]) for r in panel.long.records() if r["chosen"]]
    assert len(keys) == len(set(keys))
    assert len(keys) == sum(v is not None for row in panel.wide.rows for v in row[7:])
    assert len(panel.wide) == len({r["report"] for r in panel.long.records()})


def test_a_ratio_left_out_is_derived_and_says_how(small: "kg.graph.Graph") -> None:  # type: ignore[name-defined]  # reason: as above
    (row,) = rows(small.panel(), "reconsideration-mediation-rate")
    assert (row["value"], row["basis"], row["formula"], row["fact"]) == (Decimal("25.0"), "derived", "20/80*100", None)
    assert str(row["flags"]).split() == ["derived"]


def test_a_ratio_that_is_printed_is_not_derived(small: "kg.graph.Graph") -> None:  # type: ignore[name-defined]  # reason: as above
    (row,) = rows(small.panel(), "administrative-litigation-loss-rate")
    assert (row["value"], row["basis"]) == (Decimal("9.1"), "printed")


def test_what_is_missing_is_listed_and_never_zero(panel: Panel) -> None:
    missing = {(r["report"], r["indicator_id"]) for r in panel.missing.records()}
    given = {(r["report"], str(r["indicator_id"]).rsplit("/", 1)[1]) for r in panel.long.records()}
    assert missing
    assert not missing & given
    assert {"云泽市人民政府"} == {
        r["issuer"] for r in panel.missing.records() if r["report"] in {x["report"] for x in panel.long.records() if x["place"] == "云泽市"}
    }
    blank = [row[7 + at] for row in panel.wide.rows for at, name in enumerate(panel.wide.columns[7:]) if (row[6], name) in missing]
    assert blank
    assert set(blank) == {None}


def test_the_codebook_explains_every_column_flag_and_indicator(panel: Panel) -> None:
    book = {(r["kind"], r["variable"]): r for r in panel.codebook.records()}
    assert {name for kind, name in book if kind == "column"} == set(panel.long.columns)
    assert {name for kind, name in book if kind == "indicator"} == set(panel.wide.columns[7:])
    assert all(r["definition"] for (kind, _), r in book.items() if kind == "column")
    assert all(r["label_zh"] and r["label_en"] for r in book.values())
    assert all(r["definition"] for (kind, _), r in book.items() if kind == "indicator")
    assert book["indicator", "people-mediation-success-rate"]["formula"] == "people-mediation-success-count/people-mediation-case-count"


def explained(table: Table, book: Table) -> None:
    """Every code that a table holds stands in its codebook."""
    known = {str(r["variable"]).partition("=")[0] for r in book.records() if r["kind"] == "code"}
    codes = {str(r["variable"]) for r in book.records() if r["kind"] == "code"}
    assert {f"{name}={value}" for name in known for value in table.column(name) if value is not None} <= codes


def test_the_codebook_explains_the_codes(panel: Panel, execute: Execute) -> None:
    explained(panel.long, panel.codebook)
    measures = make_measures(execute)
    explained(measures, measures_codebook())
    assert [r["variable"] for r in measures_codebook("en").records() if r["kind"] == "column"] == list(measures.columns)
    assert {r["variable"]: r["stata"] for r in panel.codebook.records()}["agency-head-court-appearance-rate"] == "agency_head_court_appearance_rat"


def test_a_wide_column_says_its_unit(panel: Panel) -> None:
    assert {"行政机关负责人出庭应诉率(%)", "行政复议收案件数(件)"} <= set(panel.wide.labels)


@pytest.mark.parametrize("wide", [False, True])
def test_stata_reads_values_and_labels(panel: Panel, wide: bool) -> None:
    table = panel.wide if wide else panel.long
    data = render(table, "dta")
    assert data == render(table, "dta")
    with pandas.io.stata.StataReader(io.BytesIO(data)) as reader:
        labels, frame = reader.variable_labels(), reader.read()
    names = stata_names(table.columns)
    assert list(frame.columns) == names
    assert [labels[name] for name in names] == [label[:80] for label in table.labels]
    for name, column in zip(names, table.columns, strict=True):
        for got, value in zip(frame[name], table.column(column), strict=True):
            if column == "published":
                assert (got is pandas.NaT) if value is None else got == pandas.Timestamp(str(value))
            elif isinstance(value, str | None) and isinstance(got, str):
                assert got == (value or "")
            else:
                assert (got != got) if value is None else got == pytest.approx(float(str(value + 0 if isinstance(value, bool) else value)))


STATA_RESERVED = {
    "_all",
    "_b",
    "byte",
    "_coef",
    "_cons",
    "double",
    "float",
    "if",
    "in",
    "int",
    "long",
    "_n",
    "_N",
    "_pi",
    "_pred",
    "_rc",
    "_skip",
    "using",
    "with",
    "strL",
}


def test_stata_takes_every_name() -> None:
    columns = {column.name for query in load_queries().values() for column in query.columns} | set(load_concepts()["indicator"])
    names = stata_names(sorted(columns))
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"(?!str[0-9]+$)[A-Za-z_][A-Za-z0-9_]{0,31}", name) or name in STATA_RESERVED] == []


def test_governments_have_one_row_a_place_and_year(panel: Panel) -> None:
    rows = [(row["place"], row["year"]) for row in panel.wide.records() if row["issuer_kind"] == "government"]
    assert len(rows) == len(set(rows)) < len(panel.wide)


def test_all_formats_of_the_command(sample_store: Store, panel: Panel, tmp_path: Path) -> None:
    def run(*arguments: str) -> int:
        return CliRunner().invoke(main, ["panel", "--store", str(sample_store.folder), *arguments]).exit_code

    files = {suffix: tmp_path / f"panel.{suffix}" for suffix in ("csv", "parquet", "xlsx", "dta")}
    assert [run("-o", str(path)) for path in files.values()] == [0] * 4
    assert files["csv"].read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig"))))) == len(panel.long) + 1
    assert pandas.read_parquet(files["parquet"]).shape == (len(panel.long), len(panel.long.columns))
    book = openpyxl.load_workbook(files["xlsx"])
    assert {sheet.title: sheet.max_row - 1 for sheet in book} == {"panel": len(panel.long), "codebook": len(panel.codebook), "missing": len(panel.missing)}
    assert pandas.read_stata(files["dta"]).shape == (len(panel.long), len(panel.long.columns))
    extra = tmp_path / "codebook.csv", tmp_path / "missing.csv"
    assert run("--wide", "-o", str(tmp_path / "w.csv"), "--codebook", str(extra[0]), "--missing", str(extra[1])) == 0
    assert [len(path.read_text(encoding="utf-8-sig").splitlines()) > 1 for path in extra] == [True, True]
    assert run("-o", str(tmp_path / "panel.doc")) == 2
    assert not (tmp_path / "panel.doc").exists()


def test_a_panel_of_one_place(sample_store: Store) -> None:
    graph = kg.open(sample_store.folder)
    assert {r["place"] for r in graph.panel(place="临溪县").records()} == {"临溪县"}
    measures = graph.measures(topic="dispute-resolution").records()
    assert {str(r["report"]) for r in measures}
    assert len({r["topic"] for r in measures}) == 1


def test_every_measure_is_in_the_table(execute: Execute, sample_store: Store) -> None:
    table = make_measures(execute)
    counted = sample_store.quads.query("SELECT (COUNT(DISTINCT ?m) AS ?n) WHERE { GRAPH ?g { ?m a <https://w3id.org/fazhi-kg/ontology#Measure> } }")
    assert table.rows
    assert len({r["fact"] for r in table.records()}) == int(next(iter(counted))["n"].value)  # type: ignore[union-attr,index]  # reason: a SELECT


@pytest.mark.slow
def test_r_reads_the_panels_as_the_docs_say(sample_store: Store, panel: Panel, tmp_path: Path) -> None:
    if shutil.which("Rscript") is None or subprocess.run(["Rscript", "-e", "library(haven)"], capture_output=True, check=False).returncode != 0:
        absent("R with haven (Debian's r-base-core and r-cran-haven)")
    for command in (["panel", "-o", "panel.csv"], ["panel", "--wide", "-o", "panel.dta"], ["measures", "-o", "measures.csv"]):
        out = tmp_path / command[-1]
        assert CliRunner().invoke(main, [*command[:-1], str(out), "--store", str(sample_store.folder)]).exit_code == 0
    block = re.search(r"```r\n(.*?)```", (Path(__file__).parents[1] / "docs" / "panels.md").read_text(encoding="utf-8"), re.S)
    assert block is not None
    told = (
        block[1]
        + 'cat(nrow(long), nrow(plain), nrow(wide), nrow(measures), sum(long$value[long$unit == "件"]), attr(wide$place, "label"), long$indicator[1], sep = "\\n")'
    )
    done = subprocess.run(["Rscript", "-e", told], cwd=tmp_path, capture_output=True, text=True, check=True, env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    rows = panel.long.records()
    plain = [row for row in rows if row["chosen"] and not row["flags"]]
    reports, measures = {row["report"] for row in rows}, kg.open(sample_store.folder).measures()
    cases = sum(Decimal(str(row["value"])) for row in rows if row["unit"] == "件")
    assert done.stdout.split() == [str(len(rows)), str(len(plain)), str(len(reports)), str(len(measures)), str(cases), "地方", str(rows[0]["indicator"])]


def test_a_unit_that_is_one_of_several_is_no_odd_one(execute: Execute) -> None:
    rows = make_panel(execute).long.records()
    heads = [row for row in rows if str(row["indicator_id"]).endswith("/agency-head-court-appearance-count")]
    assert {row["unit"] for row in heads} == {"件"}, "the vocabulary has 件次/件/人次/次"
    assert [row for row in heads if "unit" in str(row["flags"] or "")] == []

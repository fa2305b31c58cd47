"""The ways to write and to hold an answer: every format read back, the Python interface, citations, time limits."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from pyarrow import parquet

import kg
from kg.cli import main
from kg.errors import KgError
from kg.sheets import render
from kg.store import Store
from kg.table import Table, to_csv, to_text

TABLE = Table(("place", "year", "rate", "full", "note"), [("云泽市", 2025, Decimal("98.5"), True, "=1+1"), ("临溪县", 2024, None, False, "a|b\tc\n<i>")])


@pytest.fixture
def graph(sample_store: Store) -> "kg.graph.Graph":  # type: ignore[name-defined]  # reason: loaded by kg.open
    return kg.open(sample_store.folder)


def test_text_formats_are_read_back() -> None:
    rows = list(csv.reader(io.StringIO(render(TABLE, "csv").decode())))
    assert rows == [list(TABLE.columns), ["云泽市", "2025", "98.5", "true", "=1+1"], ["临溪县", "2024", "", "false", "a|b\tc\n<i>"]]
    assert json.loads(render(TABLE, "json"))[0] == {"place": "云泽市", "year": 2025, "rate": 98.5, "full": True, "note": "=1+1"}
    assert [json.loads(line) for line in render(TABLE, "jsonl").decode().splitlines()] == json.loads(render(TABLE, "json"))
    assert [[*row] for row in csv.reader(io.StringIO(render(TABLE, "tsv").decode()), delimiter="\t")] == rows
    assert len({line.replace("\\|", "").count("|") for line in render(TABLE, "md").decode().splitlines()}) == 1


def test_workbook_is_read_back() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render(TABLE, "xlsx"))).active
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows()][1:] == [
        ("云泽市", 2025, 98.5, True, "=1+1"),
        ("临溪县", 2024, None, False, "a|b\tc\n<i>"),
    ]
    assert sheet["E2"].data_type == "s"
    assert render(TABLE, "xlsx") == render(TABLE, "xlsx")


def test_parquet_is_read_back() -> None:
    table = parquet.read_table(io.BytesIO(render(TABLE, "parquet")))
    assert table.to_pydict() == {
        "place": ["云泽市", "临溪县"], "year": [2025, 2024], "rate": [98.5, None], "full": [True, False], "note": ["=1+1", "a|b\tc\n<i>"],
    }  # fmt: skip


def test_python_interface(graph: "kg.graph.Graph") -> None:  # type: ignore[name-defined]  # reason: as above
    table = graph.query("mechanism-adoption", mechanism="府院联动")
    assert table.rows
    frame = table.to_pandas()
    assert list(frame.columns) == list(table.columns)
    assert len(frame) == len(table.rows)
    assert "<table" in table._repr_html_()
    assert "<i>" not in Table(("a",), [("<i>",)])._repr_html_()
    assert graph.sparql("ASK { ?s ?p ?o }").rows == [(True,)]
    with pytest.raises(KgError, match="府院联动"):
        graph.query("mechanism-adoption", mechanism="府院联劲")


def test_citations_lead_to_the_passage(sample_store: Store) -> None:
    args = [
        "query",
        "run",
        "indicators-of-report",
        "--store",
        str(sample_store.folder),
        "--param",
        "place=云泽市",
        "--param",
        "year=2025",
        "--cite",
        "--limit",
        "3",
    ]
    result = CliRunner().invoke(main, [*args, "--format", "json"])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)
    assert len(rows) == 3
    assert all("云泽市" in json.dumps(row, ensure_ascii=False) and "#char=" in json.dumps(row) for row in rows)


def test_a_question_that_takes_too_long_is_exit_code_4(sample_store: Store) -> None:
    heavy = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(CONTAINS(STR(?c), STR(?f))) }"
    result = CliRunner().invoke(main, ["sparql", heavy, "--store", str(sample_store.folder), "--timeout", "1"])
    assert result.exit_code == 4, result.output


def test_neither_store_nor_endpoint(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["query", "run", "reports"]).exit_code == 2
    assert CliRunner().invoke(main, ["query", "run", "reports", "--store", str(tmp_path / "missing")]).exit_code in (2, 3)


def test_addresses_of_ours_read_as_text_for_people() -> None:
    iri = "https://w3id.org/fazhi-kg/local-mechanism/990100/%E2%80%9C%E6%B3%95%E6%B2%BB%E9%A9%BF%E7%AB%99%E2%80%9D"
    table = Table(("iri", "rate"), [(iri, "100%25")])
    assert "local-mechanism/990100/“法治驿站”" in to_text(table)
    assert "100%25" in to_text(table), "what is no address of ours stays as it is"
    assert iri in to_csv(table)

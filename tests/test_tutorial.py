"""The tutorial notebook: kept without outputs, and it runs as it stands."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

DOCS = Path(__file__).resolve().parents[1] / "docs"


def read() -> Any:
    return nbformat.read(DOCS / "tutorial.ipynb", as_version=4)


def test_it_is_kept_without_outputs() -> None:
    cells = [cell for cell in read().cells if cell.cell_type == "code"]
    assert [cell.id for cell in cells if cell.outputs or cell.execution_count is not None] == []


@pytest.fixture(scope="module")
def outputs() -> list[str]:
    """What the notebook shows, a text an output: HTML and pictures before plain text."""
    notebook = read()
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(DOCS)}}).execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return [str(output.get("text") or output.data.get("text/html") or output.data.get("image/svg+xml") or output.data) for output in shown]


@pytest.mark.slow
def test_it_goes_from_reports_to_a_figure_and_a_panel(outputs: list[str]) -> None:
    whole = "\n".join(outputs)
    assert outputs[0].split() == ["入库", "11"]
    assert [text for text in ("青榆市", "综合查一次", "98.2", "#char=") if text not in whole] == []
    assert whole.count("<svg") == 1
    assert "http://" not in whole.replace("http://www.w3.org/", "")
    assert [name for name in ("codebook.csv", "missing.csv", "panel.dta") if name not in whole] == []


@pytest.mark.slow
def test_silence_is_shown_as_blank(outputs: list[str]) -> None:
    (hotline,) = [text for text in outputs if "12345热线满意率" in text]
    assert "false" in hotline

"""How a report of a store is named, and its page made from the file it came from; two writers at once."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.store import open_store
from tests.conftest import DIVISIONS, SAMPLES

PLACES = ("--divisions", DIVISIONS[0])
YUNZE = "report/990100/people-government/2025"


def kg(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a store, and a folder of its own texts."""
    folder = tmp_path_factory.mktemp("held")
    texts = folder / "texts"
    texts.mkdir()
    for name in ("990100-2024.txt", "990100-2025.txt", "990100-sifaju-2025.txt"):
        (texts / name).write_bytes((SAMPLES / name).read_bytes())
    assert kg("ingest", str(texts), "--store", str(folder / "store"), *PLACES, "--quiet").exit_code == 0
    return folder / "store", texts


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ((YUNZE,), YUNZE),
        (("https://w3id.org/fazhi-kg/" + YUNZE,), YUNZE),
        (("云泽市", "2025"), YUNZE),
        (("云泽市2025年度",), YUNZE),
        (("990100", "2024"), "report/990100/people-government/2024"),
        (("云泽市司法局",), "report/990100/judicial-administration/2025"),
    ],
)
def test_a_report_is_named_as_people_name_it(held: tuple[Path, Path], words: tuple[str, ...], meant: str) -> None:
    shown = kg("reports", "show", *words, "--store", str(held[0]))
    assert f"<https://w3id.org/fazhi-kg/graph/{meant}> ." in shown.stdout.splitlines()[0]


@pytest.mark.parametrize(("words", "said"), [("云泽市", "people-government/2024"), ("云泽", "judicial-administration"), ("火星市 2025", "reports list")])
def test_what_names_none_or_several_is_told(held: tuple[Path, Path], words: str, said: str) -> None:
    shown = kg("reports", "show", words, "--store", str(held[0]))
    assert (shown.exit_code, said in shown.stderr) == (2, True)


def test_the_page_of_a_report_in_a_store(held: tuple[Path, Path], tmp_path: Path) -> None:
    store, texts = held
    assert kg("page", "云泽市", "2025", "--store", str(store), "-o", str(tmp_path / "a.html"), *PLACES).exit_code == 0
    assert kg("page", str(texts / "990100-2025.txt"), "-o", str(tmp_path / "b.html"), *PLACES).exit_code == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    unplaced = kg("page", "云泽市", "2025", "--store", str(store), "-o", str(tmp_path / "c.html"))
    assert "--divisions" in unplaced.stderr


def test_a_text_that_has_gone_is_told_by_its_place(held: tuple[Path, Path], tmp_path: Path) -> None:
    store, texts = held
    moved = texts / "990100-2024.txt"
    data = moved.read_bytes()
    moved.write_bytes(data + "增补。".encode())
    try:
        said = kg("page", "云泽市", "2024", "--store", str(store), "-o", str(tmp_path / "x.html"), *PLACES)
    finally:
        moved.write_bytes(data)
    assert (said.exit_code, str(moved) in said.stderr, (tmp_path / "x.html").exists()) == (3, True, False)


def test_of_two_writers_the_second_is_told(held: tuple[Path, Path], tmp_path: Path) -> None:
    busy = open_store(tmp_path / "new", create=True)
    (tmp_path / "new" / "format.json").unlink()  # as while the first of two runs is making the store
    said = kg("ingest", str(SAMPLES / "990100-2023.txt"), "--store", str(tmp_path / "new"), *PLACES)
    assert (said.exit_code, "another process is writing" in said.stderr) == (3, True)
    busy.close()

"""Shared fixtures. Real reports lie outside the project: KG_CORPUS names their folder; under CI they must be there."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from kg.divisions import Register, load_register
from kg.ingest import Options, ingest_files
from kg.query.ask import execute_on
from kg.query.bind import Execute
from kg.store import Store, read_store
from tests.browser import chromium, launched
from tests.servers import Server, oxigraph_binary, oxigraph_server, virtuoso_binary, virtuoso_server

# The same examples each time; `pytest --hypothesis-profile=explore` looks for new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile("same")

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
DIVISIONS = (str(SAMPLES / "divisions.csv"),)


@pytest.fixture(scope="session")
def corpus() -> Path:
    folder = Path(os.environ.get("KG_CORPUS", "/nonexistent"))
    if not (folder / "reports").is_dir():
        if os.environ.get("CI"):
            pytest.fail("KG_CORPUS names no folder with reports/: under CI the real reports must be there")
        pytest.skip("KG_CORPUS is not set: tests on real reports are SKIPPED")
    return folder


@pytest.fixture(scope="session")
def register() -> Register:
    return load_register(DIVISIONS)


@pytest.fixture(scope="session")
def sample_files() -> list[Path]:
    return sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html"))


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory, sample_files: list[Path]) -> Store:
    folder = tmp_path_factory.mktemp("samples") / "store"
    outcomes = list(ingest_files(sample_files, folder, Options(divisions=DIVISIONS), lambda: b""))
    assert [o.state for o in outcomes] == ["in"] * len(sample_files)
    return read_store(folder)


@pytest.fixture(scope="session")
def execute(sample_store: Store) -> Execute:
    return execute_on(sample_store.quads)


def absent(what: str) -> None:
    """A server or browser that is not there: a loud skip on a desk, a failure under CI."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed: under CI it must be there")
    pytest.skip(f"{what} is not installed: tests with it are SKIPPED")


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if oxigraph_binary() is None:
        absent("oxigraph (pip install oxigraph)")
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if virtuoso_binary() is None:
        absent("virtuoso-t (Debian's virtuoso-opensource-7-bin, or KG_VIRTUOSO=folder of the unpacked .deb)")
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        absent("chromium (Debian's chromium, or KG_CHROMIUM=path)")
    with launched() as started:
        yield started

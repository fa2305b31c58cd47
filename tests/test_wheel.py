"""What a user gets: the wheel outside any checkout, complete and able to run; and an editable install that reads the checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from hatch_build import NODE, BundleHook, is_fresh
from tests.conftest import ROOT

FOLDERS = {"ontology": ".ttl", "queries": ".rq", "shapes": ".ttl", "samples": ".txt"}
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
OFFLINE = ["--no-deps", "--no-index", "--no-build-isolation"]


def run(*command: str | Path, cwd: Path, timeout: int = 300) -> str:
    """Run a command without the checkout on its path, give its stdout; show all that it said when it fails."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=env, capture_output=True, encoding="utf-8", timeout=timeout)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def make_venv(folder: Path) -> Path:
    """Make an environment that sees the running one's libraries and not its editable kg; give its python.

    A folder named in a .pth file is searched, but the .pth files in it are not read, so the pointer to the checkout stays behind.
    """
    venv.create(folder, symlinks=True)
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    (site / "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n", encoding="utf-8")
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a build reads, so that building leaves nothing in the real checkout and an edit harms nothing."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("kg", "web", *FOLDERS):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "LICENSE-DATA.md"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(*PIP, "wheel", *OFFLINE, "-w", out, checkout, cwd=out)
    (built,) = out.glob("fazhi_kg-*.whl")
    return built


def test_wheel_carries_the_data(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder, suffix in FOLDERS.items():
        wanted = {f"kg/_data/{folder}/{p.relative_to(ROOT / folder).as_posix()}" for p in (ROOT / folder).rglob("*") if p.is_file()}
        assert wanted - held == set()
        assert any(name.startswith(f"kg/_data/{folder}/") and name.endswith(suffix) for name in held), folder


def test_wheel_carries_the_bundle_of_the_pages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        script = archive.read("kg/_data/web/dist/network.js").decode()
        assert archive.read("kg/_data/web/dist/network.css")
    assert "MIT" in script  # the licences of what is bundled
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if "node_modules" in name]


def test_node_is_asked_for_only_where_something_is_to_be_bundled(checkout: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    web = shutil.copytree(checkout / "web", tmp_path / "web")
    hook = BundleHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel")  # type: ignore[arg-type]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert is_fresh(web)
    assert hook.dependencies() == []
    (web / "src" / "words.js").write_text("export const WORDS = {};", encoding="utf-8")
    assert not is_fresh(web)
    assert hook.dependencies() == [NODE]


def test_a_source_archive_carries_the_bundle_and_its_sources(checkout: Path, tmp_path: Path) -> None:
    run(sys.executable, "-c", "import sys, hatchling.build as b; b.build_sdist(sys.argv[1])", tmp_path, cwd=checkout)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {"web/dist/network.js", "web/src/network.js", "web/package-lock.json", "hatch_build.py"} <= names


def test_wheel_carries_code_and_licence_only_besides(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"kg", wheel.name.split("-py3")[0] + ".dist-info"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_demo_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    python = make_venv(tmp_path / "env")
    run(*PIP, "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    where = run(python, "-c", "import kg; from kg.resources import data_folder; print(kg.__file__, data_folder('ontology'), sep='\\n')", cwd=tmp_path)
    for line in where.splitlines():
        assert Path(line).is_relative_to(tmp_path / "env"), where
    run(python.parent / "kg", "demo", "out", cwd=tmp_path)
    assert (tmp_path / "out" / "store").is_dir()
    assert len((tmp_path / "out" / "panel.csv").read_text(encoding="utf-8").splitlines()) > 1
    page = (tmp_path / "out" / "network.html").read_text(encoding="utf-8")
    assert "云泽市司法局" in page
    assert "sigma" in page


def test_an_edited_label_is_seen_in_an_editable_install(checkout: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(checkout, tmp_path / "checkout")
    python = make_venv(tmp_path / "env")
    run(*PIP, "--python", python, "install", *OFFLINE, "-e", folder, cwd=tmp_path)
    ask = "from kg.ontology import load_concepts; print(load_concepts()['unit']['yuan'].zh)"
    assert run(python, "-c", ask, cwd=tmp_path).strip() == "元"
    units = folder / "ontology" / "units.ttl"
    units.write_text(units.read_text(encoding="utf-8").replace('"元"@zh', '"圆"@zh', 1), encoding="utf-8")
    assert run(python, "-c", ask, cwd=tmp_path).strip() == "圆"

"""The house rules: who may import whom, where a library lives, how long things get, and what no file of the project may name."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import absent

ROOT = Path(__file__).resolve().parents[1]

# Rooms of a layer: the first part below `kg`. A package counts as one room, inside it modules may know one another.
LAYERS: dict[int, set[str]] = {
    0: {"model", "errors", "numerals", "resources", "pieces", "files"},
    1: {"vocab", "ontology", "lexicon", "divisions", "place", "issuer", "romanize", "grids", "identity", "zones", "house"},
    2: {"read", "segment", "header", "extract", "link", "relate", "triples", "validate"},
    3: {
        *("pipeline", "refusal", "record", "store", "provenance", "remote", "ingest", "fetch", "checking", "evaluate"),
        *("query", "answer", "table", "sheets", "panel", "codebook", "graph", "network", "shell", "picture", "reference"),
        *("explain", "candidates", "lookup", "held", "columns"),
    },
    4: {"dump", "present", "demo"},
    5: {"cli"},
}
MAY_IMPORT: dict[int, set[int]] = {0: {0}, 1: {0, 1}, 2: {0, 1}, 3: {0, 1, 3}, 4: {0, 1, 3, 4}, 5: {0, 1, 3, 4, 5}}
KNOWS_THE_STEPS = "pipeline"

# Outside libraries and the rooms that may import them.
HOMES: dict[str, set[str]] = {
    "altair": {"picture"},
    "click": {"cli"},
    "distributed": {"ingest"},
    "duckdb": {"columns"},
    "numpy": {"columns", "query"},  # the columns of an answer
    "lxml": {"read"},
    "pdfminer": {"read"},
    "pdfplumber": {"read"},
    "PIL": {"read"},
    "pypdfium2": {"read"},
    "networkx": {"network"},
    "pandas": {"table", "sheets"},
    "pyarrow": {"sheets", "network"},
    "pyoxigraph": {
        "store",
        "provenance",
        "ontology",
        "query",
        "answer",
        "graph",
        "remote",
        "validate",
        "columns",
    },  # syntax, terms and results of the stores they ask
    "pyparsing": {"query", "validate"},  # raises what rdflib's SPARQL parser raises
    "pyshacl": {"validate"},
    "rdflib": {"validate", "query", "columns"},  # query.read_only, columns: its SPARQL parser tells whether a question only reads, and what it asks
    "SPARQLWrapper": {"remote"},
    "vl_convert": {"picture"},
    "xlsxwriter": {"sheets"},
}

MAX_FUNCTION, MAX_MODULE = 40, 250
LONGER_FOR_A_REASON: dict[str, str] = {
    "kg/model.py": "the values of all steps are read together",
    "kg/record/recall.py": "one small reader a list of the record",
    "kg/extract/ignored.py": "one table of rules, tried in order",
}  # "kg/x.py" or "kg/x.py:function" → why it is better in one piece

TARGETS = {"demo", "test", "test-all", "check", "gallery", "golden", "ontology", "docs", "bench", "lock", "format", "clean"}
# Put together from parts, so that this file does not name what it forbids.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("npmmirror", "com"),
        ("deb", "debian", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    )
]
MACHINE_PATHS = ["root", "work", "opt/wheels", "opt/" + "pypi"]
FORBIDDEN = re.compile("|".join([*map(re.escape, REGISTRIES), r"(?<![\w./-])/(?:" + "|".join(MACHINE_PATHS) + r")(?![\w-])/?"]).encode())


@cache
def tracked() -> tuple[Path, ...]:
    """List the project's files: as git sees them (new ones too), else all that lie in an unpacked source archive."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True)
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [
            p
            for p in ROOT.rglob("*")
            if not {"build", "dist", "node_modules"} & set(p.relative_to(ROOT).parts)
            and not any(part.startswith(".") or part == "__pycache__" for part in p.relative_to(ROOT).parts[:-1])
        ]
    return tuple(p for p in paths if p.is_file())


@cache
def modules() -> dict[str, Path]:
    """Map dotted names to the files of `kg`."""
    found = {}
    for path in sorted((ROOT / "kg").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def room(module: str) -> str:
    """Name the room of a module: `kg.read.html` → `read`; `kg` itself → ``."""
    return module.split(".")[1] if "." in module else ""


def layer_of(name: str) -> int:
    return next(level for level, rooms in LAYERS.items() if name in rooms)


@cache
def imports(module: str) -> frozenset[str]:
    """Collect what a module imports anywhere in it, as dotted names; relative imports are made absolute."""
    path, found = modules()[module], set()
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            source = ".".join(part for part in (base, node.module) if part)
            names = {f"{source}.{alias.name}" for alias in node.names}
            found |= {name if name in modules() else source for name in names}
    return frozenset(found)


def test_every_room_has_a_layer() -> None:
    placed = set().union(*LAYERS.values())
    homeless = {room(module) for module in modules()} - placed - {""}
    assert homeless == set(), "give each new room a layer in LAYERS"


@pytest.mark.parametrize("module", sorted(module for module in modules() if room(module) in set().union(*LAYERS.values())))
def test_imports_go_down(module: str) -> None:
    here = layer_of(room(module))
    allowed = MAY_IMPORT[here] | ({2} if room(module) == KNOWS_THE_STEPS else set())
    wrong = []
    for name in imports(module):
        if not name.startswith("kg.") or room(name) == room(module):
            continue
        if layer_of(room(name)) not in allowed or room(name) in LAYERS[5]:
            wrong.append(f"{module} (layer {here}) imports {name} (layer {layer_of(room(name))})")
    assert wrong == []


def test_no_circle_of_modules() -> None:
    graph = {module: {name for name in imports(module) if name in modules() and name != "kg"} for module in modules()}
    list(TopologicalSorter(graph).static_order())  # raises CycleError, which shows the circle


@pytest.mark.parametrize("module", sorted(modules()))
def test_libraries_stay_at_home(module: str) -> None:
    outside = {name.partition(".")[0] for name in imports(module)} - sys.stdlib_module_names - {"kg"}
    strays = {library for library in outside if room(module) not in HOMES.get(library, set())}
    assert strays == set(), f"{module}: a library has its homes in HOMES"


@pytest.mark.parametrize("module", sorted(modules()))
def test_lengths(module: str) -> None:
    path = modules()[module]
    name, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    lengths = {name: (len(text.splitlines()), MAX_MODULE)}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lengths[f"{name}:{node.name}"] = ((node.end_lineno or node.lineno) - node.lineno + 1, MAX_FUNCTION)
    assert {what: f"{size} lines, at most {limit}" for what, (size, limit) in lengths.items() if size > limit and what not in LONGER_FOR_A_REASON} == {}


def test_no_file_names_a_registry_or_this_machine() -> None:
    named = [(path.relative_to(ROOT).as_posix(), hit.group().decode()) for path in tracked() for hit in FORBIDDEN.finditer(path.read_bytes())]
    assert named == []


def test_no_lock_file_with_addresses() -> None:
    assert [path for path in tracked() if path.name in {"uv.lock", "poetry.lock", "Pipfile.lock"}] == []


def pins(name: str) -> dict[str, str]:
    """Read a requirements file: {package: version}; each block must be `name==version` with hashes and nothing else."""
    found = {}
    for block in re.sub(r"\\\n", " ", (ROOT / "requirements" / name).read_text(encoding="utf-8")).splitlines():
        match = re.fullmatch(r"([a-z0-9-]+)==(\S+)((?:\s+--hash=sha256:[0-9a-f]{64})+)\s*", block)
        assert match is not None, f"requirements/{name}: not a pin with hashes: {block[:80]}"
        found[match[1]] = match[2]
    return found


def test_requirements_are_pinned_and_cover_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]

    def named(wanted: list[str]) -> set[str]:
        return {re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace("_", "-") for line in wanted}

    test, dev = pins("test.txt"), pins("dev.txt")
    assert named(project["dependencies"] + extras["test"] + extras["remote"] + extras["frames"]) - set(test) == set()
    assert named(extras["dev"] + extras["bench"]) - set(dev) == set()
    assert {name: (test[name], dev[name]) for name in set(test) & set(dev) if test[name] != dev[name]} == {}


# Offered under several licences, of which one is free of copyleft's reach; nothing of them is shipped.
CHOSEN = {"pyphen": "MPL 1.1, of GPL, LGPL and MPL"}


@pytest.mark.parametrize("name", sorted(pins("test.txt")))
def test_no_copyleft_dependency(name: str) -> None:
    try:
        data = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        absent(name)
    if name in CHOSEN:
        return
    said = [data.get("License-Expression", ""), data.get("License", "")[:200], *data.get_all("Classifier", [])]
    assert [line for line in said if re.search(r"\bA?GPL|General Public", line)] == []


def test_makefile_has_its_targets() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert TARGETS - set(re.findall(r"^([a-z-]+):", text, re.MULTILINE)) == set()

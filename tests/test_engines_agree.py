"""The default engine against pySHACL, the reference: the same (focus, path, value, component, severity) on the W3C's own tests and on the samples.

The W3C's tests lie in pySHACL's source distribution, which pip fetches into a cache; nothing of them is copied.
"""

import importlib.metadata
import logging
import subprocess
import sys
import tarfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef

from kg.divisions import load_register
from kg.model import Finding
from kg.pipeline import extract_bytes
from kg.triples import quads_of
from kg.validate import handed_over, load_shapes, validate_quads
from kg.validate.fast import plan_of, run_plan
from kg.validate.graph import Triples
from kg.validate.reference import validate_with_pyshacl
from kg.validate.results import Result
from kg.validate.shapes import Shapes, Triple
from kg.validate.terms import Term, is_blank, is_literal, parts
from tests.conftest import DIVISIONS, SAMPLES, absent

Key = tuple[str, str, str, str | None, str | None]
NOT_COVERED = {  # by the default engine: such a shape is handed to pySHACL whole
    "core/node/qualified-001",
    "core/path/path-strange-001",
    "core/path/path-strange-002",
    "core/property/qualifiedMinCountDisjoint-001",
    "core/property/qualifiedValueShapesDisjoint-001",
    "sparql/component/nodeValidator-001",
    "sparql/component/optional-001",
    "sparql/component/propertyValidator-select-001",
    "sparql/component/validator-001",
    "sparql/node/sparql-002",
    "sparql/node/sparql-003",
    *(f"sparql/pre-binding/pre-binding-{number:03d}" for number in range(1, 8)),
    "sparql/pre-binding/shapesGraph-001",
    *(f"sparql/pre-binding/unsupported-sparql-{number:03d}" for number in range(1, 7)),
}
REFUSED = {"sparql/node/prefixes-001"}  # by pySHACL, which reads no prefixes of an imported ontology
SHT = "http://www.w3.org/ns/shacl-test#"


@pytest.fixture(scope="session")
def w3c() -> Path:
    """The folder of the W3C's tests, unpacked from pySHACL's source distribution."""
    version = importlib.metadata.version("pyshacl")
    cache = Path(__file__).resolve().parents[1] / "build" / "pyshacl-source"
    folder = cache / f"pyshacl-{version}" / "test" / "resources"
    if not folder.is_dir():
        wanted = [f"pyshacl=={version}", "--no-deps", "--no-binary", "pyshacl", "--quiet", "--disable-pip-version-check", "--dest", str(cache)]
        done = subprocess.run([sys.executable, "-m", "pip", "download", *wanted], capture_output=True, text=True)
        archive = next(cache.glob(f"pyshacl-{version}.tar.gz"), None)
        if archive is None:
            absent(f"the source distribution of pySHACL {version} (pip: {done.stderr.strip()[-300:]})")
        with tarfile.open(archive) as source:
            source.extractall(cache, filter="data")
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # ill-formed literals are what the tests are about
    return folder


def plain(value: Term | None) -> str | None:
    """A term without what the libraries write differently: names of blank nodes, 1.0 and 1."""
    if value is None or is_blank(value):
        return "_" if value is not None else None
    text, language, datatype = parts(value)
    return Literal(text, lang=language, datatype=URIRef(datatype) if language is None else None).n3() if is_literal(value) else value


def keys(results: list[Result]) -> set[Key]:
    return {(r.component, r.severity, plain(r.focus) or "", r.path, plain(r.value)) for r in results}


def read(path: Path) -> tuple[Triple, ...]:
    quads = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri(), rename_blank_nodes=True)
    return tuple((str(q.subject), str(q.predicate), str(q.object)) for q in quads)


def cases(w3c: Path) -> dict[str, tuple[tuple[Triple, ...], tuple[Triple, ...]]]:
    """Each test's data and shapes: two graphs named in a manifest, or one file that holds both."""
    found = {}
    for path in sorted((w3c / "dash_tests").rglob("*.test.ttl")):
        if path.relative_to(w3c / "dash_tests").parts[0] in ("core", "sparql"):
            found[path.relative_to(w3c / "dash_tests").as_posix().removesuffix(".test.ttl")] = (read(path),) * 2
    for path in sorted((w3c / "sht_tests").rglob("*.ttl")):
        graphs = {p: o for _, p, o in read(path) if p in (f"<{SHT}dataGraph>", f"<{SHT}shapesGraph>")}
        if len(graphs) == 2:
            name = "sht/" + path.relative_to(w3c / "sht_tests").as_posix().removesuffix(".ttl")
            data, shapes = (read(Path(graphs[f"<{SHT}{kind}Graph>"][1:-1].removeprefix("file://"))) for kind in ("data", "shapes"))
            found[name] = data, shapes
    return found


def test_the_w3c_tests(w3c: Path) -> None:
    differing, uncovered, agreed = {}, set(), 0
    for name, (data, triples) in cases(w3c).items():
        shapes = Shapes(triples, Triples(triples), name)
        plan, text = plan_of(shapes), "".join(f"{s} {p} {o} .\n" for s, p, o in data).encode()
        if plan.uncovered:
            uncovered.add(name.removeprefix("sht/"))
        elif name.removeprefix("sht/") not in REFUSED:
            fast, reference = keys(run_plan(plan, Triples(data))), keys(list(validate_with_pyshacl(text, shapes)))
            agreed += fast == reference
            if fast != reference:
                differing[name] = {"fast alone": fast - reference, "pySHACL alone": reference - fast}
    assert differing == {}
    assert uncovered == NOT_COVERED
    assert agreed >= 180


def told(findings: list[Finding]) -> set[tuple[str, str, str | None, str | None, str, str, str | None]]:
    return {(f.shape, f.focus, f.path, f.value, f.component, f.severity, f.quote) for f in findings}


@pytest.mark.parametrize("path", sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html")), ids=lambda p: p.name)
def test_the_samples(path: Path) -> None:
    lines = quads_of(extract_bytes(path.read_bytes(), path.name, DIVISIONS), load_register(DIVISIONS))
    assert told(validate_quads(lines)) == told(validate_quads(lines, engine="pyshacl"))


@pytest.mark.corpus
def test_the_real_report(corpus: Path) -> None:
    path = corpus / "reports" / "419001-2025.txt"
    lines = quads_of(extract_bytes(path.read_bytes(), path.name), load_register(()))
    assert told(validate_quads(lines)) == told(validate_quads(lines, engine="pyshacl"))


def test_the_projects_own_shapes_are_covered() -> None:
    assert handed_over(load_shapes()) == []


def test_a_shape_that_is_not_covered_is_handed_over_alone(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix fz: <https://w3id.org/fazhi-kg/ontology#> . @prefix e: <https://example.org/> .\n"
        'e:regex a sh:NodeShape ; sh:targetClass fz:Report ; sh:sparql [ sh:message "{?y}" ;\n'
        ' sh:select """SELECT $this ?y WHERE { $this <https://w3id.org/fazhi-kg/ontology#year> ?y FILTER(REGEX(STR(?y), "20(?=25)")) }""" ] .\n'
        "e:plain a sh:NodeShape ; sh:targetClass fz:Report ; sh:property [ sh:path fz:year ; sh:maxInclusive 2000 ] .\n",
        encoding="utf-8",
    )
    shapes = load_shapes((str(own),))
    assert handed_over(shapes) == [("https://example.org/regex", "a regular expression with lookaround")]
    path = SAMPLES / "990100-2025.txt"
    lines = quads_of(extract_bytes(path.read_bytes(), path.name, DIVISIONS), load_register(DIVISIONS))
    found = {f.shape for f in validate_quads(lines, shapes)}
    assert found >= {"https://example.org/regex", "https://example.org/plain"}
    assert told(validate_quads(lines, shapes)) == told(validate_quads(lines, shapes, engine="pyshacl"))

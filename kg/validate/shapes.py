"""Turtle files → Shapes: the project's and a researcher's own, each fault told by file and line before anything is validated."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.resources import data_files
from kg.validate.terms import Term, Triples, is_blank, text_of
from kg.vocab import RDF, RDFS

SH = "http://www.w3.org/ns/shacl#"
SEVERITIES = {f"{SH}Violation": "violation", f"{SH}Warning": "warning", f"{SH}Info": "info"}
_STANDARD_PREFIXES = {"owl": "http://www.w3.org/2002/07/owl#", "rdf": RDF, "rdfs": RDFS}  # those that pySHACL gives too
_NOWHERE = ox.Store()
Triple = tuple[Term, Term, Term]


def sh(name: str) -> Term:
    """A term of the SHACL vocabulary."""
    return f"<{SH}{name}>"


@dataclass(frozen=True, eq=False)
class Shapes:
    """The shapes as read, and the digest that names their version."""

    triples: tuple[Triple, ...]
    graph: Triples
    version: str

    def named(self, node: Term) -> str:
        """A shape's IRI, or that of the named one that holds it: a blank node's name changes from run to run."""
        while is_blank(node):
            holder = next((s for s, p, o in self.triples if o == node and p != sh("sourceShape")), None)
            if holder is None:
                break
            node = holder
        return text_of(node)


@lru_cache(maxsize=4)
def load_shapes(extra: tuple[str, ...] = ()) -> Shapes:
    """Read the project's shapes and further files or folders; a fault raises InputError with file and line."""
    files = [*data_files("shapes", ".ttl"), *(path for name in extra for path in _turtle_files(Path(name)))]
    return read_shapes({path: path.read_bytes() for path in files})


def read_shapes(texts: dict[Path, bytes]) -> Shapes:
    """Read shapes files, given by name and content."""
    parts = {path: _parse_turtle(path, data) for path, data in texts.items()}
    triples = tuple(t for own in parts.values() for t in own)
    graph = Triples(triples)
    for path, own in parts.items():
        text = texts[path].decode()
        _check_severities(path, text, own)
        _check_queries(path, text, own, graph)
    return Shapes(triples, graph, hashlib.sha256(b"".join(texts.values())).hexdigest()[:12])


def _turtle_files(path: Path) -> list[Path]:
    if not path.exists():
        raise InputError(f"{path}: 没有这个形状文件或目录 · no such shapes file or folder; expected Turtle (.ttl)")
    found = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
    if not found:
        raise InputError(f"{path}: 目录中没有形状文件 · no shapes in this folder; expected Turtle (.ttl)")
    return found


def _parse_turtle(path: Path, data: bytes) -> list[Triple]:
    try:
        quads = list(ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))
    except (SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) and error.lineno is not None else data.count(b"\n") + 1
        raise InputError(f"{path}:{line}: 不是合法的 Turtle · not valid Turtle: {str(error).splitlines()[0]}") from error
    return [(str(q.subject), str(q.predicate), str(q.object)) for q in quads]


def _check_severities(path: Path, text: str, own: Sequence[Triple]) -> None:
    for shape, predicate, severity in own:
        if predicate == sh("severity") and text_of(severity) not in SEVERITIES:
            last = re.split(r"[#/:]", text_of(severity))[-1]
            found = re.search(rf"severity\s+\S*{re.escape(last)}", text)
            line = text.count("\n", 0, found.start()) + 1 if found is not None else 1
            raise InputError(
                f"{path}:{line}: 不认识的严重级别 {text_of(severity)}({text_of(shape)})· unknown severity; expected sh:Violation, sh:Warning or sh:Info"
            )


def _check_queries(path: Path, text: str, own: Sequence[Triple], graph: Triples) -> None:
    for constraint, predicate, literal in own:
        if predicate in (sh("select"), sh("ask")):
            query, head = text_of(literal), prologue(graph, constraint)
            try:
                _NOWHERE.query(head + re.sub(r"[$?]PATH\b", "<urn:path>", query))
            except SyntaxError as error:
                place = re.search(r"error at (\d+):", str(error))
                inside = int(place.group(1)) - 1 - head.count("\n") if place is not None else 0
                line = text.count("\n", 0, max(text.find(query), 0)) + 1 + max(inside, 0)
                unknown = "Prefix not found" in str(error)
                reason = "前缀未声明 · prefix not declared by PREFIX or sh:prefixes" if unknown else str(error).splitlines()[0]
                raise InputError(f"{path}:{line}: SPARQL 语法错误({text_of(constraint)})· SPARQL syntax error: {reason}") from error


def prologue(graph: Triples, constraint: Term) -> str:
    """The PREFIX lines that a SPARQL constraint declares by sh:prefixes, its imports' too."""
    declared, ontologies = dict(_STANDARD_PREFIXES), list(graph.objects(constraint, sh("prefixes")))
    for ontology in ontologies:
        ontologies += [o for o in graph.objects(ontology, "<http://www.w3.org/2002/07/owl#imports>") if o not in ontologies]
        for declaration in graph.objects(ontology, sh("declare")):
            prefix, namespace = graph.value(declaration, sh("prefix")), graph.value(declaration, sh("namespace"))
            if prefix is not None and namespace is not None:
                declared[text_of(prefix)] = text_of(namespace)
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in declared.items())

"""Turtle files → Shapes: the project's and a researcher's own, each fault told by file and line before anything is validated."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.resources import data_files
from kg.validate.faults import check_shapes
from kg.validate.graph import Triples
from kg.validate.terms import Term, is_blank, text_of
from kg.vocab import RDF, RDFS, SH

_STANDARD_PREFIXES = {"owl": "http://www.w3.org/2002/07/owl#", "rdf": RDF, "rdfs": RDFS}  # those that pySHACL gives too
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
        """What a shape is called."""
        return name_of(self.triples, node)


def name_of(triples: Iterable[Triple], node: Term) -> str:
    """A shape's IRI, or that of the named one that holds it: a blank node's name changes from run to run."""
    while is_blank(node):
        holder = next((s for s, p, o in triples if o == node and p != sh("sourceShape")), None)
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
        check_shapes(path, text, own, lambda node, own=own: name_of(own, node), lambda node: prologue(graph, node))  # type: ignore[misc]
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


def say_plainly(graph: Triples, node: Term, component: str) -> tuple[tuple[str, str], ...]:
    """What a constraint of a shape without sh:message says: which parameter is not met."""
    name = component.removeprefix(SH).removesuffix("ConstraintComponent")
    name = "sparql" if name == "SPARQL" else name[:1].lower() + name[1:]
    values = [" ".join(map(text_of, graph.items(value))) if is_blank(value) else text_of(value) for value in graph.objects(node, sh(name))]
    said = " ".join([f"sh:{name}", *filter(None, values)]) if component.startswith(SH) else component
    return ("en", f"does not meet {said}"), ("zh", f"不合 {said}")


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

"""Small changes to a good graph, one a line: which node, which property, what is done to it, and exactly which constraints must see it.

    fz:Measure fz:verb + "办" => measure-verb/MaxCount
    fz:FigureRelation[fz:relationKind="ratio"]/fz:relationOf fz:value = 3 => rate-recomputed/SPARQL

The node is the first, by name, of the class that has the property (or, where the property is to be added, the first of the class), may
be narrowed by a value and be followed to another. `-` takes the property's values away, `+` adds one, `=` puts one in their place;
`--` takes them away from every such node. Several changes are joined by `;`. `with FILE` before them lays a graph of tests/shapes beside the sample's.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.validate.graph import TYPE, Triples, triples_of
from kg.validate.terms import Term
from kg.vocab import DCTERMS, FZ, OA, ORG, RDF, RDFS, SKOS, XSD
from tests.shacl import quads_of_turtle

FOLDER = Path(__file__).parent / "shapes"
PREFIXES = {
    "fz": FZ,
    "dcterms": DCTERMS,
    "oa": OA,
    "org": ORG,
    "rdfs": RDFS,
    "skos": SKOS,
    "rdf": RDF,
    "mech": "https://w3id.org/fazhi-kg/mechanism/",
    "unit": "https://w3id.org/fazhi-kg/unit/",
    "ind": "https://w3id.org/fazhi-kg/indicator/",
}
Triple = tuple[Term, Term, Term]
_STEP = re.compile(r"(?P<kind>\S+?)(?:\[(?P<by>\S+?)=(?P<value>[^\]]+)\])?(?:/(?P<then>\S+))?\s+(?P<path>\S+)\s+(?P<op>--|[-+=])\s*(?P<term>.*)")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One line of the table."""

    line: str
    beside: str | None
    steps: tuple[str, ...]
    expected: frozenset[str]


def read_mutations() -> Iterator[Mutation]:
    """Read the table."""
    for line in (FOLDER / "mutations.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            changes, _, expected = line.partition(" => ")
            beside = re.match(r"with (\S+): ", changes)
            steps = changes[beside.end() :] if beside is not None else changes
            yield Mutation(line, beside.group(1) if beside is not None else None, tuple(s.strip() for s in steps.split(";")), frozenset(expected.split()))


def term(text: str) -> Term:
    """A term as written in the table: fz:x, "text", "text"@zh, 5, 5.0, true."""
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return f'"{text}"^^<{XSD}{"decimal" if "." in text else "integer"}>'
    if text in ("true", "false"):
        return f'"{text}"^^<{XSD}boolean>'
    prefix, _, name = text.partition(":")
    return f"<{PREFIXES[prefix]}{name}>" if prefix in PREFIXES else text


def mutate(good: list[Triple], mutation: Mutation) -> list[Triple]:
    """Make the changes of one line."""
    triples = list(good)
    if mutation.beside is not None:
        (report,) = Triples(good).subjects(TYPE, term("fz:Report"))
        lines = [line.replace(f"{report[:-1]}/report>", report) for line in quads_of_turtle(FOLDER / mutation.beside)]
        triples += [(s, p, o) for s, p, o in triples_of(lines) if s != report]
    for step in mutation.steps:
        match = _STEP.fullmatch(step)
        assert match is not None, f"not a change: {step}"
        triples = _change(triples, match)
    return triples


def _change(triples: list[Triple], step: re.Match[str]) -> list[Triple]:
    graph, path, value = Triples(triples), term(step["path"]), term(step["term"]) if step["term"] else ""
    nodes = sorted(graph.subjects(TYPE, term(step["kind"]))) if step["kind"] != "*" else sorted(graph.columns[path])
    if step["by"]:
        nodes = [node for node in nodes if term(step["value"]) in graph.objects(node, term(step["by"]))]
    if step["then"]:
        nodes = [other for node in nodes for other in graph.objects(node, term(step["then"]))]
    if step["op"] == "--":
        return [t for t in triples if t[0] not in nodes or t[1] != path]
    node = next((node for node in nodes if graph.objects(node, path)), None) if step["op"] != "+" else next(iter(nodes), None)
    node = node if node is not None else next(iter(nodes), None)
    assert node is not None, f"the good graph holds no {step['kind']}"
    kept = [t for t in triples if t[:2] != (node, path)] if step["op"] != "+" else triples
    return [*kept, (node, path, value)] if value else kept


def cut(good: list[Triple], mutations: list[Mutation], also: Iterable[Term]) -> list[Triple]:
    """Leave of a graph what the mutations touch (two nodes where one touches all), further nodes, one that names each of these, and what they rest on."""
    graph, kept = Triples(good), dict.fromkeys(also)
    for mutation in mutations:
        touched = sorted({subject for subject, _, _ in {*good} ^ {*mutate(good, mutation)}})
        kept |= dict.fromkeys(touched[: 2 if "--" in mutation.line else None])
    holders = {target: subject for subject, _, target in reversed(good) if subject != target}
    kept |= dict.fromkeys([holders[node] for node in kept if node in holders])
    todo = list(kept)
    while todo:
        todo = [target for target in dict.fromkeys(target for node in todo for _, target in graph.about(node)) if target not in kept]
        kept |= dict.fromkeys(todo)
    return [t for t in good if t[0] in kept]

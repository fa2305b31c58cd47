"""Turtle under `ontology/` → concepts. What a lawyer could correct is read from there, never written in code.

Only this module and `store` touch pyoxigraph: its parser reads all schemes in a few hundredths of a second.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

from kg.errors import InputError
from kg.resources import data_files
from kg.vocab import BASE, FZ, RDF, RDFS, SKOS, concept_id

SCHEMES = {"Topic": "topic", "Mechanism": "mechanism", "Indicator": "indicator", "BodyType": "body-type", "Unit": "unit", "IgnoredReason": "ignored-reason"}
CODES = ("bound", "status", "period-kind", "damage-kind")  # closed lists: their concepts are of one class, fz:Code


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a scheme: its id, labels by role, and its other values by property name."""

    id: str
    iri: str
    scheme: str
    zh: str
    en: str
    alternatives: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    definition: str | None = None
    note: str | None = None
    example: str | None = None
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def value(self, name: str) -> str | None:
        """Give the first value of a property such as `mechanismType`, or None."""
        return self.values.get(name, (None,))[0]

    def ids(self, name: str) -> tuple[str, ...]:
        """Give the ids of the concepts that a property such as `participantType` points to."""
        return tuple(concept_id(iri) for iri in self.values.get(name, ()))

    def id_of(self, name: str) -> str | None:
        """Give the id of the first concept that a property such as `under` points to, or None."""
        return next(iter(self.ids(name)), None)

    def labels(self) -> tuple[str, ...]:
        """Give the preferred and alternative Chinese labels, preferred first."""
        return (self.zh, *self.alternatives)


def read_quads(paths: tuple[str, ...]) -> list[ox.Quad]:
    """Parse Turtle files; a syntax error names the file and the line."""
    quads: list[ox.Quad] = []
    for path in paths:
        try:
            quads.extend(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
        except SyntaxError as error:
            raise InputError(f"{path}:{error.lineno}: 不是合法的 Turtle · not valid Turtle: {error.msg}") from error
    return quads


@lru_cache(maxsize=1)
def ontology_quads() -> tuple[ox.Quad, ...]:
    """Parse all of `ontology/` once."""
    return tuple(read_quads(tuple(str(path) for path in data_files("ontology", ".ttl"))))


def read_statements() -> dict[str, dict[str, tuple[str, ...]]]:
    """Give all that `ontology/` says: {IRI: {property: values}}; texts stand under the property with their language (…#definition@zh)."""
    facts: dict[str, dict[str, list[str]]] = {}
    for quad in ontology_quads():
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal | ox.NamedNode):
            language = quad.object.language if isinstance(quad.object, ox.Literal) else None
            key = quad.predicate.value + (f"@{language}" if language is not None else "")
            facts.setdefault(quad.subject.value, {}).setdefault(key, []).append(quad.object.value)
    return {iri: {key: tuple(values) for key, values in each.items()} for iri, each in facts.items()}


@lru_cache(maxsize=1)
def background_triples() -> tuple[tuple[str, str, str], ...]:
    """What a report is validated against: each concept's class and kind, and which classes are kinds of Mechanism; terms in N-Triples."""
    triples = [(str(q.subject), str(q.predicate), str(q.object)) for q in ontology_quads()]
    kind, wanted = f"<{RDF}type>", {f"<{FZ}{name}>" for name in ("indicatorKind", "unitClass")}
    concepts = {s for s, p, o in triples if p == kind and o in {f"<{FZ}{name}>" for name in SCHEMES}}
    found = [t for t in triples if t[0] in concepts and (t[1] == kind or t[1] in wanted)]
    return tuple(found + [t for t in triples if t[1] == f"<{RDFS}subClassOf>" and t[2] == f"<{FZ}Mechanism>"])


@lru_cache(maxsize=1)
def core_properties() -> dict[str, tuple[str, ...]]:
    """The properties of each class whose fill rates are watched, by its IRI."""
    pairs = sorted((str(q.subject)[1:-1], str(q.object)[1:-1]) for q in ontology_quads() if q.predicate.value == FZ + "coreProperty")
    return {kind: tuple(term for one, term in pairs if one == kind) for kind, _ in pairs}


@lru_cache(maxsize=1)
def load_concepts() -> dict[str, dict[str, Concept]]:
    """Read the schemes: {scheme: {id: Concept}}, in the order of the files."""
    facts: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = {}
    for quad in ontology_quads():
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal | ox.NamedNode):
            facts.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    schemes: dict[str, dict[str, Concept]] = {name: {} for name in (*SCHEMES.values(), *CODES)}
    for iri, values in facts.items():
        kind = next((_scheme(iri, c.value[len(FZ) :]) for c in values.get(RDF_TYPE, [])), None)
        if kind is not None and iri.startswith(BASE):
            concept = _make_concept(iri, kind, values)
            schemes[kind][concept.id] = concept
    return schemes


def _scheme(iri: str, cls: str) -> str | None:
    return iri.removeprefix(BASE).partition("/")[0] if cls == "Code" else SCHEMES.get(cls)


RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _make_concept(iri: str, scheme: str, values: dict[str, list[ox.Literal | ox.NamedNode]]) -> Concept:
    def of(prop: str, language: str = "zh") -> tuple[str, ...]:
        return tuple(v.value for v in values.get(SKOS + prop, []) if isinstance(v, ox.Literal) and v.language == language)

    own = {p[len(FZ) :]: tuple(v.value for v in vs) for p, vs in values.items() if p.startswith(FZ)}
    return Concept(
        id=concept_id(iri),
        iri=iri,
        scheme=scheme,
        zh=(of("prefLabel") or ("",))[0],
        en=(of("prefLabel", "en") or ("",))[0],
        alternatives=of("altLabel"),
        hidden=of("hiddenLabel"),
        definition=next(iter(of("definition")), None),
        note=next(iter(of("scopeNote")), None),
        example=next(iter(of("example")), None),
        values=own,
    )

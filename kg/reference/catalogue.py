"""Turtle under `ontology/` → a catalogue: terms of the ontology and concepts of the schemes, with all that is said of each, for pages and tables."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.ontology import CODES, Concept, load_concepts, read_statements
from kg.query import load_queries
from kg.vocab import BASE, DCTERMS, FZ, OA, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD

KINDS = {"Class": "class", "ObjectProperty": "link", "DatatypeProperty": "value", "AnnotationProperty": "note"}
PREFIXES = {
    FZ: "fz:", SKOS: "skos:", DCTERMS: "dcterms:", OWL: "owl:", RDFS: "rdfs:", RDF: "rdf:", PROV: "prov:", ORG: "org:",
    OA: "oa:", "http://www.w3.org/ns/sosa/": "sosa:", "http://www.w3.org/ns/dcat#": "dcat:", "http://qudt.org/schema/qudt/": "qudt:",
    "http://qudt.org/vocab/unit/": "qudt-unit:", XSD: "xsd:",
}  # fmt: skip
SCHEMES = ("topic", "mechanism", "indicator", "body-type", "unit", *CODES, "ignored-reason")
FIRST_VERSION = "0.1.0"
Said = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology."""

    name: str
    kind: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    above: tuple[str, ...]
    domain: str | None
    range: str | None
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme with its concepts, in the order of the files."""

    id: str
    title_zh: str
    title_en: str
    definition_zh: str
    definition_en: str
    version: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True)
class Catalogue:
    """Everything that is published."""

    header: Said
    terms: tuple[Term, ...]
    schemes: tuple[Scheme, ...]
    said: dict[str, Said]
    narrower: dict[str, tuple[str, ...]]
    names: dict[str, Concept]
    questions: dict[str, tuple[str, ...]]

    def of(self, concept: Concept, predicate: str) -> tuple[str, ...]:
        """Give what a property says of a concept: texts, or IRIs."""
        return self.said.get(concept.iri, {}).get(predicate, ())

    def since(self, concept: Concept) -> str:
        """Give the version in which a concept came in."""
        return next(iter(self.of(concept, FZ + "since")), FIRST_VERSION)


def short(iri: str) -> str:
    """Write an IRI with its prefix: fz:Report, prov:Entity."""
    stem = next((stem for stem in PREFIXES if iri.startswith(stem)), None)
    return PREFIXES[stem] + iri.removeprefix(stem) if stem is not None else iri.removeprefix(BASE)


def make_catalogue() -> Catalogue:
    """Read what `ontology/` and the questions say."""
    said = read_statements()
    narrower: dict[str, list[str]] = defaultdict(list)
    names = {concept.iri: concept for scheme in load_concepts().values() for concept in scheme.values()}
    for iri in names:
        for above in said[iri].get(SKOS + "broader", ()):
            narrower[above].append(iri)
    return Catalogue(
        said[BASE + "ontology"],
        tuple(_terms(said, used := _uses())),
        tuple(_schemes(said)),
        said,
        {iri: tuple(each) for iri, each in narrower.items()},
        names,
        _questions(used),
    )


def _uses() -> dict[str, tuple[str, ...]]:
    """Find the terms that each stored question uses: {query: terms}."""
    return {query.id: tuple(sorted(set(re.findall(r"\bfz:(\w+)", query.text)))) for query in load_queries().values()}


def _questions(used: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Map each competency question (cq01 …) to the stored questions that answer it."""
    found: dict[str, list[str]] = defaultdict(list)
    for query in load_queries().values():
        for tag in query.tags:
            if re.fullmatch(r"cq\d\d", tag):
                found[tag].append(query.id)
    return {tag: tuple(sorted(found[tag])) for tag in sorted(found)}


def _terms(said: dict[str, Said], used: dict[str, tuple[str, ...]]) -> Iterable[Term]:
    for iri in sorted(said, key=lambda each: each.casefold()):
        kinds = [kind.removeprefix(OWL) for kind in said[iri].get(RDF + "type", ())]
        kind = next((KINDS[each] for each in KINDS if each in kinds), None)
        if not iri.startswith(FZ) or kind is None:
            continue
        one = {key: values[0] for key, values in said[iri].items()}
        name = iri.removeprefix(FZ)
        yield Term(
            name, kind, one[RDFS + "label@zh"], one[RDFS + "label@en"], one[SKOS + "definition@zh"], one[SKOS + "definition@en"],
            tuple(short(each) for key in ("subClassOf", "subPropertyOf") for each in said[iri].get(RDFS + key, ())),
            short(one[RDFS + "domain"]) if RDFS + "domain" in one else None, short(one[RDFS + "range"]) if RDFS + "range" in one else None,
            tuple(query for query, terms in sorted(used.items()) if name in terms),
        )  # fmt: skip


def _schemes(said: dict[str, Said]) -> Iterable[Scheme]:
    for name in SCHEMES:
        concepts = tuple(load_concepts()[name].values())
        told = said[said[concepts[0].iri][SKOS + "inScheme"][0]]
        title, definition = ((told[f"{key}@zh"][0], told[f"{key}@en"][0]) for key in (DCTERMS + "title", SKOS + "definition"))
        yield Scheme(name, *title, *definition, told[OWL + "versionInfo"][0], concepts)

"""Catalogue → a description of the dataset for machines: DCAT and VoID, as Turtle; its stored questions; with a store, what its graphs hold."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kg import __version__
from kg.ontology import ontology_quads
from kg.query import load_queries
from kg.query.catalogue import QUERY_BASE, catalogue_turtle
from kg.reference.catalogue import Catalogue
from kg.vocab import BASE, DCTERMS, RDF

_HEAD = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_BY = "<https://creativecommons.org/licenses/by/4.0/>"
_CC0 = "<https://creativecommons.org/publicdomain/zero/1.0/>"


def describe_dataset(catalogue: Catalogue, quads: Iterable[Any] | None = None) -> str:
    """Write the catalogue entry of vocabularies and divisions; `quads` adds the counts of a store's graphs."""
    title = {language: catalogue.header[f"{DCTERMS}title@{language}"][0] for language in ("zh", "en")}
    schemes = "".join(_scheme(scheme.id, scheme.title_zh, scheme.title_en, len(scheme.concepts)) for scheme in catalogue.schemes)
    parts = [f"<{BASE}ontology>", *(f"<{BASE}dataset/{scheme.id}>" for scheme in catalogue.schemes), f"<{BASE}dataset/divisions>", f"<{BASE}dataset/queries>"]
    whole = f"""
<{BASE}> a dcat:Catalog ;
    dcterms:title "{title["zh"]}"@zh, "{title["en"]}"@en ;
    dcterms:license {_BY} ;
    dcat:version "{__version__}" ;
    dcat:dataset {", ".join(parts)} .

<{BASE}ontology> a dcat:Dataset, void:Dataset ;
    dcterms:title "{title["zh"]}"@zh, "{title["en"]}"@en ;
    dcterms:license {_BY} ;
    void:triples {len(ontology_quads())} ;
    void:vocabulary <http://www.w3.org/2004/02/skos/core#>, <http://www.w3.org/ns/prov#>, <http://www.w3.org/ns/org#>, <http://www.w3.org/ns/oa#>, <http://www.w3.org/ns/sosa/> ;
    void:uriSpace "{BASE}" ;
    dcat:distribution <{BASE}dataset/ontology.ttl> .

<{BASE}dataset/ontology.ttl> a dcat:Distribution ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/text/turtle> ;
    dcterms:license {_BY} .

<{BASE}dataset/divisions> a dcat:Dataset ;
    dcterms:title "行政区划代码及沿革(1981—2024)"@zh, "Division codes and their history (1981–2024)"@en ;
    dcterms:license {_CC0} .
"""
    return _HEAD + whole + schemes + _queries() + (_store(quads) if quads is not None else "")


def _scheme(name: str, zh: str, en: str, concepts: int) -> str:
    return f"""
<{BASE}dataset/{name}> a dcat:Dataset, void:Dataset ;
    dcterms:title "{zh}"@zh, "{en}"@en ;
    dcterms:license {_BY} ;
    dcterms:isPartOf <{BASE}ontology> ;
    void:entities {concepts} ;
    void:uriSpace "{BASE}{name}/" .
"""


def _queries() -> str:
    """The stored questions as SHACL executables, as SIB's catalogues of queries have them: a file that lies beside the data slows no question."""
    queries = load_queries()
    parts = ", ".join(f"<{QUERY_BASE}{name}>" for name in queries)
    return f"""
<{BASE}dataset/queries> a dcat:Dataset ;
    dcterms:title "预存问题"@zh, "Stored questions"@en ;
    dcterms:license {_BY} ;
    dcterms:hasPart {parts} .

{catalogue_turtle(queries.values())}"""


def _store(quads: Iterable[Any]) -> str:
    """Count a store's graphs: triples, graphs, entities by class, triples by property."""
    classes, properties, graphs = Counter[str](), Counter[str](), set[str]()
    for quad in quads:
        properties[quad.predicate.value] += 1
        graphs.add(str(quad.graph_name))
        if quad.predicate.value == RDF + "type":
            classes[quad.object.value] += 1
    rows = [f"    void:classPartition <{BASE}dataset/graph/class/{n}>" for n, _ in enumerate(sorted(classes))]
    rows += [f"    void:propertyPartition <{BASE}dataset/graph/property/{n}>" for n, _ in enumerate(sorted(properties))]
    text = f"""
<{BASE}dataset/graph> a dcat:Dataset, void:Dataset ;
    dcterms:title "法治政府建设年度报告知识图谱"@zh, "Knowledge graph of annual law-based-government reports"@en ;
    void:triples {sum(properties.values())} ;
    void:documents {len(graphs)} ;
    void:classes {len(classes)} ;
    void:properties {len(properties)} ;
"""
    text += " ;\n".join(rows) + " .\n"
    text += "".join(f"<{BASE}dataset/graph/class/{n}> void:class <{iri}> ; void:entities {classes[iri]} .\n" for n, iri in enumerate(sorted(classes)))
    return text + "".join(
        f"<{BASE}dataset/graph/property/{n}> void:property <{iri}> ; void:triples {properties[iri]} .\n" for n, iri in enumerate(sorted(properties))
    )

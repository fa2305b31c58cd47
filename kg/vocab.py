"""Every IRI that is minted, and how: from stable keys only, never from counters, clocks or paths; and how it is read back."""

import hashlib
import re
from typing import NamedTuple
from urllib.parse import quote

BASE = "https://w3id.org/fazhi-kg/"
FZ = BASE + "ontology#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
VOID = "http://rdfs.org/ns/void#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"fz": FZ, "dcterms": DCTERMS, "oa": OA, "org": ORG, "prov": PROV, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "void": VOID, "xsd": XSD}

SHAPES = BASE + "shapes#"
REFERENCE_GRAPH = BASE + "graph/reference"
META_GRAPH = BASE + "graph/meta"
REPORT_GRAPHS = BASE + "graph/report/"
_REPORT = re.compile(
    re.escape(BASE) + r"(?:graph/)?(?P<report>report/(?P<division>[^/#]+)/(?P<type>[^/#]+)(?:/(?P<name>[^/#]+))?/(?P<year>\d{4}|undated))(?=[/#]|$)"
)


def concept_iri(scheme: str, concept: str) -> str:
    """Name a concept: scheme is topic, mechanism, indicator, body-type or unit."""
    return f"{BASE}{scheme}/{concept}"


def concept_id(iri: str) -> str:
    """Give the id of a concept back from its IRI."""
    return iri.rsplit("/", 1)[1]


def division_iri(code: str) -> str:
    """Name a division by its six-digit code."""
    return f"{BASE}division/{code}"


def body_iri(division: str, body_type: str, name: str | None = None) -> str:
    """Name a body: body type in a division; `name` tells apart several of one type (各部门, 有关部门)."""
    tail = f"/{_slug(name)}" if name is not None else ""
    return f"{BASE}body/{division}/{body_type}{tail}"


def local_mechanism_iri(division: str, name: str) -> str:
    """Name a mechanism that is known only by a local name."""
    return f"{BASE}local-mechanism/{division}/{_slug(name)}"


def report_iri(issuer: str, year: int | None) -> str:
    """Name a report by the body that issues it and the year."""
    return f"{issuer.replace(BASE + 'body/', BASE + 'report/', 1)}/{year if year is not None else 'undated'}"


def graph_iri(report: str) -> str:
    """Name the graph that holds one report's triples."""
    return report.replace(BASE + "report/", REPORT_GRAPHS, 1)


class ReportKeys(NamedTuple):
    """What names a report: the division and body type of who issues it, its name where these do not tell it, and the year."""

    division: str
    type: str
    name: str | None
    year: int | None


def report_keys(iri: str) -> ReportKeys | None:
    """Read the keys of a report from its IRI, or from that of its graph or of anything in it; None for other IRIs.

    >>> report_keys("https://w3id.org/fazhi-kg/report/990100/people-government/2025/measure/12-30").year
    2025
    """
    found = _REPORT.match(iri)
    return ReportKeys(found["division"], found["type"], found["name"], int(found["year"]) if found["year"].isdecimal() else None) if found is not None else None


def report_of(iri: str) -> str | None:
    """Give the report that a graph, a passage or a fact is of; None for other IRIs."""
    found = _REPORT.match(iri)
    return BASE + found["report"] if found is not None else None


def run_iri(source: str, tool: str, shapes: str) -> str:
    """Name a run by the hash of its source and the versions of tool and shapes, so that equal runs are one."""
    return f"{BASE}run/{source[:16]}-{tool}-{shapes}"


def passage_iri(report: str, start: int, end: int) -> str:
    """Name a passage by an RFC 5147 fragment; facts of one span share it."""
    return f"{report}#char={start},{end}"


def period_iri(report: str, kind: str, label: str) -> str:
    """Name a period of a report's figures by its kind and label (as_of, 2025)."""
    return f"{report}/period/{kind}{'/' + _slug(label) if label else ''}"


def fact_iri(report: str, kind: str, start: int, end: int, tail: str = "") -> str:
    """Name a fact by its kind and span; `tail` tells apart several of one kind on one span."""
    return f"{report}/{kind}/{start}-{end}{'/' + tail if tail else ''}"


def _slug(name: str) -> str:
    """Percent-encode a Chinese name for an IRI; over-long names end in a digest, so that IRIs stay unique."""
    encoded = quote(name, safe="")
    if len(encoded) <= 180:
        return encoded
    return encoded[:160].rstrip("%0123456789ABCDEF")[:160] + "-" + hashlib.sha256(name.encode()).hexdigest()[:12]

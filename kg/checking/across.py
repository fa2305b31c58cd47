"""A store → findings that no report shows by itself, each with its sentence; one row of memory a figure, the sentences of what was found alone."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from kg.model import FillRate, Finding, Head, YearFigure
from kg.ontology import Concept, load_concepts
from kg.pipeline.checks import compare_reports, sentence_around
from kg.query import get_query
from kg.query.ask import execute_on
from kg.query.bind import Execute
from kg.store import Store
from kg.table import Value
from kg.vocab import DCTERMS, FZ, OA, RDFS

_PREFIXES = f"PREFIX fz: <{FZ}> PREFIX rdfs: <{RDFS}> PREFIX oa: <{OA}> PREFIX dcterms: <{DCTERMS}>\n"
_HEADS = (
    _PREFIXES
    + """SELECT ?report (SAMPLE(?p) AS ?place) (MIN(?named) AS ?place_name) (MIN(?who) AS ?issuer) (MIN(?k) AS ?kind) (MIN(?y) AS ?year) (MIN(?sum) AS ?sha) (MIN(?l) AS ?level) WHERE {
  ?report a fz:Report ; fz:division ?p ; fz:issuer/rdfs:label ?who ; fz:issuerKind ?k ; fz:year ?y ; fz:sha256 ?sum ; fz:level ?l .
  ?p rdfs:label ?named .
} GROUP BY ?report ORDER BY ?report"""
)
_FIGURES = (
    _PREFIXES
    + """SELECT ?report ?fact ?indicator ?unit ?value ?kind ?bound ?damaged WHERE {
  ?report a fz:Report ; fz:issuerKind "government" .
  ?fact fz:report ?report ; fz:indicator ?indicator ; fz:status "done" ; fz:value ?value ; fz:period/fz:periodKind ?kind .
  FILTER NOT EXISTS { ?fact fz:figureRole "from" }
  FILTER NOT EXISTS { ?fact fz:body ?owner . ?report fz:issuer ?issuer . FILTER (?owner != ?issuer) }
  OPTIONAL { ?fact fz:unit ?unit } OPTIONAL { ?fact fz:bound ?bound } OPTIONAL { ?fact fz:damaged ?damaged }
}"""
)
_LABELS = _PREFIXES + "SELECT ?term ?label ?language WHERE {{ VALUES ?term {{ {terms} }} ?term rdfs:label ?label . BIND (LANG(?label) AS ?language) }}"
_PLACE = (
    _PREFIXES + "SELECT ?text ?start ?quote WHERE {{ <{fact}> fz:report/fz:text ?text ; fz:passage ?passage . ?passage oa:start ?start ; oa:exact ?quote }}"
)


def findings_across(store: Store) -> dict[str, list[Finding]]:
    """Compare all reports of a store; findings by report."""
    ask, names = execute_on(store.quads), {c.iri: c for kind in ("indicator", "unit") for c in load_concepts()[kind].values()}
    rows = {str(row[0]): row for row in ask(_HEADS).rows}
    heads = [_head(row) for row in rows.values()]
    of = {head.report: head for head in heads}
    figures = [_figure(of[str(row[0])], str(rows[str(row[0])][7]), row, names) for row in ask(_FIGURES).rows if str(row[0]) in of]
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in compare_reports(heads, figures, _rates(ask)):
        found[finding.report] += [_with_sentence(finding, *row) for row in ask(_PLACE.format(fact=finding.value)).rows[:1]] or [finding]
    return found


def _rates(ask: Execute) -> list[FillRate]:
    """What the stored question tells, with the names of classes and properties in both languages."""
    rows = ask(get_query("fill-rates").text).records()
    terms = sorted({str(row[name]) for row in rows for name in ("kind", "term")})
    labels = {(str(term), str(language)): str(label) for term, label, language in ask(_LABELS.format(terms=" ".join(f"<{term}>" for term in terms))).rows}

    def named(term: str) -> dict[str, str]:
        return {language: labels.get((term, language), term) for language in ("zh", "en")}

    return [
        FillRate(report, kind, term, named(kind), named(term), int(str(row["filled"])), int(str(row["of"])))
        for row in rows
        for report, kind, term in [(str(row["report"]), str(row["kind"]), str(row["term"]))]
    ]


def _with_sentence(finding: Finding, text: Value, start: Value, quote: Value) -> Finding:
    """Quote the sentence of the figure; its place is told where it stands in the report itself, not in an earlier one."""
    said, begin, end = sentence_around(str(text), int(str(start)), int(str(start)) + len(str(quote)))
    own = str(finding.value).startswith(finding.report + "/")
    return replace(finding, quote=said, start=begin if own else None, end=end if own else None)


def _head(row: tuple[Value, ...]) -> Head:
    report, place, place_name, issuer, kind, year, sha = (str(value) for value in row[:7])
    return Head(report, place, place_name, issuer, kind == "government", int(year), sha)


def _figure(head: Head, level: str, row: tuple[Value, ...], names: dict[str, Concept]) -> YearFigure:
    _, fact, indicator, unit, value, kind, bound, damaged = row
    comparable = kind == "year" and bound is None and damaged is None
    name, unit_name = _labels(str(indicator), names), _labels(str(unit), names) if unit is not None else {"zh": "", "en": ""}
    unit_name["en"] = f" {unit_name['en']}".rstrip()
    return YearFigure(head.report, head.place, level, head.year, str(fact), str(indicator), name, str(unit or ""), unit_name, Decimal(str(value)), comparable)


def _labels(iri: str, names: dict[str, Concept]) -> dict[str, str]:
    concept = names.get(iri)
    return {"zh": concept.zh, "en": concept.en or concept.zh} if concept is not None else {"zh": iri, "en": iri}

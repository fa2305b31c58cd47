"""Queries → files that other tools read: SHACL executables (as SIB's query catalogues have them) and grlc's decorated SPARQL."""

import json
from collections.abc import Iterable

from kg.query import Query
from kg.vocab import BASE, RDFS, SH

SCHEMA = "https://schema.org/"
QUERY_BASE = BASE + "query/"


def catalogue_turtle(queries: Iterable[Query]) -> str:
    """Write each question as a sh:SPARQLExecutable with its labels in both languages, its tags and its text."""
    head = f"@prefix sh: <{SH}> .\n@prefix schema: <{SCHEMA}> .\n@prefix rdfs: <{RDFS}> .\n"
    return head + "".join(_executable(query) for query in queries)


def _executable(query: Query) -> str:
    said = [f"rdfs:label {_literal(query.title[lang])}@{lang}" for lang in ("zh", "en")]
    said += [f"rdfs:comment {_literal(query.question[lang])}@{lang}" for lang in ("zh", "en")]
    said += [f"schema:keywords {', '.join(map(_literal, query.tags))}", f"sh:select {_literal(query.text)}"]
    return f"\n<{QUERY_BASE}{query.id}> a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ;\n  " + " ;\n  ".join(said) + " .\n"


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def grlc_text(query: Query) -> str:
    """Write a question as grlc reads it: its own YAML header in place of ours; the SPARQL is the same."""
    body = "".join(line for line in query.text.splitlines(keepends=True) if not line.startswith("#+"))
    description = " · ".join(query.question[lang] for lang in ("zh", "en"))
    lines = [f"summary: {_literal(query.title['en'])}", f"description: {_literal(description)}", "method: GET", "tags:", *(f"  - {tag}" for tag in query.tags)]
    return "".join(f"#+ {line}\n" for line in lines) + body

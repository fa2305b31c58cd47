"""The terms that a question names → their numbers in the dictionary; one that the store does not hold gets a number beyond it."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import BNode, Literal, URIRef, Variable

from kg.columns.copy import Copy
from kg.columns.values import DATE, DECIMAL, IRI, OTHER, TAGGED, TEXT, TRUTH, WHOLE, Constant, NotCovered, Value, quoted
from kg.vocab import XSD

_KINDS = {XSD + "integer": WHOLE, XSD + "decimal": DECIMAL, XSD + "boolean": TRUTH, XSD + "date": DATE, XSD + "string": TEXT}


class Constants:
    """The terms of one question."""

    def __init__(self, copy: Copy, algebra: CompValue) -> None:
        terms = {constant.term: constant for term in leaves_of(algebra) if (constant := constant_of(term)) is not None}
        self._copy = copy
        self._ids = copy.ids_of(sorted(terms))
        self._next = copy.terms
        self._unknown: set[str] = set()

    def value(self, term: Any) -> Value:
        """Give a term's value."""
        constant = constant_of(term)
        if constant is None:
            raise NotCovered(f"the term {term!r}")
        if constant.term not in self._ids:
            self._ids |= self._copy.ids_of([constant.term])
        if constant.term not in self._ids:
            self._next += 1
            self._ids[constant.term] = self._next
            self._unknown.add(constant.term)
        return Value(f"{self._ids[constant.term]}", "id", constant.kind, constant=constant, loose=constant.term in self._unknown)

    def shown(self, value: Value) -> Value:
        """Give a value that may come into the answer: a term that the dictionary does not hold as what it says."""
        if not value.loose or value.constant is None:
            return value
        text = value.constant.text
        made = {TEXT: Value(quoted(text), "text"), IRI: Value(quoted(text), "iri"), WHOLE: Value(text, "whole"), TRUTH: Value(text, "truth")}
        if value.kinds not in made:
            raise NotCovered(f"the new term {value.constant.term}")
        return made[value.kinds]


def constant_of(term: Any) -> Constant | None:
    """Read a term of the question; None for what is no term or has a form that is not read here."""
    if isinstance(term, Variable | BNode):
        return None
    if isinstance(term, URIRef):
        return Constant(term.n3(), IRI, str(term))
    if not isinstance(term, Literal):
        return None
    if term.language:
        written, kind = ox.Literal(str(term), language=term.language), TAGGED
    else:
        datatype = str(term.datatype or XSD + "string")
        written, kind = ox.Literal(str(term), datatype=ox.NamedNode(datatype)), _KINDS.get(datatype, OTHER)
    return Constant(str(written), kind, str(term))


def leaves_of(node: object) -> Iterator[object]:
    """Walk the algebra and give what has no parts: terms and variables, those of paths and of an EXISTS too."""
    todo = [node]
    while todo:
        part = todo.pop()
        if isinstance(part, URIRef | Literal | Variable | BNode):
            yield part
        elif isinstance(part, dict):
            todo.extend(part.values())
        elif isinstance(part, Iterable) and not isinstance(part, str):
            todo.extend(part)
        elif hasattr(part, "args"):
            todo.extend(part.args)

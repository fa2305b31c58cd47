"""RDF terms as N-Triples text: what the default engine reads of shapes and data.

A string hashes and compares as fast as anything in Python, and most constraints ask no more of a term than to be itself.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, wraps
from typing import TypeVar

import pyoxigraph as ox

from kg.vocab import RDF, XSD

Term = str
_LITERAL = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<([^<>]*)>)?', re.S)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_INTEGER = re.compile(r"[+-]?[0-9]+")
_LEXICAL = {
    "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    "double": re.compile(r"([+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]+)?|[+-]?INF|NaN)"),
    "boolean": re.compile("true|false|0|1"),
    "string": re.compile(".*", re.S),
}
_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None), "int": (-(2**31), 2**31 - 1), "long": (-(2**63), 2**63 - 1), "short": (-(2**15), 2**15 - 1), "byte": (-128, 127), "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None), "nonPositiveInteger": (None, 0), "negativeInteger": (None, -1), "unsignedInt": (0, 2**32 - 1), "unsignedByte": (0, 255),
}  # fmt: skip
KNOWN_DATATYPES = {XSD + name for name in (*_LEXICAL, "float", "date", "dateTime", *_RANGES)}


T = TypeVar("T")


def _remember(function: Callable[[Term], T]) -> Callable[[Term], T]:
    """Keep the answers for short terms; a report's text is asked of once, and would stay in memory after its report."""
    known = lru_cache(maxsize=4096)(function)

    @wraps(function)
    def answer(term: Term) -> T:
        return known(term) if len(term) < 200 else function(term)

    return answer


def is_literal(term: Term) -> bool:
    return term[0] == '"'


def is_blank(term: Term) -> bool:
    return term[0] == "_"


def is_true(term: Term) -> bool:
    return parts(term)[0] in ("true", "1")


@_remember
def parts(term: Term) -> tuple[str, str | None, str]:
    """A term's text, language and datatype; an IRI's text is the IRI, its datatype is empty.

    >>> parts('"云泽"@zh')
    ('云泽', 'zh', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString')
    """
    match = _LITERAL.fullmatch(term) if is_literal(term) else None
    if match is None:
        return (term[1:-1] if term[0] == "<" else term.removeprefix("_:")), None, ""
    text, language, datatype = match.groups()
    if "\\" in text:
        text = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPED.get(m[3], m[3]), text)
    return text, language, RDF + "langString" if language is not None else datatype or XSD + "string"


def text_of(term: Term) -> str:
    """A term's text: the lexical form of a literal, an IRI without its brackets."""
    return parts(term)[0]


def length_of(term: Term) -> int:
    """The length of a term's text, without writing it out."""
    return len(text_of(term)) if "\\" in term else (term.rfind('"') if is_literal(term) else len(term) - 1) - 1


def to_ox(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """The same term for Oxigraph."""
    text, language, datatype = parts(term)
    if is_literal(term):
        return ox.Literal(text, language=language) if language is not None else ox.Literal(text, datatype=ox.NamedNode(datatype))
    return ox.BlankNode(text) if is_blank(term) else ox.NamedNode(text)


@_remember
def well_formed(term: Term) -> bool:
    """Whether a literal's text is one of its datatype's, as far as KNOWN_DATATYPES go."""
    text, _, datatype = parts(term)
    name = datatype.removeprefix(XSD)
    if name in _RANGES:
        low, high = _RANGES[name]
        return _INTEGER.fullmatch(text) is not None and (low is None or int(text) >= low) and (high is None or int(text) <= high)
    if name in ("date", "dateTime"):
        return comparable(term) is not None
    form = _LEXICAL.get("double" if name == "float" else name)
    return form is None or form.fullmatch(text) is not None


@_remember
def comparable(term: Term) -> tuple[str, Decimal | str | bool | date] | None:
    """What a literal is compared by, beside the kind that it can be compared with; None where it has no order."""
    text, language, datatype = parts(term)
    name = datatype.removeprefix(XSD)
    if not is_literal(term) or language is not None:
        return None
    if name in ("date", "dateTime"):
        return _moment(name, text)
    if not well_formed(term):
        return None
    if name in _RANGES or name in ("decimal", "double", "float"):
        return "number", Decimal(text.replace("INF", "Infinity"))
    return ("boolean", text in ("true", "1")) if name == "boolean" else ("string", text) if name == "string" else None


def _moment(name: str, text: str) -> tuple[str, date] | None:
    try:
        if name == "date":
            return "date", date.fromisoformat(text[:10]) if len(text) > 10 else date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return ("instant" if moment.tzinfo is not None else "local time"), moment


def compare(one: Term, other: Term) -> int | None:
    """Minus one, nought or one; None where the two cannot be compared."""
    a, b = comparable(one), comparable(other)
    if a is None or b is None or a[0] != b[0]:
        return None
    return (a[1] > b[1]) - (a[1] < b[1])  # type: ignore[operator]  # of one kind

"""SPARQL constraints → the triples they can touch: no more of a graph is loaded, and what cannot have a solution is not asked.

Read are groups of plain triple patterns, FILTER, BIND, OPTIONAL, UNION, EXISTS and sub-selects. Of a query that holds anything
else (paths, a variable for a predicate, blank nodes in brackets, …) nothing is known: it may touch every triple.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.validate.terms import TYPE, Term

Pattern = tuple[Term, Term | None]  # predicate, and the object where it is an IRI or a plain string
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)|(?P<iri><[^<>"{}|^`\\\s]*>)|(?P<variable>[?$]\w+)
    |(?P<literal>(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')(?:@[\w-]+|\^\^(?:<[^<>\s]*>|[\w-]*:[\w-]*))?|[+-]?[0-9]+(?:\.[0-9]+)?|\b(?:true|false)\b)
    |(?P<name>(?:[^\W\d_][\w-]*)?:(?:[\w:-]|\.(?=[\w:-]))*)|(?P<word>\w+)|(?P<sign>.)""",
    re.X | re.S,
)
_PLAIN = re.compile(r'"[^"\\]*"')
_SUBJECT, _PREDICATE, _OBJECT, _DONE = range(4)


@dataclass(frozen=True, slots=True)
class Reach:
    """The triples that a query can touch (None: any), and those without one of each of which it has no solution."""

    touched: frozenset[Pattern] | None = None
    needed: frozenset[Pattern] = frozenset()


class _Unread(Exception):
    """Something that is not read here."""


def reach_of(query: str) -> Reach:
    """Read what a SELECT query can touch.

    >>> sorted(reach_of('PREFIX e: <urn:> SELECT $this { $this e:p ?x ; e:q "y" OPTIONAL { ?x a e:C } }').touched)[:2]
    [('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<urn:C>'), ('<urn:p>', None)]
    >>> reach_of("SELECT $this { $this ?p ?o }").touched is None
    True
    """
    try:
        found = list(_Reader(query).patterns())
    except (_Unread, StopIteration, KeyError):
        return Reach()
    grouped = re.search(r"\bSELECT\b[^{]*\(", query, re.I) is not None  # an aggregate has a row even of nothing
    return Reach(frozenset(p for p, _ in found), frozenset(p for p, depth in found if depth == 1) if not grouped else frozenset())


class _Reader:
    def __init__(self, query: str) -> None:
        self._tokens = ((str(m.lastgroup), m.group()) for m in _TOKEN.finditer(query) if m.lastgroup != "space")
        self._prefixes: dict[str, str] = {}

    def patterns(self) -> Iterator[tuple[Pattern, int]]:
        """Each triple pattern with the depth of braces at which it stands; 1 is the query's own group."""
        self._read_head()
        depth, slot, predicate = 1, _SUBJECT, ""
        while depth > 0:
            kind, token = next(self._tokens)
            if token in ("{", "}"):
                depth, slot = depth + (1 if token == "{" else -1), _SUBJECT
            elif token in (".", ";", ","):
                slot = {".": _SUBJECT, ";": _PREDICATE, ",": _OBJECT}[token]
            elif kind == "word" and token != "a":
                depth, slot = depth + self._pass_word(token.upper()), _SUBJECT
            elif kind == "sign" or slot == _DONE or (slot == _PREDICATE and kind not in ("iri", "name", "word")):
                raise _Unread(token)
            elif slot == _OBJECT:
                yield (predicate, self._constant(kind, token)), depth
                slot = _DONE
            else:
                predicate = TYPE if token == "a" else self._constant(kind, token) or ""
                slot += 1

    def _read_head(self) -> None:
        while (token := next(self._tokens)[1]).upper() == "PREFIX":
            prefix, iri = next(self._tokens)[1], next(self._tokens)[1]
            self._prefixes[prefix.removesuffix(":")] = iri[1:-1]
        if token.upper() != "SELECT":
            raise _Unread(token)
        self._pass_to("{")

    def _pass_to(self, *ends: str) -> str:
        """Pass tokens up to one that stands outside of parentheses."""
        inside = 0
        while True:
            _, token = next(self._tokens)
            if token.upper() == "EXISTS" and inside > 0:
                raise _Unread(token)
            inside += {"(": 1, ")": -1}.get(token, 0)
            if inside == 0 and token.upper() in ends:
                return token

    def _pass_word(self, word: str) -> int:
        """Pass what belongs to a keyword; gives by how much the depth changes."""
        if word in ("OPTIONAL", "UNION"):
            return 0
        if word in ("FILTER", "BIND"):
            return 1 if self._pass_to(")", "EXISTS") == "EXISTS" and self._pass_to("{") == "{" else 0
        if word == "SELECT":
            self._pass_to("{")
            return 1
        if word in ("GROUP", "ORDER", "LIMIT", "OFFSET", "HAVING"):
            self._pass_to("}")
            return -1
        raise _Unread(word)

    def _constant(self, kind: str, token: str) -> Term | None:
        """A constant as N-Triples text; None for what other terms may equal: variables, numbers, strings with escapes."""
        if kind == "name":
            prefix, _, local = token.partition(":")
            return f"<{self._prefixes[prefix]}{local}>"
        if kind == "iri":
            if ":" not in token:
                raise _Unread(token)
            return token
        return token if _PLAIN.fullmatch(token) is not None else None

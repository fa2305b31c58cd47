"""SPARQL constraints → the triples they can touch: no more of a graph is loaded, and what cannot have a solution is not asked.

Read are groups of plain triple patterns, FILTER, BIND, OPTIONAL, UNION, EXISTS and sub-selects. Of a query that holds anything
else (paths, a variable for a predicate, blank nodes in brackets, …) nothing is known: it may touch every triple.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from kg.validate.graph import TYPE, Triples
from kg.validate.terms import Term

Pattern = tuple[Term, Term | None]  # predicate, and the object where it is an IRI or a plain string
Beside = frozenset[tuple[Pattern, bool]]  # what else is asked of a triple's subject: it has such a triple (True), or is the object of one (False)
Wanted = tuple[Pattern, Beside]
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

    touched: frozenset[Wanted] | None = None
    needed: frozenset[Pattern] = frozenset()


class _Unread(Exception):
    """Something that is not read here."""


def reach_of(query: str) -> Reach:
    """Read what a SELECT query can touch.

    >>> sorted(pattern for pattern, _ in reach_of('PREFIX e: <urn:> SELECT $this { $this e:p ?x ; e:q "y" OPTIONAL { ?x a e:C } }').touched)[:2]
    [('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<urn:C>'), ('<urn:p>', None)]
    >>> reach_of("SELECT $this { $this ?p ?o }").touched is None
    True
    """
    reader = _Reader(query)
    try:
        reader.read()
    except (_Unread, StopIteration, KeyError):
        return Reach()
    grouped = re.search(r"\bSELECT\b[^{]*\(", query, re.I) is not None  # an aggregate has a row even of nothing
    return Reach(frozenset(reader.wanted), frozenset(pattern for _, pattern, _ in reader.outermost) if not grouped else frozenset())


_Line = tuple[str, Pattern, str]  # subject, pattern, object as they are written


class _Reader:
    def __init__(self, query: str) -> None:
        self._tokens = ((str(m.lastgroup), m.group()) for m in _TOKEN.finditer(query) if m.lastgroup != "space")
        self._prefixes: dict[str, str] = {}
        self._groups: list[tuple[list[_Line], list[_Line]]] = []  # of each open group: what stands before it around it, and what it holds
        self.outermost: list[_Line] = []
        self.wanted: set[Wanted] = set()

    def read(self) -> None:
        """Read the whole query."""
        self._read_head()
        subject, predicate, slot = "", "", _SUBJECT
        while self._groups:
            kind, token = next(self._tokens)
            if token in ("{", "}"):
                self._open() if token == "{" else self._close()
                slot = _SUBJECT
            elif token in (".", ";", ","):
                slot = {".": _SUBJECT, ";": _PREDICATE, ",": _OBJECT}[token]
            elif kind == "word" and token != "a":
                self._pass_word(token.upper())
                slot = _SUBJECT
            elif kind == "sign" or slot == _DONE or (slot == _PREDICATE and kind not in ("iri", "name", "word")):
                raise _Unread(token)
            elif slot == _OBJECT:
                self._groups[-1][1].append((subject, (predicate, self._constant(kind, token)), token.replace("$", "?")))
                slot = _DONE
            elif slot == _PREDICATE:
                predicate, slot = TYPE if token == "a" else self._constant(kind, token) or "", _OBJECT
            else:
                subject, slot = token.replace("$", "?"), _PREDICATE

    def _open(self, apart: bool = False) -> None:
        """Open a group; a sub-select is computed apart from what stands around it."""
        around = [*self._groups[-1][0], *self._groups[-1][1]] if self._groups and not apart else []
        self._groups.append((around, []))

    def _close(self) -> None:
        around, own = self._groups.pop()
        for subject, pattern, _ in own:
            others = [(other, line == subject) for line, other, target in (*around, *own) if subject in (line, target) and other != pattern]
            self.wanted.add((pattern, frozenset(others if subject[0] == "?" else ())))
        self.outermost = own  # the last one closed

    def _read_head(self) -> None:
        while (token := next(self._tokens)[1]).upper() == "PREFIX":
            prefix, iri = next(self._tokens)[1], next(self._tokens)[1]
            self._prefixes[prefix.removesuffix(":")] = iri[1:-1]
        if token.upper() != "SELECT":
            raise _Unread(token)
        self._pass_to("{")
        self._open()

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

    def _pass_word(self, word: str) -> None:
        """Pass what belongs to a keyword."""
        if word in ("FILTER", "BIND"):
            if self._pass_to(")", "EXISTS") == "EXISTS":
                self._pass_to("{")
                self._open()
        elif word == "SELECT":
            self._pass_to("{")
            self._open(apart=True)
        elif word in ("GROUP", "ORDER", "LIMIT", "OFFSET", "HAVING"):
            self._pass_to("}")
            self._close()
        elif word not in ("OPTIONAL", "UNION"):
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


def widest(wanted: Iterable[Wanted]) -> list[Wanted]:
    """Leave out what others want anyway."""
    every = set(wanted)
    return [(p, beside) for p, beside in every if not any(q in (p, (p[0], None)) and less <= beside and (q, less) != (p, beside) for q, less in every)]


def select(graph: Triples, wanted: Iterable[Wanted]) -> dict[Term, set[Term]]:
    """The subjects, by predicate, of the triples that are wanted."""
    known: dict[tuple[Pattern, bool], set[Term]] = {}

    def nodes(pattern: Pattern, outward: bool) -> set[Term]:
        if (pattern, outward) not in known:
            (predicate, target), column = pattern, graph.columns.get(pattern[0], {})
            of = column if target is None else graph.subjects(predicate, target)
            known[pattern, outward] = set(of if outward else chain.from_iterable(column.values()))
        return known[pattern, outward]

    found: dict[Term, set[Term]] = {}
    for pattern, beside in wanted:
        sets = sorted((nodes(pattern, True), *(nodes(*other) for other in beside)), key=len)
        found.setdefault(pattern[0], set()).update(set.intersection(*sets))
    return found

"""RDF terms as N-Triples text, and a small graph of them: what the default engine reads of shapes and data.

A string hashes and compares as fast as anything in Python, and most constraints ask no more of a term than to be itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, wraps
from typing import TypeVar

import pyoxigraph as ox

from kg.vocab import RDF, RDFS, XSD

Term = str
TYPE, SUBCLASS = f"<{RDF}type>", f"<{RDFS}subClassOf>"
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


class Triples:
    """A small graph in memory, by predicate and subject."""

    def __init__(self, triples: Iterable[Sequence[Term]], beside: "Triples | None" = None) -> None:
        self.columns: dict[Term, dict[Term, tuple[Term, ...]]] = {}
        if beside is not None:
            self.columns = {predicate: dict(column) for predicate, column in beside.columns.items()}
        columns = self.columns
        for subject, predicate, target in triples:
            column = columns.get(predicate)
            if column is None:
                column = columns[predicate] = {}
            if subject not in column:
                column[subject] = (target,)
            elif target not in column[subject]:
                column[subject] += (target,)
        self._inverse: dict[Term, dict[Term, list[Term]]] = {}
        self._classes: dict[Term, list[Term]] = {}

    def objects(self, subject: Term, predicate: Term) -> Sequence[Term]:
        """The objects of a subject and predicate, in the order of the file."""
        return self.columns.get(predicate, {}).get(subject, ())

    def value(self, subject: Term, predicate: Term) -> Term | None:
        """The first object of a subject and predicate."""
        return next(iter(self.objects(subject, predicate)), None)

    def subjects(self, predicate: Term, target: Term) -> Sequence[Term]:
        """The subjects that have an object."""
        if predicate not in self._inverse:
            inverse = self._inverse[predicate] = {}
            for subject, targets in self.columns.get(predicate, {}).items():
                for one in targets:
                    inverse.setdefault(one, []).append(subject)
        return self._inverse[predicate].get(target, ())

    def has(self, predicate: Term, target: Term | None) -> bool:
        """Whether there is a triple with this predicate and, unless it is None, this object."""
        return len(self.subjects(predicate, target)) > 0 if target is not None else predicate in self.columns

    def write(self, subjects: Mapping[Term, Iterable[Term]] | None = None) -> bytes:
        """Write the triples as N-Triples, all of them or those of some subjects by predicate."""
        lines: list[str] = []
        for predicate, some in (subjects if subjects is not None else self.columns).items():
            column = self.columns.get(predicate, {})
            lines += [f"{subject} {predicate} {one} .\n" for subject in some for one in column[subject]]
        return "".join(lines).encode()

    def nodes(self) -> list[Term]:
        """All nodes that stand anywhere as subject or object."""
        pairs = [(subject, *targets) for column in self.columns.values() for subject, targets in column.items()]
        return list(dict.fromkeys(node for pair in pairs for node in pair))

    def about(self, subject: Term) -> list[tuple[Term, Term]]:
        """All predicates and objects of a subject."""
        return [(predicate, target) for predicate, column in self.columns.items() for target in column.get(subject, ())]

    def items(self, head: Term) -> list[Term]:
        """The members of an RDF list."""
        found: list[Term] = []
        rest: Term | None = head
        while rest is not None and rest != f"<{RDF}nil>":
            found += self.objects(rest, f"<{RDF}first>")[:1]
            rest = self.value(rest, f"<{RDF}rest>")
        return found

    def classes(self, kind: Term) -> list[Term]:
        """A class and the classes under it."""
        if kind not in self._classes:
            kinds, todo = [kind], [kind]
            while todo:
                todo = [c for above in todo for c in self.subjects(SUBCLASS, above) if c not in kinds]
                kinds += todo
            self._classes[kind] = kinds
        return self._classes[kind]

    def instances(self, kind: Term) -> Sequence[Term]:
        """The nodes of a class and of the classes under it."""
        kinds = self.classes(kind)
        return self.subjects(TYPE, kind) if len(kinds) == 1 else list(dict.fromkeys(node for one in kinds for node in self.subjects(TYPE, one)))


def triples_of(lines: Iterable[str]) -> Iterator[Sequence[Term]]:
    """Cut N-Quads or N-Triples lines, as this project and Oxigraph write them, into terms; the graph is left out.

    >>> list(triples_of(['<s> <p> "a <b> c" <g> .', "<s> <p> <o> <g> .", "<s> <p> <g> ."]))
    [('<s>', '<p>', '"a <b> c"'), ['<s>', '<p>', '<o>'], ('<s>', '<p>', '<g>')]
    """
    ending = ""  # " <graph> ." of the lines that are cut at once: one report's lines end alike
    for line in lines:
        if ending != "" and line.endswith(ending):
            terms = line[: -len(ending)].split(" ", 2)
            if len(terms) == 3:
                yield terms
                continue
        subject, predicate, rest = line.split(" ", 2)
        at = rest.index(" ", rest.rfind('"') + 1)
        ending = rest[at:] if rest[at:] != " ." else ""
        yield subject, predicate, rest[:at]

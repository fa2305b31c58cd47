"""A small graph of terms in memory, by predicate and subject, and lines of N-Quads cut into its triples."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.validate.terms import Term
from kg.vocab import RDF, RDFS

TYPE, SUBCLASS = f"<{RDF}type>", f"<{RDFS}subClassOf>"


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

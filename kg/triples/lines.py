"""Values → N-Quads lines of one report's graph: links, literals, passages, periods, bodies and places, each described once."""

import re

from kg.divisions import Register
from kg.lexicon import concept
from kg.model import Division, Record
from kg.vocab import FZ, OA, ORG, RDF, RDFS, XSD, body_iri, concept_iri, division_iri, fact_iri, graph_iri, passage_iri, period_iri

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_ESCAPED = re.compile(r'[\\"\n\r\t]')
Value = str | int | bool


class ReportGraph:
    """Collects a report's graph as lines; one method a kind of value."""

    def __init__(self, record: Record) -> None:
        self.report = record.header.iri
        self.text = record.text
        self._misquoted = dict(record.misquoted)
        self.home = record.header.home
        self.year = record.header.year
        self._graph = f"<{graph_iri(self.report)}> ."
        self._lines: set[str] = set()
        self._codes: set[str] = set()
        self._bodies: set[str] = set()
        self._types: dict[str, tuple[str, str]] = {}  # body → type and division, of bodies that are one in their division

    def link(self, subject: str, predicate: str, target: str) -> None:
        """Add a triple whose object is a resource."""
        self._lines.add(f"<{subject}> <{predicate}> <{target}> {self._graph}")

    def say(self, subject: str, predicate: str, value: Value | None, datatype: str = "", language: str = "") -> None:
        """Add a triple whose object is a literal; None adds nothing."""
        if value is None:
            return
        if isinstance(value, bool):
            value, datatype = ("true" if value else "false"), XSD + "boolean"
        elif isinstance(value, int):
            datatype = XSD + "integer"
        tail = f"@{language}" if language else f"^^<{datatype}>" if datatype else ""
        text = str(value)
        if _ESCAPED.search(text) is not None:
            text = text.translate(_ESCAPES)
        self._lines.add(f'<{subject}> <{predicate}> "{text}"{tail} {self._graph}')

    def passage(self, start: int, end: int) -> str:
        """Give the node of a span: where it starts and what stands there; its end follows from the two, as from its name."""
        node = passage_iri(self.report, start, end)
        self.say(node, OA + "start", start)
        self.say(node, OA + "exact", self._misquoted.get((start, end), self.text[start:end]))
        return node

    def period(self, kind: str, label: str) -> str:
        """Give the node of a period, which all figures of that period share."""
        node = period_iri(self.report, kind, label)
        self.say(node, FZ + "periodKind", kind)
        self.say(node, RDFS + "label", label or None)
        return node

    def fact(self, kind: str, cls: str, start: int, end: int, rule: str, tail: str = "") -> str:
        """Give the node of a fact with class, report, passage and rule."""
        node = fact_iri(self.report, kind, start, end, tail)
        self.link(node, RDF + "type", FZ + cls)
        self.link(node, FZ + "report", self.report)
        self.link(node, FZ + "passage", self.passage(start, end))
        self.say(node, FZ + "rule", rule)
        return node

    def body(self, iri: str, name: str, body_type: str | None, division: str | None, generic: bool) -> str:
        """Describe a body once."""
        if iri not in self._bodies:
            self._bodies.add(iri)
            self.link(iri, RDF + "type", FZ + "Body")
            self.say(iri, RDFS + "label", name, language="zh")
            if body_type is not None:
                self.link(iri, ORG + "classification", concept_iri("body-type", body_type))
            if division is not None and not division.startswith("unknown"):
                self._codes.add(division)
                self.link(iri, FZ + "division", division_iri(division))
                if body_type is not None and not generic:
                    self._types[iri] = body_type, division
            if generic:
                self.say(iri, FZ + "generic", True)
        return iri

    def subordinations(self) -> None:
        """Say which bodies of the graph stand under which others of it (org:subOrganizationOf), as their types do."""
        for iri, (body_type, division) in self._types.items():
            kind = concept("body-type", body_type)
            above = kind.id_of("under") if kind is not None else None
            if above is not None and (whole := body_iri(division, above)) in self._types:
                self.link(iri, ORG + "subOrganizationOf", whole)

    def places(self, register: Register) -> None:
        """Describe every division used, and those above it."""
        todo = [register.get(code, self.year) or register.get(code) for code in sorted(self._codes)]
        done: set[str] = set()
        while todo:
            division = todo.pop()
            if division is not None and division.code not in done:
                done.add(division.code)
                self._place(division)
                todo.append(register.get(division.parent) if division.parent is not None else None)

    def _place(self, division: Division) -> None:
        node = division_iri(division.code)
        self.link(node, RDF + "type", FZ + "Division")
        self.say(node, RDFS + "label", division.name, language="zh")
        self.say(node, FZ + "code", division.code)
        self.say(node, FZ + "level", division.level)
        self.say(node, FZ + "divisionClass", division.division_class)
        if division.parent is not None:
            self.link(node, FZ + "within", division_iri(division.parent))

    def use_division(self, code: str) -> str:
        """Note a division for description and give its node."""
        self._codes.add(code)
        return division_iri(code)

    def lines(self) -> list[str]:
        """The graph, sorted."""
        return sorted(self._lines)

"""Record ⇄ the extraction record: the JSON object that `kg extract` prints and `kg ingest --record` takes back."""

import json
from bisect import bisect_right
from typing import Any

from kg.model import (
    Claim,
    Record,
    Responsible,
    Section,
)  # fmt: skip
from kg.numerals import plain

Json = dict[str, Any]
LISTS = (
    "sections",
    "figures",
    "observations",
    "bodies",
    "mechanisms",
    "documents",
    "measures",
    "shortcomings",
    "plans",
    "events",
    "honours",
    "relations",
    "figure_relations",
    "candidates",
)


def to_json(record: Record) -> Json:
    """Give the record as one JSON object; offsets are code points into `text`, lists are never null."""
    writer = _Writer(record)
    h = record.header
    division = {"code": h.division.code, "name": h.division.name, "class": h.division.division_class} if h.division is not None else None
    report = {
        "iri": h.iri, "genre": h.genre, "title": h.title, "issuer": h.issuer, "issuer_kind": h.issuer_kind, "issuer_type": h.issuer_type, "level": h.level, "division": division,
        "division_basis": h.division_basis, "year": h.year, "published": h.published, "signed": h.signed, "source_body": h.source_body, "sha256": h.sha256,
        "genre_basis": h.genre_basis, "media_type": h.media_type, "encoding": h.encoding, "pages": list(h.pages), "confidence": h.confidence,
        "stated": [_claim(c) for c in h.stated],
        "conflicts": [{"field": c.field, "chosen": c.chosen, "claims": [_claim(claim) for claim in c.claims]} for c in h.conflicts],
        "damage": [writer.item(d, kind=d.kind, suggestion=d.suggestion, certainty=d.certainty) for d in record.damage],
    }  # fmt: skip
    return {"report": report, "text": record.text, **{name: getattr(writer, name)() for name in LISTS}}


def dumps(record: Record) -> str:
    """Write the record as JSON text, ending in a newline."""
    return json.dumps(to_json(record), ensure_ascii=False, indent=1) + "\n"


class _Writer:
    def __init__(self, record: Record) -> None:
        self.record = record
        self.starts = [section.start for section in record.sections]
        self._misquoted = dict(record.misquoted)

    def quote(self, start: int, end: int) -> str:
        """What stands at a span; what a record that was read back says of it, be it wrong."""
        return self._misquoted.get((start, end), self.record.text[start:end])

    def item(self, fact: Any, **values: Any) -> Json:
        """The keys that every fact has, then its own."""
        return {
            "start": fact.start,
            "end": fact.end,
            "text": self.quote(fact.start, fact.end),
            **values,
            "rule": fact.rule,
            "section": self.section(fact.start),
        }

    def section(self, start: int) -> int | None:
        at = bisect_right(self.starts, start) - 1
        return at if at >= 0 and start < self.record.sections[at].end + 1 else None

    def sections(self) -> list[Json]:
        return [self._section(s) for s in self.record.sections]

    def _section(self, s: Section) -> Json:
        return {
            "number": s.number,
            "title": s.title,
            "start": s.start,
            "end": s.end,
            "topic": s.topic,
            "rule": "heading",
            "children": [self._section(c) for c in s.children],
        }

    def figures(self) -> list[Json]:
        return [self.item(f, role=f.role, reason=f.reason) for f in self.record.figures]

    def observations(self) -> list[Json]:
        return [
            self.item(
                o, id=o.id, value=plain(o.value), unit=o.unit, unit_printed=o.printed, bound=o.bound, indicator=o.indicator, name=o.name, body=o.body, body_basis=o.body_basis,
                period={"kind": o.period.kind, "label": o.period.label}, temporal=o.temporal, role=o.role, status=o.status, measure=o.measure, damaged=o.damaged, matched=o.matched,
            )
            for o in self.record.observations
        ]  # fmt: skip

    def bodies(self) -> list[Json]:
        return [
            self.item(b, kind=b.kind, type=b.type, iri=b.iri, name=b.name, aliases=list(b.aliases), generic=b.generic, division=b.division)
            for b in self.record.bodies
        ]

    def mechanisms(self) -> list[Json]:
        return [
            self.item(m, concept=m.concept, type=m.type, participants=[{"name": p.name, "iri": p.iri, "basis": p.basis} for p in m.participants])
            for m in self.record.mechanisms
        ]

    def documents(self) -> list[Json]:
        return [self.item(d, title=d.title, bracketed=d.bracketed) for d in self.record.documents]

    def measures(self) -> list[Json]:
        return [
            self.item(
                m, id=m.id, verb=m.verb, object=m.object, topic=m.topic, status=m.status, target_group=list(m.target_group), responsible=[_responsible(r) for r in m.responsible],
                mechanisms=[list(s) for s in m.mechanisms], documents=[list(s) for s in m.documents], observations=list(m.observations),
            )
            for m in self.record.measures
        ]  # fmt: skip

    def shortcomings(self) -> list[Json]:
        return [self.item(s, causes=[{"start": a, "end": b, "text": self.quote(a, b)} for a, b in s.causes]) for s in self.record.shortcomings]

    def plans(self) -> list[Json]:
        return [self.item(p, measure=p.measure, addresses=list(p.addresses)) for p in self.record.plans]

    def events(self) -> list[Json]:
        return [self.item(e, name=e.name, ordinal=e.ordinal, year=e.year) for e in self.record.events]

    def honours(self) -> list[Json]:
        return [self.item(h) for h in self.record.honours]

    def relations(self) -> list[Json]:
        return [
            self.item(r, subject=r.subject, predicate=r.predicate, object=r.object, basis=r.basis, subject_iri=r.subject_iri, concept=r.concept)
            for r in self.record.relations
        ]

    def figure_relations(self) -> list[Json]:
        return [{"kind": f.kind, "of": f.of, "with": list(f.with_), "holds": f.holds, "rule": f.rule} for f in self.record.figure_relations]

    def candidates(self) -> list[Json]:
        return [self.item(c, kind=c.kind) for c in self.record.candidates]


def _claim(claim: Claim) -> Json:
    return {"field": claim.field, "value": claim.value, "origin": claim.origin}


def _responsible(r: Responsible) -> Json:
    own = {"name": r.name, "aliases": list(r.aliases), "iri": r.iri, "basis": r.basis, "rule": r.rule}
    return own | ({"start": r.start, "end": r.end} if r.start is not None else {})

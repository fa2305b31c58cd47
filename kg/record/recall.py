"""The extraction record → Record: what `kg extract --format json` prints, corrected, or what another coder wrote, read back strictly.

Every fault says where it stands (observations[3].value). A quote that is not what the text holds at its span goes into the graph
as it is, where the gate finds it. What a coder may leave out (IRIs, rules, printed units) follows from the rest.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from kg.divisions import Register
from kg.errors import InputError
from kg.identity import distinct_name, with_iris
from kg.model import (
    BodyMention,
    Candidate,
    Claim,
    Conflict,
    Damage,
    Division,
    DocumentMention,
    Event,
    Figure,
    FigureRelation,
    Header,
    Honour,
    Measure,
    MechanismMention,
    Observation,
    Participant,
    Period,
    Plan,
    Record,
    Relation,
    Responsible,
    Section,
    Shortcoming,
    Span,
    home_of,
)
from kg.record.item import Item
from kg.vocab import body_iri

T = TypeVar("T")


def is_record(data: bytes) -> bool:
    """Whether an input is an extraction record: a JSON object, which no report is (RTF begins like one)."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:5]
    return start.startswith(b"{") and start != b"{\\rtf"


def recall_record(data: bytes, name: str, register: Register) -> Record:
    """Read an extraction record; raises InputError that says where it is at fault and what would be right."""
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: 不是 UTF-8 · not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{name}:{error.lineno}: 不是合法的 JSON · not valid JSON: {error.msg}") from error
    return _Reader(Item(whole, name, ""), register).record()


class _Reader:
    """Reads one record's lists, in the order in which they need one another."""

    def __init__(self, whole: Item, register: Register) -> None:
        self.whole, self.register = whole, register
        self.text = whole.need("text", str)
        whole.whole = self.text
        self.head = Item(whole.need("report", dict), whole.file, "report", self.text, whole.misquoted)
        self.division = self._division()
        self.digest = hashlib.sha256(self.text.encode()).hexdigest()
        self.home = home_of(self.division, self.head.maybe("level", str) or "", self.digest)

    def record(self) -> Record:
        """The whole record."""
        bodies = self.read("bodies", self.body)
        header = self.header({body.name: body.type for body in bodies})
        named = {body.name: body.iri for body in reversed(bodies) if body.iri is not None}
        named[header.issuer] = header.issuer_iri
        record = Record(
            header=header, text=self.text, bodies=bodies, damage=tuple(self.damage(item) for item in self.head.items("damage")), sections=self.read("sections", self.section),
            figures=self.read("figures", self.figure), observations=self.read("observations", self.observation),
            mechanisms=self.read("mechanisms", lambda item: self.mechanism(item, named)), documents=self.read("documents", self.document),
            measures=self.read("measures", lambda item: self.measure(item, named)), shortcomings=self.read("shortcomings", self.shortcoming),
            plans=self.read("plans", self.plan), events=self.read("events", self.event), honours=self.read("honours", lambda i: Honour(*i.span(), i.rule())),
            relations=self.read("relations", self.relation), figure_relations=self.read("figure_relations", self.figure_relation),
            candidates=self.read("candidates", lambda item: Candidate(item.need("kind", str), *item.span(), item.rule())),
        )  # fmt: skip
        self._check_links(record)
        return replace(record, misquoted=tuple(sorted(self.whole.misquoted.items())))

    def read(self, key: str, make: Callable[[Item], T]) -> tuple[T, ...]:
        """Read one list."""
        return tuple(make(item) for item in self.whole.items(key))

    def _division(self) -> Division | None:
        stated = self.head.maybe("division", dict)
        if stated is None:
            return None
        item = Item(stated, self.head.file, "report.division")
        code = item.need("code", str)
        known = self.register.get(code, self.head.maybe("year", int)) or self.register.get(code)
        return known if known is not None else Division(code, item.need("name", str), self.head.need("level", str), item.maybe("class", str) or "")

    def header(self, types: dict[str, str | None]) -> Header:
        """What the report says of itself."""
        head, issuer = self.head, self.head.need("issuer", str)
        issuer_type = head.maybe("issuer_type", str) or types.get(issuer)
        if issuer_type is None:
            raise head.fault("issuer_type", f"缺少,bodies 中也没有“{issuer}”的 type", f"missing, and no body named “{issuer}” states its type")
        if head.maybe("sha256", str) not in (None, self.digest):
            raise head.fault("sha256", f"与 text 不符,应为 {self.digest}", f"is not that of text, which is {self.digest}")
        year = head.maybe("year", int)
        return with_iris(Header(
            "", head.need("genre", str), head.need("title", str), issuer, head.need("issuer_kind", str), issuer_type, head.need("level", str),
            self.division, head.maybe("division_basis", str) or "own", year, head.maybe("published", str), head.maybe("signed", str), head.maybe("source_body", str), self.digest, **self._provenance(),
        ))  # fmt: skip

    def _provenance(self) -> dict[str, Any]:
        """How the input was read and what its places said, as far as the record tells."""
        head, claim = self.head, lambda item: Claim(item.need("field", str), item.need("value", str), item.need("origin", str))
        confidence = head.data.get("confidence")
        return {
            "genre_basis": head.maybe("genre_basis", str) or "",
            "media_type": head.maybe("media_type", str) or "text/plain",
            "encoding": head.maybe("encoding", str),
            "pages": tuple(head.maybe("pages", list) or []),
            "confidence": float(confidence) if isinstance(confidence, int | float) else None,
            "stated": tuple(map(claim, head.items("stated"))),
            "conflicts": tuple(Conflict(i.need("field", str), i.maybe("chosen", str), tuple(map(claim, i.items("claims")))) for i in head.items("conflicts")),
        }

    def damage(self, item: Item) -> Damage:
        return Damage(*item.span(), item.need("kind", str), item.need("suggestion", str), item.need("certainty", str), item.rule())

    def section(self, item: Item) -> Section:
        start, end = item.need("start", int), item.need("end", int)
        if not 0 <= start < end <= len(self.text):
            raise item.fault("start", f"{start}—{end} 不在正文之内", f"{start}–{end} does not lie in the text")
        return Section(
            item.maybe("number", int), item.need("title", str), start, end, item.maybe("topic", str), tuple(map(self.section, item.items("children")))
        )

    def figure(self, item: Item) -> Figure:
        return Figure(*item.span(), item.need("role", str), item.maybe("reason", str), item.rule())

    def observation(self, item: Item) -> Observation:
        period, unit = Item(item.need("period", dict), item.file, f"{item.where}.period"), item.need("unit", str)
        return Observation(
            item.need("id", str), *item.span(), self._decimal(item), unit, item.maybe("unit_printed", str) or unit, item.need("bound", str), item.maybe("indicator", str),
            item.need("name", str), item.maybe("body", str), item.maybe("body_basis", str) or "implied", Period(period.need("kind", str), period.maybe("label", str) or ""),
            item.need("temporal", str), item.need("role", str), item.need("status", str), item.maybe("measure", str), item.maybe("damaged", bool) or False, item.rule(),
            item.maybe("matched", str),
        )  # fmt: skip

    def _decimal(self, item: Item) -> Decimal:
        said = item.need("value", str)
        try:
            value = Decimal(said)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise item.fault("value", f"“{said}”不是十进制数", f"“{said}” is no decimal number")
        return value

    def body(self, item: Item) -> BodyMention:
        kind, name, generic = item.maybe("type", str), item.need("name", str), item.maybe("generic", bool) or False
        code = item.maybe("division", str)
        place = self.register.get(code) if code is not None else next((d for d in self._above() if name.startswith(d.name)), None)
        home = place.code if place is not None else code or self.home
        usual = not generic and kind is not None and distinct_name(name, kind, place) is None
        iri = item.maybe("iri", str) or body_iri(home, kind or "other", None if usual else name)
        return BodyMention(
            *item.span(), item.need("kind", str), kind, name, generic, item.rule(), iri, code if "division" in item.data else home, item.words("aliases")
        )

    def _above(self) -> list[Division]:
        found, division = [], self.division
        while division is not None:
            found.append(division)
            division = self.register.get(division.parent) if division.parent is not None else None
        return found

    def mechanism(self, item: Item, named: dict[str, str]) -> MechanismMention:
        people = [
            Participant(p.need("name", str), p.need("basis", str), p.maybe("iri", str) or named.get(p.need("name", str))) for p in item.items("participants")
        ]
        return MechanismMention(*item.span(), item.need("type", str), item.maybe("concept", str), item.rule(), tuple(people))

    def document(self, item: Item) -> DocumentMention:
        return DocumentMention(*item.span(), item.need("title", str), item.need("bracketed", bool), item.rule())

    def measure(self, item: Item, named: dict[str, str]) -> Measure:
        return Measure(
            item.need("id", str), *item.span(), item.need("verb", str), item.maybe("object", str) or "", item.maybe("topic", str), item.need("status", str), item.rule(),
            tuple(self._responsible(who, named, item.need("end", int)) for who in item.items("responsible")), item.words("target_group"), self.links(item, "mechanisms"), self.links(item, "documents"),
            item.words("observations"),
        )  # fmt: skip

    def ids(self, key: str) -> list[str]:
        """The ids of a list's items: as stated, or D03 for the third document."""
        return [other.maybe("id", str) or f"{key[0].upper()}{number:02d}" for number, other in enumerate(self.whole.items(key), 1)]

    def links(self, item: Item, key: str) -> tuple[Span, ...]:
        """Spans of other items: as [start, end], or as their id."""
        known = dict(zip(self.ids(key), self.whole.items(key), strict=True))
        listed = item.maybe(key, list) or []
        found = [known[one].span() if isinstance(one, str) and one in known else one for one in listed]
        return Item({key: [list(one) if isinstance(one, tuple) else one for one in found]}, item.file, item.where, self.text).spans(key)

    def _responsible(self, item: Item, named: dict[str, str], before: int) -> Responsible:
        """Who answers for a measure; an explicit one without a span rests on the nearest mention of that body before the measure's end."""
        name, basis, aliases = item.need("name", str), item.need("basis", str), item.words("aliases")
        start, end = item.span() if "start" in item.data else (None, None)
        if basis == "explicit" and start is None:
            mentions = [b.span() for b in self.whole.items("bodies") if b.maybe("name", str) in (name, *aliases) or b.maybe("text", str) in (name, *aliases)]
            start, end = max((span for span in mentions if span[1] <= before), default=self._worded((name, *aliases), before))
        return Responsible(name, basis, item.rule(), aliases, item.maybe("iri", str) or named.get(name), start, end)

    def _worded(self, names: Sequence[str], before: int) -> tuple[int, int] | tuple[None, None]:
        """Where a body that is no mention of the record is named within 200 characters before, with or without its place."""
        place = self.division.name if self.division is not None else ""
        for name in (word for one in names for word in (one, one.removeprefix(place))):
            at = self.text.rfind(name, max(before - 200, 0), before) if name else -1
            if at >= 0:
                return at, at + len(name)
        return None, None

    def shortcoming(self, item: Item) -> Shortcoming:
        return Shortcoming(*item.span(), item.rule(), tuple(cause.span() for cause in item.items("causes")))

    def plan(self, item: Item) -> Plan:
        numbers: dict[Any, int] = {name: number for number, name in enumerate(self.ids("shortcomings"))} | {n: n for n in range(len(self.ids("shortcomings")))}
        listed = item.maybe("addresses", list) or []
        if not all(one in numbers for one in listed):
            raise item.fault("addresses", f"{listed} 不都在 shortcomings 中", f"{listed} are not all among the shortcomings")
        answered = tuple(numbers[one] for one in listed)
        return Plan(*item.span(), item.need("measure", str), item.rule(), answered)

    def event(self, item: Item) -> Event:
        return Event(*item.span(), item.need("name", str), item.maybe("ordinal", int), item.maybe("year", int), item.rule())

    def relation(self, item: Item) -> Relation:
        subject, predicate, target, basis = (item.need(key, str) for key in ("subject", "predicate", "object", "basis"))
        return Relation(subject, predicate, target, basis, *item.span(), item.rule(), item.maybe("subject_iri", str), item.maybe("concept", str))

    def figure_relation(self, item: Item) -> FigureRelation:
        return FigureRelation(item.need("kind", str), item.need("of", str), item.words("with"), item.need("holds", str), item.rule())

    def _check_links(self, record: Record) -> None:
        """What points to another item of the record must find it."""
        figures, measures = {o.id for o in record.observations}, {m.id for m in record.measures}
        spans = {"mechanisms": {(m.start, m.end) for m in record.mechanisms}, "documents": {(d.start, d.end) for d in record.documents}}
        links: list[tuple[str, set[Any], set[Any]]]
        links = [(f"measures[{n}].observations", set(m.observations), figures) for n, m in enumerate(record.measures)]
        links += [(f"measures[{n}].{key}", set(getattr(m, key)), known) for n, m in enumerate(record.measures) for key, known in spans.items()]
        links += [(f"figure_relations[{n}]", {r.of, *r.with_}, figures) for n, r in enumerate(record.figure_relations)]
        links += [(f"plans[{n}].measure", {p.measure}, measures) for n, p in enumerate(record.plans)]
        for where, wanted, known in links:
            if not wanted <= known:
                missing = ", ".join(map(str, sorted(wanted - known, key=str)))
                raise InputError(f"{self.whole.file}: {where}: 记录中没有 {missing} · the record holds no {missing}")

"""The values that pass between the steps. All offsets are code points into one canonical text, end exclusive.

Every fact is a frozen dataclass with `start`, `end` and the `rule` that found it; its quote is `text[start:end]` and is
never stored twice. Normal forms (names, values, units) are separate fields. Nothing here computes.
"""

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """One input as read: the canonical text, where it came from, and what the page itself states (metas, labels).

    `pages` are the offsets at which printed pages start; `confidence` (0 to 1) says that the text was recognised from pictures.
    """

    text: str
    name: str
    sha256: str
    media_type: str = "text/plain"
    stated: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    pages: tuple[int, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place of an input says of the report: a field, its value and where it stands (meta pubdate, 发布日期, title)."""

    field: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of the header on which the places of an input disagree; `chosen` is the value that the header carries."""

    field: str
    chosen: str | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division (GB/T 2260): six-digit code, full name, class such as 省直辖县级市, parent, and its years, end exclusive.

    `successors` are codes with the year of a partial transfer, or None where all passed over.
    """

    code: str
    name: str
    level: str
    division_class: str
    parent: str | None = None
    start: int = 1981
    end: int | None = None
    successors: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged place in the source with a suggested repair; the text itself is never changed."""

    start: int
    end: int
    kind: str
    suggestion: str
    certainty: str
    rule: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `start` is the numeral's, `title` is without numeral."""

    number: int | None
    title: str
    start: int
    end: int
    topic: str | None = None
    children: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of body text closed by 。！？ or a line's end. `lead` marks a run-in heading."""

    start: int
    end: int
    section: int | None
    topic: str | None
    lead: bool = False
    zone: str = "body"


@dataclass(frozen=True, slots=True)
class Layout:
    """A text cut up: header lines, title, sections and sentences that tile the body."""

    header_end: int
    title: Span | None
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    signature: Span | None = None
    divider: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the text and what became of it: observation, ignored for a reason, or residue."""

    start: int
    end: int
    role: str
    reason: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Period:
    """The time an observation speaks of: kind (year, as_of, since_launch, …) and a label such as 2025."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with unit as found in the text, before it is linked to an indicator."""

    start: int
    end: int
    value: Decimal
    unit: str
    printed: str
    bound: str
    rule: str
    role: str = "current"


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity with its name and indicator, before it becomes an observation."""

    quantity: Quantity
    name: str
    indicator: str | None
    matched: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """A quantity that says something: indicator (or none) and the label that led to it, name as worded, body, period, temporal kind and status."""

    id: str
    start: int
    end: int
    value: Decimal
    unit: str
    printed: str
    bound: str
    indicator: str | None
    name: str
    body: str | None
    body_basis: str
    period: Period
    temporal: str
    role: str
    status: str
    measure: str | None
    damaged: bool
    rule: str
    matched: str | None = None


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body as the text words it, linked to body type and division where the context allows."""

    start: int
    end: int
    kind: str
    type: str | None
    name: str
    generic: bool
    rule: str
    iri: str | None = None
    division: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """A body that takes part in a mechanism, by the text or by the mechanism's own name."""

    name: str
    basis: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class MechanismMention:
    """A mechanism as worded: a known concept, or a local name typed by its head noun."""

    start: int
    end: int
    type: str
    concept: str | None
    rule: str
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document named in the text, in 《》 or without marks."""

    start: int
    end: int
    title: str
    bracketed: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers for a measure: explicit (with the mention's span), passive, or implied by a named rule."""

    name: str
    basis: str
    rule: str
    aliases: tuple[str, ...] = ()
    iri: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A measure before it is joined with bodies: its clauses' span, verb, object, status, and the mentions that act."""

    start: int
    end: int
    verb: str
    object: str
    status: str
    section: int | None
    topic: str | None
    planned: bool
    actors: tuple[BodyMention, ...]
    passive: bool
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One action verb with its object, and the facts that hang on it (spans of mechanisms and documents, observation ids)."""

    id: str
    start: int
    end: int
    verb: str
    object: str
    topic: str | None
    status: str
    rule: str
    responsible: tuple[Responsible, ...] = ()
    target_group: tuple[str, ...] = ()
    mechanisms: tuple[Span, ...] = ()
    documents: tuple[Span, ...] = ()
    observations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """A shortcoming that the report admits, with the causes it gives."""

    start: int
    end: int
    rule: str
    causes: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A task announced for the next year, its measure, and the shortcomings (by index) that it answers."""

    start: int
    end: int
    measure: str
    rule: str
    addresses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A dated or numbered occasion, such as 府院联动第三次联席会议."""

    start: int
    end: int
    name: str
    ordinal: int | None
    year: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Honour:
    """A title or commendation that the place received."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Who takes part in or does what, within the span of a measure."""

    subject: str
    predicate: str
    object: str
    basis: str
    start: int
    end: int
    rule: str
    subject_iri: str | None = None
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class FigureRelation:
    """How figures hang together (ratio, part_of, rate_of, …); `holds` is true, false or unknown."""

    kind: str
    of: str
    with_: tuple[str, ...]
    holds: str
    rule: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named thing that fits no concept: material for the vocabularies."""

    kind: str
    start: int
    end: int
    rule: str


def home_of(division: Division | None, level: str, sha256: str) -> str:
    """Give the key of a place: its code, 000000 for the nation; a text without a known place is a place of its own."""
    if division is not None:
        return division.code
    return "000000" if level == "national" else f"unknown-{sha256[:8]}"


@dataclass(frozen=True, slots=True)
class Header:
    """What the report says of itself: who, where, which year, when."""

    iri: str
    genre: str
    title: str
    issuer: str
    issuer_kind: str
    issuer_type: str
    level: str
    division: Division | None
    division_basis: str
    year: int | None
    published: str | None
    signed: str | None
    source_body: str | None
    sha256: str
    genre_basis: str = ""
    media_type: str = "text/plain"
    encoding: str | None = None
    pages: tuple[int, ...] = ()
    confidence: float | None = None
    stated: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    issuer_iri: str = ""

    @property
    def home(self) -> str:
        """What keys the bodies of the place."""
        return home_of(self.division, self.level, self.sha256)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything found in one report: what `kg extract --format json` prints and the quads are written from."""

    header: Header
    text: str
    damage: tuple[Damage, ...] = ()
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    figures: tuple[Figure, ...] = ()
    observations: tuple[Observation, ...] = ()
    bodies: tuple[BodyMention, ...] = ()
    mechanisms: tuple[MechanismMention, ...] = ()
    documents: tuple[DocumentMention, ...] = ()
    measures: tuple[Measure, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()
    plans: tuple[Plan, ...] = ()
    events: tuple[Event, ...] = ()
    honours: tuple[Honour, ...] = ()
    relations: tuple[Relation, ...] = ()
    figure_relations: tuple[FigureRelation, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    misquoted: tuple[tuple[Span, str], ...] = ()  # quotes of a record that was read back which are not what the text holds; the gate tells them


SEVERITIES = ("violation", "warning", "info")
"""What a finding may be, the gravest first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in data: severity violation, warning or info, with the shape that saw it and the sentence it concerns.

    `terms` are focus and value as N-Triples, where they need not be IRIs; `focus` and `value` are their text.
    """

    report: str
    severity: str
    shape: str
    component: str
    focus: str
    path: str | None
    value: str | None
    message: dict[str, str] = field(default_factory=dict)
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    terms: tuple[str, str | None] | None = None

    def row(self) -> dict[str, Any]:
        """The object that JSON output and the quarantine's files hold; how its terms read in N-Triples is for Turtle alone."""
        return {key: value for key, value in asdict(self).items() if key != "terms"}


@dataclass(frozen=True, slots=True)
class Head:
    """What a report in a store is known by, for comparing reports."""

    report: str
    place: str
    place_name: str
    issuer: str
    government: bool
    year: int
    sha256: str


@dataclass(frozen=True, slots=True)
class YearFigure:
    """An indicator's value in a report of a place's government; comparable where it is exact, undamaged and of the whole year."""

    report: str
    place: str
    level: str
    year: int
    fact: str
    indicator: str
    name: dict[str, str]
    unit: str
    unit_name: dict[str, str]
    value: Decimal
    comparable: bool


@dataclass(frozen=True, slots=True)
class FillRate:
    """How many of a report's things of one class have a property; names are by language."""

    report: str
    kind: str
    term: str
    kind_name: dict[str, str]
    term_name: dict[str, str]
    filled: int
    of: int


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many things of one class a report's graph holds, and how many of them have each of the class's core properties."""

    kind: str
    things: int
    filled: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A relation of figures that was checked and holds, in words; `start` is where its main figure stands."""

    kind: str
    message: dict[str, str]
    start: int


@dataclass(frozen=True, slots=True)
class Checkup:
    """What validation says of one graph: findings, what was confirmed, the report's own properties and its text."""

    findings: tuple[Finding, ...]
    about: dict[str, str]
    text: str
    confirmed: tuple[Confirmed, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """A statutory duty and the shape that sees to it; `needs` are properties without which it is not known, `presupposes` other duties."""

    shape: str
    zh: str
    en: str
    needs: tuple[str, ...] = ()
    presupposes: tuple[str, ...] = ()

"""Bytes → Record → quads: the only room that knows the order of the steps."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.divisions import Register, load_register
from kg.extract.bodies import find_bodies
from kg.extract.closing import find_shortcomings
from kg.extract.damage import find_damage
from kg.extract.documents import find_documents
from kg.extract.figures import account_figures
from kg.extract.measures import find_actions
from kg.extract.mechanisms import find_mechanisms
from kg.extract.occasions import find_events, find_honours
from kg.grids import cell_at
from kg.header import identify_report
from kg.house import make_house
from kg.identity import distinct_name
from kg.lexicon import fold
from kg.link.indicators import link_rates
from kg.link.words import Context, carry_name, context_of, goes_on, is_growth, name_at_level
from kg.lookup import given_place
from kg.model import (
    BodyMention,
    Candidate,
    ClassCount,
    Finding,
    Header,
    MechanismMention,
    Named,
    Observation,
    Quantity,
    Record,
    Responsible,
    Sentence,
    Shortcoming,
    Source,
)
from kg.place import Place, body_type, make_place, official_name
from kg.read import MAX_BYTES, READERS, read_bytes
from kg.read.parts import MAX_PARTS, following, is_part, name_of, next_part, pack_parts
from kg.read.shell import refuse_empty
from kg.record.recall import is_record, recall_record
from kg.relate import join_measures, join_participants, make_observations, make_plans
from kg.relate.inherit import times_of_wholes
from kg.relate.pair import leave_parts_out, pair_lists
from kg.relate.reconcile import reconcile_figures
from kg.segment import segment_text
from kg.triples import quads_of
from kg.vocab import body_iri

__all__ = ["MAX_PARTS", "following", "is_part", "name_of", "next_part", "pack_parts"]  # of what is imported here, what others may have
SUFFIXES, MAX_INPUT = tuple(READERS), MAX_BYTES


def register_of(divisions: tuple[str, ...] = (), place: str | None = None) -> Register:
    """Load the divisions, with further tables; `place` says in which of them the reports lie, by code or name, where their texts do not."""
    register = load_register(divisions)
    return register.at(given_place(register, place)) if place is not None else register


def extract_bytes(data: bytes, name: str, divisions: tuple[str, ...] = (), place: str | None = None) -> Record:
    """Read one input and find everything in it; raises InputError where there is no report's text."""
    return extract_source(read_bytes(data, name), register_of(divisions, place))


def identify_bytes(data: bytes, name: str, divisions: tuple[str, ...] = (), place: str | None = None) -> Header:
    """Read one input only so far as to say what it is: genre, issuer, year, dates; raises InputError where there is no report's text."""
    source = read_bytes(data, name)
    layout = segment_text(source.text)
    refuse_empty(source, layout)
    return identify_report(source, layout, register_of(divisions, place))


def extract_source(source: Source, register: Register) -> Record:
    """Find everything in one text: the steps in their order."""
    layout = segment_text(source.text)
    refuse_empty(source, layout)
    folded = fold(source.text)
    header = identify_report(source, layout, register)
    register = register.at(None)  # the place given helps to say who reports; all else follows from the report's own place
    place = make_place(register, header.division, header.year, make_house(header.issuer, header.issuer_type))
    issuer = _issuer(header)
    figures, quantities = account_figures(folded)
    bodies = [_with_iri(body, header, register) for body in find_bodies(folded, place)]
    mechanisms = find_mechanisms(folded)
    documents = find_documents(folded)
    damage = find_damage(source.text, folded, layout.signature, header.signed, (layout.header_end, layout.divider or len(folded)))
    in_body = [q for q in quantities if q.start >= layout.header_end]
    actions = find_actions(folded, layout.sentences, bodies, mechanisms, in_body)
    observations = make_observations(_name(folded, in_body, layout.sentences), folded, layout.sentences, actions, issuer, header, damage)
    related = reconcile_figures(observations, folded, layout.sentences)
    observations = times_of_wholes(observations, related, folded)
    shortcomings = find_shortcomings(folded, layout.sentences)
    measures = join_measures(actions, issuer, mechanisms, documents, observations)
    joined, relations = join_participants(mechanisms, measures, _officials(place, header))
    return Record(
        header=header, text=source.text, damage=tuple(damage), sections=layout.sections, sentences=layout.sentences, figures=figures,
        observations=observations, bodies=tuple(bodies), mechanisms=joined, documents=tuple(documents), measures=measures,
        shortcomings=tuple(Shortcoming(s, e, "admitted", causes) for (s, e), causes in shortcomings),
        plans=make_plans(measures, actions, shortcomings, folded), events=tuple(find_events(folded, header.year)), honours=tuple(find_honours(folded)),
        relations=relations, figure_relations=related, candidates=_candidates(joined, observations, bodies),
    )  # fmt: skip


def _issuer(header: Header) -> Responsible:
    return Responsible(header.issuer, "implied", "default-issuer", (), header.issuer_iri)


def _with_iri(body: BodyMention, header: Header, register: Register) -> BodyMention:
    """Name the body: type × division where that says which one it is; else with its own name (two zones' committees, a bureau's 党组)."""
    if body.name == header.issuer and body.type == header.issuer_type:
        return replace(body, iri=header.issuer_iri)
    code = body.division or header.home
    plain = not body.generic and body.type is not None and distinct_name(body.name, body.type, register.get(code, header.year)) is None
    return replace(body, iri=body_iri(code, body.type or "other", None if plain else body.name))


def _name(folded: str, quantities: list[Quantity], sentences: tuple[Sentence, ...]) -> list[Named]:
    """Name each quantity and link it; one that several names share becomes several."""
    named: list[Named] = []
    before, at, paired = None, 0, pair_lists(folded, quantities)
    for quantity in quantities:
        while at + 1 < len(sentences) and sentences[at + 1].start <= quantity.start:
            at += 1
        sentence = sentences[at] if sentences else None
        context = context_of(folded, quantity, before, sentence.start if sentence is not None else 0)
        if (cell := cell_at(folded, quantity.start)) is not None and cell.name:
            context = Context(cell.name, "", cell.title, line=cell.title)  # the cells beside it tell of other figures
        elif quantity.start in paired:
            context = replace(context, near=paired[quantity.start], after="")
        grows = named != [] and before is not None and sentence is not None and before.start >= sentence.start and is_growth(context.near)
        context = carry_name(context, named[-1].name if named else "", grows)
        topic = sentence.topic if sentence is not None else None
        links = link_rates(folded, quantity, context, topic) if cell is None or not cell.part else [(context.name, None)]
        found = [Named(quantity, name, link.indicator, link.label) if link is not None else Named(quantity, name, None) for name, link in links]
        if named and before is not None and goes_on(before, quantity, context):
            found = [Named(quantity, name_at_level(named[-1].name, context), named[-1].indicator, named[-1].matched)]
        named += found
        before = quantity
    return leave_parts_out(folded, named)


def _officials(place: Place, header: Header) -> dict[str, tuple[str, str]]:
    """Official name and IRI of the three that the names of linkages stand for (府, 院, 检)."""
    kinds = ("people-government", "people-court", "people-procuratorate")
    return {kind: (official_name(body_type(kind), place.own), body_iri(header.home, kind)) for kind in kinds}


def _candidates(mechanisms: tuple[MechanismMention, ...], observations: tuple[Observation, ...], bodies: list[BodyMention]) -> tuple[Candidate, ...]:
    found = [Candidate("mechanism", m.start, m.end, m.rule) for m in mechanisms if m.concept is None]
    found += [Candidate("indicator", o.start, o.end, o.rule) for o in observations if o.indicator is None]
    found += [Candidate("body", b.start, b.end, b.rule) for b in bodies if b.type is None]
    return tuple(sorted(found, key=lambda c: (c.start, c.end, c.kind)))


@dataclass(frozen=True, slots=True)
class Built:
    """One report made ready for the store: record, sorted N-Quads lines, what validation found, and how much the graph holds."""

    record: Record
    lines: list[str]
    findings: list[Finding]
    counts: tuple[ClassCount, ...]

    @property
    def conforms(self) -> bool:
        """Whether no finding is a violation."""
        return all(finding.severity != "violation" for finding in self.findings)


def build_report(data: bytes, name: str, divisions: tuple[str, ...] = (), place: str | None = None) -> Built:
    """Bytes → record, quads and findings: a pure function of the input, the ontology and the shapes."""
    return build_source(data, name, register_of(divisions, place))


def build_source(data: bytes, name: str, register: Register, lap: Callable[[str], None] = lambda step: None) -> Built:
    """Do the same with a register that is at hand; `lap` is told of each step that is done."""
    record, lines = graph_lines(data, name, register, lap)
    from kg.validate import examine_quads  # extraction needs no shapes

    findings, counts = examine_quads(lines)
    lap("validate")
    return Built(record, lines, findings, counts)


def graph_lines(data: bytes, name: str, register: Register, lap: Callable[[str], None] = lambda step: None) -> tuple[Record, list[str]]:
    """Make the graph of one input, a report or an extraction record of one, without validating it."""
    from kg.validate import refuse_malformed  # extraction needs no shapes

    if is_record(data):
        record = recall_record(data, name, register)
        lap("read")
    else:
        source = read_bytes(data, name)
        lap("read")
        record = extract_source(source, register)
        lap("extract")
    lines = quads_of(record, register)
    if is_record(data):  # names of someone else's making may stand in it
        refuse_malformed(lines, name)
    lap("quads")
    return record, lines

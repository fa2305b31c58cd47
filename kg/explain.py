"""Record → each sentence with what was found in it: by which rule, linked to what and why, and what was left open."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import BodyMention, Measure, MechanismMention, Observation, Record, Sentence
from kg.numerals import plain
from kg.ontology import load_concepts


@dataclass(frozen=True, slots=True)
class Step:
    """One thing found: kind, span, what it was taken for, the rule, and why (a label, a place, a word); `open` marks what stayed undecided."""

    kind: str
    start: int
    end: int
    text: str
    taken_for: str
    rule: str
    why: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence with its steps in order of the text; `zone` is body, plan, shortcoming, preface or heading."""

    start: int
    end: int
    text: str
    zone: str
    section: int | None
    steps: tuple[Step, ...]

    @property
    def open(self) -> tuple[Step, ...]:
        """The steps that stayed undecided."""
        return tuple(step for step in self.steps if step.open)


def explain_record(record: Record) -> list[Explained]:
    """Lay every fact of a record beside its sentence; facts outside all sentences (header, signature) come first and last under their own lines."""
    steps = sorted(_steps(record), key=lambda step: (step.start, -step.end, step.kind))
    sentences = list(_with_margins(record))
    starts = [sentence.start for sentence in sentences]
    held: list[list[Step]] = [[] for _ in sentences]
    for step in steps:
        held[max(bisect_right(starts, step.start) - 1, 0)].append(step)
    return [
        Explained(s.start, s.end, record.text[s.start : s.end].strip(), "heading" if s.lead else s.zone, s.section, tuple(found))
        for s, found in zip(sentences, held, strict=True)
    ]


def _with_margins(record: Record) -> Iterator[Sentence]:
    """The sentences, and before, between and behind them the text that is none (title, date line, signature)."""
    position = 0
    for sentence in record.sentences:
        if record.text[position : sentence.start].strip():
            yield Sentence(position, sentence.start, None, None, zone="header" if position == 0 else "body")
        yield sentence
        position = sentence.end
    if record.text[position:].strip() or not record.sentences:
        yield Sentence(position, len(record.text), None, None, zone="signature")


def _steps(record: Record) -> Iterator[Step]:
    text = record.text
    for figure in record.figures:
        if figure.role != "observation":
            taken = figure.reason or "residue"
            yield Step("figure", figure.start, figure.end, text[figure.start : figure.end], taken, figure.rule, "", figure.role == "residue")
    yield from (_of_observation(record, o) for o in record.observations)
    yield from (_of_body(record, b) for b in record.bodies)
    yield from (_of_mechanism(record, m) for m in record.mechanisms)
    yield from (_of_measure(record, m) for m in record.measures)
    for document in record.documents:
        yield Step("document", document.start, document.end, text[document.start : document.end], document.title, document.rule, "")
    for event in record.events:
        yield Step("event", event.start, event.end, text[event.start : event.end], event.name, event.rule, "")
    for honour in record.honours:
        yield Step("honour", honour.start, honour.end, text[honour.start : honour.end], "", honour.rule, "")
    for shortcoming in record.shortcomings:
        causes = "; ".join(text[a:b] for a, b in shortcoming.causes)
        yield Step("shortcoming", shortcoming.start, shortcoming.end, text[shortcoming.start : shortcoming.end], causes, shortcoming.rule, "")
    for damage in record.damage:
        yield Step("damage", damage.start, damage.end, text[damage.start : damage.end], damage.suggestion, damage.kind, damage.certainty)
    yield from _relation_steps(record)


def _relation_steps(record: Record) -> Iterator[Step]:
    by_id = {o.id: o for o in record.observations}
    for relation in record.figure_relations:
        of = by_id[relation.of]
        others = "、".join(record.text[by_id[w].start : by_id[w].end] for w in relation.with_)
        yield Step("relation", of.start, of.end, record.text[of.start : of.end], f"{relation.kind} {others}", relation.rule, f"holds: {relation.holds}")


def _of_observation(record: Record, o: Observation) -> Step:
    concept = load_concepts()["indicator"].get(o.indicator or "")
    value = f"{o.bound} {plain(o.value)} {o.unit}".replace("exact ", "").strip()
    named = f"{concept.zh} ({o.indicator})" if concept is not None else f"? {o.name}"
    why = " · ".join(
        filter(
            None, (f"“{o.matched}”" if o.matched is not None else "", o.period.label, o.temporal, o.status, o.role if o.role == "from" else "", o.measure or "")
        )
    )
    return Step("observation", o.start, o.end, record.text[o.start : o.end], f"{value} = {named}", o.rule, why, o.indicator is None)


def _of_body(record: Record, b: BodyMention) -> Step:
    concept = load_concepts()["body-type"].get(b.type or "")
    kind = f"{concept.zh} ({b.type})" if concept is not None else b.kind
    where = "generic" if b.generic else b.division or ""
    return Step("body", b.start, b.end, record.text[b.start : b.end], b.name, b.rule, f"{kind} × {where}" if where else kind, b.type is None)


def _of_mechanism(record: Record, m: MechanismMention) -> Step:
    concept = load_concepts()["mechanism"].get(m.concept or "")
    named = f"{concept.zh} ({m.concept})" if concept is not None else "?"
    who = "、".join(f"{p.name} ({p.basis})" for p in m.participants)
    return Step("mechanism", m.start, m.end, record.text[m.start : m.end], named, m.rule, " · ".join(filter(None, (m.type, who))), m.concept is None)


def _of_measure(record: Record, m: Measure) -> Step:
    who = "、".join(f"{r.name} ({r.basis}: {r.rule})" for r in m.responsible)
    return Step("measure", m.start, m.end, record.text[m.start : m.end], f"{m.id} {m.verb} | {m.object}", m.rule, f"{m.status} · {m.topic or '—'} · {who}")

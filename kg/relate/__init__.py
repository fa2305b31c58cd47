"""Mentions → Facts: observations with body, period and status; measures with who answers for them; who takes part in what."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kg.model import (
    Action,
    BodyMention,
    Damage,
    DocumentMention,
    Header,
    Measure,
    MechanismMention,
    Named,
    Observation,
    Participant,
    Plan,
    Relation,
    Responsible,
    Sentence,
    Span,
)
from kg.ontology import load_concepts
from kg.relate.period import Spoken, time_of

_T = TypeVar("_T", MechanismMention, DocumentMention, Observation)


def join_measures(
    actions: Sequence[Action],
    issuer: Responsible,
    mechanisms: Sequence[MechanismMention],
    documents: Sequence[DocumentMention],
    observations: Sequence[Observation],
) -> tuple[Measure, ...]:
    """Give each action its id, its responsible bodies and the mentions that lie in it."""
    measures = []
    inside = _Inside(mechanisms, documents, observations)
    for number, action in enumerate(actions, 1):
        responsible = tuple(_explicit(body) for body in action.actors) or (_issuer_of(action, issuer),)
        measures.append(
            Measure(
                id=f"A{number:03d}",
                start=action.start,
                end=action.end,
                verb=action.verb,
                object=action.object,
                topic=action.topic,
                status=action.status,
                rule="clause-group",
                responsible=responsible,
                target_group=action.groups,
                mechanisms=tuple((m.start, m.end) for m in inside.of(action, mechanisms)),
                documents=tuple((d.start, d.end) for d in inside.of(action, documents)),
                observations=tuple(o.id for o in inside.of(action, observations)),
            )
        )
    return tuple(measures)


def _explicit(body: BodyMention) -> Responsible:
    return Responsible(body.name, "explicit", "clause-subject", body.aliases, body.iri, body.start, body.end)


def _issuer_of(action: Action, issuer: Responsible) -> Responsible:
    basis, rule = ("passive", "passive-default-issuer") if action.passive else ("implied", "default-issuer")
    return Responsible(issuer.name, basis, rule, issuer.aliases, issuer.iri)


_SPOILS = ("dropped_char_between_digits", "misread_digit")  # the kinds of damage that spoil a figure


class _Inside:
    """Finds the mentions within a span by bisection; the lists must be in order of the text."""

    def __init__(self, *lists: Sequence[MechanismMention] | Sequence[DocumentMention] | Sequence[Observation]) -> None:
        self._starts = {id(items): [item.start for item in items] for items in lists}

    def of(self, span: Action, items: Sequence[_T]) -> list[_T]:
        """Give the items that start and end within the span."""
        starts = self._starts[id(items)]
        first, last = bisect_right(starts, span.start - 1), bisect_right(starts, span.end - 1)
        return [item for item in items[first:last] if item.end <= span.end]


def make_observations(
    named: Sequence[Named], folded: str, sentences: Sequence[Sentence], actions: Sequence[Action], issuer: Responsible, header: Header, damage: Sequence[Damage]
) -> tuple[Observation, ...]:
    """Turn named quantities into observations, with ids in order of the text."""
    starts, action_starts = [sentence.start for sentence in sentences], [action.start for action in actions]
    observations: list[Observation] = []
    spoken = Spoken(_head(folded, named, header), header.year)
    for number, item in enumerate(named, 1):
        q = item.quantity
        sentence = sentences[at] if (at := bisect_right(starts, q.start) - 1) >= 0 else None
        act = bisect_right(action_starts, q.start) - 1
        action = actions[act] if act >= 0 and actions[act].end >= q.end else None
        words = folded[max(sentence.start if sentence is not None else 0, q.start - 60) : q.end]
        concept = load_concepts()["indicator"].get(item.indicator) if item.indicator is not None else None
        temporal, period = time_of(words, item.name, q.start, concept, _year_of(header, sentence), _opening(sentences, at, folded), folded)
        body, basis = _body_of(action, issuer)
        observations.append(
            Observation(
                id=f"I{number:03d}",
                start=q.start,
                end=q.end,
                value=q.value,
                unit=q.unit,
                printed=q.printed,
                bound=q.bound,
                indicator=item.indicator,
                name=item.name,
                matched=item.matched,
                body=body,
                body_basis=basis,
                period=spoken.period_of(words if sentence is None else folded[sentence.start : q.start], period),
                temporal=temporal,
                role=q.role,
                status="planned" if (action is not None and action.planned) or (sentence is not None and sentence.zone == "plan") else "done",
                measure=f"A{act + 1:03d}" if action is not None else None,
                damaged=any(d.start < q.end and q.start < d.end and d.kind in _SPOILS for d in damage),
                rule=q.rule,
            )
        )
    return _parts_as_wholes(observations, folded)


_STATISTICS = ("news", "other")  # genres where one week or month may be spoken of from the first line to the last
_HEAD = 400


def _head(folded: str, named: Sequence[Named], header: Header) -> str | None:
    """The words before the first figure, where a page of statistics says of which part of a year it is; None for a report, which is of a year."""
    return folded[: named[0].quantity.start if named else 0][-_HEAD:] if header.genre in _STATISTICS else None


def _year_of(header: Header, sentence: Sentence | None) -> int | None:
    """The year that is spoken of where none is named: that of the report, and where an annual report says what is to be done, the next."""
    next_year = sentence is not None and sentence.zone == "plan" and header.genre == "annual_report"
    return header.year + 1 if next_year and header.year is not None else header.year


def _opening(sentences: Sequence[Sentence], at: int, folded: str) -> Sentence | None:
    """The sentence that says of what time a figure is: one that begins with 其中 goes on with the one before."""
    while at > 0 and folded.startswith("其中", sentences[at].start):
        at -= 1
    return sentences[at] if at >= 0 else None


_SHARE = re.compile(r"(?:[^,;。\d]{0,12}[,、(])(?:其中)?[^,;。()\d]{0,8}占[^,;。()\d]{0,24}")
_PARTS = re.compile(r"[^,;。\d]{0,16},其中")
_SAME_LIST = re.compile(r"[、,][^,;。\d]{0,20}")


def _parts_as_wholes(observations: list[Observation], folded: str) -> tuple[Observation, ...]:
    """Give a part the time of the whole before it, a share that of its count (专职1120名,占60%), where no indicator tells its own."""
    told: list[Observation] = []
    listed = False
    for each in observations:
        own = not told or each.indicator is not None
        begins = not own and told[-1].unit == each.unit and _PARTS.match(folded, told[-1].end) is not None
        listed = begins or (listed and not own and told[-1].unit == each.unit and _SAME_LIST.fullmatch(folded, told[-1].end, each.start) is not None)
        same = listed or (not own and each.unit == "%" and _SHARE.fullmatch(folded, told[-1].end, each.start) is not None)
        told.append(replace(each, temporal=told[-1].temporal, period=told[-1].period) if same else each)
    return tuple(told)


def _body_of(action: Action | None, issuer: Responsible) -> tuple[str, str]:
    if action is not None and action.actors:
        return action.actors[0].name, "explicit"
    return issuer.name, "passive" if action is not None and action.passive else "implied"


_ITEM_MARK = re.compile(r"\([一二三四五六七八九十\d]{1,2}\)|(?<!\d)\d{1,2}[.、]|[一二三四五六七八九十][是要](?!否|求)")
_ITEM_LEAD = re.compile(rf"(?:{_ITEM_MARK.pattern})(?P<lead>[^。;:,\n]{{4,30}})[。;:,\n]")


def make_plans(measures: Sequence[Measure], actions: Sequence[Action], shortcomings: Sequence[tuple[Span, tuple[Span, ...]]], folded: str) -> tuple[Plan, ...]:
    """Plans are the measures of the plan sentences; one answers a shortcoming with which it shares most of its rarer words."""
    plans = []
    for measure, action in zip(measures, actions, strict=True):
        if action.planned:
            own = _words(folded[measure.start : measure.end])
            words = own | _words(_item_lead(folded, measure.start))
            enough = 3 if len(own) > 6 else 2
            answered = tuple(n for n, (span, _) in enumerate(shortcomings) if len(words & _words(folded[slice(*span)])) >= enough)
            plans.append(Plan(measure.start, measure.end, measure.id, "plan-zone", answered))
    return tuple(plans)


def _item_lead(folded: str, start: int) -> str:
    """The words of the item a measure stands in: (一)提升应诉能力。开展培训… → 提升应诉能力; the line above where that only heads it."""
    line = folded.rfind("\n", 0, start)
    above = folded.rfind("\n", 0, max(0, line))
    low = max(above, start - 200, 0)
    leads = [*_ITEM_LEAD.finditer(folded, low, start)]
    marks = [mark.start() for mark in _ITEM_MARK.finditer(folded, low, start)]
    return leads[-1]["lead"] if leads and marks[-1] == leads[-1].start() else ""


def _words(text: str) -> set[str]:
    bare = re.sub(r"法治政府|建设|工作|进一步|有待|加强|完善|健全|推进|提升|机制|体系|[,、;。]", "|", text)
    return {bare[at : at + 2] for at in range(len(bare) - 1) if "|" not in bare[at : at + 2]}


def join_participants(
    mechanisms: Sequence[MechanismMention], measures: Sequence[Measure], official: dict[str, tuple[str, str]]
) -> tuple[tuple[MechanismMention, ...], tuple[Relation, ...]]:
    """Who takes part in a mechanism: by the text (the measure's named bodies), or by the mechanism's own name (府院联动)."""
    joined, relations = [], []
    spans = {span: measure for measure in measures for span in measure.mechanisms}
    for mention in mechanisms:
        measure = spans.get((mention.start, mention.end))
        named = [r for r in measure.responsible if r.basis == "explicit"] if measure is not None else []
        people = [Participant(r.name, "text", r.iri) for r in named]
        concept = load_concepts()["mechanism"].get(mention.concept or "")
        if concept is not None and mention.type == "coordination" and re.match(r"府[院检]", concept.zh):
            kinds = concept.ids("participantType")
            people += [Participant(official[k][0], "name", official[k][1]) for k in kinds if k in official and k in _NAMED_IN[concept.zh[:2]]]
        joined.append(MechanismMention(mention.start, mention.end, mention.type, mention.concept, mention.rule, tuple(dict.fromkeys(people))))
        if measure is not None:
            relations += [
                Relation(
                    r.name,
                    "participates_in",
                    concept.zh if concept is not None else "",
                    "explicit",
                    measure.start,
                    measure.end,
                    "subject-of-measure",
                    r.iri,
                    mention.concept,
                )
                for r in named
                if concept is not None
            ]
    return tuple(joined), tuple(dict.fromkeys(relations))


_NAMED_IN = {"府院": ("people-government", "people-court"), "府检": ("people-government", "people-procuratorate")}

"""Sentence → Measures: one action verb with its object; results, purposes and quantities attach to it.

A clause opens a new measure when it starts with an action verb of its own, unless the clause before is only its frame
(加大合法性审查力度, …) or the clause itself reports the result of the one before (确保…, 提升…, 办理案件34280件).
`acts` holds the verbs, `clauses` cuts sentences, `frames`, `contents`, `counts`, `results` and `opening` say what belongs together, `making` makes the measure.
"""

from collections.abc import Iterator, Sequence

from kg.extract.measures.clauses import Clause, Reading
from kg.extract.measures.making import carry_over, make_action
from kg.extract.measures.opening import only_leads, opens_measure, takes_over
from kg.model import Action, BodyMention, MechanismMention, Quantity, Sentence

__all__ = ["find_actions"]


def find_actions(
    folded: str, sentences: Sequence[Sentence], bodies: Sequence[BodyMention], mechanisms: Sequence[MechanismMention], quantities: Sequence[Quantity]
) -> list[Action]:
    """Find the measures of all body and plan sentences, in order."""
    reading = Reading(folded, bodies, mechanisms, quantities)
    told = (sentence for sentence in sentences if not sentence.lead and sentence.zone in ("body", "plan"))
    return [action for sentence in told for action in _actions(reading, sentence)]


def _actions(reading: Reading, sentence: Sentence) -> Iterator[Action]:
    """Group a sentence's clauses into measures; a named subject carries over to the clauses behind it."""
    planned = sentence.zone == "plan"
    subject: tuple[BodyMention, ...] = ()
    group: list[Clause] = []
    for clause in reading.clauses(sentence, planned):
        actors = reading.actors(clause)
        if group and opens_measure(reading, clause, group, bool(actors), planned):
            yield from make_action(reading, sentence, group, subject)
            group = []
            subject = () if reading.folded[clause.start - 1] in ";:" else carry_over(reading, clause, subject)
        if not group or (actors and (not subject or only_leads(reading, group)) and takes_over(reading, clause)):
            subject = actors or subject
        group.append(clause)
    yield from make_action(reading, sentence, group, subject)

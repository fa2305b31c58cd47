"""Observations with the relations that their arithmetic confirms → parts and shares with the time of their whole.

A page names its total with its time once (截至年底,共有执业律师65万人) and goes on with its members (专职律师50万人,占77%). A member is of the whole's time
where the numbers confirm it and neither its own words nor an indicator tell another.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import FigureRelation, Observation

_OWN = re.compile(r"新增|新建|新设|净增|今年|本年|全年|年内|当年|同比|环比")


def times_of_wholes(observations: Sequence[Observation], relations: Sequence[FigureRelation], folded: str) -> tuple[Observation, ...]:
    """Give confirmed shares and members the period of their whole, in the order of the text."""
    wholes: dict[str, str] = {}
    for relation in relations:
        if relation.holds == "true" and relation.kind == "ratio":
            wholes |= dict.fromkeys((relation.of, relation.with_[0]), relation.with_[1])
        elif relation.holds == "true" and relation.kind == "sum":
            wholes |= dict.fromkeys(relation.with_, relation.of)
    told: dict[str, Observation] = {}
    for each in observations:
        whole = told.get(wholes.get(each.id, ""))
        plain = (each.temporal, each.period.kind) == ("flow", "year") and each.indicator is None
        before = folded[max(0, each.start - 16) : each.start]
        told[each.id] = replace(each, temporal=whole.temporal, period=whole.period) if whole is not None and plain and not _OWN.search(before) else each
    return tuple(told.values())

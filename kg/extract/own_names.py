"""The official name of a department that is not called as most of its kind are: 教育体育局, 规划和自然资源局, 综合行政执法局.

Departments were merged differently from place to place. A name that only shortens the usual one (市监局) stands for it;
any other is the department's own. Short forms in the same report (教体局) stand for the longer name that holds all their characters in order.
"""

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache

from kg.lexicon import shortens
from kg.model import BodyMention
from kg.ontology import Concept
from kg.place import body_type

_KINDS = ("department", "institution")
_NAMES = ("municipalName", "countyName", "provincialName", "nationalName")
_ENDING = re.compile(r"(?:局|委员会|委|厅|办公室)$")
# What ends an official name; 办 and 委 end short forms.
_ENDS = ("局", "委员会", "办公室", "中心", "大队", "支队", "总队", "中队", "队", "所", "院", "站")


def _ending(name: str) -> str:
    return name.removesuffix("员会")[-1]


def own_name(core: str, concept: Concept) -> str | None:
    """Give the name a department bears beside the usual one of its kind, None where `core` stands for the usual one.

    A usual name with another ending is written out (住建委, 发改局); what has a label of its own is taken as printed.
    """
    usual = [name for key in _NAMES if (name := concept.value(key)) is not None] or [concept.zh]
    if concept.value("bodyKind") not in _KINDS or any(shortens(core, name) for name in usual):
        return None
    labelled = core in concept.alternatives and core.endswith(_ENDS)
    if labelled and len(core) > 4:
        return core
    for short, full in (("局", "局"), ("委", "委员会"), ("会", "委员会")):
        if core.endswith(short) and shortens(core, variant := _ENDING.sub(full, usual[0])):
            return variant
    return core if labelled else None


def settle_names(mentions: list[BodyMention]) -> list[BodyMention]:
    """Give short forms the longest own name of the same kind and place that the report prints: 教体局 beside 教育和体育局."""
    printed: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.type is not None and not mention.generic and mention.kind in _KINDS and mention.name.endswith(_own_names(mention.type)):
            printed[mention.type, mention.division].add(mention.name)
    return [_settled(mention, printed.get((mention.type, mention.division), set())) for mention in mentions] if printed else mentions


def _settled(mention: BodyMention, printed: set[str]) -> BodyMention:
    if mention.generic or mention.kind not in _KINDS:
        return mention
    whole = max(
        (name for name in printed if _ending(name) == _ending(mention.name) and shortens(mention.name, name)), key=lambda n: (len(n), n), default=mention.name
    )
    return mention if whole == mention.name else replace(mention, name=whole, aliases=tuple(dict.fromkeys((*mention.aliases, mention.name))))


@cache
def _own_names(kind: str) -> tuple[str, ...]:
    concept = body_type(kind)
    return tuple(name for name in concept.alternatives if own_name(name, concept) == name)

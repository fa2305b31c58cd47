"""The matter that is spoken of at a figure → the indicators that belong to it: 行政复议 … 维持24起,撤销1起.

Words such as 受理, 办结, 败诉 or 满意率 say different things of different matters. The matter is the one named last before the figure
on its line (or in the heading above it), or by what the figure counts.
"""

import re
from functools import lru_cache

from kg.lexicon import trie_pattern
from kg.link.words import Context
from kg.ontology import load_concepts

# The hotlines of single trades: a rate said of them is none of 12345's.
_OTHER_LINE = r"(?<!\d)12(?!345)\d{3}(?:[^,;。\d]{0,10}?(?:热线|平台)|(?=举报|投诉|电话))|(?:消费|维权|举报|监督|法律服务|法律援助|心理|供[水电气热]|环保)[^,;。\d热]{0,4}热线"
_NEAR = 60  # where it is looked for first
_REACH = 14  # how far behind a figure its matter may be named


@lru_cache(maxsize=1)
def _matters() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    owners: dict[str, set[str]] = {}
    for concept in load_concepts()["indicator"].values():
        for word in concept.values.get("matter", ()):
            owners.setdefault(word, set()).add(concept.id)
    return re.compile(f"{_OTHER_LINE}|{trie_pattern(sorted(owners))}"), {word: frozenset(ids) for word, ids in owners.items()}


@lru_cache(maxsize=1)
def _short_names() -> dict[str, frozenset[str]]:
    owners: dict[str, set[str]] = {}
    for concept in load_concepts()["indicator"].values():
        for label in concept.values.get("underMatter", ()):
            owners.setdefault(label, set()).add(concept.id)
    return {label: frozenset(ids) for label, ids in owners.items()}


def goes_back(indicator: str, label: str, context: Context) -> bool:
    """Whether a short name that only one indicator has is of a matter named before the last one (复议…, 未引发诉讼。维持2件)."""
    if _short_names().get(label, frozenset()) != frozenset((indicator,)):
        return False
    pattern, owners = _matters()
    return any(indicator in owners.get(word, ()) for word in pattern.findall(context.line))


def matter_of(context: Context) -> frozenset[str] | None:
    """Give the indicators of the matter that is spoken of, or None where no matter is named."""
    pattern, owners = _matters()
    before = (pattern.findall(context.line[-_NEAR:]) or pattern.findall(context.line))[-1:]
    behind = pattern.findall((context.after + context.rest)[:_REACH])[:1]
    found = [owners.get(word, frozenset()) for word in (*before, *behind)]
    return frozenset().union(*found) if found else None

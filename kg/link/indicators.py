"""Quantities → indicators: the words around a figure against the labels of the vocabulary. Unsure → no indicator.

A label is compared by its character pairs, rarer pairs weighing more; unit kind must fit (a count is never a ratio).
The name of a figure is the clause before it, what it counts, or both (审结行政复议案件333件, 10项省重点民生实事).
"""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from kg.lexicon import fold
from kg.link.said import said_of
from kg.link.words import Context
from kg.model import Quantity
from kg.ontology import Concept, load_concepts

_RATIO_RULES = {"fraction": "%", "ratio": "%"}
_FILES = frozenset(["卷", "本"])  # what is counted by the file is not counted by the round
_KINDS = ("类", "种", "项", "批", "方面", "领域", "轮")  # so many kinds are no cases
_BATCHES = ("批", "批次")  # what is counted by the batch is no event
_COPIES = ("份", "卷", "本", "册", "篇", "张")  # papers are no events
_LINES = ("条", "条次")  # what an authority decides or does is counted so only where news of it are
_SHEETS = ("本", "册", "页", "张", "块", "面", "幅")  # units of paper without a class
_ALL_OF = re.compile(
    r"(?P<names>(?:[\u4e00-\u9fff()]{2,14}(?<!率)[、和及与])+[\u4e00-\u9fff()]{2,14}?(?<!率))(?:均|双双|都)(?P<verb>(?:同比|比上年|较上年)?(?:增长|下降|提高|提升|上升|减少|降低|压减|实现)?)(?:为|达到|达|至|到|超过|超|突破|了)*$"
)
_WHO = re.compile(r"被?申请人(?=为|是|系|中)")  # a party to a case, not an application
_NAMES = re.compile(r"[、和与]|及(?![时格])")
_RUN_ON = re.compile(r"率(?=(?![和与及])[\u4e00-\u9fff]{2,4}率均)")  # 参考率优秀率均
_OF_EACH = re.compile(r"率(?:均|都|双双)(?:达到|达|为|在|实现|保持)*$")
_COUNTED = re.compile(r"\d(?:余|多)?(?P<unit>[件份起条例宗])$")
THRESHOLD = 0.65
RATE_THRESHOLD = 0.55
LEAST_NEAR = 0.2
LONGEST_HIT = 20000
"""Shares of a label's weight that the words around a figure must hold, and that those next to it must."""


class Link(NamedTuple):
    """An indicator, the label of the vocabulary that led to it, and the share of the label's weight that the words hold (0–1)."""

    indicator: str
    label: str
    share: float


@dataclass(frozen=True)
class _Index:
    labels: tuple[tuple[frozenset[str], int, bool, Concept, str], ...]
    under: frozenset[int]  # the labels that hold only under their indicator's matter
    gist: dict[str, frozenset[str]]
    units: dict[str, str | None]
    kinds: dict[str, str]
    weights: dict[str, int]
    rarest: tuple[str, ...]
    least: tuple[float, ...]


@lru_cache(maxsize=1)
def _index() -> _Index:
    concepts = load_concepts()
    sets = [
        (frozenset(_pairs(fold(label))), " " in label, concept, label)
        for concept in concepts["indicator"].values()
        for label in (*concept.labels(), *concept.hidden)
    ]
    plain = len(sets)
    sets += [(frozenset(_pairs(fold(x))), False, c, x) for c in concepts["indicator"].values() for x in c.values.get("underMatter", ())]
    counts: dict[str, set[str]] = defaultdict(set)
    for pairs, _, concept, _ in sets:
        for pair in pairs:
            counts[pair].add(concept.id)
    weights = {pair: round(1000 * math.log(1 + 190 / len(owners))) for pair, owners in counts.items()}  # whole numbers: their sums do not depend on order
    labels = tuple((pairs, sum(weights[p] for p in pairs), loose, concept, label) for pairs, loose, concept, label in sets)
    rarest = tuple(max(sorted(pairs), key=lambda pair: weights[pair]) for pairs, *_ in labels)
    gist = {concept.id: frozenset(_pairs(fold(concept.zh))) for concept in concepts["indicator"].values()}
    units = {unit.zh: unit.value("unitClass") for unit in concepts["unit"].values()}
    kinds = {name: unit.value("indicatorKind") or "count" for unit in concepts["unit"].values() for name in unit.labels()}
    under = frozenset(range(plain, len(labels)))
    return _Index(
        labels,
        under,
        gist,
        units,
        kinds,
        weights,
        rarest,
        tuple(LEAST_NEAR * total for _, total, *_ in labels),
    )


def _pairs(text: str) -> set[str]:
    """Give the character pairs of a label or a context; words of a label set apart by a space may stand apart in the text too."""
    bare = re.sub(r"(?:数|量|次数|件数|人数|期数|总数|数量|情况)$", "", re.sub(r"[(),、\"]", "", text)) or text
    return {bare[at : at + 2] for at in range(len(bare) - 1) if " " not in bare[at : at + 2]} or {bare}


def link_indicator(quantity: Quantity, context: Context, topic: str | None) -> Link | None:
    """Give the indicator that a quantity's words name best, and by which label, or None."""
    index = _index()
    near, wide = _pairs(_WHO.sub("|", context.near) + context.act + "|" + context.after), _pairs(context.wide + "|" + context.rest)
    both, unit = near | wide, quantity.unit or _RATIO_RULES.get(quantity.rule, "")
    fits, postings = _unit_fits(unit), _postings(unit)
    best: tuple[float, float, str, str] | None = None
    link: Link | None = None
    hits: dict[int, int] = defaultdict(int)
    for pair in near & postings.keys():
        weight = index.weights[pair]
        for number in postings[pair]:
            hits[number] += weight
    said, far, weight_of = said_of(context), wide - near, index.weights.__getitem__
    close = near | _pairs(context.wide[-50:] + "|" + context.rest)
    for number, hit in hits.items():
        if hit < index.least[number]:
            continue
        pairs, total, loose, concept, label = index.labels[number]
        if loose and not (index.rarest[number] in close and pairs <= both):
            continue
        share = (10 * hit + 6 * sum(map(weight_of, pairs & far))) / (10 * total)
        if share < (THRESHOLD if said.rate is None else RATE_THRESHOLD) or not said.allows(concept, label, number in index.under):
            continue
        gist = index.gist[concept.id]
        score = share + fits[concept.id] + 0.15 * len(gist & both) / len(gist) + 0.08 * _same_topic(concept, topic) + min(hit, LONGEST_HIT) / 100000
        score += 0.15 * said.tells_stage(concept, label) - said.goes_back(concept, label, number in index.under)
        if best is None or (score, total) > best[:2] or ((score, total) == best[:2] and (concept.id, label) < best[2:]):
            best, link = (score, total, concept.id, label), Link(concept.id, label, round(share, 2))
    return link


def _same_topic(concept: Concept, topic: str | None) -> bool:
    return topic is not None and concept.id_of("topic") == topic


@lru_cache(maxsize=64)
def _postings(unit: str) -> dict[str, list[int]]:
    """Say which labels hold a pair of characters, of the indicators that a unit fits."""
    fits, postings = _unit_fits(unit), defaultdict(list)
    for number, (pairs, _, _, concept, _) in enumerate(_index().labels):
        if concept.id in fits:
            for pair in pairs:
                postings[pair].append(number)
    return dict(postings)


@lru_cache(maxsize=256)
def _unit_fits(unit: str) -> dict[str, float]:
    """Say how well a unit fits each indicator that it can be of: 0.12 its own unit, below 0 another class (人 for 户); a count is never a ratio."""
    fits: dict[str, float] = {}
    classes, kind = _index().units, _index().kinds.get(unit, "count")
    for concept in load_concepts()["indicator"].values():
        wanted, printed = concept.value("indicatorKind"), concept.value("printedUnit") or ""
        if wanted == "ratio" and "万人" in printed:
            if kind == "count":
                fits[concept.id] = 0.0
        elif wanted == kind == "duration":
            fits[concept.id] = 0.12 if unit in printed.split("/") else 0.0
        elif (
            wanted == kind
            and not (classes.get(unit) == "case" and concept.zh.endswith("事项数"))
            and not (unit in _LINES and "件" in printed.split("/") and (concept.value("topic") or "").endswith("law-enforcement"))
            and not (classes.get(unit) == "occasion" and _FILES & set(printed.split("/")))
        ):
            found = [_class_fit(unit, each, classes.get(unit), classes.get(each)) for each in (printed, *printed.split("/"))]  # 个/套/人: any of the three
            if any(fit is not None for fit in found):
                fits[concept.id] = max(fit for fit in found if fit is not None)
    return fits


def _class_fit(unit: str, printed: str, mine: str | None, its: str | None) -> float | None:
    if printed == unit:
        return 0.12
    if (printed in _BATCHES and unit not in _BATCHES) or (its == "occasion" and unit in _COPIES):
        return None
    if "个" in (printed, unit):
        other = "visit" if "次" in printed + unit else its if unit == "个" else mine
        return None if other in ("person", "visit", "occasion") or (unit == "个" and other == "case") else -0.12 if other == "case" else 0.0
    if mine is None or its is None:
        return None if mine != its or unit not in _SHEETS or printed not in _SHEETS else 0.0
    if ({mine, its} == {"occasion", "case"} and "次" not in (unit, printed)) or (its == "case" and unit in _KINDS):
        return None
    if (
        unit == "类"
        or {mine, its} in ({"occasion", "item"}, {"item", "organisation"}, {"occasion", "organisation"}, {"occasion", "place"})
        or (mine, its) == ("case", "organisation")
    ):
        return None
    if mine == its:
        return 0.05
    return -0.08 if not {mine, its} & {"person", "visit"} else -0.15 if {mine, its} <= {"person", "visit"} else None


def _shared_by(context: Context) -> int:
    """Over how many counts one rate is said: 公开25件,受理191件,按期办结率均为100% tells it of both."""
    if _OF_EACH.search(context.near) is None:
        return 1
    units = [match["unit"] if (match := _COUNTED.search(clause)) else "" for clause in re.split(r"[,;。]", context.wide)[-2::-1]]
    return max(1, len(list(takewhile(lambda unit: unit and unit == units[0], units[:3]))))


def link_rates(folded: str, quantity: Quantity, context: Context, topic: str | None) -> Sequence[tuple[str, Link | None]]:
    """Split a figure that several coordinated names share (A率、B率、C率达100%): [(name, link)], one for each name."""
    near = _RUN_ON.sub("率、", context.near)
    match = _ALL_OF.search(near)
    if match is not None:
        shared = [(name, link_indicator(quantity, Context(name, "", context.wide, line=context.line), topic)) for name in _NAMES.split(match["names"])]
        return [(name + match["verb"], link) for name, link in shared]
    match = re.search(r"((?:[\u4e00-\u9fff()]{2,14}率[、和及与])+[\u4e00-\u9fff()]{2,14}率)(?:分别|均|都|双双)?(?:保持|稳定|达到|达|为|实现|保持在|在)*$", near)
    if match is None:
        match = re.search(
            r"((?:[\u4e00-\u9fff()]{2,12}[、和及与])+[\u4e00-\u9fff()]{2,12}(?:时长|时限|时间))(?:分别|均|都)?(?:压缩|缩短|减少)?(?:至|到|为)?$", context.near
        )
    if match is None:
        return [(context.name, link_indicator(quantity, context, topic))] * _shared_by(context)
    tail = re.search(r"(?:办理)?(?:率|时长|时限|时间)$", match.group(1))
    names = [name for name in _NAMES.split(match.group(1)) if name]
    named = [name if tail is not None and name.endswith(tail.group()[-1]) else name + (tail.group() if tail is not None else "") for name in names]
    return [(name, link_indicator(quantity, Context(name, "", context.wide, line=context.line), topic)) for name in named]

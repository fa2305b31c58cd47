"""Text → BodyMentions: the rules of all kinds of names, each for a family; the larger mention wins, neighbours are joined.

The largest span that names who could act is one mention. Fixed terms (人大代表, 法治政府, 政府信息) name no body.
"""

import re
from dataclasses import replace

from kg.extract.branches import find_branches, find_own_branches
from kg.extract.compounds import join_bodies
from kg.extract.gazetted import find_centres, find_gazetteer_names
from kg.extract.institutes import HEADED, find_group_anaphors, find_groups, find_headed_bodies, find_institutes, find_local_institutions, find_party_organs
from kg.extract.kinds import find_communities, find_kinds, find_stations
from kg.extract.levels import find_committees, find_counted, find_higher_levels, find_league
from kg.extract.offices import find_office_kinds, find_panels, find_sections
from kg.extract.own_names import settle_names
from kg.extract.sectors import find_sectors
from kg.extract.selves import find_self_names, find_townships, find_units
from kg.lexicon import PINYIN
from kg.model import BodyMention
from kg.place import Place

_BRACKETS = re.compile(r"《[^《》\n]{1,120}(?:《[^《》\n]{1,80}》[^《》\n]{0,80})*》")
# Who leads and who takes part, as a formula: "党委领导、政府负责、部门协同" names a pattern of work, no one body.
_FORMULA = re.compile(
    r'"[^"\n。;]{2,12}(?:领导|负责|负总责|主导|牵头|抓总|统筹|挂帅|主抓|亲自抓|具体抓)[、,][^"\n。;]{0,40}(?:负责|协同|参与|联动|配合|支撑|监督|落实|统筹|推动|抓)[^"\n。;]{0,20}"|"[^"\n。;]{2,14}\+[^"\n。;]{2,30}"'
)
# How many there are: 人民调解组织2318个 is a stock, no one that acts.
_STOCK = re.compile(r"(?:中心|组织|工作站|服务站|事务所)(?=\d[\d,.]*余?[个家所处])")
# The same without quotation marks: 党委领导、政府负责、部门协同的机制; whoever leads stands up to ten characters before.
_PATTERN = re.compile(r"(?:领导|负责|负总责|牵头|主导|挂帅抓|主抓|亲自抓)(?:[、,][^。;、,\s\"]{4,14}){1,5}的[^。;,、]{0,16}(?:机制|体制|格局|体系|局面)")


def find_bodies(folded: str, place: Place, start: int = 0) -> list[BodyMention]:
    """Find the mentions of bodies from `start` on, resolved against the report's place, in order and without overlap.

    Readings in brackets that a conversion of characters left behind (自治區(qū)人民政府) are passed over; spans stay those of the text.
    """
    readings = [match.span() for match in PINYIN.finditer(folded)]
    if not readings:
        return _find_bodies(folded, place, start)
    kept = [at for a, b in zip([0, *(e for _, e in readings)], [*(s for s, _ in readings), len(folded)], strict=True) for at in range(a, b)]
    clean = "".join(folded[at] for at in kept)
    ends = [*kept, len(folded)]
    closing = dict(readings)  # a mention takes the reading of its last character with it
    found = [replace(m, start=kept[m.start], end=ends[m.end - 1] + 1) for m in _find_bodies(clean, place, 0)]
    return [replace(m, end=closing.get(m.end, m.end)) for m in found if m.start >= start]


def _find_bodies(folded: str, place: Place, start: int) -> list[BodyMention]:
    barred = bytearray(len(folded) + 1)
    for match in (*_BRACKETS.finditer(folded), *_FORMULA.finditer(folded), *_STOCK.finditer(folded)):
        barred[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    for match in _PATTERN.finditer(folded):
        begin = max(0, match.start() - 10, *(folded.rfind(mark, 0, match.start()) for mark in ',。;、"\n '))
        barred[begin : match.end()] = b"\x01" * (match.end() - begin)
    found: dict[int, BodyMention] = {}
    owner: dict[int, int] = {}  # place in the text → start of the mention that holds it
    for rule in RULES:
        for mention in rule(folded, place):
            if mention.start < start or any(barred[mention.start : mention.end]):
                continue
            span = range(mention.start, mention.end)
            clash = {owner[at] for at in span if at in owner}
            if any(found[other].end - other >= len(span) or (mention.rule == HEADED and found[other].end != mention.end) for other in clash):
                continue
            for other in clash:
                for at in range(other, found.pop(other).end):
                    del owner[at]
            found[mention.start] = mention
            owner.update(dict.fromkeys(span, mention.start))
    whole = [replace(m, start=m.start - 2) if m.kind == "party" and folded.endswith("中共", 0, m.start) else m for _, m in sorted(found.items())]
    return join_bodies(folded, settle_names(whole), place)


RULES = (
    find_branches,
    find_committees,
    find_league,
    find_higher_levels,
    find_gazetteer_names,
    find_self_names,
    find_counted,
    find_units,
    find_townships,
    find_sections,
    find_office_kinds,
    find_own_branches,
    find_panels,
    find_centres,
    find_institutes,
    find_headed_bodies,
    find_local_institutions,
    find_party_organs,
    find_groups,
    find_group_anaphors,
    find_sectors,
    find_kinds,
    find_communities,
    find_stations,
)

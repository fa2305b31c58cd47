"""BodyMentions → BodyMentions: neighbours that together name one body become one mention.

市市场监管局 + 法规科, 局党组 + 理论学习中心组, 市政府 + 法制办; a second name in brackets; 局, 部, 镇 before a Party group.
"""

import re
from dataclasses import replace

from kg.house import GOVERNMENT, TOWN, stem_of
from kg.model import BodyMention
from kg.place import Place

# Types whose mention completes the body right before it.
_GROUP_TYPES = {"leading-group", "law-based-governance-commission"}
_COMMITTEES_OWN = ("law-based-governance-commission", "law-based-governance-office")
_TAILS = {
    *_GROUP_TYPES,
    *("leading-party-group", "party-theory-study-group", "party-standing-committee", "government-executive-meeting", "internal-section"),
    *("government-department", "unspecified-unit", "law-based-governance-office", "government-office", "judicial-administration"),
    *("police-station", "legal-review-centre", "traffic-police", "congress-standing-committee", "party-committee", "township-street", "fire-rescue"),
    *("administrative-approval-bureau", "public-legal-service-centre"),
}
_PARTY_TAIL = re.compile(r"党(?:委|组|工委|支部)|工委")
_HOUSE = re.compile(r"(?:街道|苏木|分局|总队|支队|大队|局|厅|部|委|办|院|行|署|镇|乡|街|州|旗)$")
_HOUSE_TYPES = {
    "public-legal-service-centre",
    "leading-party-group",
    "party-committee",
    "party-theory-study-group",
    "party-standing-committee",
    "government-executive-meeting",
    *_GROUP_TYPES,
}
_NOT_HOUSE = re.compile(r"(?:执|施|推|实|履|进|举)行$|(?:全|各|内|外|总|干|学|办事|法治建设|召开|组织|村)(?:部|局|院|委|镇|乡|办)$")


def join_bodies(folded: str, mentions: list[BodyMention], place: Place) -> list[BodyMention]:
    """Join what stands together, in order."""
    joined: list[BodyMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before is not None and _is_second_name(folded, before, mention):
            joined[-1] = _with_second_name(before, mention)
        elif before is not None and before.end == mention.start and before.type == "party-committee" and mention.type in _COMMITTEES_OWN:
            joined[-1] = replace(mention, start=before.start, aliases=(*mention.aliases, folded[before.start : mention.end]))  # 自治区党委全面依法治区委员会
        elif before is not None and before.end == mention.start and _completes(folded, before, mention):
            joined[-1] = _compound(folded, before, mention)
        else:
            joined.append(_with_house(folded, mention, before.end if before is not None else 0, place))
    return joined


def _is_second_name(folded: str, before: BodyMention, mention: BodyMention) -> bool:
    """示范区管委会(市政府), 农业农村局(乡村振兴局): two names of one actor."""
    return (
        before.end + 1 == mention.start
        and folded[before.end] == "("
        and folded[mention.end : mention.end + 1] == ")"
        and before.kind == mention.kind
        and before.kind in ("government", "department")
        and not before.generic
        and not mention.generic
    )


def _with_second_name(before: BodyMention, mention: BodyMention) -> BodyMention:
    name = f"{before.name}({mention.name})"
    aliases = (*before.aliases, before.name, mention.name, *mention.aliases)
    return replace(before, end=mention.end + 1, name=name, rule="double-name", aliases=aliases)


def _completes(folded: str, before: BodyMention, mention: BodyMention) -> bool:
    surface = folded[mention.start : mention.end]
    if surface == "各单位" and folded[before.start : before.end].endswith("系统"):
        return True
    if mention.type not in _TAILS or re.match(r"[省市县区州盟旗各]|自治|全[省市县]|有关|相关", surface) is not None:
        return False
    if mention.type == "township-street":
        return folded[before.start : before.end].endswith("工委") and surface == "办事处"
    if mention.type in ("party-committee", "leading-party-group"):
        return _PARTY_TAIL.match(surface) is not None and before.kind != "party"
    if mention.type == "party-standing-committee":
        if surface.startswith(("党委", "党工委")):
            return before.kind != "party" and not before.generic
        return (before.kind == "party" and surface != "常委会") or before.type == "party-committee"
    if mention.type in ("administrative-approval-bureau", "public-legal-service-centre"):
        return before.type in ("township-street", "village-committee")
    if mention.type in ("government-department", "unspecified-unit"):
        if before.rule in ("self", "self-name") or surface.endswith("事业单位"):
            return False
        return before.kind in ("government", "department", "township") and (before.generic or before.kind != "department")
    if mention.type in _GROUP_TYPES:
        return "小组" in surface and before.kind in ("department", "township") and not before.generic and before.rule != "self"
    return True


def _compound(folded: str, before: BodyMention, mention: BodyMention) -> BodyMention:
    """The name of the whole: the first part's official name and the rest as printed."""
    tail = folded[mention.start : mention.end]
    generic = before.generic or mention.generic
    name = before.name + tail
    if _PARTY_TAIL.match(tail) is not None and before.kind != "party" and not generic:
        name = f"中共{stem_of(before.name)}{tail}"
    rule = "party-group" if _PARTY_TAIL.match(tail) is not None else "compound"
    aliases = (folded[before.start : mention.end], *(alias + tail for alias in before.aliases[:2]))
    return replace(before, end=mention.end, kind=mention.kind, type=mention.type, name=name, rule=rule, generic=generic, aliases=aliases)


def _with_house(folded: str, mention: BodyMention, low: int, place: Place) -> BodyMention:
    """部党组, 镇党委: the word for the issuer's own house belongs to the mention."""
    house = place.house
    if mention.generic or house is None:
        return mention
    if mention.type not in _HOUSE_TYPES and (house.kind != TOWN or folded[mention.start - 1 : mention.start] not in ("镇", "乡")):
        return mention
    match = _HOUSE.search(folded, max(low, mention.start - 3), mention.start)
    if match is None or not match.group() or _NOT_HOUSE.search(folded, max(low, mention.start - 6), mention.start) is not None:
        return mention
    if house.kind == TOWN and folded.endswith(house.stem, low, match.end()):
        start = match.end() - len(house.stem)
        return replace(mention, start=start, name=house.stem + folded[match.end() : mention.end], rule="own-house", aliases=(folded[start : mention.end],))
    surface = folded[match.start() : mention.end]
    name = house.inner_name(surface[len(match.group()) :]) if house.kind != GOVERNMENT else mention.name
    aliases = tuple(dict.fromkeys((surface, *mention.aliases)))
    return replace(mention, start=match.start(), name=name, rule="own-house", aliases=aliases)


RULES = (join_bodies,)

"""Text → BodyMentions: what a body keeps elsewhere: 国家税务总局云泽市税务局, 国家统计局云泽调查队, a bureau's own 城东分局."""

import re
from collections.abc import Iterator

from kg.house import DEPARTMENT
from kg.lexicon import body_gazetteer
from kg.model import BodyMention, Division
from kg.place import Place

_BRANCH = re.compile(
    r"(?P<nation>国家税务总局|中国人民银行|国家统计局|国家金融监督管理总局|中国银保监会|中国证监会|国家外汇管理局|国家邮政局|国家矿山安全监察局|国家能源局|自然资源部)"
    r"(?P<place>[\u4e00-\u9fff]{2,11}?)(?P<house>税务局|中心支行|分行|支行|调查总队|调查队|监管分局|监管支局|监管局|邮政管理局|监管办公室|督察局|分局|局)"
)
_PART = re.compile(r"分局(?=开展|查处|查办|办理|组织|调解|受理|累计|共|全年|先后|联合|会同|会商|协同|依法|牵头|负责|对|[、和与](?=[\u4e00-\u9fff]{2,4}分局))")
_WHICH = re.compile(r"(?:(?<![\u4e00-\u9fff)])|(?<=[由经会同与和]))(?P<each>各)?(?P<core>(?![各全本我由经会同与和])[\u4e00-\u9fff]{2,4})$")


def find_own_branches(folded: str, place: Place) -> Iterator[BodyMention]:
    """城东分局, 各司法分局: a branch of the bureau that reports; whose it is in a government's report stays open."""
    for match in _PART.finditer(folded):
        which = _WHICH.search(folded, max(0, match.start() - 6), match.start())
        if which is None:
            continue
        surface, house = folded[which.start() : match.end()], place.house
        of_bureau = house is not None and house.kind == DEPARTMENT and which["each"] is None
        name = house.stem + surface if house is not None and of_bureau else surface
        code = place.own.code if place.own is not None else None
        yield BodyMention(
            which.start(), match.end(), "department", None, name, which["each"] is not None, "branch", None, code, (surface,) if of_bureau else ()
        )


def find_branches(folded: str, place: Place) -> Iterator[BodyMention]:
    """A national body's name, a place and the word for its house there; named as printed."""
    for match in _BRANCH.finditer(folded):
        if (division := _place_of(match["place"], place)) is None:
            continue
        entry = body_gazetteer().entries.get(match["nation"])
        kind = entry.concept.id if entry is not None else "other-department"
        short = match["place"] + match["house"]
        yield BodyMention(match.start(), match.end(), "department", kind, match.group(), False, "branch-of-nation", None, division.code, (short,))


def _place_of(words: str, place: Place) -> Division | None:
    """The place that the words are, with or without its class; of several (河南省郑州市) the last."""
    last = None
    for match in place.register.pattern.finditer(words):
        last = match
    if last is not None and last.end() == len(words):
        return place.named(last.group())
    short = place.short_before(words)
    return short[1] if short is not None and short[0] == words else None

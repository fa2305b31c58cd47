"""Text → BodyMentions: what a national body keeps in a place: 国家税务总局云泽市税务局, 中国人民银行云泽市分行, 国家统计局云泽调查队."""

import re
from collections.abc import Iterator

from kg.lexicon import body_gazetteer
from kg.model import BodyMention, Division
from kg.place import Place

_BRANCH = re.compile(
    r"(?P<nation>国家税务总局|中国人民银行|国家统计局|国家金融监督管理总局|中国银保监会|中国证监会|国家外汇管理局|国家邮政局|国家矿山安全监察局|国家能源局|自然资源部)"
    r"(?P<place>[\u4e00-\u9fff]{2,11}?)(?P<house>税务局|中心支行|分行|支行|调查总队|调查队|监管分局|监管支局|监管局|邮政管理局|监管办公室|督察局|分局|局)"
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

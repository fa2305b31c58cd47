"""Text → BodyMentions: departments said by their field alone in a list that its head noun closes (联合公安、民政、市场监管等部门)."""

import re
from collections.abc import Iterator

from kg.extract.naming import compose_own
from kg.lexicon import sector_gazetteer
from kg.model import BodyMention
from kg.place import Place

_HEAD = re.compile(r"等(?:多个?|相关|有关|职能|执法|行业|业务|\d+个?|[两三四五六七八九十]+个?|主管)*(?:部门|单位|力量|人员)")
_JOINT = re.compile(r"[、和]")
_OTHER = re.compile(r"(?<=、)[\u4e00-\u9fff]{2,6}$")  # a member that no gazetteer knows
REACH = 60


def find_sectors(folded: str, place: Place) -> Iterator[BodyMention]:
    """Read the list before its head from the last member to the first; the first that is no field ends it."""
    known = sector_gazetteer()
    for head in _HEAD.finditer(folded):
        low, end = max(0, head.start() - REACH), head.start()
        found: list[tuple[int, int]] = []
        members = 0
        while end > low:
            begin = next((at for at in range(max(low, end - 8), end - 1) if folded[at:end] in known.entries), None)
            if begin is None and found:
                other = _OTHER.search(folded, low, end)
                begin = other.start() if other is not None else None
            elif begin is not None:
                found.append((begin, end))
            if begin is None:
                break
            members += 1
            end = begin - 1
            if begin == low or _JOINT.fullmatch(folded[end]) is None:
                break
        for start, stop in reversed(found if members > 1 else []):
            concept = known.entries[folded[start:stop]].concept
            yield compose_own(folded, start, stop, concept, place, "sector")


RULES = (find_sectors,)

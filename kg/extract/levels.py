"""Text → BodyMentions that a level word makes: 市委, 团县委, 中央、省关于…, and units that are counted."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.naming import compose, compose_own, is_conjunction
from kg.model import BodyMention
from kg.place import Place, body_type

_COMMITTEE = re.compile(
    r"(?<!团)(?P<word>自治区|自治州|省|市|县|区|州|盟|旗|(?<![\u4e00-\u9fff])地|(?<=[、和及在])地)委(?!员|托|派|办|会|任|宣传部|组织部|党校|编办|政法委|常委会|网信办|社会|依法|全面依法|巡|理论|统战部|常务委员会|党委|直|内|副?书记|常委(?!会)|[一二三四五六七八九十]{1,3}届|全会)"
)
_LEAGUE = re.compile(r"(?<![社集财])团(?P<word>省|市|县|区|州|盟|旗)委(?!员|托|会)")
_HIGHER = re.compile(
    r"(?<=中央[、和])省(?=[、关委和市]|有关|部署)|(?<=省、)市(?=有关(?:要求|部署|精神)|关于)|(?<![\u4e00-\u9fff])省(?=、市关于)|(?<=[院和行彻实])省(?=、市(?:有关|关于))|(?<=[和、])(?:省|自治区)(?=关于|有关(?:要求|部署|精神)|的?决策部署)"
)
_COUNTED = re.compile(r"(?<=\d[家个])(?:部门|市直|县直|区直|市级|县级|区级)?单位(?!名称|代码)")


def find_counted(folded: str, place: Place) -> Iterator[BodyMention]:
    """15家单位, 27个部门单位: units that are counted."""
    for match in _COUNTED.finditer(folded):
        yield compose_own(folded, match.start(), match.end(), body_type("unspecified-unit"), place, "counted", generic=True)


def find_committees(folded: str, place: Place) -> Iterator[BodyMention]:
    """市委, 省委, 县委; 市、县委 are the report's own or the one above."""
    for match in _COMMITTEE.finditer(folded):
        division, begin = place.at_level(match["word"]), match.start()
        for named in place.register.pattern.finditer(folded, max(0, begin - 12), match.end("word")):
            if named.end() in (begin, match.end("word")) and not is_conjunction(named.group(), place, folded[named.start() - 1 : named.start()]):
                division, begin = place.named(named.group()) or division, named.start()
                break
        begin -= 2 * (folded[max(0, begin - 2) : begin] == "中共")
        a_kind = division is None and place.own is not None and begin == match.start()  # 县委 in a city's report: any county's
        yield compose(folded, begin, match.end(), body_type("party-committee"), place, "committee", division, generic=a_kind)


def find_league(folded: str, place: Place) -> Iterator[BodyMention]:
    """团市委, 团县委: the youth league's committee of that level, no committee of the Party."""
    for match in _LEAGUE.finditer(folded):
        division = place.at_level(match["word"])
        found = compose(
            folded, match.start(), match.end(), body_type("mass-organisation"), place, "committee", division, generic=division is None and place.own is not None
        )
        yield found if division is None else replace(found, name=f"{division.name}团委")


def find_higher_levels(folded: str, place: Place) -> Iterator[BodyMention]:
    """中央、省关于…的部署: the level word stands for Party committee and government of that level."""
    for match in _HIGHER.finditer(folded):
        yield compose(folded, match.start(), match.end(), body_type("party-committee"), place, "higher-level", place.at_level("省"))


RULES = (find_committees, find_league, find_higher_levels, find_counted)

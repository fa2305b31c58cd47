"""Development zones as issuers: they have no code, and their names hold a city's or county's name without its class."""

import re

from kg.divisions import Register
from kg.model import Division

ZONE = "functional-zone-committee"
# 合肥高新技术产业开发区, 济源产城融合示范区, 苏州工业园区; a district that is called so (浦东新区) has a code and is none.
_ZONE_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,14}(?:开发区|高新区|经开区|示范区|工业园区?|产业园区?|合作区|保税区|度假区|试验区|新区|集聚区)(?P<tail>管理委员会|管委会|党工委)?"
)
_BELOW = {"province": "prefecture", "prefecture": "county"}


def zone_named(head: str) -> str | None:
    """Give the committee of the zone that a title names, as printed or with 管委会."""
    match = _ZONE_NAME.fullmatch(head)
    if match is None:
        return None
    return head if match["tail"] in ("管理委员会", "管委会") else head.removesuffix("党工委") + "管委会"


def zone_of(committee: str) -> str:
    """Give the zone that a committee is of: 芜湖经济技术开发区管委会 → 芜湖经济技术开发区."""
    return committee.removesuffix("管理委员会").removesuffix("管委会")


def place_in_name(surface: str, kind: str, register: Register, year: int | None) -> Division | None:
    """长沙海关, 芜湖经济技术开发区管委会: the province or city whose name without class an office's name begins with; a zone's also a county (昆山高新区)."""
    starts = [surface[:size] for size in (4, 3, 2)]
    classes = ("市", "区", "县") if kind == ZONE else ()
    found = (register.by_short.get(start) or register.resolve(start + word, year) for start in starts for word in ("", *classes))
    return next((division for division in found if division is not None), None)


def level_of_zone(level: str) -> str:
    """A zone stands one level below the place it is of."""
    return _BELOW.get(level, level)

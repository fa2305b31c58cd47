"""Title, signature, opening → the office or town that reports, as printed; None for a government."""

import re

from kg.divisions import Register
from kg.house import ACTING
from kg.issuer.clues import COMMON_NOUNS, Unit
from kg.lexicon import body_gazetteer
from kg.zones import ZONE, zone_named

_TAG = re.compile(r"^\s*\[[^\]]*\]|^(?:附件\d*[::]?|转发)")
_HEAD_ENDS = re.compile(r"关于|政府信息公开|政务公开|(?:推进|履行|贯彻)?(?:法治政府|依法行政|法治建设|法治)(?!办|委|建设局|政府建设)|(?:全面)?(?:推进|落实)")
_YEARS = re.compile(r"(?:(?:19|20)\d{2}|[二〇零○一九三四五六七八]{4})\s*(?:年度?|年)?")
_SUBJECT_END = re.compile(rf"(?P<branch>[\u4e00-\u9fff]{{2,4}}(?:区|县|市|旗)?分局)?(?:\(.{{2,12}}\))?(?:党组|党委)?(?={ACTING})")
_TOWN_NAME = re.compile(
    r"(?P<name>(?![我本全各该])(?:(?!了|全[镇乡街]|提升|推进|强化)[\u4e00-\u9fff]){1,7}(?:镇|乡|街道|苏木|(?<=[\u4e00-\u9fff]{2})街))(?P<tail>人民政府|办事处|党委|党工委|政府|办)?"
)
_OFFICE = re.compile(r"[\u4e00-\u9fff、]{2,16}(?:局|厅|委员会|办公室|管理中心|服务中心|支队|总队)")
_NO_SPEAKER = {"leading-party-group", "party-theory-study-group", "government-executive-meeting", "internal-section", "leading-group", "cpc-central-committee"}
_ACTING = ("department", "court", "procuratorate", "congress", "cppcc", "institution", "party")


def head_of(title: str) -> str:
    """What stands before the matter in a title, without tags and years: 2020年静海区法治政府建设… → 静海区."""
    bare = _YEARS.sub("", _TAG.sub("", title)).strip()
    cut = _HEAD_ENDS.search(bare)
    return re.sub(r"\s|的$", "", bare[: cut.start()] if cut is not None else bare)


def strip_places(text: str, register: Register) -> str:
    while (match := register.pattern.match(text)) is not None and match.group() not in COMMON_NOUNS:
        text = text[match.end() :]
    return text


def is_place(head: str, register: Register) -> bool:
    return head != "" and strip_places(head, register) in ("", "人民政府", "政府", "人民政府办公室")


def unit_of_head(head: str, register: Register) -> Unit | None:
    """An office or town that a title or a signature names; None for a government and for what is no body."""
    rest = strip_places(head, register)
    if (town := _TOWN_NAME.fullmatch(rest)) is not None and body_gazetteer().entries.get(rest) is None:
        return Unit(town["name"] + (town["tail"] or ""), "township-street", rest != head)
    if rest and (zone := zone_named(rest)) is not None:
        return Unit(head.removesuffix(rest) + zone, ZONE, rest != head)
    found = [(s, e, entry.concept.id) for s, e, entry in body_gazetteer().find(rest) if not entry.generic]
    if rest != head and _OFFICE.fullmatch(rest) is not None and not (found and found[-1][1] == len(rest)):
        return Unit(head, "other-department", True)  # 云泽市住房和城市更新局: an office that only this place has
    if not found or found[-1][2] in ("people-government", "township-street", "party-committee"):
        return Unit(rest, "township-street", False) if found and found[-1][2] == "township-street" else None
    kinds = [kind for _, _, kind in found if kind != "people-government"] or [found[-1][2]]
    return Unit(head, kinds[0], rest != head) if re.search(r"[局厅委办院处会所队部心关]$|[室署]$", head) is not None else None


def subject_of(opening: str, register: Register) -> Unit | None:
    """The first body that opens a clause and acts: 泾源县公安局在…领导下, 溪口镇坚持…; a government gives None."""
    units: list[tuple[int, Unit | None]] = []
    for match in re.finditer(rf"(?:^|(?<=[,。\n:年 ]))(?:{_TOWN_NAME.pattern})(?={ACTING})", opening):
        units.append((match.start(), Unit(match["name"] + (match["tail"] or ""), "township-street", False)))
    for start, end, entry in body_gazetteer().find(opening):
        after = _SUBJECT_END.match(opening, end)
        before = re.search(r"(?:^|[,。\n: ]|年(?:以来)?,?|以来,?)([\u4e00-\u9fff]{0,16})$", opening[:start])
        if (
            entry.generic
            or entry.concept.id in _NO_SPEAKER
            or after is None
            or before is None
            or entry.concept.value("bodyKind") not in (*_ACTING, "government")
        ):
            continue
        prefix = before.group(1)
        rest = strip_places(prefix.removeprefix("中共"), register)
        if rest not in ("", "自治区", "自治州", "省", "市", "县", "区", "州", "旗", "盟", "我"):
            continue
        government = entry.concept.value("bodyKind") == "government" or entry.concept.id in ("party-committee", "party-standing-committee", "government-office")
        placed = len(rest) < len(prefix)
        surface = prefix + opening[start : end + len(after["branch"] or "")]
        units.append((start, None if government else Unit(surface if placed else opening[start:end], entry.concept.id, placed)))
    return min(units, key=lambda unit: unit[0])[1] if units else None

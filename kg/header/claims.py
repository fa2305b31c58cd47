"""Source + Layout → Claims: what metas, label tables, header lines and the text itself say of a report, and where they disagree.

Nothing is decided here but which places speak of one field; the header takes its value from the best of them, and a
disagreement is reported with every place that spoke.
"""

import re
from collections.abc import Iterator

from kg.divisions import Register
from kg.lexicon import fold
from kg.model import Claim, Conflict, Division, Layout, Source

_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_FIELDS = {
    "published": ("pubdate", "publishdate", "article:published_time", "firstpublishedtime", "发布日期", "发布时间", "公开日期", "日期", "时间"),
    "signed": ("成文日期", "生成日期", "发文日期"),
    "title": ("articletitle", "标题", "名称"),
    "issuer": ("发布机构", "发文机关", "制发机构", "公开主体"),
    "source": ("contentsource", "来源", "信息来源"),
    "document_number": ("文号", "发文字号", "发布文号"),
    "index_number": ("索引号",),
    "validity": ("效力状态", "有效性"),
    "theme": ("主题分类",),
    "continued": ("next page",),
    "recognised_by": ("text layer",),
}
_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels}
_DATES = ("published", "signed")
_HEADER_LABELS = re.compile(
    r"(?P<label>索\s*引\s*号|发布机构|发文机关|制发机构|公开主体|发文字号|发布文号|文\s*号|成文日期|生成日期|发文日期|发布日期|发布时间|公开日期|(?<![\u4e00-\u9fff])(?:日期|时间)|效力状态|有\s*效\s*性|标\s*题|名\s*称|信息来源|来\s*源)\s*[::|]\s*(?P<value>[^\n|]*?)(?=\s*(?:\||\n|$|\S{2,4}\s*:)|\s{2,})"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}\s*[〔\[(【]\s*(?:19|20)\d{2}\s*[〕\])】]\s*\d{1,4}\s*号")


def collect_claims(source: Source, layout: Layout, folded: str) -> tuple[Claim, ...]:
    """List what each place says, in order: metas and label tables, header lines, the title, the signature."""
    found = [Claim(_FIELD_OF[label], value, label) for label, value in source.stated if label in _FIELD_OF and value.strip()]
    found += _header(folded[: min(layout.header_end, 6000)])
    if layout.title is not None:
        found.append(Claim("title", re.sub(r"\s+", "", folded[slice(*layout.title)]), "text"))
    if layout.signature is not None:
        found.append(Claim("signed", folded[slice(*layout.signature)].strip(), "text"))
    return tuple(dict.fromkeys(normal for claim in found if (normal := _normal(claim)) is not None))


def _header(header: str) -> Iterator[Claim]:
    for match in _HEADER_LABELS.finditer(header):
        label, value = re.sub(r"\s+", "", match["label"]), match["value"].strip()
        if value and not re.fullmatch(r"\W*", value):
            yield Claim(_FIELD_OF[label], value, label)
    for number in _NUMBER.finditer(header):
        yield Claim("document_number", number.group(), "text")


def _normal(claim: Claim) -> Claim | None:
    """Dates as YYYY-MM-DD, titles without blanks; a date that is none says nothing."""
    value = fold(claim.value)
    if claim.field in _DATES:
        match = _DATE.search(value)
        if match is None or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31):
            return None
        return Claim(claim.field, f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}", claim.origin)
    value = re.sub(r"\s+", "" if claim.field in ("title", "document_number") else " ", value).strip()
    return Claim(claim.field, value, claim.origin)


def find_conflicts(claims: tuple[Claim, ...], title: str, opening: str, chosen: dict[str, str | None]) -> tuple[Conflict, ...]:
    """Report the fields on which places disagree; `chosen` holds the header's own values by field."""
    found = [_disagreement(field, [c for c in claims if c.field == field], chosen.get(field)) for field in ("published", "signed", "document_number")]
    titles = [c for c in claims if c.field == "title"]
    cores = {re.sub(r"[^\u4e00-\u9fff\d]", "", c.value) for c in titles}
    if any(a not in b and b not in a for a in cores for b in cores):
        found.append(Conflict("title", chosen.get("title"), tuple(titles)))
    found.append(_years(title, opening, chosen))
    signed, published = chosen.get("signed"), chosen.get("published")
    if signed is not None and published is not None and signed > published:
        found.append(Conflict("dates", None, (Claim("published", published, "header"), Claim("signed", signed, "signature"))))
    return tuple(conflict for conflict in found if conflict is not None)


def place_claims(register: Register) -> tuple[Claim, ...]:
    """Tell the place that the caller gave as what the option says."""
    return () if register.place is None else (Claim("division", register.full_name(register.place), "--place"),)


def place_conflict(register: Register, named: Division | None, chosen: Division | None) -> tuple[Conflict, ...]:
    """Report a place that the text names outside the one that the caller gave."""
    if named is None:
        return ()
    told = register.full_name(chosen) if chosen is not None else None
    return (Conflict("division", told, (Claim("division", register.full_name(named), "text"), *place_claims(register))),)


def _disagreement(field: str, claims: list[Claim], chosen: str | None) -> Conflict | None:
    return Conflict(field, chosen, tuple(claims)) if len({claim.value for claim in claims}) > 1 else None


def _years(title: str, opening: str, chosen: dict[str, str | None]) -> Conflict | None:
    """The year of the title, of the first sentence, and the publication, which comes in that year or the next."""
    named = (("title", re.search(r"((?:19|20)\d{2})年", title)), ("opening", re.match(r"\W*((?:19|20)\d{2})年(?:度|以来|来)?[,是]", opening)))
    claims = [Claim("year", match[1], where) for where, match in named if match is not None]
    year, published = chosen.get("year"), chosen.get("published")
    late = year is not None and published is not None and not 0 <= int(published[:4]) - int(year) <= 1
    if late and published is not None:
        claims.append(Claim("published", published, "header"))
    return Conflict("year", year, tuple(claims)) if late or len({c.value for c in claims if c.field == "year"}) > 1 else None

"""Source + Layout → Header: title, issuer, division, year, dates, genre, each from the clue that states it best.

No single clue is trusted with the year: the title comes first, then the opening sentence, then the date of publication.
"""

import re
from collections import Counter

from kg.divisions import Register, short_name
from kg.header.claims import collect_claims, find_conflicts, place_claims, place_conflict
from kg.header.genre import decide_genre, opening_of
from kg.identity import with_iris
from kg.issuer import Clues, Speaker, find_speaker
from kg.lexicon import body_gazetteer, fold
from kg.model import Header, Layout, Source
from kg.numerals import parse_chinese
from kg.place import Place, make_place, official_name
from kg.zones import ZONE

_PUBLISHED = re.compile(
    r"(?:发布(?:日期|时间)|发表时间|更新(?:日期|时间)|成文日期|日期|时间|发文日期|公开日期)\s*[::]?\s*\[?((?:19|20)\d{2})[-./年]\s*(\d{1,2})[-./月]\s*(\d{1,2})"
)
_ANY_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-./年]\s*(\d{1,2})[-./月]\s*(\d{1,2})日?")
# When the report was made or given, not when the page was published: a line of its own in brackets, the day of a sitting, a letter's date under its sender.
_DAY = r"(?:19|20)\d{2}年\s*\d{1,2}月\s*\d{1,2}日"
_DELIVERED = re.compile(
    rf"(?m)^[^\S\n]*\({_DAY}\)[^\S\n]*$|{_DAY}(?=[^\n]{{0,4}}(?:在|于|星期))|^[^\n:]{{2,25}}(?:政府|委员会|局|厅|委|办)[^\S\n]*\n[^\S\n]*{_DAY}[^\S\n]*$"
)
_SOURCE = re.compile(r"(?:信息来源|来\s*源|发布机构|文章来源|稿件来源)\s*[::]\s*([^\s:：|]{2,30}?)(?=\s|发布|日期|时间|作者|浏览|点击|$)")
_GLUED = re.compile(r"((?:19|20)\d{2})(\d{2,4})$")
_CN_DATE = re.compile(r"([二〇零○一九三四五六七八]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
_CITED = re.compile(r"《[^》\n]{0,80}》|(?:19|20)\d{2}\s*[-—–~至]?\s*(?:19|20)\d{2}年?")
_TITLE_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?度?")


def identify_report(source: Source, layout: Layout, register: Register) -> Header:
    """Read what a report says of itself; what cannot be settled stays None."""
    folded = fold(source.text)
    stated = dict(source.stated)
    title = _title(source, layout, stated)
    published = _published(folded[: layout.header_end], stated)
    year = _year(title, folded[layout.header_end : layout.header_end + 400], published)
    speaker = find_speaker(_clues(title, folded, layout, stated), register, year)
    place = make_place(register, speaker.division, year)
    genre = decide_genre(opening_of(fold(title), folded[: layout.header_end], folded[layout.header_end : layout.header_end + 2000]))
    signed = _signed(folded, layout, published)
    claims = collect_claims(source, layout, folded)
    chosen = {"title": title, "year": str(year) if year is not None else None, "published": published, "signed": signed}
    conflicts = find_conflicts(claims, fold(title), folded[layout.header_end : layout.header_end + 100], chosen)
    return with_iris(
        Header(
            iri="",
            genre=genre.name,
            genre_basis=genre.basis,
            title=title,
            issuer=speaker.name,
            issuer_kind=speaker.kind,
            issuer_type=speaker.type,
            level=speaker.level,
            division=speaker.division,
            division_basis=_basis(speaker),
            year=year,
            published=published,
            signed=signed,
            source_body=_source_body(folded[: layout.header_end], stated, place),
            sha256=source.sha256,
            media_type=source.media_type,
            encoding=source.encoding,
            pages=source.pages,
            confidence=source.confidence,
            stated=(*claims, *(place_claims(register) if speaker.given or speaker.division is None else ())),
            conflicts=conflicts + place_conflict(register, speaker.elsewhere, speaker.division),
        )
    )


def _basis(speaker: Speaker) -> str:
    """Whence the division: the place that the caller gave, the place above a zone, which has no code, or the text."""
    return "given" if speaker.given else "parent" if speaker.type == ZONE else "own"


def _clues(title: str, folded: str, layout: Layout, stated: dict[str, str]) -> Clues:
    signature = folded[slice(*layout.signature)] if layout.signature is not None else ""
    named = tuple(fold(stated.get(key, "")) for key in ("发布机构", "contentsource"))
    return Clues(fold(title), named, folded[: layout.header_end], folded[layout.header_end :], signature)


def _title(source: Source, layout: Layout, stated: dict[str, str]) -> str:
    if layout.title is not None:
        return re.sub(r"\s+", "", source.text[slice(*layout.title)])
    return re.sub(r"\s+", "", stated.get("articletitle", "") or stated.get("标题", "") or stated.get("名称", ""))


def _iso(year: str, month: str, day: str) -> str | None:
    if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}-{int(day):02d}"
    return None


def _published(header: str, stated: dict[str, str]) -> str | None:
    for key in ("pubdate", "发布日期", "发布时间", "公开日期", "publishdate", "article:published_time", "firstpublishedtime", "成文日期"):
        if (match := _ANY_DATE.search(fold(stated.get(key, "")))) is not None:
            return _iso(*match.groups())
    match = _PUBLISHED.search(header) or _ANY_DATE.search(_DELIVERED.sub("", header))
    return _iso(*match.groups()) if match is not None else None


def _year(title: str, opening: str, published: str | None) -> int | None:
    spoken = _CITED.sub("", opening)
    for text in (title, spoken[:120]):
        years = [int(y) for y in _TITLE_YEAR.findall(text)]
        if years:
            return Counter(years).most_common(1)[0][0]
    if (match := re.search(r"([二〇零○一九三四五六七八]{4})年", title + opening[:120])) is not None and (
        value := parse_chinese(match.group(1).replace("○", "〇"))
    ) is not None:
        return int(value)
    years = [int(y) for y in _TITLE_YEAR.findall(spoken) or _TITLE_YEAR.findall(opening)]
    if years:
        return years[0]
    return int(published[:4]) - 1 if published is not None else None


def _signed(folded: str, layout: Layout, published: str | None) -> str | None:
    """The date under the report; one with 年, 月, 日 lost is read so that it does not lie after the publication."""
    if layout.signature is None:
        match = re.search(rf"(?m)^[^\S\n]*\({_ANY_DATE.pattern}\)[^\S\n]*$", folded[: layout.header_end])
        return _iso(*match.groups()) if match is not None else None
    line = folded[slice(*layout.signature)]
    if (match := _ANY_DATE.search(line)) is not None:
        return _iso(*match.groups())
    if (match := _CN_DATE.search(line)) is not None:
        year, month, day = (parse_chinese(part.replace("○", "〇")) for part in match.groups())
        return _iso(str(year), str(month), str(day)) if year and month and day else None
    match = _GLUED.search(re.sub(r"[年月日.\s]", "", line))
    return _unglue(match.group(1), match.group(2), published) if match is not None else None


def _unglue(year: str, rest: str, published: str | None) -> str | None:
    """Split 121 into 1-21 or 12-1: the latest date that does not lie after the publication; unsettled gives None."""
    dates = [_iso(year, rest[:cut], rest[cut:]) for cut in (1, 2) if (0 < cut < len(rest) and rest[cut] != "0") or (len(rest) == 4 and cut == 2)]
    fits = sorted({d for d in dates if d is not None and (published is None or d <= published)})
    return fits[-1] if fits and (len(fits) == 1 or published is not None) else None


def _source_body(header: str, stated: dict[str, str], place: Place) -> str | None:
    match = _SOURCE.search(header)
    name = stated.get("contentsource") or stated.get("来源") or (match.group(1) if match is not None else None)
    if name is None:
        return None
    name = name.strip()
    own = place.own
    entry = body_gazetteer().entries.get(fold(name))
    if entry is not None and own is not None:
        return official_name(entry.concept, own)
    if own is not None and name.startswith(short_name(own.name)) is False and (rest := body_gazetteer().entries.get(fold(name[1:]))) is not None:
        level = place.at_level(name[0])
        return official_name(rest.concept, level) if level is not None else name
    return name

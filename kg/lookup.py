"""A place's name, a year and a context → the divisions that it may mean, with their parents, years and successors."""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.divisions import LAST_YEAR, Register, short_name
from kg.errors import UsageError
from kg.model import Division
from kg.romanize import english_place
from kg.table import Table

_ZONE = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,}?)(?P<rest>[\u4e00-\u9fff]{0,12}(?:示范区|开发区|高新区|经开区|新区|自贸区|自由贸易试验区|保税区|管理区|风景区|度假区|园区|合作区))$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a name may mean; `basis` is own, short (济源 for 济源市), former (a name that ended before the year) or parent (a zone without a code)."""

    divisions: tuple[Division, ...]
    basis: str


def find_division(register: Register, name: str, year: int | None = None, within: str | None = None) -> Found:
    """Resolve a name; raises UsageError with the nearest names where there is none, or where `within` itself is unknown or means several."""
    above = _one(register, within, year) if within is not None else None
    code = above.code if above is not None else None
    looks: tuple[tuple[str, Callable[[], tuple[Division, ...]]], ...] = (
        ("own", lambda: register.candidates(name, year, code)),
        ("short", lambda: _by_short_name(register, name, year, code)),
        ("former", lambda: register.candidates(name, None, code) if year is not None else ()),
        ("parent", lambda: _of_zone(register, name, year, code)),
    )
    for basis, look in looks:
        if found := look():
            standing = tuple(d for d in found if register.alive(d, LAST_YEAR)) if year is None else ()
            return Found(standing or found, basis)
    near = difflib.get_close_matches(name, register.by_name, 5, 0.5)
    raise UsageError(f"没有名为 {name!r} 的区划 · no division of this name" + (f";相近 · near: {'、'.join(near)}" if near else ""))


def given_place(register: Register, said: str) -> str:
    """Give the code of the one division that `--place` means: a code, a name, or names from above (杭州市西湖区); raises UsageError with the nearest right ones."""
    known = register.get(said)
    found = (known,) if known is not None else _by_path(register, said)
    if len(found) == 1:
        return found[0].code
    if found:
        listed = "、".join(map(register.full_name, found))
        raise UsageError(f"--place {said!r} 不止一处,请给出代码或写全上级 · means several: give the code of one, or what is above it: {listed}")
    near = "、".join(map(register.full_name, _near(register, said)))
    raise UsageError(f"--place {said!r} 不是区划的代码或名称 · is neither a division's code nor its name" + (f";相近 · near: {near}" if near else ""))


def _names_in(register: Register, said: str) -> list[str]:
    """Cut 浙江省杭州市西湖区, or 浙江 杭州 西湖区, into its names; what is left over is a name too."""
    names = []
    for part in re.split(r"[\s/]+", said.strip()):
        at = 0
        while (match := register.pattern.match(part, at)) is not None:
            names.append(match.group())
            at = match.end()
        names += [part[at:]] if at < len(part) else []
    return names


def _by_path(register: Register, said: str) -> tuple[Division, ...]:
    """The divisions of the last name under those of the names before it; those that stand today before those that did."""
    found: tuple[Division, ...] = ()
    for at, name in enumerate(_names_in(register, said)):
        above = [division.code for division in found] if at else [None]
        full = {d.code: d for code in above for d in register.candidates(name, None, code)}
        found = tuple((full or {d.code: d for code in above for d in _by_short_name(register, name, None, code)}).values())
    return tuple(d for d in found if register.alive(d, LAST_YEAR)) or found


def _alike(code: str, said: str) -> int:
    return next((at for at, (one, other) in enumerate(zip(code, said, strict=False)) if one != other), len(code))


def _near(register: Register, said: str) -> list[Division]:
    """The standing divisions whose code begins most alike, or whose name is most like the last one said."""
    if re.fullmatch(r"\d+", said):
        standing = [d for code in register.by_code if (d := register.get(code, LAST_YEAR)) is not None]
        return sorted(standing, key=lambda d: (-_alike(d.code, said), abs(int(d.code) - int(said[:6])), d.code))[:5]
    last = next(reversed(_names_in(register, said)), said)
    names = [each for each in register.by_name if short_name(each) == short_name(last)]
    names += [near for each in (last, said) for near in difflib.get_close_matches(each, register.by_name, 5, 0.5)]
    return list({d.code: d for name in names for d in register.candidates(name, LAST_YEAR)}.values())[:5]


def _one(register: Register, name: str, year: int | None) -> Division:
    found = find_division(register, name, year)
    if len(found.divisions) != 1:
        codes = "、".join(f"{d.code} {d.name}" for d in found.divisions)
        raise UsageError(f"--in {name!r} 不止一处 · means several: {codes}")
    return found.divisions[0]


def _by_short_name(register: Register, name: str, year: int | None, within: str | None) -> tuple[Division, ...]:
    full = [each for each in register.by_name if short_name(each) == name]
    return tuple({d.code: d for each in full for d in register.candidates(each, year, within)}.values())


def _of_zone(register: Register, name: str, year: int | None, within: str | None) -> tuple[Division, ...]:
    """济源产城融合示范区 → 济源市: the longest name before the zone's own words."""
    if _ZONE.match(name) is None:
        return ()
    for end in range(len(name) - 2, 1, -1):
        found = register.candidates(name[:end], year, within) or _by_short_name(register, name[:end], year, within)
        if found:
            return found
    return ()


def divisions_table(register: Register, found: Found, year: int | None, lang: str = "zh") -> Table:
    """One row a division: code, name, English name, class, years, parents, successors, and a note in words."""
    columns = ("code", "name", "english", "level", "class", "since", "until", "parents", "successors", "note")
    labels = ("代码", "名称", "英文名", "层级", "类别", "起", "止", "上级", "继任者", "说明")
    return Table(columns, [_row(register, division, found.basis, year) for division in found.divisions], labels if lang == "zh" else ())


def _row(register: Register, d: Division, basis: str, year: int | None) -> tuple[str | int | None, ...]:
    parents = " < ".join(f"{p.name} {p.code}" for p in register.parents(d))
    notes = {
        "short": "按简称 · by its short name",
        "parent": "无代码的功能区,归入所在区划 · a zone without a code, under its division",
    }
    note = [notes[basis]] if basis in notes else []
    if basis == "former" and year is not None:
        note.append("此名该年尚未启用 · not yet in use that year" if d.start > year else "此名到该年已不用 · no longer in use that year")
    if year is not None and year > LAST_YEAR:
        note.append(f"区划表止于 {LAST_YEAR} 年,按该年回答 · the table ends in {LAST_YEAR}; answered from that year")
    later = register.get(d.code)
    if later is not None and later.name != d.name and later.start >= (d.end or later.start):
        note.append(f"{later.start} 年起称 · from {later.start} called {later.name}")
    return (
        d.code,
        d.name,
        english_place(d.name),
        d.level,
        d.division_class,
        d.start,
        d.end,
        parents,
        "、".join(_successor(register, *s) for s in d.successors),
        ";".join(note),
    )


def _successor(register: Register, code: str, year: int | None) -> str:
    division = register.get(code)
    name = f"{division.name} {code}" if division is not None else code
    return f"{name} (部分 · part, {year})" if year is not None else name

"""The table of administrative divisions (GB/T 2260, 1981 on) → a name with a year and a context resolves to one code.

Source: `ontology/divisions.csv`, collected from the Ministry of Civil Affairs' register (CC0). Years after the table are
answered from its last year. A name that fits several places and no context stays unresolved: nothing is guessed.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.lexicon import trie_pattern
from kg.model import Division
from kg.resources import data_folder

LAST_YEAR = 2024
_COLUMNS = ("代码", "一级行政区", "二级行政区", "名称", "级别", "启用时间", "变更/弃用时间")
_LEVELS = {"省级": "province", "地级": "prefecture", "县级": "county"}
_SUCCESSOR = re.compile(r"(\d{6})(?:\[(\d{4})\])?")
_SHORT = re.compile(r"(?:省|市|县|区|盟|旗|地区|自治区|自治州|自治县|林区|特区|新区)$")
_ETHNIC = re.compile(
    r"(?:壮族|回族|维吾尔|藏族|苗族|彝族|蒙古族?|土家族|侗族|布依族|朝鲜族|哈尼族|傣族|白族|羌族|黎族|满族|瑶族|土族|撒拉族|畲族|各族)*(?:自治区|自治州|自治县|自治旗)$"
)


@dataclass(frozen=True)
class Register:
    """Divisions by code and by name, and a pattern that finds their full names in text."""

    by_code: dict[str, tuple[Division, ...]]
    by_name: dict[str, tuple[Division, ...]]
    pattern: re.Pattern[str]
    short_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_short: dict[str, Division] = field(default_factory=dict)
    """Provinces and prefectures by their names without class (郑州, 河南); of two the province."""
    place: Division | None = None
    """Where the reports that are read lie, as the caller says (`--place`): a help where texts leave it open."""

    def get(self, code: str, year: int | None = None) -> Division | None:
        """Give the division of a code as it stood in a year (the last known form where no year is given)."""
        return next((d for d in reversed(self.by_code.get(code, ())) if year is None or _alive(d, year)), None)

    def has_counties(self, division: Division) -> bool:
        """Whether a province or prefecture is divided into counties: 东莞市 has its towns directly below it."""
        return any(_is_under(code, division.code) for code in self.by_code)

    def alive(self, division: Division, year: int | None) -> bool:
        """Whether a division stood in a year; years after the table are answered from its last."""
        return year is None or _alive(division, year)

    def names_of(self, division: Division) -> tuple[str, ...]:
        """Give the full name of a division and its short ones (伊犁州)."""
        return (division.name, *self.short_names.get(division.code, ()))

    def candidates(self, name: str, year: int | None = None, within: str | None = None) -> tuple[Division, ...]:
        """List the divisions of a name, alive in the year if given, under the province or prefecture `within`."""
        found = [d for d in self.by_name.get(name, ()) if year is None or _alive(d, year)]
        if within is not None:
            found = [d for d in found if _is_under(d.code, within)]
        return tuple({d.code: d for d in found}.values())

    def resolve(self, name: str, year: int | None = None, within: str | None = None) -> Division | None:
        """Give the one division that a name means, of several the one in the place given; else None."""
        found = self.candidates(name, year, within)
        if len(found) > 1 and self.place is not None:
            found = tuple(filter(self.holds, found))
        return found[0] if len(found) == 1 else None

    def full_name(self, division: Division) -> str:
        """Write a division after its code and with all that is above it: 330106 浙江省杭州市西湖区."""
        return f"{division.code} {''.join(each.name for each in (*reversed(self.parents(division)), division))}"

    def at(self, code: str | None) -> "Register":
        """Give the register with another place given, or none."""
        return replace(self, place=self.get(code) if code is not None else None)

    def holds(self, division: Division) -> bool:
        """Whether a division is the place given or lies in it, be it under a later code."""
        codes = (division.code, *(code for code, _ in division.successors))
        return self.place is not None and any(code == self.place.code or _is_under(code, self.place.code) for code in codes)

    def parents(self, division: Division) -> tuple[Division, ...]:
        """Give the divisions above, the nearest first."""
        above: list[Division] = []
        code = division.parent
        while code is not None and (parent := self.get(code)) is not None:
            above.append(parent)
            code = parent.parent
        return tuple(above)


def _alive(division: Division, year: int) -> bool:
    at = min(year, LAST_YEAR)
    return division.start <= at and (division.end is None or at < division.end)


def _is_under(code: str, above: str) -> bool:
    stem = above.rstrip("0")
    stem += "0" * (len(stem) % 2)
    return code.startswith(stem) and code != above


def short_name(name: str) -> str:
    """Strip the class from a name: 济源市 → 济源, 广西壮族自治区 → 广西; two-character names stay whole."""
    bare = _ETHNIC.sub("", name)
    bare = bare if bare != name and len(bare) >= 2 else _SHORT.sub("", name)
    return bare if len(bare) >= 2 else name


def read_divisions(path: Path) -> list[Division]:
    """Read a table in the register's form; an error names the file, line and what would be right."""
    return parse_divisions(read_table(path), str(path))


def read_table(path: Path) -> bytes:
    """Read a table's bytes."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: 无法读取区划表 · cannot read the table of divisions: {error}") from error


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def parse_divisions(data: bytes, name: str) -> list[Division]:
    """Read the bytes of a table: UTF-8, or GB18030 as Excel in Chinese saves CSV."""
    try:
        reader = csv.DictReader(io.StringIO(_decode(data), newline=""))
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: 区划表应为 UTF-8 或 GB18030 · the table of divisions is neither UTF-8 nor GB18030: {error}") from error
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"{name}:1: 缺少列 {'、'.join(missing)} · missing columns; expected {','.join(_COLUMNS)}")
    return [_read_row(row, f"{name}:{reader.line_num}") for row in reader]


def _read_row(row: dict[str, str], where: str) -> Division:
    code, name, level = row["代码"], row["名称"], _LEVELS.get(row["级别"])
    if not re.fullmatch(r"\d{6}", code or "") or not name or level is None:
        raise InputError(f"{where}: 行不完整 · bad row: expected a six-digit code, a name and 省级/地级/县级")
    parent = None if level == "province" else code[:2] + "0000"
    if level == "county" and row["二级行政区"] not in ("直辖", "", None):
        parent = code[:4] + "00"
    end = row["变更/弃用时间"]
    years = int(row["启用时间"] or 1981), int(end) if end else None
    successors = tuple((match[1], int(match[2]) if match[2] else None) for match in _SUCCESSOR.finditer(row.get("新代码") or ""))
    return Division(code, name, level, _class_of(name, level, row["二级行政区"]), parent, *years, successors)


def _class_of(name: str, level: str, second: str) -> str:
    if level == "province":
        return next((c for c in ("自治区", "特别行政区", "省") if name.endswith(c)), "直辖市")
    if level == "prefecture":
        return next((c for c in ("自治州", "地区", "盟") if name.endswith(c)), "地级市")
    kind = next((c for c in ("自治县", "自治旗", "林区", "特区", "县", "旗") if name.endswith(c)), "县级市" if name.endswith("市") else "市辖区")
    return f"省直辖{kind}" if second == "直辖" and kind != "市辖区" and kind != "县" else kind


def read_short_names(path: Path) -> list[tuple[str, str]]:
    """Read the short names that reports use for autonomous prefectures (伊犁州, 巴州): pairs of code and short name."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [(row["代码"], row["简称"]) for row in csv.DictReader(stream)]


def make_register(divisions: Iterable[Division], short_names: Iterable[tuple[str, str]] = ()) -> Register:
    """Index a list of divisions, by code, by full name and by the short names given."""
    by_code: dict[str, list[Division]] = {}
    by_name: dict[str, list[Division]] = {}
    for division in sorted(divisions, key=lambda d: (d.start, d.end or 9999)):
        by_code.setdefault(division.code, []).append(division)
        by_name.setdefault(division.name, []).append(division)
    shorts: dict[str, tuple[str, ...]] = {}
    for code, short in short_names:
        shorts[code] = (*shorts.get(code, ()), short)
        by_name.setdefault(short, []).extend(by_code.get(code, ()))
    names = [name for name in by_name if len(name) >= 2]
    bare = {short_name(d.name): d for code in sorted(by_code, reverse=True) if (d := by_code[code][-1]).level != "county"}
    return Register({c: tuple(d) for c, d in by_code.items()}, {n: tuple(d) for n, d in by_name.items()}, re.compile(trie_pattern(names)), shorts, bare)


@lru_cache(maxsize=8)
def load_register(extra: tuple[str, ...] = ()) -> Register:
    """Load the national table and any extra tables (`--divisions FILE`)."""
    divisions = read_divisions(data_folder("ontology") / "divisions.csv")
    for path in extra:
        divisions += read_divisions(Path(path))
    return make_register(divisions, _short_names())


@lru_cache(maxsize=8)
def extend_register(tables: tuple[bytes, ...], place: str | None = None) -> Register:
    """Load the national table and extra tables by their contents, for a worker that does not see the files; `place` is the code of the place given."""
    if place is not None:
        return extend_register(tables).at(place)
    if not tables:
        return load_register()
    divisions = read_divisions(data_folder("ontology") / "divisions.csv")
    for data in tables:
        divisions += parse_divisions(data, "--divisions")
    return make_register(divisions, _short_names())


def _short_names() -> list[tuple[str, str]]:
    return read_short_names(data_folder("ontology") / "division-short-names.csv")

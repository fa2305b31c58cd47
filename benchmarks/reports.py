"""Seed → varied reports of invented places, each with the facts planted in it, so that a run checks recall as well as speed.

`benchmarks/grammar.txt` says what may stand in a report; here it is decided which of it does. Everything follows from
(seed, place, issuer, year), so the first hundred reports of a thousand are the hundred, and a place keeps its habits over the years.

python -m benchmarks.reports 1000 build/reports --seed 7
"""

import argparse
import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import islice, product
from pathlib import Path

GRAMMAR = Path(__file__).with_name("grammar.txt")
REAL_DIVISIONS = Path(__file__).resolve().parents[1] / "ontology" / "divisions.csv"
YEARS = (2021, 2022, 2023, 2024, 2025)
COLUMNS = ("代码", "一级行政区", "二级行政区", "名称", "级别", "状态", "启用时间", "变更/弃用时间", "新代码")
DEPARTMENTS = {"judicial-administration": "司法", "market-regulation": "市场监管", "emergency-management": "应急管理", "ecology-environment": "生态环境"}
PREFECTURES, COUNTIES = 6, 7
_NUMERALS = "一二三四五六七八九十"
_SLOT = re.compile(r"\{([^{}]*)\}|<([\w-]+):([^<>]*)>|\[([^\[\]]*)\]")
_NUMBER = re.compile(r"(?:(\w)=)?(?:(\w)\*)?([\d.]+)\.\.([\d.]+)([^\s~@]*)(~?)(?: @([\w-]+))?")
_RATE = re.compile(r"(\w)/(\w)%(?: @([\w-]+))?")
_SCALES = {"万": 4, "亿": 8}
_PLAIN_UNITS = {"名": "人", "个工作日": "工作日"}


@dataclass(frozen=True, slots=True)
class Place:
    """A division of the invented country; `above` is the name of the one that it lies in."""

    code: str
    name: str
    level: str
    province: str
    prefecture: str
    above: str

    @property
    def word(self) -> str:
        return self.name[-1]


@dataclass(frozen=True, slots=True)
class Fact:
    """A planted figure: as printed, and what is to be read from it."""

    printed: str
    value: str
    unit: str
    bound: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Report:
    """One generated file with what was planted in it."""

    name: str
    data: bytes
    report: str
    division: str
    issuer: str
    year: int
    facts: tuple[Fact, ...]
    mechanisms: tuple[str, ...]


@cache
def invent_places(seed: int = 0) -> tuple[Place, ...]:
    """Invent two hundred prefectures and a thousand counties in provinces 91 to 97, with no name that a real division bears."""
    with REAL_DIVISIONS.open(encoding="utf-8-sig", newline="") as stream:
        taken = {row["名称"][:-1] for row in csv.DictReader(stream)} | {"澄川", "云泽", "东浦", "临溪", "上岚"}
    pairs = ["".join(pair) for pair in product("岚沅澹霁蘅槿溆泠皓棠旸苕葭汀淙茗筠菁沐砚", "陂岑洲坞浦泽原屿汇墟渚畈岭塬隰麓堰湾埠垌")]
    names = [name for name in pairs if name not in taken]
    random.Random(f"{seed}/names").shuffle(names)
    supply = iter(names)
    places = []
    for first in range(91, 98):
        province = next(supply) + "省"
        places.append(Place(f"{first}0000", province, "province", province, "", ""))
        for second in range(1, PREFECTURES + 1):
            city = next(supply) + "市"
            places.append(Place(f"{first}{second:02d}00", city, "prefecture", province, city, province))
            for third in range(1, COUNTIES + 1):
                word, code = ("区", third) if third <= 2 else ("县", third + 20)
                places.append(Place(f"{first}{second:02d}{code:02d}", next(supply) + word, "county", province, city, city))
    return tuple(places)


def write_divisions(path: Path, seed: int = 0) -> Path:
    """Write the table of the invented divisions, for `--divisions`."""
    levels = {"province": "省级", "prefecture": "地级", "county": "县级"}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((p.code, p.province, p.prefecture, p.name, levels[p.level], "在用", 1981, "", "") for p in invent_places(seed))
    return path


@dataclass(frozen=True, slots=True)
class Section:
    """Headings to choose from, and paragraphs of (leads, sentences); `kind` is `!` where nothing is planted, `+` for what may stand anywhere."""

    headings: tuple[str, ...]
    kind: str
    paragraphs: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


@cache
def read_grammar() -> tuple[Section, ...]:
    """Read the grammar's sections."""
    sections = []
    text = "\n".join(line for line in GRAMMAR.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    for block in text.split("== ")[1:]:
        head, _, body = block.partition("\n")
        paragraphs = [p.partition("\n") for p in body.split("-- ")[1:]] if "-- " in body else [("", "", body)]
        made = tuple((tuple(lead.split(" | ")), tuple(rest.strip().splitlines())) for lead, _, rest in paragraphs)
        sections.append(Section(tuple(head.lstrip("!+").split(" | ")), head[0] if head[0] in "!+" else "", made))
    return tuple(sections)


class Writer:
    """Writes one report: fills the grammar's slots and keeps what was planted."""

    def __init__(self, place: Place, year: int, habit: random.Random, chance: random.Random) -> None:
        self.place, self.year, self.habit, self.chance = place, year, habit, chance
        self.numbers: dict[str, Decimal] = {}
        self.facts: list[Fact] = []
        self.mechanisms: list[str] = []

    def fill(self, sentence: str, plain: bool = False) -> str:
        """Fill a sentence; a plain one plants no facts."""

        def put(match: re.Match[str]) -> str:
            slot, mechanism, words, choice = match.groups()
            if choice is not None:
                return self.fill(self.chance.choice(choice.split("|")), plain)
            if mechanism is not None:
                self.mechanisms += [] if plain else [mechanism]
                return str(words)
            return self._slot(slot, plain)

        return _SLOT.sub(put, sentence)

    def _slot(self, slot: str, plain: bool) -> str:
        word = self.place.word
        fixed = {"L": word, "L政府": f"{word}政府", "L委": f"{word}委", "P政府": "上级政府", "Y": str(self.year), "Y+1": str(self.year + 1)}
        if slot in fixed:
            return fixed[slot]
        if slot.startswith("dep "):
            return f"{word}{slot[4:]}{'厅' if word == '省' and slot[4:] != '市场监管' else '局'}"
        if (rate := _RATE.fullmatch(slot)) is not None:
            share = (100 * self.numbers[rate[1]] / self.numbers[rate[2]]).quantize(Decimal("0.1"), ROUND_HALF_UP)
            return self._plant(f"{share}%", share, "%", "exact", rate[3])
        match = _NUMBER.fullmatch(slot)
        assert match is not None, f"benchmarks/grammar.txt: {{{slot}}}"
        return self._number(match, plain)

    def _number(self, match: re.Match[str], plain: bool) -> str:
        name, base, low, high, unit, loose, indicator = match.groups()
        places = 0 if base is not None else len(low.partition(".")[2])
        times = self.numbers[base] if base is not None else 1
        middle = self.habit.uniform(float(low), float(high))
        drawn = Decimal(str(min(max(middle * self.chance.uniform(0.9, 1.1), float(low)), float(high)))) * times
        value = max(drawn.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), Decimal(1).scaleb(-places))
        if name is not None:
            self.numbers[name] = value
        bound = self.chance.choice(["exact", "exact", "gt", "ge", "approx"]) if loose and name is None and value > 30 else "exact"
        if bound != "exact":
            value = value.quantize(Decimal("1E1") if value < 1000 else Decimal("1E2"), ROUND_HALF_UP)
        shown = f"{value:f}".rstrip("0").rstrip(".") if places else f"{int(value)}"
        printed = {"exact": f"{shown}{unit}", "gt": _with_more(shown, unit), "ge": f"{shown}{unit}以上", "approx": f"约{shown}{unit}"}[bound]
        return printed if plain else self._plant(printed, Decimal(shown), unit, bound, indicator)

    def _plant(self, printed: str, value: Decimal, unit: str, bound: str, indicator: str | None) -> str:
        if indicator is not None:
            scale = _SCALES.get(unit[:1], 0)
            full = f"{value.scaleb(scale):f}"
            bare = unit[1:] if scale else unit
            full = full.rstrip("0").rstrip(".") if "." in full else full
            self.facts.append(Fact(printed, full, _PLAIN_UNITS.get(bare, bare), bound, indicator))
        return printed


def _with_more(shown: str, unit: str) -> str:
    """Print a number with 余: 300余件, 2万余人."""
    return f"{shown}{unit[0]}余{unit[1:]}" if unit[:1] in _SCALES else f"{shown}余{unit}"


def generate_reports(count: int, seed: int = 0, years: tuple[int, ...] = YEARS) -> Iterator[Report]:
    """Generate reports, place by place: all years of its government, for every third place of a department too; then the other departments."""
    return islice(_all_reports(seed, years), count)


def _all_reports(seed: int, years: tuple[int, ...]) -> Iterator[Report]:
    order = list(invent_places(seed))
    random.Random(f"{seed}/order").shuffle(order)
    departments = tuple(DEPARTMENTS)
    first = [(place, issuer) for n, place in enumerate(order) for issuer in ("people-government", *departments[: n % 3 == 0])]
    rest = [(place, issuer) for issuer in departments for place in order if (place, issuer) not in set(first)]
    return (write_report(place, issuer, year, seed) for place, issuer in (*first, *rest) for year in years)


def write_report(place: Place, issuer: str, year: int, seed: int = 0) -> Report:
    """Write one report."""
    key = f"{seed}/{place.code}/{issuer}"
    style, chance = random.Random(f"{key}/style"), random.Random(f"{key}/{year}")
    writer = Writer(place, year, random.Random(f"{key}/habit"), chance)
    name = (
        f"{place.name}人民政府"
        if issuer == "people-government"
        else writer.fill(f"{place.name}{{dep {DEPARTMENTS[issuer]}}}").replace(place.word * 2, place.word, 1)
    )
    title = f"{name}{style.choice(['关于', ''])}{year}{style.choice(['年度', '年'])}法治政府建设{style.choice(['情况的报告', '工作报告', '情况报告'])}"
    web = style.random() < 0.25
    body = _body(writer, style, name, issuer)
    text = _dress(title, name, year, body, style, chance)
    if style.random() < 0.5:
        text = text.translate(str.maketrans("，；：（）", ",;:()"))
    data = _page(title, text).encode("gb18030") if web else text.encode()
    suffix = "html" if web else "txt"
    iri = f"https://w3id.org/fazhi-kg/report/{place.code}/{issuer}/{year}"
    return Report(f"{place.code}-{issuer}-{year}.{suffix}", data, iri, place.code, issuer, year, tuple(writer.facts), tuple(writer.mechanisms))


def _body(writer: Writer, style: random.Random, name: str, issuer: str) -> list[str]:
    """Choose a style of headings and the sentences; a place keeps both over the years, but for a few sentences."""
    share = 0.92 if issuer == "people-government" else 0.55
    own = writer.place.name if issuer == "people-government" else name
    level, mark = style.choice(["inner", "list", "run-in"]), style.choice(["。", "，"])
    lines = [f"{writer.year}年，{own}坚持以习近平法治思想为指导，围绕中心、服务大局，扎实推进法治政府建设各项工作。现将有关情况报告如下："]
    sections = [section for section in read_grammar() if section.kind != "+"]
    between = [s for section in read_grammar() if section.kind == "+" for _, sentences in section.paragraphs for s in sentences]
    style.shuffle(between)
    for number, section in enumerate(sections, 1):
        numeral = _NUMERALS[number - 1] if number <= 10 else "十" + _NUMERALS[number - 11]
        lines.append(f"{numeral}、{writer.fill(style.choice(section.headings), True)}")
        for index, (leads, sentences) in enumerate(section.paragraphs):
            lead = style.choice(leads)
            kept = [s for s in sentences if (style.random() < share) and writer.chance.random() < 0.95] or [sentences[0]]
            more = [between.pop() for _ in range(style.randint(0, 2)) if between and section.kind == ""]
            text = "".join(writer.fill(s, section.kind == "!") for s in (*kept, *more))
            head = {"inner": f"（{_NUMERALS[index]}）{lead}。", "list": f"{_NUMERALS[index]}是{lead}{mark}", "run-in": f"{lead}。"}[level]
            lines.append((head if lead else "") + text)
    return lines


def _dress(title: str, name: str, year: int, body: list[str], style: random.Random, chance: random.Random) -> str:
    """Put title, a line of date and source, and the signature around the body, as sites do, or leave them out."""
    date = f"{year + 1}-{chance.randint(1, 4):02d}-{chance.randint(1, 28):02d}"
    head = style.choice([f"发布日期：{date}　信息来源：{name}办公室", f"来源：{name} 发布时间：{date} 09:30", f"日期：{date}", ""])
    indent = style.choice(["", "　　"])
    month, day = (int(part) for part in date.split("-")[1:])
    end = ["", name, f"{year + 1}年{month}月{day}日"] if style.random() < 0.5 else []
    return "\n".join([title, head, "", *(indent + line for line in body), *end]) + "\n"


def _page(title: str, text: str) -> str:
    """Put the text into a page of a government site."""
    heading, head, _, *lines = text.splitlines()
    rows = "".join(f"<p>{line}</p>\n" for line in lines if line)
    return (
        f'<html><head><meta charset="gb2312"><title>{title}</title></head>\n<body><div class="nav"><a href="#">首页</a> &gt; <a href="#">政务公开</a></div>\n'
        f'<h1>{heading}</h1>\n<p class="info">{head}</p>\n<div class="article-content" id="zoom">\n{rows}</div>\n<div class="footer">网站地图</div></body></html>\n'
    )


def write_corpus(folder: Path, count: int, seed: int = 0) -> Path:
    """Write reports, their planted facts (`planted.jsonl`) and the table of divisions (`divisions.csv`) into a folder; give that of the reports."""
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    write_divisions(folder / "divisions.csv", seed)
    with (folder / "planted.jsonl").open("w", encoding="utf-8") as planted:
        for report in generate_reports(count, seed):
            (reports / report.name).write_bytes(report.data)
            row = {key: value for key, value in asdict(report).items() if key != "data"}
            planted.write(json.dumps(row, ensure_ascii=False) + "\n")
    return reports


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    print(f"{write_corpus(given.folder, given.count, given.seed)}: {given.count} reports")


if __name__ == "__main__":
    main()

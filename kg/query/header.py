"""`queries/<id>.rq` → Query: plain SPARQL under a strict header.

Every line of the header is checked against the text: parameters against the one `VALUES (?p_…)` row, columns against the
projection, the order against ORDER BY, the sample against its line. A header that is wrong in one letter is an InputError.

A question that lists facts of reports has a sample, for a quick look at a large corpus: the newest reports, the places with most reports or the
mechanisms most written of. The line that narrows to it stands in the text as a remark; so do lines `# given: …`, which narrow a sub-select to a parameter's reports.
"""

import itertools
import re
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.ontology import load_concepts

PARAM_TYPES = ("year", "number", "place", "text", "fact", "indicator", "mechanism", "body-type", "topic")
COLUMN_TYPES = ("iri", "text", "number", "year", "boolean", "indicator", "mechanism", "topic", "unit", "body-type", "place")
_ONCE = ("id", "title", "question", "tags", "order")
_KEYS = (*_ONCE, "sample", "param", "column")
_HEADER = re.compile(r"#\+ (?P<key>[a-z]+): (?P<value>\S.*)")
_LABEL = r'"(?P<zh>[^|"]+) \| (?P<en>[^|"]+)"'
_PARAM = re.compile(rf"(?P<name>[a-z][a-z_]*) (?P<type>[a-z-]+) (?:optional|default=(?P<default>\S+)) {_LABEL}")
_COLUMN = re.compile(rf"(?P<name>[a-z][a-z0-9_]*) (?P<type>[a-z-]+)(?: unit=(?P<unit>[a-z0-9-]+))? {_LABEL}")
_SAMPLED = {"report": "reports", "p_place": "places", "p_mechanism": "mechanisms"}
SAMPLE_LINE = re.compile(r"^(?P<indent> +)# sample: (?P<line>\{ SELECT \?(?P<what>report|p_place|p_mechanism) .* LIMIT (?P<number>[0-9]+) \})\n", re.MULTILINE)
_GIVEN_LINE = re.compile(r"^(?P<indent> +)# given: (?=\S)", re.MULTILINE)
VALUES = re.compile(r"VALUES\s*\((?P<names>(?:\s*\?p_[a-z_]+)+)\s*\)\s*\{(?P<rows>(?:\s*\([^()]*\))+)\s*\}")
_ORDER = re.compile(r"ORDER BY(?P<keys>(?:\s+(?:\?[a-z0-9_]+|DESC\(\?[a-z0-9_]+\)))+)\s*\Z")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: its name (without p_), type, what it is when not given, and labels."""

    name: str
    type: str
    default: tuple[str, ...]
    label: dict[str, str]

    def term(self, value: str) -> str:
        """Write a default as SPARQL: a concept's id as its IRI, a year or number as it is."""
        concepts = load_concepts().get(self.type, {})
        if self.type in ("year", "number"):
            return value
        if value not in concepts:
            raise KeyError(value)
        return f"<{concepts[value].iri}>"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type (a scheme's name for labels of its concepts), unit and labels."""

    name: str
    type: str
    unit: str | None
    label: dict[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """One stored question."""

    id: str
    title: dict[str, str]
    question: dict[str, str]
    tags: tuple[str, ...]
    params: tuple[Param, ...]
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    sample: str | None
    text: str

    def __repr__(self) -> str:
        return f"Query({self.id!r}: {self.title['zh']})"

    @property
    def narrowed(self) -> str:
        """The text for parameters: its sub-selects, too, start from the reports of these."""
        return _GIVEN_LINE.sub(r"\g<indent>", self.text)

    @property
    def sampled(self) -> str:
        """The text narrowed to its sample; the text itself where there is none."""
        return SAMPLE_LINE.sub(r"\g<indent>\g<line>\n", self.narrowed if self.sample is not None else self.text)


def read_query(path: Path) -> Query:
    """Read one file; a wrong header is an InputError that names the line."""
    text = path.read_text(encoding="utf-8")
    header = _read_header(path, text)
    params = tuple(_read_param(path, value) for value in header.get("param", ()))
    _check_values(path, text, params)
    columns = tuple(_read_column(path, value) for value in header["column"])
    for each in (text, _GIVEN_LINE.sub(r"\g<indent>", text)):
        _check_projection(path, each, columns)
    return Query(
        path.stem,
        _pair(path, header["title"][0]),
        _pair(path, header["question"][0]),
        tuple(header["tags"][0].split()),
        params,
        columns,
        _read_order(path, header["order"][0], text, columns),
        _read_sample(path, header.get("sample", [""])[0], text),
        text,
    )


def _wrong(path: Path, line: int, zh: str, en: str) -> InputError:
    return InputError(f"{path}:{line}: {zh} · {en}")


def _read_header(path: Path, text: str) -> dict[str, list[str]]:
    header: dict[str, list[str]] = {}
    lines = text.splitlines()
    for number, line in enumerate(itertools.takewhile(lambda line: line.startswith("#"), lines), 1):
        match = _HEADER.fullmatch(line)
        if match is None or match["key"] not in _KEYS:
            raise _wrong(path, number, f"头部应写作 “#+ 键: 值”,键为 {'、'.join(_KEYS)}", "a header line reads '#+ key: value'")
        if match["key"] in header and match["key"] in (*_ONCE, "sample"):
            raise _wrong(path, number, f"{match['key']} 只能有一行", f"{match['key']!r} may stand once")
        header.setdefault(match["key"], []).append(match["value"])
    body = len([*itertools.takewhile(lambda line: line.startswith("#"), lines)])
    for number, line in enumerate(lines[body:], body + 1):
        if line.lstrip().startswith("#+"):
            raise _wrong(path, number, "头部须在文件之首", "the header stands at the top")
    for key in (*_ONCE, "column"):
        if key not in header:
            raise _wrong(path, 1, f"头部缺少 {key}", f"the header lacks {key!r}")
    if header["id"][0] != path.stem:
        raise _wrong(path, 1, "id 应与文件名相同", f"id must be the file's name {path.stem!r}")
    return header


def _pair(path: Path, value: str) -> dict[str, str]:
    zh, bar, en = value.partition(" | ")
    if not bar or not zh or not en:
        raise _wrong(path, 1, f"应写作 “中文 | English”: {value}", "expected 'Chinese | English'")
    return {"zh": zh, "en": en}


def _read_param(path: Path, value: str) -> Param:
    match = _PARAM.fullmatch(value)
    if match is None or match["type"] not in PARAM_TYPES:
        shape = 'name type optional|default=V[,V] "中文 | English"'
        raise _wrong(path, 1, f"参数应写作 {shape}: {value}", f"types are {', '.join(PARAM_TYPES)}")
    default = tuple(match["default"].split(",")) if match["default"] is not None else ()
    return Param(match["name"], match["type"], default, {"zh": match["zh"], "en": match["en"]})


def _check_values(path: Path, text: str, params: tuple[Param, ...]) -> None:
    rows = VALUES.findall(text)
    try:
        terms = [[param.term(value) for value in param.default] or ["UNDEF"] for param in params]
    except KeyError as error:
        raise _wrong(path, 1, f"默认值不在词表中: {error.args[0]}", "this default is no concept of its scheme") from error
    expected = [(" ".join(f"?p_{p.name}" for p in params), [" ".join(row) for row in itertools.product(*terms)])] if params else []
    found = [(" ".join(names.split()), [" ".join(row.split()) for row in re.findall(r"\(([^()]*)\)", body)]) for names, body in rows]
    if found[:1] != expected or len(set(map(repr, found))) > 1:
        wanted = " ".join(f"({row})" for _, body in expected for row in body)
        said = "one VALUES row must hold the parameters, in their order, with their defaults; where it is repeated, word for word"
        raise _wrong(path, 1, f"VALUES 行与参数不符,应为 {wanted}", said)


def _read_column(path: Path, value: str) -> Column:
    match = _COLUMN.fullmatch(value)
    if match is None or match["type"] not in COLUMN_TYPES:
        raise _wrong(path, 1, f'列应写作 name type [unit=U] "中文 | English": {value}', f"types are {', '.join(COLUMN_TYPES)}")
    if match["unit"] is not None and match["unit"] not in load_concepts()["unit"]:
        raise _wrong(path, 1, f"没有单位 {match['unit']}", "no such unit in ontology/units.ttl")
    return Column(match["name"], match["type"], match["unit"], {"zh": match["zh"], "en": match["en"]})


def _check_projection(path: Path, text: str, columns: tuple[Column, ...]) -> None:
    names = [column.name for column in columns]
    try:
        answer = ox.Store().query(text)
    except SyntaxError as error:
        raise _wrong(path, 1, f"不是合法的 SPARQL: {error.msg}", "not valid SPARQL") from error
    projection = [v.value for v in answer.variables] if isinstance(answer, ox.QuerySolutions) else []
    if projection != names:
        raise _wrong(path, 1, f"列 {names} 与 SELECT 不符: {projection}", "the columns must be the projection, in its order")


def _read_order(path: Path, value: str, text: str, columns: tuple[Column, ...]) -> tuple[str, ...]:
    parts = value.split(", ")
    keys = [f"DESC(?{part.removesuffix(' descending')})" if part.endswith(" descending") else f"?{part}" for part in parts]
    match = _ORDER.search(text)
    if match is None or match["keys"].split() != keys:
        raise _wrong(path, 1, f"order 与 ORDER BY 不符,应为 {' '.join(keys)}", "the text must end with the ORDER BY that the header names")
    names = tuple(part.removesuffix(" descending") for part in parts)
    if set(names) - {column.name for column in columns}:
        raise _wrong(path, 1, "order 只能用列名", "only columns can be ordered by")
    return names


def _read_sample(path: Path, value: str, text: str) -> str | None:
    found = {f"{line['number']} {_SAMPLED[line['what']]}" for line in SAMPLE_LINE.finditer(text)}
    if found != ({value} if value else set()):
        said = "sample reads 'N reports|places|mechanisms', as the line that holds it"
        raise _wrong(path, 1, f"sample 与子查询的 LIMIT 不符: {value or '-'}、{sorted(found)}", said)
    return value or None

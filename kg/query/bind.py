"""Query + what the user typed → SPARQL text: values become typed terms of the VALUES row, never text.

A place, concept or body may be given by label, id or IRI; a wrong one is answered with the nearest right ones. The
bound text is parsed again, and what is not a plain query is refused.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import UsageError
from kg.ontology import load_concepts
from kg.query import VALUES, Param, Query, nearest
from kg.table import Table
from kg.vocab import BASE

Execute = Callable[[str], Table]
Names = dict[str, tuple[str, ...]]
_FACT = re.compile(re.escape(BASE) + r"report/[A-Za-z0-9%/._~-]+")
NOTHING = "<urn:x-fazhi-kg:nothing>"
MAX_VALUES = 2000


def parse_params(pairs: Iterable[str]) -> dict[str, list[str]]:
    """Read k=v arguments; one name may come several times."""
    params: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not value:
            raise UsageError(f"参数应写作 名称=值: {pair!r} · a parameter reads name=value")
        params.setdefault(name, []).append(value)
    return params


def bind_params(query: Query, params: Mapping[str, Sequence[str]], execute: Execute, sample: bool = False) -> str:
    """Put typed terms into the VALUES row: several values give several rows; what is not given keeps its default. `sample`: of the question's sample only."""
    known = {param.name: param for param in query.params}
    for name in params:
        if name not in known:
            taken = "、".join(f"{param.name}({param.label['zh']})" for param in query.params)
            raise UsageError(f"{query.id}: 没有参数 {name!r} · no such parameter; 可用 · it takes: {taken or '—'}")
    if sample and params:
        raise UsageError(f"{query.id}: 取样不与参数同用 · a sample is for a question without parameters")
    if not params:
        return query.sampled if sample else query.text
    terms = [_terms(param, params.get(param.name, ()), execute) for param in query.params]
    rows = [" ".join(row) for row in itertools.product(*terms)]
    if len(rows) > MAX_VALUES:
        raise UsageError(f"{query.id}: 取值组合 {len(rows)} 个,至多 {MAX_VALUES} · too many combinations of values")
    if len(rows) == 1 and (beside := _row_of_nothing(query, [term for (term,) in terms])) is not None:
        rows.append(beside)
    names = " ".join(f"?p_{param.name}" for param in query.params)
    bound = VALUES.sub(lambda _: f"VALUES ({names}) {{ {' '.join(f'({row})' for row in rows)} }}", query.narrowed)
    ox.Store().query(bound)
    return bound


def _row_of_nothing(query: Query, terms: Sequence[str]) -> str | None:
    """A second row that no report meets: Virtuoso 7 folds a single row into constants, and then cannot print them in an answer."""
    nothing = ["0" if p.type == "year" else term if p.type in ("number", "text") else NOTHING for p, term in zip(query.params, terms, strict=True)]
    beside = [new if term != "UNDEF" else term for term, new in zip(terms, nothing, strict=True)]
    return " ".join(beside) if beside != list(terms) else None


def _terms(param: Param, values: Sequence[str], execute: Execute) -> list[str]:
    if not values:
        return [param.term(value) for value in param.default] or ["UNDEF"]
    return list(dict.fromkeys(_term(param, value, execute) for value in values))


def _term(param: Param, value: str, execute: Execute) -> str:
    if param.type == "year":
        return _number(param, value, r"[0-9]{4}", "年度应为四位数字", "a year has four digits")
    if param.type == "number":
        return _number(param, value, r"[0-9]{1,9}", "应为非负整数", "a whole number is wanted")
    if param.type == "text":
        return _literal(value)
    if param.type == "fact":
        if not _FACT.fullmatch(value):
            raise UsageError(f"{param.name}: 不是事实的 IRI: {value!r} · not the IRI of a fact; the column `fact` holds them")
        return str(ox.NamedNode(value))
    return str(ox.NamedNode(_resolve(param, value, execute)))


def _number(param: Param, value: str, pattern: str, zh: str, en: str) -> str:
    if not re.fullmatch(pattern, value):
        raise UsageError(f"{param.name}: {zh}: {value!r} · {en}")
    return str(int(value))


def _literal(value: str) -> str:
    r"""Write a plain string; a lone surrogate or NUL is no text, and engines differ on what a \u escape is."""
    if "\x00" in value or "\\u" in value.lower() or any("\ud800" <= char <= "\udfff" for char in value):
        raise UsageError(f"不是文本: {value!r} · not a text")
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{escaped}"'


def _resolve(param: Param, value: str, execute: Execute) -> str:
    """Give the IRI behind a label, id or IRI; the store is asked only for what the ontology does not know."""
    names: Names = {} if param.type == "place" else _concept_names(param.type)
    if value not in names and param.type in ("place", "mechanism"):
        names = {**_store_names(param.type, execute), **names}
    if value.startswith(BASE) and any(value in iris for iris in names.values()):
        return value
    found = names.get(value, ())
    if len(found) > 1:
        ids = "、".join(unquote(iri.removeprefix(BASE).partition("/")[2]) for iri in found)
        raise UsageError(f"{param.name}: {value!r} 不止一个 · several are called so: {ids}")
    if not found:
        raise UsageError(f"{param.name}: 没有 {value!r} · unknown value; {nearest(value, names)}")
    return found[0]


@lru_cache(maxsize=8)
def _concept_names(scheme: str) -> Names:
    """What names a concept: its id and all its labels; the first concept of a label has it."""
    names: Names = {}
    for concept in load_concepts()[scheme].values():
        for name in (concept.id, concept.en, *concept.labels()):
            names.setdefault(name, (concept.iri,))
    return names


def _store_names(kind: str, execute: Execute) -> Names:
    """What names the store's own things: places by label and code, local mechanisms by label."""
    from kg.query import get_query

    table = execute(get_query("place-names" if kind == "place" else "local-mechanism-names").text)
    names: dict[str, list[str]] = {}
    for row in table.rows:
        iri, *labels = (str(value) for name, value in zip(table.columns, row, strict=True) if name != "type")
        for label in (*labels, unquote(iri.removeprefix(BASE).partition("/")[2])):  # the last tells namesakes apart: 990121/“码上议”平台
            names.setdefault(label, []).append(iri)
    return {name: tuple(dict.fromkeys(iris)) for name, iris in names.items()}

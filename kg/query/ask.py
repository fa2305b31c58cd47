"""Question + parameters → Table, on any engine that takes a text: the embedded store, a child process, an endpoint.

A child process can be ended: Oxigraph has no time-out of its own. It opens the store for reading, so it runs beside an ingest.
"""

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

import kg
from kg.answer import write_results
from kg.columns import OF_ALL
from kg.columns.stamp import place_of
from kg.errors import InputError, LimitError, UsageError
from kg.ontology import load_concepts
from kg.query import SAMPLE_LINE, Column, Query, get_query, load_queries
from kg.query.bind import Execute, bind_params
from kg.query.rows import answer_text, read_columns, read_results
from kg.romanize import english_place
from kg.table import ByColumn, Table, Value

ALLOCATOR = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=2000"}
"""What RocksDB asks of the allocator for each lookup stays at hand: a third less time, where the C library is glibc."""


def run_query(
    execute: Execute, query: Query, params: Mapping[str, Sequence[str]], lang: str = "zh", limit: int | None = None, *, sample: bool = False
) -> Table:
    """Bind the parameters and run; values take the types of the header, labels of concepts the language asked for. `sample`: of the question's sample only."""
    text = bind_params(query, params, execute, sample)
    if limit is not None:
        text = f"{text.rstrip()}\nLIMIT {limit}\n"
    elif not sample and not any(param.name in params and param.type in ("place", "fact") for param in query.params):
        text = OF_ALL + text
    answer = execute(text)
    columns = [_typed(column, answer.column(column.name) if column.name in answer.columns else [None] * len(answer), lang) for column in query.columns]
    if lang == "en":
        columns = _with_types(execute, query, columns)
    return Table(tuple(c.name for c in query.columns), ByColumn(columns), tuple(c.label[lang] for c in query.columns))


def make_index(store: Path) -> int:
    """Index a store, with plans of what the stored questions ask of all reports; give the number of triples."""
    from kg.columns.make import make_copy

    return make_copy(store, [OF_ALL + query.text for query in load_queries().values()])


def _with_types(execute: Execute, query: Query, columns: list[Sequence[Value]]) -> list[Sequence[Value]]:
    """Say in English what a local mechanism is, which has a name in Chinese alone: “码上议”平台 (local platform)."""
    at = {i for i, column in enumerate(query.columns) if column.type == "mechanism"}
    known = {None, *_english("mechanism").values()}
    if all(known.issuperset(columns[i]) for i in at):
        return columns
    types = {str(name): f"{name} (local {kind})" for _, name, kind in execute(get_query("local-mechanism-names").text).rows}
    return [[types.get(str(value), value) for value in column] if i in at else column for i, column in enumerate(columns)]


def note_sample(execute: Execute, query: Query, lang: str = "zh") -> str:
    """Say that the answer is of a sample only, where there is more than the sample: the sample's own line is asked for one more."""
    line = SAMPLE_LINE.search(query.text)
    if line is None:
        return ""
    number = int(line["number"])
    prefixes = "".join(f"{text}\n" for text in query.text.splitlines() if text.startswith("PREFIX"))
    text = line["line"].removeprefix("{").removesuffix("}").replace(f"LIMIT {number}", f"LIMIT {number + 1}")
    if len(execute(prefixes + text).rows) <= number:
        return ""
    zh, en = {
        "report": (f"最新 {number} 份报告", f"the newest {number} reports"),
        "p_place": (f"报告最多的 {number} 地", f"the {number} places with most reports"),
        "p_mechanism": (f"提及最多的 {number} 项机制", f"the {number} mechanisms most written of"),
    }[line["what"]]
    return f"取样:只看{zh}" if lang == "zh" else f"a sample: of {en} only"


def _typed(column: Column, values: Sequence[Value], lang: str) -> Sequence[Value]:
    """Read values as their column's type: engines write booleans and whole decimals in more than one way."""
    if column.type == "boolean":
        return [value if value is None or isinstance(value, bool) else str(value) in ("1", "true") for value in values]
    if column.type == "number":
        return [int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value for value in values]
    if column.type == "place" and lang == "en":
        return [value if value is None else english_place(str(value)) or value for value in values]
    if column.type in load_concepts() and lang == "en":
        names = _english(column.type)
        return [value if value is None else names.get(str(value), value) for value in values]
    return values


@lru_cache(maxsize=8)
def _english(scheme: str) -> dict[str, str]:
    return {concept.zh: concept.en for concept in load_concepts()[scheme].values() if concept.en}


def execute_on(store: ox.Store, folder: Path | None = None) -> Execute:
    """Make an executor of an Oxigraph store, over its default graph, which states each triple once; questions of all reports go to the columns of its folder."""

    def ask(text: str) -> bytes:
        try:
            return write_results(store.query(text))
        except SyntaxError as error:
            raise UsageError(f"不是合法的 SPARQL · not valid SPARQL: {error.msg}") from error

    columns = _columns_of(folder) if folder is not None else None

    def execute(text: str) -> Table:
        found = columns(text) if columns is not None and text.startswith(OF_ALL) else None
        return found if found is not None else answer_text(text, ask)

    return execute


def _columns_of(folder: Path) -> Callable[[str], Table | None] | None:
    """Open a store's columns, if it has them; they give None for a question that they do not answer."""
    if not (place := place_of(folder)).exists():
        return None
    from kg.columns.ask import answer
    from kg.columns.copy import Copy
    from kg.columns.values import NotCovered

    copy = Copy(place)

    def ask(text: str) -> Table | None:
        try:
            return read_columns(answer(copy, text))
        except NotCovered:
            return None

    return ask


def execute_in_child(folder: Path, timeout: float) -> Execute:
    """Make an executor that asks a store in a process of its own, which is ended after `timeout` seconds; questions of all reports are asked of its columns."""

    def child(module: str, place: Path, text: str, limit: float) -> subprocess.CompletedProcess[bytes]:
        home = str(Path(kg.__file__).resolve().parent.parent)
        environment = {**ALLOCATOR, **os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))}
        try:
            return subprocess.run(
                [sys.executable, "-m", module, str(place)], input=text.encode(), capture_output=True, timeout=limit, env=environment, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise LimitError(f"{timeout:g} 秒内没有答完,已终止 · not answered within {timeout:g} s, ended; narrow the question or raise --timeout") from error

    def execute(text: str) -> Table:
        began = time.monotonic()
        if text.startswith(OF_ALL) and place_of(folder).exists():
            done = child("kg.columns", folder, text, timeout)
            if done.returncode == 0:
                return read_columns(pickle.loads(done.stdout))
        return answer_text(text, lambda text: _output(child("kg.answer", folder / "quads", text, max(timeout - (time.monotonic() - began), 0.001))))

    return execute


def _output(done: "subprocess.CompletedProcess[bytes]") -> bytes:
    if done.returncode != 0:
        message = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise (UsageError if done.returncode == UsageError.exit_code else InputError)(f"查询失败 · the query failed: {message}")
    return done.stdout


def read_json(data: bytes, source: str) -> Table:
    """SPARQL 1.1 results as JSON → Table; other bytes are an InputError that names their source."""
    try:
        return read_results(ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON))
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{source}: 不是 SPARQL 结果 · these are no SPARQL results: {str(error)[:120]}") from error

"""Stored questions → a folder: a page of all with sample answers, a SHACL catalogue, and grlc's files.

The page is one file that loads nothing. The answers are a store's, or those of the sample reports: first rows only, and without the IRIs,
which the command prints.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from kg.ingest import Options, collect_inputs, ingest_files
from kg.ontology import load_concepts
from kg.query import Param, Query, load_queries
from kg.query.ask import execute_on, run_query
from kg.query.bind import Execute
from kg.query.catalogue import catalogue_turtle, grlc_text
from kg.reference.cards import both, card, rows_of
from kg.reference.page import render_page
from kg.resources import data_folder
from kg.store import Store, read_store
from kg.table import Table, cell

ROWS = 5
_GROUPS = {
    "single": ("一份报告", "One report"),
    "cross-city": ("跨地方", "Across places"),
    "cross-year": ("跨年度", "Across years"),
    "network": ("网络", "Networks"),
    "names": ("名称与来源", "Names and sources"),
}
"""By a question's first tag."""


def export_questions(folder: Path, store: Store | None) -> list[Path]:
    """Write the folder and give its files; without a store the sample reports answer."""
    queries = load_queries()
    with _answering(store) as execute:
        texts = {"questions.html": render_questions(execute, store is None)}
    texts["catalogue.ttl"] = catalogue_turtle(queries.values())
    texts |= {f"grlc/{name}.rq": grlc_text(query) for name, query in queries.items()}
    (folder / "grlc").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in texts]


@contextmanager
def _answering(store: Store | None) -> Iterator[Execute]:
    if store is not None:
        yield execute_on(store.quads)
        return
    samples = data_folder("samples")
    with tempfile.TemporaryDirectory() as folder:
        options = Options(divisions=(str(samples / "divisions.csv"),))
        list(ingest_files(collect_inputs([str(samples)]), Path(folder) / "store", options, lambda: b""))
        yield execute_on(read_store(Path(folder) / "store").quads)


def render_questions(execute: Execute, samples: bool) -> str:
    """Write the page: a card a question, in groups by its first tag."""
    queries = load_queries().values()
    grouped = {tag: [query for query in queries if query.tags[0] == tag] for tag in _GROUPS}
    contents = [(tag, *names, len(grouped[tag])) for tag, names in _GROUPS.items()]
    sections = [_opening(len(queries), samples)]
    for tag, names in _GROUPS.items():
        cards = "".join(_card(query, run_query(execute, query, {})) for query in grouped[tag])
        sections.append(f'<section id="{tag}"><h2>{both(*names)}</h2><div class="cards wide">{cards}</div></section>')
    return render_page(("法治政府建设年度报告 预存问题", "Law-based government reports: stored questions"), contents, sections)


def _opening(number: int, samples: bool) -> str:
    zh = f"{number} 个预存问题。每个都是普通的 SPARQL 1.1,在任何端点上照样能跑;下面列出前 {ROWS} 行答案,留空是未报告,不是 0。"
    en = f"{number} stored questions, each plain SPARQL 1.1 that runs unchanged on any endpoint. The first {ROWS} rows of each answer follow; blank is not reported, never 0."
    if samples:
        zh += "答案出自随附的样本报告,地方和数字都是虚构的。"
        en += " The answers are those of the sample reports: places and figures are fiction."
    return f'<section id="opening"><h2>{both("预存问题", "Stored questions")}</h2><p class="intro">{both(zh, en)}</p></section>'


def _card(query: Query, table: Table) -> str:
    rows = [("参数", "Parameters", "<br>".join(map(_param, query.params)))] if query.params else []
    rows += [("标签", "Tags", escape(" · ".join(query.tags))), ("命令", "Command", f"<kbd>kg query run {escape(query.id)}</kbd>")]
    asks = f'<p class="def">{both(query.question["zh"], query.question["en"])}</p>'
    text = f"<details><summary>SPARQL</summary><pre>{escape(query.text)}</pre></details>"
    return card(query.id, query.title["zh"], query.title["en"], f"{asks}{rows_of(rows)}{_answer(query, table)}{text}", query.id)


def _param(param: Param) -> str:
    concepts = load_concepts().get(param.type, {})
    zh, en = ("、".join(getattr(concepts[value], lang) if value in concepts else value for value in param.default) for lang in ("zh", "en"))
    said = f"<kbd>{escape(param.name)}</kbd> {both(param.label['zh'], param.label['en'])}"
    return f"{said}{both(f'(缺省:{zh})', f' (default: {en})')}" if zh else said


def _answer(query: Query, table: Table) -> str:
    at = [i for i, column in enumerate(query.columns) if column.type != "iri"] or list(range(len(query.columns)))
    heads = "".join(f"<th>{both(query.columns[i].label['zh'], query.columns[i].label['en'])}</th>" for i in at)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell(row[i]))}</td>" for i in at) + "</tr>" for row in table.rows[:ROWS])
    left = len(table) - min(len(table), ROWS)
    if not table.rows:
        none = both("没有符合的行:库中没有这样的内容", "no rows: the store holds nothing of this kind")
        return f'<div class="rows" tabindex="0"><table><thead><tr>{heads}</tr></thead></table></div><p class="more">{none}</p>'
    more = f'<p class="more">{both(f"另有 {left} 行", f"{left} more rows")}</p>' if left else ""
    return f'<div class="rows" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>{more}'

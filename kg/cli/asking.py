"""Questions and tables: query, sparql, panel, measures."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.group import Group
from kg.cli.options import FOR_PEOPLE, FORMS, LANG, OUTPUT_OR_STDOUT, PARAM, asked, engine, form_of, format_option
from kg.cli.streams import asked_graph, nothing_found, opened, put_bytes, write_table

if TYPE_CHECKING:
    from kg.table import Table


PANEL_FORMS = ["csv", "tsv", "json", "jsonl", "xlsx", "parquet", "dta"]
PANEL_FORMAT = format_option(PANEL_FORMS)
CODEBOOK = click.option("--codebook", type=click.Path(path_type=Path), help="另写编码手册 · file for the codebook")


class Questions(Group):
    """A group in which a question's name, given for a command, is answered with the command that runs it."""

    def meant(self, name: str) -> str:
        """Say what a wrong name may mean."""
        from kg.resources import data_files

        known = any(path.stem == name for path in data_files("queries", ".rq"))
        return f"这是一个问题 · this is a question: kg query run {name}" if known else super().meant(name)


@click.group(cls=Questions)
def query() -> None:
    """预存问题 · stored questions."""


@query.command("list")
@click.option("--tag", "tags", multiple=True, help="标签,可重复,如 cross-year、cq34 · tag, may be repeated")
@click.option("--topic", help="主题的名称或代号 · a topic by label or id")
@LANG
def query_list(tags: tuple[str, ...], topic: str | None, lang: str) -> None:
    """列出问题 · list the questions."""
    from kg.present.answers import queries_text
    from kg.query import find_queries

    click.echo(queries_text(find_queries(tags, topic), lang))


@query.command("show")
@click.argument("query_id")
def query_show(query_id: str) -> None:
    """显示一个问题的 SPARQL · print a question's SPARQL."""
    from kg.query import get_query

    click.echo(get_query(query_id).text, nl=False)


@query.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--store", type=click.Path(path_type=Path), help="答案出自此库,缺省为样本报告 · answers from this store, else from the sample reports")
def query_export(folder: Path, store: Path | None) -> None:
    """问题连同样本答案的网页,另写 SHACL 目录与 grlc 文件 · a page of the questions with sample answers, a SHACL catalogue, grlc files."""
    from kg.query import load_queries
    from kg.reference.questions import export_questions

    export_questions(folder, opened(store) if store is not None else None)
    click.echo(f"{folder}: {len(load_queries())} 个问题 · {len(load_queries())} questions: questions.html, catalogue.ttl, grlc/")


@query.command("run")
@click.argument("query_id")
@engine
@PARAM
@click.option("--limit", type=click.IntRange(min=1), help="至多几行 · rows at most")
@click.option("--sample", is_flag=True, help="取样:只看一部分报告,快 · a quick look at a part of the reports")
@click.option("--cite", is_flag=True, help="每行附引注与原文链接 · a footnote and a link to the passage for each row")
@LANG
def query_run(
    query_id: str, params: tuple[str, ...], limit: int | None, sample: bool, cite: bool, form: str | None, output: Path | None, lang: str, **where: Any
) -> None:
    """回答一个问题 · answer a question."""
    from kg.present.answers import in_words
    from kg.query.bind import parse_params

    form = form_of(form, output, FORMS)
    graph = asked_graph(lang=lang, **where)
    table = graph.ask(query_id, parse_params(params), lang, limit, cite, sample)
    for said in filter(None, (table.note, nothing_found(table, where.get("endpoint")))):
        click.echo(said, err=True)
    write_table(in_words(table, lang) if form in FOR_PEOPLE else table, form, output)


@click.command()
@click.argument("text")
@engine
def sparql(text: str, form: str | None, output: Path | None, **where: Any) -> None:
    """执行只读 SPARQL,文本或文件 · run read-only SPARQL, a text or a file."""
    path = Path(text)
    if text.endswith((".rq", ".sparql")) and not path.is_file():
        raise click.UsageError(f"{text}: 没有这个文件 · no such file")
    query_text = _read_query(path) if len(text) < 1024 and "\n" not in text and path.is_file() else text
    write_table(asked_graph(lang="zh", **where).sparql(query_text), form_of(form, output, FORMS), output)


def _read_query(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{path}: 不是 UTF-8 文本 · not UTF-8: save the query as UTF-8") from error


@click.command()
@asked
@click.option("--wide", is_flag=True, help="一份报告一行、一个指标一列 · a row a report, a column an indicator")
@CODEBOOK
@click.option("--missing", type=click.Path(path_type=Path), help="另写未报告的指标 · file for what is not reported")
@PANEL_FORMAT
@OUTPUT_OR_STDOUT
@click.option("--param", "params", multiple=True, metavar="K=V", help="place、year、indicator,可重复 · may be repeated")
@LANG
def panel(
    wide: bool, codebook: Path | None, missing: Path | None, form: str | None, output: Path | None, params: tuple[str, ...], lang: str, **where: Any
) -> None:
    """指标面板:地方 × 年度 × 指标 · a panel of indicators by place and year."""
    from kg.panel import make_panel
    from kg.query.bind import parse_params

    made = make_panel(asked_graph(lang=lang, **where).execute, parse_params(params), lang)
    sheets = {"panel": made.wide if wide else made.long, "codebook": made.codebook, "missing": made.missing}
    _write_panel(sheets, form, output, {"codebook": codebook, "missing": missing})


@click.command()
@asked
@CODEBOOK
@PANEL_FORMAT
@OUTPUT_OR_STDOUT
@click.option("--param", "params", multiple=True, metavar="K=V", help="place、year、topic,可重复 · may be repeated")
@LANG
def measures(codebook: Path | None, form: str | None, output: Path | None, params: tuple[str, ...], lang: str, **where: Any) -> None:
    """举措表:原文、责任主体、机制、主题、状态 · a table of measures with text, bodies, mechanisms, topic and status."""
    from kg.panel import make_measures, measures_codebook
    from kg.query.bind import parse_params

    made = make_measures(asked_graph(lang=lang, **where).execute, parse_params(params), lang)
    _write_panel({"measures": made, "codebook": measures_codebook(lang)}, form, output, {"codebook": codebook})


def _write_panel(sheets: Mapping[str, "Table"], form: str | None, output: Path | None, beside: Mapping[str, Path | None]) -> None:
    """Write the first of the tables, all of them where it is a workbook; and those that have a file of their own."""
    from kg.sheets import to_book

    chosen, table = form_of(form, output, PANEL_FORMS), next(iter(sheets.values()))
    if said := nothing_found(table):
        click.echo(said, err=True)
    if chosen == "xlsx" and output is not None:
        put_bytes(to_book(sheets), output)
    else:
        write_table(table, chosen, output)
    for name, path in beside.items():
        if path is not None:
            write_table(sheets[name], form_of(None, path, PANEL_FORMS), path)
            if not sheets[name].rows:
                click.echo(f"{path}: 没有可列的 · there is nothing to list", err=True)

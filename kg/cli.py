"""The command `kg`: arguments in, text out. Every body calls one function of the library; `--help` loads none of it.

Data goes to stdout, progress and messages to stderr; exit codes: 0 ok · 1 findings · 2 usage · 3 unreadable input · 4 limit.
"""

import codecs
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.store import Store
    from kg.table import Table

STORE = click.option("--store", "store", type=click.Path(path_type=Path), required=True, help="图谱库目录 · folder of the store")
DIVISIONS = click.option(
    "--divisions",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="附加区划表 · further table of divisions, in the form of ontology/divisions.csv",
)
LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 · language of labels and messages")
OUTPUT = click.option("-o", "--output", "output", type=click.Path(path_type=Path), required=True, help="输出文件 · file to write")


class Group(click.Group):
    """A group that prints a KgError as one clear line and ends with its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; faults in use become a message and an exit code."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """法治政府建设年度报告知识图谱 · knowledge graph of annual law-based-government reports."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


def _read(path: str) -> bytes:
    from kg.ingest import read_input

    return read_input(Path(path), sys.stdin.buffer.read)


def _progress(items: Iterable[Any], length: int, label: str) -> Iterable[Any]:
    """Show progress on stderr where it is a terminal, plain counts where it is not."""
    for number, item in enumerate(items, 1):
        end = "\n" if number == length or not sys.stderr.isatty() else "\r"
        click.echo(f"{label} {number}/{length}{end}", err=True, nl=False)
        yield item


def _finish(code: int) -> None:
    click.get_current_context().exit(code)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("fazhi-demo"))
@LANG
def demo(folder: Path, lang: str) -> None:
    """样本 → 库 → 校验 → 回答、面板、网络 · samples to a checked graph, three answers, a panel and a picture."""
    from kg.demo import run_demo

    run_demo(folder, lang, click.echo)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@STORE
@DIVISIONS
@click.option("--strict", is_flag=True, help="有警告也不入库 · warnings keep a report out too")
@click.option("--any-genre", is_flag=True, help="其他文种也入库 · take texts of other genres in")
@LANG
def ingest(paths: tuple[str, ...], store: Path, divisions: tuple[str, ...], strict: bool, any_genre: bool, lang: str) -> None:
    """校验并入库 · validate reports and take them into the store; a report's graph is replaced as a whole."""
    from kg.ingest import EXIT_CODES, Options, collect_inputs, ingest_files
    from kg.present import outcomes_text

    files = collect_inputs(paths)
    run = ingest_files(files, store, Options(divisions, strict, any_genre), sys.stdin.buffer.read)
    outcomes = list(_progress(run, len(files), "ingest"))
    click.echo(outcomes_text(outcomes, lang))
    _finish(max(EXIT_CODES[o.state] for o in outcomes))


@main.group()
def reports() -> None:
    """库中的报告 · the reports in a store."""


@reports.command("list")
@STORE
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def reports_list(store: Path, form: str) -> None:
    """列出报告 · list the reports."""
    from kg.table import FORMATS, Table

    rows = _open(store).list_reports()
    names = ("report", "title", "issuer", "year", "published", "findings")
    click.echo(FORMATS[form](Table(names, [tuple(row[name] for name in names) for row in rows])), nl=False)


@reports.command("show")
@click.argument("report")
@STORE
def reports_show(report: str, store: Path) -> None:
    """输出一份报告的三元组 · print one report's quads."""
    from kg.present import graph_lines

    click.echo("\n".join(graph_lines(_open(store), report)))


@reports.command("remove")
@click.argument("report")
@STORE
def reports_remove(report: str, store: Path) -> None:
    """移除一份报告 · take one report out."""
    from kg.store import open_store

    open_store(store).remove_report(report)


def _open(store: Path) -> "Store":
    from kg.store import read_store

    return read_store(store)


@main.command()
@click.argument("file")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", show_default=True)
@DIVISIONS
@LANG
def extract(file: str, form: str, divisions: tuple[str, ...], lang: str) -> None:
    """抽取一份报告,不需要库 · extract one report, no store needed; '-' reads standard input."""
    from kg.pipeline import extract_bytes
    from kg.present import record_text
    from kg.record import dumps

    record = extract_bytes(_read(file), file, divisions)
    if record.header.genre != "annual_report":
        click.echo(f"kg: 文种为 {record.header.genre},不是法治政府建设年度报告 · genre is {record.header.genre}, not an annual report", err=True)
    click.echo(dumps(record) if form == "json" else record_text(record, lang) + "\n", nl=False)


@main.command()
@click.argument("name")
@click.option("--year", type=click.IntRange(1981), help="年度 · year")
@click.option("--in", "within", metavar="NAME", help="所在的省、市 · the province or city it lies in")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@DIVISIONS
def division(name: str, year: int | None, within: str | None, form: str, divisions: tuple[str, ...]) -> None:
    """地名 → 区划代码、上级、起止年、继任者 · a name → its code, parents, years and successors; exit code 1 where it means several."""
    from kg.divisions import load_register
    from kg.lookup import divisions_table, find_division
    from kg.table import FORMATS

    register = load_register(divisions)
    found = find_division(register, name, year, within)
    click.echo(FORMATS[form](divisions_table(register, found, year)), nl=False)
    _finish(int(len(found.divisions) > 1))


@main.command()
@click.argument("file")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--open", "only_open", is_flag=True, help="只列未决的句子 · only sentences in which something stayed open")
@DIVISIONS
@LANG
def explain(file: str, form: str, only_open: bool, divisions: tuple[str, ...], lang: str) -> None:
    """逐句说明:找到什么、依何规则、连到何处、何者未决 · each sentence: what was found, by which rule, linked to what and why."""
    from kg.explain import explain_record
    from kg.pipeline import extract_bytes
    from kg.present import explained_json, explained_text

    sentences = [s for s in explain_record(extract_bytes(_read(file), file, divisions)) if s.open or not only_open]
    click.echo(explained_json(sentences) if form == "json" else explained_text(sentences, lang))


@main.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("files", nargs=-1, required=True)
@click.option("--errors", is_flag=True, help="列出遗漏、多余与错误 · list what was missed, extra and wrong")
@click.option("--disagreements", type=click.Path(path_type=Path), help="两份记录的分歧,写为 CSV · disagreements of two records, as CSV")
@click.option("--min", "least", multiple=True, metavar="KIND=SHARE", help="低于此值则退出码为 1 · exit code 1 below this share")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@DIVISIONS
def evaluate(
    gold: Path, files: tuple[str, ...], errors: bool, disagreements: Path | None, least: tuple[str, ...], form: str, divisions: tuple[str, ...]
) -> None:
    """对照标注或另一编码者的记录评测 · compare reports or records with a gold annotation, or with another coder's record."""
    from kg.evaluation import below, compare_files
    from kg.present import evaluation_text, write_disagreements

    compared = compare_files(gold, files, _read, divisions)
    if disagreements is not None:
        write_disagreements(compared, disagreements)
    click.echo(evaluation_text(compared, errors, form), nl=False)
    short = below(compared, least)
    for line in short:
        click.echo(f"kg: {line}", err=True)
    _finish(int(bool(short)))


@main.command()
@STORE
@click.option("--kind", type=click.Choice(["mechanism", "indicator", "body"]), help="只列一类 · one kind only")
@click.option("--min", "least", type=click.IntRange(1), default=1, show_default=True, help="至少出现在几份报告 · in at least so many reports")
@click.option("--contexts", type=click.IntRange(0, 20), default=2, show_default=True, help="每个名称的语境数 · contexts a name")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def candidates(store: Path, kind: str | None, least: int, contexts: int, form: str) -> None:
    """尚无概念的名称,按出现频次 · names without a concept, by frequency, with contexts."""
    from kg.ask import execute_on
    from kg.candidates import candidates_table, count_candidates
    from kg.table import FORMATS

    names = count_candidates(execute_on(_open(store).quads), kind, least, contexts)
    click.echo(FORMATS[form](candidates_table(names, contexts)), nl=False)


@main.command()
@click.argument("files", nargs=-1)
@click.option("--store", "store", type=click.Path(path_type=Path), help="校验库中全部报告 · validate all reports of a store")
@DIVISIONS
@click.option("--strict", is_flag=True, help="警告也算 · warnings count too")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@LANG
def validate(files: tuple[str, ...], store: Path | None, divisions: tuple[str, ...], strict: bool, form: str, lang: str) -> None:
    """校验报告 · validate reports: findings in words, with the sentence."""
    from kg.checking import check_files, check_store, findings_json
    from kg.present import findings_text

    if bool(files) == (store is not None):
        raise click.UsageError("给出文件或 --store 之一 · give files or --store, not both")
    length = len(files) if store is None else len(_open(store).report_graphs())
    source = check_files(files, divisions, _read) if store is None else check_store(_open(store))
    checked = []
    for item in _progress(source, length, "validate"):
        checked.append(item)
        if form == "text":
            click.echo(findings_text(item.source, item.findings, lang))
    if form == "json":
        click.echo(findings_json(checked))
    _finish(int(any(item.counts(strict) for item in checked)))


FORMS = ["table", "csv", "tsv", "json", "jsonl", "md", "xlsx", "parquet", "dta"]
PANEL_FORMS = ["csv", "tsv", "json", "jsonl", "xlsx", "parquet", "dta"]
PANEL_FORMAT = click.option("--format", "form", type=click.Choice(PANEL_FORMS), help="格式,缺省看后缀,再为 csv · format, else the file's ending, else csv")
PANEL_OUTPUT = click.option("-o", "--output", "output", type=click.Path(path_type=Path), help="输出文件,缺省为标准输出 · file to write, else standard output")


def _with(command: Any, options: Sequence[Any]) -> Any:
    for option in reversed(options):
        command = option(command)
    return command


def asked(command: Any) -> Any:
    """Give a command the options that say where to ask, and for how long."""
    options = (
        click.option("--store", type=click.Path(path_type=Path), help="图谱库目录 · folder of the store"),
        click.option("--endpoint", metavar="URL", help="SPARQL 端点,口令取自环境变量 KG_ENDPOINT_* · SPARQL endpoint; credentials from KG_ENDPOINT_*"),
        click.option("--timeout", type=click.FloatRange(min=0.01), default=300, show_default=True, help="至多几秒 · seconds at most"),
    )
    return _with(command, options)


def engine(command: Any) -> Any:
    """Give a command the options that say where to ask, for how long, and how to write the answer."""
    options = (
        click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True, help="格式 · format"),
        PANEL_OUTPUT,
    )
    return asked(_with(command, options))


def _graph(store: Path | None, endpoint: str | None, timeout: float, lang: str) -> "Graph":
    from kg.graph import open_graph

    if (store is None) == (endpoint is None):
        raise click.UsageError("给出 --store 或 --endpoint 之一 · give --store or --endpoint")
    return open_graph(endpoint if endpoint is not None else str(store), timeout, lang)


def _write(table: "Table", form: str, output: Path | None) -> None:
    from kg.sheets import render

    _put(render(table, form), output)


def _put(data: bytes, output: Path | None) -> None:
    from kg.store import replacing

    if output is None or str(output) == "-":
        click.echo(data, nl=False)
        return
    with replacing(output) as target:
        target.write_bytes(data)


@main.group()
def query() -> None:
    """预存问题 · stored questions."""


@query.command("list")
@click.option("--tag", "tags", multiple=True, help="标签,可重复,如 cross-year、cq34 · tag, may be repeated")
@click.option("--topic", help="主题的名称或代号 · a topic by label or id")
@LANG
def query_list(tags: tuple[str, ...], topic: str | None, lang: str) -> None:
    """列出问题 · list the questions."""
    from kg.present import queries_text
    from kg.query import find_queries

    click.echo(queries_text(find_queries(tags, topic), lang))


@query.command("show")
@click.argument("query_id")
def query_show(query_id: str) -> None:
    """显示一个问题的 SPARQL · print a question's SPARQL."""
    from kg.query import get_query

    click.echo(get_query(query_id).text, nl=False)


@query.command("run")
@click.argument("query_id")
@engine
@click.option("--param", "params", multiple=True, metavar="K=V", help="参数,可重复;可写名称 · parameter, may be repeated; labels will do")
@click.option("--limit", type=click.IntRange(min=1), help="至多几行 · rows at most")
@click.option("--cite", is_flag=True, help="每行附引注与原文链接 · a footnote and a link to the passage for each row")
@LANG
def query_run(query_id: str, params: tuple[str, ...], limit: int | None, cite: bool, form: str, output: Path | None, lang: str, **where: Any) -> None:
    """回答一个问题 · answer a question."""
    from kg.bind import parse_params

    graph = _graph(lang=lang, **where)
    _write(graph.ask(query_id, parse_params(params), lang, limit, cite), form, output)


@main.command()
@click.argument("text")
@engine
def sparql(text: str, form: str, output: Path | None, **where: Any) -> None:
    """执行只读 SPARQL(文本或文件)· run read-only SPARQL, a text or a file."""
    path = Path(text)
    query_text = path.read_text(encoding="utf-8") if len(text) < 1024 and "\n" not in text and path.is_file() else text
    _write(_graph(lang="zh", **where).sparql(query_text), form, output)


def remote(command: Any) -> Any:
    """Give a command the options that name an endpoint and its graph store."""
    options = (
        STORE,
        click.option("--endpoint", metavar="URL", required=True, help="查询地址 · address of queries"),
        click.option("--graph-store", metavar="URL", help="图存储地址(Graph Store Protocol)· address of the graph store"),
        click.option("--timeout", type=click.FloatRange(min=0.01), default=300, show_default=True, help="每次请求至多几秒 · seconds for each request"),
    )
    return _with(command, options)


def _say_graph(graph: str, state: str, triples: int) -> None:
    click.echo(f"{state:10} {triples:>8} {graph}")


@main.command()
@remote
def push(store: Path, endpoint: str, graph_store: str | None, timeout: float) -> None:
    """逐图上传并核对条数,可续传 · send the graphs to an endpoint, each as a whole and counted; goes on where it stopped."""
    from kg.transfer import endpoints_of
    from kg.transfer import push as send

    send(_open(store), *endpoints_of(endpoint, graph_store, timeout), _say_graph)


@main.command()
@remote
def pull(store: Path, endpoint: str, graph_store: str | None, timeout: float) -> None:
    """逐图取回到库 · fetch the graphs of an endpoint into a store."""
    from kg.store import open_store
    from kg.transfer import endpoints_of
    from kg.transfer import pull as fetch

    fetch(lambda: open_store(store, create=True), *endpoints_of(endpoint, graph_store, timeout), _say_graph)


@main.command()
@asked
@click.option("--wide", is_flag=True, help="一份报告一行、一个指标一列 · a row a report, a column an indicator")
@click.option("--codebook", type=click.Path(path_type=Path), help="另写编码手册 · file for the codebook")
@click.option("--missing", type=click.Path(path_type=Path), help="另写未报告的指标 · file for what is not reported")
@PANEL_FORMAT
@PANEL_OUTPUT
@click.option("--param", "params", multiple=True, metavar="K=V", help="place、year、indicator,可重复 · may be repeated")
@LANG
def panel(
    wide: bool, codebook: Path | None, missing: Path | None, form: str | None, output: Path | None, params: tuple[str, ...], lang: str, **where: Any
) -> None:
    """指标面板:地方 × 年度 × 指标 · a panel of indicators by place and year."""
    from kg.bind import parse_params
    from kg.panel import make_panel

    made = make_panel(_graph(lang=lang, **where).execute, parse_params(params), lang)
    sheets = {"panel": made.wide if wide else made.long, "codebook": made.codebook, "missing": made.missing}
    _write_panel(sheets, form, output)
    for name, path in (("codebook", codebook), ("missing", missing)):
        if path is not None:
            _write_panel({name: sheets[name]}, None, path)


@main.command()
@asked
@PANEL_FORMAT
@PANEL_OUTPUT
@click.option("--param", "params", multiple=True, metavar="K=V", help="place、year、topic,可重复 · may be repeated")
@LANG
def measures(form: str | None, output: Path | None, params: tuple[str, ...], lang: str, **where: Any) -> None:
    """举措表:原文、责任主体、机制、主题、状态 · a table of measures with text, bodies, mechanisms, topic and status."""
    from kg.bind import parse_params
    from kg.panel import make_measures

    _write_panel({"measures": make_measures(_graph(lang=lang, **where).execute, parse_params(params), lang)}, form, output)


def _write_panel(sheets: Mapping[str, "Table"], form: str | None, output: Path | None) -> None:
    """Write the first of the tables, all of them where it is a workbook; a CSV file gets the mark that Excel needs."""
    from kg.sheets import render, to_book

    table = next(iter(sheets.values()))
    chosen = form or (output.suffix.removeprefix(".").lower() if output is not None and output.suffix else "csv")
    if chosen not in PANEL_FORMS:
        raise click.UsageError(f"{output}: 后缀应为 {'、'.join(PANEL_FORMS)} · the file's ending names no format; or use --format")
    data = to_book(sheets) if chosen == "xlsx" else render(table, chosen)
    _put(codecs.BOM_UTF8 + data if chosen == "csv" and output is not None and str(output) != "-" else data, output)


@main.command()
@click.argument("view")
@STORE
@OUTPUT
@LANG
def network(view: str, store: Path, output: Path, lang: str) -> None:
    """导出网络(.graphml 或 .html)· write a network view."""
    from kg.ask import execute_on
    from kg.network import write_network

    click.echo(write_network(view, execute_on(_open(store).quads), output, lang), err=True)


@main.command()
@STORE
@click.option("-o", "--output", "output", type=click.Path(path_type=Path), help=".nq 或 .trig,缺省为标准输出 · .nq or .trig, else N-Quads on standard output")
def dump(store: Path, output: Path | None) -> None:
    """输出全部四元组,次序固定 · write all quads in a stable order."""
    from kg.dump import write_dump

    write_dump(_open(store), output if str(output) != "-" else None, sys.stdout)


if __name__ == "__main__":
    main()

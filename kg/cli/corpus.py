"""Reports in and out of a store: demo, ingest, reports, push, pull, dump."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.group import Group
from kg.cli.options import DIVISIONS, LANG, MAX_MB, PAUSE, PLACE, PRIVATE, REFRESH, STATES, STORE, add_options, plain_format
from kg.cli.progress import progress_bar
from kg.cli.streams import UNION, finish, opened

if TYPE_CHECKING:
    from kg.ingest.web import Web


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("fazhi-demo"))
@LANG
def demo(folder: Path, lang: str) -> None:
    """样本 → 库 → 校验 → 回答、面板、网络 · samples to a checked graph, three answers, a panel and a picture."""
    from kg.demo import run_demo

    run_demo(folder, lang, click.echo)


def ingesting(command: Any) -> Any:
    """Give a command the options that say which files to take in, and how."""
    options = (
        click.argument("paths", nargs=-1),
        STORE,
        click.option(
            "--record", "records", multiple=True, metavar="FILE", help="抽取记录,改过的或他人所编 · an extraction record, corrected or another coder's"
        ),
        click.option("--list", "listed", metavar="FILE", help="清单,每行一个文件或网址,- 为标准输入 · a list of files and addresses, - is standard input"),
        click.option(
            "--executor",
            default="process",
            show_default=True,
            help="serial、process 或 Dask 调度器地址 · serial, process, or a Dask scheduler (tcp://host:8786)",
        ),
        click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores", help="进程数 · worker processes"),
        click.option("--time-limit", type=click.FloatRange(min=1), default=120, show_default=True, help="每个文件至多几秒 · seconds for one file"),
        click.option("--batch", type=click.IntRange(1, 100), default=48, show_default=True, help="每次提交几份报告 · reports in one commit"),
        click.option("--resume/--no-resume", default=True, show_default=True, help="跳过未变的输入 · skip inputs that have not changed"),
        click.option("--dry-run", is_flag=True, help="只报告,不写入 · say what would be done, write nothing"),
        click.option("--quiet", is_flag=True, help="不显示进度与逐项结果 · no progress, only the sums"),
        DIVISIONS,
        PLACE,
        click.option("--strict", is_flag=True, help="有警告也不入库 · warnings keep a report out too"),
        click.option("--any-genre", is_flag=True, help="其他文种也入库 · take texts of other genres in"),
        click.option(
            "--archive",
            type=click.Path(file_okay=False, path_type=Path),
            help="网址原件存于何处,缺省为“库-archive” · where originals from addresses are kept [STORE-archive]",
        ),
        *(PAUSE, MAX_MB, PRIVATE, REFRESH),
        LANG,
    )
    return add_options(command, options)


@click.command()
@ingesting
def ingest(paths: tuple[str, ...], store: Path, listed: str | None, records: tuple[str, ...], quiet: bool, lang: str, **how: Any) -> None:
    """校验并入库:文件、目录、通配符、网址 · validate reports and take them in: files, folders, patterns, addresses; a report's graph is replaced as a whole."""
    from kg.ingest import EXIT_CODES, Options, Way
    from kg.ingest.inputs import name_inputs, tell_passed_over
    from kg.ingest.web import ingest_inputs
    from kg.present.outcomes import outcomes_hints, outcomes_text

    options = Options(how["divisions"], how["strict"], how["any_genre"], how["place"])
    way = Way(how["executor"], how["jobs"], how["resume"], how["dry_run"], how["time_limit"], how["batch"])
    web = asking(store, **how)
    inputs = name_inputs((*paths, *records), listed)
    outcomes = ingest_inputs(inputs, store, options, sys.stdin.buffer.read, way, web, lambda length, label: progress_bar(length, label, quiet))
    click.echo(outcomes_text(outcomes, lang, quiet))
    for hint in () if quiet else (*tell_passed_over(paths), *(() if way.dry_run else outcomes_hints(outcomes, store))):
        click.echo(hint, err=True)
    finish(max(EXIT_CODES[o.state] for o in outcomes))


def asking(store: Path, **how: Any) -> "Web":
    """How addresses among the inputs are fetched, and where they are kept."""
    from kg.fetch.download import Limits
    from kg.fetch.sites import Manner
    from kg.ingest.web import Web

    limits = Limits(how["max_mb"] << 20, allowed=frozenset(how["private"]))
    manner = Manner(how["pause"], any_genre=how["any_genre"], refresh=how["refresh"], divisions=how["divisions"], limits=limits)
    return Web(how["archive"] or store.with_name(store.name + "-archive"), manner)


@click.group(cls=Group)
def reports() -> None:
    """库中的报告 · the reports in a store."""


@reports.command("list")
@STORE
@plain_format("table", "csv", "json")
@LANG
def reports_list(store: Path, form: str, lang: str) -> None:
    """列出报告 · list the reports."""
    from kg.table import FORMATS, Table

    rows = opened(store).list_reports()
    names = ("report", "title", "issuer", "year", "published", "findings")
    labels = ("报告", "标题", "发文机关", "年度", "发布", "提示数") if lang == "zh" else ()
    click.echo(FORMATS[form](Table(names, [tuple(row[name] for name in names) for row in rows], labels)), nl=False)


@reports.command("show")
@click.argument("report", nargs=-1, required=True)
@STORE
def reports_show(report: tuple[str, ...], store: Path) -> None:
    """输出一份报告的三元组;REPORT 为 IRI 或“地方 年度” · print one report's quads; REPORT is an IRI or place and year."""
    from kg.held import name_report
    from kg.vocab import graph_iri

    held = opened(store)
    click.echo("\n".join(held.lines_of_graph(graph_iri(name_report(held, " ".join(report))))))


@reports.command("remove")
@click.argument("report", nargs=-1, required=True)
@STORE
def reports_remove(report: tuple[str, ...], store: Path) -> None:
    """移除一份报告;REPORT 为 IRI 或“地方 年度” · take one report out; REPORT is an IRI or place and year."""
    from kg.held import name_report
    from kg.store import open_store

    held = open_store(store)
    name = name_report(held, " ".join(report))
    held.remove_report(name)
    click.echo(f"已移除 · removed: {name}", err=True)


@click.command()
@STORE
def index(store: Path) -> None:
    """为库建索引,问全部报告时快许多倍,库变后须重建 · index a store: questions of all reports are answered many times as fast, until the store changes."""
    from kg.query.ask import make_index

    opened(store).close()
    click.echo(f"{store}: {make_index(store)} 条三元组已入索引 · triples indexed", err=True)


def remote(command: Any) -> Any:
    """Give a command the options that name an endpoint and its graph store."""
    options = (
        STORE,
        click.option("--endpoint", metavar="URL", required=True, help="查询地址 · address of queries"),
        click.option("--graph-store", metavar="URL", help="图存储地址(Graph Store Protocol)· address of the graph store"),
        click.option("--timeout", type=click.FloatRange(min=0.01), default=300, show_default=True, help="每次请求至多几秒 · seconds for each request"),
    )
    return add_options(command, options)


def _say_graph(graph: str, state: str, triples: int) -> None:
    click.echo(f"{STATES[state]} · {state:10} {triples:>8} {graph}")


@click.command()
@remote
def push(store: Path, endpoint: str, graph_store: str | None, timeout: float) -> None:
    """逐图上传并核对条数,可续传 · send the graphs to an endpoint, each as a whole and counted; goes on where it stopped."""
    from kg.remote.transfer import endpoints_of, is_seen
    from kg.remote.transfer import push as send

    held, ends = opened(store), endpoints_of(endpoint, graph_store, timeout)
    send(held, *ends, _say_graph)
    if held.report_graphs() and not is_seen(ends[0]):
        click.echo(f"kg: {UNION}", err=True)


@click.command()
@remote
def pull(store: Path, endpoint: str, graph_store: str | None, timeout: float) -> None:
    """逐图取回到库 · fetch the graphs of an endpoint into a store."""
    from kg.remote.transfer import endpoints_of
    from kg.remote.transfer import pull as fetch
    from kg.store import open_store

    fetch(lambda: open_store(store, create=True), *endpoints_of(endpoint, graph_store, timeout), _say_graph)


@click.command()
@STORE
@click.option("-o", "--output", "output", type=click.Path(path_type=Path), help=".nq 或 .trig,缺省为标准输出 · .nq or .trig, else N-Quads on standard output")
@click.option(
    "--shards", type=click.Path(file_okay=False, path_type=Path), help="写为分片目录,每省每年一个 .nq.gz · write a folder of .nq.gz, one a province and year"
)
def dump(store: Path, output: Path | None, shards: Path | None) -> None:
    """输出全部四元组,次序固定 · write all quads in a stable order."""
    from kg.dump import write_dump, write_shards

    if shards is not None:
        click.echo(f"{shards}: {write_shards(opened(store), shards)} shards", err=True)
    else:
        write_dump(opened(store), output if str(output) != "-" else None, sys.stdout)

"""What the commands share: options, the group that turns faults into exit codes, how data is read and written.

Nothing heavy is imported at the top, so that `kg --help` stays quick.
"""

import codecs
import difflib
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import KgError, refused_by_system
from kg.files import replacing

C = TypeVar("C", bound=Callable[..., Any])

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
PAUSE = click.option(
    "--pause", type=click.FloatRange(min=0.5), default=2.0, show_default=True, help="同一网站两次请求之间至少几秒 · seconds between requests to a site"
)
MAX_MB = click.option("--max-mb", type=click.IntRange(1, 64), default=32, show_default=True, help="取来的每个文件至多几兆 · megabytes for one fetched file")
PRIVATE = click.option("--allow-private", "private", multiple=True, metavar="HOST", help="允许的内网主机 · a host that may lie in a private network")
REFRESH = click.option("--refresh", is_flag=True, help="已存档的也再问一次网站 · ask again for what the archive has")
FORMS = ["table", "csv", "tsv", "json", "jsonl", "md", "xlsx", "parquet", "dta"]
UNION = "端点的默认图须为各图的并集 · at an endpoint the default graph must be the union of all graphs (oxigraph serve --union-default-graph, or URL?union-default-graph)"
STATES = {
    **{"fetched": "取得", "unchanged": "未变", "followed": "续取", "refused": "拒取", "forbidden": "禁取", "failed": "失败"},
    **{"sent": "已送", "only there": "仅在端点"},
}  # of what came or went over the net
FOR_PEOPLE = ("table", "md")
BINARY = ("xlsx", "parquet", "dta")
PANEL_OUTPUT = click.option("-o", "--output", "output", type=click.Path(path_type=Path), help="输出文件,缺省为标准输出 · file to write, else standard output")


class Group(click.Group):
    """A group that prints a KgError as one clear line and ends with its exit code, tells the nearest command and all of each command's line."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a wrong name is answered with what may be meant."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(f"没有这个命令 · no such command {args[0]!r}; {self.meant(args[0])}", ctx)
        return super().resolve_command(ctx, args)

    def meant(self, name: str) -> str:
        """Say what a wrong name may mean."""
        known = [each for each, command in self.commands.items() if not command.hidden]
        return f"可用 · try: {'、'.join(difflib.get_close_matches(name, known, 3, 0.5) or known)}"

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with the whole first line of its help."""
        with formatter.section("命令 · commands"):
            formatter.write_dl([(name, first_line(command)) for name, command in self.commands.items() if not command.hidden])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; faults in use, and what the system refuses, become a message and an exit code."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            _end(ctx, error)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)
        except OSError as error:
            _end(ctx, refused_by_system(error))


def first_line(command: click.Command) -> str:
    return (command.help or "").partition("\n")[0]


def _end(ctx: click.Context, error: KgError) -> None:
    click.echo(f"kg: {error}", err=True)
    ctx.exit(error.exit_code)


_WRONG = (
    (re.compile("No such option"), "没有这个选项"),
    (re.compile("Missing option"), "缺少选项"),
    (re.compile("Missing (?:argument|parameter)"), "缺少参数"),
    (re.compile("Invalid value"), "参数值不对"),
    (re.compile("Got unexpected extra argument"), "多余的参数"),
    (re.compile("requires an argument"), "选项后须有值"),
)


def bilingual(error: click.UsageError) -> click.UsageError:
    """Put Chinese before what click says of a wrong call in English alone."""
    said = error.format_message()
    words = next((words for pattern, words in _WRONG if pattern.search(said)), None)
    return click.UsageError(f"{words} · {said}", error.ctx) if words is not None and " · " not in said else error


def read_bytes_of(path: str) -> bytes:
    from kg.ingest.parts import find_parts, read_whole

    return read_whole(Path(path), sys.stdin.buffer.read, find_parts([Path(path)]).get(Path(path), ()))


def finish(code: int) -> None:
    click.get_current_context().exit(code)


def opened(store: Path) -> "Store":
    from kg.store import read_store

    return read_store(store)


def add_options(command: Any, options: Sequence[Any]) -> Any:
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
    return add_options(command, options)


def engine(command: Any) -> Any:
    """Give a command the options that say where to ask, for how long, and how to write the answer."""
    options = (
        format_option(FORMS),
        PANEL_OUTPUT,
    )
    return asked(add_options(command, options))


def plain_format(*forms: str) -> Callable[[C], C]:
    """Give the option of the format of what is printed; the first unless told."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True, help="格式 · format")


def format_option(forms: Sequence[str]) -> Callable[[C], C]:
    """Give the option of an answer's format; without it the output file's ending says it, else it is the first."""
    return click.option("--format", "form", type=click.Choice(forms), help=f"格式,缺省看后缀,再为 {forms[0]} · format, else the file's ending, else {forms[0]}")


def form_of(form: str | None, output: Path | None, forms: Sequence[str], default: str | None = None) -> str:
    """Give the format that is meant; an ending that names none is a usage error, .txt and no ending at all are the default."""
    if form is not None:
        return form
    ending = output.suffix.removeprefix(".").lower() if output is not None else ""
    if ending in ("", "txt"):
        return default or forms[0]
    if ending not in forms:
        raise click.UsageError(f"{output}: 后缀应为 {'、'.join(forms)} · the file's ending names no format; or use --format")
    return ending


def asked_graph(store: Path | None, endpoint: str | None, timeout: float, lang: str) -> "Graph":
    from kg.columns.stamp import is_outdated
    from kg.graph import open_graph

    if (store is None) == (endpoint is None):
        raise click.UsageError("给出 --store 或 --endpoint 之一 · give --store or --endpoint")
    if endpoint is not None and "://" not in endpoint:
        raise click.UsageError(f"{endpoint}: 端点应为 http(s) 地址 · an endpoint is an http(s) address; a folder is given by --store")
    graph = open_graph(endpoint if endpoint is not None else str(store), timeout, lang)
    if store is not None and store.is_dir() and is_outdated(store):
        click.echo(
            f"索引是库变动以前的,不再用:kg index --store {store} · the index is of an earlier state of the store and not used; make it anew with kg index",
            err=True,
        )
    return graph


def nothing_found(table: "Table", endpoint: str | None = None) -> str:
    """Say that an answer is empty, which a head without rows does not say of itself."""
    said = "没有符合的行:库中没有这样的内容,或参数过窄 · no rows: the store holds nothing of this kind, or the parameters are too narrow"
    return "" if table.rows else said if endpoint is None else f"{said}\n{UNION}"


def write_table(table: "Table", form: str, output: Path | None) -> None:
    """Write a table; a CSV file gets the mark that Excel needs, and no workbook is poured onto a screen."""
    from kg.sheets import render

    to_file = output is not None and str(output) != "-"
    if form in BINARY and not to_file and sys.stdout.isatty():
        raise click.UsageError(f"{form} 不能显示在屏幕上,给出 -o 文件 · cannot be shown on a screen, give -o FILE")
    data = render(table, form)
    put_bytes(codecs.BOM_UTF8 + data if form == "csv" and to_file else data, output)


def put_bytes(data: bytes, output: Path | None) -> None:
    if output is None or str(output) == "-":
        click.echo(data, nl=False)
        return
    with replacing(output) as target:
        target.write_bytes(data)


def put_pieces(pieces: Iterable[str], output: Path | None) -> None:
    """Write text piece by piece: to standard output as it comes, to a file whole or not at all."""
    if output is None or str(output) == "-":
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    encoding = "utf-8-sig" if output.suffix.lower() == ".csv" else "utf-8"  # with the mark that Excel needs
    with replacing(output) as target, target.open("w", encoding=encoding, errors="backslashreplace", newline="") as stream:
        stream.writelines(pieces)

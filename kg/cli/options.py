"""Options that several commands share, and the format that an output file's ending means."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

C = TypeVar("C", bound=Callable[..., Any])
STORE = click.option("--store", "store", type=click.Path(path_type=Path), required=True, help="图谱库目录 · folder of the store")
DIVISIONS = click.option(
    "--divisions",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="附加区划表 · further table of divisions, in the form of ontology/divisions.csv",
)
PLACE = click.option(
    "--place",
    metavar="NAME",
    help="报告所在的区划(代码或名称),文中未写明时据此 · division in which the reports lie, by code or name (330106, 杭州市西湖区), where a text does not say it",
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
STATES = {
    **{"fetched": "取得", "unchanged": "未变", "followed": "续取", "refused": "拒取", "forbidden": "禁取", "failed": "失败"},
    **{"sent": "已送", "only there": "仅在端点"},
}  # of what came or went over the net
FOR_PEOPLE = ("table", "md")
OUTPUT_OR_STDOUT = click.option(
    "-o", "--output", "output", type=click.Path(path_type=Path), help="输出文件,缺省为标准输出 · file to write, else standard output"
)
PARAM = click.option("--param", "params", multiple=True, metavar="K=V", help="参数,可重复;可写名称 · parameter, may be repeated; labels will do")


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
        OUTPUT_OR_STDOUT,
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

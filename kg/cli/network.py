"""Networks: what there is to look at, its measures, and a file for the browser or for another program."""

from pathlib import Path
from typing import Any

import click

from kg.cli.group import Group
from kg.cli.options import FORMS, LANG, OUTPUT_OR_STDOUT, PARAM, add_options, asked, form_of, format_option
from kg.cli.streams import asked_graph, write_table

ONTO = click.option("--onto", metavar="KIND", help="只留一类结点,以共有的邻居相连 · keep one kind, joined by neighbours they share")
TOP = click.option("--top", type=click.IntRange(min=1), help="只留联系最多的几个结点 · keep only the busiest nodes")


def narrowed(command: Any) -> Any:
    """Give a command the options that say where to ask, and what of the view to keep."""
    return asked(add_options(command, (PARAM, ONTO, TOP)))


class _View(click.Command):
    """The command behind a view, which is told of by the view's name."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [piece for piece in super().collect_usage_pieces(ctx) if piece != "VIEW"]


class Views(Group):
    """A group in which a name that is no command is a view to draw."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            return args[0], self.commands["draw"], args
        return super().resolve_command(ctx, args)


@click.group(cls=Views)
def network() -> None:
    """网络:kg network 视图 -o 文件 · networks: kg network VIEW -o FILE.

    list 列出视图与格式;stats 给出量度 · `list` names views and formats, `stats` measures them.
    """


@network.command("list")
@LANG
def network_list(lang: str) -> None:
    """列出视图、参数与文件格式 · list the views, their parameters and the formats."""
    from kg.network.views import list_views
    from kg.network.write import list_formats

    for table in (list_views(lang), list_formats(lang)):
        write_table(table, "table", None)
        click.echo()


@network.command("stats")
@click.argument("view")
@narrowed
@click.option("--of", type=click.Choice(["nodes", "whole", "years"]), default="nodes", show_default=True, help="结点、整体或逐年 · of nodes, whole or years")
@format_option(FORMS)
@OUTPUT_OR_STDOUT
@LANG
def network_stats(view: str, of: str, form: str | None, output: Path | None, **how: Any) -> None:
    """视图的量度:中心性、社群、同配性、逐年变化 · centralities, communities, assortativity, change by year."""
    from kg.network.measures import TABLES

    form = form_of(form, output, FORMS)
    made = _built(view, **how)
    write_table(TABLES[of](made.graph, made.language), form, output)


@network.command("draw", cls=_View, hidden=True)
@click.argument("view")
@narrowed
@click.option(
    "-o", "--output", "output", type=click.Path(path_type=Path), required=True, help="输出文件,后缀定格式 · file to write; its ending says the format"
)
@click.option("--format", "form", metavar="NAME", help="格式,缺省看后缀 · format, else by the file's ending")
@LANG
def network_draw(view: str, output: Path, form: str | None, **how: Any) -> None:
    """把视图写入文件 · write a view to a file."""
    from kg.network.write import find_format, tell, write_network

    find_format(output, form)
    made = _built(view, **how)
    click.echo(tell(made, write_network(made, output, form)), err=True)


def _built(view: str, params: tuple[str, ...], onto: str | None, top: int | None, lang: str, **where: Any) -> Any:
    from kg.network.views import build_network, get_view
    from kg.query.bind import parse_params

    get_view(view)
    return build_network(view, asked_graph(lang=lang, **where).execute, parse_params(params), lang, onto, top)

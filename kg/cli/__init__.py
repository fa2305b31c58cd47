"""The command `kg`: arguments in, text out. Every body calls one function of the library; `--help` loads none of it.

Data goes to stdout, progress and messages to stderr; exit codes: 0 ok · 1 findings · 2 usage · 3 unreadable input · 4 limit.
"""

import sys
from collections.abc import Sequence
from typing import Any

import click

from kg import __version__
from kg.cli.asking import measures, panel, query, sparql
from kg.cli.checking import scorecard, validate
from kg.cli.corpus import demo, dump, index, ingest, pull, push, reports
from kg.cli.drawing import chart, page
from kg.cli.fetching import fetch
from kg.cli.group import Group, bilingual, first_line
from kg.cli.network import network
from kg.cli.publishing import docs
from kg.cli.reading import candidates, division, evaluate, explain, extract

SECTIONS: dict[str, tuple[click.Command, ...]] = {
    "入库与出库 · into a store and out of it": (demo, fetch, ingest, reports, index, push, pull, dump),
    "一份报告 · one report": (extract, explain, page, evaluate, candidates, division),
    "校验 · checks": (validate, scorecard),
    "提问与制表 · questions and tables": (query, sparql, panel, measures),
    "图与网页 · pictures and pages": (network, chart, docs),
}
COMMANDS = tuple(command for commands in SECTIONS.values() for command in commands)


class Main(Group):
    """The whole command: its help lists the others in the order of work, each with all of its line."""

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run as a program: a wrong call is told in both languages."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, False, **extra)
        except click.ClickException as error:
            told = bilingual(error) if isinstance(error, click.UsageError) else error
            told.show()
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("已中止 · aborted", err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a list a section."""
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(str(command.name), first_line(command)) for command in commands])


@click.group(cls=Main, context_settings={"help_option_names": ["-h", "--help"]}, epilog="先试 · to begin: kg demo")
@click.version_option(__version__, prog_name="kg", help="版本 · the version")
def main() -> None:
    """法治政府建设年度报告知识图谱 · knowledge graph of annual law-based-government reports."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # names of files may be no text


for command in COMMANDS:
    main.add_command(command)

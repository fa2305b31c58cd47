"""The command `kg`: arguments in, text out. Every body calls one function of the library; `--help` loads none of it.

Data goes to stdout, progress and messages to stderr; exit codes: 0 ok · 1 findings · 2 usage · 3 unreadable input · 4 limit.
"""

import sys

import click

from kg import __version__
from kg.cli.asking import measures, panel, query, sparql
from kg.cli.checking import scorecard, validate
from kg.cli.corpus import demo, dump, ingest, pull, push, reports
from kg.cli.drawing import chart, page
from kg.cli.fetching import fetch
from kg.cli.network import network
from kg.cli.options import Group
from kg.cli.publishing import docs
from kg.cli.reading import candidates, division, evaluate, explain, extract

COMMANDS = (
    *(demo, fetch, ingest, reports, push, pull, dump),
    *(extract, explain, evaluate, candidates, division),
    *(validate, scorecard),
    *(query, sparql, panel, measures),
    *(network, chart, page, docs),
)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """法治政府建设年度报告知识图谱 · knowledge graph of annual law-based-government reports."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


for command in COMMANDS:
    main.add_command(command)

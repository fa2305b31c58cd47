"""Pictures: network."""

from pathlib import Path

import click

from kg.cli.options import LANG, OUTPUT, STORE, opened


@click.command()
@click.argument("view")
@STORE
@OUTPUT
@LANG
def network(view: str, store: Path, output: Path, lang: str) -> None:
    """导出网络(.graphml 或 .html)· write a network view."""
    from kg.ask import execute_on
    from kg.network import write_network

    click.echo(write_network(view, execute_on(opened(store).quads), output, lang), err=True)

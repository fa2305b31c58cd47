"""Pages and documents from the web into an archive: fetch."""

from pathlib import Path
from typing import Any

import click

from kg.cli.options import DIVISIONS, MAX_MB, PAUSE, PRIVATE, REFRESH, STATES
from kg.cli.streams import finish


@click.command()
@click.argument("urls", nargs=-1)
@click.option("--list", "listed", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="网址清单,每行一个 · a file of addresses, one a line")
@click.option("-o", "--output", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="存档目录 · folder of the archive")
@PAUSE
@click.option("--tries", type=click.IntRange(1, 10), default=3, show_default=True, help="每个网址至多试几次 · tries an address")
@click.option("--time-limit", type=click.FloatRange(min=1), default=60, show_default=True, help="每次请求至多几秒 · seconds for one request")
@MAX_MB
@PRIVATE
@REFRESH
@click.option("--any-genre", is_flag=True, help="其他文种也存 · keep texts of other genres")
@DIVISIONS
def fetch(
    urls: tuple[str, ...], listed: Path | None, folder: Path, time_limit: float, max_mb: int, private: tuple[str, ...], divisions: tuple[str, ...], **how: Any
) -> None:
    """网址 → 原件存档,守 robots.txt,限速 · addresses to an archive of original bytes, politely; `kg ingest FOLDER` takes it in."""
    from kg.fetch import EXIT_CODES, fetch_addresses, read_addresses, told_of
    from kg.fetch.download import Limits
    from kg.fetch.sites import Manner

    manner = Manner(divisions=divisions, limits=Limits(max_mb << 20, time_limit, frozenset(private)), **how)
    states = []
    for entry in fetch_addresses(read_addresses(urls, listed), folder, manner):
        states.append(entry.state)
        click.echo(f"{STATES[entry.state]} · {entry.state:10} {entry.url}  {told_of(entry)}")
    click.echo(" · ".join(f"{STATES[state]} {state} {states.count(state)}" for state in EXIT_CODES if states.count(state)), err=True)
    finish(max(EXIT_CODES[state] for state in states))

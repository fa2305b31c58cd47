"""The gate by hand: validate, scorecard."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import DIVISIONS, LANG, OUTPUT_OR_STDOUT, PLACE, add_options, form_of, format_option
from kg.cli.progress import progress_bar
from kg.cli.streams import finish, opened, read_bytes_of, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.checking import Checked


FINDINGS = ["text", "json", "csv", "html", "ttl"]
SCORES = ["table", "csv", "html", "json", "md"]


def checking(command: Any) -> Any:
    """Give a command the options that say what is checked, and by which shapes."""
    options = (
        click.argument("files", nargs=-1),
        click.option("--store", "store", type=click.Path(path_type=Path), help="校验库中全部报告 · validate all reports of a store"),
        DIVISIONS,
        PLACE,
        click.option("--shapes", multiple=True, metavar="DIR", help="附加形状文件或目录(.ttl)· further shapes of your own, file or folder"),
        click.option(
            "--engine", type=click.Choice(["fast", "pyshacl"]), default="fast", show_default=True, help="校验引擎,pyshacl 为参照 · pyshacl is the reference"
        ),
        OUTPUT_OR_STDOUT,
        LANG,
    )
    return add_options(command, options)


def _check(
    files: tuple[str, ...],
    store: Path | None,
    divisions: tuple[str, ...],
    place: str | None,
    shapes: tuple[str, ...],
    engine: str,
    corpus: bool = False,
) -> "Iterator[Checked]":
    """Check files or a store one by one, with progress; say which shapes pySHACL takes over."""
    from kg.checking import Rules, check_files, check_store, handed_over

    if bool(files) == (store is not None):
        raise click.UsageError("给出文件或 --store 之一 · give files or --store, not both")
    if corpus and store is None:
        raise click.UsageError("--corpus 须与 --store 同用 · --corpus needs --store")
    for shape, reason in handed_over(shapes) if engine == "fast" else []:
        click.echo(f"{shape}: 由 pySHACL 校验({reason})· checked by pySHACL: {reason}", err=True)
    rules, reading = Rules(shapes, engine), opened(store) if store is not None else None
    checked = check_files(files, divisions, read_bytes_of, rules, place) if reading is None else check_store(reading, rules, corpus)
    with progress_bar(len(files) if reading is None else len(reading.report_graphs()), "validate", quiet=False) as told:
        for one in checked:
            told(1)
            yield one


@click.command()
@checking
@click.option("--strict", is_flag=True, help="警告也算 · warnings count too")
@click.option("--corpus", is_flag=True, help="与 --store 同用:再查全库才看得出的问题 · with --store: also what only all reports together show")
@format_option(FINDINGS)
def validate(output: Path | None, strict: bool, form: str | None, lang: str, **what: Any) -> None:
    """校验报告 · validate reports: findings in words, with the sentence."""
    from kg.checking import Tally, handed_over
    from kg.checking.findings import FORMATS, Said
    from kg.cli.streams import put_pieces

    tally = Tally(strict)
    said = Said(lang, what["engine"], tuple(handed_over(what["shapes"])) if what["engine"] == "fast" else ())
    put_pieces(FORMATS[form_of(form, output, FINDINGS)](tally.watch(_check(**what)), said), output)
    finish(int(tally.failed > 0))


@click.command()
@checking
@format_option(SCORES)
def scorecard(output: Path | None, form: str | None, lang: str, **what: Any) -> None:
    """法定要求履行情况 · duties met and missed, a row a report, and their shares in a corpus."""
    from kg.checking import duties
    from kg.checking.scorecard import scorecard as judge
    from kg.cli.streams import put_pieces
    from kg.present.scorecards import table_page

    form = form_of(form, output, SCORES)
    table = judge(_check(**what), duties(what["shapes"]), lang)
    title = "法定要求履行情况" if lang == "zh" else "Duties met and missed"
    if form == "html":
        return put_pieces([table_page(table, title, lang)], output)
    write_table(table, form, output)

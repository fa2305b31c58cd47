"""Pictures: chart, page."""

from pathlib import Path
from typing import Any

import click

from kg.cli.options import DIVISIONS, LANG, OUTPUT, PARAM, PLACE, asked
from kg.cli.streams import asked_graph, opened, put_bytes, read_bytes_of, write_table


@click.command()
@click.argument("name")
@asked
@click.option("-o", "--output", "output", type=click.Path(path_type=Path), help=".svg、.png 或 .html · file to write")
@PARAM
@LANG
def chart(name: str, output: Path | None, params: tuple[str, ...], lang: str, **where: Any) -> None:
    """图表:trend、ranking、adoption、coverage、topics、duties;list 列出 · draw a chart; `list` names them."""
    from kg.picture.fonts import warn_of_fonts
    from kg.query.bind import parse_params

    charts = _charts()
    if name == "list":
        return write_table(charts.list_charts(lang), "table", output)
    if output is None:
        raise click.UsageError("给出 -o 文件 · give -o FILE, ending in .svg, .png or .html")
    warn_of_fonts(output, lambda text: click.echo(f"kg: {text}", err=True))
    charts.write_chart(charts.make_chart(name, asked_graph(lang=lang, **where).execute, parse_params(params), lang), output, lang)
    click.echo(f"{output}", err=True)


def _charts() -> Any:
    """Give the module that draws, whose libraries are an extra."""
    from kg.picture import NEEDS

    try:
        from kg.picture import chart
    except ImportError as error:
        raise click.UsageError(NEEDS) from error
    return chart


@click.command()
@click.argument("report", nargs=-1, required=True)
@click.option(
    "--store", type=click.Path(path_type=Path), help="库中的报告:REPORT 为 IRI 或“地方 年度” · a report of a store: REPORT is its IRI, or place and year"
)
@OUTPUT
@DIVISIONS
@PLACE
@LANG
def page(report: tuple[str, ...], store: Path | None, output: Path, divisions: tuple[str, ...], place: str | None, lang: str) -> None:
    """一份报告的网页:原文标注、事实、校验、数字台账 · a report's page: text with its facts marked, findings, figures; REPORT is a file or a record."""
    from kg.held import find_source, name_report
    from kg.picture.page import render_report
    from kg.pipeline import build_report
    from kg.record import to_json
    from kg.refusal import caveats

    words = " ".join(report)
    if store is None and len(report) > 1 and not Path(words).exists():
        raise click.UsageError(f"{words}: 库中的报告须给 --store · a report of a store is named with --store")
    path = words if store is None else str(find_source(held := opened(store), name_report(held, words)))
    built = build_report(read_bytes_of(path), path, divisions, place)
    for said in caveats(built.record.header):
        click.echo(f"kg: {said}", err=True)
    put_bytes(render_report(to_json(built.record), built.findings, lang).encode(), output)

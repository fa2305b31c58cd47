"""The gate by hand: validate."""

from pathlib import Path

import click

from kg.cli.options import DIVISIONS, LANG, finish, opened, read_bytes_of, show_progress


@click.command()
@click.argument("files", nargs=-1)
@click.option("--store", "store", type=click.Path(path_type=Path), help="校验库中全部报告 · validate all reports of a store")
@DIVISIONS
@click.option("--strict", is_flag=True, help="警告也算 · warnings count too")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@LANG
def validate(files: tuple[str, ...], store: Path | None, divisions: tuple[str, ...], strict: bool, form: str, lang: str) -> None:
    """校验报告 · validate reports: findings in words, with the sentence."""
    from kg.checking import check_files, check_store, findings_json
    from kg.present import findings_text

    if bool(files) == (store is not None):
        raise click.UsageError("给出文件或 --store 之一 · give files or --store, not both")
    length = len(files) if store is None else len(opened(store).report_graphs())
    source = check_files(files, divisions, read_bytes_of) if store is None else check_store(opened(store))
    checked = []
    for item in show_progress(source, length, "validate"):
        checked.append(item)
        if form == "text":
            click.echo(findings_text(item.source, item.findings, lang))
    if form == "json":
        click.echo(findings_json(checked))
    finish(int(any(item.counts(strict) for item in checked)))

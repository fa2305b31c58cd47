"""One report, or a coding of it: extract, explain, evaluate, candidates, division."""

from pathlib import Path

import click

from kg.cli.options import DIVISIONS, LANG, PLACE, STORE, plain_format
from kg.cli.streams import finish, opened, read_bytes_of


@click.command()
@click.argument("file")
@plain_format("text", "json")
@DIVISIONS
@PLACE
@LANG
def extract(file: str, form: str, divisions: tuple[str, ...], place: str | None, lang: str) -> None:
    """抽取一份报告,不需要库 · extract one report, no store needed; '-' reads standard input."""
    from kg.pipeline import extract_bytes
    from kg.present.readings import record_text
    from kg.record import dumps
    from kg.refusal import caveats

    record = extract_bytes(read_bytes_of(file), file, divisions, place)
    for said in caveats(record.header):
        click.echo(f"kg: {said}", err=True)
    click.echo(dumps(record) if form == "json" else record_text(record, lang) + "\n", nl=False)


@click.command()
@click.argument("file")
@plain_format("text", "json")
@click.option("--open", "only_open", is_flag=True, help="只列未决的句子 · only sentences in which something stayed open")
@DIVISIONS
@PLACE
@LANG
def explain(file: str, form: str, only_open: bool, divisions: tuple[str, ...], place: str | None, lang: str) -> None:
    """逐句说明:找到什么、依何规则、连到何处、何者未决 · each sentence: what was found, by which rule, linked to what and why."""
    from kg.explain import explain_record
    from kg.pipeline import extract_bytes
    from kg.present.readings import explained_json, explained_text

    sentences = [s for s in explain_record(extract_bytes(read_bytes_of(file), file, divisions, place)) if s.open or not only_open]
    click.echo(explained_json(sentences) if form == "json" else explained_text(sentences, lang))


@click.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("files", nargs=-1, required=True)
@click.option("--errors", is_flag=True, help="列出遗漏、多余与错误 · list what was missed, extra and wrong")
@click.option("--disagreements", type=click.Path(path_type=Path), help="两份记录的分歧,写为 CSV · disagreements of two records, as CSV")
@click.option("--min", "least", multiple=True, metavar="KIND=SHARE", help="低于此值则退出码为 1 · exit code 1 below this share")
@plain_format("table", "csv", "json")
@DIVISIONS
@PLACE
def evaluate(
    gold: Path,
    files: tuple[str, ...],
    errors: bool,
    disagreements: Path | None,
    least: tuple[str, ...],
    form: str,
    divisions: tuple[str, ...],
    place: str | None,
) -> None:
    """对照标注或另一编码者的记录评测 · compare reports or records with a gold annotation, or with another coder's record."""
    from kg.evaluate import below, compare_files
    from kg.present.evaluations import evaluation_text, write_disagreements

    compared = compare_files(gold, files, read_bytes_of, divisions, place)
    if disagreements is not None:
        write_disagreements(compared, disagreements)
    click.echo(evaluation_text(compared, errors, form), nl=False)
    short = below(compared, least)
    for line in short:
        click.echo(f"kg: {line}", err=True)
    finish(int(bool(short)))


@click.command()
@STORE
@click.option("--kind", type=click.Choice(["mechanism", "indicator", "body"]), help="只列一类 · one kind only")
@click.option("--min", "least", type=click.IntRange(1), default=1, show_default=True, help="至少出现在几份报告 · in at least so many reports")
@click.option("--contexts", type=click.IntRange(0, 20), default=2, show_default=True, help="每个名称的语境数 · contexts a name")
@plain_format("table", "csv", "json")
@LANG
def candidates(store: Path, kind: str | None, least: int, contexts: int, form: str, lang: str) -> None:
    """尚无概念的名称,按出现频次 · names without a concept, by frequency, with contexts."""
    from kg.candidates import candidates_table, count_candidates
    from kg.present.answers import in_words
    from kg.query.ask import execute_on
    from kg.table import FORMATS

    names = count_candidates(execute_on(opened(store).quads), kind, least, contexts)
    table = candidates_table(names, contexts, lang)
    click.echo(FORMATS[form](in_words(table, lang) if form == "table" else table), nl=False)


@click.command()
@click.argument("name")
@click.option("--year", type=click.IntRange(1981), help="年度 · year")
@click.option("--in", "within", metavar="NAME", help="所在的省、市 · the province or city it lies in")
@plain_format("table", "csv", "json")
@DIVISIONS
@LANG
def division(name: str, year: int | None, within: str | None, form: str, divisions: tuple[str, ...], lang: str) -> None:
    """地名 → 区划代码、上级、起止年、继任者 · a name → its code, parents, years and successors; exit code 1 where it means several."""
    from kg.divisions import load_register
    from kg.lookup import divisions_table, find_division
    from kg.present.answers import in_words
    from kg.table import FORMATS

    register = load_register(divisions)
    found = find_division(register, name, year, within)
    table = divisions_table(register, found, year, lang)
    click.echo(FORMATS[form](in_words(table, lang) if form == "table" else table), nl=False)
    finish(int(len(found.divisions) > 1))

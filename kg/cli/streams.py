"""What commands read and write: inputs, stores and endpoints opened, tables and pages put out.

Nothing heavy is imported at the top, so that `kg --help` stays quick.
"""

import codecs
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.files import replacing

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.store import Store
    from kg.table import Table

UNION = "端点的默认图须为各图的并集 · at an endpoint the default graph must be the union of all graphs (oxigraph serve --union-default-graph, or URL?union-default-graph)"
BINARY = ("xlsx", "parquet", "dta")


def read_bytes_of(path: str) -> bytes:
    from kg.ingest.parts import find_parts, read_whole

    return read_whole(Path(path), sys.stdin.buffer.read, find_parts([Path(path)]).get(Path(path), ()))


def finish(code: int) -> None:
    click.get_current_context().exit(code)


def opened(store: Path) -> "Store":
    from kg.store import read_store

    return read_store(store)


def asked_graph(store: Path | None, endpoint: str | None, timeout: float, lang: str) -> "Graph":
    from kg.columns.stamp import is_outdated
    from kg.graph import open_graph

    if (store is None) == (endpoint is None):
        raise click.UsageError("给出 --store 或 --endpoint 之一 · give --store or --endpoint")
    if endpoint is not None and "://" not in endpoint:
        raise click.UsageError(f"{endpoint}: 端点应为 http(s) 地址 · an endpoint is an http(s) address; a folder is given by --store")
    graph = open_graph(endpoint if endpoint is not None else str(store), timeout, lang)
    if store is not None and store.is_dir() and is_outdated(store):
        click.echo(
            f"索引已过时(库有变动,或为别的版本所做),未用,请重建:kg index --store {store} · the index is out of date (the store has changed, or another version made it) and not used; make it anew with kg index",
            err=True,
        )
    return graph


def nothing_found(table: "Table", endpoint: str | None = None) -> str:
    """Say that an answer is empty, which a head without rows does not say of itself."""
    said = "没有符合的行:库中没有这样的内容,或参数过窄 · no rows: the store holds nothing of this kind, or the parameters are too narrow"
    return "" if table.rows else said if endpoint is None else f"{said}\n{UNION}"


def write_table(table: "Table", form: str, output: Path | None) -> None:
    """Write a table; a CSV file gets the mark that Excel needs, and no workbook is poured onto a screen."""
    from kg.sheets import render

    to_file = output is not None and str(output) != "-"
    if form in BINARY and not to_file and sys.stdout.isatty():
        raise click.UsageError(f"{form} 不能显示在屏幕上,给出 -o 文件 · cannot be shown on a screen, give -o FILE")
    data = render(table, form)
    put_bytes(codecs.BOM_UTF8 + data if form == "csv" and to_file else data, output)


def put_bytes(data: bytes, output: Path | None) -> None:
    if output is None or str(output) == "-":
        click.echo(data, nl=False)
        return
    with replacing(output) as target:
        target.write_bytes(data)


def put_pieces(pieces: Iterable[str], output: Path | None) -> None:
    """Write text piece by piece: to standard output as it comes, to a file whole or not at all."""
    if output is None or str(output) == "-":
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    encoding = "utf-8-sig" if output.suffix.lower() == ".csv" else "utf-8"  # with the mark that Excel needs
    with replacing(output) as target, target.open("w", encoding=encoding, errors="backslashreplace", newline="") as stream:
        stream.writelines(pieces)

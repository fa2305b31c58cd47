"""Publication: docs."""

from pathlib import Path

import click

from kg.cli.streams import opened


@click.command()
@click.option("-o", "--output", "output", type=click.Path(path_type=Path, file_okay=False), required=True, help="输出目录 · folder to write")
@click.option("--store", type=click.Path(path_type=Path), help="图谱库目录,统计写入数据集描述 · a store to count in the description of the dataset")
def docs(output: Path, store: Path | None) -> None:
    """本体与词表的网页、编码手册、数据集描述 · reference page, codebook and description of the dataset."""
    from kg.reference.publish import publish_reference

    for path in publish_reference(output, opened(store).quads if store is not None else None):
        click.echo(f"{path}")

"""Catalogue → a folder that can be put on any web server: page, codebook, tables, description of the dataset, the ontology in one file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.reference.catalogue import make_catalogue
from kg.reference.codebook import codebook_table, concepts_table, render_codebook
from kg.reference.dataset import describe_dataset
from kg.reference.page import render_reference
from kg.resources import data_files
from kg.table import to_csv


def publish_reference(folder: Path, quads: Iterable[Any] | None = None) -> list[Path]:
    """Write the folder and give its files; `quads` are a store's, to be counted in the description."""
    catalogue = make_catalogue()
    texts = {
        "index.html": render_reference(catalogue),
        "codebook.md": render_codebook(catalogue),
        "codebook.csv": to_csv(codebook_table(catalogue)),
        "concepts.csv": to_csv(concepts_table(catalogue)),
        "dataset.ttl": describe_dataset(catalogue, quads),
        "ontology.ttl": "\n".join(path.read_text(encoding="utf-8") for path in data_files("ontology", ".ttl")),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8-sig" if name.endswith(".csv") else "utf-8", newline="\n")
    return [folder / name for name in texts]

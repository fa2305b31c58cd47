"""Print, for the forty competency questions over our own extraction, the rows that differ from the given answers: `KG_CORPUS=… python -m tests.show_competency`."""

import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests import test_competency as asked


def main() -> None:
    corpus = Path(os.environ["KG_CORPUS"])
    with tempfile.TemporaryDirectory() as folder:
        ours = asked._ask(corpus / "reports" / "419001-2025.txt", Path(folder) / "store")
        for name, (tags, *_) in asked.FIGURES.items():
            show(tags, name, asked.expected_figures(name), asked.figures(ours(name)))
        for name, (tags, _, _, rows) in asked.ROWS.items():
            show(tags, name, Counter(rows), asked.kinds(name, ours(name)))
        for (tag, name), (count, wanted) in asked.COUNTS.items():
            show((tag,), name, Counter(wanted), count(ours(name)))


def show(tags: tuple[str, ...], name: str, wanted: Counter[Any], got: Counter[Any]) -> None:
    """One line a question, with its counts, then one a differing row: − is missing, + is too much."""
    print(f"{' '.join(tags)} {name}: {got.total()} / {wanted.total()}")
    for word, rows in asked.differing(wanted, got).items():
        for row, number in Counter(map(str, rows)).items():
            print(f"  {'−' if word == 'missing' else '+'} {row}" + (f" × {number}" if number > 1 else ""))


if __name__ == "__main__":
    main()

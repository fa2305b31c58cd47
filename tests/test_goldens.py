"""The samples' graphs, node by node; `make golden` writes them anew."""

from pathlib import Path

import pytest

from tests.make_goldens import GOLDENS, golden_of, sample_files


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    wanted = (GOLDENS / f"{path.stem}.txt").read_text(encoding="utf-8").splitlines()
    got = golden_of(path).splitlines()
    assert sorted(set(got) - set(wanted))[:10] == [], "new nodes; if they are right, run `make golden`"
    assert sorted(set(wanted) - set(got))[:10] == [], "lost nodes; if they are wrong, run `make golden`"

"""The READMEs show the real output of real commands; `make golden` writes it anew."""

from pathlib import Path

import pytest

from kg.cli import main
from tests.readme import BLOCK, READMES, refresh


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_console_blocks(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(BLOCK.findall(text)) >= 4
    assert refresh(text, tmp_path / "run") == text


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_every_command_is_in_the_table(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name in main.commands if f"| `kg {name}" not in text] == []

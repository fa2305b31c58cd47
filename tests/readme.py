"""Run the commands of the READMEs' console blocks and put their real output below them."""

import os
import re
import shlex
import shutil
from pathlib import Path

from click.testing import CliRunner

from kg.cli import main

ROOT = Path(__file__).resolve().parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
BLOCK = re.compile(r"```console\n\$ kg (?P<args>[^\n]+)\n(?P<output>.*?)```", re.S)


def refresh(text: str, folder: Path) -> str:
    """Give a README's text with the output of each of its commands, run in order in `folder`."""
    shutil.copytree(ROOT / "samples", folder / "samples")
    before = Path.cwd()
    os.chdir(folder)
    try:
        return BLOCK.sub(lambda m: f"```console\n$ kg {m['args']}\n{run(m['args'])}```", text)
    finally:
        os.chdir(before)


def run(args: str) -> str:
    result = CliRunner().invoke(main, shlex.split(args))
    assert result.exit_code == 0, (args, result.output)
    return result.stdout

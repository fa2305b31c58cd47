"""The READMEs show the real output of real commands; `make golden` writes it anew."""

import re
import shlex
from pathlib import Path

import click
import pytest
from rdflib import Graph

from kg.cli import main
from tests.readme import BLOCK, READMES, ROOT, refresh

DOCS = (*READMES, *sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "samples" / "README.md")
CODE = re.compile(r"^```(?P<kind>\w*)\n(?P<code>.*?)^```$", re.S | re.M)


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_console_blocks(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(BLOCK.findall(text)) >= 4
    assert refresh(text, tmp_path / "run") == text


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_every_command_is_in_the_table(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name in main.commands if f"| `kg {name}" not in text] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_links_lead_to_files(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def calls_in(path: Path) -> list[list[str]]:
    """List the calls of kg in a document's blocks of commands, as words."""
    blocks = CODE.finditer(path.read_text(encoding="utf-8"))
    lines = [line for block in blocks if block["kind"] in ("", "sh", "console") for line in block["code"].splitlines()]
    found = [re.match(r"(?:\$ )?(?:\.venv/bin/)?kg (?P<rest>.*?)(?: +#.*| && .*| > .*)?$", line) for line in lines]
    return [shlex.split(match["rest"]) for match in found if match is not None]


def test_calls_are_found_in_the_documents() -> None:
    assert {path.name for path in DOCS if calls_in(path)} >= {"README.md", "README.zh-CN.md", "howto.md"}


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_documents_call_what_there_is(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "samples").mkdir()
    for words in calls_in(path):
        for word in words:
            if re.fullmatch(r"(?:samples/)?[\w.-]+[.](?:json|csv|html|txt)", word):
                (tmp_path / word).touch()
        command: click.Command = main
        context, rest = click.Context(main), list(words)
        while isinstance(command, click.Group):
            _, found, rest = command.resolve_command(context, rest)
            assert found is not None, words
            command = found
        command.make_context(None, list(rest))


def test_the_recipe_for_an_indicator_is_a_block_of_the_vocabulary() -> None:
    (block,) = re.findall(r"```turtle\n(.*?)```", (ROOT / "docs" / "howto.md").read_text(encoding="utf-8"), re.S)
    own = (ROOT / "ontology" / "indicators.ttl").read_text(encoding="utf-8")
    prefixes = "".join(re.findall(r"^@prefix .*\n", own, re.M))
    (like,) = re.findall(r"^ind:executive-meeting-law-study-count a .*?^\.\n", own, re.S | re.M)
    graph, model = Graph().parse(data=prefixes + block), Graph().parse(data=prefixes + like)
    assert len(set(graph.subjects())) == 1
    assert {p for p in model.predicates() if "matter" not in str(p).lower() and "scopeNote" not in str(p) and "hidden" not in str(p)} <= set(graph.predicates())

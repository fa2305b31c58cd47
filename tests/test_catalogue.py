"""The catalogue of questions as other tools read it."""

from pathlib import Path

import pyoxigraph as ox
from click.testing import CliRunner

from kg.catalogue import QUERY_BASE, SH, catalogue_turtle
from kg.cli import main
from kg.query import load_queries


def test_every_question_is_an_executable_that_holds_its_text() -> None:
    quads = list(ox.parse(catalogue_turtle(load_queries().values()).encode(), format=ox.RdfFormat.TURTLE))
    texts = {q.subject.value: q.object.value for q in quads if q.predicate.value == SH + "select"}  # type: ignore[union-attr]  # reason: IRIs and literals
    assert texts == {QUERY_BASE + query.id: query.text for query in load_queries().values()}


def test_the_command_writes_files_that_still_answer(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["query", "export", str(tmp_path)])
    assert result.exit_code == 0, result.output
    paths = sorted((tmp_path / "grlc").glob("*.rq"), key=lambda path: path.stem)
    assert [path.stem for path in paths] == sorted(load_queries())
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("#+ summary: ")
        assert list(ox.Store().query(text)) == []  # type: ignore[arg-type]  # reason: SELECT only

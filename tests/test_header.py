"""What a report says of itself: one opening a line, from titled pages, untitled texts, departments, towns and ministries."""

import pytest

from kg.divisions import load_register
from kg.header import identify_report
from kg.read import read_bytes
from kg.segment import segment_text
from tests.conftest import DIVISIONS
from tests.test_cases import read_cases

FIELDS = ("division", "issuer", "level", "year", "published", "signed")


@pytest.mark.parametrize("line", read_cases("headers"))
def test_headers(line: str) -> None:
    text, wanted = line.split(" ‖ ")
    source = read_bytes(text.replace("⏎", "\n").encode(), "opening.txt")
    header = identify_report(source, segment_text(source.text), load_register(DIVISIONS))
    division = header.division.name if header.division is not None else None
    got = (division, header.issuer, header.level, header.year, header.published, header.signed)
    assert dict(zip(FIELDS, ["-" if value is None else str(value) for value in got], strict=True)) == dict(
        zip(FIELDS, [part.strip() for part in wanted.split("|")], strict=True)
    )

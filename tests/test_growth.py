"""The work of extraction grows with the length of the text, whatever the text: each awkward text four times as long runs less than five times as many lines of Python.

Lines are counted, since they are the same on every machine; what patterns do within a line is timed by `make bench` on the same texts.
"""

import sys
from types import FrameType
from typing import Any

import pytest

from benchmarks.awkward import AWKWARD, awkward_text
from kg.pipeline import extract_bytes


def lines_run(piece: str, characters: int) -> int:
    """Count the lines of Python that an extraction runs."""
    count = 0

    def tick(_frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal count
        count += event == "line"
        return tick

    data, before = awkward_text(piece, characters), sys.gettrace()
    sys.settrace(tick)
    try:
        extract_bytes(data, "awkward.txt")
    finally:
        sys.settrace(before)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("piece", AWKWARD)
def test_grows_with_the_text(piece: str) -> None:
    lines_run(piece, 500)  # fills the caches
    assert lines_run(piece, 8_000) < 5 * lines_run(piece, 2_000)

"""What must hold for every text: spans slice back, sentences tile, figures are accounted for, numerals round-trip, same bytes twice."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.divisions import Register
from kg.extract.figures import account_figures
from kg.lexicon import fold
from kg.numerals import parse_arabic, parse_chinese, parse_number
from kg.pipeline import extract_bytes
from kg.record import LISTS, dumps, to_json
from kg.segment import segment_text
from kg.triples import quads_of
from kg.vocab import body_iri, fact_iri, graph_iri, passage_iri, report_iri, report_keys, report_of
from tests.conftest import DIVISIONS

PIECES = st.sampled_from(
    [
        "2025年",
        "审结行政复议案件",
        "333件",
        "、",
        ",",
        ",",
        "。",
        "\n",
        "一、",
        "(一)",
        "加强领导",
        "市司法局",
        "“综合查一次”",
        "《条例》",
        "20212025年",
        "近百场",
        "三分之二",
        "万",
        "99.3%",
        "12345热线",
        "由",
        "3-5项",
        "第三次",
        "１２",
        "1,234",
        " ",
        "零",
        "：",
        "不足",
        "下一步",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)
_DIGITS = "零一二三四五六七八九"


def spell(number: int) -> str:
    """Write a whole number below 10^8 in Chinese, plainly."""
    if number >= 10000:
        head, tail = divmod(number, 10000)
        return spell(head) + "万" + (("零" if tail < 1000 else "") + spell(tail) if tail else "")
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return out or "零"


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert parse_chinese(spell(number)) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_separators(number: int) -> None:
    assert parse_arabic(f"{number:,}") == number
    assert parse_number(f"{number}") == number


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_digit_is_accounted_for_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    figures, quantities = account_figures(folded)
    covered = [at for f in figures for at in range(f.start, f.end)]
    assert len(covered) == len(set(covered))
    assert {at for at, char in enumerate(folded) if char in "0123456789"} <= set(covered)
    assert all(0 <= q.start < q.end <= len(text) for q in quantities)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_sentences_do_not_overlap_and_lose_no_prose(text: str) -> None:
    layout = segment_text(text)
    spans = [(s.start, s.end) for s in layout.sentences]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    end = layout.signature[0] if layout.signature is not None else len(text)
    inside = {at for start, stop in spans for at in range(start, stop)}
    lost = [text[at] for at in range(layout.header_end, end) if at not in inside and not text[at].isspace()]
    assert lost == []


def test_samples_slice_back_and_repeat(sample_files: list[Path], register: Register) -> None:
    for path in sample_files:
        data = path.read_bytes()
        first, second = (extract_bytes(data, path.name, DIVISIONS) for _ in range(2))
        assert dumps(first) == dumps(second)
        assert quads_of(first, register) == quads_of(second, register)
        record = to_json(first)
        for name in LISTS:
            for item in record[name]:
                if "text" in item:
                    assert record["text"][item["start"] : item["end"]] == item["text"], (path.name, name)


def test_two_processes_write_the_same_bytes(sample_files: list[Path]) -> None:
    """Hash seeds differ between processes; nothing that is written may depend on the order of a set."""
    written = set()
    for seed in ("1", "2"):
        command = [
            sys.executable,
            "-m",
            "kg.cli",
            "extract",
            str(sample_files[0]),
            "--format",
            "json",
            "--divisions",
            str(sample_files[0].parent / "divisions.csv"),
        ]
        done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        written.add(done.stdout)
    assert len(written) == 1


@given(
    st.sampled_from(["990121", "unknown-abc"]),
    st.sampled_from(["people-government", "township-street"]),
    st.one_of(st.none(), st.text("溪口镇2025/# %", min_size=1)),
    st.one_of(st.none(), st.integers(1990, 2100)),
)
def test_the_name_of_a_report_is_read_back(division: str, kind: str, name: str | None, year: int | None) -> None:
    report = report_iri(body_iri(division, kind, name), year)
    for iri in (report, graph_iri(report), passage_iri(report, 3, 9), fact_iri(report, "measure", 3, 9)):
        keys = report_keys(iri)
        assert keys is not None
        assert (keys.division, keys.type, keys.name is not None, keys.year) == (division, kind, name is not None, year)
        assert report_of(iri) == report
    assert report_keys(body_iri(division, kind, name)) is None

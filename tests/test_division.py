"""kg division: names, years and contexts; several places are told apart by their parents, nothing is guessed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def division(*args: str) -> Result:
    return CliRunner().invoke(main, ["division", *args])


def codes(*args: str) -> list[str]:
    return [row["code"] for row in json.loads(division(*args, "--format", "json").stdout)]


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        (("济源市", "--year", "2025"), ["419001"]),
        (("济源市", "--year", "1992"), ["410881"]),
        (("济源",), ["419001"]),
        (("朝阳区", "--in", "北京市"), ["110105"]),
        (("朝阳区",), ["110105", "220104"]),
        (("鼓楼区",), ["320106", "320302", "350102", "410204"]),
        (("鼓楼区", "--in", "福州市"), ["350102"]),
        (("海南区",), ["150303"]),
        (("海南省",), ["460000"]),
        (("襄樊市",), ["420600"]),
        (("襄阳市", "--year", "2015"), ["420600"]),
        (("栾城县", "--year", "2010"), ["130124"]),
        (("济源产城融合示范区",), ["419001"]),
    ],
)
def test_codes(args: tuple[str, ...], wanted: list[str]) -> None:
    assert codes(*args) == wanted


def test_several_places_are_listed_with_their_parents() -> None:
    result = division("鼓楼区")
    assert result.exit_code == 1
    assert all(parent in result.stdout for parent in ("南京市", "徐州市", "福州市", "开封市"))


def test_years_successors_and_names() -> None:
    luancheng = json.loads(division("栾城县", "--year", "2010", "--format", "json").stdout)[0]
    assert (luancheng["since"], luancheng["until"]) == (1986, 2014)
    assert "栾城区 130111" in luancheng["successors"]
    assert "(部分 · part, 2001)" in luancheng["successors"]
    assert "襄阳市" in json.loads(division("襄樊市", "--format", "json").stdout)[0]["note"]
    assert "2024" in json.loads(division("济源市", "--year", "2030", "--format", "json").stdout)[0]["note"]


def test_unknown_names_get_the_nearest() -> None:
    result = division("济原市")
    assert result.exit_code == 2
    assert "济源市" in result.output
    assert division("鼓楼区", "--in", "朝阳区").exit_code == 2


def test_further_tables() -> None:
    assert codes("云泽市", "--divisions", str(SAMPLES / "divisions.csv")) == ["990100"]

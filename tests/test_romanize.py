"""English names of places: the table covers every division, names of other languages and readings that a dictionary would miss are right."""

import json

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.divisions import load_register
from kg.romanize import english_place

PLACES = {
    "云泽市": "Yunze City",
    "西安市": "Xi'an City",
    "六安市": "Lu'an City",
    "单县": "Shanxian County",
    "洪洞县": "Hongtong County",
    "番禺区": "Panyu District",
    "吕梁市": "Lüliang City",
    "重庆市": "Chongqing City",
    "陕西省": "Shaanxi Province",
    "内蒙古自治区": "Inner Mongolia Autonomous Region",
    "新疆维吾尔自治区": "Xinjiang Uygur Autonomous Region",
    "伊犁哈萨克自治州": "Ili Kazak Autonomous Prefecture",
    "恩施土家族苗族自治州": "Enshi Tujia Miao Autonomous Prefecture",
    "东乡族自治县": "Dongxiang Autonomous County",
    "兴安盟": "Hinggan League",
    "兴安县": "Xing'an County",
    "神农架林区": "Shennongjia Forestry District",
}


@pytest.mark.parametrize("name", PLACES)
def test_names(name: str) -> None:
    assert english_place(name) == PLACES[name]


@pytest.mark.parametrize("name", ["", "县", "市", "龘龘市", "某某办公室"])
def test_what_has_no_level_or_no_reading_has_no_name(name: str) -> None:
    assert english_place(name) is None


def test_every_division_has_one() -> None:
    names = {division.name for same in load_register().by_code.values() for division in same}
    without = sorted(name for name in names if english_place(name) is None)
    assert all(name.endswith(("岛", "海域", "镇")) for name in without), without
    assert len(without) < 10


def test_tables_in_english_name_places() -> None:
    row = json.loads(CliRunner().invoke(main, ["division", "济源市", "--format", "json"]).stdout)[0]
    assert row["english"] == "Jiyuan City"

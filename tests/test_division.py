"""kg division: names, years and contexts; several places are told apart by their parents, nothing is guessed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.divisions import LAST_YEAR, load_register
from kg.lookup import find_division

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


def test_every_county_level_name_resolves_in_its_own_years_or_lists_candidates() -> None:
    """Each name finds its own code in its first and last year: alone, else among candidates that are told apart by their parents."""
    register = load_register()
    counties = [d for divisions in register.by_code.values() for d in divisions if d.level == "county"]
    unique = parted = 0
    for county in counties:
        for year in {county.start, max(county.start, (county.end or LAST_YEAR + 1) - 1)}:
            found = find_division(register, county.name, year)
            assert found.basis == "own"
            mine = [d for d in found.divisions if d.code == county.code]
            assert len(mine) == 1, (county, year)
            parents = [tuple(p.name for p in register.parents(d)) for d in found.divisions]
            assert all(parents), (county, year)
            unique += len(found.divisions) == 1
            if len(found.divisions) > 1:
                parted += 1
                assert len(set(parents)) == len(parents), (county, year, parents)
                above = next((p for p in register.parents(county) if register.alive(p, year)), None)
                if above is not None:
                    assert [d.code for d in find_division(register, county.name, year, above.name).divisions] == [county.code], (county, year)
    print(f"{len(counties)} county-level forms: {unique} of {unique + parted} name-years mean one place, {parted} list candidates")
    assert unique > 0.9 * (unique + parted)


def test_partial_transfers_and_later_years_are_said() -> None:
    partial = [d for ds in load_register().by_code.values() for d in ds if any(year is not None for _, year in d.successors)]
    assert len(partial) > 100
    row = json.loads(division("崇文区", "--year", "2005", "--format", "json").stdout)[0]
    assert (row["code"], row["successors"]) == ("110103", "东城区 110101")
    assert "止于" in json.loads(division("朝阳区", "--in", "北京市", "--year", "2031", "--format", "json").stdout)[0]["note"]


@pytest.mark.parametrize(("zone", "wanted"), [("郑州高新技术产业开发区", "410100"), ("武汉东湖新技术开发区", "420100"), ("滨海新区", "120116")])
def test_zones_attach_to_their_division(zone: str, wanted: str) -> None:
    assert codes(zone) == [wanted]


@pytest.mark.parametrize(("name", "year", "said"), [("济源市", "1985", "尚未启用"), ("济源县", "2020", "已不用")])
def test_a_name_out_of_its_years_says_on_which_side(name: str, year: str, said: str) -> None:
    notes = [row["note"] for row in json.loads(division(name, "--year", year, "--format", "json").stdout)]
    assert notes
    assert all(said in note for note in notes)


def test_a_table_saved_by_excel_in_chinese_is_read(tmp_path: Path) -> None:
    table = SAMPLES.joinpath("divisions.csv").read_text(encoding="utf-8").replace("\n", "\r\n")
    for name, data in (("gbk.csv", table.encode("gb18030")), ("mark.csv", b"\xef\xbb\xbf" + table.encode())):
        (tmp_path / name).write_bytes(data)
        assert json.loads(division("云泽市", "--divisions", str(tmp_path / name), "--format", "json").stdout)[0]["code"] == "990100"
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xff")
    wrong = division("云泽市", "--divisions", str(tmp_path / "picture.csv"))
    assert (wrong.exit_code, "GB18030" in wrong.stderr) == (3, True)

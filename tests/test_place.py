"""The option --place: it helps where a text leaves the place open, gives way where the text names one, and is told."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import UsageError
from kg.ingest import Options, Way, ingest_files
from kg.ingest.run import AS_USUAL
from kg.lookup import given_place
from kg.model import Header
from kg.pipeline import extract_bytes, identify_bytes, register_of
from kg.record import to_json
from kg.store import read_store
from tests.conftest import DIVISIONS

NAMESAKE = "代码,一级行政区,二级行政区,名称,级别,状态,启用时间,变更/弃用时间,新代码\n990202,澄川省,青榆市,东浦区,县级,在用,1981,,\n"
BODY = "坚持依法行政,加强规范性文件管理,推进行政执法规范化建设,开展法治宣传教育活动,化解矛盾纠纷,法治建设水平不断提升。" * 3


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The samples' places, of which 东浦区 now lies in two cities."""
    path = tmp_path_factory.mktemp("tables") / "namesake.csv"
    path.write_text(NAMESAKE, encoding="utf-8")
    return (*DIVISIONS, str(path))


def report(who: str, says: str = "") -> bytes:
    return f"{who}2024年度法治政府建设年度报告\n\n2024年,{says}{BODY}开展法治宣讲12场。\n\n2025年1月20日\n".encode()


def kg(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


def told(header: Header) -> tuple[str | None, str]:
    return (header.division.code if header.division is not None else None, header.division_basis)


@pytest.mark.parametrize(
    ("who", "says", "place", "wanted", "issuer"),
    [
        ("柳浦街道", "柳浦街道", "990102", ("990102", "given"), "柳浦街道办事处"),
        ("柳浦街道", "在区委区政府领导下,柳浦街道组织社区党委、政府部门", "云泽市东浦区", ("990102", "given"), "柳浦街道办事处"),
        ("云泽市柳浦街道", "", "990102", ("990102", "given"), "柳浦街道办事处"),
        ("教育局", "我局", "990102", ("990102", "given"), "东浦区教育局"),
        ("市教育局", "我局", "云泽市", ("990100", "given"), "云泽市教育局"),
        ("省教育厅", "我厅", "澄川省", ("990000", "given"), "澄川省教育厅"),
        ("高新技术产业开发区管委会", "", "云泽市", ("990100", "given"), "云泽市高新技术产业开发区管委会"),
        ("", "我县", "临溪县", ("990121", "given"), "临溪县人民政府"),
        ("东浦区", "我区", "云泽市", ("990102", "given"), "东浦区人民政府"),
        ("东浦区司法局", "我局", "青榆市", ("990202", "given"), "东浦区司法局"),
        ("临溪县柳浦镇", "", "云泽市", ("990121", "own"), "柳浦镇人民政府"),
    ],
)
def test_a_place_given_settles_what_the_text_leaves_open(
    who: str, says: str, place: str, wanted: tuple[str, str], issuer: str, tables: tuple[str, ...]
) -> None:
    header = identify_bytes(report(who, says), "t.txt", tables, place)
    assert (told(header), header.issuer, header.conflicts) == (wanted, issuer, ())
    assert [claim.field for claim in header.stated if claim.origin == "--place"] == (["division"] if wanted[1] == "given" else [])


@pytest.mark.parametrize(
    ("who", "says", "place"),
    [
        ("柳浦镇", "柳浦镇", "云泽市"),  # a town needs its county
        ("", "我镇", "990102"),  # a town without a name: two such would be taken for one
        ("市教育局", "我局", "990102"),  # the city's, not the district's
        ("东浦区教育局", "我局", "临溪县"),  # one of two, neither of which lies there
        ("云溪县教育局", "我局", "990102"),  # of a place that no table holds
        ("云溪县柳浦镇", "我镇", "990102"),
        ("国家税务总局云溪市税务局", "我局", "990102"),
        ("柳浦镇", "在区委、区政府领导下,柳浦镇", "临溪县"),
        ("云溪县", "我县", "临溪县"),
        ("青榆市柳浦街道", "", "990102"),
    ],
)
def test_what_a_place_given_does_not_settle_stays_open(who: str, says: str, place: str, tables: tuple[str, ...]) -> None:
    header = identify_bytes(report(who, says), "t.txt", tables, place)
    assert told(header)[0] is None
    assert [claim.value for claim in header.stated if claim.origin == "--place"] == [
        register_of(tables).full_name(division) for division in [register_of(tables, place).place] if division is not None
    ]


@pytest.mark.parametrize(
    ("who", "says", "place", "own"),
    [
        ("上岚县司法局", "我局", "临溪县", "990122"),
        ("青榆市东浦区司法局", "我局", "云泽市", "990202"),
        ("云泽市司法局", "我局在市委市政府领导下", "990102", "990100"),
        ("柳浦镇", "在上岚县委县政府领导下,柳浦镇", "临溪县", "990122"),
    ],
)
def test_the_text_decides_and_a_contradiction_is_told(who: str, says: str, place: str, own: str, tables: tuple[str, ...]) -> None:
    without, header = (identify_bytes(report(who, says), "t.txt", tables, each) for each in (None, place))
    register = register_of(tables, place)
    assert register.place is not None
    assert (told(header), header.issuer, header.iri) == ((own, "own"), without.issuer, without.iri)
    assert [(c.field, [(claim.value[:6], claim.origin) for claim in c.claims]) for c in header.conflicts] == [
        ("division", [(own, "text"), (register.place.code, "--place")])
    ]


def test_a_page_that_says_which_namesake_it_is_decides(tables: tuple[str, ...]) -> None:
    page = report("东浦区", "我区").replace(b"\n\n", "\n发布机构:青榆市东浦区人民政府 发布时间:2025-02-01\n\n".encode(), 1)
    header = identify_bytes(page, "t.txt", tables, "云泽市")
    assert (told(header), len(header.conflicts)) == (("990202", "own"), 1)


def test_where_the_text_settles_it_the_record_is_the_same(tables: tuple[str, ...]) -> None:
    data = report("临溪县司法局", "我局")
    assert to_json(extract_bytes(data, "t.txt", tables)) == to_json(extract_bytes(data, "t.txt", tables, "云泽市"))


@pytest.mark.parametrize(("said", "code"), [("990102", "990102"), ("云泽", "990100"), ("澄川省云泽市东浦区", "990102"), ("青榆市 东浦区", "990202")])
def test_a_place_is_given_by_code_name_or_names_from_above(said: str, code: str, tables: tuple[str, ...]) -> None:
    assert given_place(register_of(tables), said) == code


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("东浦区", "990102 澄川省云泽市东浦区、990202 澄川省青榆市东浦区"),
        ("临溪区", "990121"),
        ("990123", "990122"),
        ("990102001", "990102"),
        ("青榆市临溪县", "990121"),
        ("", "--place"),
    ],
)
def test_a_wrong_or_ambiguous_place_names_the_nearest(said: str, near: str, tables: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match=near):
        register_of(tables, said)


@pytest.mark.parametrize("command", [("extract",), ("explain",), ("validate",), ("scorecard",), ("page", "-o", "p.html"), ("ingest", "--store", "s")])
def test_commands_that_read_texts_refuse_a_wrong_place(command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.txt").write_bytes(report("柳浦街道"))
    result = kg(*command, "t.txt", "--place", "火星区")
    assert (result.exit_code, "火星区" in result.stderr, "nor its name" in result.stderr) == (2, True, True)
    assert [path.name for path in tmp_path.iterdir()] == ["t.txt"]


def test_ingest_with_a_place(tmp_path: Path, tables: tuple[str, ...]) -> None:
    files = [tmp_path / "柳浦.txt", tmp_path / "上岚.txt", tmp_path / "东浦.txt"]
    for path, who in zip(files, ("柳浦街道", "上岚县司法局", "东浦区司法局"), strict=True):
        path.write_bytes(report(who, "我局" if "局" in who else who))

    def states(place: str | None, way: Way = AS_USUAL) -> list[str]:
        return [each.state for each in ingest_files(files, tmp_path / "store", Options(tables, place=place), lambda: b"", way)]

    assert states(None) == ["quarantined", "in", "quarantined"]
    assert states("990102", Way(dry_run=True)) == ["in", "in", "in"]
    assert states("990102", Way("process", 2)) == ["in", "in", "in"]  # 上岚's graph now tells the contradiction
    assert states("云泽市东浦区") == ["unchanged"] * 3
    graphs = "\n".join(read_store(tmp_path / "store").dump_lines())
    assert ('divisionBasis> "given"' in graphs, "990122 澄川省云泽市上岚县 (text) ≠ 990102 澄川省云泽市东浦区 (--place)" in graphs) == (True, True)
    assert states("990202") == ["in", "in", "in"]  # the town and the bureau of another district, told of another contradiction


def test_extract_and_validate_tell_it(tmp_path: Path) -> None:
    (tmp_path / "town.txt").write_bytes(report("柳浦街道"))
    (tmp_path / "other.txt").write_bytes(report("上岚县司法局", "我局"))
    place = ("--divisions", DIVISIONS[0], "--place", "990102")
    assert "东浦区 990102 市辖区,据 --place" in kg("extract", str(tmp_path / "town.txt"), *place).stdout
    assert "what it names decides: 990122 澄川省云泽市上岚县 ≠ 990102 澄川省云泽市东浦区" in kg("extract", str(tmp_path / "other.txt"), *place).stderr
    found = [kg("validate", str(tmp_path / name), *place, "--lang", "en").stdout for name in ("town.txt", "other.txt")]
    assert ["disagree on the place: 990122" in each for each in found] == [False, True]


def test_what_is_held_back_names_the_option(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_bytes(report("柳浦街道", "柳浦街道"))
    options = (str(tmp_path / "t.txt"), "--divisions", DIVISIONS[0], "--executor", "serial", "--store", str(tmp_path / "s"))
    assert "say by --place in which county" in kg("ingest", *options).stdout
    assert "990100 澄川省云泽市, does not settle it" in kg("ingest", *options, "--place", "云泽市").stdout
    done = kg("ingest", *options, "--place", "东浦区")
    assert (done.exit_code, "入库" in done.stdout) == (0, True)
    checked = kg("validate", str(tmp_path / "t.txt"), "--divisions", DIVISIONS[0], "--place", "上岚县", "--format", "json")
    assert (checked.exit_code, "no division" not in checked.stdout) == (0, True)

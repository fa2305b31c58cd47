"""Bodies: body type × division; official names by level and era, aliases recognised, and who stands under whom."""

import pytest

from kg.divisions import Register
from kg.extract.bodies import find_bodies
from kg.lexicon import fold
from kg.ontology import load_concepts
from kg.pipeline import extract_bytes
from kg.place import body_type, make_place, official_name
from kg.triples import quads_of
from kg.vocab import ORG, body_iri
from tests.conftest import DIVISIONS, ROOT


@pytest.mark.parametrize(
    ("kind", "code", "name"),
    [
        ("judicial-administration", "410000", "河南省司法厅"),
        ("judicial-administration", "410100", "郑州市司法局"),
        ("judicial-administration", "110000", "北京市司法局"),
        ("judicial-administration", None, "司法部"),
        ("development-reform", "410100", "郑州市发展和改革委员会"),
        ("party-committee", "410100", "中共郑州市委"),
        ("law-based-governance-commission", "450000", "中共广西壮族自治区委员会全面依法治区委员会"),
        ("people-court", "410100", "郑州市中级人民法院"),
        ("government-legal-affairs-office", "410100", "郑州市人民政府法制办公室"),
        ("industry-commerce-administration", "410100", "郑州市工商行政管理局"),
        ("industry-commerce-administration", None, "国家工商行政管理总局"),
    ],
)
def test_official_names(register: Register, kind: str, code: str | None, name: str) -> None:
    assert official_name(body_type(kind), register.get(code) if code is not None else None) == name


@pytest.mark.parametrize(
    ("words", "kind", "follows"),
    [
        ("市法制办", "government-legal-affairs-office", "judicial-administration"),
        ("市工商局", "industry-commerce-administration", "market-regulation"),
        ("市质监局", "quality-technical-supervision", "market-regulation"),
        ("市食药监局", "food-drug-supervision", "market-regulation"),
        ("市国土资源局", "land-resources", "natural-resources"),
        ("市安监局", "safety-supervision", "emergency-management"),
        ("市环保局", "environmental-protection", "ecology-environment"),
    ],
)
def test_bodies_of_before_the_reform_are_types_of_their_own(register: Register, words: str, kind: str, follows: str) -> None:
    (found,) = find_bodies(fold(f"{words}审查文件86件"), make_place(register, register.get("990100"), 2016))
    assert found.type == kind
    concept = load_concepts()["body-type"][kind]
    assert 2014 <= int(concept.value("until") or 0) <= 2024
    assert follows in load_concepts()["body-type"]


def test_graphs_say_who_stands_under_whom(register: Register) -> None:
    path = ROOT / "samples" / "990100-2025.txt"
    lines = quads_of(extract_bytes(path.read_bytes(), path.name, DIVISIONS), register)
    below = {tuple(line.split(" ")[:3]) for line in lines if f"<{ORG}subOrganizationOf>" in line}
    office, government = (f"<{body_iri('990100', kind)}>" for kind in ("judicial-administration", "people-government"))
    assert (office, f"<{ORG}subOrganizationOf>", government) in below
    assert all(lower != upper for lower, _, upper in below)


def test_a_departments_report_speaks_of_the_same_department_above(register: Register) -> None:
    text = "郑州市农业农村局2023年度法治政府建设情况报告\n\n一、主要举措和成效\n落实省厅工作部署,报送统计资料5份。" + "各项任务按期完成。" * 12
    bodies = extract_bytes(text.encode(), "report.txt").bodies
    assert ("省厅", "河南省农业农村厅") in [(text[b.start : b.end], b.name) for b in bodies]


@pytest.mark.parametrize(
    ("issuer", "words", "name"),
    [
        ("云泽市司法局", "局法治建设领导小组", "云泽市司法局法治建设领导小组"),
        ("云泽市司法局", "局长办公会", "云泽市司法局局长办公会"),
        ("云泽市司法局", "局党组", "中共云泽市司法局党组"),
        ("溪口镇人民政府", "溪口镇党委", "中共溪口镇党委"),
        ("溪口镇人民政府", "党政联席会议", "溪口镇党政联席会议"),
        ("溪口镇人民政府", "镇党委", "中共溪口镇党委"),
        ("溪口镇人民政府", "镇人民政府", "溪口镇人民政府"),
        ("溪口镇人民政府", "综合行政执法队", "溪口镇综合行政执法队"),
        ("溪口镇人民政府", "平安办、司法所", "溪口镇司法所"),
        ("溪口街道办事处", "街道", "溪口街道办事处"),
        ("溪口街道办事处", "街道办", "溪口街道办事处"),
        ("溪口街道办事处", "街道综治中心", "溪口街道综治中心"),
        ("云泽经济技术开发区管委会", "管委会", "云泽经济技术开发区管委会"),
        ("云泽经济技术开发区管委会", "党工委", "中共云泽经济技术开发区工作委员会"),
        ("云泽经济技术开发区管委会", "综合执法大队", "云泽经济技术开发区综合执法大队"),
        ("云泽市司法局", "司法所", "云泽市司法所"),
    ],
)
def test_the_inner_bodies_of_an_issuer_bear_its_name_once(issuer: str, words: str, name: str) -> None:
    text = f"{issuer}2024年法治政府建设情况报告\n\n一、主要举措和成效\n{words}专题研究法治工作3次。" + "各项任务按期完成。" * 12
    bodies = extract_bytes(text.encode(), "report.txt", DIVISIONS).bodies
    assert name in [b.name for b in bodies if words.endswith(text[b.start : b.end])]

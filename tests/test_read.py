"""Readers: encodings, the templates of government sites, tables, numbers of lists, and files that mean harm."""

import io
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError, KgError, LimitError
from kg.ingest.inputs import collect_inputs, read_input
from kg.pipeline import extract_bytes, identify_bytes
from kg.read import read_bytes
from kg.read.layout import Line, Page, join_pages
from tests import render

TITLE = "云泽市人民政府2025年度法治政府建设情况报告"
BODY = [
    "2025年,云泽市人民政府扎实推进法治政府建设,现将有关情况报告如下。",
    "一、主要举措",
    "全年办结“行政复议”案件128件,调解成功64件,举办讲座12场。",
    "二、存在不足",
    "执法力量还不均衡,个别单位办案质量不高,需要进一步改进。",
]
TEXT = "\n".join([TITLE, *BODY]) + "\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_plain_text_of_any_encoding(encoding: str) -> None:
    source = read_bytes(TEXT.encode(encoding), "r.txt")
    assert source.text == TEXT
    assert source.encoding is not None


def test_big5_and_a_broken_byte() -> None:
    text = "二〇二五年度法治政府建設情況報告。全年辦結行政復議案件一百二十八件,群眾滿意。\n" * 5
    source = read_bytes(text.encode("big5hkscs"), "r.txt")
    assert (source.text, source.encoding) == (text, "big5hkscs")
    data = bytearray((TEXT * 10).encode())
    data[700] = 0xFF
    assert read_bytes(bytes(data), "r.txt").text.count("\ufffd") <= 3


TEMPLATES = {
    "trs": '<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2026-01-05 09:00"></head><body><div class="nav"><a>首页</a></div><div class="main"><div class="TRS_Editor">{body}</div></div>',
    "ucap": '</head><body><div id="header"><a href="/">首页</a></div><h1>{title}</h1><p>发布时间:2026-01-05 来源:市司法局</p><div id="UCAP-CONTENT">{body}</div>',
    "zoom": '</head><body><table class="xxgk"><tr><td>索 引 号:</td><td>YZ-0001</td><td>发文字号:</td><td>云政〔2026〕3号</td></tr><tr><td>成文日期:</td><td>2026年1月3日</td><td>发布日期:</td><td>2026-01-05</td></tr></table><h2>{title}</h2><div id="zoom">{body}</div>',
    "bare": "</head><body><div><div><div><h1>{title}</h1><span>日期:2026-01-05</span><div>{body}</div></div></div></div>",
    "nested": '</head><body><div class="content"><div class="left"><h2>{title}</h2><p>时间:2026-01-05</p><div class="article_content">{body}</div></div><div class="right">{side}</div></div>',
    "vsb": '</head><body><form name="_newscontent_fromname"><div align="center"><h1>{title}</h1><div>发布日期:2026-01-05 点击:9</div></div><div id="vsb_content" class="v_news_content">{body}</div><p>上一条:<a href="/x">东浦区人民政府2019年度法治政府建设情况报告</a></p></form>',
    "links": '</head><body><h1>{title}</h1><p>发布日期:2026-01-05</p><div class="article">{body}<p>相关链接</p><ul><li><a href="/a">东浦区2019年度法治政府建设情况报告</a></li><li><a href="/b">上岚县2018年度法治政府建设情况报告</a></li></ul></div>',
}


@pytest.mark.parametrize("style", ["p", "br"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_of_government_sites(name: str, style: str) -> None:
    body = "<br>".join(BODY) if style == "br" else "".join(f"<p><span>{line[:5]}</span>{line[5:]}</p>" for line in BODY)
    page = f"<html><head><title>门户</title>{TEMPLATES[name]}{render.FOOT}</body></html>".format(title=TITLE, body=body, side=render.SIDE)
    source = read_bytes(page.encode(), "p.html")
    lines = source.text.splitlines()
    assert lines[-len(BODY) :] == BODY
    for furniture in ("首页", "上岚县", "东浦区", "备案号", "9901000001", "相关"):
        assert furniture not in source.text
    longer = page.replace(BODY[2][:6], "再接再厉,依法行政。" * 12 + BODY[2][:6]).replace(
        BODY[2][:5] + "</span>", BODY[2][:5] + "再接再厉,依法行政。" * 12 + "</span>"
    )
    header = identify_bytes(longer.encode(), "p.html")
    assert (header.title, header.published, header.year) == (TITLE, "2026-01-05", 2025)


def test_label_tables_and_conflicts() -> None:
    body = "".join(f"<p>{line}</p>" for line in [*BODY, "再接再厉,依法行政。" * 12])
    page = "<html><head>" + TEMPLATES["zoom"].format(title=TITLE, body=body) + "</body></html>"
    stated = {(c.field, c.value) for c in identify_bytes(page.encode(), "p.html").stated}
    assert {("index_number", "YZ-0001"), ("document_number", "云政〔2026〕3号"), ("signed", "2026-01-03"), ("published", "2026-01-05")} <= stated
    twice = page.replace("<head>", '<head><meta name="PubDate" content="2026-02-05">').replace("<p>2025年,", "<p>2024年,")
    conflicts = {c.field: {claim.value for claim in c.claims} for c in identify_bytes(twice.encode(), "p.html").conflicts}
    assert conflicts == {"published": {"2026-01-05", "2026-02-05"}, "year": {"2025", "2024"}}


def test_tables_stay_in_place() -> None:
    rows = [["项目", "数量"], ["行政复议", "128件"]]
    table = "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"
    page = f"<html><body><div id='zoom'><p>{BODY[0]}</p>{table}<p>{BODY[2]}</p></div></body></html>"
    assert read_bytes(page.encode(), "p.html").text.splitlines() == [BODY[0], "项目 数量", "行政复议 128件", BODY[2]]
    document, out = Document(), io.BytesIO()
    document.add_paragraph(BODY[0])
    cells = document.add_table(rows=2, cols=2)
    for n, row in enumerate(rows):
        for m, cell in enumerate(row):
            cells.cell(n, m).text = cell
    document.add_paragraph(BODY[2])
    document.save(out)
    assert read_bytes(out.getvalue(), "r.docx").text.splitlines() == [BODY[0], "项目 数量", "行政复议 128件", BODY[2]]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return out.getvalue()


def test_word_numbers_and_revisions() -> None:
    numbered = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    revised = "<w:p><w:r><w:t>办结案件</w:t></w:r><w:del><w:r><w:delText>99</w:delText></w:r></w:del><w:ins><w:r><w:t>128</w:t></w:r></w:ins><w:r><w:t>件。</w:t></w:r></w:p>"
    document = f"<w:document {W}><w:body>{numbered.format('主要举措')}{revised}{numbered.format('存在不足')}</w:body></w:document>"
    numbering = f'<w:numbering {W}><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
    data = packed({"word/document.xml": document, "word/numbering.xml": numbering})
    assert read_bytes(data, "r.docx").text == "一、主要举措\n办结案件128件。\n二、存在不足\n"


def test_paragraphs_are_rebuilt_across_lines_and_pages() -> None:
    def line(text: str, top: float, indent: int = 0) -> Line:
        return Line(text, 50 + 12 * indent, 50 + 12 * (indent + len(text)), top, 12)

    first = "二〇二五年,云泽市人民政府扎实推进法治政府建设,各项工作"
    pages = [
        Page(
            800, (line("法治年报", 30, 12), line(first, 400, 2), line("取得新的进展,群众的获得感不断增强,营商环境持续优化,全年", 420), line("— 1 —", 780, 14))
        ),
        Page(800, (line("法治年报", 30, 12), line("办结案件128件。", 100), line("二、存在不足", 120, 2), line("— 2 —", 780, 14))),
    ]
    text, starts = join_pages(pages)
    assert text == first + "取得新的进展,群众的获得感不断增强,营商环境持续优化,全年办结案件128件。\n二、存在不足\n"
    assert [text[start : start + 2] for start in starts] == ["二〇", "办结"]


BOMB = zlib.compress(b"\0" * (300 << 20), 9)
PDF = b"%PDF-1.4\n1 0 obj\n<< /Length 9 /Filter /FlateDecode >>\nstream\n" + BOMB + b"\nendstream\nendobj\n"
HOSTILE: dict[str, tuple[bytes, type[KgError]]] = {
    "bomb.docx": (packed({"word/document.xml": b"<a>" + b" " * (60 << 20) + b"</a>"}), LimitError),
    "sum.docx": (packed({"word/document.xml": b"<a/>", **{f"x{n}": b"\0" * (60 << 20) for n in range(9)}}), LimitError),
    "bomb.pdf": (PDF, LimitError),
    "drawing.pdf": (b"%PDF-1.4\n1 0 obj\n<< /Length 9 >>\nstream\n" + b"0 0 m 1 1 l S\n" * 400_000 + b"\nendstream\nendobj\n", LimitError),
    "entities.docx": (packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "&d;&d;">]><a>&b;</a>'}), InputError),
    "external.ofd": (packed({"OFD.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}), InputError),
    "wide.docx": (packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")}), InputError),
    "deep.docx": (packed({"word/document.xml": "<a>" * 100_000 + "</a>" * 100_000}), InputError),
    "names.ofd": (packed({"../../OFD.xml": "<a/>", "/etc/passwd": "x"}), InputError),
    "outside.ofd": (packed({"OFD.xml": "<OFD><DocRoot>../../../etc/passwd</DocRoot></OFD>"}), InputError),
    "cut.docx": (packed({"word/document.xml": "<a/>"})[:60], InputError),
    "noise.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 40, InputError),
    "noise.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, InputError),
    "empty.html": (b"<html></html>", InputError),
    "zeros.txt": (b"\0" * 5000, InputError),
    "tags.html": (b"<html><p>" + b"<b>" * 700_000, LimitError),
    "sheet.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 9, InputError),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_clearly(name: str) -> None:
    data, error = HOSTILE[name]
    with pytest.raises(error) as caught:
        extract_bytes(data, name)
    assert str(caught.value).startswith(name)
    assert "· " in str(caught.value)


@pytest.mark.parametrize("depth", [300, 5000, 60_000])
def test_deep_nesting_loses_no_text(depth: int) -> None:
    page = "<html><body>" + "<div>" * depth + "".join(f"<p>{line}</p>" for line in BODY) + "</div>" * depth + "</body></html>"
    assert read_bytes(page.encode(), "p.html").text.splitlines() == BODY


@pytest.mark.parametrize(
    "piece", ["一、", "(一)", "1", "1,", "的", "、", "法治政府建设", "《", "“", "索引号:", " ", "2025年", "同比增长", "市", "委员会", "a.", "\n", "其中"]
)
def test_monotonous_text_takes_bounded_time(piece: str) -> None:
    text = TITLE + "\n" + "云泽市依法行政,办结案件128件,群众满意。" * 6 + "\n" + piece * (20_000 // len(piece)) + "。\n"
    began = time.process_time()
    extract_bytes(text.encode(), "r.txt")
    assert time.process_time() - began < 30, "a pattern counts its way through the text: on any machine this is a hundred times too long"


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "own.txt").write_text(TEXT, encoding="utf-8")
    assert [path.name for path in collect_inputs([str(tmp_path / "in")])] == ["own.txt"]


def test_a_device_does_not_fill_the_memory() -> None:
    with pytest.raises(LimitError):
        read_input(Path("/dev/zero"), lambda: b"")


SEEDS = [
    TEXT.encode(),
    TEXT.encode("gbk"),
    render.as_html(TEXT),
    render.as_mhtml(TEXT),
    render.as_docx(TEXT),
    render.as_ofd(TEXT),
    b"{\\rtf1 a}",
    b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 40_000), st.binary(max_size=6), st.integers(0, 60)), max_size=6),
    st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a.ofd", "a.png", "a.mht", "-"]),
)
def test_broken_files_give_facts_or_a_clear_refusal(seed: bytes, cuts: list[tuple[int, bytes, int]], name: str) -> None:
    data = seed
    for place, new, gone in cuts:
        at = place % (len(data) + 1)
        data = data[:at] + new + data[at + gone :]
    if data.lstrip().startswith((b"{\\rtf", b"\x89PNG")):
        return  # needs a program outside
    try:
        record = extract_bytes(data, name)
    except KgError:
        return
    for fact in (*record.observations, *record.bodies, *record.mechanisms):
        assert 0 <= fact.start < fact.end <= len(record.text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400).map(lambda text: "\n".join([TITLE, BODY[0], text, *BODY[2:] * 4])))
def test_any_text_is_extracted(text: str) -> None:
    record = extract_bytes(text.replace("\0", "").encode("utf-8", "replace"), "r.txt")
    assert sum(figure.role == "observation" for figure in record.figures) >= 1


def test_no_file_is_left_behind() -> None:
    before = set(Path(tempfile.gettempdir()).glob("kg-*"))
    with pytest.raises(KgError):
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 50, "r.doc")
    assert set(Path(tempfile.gettempdir()).glob("kg-*")) <= before

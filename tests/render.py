"""A report's text rendered as the files that governments publish: pages, documents, prints and scans."""

import base64
import html
import os
import quopri
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.shared import Pt

SIDE = """<div class="sidebar"><h3>相关阅读</h3><ul><li><a href="/a">上岚县人民政府2019年度法治政府建设情况报告</a><span>2020-03-01</span></li>
<li><a href="/b">东浦区人民政府2018年度法治政府建设情况报告</a><span>2019-03-11</span></li></ul></div>"""
NAV = """<div class="header"><a href="/">首页</a><a href="/z">政务公开</a><a href="/h">互动交流</a></div><div class="crumb">当前位置：<a href="/">首页</a>&gt;<a href="/f">年度报告</a></div>"""
FOOT = """<div class="bottom"><p>主办单位：某市人民政府办公室 网站标识码：9901000001</p><p>备案号：虚ICP备09999999号-1 虚公网安备99010002000123号 您是第8888888位访客</p></div>"""


def paragraphs(text: str) -> list[str]:
    """The lines that are not empty, blanks off."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def as_html(text: str, encoding: str = "utf-8", style: str = "p") -> bytes:
    """A page with navigation, a sidebar of other reports and a footer; `style` is p, br, nested or runs."""
    lines = [html.escape(line) for line in paragraphs(text)]
    if style == "br":
        body = "<br>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in lines)
    elif style == "runs":
        pieces = ([line[n : n + 3] for n in range(0, len(line), 3)] for line in paragraphs(text))
        body = "\n".join("<p>" + "".join(f"<span style='font-size:16pt'>{html.escape(piece)}</span>" for piece in line) + "</p>" for line in pieces)
    else:
        body = "\n".join(f"<p style='text-indent:2em'>{line}</p>" for line in lines)
    if style == "nested":
        body = "<div>" * 600 + body + "</div>" * 600
    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"><title>门户网站</title></head>
<body>{NAV}<table><tr><td><div class="TRS_Editor">{body}</div></td><td>{SIDE}</td></tr></table>{FOOT}</body></html>"""
    return page.encode(encoding)


def as_mhtml(text: str, browser: str = "blink") -> bytes:
    """A page saved in one file, as Chrome (blink) or Internet Explorer writes it, with a frame that is an advertisement."""
    advert = "<html><body><p>东浦市诚邀您参加年度评选活动,详情请见活动页面。</p></body></html>"
    if browser == "blink":
        head = 'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.org/a/b.html\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x--"\r\n\r\n'
        body, kind, packed = quopri.encodestring(as_html(text)), "text/html", "quoted-printable"
    else:
        head = 'From: "Saved by Windows Internet Explorer 8"\r\nSubject: =?gb2312?B?0NC?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="--x--"\r\n\r\nThis is a multi-part message in MIME format.\r\n'
        body, kind, packed = base64.encodebytes(as_html(text, "gbk")), 'text/html;\r\n\tcharset="gb2312"', "base64"
    parts = [(kind, packed, body), ("text/css", "8bit", b"p {}"), ("text/html", "quoted-printable", quopri.encodestring(advert.encode()))]
    written = [
        f"\r\n----x--\r\nContent-Type: {k}\r\nContent-Transfer-Encoding: {p}\r\nContent-Location: https://www.example.org/a/{n}.html\r\n\r\n".encode() + b
        for n, (k, p, b) in enumerate(parts)
    ]
    return head.encode() + b"".join(written) + b"\r\n----x----\r\n"


def as_docx(text: str) -> bytes:
    """A Word document; every paragraph in several runs."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部资料 2019年第7期"
    document.sections[0].footer.paragraphs[0].text = "第 1 页 共 9 页"
    for line in paragraphs(text):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(24)
        for start in range(0, len(line), 7):
            run = paragraph.add_run(line[start : start + 7])
            run.font.size = Pt(12)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def by_libreoffice(data: bytes, folder: Path, source: str, target: str) -> bytes:
    """Convert a document; `source` and `target` are endings."""
    program = shutil.which("soffice")
    assert program is not None
    (folder / f"r.{source}").write_bytes(data)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", target, "--outdir", str(folder)]
    subprocess.run([*command, str(folder / f"r.{source}")], check=True, capture_output=True, timeout=180)
    return (folder / f"r.{target}").read_bytes()


def by_weasyprint(text: str, size: int = 14, family: str = "Noto Serif CJK SC") -> bytes:
    """Print a page with a running head and page numbers; `size` in points (16 is that of official papers)."""
    from weasyprint import HTML

    lines = "".join(f"<p>{html.escape(line)}</p>" for line in paragraphs(text))
    style = """@page {size: A4; margin: 2.6cm; @top-center {content: "法治政府建设年度报告汇编"; font-size: 9pt} @bottom-center {content: "— " counter(page) " —"; font-size: 9pt}}
    body {font-family: "FAMILY", "Noto Sans CJK SC"; font-size: SIZEpt; line-height: 1.7; text-align: justify} p {text-indent: 2em; margin: 0}"""
    style = style.replace("FAMILY", family).replace("SIZE", str(size))
    return HTML(string=f"<html lang='zh-CN'><head><style>{style}</style></head><body>{lines}</body></html>").write_pdf()


def as_scan(pdf: bytes, folder: Path) -> bytes:
    """The pages of a PDF as a TIFF of 300 dots an inch, without any text."""
    from PIL import Image

    program = shutil.which("pdftoppm")
    assert program is not None
    (folder / "s.pdf").write_bytes(pdf)
    subprocess.run([program, "-r", "300", "-gray", "-png", str(folder / "s.pdf"), str(folder / "s")], check=True, capture_output=True)
    pages = [Image.open(path).convert("L") for path in sorted(folder.glob("s-*.png"))]
    out = BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw", dpi=(300, 300))
    return out.getvalue()


def as_ofd(text: str, width: int = 36, rows: int = 38) -> bytes:
    """An OFD in the form that office programs write: one text object a line, page numbers in objects of their own."""
    printed: list[tuple[float, str]] = []
    for line in paragraphs(text):
        indent = 2
        while line:
            room = width - indent
            printed.append((25.0 + 4.5 * indent, line[:room]))
            line, indent = line[room:], 0
    pages = [printed[n : n + rows] for n in range(0, len(printed), rows)]
    out, space = BytesIO(), 'xmlns:ofd="http://www.ofdspec.org/2016"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(
            "OFD.xml",
            f'<ofd:OFD {space} DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:Title>报告</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        )
        listed = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        target.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for number, page in enumerate(pages):
            items = [(x, 25.0 + 6.5 * row, line) for row, (x, line) in enumerate(page)] + [(98.0, 283.0, f"— {number + 1} —")]
            objects = "".join(
                f'<ofd:TextObject Boundary="{x} {y} 170 5" Size="4.5" Font="1"><ofd:TextCode X="0" Y="4" DeltaX="g {len(line)} 4.5">{html.escape(line)}</ofd:TextCode></ofd:TextObject>'
                for x, y, line in items
            )
            target.writestr(
                f"Doc_0/Pages/Page_{number}/Content.xml", f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
            )
    return out.getvalue()


def as_scanned_ofd(scan: bytes, form: str = "PNG") -> bytes:
    """The pages of a TIFF as an OFD of pictures (PNG or JB2), each cut into an upper and a lower one."""
    from PIL import Image, ImageSequence

    from tests.jbig2 import as_jbig2

    out, space = BytesIO(), 'xmlns:ofd="http://www.ofdspec.org/2016"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target, Image.open(BytesIO(scan)) as picture:
        media, places = [], []
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            middle, objects = frame.height // 2, []
            for part, (top, bottom) in enumerate(((0, middle), (middle, frame.height))):
                piece, name, cut = BytesIO(), f"Image_{2 * number + part}.{form.lower()}", frame.crop((0, top, frame.width, bottom))
                cut.save(piece, "PNG")
                target.writestr(f"Doc_0/Res/{name}", piece.getvalue() if form == "PNG" else as_jbig2(cut))
                media.append(
                    f'<ofd:MultiMedia ID="{100 + 2 * number + part}" Type="Image" Format="{form}"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
                )
                objects.insert(0, f'<ofd:ImageObject Boundary="0 {148.5 * part} 210 148.5" ResourceID="{100 + 2 * number + part}"/>')
            places.append(f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/Page_{number}/Content.xml"/>')
            target.writestr(
                f"Doc_0/Pages/Page_{number}/Content.xml", f"<ofd:Page {space}><ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
            )
        target.writestr("OFD.xml", f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")
        target.writestr("Doc_0/DocumentRes.xml", f'<ofd:Res {space} BaseLoc="Res"><ofd:MultiMedias>{"".join(media)}</ofd:MultiMedias></ofd:Res>')
        target.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>{''.join(places)}</ofd:Pages></ofd:Document>",
        )
    return out.getvalue()


def has_programs(*names: str) -> bool:
    """Whether all these programs are on the path."""
    return all(shutil.which(name) is not None for name in names) and os.name == "posix"


Table = list[list[str]]
"""Rows of cells; LEFT stands where a cell is merged with the one before it, UP where with the one above."""
LEFT, UP = "<", "^"


def as_docx_with_table(before: str, table: Table, after: str) -> bytes:
    """A Word document with a ruled table between two texts."""
    document = Document()
    for line in paragraphs(before):
        document.add_paragraph(line)
    grid = document.add_table(len(table), len(table[0]))
    grid.style = "Table Grid"
    cells = [(n, m, text) for n, row in enumerate(table) for m, text in enumerate(row)]
    for n, m, text in cells:
        grid.cell(n, m).text = "" if text in (LEFT, UP) else text
    for n, m, text in cells:
        if text in (LEFT, UP):
            grid.cell(n - (text == UP), m - (text == LEFT)).merge(grid.cell(n, m))
    for line in paragraphs(after):
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_page_with_table(before: str, table: Table, after: str) -> str:
    """A web page with a ruled table between two texts."""
    rows = ""
    for n, row in enumerate(table):
        rows += "<tr>"
        for m, text in enumerate(row):
            if text not in (LEFT, UP):
                over = next((k for k in range(m + 1, len(row)) if row[k] != LEFT), len(row)) - m
                down = next((k for k in range(n + 1, len(table)) if table[k][m] != UP), len(table)) - n
                rows += f"<td colspan={over} rowspan={down}>{html.escape(text)}</td>"
        rows += "</tr>"
    lines = ["".join(f"<p>{html.escape(line)}</p>" for line in paragraphs(text)) for text in (before, after)]
    style = "@page {size: A4; margin: 2.6cm} body {font-family: 'Noto Serif CJK SC', 'Noto Sans CJK SC'} table {border-collapse: collapse; width: 100%} td {border: 1px solid black}"
    return f"<html lang='zh-CN'><head><meta charset='utf-8'><style>{style}</style></head><body>{lines[0]}<table>{rows}</table>{lines[1]}</body></html>"


def print_page(page: str) -> bytes:
    """Print a web page as a PDF."""
    from weasyprint import HTML

    return HTML(string=page).write_pdf()

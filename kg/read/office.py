"""DOC, WPS, RTF, ODT and UOF → Source, by a program that is installed: antiword for Word's old format, LibreOffice for the others.

Both run in a folder of their own that is removed afterwards, with a time limit; the input's name is never used for a file.
"""

import hashlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError, LimitError
from kg.model import Source
from kg.read.docx import read_docx
from kg.read.foreign import LOCKED, no_report

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_SECONDS = 120
_WORD, _LOCKED = "WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
_OTHERS = {"Workbook": "Excel", "PowerPoint Document": "PowerPoint"}


@dataclass(frozen=True, slots=True)
class Form:
    """A format: its ending, its media type, and the name of LibreOffice's filter, given so that nothing else is taken for text."""

    ending: str
    media_type: str
    filter: str


DOC = Form("doc", "application/msword", "MS Word 97")
_FORMS: tuple[tuple[Callable[[bytes], bool], Form], ...] = (
    (lambda data: data.startswith(OLE), DOC),
    (lambda data: data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"), Form("rtf", "application/rtf", "Rich Text Format")),
    (lambda data: b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:120], Form("odt", "application/vnd.oasis.opendocument.text", "writer8")),
    (
        lambda data: re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}\?>\s*<uof:UOF\b", data[:600]) is not None,
        Form("uot", "application/vnd.uof.text", "UOF text"),
    ),
)


def office_form(data: bytes) -> Form | None:
    """Name the office format of bytes by how they begin."""
    return next((form for fits, form in _FORMS if fits(data)), None)


def read_office(data: bytes, name: str) -> Source:
    """Read a DOC, WPS, RTF, ODT or UOF file; raises InputError where no program here can."""
    form = office_form(data)
    if form is None:
        raise InputError(f"{name}: 内容与扩展名不符或已损坏 · damaged, or not what its ending says")
    if form is DOC and _WORD not in data:
        raise InputError(f"{name}: {_other(data)}")
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        converted = _by_libreoffice(data, form, Path(folder), name)
        if converted is not None:
            return replace(read_docx(converted, name), media_type=form.media_type)
        text = _by_antiword(data, Path(folder), name) if form is DOC else None
    if text is None:
        raise InputError(f"{name}: {_unread(form)}")
    return Source(text, name, hashlib.sha256(text.encode()).hexdigest(), form.media_type)


def _other(data: bytes) -> str:
    """Say what a file of Office's old container is that holds no Word document."""
    if _LOCKED in data:
        return LOCKED
    other = next((kind for stream, kind in _OTHERS.items() if stream.encode("utf-16-le") in data), "Office")
    return no_report(other)


def _unread(form: Form) -> str:
    """Say why a document gave no text: nothing here reads it, or what does could not."""
    if _libreoffice() is not None or (form is DOC and shutil.which("antiword") is not None):
        return "无法转换:文件损坏或设有打开密码,请在 Word 或 WPS 中打开后另存为 .docx · cannot be converted: damaged or locked by a password; open it in Word or WPS and save it as .docx"
    return "读取此格式需安装 LibreOffice(.doc 亦可用 antiword)· this format needs LibreOffice (or antiword for .doc), or save it as .docx"


def _libreoffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _by_libreoffice(data: bytes, form: Form, folder: Path, name: str) -> bytes | None:
    program = _libreoffice()
    if program is None:
        return None
    source = folder / f"in.{form.ending}"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run([program, profile, "--headless", "--norestore", f"--infilter={form.filter}", "--convert-to", "docx", "--outdir", str(folder), str(source)], name)
    made = folder / "in.docx"
    return made.read_bytes() if made.exists() else None


def _by_antiword(data: bytes, folder: Path, name: str) -> str | None:
    program = shutil.which("antiword")
    if program is None:
        return None
    source = folder / "in.doc"
    source.write_bytes(data)
    text = _run([program, "-m", "UTF-8.txt", "-w", "0", str(source)], name).decode("utf-8", "replace")
    lines = (line.strip(" \u3000|") for line in text.replace("\r", "").split("\n"))
    return "\n".join(line for line in lines if line) + "\n" if text.strip() else None


def _run(command: list[str], name: str) -> bytes:
    try:
        return subprocess.run(command, capture_output=True, timeout=MAX_SECONDS, stdin=subprocess.DEVNULL).stdout
    except subprocess.TimeoutExpired as error:
        raise LimitError(f"{name}: 转换超过 {MAX_SECONDS} 秒 · converting took more than {MAX_SECONDS} seconds") from error

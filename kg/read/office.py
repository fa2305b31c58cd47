"""DOC, WPS and RTF → Source, by a program that is installed: antiword for Word's old format, LibreOffice for the others.

Both run in a folder of their own that is removed afterwards, with a time limit; the input's name is never used for a file.
"""

import hashlib
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError, LimitError
from kg.model import Source
from kg.read.docx import read_docx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_SECONDS = 120
_WORD = "WordDocument".encode("utf-16-le")
_OTHERS = {"Workbook": "Excel", "PowerPoint Document": "PowerPoint"}


def read_office(data: bytes, name: str) -> Source:
    """Read a DOC, WPS or RTF file; raises InputError where no program here can."""
    if data.startswith(OLE) and _WORD not in data:
        other = next((kind for stream, kind in _OTHERS.items() if stream.encode("utf-16-le") in data), "Office")
        raise InputError(f"{name}: {other} 文件不是报告 · an {other} file, expected a report as .doc, .docx, .pdf or .html")
    media_type = "application/msword" if data.startswith(OLE) else "application/rtf"
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        converted = _by_libreoffice(data, Path(folder), name)
        if converted is not None:
            return replace(read_docx(converted, name), media_type=media_type)
        text = _by_antiword(data, Path(folder), name) if data.startswith(OLE) else None
    if text is None:
        raise InputError(
            f"{name}: 读取此格式需安装 LibreOffice(.doc 亦可用 antiword)· this format needs LibreOffice (or antiword for .doc), or save it as .docx"
        )
    return Source(text, name, hashlib.sha256(text.encode()).hexdigest(), media_type)


def _by_libreoffice(data: bytes, folder: Path, name: str) -> bytes | None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    source = folder / ("in.doc" if data.startswith(OLE) else "in.rtf")
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    form = "MS Word 97" if data.startswith(OLE) else "Rich Text Format"  # named, so that nothing else is taken for text
    _run([program, profile, "--headless", "--norestore", f"--infilter={form}", "--convert-to", "docx", "--outdir", str(folder), str(source)], name)
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

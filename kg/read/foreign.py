"""Bytes of a kind that is no report's → a refusal that says what they are and what would be right."""

from kg.errors import InputError

_UNPACK = "请解开,给出其中的文件或目录", "unpack it and give its files or their folder"
_KINDS: tuple[tuple[int, bytes, str, str, tuple[str, str]], ...] = (
    (0, b"Rar!\x1a\x07", "RAR 压缩包", "a RAR archive", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "a 7z archive", _UNPACK),
    (0, b"\x1f\x8b\x08", "gzip 压缩文件", "a gzip file", _UNPACK),
    (0, b"BZh", "bzip2 压缩文件", "a bzip2 file", _UNPACK),
    (0, b"\xfd7zXZ\0", "xz 压缩文件", "an xz file", _UNPACK),
    (257, b"ustar", "tar 归档", "a tar archive", _UNPACK),
    (4, b"ftyphei", "HEIC 照片", "a HEIC photograph", ("请存为 JPEG 或 PNG", "save it as JPEG or PNG")),
    (4, b"ftypavif", "AVIF 图片", "an AVIF picture", ("请存为 JPEG 或 PNG", "save it as JPEG or PNG")),
    (0, b"CAJ", "CAJ 文件", "a CAJ file", ("请在阅读器中另存为 PDF", "save it as PDF in its reader")),
    (0, b"KDH ", "KDH 文件", "a KDH file", ("请在阅读器中另存为 PDF", "save it as PDF in its reader")),
    (0, b"MZ", "程序", "a program", ("应为报告的网页、文档或扫描件", "expected a report's page, document or scan")),
    (0, b"\x7fELF", "程序", "a program", ("应为报告的网页、文档或扫描件", "expected a report's page, document or scan")),
    (4, b"ftyp", "录像", "a video", ("应为报告的网页、文档或扫描件", "expected a report's page, document or scan")),
)
LOCKED = "文件设有打开密码,请去除密码后另存 · the file is locked by a password; open it and save it without one"
_OFFICE = {"xl/workbook.xml": "Excel", "ppt/presentation.xml": "PowerPoint"}


def refuse_foreign(data: bytes, name: str) -> None:
    """Raise InputError where the bytes are of a kind that is known and not read."""
    for place, start, chinese, english, (right, what) in _KINDS:
        if data.startswith(start, place) and b"\0" in data[:4096]:
            raise InputError(f"{name}: {chinese},{right} · {english}: {what}")


def no_report(program: str) -> str:
    """Say that a file is of another program of an office suite: Excel, PowerPoint."""
    return f"{program} 文件不是报告 · a file of {program}, expected a report as .doc, .docx, .pdf or .html"


def refuse_zip(names: tuple[str, ...], name: str) -> InputError:
    """Say what a zip is that is neither DOCX nor OFD."""
    office = next((kind for member, kind in _OFFICE.items() if member in names), None)
    if office is not None:
        return InputError(f"{name}: {no_report(office)}")
    files = [member for member in names if not member.endswith("/")]
    listed = ", ".join(files[:3]) + (" …" if len(files) > 3 else "")
    return InputError(
        f"{name}: 压缩包,内有 {len(files)} 个文件({listed});{_UNPACK[0]} · a zip of {len(files)} files, neither DOCX nor OFD nor ODT: {_UNPACK[1]}"
    )

"""Bytes → members of a zip, and XML without entities: what DOCX and OFD share.

Sizes are summed from the directory before anything is unpacked, names are looked up and never become paths on a disk,
and a document type, which neither format has, is refused before it is parsed.
"""

import lzma
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from kg.errors import InputError, LimitError

MAX_MEMBERS, MAX_UNPACKED, MAX_XML = 10_000, 512 * 1024 * 1024, 48 * 1024 * 1024
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, etree.XMLSyntaxError),
    *(NotImplementedError, RuntimeError, EOFError, OSError, ValueError),  # an unknown method, a password, cut short, nonsense
)


class Archive:
    """A zip in memory whose members are read by name, within limits."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open it; raise InputError where it is broken, LimitError where it would grow too large."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise self.broken("zip") from error
        members = self._zip.infolist()
        unpacked = sum(member.file_size for member in members)
        if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
            raise LimitError(
                f"{name}: 压缩包解开后过大({len(members)} 个文件,{unpacked} 字节)· unpacks to {unpacked} bytes in {len(members)} files; at most {MAX_UNPACKED} and {MAX_MEMBERS}"
            )
        self.names = tuple(member.filename for member in members)

    def broken(self, what: str) -> InputError:
        """Say that a part cannot be read."""
        return InputError(f"{self.name}: 文件损坏,无法读取 {what} · the file is damaged: cannot read {what}")

    def picture(self, member: str) -> bytes:
        """Unpack a member that is a picture; raises InputError where there is none by that name, or it is damaged."""
        try:
            return self._zip.read(member)
        except (KeyError, *_FAULTS) as error:
            raise self.broken(member) from error

    def xml(self, member: str) -> etree._Element | None:
        """Parse a member, None where there is none by that name."""
        if member not in self.names:
            return None
        if self._zip.getinfo(member).file_size > MAX_XML:
            raise LimitError(f"{self.name}: {member} 过大 · {member} is too large; at most {MAX_XML} bytes")
        try:
            return parse_xml(self._zip.read(member))
        except _FAULTS as error:
            raise self.broken(member) from error


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML without entities, network or document type; raises ValueError or etree.XMLSyntaxError."""
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
        raise ValueError("a document type is not part of this format")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    return etree.fromstring(data, parser)

"""Address → Response: one request with limits on time and size, redirects followed by hand so that each hop is checked."""

import http.client
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from urllib.parse import urljoin

from kg import __version__
from kg.errors import InputError, LimitError
from kg.fetch.address import Address, Resolve, check_address

AGENT = f"fazhi-kg/{__version__} (+https://w3id.org/fazhi-kg/)"
MAX_REDIRECTS = 6
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: bytes, seconds for an answer, and which hosts may be private."""

    size: int = 64 * 1024 * 1024
    seconds: float = 60.0
    allowed: frozenset[str] = frozenset()
    resolve: Resolve | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: the last address, status, headers in lower case, and the bytes."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes


class Unreachable(InputError):
    """The other side did not answer, or broke off: worth another try."""


class Untrusted(InputError):
    """The other side cannot prove who it is; another try would not help."""


def download(url: str, limits: Limits, conditions: dict[str, str]) -> Response:
    """Ask for an address; raises UsageError for one that may not be asked, LimitError, or Unreachable."""
    for _ in range(MAX_REDIRECTS + 1):
        try:
            address = check_address(url, limits.allowed, limits.resolve)
            response = _ask(address, limits, conditions)
        except ssl.SSLCertVerificationError as error:
            raise Untrusted(f"{url}: 网站证书无效,不取 · the site's certificate is not valid, nothing was fetched: {error.verify_message}") from error
        except (OSError, http.client.HTTPException, LookupError) as error:
            raise Unreachable(f"{url}: 无法取得 · cannot be reached: {error or type(error).__name__}") from error
        location = response.headers.get("location")
        if response.status not in _REDIRECTS or location is None:
            return response
        try:
            url = urljoin(address.url, location)
        except ValueError as error:
            raise LookupError(f"{url}: 重定向到的不是网址 · redirected to what is no address: {location[:200]}") from error
    raise LimitError(f"{url}: 重定向超过 {MAX_REDIRECTS} 次 · more than {MAX_REDIRECTS} redirects")


class _Pinned(http.client.HTTPConnection):
    """A connection to the numeric address that was checked; the name stays for the Host header and the certificate."""

    def __init__(self, address: Address, seconds: float) -> None:
        super().__init__(address.host, address.port, timeout=seconds)
        self._address = address

    def connect(self) -> None:
        """Connect to the checked address, with TLS for https."""
        plain = socket.create_connection((self._address.numeric, self._address.port), self.timeout)
        secure = self._address.scheme == "https"
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self._address.host) if secure else plain


def _ask(address: Address, limits: Limits, conditions: dict[str, str]) -> Response:
    connection = _Pinned(address, min(limits.seconds, 30.0))
    try:
        headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip, identity", "Accept": "*/*", "Connection": "close", **conditions}
        connection.request("GET", address.target, headers=headers)
        answer = connection.getresponse()
        got = {name.lower(): value for name, value in answer.getheaders()}
        body = _read(answer, limits, address.url) if answer.status not in _REDIRECTS else b""
    finally:
        connection.close()
    return Response(address.url, answer.status, got, _unpack(body, got.get("content-encoding", ""), limits, address.url))


def _read(answer: http.client.HTTPResponse, limits: Limits, url: str) -> bytes:
    declared = answer.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limits.size:
        raise LimitError(f"{url}: 超过 {limits.size >> 20} MB · more than {limits.size >> 20} MB; --max-mb allows up to 64")
    until, parts, size = time.monotonic() + limits.seconds, [], 0
    while piece := answer.read1(1 << 16):
        size += len(piece)
        parts.append(piece)
        if size > limits.size:
            raise LimitError(f"{url}: 超过 {limits.size >> 20} MB · more than {limits.size >> 20} MB; --max-mb allows up to 64")
        if time.monotonic() > until:
            raise LimitError(f"{url}: 超过 {limits.seconds:.0f} 秒 · took more than {limits.seconds:.0f} seconds")
    if declared.isdecimal() and size < int(declared):
        raise http.client.IncompleteRead(b"", int(declared) - size)
    return b"".join(parts)


def _unpack(body: bytes, encoding: str, limits: Limits, url: str) -> bytes:
    """Undo gzip, which some servers send unasked, within the size limit."""
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(body, limits.size + 1)
    except zlib.error as error:
        raise http.client.HTTPException(f"broken gzip: {error}") from error
    if len(data) > limits.size:
        raise LimitError(f"{url}: 解开后超过 {limits.size >> 20} MB · unpacks to more than {limits.size >> 20} MB; --max-mb allows up to 64")
    return data

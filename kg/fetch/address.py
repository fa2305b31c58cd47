"""Address → where to connect: http and https only, and no private network unless its host was allowed by name.

A name is resolved once and the connection goes to the very address that was checked, so that neither a redirect nor a
name that resolves differently the second time leads inside.
"""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from kg.errors import UsageError

Resolve = Callable[[str, int], list[str]]
_PORTS = {"http": 80, "https": 443}
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Address:
    """A checked address: what to ask for, and the numeric address that may be asked."""

    url: str
    scheme: str
    host: str
    port: int
    target: str
    numeric: str

    @property
    def site(self) -> str:
        """Scheme, host and port: what robots.txt and the rate limit are about."""
        return f"{self.scheme}://{self.host}:{self.port}"


def check_address(url: str, allowed: frozenset[str], resolve: Resolve | None = None) -> Address:
    """Take an address apart and resolve its host; raises UsageError where it may not be fetched."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").encode("idna").decode().lower().rstrip("."), parts.port
    except (ValueError, UnicodeError) as error:
        raise UsageError(f"{url}: 不是网址 · not an address: {error}") from error
    if parts.scheme not in _PORTS or not host:
        raise UsageError(f"{url}: 只能取 http 与 https 网址 · expected an http or https address")
    if parts.username is not None or parts.password is not None:
        raise UsageError(f"{url}: 网址中不得有用户名或口令 · an address may not carry a name or password")
    number = port if port is not None else _PORTS[parts.scheme]
    path, query = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"), quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    target = urlunsplit(("", "", path, query, ""))
    shown = f"[{host}]" if ":" in host else host
    where = shown if number == _PORTS[parts.scheme] else f"{shown}:{number}"
    numeric = _numeric(url, host, number, allowed, resolve or _resolve)
    return Address(urlunsplit((parts.scheme, where, path, query, "")), parts.scheme, host, number, target, numeric)


def on_one_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site; what is no address is of none."""
    try:
        return urlsplit(one).netloc == urlsplit(other).netloc
    except ValueError:
        return False


def _numeric(url: str, host: str, port: int, allowed: frozenset[str], resolve: Resolve) -> str:
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise LookupError(f"{url}: 域名无法解析 · the host name does not resolve: {host}") from error
    if host in allowed and found:
        return found[0]
    inside = [one for one in found if not is_public(one)]
    if inside or not found:
        raise UsageError(f"{url}: {host} 指向内网地址 {', '.join(inside)},不取 · {host} is a private address; --allow-private {host} allows it")
    return found[0]


def _resolve(host: str, port: int) -> list[str]:
    return list(dict.fromkeys(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(numeric: str) -> bool:
    """Whether a numeric address belongs to the public network.

    >>> is_public("8.8.8.8"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    try:
        address = ipaddress.ip_address(numeric.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and (address in _TRANSLATED or any((address.ipv4_mapped, address.sixtofour, address.teredo))):
        return False
    return address.is_global and not address.is_multicast

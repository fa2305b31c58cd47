"""Where to ask and who asks: an endpoint, its credentials, how often it is tried, and what its refusals mean.

Credentials come from the environment alone: KG_ENDPOINT_TOKEN (bearer), or KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD with
KG_ENDPOINT_AUTH (basic or digest) and, for digest, KG_ENDPOINT_REALM. An endpoint that is down, slow or wrong is one clear line.
"""

import os
import socket
import time
import urllib.error
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import TypeVar
from urllib.parse import urlsplit

from kg.errors import InputError, KgError, LimitError, UsageError

MAX_BYTES = 1 << 30
AGAIN = (429, 502, 503, 504)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks; the password and token never show in a repr."""

    user: str | None = None
    password: str | None = None
    token: str | None = None
    kind: str = "basic"
    realm: str = "SPARQL"

    def __repr__(self) -> str:
        return f"Credentials({'token' if self.token is not None else self.user!r})"

    @staticmethod
    def from_environment() -> "Credentials":
        """Read KG_ENDPOINT_*; a kind that is neither basic nor digest is a UsageError."""
        kind = os.environ.get("KG_ENDPOINT_AUTH", "basic").lower()
        if kind not in ("basic", "digest"):
            raise UsageError("KG_ENDPOINT_AUTH 应为 basic 或 digest · KG_ENDPOINT_AUTH is basic or digest")
        names = ("KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN")
        user, password, token = (os.environ.get(name) or None for name in names)
        return Credentials(user, password, token, kind, os.environ.get("KG_ENDPOINT_REALM", "SPARQL"))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, how long to wait (seconds, for the whole answer) and how often to try."""

    url: str
    timeout: float = 60
    tries: int = 3
    pause: float = 0.5
    credentials: Credentials = Credentials()

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"端点应为 http(s) 地址: {self.url} · an endpoint is an http(s) address")
        if parts.username is not None or parts.password is not None:
            raise UsageError(
                "地址中不得写口令,请用环境变量 KG_ENDPOINT_USER、KG_ENDPOINT_PASSWORD · no credentials in an address: set the environment variables"
            )


def read_whole(response: HTTPResponse, endpoint: Endpoint, deadline: float) -> bytes:
    """Read the whole body within the time and size that are allowed."""
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(1 << 16):
        parts.append(chunk)
        size += len(chunk)
        if time.monotonic() > deadline:
            raise _slow(endpoint)
        if size > MAX_BYTES:
            raise LimitError(f"{endpoint.url}: 结果过大 · the answer is larger than {MAX_BYTES >> 20} MiB")
    return b"".join(parts)


def _slow(endpoint: Endpoint) -> LimitError:
    return LimitError(
        f"{endpoint.url}: {endpoint.timeout:g} 秒内没有答完 · no full answer within {endpoint.timeout:g} s; narrow the question or raise --timeout"
    )


def refusal(endpoint: Endpoint, status: int, detail: str) -> KgError:
    """Say in one line why an endpoint refused."""
    if status in (401, 403):
        return InputError(f"{endpoint.url}: 端点拒绝访问({status})· access refused; set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN")
    if status == 404:
        return InputError(f"{endpoint.url}: 此处没有端点(404)· there is nothing at this address")
    if status in AGAIN:
        return LimitError(f"{endpoint.url}: 端点繁忙({status})· the endpoint is busy; try later")
    return InputError(f"{endpoint.url}: 端点报错({status})· the endpoint answers with an error: {' '.join(detail.split())[:200]}")


def retry(endpoint: Endpoint, work: Callable[[], T]) -> T:
    """Try again with growing pauses while the endpoint is down or busy; a time-out is not tried again."""
    for attempt in range(1, endpoint.tries + 1):
        last = attempt == endpoint.tries
        try:
            return work()
        except urllib.error.HTTPError as error:
            if last or error.code not in AGAIN:
                raise refusal(endpoint, error.code, error.read(2000).decode(errors="replace")) from error
        except TimeoutError as error:
            raise _slow(endpoint) from error
        except (urllib.error.URLError, HTTPException, ConnectionError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError | socket.timeout):
                raise _slow(endpoint) from error
            if last:
                raise InputError(f"{endpoint.url}: 端点不可达({endpoint.tries} 次)· the endpoint cannot be reached: {reason}") from error
        time.sleep(endpoint.pause * 2 ** (attempt - 1))
    raise AssertionError("the last attempt returns or raises")

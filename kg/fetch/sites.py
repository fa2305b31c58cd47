"""Sites asked politely: what their robots.txt allows, a pause between two requests, and further tries where one is busy."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.robotparser import RobotFileParser

from kg.errors import KgError
from kg.fetch.download import AGENT, Limits, Response, Unreachable, Untrusted, download

MAX_PAUSE = 120.0
_AGAIN = {408, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Manner:
    """How to ask: seconds between two requests to a site, tries, and what is taken."""

    pause: float = 2.0
    tries: int = 3
    any_genre: bool = False
    refresh: bool = False
    divisions: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    sleep: Callable[[float], None] = time.sleep


class Sites:
    """What is known of each site: its robots.txt and when it was last asked."""

    def __init__(self, manner: Manner) -> None:
        """Know nothing yet."""
        self._manner = manner
        self._rules: dict[str, RobotFileParser | None] = {}
        self._asked: dict[str, float] = {}

    def wait(self, site: str, least: float = 0.0) -> None:
        """Pause until the site may be asked again."""
        rules = self._rules.get(site)
        delay = float(rules.crawl_delay(AGENT) or 0) if rules is not None else 0.0
        due = self._asked.get(site, -MAX_PAUSE) + min(max(self._manner.pause, delay), MAX_PAUSE)
        pause = max(due - time.monotonic() if site in self._asked else 0.0, least)
        if pause > 0:
            self._manner.sleep(pause)
        self._asked[site] = time.monotonic()

    def allow(self, site: str, url: str) -> bool:
        """Whether robots.txt lets us ask; a site whose robots.txt cannot be had is left alone (RFC 9309)."""
        if site not in self._rules:
            self._rules[site] = self._read_rules(site)
        rules = self._rules[site]
        return rules is not None and rules.can_fetch(AGENT, url)

    def _read_rules(self, site: str) -> RobotFileParser | None:
        self.wait(site)
        rules = RobotFileParser(site + "/robots.txt")
        try:
            answer = download(site + "/robots.txt", self._manner.limits, {})
        except Untrusted:
            raise
        except KgError:
            return None
        if answer.status >= 500:
            return None
        rules.parse(answer.body[:500_000].decode("utf-8", "replace").splitlines() if answer.status < 400 else [])
        return rules


def ask_site(url: str, site: str, sites: Sites, manner: Manner, conditions: dict[str, str]) -> Response:
    """Ask up to `tries` times, waiting twice as long each time, or as long as the site says."""
    least = 0.0
    for number in range(1, manner.tries + 1):
        sites.wait(site, least)
        least = min(manner.pause * 2**number, MAX_PAUSE)
        try:
            answer = download(url, manner.limits, conditions)
        except Unreachable:
            if number == manner.tries:
                raise
            continue
        if answer.status not in _AGAIN or number == manner.tries:
            return answer
        least = min(_retry_after(answer.headers.get("retry-after", ""), least), MAX_PAUSE)
    raise Unreachable(url)


def _retry_after(said: str, otherwise: float) -> float:
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return otherwise

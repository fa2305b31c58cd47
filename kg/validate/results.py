"""Results of an engine → Findings: the messages filled in, the sentence of the text around the passage, one stable order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import SEVERITIES, Finding
from kg.validate.graph import TYPE, Triples
from kg.validate.terms import Term, text_of
from kg.vocab import FZ, OA

_START = f"<{OA}start>"


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result: messages are (language or '', text), filled in already."""

    shape: str
    component: str
    severity: str
    focus: Term
    path: str | None
    value: Term | None
    messages: tuple[tuple[str, str], ...]


def to_findings(data: Triples, results: Iterable[Result]) -> list[Finding]:
    """Give each result its sentence; equal results become one."""
    reports = sorted(data.subjects(TYPE, f"<{FZ}Report>"))
    report = reports[0] if reports else None
    text = data.value(report, f"<{FZ}text>") if report is not None else None
    found = [_finding(data, report, text_of(text) if text is not None else None, result) for result in results]
    found.sort(key=lambda finding: (_key(finding), *finding.message.values()))
    return [finding for finding, before in zip(found, (None, *found), strict=False) if before is None or _key(finding) != _key(before)]


def _key(f: Finding) -> tuple[int, int, str, str, str, str, str]:
    return SEVERITIES.index(f.severity), f.start if f.start is not None else -1, f.shape, f.focus, f.component, f.path or "", f.value or ""


def _finding(data: Triples, report: Term | None, text: str | None, result: Result) -> Finding:
    quote, start, end = _sentence(data, text, (result.value, result.focus)) if text is not None else (None, None, None)
    return Finding(
        report=text_of(report) if report is not None else "", severity=result.severity, shape=result.shape, component=result.component, focus=text_of(result.focus),
        path=result.path, value=text_of(result.value) if result.value is not None else None, message=_by_language(result), quote=quote, start=start, end=end,
        terms=(result.focus, result.value),
    )  # fmt: skip


def _sentence(data: Triples, text: str, nodes: Iterable[Term | None]) -> tuple[str | None, int | None, int | None]:
    """The sentence around the passage of the first node that has one: the node itself, or what it names by fz:passage."""
    for node in nodes:
        passage = node if node is None or data.objects(node, _START) else data.value(node, f"<{FZ}passage>")
        start, quote = (data.value(passage, _START), data.value(passage, f"<{OA}exact>")) if passage is not None else (None, None)
        if start is not None and re.fullmatch(r"-?\d+", text_of(start)):
            at = int(text_of(start))
            return sentence_around(text, at, at + (len(text_of(quote)) if quote is not None else 0))
    return None, None, None


def _by_language(result: Result) -> dict[str, str]:
    """Messages by language, Chinese first; one without a language stands for both."""
    found: dict[str, str] = {}
    for language, said in sorted(result.messages, reverse=True):
        for key in (language.split("-")[0],) if language else ("zh", "en"):
            found.setdefault(key, said)
    return dict(sorted(found.items(), reverse=True))


def fill(message: str, values: dict[str, str]) -> str:
    """Fill {?name} and {$name} in a message.

    >>> fill("{?part}/{$whole} {?other}", {"part": "3", "whole": "4"})
    '3/4 {?other}'
    """
    return re.sub(r"\{[?$](\w+)\}", lambda slot: values.get(slot.group(1), slot.group()), message)


def sentence_around(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The sentence that holds a span, cut at 200 characters before and 100 after it, and where it stands: text[a:b] is the quote.

    >>> sentence_around("一。共2件。三。", 3, 5)
    ('共2件。', 2, 6)
    """
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    left = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    right = min((at + 1 for mark in "。！？\n" if (at := text.find(mark, max(end - 1, start))) >= 0), default=len(text))
    a, b = max(left, start - 200), min(right, end + 100)
    quote = text[a:b].strip()
    a += len(text[a:b]) - len(text[a:b].lstrip())
    return quote, a, a + len(quote)

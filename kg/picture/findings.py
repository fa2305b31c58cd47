"""Findings → a page of one file: each report's text with what was found marked in it, and beside it the findings, which lead to their place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Protocol

from kg.model import Checkup, Finding
from kg.picture.facts import pick
from kg.picture.marks import Item, mark_lines
from kg.shell import page_end, page_head
from kg.vocab import DCTERMS, FZ, OA, RDFS, SKOS

_ASSETS = Path(__file__).resolve().parent / "assets"


class Report(Protocol):
    """What the page needs of a report that was checked."""

    @property
    def source(self) -> str: ...
    @property
    def report(self) -> str: ...
    @property
    def checkup(self) -> Checkup: ...


def findings_page(reports: Iterable[Report], lang: str, names: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Write the page piece by piece, so that any number of reports may be written."""
    style, script = ((_ASSETS / name).read_text(encoding="utf-8") for name in ("findings.css", "findings.js"))
    yield page_head(pick(("校验结果", "Findings"), lang), lang, style, script, inline_styles=True) + "<body>\n"
    for number, one in enumerate(reports):
        yield _report(number, one, lang, names)
    yield page_end(script)


def _report(number: int, one: Report, lang: str, names: Mapping[str, tuple[str, str]]) -> str:
    counts = Counter(f.severity for f in one.checkup.findings)
    state = pick(("未通过", "does not conform") if counts["violation"] else ("通过", "conforms"), lang)
    badges = "".join(f'<span class="badge {s}">{pick(pair, lang)} {counts[s]}</span>' for s, pair in names.items() if counts[s])
    about = one.checkup.about
    facts = " · ".join(part for part in (one.source, about.get("year"), about.get("published")) if part)
    head = f'<header><h1 lang="zh-CN">{escape(about.get("title") or one.source)}</h1><p>{escape(facts)}</p><p><b>{state}</b> {badges}</p></header>'
    rows = "".join(_row(f"r{number}f{at}", f, lang, names) for at, f in enumerate(one.checkup.findings))
    confirmed = list(dict.fromkeys(c.message[lang] for c in one.checkup.confirmed))
    checked = (
        f"<h2>{pick(('核对相符', 'Checked and confirmed'), lang)}</h2><ul>{''.join(f'<li>{escape(said)}</li>' for said in confirmed)}</ul>" if confirmed else ""
    )
    nothing = f"<p>{pick(('没有发现问题。', 'Nothing was found.'), lang)}</p>" if not rows else ""
    text = mark_findings(one.checkup.text, one.checkup.findings, lang, f"r{number}f")
    return f'<section class="report">{head}<main><article lang="zh-CN">{text}</article><aside>{nothing}{rows}{checked}</aside></main></section>\n'


def mark_findings(text: str, findings: Iterable[Finding], lang: str, prefix: str = "f") -> str:
    """The text as paragraphs in which the sentence of each finding is marked; a mark's key is the prefix and the finding's number."""
    items = [
        Item(f.start, f.end, f"finding {f.severity}", f"{prefix}{at}", _message(f, lang))
        for at, f in enumerate(findings)
        if f.start is not None and f.end is not None
    ]
    return "\n".join(f"<p>{line}</p>" for _, line in mark_lines(text, items))


def _message(finding: Finding, lang: str) -> str:
    return finding.message.get(lang) or next(iter(finding.message.values()), "")


_PREFIXES = {FZ: "fz:", OA: "oa:", DCTERMS: "dcterms:", RDFS: "rdfs:", SKOS: "skos:"}


def about_finding(finding: Finding) -> str:
    """Which property of which node a finding is about, and the value that it has: …/measure/120-140 fz:status = finished."""
    path = finding.path or ""
    for namespace, prefix in _PREFIXES.items():
        path = re.sub(rf"<?{re.escape(namespace)}(\w+)>?", rf"{prefix}\1", path)
    node = f"…{finding.focus.removeprefix(finding.report)} " if finding.focus != finding.report else ""
    value = " ".join((finding.value or "").split())
    return node + path + (f" = {value if len(value) <= 80 else value[:80] + '…'}" if finding.value is not None else "")


def _row(key: str, finding: Finding, lang: str, names: Mapping[str, tuple[str, str]]) -> str:
    place = f"{finding.start}–{finding.end}" if finding.start is not None else pick(("全文", "whole report"), lang)
    quote = f'<blockquote lang="zh-CN">{escape(finding.quote)}</blockquote>' if finding.quote else ""
    shape, about = escape(finding.shape), f"{escape(about_finding(finding))} · " if finding.path is not None else ""
    return (
        f'<div class="row {finding.severity}" id="{key}" tabindex="0"><p><span class="badge {finding.severity}">{pick(names[finding.severity], lang)}</span> '
        f'{escape(_message(finding, lang))}</p>{quote}<p class="why">{place} · {about}<a href="{shape}">{shape.rpartition("#")[2]}</a></p></div>'
    )

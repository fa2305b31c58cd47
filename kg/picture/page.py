"""An extraction record + findings → one page of one file: the text with its facts marked, and beside it facts, findings, figures and metadata.

Everything stands in the HTML; the script only moves between text and tables, so that the page reads and prints without it.
Nothing is loaded, and what the text says cannot run: it is escaped, and the policy admits the page's own script alone.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from kg.model import Finding
from kg.picture.facts import CODED, KINDS, SEVERITY, Fact, facts_of, label_of, pick
from kg.picture.marks import Item, mark_lines
from kg.shell import json_block, page_end, page_head

_ASSETS = Path(__file__).resolve().parent / "assets"
_ROLE = {"observation": ("指标值", "observation"), "ignored": ("不计", "ignored"), "residue": ("未解释", "residue")}
_META = (
    ("title", "标题", "title"), ("issuer", "发文机关", "issuer"), ("issuer_kind", "机关类别", "kind of issuer"), ("level", "层级", "level"), ("division", "区划", "division"), ("year", "年度", "year"),
    ("published", "发布日期", "published"), ("signed", "落款日期", "signed"), ("source_body", "来源", "source"), ("genre", "文种", "genre"), ("sha256", "SHA-256", "SHA-256"), ("iri", "IRI", "IRI"),
)  # fmt: skip


def render_report(record: dict[str, Any], findings: Sequence[Finding], lang: str = "zh") -> str:
    """Write the page of a record (the JSON object of `kg extract --format json`) and what validation found."""
    facts = facts_of(record, lang)
    script, style = ((_ASSETS / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    title = record["report"]["title"] or record["report"]["issuer"]
    return f"""{page_head(title, lang, style, script, inline_styles=True)}<body>
<header>
<h1 lang="zh-CN">{escape(title)}</h1>
<p>{escape(_summary(record, lang))}</p>
{_legend(facts, lang)}
</header>
<main>
<article lang="zh-CN" tabindex="0">
{_text(record, facts, findings, lang)}
</article>
<aside>
{_tabs(record, facts, findings, lang)}
{_facts(facts, lang)}
{_findings(findings, lang)}
{_ledger(record, lang)}
{_metadata(record, lang)}
</aside>
</main>
<script type="application/json" id="record">{json_block(record)}</script>
{page_end(script)}"""


def _summary(record: dict[str, Any], lang: str) -> str:
    report = record["report"]
    parts = [report["issuer"], str(report["year"] or "—"), f"{pick(('发布', 'published'), lang)} {report['published'] or '—'}"]
    return " · ".join(part for part in parts if part)


def _legend(facts: Sequence[Fact], lang: str) -> str:
    counts = Counter(fact.kind for fact in facts)
    boxes = [
        f'<label><input type="checkbox" value="{kind}" checked><span class="m {kind}">{pick(names, lang)}</span> {counts[kind]}</label>'
        for kind, names in KINDS.items()
        if counts[kind]
    ]
    return f'<div class="legend">{"".join(boxes)}</div>'


def _text(record: dict[str, Any], facts: Sequence[Fact], findings: Sequence[Finding], lang: str) -> str:
    items = [Item(f.start, f.end, f.kind, f.key, f"{pick(KINDS[f.kind], lang)}: {f.detail}") for f in facts]
    items += [
        Item(f.start, f.end, "finding", f"v{number}", f.message.get(lang, ""))
        for number, f in enumerate(findings)
        if f.start is not None and f.end is not None and f.severity != "info"
    ]
    headings = {section["start"] for section in _all_sections(record["sections"])}
    title = record["text"].find(record["report"]["title"] or "\0")
    lines = []
    for start, line in mark_lines(record["text"], items):
        end = record["text"].find("\n", start)
        inside = range(start, end if end >= 0 else len(record["text"]))
        name = "title" if title in inside else "heading" if any(at in inside for at in headings) and len(inside) <= 50 else ""
        lines.append(f'<p class="{name}">{line}</p>' if name else f"<p>{line}</p>")
    return "\n".join(lines)


def _all_sections(sections: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in sections:
        yield section
        yield from _all_sections(section.get("children", ()))


def _tabs(record: dict[str, Any], facts: Sequence[Fact], findings: Sequence[Finding], lang: str) -> str:
    tabs = (
        ("facts", ("事实", "facts"), len(facts)),
        ("findings", ("校验", "findings"), len(findings)),
        ("ledger", ("数字台账", "figures"), len(record["figures"])),
        ("metadata", ("元数据", "metadata"), None),
    )
    buttons = [
        f'<button role="tab" aria-controls="{key}" aria-selected="false">{pick(names, lang)}{f" {count}" if count is not None else ""}</button>'
        for key, names, count in tabs
    ]
    return f'<nav role="tablist">{"".join(buttons)}</nav>'


def _facts(facts: Sequence[Fact], lang: str) -> str:
    options = "".join(f'<option value="{kind}">{pick(names, lang)}</option>' for kind, names in KINDS.items())
    body = "\n".join(
        f'<tr data-k="{f.key}" data-kind="{f.kind}" tabindex="0"><td><span class="kind {f.kind}">{pick(KINDS[f.kind], lang)}</span></td>'
        f'<td>{escape(f.quote)}</td><td>{escape(f.detail)}<div class="why">{escape(f.rule)} · {f.start}–{f.end}</div></td></tr>'
        for f in facts
    )
    search = pick(("搜索(按 / 键)", "search (press /)"), lang)
    return (
        f'<section id="facts" role="tabpanel"><div class="tools"><input type="search" id="search" placeholder="{search}" aria-label="{search}">'
        f'<select id="kind" aria-label="{pick(("种类", "kind"), lang)}"><option value="">{pick(("全部种类", "all kinds"), lang)}</option>{options}</select>'
        f'<span class="why"><span id="shown">{len(facts)}</span> / {len(facts)}</span></div>'
        f"<table><thead><tr>{_heads((('种类', 'kind'), ('原文', 'quote'), ('说明', 'what it says')), lang)}</tr></thead><tbody>\n{body}\n</tbody></table></section>"
    )


def _heads(names: Sequence[tuple[str, str]], lang: str) -> str:
    return "".join(f"<th>{pick(pair, lang)}</th>" for pair in names)


def _findings(findings: Sequence[Finding], lang: str) -> str:
    blocks = []
    for number, f in enumerate(findings):
        message = f.message.get(lang) or next(iter(f.message.values()), "")
        quote = f'<p lang="zh-CN">{escape(" ".join(f.quote.split()))} <span class="why">{f.start}–{f.end}</span></p>' if f.quote is not None else ""
        blocks.append(
            f'<div class="finding-row {f.severity}" data-k="v{number}" data-kind="finding" tabindex="0"><p><b>{pick(SEVERITY[f.severity], lang)}</b> {escape(message)}</p>'
            f'{quote}<p class="why">{escape(f.shape)}</p></div>'
        )
    none = pick(("没有发现问题。", "Nothing was found."), lang)
    return f'<section id="findings" role="tabpanel">{"".join(blocks) or none}</section>'


def _ledger(record: dict[str, Any], lang: str) -> str:
    rows = "\n".join(
        f"<tr><td>{escape(f['text'])}</td><td>{pick(_ROLE[f['role']], lang)}</td><td>{escape(label_of('ignored-reason', f['reason'], lang) or '')}</td>"
        f'<td class="why">{escape(f["rule"])} · {f["start"]}–{f["end"]}</td></tr>'
        for f in record["figures"]
    )
    heads = _heads((("数字", "figure"), ("归属", "role"), ("不计的理由", "reason"), ("规则", "rule")), lang)
    return f'<section id="ledger" role="tabpanel"><table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table></section>'


def _metadata(record: dict[str, Any], lang: str) -> str:
    report = record["report"]
    rows = []
    for key, zh, en in _META:
        value = report.get(key)
        value = pick(CODED[key][value], lang) if key in CODED and value in CODED[key] else value
        shown = f"{value['name']} {value['code']} {value['class']}" if isinstance(value, dict) else "—" if value is None else str(value)
        rows.append(f"<dt>{pick((zh, en), lang)}</dt><dd>{escape(shown)}</dd>")
    name = f"{report['iri'].split('/report/')[-1].replace('/', '-')}.json"
    button = (
        f'<div class="tools"><button id="download" data-name="{escape(name)}">{pick(("下载抽取记录(JSON)", "download the record (JSON)"), lang)}</button></div>'
    )
    return f'<section id="metadata" role="tabpanel">{button}<dl>{"".join(rows)}</dl></section>'

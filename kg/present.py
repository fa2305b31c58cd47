"""Values → text for people: findings with their sentence, a record at a glance, tables of reports."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path

from kg.checking.scorecard import STATES
from kg.evaluate import Compared, agreement_table, disagreements_table, errors_table, figures_table
from kg.explain import Explained, Step
from kg.files import replacing
from kg.ingest import Outcome
from kg.model import Observation, Record
from kg.numerals import plain
from kg.picture.facts import CODED, bound_sign, label_of, pick
from kg.query import Query
from kg.shell import page_head
from kg.table import FORMATS, Table, brief, pad, to_csv, to_text, width

_STATE = {
    "in": ("入库", "in"),
    "unchanged": ("未变", "unchanged"),
    "duplicate": ("重复", "duplicate"),
    "unfetched": ("待取", "to fetch"),
    "followed": ("续取", "followed"),
    "joined": ("并入", "joined"),
    "quarantined": ("隔离", "quarantined"),
    "refused": ("拒收", "refused"),
    "unreadable": ("不可读", "unreadable"),
    "failed": ("失败", "failed"),
}


def record_text(record: Record, language: str) -> str:
    """A record at a glance: the head, the counts, then measures with their figures."""
    h = record.header
    place = f"{h.division.name} {h.division.code} {h.division.division_class}" if h.division is not None else "—"
    head = [
        h.title,
        f"{h.issuer} · {place} · {h.year} · {_word('genre', h.genre, language)}",
        f"{pick(('发布', 'published'), language)} {h.published or '—'} · {pick(('落款', 'signed'), language)} {h.signed or '—'}",
    ]
    names = (
        ("举措", "measures", record.measures),
        ("指标值", "observations", record.observations),
        ("主体", "bodies", record.bodies),
        ("机制", "mechanisms", record.mechanisms),
        ("文件", "documents", record.documents),
        ("短板", "shortcomings", record.shortcomings),
        ("计划", "plans", record.plans),
        ("损坏", "damage", record.damage),
    )
    head.append(" · ".join(f"{pick((zh, en), language)} {len(items)}" for zh, en, items in names))
    lines = [*head, ""]
    figures = {o.id: o for o in record.observations}
    for m in record.measures:
        who = "、".join(f"{r.name}({_word('basis', r.basis, language)})" for r in m.responsible)
        lines.append(f"{m.id} [{_word('status', m.status, language)}] {record.text[m.start : m.end]}")
        lines.append(f"     {who}")
        lines += [f"     {_figure_text(figures.pop(key), language)}" for key in m.observations if key in figures]
    if figures:
        lines.append(pick(("不在举措中的数字", "figures outside measures"), language))
        lines += [f"     {_figure_text(o, language)}" for o in figures.values()]
    return "\n".join(lines)


def _word(column: str, code: str, language: str) -> str:
    return pick(CODED[column][code], language) if code in CODED[column] else code


def _figure_text(o: Observation, language: str) -> str:
    """A figure by its indicator's label, or with a question mark by its own words where no indicator is known."""
    name = label_of("indicator", o.indicator, language) or f"? {o.name}"
    old = pick(("(旧值)", " (old value)"), language) if o.role == "from" else ""
    return f"{o.id} {name} = {bound_sign(o.bound, language)}{plain(o.value)} {o.unit}{old}{' (!)' if o.damaged else ''}"


_KINDS = {
    "figure": ("数字", "figure"),
    "observation": ("指标值", "observation"),
    "body": ("主体", "body"),
    "mechanism": ("机制", "mechanism"),
    "measure": ("举措", "measure"),
    "document": ("文件", "document"),
    "event": ("事件", "event"),
    "honour": ("荣誉", "honour"),
    "shortcoming": ("短板", "shortcoming"),
    "damage": ("损坏", "damage"),
    "relation": ("数字关系", "figure relation"),
}
_ZONES = {
    "header": ("题头", "header"),
    "preface": ("引言", "preface"),
    "heading": ("标题", "heading"),
    "body": ("正文", "body"),
    "shortcoming": ("短板", "shortcoming"),
    "plan": ("计划", "plan"),
    "signature": ("落款", "signature"),
}


def explained_text(sentences: Sequence[Explained], language: str) -> str:
    """Each sentence with its place, then a line a thing found: kind, words → what, [rule], why; a question mark where it stayed open."""
    lines = []
    for s in sentences:
        lines.append(f"{s.start}-{s.end} {pick(_ZONES[s.zone], language)}: {' '.join(s.text.split())}")
        for step in s.steps:
            mark = "?" if step.open else "·"
            words = " ".join(step.text.split())
            shown, taken, why = words if len(words) <= 30 else words[:28] + "…", *_in_plain_words(step, language)
            lines.append(f"  {mark} {pick(_KINDS[step.kind], language)} {shown} → {taken} [{step.rule}] {why}".rstrip())
    found, open_ = sum(len(s.steps) for s in sentences), sum(len(s.open) for s in sentences)
    total = (f"{len(sentences)} 句 · 找到 {found} 项 · 未决 {open_} 项", f"{len(sentences)} sentences · {found} found · {open_} left open")
    lines.append(pick(total, language))
    return "\n".join(lines)


def _in_plain_words(step: Step, language: str) -> tuple[str, str]:
    """What a thing was taken for, and why, with codes as words: reasons, bounds, kinds of time and mechanism, states, topics."""
    first, _, rest = step.taken_for.partition(" ")
    taken = label_of("ignored-reason", step.taken_for, language) or "" if step.kind == "figure" else step.taken_for
    if step.kind == "observation" and first in CODED["bound"]:
        taken = f"{bound_sign(first, language)}{rest}"
    words = {**CODED["status"], **CODED["temporal"], **CODED["type"]}
    told = [pick(words[part], language) if part in words else label_of("topic", part, language) or part for part in step.why.split(" · ")]
    return taken, " · ".join(told)


def explained_json(sentences: Sequence[Explained]) -> str:
    """The same as a JSON list."""
    return json.dumps([asdict(s) for s in sentences], ensure_ascii=False, indent=1)


def evaluation_text(compared: Sequence[Compared], errors: bool, form: str) -> str:
    """Figures, with two records their agreement, and on demand the errors; as JSON one object with a list for each."""
    tables = {"figures": figures_table(compared), "agreement": agreement_table(compared), "errors": errors_table(compared)}
    wanted = {name: table for name, table in tables.items() if name == "figures" or (name == "errors" and errors) or (name == "agreement" and table.rows)}
    if form == "json":
        return json.dumps({name: json.loads(FORMATS["json"](table)) for name, table in wanted.items()}, ensure_ascii=False, indent=1) + "\n"
    return "\n".join(FORMATS[form](table) for table in wanted.values())


def write_disagreements(compared: Sequence[Compared], path: Path) -> None:
    """Write the disagreements of two coders as CSV."""
    with replacing(path) as target:
        target.write_text(to_csv(disagreements_table(compared)), encoding="utf-8-sig")


FEW = 20


def outcomes_text(outcomes: Sequence[Outcome], language: str, quiet: bool = False) -> str:
    """A row an input, of many only those that did not simply and wholly enter, each with the reason; then how many ended how. `quiet` gives the sums alone."""
    counts = Counter(o.state for o in outcomes)
    if quiet:
        partial = sum(o.caveat != "" for o in outcomes)
        told = [f"{pick(_STATE[s], language)} {counts[s]}" for s in _STATE if counts[s]]
        return " · ".join([*told, *([f"{pick(('其中正文不全', 'of these, parts missing'), language)} {partial}"] if partial else [])])
    shown = [o for o in outcomes if len(outcomes) <= FEW or o.state not in ("in", "unchanged") or o.caveat]
    heads = tuple(pick(each, language) for each in (("结果", "result"), ("输入", "input"), ("报告或原因", "report or reason")))
    rows = to_text(
        Table(("state", "input", "detail"), [(pick(_STATE[o.state], language), o.path, "; ".join(filter(None, (o.detail, o.caveat)))) for o in shown], heads)
    )
    states = [state for state in _STATE if counts[state] or state not in ("unfetched", "followed", "joined")]
    sums = to_text(Table(tuple(states), [tuple(counts[s] for s in states)], tuple(pick(_STATE[s], language) for s in states)))
    return (f"{rows}\n" if shown else "") + sums.rstrip("\n")


def outcomes_hints(outcomes: Sequence[Outcome], store: Path) -> list[str]:
    """Say where to look next: for the warnings that entered with reports, and for what did not enter."""
    warned = [o for o in outcomes if o.warnings and o.state in ("in", "unchanged")]
    hints = [f"警告 {sum(o.warnings for o in warned)} 条,在 {len(warned)} 份报告中 · warnings, with what entered: `kg query run warnings --store {store}`"]
    kept = store.with_name(store.name + "-quarantine")
    said = (
        f"隔离者的记录与提示在 {kept} · there lie record and findings of what was held back; correct a record, then `kg ingest --record FILE --store {store}`"
    )
    return [*(hints if warned else []), *([said] if kept.is_dir() and any(o.state == "quarantined" for o in outcomes) else [])]


def in_words(table: Table, language: str) -> Table:
    """Say the codes of a table's columns in words, for people to read; files for programs keep the codes."""
    words = [CODED.get(name, {}) for name in table.columns]
    rows = [tuple(pick(known[str(value)], language) if str(value) in known else value for known, value in zip(words, row, strict=True)) for row in table.rows]
    return Table(table.columns, rows, table.labels, table.note)


def queries_text(queries: Iterable[Query], language: str) -> str:
    """One line a question: id, title, and the parameters that it takes."""
    rows = [(q.id, q.title[language], " ".join(p.name for p in q.params)) for q in queries]
    ids, titles = (max((width(row[at]) for row in rows), default=0) for at in (0, 1))
    return "\n".join(f"{pad(name, ids)}  {pad(title, titles)}  {params}".rstrip() for name, title, params in rows)


_PAGE_STYLE = (
    "body{font-family:'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;margin:1.5rem;color:#1c2430}h1{font-size:1.4rem}div{overflow-x:auto}"
    "table{border-collapse:collapse;font-size:.9rem}th,td{border:1px solid #d5dbe3;padding:.35rem .6rem;text-align:left;min-width:3em}th{background:#f6f8fa}"
    "td.missed{background:#ffe3e3;color:#a51111;font-weight:600}td.unknown{color:#6b7480}"
)


def table_page(table: Table, title: str, language: str) -> str:
    """A scorecard as a page of one file; what is missed stands out, IRIs are shortened, and a narrow screen moves the table sideways."""
    kinds = {words[language == "en"]: state for state, words in STATES.items()}
    head = "".join(f"<th>{escape(str(name))}</th>" for name in table.labels or table.columns)
    cells = (("".join(f'<td class="{kinds.get(text, "")}">{escape(text)}</td>' for text in map(brief, row))) for row in table.rows)
    rows = "".join(f"<tr>{row}</tr>\n" for row in cells)
    return (
        f"{page_head(title, language, _PAGE_STYLE)}"
        f"<body>\n<h1>{escape(title)}</h1>\n<div>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n</body>\n</html>\n"
    )

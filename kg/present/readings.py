"""A record at a glance, and why each part of a text was taken for what."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from kg.explain import Explained, Step
from kg.model import Observation, Record
from kg.numerals import plain
from kg.picture.facts import CODED, bound_sign, label_of, pick


def record_text(record: Record, language: str) -> str:
    """A record at a glance: the head, the counts, then measures with their figures."""
    h = record.header
    place = f"{h.division.name} {h.division.code} {h.division.division_class}" if h.division is not None else "—"
    place += pick((",据 --place", ", by --place"), language) if h.division_basis == "given" else ""
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

"""Coding × Coding → Evaluation: how well one coder's decisions match another's, kind by kind, with what was missed, extra and wrong."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.evaluate.coding import Coding, Item
from kg.evaluate.judge import Error, Figure, Judge, distinct, pair, same_quantity, touch

DIGITS = re.compile(r"[0-9０-９]+(?:[.．,][0-9０-９]+)*")
STATUSES = ("done", "ongoing", "planned")
MAX_FIGURE = 20
Counted = tuple[list[Figure], list[Error]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures and errors of one text."""

    figures: tuple[Figure, ...]
    errors: tuple[Error, ...]


def evaluate_coding(gold: Coding, found: Coding) -> Evaluation:
    """Count every kind that the gold holds; with zones in the gold, only what lies inside them."""
    judge = Judge(gold, found)
    results = [count(judge) for count in COUNTS]
    return Evaluation(tuple(f for figures, _ in results for f in figures), tuple(e for _, errors in results for e in errors))


def pool(evaluations: Iterable[Evaluation]) -> tuple[Figure, ...]:
    """Add up the figures of several texts, kind by kind."""
    sums: dict[str, Figure] = {}
    for figure in (f for evaluation in evaluations for f in evaluation.figures):
        before = sums.get(figure.kind)
        if before is None:
            sums[figure.kind] = figure
            continue
        predicted = None if before.predicted is None or figure.predicted is None else before.predicted + figure.predicted
        sums[figure.kind] = Figure(figure.kind, before.right + figure.right, predicted, before.wanted + figure.wanted)
    return tuple(sums.values())


def count_quantities(judge: Judge) -> Counted:
    """Value, unit and bound of paired spans agree (≥ and > count as one, ≤ and < too)."""
    wrong = [(g, p) for g, p in judge.pairs if not same_quantity(g, p)]
    figure = Figure("quantity", len(judge.pairs) - len(wrong), len(judge.given), len(judge.wanted))
    errors = [Error("quantity", "missed", *g.span, _worth(g)) for g in judge.missed] + [Error("quantity", "extra", *p.span, "", _worth(p)) for p in judge.extra]
    return [figure], errors + [Error("quantity", "wrong", *g.span, _worth(g), _worth(p)) for g, p in wrong]


def _worth(item: Item) -> str:
    return f"{item.get('value')}|{item.get('unit')}|{item.get('bound')}"


def count_indicators(judge: Judge) -> Counted:
    """Concepts on paired spans; temporal kind and period of the quantities that are right."""
    if not judge.holds("observations", lambda g: g.get("indicator")):
        return [], []
    want = {(g.start, g.get("indicator")) for g in judge.gold.of("observations") if g.get("indicator")}
    have = {(judge.place[p.span], p.get("indicator")) for p in judge.of("observations") if p.get("indicator") and p.span in judge.place}
    right = [(g, p) for g, p in judge.pairs if same_quantity(g, p)]
    figures = [
        Figure("indicator", len(want & have), len(have), len(want)),
        Figure("temporal", sum(g.get("temporal") == p.get("temporal") for g, p in right), None, len(judge.wanted)),
        Figure("period", sum((g.get("period") or {}).get("kind") == (p.get("period") or {}).get("kind") for g, p in right), None, len(judge.wanted)),
    ]
    ends = {g.start: g.end for g in judge.wanted}
    missed = [Error("indicator", "missed", start, ends[start], str(concept)) for start, concept in sorted(want - have, key=str)]
    return figures, missed + [Error("indicator", "extra", start, ends[start], "", str(concept)) for start, concept in sorted(have - want, key=str)]


def count_relations(judge: Judge) -> Counted:
    """Unordered pairs of figures that the gold relates."""
    if not judge.gold.of("relations"):
        return [], []
    starts = {p.start: judge.place[p.span] for p in judge.of("observations") if p.span in judge.place}
    want = {r.span for r in judge.gold.of("relations")}
    have = {
        (min(starts[r.start], starts[r.end]), max(starts[r.start], starts[r.end])) for r in judge.found.of("relations") if r.start in starts and r.end in starts
    }
    have = {p for p in have if p[0] != p[1]}
    errors = [Error("figure relation", "missed", a, b) for a, b in sorted(want - have)]
    errors += [Error("figure relation", "extra", a, b) for a, b in sorted(have - want)]
    return [Figure("figure relation", len(want & have), len(have), len(want))], errors


def count_bodies(judge: Judge) -> Counted:
    """Exact spans; nested and optional ones are neither demanded nor punished. `body named` leaves the generic ones out."""
    gold, found = distinct(judge.gold.of("bodies")), distinct(judge.of("bodies"))
    known = {g.span: g for g in gold}
    figures, errors = [], []
    for kind, named in (("body", False), ("body named", True)):
        must = {g.span for g in gold if not g.get("nested") and not g.get("optional") and not (named and g.get("generic"))}
        hits = [p for p in found if p.span in must and not (named and p.get("generic"))]
        spans = {p.span for p in hits}
        neutral = [p for p in found if p.span in known and p.span not in spans]
        figures.append(Figure(kind, len(hits), len(found) - len(neutral), len(must)))
        if not named:
            errors += [Error(kind, "missed", *span, str(known[span].get("name"))) for span in sorted(must - spans)]
            errors += [Error(kind, "extra", *p.span, "", str(p.get("name"))) for p in found if p.span not in known]
            typed = [(known[p.span], p) for p in hits if known[p.span].get("type")]
            figures += [Figure("body type", sum(g.get("type") == p.get("type") for g, p in typed), None, len(typed))] if typed else []
    return sorted(figures, key=lambda f: ("body", "body type", "body named").index(f.kind)), errors


def count_mechanisms(judge: Judge) -> Counted:
    """Overlapping spans; then concepts, where one claimed without need counts against."""
    gold = distinct(m for m in judge.gold.of("mechanisms") if not m.get("optional"))
    optional = [m for m in judge.gold.of("mechanisms") if m.get("optional")]
    pairs, missed, extra = pair(gold, distinct(judge.of("mechanisms")))
    extra = [p for p in extra if not any(touch(o, p) for o in optional)]
    figures = [Figure("mechanism", len(pairs), len(pairs) + len(extra), len(gold))]
    errors = [Error("mechanism", "missed", *g.span, str(g.get("concept"))) for g in missed]
    errors += [Error("mechanism", "extra", *p.span, "", str(p.get("concept"))) for p in extra]
    if any(g.get("concept") for g in gold):
        claimed = sum(bool(p.get("concept")) for p in [*(p for _, p in pairs), *extra])
        right = sum(bool(g.get("concept")) and g.get("concept") == p.get("concept") for g, p in pairs)
        figures.append(Figure("mechanism concept", right, claimed, sum(bool(g.get("concept")) for g in gold)))
        wrong = [(g, p) for g, p in pairs if g.get("concept") != p.get("concept")]
        errors += [Error("mechanism concept", "wrong", *g.span, str(g.get("concept")), str(p.get("concept"))) for g, p in wrong]
    return figures, errors


def count_measures(judge: Judge) -> Counted:
    """Overlapping spans; explicit responsible bodies and status of the paired ones."""
    gold, found = judge.gold.of("measures"), judge.of("measures")
    if not gold:
        return [], []
    pairs, missed, extra = pair(gold, found)
    explicit = [(_explicit(g), _explicit(p)) for g, p in pairs]
    figures = [
        Figure("measure", len(pairs), len(found), len(gold)),
        Figure("responsible", sum(_named(a, b) for a, b in explicit), sum(len(b) for _, b in explicit), sum(len(_explicit(g)) for g in gold)),
    ]
    for status in STATUSES:
        both = sum(g.get("status") == status == p.get("status") for g, p in pairs)
        figures.append(Figure(f"status {status}", both, sum(p.get("status") == status for _, p in pairs), sum(g.get("status") == status for g, _ in pairs)))
    errors = [Error("measure", "missed", *g.span) for g in missed] + [Error("measure", "extra", *p.span) for p in extra]
    wrong = [(g, p) for g, p in pairs if g.get("status") != p.get("status")]
    return figures, errors + [Error("measure status", "wrong", *g.span, str(g.get("status")), str(p.get("status"))) for g, p in wrong]


def _explicit(measure: Item) -> list[dict[str, object]]:
    return [r for r in measure.get("responsible") or [] if r.get("basis") == "explicit"]


def _named(wanted: list[dict[str, object]], found: list[dict[str, object]]) -> int:
    """How many of the bodies found are wanted: by a name or alias, or by touching a mention that means the body."""
    left, right = list(wanted), 0
    for body in found:
        names = {_bare(n) for n in (body.get("name"), *(body.get("aliases") or ()))}  # type: ignore[misc]  # reason: JSON values
        for candidate in left:
            spans = candidate.get("mentions") or ([(candidate["start"], candidate["end"])] if isinstance(candidate.get("start"), int) else [])
            start, end = body.get("start"), body.get("end")
            near = isinstance(start, int) and isinstance(end, int) and any(start < b and a < end for a, b in spans)  # type: ignore[attr-defined]  # reason: as above
            if _bare(candidate.get("name")) in names or near:
                left.remove(candidate)
                right += 1
                break
    return right


def _bare(name: object) -> str:
    return re.sub(r"[\s“”\"'‘’]", "", str(name or "")).translate(str.maketrans("（），：；", "(),:;"))


def count_parts(judge: Judge) -> Counted:
    """Bracketed titles and sections exactly; shortcomings and plans by overlap."""
    figures, errors = [], []
    titles = {d.span for d in judge.gold.of("documents") if d.get("bracketed")}
    if titles:
        have = {d.span for d in judge.of("documents") if d.get("bracketed")}
        figures.append(Figure("document", len(titles & have), len(have), len(titles)))
        errors += [Error("document", "missed", *span) for span in sorted(titles - have)]
    sections = {s.start for s in judge.gold.of("sections")}
    if sections:
        starts = {s.start for s in judge.found.of("sections")}
        figures.append(Figure("section", len(sections & starts), len(starts), len(sections)))
    for kind, key in (("shortcoming", "shortcomings"), ("plan", "plans")):
        if judge.gold.of(key):
            pairs, missed, extra = pair(judge.gold.of(key), judge.of(key))
            figures.append(Figure(kind, len(pairs), len(judge.of(key)), len(judge.gold.of(key))))
            errors += [Error(kind, "missed", *g.span) for g in missed] + [Error(kind, "extra", *p.span) for p in extra]
    return figures, errors


def count_ledger(judge: Judge) -> Counted:
    """Arabic digit runs that lie in exactly one figure; roles and reasons of what the gold decides."""
    ledger = [f for f in judge.found.of("figures") if f.end - f.start <= MAX_FIGURE]
    runs = [r for m in DIGITS.finditer(judge.found.text or "") if judge.inside(r := Item(*m.span()))]
    once = sum(sum(f.start <= r.start and r.end <= f.end for f in ledger) == 1 for r in runs)
    residue = [f for f in ledger if f.get("role") == "residue" and judge.inside(f)]
    firm = [n for n in judge.gold.of("ignored") if not n.get("tolerate")]
    noted = [(n, [f for f in ledger if touch(f, n)]) for n in firm]
    seen = [(g, [f for f in ledger if touch(f, g)]) for g in judge.wanted]
    observed = [(g, near) for g, near in seen if any(f.get("role") == "observation" for f in near)]
    passed = [(n, near) for n, near in noted if near and near[0].get("role") == "ignored" and not any(f.get("role") == "observation" for f in near)]
    reasons = sum(_reason(n) in {_reason(f) for f in near} for n, near in noted)
    figures = [
        Figure("ledger", once, None, len(runs)),
        Figure("residue", len(residue), None, len(ledger)),
        Figure("ledger role", len(observed) + len(passed), None, len(seen) + len(firm)),
    ]
    figures += [Figure("ledger reason", reasons, None, len(firm))] if firm else []
    good = {n.span for n, _ in passed} | {g.span for g, _ in observed}
    return figures, [Error("ledger", "wrong", *x.span) for x in (*firm, *judge.wanted) if x.span not in good]


def _reason(item: Item) -> str:
    reason = str(item.get("reason"))
    return "rank" if reason == "rank_idiom" else reason


def count_damage(judge: Judge) -> Counted:
    """Characters lost between digits that the gold is sure of: touched, with the suggestion that the gold reads."""
    gold = [d for d in judge.gold.of("damage") if d.get("certainty") in ("certain", "probable") and d.get("kind") == "dropped_char_between_digits"]
    said = judge.found.of("damage")
    if not judge.gold.of("damage"):
        return [], []
    found = [d for d in gold if any(touch(d, s) and _read(d) in _bare(s.get("suggestion")) for s in said)]
    extra = [s for s in said if not any(touch(d, s) for d in judge.gold.of("damage"))]
    errors = [Error("damage", "missed", *d.span, _read(d)) for d in gold if d not in found]
    return [Figure("damage", len(found), None, len(gold))], errors + [Error("damage", "extra", *s.span, "", str(s.get("suggestion"))) for s in extra]


def _read(damage: Item) -> str:
    return _bare(damage.get("reading") or damage.get("suggestion")).rstrip("年日")


COUNTS = (count_quantities, count_indicators, count_relations, count_bodies, count_mechanisms, count_measures, count_parts, count_ledger, count_damage)

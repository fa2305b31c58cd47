"""One report's graph → its own properties, its text, and which relations of figures hold."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from kg.model import Confirmed
from kg.numerals import plain
from kg.validate.graph import TYPE, Triples
from kg.validate.terms import Term, is_literal, text_of
from kg.vocab import FZ, OA


def look_through(graph: Triples) -> tuple[dict[str, str], str, tuple[Confirmed, ...]]:
    """Give what a graph says of its report, the report's text, and what was confirmed in it, in the order of the text."""
    report = next(iter(sorted(graph.subjects(TYPE, _fz("Report")))), None)
    about = {p[1:-1].rpartition("#")[2].rpartition("/")[2]: text_of(o) for p, o in graph.about(report) if is_literal(o)} if report is not None else {}
    text = about.pop("text", "")
    return about, text, tuple(sorted(_confirmed(graph), key=lambda c: (c.start, c.kind, c.message["zh"])))


def _fz(name: str) -> Term:
    return f"<{FZ}{name}>"


def _confirmed(graph: Triples) -> Iterator[Confirmed]:
    for relation in graph.subjects(_fz("holds"), '"true"'):
        kind, of = graph.value(relation, _fz("relationKind")), graph.value(relation, _fz("relationOf"))
        values = sorted(v for other in graph.objects(relation, _fz("relationWith")) if (v := _value(graph, other)) is not None)
        value = _value(graph, of)
        if kind is not None and value is not None and values:
            said = _say(text_of(kind), value, values)
            passage = graph.value(of, _fz("passage")) if of is not None else None
            start = graph.value(passage, f"<{OA}start>") if passage is not None else None
            if said is not None and start is not None:
                yield Confirmed(text_of(kind), said, int(text_of(start)))


def _value(graph: Triples, figure: Term | None) -> Decimal | None:
    value = graph.value(figure, _fz("value")) if figure is not None else None
    return Decimal(text_of(value)) if value is not None else None


def _say(kind: str, value: Decimal, others: list[Decimal]) -> dict[str, str] | None:
    """Put a confirmed relation in words; None where there is nothing to compute."""
    if kind == "ratio" and len(others) == 2:
        sum_ = f"{plain(others[0])}/{plain(others[1])} = {plain(value)}%"
        return {"zh": f"{sum_},相符", "en": f"{sum_}, confirmed"}
    if kind == "rate_of" and value < 100 and others[0] == int(others[0]) and others[0] <= 10 ** (2 + _places(value)):  # else more than one count fits
        count = (value * others[0] / 100).quantize(Decimal(1), ROUND_HALF_UP)
        return {"zh": f"{plain(others[0])} 的 {plain(value)}% 即 {count}", "en": f"{plain(value)} % of {plain(others[0])} is {count}"}
    if kind == "sum":
        sum_ = f"{' + '.join(plain(other) for other in others)} = {plain(value)}"
        return {"zh": f"{sum_},相符", "en": f"{sum_}, confirmed"}
    return None


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0

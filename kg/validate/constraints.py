"""The constraint components of SHACL Core: each makes, from a shape and a parameter, a check (kg/validate/checks.py).

https://www.w3.org/TR/shacl/#core-components
"""

import re
from collections.abc import Callable, Iterable, Set

from kg.validate.checks import Check, Constraint, Culprits, Data, NotCovered, Table, Values, Wrong, beside, each, number, together, within
from kg.validate.graph import Triples
from kg.validate.shapes import sh
from kg.validate.terms import KNOWN_DATATYPES, Term, compare, is_blank, is_true, length_of, parts, text_of, well_formed
from kg.vocab import SH, XSD


def _kind(_g: Triples, kind: Term) -> Callable[[Data], Set[Term]]:
    return lambda data: data.members(kind)


def _datatype(_g: Triples, _s: Term, datatype: Term) -> Wrong:
    name = text_of(datatype)
    if name.startswith(XSD) and name not in KNOWN_DATATYPES:
        raise NotCovered(f"sh:datatype {name}")
    if name == XSD + "string":
        return lambda _, value: value[-1] != '"' and parts(value)[2] != name
    ending = f'"^^<{name}>'
    return lambda _, value: not (value.endswith(ending) or parts(value)[2] == name) or not well_formed(value)


def _node_kind(_g: Triples, _s: Term, kind: Term) -> Wrong:
    signs = {sign for name, sign in (("IRI", "<"), ("BlankNode", "_"), ("Literal", '"')) if name in text_of(kind).removeprefix(SH)}
    return lambda _, value: value[0] not in signs


def _range(holds: Callable[[int], bool]) -> Constraint:
    def make(_g: Triples, _s: Term, limit: Term) -> Wrong:
        return lambda _, value: (order := compare(value, limit)) is None or not holds(order)

    return each(make)


def _length(holds: Callable[[int, int], bool]) -> Constraint:
    def make(_g: Triples, _s: Term, limit: Term) -> Wrong:
        number = int(text_of(limit))
        return lambda _, value: is_blank(value) or not holds(length_of(value), number)

    return each(make)


def _pattern(graph: Triples, shape: Term, pattern: Term) -> Wrong:
    flags = "".join(text_of(f) for f in graph.objects(shape, sh("flags")))
    if not set(flags) <= set("ismx"):
        raise NotCovered(f"sh:flags {flags}")
    try:
        form = re.compile(text_of(pattern), sum({"i": re.I, "s": re.S, "m": re.M, "x": re.X}[f] for f in set(flags)))
    except re.error as error:
        raise NotCovered(f"sh:pattern {text_of(pattern)}") from error
    return lambda _, value: is_blank(value) or form.search(text_of(value)) is None


def _language_in(graph: Triples, _s: Term, head: Term) -> Wrong:
    wanted = [text_of(tag).lower() for tag in graph.items(head)]

    def wrong(_: Data, value: Term) -> bool:
        language = (parts(value)[1] or "").lower()
        return not any(language == tag or language.startswith(tag + "-") or (tag == "*" and language != "") for tag in wanted)

    return wrong


def _in(graph: Triples, head: Term) -> Callable[[Data], Set[Term]]:
    allowed = set(graph.items(head))
    return lambda _: allowed


def _less(holds: Callable[[int], bool]) -> Constraint:
    def wrong(values: Values, limits: Values) -> Iterable[Term]:
        return [value for value in values if any((order := compare(value, limit)) is None or not holds(order) for limit in limits)]

    return lambda _g, _s, other: beside(other, wrong)


def _equals(_g: Triples, _s: Term, other: Term) -> Check:
    return beside(other, lambda values, others: set(values) ^ set(others))


def _disjoint(_g: Triples, _s: Term, other: Term) -> Check:
    return beside(other, lambda values, others: set(values) & set(others))


def _has_value(_g: Triples, _s: Term, wanted: Term) -> Check:
    return together(lambda values: wanted in values)


def _min_count(_g: Triples, _s: Term, count: Term) -> Check:
    least = int(text_of(count))
    return number(lambda count: count >= least)


def _max_count(_g: Triples, _s: Term, count: Term) -> Check:
    most = int(text_of(count))
    return number(lambda count: count <= most)


def _unique_lang(_g: Triples, _s: Term, on: Term) -> Check:
    def right(values: Values) -> bool:
        languages = [language.lower() for value in values if (language := parts(value)[1]) is not None]
        return len(languages) == len(set(languages))

    return together(right if is_true(on) else lambda _: True)


def _closed(graph: Triples, shape: Term, on: Term) -> Check:
    known = {path for inner in graph.objects(shape, sh("property")) for path in graph.objects(inner, sh("path"))}
    known |= {predicate for head in graph.objects(shape, sh("ignoredProperties")) for predicate in graph.items(head)}

    def check(data: Data, table: Table) -> Culprits:
        about = [(focus, *pair) for focus, values in table.rows.items() for value in values for pair in data.graph.about(value)]
        return [(focus, target, predicate) for focus, predicate, target in about if predicate not in known]

    return check if is_true(on) else together(lambda _: True)


def _not(_g: Triples, _s: Term, shape: Term) -> Wrong:
    return lambda data, value: data.conforms(shape, value)


def _node(_g: Triples, _s: Term, shape: Term) -> Wrong:
    return lambda data, value: not data.conforms(shape, value)


def _members(right: Callable[[int, int], bool]) -> Constraint:
    """A constraint on how many of a list's shapes a value conforms to."""

    def make(graph: Triples, _s: Term, head: Term) -> Wrong:
        shapes = graph.items(head)
        return lambda data, value: not right(sum(data.conforms(shape, value) for shape in shapes), len(shapes))

    return each(make)


def _qualified(right: Callable[[int, int], bool]) -> Constraint:
    def constraint(graph: Triples, shape: Term, count: Term) -> Check:
        limit, wanted = int(text_of(count)), graph.value(shape, sh("qualifiedValueShape"))
        if wanted is None:
            raise NotCovered("a qualified count without sh:qualifiedValueShape")
        if any(is_true(on) for on in graph.objects(shape, sh("qualifiedValueShapesDisjoint"))):
            raise NotCovered("sh:qualifiedValueShapesDisjoint")

        def check(data: Data, table: Table) -> Culprits:
            met = {focus: sum(data.conforms(wanted, value) for value in values) for focus, values in table.rows.items()}
            return [(focus, None, None) for focus, number in met.items() if not right(number, limit)]

        return check

    return constraint


CONSTRAINTS: dict[Term, tuple[str, Constraint]] = {
    sh(name): (SH + name[0].upper() + name[1:] + "ConstraintComponent", constraint)
    for name, constraint in {
        "class": within(_kind),
        "datatype": each(_datatype),
        "nodeKind": each(_node_kind),
        "minExclusive": _range(lambda order: order > 0),
        "minInclusive": _range(lambda order: order >= 0),
        "maxExclusive": _range(lambda order: order < 0),
        "maxInclusive": _range(lambda order: order <= 0),
        "minLength": _length(lambda length, limit: length >= limit),
        "maxLength": _length(lambda length, limit: length <= limit),
        "pattern": each(_pattern),
        "languageIn": each(_language_in),
        "in": within(_in),
        "lessThan": _less(lambda order: order < 0),
        "lessThanOrEquals": _less(lambda order: order <= 0),
        "equals": _equals,
        "disjoint": _disjoint,
        "hasValue": _has_value,
        "minCount": _min_count,
        "maxCount": _max_count,
        "uniqueLang": _unique_lang,
        "closed": _closed,
        "not": each(_not),
        "node": each(_node),
        "and": _members(lambda met, of: met == of),
        "or": _members(lambda met, _: met > 0),
        "xone": _members(lambda met, _: met == 1),
        "qualifiedMinCount": _qualified(lambda met, limit: met >= limit),
        "qualifiedMaxCount": _qualified(lambda met, limit: met <= limit),
    }.items()
}

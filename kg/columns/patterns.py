"""SPARQL's algebra (as rdflib's parser gives it) → relations over the columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rdflib.paths import AlternativePath, InvPath, SequencePath
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import URIRef, Variable

from kg.columns.aggregates import aggregate
from kg.columns.constants import Constants, leaves_of
from kg.columns.copy import Copy, Predicate
from kg.columns.expressions import as_truth, express
from kg.columns.operands import Scope, common, merged
from kg.columns.relation import Relation, absent, column, fresh, join, left_join, moved
from kg.columns.values import NOTHING, TEXT, WHOLE, NotCovered, Value
from kg.vocab import RDF

NO_LIMIT = 1_000_000_000
"""A limit that is none: it keeps Oxigraph from reordering (decision 17)."""


class Patterns:
    """Translates the patterns of one question."""

    def __init__(self, copy: Copy, constants: Constants) -> None:
        self.copy, self.constants = copy, constants

    def relation(self, node: CompValue, around: Mapping[str, Value] | None = None) -> Relation:
        """Translate a pattern; `around` are the variables of the pattern in whose EXISTS it stands."""
        made = _PATTERNS.get(node.name)
        if made is None:
            raise NotCovered(node.name)
        return made(self, node, around or {})

    def scope(self, relation: Relation, around: Mapping[str, Value]) -> Scope:
        return Scope(relation, self.constants, self.no_row, around)

    def no_row(self, pattern: CompValue, scope: Scope) -> str:
        """Say that a pattern has no row that agrees with the variables of a scope: NOT EXISTS."""
        seen = {**scope.around, **scope.relation.variables}
        other = self.relation(pattern, seen)
        shared = [name for name in other.variables if name in seen and "nothing" not in (seen[name].form, other.variables[name].form)]
        return absent(Relation(variables=seen), other, shared, both_bound=False)


def _basic(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    relation = Relation()
    for subject, predicate, value in node.triples:
        relation = join(relation, _triple(patterns, subject, predicate, value))
    return relation


def _triple(patterns: Patterns, subject: Any, predicate: Any, value: Any) -> Relation:
    if isinstance(predicate, SequencePath):
        relation, at = Relation(), subject
        for step in predicate.args[:-1]:
            between = Variable(fresh("step"))
            relation, at = join(relation, _triple(patterns, at, step, between)), between
        return join(relation, _triple(patterns, at, predicate.args[-1], value))
    if isinstance(predicate, AlternativePath):
        return _one_of([_triple(patterns, subject, way, value) for way in predicate.args], patterns, {})
    if isinstance(predicate, InvPath):
        return _triple(patterns, value, predicate.arg, subject)
    if not isinstance(predicate, URIRef):
        raise NotCovered(f"the path {predicate!r}")
    return _of_predicate(patterns, subject, str(predicate), value)


def _of_predicate(patterns: Patterns, subject: Any, predicate: str, value: Any) -> Relation:
    table = patterns.copy.predicates.get(predicate)
    if predicate == RDF + "type" and table is not None and not _is_variable(value):
        return _of_class(patterns, subject, table, patterns.constants.value(value))
    name = fresh("p")
    relation = Relation([f"{table.name} AS {name}"] if table is not None else [], [] if table is not None else ["false"])
    kinds = (table.subjects, table.objects) if table is not None else (0, 0)
    for term, end, kind in ((subject, "s", kinds[0]), (value, "o", kinds[1])):
        sql = f"{name}.{end}" if table is not None else "NULL::UINTEGER"
        if not _is_variable(term):
            relation.where.append(f"{sql} = {patterns.constants.value(term).sql}")
        elif str(term) in relation.variables:
            relation.where.append(f"{sql} = {relation.variables[str(term)].sql}")
        else:
            relation.variables[str(term)] = Value(sql, "id", kind, number=f"{name}.n" if end == "o" and table is not None and table.numbers else "")
    return relation


def _of_class(patterns: Patterns, subject: Any, table: Predicate, of: Value) -> Relation:
    name, known = fresh("c"), int(of.sql) in patterns.copy.classes
    relation, sql = (Relation([f"c{of.sql} AS {name}"]), f"{name}.s") if known else (Relation([], ["false"]), "NULL::UINTEGER")
    if _is_variable(subject):
        relation.variables[str(subject)] = Value(sql, "id", table.subjects)
    else:
        relation.where.append(f"{sql} = {patterns.constants.value(subject).sql}")
    return relation


def _is_variable(term: Any) -> bool:
    return not hasattr(term, "n3") or term.n3()[0] in "?_"


def _join(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    return join(patterns.relation(node.p1, around), patterns.relation(node.p2, around))


def _left_join(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    one, other = patterns.relation(node.p1, around).closed(), patterns.relation(node.p2, around)
    if node.expr.name != "TrueFilter":
        if not {str(leaf) for leaf in leaves_of(node.expr) if isinstance(leaf, Variable)} <= set(other.variables):
            raise NotCovered("a condition of OPTIONAL on what lies before it")
        other.where.append(as_truth(node.expr, patterns.scope(other, around)))
    return left_join(one, other.closed())


def _filter(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    relation = patterns.relation(node.p, around)
    relation.where.append(as_truth(node.expr, patterns.scope(relation, around)))
    return relation


def _extend(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    relation = patterns.relation(node.p, around)
    value = patterns.constants.shown(express(node.expr, patterns.scope(relation, around)))
    return Relation(relation.sources, relation.where, {**relation.variables, str(node["var"]): value}, relation.order, relation.looked_up)


def _union(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    return _one_of([patterns.relation(node.p1, around), patterns.relation(node.p2, around)], patterns, around)


def _one_of(parts: Sequence[Relation], patterns: Patterns, around: Mapping[str, Value]) -> Relation:
    names = list(dict.fromkeys(name for part in parts for name in part.variables))
    variables: dict[str, Value] = {}
    for name in names:
        values = [part.variables.get(name, NOTHING) for part in parts]
        bring = common(values)
        values = [bring(value, patterns.scope(part, around)) for value, part in zip(values, parts, strict=True)]
        for part, value in zip(parts, values, strict=True):
            part.variables[name] = value
        variables[name] = merged(values, "", any(value.maybe for value in values))
    selects = [Relation(p.sources, p.where, {name: replace(p.variables.get(name, NOTHING), number="") for name in names}).select() for p in parts]
    table = fresh("u")
    return Relation([f"({' UNION ALL '.join(selects)}) AS {table}"], [], moved(variables, table))


def _minus(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    relation, other = patterns.relation(node.p1, around), patterns.relation(node.p2, {})
    shared = [name for name, value in other.variables.items() if name in relation.variables and "nothing" not in (relation.variables[name].form, value.form)]
    if shared:
        relation.where.append(absent(relation, other, shared, both_bound=True))
    return relation


def _values(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    rows = [{str(name): term for name, term in row.items() if not (isinstance(term, str) and term == "UNDEF")} for row in node.res]
    names = list(rows[0]) if rows else []
    if any(list(row) != names for row in rows):
        raise NotCovered("rows of VALUES that bind now one, now another")
    if not names:
        return Relation() if len(rows) == 1 else Relation([f"(SELECT unnest(range({len(rows)}))) AS {fresh('v')}"])
    given = [[patterns.constants.value(row[name]) for name in names] for row in rows]
    if len(given) == 1:
        return Relation(variables=dict(zip(names, given[0], strict=True)))
    table = fresh("v")
    columns = [_column(patterns, values) for values in zip(*given, strict=True)]
    variables = {name: merged(values, f"{table}.{column(name)}", False) for name, values in zip(names, columns, strict=True)}
    listed = ", ".join("(" + ", ".join(value.sql for value in row) + ")" for row in zip(*columns, strict=True))
    return Relation([f"(VALUES {listed}) AS {table}({', '.join(map(column, names))})"], [], variables)


def _column(patterns: Patterns, values: Sequence[Value]) -> Sequence[Value]:
    """Give a column of VALUES: where a text or number is new to the dictionary, all as what they say."""
    kinds = {value.kinds for value in values}
    if any(value.loose for value in values) and kinds in ({TEXT}, {WHOLE}):
        return [patterns.constants.shown(replace(value, loose=True)) for value in values]
    return values


def _multiset(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    inner = node.p
    return _values(patterns, inner, around) if inner.name == "values" else patterns.relation(inner).closed(fence=True)


def _project(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    return patterns.relation(node.p, around).projected([str(name) for name in node.PV])


def _distinct(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    return patterns.relation(node.p, around).closed(distinct=True)


def _order(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    relation = patterns.relation(node.p, around)
    if not all(isinstance(condition.expr, Variable) for condition in node.expr):
        raise NotCovered("an order by what is no variable")
    relation.order = [(str(condition.expr), condition.order == "DESC") for condition in node.expr]
    return relation


def _slice(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    if node.start or node.length < NO_LIMIT:
        raise NotCovered("LIMIT")
    return patterns.relation(node.p, around)


def _group(patterns: Patterns, node: CompValue, around: Mapping[str, Value]) -> Relation:
    relation = patterns.relation(node.p.p, around)
    keys = node.p.expr or []
    if not all(isinstance(key, Variable) for key in keys):
        raise NotCovered("a group by what is no variable")
    return aggregate(relation, [str(key) for key in keys], node.A, patterns.scope(relation, around))


_PATTERNS: dict[str, Callable[[Patterns, CompValue, Mapping[str, Value]], Relation]] = {
    "BGP": _basic,
    "Join": _join,
    "LeftJoin": _left_join,
    "Filter": _filter,
    "Extend": _extend,
    "Union": _union,
    "Minus": _minus,
    "ToMultiSet": _multiset,
    "Project": _project,
    "Distinct": _distinct,
    "OrderBy": _order,
    "Slice": _slice,
    "AggregateJoin": _group,
}

"""Groups and their aggregates."""

from collections.abc import Sequence
from dataclasses import replace

from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from kg.columns.expressions import express
from kg.columns.operands import Scope, as_number, is_number, is_whole, sort_key
from kg.columns.relation import Relation, fresh, moved
from kg.columns.values import NotCovered, Value


def aggregate(relation: Relation, keys: Sequence[str], aggregates: Sequence[CompValue], scope: Scope) -> Relation:
    """Group a relation by variables; each aggregate is a variable of the result."""
    variables = {key: _key(scope.variable(key)) for key in keys}
    group = [variables[key].sql for key in keys if variables[key].form != "nothing" and variables[key].constant is None]
    for part in aggregates:
        variables[str(part.res)] = _aggregate(part, keys, scope)
    table = fresh("g")
    grouped = Relation(relation.sources, relation.where, variables)
    some = " HAVING count(*) > 0" if keys and not group else ""
    return Relation([f"({grouped.select(group=group)}{some}) AS {table}"], [], moved(variables, table))


def _aggregate(part: CompValue, keys: Sequence[str], scope: Scope) -> Value:
    name, what = part.name.removeprefix("Aggregate_"), part.vars
    if name == "Sample":
        if not isinstance(what, Variable) or str(what) not in keys:
            raise NotCovered("any one of a group")
        return _key(scope.variable(str(what)))
    distinct = "DISTINCT " if part.distinct else ""
    if what == "*":
        if name != "Count" or distinct:
            raise NotCovered(f"{name} of rows")
        return Value("count(*)", "whole")
    value = express(what, scope)
    if name == "Count":
        if value.form == "ratio":
            raise NotCovered("a count of ratios")
        return Value(f"count({distinct}{value.sql})", "whole")
    if name in ("Min", "Max"):
        return _extreme(name.lower(), value, scope, empty=not keys)
    if name in ("Sum", "Avg") and not distinct:
        return _total(name, value, scope)
    raise NotCovered(name)


def _key(value: Value) -> Value:
    return replace(value, number=f"any_value({value.number})") if value.number else value


def _extreme(function: str, value: Value, scope: Scope, empty: bool) -> Value:
    """The least or greatest of a group; where some are unbound engines differ, so that is left to them."""
    if value.maybe:
        raise NotCovered("the least of what may be unbound")
    if value.form in ("text", "iri", "whole", "number"):
        return Value(f"{function}({value.sql})", value.form, maybe=empty)
    key = sort_key(value, scope)
    return Value(f"arg_{function}({value.sql}, {key})", "id", value.kinds, empty, number=f"{function}({key})" if value.number else "")


def _total(name: str, value: Value, scope: Scope) -> Value:
    """Sum or mean; where one is unbound it is an error, and of none it is 0."""
    if not is_number(value):
        raise NotCovered("a sum of what is no number")
    number = as_number(value, scope)
    complete = f"WHEN count(*) > count({number}) THEN NULL " if value.maybe else ""
    total = f"CASE {complete}WHEN count(*) = 0 THEN 0 ELSE sum({number}) END"
    if name == "Sum":
        form, kind = ("whole", "BIGINT") if is_whole(value) else ("number", "DECIMAL(30,8)")
        return Value(f"CAST({total} AS {kind})", form, maybe=value.maybe)
    return Value(total, "ratio", maybe=True, over="greatest(count(*), 1)")

"""Relations: what a part of a pattern matches, as the parts of one SELECT, and how SPARQL's algebra joins them.

An open relation (tables and conditions) joins with another into one SELECT, so that DuckDB chooses the order; what groups, makes distinct
or is optional is closed into a table of its own.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.columns.values import NOTHING, WHOLE, NotCovered, Value

_NUMBERS = itertools.count()


def fresh(letter: str) -> str:
    """Give a name that no other table has."""
    return f"{letter}{next(_NUMBERS)}"


@dataclass(slots=True)
class Relation:
    """FROM `sources` WHERE `where`; the variables in SQL; the order asked for, by variables (descending?)."""

    sources: list[str] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    variables: dict[str, Value] = field(default_factory=dict)
    order: list[tuple[str, bool]] = field(default_factory=list)
    looked_up: dict[str, str] = field(default_factory=dict)

    def select(self, distinct: bool = False, group: Sequence[str] = ()) -> str:
        """Write the SELECT of the variables."""
        columns = [f"{part} AS {column}" for name, value in self.variables.items() for part, column in _columns(name, value)] or ["1 AS one"]
        parts = [f"SELECT {'DISTINCT ' if distinct else ''}{', '.join(columns)}"]
        if self.sources:
            parts.append("FROM " + ", ".join(self.sources))
        if self.where:
            parts.append("WHERE " + " AND ".join(self.where))
        if group:
            parts.append("GROUP BY " + ", ".join(group))
        return " ".join(parts)

    def closed(self, distinct: bool = False, fence: bool = False) -> "Relation":
        """Make it a table of its own; with a `fence` DuckDB joins its parts before it joins it to others."""
        table = fresh("q")
        return Relation([f"({self.select(distinct=distinct)}{' LIMIT 1000000000' if fence else ''}) AS {table}"], [], moved(self.variables, table), self.order)

    def projected(self, names: Sequence[str]) -> "Relation":
        """Keep some variables; one that nothing binds is NULL."""
        kept = {name: self.variables.get(name, NOTHING) for name in names}
        return Relation(self.sources, self.where, kept, self.order, self.looked_up)


def column(name: str) -> str:
    """Name a variable's column."""
    return f'"{name}"'


def _columns(name: str, value: Value) -> list[tuple[str, str]]:
    return [(sql, column(name + end)) for sql, end in ((value.sql, ""), (value.over, "/"), (value.number, "#")) if sql]


def moved(variables: dict[str, Value], table: str) -> dict[str, Value]:
    """Give the variables as columns of a table."""

    def at(name: str, sql: str) -> str:
        return f"{table}.{column(name)}" if sql else ""

    return {name: replace(v, sql=at(name, "."), over=at(name + "/", v.over), number=at(name + "#", v.number)) for name, v in variables.items()}


def join(one: Relation, other: Relation) -> Relation:
    """Join two relations on what they share."""
    variables, where = dict(one.variables), [*one.where, *other.where]
    for name, value in other.variables.items():
        mine = variables.get(name)
        if mine is None or mine.form == "nothing":
            variables[name] = value
        elif value.form != "nothing":
            where.append(equal(mine, value))
            variables[name] = _merged(mine, value)
    return Relation([*one.sources, *other.sources], where, variables, [], one.looked_up | other.looked_up)


def equal(one: Value, other: Value) -> str:
    """Say when two values of a variable agree: where one is unbound, they do."""
    if {one.form, other.form} == {"id", "whole"} and one.kinds | other.kinds == WHOLE and (one.number or other.number):
        same = f"{one.number or one.sql} = {other.number or other.sql}"
    elif one.form != other.form or one.form not in ("id", "text", "iri", "whole", "truth"):
        raise NotCovered(f"a variable that is {one.form} here and {other.form} there")
    else:
        same = f"{one.sql} = {other.sql}"
    open_ends = [f"{value.sql} IS NULL" for value in (one, other) if value.maybe]
    return f"({' OR '.join([same, *open_ends])})" if open_ends else same


def _merged(one: Value, other: Value) -> Value:
    if not one.maybe and not other.maybe:
        kept = other if one.loose or one.form != "id" else one
        return replace(kept, kinds=one.kinds & other.kinds) if one.form == other.form else kept
    if not one.maybe or not other.maybe:
        return other if one.maybe else one
    if one.form != other.form:
        raise NotCovered("a variable that may be unbound on both sides, in two forms")
    return Value(f"coalesce({one.sql}, {other.sql})", one.form, one.kinds | other.kinds, True, loose=one.loose or other.loose)


def left_join(one: Relation, other: Relation) -> Relation:
    """Add to each row of a closed relation what another gives, where it gives anything."""
    shared = [name for name in one.variables if name in other.variables]
    agreed = [equal(one.variables[name], other.variables[name]) for name in shared if "nothing" not in (one.variables[name].form, other.variables[name].form)]
    joined = f"{one.sources[0]} LEFT JOIN {other.sources[0]} ON {' AND '.join(agreed) or 'true'}"
    variables = dict(one.variables)
    for name, value in other.variables.items():
        given = replace(value, maybe=True, constant=None)
        if name not in variables or variables[name].form == "nothing":
            variables[name] = given
        elif variables[name].maybe:
            variables[name] = Value(f"coalesce({variables[name].sql}, {value.sql})", value.form, variables[name].kinds | value.kinds, True)
    return Relation([joined], [], variables)


def absent(one: Relation, other: Relation, shared: Sequence[str], both_bound: bool) -> str:
    """Say that no row of the other agrees with this one on what they share; `both_bound`: and binds something that this one binds, as MINUS wants it."""
    here = [(one.variables[name], other.variables[name]) for name in shared]
    conditions = [*other.where, *(equal(mine, theirs) for mine, theirs in here)]
    if both_bound and all(mine.maybe or theirs.maybe for mine, theirs in here):
        conditions.append("(" + " OR ".join(f"{mine.sql} IS NOT NULL AND {theirs.sql} IS NOT NULL" for mine, theirs in here) + ")")
    source = f" FROM {', '.join(other.sources)}" if other.sources else ""
    return f"NOT EXISTS (SELECT 1{source}{' WHERE ' + ' AND '.join(conditions) if conditions else ''})"

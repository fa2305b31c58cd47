"""The operands of expressions: what a scope knows of them, and what is done with values of one kind."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from rdflib.plugins.sparql.parserutils import CompValue

from kg.columns.constants import Constants
from kg.columns.relation import Relation, fresh
from kg.columns.values import BLANK, DATE, IRI, NOTHING, NUMBERS, SCALE, STRINGS, TEXT, TRUTH, WHOLE, NotCovered, Value, quoted

Exists = Callable[[CompValue, "Scope"], str]
_TEN = {"10": ("0.1", 1), "100": ("0.01", 2), "1000": ("0.001", 3)}


class Scope:
    """What an expression sees: the variables of its relation, to which lookups add tables, and those around it."""

    def __init__(self, relation: Relation, constants: Constants, exists: Exists, around: Mapping[str, Value] | None = None) -> None:
        self.relation, self.constants, self.exists, self.around = relation, constants, exists, around or {}

    def variable(self, name: str) -> Value:
        """Give a variable; one that nothing binds is NULL."""
        return self.relation.variables.get(name, self.around.get(name, NOTHING))

    def looked_up(self, value: Value, what: str) -> str:
        """Give what the dictionary says of a term: its `lex`, `num` or `tag`."""
        if value.loose:
            raise NotCovered("the text of a term that may be new to the dictionary")
        table = self.relation.looked_up.get(value.sql)
        if table is None:
            table = self.relation.looked_up[value.sql] = fresh("t")
            self.relation.sources.append(f"terms AS {table}")
            self.relation.where.append(f"{table}.id = {f'coalesce({value.sql}, 0)' if value.maybe else value.sql}")  # term 0 is none
        return f"{table}.{what}"


def as_text(value: Value, scope: Scope, kinds: int = STRINGS) -> str:
    """Give the text of a term that can only be of these kinds."""
    if value.form in ("text", "iri"):
        return value.sql
    if value.form == "nothing":
        return "NULL"
    if value.form == "id" and not value.kinds & ~kinds:
        return quoted(value.constant.text) if value.constant is not None else scope.looked_up(value, "lex")
    raise NotCovered("text of what is none")


def as_number(value: Value, scope: Scope) -> str:
    """Give a number."""
    if value.form in ("whole", "number"):
        return value.sql
    if value.form == "nothing":
        return "NULL"
    if value.form == "id" and not value.kinds & ~NUMBERS:
        if value.constant is not None:
            return value.constant.text if value.kinds == WHOLE else f"{value.constant.text}::{SCALE}"
        found = value.number or scope.looked_up(value, "num")
        return f"CAST({found} AS BIGINT)" if value.kinds == WHOLE and not value.number else found
    raise NotCovered("a number of what is none")


def is_whole(value: Value) -> bool:
    return value.form == "whole" or (value.form == "id" and value.kinds == WHOLE)


def is_number(value: Value) -> bool:
    return value.form in ("whole", "number") or (value.form == "id" and not value.kinds & ~NUMBERS)


def is_text(value: Value) -> bool:
    return value.form == "text" or (value.form == "id" and value.kinds == TEXT)


def compare(op: str, one: Value, other: Value, scope: Scope) -> str:
    """Compare two values of one kind."""
    sign = "<>" if op == "!=" else op
    if "nothing" in (one.form, other.form):
        return "NULL"
    if is_number(one) and is_number(other):
        return _ordered(as_number(one, scope), sign, as_number(other, scope), one.constant is None and other.constant is None)
    if is_text(one) and is_text(other):
        if one.form == other.form == "id" and op in ("=", "!="):
            return f"({one.sql} {sign} {other.sql})"
        return f"({as_text(one, scope)} {sign} {as_text(other, scope)})"
    kinds = (one.kinds | other.kinds) if one.form == other.form == "id" else 0
    if op in ("=", "!=") and kinds and (not kinds & ~(IRI | BLANK) or kinds == TRUTH):
        return f"({one.sql} {sign} {other.sql})"
    if one.form == other.form == "truth" and op in ("=", "!="):
        return f"({one.sql} {sign} {other.sql})"
    raise NotCovered(f"{one.form}:{one.kinds} {op} {other.form}:{other.kinds}")


def _ordered(one: str, sign: str, other: str, between_variables: bool) -> str:
    """Compare numbers; where both vary, as a test of rows that equal keys have brought together: DuckDB joins on inequalities first, over all pairs."""
    test = f"({one} {sign} {other})"
    return f"CASE WHEN {test} THEN true WHEN NOT {test} THEN false END" if between_variables and sign != "=" else test


def sort_key(value: Value, scope: Scope) -> str:
    """Give SQL that sorts a value as SPARQL does: the dictionary numbers terms in the order of their texts."""
    if value.form == "ratio":
        raise NotCovered("an order by a ratio")
    if value.form != "id":
        return value.sql
    if not value.kinds & ~NUMBERS:
        return value.number or scope.looked_up(value, "num")
    if value.kinds in (IRI, BLANK, TEXT, TRUTH, DATE):
        return value.sql
    if not value.kinds & ~STRINGS:  # one text in several languages
        return scope.looked_up(value, "lex")
    raise NotCovered("an order of terms of several kinds")


def times(one: Value, other: Value, scope: Scope) -> Value:
    if one.form == "ratio" and is_whole(other):
        return Value(f"({one.sql} * {as_number(other, scope)})", "ratio", maybe=True, over=one.over)
    if one.form != "nothing" and not (is_number(one) and is_number(other) and (is_whole(one) or is_whole(other))):
        raise NotCovered("a product of two fractions")
    return Value(
        f"({as_number(one, scope)} * {as_number(other, scope)})", "whole" if is_whole(one) and is_whole(other) else "number", maybe=one.maybe or other.maybe
    )


def divided(one: Value, other: Value, scope: Scope) -> Value:
    divisor = as_number(other, scope)
    if one.form == "whole" and other.constant is not None and divisor in _TEN:
        tenth, digits = _TEN[divisor]
        return Value(f"CAST(CAST({one.sql} AS DECIMAL(24,0)) * {tenth}::DECIMAL({digits + 1},{digits}) AS {SCALE})", "number", maybe=one.maybe)
    return Value(as_number(one, scope), "ratio", maybe=True, over=f"nullif({divisor}, 0)")


def unify(values: Sequence[Value], scope: Scope) -> list[Value]:
    """Bring values of several forms into one."""
    return [common(values)(value, scope) for value in values]


def common(values: Sequence[Value]) -> Callable[[Value, Scope], Value]:
    """Say how to bring each of some values into the form that all can take."""
    forms = {value.form for value in values} - {"nothing"}
    if len(forms) <= 1 and forms != {"ratio"}:
        return lambda value, scope: value
    for fits, form, made in ((is_text, "text", as_text), (is_whole, "whole", as_number), (is_number, "number", as_number)):
        if all(fits(value) or value.form == "nothing" for value in values):
            return partial(_in_form, form, made)
    if all(value.form in ("truth", "nothing") or (value.form == "id" and value.kinds == TRUTH and value.constant is not None) for value in values):
        return lambda value, scope: Value(value.constant.text, "truth") if value.constant is not None else Value(value.sql, "truth", maybe=value.maybe)
    raise NotCovered(f"a choice among {sorted(forms)}")


def _in_form(form: str, made: Callable[[Value, Scope], str], value: Value, scope: Scope) -> Value:
    return value if value.form in (form, "nothing") else Value(made(value, scope), form, maybe=value.maybe)


def merged(values: Sequence[Value], sql: str, maybe: bool) -> Value:
    """Give one value out of several of one form."""
    form = next((value.form for value in values if value.form != "nothing"), "nothing")
    kinds = 0
    for value in values:
        kinds |= value.kinds
    return Value(sql, form, kinds, maybe, loose=any(value.loose for value in values))

"""Expressions of SPARQL → SQL, where their types are known beforehand; anything else is NotCovered."""

from collections.abc import Callable
from functools import partial
from typing import Any

from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Literal, URIRef, Variable

from kg.columns.operands import Scope, as_number, as_text, compare, divided, is_number, is_whole, merged, times, unify
from kg.columns.values import IRI, NUMBERS, SCALE, STRINGS, TAGGED, TEXT, TRUTH, NotCovered, Value, quoted
from kg.vocab import XSD


def express(node: Any, scope: Scope) -> Value:
    """Translate an expression."""
    if isinstance(node, Variable):
        return scope.variable(str(node))
    if isinstance(node, URIRef | Literal):
        return scope.constants.value(node)
    if not isinstance(node, CompValue):
        raise NotCovered(f"the expression {node!r}")
    made = _RULES.get(node.name)
    if made is None:
        raise NotCovered(node.name)
    return made(node, scope)


def as_truth(node: Any, scope: Scope) -> str:
    """Give a condition; an effective boolean value is read of booleans alone."""
    value = express(node, scope)
    if value.form == "nothing":
        return "NULL"
    if value.form == "id" and value.kinds == TRUTH:
        return f"({as_text(value, scope, TRUTH)} = 'true')" if value.constant is None else value.constant.text
    if value.form != "truth":
        raise NotCovered("a condition that is no boolean")
    return value.sql


def _truth(sql: str) -> Value:
    return Value(sql, "truth", maybe=True)


def _many(word: str, node: CompValue, scope: Scope) -> Value:
    return _truth("(" + f" {word} ".join(as_truth(part, scope) for part in [node.expr, *node.other]) + ")")


def _not(node: CompValue, scope: Scope) -> Value:
    return _truth(f"(NOT {as_truth(node.expr, scope)})")


def _bound(node: CompValue, scope: Scope) -> Value:
    value = scope.variable(str(node.arg))
    return Value("false" if value.form == "nothing" else f"({value.sql} IS NOT NULL)" if value.maybe else "true", "truth")


def _exists(negated: bool, node: CompValue, scope: Scope) -> Value:
    absent = scope.exists(node.graph, scope)
    return Value(absent if negated else f"(NOT {absent})", "truth")


def _relation(node: CompValue, scope: Scope) -> Value:
    if node.op in ("IN", "NOT IN"):
        one = express(node.expr, scope)
        parts = " OR ".join(compare("=", one, express(other, scope), scope) for other in node.other)
        return _truth(f"({'NOT ' if node.op == 'NOT IN' else ''}({parts}))")
    special = _language_test(node, scope)
    return _truth(special or compare(node.op, express(node.expr, scope), express(node.other, scope), scope))


def _language_test(node: CompValue, scope: Scope) -> str | None:
    """`LANG(?x) = "zh"`."""
    if not (isinstance(node.expr, CompValue) and node.expr.name == "Builtin_LANG" and isinstance(node.other, Literal) and node.op in ("=", "!=")):
        return None
    value = express(node.expr.arg, scope)
    if value.form == "nothing":
        return "NULL"
    if value.form != "id" or value.kinds & ~STRINGS or value.constant is not None:
        raise NotCovered("the language of what is no string")
    tag = f"@{node.other}" if str(node.other) else ""
    return f"({scope.looked_up(value, 'tag')} {'<>' if node.op == '!=' else '='} {quoted(tag)})"


def _sum(node: CompValue, scope: Scope) -> Value:
    values = [express(part, scope) for part in [node.expr, *node.other]]
    if any(not is_number(value) and value.form != "nothing" for value in values):
        raise NotCovered("a sum of what is no number")
    sql = as_number(values[0], scope) + "".join(f" {op} {as_number(value, scope)}" for op, value in zip(node.op, values[1:], strict=True))
    return Value(f"({sql})", "whole" if all(map(is_whole, values)) else "number", maybe=any(value.maybe for value in values))


def _product(node: CompValue, scope: Scope) -> Value:
    value = express(node.expr, scope)
    for op, part in zip(node.op, node.other, strict=True):
        value = times(value, express(part, scope), scope) if op == "*" else divided(value, express(part, scope), scope)
    return value


def _round(node: CompValue, scope: Scope) -> Value:
    """To the nearest whole number, a half upwards: ⌊(2n + d) / 2d⌋, in whole numbers."""
    value = express(node.arg, scope)
    if value.form == "whole":
        return value
    top, bottom = (value.sql, value.over) if value.form == "ratio" else (as_number(value, scope), "1")
    above, below = (
        f"CAST(({part}) * 100000000 AS HUGEINT)" for part in (f"2 * CAST({top} AS {SCALE}) + CAST({bottom} AS {SCALE})", f"2 * CAST({bottom} AS {SCALE})")
    )
    return Value(f"CAST(floor_divided({above}, {below}) AS BIGINT)", "whole", maybe=True)


def _decimal(node: CompValue, scope: Scope) -> Value:
    if str(node.iri) != XSD + "decimal":
        raise NotCovered(str(node.iri))
    value = express(node.expr[0], scope)
    return Value(f"CAST({as_number(value, scope)} AS {SCALE})", "number", maybe=value.maybe)


def _text(sql: str, *values: Value) -> Value:
    return Value(sql, "text", maybe=any(value.maybe for value in values))


def _str(node: CompValue, scope: Scope) -> Value:
    value = express(node.arg, scope)
    if value.form == "whole":
        return _text(f"CAST({value.sql} AS VARCHAR)", value)
    return _text(as_text(value, scope, IRI | STRINGS | NUMBERS | TRUTH), value)


def _concat(node: CompValue, scope: Scope) -> Value:
    values = [express(part, scope) for part in node.arg]
    return _text("(" + " || ".join(as_text(value, scope, TEXT) for value in values) + ")", *values)


def _test(function: str, node: CompValue, scope: Scope) -> Value:
    one, other = express(node.arg1, scope), express(node.arg2, scope)
    if other.form == "id" and other.kinds & TAGGED:
        raise NotCovered("a test against a string of a language")
    return _truth(f"{function}({as_text(one, scope)}, {as_text(other, scope)})")


def _length(node: CompValue, scope: Scope) -> Value:
    value = express(node.arg, scope)
    return Value(f"length({as_text(value, scope)})", "whole", maybe=value.maybe)


def _cut(after: bool, node: CompValue, scope: Scope) -> Value:
    value, mark = express(node.arg1, scope), scope.constants.value(node.arg2)
    text, sign = as_text(value, scope, TEXT), as_text(mark, scope, TEXT)
    place = f"strpos({text}, {sign})"
    part = f"substr({text}, {place} + length({sign}))" if after else f"substr({text}, 1, {place} - 1)"
    return _text(f"CASE WHEN {place} = 0 THEN '' ELSE {part} END", value)


def _part(node: CompValue, scope: Scope) -> Value:
    value, start = express(node.arg, scope), express(node.start, scope)
    if not is_whole(start) or (node.length is not None and not is_whole(express(node.length, scope))):
        raise NotCovered("a part that begins or ends within a character")
    begin, text = as_number(start, scope), as_text(value, scope, TEXT)
    if node.length is None:
        return _text(f"substr({text}, greatest({begin}, 1))", value, start)
    length = express(node.length, scope)
    return _text(f"substr({text}, greatest({begin}, 1), greatest({begin} + {as_number(length, scope)} - greatest({begin}, 1), 0))", value, start, length)


def _replace(node: CompValue, scope: Scope) -> Value:
    value, pattern, new = express(node.arg, scope), node.pattern, node.replacement
    if not isinstance(pattern, Literal) or not isinstance(new, Literal) or node.flags or set(str(new)) & set("$\\") or set(str(pattern)) & set("\\^$(.?"):
        raise NotCovered("a pattern that engines may read in two ways")
    return _text(f"regexp_replace({as_text(value, scope, TEXT)}, {quoted(str(pattern))}, {quoted(str(new))}, 'g')", value)


def _iri(node: CompValue, scope: Scope) -> Value:
    value = express(node.arg, scope)
    return Value(as_text(value, scope, TEXT | IRI), "iri", maybe=value.maybe)


def _coalesce(node: CompValue, scope: Scope) -> Value:
    values = unify([scope.constants.shown(express(part, scope)) for part in node.arg], scope)
    return merged(values, f"coalesce({', '.join(value.sql for value in values)}, NULL)", all(value.maybe for value in values))


def _if(node: CompValue, scope: Scope) -> Value:
    condition = as_truth(node.arg1, scope)
    values = unify([scope.constants.shown(express(part, scope)) for part in (node.arg2, node.arg3)], scope)
    return merged(values, f"CASE WHEN {condition} THEN {values[0].sql} WHEN NOT {condition} THEN {values[1].sql} END", True)


_RULES: dict[str, Callable[[CompValue, Scope], Value]] = {
    "ConditionalAndExpression": partial(_many, "AND"),
    "ConditionalOrExpression": partial(_many, "OR"),
    "UnaryNot": _not,
    "RelationalExpression": _relation,
    "AdditiveExpression": _sum,
    "MultiplicativeExpression": _product,
    "Function": _decimal,
    "Builtin_BOUND": _bound,
    "Builtin_EXISTS": partial(_exists, False),
    "Builtin_NOTEXISTS": partial(_exists, True),
    "Builtin_STR": _str,
    "Builtin_CONCAT": _concat,
    "Builtin_CONTAINS": partial(_test, "contains"),
    "Builtin_STRSTARTS": partial(_test, "starts_with"),
    "Builtin_STRENDS": partial(_test, "ends_with"),
    "Builtin_STRLEN": _length,
    "Builtin_STRBEFORE": partial(_cut, False),
    "Builtin_STRAFTER": partial(_cut, True),
    "Builtin_SUBSTR": _part,
    "Builtin_REPLACE": _replace,
    "Builtin_ROUND": _round,
    "Builtin_IRI": _iri,
    "Builtin_COALESCE": _coalesce,
    "Builtin_IF": _if,
}

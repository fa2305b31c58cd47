"""A SELECT → SQL over the columns."""

from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.columns.constants import Constants
from kg.columns.copy import Copy
from kg.columns.operands import sort_key
from kg.columns.patterns import Patterns
from kg.columns.values import NotCovered, Plan, Value


def translate(copy: Copy, text: str) -> Plan:
    """Translate a SELECT."""
    algebra = translateQuery(parseQuery(text)).algebra
    if algebra.name != "SelectQuery" or algebra.datasetClause:
        raise NotCovered(algebra.name)
    patterns = Patterns(copy, Constants(copy, algebra))
    relation = patterns.relation(algebra.p).closed()
    scope = patterns.scope(relation, {})
    names = tuple(str(name) for name in algebra.PV)
    cells = [_cell(relation.variables[name]) for name in names]
    keys = []
    for name, down in relation.order:
        if name not in relation.variables:
            raise NotCovered("an order by what is not in the answer")
        if (value := relation.variables[name]).form != "nothing":
            keys.append(f"{sort_key(value, scope)} {'DESC NULLS LAST' if down else 'NULLS FIRST'}")
    selected = ", ".join(f"{sql} AS c{at}" for at, (_, sql) in enumerate(cells))
    where = f" WHERE {' AND '.join(relation.where)}" if relation.where else ""
    order = f" ORDER BY {', '.join(keys)}" if keys else ""
    return Plan(names, tuple(form for form, _ in cells), f"SELECT {selected} FROM {', '.join(relation.sources)}{where}{order}")


def _cell(value: Value) -> tuple[str, str]:
    """Say in which form a value comes over, and its SQL."""
    if value.loose:
        raise NotCovered("an answer that may be new to the dictionary")
    if value.form == "id":
        return "id", value.sql
    if value.form == "number":
        return "number", f"rtrim(rtrim(CAST({value.sql} AS VARCHAR), '0'), '.')"
    if value.form == "whole":
        return "plain", f"CAST({value.sql} AS BIGINT)"
    if value.form in ("text", "iri", "truth", "nothing"):
        return "plain", value.sql
    raise NotCovered(f"an answer that is {value.form}")

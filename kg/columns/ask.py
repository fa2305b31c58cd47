"""A SELECT → its rows as TSV, in order."""

import duckdb
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.columns.constants import Constants
from kg.columns.copy import Copy
from kg.columns.operands import sort_key
from kg.columns.patterns import Patterns
from kg.columns.relation import Relation, fresh
from kg.columns.values import NotCovered, Value


def answer(copy: Copy, text: str) -> tuple[tuple[str, ...], list[str]]:
    """Answer a SELECT: its columns, and its rows as lines of TSV; NotCovered where it is none for columns."""
    names, sql = translate(copy, text)
    try:
        return names, [line for (line,) in copy.connection.execute(sql).fetchall()]
    except duckdb.Error as error:
        raise NotCovered(str(error)) from error


def translate(copy: Copy, text: str) -> tuple[tuple[str, ...], str]:
    """Translate a SELECT: its columns, and SQL that gives its rows as lines of TSV, in order."""
    algebra = translateQuery(parseQuery(text)).algebra
    if algebra.name != "SelectQuery" or algebra.datasetClause:
        raise NotCovered(algebra.name)
    constants = Constants(copy, algebra)
    relation = Patterns(copy, constants).relation(algebra.p)
    names = tuple(str(name) for name in algebra.PV)
    written = _Written(relation.closed())
    cells = [written.cell(name) for name in names]
    keys = [f"{key} {'DESC NULLS LAST' if down else 'NULLS FIRST'}" for name, down in relation.order if (key := written.key(name)) is not None]
    sql = f"SELECT {' || chr(9) || '.join(cells)} FROM {written.source}{' ORDER BY ' + ', '.join(keys) if keys else ''}"
    return names, sql


class _Written:
    """A closed relation whose terms are written out: each variable that holds terms brings the dictionary once."""

    def __init__(self, relation: Relation) -> None:
        self._variables, self.source = relation.variables, relation.sources[0]
        self._tables: dict[str, str] = {}

    def _looked_up(self, value: Value, what: str) -> str:
        if value.loose:
            raise NotCovered("an answer that may be new to the dictionary")
        if value.sql not in self._tables:
            table = self._tables[value.sql] = fresh("t")
            self.source += f" {'LEFT JOIN' if value.maybe else 'JOIN'} terms AS {table} ON {table}.id = {value.sql}"
        return f"{self._tables[value.sql]}.{what}"

    def cell(self, name: str) -> str:
        """Write a variable as Oxigraph's TSV does; nothing where it is unbound."""
        value = self._variables[name]
        if value.form == "nothing":
            return "''"
        made = {
            "id": lambda: self._looked_up(value, "term"),
            "iri": lambda: f"('<' || {value.sql} || '>')",
            "text": lambda: f"""('"' || {_escaped(value.sql)} || '"')""",
            "whole": lambda: f"CAST({value.sql} AS VARCHAR)",
            "number": lambda: f"rtrim(rtrim(CAST({value.sql} AS VARCHAR), '0'), '.')",
            "truth": lambda: f"CAST({value.sql} AS VARCHAR)",
        }.get(value.form)
        if made is None:
            raise NotCovered(f"an answer that is {value.form}")
        return f"coalesce({made()}, '')" if value.maybe else made()

    def key(self, name: str) -> str | None:
        """Give what a variable is sorted by; None where it is never bound."""
        value = self._variables.get(name)
        if value is None:
            raise NotCovered("an order by what is not in the answer")
        if value.form == "nothing":
            return None
        return sort_key(value, self._looked_up)


def _escaped(sql: str) -> str:
    for char, escape in (("'\\'", "'\\\\'"), ("'\"'", "'\\\"'"), ("chr(10)", "'\\n'"), ("chr(13)", "'\\r'"), ("chr(9)", "'\\t'")):
        sql = f"replace({sql}, {char}, {escape})"
    return sql

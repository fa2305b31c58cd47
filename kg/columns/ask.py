"""A question of all reports → its answer, by a plan that the index holds or one made for it."""

from typing import Any

import duckdb

from kg.columns import Answer
from kg.columns.copy import Copy
from kg.columns.values import NotCovered, Plan

_TEXTUAL = (0, 2, 3)
"""Kinds of terms that are what their text says: IRIs and strings (see kg.columns.build)."""
_TERMS = f"SELECT id, CASE WHEN kind IN {_TEXTUAL} THEN lex END AS text, CASE WHEN kind NOT IN {_TEXTUAL} THEN term END AS term FROM terms WHERE id IN"


def answer(copy: Copy, text: str) -> Answer:
    """Answer a SELECT; NotCovered where it is none for columns."""
    with copy.asking:
        plan = copy.plan(text)
        if plan is None:
            from kg.columns.translate import translate

            plan = translate(copy, text)
        return fetch(copy, plan)


def fetch(copy: Copy, plan: Plan) -> Answer:
    """Run a plan: the rows come as numbers of the dictionary, each term they hold comes once."""
    try:
        copy.connection.execute(f"CREATE OR REPLACE TEMP TABLE answer AS {plan.sql}")
        ids = [f"SELECT c{at} FROM answer" for at, form in enumerate(plan.forms) if form == "id"]
        numbers, texts, others = _lists(copy, f"{_TERMS} ({' UNION ALL '.join(ids)})") if ids else ([], [], [])
        columns = _lists(copy, "SELECT * FROM answer")
        copy.connection.execute("DROP TABLE answer")
    except duckdb.Error as error:
        raise NotCovered(str(error)) from error
    terms = {number: term for number, term in zip(numbers, others, strict=True) if term is not None}
    return Answer(plan.names, plan.forms, columns, dict(zip(numbers, texts, strict=True)), terms)


def _lists(copy: Copy, sql: str) -> list[list[Any]]:
    """Give the columns of an answer as lists; None is NULL."""
    return [column.tolist() for column in copy.connection.execute(sql).fetchnumpy().values()]

"""A question of all reports → its answer, by a plan that the index holds or one made for it."""

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np

from kg.columns import Answer
from kg.columns.copy import Copy
from kg.columns.values import IRI, TAGGED, TEXT, NotCovered, Plan

_TEXTUAL = tuple(kind.bit_length() - 1 for kind in (IRI, TEXT, TAGGED))
"""Kinds of terms, as the dictionary numbers them, that are what their text says."""
_TERMS = f"SELECT id, CASE WHEN kind IN {_TEXTUAL} THEN lex END AS text, CASE WHEN kind NOT IN {_TEXTUAL} THEN term END AS term FROM terms JOIN seen USING (id)"


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
        columns = [*copy.connection.execute(plan.sql).fetchnumpy().values()]
        for at, form in enumerate(plan.forms):
            if form == "id":
                columns[at] = np.ma.filled(columns[at], 0)  # term 0 is none
        return Answer(plan.names, plan.forms, columns, *_terms(copy, [column for column, form in zip(columns, plan.forms, strict=True) if form == "id"]))
    except duckdb.Error as error:
        raise NotCovered(str(error)) from error


def _terms(copy: Copy, columns: Sequence[Any]) -> tuple[Any, Any, dict[int, str]]:
    """Look up what some columns hold: the numbers, their texts, and what is more than its text as N-Triples, by place."""
    seen = np.zeros(copy.terms + 1, dtype=bool)
    for column in columns:
        seen[column] = True
    copy.connection.register("seen", {"id": np.flatnonzero(seen).astype(np.uint32)})
    numbers, texts, others = copy.connection.execute(_TERMS).fetchnumpy().values()
    copy.connection.unregister("seen")
    more = np.flatnonzero(~np.ma.getmaskarray(others)).tolist()
    return numbers, np.ma.getdata(texts), {at: others[at] for at in more}

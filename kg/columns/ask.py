"""A question of all reports → its answer, by a plan that the index holds or one made for it."""

import duckdb

from kg.columns import Answer
from kg.columns.copy import Copy
from kg.columns.values import NotCovered, Plan


def answer(copy: Copy, text: str) -> Answer:
    """Answer a SELECT; NotCovered where it is none for columns."""
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
        terms = copy.connection.execute(f"SELECT id, term FROM terms WHERE id IN ({' UNION ALL '.join(ids)})").fetchall() if ids else []
        columns = [column.tolist() for column in copy.connection.execute("SELECT * FROM answer").fetchnumpy().values()]
        copy.connection.execute("DROP TABLE answer")
    except duckdb.Error as error:
        raise NotCovered(str(error)) from error
    return Answer(plan.names, plan.forms, columns, dict(terms))

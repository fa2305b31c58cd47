"""N-Triples → the file of columns.

`terms` holds each term once: as it is written in N-Triples, its text without escapes, its kind (kg.columns.values, by position), its language
or datatype as written, and what it is worth where it is a number. They are numbered in the order of their texts, so that equal kinds sort by number.
Term 0 is none: what is unbound is looked up there.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from kg.columns.values import NUMBERS, SCALE, WHOLE, Plan
from kg.vocab import RDF, XSD

MEMORY = "1GB"
"""Beyond it DuckDB lays what it works on into files."""
_LINES = """
CREATE TEMP TABLE lines AS
SELECT s, p, substr(line, length(s) + length(p) + 3, length(line) - length(s) - length(p) - 4) AS o
FROM (SELECT line, split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p
      FROM read_csv(?, columns = {'line': 'VARCHAR'}, delim = chr(1), quote = '', escape = '', header = false, auto_detect = false, max_line_size = 20000000))
"""
_TERMS = rf"""
CREATE TABLE terms AS
WITH named AS (
  SELECT s AS term FROM lines UNION SELECT p FROM lines UNION SELECT o FROM lines
), marked AS (
  SELECT term, CASE WHEN term[1] = '"' THEN substr(term, length(term) - strpos(reverse(term), '"') + 2) ELSE '' END AS tag FROM named
), parted AS (
  SELECT term, tag,
    CASE term[1] WHEN '<' THEN term[2:-2] WHEN '_' THEN term ELSE substr(term, 2, length(term) - length(tag) - 2) END AS body,
    CASE WHEN term[1] = '<' THEN 0 WHEN term[1] = '_' THEN 1 WHEN tag = '' THEN 2 WHEN tag[1] = '@' THEN 3
      WHEN tag = '^^<{XSD}integer>' THEN 4 WHEN tag = '^^<{XSD}decimal>' THEN 5 WHEN tag = '^^<{XSD}boolean>' THEN 6 WHEN tag = '^^<{XSD}date>' THEN 7 ELSE 8 END AS kind
  FROM marked
), read AS (
  SELECT *, CASE WHEN kind IN (4, 5) THEN try_cast(body AS {SCALE}) END AS num,
    CASE WHEN kind > 1 AND contains(body, '\') THEN replace(replace(replace(replace(replace(replace(
      body, '\\', chr(1)), '\n', chr(10)), '\r', chr(13)), '\t', chr(9)), '\"', '"'), chr(1), '\') ELSE body END AS lex
  FROM parted
)
SELECT row_number() OVER (ORDER BY lex, term)::UINTEGER AS id, term, lex,
  CASE WHEN kind = 4 AND (num IS NULL OR abs(num) >= 1000000000000000 OR CAST(CAST(num AS BIGINT) AS VARCHAR) <> body) THEN 8
    WHEN kind = 5 AND (num IS NULL OR length(split_part(body, '.', 2)) > 8) THEN 8
    WHEN kind = 6 AND body NOT IN ('true', 'false') THEN 8 WHEN kind = 7 AND NOT regexp_full_match(body, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') THEN 8
    WHEN kind > 1 AND regexp_matches(body, '\\[^\\nrt"]') THEN 8 ELSE kind END::UTINYINT AS kind,
  tag, num
FROM read ORDER BY id
"""
_TRIPLES = """
CREATE TEMP TABLE triples AS
SELECT a.id AS s, b.id AS p, c.id AS o FROM lines JOIN terms a ON a.term = s JOIN terms b ON b.term = p JOIN terms c ON c.term = o
"""


def write_columns(lines: Path, target: Path) -> int:
    """Write a file of N-Triples as columns; give the number of triples."""
    with duckdb.connect(str(target)) as db:
        db.execute(f"SET memory_limit = '{MEMORY}'")
        db.execute("SET preserve_insertion_order = false")
        db.execute(_LINES, [str(lines)])
        for text in (_TERMS, _TRIPLES, "INSERT INTO terms VALUES (0, NULL, NULL, 0, '', NULL)"):
            db.execute(text)
        db.execute("CREATE TABLE classes (id UINTEGER)")
        db.execute("CREATE TABLE predicates (id UINTEGER, iri VARCHAR, subjects UINTEGER, objects UINTEGER)")
        for number, iri in db.execute("SELECT id, lex FROM terms WHERE id IN (SELECT DISTINCT p FROM triples) ORDER BY id").fetchall():
            _write_predicate(db, number, iri)
            if iri == RDF + "type":
                _write_classes(db, number)
        count: int = db.execute("SELECT count(*) FROM triples").fetchall()[0][0]
    return count


def _write_classes(db: duckdb.DuckDBPyConnection, type_of: int) -> None:
    """A table a class: in one table of all types DuckDB takes a class for far smaller than it is, once joined."""
    db.execute(f"INSERT INTO classes SELECT DISTINCT o FROM p{type_of}")
    for (number,) in db.execute("SELECT id FROM classes").fetchall():
        db.execute(f"CREATE TABLE c{number} AS SELECT s FROM p{type_of} WHERE o = {number} ORDER BY s")


def write_plans(target: Path, plans: Mapping[str, Plan | None]) -> None:
    """Write which question is answered by which plan; None: it is not for columns."""
    with duckdb.connect(str(target)) as db:
        db.execute("CREATE TABLE plans (text VARCHAR, names VARCHAR[], forms VARCHAR[], sql VARCHAR)")
        rows = [(text, list(plan.names), list(plan.forms), plan.sql) if plan is not None else (text, None, None, None) for text, plan in plans.items()]
        if rows:
            db.executemany("INSERT INTO plans VALUES (?, ?, ?, ?)", rows)


def _write_predicate(db: duckdb.DuckDBPyConnection, number: int, iri: str) -> None:
    kinds = "SELECT bit_or(1::UINTEGER << a.kind), bit_or(1::UINTEGER << b.kind) FROM triples JOIN terms a ON a.id = s JOIN terms b ON b.id = o WHERE p = ?"
    ((subjects, objects),) = db.execute(kinds, [number]).fetchall()
    if objects & ~NUMBERS:
        db.execute(f"CREATE TABLE p{number} AS SELECT s, o FROM triples WHERE p = {number} ORDER BY s, o")
    else:
        worth = "CAST(num AS BIGINT)" if objects == WHOLE else "num"
        db.execute(f"CREATE TABLE p{number} AS SELECT s, o, {worth} AS n FROM triples JOIN terms ON id = o WHERE p = {number} ORDER BY s, o")
    db.execute("INSERT INTO predicates VALUES (?, ?, ?, ?)", [number, iri, subjects, objects])

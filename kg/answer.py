"""The child process behind a time-out: SPARQL on standard input, the store's folder as argument → results as TSV.

`python -m kg.answer FOLDER`. It loads little, since it starts anew for each question.
"""

import sys
from typing import BinaryIO

import pyoxigraph as ox

_TSV = ox.QueryResultsFormat.TSV
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def write_results(results: Results, output: BinaryIO | None = None) -> bytes:
    """Results of any kind as TSV, to `output` where one is given: solutions, a yes or no, or triples in a stable order."""
    solutions = results if isinstance(results, ox.QuerySolutions) else _solutions(results)
    return (solutions.serialize(format=_TSV) if output is None else solutions.serialize(output, format=_TSV)) or b""


def _solutions(results: ox.QueryBoolean | ox.QueryTriples) -> ox.QuerySolutions:
    store = ox.Store()
    if isinstance(results, ox.QueryTriples):
        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in results)
        made = store.query("SELECT ?subject ?predicate ?object WHERE { ?subject ?predicate ?object } ORDER BY ?subject ?predicate ?object")
    else:
        made = store.query(f"SELECT ?answer WHERE {{ BIND ({str(bool(results)).lower()} AS ?answer) }}")
    assert isinstance(made, ox.QuerySolutions)
    return made


def main() -> int:
    """Answer; 2 is a wrong query, 3 a store that cannot be read."""
    try:
        write_results(ox.Store.read_only(sys.argv[1]).query(sys.stdin.buffer.read().decode()), sys.stdout.buffer)
    except SyntaxError as error:
        print(error.msg, file=sys.stderr)
        return 2
    except OSError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The child process behind a time-out: SPARQL on standard input, the store's folder as argument → results as JSON.

`python -m kg.answer FOLDER`. It loads little, since it starts anew for each question.
"""

import sys

import pyoxigraph as ox


def answer(folder: str, text: str) -> bytes:
    """Ask a store that is opened for reading only; the triples of a CONSTRUCT come as rows, so that there is one kind of answer."""
    results = ox.Store.read_only(folder).query(text)
    if not isinstance(results, ox.QueryTriples):
        return results.serialize(format=ox.QueryResultsFormat.JSON) or b""
    triples = ox.Store()
    triples.extend(ox.Quad(t.subject, t.predicate, t.object) for t in results)
    rows = triples.query("SELECT ?subject ?predicate ?object WHERE { ?subject ?predicate ?object } ORDER BY ?subject ?predicate ?object")
    assert isinstance(rows, ox.QuerySolutions)
    return rows.serialize(format=ox.QueryResultsFormat.JSON) or b""


def main() -> int:
    """Answer; 2 is a wrong query, 3 a store that cannot be read."""
    try:
        sys.stdout.buffer.write(answer(sys.argv[1], sys.stdin.buffer.read().decode()))
    except SyntaxError as error:
        print(error.msg, file=sys.stderr)
        return 2
    except OSError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())

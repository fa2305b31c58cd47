"""A store's quads in rdflib, as an engine for the stored questions: what the tests compare and the benchmark times."""

import re
from collections.abc import Sequence

from rdflib import Dataset, Graph
from rdflib.term import BNode, Literal, URIRef

from kg.query.bind import Execute
from kg.table import Table, Value

_GRAPH_TERM = re.compile(r" <[^<>]*> \.$")


def triple_line(quad: str) -> str:
    """An N-Quads line without its graph."""
    return _GRAPH_TERM.sub(" .", quad)


def execute_on_rdflib(quads: Sequence[str]) -> Execute:
    """Read N-Quads lines into memory: the merged graph, as the embedded store asks it; a question about graphs asks a data set."""
    merged, data = Graph(), Dataset(default_union=True)
    merged.parse(data="\n".join(map(triple_line, quads)), format="nt")
    data.parse(data="\n".join(quads), format="nquads")
    return lambda text: _ask(data if "GRAPH ?" in text else merged, text)


def _ask(graph: Graph, text: str) -> Table:
    result = graph.query(text)
    names = tuple(str(v) for v in result.vars or ())
    return Table(names, [tuple(_value(row[name]) for name in names) for row in result])


def _value(term: object) -> Value:
    if isinstance(term, Literal):
        return Table.parse(str(term), str(term.datatype))
    return str(term) if isinstance(term, URIRef | BNode) else None

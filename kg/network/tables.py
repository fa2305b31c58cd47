"""Network → a table of nodes and one of edges: CSV as Gephi reads it, CSV as Neo4j's importer reads it, Parquet."""

import csv
import io
from typing import Any

from kg.errors import UsageError
from kg.network.model import EDGE_FIELDS, NODE_FIELDS, Network, flat

Files = dict[str, bytes]
_NEO4J = {str: "string", int: "long", float: "double", list: "string[]"}


def _csv(header: list[str], rows: list[list[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([["" if value is None else flat(value) for value in row] for row in rows])
    return out.getvalue().encode()


def to_csv(network: Network) -> Files:
    """Write what Gephi's spreadsheet import expects: Id, Label; Source, Target, Type, Weight; the rest as named."""
    nodes, edges = list(network.fields(NODE_FIELDS)), list(network.fields(EDGE_FIELDS))
    kind = "Directed" if network.graph.is_directed() else "Undirected"
    named = {"label": "Label", "weight": "Weight"}
    return {
        "nodes": _csv(["Id", *(named.get(n, n) for n in nodes)], [[n, *(d.get(f) for f in nodes)] for n, d in network.nodes()]),
        "edges": _csv(
            ["Source", "Target", "Type", *(named.get(n, n) for n in edges)], [[s, t, kind, *(d.get(f) for f in edges)] for s, t, d in network.edges()]
        ),
    }


def to_neo4j(network: Network) -> Files:
    """Write for `neo4j-admin database import --array-delimiter=¶`: typed headers, labels of nodes, types of relationships."""
    nodes, edges = network.fields(NODE_FIELDS), network.fields(EDGE_FIELDS)
    return {
        "nodes": _csv(
            ["iri:ID", *_typed(nodes), ":LABEL"],
            [[n, *(d.get(f) for f in nodes), d["kind"].capitalize()] for n, d in network.nodes()],
        ),
        "edges": _csv(
            [":START_ID", ":END_ID", ":TYPE", *_typed(edges)],
            [[s, t, d["kind"].upper().replace("-", "_"), *(d.get(f) for f in edges)] for s, t, d in network.edges()],
        ),
    }


def _typed(fields: dict[str, type]) -> list[str]:
    return [f"{name}:{'long[]' if name == 'years' else _NEO4J[kind]}" for name, kind in fields.items()]


def to_parquet(network: Network) -> Files:
    """Write two Parquet tables, in which lists stay lists and blanks stay blanks."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise UsageError("parquet: 需要 pyarrow · pyarrow is needed: pip install 'fazhi-kg[frames]'") from error
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), list: pa.list_(pa.string())}
    nodes, edges = network.nodes(), network.edges()
    ends: list[dict[str, Any]] = [{"source": s, "target": t, **d} for s, t, d in edges]
    return {
        "nodes": _parquet(pa, {"id": str, **network.fields(NODE_FIELDS)}, [{"id": n, **d} for n, d in nodes], types),
        "edges": _parquet(pa, {"source": str, "target": str, **network.fields(EDGE_FIELDS)}, ends, types),
    }


def _parquet(pa: Any, fields: dict[str, type], rows: list[dict[str, Any]], types: dict[type, Any]) -> bytes:
    import pyarrow.parquet

    schema = pa.schema([(name, pa.list_(pa.int64()) if name == "years" else types[kind]) for name, kind in fields.items()])
    table = pa.table({name: pa.array([row.get(name) for row in rows], type=schema.field(name).type) for name in fields}, schema=schema)
    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out)
    return out.getvalue()

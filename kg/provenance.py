"""A report's way into the store → quads of the meta graph: its source, the run that made its graph (PROV), what validation found in it, and how much it holds (VoID).

Each finding that went in is a node, so that a question can ask which reports went in with which warnings; each class of things is a
partition with its number, so that fill rates of thousands of reports need not be counted anew.
"""

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg import __version__
from kg.model import ClassCount, Finding
from kg.vocab import DCTERMS, FZ, META_GRAPH, PROV, RDF, VOID, graph_iri, run_iri

_META = ox.NamedNode(META_GRAPH)
Row = tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]


def meta_lines(
    report: str, source_name: str, source_hash: str, shapes_version: str, findings: Sequence[Finding], counts: Sequence[ClassCount], triples: int
) -> list[str]:
    """What is known of one report's making, as N-Quads lines; `triples`: how many its graph holds."""
    graph, run = ox.NamedNode(graph_iri(report)), ox.NamedNode(run_iri(source_hash, __version__, shapes_version))
    conforms = all(finding.severity != "violation" for finding in findings)
    rows: list[Row] = [
        (graph, FZ + "about", ox.NamedNode(report)),
        (graph, FZ + "conforms", ox.Literal(conforms)),
        (graph, FZ + "findingCount", ox.Literal(len(findings))),
        (graph, VOID + "triples", ox.Literal(triples)),
        (graph, FZ + "inputSha256", ox.Literal(source_hash)),
        (graph, DCTERMS + "source", ox.Literal(source_name)),
        (graph, PROV + "wasGeneratedBy", run),
        (run, RDF + "type", ox.NamedNode(PROV + "Activity")),
        (run, FZ + "toolVersion", ox.Literal(__version__)),
        (run, FZ + "shapesVersion", ox.Literal(shapes_version)),
    ]
    rows += [row for number, finding in enumerate(findings, 1) for row in _finding_rows(graph, number, finding)]
    rows += [row for count in counts for row in _count_rows(graph, count)]
    return [f"{ox.Quad(subject, ox.NamedNode(predicate), target, _META)} ." for subject, predicate, target in rows]


def _finding_rows(graph: ox.NamedNode, number: int, finding: Finding) -> Iterator[Row]:
    """A finding: which shape saw what, how grave it is, and what it says."""
    node = ox.NamedNode(f"{graph.value}/finding/{number}")
    seen = finding.value if finding.value is not None and finding.value.startswith(finding.report) else finding.focus
    yield graph, FZ + "finding", node
    yield node, RDF + "type", ox.NamedNode(FZ + "Finding")
    yield node, FZ + "about", ox.NamedNode(finding.report)
    yield node, FZ + "severity", ox.Literal(finding.severity)
    yield node, FZ + "shape", ox.NamedNode(finding.shape)
    yield node, FZ + "concerns", ox.NamedNode(seen)
    for language, said in finding.message.items():
        yield node, FZ + "message", ox.Literal(said, language=language)


def _count_rows(graph: ox.NamedNode, count: ClassCount) -> Iterator[Row]:
    """A partition of the graph: a class, how many things of it there are, and how many of them have each core property."""
    node = ox.NamedNode(f"{graph.value}/class/{_local(count.kind)}")
    yield graph, VOID + "classPartition", node
    yield node, VOID + "class", ox.NamedNode(count.kind)
    yield node, VOID + "entities", ox.Literal(count.things)
    for term, filled in count.filled:
        column = ox.NamedNode(f"{node.value}/{_local(term)}")
        yield node, VOID + "propertyPartition", column
        yield column, VOID + "property", ox.NamedNode(term)
        yield column, VOID + "distinctSubjects", ox.Literal(filled)


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]

"""Quads in, quads out: the embedded Oxigraph store, one named graph a report, replaced as a whole.

A store is a folder: `quads/` (Oxigraph), `format.json` (version). Ontology and schemes lie in the reference
graph; what is known of each report's making (PROV: source, hash, versions, conformance) in the meta graph.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg import __version__
from kg.errors import InputError, UsageError
from kg.ontology import ontology_quads
from kg.vocab import DCTERMS, FZ, META_GRAPH, PROV, RDF, RDFS, REFERENCE_GRAPH, XSD, graph_iri

FORMAT = 1
_META = ox.NamedNode(META_GRAPH)
_UNION_QUERY = "SELECT DISTINCT ?report ?title ?issuer ?year ?published ?findings WHERE { ?report a <%sReport> ; <%syear> ?year . OPTIONAL { ?report <%stitle> ?title } OPTIONAL { ?report <%sissuer>/<%slabel> ?issuer } OPTIONAL { ?report <%spublished> ?published } OPTIONAL { ?g <%sabout> ?report ; <%sfindingCount> ?findings } } ORDER BY ?report"


class Store:
    """A folder of checked reports."""

    def __init__(self, folder: Path, quads: ox.Store) -> None:
        self.folder = folder
        self.quads = quads

    def __repr__(self) -> str:
        return f"Store({str(self.folder)!r}, {len(self.report_graphs())} reports)"

    def close(self) -> None:
        """Let go of the files: Oxigraph's lock ends with the last reference to its store, so this must be the only one."""
        del self.quads

    def replace_report(self, report: str, lines: Iterable[str], meta: Iterable[ox.Quad]) -> bool:
        """Put a report's graph in the place of the one before, with its meta quads; False where nothing changed."""
        graph = ox.NamedNode(graph_iri(report))
        new = list(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS))
        about = list(meta)
        old = set(self.quads.quads_for_pattern(None, None, None, graph))
        old_meta = set(self._meta_of(graph))
        if old == set(new) and old_meta == set(about):
            return False
        update = self._delta((old | old_meta) - set(new) - set(about), [*new, *about])
        self.quads.update(update)
        self.quads.flush()
        return True

    def _delta(self, gone: Iterable[ox.Quad], come: Iterable[ox.Quad]) -> str:
        def block(quads: Iterable[ox.Quad]) -> str:
            return "\n".join(f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)

        return f"DELETE DATA {{ {block(gone)} }} ;\nINSERT DATA {{ {block(come)} }}"

    def _meta_of(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        for quad in self.quads.quads_for_pattern(graph, None, None, _META):
            yield quad
            if quad.predicate.value == PROV + "wasGeneratedBy" and isinstance(quad.object, ox.NamedNode):
                yield from self.quads.quads_for_pattern(quad.object, None, None, _META)

    def remove_report(self, report: str) -> None:
        """Take a report's graph and its meta quads out; an unknown report is a UsageError."""
        graph = ox.NamedNode(graph_iri(report))
        if graph not in self.report_graphs():
            raise UsageError(f"库中没有报告 {report} · no such report in the store; `kg reports list` names them")
        gone = [*self.quads.quads_for_pattern(None, None, None, graph), *self._meta_of(graph)]
        self.quads.update(self._delta(gone, []))
        self.quads.remove_graph(graph)
        self.quads.flush()

    def report_graphs(self) -> list[ox.NamedNode]:
        """The graphs that hold reports, in order."""
        prefix = graph_iri("https://w3id.org/fazhi-kg/report/")
        return [g for g in self.graphs() if g.value.startswith(prefix)]

    def lines_of(self, graph: ox.NamedNode) -> list[str]:
        """A graph's quads as sorted N-Quads lines."""
        return sorted(f"{quad} ." for quad in self.quads.quads_for_pattern(None, None, None, graph))

    def graphs(self) -> list[ox.NamedNode]:
        """All named graphs, in order."""
        return sorted((g for g in self.quads.named_graphs() if isinstance(g, ox.NamedNode)), key=lambda g: g.value)

    def triples_of(self, graph: str) -> tuple[bytes, int]:
        """A graph as sorted N-Triples, and how many they are."""
        lines = sorted(f"{quad.triple} ." for quad in self.quads.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
        return "".join(f"{line}\n" for line in lines).encode(), len(lines)

    def replace_graph(self, graph: str, triples: Iterable[ox.Triple]) -> bool:
        """Put triples in the place of a graph's; False where nothing changed."""
        node = ox.NamedNode(graph)
        new = {ox.Quad(t.subject, t.predicate, t.object, node) for t in triples}
        old = set(self.quads.quads_for_pattern(None, None, None, node))
        if old != new:
            self.quads.update(self._delta(old - new, new - old))
            self.quads.flush()
        return old != new

    def dump_lines(self) -> Iterator[str]:
        """All quads, graph by graph, sorted: equal stores give equal bytes."""
        for graph in self.graphs():
            yield from self.lines_of(graph)

    def list_reports(self) -> list[dict[str, str | None]]:
        """Each report with title, issuer, year, date of publication and number of findings."""
        query = _UNION_QUERY % (FZ, FZ, DCTERMS, FZ, RDFS, FZ, FZ, FZ)
        solutions = self.quads.query(query, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        names = ("report", "title", "issuer", "year", "published", "findings")
        return [{name: row[name].value if row[name] is not None else None for name in names} for row in solutions]


def meta_quads(report: str, source_name: str, source_hash: str, shapes_version: str, findings: int) -> list[ox.Quad]:
    """PROV of one report's graph: the run is named by source hash, tool and shapes version, so equal runs are one."""
    graph, run = ox.NamedNode(graph_iri(report)), ox.NamedNode(f"https://w3id.org/fazhi-kg/run/{source_hash[:16]}-{__version__}-{shapes_version}")

    def quad(subject: ox.NamedNode, predicate: str, target: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(subject, ox.NamedNode(predicate), target, _META)

    return [
        quad(graph, FZ + "about", ox.NamedNode(report)),
        quad(graph, FZ + "conforms", ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))),
        quad(graph, FZ + "findingCount", ox.Literal(str(findings), datatype=ox.NamedNode(XSD + "integer"))),
        quad(graph, FZ + "sha256", ox.Literal(source_hash)),
        quad(graph, DCTERMS + "source", ox.Literal(source_name)),
        quad(graph, PROV + "wasGeneratedBy", run),
        quad(run, RDF + "type", ox.NamedNode(PROV + "Activity")),
        quad(run, FZ + "toolVersion", ox.Literal(__version__)),
        quad(run, FZ + "shapesVersion", ox.Literal(shapes_version)),
    ]


def open_store(folder: Path, create: bool = False) -> Store:
    """Open a store for writing; with `create` make it where there is none."""
    marker = folder / "format.json"
    if not marker.exists():
        if not create:
            raise UsageError(f"{folder}: 不是图谱库 · not a store; make one with `kg ingest PATH --store {folder}`")
        if folder.exists() and any(folder.iterdir()):
            raise UsageError(f"{folder}: 目录非空且不是图谱库 · the folder is not empty and not a store; name a new one")
        return _create(folder)
    _check_format(marker)
    return Store(folder, _guard(lambda: ox.Store(str(folder / "quads")), folder))


def read_store(folder: Path) -> Store:
    """Open a store for reading only, beside a writer."""
    marker = folder / "format.json"
    if not marker.exists():
        raise UsageError(f"{folder}: 不是图谱库 · not a store; make one with `kg ingest PATH --store {folder}`")
    _check_format(marker)
    return Store(folder, _guard(lambda: ox.Store.read_only(str(folder / "quads")), folder))


def _create(folder: Path) -> Store:
    folder.mkdir(parents=True, exist_ok=True)
    quads = ox.Store(str(folder / "quads"))
    reference = ox.NamedNode(REFERENCE_GRAPH)
    quads.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, reference) for q in ontology_quads())
    quads.flush()
    temporary = folder / "format.json.part"
    temporary.write_text(json.dumps({"format": FORMAT, "tool": __version__}) + "\n", encoding="utf-8")
    os.replace(temporary, folder / "format.json")
    return Store(folder, quads)


def _check_format(marker: Path) -> None:
    try:
        version = json.loads(marker.read_text(encoding="utf-8"))["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{marker}: 库标记损坏 · the store's marker is broken; restore it or ingest anew") from error
    if version != FORMAT:
        raise InputError(
            f"{marker}: 库格式 {version},本版本用 {FORMAT} · store format {version}, this version reads {FORMAT}; dump it with the version that wrote it and ingest anew"
        )


def _guard(opener: Callable[[], ox.Store], folder: Path) -> ox.Store:
    try:
        return opener()
    except OSError as error:
        raise InputError(f"{folder}: 无法打开图谱库 · cannot open the store (is another process writing?): {error}") from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` and put it in place on success; on failure nothing is left."""
    temporary = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        raise UsageError(f"{path}: 无法写入 · cannot write: {error.strerror or error}") from error
    finally:
        temporary.unlink(missing_ok=True)

"""Quads in, quads out: the embedded Oxigraph store, one named graph a report, replaced as a whole.

A store is a folder: `quads/` (Oxigraph), `format.json` (version). Ontology and schemes lie in the reference
graph; what is known of each report's making (PROV: source, hash, versions, conformance) in the meta graph.
The default graph states every triple of them once, and questions are asked of it: a union taken anew for each question would
repeat what many reports say (a place and its name), once for each report and in every join.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg import __version__
from kg.errors import InputError, UsageError
from kg.files import replacing
from kg.ontology import ontology_quads
from kg.pieces import open_pieces
from kg.vocab import DCTERMS, FZ, META_GRAPH, PROV, RDFS, REFERENCE_GRAPH, REPORT_GRAPHS, VOID, graph_iri

FORMAT = 6
_META = ox.NamedNode(META_GRAPH)
_DEFAULT = ox.DefaultGraph()
_PARTS = (PROV + "wasGeneratedBy", FZ + "finding", VOID + "classPartition", VOID + "propertyPartition")
_OWN = ("quads", "format.json.part")
_LIST_QUERY = "SELECT DISTINCT ?report ?title ?issuer ?year ?published ?findings WHERE { ?report a <%sReport> ; <%syear> ?year . OPTIONAL { ?report <%stitle> ?title } OPTIONAL { ?report <%sissuer>/<%slabel> ?issuer } OPTIONAL { ?report <%spublished> ?published } OPTIONAL { ?g <%sabout> ?report ; <%sfindingCount> ?findings } } ORDER BY ?report"


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

    def add_reports(self, reports: Mapping[str, bytes]) -> None:
        """Add whole new reports, each with its meta quads as N-Quads that this program wrote: one commit, as long as they are fewer than a million quads."""
        merged = (_without_graph(_without_graph(quads, graph_iri(report)), META_GRAPH) for report, quads in reports.items())
        self.quads.bulk_load(open_pieces(chain(reports.values(), merged)), format=ox.RdfFormat.N_QUADS, lenient=True)

    def replace_report(self, report: str, quads: bytes) -> bool:
        """Put a report's graph and meta quads, as N-Quads, in the place of those before; False where nothing changed."""
        new, old = set(ox.parse(quads, format=ox.RdfFormat.N_QUADS)), self._quads_of(report)
        if old != new:
            self.quads.update(self._delta(old - new, new))
        return old != new

    def holds(self, report: str, quads: bytes) -> bool:
        """Say whether a report's graph and meta quads are these."""
        return self._quads_of(report) == set(ox.parse(quads, format=ox.RdfFormat.N_QUADS))

    def _quads_of(self, report: str) -> set[ox.Quad]:
        graph = ox.NamedNode(graph_iri(report))
        return {*self.quads.quads_for_pattern(None, None, None, graph), *self._meta_of(graph)}

    def sources(self) -> dict[str, tuple[str, str]]:
        """Each report with the SHA-256 and the name of the input that it was made from."""

        def of(predicate: str) -> dict[str, str]:
            quads = self.quads.quads_for_pattern(None, ox.NamedNode(predicate), None, _META)
            return {str(q.subject): q.object.value for q in quads if isinstance(q.object, ox.NamedNode | ox.Literal)}

        names, hashes = of(DCTERMS + "source"), of(FZ + "inputSha256")
        return {report: (hashes[graph], names[graph]) for graph, report in of(FZ + "about").items() if graph in hashes and graph in names}

    def flush(self) -> None:
        """Write what is in memory to the files."""
        self.quads.flush()

    def _delta(self, gone: Iterable[ox.Quad], come: Iterable[ox.Quad]) -> str:
        """One update of the named graphs and of the default graph, which loses a triple only where no other graph states it."""
        gone, come = list(gone), list(come)
        lost = [
            q
            for q in gone
            if all(other.graph_name in (q.graph_name, _DEFAULT) for other in self.quads.quads_for_pattern(q.subject, q.predicate, q.object, None))
        ]

        def block(quads: Iterable[ox.Quad], merged: Iterable[ox.Quad]) -> str:
            named = (f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}" for q in quads)
            return "\n".join([*named, *(f"{q.subject} {q.predicate} {q.object} ." for q in merged)])

        return f"DELETE DATA {{ {block(gone, lost)} }} ;\nINSERT DATA {{ {block(come, come)} }}"

    def _meta_of(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        for quad in self.quads.quads_for_pattern(graph, None, None, _META):
            yield quad
            if quad.predicate.value in _PARTS and isinstance(quad.object, ox.NamedNode):
                yield from self._meta_of(quad.object)

    def remove_report(self, report: str) -> None:
        """Take a report's graph and its meta quads out; an unknown report is a UsageError."""
        graph = ox.NamedNode(graph_iri(report))
        if graph not in self.report_graphs():
            raise UsageError(f"库中没有报告 {report} · no such report in the store; `kg reports list` names them")
        gone = [*self.quads.quads_for_pattern(None, None, None, graph), *self._meta_of(graph)]
        self.quads.update(self._delta(gone, []))
        self.quads.remove_graph(graph)
        self.quads.flush()

    def compact(self) -> None:
        """Bring the files into the order in which questions read fastest: about 15 ms a report of the store."""
        self.quads.optimize()

    def report_graphs(self) -> list[ox.NamedNode]:
        """The graphs that hold reports, in order."""
        return [g for g in self.graphs() if g.value.startswith(REPORT_GRAPHS)]

    def lines_of_graph(self, graph: str) -> list[str]:
        """A graph's quads as sorted lines, by its name."""
        return self.lines_of(ox.NamedNode(graph))

    def lines_of(self, graph: ox.NamedNode) -> list[str]:
        """A graph's quads as sorted N-Quads lines."""
        triples = self.quads.query("CONSTRUCT WHERE { ?s ?p ?o }", default_graph=graph)  # names the graph once, where a pattern names it in each quad
        assert isinstance(triples, ox.QueryTriples)
        text, ending = (triples.serialize(format=ox.RdfFormat.N_TRIPLES) or b"").decode(), f"{graph} ."
        return sorted([line[:-1] + ending for line in text.split("\n")[:-1]])

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
        query = _LIST_QUERY % (FZ, FZ, DCTERMS, FZ, RDFS, FZ, FZ, FZ)
        solutions = self.quads.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        names = ("report", "title", "issuer", "year", "published", "findings")
        return [{name: row[name].value if row[name] is not None else None for name in names} for row in solutions]


def _without_graph(quads: bytes, graph: str) -> bytes:  # no literal holds a newline: it is written as \n
    return quads.replace(f" <{graph}> .\n".encode(), b" .\n")


def is_store(folder: Path) -> bool:
    """Say whether a folder holds a store; one that was being made when its process was killed does not."""
    return (folder / "format.json").exists()


def check_place(folder: Path) -> None:
    """Refuse a folder that holds something else than a store; a UsageError."""
    if not is_store(folder) and folder.exists() and (not folder.is_dir() or any(p.name not in _OWN for p in folder.iterdir())):
        raise UsageError(f"{folder}: 目录非空且不是图谱库 · the folder is not empty and not a store; name a new one")


def open_store(folder: Path, create: bool = False) -> Store:
    """Open a store for writing; with `create` make it where there is none."""
    marker = folder / "format.json"
    if not marker.exists():
        if not create:
            raise UsageError(f"{folder}: 不是图谱库 · not a store; make one with `kg ingest PATH --store {folder}`")
        check_place(folder)
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
    quads = _guard(lambda: ox.Store(str(folder / "quads")), folder)
    quads.clear()
    quads.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in ontology_quads() for graph in (ox.NamedNode(REFERENCE_GRAPH), _DEFAULT))
    quads.flush()
    with replacing(folder / "format.json") as marker:
        marker.write_text(json.dumps({"format": FORMAT, "tool": __version__}) + "\n", encoding="utf-8")
    return Store(folder, quads)


def _check_format(marker: Path) -> None:
    try:
        version = json.loads(marker.read_text(encoding="utf-8"))["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{marker}: 库标记损坏 · the store's marker is broken; restore it or ingest anew") from error
    if version != FORMAT:
        raise InputError(
            f"{marker}: 库格式 {version},本版本用 {FORMAT};请把报告重新入库到新目录 · store format {version}, this version reads {FORMAT}: ingest the reports anew into a new folder (`kg ingest FILES --store NEW`)"
        )


def _guard(opener: Callable[[], ox.Store], folder: Path) -> ox.Store:
    try:
        return opener()
    except OSError as error:
        busy = "另有进程在写 · another process is writing: " if "lock" in str(error).lower() else ""
        raise InputError(f"{folder}: 无法打开图谱库 · cannot open the store: {busy}{error}") from error

"""Quads → Findings: the SHACL shapes over one report's graph, each finding with its messages, its sentence and its place.

Constraints in SPARQL target the report and return the culprit as ?value: pySHACL parses such a query again for every
focus node, so one query a report instead of one a node is what keeps validation under a second.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyshacl import validate
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node

from kg.errors import InputError
from kg.model import Finding
from kg.resources import data_files
from kg.vocab import FZ as FZ_BASE
from kg.vocab import OA as OA_BASE

FZ, OA, SH = Namespace(FZ_BASE), Namespace(OA_BASE), Namespace("http://www.w3.org/ns/shacl#")
SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_ORDER = tuple(SEVERITIES.values())
_GRAPH_TERM = re.compile(r" <[^<>]*> \.$", re.M)
_SLOT = re.compile(r"\\\{\\[?$]\w+\\\}")  # {?printed} in a message, after re.escape


@dataclass(frozen=True)
class Shapes:
    """The parsed shapes and the digest that names their version."""

    graph: Graph
    version: str


@lru_cache(maxsize=4)
def load_shapes(extra: tuple[str, ...] = ()) -> Shapes:
    """Read the project's shapes and further files or folders; a fault raises InputError with file and line."""
    files = [*data_files("shapes", ".ttl"), *(path for name in extra for path in _turtle_files(Path(name)))]
    texts = {path: path.read_bytes() for path in files}
    graph = Graph()
    parts = [(path, data, _parse_file(path, data)) for path, data in texts.items()]
    for _, _, own in parts:
        for triple in own:
            graph.add(triple)
    for path, data, own in parts:
        _check_severities(path, data, own)
        _check_queries(path, data, own, graph)
    return Shapes(graph, hashlib.sha256(b"".join(texts.values())).hexdigest()[:12])


def _turtle_files(path: Path) -> list[Path]:
    if not path.exists():
        raise InputError(f"{path}: 没有这个形状文件或目录 · no such shapes file or folder; expected Turtle (.ttl)")
    return sorted(path.glob("*.ttl")) if path.is_dir() else [path]


def _parse_file(path: Path, data: bytes) -> Graph:
    graph = Graph()
    try:
        graph.parse(data=data, format="turtle")
    except (SyntaxError, AssertionError, IndexError, ValueError, ParserError) as error:  # rdflib raises all five for bad Turtle
        reason = re.search(r"Bad syntax \((.*)\)", str(error))
        said = reason.group(1) if reason is not None else str(error).splitlines()[0]
        raise InputError(f"{path}:{_turtle_line(error, data)}: 不是合法的 Turtle · not valid Turtle: {said}") from error
    return graph


def _turtle_line(error: Exception, data: bytes) -> int:
    """Line of a Turtle fault, by its offset or by the text that rdflib prints before its caret; rdflib's own count is too high after blank space."""
    parsed, offset = getattr(error, "_str", None), getattr(error, "_i", None)
    if isinstance(parsed, bytes) and isinstance(offset, int):
        return parsed.decode().count("\n", 0, offset) + 1
    if isinstance(error, UnicodeDecodeError | IndexError):  # an IndexError: the file ends within a statement
        return data.count(b"\n", 0, error.start if isinstance(error, UnicodeDecodeError) else len(data)) + 1
    shown = re.search(r"\^ in (.*)\^", str(error), re.S)
    before = shown.group(1) if shown is not None else ""
    return data.count(b"\n", 0, max(data.find(before.encode()), 0)) + before.count("\n") + 1


def _check_severities(path: Path, data: bytes, own: Graph) -> None:
    for shape, severity in own.subject_objects(SH.severity):
        if severity not in SEVERITIES:
            last = re.split(r"[#/:]", str(severity))[-1]
            found = re.search(rf"severity\s+\S*{re.escape(last)}", data.decode())
            line = data.decode().count("\n", 0, found.start()) + 1 if found is not None else 1
            raise InputError(f"{path}:{line}: 不认识的严重级别 {severity}({shape})· unknown severity; expected sh:Violation, sh:Warning or sh:Info")


def _check_queries(path: Path, data: bytes, own: Graph, shapes: Graph) -> None:
    for predicate in (SH.select, SH.ask):
        for constraint, query in own.subject_objects(predicate):
            declared = {
                str(shapes.value(d, SH.prefix)): str(shapes.value(d, SH.namespace))
                for p in own.objects(constraint, SH.prefixes)
                for d in shapes.objects(p, SH.declare)
            }
            try:
                prepareQuery(re.sub(r"[$?]PATH\b", "<urn:path>", str(query)), initNs=dict(Graph().namespaces()) | declared)
            except Exception as error:  # rdflib raises Exception itself for an unknown prefix, pyparsing's classes for the rest
                line = _query_line(data.decode(), str(query), error)
                raise InputError(f"{path}:{line}: SPARQL 语法错误({constraint})· SPARQL syntax error: {str(error).splitlines()[0]}") from error


def _query_line(text: str, query: str, error: Exception) -> int:
    """Line of a SPARQL fault in its file: where the query starts, and as far into it as the parser or the prefix says."""
    start = text.count("\n", 0, max(text.find(query), 0)) + 1
    prefix = re.search(r"prefix : (\w*)", str(error))
    inside = query.count("\n", 0, max(query.find(f"{prefix.group(1)}:"), 0)) if prefix is not None else int(getattr(error, "lineno", 1)) - 1
    return start + inside


def parse_lines(lines: Iterable[str]) -> Graph:
    """Read N-Quads lines of one graph as an rdflib graph."""
    graph = Graph()
    graph.parse(data=_GRAPH_TERM.sub(" .", "\n".join(lines)), format="nt")
    return graph


def validate_quads(lines: Sequence[str], shapes: Shapes | None = None) -> list[Finding]:
    """Validate one report's graph; findings come in order of severity, then of the text."""
    return validate_graph(parse_lines(lines), shapes if shapes is not None else load_shapes())


def validate_graph(graph: Graph, shapes: Shapes) -> list[Finding]:
    """Validate a graph that holds one report."""
    try:
        _, results, _ = validate(graph, shacl_graph=shapes.graph, advanced=True, inplace=True, meta_shacl=False)
    except (ReportableRuntimeError, ConstraintLoadError) as error:
        raise InputError(f"SHACL 校验无法进行 · SHACL validation failed: {error}") from error
    if not isinstance(results, Graph):  # pySHACL hands back a failure instead of a report
        raise InputError(f"SHACL 校验无法进行 · SHACL validation failed: {results}")
    report = graph.value(None, RDF.type, FZ.Report)
    found = dict(_finding(graph, shapes.graph, results, result, report) for result in results.subjects(RDF.type, SH.ValidationResult))
    return [found[key] for key in sorted(found)]


def conforms(findings: Iterable[Finding]) -> bool:
    """Whether no finding is a violation."""
    return worst(findings) != "violation"


def worst(findings: Iterable[Finding]) -> str | None:
    """The gravest severity among findings; None where there are none."""
    return min((f.severity for f in findings), key=_ORDER.index, default=None)


_Key = tuple[int, int, str, str, str, str, str]


def _finding(graph: Graph, shapes: Graph, results: Graph, result: Node, report: Node | None) -> tuple[_Key, Finding]:
    shape = _named(shapes, results.value(result, SH.sourceShape))
    focus, value, path = (results.value(result, p) for p in (SH.focusNode, SH.value, SH.resultPath))
    severity = next((name for iri, name in SEVERITIES.items() if (result, SH.resultSeverity, iri) in results), "violation")
    quote, start, end = _sentence(graph, (value, focus), report)
    finding = Finding(
        report=str(report or ""), severity=severity, shape=str(shape or ""), component=str(results.value(result, SH.sourceConstraintComponent) or ""),
        focus=str(focus or ""), path=str(path) if path is not None else None, value=str(value) if value is not None else None,
        message=_messages(shapes, results, result, shape), quote=quote, start=start, end=end,
    )  # fmt: skip
    return (
        _ORDER.index(severity),
        start if start is not None else -1,
        finding.shape,
        finding.focus,
        finding.component,
        finding.path or "",
        finding.value or "",
    ), finding


def _named(shapes: Graph, shape: Node | None) -> Node | None:
    """The shape itself, or the named one that holds it: a blank node's name changes from run to run."""
    while isinstance(shape, BNode):
        shape = next(shapes.subjects(None, shape), None)
    return shape


def _messages(shapes: Graph, results: Graph, result: Node, shape: Node | None) -> dict[str, str]:
    """A result's messages by language; pySHACL drops the tag where it fills in a value, so the template tells it again."""
    sources = (shape, results.value(result, SH.sourceShape), results.value(result, SH.sourceConstraint))
    templates = {
        m: _SLOT.sub("(.*)", re.escape(str(m)))
        for source in sources
        if source is not None
        for m in shapes.objects(source, SH.message)
        if isinstance(m, Literal)
    }
    found: dict[str, str] = {}
    for said in sorted(m for m in results.objects(result, SH.resultMessage) if isinstance(m, Literal)):
        language = said.language or next((m.language for m, pattern in templates.items() if re.fullmatch(pattern, str(said), re.S)), None)
        for key in ("zh", "en") if language is None else (language.split("-")[0],):
            found.setdefault(key, str(said))
    return dict(sorted(found.items(), reverse=True))


def _sentence(graph: Graph, nodes: Iterable[Node | None], report: Node | None) -> tuple[str | None, int | None, int | None]:
    """The sentence of the text around the passage of the first node that has one, with its span."""
    text = graph.value(report, FZ.text)
    for node in nodes:
        if isinstance(node, URIRef) and text is not None:
            passage = node if (node, OA.start, None) in graph else graph.value(node, FZ.passage)
            start, quote = graph.value(passage, OA.start), graph.value(passage, OA.exact)
            if isinstance(start, Literal) and isinstance(start.value, int):
                return sentence_around(str(text), start.value, start.value + len(str(quote)) if quote is not None else start.value)
    return None, None, None


def sentence_around(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The sentence that holds a span, cut at 200 characters before and 100 after it, and where it stands: text[a:b] is the quote.

    >>> sentence_around("一。共2件。三。", 3, 5)
    ('共2件。', 2, 6)
    """
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    left = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    right = min((at + 1 for mark in "。！？\n" if (at := text.find(mark, max(end - 1, start))) >= 0), default=len(text))
    a, b = max(left, start - 200), min(right, end + 100)
    quote = text[a:b].strip()
    a += len(text[a:b]) - len(text[a:b].lstrip())
    return quote, a, a + len(quote)

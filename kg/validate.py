"""Quads → Findings: the SHACL shapes over one report's graph, each finding with its messages, its sentence and its place.

Constraints in SPARQL target the report and return the culprit as ?value: one query a report instead of one a node.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyshacl import validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node

from kg.errors import InputError
from kg.model import Finding
from kg.resources import data_files
from kg.vocab import FZ as FZ_BASE
from kg.vocab import OA as OA_BASE

FZ, OA, SH = Namespace(FZ_BASE), Namespace(OA_BASE), Namespace("http://www.w3.org/ns/shacl#")
SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_ORDER = ("violation", "warning", "info")
_GRAPH_TERM = re.compile(r" <[^<>]*> \.$", re.M)


@dataclass(frozen=True)
class Shapes:
    """The parsed shapes and the digest that names their version."""

    graph: Graph
    version: str


@lru_cache(maxsize=4)
def load_shapes(extra: tuple[str, ...] = ()) -> Shapes:
    """Read the project's shapes and those of further folders; a fault names file and line."""
    files = [*data_files("shapes", ".ttl"), *(path for folder in extra for path in sorted(Path(folder).glob("*.ttl")))]
    graph, digest = Graph(), hashlib.sha256()
    for path in files:
        data = path.read_bytes()
        digest.update(data)
        _parse(graph, path, data)
    return Shapes(graph, digest.hexdigest()[:12])


def _parse(graph: Graph, path: Path, data: bytes) -> None:
    own = Graph()
    try:
        own.parse(data=data, format="turtle")
    except Exception as error:  # rdflib raises several unrelated classes for one fault
        line = getattr(error, "lines", 0)
        raise InputError(f"{path}:{line + 1}: 不是合法的 Turtle · not valid Turtle: {str(error).splitlines()[0]}") from error
    for shape, severity in own.subject_objects(SH.severity):
        if severity not in SEVERITIES:
            raise InputError(f"{path}:{_line(data, str(severity))}: 不认识的严重级别 {severity}({shape})· unknown severity; expected sh:Violation, sh:Warning or sh:Info")
    for select in own.objects(None, SH.select):
        _check_select(path, data, str(select))
    for triple in own:
        graph.add(triple)


def _check_select(path: Path, data: bytes, select: str) -> None:
    try:
        prepareQuery(select.replace("$this", "?this"))
    except Exception as error:  # the SPARQL parser raises pyparsing's and its own classes
        first = next((line.strip() for line in select.splitlines() if "SELECT" in line), select.strip()[:40])
        raise InputError(f"{path}:{_line(data, first)}: SPARQL 语法错误 · SPARQL syntax error: {str(error).splitlines()[0]}") from error


def _line(data: bytes, text: str) -> int:
    """Line on which a text, or the last part of an IRI, first stands."""
    for needle in (text, re.split(r"[#/]", text)[-1]):
        at = data.find(needle.encode())
        if at >= 0:
            return data.count(b"\n", 0, at) + 1
    return 1


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
        _, results, _ = validate(graph, shacl_graph=shapes.graph, advanced=False, inplace=True, meta_shacl=False)
    except ReportableRuntimeError as error:
        raise InputError(f"SHACL 校验无法进行 · SHACL validation failed: {error}") from error
    report = next(graph.subjects(RDF.type, FZ.Report), None)
    findings = dict(_finding(graph, shapes.graph, results, result, report) for result in results.subjects(RDF.type, SH.ValidationResult))
    return [findings[key] for key in sorted(findings)]


_Key = tuple[int, int, str, str, str, str]


def _finding(graph: Graph, shapes: Graph, results: Graph, result: Node, report: Node | None) -> tuple[_Key, Finding]:
    shape = results.value(result, SH.sourceShape)
    focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
    path = results.value(result, SH.resultPath)
    severity = SEVERITIES.get(results.value(result, SH.resultSeverity), "violation")  # type: ignore[call-overload]  # reason: value() is typed as any node
    culprit = value if isinstance(value, URIRef) and (value, None, None) in graph else focus
    quote, start, end = _place(graph, culprit, report)
    finding = Finding(
        report=str(report or ""), severity=severity, shape=str(shape or ""), component=str(results.value(result, SH.sourceConstraintComponent) or ""), focus=str(culprit or ""),
        path=str(path) if path is not None else None, value=str(value) if isinstance(value, Literal) else None,
        message=_messages(graph, shapes, shape, culprit), quote=quote, start=start, end=end,
    )  # fmt: skip
    return (_ORDER.index(severity), start if start is not None else -1, finding.shape, finding.focus, finding.path or "", finding.value or ""), finding


def _messages(graph: Graph, shapes: Graph, shape: Node | None, culprit: Node | None) -> dict[str, str]:
    """The shape's messages by language; a damaged place adds its suggested reading."""
    messages = {str(m.language): str(m) for m in shapes.objects(shape, SH.message) if isinstance(m, Literal)}
    suggestion = graph.value(culprit, FZ.suggestion) if culprit is not None else None
    if suggestion is not None:
        messages = {"zh": f"{messages.get('zh', '')}建议读作“{suggestion}”。", "en": f"{messages.get('en', '')} Suggested: “{suggestion}”."}
    return dict(sorted(messages.items(), reverse=True))


def _place(graph: Graph, node: Node | None, report: Node | None) -> tuple[str | None, int | None, int | None]:
    """The sentence around a node's passage, and the passage's span."""
    passage = node if node is not None and (node, OA.start, None) in graph else graph.value(node, FZ.passage)
    start, end = graph.value(passage, OA.start), graph.value(passage, OA.end)
    text = graph.value(report, FZ.text)
    if not isinstance(start, Literal) or not isinstance(end, Literal) or text is None:
        return None, None, None
    first, last = int(start), int(end)
    return sentence_around(str(text), first, last), first, last


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds a span: back to the last 。 or line end, on to the next, at most 300 characters."""
    left = max((text.rfind(mark, 0, start) for mark in "。！？\n"), default=-1) + 1
    right = min((at for mark in "。！？\n" if (at := text.find(mark, end)) >= 0), default=len(text))
    return text[max(left, start - 200) : min(right + 1, end + 100)].strip()

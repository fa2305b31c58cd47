"""Findings → text for people, JSON, CSV, a SHACL report in Turtle, or a page: each writer takes reports one by one and hands on pieces of text."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.checking import Checked
from kg.model import Finding
from kg.picture.facts import SEVERITY, pick
from kg.picture.findings import about_finding, findings_page

COLUMNS = ("report", "source", "severity", "shape", "component", "focus", "path", "value", "message_zh", "message_en", "quote", "start", "end")


@dataclass(frozen=True, slots=True)
class Said:
    """How findings are to be told: language, engine, and the shapes that pySHACL took over, with the reason."""

    lang: str = "zh"
    engine: str = "fast"
    handed_over: tuple[tuple[str, str], ...] = ()


def findings_text(checked: Checked, lang: str) -> str:
    """A summary line; then each finding with message, sentence and place; then what was confirmed."""
    counts = Counter(f.severity for f in checked.findings)
    state = pick(("未通过", "does not conform") if counts["violation"] else ("通过", "conforms"), lang)
    title = checked.checkup.about.get("title")
    name = f"{title} {checked.source}" if title and checked.source == checked.report else checked.source
    lines = [f"{name}: {state} ({' · '.join(f'{pick(SEVERITY[s], lang)} {counts[s]}' for s in SEVERITY)})"]
    for finding in checked.findings:
        lines.append(f"  [{pick(SEVERITY[finding.severity], lang)}] {_message(finding, lang)}")
        if finding.quote is not None:
            place = f"{finding.start}-{finding.end}: " if finding.start is not None else ""
            lines.append(f"      {place}{' '.join(finding.quote.split())}")
        if finding.path is not None:
            lines.append(f"      {about_finding(finding)}")
        lines.append(f"      {finding.shape}")
    if checked.confirmed:
        said = pick((";", "; "), lang).join(dict.fromkeys(c.message[lang] for c in checked.confirmed))
        lines.append(f"  {pick(('核对相符', 'checked'), lang)}: {said}")
    return "\n".join(lines)


def _message(finding: Finding, lang: str) -> str:
    return finding.message.get(lang) or next(iter(finding.message.values()), finding.component.rpartition("#")[2])


def write_text(checked: Iterable[Checked], said: Said) -> Iterator[str]:
    """For people."""
    for one in checked:
        yield findings_text(one, said.lang) + "\n"


def write_json(checked: Iterable[Checked], said: Said) -> Iterator[str]:
    """One object: {"engine", "findings": [...], "reports": [{iri, source, conforms, confirmed}]}."""
    told = {"name": said.engine, "handed_over": [{"shape": shape, "reason": reason} for shape, reason in said.handed_over]}
    yield f'{{"engine": {json.dumps(told, ensure_ascii=False)},\n"findings": ['
    reports, comma = [], ""
    for one in checked:
        confirmed = [{"kind": c.kind, "message": c.message, "start": c.start} for c in one.confirmed]
        reports.append(json.dumps({"iri": one.report, "source": one.source, "conforms": not one.counts(False), "confirmed": confirmed}, ensure_ascii=False))
        for finding in one.findings:
            yield comma + "\n" + json.dumps(finding.row(), ensure_ascii=False)
            comma = ","
    yield "],\n" + '"reports": [\n' + ",\n".join(reports) + "]}\n"


def write_csv(checked: Iterable[Checked], said: Said) -> Iterator[str]:
    """One row a finding."""
    yield _row(COLUMNS)
    for one in checked:
        for f in one.findings:
            own = (f.report, one.source, f.severity, f.shape, f.component, f.focus, f.path, f.value)
            yield _row((*own, f.message.get("zh", ""), f.message.get("en", ""), f.quote, f.start, f.end))


def _row(values: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(["" if value is None else value for value in values])
    return line.getvalue()


_SEVERITIES = {"violation": "sh:Violation", "warning": "sh:Warning", "info": "sh:Info"}


def write_turtle(checked: Iterable[Checked], said: Said) -> Iterator[str]:
    """A standard SHACL validation report; by the standard it conforms only where there is no result of any severity."""
    yield "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n"
    clean = True
    for one in checked:
        for finding in one.findings:
            clean = False
            yield f"_:report sh:result [\n{_result(finding)}] .\n"
    yield f"_:report a sh:ValidationReport ; sh:conforms {'true' if clean else 'false'} .\n"


def _result(f: Finding) -> str:
    focus, value = f.terms if f.terms is not None else (f"<{f.focus}>", f"<{f.value}>" if f.value is not None else None)
    rows = [
        "a sh:ValidationResult",
        f"sh:resultSeverity {_SEVERITIES[f.severity]}",
        f"sh:sourceShape {f.shape if f.shape.startswith('_:') else f'<{f.shape}>'}",
        f"sh:sourceConstraintComponent <{f.component}>",
        f"sh:focusNode {focus}",
        *([f"sh:resultPath {_path(f.path)}"] if f.path is not None else []),
        *([f"sh:value {value}"] if value is not None else []),
        *(f"sh:resultMessage {json.dumps(said, ensure_ascii=False)}@{lang}" for lang, said in f.message.items()),
    ]
    return "".join(f"    {row} ;\n" for row in rows)


_CLOSURES = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}


def _path(path: str) -> str:
    """A property, or a path in SPARQL, as SHACL writes it.

    >>> _path("(<urn:a>/^(<urn:b>))")
    '( <urn:a> [ sh:inversePath <urn:b> ] )'
    """
    steps = re.findall(r"<[^>]*>|[()^|/*+?]", path) if path[0] in "(^<" else [f"<{path}>"]
    return _step(steps)


def _step(steps: list[str]) -> str:
    first = steps.pop(0)
    if first == "^":
        return f"[ sh:inversePath {_step(steps)} ]"
    if first != "(":
        return first
    parts, between = [_step(steps)], ""
    while (sign := steps.pop(0)) != ")":
        between = sign
        parts.append(_step(steps))
    inner = parts[0] if between == "" else f"( {' '.join(parts)} )" if between == "/" else f"[ sh:alternativePath ( {' '.join(parts)} ) ]"
    return f"[ sh:{_CLOSURES[steps.pop(0)]} {inner} ]" if steps and steps[0] in _CLOSURES else inner


def write_page(checked: Iterable[Checked], said: Said) -> Iterator[str]:
    """A page of one file: each report's text with its findings marked in it."""
    yield from findings_page(checked, said.lang, SEVERITY)


Writer = Callable[[Iterable[Checked], Said], Iterator[str]]
FORMATS: dict[str, Writer] = {"text": write_text, "json": write_json, "csv": write_csv, "ttl": write_turtle, "html": write_page}

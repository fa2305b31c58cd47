"""A shapes file → the first fault in it, told by file and line: unknown severities and properties, parameters of the wrong kind, SPARQL that does not parse."""

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.validate.terms import Term, parts, text_of
from kg.vocab import SH

SEVERITIES = {f"{SH}Violation": "violation", f"{SH}Warning": "warning", f"{SH}Info": "info"}
_NOWHERE = ox.Store()
_COUNTS = ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount")
_VOCABULARY = """
alternativePath and annotationProperty annotationValue annotationVarName ask class closed condition conforms construct datatype deactivated declare
defaultValue description detail disjoint entailment equals expression filterShape flags focusNode group hasValue ignoredProperties in intersection inversePath
labelTemplate languageIn lessThan lessThanOrEquals maxCount maxExclusive maxInclusive maxLength message minCount minExclusive minInclusive minLength name
namespace node nodeKind nodes nodeValidator not object oneOrMorePath optional or order parameter path pattern predicate prefix prefixes property
propertyValidator qualifiedMaxCount qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint result resultAnnotation resultMessage resultPath
resultSeverity returnType rule select severity shapesGraph shapesGraphWellFormed sourceConstraint sourceConstraintComponent sourceShape sparql subject
suggestedShapesGraph target targetClass targetNode targetObjectsOf targetShape targetSubjectsOf this union uniqueLang update validator value xone
zeroOrMorePath zeroOrOnePath
"""
_NAMES = frozenset(_VOCABULARY.split())
Triple = tuple[Term, Term, Term]


class _File:
    """A shapes file, and how its shapes are called."""

    def __init__(self, path: Path, text: str, named: Callable[[Term], str]) -> None:
        self.path, self.text, self.named = path, text, named

    def line_of(self, *words: str) -> int:
        """The line where words first follow one another, or else the first of them; 1 where none stands."""
        name, *value = map(re.escape, words)
        for form in (rf":{name}\s+[\"'<]*\S*?{''.join(value)}", rf":{name}(?![\w-])"):
            found = re.search(form, self.text)
            if found is not None:
                return self.text.count("\n", 0, found.start()) + 1
        return 1

    def fault(self, line: int, shape: Term, zh: str, en: str) -> InputError:
        """An error that names file, line and shape."""
        return InputError(f"{self.path}:{line}: {zh}({self.named(shape)})· {en}")


def check_shapes(path: Path, text: str, triples: Sequence[Triple], named: Callable[[Term], str], head: Callable[[Term], str]) -> None:
    """Raise InputError for the first fault; `named` tells what a shape is called, `head` the PREFIX lines of a constraint."""
    file = _File(path, text, named)
    for shape, predicate, value in triples:
        name = text_of(predicate).removeprefix(SH) if text_of(predicate).startswith(SH) else None
        if name is None:
            continue
        if name not in _NAMES:
            near = "".join(f"sh:{one}" for one in get_close_matches(name, _NAMES, 1)) or "一个 SHACL 属性 · a property of SHACL"
            raise file.fault(file.line_of(name), shape, f"没有 sh:{name} 这个属性", f"SHACL has no property sh:{name}; expected {near}")
        if name == "severity" and text_of(value) not in SEVERITIES:
            line = file.line_of("severity", re.split(r"[#/:]", text_of(value))[-1])
            raise file.fault(line, shape, f"不认识的严重级别 {text_of(value)}", "unknown severity; expected sh:Violation, sh:Warning or sh:Info")
        if name in _COUNTS and re.fullmatch(r"\+?[0-9]+", parts(value)[0]) is None:
            line = file.line_of(name, text_of(value))
            raise file.fault(line, shape, f"sh:{name} 须为非负整数,不是“{text_of(value)}”", f"sh:{name} must be a whole number from 0, not “{text_of(value)}”")
        if name == "pattern":
            _check_pattern(file, shape, text_of(value))
        if name in ("select", "ask"):
            _check_query(file, shape, text_of(value), head(shape))


def _check_pattern(file: _File, shape: Term, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        line = file.line_of("pattern", pattern.replace("\\", "\\\\"))
        raise file.fault(line, shape, f"sh:pattern 不是合法的正则表达式“{pattern}”", f"sh:pattern is no valid regular expression: {error}") from error


def _check_query(file: _File, shape: Term, query: str, head: str) -> None:
    whole = head + re.sub(r"[$?]PATH\b", "<urn:path>", query)
    try:
        _NOWHERE.query(whole)
    except SyntaxError as error:
        place = re.search(r"error at (\d+):", str(error))
        inside = _line_of_fault(whole) or (int(place.group(1)) if place is not None else head.count("\n") + 1)
        line = file.text.count("\n", 0, max(file.text.find(query), 0)) + max(inside - head.count("\n"), 1)
        at = "".join(whole.splitlines()[inside - 1 : inside]).strip()
        unknown = (
            ("前缀未声明", "prefix not declared by PREFIX or sh:prefixes") if "Prefix not found" in str(error) else ("SPARQL 语法错误", "SPARQL syntax error")
        )
        raise file.fault(line, shape, f"{unknown[0]},在“{at}”", f"{unknown[1]}, at “{at}”") from error


def _line_of_fault(query: str) -> int | None:
    """The line at which rdflib's parser stops; Oxigraph's points behind the group that holds the fault."""
    from pyparsing import ParseException  # as rdflib, it is loaded only where there is a fault to tell
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(query)
    except ParseException as error:
        return int(error.lineno)
    return None

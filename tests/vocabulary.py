"""Check `ontology/*.ttl` line by line: what is missing, doubled, undeclared, unused or circular, each with file and line.

The files are in canonical form (a block a term, a value a line), so that a line is a triple and can be named.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.lexicon import fold

_LITERAL = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>\w+))?')
_TERM = re.compile(r"(?<![\w-])fz:(\w+)")
_CONCEPT = re.compile(r"fz:(Topic|Mechanism|Indicator|BodyType|Unit|IgnoredReason|Code)$")
NAMES = ("skos:altLabel", "fz:genericLabel")
LINKS = ("skos:broader", "skos:related", "fz:topic", "fz:participantType", "fz:numerator", "fz:denominator", "fz:under", "fz:ownOf", "dcterms:isReplacedBy")
ONE_OWNER = ("mech", "btype", "ind", "unit")


@dataclass
class Block:
    """A term's lines: (predicate, object, line number)."""

    subject: str
    where: str
    rows: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def scheme(self) -> str:
        return self.subject.partition(":")[0]

    def of(self, predicate: str) -> list[tuple[str, int]]:
        return [(value, line) for name, value, line in self.rows if name == predicate]

    def said(self, predicate: str, language: str) -> list[str]:
        found = (_LITERAL.match(value) for value, _ in self.of(predicate))
        return [match["text"] for match in found if match is not None and match["language"] == language]

    def at(self, line: int) -> str:
        return f"{self.where}:{line}: {self.subject}"


def read_blocks(folder: Path) -> list[Block]:
    """Read the blocks of all files of a folder."""
    blocks: list[Block] = []
    for path in sorted(folder.glob("*.ttl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith(("@prefix", "#", ".")) or not line:
                continue
            if not line.startswith(" "):
                subject, _, line = line.partition(" ")
                blocks.append(Block(subject, f"ontology/{path.name}"))
            predicate, _, value = line.strip().removesuffix(";").rstrip().partition(" ")
            blocks[-1].rows.append(("rdf:type" if predicate == "a" else predicate, value, number))
    return blocks


def faults(folder: Path, beside: tuple[Path, ...] = (), produced: frozenset[str] = frozenset()) -> list[str]:
    """List what is wrong in a folder of vocabularies; `beside` are further files that use its terms, `produced` the terms of graphs."""
    blocks = read_blocks(folder)
    concepts = [b for b in blocks if any(_CONCEPT.match(value) for value, _ in b.of("rdf:type"))]
    own = [b for b in blocks if b.subject.startswith("fz:")]
    return [
        *missing_parts(concepts),
        *doubled_names(concepts),
        *dead_links(blocks, concepts),
        *circles(concepts),
        *half_told_terms(own),
        *undeclared_terms(blocks, own, beside),
        *unused_terms(blocks, own, beside, produced),
    ]


def missing_parts(concepts: list[Block]) -> Iterator[str]:
    """A concept has a label in each language, a definition, an example and a scheme."""
    for block in concepts:
        line = block.rows[0][2]
        for predicate, language, what in (
            ("skos:prefLabel", "zh", "中文首选名 · Chinese preferred label"),
            ("skos:prefLabel", "en", "英文首选名 · English preferred label"),
            ("skos:definition", "zh", "中文定义 · Chinese definition"),
            ("skos:example", "zh", "例句 · example"),
        ):
            if len(block.said(predicate, language)) != 1:
                yield f"{block.at(line)}: 应有且只有一个{what}: expected exactly one, {len(block.said(predicate, language))} found"
        if len(block.of("skos:inScheme")) != 1:
            yield f"{block.at(line)}: 应属于一个词表 · belongs to no scheme, or to several"


def doubled_names(concepts: list[Block]) -> Iterator[str]:
    """A name has one owner in its scheme, unless each owner marks it as ambiguous."""
    owners: dict[tuple[str, str], list[tuple[Block, str, int]]] = defaultdict(list)
    for block in concepts:
        for name in (*NAMES, "skos:prefLabel") if block.scheme == "mech" else NAMES:
            for value, line in block.of(name):
                match = _LITERAL.match(value)
                if match is not None and match["language"] == "zh" and block.scheme in ONE_OWNER:
                    owners[block.scheme, fold(match["text"])].append((block, match["text"], line))
    for (_, _), found in owners.items():
        if len({block.subject for block, _, _ in found}) > 1 and not all(text in b.said("fz:ambiguousLabel", "zh") for b, text, _ in found):
            places = " · ".join(block.at(line) for block, _, line in found)
            yield f"{places}: 名称 {found[0][1]} 有多个归属 · the label has several owners: keep one, or mark fz:ambiguousLabel on each"


def dead_links(blocks: list[Block], concepts: list[Block]) -> Iterator[str]:
    """Links lead to concepts, and a scheme that is named is described."""
    known = {b.subject for b in blocks}
    for block in concepts:
        for predicate in (*LINKS, "skos:inScheme"):
            for value, line in block.of(predicate):
                if value not in known:
                    yield f"{block.at(line)}: {predicate} 所指 {value} 不存在 · leads nowhere"
                if predicate == "skos:broader" and value.partition(":")[0] != block.scheme:
                    yield f"{block.at(line)}: 上位概念应在同一词表 · the broader concept is of another scheme: {value}"


def circles(concepts: list[Block]) -> Iterator[str]:
    """No concept is broader than itself, however far up."""
    above = {b.subject: [value for value, _ in b.of("skos:broader")] for b in concepts}
    for block in concepts:
        seen, todo = set[str](), list(above[block.subject])
        while todo:
            each = todo.pop()
            if each == block.subject:
                yield f"{block.at(block.of('skos:broader')[0][1])}: 上位关系成环 · broader in a circle"
                break
            if each not in seen:
                seen.add(each)
                todo += above.get(each, [])


def half_told_terms(own: list[Block]) -> Iterator[str]:
    """A term of the ontology has label and definition in both languages."""
    for block in own:
        for predicate in ("rdfs:label", "skos:definition"):
            for language in ("zh", "en"):
                if len(block.said(predicate, language)) != 1:
                    yield f"{block.at(block.rows[0][2])}: 应有且只有一个 {predicate}@{language} · expected exactly one"


def _uses(blocks: list[Block], beside: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        for predicate, value, line in block.rows:
            told = predicate if value.startswith('"') else f"{predicate} {value}"
            for term in _TERM.findall(told):
                yield term, block.at(line)
    for path in beside:
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for term in _TERM.findall(re.sub(r"^#(?!\+).*", "", text)):
                yield term, f"{path.parent.name}/{path.name}:{number}"


def undeclared_terms(blocks: list[Block], own: list[Block], beside: tuple[Path, ...]) -> Iterator[str]:
    """Every term that is used is declared in core.ttl."""
    declared = {b.subject.removeprefix("fz:") for b in own}
    for term, where in _uses(blocks, beside):
        if term not in declared:
            yield f"{where}: fz:{term} 未在 ontology/core.ttl 声明 · not declared in ontology/core.ttl"


def unused_terms(blocks: list[Block], own: list[Block], beside: tuple[Path, ...], produced: frozenset[str]) -> Iterator[str]:
    """Every term that is declared is used, or says that it is reserved."""
    used = {term for term, _ in _uses(blocks, beside)} | produced
    for block in own:
        if block.subject.removeprefix("fz:") not in used and not block.of("skos:editorialNote"):
            yield f"{block.at(block.rows[0][2])}: 声明而未使用 · declared but never used: delete it, or say in skos:editorialNote what it is reserved for"

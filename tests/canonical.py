"""Write `ontology/*.ttl` in their canonical form: one block a term, one value a line, everything in one order.

`python tests/canonical.py` rewrites the files (`make ontology`), `--check` only tells which are not canonical. As a merge
driver it compares the three versions triple by triple, so that labels added on two branches merge:
    git config merge.ontology.driver "python tests/canonical.py --merge %O %A %B"
"""

import sys
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox

ROOT = Path(__file__).resolve().parents[1]
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
BASE = "https://w3id.org/fazhi-kg/"
PREFIXES = {
    "bound": BASE + "bound/", "btype": BASE + "body-type/", "damage": BASE + "damage-kind/", "fz": BASE + "ontology#", "ind": BASE + "indicator/",
    "mech": BASE + "mechanism/", "period": BASE + "period-kind/", "reason": BASE + "ignored-reason/", "scheme": BASE + "scheme/", "status": BASE + "status/",
    "topic": BASE + "topic/", "unit": BASE + "unit/",
    "bibo": "http://purl.org/ontology/bibo/", "cc": "http://creativecommons.org/ns#", "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "oa": "http://www.w3.org/ns/oa#", "org": "http://www.w3.org/ns/org#",
    "owl": OWL, "prov": "http://www.w3.org/ns/prov#", "quantitykind": "http://qudt.org/vocab/quantitykind/", "qudt": "http://qudt.org/schema/qudt/",
    "qunit": "http://qudt.org/vocab/unit/", "rdf": RDF, "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "skos": SKOS, "sosa": "http://www.w3.org/ns/sosa/",
    "time": "http://www.w3.org/2006/time#", "vann": "http://purl.org/vocab/vann/", "void": "http://rdfs.org/ns/void#", "xsd": XSD,
}  # fmt: skip
# What stands first within a block; whatever is not named follows in order of its name.
FIRST = [
    "rdf:type", "dcterms:title", "skos:inScheme", "skos:topConceptOf", "skos:notation", "rdfs:subClassOf", "rdfs:subPropertyOf", "owl:inverseOf", "rdfs:domain",
    "rdfs:range", "rdfs:label", "skos:prefLabel", "skos:altLabel", "fz:genericLabel", "fz:ambiguousLabel", "skos:hiddenLabel", "skos:definition", "skos:scopeNote", "skos:example",
    "dcterms:description", "dcterms:source", "skos:broader", "skos:related",
]  # fmt: skip
PARTS = {
    "Ontology": "", "ConceptScheme": "", "Class": "Classes · 类", "ObjectProperty": "Links · 对象属性", "DatatypeProperty": "Values · 数据属性",
    "AnnotationProperty": "Notes and names · 注释属性",
}  # fmt: skip


def canonical(data: bytes, name: str = "") -> str:
    """Give the canonical form of one Turtle file; blank nodes have none, so there may be none."""
    blocks: dict[str, dict[str, set[ox.Literal | ox.NamedNode]]] = defaultdict(lambda: defaultdict(set))
    try:
        quads = list(ox.parse(data, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise SystemExit(f"{name}:{error.lineno}: 不是合法的 Turtle · not valid Turtle: {error.msg}") from error
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode | ox.Literal):
            raise SystemExit(f"{name}: 不用空节点 · no blank nodes: give {quad.predicate} a named node")
        blocks[quad.subject.value][quad.predicate.value].add(quad.object)
    lines, part, used = [], "", set[str]()
    for iri in sorted(blocks, key=lambda each: _rank(each, blocks[each])):
        here = PARTS.get(_kind(blocks[iri]), "")
        if here != part:
            part = here
            lines += [f"# {part}"]
        lines += [*_block(iri, blocks[iri], used), ""]
    head = [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in sorted(used)]
    return "\n".join([*head, "", *lines])


def _kind(values: dict[str, set[ox.Literal | ox.NamedNode]]) -> str:
    kinds = sorted(each.value.rpartition("#")[2] for each in values.get(RDF + "type", ()))
    return next((kind for kind in kinds if kind in PARTS), kinds[0] if kinds else "")


def _rank(iri: str, values: dict[str, set[ox.Literal | ox.NamedNode]]) -> tuple[int, bool, str, str]:
    """Own terms come before those of other vocabularies, numbered ones in the order of their numbers."""
    kind = _kind(values)
    order = list(PARTS).index(kind) if kind in PARTS else len(PARTS)
    notation = min((each.value for each in values.get(SKOS + "notation", ())), default="")
    return order, not iri.startswith(BASE), notation.zfill(4) if notation.isdigit() else "", iri


def _block(iri: str, values: dict[str, set[ox.Literal | ox.NamedNode]], used: set[str]) -> list[str]:
    rows = []
    for predicate in values:
        short = "rdf:type" if predicate == RDF + "type" else _short(predicate, used)
        rank = FIRST.index(short) if short in FIRST else len(FIRST)
        rows += [(rank, short, *_order(each), _term(each, used)) for each in values[predicate]]
    rows.sort()
    said = ["a" if short == "rdf:type" else short for _, short, *_ in rows]
    return [f"{_short(iri, used)} {said[0]} {rows[0][-1]} ;", *(f"    {short} {row[-1]} ;" for short, row in zip(said[1:], rows[1:], strict=True)), "."]


def _order(term: ox.Literal | ox.NamedNode) -> tuple[int, str]:
    language = term.language or "" if isinstance(term, ox.Literal) else ""
    return {"zh": 0, "en": 1}.get(language, 2), term.value


def _term(term: ox.Literal | ox.NamedNode, used: set[str]) -> str:
    if isinstance(term, ox.NamedNode):
        return _short(term.value, used)
    text = '"' + term.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if term.language is not None:
        return f"{text}@{term.language}"
    if term.datatype.value in (XSD + "boolean", XSD + "integer"):
        return term.value
    return text if term.datatype.value == XSD + "string" else f"{text}^^{_short(term.datatype.value, used)}"


def _short(iri: str, used: set[str]) -> str:
    for prefix, stem in PREFIXES.items():
        rest = iri.removeprefix(stem)
        if rest != iri and rest.replace("-", "").replace("_", "").isalnum():
            used.add(prefix)
            return f"{prefix}:{rest}"
    return f"<{iri}>"


def files() -> list[Path]:
    """List the Turtle files of the ontology."""
    return sorted((ROOT / "ontology").glob("*.ttl"))


def merge(base: Path, ours: Path, theirs: Path) -> int:
    """Merge three versions triple by triple: what one side adds comes in, what one side takes out goes; the result is left in `ours`."""
    was, mine, its = (_triples(canonical(path.read_bytes(), path.name)) for path in (base, ours, theirs))
    kept = (mine | its) - (was - mine) - (was - its)
    heads = "".join(f"@prefix {prefix}: <{stem}> .\n" for prefix, stem in PREFIXES.items())
    ours.write_text(canonical((heads + "".join(sorted(kept))).encode(), ours.name), encoding="utf-8")
    return 0


def _triples(text: str) -> set[str]:
    """Write each line of a canonical file as a sentence of its own."""
    found, name = set(), ""
    for line in text.splitlines():
        if line.startswith(("@prefix", "#", ".")) or not line:
            continue
        if not line.startswith(" "):
            name, _, line = line.partition(" ")
        found.add(f"{name} {line.strip().removesuffix(';').rstrip()} .\n")
    return found


def main() -> int:
    """Rewrite, check or merge."""
    if sys.argv[1:2] == ["--merge"]:
        return merge(*map(Path, sys.argv[2:5]))
    wrong = [path for path in files() if path.read_text(encoding="utf-8") != canonical(path.read_bytes(), path.name)]
    for path in wrong:
        if sys.argv[1:] == ["--check"]:
            print(f"{path.relative_to(ROOT)}: 不合规范次序,请运行 make ontology · not in canonical order: run make ontology")
        else:
            path.write_text(canonical(path.read_bytes(), path.name), encoding="utf-8")
            print(f"{path.relative_to(ROOT)}")
    return 1 if wrong and sys.argv[1:] == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main())

"""Catalogue → codebook: what each indicator means, in which unit, of which kind, how it compares, since when; as Markdown and as tables."""

from kg.ontology import Concept
from kg.reference.catalogue import Catalogue
from kg.table import Table
from kg.vocab import DCTERMS, SKOS, concept_id

_COLUMNS = ("id", "topic", "zh", "en", "definition", "definition_en", "unit", "kind", "temporal", "better", "numerator", "denominator", "ratio", "comparability", "names", "example", "since")  # fmt: skip
_ALL = ("scheme", "id", "zh", "en", "definition", "definition_en", "names", "general_names", "ambiguous", "broader", "note", "example", "source", "since", "iri")  # fmt: skip


def _english(catalogue: Catalogue, concept: Concept) -> str | None:
    return next(iter(catalogue.of(concept, SKOS + "definition@en")), None)


def codebook_table(catalogue: Catalogue) -> Table:
    """One row an indicator."""
    return Table(_COLUMNS, [_indicator(catalogue, concept) for concept in _indicators(catalogue)])


def _indicators(catalogue: Catalogue) -> list[Concept]:
    concepts = next(scheme.concepts for scheme in catalogue.schemes if scheme.id == "indicator")
    return sorted(concepts, key=lambda c: (_topic(catalogue, c), c.id))


def _topic(catalogue: Catalogue, concept: Concept) -> tuple[str, str]:
    topic = catalogue.names[concept.value("topic") or ""]
    return catalogue.of(topic, SKOS + "notation")[0], topic.zh


def _indicator(catalogue: Catalogue, c: Concept) -> tuple[str | None, ...]:
    return (
        c.id, _topic(catalogue, c)[1], c.zh, c.en, c.definition, _english(catalogue, c), c.value("printedUnit"), c.value("indicatorKind"), c.value("temporal"), c.value("better"),
        c.id_of("numerator"), c.id_of("denominator"), c.value("ratioNote"), c.note, "、".join(c.alternatives), c.example, catalogue.since(c),
    )  # fmt: skip


def concepts_table(catalogue: Catalogue) -> Table:
    """One row a concept of any scheme."""
    rows = [_concept(catalogue, concept) for scheme in catalogue.schemes for concept in scheme.concepts]
    return Table(_ALL, rows)


def _concept(catalogue: Catalogue, c: Concept) -> tuple[str | None, ...]:
    broader = "、".join(concept_id(iri) for iri in catalogue.of(c, SKOS + "broader"))
    return (
        c.scheme, c.id, c.zh, c.en, c.definition, _english(catalogue, c), "、".join(c.alternatives), "、".join(c.values.get("genericLabel", ())),
        "、".join(c.values.get("ambiguousLabel", ())), broader, c.note, c.example, ";".join(catalogue.of(c, DCTERMS + "source@zh")), catalogue.since(c), c.iri,
    )  # fmt: skip


def render_codebook(catalogue: Catalogue) -> str:
    """Write the indicators as Markdown, a section a topic and an entry an indicator."""
    lines = ["# 指标编码手册 · Codebook of indicators", ""]
    lines += [f"版本 · version {catalogue.schemes[0].version} · CC BY 4.0", ""]
    topic = ""
    for concept in _indicators(catalogue):
        if (name := _topic(catalogue, concept)[1]) != topic:
            topic = name
            lines += [f"## {topic}", ""]
        lines += _entry(catalogue, concept)
    return "\n".join(lines)


def _entry(catalogue: Catalogue, c: Concept) -> list[str]:
    ratio = [c.value("ratioNote") or ""]
    ratio += [f"分子 {c.id_of('numerator')},分母 {c.id_of('denominator')}。"] if c.value("numerator") else []
    facts = [
        ("单位 · unit", c.value("printedUnit")),
        ("性质 · kind", f"{c.value('indicatorKind')}, {c.value('temporal')}"),
        ("优劣 · better", c.value("better")),
        ("比率 · ratio", " ".join(filter(None, ratio))),
        ("可比性 · comparability", c.note),
        ("例句 · example", c.example),
        ("始于 · since", catalogue.since(c)),
    ]
    head = [f"### {c.zh}", "", f"`{c.id}` · {c.en}", "", c.definition or ""]
    head += ["", english] if (english := _english(catalogue, c)) else []
    return [*head, "", *(f"- {name}: {value}" for name, value in facts if value), ""]

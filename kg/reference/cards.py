"""Terms and concepts → cards of the reference page: name, definition, example, names, and a list of what else is said."""

from collections.abc import Callable, Iterable
from html import escape

from kg.ontology import Concept
from kg.reference.catalogue import Catalogue, Term, short
from kg.vocab import BASE, DCTERMS, SKOS

_WORDS = {
    "coordination": ("协同机制", "Coordination"), "platform": ("平台", "Platforms"), "list": ("清单", "Lists"), "institution": ("制度", "Institutions"),
    "campaign": ("行动", "Campaigns"), "service": ("服务", "Services"), "count": ("数量", "count"), "ratio": ("比率", "ratio"), "money": ("金额", "money"),
    "duration": ("时长", "duration"), "flow": ("流量(当年)", "flow (in the year)"), "stock": ("存量(时点)", "stock (at a date)"),
    "cumulative": ("累计", "cumulative"), "higher": ("越高越好", "more is better"), "lower": ("越低越好", "less is better"),
    "neutral": ("高低不说明好坏", "says nothing of good or bad"), "government": ("政府", "Government"), "department": ("部门", "Departments"), "party": ("党委", "Party"),
    "congress": ("人大", "Congress"), "cppcc": ("政协", "CPPCC"), "court": ("法院", "Courts"), "procuratorate": ("检察院", "Procuratorates"),
    "institution-body": ("事业单位和机构", "Institutions"), "township": ("乡镇街道", "Townships"), "group": ("组织和泛称", "Groups and general names"), "other": ("其他", "Other"),
}  # fmt: skip
Row = tuple[str, str, str]


def both(zh: str, en: str) -> str:
    """Write a phrase of the page in both languages; the reader's choice hides one."""
    return f'<span class="zh" lang="zh-CN">{escape(zh)}</span><span class="en" lang="en">{escape(en)}</span>'


def term_card(term: Term) -> str:
    rows: list[Row] = [("上位", "Above", "、".join(map(term_link, term.above)))] if term.above else []
    rows += [("定义域", "Domain", term_link(term.domain))] if term.domain is not None else []
    rows += [("值域", "Range", term_link(term.range))] if term.range is not None else []
    rows += [("见于问题", "Used in questions", _used(term.used_by))] if term.used_by else []
    body = f'<p class="def">{both(term.definition_zh, term.definition_en)}</p>{rows_of(rows)}'
    return card(f"fz/{term.name}", term.zh, term.en, body, f"fz:{term.name}")


def _used(queries: tuple[str, ...]) -> str:
    return escape("、".join(queries[:6])) + (f" … ({len(queries)})" if len(queries) > 6 else "")


def term_link(name: str) -> str:
    return f'<a href="#fz/{name[3:]}">{name}</a>' if name.startswith("fz:") else escape(name)


def card(anchor: str, zh: str, en: str, body: str, code: str) -> str:
    return (
        f'<article id="{escape(anchor)}"><h4><a href="#{escape(anchor)}"><span lang="zh-CN">{escape(zh)}</span></a>'
        f'<small lang="en">{escape(en)}</small></h4>{body}<code>{escape(code)}</code></article>'
    )


def rows_of(rows: Iterable[Row]) -> str:
    told = "".join(f"<dt>{both(zh, en)}</dt><dd>{value}</dd>" for zh, en, value in rows)
    return f"<dl>{told}</dl>" if told else ""


def _by_word(prop: str) -> Callable[[Catalogue, Concept], tuple[str, str, str]]:
    order = list(_WORDS)

    def group(_: Catalogue, concept: Concept) -> tuple[str, str, str]:
        word = concept.value(prop) or "other"
        word = "institution-body" if (prop, word) == ("bodyKind", "institution") else word
        word = word if word in _WORDS else "other"
        return f"{order.index(word):02}", *_WORDS[word]

    return group


def _by_topic(catalogue: Catalogue, concept: Concept) -> tuple[str, str, str]:
    topic = catalogue.names[concept.value("topic") or f"{BASE}topic/science-tech"]
    return catalogue.of(topic, SKOS + "notation")[0], topic.zh, topic.en


GROUPED = {"mechanism": _by_word("mechanismType"), "indicator": _by_topic, "body-type": _by_word("bodyKind"), "unit": _by_word("indicatorKind")}


def concept_card(catalogue: Catalogue, concept: Concept) -> str:
    parts = [f'<p class="def" lang="zh-CN">{escape(concept.definition or "")}</p>']
    if english := catalogue.of(concept, SKOS + "definition@en"):
        parts.append(f'<p class="def en" lang="en">{escape(english[0])}</p>')
    if concept.example:
        parts.append(f'<p class="eg" lang="zh-CN">{escape(concept.example)}</p>')
    names = (*concept.alternatives, *concept.values.get("genericLabel", ()))
    if names:
        chips = "".join(f"<i>{escape(name)}</i>" for name in names)
        parts.append(f'<p class="names" lang="zh-CN">{chips}</p>')
    parts.append(rows_of(_concept_rows(catalogue, concept)))
    return card(f"{concept.scheme}/{concept.id}", concept.zh, concept.en, "".join(parts), f"{concept.scheme}/{concept.id}")


def _words(value: str | None) -> str:
    return both(*_WORDS[value]) if value in _WORDS else escape(value or "")


def _concept_rows(catalogue: Catalogue, concept: Concept) -> list[Row]:
    def links(iris: Iterable[str]) -> str:
        known = [catalogue.names[iri] for iri in iris if iri in catalogue.names]
        return "、".join(f'<a href="#{c.scheme}/{c.id}">{both(c.zh, c.en or c.zh)}</a>' for c in known)

    value = concept.value
    rows = [
        ("单位", "Unit", escape(value("printedUnit") or "") if concept.scheme == "indicator" else ""),
        ("性质", "Kind", " · ".join(_words(value(p)) for p in ("indicatorKind", "temporal") if value(p)) if concept.scheme == "indicator" else ""),
        ("优劣", "Better", _words(value("better")) if value("better") else ""),
        ("分子分母", "Ratio of", escape(value("ratioNote") or "")),
        ("分子", "Numerator", links(concept.values.get("numerator", ()))),
        ("分母", "Denominator", links(concept.values.get("denominator", ()))),
        ("可比性" if concept.scheme == "indicator" else "说明", "Comparability" if concept.scheme == "indicator" else "Note", escape(concept.note or "")),
        ("参与主体", "Participants", links(concept.values.get("participantType", ()))),
        ("上位", "Broader", links(catalogue.of(concept, SKOS + "broader"))),
        ("下位", "Narrower", links(catalogue.narrower.get(concept.iri, ()))),
        (
            "各级名称",
            "By level",
            escape(" · ".join(dict.fromkeys(v for p in ("nationalName", "provincialName", "municipalName", "countyName") if (v := value(p))))),
        ),
        ("隶属", "Under", links(concept.values.get("under", ()))),
        ("自有于", "Own of", links(concept.values.get("ownOf", ()))),
        ("止用", "Until", escape(value("until") or "")),
        ("承接", "Followed by", links(catalogue.of(concept, DCTERMS + "isReplacedBy"))),
        ("歧义名称", "Ambiguous", escape("、".join(concept.values.get("ambiguousLabel", ())))),
        ("对应", "Same as", "、".join(escape(short(iri)) for iri in catalogue.of(concept, SKOS + "exactMatch"))),
        ("依据", "Source", escape(";".join(catalogue.of(concept, DCTERMS + "source@zh")))),
    ]
    return [row for row in rows if row[2]]

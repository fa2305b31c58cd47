"""Catalogue → one page in one file: terms and concepts as cards, to read, search and link to; offline, nothing is loaded.

Every card stands in the HTML; the script only filters, so that the page reads and prints without it.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from kg.query import load_queries
from kg.reference.cards import GROUPED, both, card, concept_card, rows_of, term_card, term_link
from kg.reference.catalogue import Catalogue, Scheme
from kg.shell import page_end, page_head
from kg.vocab import DCTERMS, FZ, OWL

_ASSETS = Path(__file__).resolve().parent / "assets"
_KINDS = {"class": ("类", "Classes"), "link": ("对象属性", "Links"), "value": ("数据属性", "Values"), "note": ("注释属性", "Notes and names")}
_SHORT = {
    "topic": ("主题", "Topics"), "mechanism": ("机制", "Mechanisms"), "indicator": ("指标", "Indicators"), "body-type": ("主体类型", "Body types"),
    "unit": ("单位", "Units"), "bound": ("界限", "Bounds"), "status": ("状态", "Status"), "period-kind": ("期间", "Periods"), "damage-kind": ("文本损坏", "Damage"),
    "ignored-reason": ("不计的理由", "Why a figure is left out"),
}  # fmt: skip


def render_reference(catalogue: Catalogue) -> str:
    """Write the page of the ontology and the vocabularies."""
    schemes = (_scheme(catalogue, scheme) for scheme in catalogue.schemes)
    sections = [_opening(catalogue), *schemes, _ontology(catalogue), _questions(catalogue), _about(catalogue)]
    return render_page(("法治政府建设年度报告 本体与词表", "Law-based government reports: ontology and vocabularies"), _contents(catalogue), sections)


def render_page(title: tuple[str, str], contents: Sequence[tuple[str, str, str, int]], sections: Sequence[str]) -> str:
    """Write a page of cards in sections, with search and a choice of language; contents are anchor, Chinese, English, number."""
    script, style = ((_ASSETS / f"reference.{suffix}").read_text(encoding="utf-8") for suffix in ("js", "css"))
    links = "".join(f'<a href="#{name}">{both(zh, en)}<b>{count or ""}</b></a>' for name, zh, en, count in contents)
    return f"""{page_head(" · ".join(title), "zh", style, script)}<body class="both">
<header>
<h1>{both(*title)}</h1>
<div class="tools">
<input type="search" id="search" placeholder="检索名称、定义、例句 · search ( / )" aria-label="检索 · search" autocomplete="off">
<div class="lang" role="group" aria-label="语言 · language"><button data-lang="both" aria-pressed="true">中/EN</button><button data-lang="zh" aria-pressed="false">中文</button><button data-lang="en" aria-pressed="false">English</button></div>
<output id="count" aria-live="polite"></output>
</div>
</header>
<div class="frame">
<nav aria-label="目录 · contents">{links}</nav>
<main>
{"".join(sections)}
<p id="none" hidden>{both("没有相符的条目。", "Nothing fits.")}</p>
</main>
</div>
{page_end(script)}"""


def _contents(catalogue: Catalogue) -> list[tuple[str, str, str, int]]:
    entries = [(scheme.id, *_SHORT[scheme.id], len(scheme.concepts)) for scheme in catalogue.schemes]
    entries += [("ontology", "本体", "Ontology", len(catalogue.terms)), ("questions", "能力问题", "Competency questions", len(catalogue.questions))]
    return [*entries, ("about", "引用与版本", "Citing and versions", 0)]


def _opening(catalogue: Catalogue) -> str:
    concepts = sum(len(scheme.concepts) for scheme in catalogue.schemes)
    zh = f"{len(catalogue.schemes)} 个词表 {concepts} 个概念,本体 {len(catalogue.terms)} 个词项。每个概念有定义和例句;名称同时是抽取所用的词表,改一个名称,抽取随之而变。"
    en = (
        f"{len(catalogue.schemes)} schemes with {concepts} concepts, and an ontology of {len(catalogue.terms)} terms. Each concept has a definition and an example; "
        "its names are the gazetteer of the extraction: correct a name, and the extraction follows."
    )
    title = both("本体与词表", "Ontology and vocabularies")
    return f'<section id="opening"><h2>{title}</h2><p class="intro">{both(zh, en)}</p><p class="cite">{escape(catalogue.header[DCTERMS + "bibliographicCitation"][0])}</p></section>'


def _section(name: str, zh: str, en: str, intro: str, cards: str) -> str:
    return f'<section id="{name}"><h2>{both(zh, en)}</h2>{intro}{cards}</section>'


def _group(zh: str, en: str, cards: Iterable[str]) -> str:
    return f'<div class="group"><h3>{both(zh, en)}</h3><div class="cards">{"".join(cards)}</div></div>'


def _ontology(catalogue: Catalogue) -> str:
    header = catalogue.header
    intro = f'<p class="intro">{both(header[DCTERMS + "abstract@zh"][0], header[DCTERMS + "abstract@en"][0])}</p>'
    groups = [_group(*_KINDS[kind], (term_card(term) for term in catalogue.terms if term.kind == kind)) for kind in _KINDS]
    return _section("ontology", header[DCTERMS + "title@zh"][0], header[DCTERMS + "title@en"][0], intro, "".join(groups))


def _scheme(catalogue: Catalogue, scheme: Scheme) -> str:
    intro = f'<p class="intro">{both(scheme.definition_zh, scheme.definition_en)}</p>'
    key = GROUPED.get(scheme.id)
    if key is None:
        cards = f'<div class="cards">{"".join(concept_card(catalogue, c) for c in scheme.concepts)}</div>'
    else:
        ordered = sorted(scheme.concepts, key=lambda c: key(catalogue, c))
        groups = groupby(ordered, key=lambda c: key(catalogue, c)[1:])
        cards = "".join(_group(*names, (concept_card(catalogue, c) for c in each)) for names, each in groups)
    return _section(scheme.id, scheme.title_zh, scheme.title_en, intro, cards)


def _questions(catalogue: Catalogue) -> str:
    terms = {query: tuple(t.name for t in catalogue.terms if query in t.used_by) for query in load_queries()}
    cards = []
    for tag, names in catalogue.questions.items():
        queries = [load_queries()[name] for name in names]
        used = sorted({term for name in names for term in terms[name]})
        rows = [
            ("问法", "Asks", "<br>".join(both(q.question["zh"], q.question["en"]) for q in queries)),
            ("命令", "Command", "<br>".join(f"<kbd>kg query run {escape(name)}</kbd>" for name in names)),
            ("所用词项", "Terms", "、".join(term_link(f"fz:{term}") for term in used)),
        ]
        cards.append(card(tag, queries[0].title["zh"], queries[0].title["en"], rows_of(rows), tag.upper()))
    zh, en = "研究者的四十个问题:由哪个存储问题回答,用到哪些词项。", "Forty questions of researchers: which stored question answers each, and by which terms."
    return _section("questions", "能力问题", "Competency questions", f'<p class="intro">{both(zh, en)}</p>', f'<div class="cards">{"".join(cards)}</div>')


def _about(catalogue: Catalogue) -> str:
    said = catalogue.header
    rows = [
        ("引用", "Cite as", escape(said[DCTERMS + "bibliographicCitation"][0])),
        ("版本", "Version", f'{escape(said[OWL + "versionInfo"][0])} · <code>{escape(said[OWL + "versionIRI"][0])}</code>'),
        ("命名空间", "Namespace", f"<code>{escape(FZ)}</code>(fz:)"),
        ("许可", "Licence", both(said[DCTERMS + "rights@zh"][0], said[DCTERMS + "rights@en"][0])),
        ("日期", "Dates", f'{escape(said[DCTERMS + "created"][0])} · {escape(said[DCTERMS + "modified"][0])}'),
        ("状态", "Status", both("草案;命名空间尚未在 w3id.org 登记", "Draft; the namespace is not yet registered at w3id.org")),
    ]  # fmt: skip
    return _section("about", "引用与版本", "Citing and versions", "", f'<div class="about">{rows_of(rows)}</div>')

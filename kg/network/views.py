"""Views: a stored question → a network. What there is to look at, and how its rows become nodes and edges."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.errors import UsageError
from kg.network.english import english_label
from kg.network.measures import add_measures, busiest, project_on
from kg.network.model import Network
from kg.network.project import End, project
from kg.ontology import load_concepts
from kg.query import get_query
from kg.query.ask import run_query
from kg.query.bind import Execute
from kg.table import Table

Params = Mapping[str, Sequence[str]]
_PLACE, _INDICATOR = End("place_id", "place", "place"), End("indicator_id", "indicator", "indicator")
_BODY, _MECHANISM = End("body_id", "body", "body"), End("mechanism_id", "mechanism", "mechanism", "type")
_PLAN = End("fact", "plan", "plan", proofs=(("plan", "fact"),))
_KEPT = End("measure_fact", "measure", "measure", proofs=(("measure", "measure_fact"),))


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at the graph: title, the question behind it, how its rows become a network, and parameters of which it needs one."""

    title: dict[str, str]
    query: str
    build: Callable[[Table], nx.Graph]
    needs: tuple[str, ...] = ()


def bodies_mechanisms(table: Table) -> nx.Graph:
    """Join a body and a mechanism by each measure in which the body answers for its use."""
    return project(table, _BODY, _MECHANISM, basis="kind")


def co_operation(table: Table) -> nx.Graph:
    """Join two bodies by each measure that they share and each mechanism in which both take part."""
    return project(table, _BODY, End("partner_id", "partner", "body"), basis="basis")


def mechanisms_together(table: Table) -> nx.Graph:
    """Join two mechanisms by each measure that uses both."""
    return project(table, _MECHANISM, End("partner_id", "partner", "mechanism", "partner_type"))


def places_mechanisms(table: Table) -> nx.Graph:
    """Join a place and a mechanism that its reports write of; the first year is that of adoption, as far as the store reaches back."""
    return _since(project(table, _PLACE, _MECHANISM))


def places_indicators(table: Table) -> nx.Graph:
    """Join a place and an indicator that its reports give figures for."""
    return _since(project(table, _PLACE, _INDICATOR))


def _since(graph: nx.Graph) -> nx.Graph:
    for *_, data in graph.edges(data=True):
        data["since"] = min(data["years"], default=None)
    return graph


def places_similar(table: Table) -> nx.Graph:
    """Join two places by the mechanisms that both write of; similarity is the share of these in all of either (Jaccard)."""
    both = project(table, _PLACE, _MECHANISM)
    graph = project_on(both, "place")
    for one, other, data in graph.edges(data=True):
        data["similarity"] = round(data["weight"] / len({*both[one], *both[other]}), 6)
    return graph


def measure_links(table: Table) -> nx.Graph:
    """Join each measure with its section or topic, its bodies, mechanisms and indicators."""
    return project(table, End("fact", "measure", "measure"), End("target_id", "target", "?kind", "group"), basis="basis")


def plans(table: Table) -> nx.Graph:
    """Point from a plan to the measures of the next year in which it is seen again; plans that are not seen stand apart."""
    graph = project(table, _PLAN, _KEPT, proofs=(("plan", "fact"), ("measure", "measure_fact")), directed=True)
    for node, data in graph.nodes(data=True):
        if data["kind"] == "plan" and not graph.degree(node):
            data["group"] = "open-plan"
    return graph


def difference(table: Table) -> nx.Graph:
    """Compare two years, the last two where more are asked for: each tie of body and mechanism is new, kept or gone."""
    years = sorted({int(str(year)) for year in table.column("year") if year is not None})[-2:]
    if len(years) < 2:
        raise UsageError(f"只有年度 {years} · a difference needs two years; name them with --param year=… --param year=…")
    at = table.columns.index("year")
    graph = bodies_mechanisms(Table(table.columns, [row for row in table.rows if row[at] in years]))
    for *_, data in graph.edges(data=True):
        data["change"] = "kept" if data["years"] == years else "new" if data["years"] == years[1:] else "gone"
    return graph


VIEWS = {
    "bodies-mechanisms": View({"zh": "主体与机制", "en": "Bodies and mechanisms"}, "bodies-and-mechanisms", bodies_mechanisms),
    "co-operation": View({"zh": "主体间的协作", "en": "Co-operation of bodies"}, "bodies-together", co_operation),
    "mechanisms-together": View({"zh": "并用的机制", "en": "Mechanisms together"}, "mechanisms-together", mechanisms_together),
    "places-mechanisms": View({"zh": "地方与机制", "en": "Places and mechanisms"}, "places-and-mechanisms", places_mechanisms),
    "places-similar": View({"zh": "做法相近的地方", "en": "Places that do alike"}, "places-and-mechanisms", places_similar),
    "places-indicators": View({"zh": "地方与指标", "en": "Places and indicators"}, "places-and-indicators", places_indicators),
    "report": View({"zh": "一份报告", "en": "One report"}, "report-links", measure_links, ("place",)),
    "body": View({"zh": "主体的周边", "en": "Surroundings of a body"}, "body-surroundings", measure_links, ("body",)),
    "mechanism": View({"zh": "机制的周边", "en": "Surroundings of a mechanism"}, "mechanism-surroundings", measure_links, ("mechanism",)),
    "plans": View({"zh": "计划与次年举措", "en": "Plans and the next year's measures"}, "plans-kept", plans),
    "difference": View({"zh": "两年之间的变化", "en": "Difference of two years"}, "bodies-and-mechanisms", difference),
}


def list_views(lang: str) -> Table:
    """Name the views, with the question behind each and its parameters; those that must be given bear a star."""
    rows = [(name, view.title[lang], view.query, _params_of(view)) for name, view in VIEWS.items()]
    return Table(
        ("view", "title", "query", "params"),
        rows,
        ("视图", "题名", "问题", "参数(* 必填)") if lang == "zh" else ("view", "title", "query", "params (* needed)"),
    )


def _params_of(view: View) -> str:
    return " ".join(f"{p.name}:{p.type}{'*' if p.name in view.needs else ''}" for p in get_query(view.query).params)


def get_view(name: str) -> View:
    """Look a view up; an unknown one is answered with the nearest."""
    if name not in VIEWS:
        raise UsageError(f"没有视图 {name!r} · no such view; there are {', '.join(VIEWS)}")
    return VIEWS[name]


def build_network(name: str, execute: Execute, params: Params | None = None, language: str = "zh", onto: str | None = None, top: int | None = None) -> Network:
    """Build a view's network with its measures; `onto` keeps one kind, `top` the busiest nodes. An empty answer is a UsageError."""
    view, given = get_view(name), params if params is not None else {}
    for param in view.needs:
        if param not in given:
            raise UsageError(f"视图 {name} 需要参数 {param} · the view needs --param {param}=…; the whole graph in one picture cannot be read")
    graph = view.build(run_query(execute, get_query(view.query), given))
    graph = busiest(project_on(graph, onto) if onto is not None and graph else graph, top if top is not None else len(graph))
    if not graph:
        raise UsageError(f"视图 {name} 没有内容 · the view is empty: no report there answers the question {view.query!r} with these parameters")
    reports = run_query(execute, get_query("reports"), {}).records()
    graph.graph["reports"] = {str(row["report"]): f"{row['issuer']} {row['year']}" for row in reports}
    places = {str(row["code"]): str(row["place"]) for row in run_query(execute, get_query("places"), {}).records()}
    for node, data in graph.nodes(data=True):
        data["label_en"] = english_label(node, data["label"], places)
    add_measures(graph)
    return Network(graph, name, {lang: " · ".join([title, *_named(view, given, lang)]) for lang, title in view.title.items()}, language)


def _named(view: View, given: Params, lang: str) -> list[str]:
    """Name what the parameters ask for: concepts by their labels."""
    types = {param.name: param.type for param in get_query(view.query).params}
    return ["、".join(_label(types[name], value, lang) for value in values) for name, values in given.items() if values]


def _label(scheme: str, value: str, lang: str) -> str:
    for concept in load_concepts().get(scheme, {}).values():
        if value in (concept.id, concept.iri, concept.en, *concept.labels()):
            return concept.en if lang == "en" and concept.en else concept.zh
    return value

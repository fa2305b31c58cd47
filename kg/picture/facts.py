"""An extraction record → its facts in words: kind, span, quote, and a line that says what was read from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kg.ontology import load_concepts

Json = dict[str, Any]
KINDS = {
    "observation": ("指标值", "observation"),
    "measure": ("举措", "measure"),
    "body": ("主体", "body"),
    "mechanism": ("机制", "mechanism"),
    "document": ("文件", "document"),
    "shortcoming": ("短板", "shortcoming"),
    "plan": ("计划", "plan"),
    "event": ("事件", "event"),
    "honour": ("荣誉", "honour"),
    "damage": ("损坏", "damage"),
}
SEVERITY = {"violation": ("违反", "violation"), "warning": ("警告", "warning"), "info": ("提示", "info")}
_BOUND = {
    "gt": (">",) * 2,
    "ge": ("≥",) * 2,
    "lt": ("<",) * 2,
    "le": ("≤",) * 2,
    "approx": ("≈",) * 2,
    "min": ("≥",) * 2,
    "max": ("≤",) * 2,
    "best": ("最佳 ", "best "),
}
_STATUS = {"done": ("已做", "done"), "ongoing": ("在做", "ongoing"), "planned": ("计划", "planned")}
_TEMPORAL = {"flow": ("流量", "flow"), "stock": ("时点", "stock"), "cumulative": ("累计", "cumulative")}
_BASIS = {
    "explicit": ("明示", "explicit"),
    "passive": ("物主语", "passive"),
    "implied": ("推定", "implied"),
    "text": ("明文", "by text"),
    "name": ("按名", "by name"),
}
_TYPE = {
    "coordination": ("协同", "coordination"),
    "platform": ("平台", "platform"),
    "list": ("清单", "list"),
    "institution": ("制度", "institution"),
    "campaign": ("行动", "campaign"),
    "service": ("服务", "service"),
}
LEVEL = {
    "province": ("省级", "province"),
    "prefecture": ("地级", "prefecture"),
    "county": ("县级", "county"),
    "township": ("乡级", "township"),
}
ISSUER_KIND = {
    "government": ("政府", "government"),
    "department": ("部门", "department"),
    "party": ("党委机构", "Party body"),
    "congress": ("人大", "people's congress"),
    "cppcc": ("政协", "CPPCC"),
    "court": ("法院", "court"),
    "procuratorate": ("检察院", "procuratorate"),
    "institution": ("事业单位", "institution"),
    "township": ("乡镇街道", "township or street"),
    "other": ("其他", "other"),
}
GENRE = {
    "annual_report": ("法治政府建设年度报告", "annual report on law-based government"),
    "work_report": ("政府工作报告", "government work report"),
    "openness_report": ("政府信息公开年度报告", "openness report"),
    "plan": ("方案、要点、规划", "plan"),
    "interpretation": ("解读", "interpretation"),
    "news": ("新闻", "news"),
    "template": ("模板、通知", "template"),
    "other": ("其他", "other"),
}
_CERTAINTY = {"certain": ("确定", "certain"), "probable": ("很可能", "probable"), "possible": ("可能", "possible")}


# The codes of a table's column, by its name.
CODED: dict[str, dict[str, tuple[str, str]]] = {
    "bound": {"exact": ("确数", "exact"), **{code: ("最佳值", "best") if code == "best" else signs for code, signs in _BOUND.items()}},
    "status": _STATUS,
    "temporal": _TEMPORAL,
    "basis": _BASIS,
    "type": _TYPE,
    "mechanism_type": _TYPE,
    "level": LEVEL,
    "genre": GENRE,
    "issuer_kind": ISSUER_KIND,
    "kind": {**KINDS, "indicator": ("指标", "indicator")},
    "severity": SEVERITY,
    "certainty": _CERTAINTY,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact for reading: its span in code points, key on the page, quote, what it says, and the rule that found it."""

    start: int
    end: int
    kind: str
    key: str
    quote: str
    detail: str
    rule: str


def pick(pair: tuple[str, str], lang: str) -> str:
    """Choose the Chinese or the English of a pair."""
    return pair[1] if lang == "en" else pair[0]


def bound_sign(bound: str | None, lang: str) -> str:
    """The sign of a bound, as all outputs show it; nothing for an exact figure.

    >>> bound_sign("ge", "zh"), bound_sign("exact", "zh")
    ('≥', '')
    """
    return pick(_BOUND.get(bound or "exact", ("", "")), lang)


def label_of(scheme: str, concept: str | None, lang: str) -> str | None:
    """Give a concept's label in a language; an unknown one keeps its id, none stays none."""
    found = load_concepts()[scheme].get(concept) if concept is not None else None
    return concept if found is None else (found.en if lang == "en" else found.zh)


def facts_of(record: Json, lang: str = "zh") -> list[Fact]:
    """List the facts of a record in the order of the text, longer ones first."""
    found: list[Fact] = []
    for kind, (key, tell) in _TELL.items():
        items = record["report"]["damage"] if kind == "damage" else record[key]
        found += [
            Fact(item["start"], item["end"], kind, f"{kind[0]}{kind[2]}{number}", " ".join(item["text"].split()), tell(item, lang), item.get("rule", ""))
            for number, item in enumerate(items)
        ]
    return sorted(found, key=lambda fact: (fact.start, -fact.end, fact.key))


def _join(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _of(names: dict[str, tuple[str, str]], value: str | None, lang: str) -> str | None:
    return pick(names[value], lang) if value in names else value


def tell_observation(o: Json, lang: str) -> str:
    """Indicator or wording = bound, value, unit; period; kind; status."""
    name = label_of("indicator", o["indicator"], lang) or f"{o['name']} ({pick(('无概念', 'no concept'), lang)})"
    damaged = pick(("损坏,照录", "damaged, as printed"), lang) if o.get("damaged") else None
    old = pick(("旧值", "old value"), lang) if o.get("role") == "from" else None
    value = f"{name} {bound_sign(o['bound'], lang).strip() or '='} {o['value']} {o['unit']}".strip()
    return _join(value, o["period"]["label"], _of(_TEMPORAL, o["temporal"], lang), _of(_STATUS, o["status"], lang), old, damaged)


def tell_body(b: Json, lang: str) -> str:
    """Official name; type; whether it names a kind."""
    return _join(b["name"], label_of("body-type", b["type"], lang), pick(("泛称", "generic"), lang) if b["generic"] else None)


def tell_mechanism(m: Json, lang: str) -> str:
    """Concept, or local; type; who takes part."""
    people = "、".join(f"{p['name']}({_of(_BASIS, p['basis'], lang)})" for p in m["participants"])
    return _join(label_of("mechanism", m["concept"], lang) or pick(("本地机制", "local mechanism"), lang), _of(_TYPE, m["type"], lang), people)


def tell_measure(m: Json, lang: str) -> str:
    """Verb and object; who answers; topic; status."""
    people = "、".join(f"{r['name']}({_of(_BASIS, r['basis'], lang)})" for r in m["responsible"])
    return _join(f"{m['verb']} {m['object']}".strip(), people, label_of("topic", m["topic"], lang), _of(_STATUS, m["status"], lang))


def tell_shortcoming(s: Json, lang: str) -> str:
    """The causes it gives, or that it gives none."""
    causes = ";".join(cause["text"] if isinstance(cause, dict) else str(cause) for cause in s["causes"])
    return f"{pick(('原因', 'causes'), lang)}: {causes or pick(('未写', 'none given'), lang)}"


def tell_plan(p: Json, lang: str) -> str:
    """How many shortcomings it answers."""
    answered = ", ".join(f"S{number + 1}" for number in p["addresses"] if isinstance(number, int))
    return _join(pick(("下一步", "next"), lang), f"{pick(('回应', 'answers'), lang)} {answered}" if answered else None)


def tell_damage(d: Json, lang: str) -> str:
    """The suggested reading and how sure it is."""
    return _join(f"{pick(('建议读作', 'read'), lang)} “{d['suggestion']}”", _of(_CERTAINTY, d["certainty"], lang))


def tell_event(e: Json, lang: str) -> str:
    """Name, ordinal, year."""
    return _join(e["name"], pick((f"第{e['ordinal']}次", f"no. {e['ordinal']}"), lang) if e["ordinal"] is not None else None, str(e["year"] or ""))


_TELL: dict[str, tuple[str, Callable[[Json, str], str]]] = {
    "observation": ("observations", tell_observation),
    "measure": ("measures", tell_measure),
    "body": ("bodies", tell_body),
    "mechanism": ("mechanisms", tell_mechanism),
    "document": ("documents", lambda d, lang: str(d["title"])),
    "shortcoming": ("shortcomings", tell_shortcoming),
    "plan": ("plans", tell_plan),
    "event": ("events", tell_event),
    "honour": ("honours", lambda h, lang: pick(("荣誉", "honour"), lang)),
    "damage": ("damage", tell_damage),
}

"""Every concept gives itself back from its own example through the whole pipeline; labels do so in a sentence made for them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pytest

from kg.lexicon import fold, unit_ids
from kg.model import Record
from kg.ontology import Concept, load_concepts
from kg.pipeline import build_report, extract_bytes
from tests.conftest import DIVISIONS, ROOT

OPENING = "云泽市2025年法治政府建设年度报告\n\n云泽市人民政府坚持依法行政,认真落实各项部署,现将年度工作情况报告如下。\n一、主要工作情况\n"
CLOSING = "云泽市人民政府将继续努力,不断提高依法行政水平,更好服务群众,推动各项任务落地见效,让人民群众在每一件事情中感受到公平正义。\n"
PLANS = "二、2026年工作打算\n"
AT_LEAST, AT_MOST = 0.95, 0.08
Line = tuple[str, Concept]


@dataclass(frozen=True)
class Reading:
    """What the pipeline found between two places of a report."""

    record: Record
    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end

    def quotes(self, scheme: str) -> list[tuple[str | None, str]]:
        """List (concept id, words) of a scheme."""
        return [(found, self.record.text[start:end]) for start, end, found in FINDS[scheme](self.record) if self.holds(start, end)]

    def ids(self, scheme: str) -> set[str | None]:
        return {found for found, _ in self.quotes(scheme)}


FINDS: dict[str, Callable[[Record], Iterable[tuple[int, int, str | None]]]] = {
    "topic": lambda r: ((s.start, s.end, s.topic) for s in r.sections),
    "mechanism": lambda r: ((m.start, m.end, m.concept) for m in r.mechanisms),
    "body-type": lambda r: ((b.start, b.end, b.type) for b in r.bodies),
    "indicator": lambda r: ((o.start, o.end, o.indicator) for o in r.observations),
    "unit": lambda r: ((o.start, o.end, unit_ids().get(o.unit)) for o in r.observations),
    "ignored-reason": lambda r: ((f.start, f.end, f.reason) for f in r.figures),
    "bound": lambda r: ((o.start, o.end, o.bound) for o in r.observations),
    "status": lambda r: ((m.start, m.end, m.status) for m in r.measures),
    "period-kind": lambda r: ((o.start, o.end, o.period.kind) for o in r.observations),
    "damage-kind": lambda r: ((d.start, d.end, d.kind) for d in r.damage),
}


def read_lines(lines: list[str], planned: bool = False) -> list[Reading]:
    """Set lines into one report as paragraphs and read it."""
    head = OPENING + (f"{CLOSING}{PLANS}" if planned else "")
    text = head + "".join(f"{line}\n" for line in lines) + CLOSING + "云泽市人民政府\n"
    record = extract_bytes(text.encode(), "examples.txt", DIVISIONS)
    assert record.text == text
    readings, at = [], len(head)
    for line in lines:
        readings.append(Reading(record, at, at + len(line)))
        at += len(line) + 1
    return readings


def read_topics(concept: Concept) -> set[str | None]:
    """Read a topic's example as the heading that it is."""
    text = f"{OPENING}{CLOSING}二、{concept.example}\n{CLOSING}云泽市人民政府\n"
    return {section.topic for section in extract_bytes(text.encode(), "heading.txt", DIVISIONS).sections if section.title == concept.example}


def in_parts(lines: list[Line], size: int = 60) -> Iterator[tuple[Concept, str, Reading]]:
    for at in range(0, len(lines), size):
        part = lines[at : at + size]
        for (line, concept), reading in zip(part, read_lines([line for line, _ in part]), strict=True):
            yield concept, line, reading


@pytest.mark.parametrize("scheme", sorted(load_concepts()))
def test_every_concept_is_defined_and_has_an_example(scheme: str) -> None:
    assert [c.id for c in load_concepts()[scheme].values() if not c.definition or not c.example] == []


@pytest.mark.parametrize("scheme", sorted(set(FINDS) - {"topic", "status"}))
def test_every_concept_comes_back_from_its_example(scheme: str) -> None:
    lines = [(c.example or "", c) for c in load_concepts()[scheme].values()]
    assert {c.id: (line, reading.quotes(scheme)) for c, line, reading in in_parts(lines) if c.id not in reading.ids(scheme)} == {}


def test_every_topic_comes_back_from_its_heading() -> None:
    assert {c.id: c.example for c in load_concepts()["topic"].values() if c.id not in read_topics(c)} == {}


@pytest.mark.parametrize("status", sorted(load_concepts()["status"]))
def test_every_status_comes_back_from_its_example(status: str) -> None:
    (reading,) = read_lines([load_concepts()["status"][status].example or ""], planned=status == "planned")
    assert status in reading.ids("status")


NATIONAL = ("中央", "国家", "全国", "最高", "中国", "国务院", "党中央", "中共中央")


def carry_body(concept: Concept, label: str) -> str:
    if label in concept.values.get("genericLabel", ()):
        return f"督促{label}按期整改。"
    national = label in concept.values.get("nationalName", ()) or label.startswith(NATIONAL)
    return f"根据{label}部署开展工作。" if national else f"市{label}开展联合检查3次。"


def carry_indicator(concept: Concept, label: str) -> str:
    unit = concept.value("printedUnit") or ""
    kind = concept.value("indicatorKind") if unit != "件/万人" else "patents"
    return {"ratio": f"{label}达95%。", "money": f"{label}26万元。", "duration": f"{label}3个工作日。", "patents": f"{label}达3.2件。"}.get(
        kind or "", f"{label}126{unit.partition('/')[0]}。"
    )


CARRIERS: dict[str, Callable[[Concept, str], str]] = {
    "mechanism": lambda concept, label: f"全面落实{label},成效明显。",
    "body-type": carry_body,
    "indicator": carry_indicator,
    "unit": lambda concept, label: f"其中总量达12{label}。",
}


def labels_of(concept: Concept) -> tuple[str, ...]:
    return (*concept.alternatives, *concept.values.get("genericLabel", ()))


@pytest.mark.parametrize("scheme", sorted(CARRIERS))
def test_labels_come_back_from_a_sentence(scheme: str) -> None:
    lines = [(CARRIERS[scheme](c, label), c) for c in load_concepts()[scheme].values() for label in labels_of(c)]
    lost = [(c.id, line, reading.quotes(scheme)) for c, line, reading in in_parts(lines) if c.id not in reading.ids(scheme)]
    print(f"{scheme}: {len(lines) - len(lost)} of {len(lines)} labels")
    assert len(lost) <= (1 - AT_LEAST) * len(lines), lost


@dataclass(frozen=True)
class Case:
    """One reading of an ambiguous label."""

    scheme: str
    label: str
    concept: str | None
    sentence: str


def ambiguous_cases() -> list[Case]:
    rows = (line.split("\t") for line in (ROOT / "tests" / "cases" / "ambiguous.txt").read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return [Case(scheme, label, None if concept == "-" else concept, sentence) for scheme, label, concept, sentence in rows]


def marked() -> set[tuple[str, str, str]]:
    return {(s, label, c.id) for s, concepts in load_concepts().items() for c in concepts.values() for label in c.values.get("ambiguousLabel", ())}


@pytest.mark.parametrize("case", ambiguous_cases(), ids=lambda case: f"{case.label}-{case.concept}")
def test_context_decides_for_an_ambiguous_label(case: Case) -> None:
    (reading,) = read_lines([case.sentence])
    found = {concept for concept, words in reading.quotes(case.scheme) if case.scheme == "indicator" or case.label in words}
    assert found == ({case.concept} if case.concept is not None else set())


def test_every_ambiguous_label_has_its_readings() -> None:
    cases = ambiguous_cases()
    assert {(case.scheme, case.label, case.concept) for case in cases if case.concept is not None} == marked()
    readings = {label: {case.concept for case in cases if case.label == label} for _, label, _ in marked()}
    assert {label for label, concepts in readings.items() if len(concepts) < 2} == set()


def test_few_labels_are_ambiguous_and_no_other_has_two_owners() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for scheme in CARRIERS:
        for concept in load_concepts()[scheme].values():
            for label in labels_of(concept):
                owners.setdefault((scheme, fold(label)), set()).add(concept.id)
    ambiguous = {(scheme, fold(label)) for scheme, label, _ in marked()}
    print(f"{len(ambiguous)} of {len(owners)} labels are ambiguous")
    assert len(ambiguous) <= AT_MOST * len(owners)
    assert {key: sorted(ids) for key, ids in owners.items() if len(ids) > 1 and key not in ambiguous} == {}


def test_no_example_of_the_vocabulary_keeps_a_report_out() -> None:
    said = [c.example for concepts in load_concepts().values() for c in concepts.values() if c.example]
    for at in range(0, len(said), 50):
        text = "\n".join(["济源市2024年法治政府建设年度报告", "一、主要举措", *said[at : at + 50]])
        assert [(f.shape, f.quote) for f in build_report(text.encode(), "examples.txt").findings if f.severity == "violation"] == []

"""The vocabularies: bilingual, without orphans, one owner a label; every term used is declared, every one declared is used."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from kg.divisions import Register
from kg.lexicon import fold
from kg.ontology import Concept, load_concepts, ontology_quads
from kg.pipeline import extract_bytes
from kg.triples import quads_of
from kg.vocab import BASE, FZ
from tests.canonical import canonical, files
from tests.conftest import DIVISIONS, ROOT

CONCEPTS = [concept for scheme in load_concepts().values() for concept in scheme.values()]


def declared() -> set[str]:
    return {q.subject.value[len(FZ) :] for q in ontology_quads() if getattr(q.subject, "value", "").startswith(FZ)}


@pytest.mark.parametrize("scheme", sorted(load_concepts()))
def test_every_concept_has_both_labels(scheme: str) -> None:
    assert [c.id for c in load_concepts()[scheme].values() if not c.zh or not c.en] == []


@pytest.mark.parametrize("scheme", ["mechanism", "body-type", "unit"])
def test_a_label_has_one_owner(scheme: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in load_concepts()[scheme].values():
        for label in (*concept.alternatives, *concept.values.get("genericLabel", ())):
            owners[fold(label)].add(concept.id)
    assert {label: sorted(ids) for label, ids in owners.items() if len(ids) > 1} == {}


def test_links_between_concepts_lead_somewhere() -> None:
    known = {concept.iri for concept in CONCEPTS}
    links = [(c.id, target) for c in CONCEPTS for name in ("topic", "participantType") for target in c.values.get(name, ())]
    assert links
    assert [link for link in links if link[1] not in known] == []


def test_core_terms_are_labelled_and_defined_in_both_languages() -> None:
    text = (ROOT / "ontology" / "core.ttl").read_text(encoding="utf-8")
    blocks = re.findall(r"^fz:(\w+) a owl:.*?\.\n(?:\n|$)", text, re.S | re.M)
    for name in blocks:
        block = re.search(rf"^fz:{name} a owl:.*?\.\n(?:\n|$)", text, re.S | re.M)
        assert block is not None
        assert len(re.findall(r'"@zh', block[0])) >= 2, name
        assert len(re.findall(r'"@en', block[0])) >= 2, name
    assert len(blocks) == len(declared())


def test_every_term_used_is_declared(sample_files: list[Path], register: Register) -> None:
    used: set[str] = set()
    for path in sample_files:
        used |= set(re.findall(r"<" + re.escape(FZ) + r"(\w+)>", "\n".join(quads_of(extract_bytes(path.read_bytes(), path.name, DIVISIONS), register))))
    for folder, suffix in (("queries", "rq"), ("shapes", "ttl"), ("ontology", "ttl")):
        for path in (ROOT / folder).glob(f"*.{suffix}"):
            used |= set(re.findall(r"\bfz:(\w+)", path.read_text(encoding="utf-8")))
    assert sorted(used - declared()) == []


def test_concept_iris_follow_their_scheme() -> None:
    assert [c.iri for c in CONCEPTS if c.iri != f"{BASE}{c.scheme}/{c.id}"] == []


def test_an_edited_label_is_seen_in_a_checkout(tmp_path: Path) -> None:
    import shutil
    import subprocess
    import sys

    for name in ("kg", "ontology", "pyproject.toml"):
        source = ROOT / name
        shutil.copytree(source, tmp_path / name) if source.is_dir() else shutil.copy(source, tmp_path / name)
    path = tmp_path / "ontology" / "mechanisms.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace('"府院联动"@zh', '"府院大联动"@zh'), encoding="utf-8")
    code = "from kg.ontology import load_concepts as l; print(l()['mechanism']['government-court-coordination'].zh)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "府院大联动"


def test_the_class_of_concept_is_kept_by_its_type() -> None:
    assert all(isinstance(c, Concept) for c in CONCEPTS)
    counts = {scheme: len(concepts) for scheme, concepts in load_concepts().items()}
    assert counts["mechanism"] >= 140
    assert counts["indicator"] >= 220
    assert counts["body-type"] >= 110
    assert counts["topic"] == 9


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_files_are_in_canonical_order(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == canonical(path.read_bytes(), path.name), "run `make ontology`"

"""IRI → the English name of what it stands for, out of the ontology; None where there is none."""

from collections.abc import Mapping
from functools import lru_cache

from kg.ontology import load_concepts
from kg.romanize import english_place
from kg.vocab import BASE


def english_label(iri: str, label: str = "", places: Mapping[str, str] | None = None) -> str | None:
    """Name a concept; a place by its pinyin; a local mechanism by its Chinese name, a body by its type, with its division: the place's name where `places` knows the code, else the code."""
    if not iri.startswith(BASE):
        return None
    scheme, _, rest = iri.removeprefix(BASE).partition("/")
    if scheme == "body":
        division, _, tail = rest.partition("/")
        kind = _concepts("body-type").get(tail.partition("/")[0])
        place = (places or {}).get(division, division)
        return f"{kind} ({english_place(place) or place})" if kind else None
    if scheme == "local-mechanism":
        place = (places or {}).get(rest.partition("/")[0], rest.partition("/")[0])
        return f"{label} (local mechanism, {english_place(place) or place})"
    if scheme == "division":
        return english_place(label)
    return _concepts(scheme).get(rest)


@lru_cache(maxsize=8)
def _concepts(scheme: str) -> dict[str, str]:
    return {concept.id: concept.en for concept in load_concepts().get(scheme, {}).values() if concept.en}

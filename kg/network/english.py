"""IRI → the English name of what it stands for, out of the ontology; None where there is none."""

from collections.abc import Mapping
from functools import lru_cache

from kg.ontology import load_concepts
from kg.vocab import BASE


def english_label(iri: str, places: Mapping[str, str] | None = None) -> str | None:
    """Name a concept, or a body by its type and its division: the name where `places` knows the code, else the code."""
    if not iri.startswith(BASE):
        return None
    scheme, _, rest = iri.removeprefix(BASE).partition("/")
    if scheme == "body":
        division, _, tail = rest.partition("/")
        kind = _concepts("body-type").get(tail.partition("/")[0])
        return f"{kind} ({(places or {}).get(division, division)})" if kind else None
    return _concepts(scheme).get(rest)


@lru_cache(maxsize=8)
def _concepts(scheme: str) -> dict[str, str]:
    return {concept.id: concept.en for concept in load_concepts().get(scheme, {}).values() if concept.en}

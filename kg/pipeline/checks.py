"""Graphs → what validation has to say of them, for rooms that may not know the steps."""

from collections.abc import Sequence

from kg import validate
from kg.model import Checkup, Duty, FillRate, Finding, Head, YearFigure
from kg.validate import load_shapes, sentence_around

__all__ = ["sentence_around"]  # of what is imported here, what others may have


def check_up(lines: list[str], shapes: tuple[str, ...] = (), engine: str = "fast") -> Checkup:
    """Validate a graph and tell what of its arithmetic was confirmed."""
    graph = validate.make_graph(validate.triples_of(lines))
    about, text, confirmed = validate.look_through(graph)
    return Checkup(tuple(validate.validate_graph(graph, load_shapes(shapes), engine)), about, text, confirmed)


def compare_reports(heads: Sequence[Head], figures: Sequence[YearFigure], rates: Sequence[FillRate]) -> list[Finding]:
    """Find what only many reports together show."""
    return validate.compare_reports(heads, figures, rates, load_shapes())


def handed_over(shapes: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The shapes that the default engine hands to pySHACL, each with the reason."""
    return validate.handed_over(load_shapes(shapes))


def duties(shapes: tuple[str, ...] = ()) -> list[Duty]:
    """The statutory duties that the shapes speak of."""
    return validate.list_duties(load_shapes(shapes))


def shapes_version() -> str:
    """Digest of the shapes that reports are validated with on their way into the store."""
    return load_shapes().version

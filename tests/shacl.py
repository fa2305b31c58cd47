"""What the tests of the gate share: Turtle as N-Quads lines."""

from pathlib import Path

import pyoxigraph as ox


def quads_of_turtle(path: Path) -> list[str]:
    """Read a Turtle file as N-Triples lines."""
    return [f"{quad.triple} ." for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]

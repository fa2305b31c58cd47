"""Shapes → the statutory duties among them, in their order."""

from kg.model import Duty
from kg.validate.shapes import Shapes, sh
from kg.validate.terms import parts, text_of
from kg.vocab import SHAPES

_OWN = f"<{SHAPES}{{}}>"


def list_duties(shapes: Shapes) -> list[Duty]:
    """List the shapes marked shapes:Duty, named by sh:name, in the order of sh:order."""
    graph, found = shapes.graph, []
    for shape in graph.instances(_OWN.format("Duty")):
        names = {parts(name)[1]: text_of(name) for name in graph.objects(shape, sh("name"))}
        needs = tuple(text_of(p).rpartition("#")[2] for p in graph.objects(shape, _OWN.format("needs")))
        others = tuple(text_of(other) for other in graph.objects(shape, _OWN.format("presupposes")))
        order = int(text_of(graph.value(shape, sh("order")) or '"99"'))
        found.append((order, Duty(text_of(shape), names.get("zh", ""), names.get("en", ""), needs, others)))
    return [duty for _, duty in sorted(found, key=lambda pair: (pair[0], pair[1].shape))]

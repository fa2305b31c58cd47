"""HermiT and the OWL 2 DL profile checker, in a Java machine inside this process.

Both lie in HermiT.jar, which owlready2 carries (LGPL; tests only, never shipped). They read RDF/XML.
"""

import importlib.util
import shutil
from pathlib import Path
from typing import Any

from rdflib import Graph


def missing() -> str | None:
    """Name what is not installed, or None where the reasoner can run."""
    if shutil.which("java") is None:
        return "a Java runtime (Debian's default-jre-headless)"
    return next((f"{name} (pip install {name})" for name in ("jpype", "owlready2") if importlib.util.find_spec(name) is None), None)


def _jar() -> Path:
    spec = importlib.util.find_spec("owlready2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "hermit" / "HermiT.jar"


def _java() -> Any:
    import jpype

    if not jpype.isJVMStarted():
        jpype.startJVM("-Xmx1g", classpath=[str(_jar())], convertStrings=True)
    return jpype.JPackage("org").semanticweb


def load(turtle: list[str]) -> Any:
    """Load Turtle texts as one ontology of the OWL API."""
    graph = Graph()
    for text in turtle:
        graph.parse(data=text, format="turtle")
    java = _java()
    manager = java.owlapi.apibinding.OWLManager.createOWLOntologyManager()
    return manager.loadOntologyFromOntologyDocument(java.owlapi.io.StringDocumentSource(graph.serialize(format="pretty-xml")))


def violations(turtle: list[str]) -> list[str]:
    """List what leaves the OWL 2 DL profile."""
    report = _java().owlapi.profiles.OWL2DLProfile().checkOntology(load(turtle))
    return sorted(str(each.toString()) for each in report.getViolations())


def is_consistent(turtle: list[str]) -> bool:
    """Whether HermiT finds a model."""
    return bool(_java().HermiT.Reasoner(load(turtle)).isConsistent())


def unsatisfiable(turtle: list[str]) -> list[str]:
    """List the classes that can have no member."""
    nodes = _java().HermiT.Reasoner(load(turtle)).getUnsatisfiableClasses()
    return sorted(str(each.toString()) for each in nodes.getEntitiesMinusBottom())

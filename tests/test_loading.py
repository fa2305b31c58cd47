"""What loading costs: the lexicon under a tenth of a second when warm, and `kg --help` loads none of it."""

import subprocess
import sys

LOAD = """
import time
from kg import lexicon, ontology
best = 9.0
for _ in range(5):
    for each in (ontology.ontology_quads, ontology.load_concepts, lexicon.body_gazetteer, lexicon.mechanism_gazetteer, lexicon.numeral_words, lexicon.unit_forms, lexicon.topic_cues):
        each.cache_clear()
    began = time.process_time()
    lexicon.body_gazetteer(), lexicon.mechanism_gazetteer(), lexicon.numeral_words(), lexicon.unit_forms(), lexicon.topic_cues()
    best = min(best, time.process_time() - began)
print(best)
"""
HELP = """
import sys
from click.testing import CliRunner
from kg.cli import main
assert CliRunner().invoke(main, ["--help"]).exit_code == 0
print(sorted(set(sys.modules) & {"kg.lexicon", "kg.ontology", "kg.divisions", "pyoxigraph", "rdflib", "networkx", "pyshacl"}))
"""
BESIDE = "import time; began = time.process_time(); import {}; print(time.process_time() - began)"


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_lexicon_loads_in_under_a_tenth_of_a_second() -> None:
    seconds = float(run(LOAD))
    print(f"lexicon: {seconds:.3f} s")
    assert seconds < 0.1


def test_help_does_not_load_the_lexicon() -> None:
    assert run(HELP) == "[]"
    ours, theirs = (min(float(run(BESIDE.format(name))) for _ in range(3)) for name in ("kg.cli", "rdflib"))
    print(f"import kg.cli: {ours:.3f} s; import rdflib: {theirs:.3f} s")
    assert ours < theirs

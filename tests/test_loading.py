"""`kg --help` loads none of what the work needs: neither the lexicon nor a graph library."""

import subprocess
import sys

HELP = """
import sys
from click.testing import CliRunner
from kg.cli import main
assert CliRunner().invoke(main, ["--help"]).exit_code == 0
print(sorted(set(sys.modules) & {"kg.lexicon", "kg.ontology", "kg.divisions", "pyoxigraph", "rdflib", "networkx", "pyshacl"}))
"""


def test_help_loads_nothing_heavy() -> None:
    assert subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True).stdout.strip() == "[]"

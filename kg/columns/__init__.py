"""Questions of all reports, answered from columns: SPARQL → SQL over a copy that lies beside a store's quads.

Oxigraph looks each term of each row up; where a hundred thousand rows are wanted, columns give them several times as fast. What is not surely
answered alike is NotCovered, and Oxigraph answers it.
"""

OF_ALL = "# of all reports\n"
"""The line that heads a question which no parameter narrows to a place or a fact."""
NOT_FOR_COLUMNS = 9
"""How the child process ends that leaves a question to Oxigraph."""

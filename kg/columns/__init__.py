"""Questions of all reports, answered from columns: SPARQL → SQL over a copy that lies beside a store's quads.

Oxigraph looks each term of each row up; where a hundred thousand rows are wanted, columns give them several times as fast. What is not surely
answered alike is NotCovered, and Oxigraph answers it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

OF_ALL = "# of all reports\n"
"""The line that heads a question which no parameter narrows to a place or a fact."""
NOT_FOR_COLUMNS = 9
"""How the child process ends that leaves a question to Oxigraph."""


class Answer(NamedTuple):
    """Rows, as arrays by column. `forms`, one a column: "id", numbers of the dictionary (0 is unbound), "number", decimals as text, or "plain", the values themselves.

    Of the dictionary `numbers` says which terms are needed; `texts` are their IRIs and strings, by the same places, and `terms` the others, as N-Triples.
    """

    names: tuple[str, ...]
    forms: tuple[str, ...]
    columns: Sequence[Any]
    numbers: Any
    texts: Any
    terms: Mapping[int, str]

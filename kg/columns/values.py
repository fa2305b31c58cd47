"""What a variable or an expression is in SQL: its form, and which kinds of terms it can be.

Most values are numbers of the dictionary, so that equal terms are equal numbers. What is computed has a form of its own. A value that is
unbound, or whose evaluation is an error, is NULL: SQL's logic of three values is SPARQL's logic of errors.
"""

from dataclasses import dataclass

IRI, BLANK, TEXT, TAGGED, WHOLE, DECIMAL, TRUTH, DATE, OTHER = (1 << n for n in range(9))
"""Kinds of terms, as the dictionary numbers them: text is a string without a language, tagged one with it; other: none of ours reads it."""
STRINGS, NUMBERS = TEXT | TAGGED, WHOLE | DECIMAL
SCALE = "DECIMAL(30,8)"
"""How numbers are computed: exactly, with eight digits behind the point; the dictionary calls a longer one `other`."""


class NotCovered(Exception):
    """The question uses what the columns do not answer; Oxigraph does."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A term of the question: as N-Triples, its kind, its text."""

    term: str
    kind: int
    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """SQL that gives a value. `form`: id (of the dictionary, of one of `kinds`), text, iri, whole, number, ratio (`sql` by `over`), truth or nothing.

    `number`: what an id is worth, where its table says so. `loose`: it may be a term that the dictionary does not hold, good only for comparing.
    """

    sql: str
    form: str
    kinds: int = 0
    maybe: bool = False
    over: str = ""
    number: str = ""
    constant: Constant | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A question in SQL: the columns of its answer and their forms (see kg.columns.Answer)."""

    names: tuple[str, ...]
    forms: tuple[str, ...]
    sql: str


NOTHING = Value("NULL", "nothing", maybe=True)


def quoted(text: str) -> str:
    """Write text as SQL does."""
    if "\0" in text:
        raise NotCovered("NUL")
    return "'" + text.replace("'", "''") + "'"

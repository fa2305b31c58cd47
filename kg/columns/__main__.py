"""The child process that answers from columns: SPARQL on standard input, the store's folder as argument → TSV.

`python -m kg.columns FOLDER`. It ends with 9 where the question is not for columns.
"""

import sys
from pathlib import Path

from kg.columns import NOT_FOR_COLUMNS
from kg.columns.ask import answer
from kg.columns.copy import open_copy
from kg.columns.values import NotCovered


def main() -> int:
    """Answer, or say that Oxigraph must."""
    copy = open_copy(Path(sys.argv[1]))
    try:
        if copy is None:
            return NOT_FOR_COLUMNS
        names, lines = answer(copy, sys.stdin.buffer.read().decode())
    except NotCovered:
        return NOT_FOR_COLUMNS
    sys.stdout.buffer.write("\n".join(["\t".join(names), *lines, ""]).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())

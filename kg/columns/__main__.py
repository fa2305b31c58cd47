"""The child process that answers from columns: SPARQL on standard input, the store's folder as argument → a pickled Answer.

`python -m kg.columns FOLDER`. It ends with 9 where the question is not for columns.
"""

import pickle
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
        found = answer(copy, sys.stdin.buffer.read().decode())
    except NotCovered:
        return NOT_FOR_COLUMNS
    pickle.dump(found, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    return 0


if __name__ == "__main__":
    sys.exit(main())

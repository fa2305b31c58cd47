"""Records compared, as tables."""

import json
from collections.abc import Sequence
from pathlib import Path

from kg.evaluate import Compared, agreement_table, disagreements_table, errors_table, figures_table
from kg.files import replacing
from kg.table import FORMATS, to_csv


def evaluation_text(compared: Sequence[Compared], errors: bool, form: str) -> str:
    """Figures, with two records their agreement, and on demand the errors; as JSON one object with a list for each."""
    tables = {"figures": figures_table(compared), "agreement": agreement_table(compared), "errors": errors_table(compared)}
    wanted = {name: table for name, table in tables.items() if name == "figures" or (name == "errors" and errors) or (name == "agreement" and table.rows)}
    if form == "json":
        return json.dumps({name: json.loads(FORMATS["json"](table)) for name, table in wanted.items()}, ensure_ascii=False, indent=1) + "\n"
    return "\n".join(FORMATS[form](table) for table in wanted.values())


def write_disagreements(compared: Sequence[Compared], path: Path) -> None:
    """Write the disagreements of two coders as CSV."""
    with replacing(path) as target:
        target.write_text(to_csv(disagreements_table(compared)), encoding="utf-8-sig")

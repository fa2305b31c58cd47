"""Words for a report → the report in a store, and the file that it was made from.

A report is named as the tables print it (report/990100/people-government/2025), by its IRI, or by place or issuer and year (云泽市 2025).
"""

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from kg.errors import InputError, UsageError
from kg.store import Store
from kg.vocab import BASE, report_keys

_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*年?(?:度)?$")


def name_report(store: Store, words: str) -> str:
    """Give the IRI of the one report that is meant; none or several are a UsageError that lists what there is."""
    rows = {str(row["report"]): row for row in store.list_reports()}
    for iri in rows:
        if words in (iri, iri.removeprefix(BASE), unquote(iri.removeprefix(BASE))):
            return iri
    year = _YEAR.search(words)
    name = words[: year.start()].strip() if year is not None else words.strip()
    of_year = {report: row for report, row in rows.items() if year is None or row["year"] == year[1]}
    keys = {report: report_keys(report) for report in of_year}
    found = [
        r for r, row in of_year.items() if name and (row["issuer"] in (name, f"{name}人民政府") or ((key := keys[r]) is not None and key.division == name))
    ]
    own = [report for report in found if (key := keys[report]) is not None and key.type == "people-government"]
    found = own if len(own) == 1 else found
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{words}: 有几份报告,请写明 · several reports, name one: {_listed(found)}")
    near = [report for report, row in rows.items() if name and name in str(row["issuer"])]
    raise UsageError(f"库中没有报告 {words} · no such report in the store; 可用 · try: {_listed(near or rows)}; `kg reports list` names them")


def find_source(store: Store, report: str) -> Path:
    """Give the file that a report was made from, unchanged; where it is gone or changed since, an InputError that says where it lay."""
    digest, name = store.sources().get(report, ("", ""))
    places = _places(store.folder / "seen.jsonl", digest)
    for place in places:
        if place.is_file() and sha256(place.read_bytes()).hexdigest() == digest:
            return place
    last = places[-1] if places else name
    raise InputError(
        f"{report}: 原文 {last} 不在或已改,请给出文件 · the text that it was made from is gone or has changed, name the file instead (sha256 {digest[:12]}…)"
    )


def _places(seen: Path, digest: str) -> list[Path]:
    """Where inputs with these bytes lay when they were taken in."""
    lines = seen.read_text(encoding="utf-8").splitlines() if seen.exists() else []
    rows = (json.loads(line) for line in lines if digest and digest in line and line.endswith("}"))
    return [Path(path) for path in dict.fromkeys(row["path"] for row in rows)]


def _listed(reports: Iterable[str]) -> str:
    names = sorted(reports)
    return "、".join(name.removeprefix(BASE) for name in names[:4]) + (" …" if len(names) > 4 else "")

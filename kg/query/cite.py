"""Rows → rows with a footnote (GB/T 7714—2015, report on line) and a link to the passage.

The date of access that the standard asks for is the reader's to add: answers carry no clock.
"""

from collections.abc import Iterator, Mapping

from kg.errors import UsageError
from kg.query import get_query
from kg.query.ask import run_query
from kg.query.bind import Execute
from kg.table import Table, Value

_AT_ONCE = 500
LABELS = {"zh": ("引注", "原文链接"), "en": ("citation", "link to the passage")}


def add_citations(table: Table, execute: Execute, lang: str = "zh") -> Table:
    """Add the columns `citation` and `link` for the fact, or else the report, of each row."""
    key = next((name for name in ("fact", "report") if name in table.columns), None)
    if key is None:
        raise UsageError("此问题的行不指向事实或报告,不能加引注 · rows of this question point at no fact or report, so they cannot be cited")
    names = sorted({str(value) for value in table.column(key) if value is not None})
    addresses = {row["report"]: row["source"] for row in run_query(execute, get_query("provenance"), {}).records() if "://" in str(row["source"])}
    sources = dict(_fact_sources(execute, names, addresses) if key == "fact" else _report_sources(execute, addresses))
    rows = [(*row, *sources.get(str(value), (None, None))) for row, value in zip(table.rows, table.column(key), strict=True)]
    labels = (*table.labels, *LABELS[lang]) if table.labels else ()
    return Table((*table.columns, "citation", "link"), rows, labels, table.note)


def _fact_sources(execute: Execute, facts: list[str], addresses: Mapping[Value, Value]) -> Iterator[tuple[str, tuple[Value, Value]]]:
    for start in range(0, len(facts), _AT_ONCE):
        for row in run_query(execute, get_query("fact-sources"), {"fact": facts[start : start + _AT_ONCE]}).records():
            yield str(row["fact"]), (footnote(row, addresses.get(row["report"])), row["passage"])


def _report_sources(execute: Execute, addresses: Mapping[Value, Value]) -> Iterator[tuple[str, tuple[Value, Value]]]:
    for row in run_query(execute, get_query("reports"), {}).records():
        yield str(row["report"]), (footnote(row, addresses.get(row["report"])), row["report"])


def footnote(row: Mapping[str, Value], address: Value = None) -> str:
    """Write one footnote: issuer, title, [R/OL], date of publication, and the address that the report was fetched from.

    >>> footnote({"issuer": "云泽市人民政府", "title": "云泽市人民政府2024年度法治政府建设情况报告", "published": "2025-03-18"})
    '云泽市人民政府. 云泽市人民政府2024年度法治政府建设情况报告[R/OL]. (2025-03-18).'
    >>> footnote({"issuer": "临溪县人民政府", "title": "工作报告", "published": None}, "https://www.example.gov.cn/a.html")
    '临溪县人民政府. 工作报告[R/OL]. https://www.example.gov.cn/a.html.'
    """
    date = f" ({row['published']})." if row.get("published") is not None else ""
    return f"{row['issuer']}. {row['title']}[R/OL].{date}{f' {address}.' if address is not None else ''}"

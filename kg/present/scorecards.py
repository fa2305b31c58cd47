"""A scorecard as a page."""

from html import escape

from kg.checking.scorecard import STATES
from kg.table import Table, brief

_PAGE_STYLE = (
    "body{font-family:'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;margin:1.5rem;color:#1c2430}h1{font-size:1.4rem}div{overflow-x:auto}"
    "table{border-collapse:collapse;font-size:.9rem}th,td{border:1px solid #d5dbe3;padding:.35rem .6rem;text-align:left;min-width:3em}th{background:#f6f8fa}"
    "td.missed{background:#ffe3e3;color:#a51111;font-weight:600}td.unknown{color:#6b7480}"
)


def table_page(table: Table, title: str, language: str) -> str:
    """A scorecard as a page of one file; what is missed stands out, IRIs are shortened, and a narrow screen moves the table sideways."""
    kinds = {words[language == "en"]: state for state, words in STATES.items()}
    head = "".join(f"<th>{escape(str(name))}</th>" for name in table.labels or table.columns)
    cells = (("".join(f'<td class="{kinds.get(text, "")}">{escape(text)}</td>' for text in map(brief, row))) for row in table.rows)
    rows = "".join(f"<tr>{row}</tr>\n" for row in cells)
    return (
        f'<!DOCTYPE html>\n<html lang="{"en" if language == "en" else "zh-CN"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)} · fazhi-kg</title>\n<style>{_PAGE_STYLE}</style>\n</head>\n'
        f"<body>\n<h1>{escape(title)}</h1>\n<div>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n</body>\n</html>\n"
    )

"""Header → why an input is not taken in: it is of another genre than annual reports."""

from kg.model import Header


def other_genre(header: Header, because: bool = True) -> str:
    """Say what an input is where it is no annual report, and by which words; nothing where it is one."""
    words = f"(据“{header.genre_basis}” · from “{header.genre_basis}”)" if because and header.genre_basis else ""
    said = f"文种为 {header.genre},不是法治政府建设年度报告 · genre is {header.genre}, not an annual report{words}"
    return said if header.genre != "annual_report" else ""

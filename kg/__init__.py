"""Knowledge graph of what Chinese local governments do to govern by law, and who is responsible.

import kg
kg.open("fazhi-demo/store").query("mechanism-adoption", mechanism="府院联动")
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from kg.graph import Graph

__version__ = "0.1.0"


def open(source: "str | PathLike[str]", *, timeout: float | None = None, lang: str = "zh") -> "Graph":
    """Open a store's folder, a dump or an endpoint for questions; `timeout` is in seconds."""
    from kg.graph import open_graph

    return open_graph(str(source), timeout, lang)

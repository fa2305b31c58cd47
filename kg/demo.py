"""The demonstration: samples → store → validation → three answers, a panel and a network page, and where they lie."""

import codecs
from collections.abc import Callable
from pathlib import Path

from kg.checking import check_store
from kg.checking.findings import findings_text
from kg.errors import UsageError
from kg.files import replacing
from kg.ingest import Options, collect_inputs, ingest_files
from kg.network.views import build_network
from kg.network.write import write_network
from kg.panel import make_panel
from kg.picture.facts import pick
from kg.present.answers import in_words
from kg.present.outcomes import outcomes_text
from kg.query import get_query
from kg.query.ask import execute_on, run_query
from kg.query.bind import parse_params
from kg.resources import data_folder
from kg.store import read_store
from kg.table import FORMATS, to_csv

QUESTIONS = (
    ("indicator-ranking", ("indicator=agency-head-court-appearance-rate", "year=2025")),
    ("mechanism-adoption", ("mechanism=comprehensive-inspection-once",)),
    ("silent-indicators", ("place=云泽市",)),
)


def run_demo(folder: Path, language: str, say: Callable[[str], None]) -> None:
    """Run the whole chain on the sample reports into `folder`; a second run replaces what the first wrote."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "store" / "format.json").exists():
        raise UsageError(f"{folder}: 目录非空 · the folder is not empty; name a new one")
    samples, store = data_folder("samples"), folder / "store"
    say(pick(("一、样本入库(虚构的地方)", "1. Samples into the store (fictional places)"), language))
    files = collect_inputs([str(samples)])
    options = Options(divisions=(str(samples / "divisions.csv"),))
    say(outcomes_text(ingest_files(files, store, options, lambda: b""), language))
    opened = read_store(store)
    say("\n" + pick(("二、校验", "2. Validation"), language))
    for checked in check_store(opened):
        say(findings_text(checked, language))
    execute = execute_on(opened.quads)
    for number, (name, params) in enumerate(QUESTIONS):
        query = get_query(name)
        say(f"\n{pick(('三、问题', '3. Question'), language)} {number + 1}: {query.question[language]}")
        say(FORMATS["table"](in_words(run_query(execute, query, parse_params(params), language), language)))
    with replacing(folder / "panel.csv") as target:
        target.write_bytes(codecs.BOM_UTF8 + to_csv(make_panel(execute, lang=language).long).encode())
    for name in ("network.html", "network.graphml"):
        write_network(build_network("bodies-mechanisms", execute, language=language), folder / name)
    say(pick(("四、文件", "4. Files"), language))
    for name in ("store", "panel.csv", "network.html", "network.graphml"):
        say(f"  {folder / name}")
    nexts = (
        f"接下来:用浏览器打开 {folder / 'network.html'};kg page 云泽市 2025 --store {folder / 'store'} --divisions {samples / 'divisions.csv'} -o report.html;kg query list;怎样做见 docs/howto.md",
        f"Next: open {folder / 'network.html'} in a browser; kg page 云泽市 2025 --store {folder / 'store'} --divisions {samples / 'divisions.csv'} -o report.html; kg query list; recipes: docs/howto.md",
    )
    say("\n" + pick(nexts, language))

"""One input's bytes → Verdict: may it enter, and with which quads? A pure function, for any process or machine to compute."""

import json
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.divisions import extend_register, read_table
from kg.errors import InputError, LimitError
from kg.ingest.seen import Rank, Verdict
from kg.lookup import given_place
from kg.pipeline import Built, build_source
from kg.pipeline.checks import shapes_version
from kg.provenance import meta_lines
from kg.record import dumps
from kg.refusal import other_genre, unfinished, unplaced
from kg.vocab import FZ, RDF


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest: extra divisions, whether warnings keep out, whether other genres may enter, in which division the reports lie that do not say it."""

    divisions: tuple[str, ...] = ()
    strict: bool = False
    any_genre: bool = False
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The options as a worker takes them: with the tables themselves instead of their paths, the place by its code."""

    tables: tuple[bytes, ...]
    strict: bool
    any_genre: bool
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One input to judge; `position` is its place among the inputs."""

    position: int
    name: str
    data: bytes
    sha256: str
    rules: Rules


def rules_of(options: Options) -> Rules:
    """Read the tables that options name, and find the place; a UsageError where there is no such one."""
    tables = tuple(read_table(Path(path)) for path in options.divisions)
    place = given_place(extend_register(tables), options.place) if options.place is not None else None
    return Rules(tables, options.strict, options.any_genre, place)


def admit_input(task: Task) -> Verdict:
    """Judge one input."""
    laps: dict[str, float] = {}  # seconds of this thread's own work, whatever else the machine does
    began = time.thread_time()

    def lap(step: str) -> None:
        nonlocal began
        now = time.thread_time()
        laps[step] = now - began
        began = now

    try:
        built = build_source(task.data, task.name, extend_register(task.rules.tables, task.rules.place), lap)
    except (InputError, LimitError) as error:
        return Verdict("unreadable", detail=str(error))
    verdict = _judge(built, task)
    lap("meta")
    return replace(verdict, seconds=tuple(laps.items()))


def _judge(built: Built, task: Task) -> Verdict:
    header = built.record.header
    if not task.rules.any_genre and (reason := other_genre(header)):
        return Verdict("refused", header.iri, f"{reason}; --any-genre takes it in")
    warnings = sum(f.severity == "warning" for f in built.findings)
    if not built.conforms or (task.rules.strict and warnings > 0):
        return _quarantine(built)
    graph = ("\n".join(built.lines) + "\n").encode()
    meta = "".join(f"{line}\n" for line in meta_lines(header.iri, task.name, task.sha256, _shapes_version(), built.findings, built.counts, len(built.lines)))
    quads = graph + meta.encode()
    return Verdict("ready", header.iri, header.title or "", warnings, rank_text(graph, task.sha256, task.name), quads, caveat=unfinished(header))


@lru_cache(maxsize=1)
def _shapes_version() -> str:
    return shapes_version()


def _quarantine(built: Built) -> Verdict:
    """Keep the record and the findings, for someone to look at."""
    violations = [f for f in built.findings if f.severity == "violation"] or [f for f in built.findings if f.severity == "warning"]
    files = (
        (".record.json", dumps(built.record)),
        (".findings.json", json.dumps([f.row() for f in built.findings], ensure_ascii=False, indent=1) + "\n"),
    )
    told = dict.fromkeys(" · ".join(f.message[lang] for lang in ("zh", "en") if lang in f.message) for f in violations)
    reasons = [unplaced(built.record.header), *(each for each in told if "--divisions" not in each)]
    return Verdict("quarantined", built.record.header.iri, "; ".join(filter(None, reasons[:3])), len(violations), files=files)


_FIGURE = f"<{RDF}type> <{FZ}Observation>".encode()
_DAMAGED = f"<{FZ}damaged>".encode()
_DAMAGE = f"<{RDF}type> <{FZ}Damage>".encode()
CORRECTED = 1_000_000


def rank_text(quads: bytes, sha256: str, name: str) -> Rank:
    """Rank a text among those of one report by its graph, the least is best: more whole figures, less damage, more facts; then by hash and name.

    An extraction record, which someone has corrected or coded, goes before any text. Truncated copies have fewer figures, mirrored ones more damage; the hash makes the choice independent of the order of files.
    """
    figures = quads.count(_FIGURE) - quads.count(_DAMAGED)
    return (-figures - (CORRECTED if name.endswith(".json") and "://" not in name else 0), quads.count(_DAMAGE), -quads.count(b"\n"), sha256, name)

"""Files → the store, through the gate: each report is validated before it enters, and enters whole or not at all.

Nothing is lost in silence: every input ends as in, unchanged, quarantined (violations), refused (another genre) or
unreadable, and the summary says which and why.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.pipeline import Built, build_report, shapes_version
from kg.record import dumps
from kg.store import Store, meta_quads, open_store, replacing

SUFFIXES = (".txt", ".html", ".htm", ".shtml", ".md", ".text")
_NOT_REPORTS = ("readme", "story", "license")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: in, unchanged, quarantined, refused or unreadable."""

    path: str
    state: str
    report: str | None = None
    detail: str = ""
    warnings: int = 0


def collect_inputs(paths: Sequence[str]) -> list[Path]:
    """List the report files that paths name; folders are searched, a folder without reports is a UsageError."""
    found: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            inside = [p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix.lower() in SUFFIXES and p.stem.lower() not in _NOT_REPORTS]
            if not inside:
                raise UsageError(f"{path}: 目录中没有报告 · no reports in this folder; expected files ending in {', '.join(SUFFIXES)}")
            found += inside
        elif path.exists() or name == "-":
            found.append(path)
        else:
            raise UsageError(f"{path}: 没有这个文件 · no such file or folder")
    return list(dict.fromkeys(found))


def read_input(path: Path, stdin: Callable[[], bytes]) -> bytes:
    """Read one input's bytes; '-' is standard input."""
    try:
        return stdin() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: 无法读取 · cannot read: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest: extra divisions, whether warnings keep out, whether other genres may enter."""

    divisions: tuple[str, ...] = ()
    strict: bool = False
    any_genre: bool = False


def ingest_files(files: Sequence[Path], folder: Path, options: Options, stdin: Callable[[], bytes]) -> Iterator[Outcome]:
    """Take files in one by one and yield what became of each; the store is made with the first that enters."""
    store = open_store(folder) if (folder / "format.json").exists() else None
    try:
        for path in files:
            try:
                built = build_report(read_input(path, stdin), str(path), options.divisions)
            except InputError as error:
                yield Outcome(str(path), "unreadable", detail=str(error))
                continue
            refusal = _refusal(built, options)
            if refusal is not None:
                yield Outcome(str(path), "refused", built.record.header.iri, refusal)
            elif not _may_enter(built, options):
                yield _quarantine(path, built, folder)
            else:
                store = store if store is not None else open_store(folder, create=True)
                yield _enter(path, built, store)
    finally:
        if store is not None:
            store.close()


def _refusal(built: Built, options: Options) -> str | None:
    genre = built.record.header.genre
    if options.any_genre or genre == "annual_report":
        return None
    return f"文种为 {genre},不是法治政府建设年度报告 · genre is {genre}, not an annual report; --any-genre takes it in"


def _may_enter(built: Built, options: Options) -> bool:
    return built.conforms and not (options.strict and any(f.severity == "warning" for f in built.findings))


def _enter(path: Path, built: Built, store: Store) -> Outcome:
    header = built.record.header
    meta = meta_quads(header.iri, path.name, header.sha256, shapes_version(), len(built.findings))
    changed = store.replace_report(header.iri, built.lines, meta)
    return Outcome(str(path), "in" if changed else "unchanged", header.iri, header.title, sum(f.severity == "warning" for f in built.findings))


def _quarantine(path: Path, built: Built, folder: Path) -> Outcome:
    place = folder.with_name(folder.name + "-quarantine") / path.name
    violations = [f for f in built.findings if f.severity == "violation"] or [f for f in built.findings if f.severity == "warning"]
    with replacing(place.with_suffix(".record.json")) as target:
        target.write_text(dumps(built.record), encoding="utf-8")
    with replacing(place.with_suffix(".findings.json")) as target:
        target.write_text(json.dumps([asdict(f) for f in built.findings], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return Outcome(str(path), "quarantined", built.record.header.iri, violations[0].message.get("zh", "") + f"(见 {place.parent})", len(violations))


EXIT_CODES = {"in": 0, "unchanged": 0, "quarantined": 1, "refused": 1, "unreadable": 3}

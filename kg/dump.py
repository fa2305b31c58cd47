"""Store → one file of all quads, sorted, so that equal stores give equal bytes: .nq (or standard output) and .trig."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg.errors import UsageError
from kg.store import Store, replacing
from kg.vocab import PREFIXES


def write_dump(store: Store, output: Path | None, stream: IO[str]) -> None:
    """Write all quads to a file by its suffix, or as N-Quads to a stream."""
    if output is None:
        stream.writelines(line + "\n" for line in store.dump_lines())
        return
    writers = {".nq": _nquads, ".trig": _trig}
    if output.suffix not in writers:
        raise UsageError(f"{output}: 不认识的格式 {output.suffix} · unknown format; expected .nq or .trig")
    with replacing(output) as target, target.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(writers[output.suffix](store))


def _nquads(store: Store) -> Iterator[str]:
    return (line + "\n" for line in store.dump_lines())


def _trig(store: Store) -> Iterator[str]:
    """One block a graph, a triple a line: plain TriG that diffs well."""
    yield from (f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()))
    current = None
    for line in store.dump_lines():
        body, graph = line[:-2].rsplit(" ", 1)
        if graph != current:
            yield ("}\n" if current is not None else "") + f"\n{graph} {{\n"
            current = graph
        yield f"  {body} .\n"
    if current is not None:
        yield "}\n"

"""Store → files of all quads, sorted, so that equal stores give equal bytes: one .nq (or standard output) or .trig, or shards.

A shard is a gzipped N-Quads file of a province and a year, of a size that any bulk loader takes; `manifest.json` tells what each must hold.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg.errors import UsageError
from kg.files import replacing
from kg.store import Store
from kg.vocab import PREFIXES, REFERENCE_GRAPH, report_keys


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


def write_shards(store: Store, folder: Path) -> int:
    """Write the shards into a folder and give their number; graphs are in one shard each, the meta and review graphs in `other`."""
    groups: dict[str, list[str]] = {}
    for graph in store.graphs():
        groups.setdefault(_shard_of(graph.value), []).append(graph.value)
    manifest = {name: _write_shard(store, folder / f"{name}.nq.gz", graphs) for name, graphs in sorted(groups.items())}
    with replacing(folder / "manifest.json") as target:
        target.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return len(manifest)


def _shard_of(graph: str) -> str:
    """Name the shard of a graph: 41-2025, reference, other."""
    keys = report_keys(graph)
    if keys is None:
        return "reference" if graph == REFERENCE_GRAPH else "other"
    return f"{keys.division[:2]}-{keys.year or 'undated'}"


def _write_shard(store: Store, path: Path, graphs: list[str]) -> dict[str, int | str]:
    """Write one shard, with no name or time in its gzip header, and tell what it holds."""
    quads, digest = 0, hashlib.sha256()
    with replacing(path) as target, target.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        for graph in graphs:
            lines = store.lines_of_graph(graph)
            data = "".join(f"{line}\n" for line in lines).encode()
            file.write(data)
            digest.update(data)
            quads += len(lines)
    return {"graphs": len(graphs), "quads": quads, "sha256": digest.hexdigest(), "bytes": path.stat().st_size}

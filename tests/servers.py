"""Real SPARQL servers for the tests: `oxigraph serve` and Virtuoso 7, each on a free port of this machine, in a folder of its own.

Oxigraph's server comes with the package `oxigraph`. Virtuoso's comes with Debian's virtuoso-opensource-7-bin, or from its
unpacked .deb: KG_VIRTUOSO names the folder that holds usr/bin/virtuoso-t.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.remote.endpoint import Credentials, Endpoint

STARTS_WITHIN = 60.0
VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = {max_rows}
MaxQueryExecutionTime = 120
MaxQueryCostEstimationTime = 4000
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers questions, and where it keeps graphs."""

    name: str
    query: Endpoint
    graphs: Endpoint


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def oxigraph_binary() -> str | None:
    beside = Path(sys.executable).parent / "oxigraph"
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


def virtuoso_binary() -> tuple[str, dict[str, str]] | None:
    """Give the server and the environment that it needs to find its libraries."""
    unpacked = os.environ.get("KG_VIRTUOSO")
    if unpacked is None:
        found = shutil.which("virtuoso-t")
        return (found, {}) if found is not None else None
    root = Path(unpacked)
    libraries = [str(folder) for part in ("usr/lib", "lib") for folder in sorted((root / part).glob("*-linux-gnu"))]
    return str(root / "usr/bin/virtuoso-t"), {"LD_LIBRARY_PATH": os.pathsep.join(libraries)}


@contextmanager
def running(command: list[str], folder: Path, probe: str, environment: dict[str, str] | None = None) -> Iterator[None]:
    """Run a server until the block ends; it has started when `probe` answers at all."""
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, env=os.environ | (environment or {}))
    try:
        _wait(process, probe, folder)
        yield
    finally:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], probe: str, folder: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        assert process.poll() is None, f"the server stopped: {(folder / 'out').read_text(errors='replace')[-500:]}"
        try:
            urllib.request.urlopen(probe, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"no server at {probe} within {STARTS_WITHIN:g} s")


@contextmanager
def oxigraph_server(folder: Path, port: int | None = None) -> Iterator[Server]:
    binary = oxigraph_binary()
    assert binary is not None
    address = f"127.0.0.1:{port if port is not None else free_port()}"
    command = [binary, "serve", "--location", str(folder / "quads"), "--bind", address, "--union-default-graph"]
    with running(command, folder, f"http://{address}/"):
        yield Server("oxigraph", Endpoint(f"http://{address}/query"), Endpoint(f"http://{address}/store"))


@contextmanager
def virtuoso_server(folder: Path, max_rows: int = 100_000) -> Iterator[Server]:
    found = virtuoso_binary()
    assert found is not None
    binary, environment = found
    http, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(http=http, sql=sql, max_rows=max_rows), encoding="utf-8")
    who = Credentials("dba", "dba", kind="digest")
    with running([binary, "+configfile", "virtuoso.ini", "+foreground"], folder, f"http://127.0.0.1:{http}/sparql", environment):
        base = f"http://127.0.0.1:{http}"
        yield Server("virtuoso", Endpoint(f"{base}/sparql"), Endpoint(f"{base}/sparql-graph-crud-auth", credentials=who))

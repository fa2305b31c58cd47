"""Tests run on what the checkout is now: the pages' bundle is made first where it is missing or stale."""

from pathlib import Path

from hatch_build import bundle

bundle(Path(__file__).resolve().parents[1] / "web")

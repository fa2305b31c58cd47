"""A finding → the object that JSON output and the quarantine's files hold."""

from dataclasses import asdict
from typing import Any

from kg.model import Finding


def finding_row(finding: Finding) -> dict[str, Any]:
    """The finding's own keys; how its terms read in N-Triples is for Turtle alone."""
    return {key: value for key, value in asdict(finding).items() if key != "terms"}

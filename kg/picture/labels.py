"""Points of a chart → where their figures stand, so that each can be read."""

from typing import Any

TREND_HEIGHT, LABEL_HEIGHT = 300, 14  # pixels
LABELS: dict[str, dict[str, Any]] = {
    "above": {"dy": -12},
    "below": {"dy": 14},
    "right": {"dx": 9, "align": "left"},
    "left": {"dx": -9, "align": "right"},
}
_COLUMNS = {"above": ("middle", 12.0), "below": ("middle", -14.0), "right": ("right", 0.0), "left": ("left", 0.0)}


def place_labels(rows: list[dict[str, Any]]) -> None:
    """Say where each point of a panel has its figure, above, below, right or left of it, so that none lies on another, on a point or on the axis.

    "" where there is no room; None where the place says the same twice, which has its figure once.
    """
    low, high = room_for([row["value"] for row in rows])
    scale = TREND_HEIGHT * 0.85 / (high - low)  # the axis ends at round numbers, a little farther out
    for year in {row["year"] for row in rows}:
        once: dict[tuple[str, str], dict[str, Any]] = {}
        for row in rows:
            if row["year"] == year:
                row["label"] = None
                once.setdefault((row["place"], row["shown"]), row)
        _place_year(sorted(once.values(), key=lambda row: -row["value"]), low, scale)


def _place_year(rows: list[dict[str, Any]], low: float, scale: float) -> None:
    points = [(row["value"] - low) * scale for row in rows]
    taken: dict[str, list[float]] = {"middle": [], "right": [], "left": []}

    def is_free(column: str, at: float, own: float) -> bool:
        if any(abs(at - other) < LABEL_HEIGHT for other in taken[column]):
            return False
        return column != "middle" or (at > LABEL_HEIGHT / 2 and all(abs(at - other) >= LABEL_HEIGHT - 3 for other in points if other != own))

    for row, point in zip(rows, points, strict=True):
        row["label"] = next((label for label, (column, up) in _COLUMNS.items() if is_free(column, point + up, point)), "")
        if row["label"]:
            column, up = _COLUMNS[row["label"]]
            taken[column].append(point + up)


def room_for(values: list[float]) -> list[float]:
    """Give the ends of a scale with room for figures at both, which does not go below zero for them."""
    room = (max(values) - min(values) or 1) * 0.1
    return [min(values) - room if min(values) < 0 else max(0, min(values) - room), max(values) + room]

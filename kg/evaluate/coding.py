"""Annotation or record (JSON) → Coding: one coder's decisions about one text, in one shape, so that two can be compared.

An annotation gives spans and facts, with or without the words; a record is what `kg extract --format json` prints. In both, every
item has `start` and `end` in code points. A missing key, an item without span or a null list is an InputError that names it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import InputError

Json = dict[str, Any]
_LISTS = ("observations", "bodies", "mechanisms", "measures", "documents", "shortcomings", "plans", "figures")


@dataclass(frozen=True, slots=True)
class Item:
    """One decision: a span and what was said of it."""

    start: int
    end: int
    values: Json = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """Give a value, or None."""
        return self.values.get(name)

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Coding:
    """All decisions of one coder about one text; `kind` is annotation or record, `sha256` that of the text where stated."""

    name: str
    kind: str
    text: str | None
    sha256: str | None
    zones: tuple[tuple[int, int], ...]
    items: dict[str, tuple[Item, ...]]

    def of(self, kind: str) -> tuple[Item, ...]:
        """The items of one kind, in order of the text."""
        return self.items.get(kind, ())


def read_coding(path: Path) -> Coding:
    """Read an annotation or a record from a JSON file."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: 不可读 · cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"{path}: 不是 JSON · not JSON: {error}") from error
    if not isinstance(data, dict):
        raise InputError(f"{path}: 应为一个 JSON 对象 · expected one JSON object")
    return coding_of(data, str(path))


def coding_of(data: Json, name: str) -> Coding:
    """Bring an annotation or a record into the common shape."""
    if isinstance(data.get("text"), str):
        return _of_record(data, name)
    if "indicators" in data:
        return _of_annotation(data, name)
    raise InputError(f"{name}: 既无 text(抽取记录)也无 indicators(标注)· neither 'text' (a record) nor 'indicators' (an annotation)")


def _items(data: Json, key: str, name: str, make: Callable[[Json], Json] | None = None, needed: bool = False) -> tuple[Item, ...]:
    rows = data.get(key, None if needed else [])
    if not isinstance(rows, list):
        raise InputError(f"{name}: {key} 应为列表 · {key} must be a list, found {type(rows).__name__}; use an empty list where there is nothing")
    found = []
    for number, row in enumerate(rows):
        if not isinstance(row, dict) or not isinstance(row.get("start"), int) or not isinstance(row.get("end"), int) or row["start"] > row["end"]:
            raise InputError(f"{name}: {key}[{number}] 缺少 start/end · lacks a span with start and end: {str(row)[:80]}")
        found.append(Item(row["start"], row["end"], make(row) if make is not None else row))
    return tuple(sorted(found, key=lambda item: item.span))


def _of_record(data: Json, name: str) -> Coding:
    text = data["text"]
    items = {key: _items(data, key, name, needed=True) for key in _LISTS}
    for key, found in items.items():
        for number, item in enumerate(found):
            said = item.get("text")
            if said is not None and text[item.start : item.end] != said:
                raise InputError(f"{name}: {key}[{number}] 的 text 与 {item.start}-{item.end} 处原文不符 · text is not the text at its span: {said[:40]!r}")
    items["sections"] = _items(data, "sections", name)
    items["damage"] = _items(data.get("report") or {}, "damage", name)
    items["ignored"] = tuple(Item(f.start, f.end, {"reason": f.get("reason")}) for f in items["figures"] if f.get("role") == "ignored")
    items["relations"] = tuple(_pairs(data.get("figure_relations") or [], items["observations"]))
    return Coding(name, "record", text, sha256(text.encode()).hexdigest(), (), items)


def _of_annotation(data: Json, name: str) -> Coding:
    mentions = {b["id"]: b for b in data.get("bodies", []) if isinstance(b, dict) and "id" in b}
    items = {
        "observations": _items(data, "indicators", name, _observation),
        "bodies": _items(data, "bodies", name, lambda b: {**b, "name": b.get("canonical"), "type": b.get("body_type")}),
        "mechanisms": _items(data, "mechanisms", name),
        "measures": _items(data, "measures", name, lambda m: {**m, "responsible": _answerable(m, mentions)}),
        "documents": _items(data, "documents", name),
        "shortcomings": _items(data, "shortcomings", name),
        "plans": _items(data, "planned", name),
        "sections": _items({"sections": [s if "end" in s else {**s, "end": s.get("title_end")} for s in data.get("sections", [])]}, "sections", name),
        "ignored": _items(data, "not_indicators", name, lambda n: {**n, "reason": n.get("code") or n.get("reason")}),
        "tolerated": _items(data, "tolerate", name),
        "damage": _items(data.get("meta") or {}, "damage", name),
    }
    items["relations"] = tuple(_pairs(data.get("indicator_relations") or [], items["observations"]))
    zones = tuple((zone["start"], zone["end"]) for zone in data.get("zones", ()))
    return Coding(name, "annotation", None, (data.get("source") or {}).get("sha256"), zones, items)


def _observation(row: Json) -> Json:
    period = row.get("period") or {}
    return {**row, "indicator": row.get("concept"), "temporal": row.get("temporal_kind"), "period": {"kind": period.get("type"), "label": period.get("label")}}


def _answerable(row: Json, mentions: dict[str, Json]) -> list[Json]:
    """Who answers for a measure: canonical name, basis, and the spans of the mentions in it that mean that body."""
    inside = [mentions[key] for key in row.get("body_mentions", []) if key in mentions]
    basis = row.get("responsible_basis")
    return [
        {"name": name, "basis": basis, "mentions": [(b["start"], b["end"]) for b in inside if b.get("canonical") == name]}
        for name in row.get("responsible", [])
    ]


def _pairs(relations: Iterable[Json], observations: Iterable[Item]) -> Iterable[Item]:
    """Related figures as unordered pairs of places: start and end are the places of the two figures."""
    at = {o.get("id"): o.start for o in observations}
    found = {
        tuple(sorted((at[r["of"]], at[other]))): r.get("type") or r.get("kind")
        for r in relations
        for other in r.get("with", [])
        if r.get("of") in at and other in at
    }
    return [Item(a, b, {"kind": kind}) for (a, b), kind in sorted(found.items()) if a != b]

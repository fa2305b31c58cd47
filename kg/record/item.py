"""One JSON object of a record, read strictly: each value of the kind that is wanted, each fault told with its place (observations[3].value)."""

from typing import Any, TypeVar

from kg.errors import InputError
from kg.model import Span

T = TypeVar("T")
_KINDS = {
    str: ("文字", "text"),
    int: ("整数", "a whole number"),
    bool: ("true 或 false", "true or false"),
    list: ("列表", "a list"),
    dict: ("对象", "an object"),
}


class Item:
    """One object of the record, and where it stands."""

    def __init__(self, data: Any, file: str, where: str, text: str = "", misquoted: dict[Span, str] | None = None) -> None:
        self.data, self.file, self.where, self.whole = data, file, where, text
        self.misquoted = misquoted if misquoted is not None else {}
        if not isinstance(data, dict):
            raise self.fault("", "须为对象", "must be an object")

    def fault(self, key: str, zh: str, en: str) -> InputError:
        """An error at a key of this object."""
        place = f"{self.where}.{key}".strip(".") or "记录 · record"
        return InputError(f"{self.file}: {place}: {zh} · {en}")

    def need(self, key: str, kind: type[T]) -> T:
        """A value that must be there."""
        value = self.maybe(key, kind)
        if value is None:
            raise self.fault(key, f"缺少,须为{_KINDS[kind][0]}", f"missing, expected {_KINDS[kind][1]}")
        return value

    def maybe(self, key: str, kind: type[T]) -> T | None:
        """A value that may be absent or null."""
        value = self.data.get(key)
        if value is not None and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            raise self.fault(key, f"{value!r} 须为{_KINDS[kind][0]}", f"{value!r} is not {_KINDS[kind][1]}")
        return value

    def items(self, key: str) -> list["Item"]:
        """The objects of a list; an absent list is empty."""
        return [
            Item(one, self.file, f"{self.where}.{key}[{number}]".strip("."), self.whole, self.misquoted)
            for number, one in enumerate(self.maybe(key, list) or [])
        ]

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = tuple(self.maybe(key, list) or [])
        if not all(isinstance(word, str) for word in found):
            raise self.fault(key, "须为文字的列表", "must be a list of texts")
        return found

    def spans(self, key: str) -> tuple[Span, ...]:
        """A list of [start, end]."""
        pairs = [tuple(pair) if isinstance(pair, list) else (pair,) for pair in self.maybe(key, list) or []]
        if not all(len(pair) == 2 and all(type(at) is int for at in pair) and 0 <= pair[0] < pair[1] <= len(self.whole) for pair in pairs):
            raise self.fault(key, "须为正文中 [起, 止] 的列表", "must be a list of [start, end] within the text")
        return tuple((pair[0], pair[1]) for pair in pairs)

    def span(self) -> Span:
        """Where the item stands; where it says otherwise of the text than what stands there, that is noted for the gate."""
        start, end = self.need("start", int), self.need("end", int)
        if not 0 <= start < end <= len(self.whole):
            raise self.fault("start", f"{start}—{end} 不在正文(0—{len(self.whole)})之内", f"{start}–{end} does not lie in the text (0–{len(self.whole)})")
        quote = self.maybe("text", str)
        if quote is not None and quote != self.whole[start:end]:
            self.misquoted[start, end] = quote
        return start, end

    def rule(self) -> str:
        """The rule that found it; a coder need not say."""
        return self.maybe("rule", str) or "coder"

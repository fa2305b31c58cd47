"""Ontology labels → surface forms → concepts.

The gazetteer *is* the ontology's labels. Names are matched by one pattern built as a trie, so that the time to match
does not grow with the number of names; the longest name wins.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.ontology import Concept, load_concepts
from kg.resources import data_files

PINYIN = re.compile(
    r"(?<=[\u4e00-\u9fff])\((?=[a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\)"
)  # a reading left by a conversion of characters
_NARROW = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz()[],:;%+-/.~"
_WIDE = "".join(chr(0xFEE0 + ord(char)) for char in _NARROW)  # the full-width forms lie in one block, in the order of ASCII
# Traditional characters that simplified text does not use, with their simplified forms: one character to one, so that offsets stay.
TRADITIONAL = dict(line.split("\t") for path in data_files("ontology", ".tsv") for line in path.read_text(encoding="utf-8").splitlines())
MASK = "█"
_ENDLESS = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿][\d.,〇零一二两三四五六七八九十百千万亿]{60,}|[〇零一二两三四五六七八九十百千万亿]{41,}")
_FOLD = str.maketrans(_WIDE + "“”‘’【】　" + "".join(TRADITIONAL), _NARROW + "\"\"''[] " + "".join(TRADITIONAL.values()))


def fold(text: str) -> str:
    """Fold full-width punctuation and digits to half-width and traditional characters to simplified, one to one, so that offsets stay.

    A run of more than sixty digits (forty Chinese numerals) is no number but damage: it is masked, so that no pattern counts its way through it.

    >>> fold("镇（街道）１２區")
    '镇(街道)12区'
    """
    folded = text.translate(_FOLD)
    return _ENDLESS.sub(lambda run: MASK * len(run.group()), folded) if _ENDLESS.search(folded) is not None else folded


def trie_pattern(words: Iterable[str]) -> str:
    """Build one regular expression that matches any of the words, the longest first.

    >>> trie_pattern(["司法局", "司法厅", "司法"])
    '司法(?:厅|局)?'
    """
    root: dict[str, dict] = {}  # type: ignore[type-arg]  # reason: a recursive alias says less than the comment: char → node
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(root)


def _branch(node: dict[str, dict]) -> str:  # type: ignore[type-arg]  # reason: as above
    ends = "" in node
    parts = [re.escape(char) + _branch(child) for char, child in sorted(node.items()) if char]
    if not parts:
        return ""
    single = len(parts) == 1 and not ends
    body = parts[0] if single else f"(?:{'|'.join(parts)})"
    return body + ("?" if ends else "")


@dataclass(frozen=True, slots=True)
class Entry:
    """A surface form's owner: the concept, and whether the form names a kind rather than one thing."""

    concept: Concept
    generic: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """Surface forms of one scheme and the pattern that finds them in folded text."""

    entries: dict[str, Entry]
    pattern: re.Pattern[str]

    def find(self, folded: str) -> Iterator[tuple[int, int, Entry]]:
        """Yield (start, end, owner) of each longest match, left to right."""
        for match in self.pattern.finditer(folded):
            yield match.start(), match.end(), self.entries[match.group()]


def _gazetteer(entries: dict[str, Entry]) -> Gazetteer:
    return Gazetteer(entries, re.compile(trie_pattern(entries)))


@lru_cache(maxsize=1)
def body_gazetteer() -> Gazetteer:
    """Names of bodies without the place before them: 司法局, 人大常委会, 镇(街道)."""
    entries: dict[str, Entry] = {}
    for concept in load_concepts()["body-type"].values():
        for label in concept.values.get("genericLabel", ()):
            entries.setdefault(fold(label), Entry(concept, generic=True))
        for label in concept.alternatives:
            entries.setdefault(fold(label), Entry(concept))
    return _gazetteer(entries)


@lru_cache(maxsize=1)
def sector_gazetteer() -> Gazetteer:
    """Departments said by their field alone, as in lists: 公安、民政、市场监管等部门; the name without 局 or 委."""
    entries: dict[str, Entry] = {}
    for concept in load_concepts()["body-type"].values():
        if concept.value("bodyKind") in ("department", "party"):
            for label in concept.alternatives:
                if len(label) > 2 and label[-1] in "局委部":
                    entries.setdefault(fold(label[:-1]), Entry(concept))
    return _gazetteer(entries)


@lru_cache(maxsize=1)
def mechanism_gazetteer() -> Gazetteer:
    """Names of mechanisms, without quotation marks."""
    entries: dict[str, Entry] = {}
    for concept in load_concepts()["mechanism"].values():
        for label in concept.labels():
            entries.setdefault(fold(label), Entry(concept))
    return _gazetteer(entries)


@lru_cache(maxsize=1)
def numeral_words() -> Gazetteer:
    """Words that hold a Chinese numeral but count nothing: 进一步, 一件事, 两个维护, 零距离."""
    entries: dict[str, Entry] = {}
    for concept in load_concepts()["ignored-reason"].values():
        for label in concept.hidden:
            entries.setdefault(fold(label), Entry(concept))
    return _gazetteer(entries)


@lru_cache(maxsize=1)
def unit_forms() -> dict[str, str]:
    """Units: {printed form: normal form}, 名 → 人."""
    return {form: concept.zh for concept in load_concepts()["unit"].values() for form in concept.labels()}


@lru_cache(maxsize=1)
def unit_ids() -> dict[str, str]:
    """Units by normal form: {件: case}."""
    return {concept.zh: concept.id for concept in load_concepts()["unit"].values()}


def concept(scheme: str, name: str) -> Concept | None:
    """Look a concept up by its id."""
    return load_concepts()[scheme].get(name)


def shortens(short: str, full: str) -> bool:
    """Whether all characters of the one stand in the other in the same order: 市监局 in 市场监督管理局."""
    rest = iter(full)
    return all(character in rest for character in short)


@lru_cache(maxsize=1)
def topic_cues() -> tuple[tuple[str, str], ...]:
    """Words that place a heading under a topic: (cue, topic id), the longest cue first."""
    cues = [(cue, c.id) for c in load_concepts()["topic"].values() for cue in (c.zh, *c.alternatives, *c.hidden)]
    return tuple(sorted(cues, key=lambda pair: (-len(pair[0]), pair)))


def topic_of(title: str) -> str | None:
    """Give the topic of a heading by its longest cue, or None.

    >>> topic_of("全面推进严格规范公正文明执法")
    'law-enforcement'
    """
    return next((topic for cue, topic in topic_cues() if cue in title), None)

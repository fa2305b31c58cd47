"""A place's Chinese name → its English one: the pinyin of its name, the word for its level; None where a character is not known.

Source: `ontology/romanization.csv`, in the manner of the state's rules for place names in pinyin (a name of one syllable keeps its
level in the name, 单县 → Shanxian County; an apostrophe before a, o and e, 六安 → Lu'an); names of other languages as the state writes them.
"""

import csv
from functools import lru_cache

from kg.resources import data_folder

Words = dict[str, str]


def english_place(name: str) -> str | None:
    """Write a place's full name in English: 云泽市 → Yunze City, 伊犁哈萨克自治州 → Ili Kazak Autonomous Prefecture."""
    words = _words()
    level = max((suffix for suffix in words["级"] if name.endswith(suffix) and name != suffix), key=len, default="")
    if not level:
        return None
    rest, peoples = name.removesuffix(level), list[str]()
    while level.startswith("自治") and rest not in words["名"] and (people := max((p for p in words["族"] if rest.endswith(p)), key=len, default="")):
        rest = rest.removesuffix(people)
        peoples.insert(0, words["族"][people])
    said = words["名"].get(name) or words["名"].get(rest) or _spell(rest if len(rest) != 1 else rest + level, words["字"])
    return " ".join([*([said] if said else []), *peoples, words["级"][level]]) if said is not None and (said or peoples) else None


def _spell(name: str, readings: Words) -> str | None:
    """Spell a name in pinyin; None where a character has no reading."""
    said = ""
    for character in name:
        if character not in readings:
            return None
        said += ("'" if said and readings[character][0] in "aoe" else "") + readings[character]
    return said[:1].upper() + said[1:]


@lru_cache(maxsize=1)
def _words() -> dict[str, Words]:
    """Read the table: words by kind (级 levels, 族 peoples, 名 whole names, 字 characters)."""
    found: dict[str, Words] = {}
    with (data_folder("ontology") / "romanization.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["类"], {})[row["文字"]] = row["英文"]
    return found

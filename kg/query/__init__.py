"""The stored questions: one by its id, all of them, or those of a tag or topic."""

import difflib
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.errors import UsageError
from kg.ontology import load_concepts
from kg.query.header import SAMPLE_LINE, VALUES, Column, Param, Query, read_query
from kg.resources import data_files

__all__ = ["SAMPLE_LINE", "VALUES", "Column", "Param", "Query"]  # of what is imported here, what others may have


@lru_cache(maxsize=1)
def load_queries() -> dict[str, Query]:
    """Read all stored questions, in order of their ids."""
    return {path.stem: get_query(path.stem) for path in data_files("queries", ".rq")}


@lru_cache(maxsize=256)
def get_query(name: str) -> Query:
    """Look a question up, reading only its file; an unknown id gives the nearest ones."""
    paths = {path.stem: path for path in data_files("queries", ".rq")}
    if name not in paths:
        raise UsageError(f"没有问题 {name!r} · no such question; {_meant(name, paths)}; `kg query list` 列出全部 · names them all")
    return read_query(paths[name])


def _meant(name: str, ids: Iterable[str]) -> str:
    """Say which questions speak of what was asked for, or are called alike: a name in Chinese is sought among the titles."""
    titles = {query.title["zh"]: query.id for query in load_queries().values()}
    alike = difflib.get_close_matches(name, titles, 4, 0.3) if not name.isascii() else []
    speak = [query.id for query in load_queries().values() if len(name) > 1 and name.lower() in f"{query.title} {query.question}".lower()]
    told = [f"{each}({get_query(each).title['zh']})" for each in dict.fromkeys([*speak, *(titles[title] for title in alike)])]
    return f"可用 · try: {'、'.join(told[:4])}" if told else nearest(name, ids)


def find_queries(tags: Sequence[str] = (), topic: str | None = None) -> list[Query]:
    """List the questions that bear all tags and, where one is given, the topic by id or label."""
    wanted = set(tags)
    if topic is not None:
        names = {name: c.id for c in load_concepts()["topic"].values() for name in (c.id, c.en, *c.labels())}
        if topic not in names:
            raise UsageError(f"没有主题 {topic!r} · no such topic; {nearest(topic, names)}")
        wanted.add(names[topic])
    known = sorted({tag for query in load_queries().values() for tag in query.tags} | set(load_concepts()["topic"]))
    for tag in wanted - set(known):
        raise UsageError(f"没有标签 {tag!r} · no such tag; {nearest(tag, known)}")
    return [query for query in load_queries().values() if wanted <= set(query.tags)]


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which of the known names come nearest to a wrong one: the shortest that begin with it, then those that share its letters.

    >>> nearest("行政复议", ["终止行政复议件数", "行政复议收案件数", "行政复议纠错率"])
    '可用 · try: 行政复议纠错率、行政复议收案件数、终止行政复议件数'
    """
    names = list(known)
    within = sorted((n for n in names if len(name) > 1 and (name in n or n in name)), key=lambda n: (not n.startswith(name), len(n)))
    begun = [n for n in within if n.startswith(name)]
    close = list(dict.fromkeys([*begun[:3], *difflib.get_close_matches(name, names, 3, 0.3), *within]))[:4] or names[:8]
    return f"可用 · try: {'、'.join(close)}" if close else "此处没有可用的值 · there is none here"

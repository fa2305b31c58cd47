"""One run over its inputs: what is known, what is decided, and the batches that are written while the next is judged."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, LimitError
from kg.fetch.archive import addresses_of
from kg.files import replacing
from kg.ingest.admit import CORRECTED, Options, Rules, Task, rank_text, rules_of
from kg.ingest.contest import Contest, Text
from kg.ingest.executor import SECONDS
from kg.ingest.inputs import spell
from kg.ingest.outcome import Outcome
from kg.ingest.parts import find_parts, read_whole
from kg.ingest.runlog import Clock
from kg.ingest.seen import Rank, Seen, Verdict, key_of, version_of
from kg.store import Store, is_store, open_store, read_store
from kg.vocab import graph_iri

BATCH_BYTES = 56 << 20
_INSTEAD = ";要以此记录为准,先以 kg reports remove 移除该报告 · to have this record instead, take that report out first (`kg reports remove`)"
COMPACT_FROM, COMPACT_SHARE = 50, 4
"""A run that took in at least so many reports, and one in so many of the store's, sets the files in order; fewer do not disturb it."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to go about it: by which executor and how many jobs, whether to skip what was seen before, whether to write at all, how many reports a commit."""

    executor: str = "serial"
    jobs: int = 1
    resume: bool = True
    dry_run: bool = False
    seconds: float = SECONDS
    batch: int = 48


AS_USUAL = Way()


class Run:
    """One run over its inputs: what is known, what is decided, and the batch to be written next."""

    def __init__(self, files: Sequence[Path], folder: Path, options: Options, way: Way, told: Callable[[int], None]) -> None:
        self.files, self.folder, self.way, self._told = files, folder, way, told
        self.outcomes: dict[int, Outcome] = {}
        self._addresses, self._parts = addresses_of(files), find_parts(files)
        self._heads = {further: head for head, parts in self._parts.items() for further in parts}
        self._rules: Rules = rules_of(options)
        self._version = version_of((self._rules.tables, self._rules.strict, self._rules.any_genre, self._rules.place))
        self._store: Store | None = (read_store(folder) if way.dry_run else open_store(folder)) if is_store(folder) else None
        self._seen = Seen(folder / "seen.jsonl")
        self._stems = Counter(Path(path).stem for path in {*map(self._path, range(len(files))), *self._seen.paths()})
        self._known = self._store.sources() if self._store is not None else {}
        self.contest = Contest(self._known, self._rank_stored, lambda position: self._seen.last_source(self._path(position)))
        self._batch: dict[str, tuple[Task, Verdict]] = {}
        self._writer, self._writing = ThreadPoolExecutor(1, thread_name_prefix="kg-store"), Future[list[tuple[Task, Verdict, bool]]]()
        self._writing.set_result([])
        self._clock = Clock(folder / "runs.jsonl", way.executor, way.jobs)

    def tasks(self, positions: Sequence[int], stdin: Callable[[], bytes]) -> Iterator[Task]:
        """Read inputs and give those that must be judged; what was seen before is settled at once."""
        for position in positions:
            path = self.files[position]
            if (head := self._heads.get(path)) is not None:
                self.settle(position, "joined", None, f"与 {head} 合为一份 · a further part of {head}")
                continue
            try:
                data = read_whole(path, stdin, self._parts.get(path, ()))
            except (InputError, LimitError) as error:
                self.settle(position, "unreadable", None, str(error))
                continue
            task = Task(position, self._addresses.get(path, spell(path.name)), data, hashlib.sha256(data).hexdigest(), self._rules)
            verdict = self._seen.get(self._key(task)) if self.way.resume else None
            if verdict is None or not self._is_settled(task, verdict):
                yield task

    def _key(self, task: Task) -> str:
        return key_of(self._version, task.name, task.sha256)

    def _is_settled(self, task: Task, verdict: Verdict) -> bool:
        """Settle an input by a verdict of an earlier run, where its quads are not needed."""
        if verdict.state == "quarantined" and not self._quarantine_place(task).with_suffix(".record.json").exists():
            return False  # what was laid there has been taken away
        if verdict.report is None or verdict.rank is None:
            self.settle(task.position, verdict.state, verdict.report, verdict.detail)
            return True
        text = Text(verdict.rank, task.sha256, task.name, task.position)
        if self.contest.is_stored(verdict.report, text):
            self.contest.enter(verdict.report, text)
            self.settle(task.position, "unchanged", verdict.report, verdict.detail, verdict.warnings, verdict.caveat)
            return True
        if self.contest.wins(verdict.report, text):
            return False
        self._lose(verdict.report, text, self.contest.enter(verdict.report, text))
        return True

    def take(self, task: Task, verdict: Verdict) -> None:
        """Decide on a judged input: into the batch, or what else becomes of it."""
        if verdict.report is None or verdict.rank is None:
            if verdict.state == "quarantined" and not self.way.dry_run:
                self._quarantine(task, verdict)
            self.settle(task.position, verdict.state, verdict.report, verdict.detail, verdict.warnings)
            return
        text = Text(verdict.rank, task.sha256, task.name, task.position)
        kept = self.contest.wins(verdict.report, text)
        other = self.contest.enter(verdict.report, text)
        losing = (task, verdict) if not kept else self._batch.get(verdict.report)
        if losing is not None:
            self._seen.put(self._key(losing[0]), self._path(losing[0].position), losing[0].sha256, losing[1])
        if not kept:
            self._lose(verdict.report, text, other)
            return
        if other is not None and other.position is not None and other.position != text.position:
            self._lose(verdict.report, other, text)
        self._batch[verdict.report] = task, verdict
        if len(self._batch) >= self.way.batch or sum(len(v.quads) for _, v in self._batch.values()) >= BATCH_BYTES:
            self.commit()

    def _rank_stored(self, report: str, sha256: str, name: str) -> Rank:
        verdict = self._seen.get(key_of(self._version, name, sha256))
        if verdict is not None and verdict.rank is not None:
            return verdict.rank
        assert self._store is not None
        lines = self._store.lines_of_graph(graph_iri(report))
        return rank_text("".join(f"{line}\n" for line in lines).encode(), sha256, name)

    def _path(self, position: int) -> str:
        path = self.files[position]
        return self._addresses.get(path) or (str(path.resolve()) if str(path) != "-" else "-")

    def _lose(self, report: str, text: Text, winner: Text | None) -> None:
        assert text.position is not None
        assert winner is not None
        where = winner.name if winner.position is None else spell(self.files[winner.position])
        figures = f"{-winner.rank[0] % CORRECTED} : {-text.rank[0] % CORRECTED}"
        detail = f"与 {where} 为同一报告,取其文本(数字 {figures})· the same report as {where}, whose text is kept (figures {figures})"
        self.settle(text.position, "duplicate", report, detail + (_INSTEAD if -text.rank[0] >= CORRECTED else ""))

    def remember(self, task: Task, verdict: Verdict) -> None:
        """Note how long the steps took, and the verdict of an input that does not enter."""
        self._clock.add(verdict.seconds)
        if verdict.state != "ready":
            self._seen.put(self._key(task), self._path(task.position), task.sha256, verdict)

    def settle(self, position: int, state: str, report: str | None, detail: str, warnings: int = 0, caveat: str = "") -> None:
        """Say what became of an input."""
        if position not in self.outcomes:
            self._told(1)
        self.outcomes[position] = Outcome(spell(self.files[position]), state, report, detail, warnings, caveat)

    def _quarantine_place(self, task: Task) -> Path:
        """Where record and findings of an input lie: under its name, and a part of its path's hash where another input bears that name too."""
        path, home = self.files[task.position], self.folder.with_name(self.folder.name + "-quarantine")
        if self._stems[path.stem] == 1:
            return home / path.name
        mark = hashlib.sha256(self._path(task.position).encode(errors="surrogateescape")).hexdigest()[:8]
        return home / f"{path.stem}-{mark}{path.suffix}"

    def _quarantine(self, task: Task, verdict: Verdict) -> None:
        place = self._quarantine_place(task)
        for suffix, text in verdict.files:
            with replacing(place.with_suffix(suffix)) as target:
                target.write_text(text, encoding="utf-8")

    def commit(self) -> None:
        """Hand the batch over to be written, while the next is being judged."""
        self.wait()
        if self._batch and not self.way.dry_run and self._store is None:
            self._store = open_store(self.folder, create=True)
        self._writing = self._writer.submit(self._write, list(self._batch.values()), frozenset(self._known))
        self._batch = {}

    def _write(self, batch: list[tuple[Task, Verdict]], known: frozenset[str]) -> list[tuple[Task, Verdict, bool]]:
        """Write a batch: all new reports in one commit, each that is in the store already in one of its own."""
        store, done = self._store, []
        new = {v.report: v.quads for _, v in batch if v.report is not None and v.report not in known}
        if new and store is not None and not self.way.dry_run:
            store.add_reports(new)
        for task, verdict in batch:
            changed = True
            if verdict.report in known and store is not None and verdict.report is not None:
                put = store.replace_report if not self.way.dry_run else lambda r, q: not store.holds(r, q)
                changed = put(verdict.report, verdict.quads)
            done.append((task, verdict, changed))
        return done

    def wait(self) -> None:
        """Wait for the batch that is being written, and settle its inputs."""
        for task, verdict, changed in self._writing.result():
            assert verdict.report is not None
            self._known[verdict.report] = task.sha256, task.name
            self._seen.put(self._key(task), self._path(task.position), task.sha256, verdict)
            best = self.contest.best(verdict.report)
            if best is not None and best.position == task.position:
                self.settle(task.position, "in" if changed else "unchanged", verdict.report, verdict.detail, verdict.warnings, verdict.caveat)
        self._writing = Future()
        self._writing.set_result([])
        if not self.way.dry_run:
            self._seen.save()

    def close(self) -> None:
        """Let go of the store, and note the run."""
        self._writer.shutdown(wait=True)
        if self._store is not None:
            if not self.way.dry_run:
                self._store.flush()
                self._seen.save()
                self._clock.note([outcome.state for outcome in self.outcomes.values()])
                self._compact(self._store)
            self._store.close()

    def _compact(self, store: Store) -> None:
        entered = sum(outcome.state == "in" for outcome in self.outcomes.values())
        if entered >= COMPACT_FROM and entered * COMPACT_SHARE >= len(self._known):
            store.compact()

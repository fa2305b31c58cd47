"""When runs were and how long their steps took: a line a run beside the store, for the dump must not know the time."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path


class Clock:
    """Adds up the processor seconds of each step over all workers; what this process did, reading, deciding and storing, is `store`."""

    def __init__(self, path: Path, executor: str, jobs: int) -> None:
        self._path, self._executor, self._jobs = path, executor, jobs
        self._started, self._began = datetime.now(UTC), time.perf_counter()
        self._worked = time.process_time()
        self._steps: Counter[str] = Counter()

    def add(self, laps: Iterable[tuple[str, float]]) -> None:
        """Add what one input took."""
        for step, seconds in laps:
            self._steps[step] += seconds  # type: ignore[assignment]

    def note(self, states: Sequence[str]) -> None:
        """Add the run to the log."""
        if self._executor == "serial":
            self._worked += sum(self._steps.values())
        self._steps["store"] = time.process_time() - self._worked  # type: ignore[assignment]
        row = {
            "started": self._started.isoformat(timespec="seconds"),
            "seconds": round(time.perf_counter() - self._began, 3),
            "executor": self._executor,
            "jobs": self._jobs,
            "inputs": len(states),
            "states": dict(sorted(Counter(states).items())),
            "steps": {step: round(seconds, 3) for step, seconds in sorted(self._steps.items())},
        }
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")

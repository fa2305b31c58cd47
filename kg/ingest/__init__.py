"""Files → the store, through the gate: each report is validated before it enters, and enters whole or not at all.

Judging is spread over an executor; deciding and writing are done in one process (`run`), batch by batch. Nothing is lost in silence: every input
ends as in, unchanged, duplicate, quarantined (violations), refused (another genre), unreadable or failed. What the store then
holds follows from the inputs alone: of several texts of one report the best is kept, whichever comes first.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from kg.ingest.admit import Options, admit_input
from kg.ingest.executor import open_executor, run_tasks
from kg.ingest.inputs import collect_inputs, read_input
from kg.ingest.outcome import EXIT_CODES, Outcome
from kg.ingest.run import AS_USUAL, Run, Way
from kg.ingest.worker import Failure
from kg.store import check_place

__all__ = ["EXIT_CODES", "Options", "Outcome", "Way", "collect_inputs", "ingest_files", "read_input"]


def ingest_files(
    files: Sequence[Path], folder: Path, options: Options, stdin: Callable[[], bytes], way: Way = AS_USUAL, told: Callable[[int], None] = lambda done: None
) -> list[Outcome]:
    """Take files in and give what became of each, in their order; `told` hears how many more are settled."""
    check_place(folder)
    run = Run(files, folder, options, way, told)
    try:
        again: list[int] = list(range(len(files)))
        while again:
            _judge_inputs(run, again, stdin)
            again = run.contest.reconsider()
    finally:
        run.close()
    return [run.outcomes[position] for position in range(len(files))]


def _judge_inputs(run: Run, positions: Sequence[int], stdin: Callable[[], bytes]) -> None:
    with open_executor(run.way.executor, min(run.way.jobs, len(positions)), run.way.seconds) as running:
        for task, verdict in run_tasks(running, admit_input, run.tasks(positions, stdin)):
            if isinstance(verdict, Failure):
                run.settle(task.position, "failed", None, verdict.reason)
            else:
                run.remember(task, verdict)
                run.take(task, verdict)
    run.commit()
    run.wait()

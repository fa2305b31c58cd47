"""Tasks → results, on whatever is at hand: this process, a pool of processes, or a Dask cluster.

The function is the same everywhere, and so are the results; only the order in which they come differs. What one task does
to its process, by an exception, by dying or by never ending, is known to be that task's: it comes back as a Failure.
"""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from kg.errors import InputError, UsageError
from kg.ingest.worker import Failure, Workers, answer_in_cluster, failure_of, late

T = TypeVar("T")
R = TypeVar("R")
SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Running:
    """An executor at work, and how many tasks to keep in flight."""

    executor: Executor
    window: int


@contextmanager
def open_executor(kind: str, jobs: int, seconds: float = SECONDS) -> Iterator[Running]:
    """Open `serial`, `process` (with so many jobs), or the Dask scheduler at an address such as tcp://host:8786; each with so many seconds a task at most."""
    if kind == "serial" or (kind == "process" and jobs < 1):
        yield Running(_Serial(seconds), 1)
    elif kind == "process":
        processes = _Processes(jobs, seconds)
        try:
            yield Running(processes, 2 * jobs)
        finally:
            processes.stop()
    elif "://" in kind:
        yield from _open_dask(kind, seconds)
    else:
        raise UsageError(f"不认识的执行器 {kind} · unknown executor; expected serial, process, or a Dask scheduler such as tcp://host:8786")


def run_tasks(running: Running, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R | Failure]]:
    """Run a function on each task and yield results as they come; no more tasks are drawn than the window holds."""
    waiting: dict[Future[R | Failure], T] = {}
    for task in tasks:
        waiting[running.executor.submit(attempt, function, task)] = task
        if len(waiting) >= running.window:
            yield from _take_done(waiting)
    while waiting:
        yield from _take_done(waiting)


def _take_done(waiting: dict[Future[R | Failure], T]) -> Iterator[tuple[T, R | Failure]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        task = waiting.pop(future)
        error = future.exception()
        yield task, future.result() if error is None else failure_of(error)


def attempt(function: Callable[[T], R], task: T) -> R | Failure:
    """Run a function on a task; whatever it raises becomes a Failure, since one file must not end a run of thousands."""
    try:
        return function(task)
    except Exception as error:
        return failure_of(error)


class _Serial(Executor):
    """Runs each task at once, in this process, and interrupts it by an alarm where the system has one and this is its main thread."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def submit(self, function: Callable[..., R], /, *args: Any, **kwargs: Any) -> "Future[R]":
        future: Future[Any] = Future()
        try:
            with _alarm(self._seconds):
                future.set_result(function(*args, **kwargs))
        except _Late:
            future.set_result(late(self._seconds))
        return future


class _Late(BaseException):
    """The alarm: no step may take it for a fault of its own."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise _Late after so many seconds."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Processes(ThreadPoolExecutor):
    """A thread for each process, which waits for what that process answers."""

    def __init__(self, jobs: int, seconds: float) -> None:
        super().__init__(jobs, thread_name_prefix="kg-worker")
        self._seconds, self._workers = seconds, Workers()

    def submit(self, function: Callable[..., R], /, *args: Any, **kwargs: Any) -> "Future[R]":
        return super().submit(self._workers.ask, self._seconds, (function, *args))

    def stop(self) -> None:
        """End all processes, and then the threads."""
        self.shutdown(wait=False, cancel_futures=True)
        self._workers.stop()
        self.shutdown(wait=True)


class _Cluster(Executor):
    """Tasks for the workers of a Dask cluster, each of which answers in a process of its own that can be ended."""

    def __init__(self, executor: Executor, seconds: float) -> None:
        self._executor, self._seconds = executor, seconds

    def submit(self, function: Callable[..., R], /, *args: Any, **kwargs: Any) -> "Future[R]":
        return self._executor.submit(answer_in_cluster, self._seconds, (function, *args))


def _open_dask(address: str, seconds: float) -> Iterator[Running]:
    """Use the workers of a Dask cluster; a worker that dies is replaced by the others."""
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("缺少 distributed · Dask is not installed: pip install 'fazhi-kg[cluster]'") from error
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError, ImportError) as error:
        raise UsageError(f"{address}: 连不上 Dask 调度器 · no Dask scheduler answers at this address: {error}") from error
    with client:
        cores = sum(client.nthreads().values())
        if cores == 0:
            raise UsageError(f"{address}: 没有工作进程 · the cluster has no workers; start one with `dask worker {address}`")
        yield Running(_Cluster(client.get_executor(pure=False), seconds), max(8, 3 * cores))
        if client.status != "running":
            raise InputError(f"{address}: 与调度器的连接中断 · the connection to the scheduler was lost; run the same command again to go on")

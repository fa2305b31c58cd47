"""Tasks → results, on whatever is at hand: this process, a pool of processes, or a Dask cluster.

The function is the same everywhere, and so are the results; only the order in which they come differs. What one task does
to its process, by an exception, by dying or by never ending, is known to be that task's: it comes back as a Failure.
"""

import gc
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from kg.errors import InputError, UsageError

T = TypeVar("T")
R = TypeVar("R")
SECONDS = 120.0
MEMORY = 4 << 30
TRIES = 2


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that gave no result, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Running:
    """An executor at work, and how many tasks to keep in flight."""

    executor: Executor
    window: int


@contextmanager
def open_executor(kind: str, jobs: int, seconds: float = SECONDS) -> Iterator[Running]:
    """Open `serial`, `process` (with so many jobs), both with so many seconds a task at most, or the Dask scheduler at an address such as tcp://host:8786, whose own limits hold."""
    if kind == "serial" or (kind == "process" and jobs < 1):
        yield Running(_Serial(seconds), 1)
    elif kind == "process":
        processes = _Processes(jobs, seconds)
        try:
            yield Running(processes, 2 * jobs)
        finally:
            processes.stop()
    elif "://" in kind:
        yield from _open_dask(kind)
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
        yield task, future.result() if error is None else _failure_of(error)


def attempt(function: Callable[[T], R], task: T) -> R | Failure:
    """Run a function on a task; whatever it raises becomes a Failure, since one file must not end a run of thousands."""
    try:
        return function(task)
    except Exception as error:
        return _failure_of(error)


def _failure_of(error: BaseException) -> Failure:
    return Failure(f"程序出错 · the program failed: {type(error).__name__}: {error}"[:500])


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
            future.set_result(_late(self._seconds))
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


def _late(seconds: float) -> Failure:
    return Failure(f"超过 {seconds:g} 秒,已终止 · took more than {seconds:g} seconds and was ended")


class _Processes(ThreadPoolExecutor):
    """A thread for each worker process: a death or a hang is then that of the one task the thread waits for."""

    def __init__(self, jobs: int, seconds: float) -> None:
        super().__init__(jobs, thread_name_prefix="kg-worker")
        self._seconds, self._own, self._workers, self._lock = seconds, threading.local(), set[_Worker](), threading.Lock()
        self._stopped = False

    def submit(self, function: Callable[..., R], /, *args: Any, **kwargs: Any) -> "Future[R]":
        return super().submit(self._ask, function, *args, **kwargs)

    def _ask(self, *call: Any) -> Any:
        for _ in range(TRIES):
            worker = self._worker()
            try:
                return worker.ask(call, self._seconds)
            except TimeoutError:
                self._drop(worker)
                return _late(self._seconds)
            except (EOFError, OSError):
                self._drop(worker)
            if self._stopped:
                break
        return Failure(f"进程 {TRIES} 次意外终止 · its process died {TRIES} times (out of memory, or a fault in a library)")

    def _worker(self) -> "_Worker":
        worker = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._own.worker = _Worker()
            with self._lock:
                self._workers.add(worker)
        return worker

    def _drop(self, worker: "_Worker") -> None:
        self._own.worker = None
        with self._lock:
            self._workers.discard(worker)
        worker.kill()

    def stop(self) -> None:
        """End all worker processes, and then the threads."""
        self._stopped = True
        self.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            for worker in self._workers:
                worker.kill()
        self.shutdown(wait=True)


class _Worker:
    """One process that answers calls, one after the other."""

    def __init__(self) -> None:
        can_serve = "forkserver" in multiprocessing.get_all_start_methods()
        context: Any = multiprocessing.get_context("forkserver" if can_serve else "spawn")  # fork would copy the locks of the open store
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_answer, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, call: Any, seconds: float) -> Any:
        """Send a call and wait for its answer; EOFError or OSError where the process died, TimeoutError where it takes too long."""
        self._connection.send(call)
        if not self._connection.poll(seconds):
            raise TimeoutError
        return self._connection.recv()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


def _answer(connection: Connection) -> None:
    """Answer calls until the other end is gone; Ctrl-C is for the process that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(MEMORY)
    for number in count():
        try:
            function, *args = connection.recv()
            connection.send(function(*args))
        except (EOFError, OSError):
            return
        if number == 0:  # what the first task loaded stays: looking through it for cycles took an eighth of the time
            gc.collect()
            gc.freeze()
            gc.set_threshold(50_000, 20, 20)


def _limit_memory(size: int) -> None:
    """Let a task that eats memory fail in its own process; systems without such limits go without."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _open_dask(address: str) -> Iterator[Running]:
    """Use the workers of a Dask cluster; a worker that dies is replaced by the others, and the cluster's own limits hold."""
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
        yield Running(client.get_executor(pure=False), max(8, 3 * cores))
        if client.status != "running":
            raise InputError(f"{address}: 与调度器的连接中断 · the connection to the scheduler was lost; run the same command again to go on")

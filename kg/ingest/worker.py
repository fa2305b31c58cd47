"""Call → answer, in a process of its own: whatever a call does to it, it is known to be that call's.

A call that takes too long is ended with all that it started (LibreOffice, tesseract); one whose process dies is tried once
more. The pool holds a process for each of its threads, a Dask worker one for each of its own.
"""

import gc
import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection
from typing import Any

MEMORY = 4 << 30
TRIES = 2
STARTING = 600.0
GRACE = 30.0


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that gave no result, and why."""

    reason: str


def failure_of(error: BaseException) -> Failure:
    """Say what a task raised."""
    return Failure(f"程序出错 · the program failed: {type(error).__name__}: {error}"[:500])


def late(seconds: float) -> Failure:
    """Say that a task took too long."""
    return Failure(f"超过 {seconds:g} 秒,已终止 · took more than {seconds:g} seconds and was ended")


class Workers:
    """A process for each thread that asks: a death or a hang is then that of the one task the thread waits for."""

    def __init__(self) -> None:
        """Start none yet."""
        self._own, self._all, self._lock, self._stopped = threading.local(), set[_Worker](), threading.Lock(), False

    def ask(self, seconds: float, call: tuple[Any, ...]) -> Any:
        """Let the thread's process make a call (a function and its arguments); a Failure where it dies or takes too long."""
        for _ in range(TRIES):
            worker = self._worker()
            try:
                return worker.ask(call, seconds)
            except TimeoutError:
                self._drop(worker)
                return late(seconds)
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
                self._all.add(worker)
        return worker

    def _drop(self, worker: "_Worker") -> None:
        self._own.worker = None
        with self._lock:
            self._all.discard(worker)
        worker.kill()

    def stop(self) -> None:
        """End all processes."""
        self._stopped = True
        with self._lock:
            for worker in self._all:
                worker.kill()


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
        """Send a call and wait for its answer; EOFError or OSError where the process died, TimeoutError where it takes too long.

        The time begins when the process says that it has the call: its start and its imports are no fault of the task.
        """
        self._connection.send((seconds, call))
        if not self._connection.poll(STARTING):
            raise EOFError
        self._connection.recv()
        if not self._connection.poll(seconds):
            raise TimeoutError
        return self._connection.recv()

    def kill(self) -> None:
        with suppress(OSError, AttributeError):  # it has not made its group yet, or the system knows none
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self._connection.close()


def _answer(connection: Connection) -> None:
    """Answer calls until the other end is gone; Ctrl-C is for the process that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    _limit_memory(MEMORY)
    for number in count():
        try:
            seconds, (function, *args) = connection.recv()
            connection.send(None)
            _end_after(seconds + GRACE)
            connection.send(function(*args))
            _end_after(0)
        except (EOFError, OSError):
            return
        if number == 0:  # what the first task loaded stays: looking through it for cycles took an eighth of the time
            gc.collect()
            gc.freeze()
            gc.set_threshold(50_000, 20, 20)


def _end_after(seconds: float) -> None:
    """Let the system end this process then, should the one that waits for it be gone; 0 takes that back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(size: int) -> None:
    """Let a task that eats memory fail in its own process; systems without such limits go without."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


_OF_A_CLUSTER = Workers()


def answer_in_cluster(seconds: float, call: tuple[Any, ...]) -> Any:
    """Make a call in a process of this Dask worker's own, within so many seconds."""
    multiprocessing.current_process().daemon = False  # set by the worker's nanny; the processes of a daemon's own are forbidden, and ours end with it
    return _OF_A_CLUSTER.ask(seconds, call)

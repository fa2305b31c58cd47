"""How far a long command is: a bar on a terminal, else a line a tenth; both on stderr."""

import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress_bar(length: int, label: str, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show a bar with rate and time left on stderr where it is a terminal, else a line a tenth; give what to call with each advance."""
    if quiet or length == 0:
        yield lambda done: None
    elif sys.stderr.isatty():
        began, rate = time.monotonic(), lambda position: f"{position / max(time.monotonic() - began, 0.01):.1f}/s" if position else None
        with click.progressbar(length=length, label=label, show_pos=True, show_eta=True, item_show_func=rate, file=sys.stderr) as bar:
            yield lambda done: bar.update(done, bar.pos + done)
    else:
        tick = _count_aloud(length, label)
        next(tick)
        yield tick.send


def _count_aloud(length: int, label: str) -> Generator[None, int, None]:
    """Say how far it is, how fast it goes and how long it will take, each time a tenth is done."""
    position, began = 0, time.monotonic()
    while True:
        done = yield
        rate = (position + done) / max(time.monotonic() - began, 0.01)
        if (position + done) * 10 // length > position * 10 // length:
            click.echo(f"{label} {position + done}/{length}  {rate:.1f}/s  {_left((length - position - done) / rate)}", err=True)
        position += done


def _left(seconds: float) -> str:
    return f"尚需 {int(seconds) // 60}:{int(seconds) % 60:02d} left" if seconds >= 1 else ""

"""The two streams of a command: results to standard output, messages and progress to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from spuk.errors import UnreadOutputError


def give(result: str) -> None:
    """Write a result to standard output.

    Raises:
        UnreadOutputError: nobody reads it any more, or the disk that it goes to is full.
    """
    try:
        _write(result, sys.stdout)
    except OSError as fault:
        raise UnreadOutputError("Afgebroken: de uitvoer kan niet verder worden geschreven.") from fault


def tell(message: str) -> None:
    """Write a message to standard error; where that is closed, there is nobody to tell."""
    with suppress(OSError):
        _write(message, sys.stderr)


def tell_all(messages: Iterable[str]) -> None:
    """Write messages to standard error, a line each."""
    for message in messages:
        tell(message)


def _write(text: str, stream: IO[str]) -> None:
    stream.write(f"{text}\n")
    stream.flush()


@contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on a terminal, and nothing elsewhere.

    Args:
        steps: how many steps the work has.

    Yields:
        What to call at the start of each step, with its name.
    """
    columns = (BarColumn(20), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    console = Console(stderr=True)
    # A result passes over the bar only where both go to a terminal; a file gets it untouched.
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=sys.stdout.isatty(),
    ) as bar:
        task = bar.add_task("", total=steps)
        done = iter(range(steps + 1))

        def start(step: str) -> None:
            bar.update(task, description=step, completed=next(done, steps))

        yield start


def prepare_streams() -> None:
    """Let a character that a terminal cannot show become a question mark, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def close_streams() -> None:
    """Write what waits; what cannot be written any more is dropped, so that Python leaves in silence."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

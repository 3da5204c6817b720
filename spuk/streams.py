"""The two streams of a command: results to standard output, messages and progress to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final, TextIO, cast

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from finance.findings import FindingsError
from spuk.errors import UnreadOutputError
from spuk.stages import log

STANDARD: Final = (0, 1, 2)
"""The descriptors of standard input, output and error."""


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
    """Show a bar on a terminal, and nothing elsewhere; the log names every step.

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
            log.info("%s", step)
            bar.update(task, description=step, completed=next(done, steps))

        yield start


def prepare_streams() -> None:
    """Let a character that a terminal cannot show become a question mark, and no stream at all no error."""
    _fill_descriptors()
    # A scheduler or pythonw starts a program without them; what is written then goes nowhere.
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _nowhere(mode: str) -> TextIO:
    """A stream of nothing, that stands open until the end."""
    return cast("TextIO", Path(os.devnull).open(mode, encoding="utf-8"))


def _fill_descriptors() -> None:
    """Take the numbers of closed standard streams, lest a file gets one and a library prints into it."""
    for number in STANDARD:
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                _take(number)


def _take(number: int) -> None:
    opened = os.open(os.devnull, os.O_RDWR)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
    os.set_inheritable(number, True)


def close_streams() -> None:
    """Write what waits; what cannot be written any more is dropped, so that Python leaves in silence."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def counted(number: int, one: str, more: str) -> str:
    """A number of things, in the singular or the plural."""
    return f"{number} {one if number == 1 else more}"


def tell_findings(error: FindingsError) -> None:
    """Say every finding, after what was noticed on the way, and how many there are."""
    tell_all(f"LET OP: {item}" for item in error.noticed)
    tell_all(map(str, error.findings))
    tell(f"{counted(len(error.findings), 'bevinding', 'bevindingen')}.")

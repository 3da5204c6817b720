"""Running a program of others with all that it starts, so that nothing of it lives on."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

LOOK: Final = 0.25
"""Seconds between two looks at how far a program is."""
SECONDS_TO_DIE: Final = 2.0
"""How long processes that were killed are waited for."""


def run_group(command: Sequence[str], seconds: float, progress: Callable[[], int]) -> int:
    """Run a program; end it and all that it started, however this ends (also by Ctrl-C).

    Args:
        command: the program and its arguments.
        seconds: how long it may take from one sign of progress to the next.
        progress: counts what it has done; a higher count is a sign of progress.

    Returns:
        The exit status.

    Raises:
        OSError: it cannot be started.
        subprocess.TimeoutExpired: it gave no sign of progress in time.
    """
    process = subprocess.Popen(  # noqa: S603 - no shell, and the caller names the program
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        return _wait(process, seconds, progress)
    finally:
        _end_group(process)


def _wait(process: subprocess.Popen[bytes], seconds: float, progress: Callable[[], int]) -> int:
    done, since = 0, time.monotonic()
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(min(LOOK, seconds))
        now = progress()
        if now > done:
            done, since = now, time.monotonic()
        elif time.monotonic() - since >= seconds:
            raise subprocess.TimeoutExpired(process.args, seconds)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":
        _end_tree(process)
    else:
        # The group is gone already after an ordinary end; a dead one that nobody buried is no matter.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            _wait_for_group(process.pid)
    process.wait()


def _end_tree(process: subprocess.Popen[bytes]) -> None:
    """The same on Windows, which knows no groups of processes: by the tree of who started whom."""
    if process.poll() is None:
        taskkill = Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "System32" / "taskkill.exe"
        subprocess.run(  # noqa: S603 - a program of the system, on a process that was started here
            [str(taskkill), "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
        )


def _wait_for_group(group: int) -> None:
    """Wait until the last process of a group is gone; the signal 0 asks and does nothing.

    Raises:
        ProcessLookupError: there is none left.
    """
    end = time.monotonic() + SECONDS_TO_DIE
    while time.monotonic() < end:
        os.killpg(group, 0)
        time.sleep(0.01)

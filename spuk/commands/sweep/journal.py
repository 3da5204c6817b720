"""What is finished of a sweep, kept beside its output until all of it is: a line for each draw."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from pydantic import ValidationError

from finance.findings import OutputError
from finance.uncertainty.draws import DrawResult

BEYOND: Final = 2**40
"""A place in the file where no line will ever stand."""


class Journal:
    """The finished draws of one sweep, by number; they survive whatever stops the work.

    Memory holds where each line begins, and no outcome.
    """

    def __init__(self, folder: Path, *key: object) -> None:
        """Find the journal of a sweep.

        Args:
            folder: where the output of the sweep goes.
            key: all that decides the outcomes: another key is another journal.
        """
        text = json.dumps([str(part) for part in key])
        self.path = folder / f"tussenstand-{hashlib.sha256(text.encode()).hexdigest()[:16]}.jsonl"
        self._begins: dict[int, int] = {}
        self._file: BinaryIO

    def __enter__(self) -> Self:
        """Open it, and read what an earlier run finished.

        Raises:
            OutputError: it cannot be opened, or the same sweep is running already.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666), "rb+")
        except OSError as fault:
            raise self._unwritable(fault) from fault
        if not claimed(self._file):
            self._file.close()
            raise OutputError(
                f"Deze trekkingen worden al uitgerekend: een ander programma schrijft in '{self.path}'."
                " Wacht tot dat klaar is, of kies met --out een andere map."
            )
        self._read()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it; one without any outcome goes."""
        if not self._begins:
            self.remove()
        self._file.close()

    def _read(self) -> None:
        """Find the whole lines; what a crash left of a line goes."""
        end = 0
        for line in self._file:
            result = _result_of(line)
            if result is None:
                break
            self._begins.setdefault(result.nummer, end)
            end += len(line)
        self._file.truncate(end)
        self._file.seek(end)

    def __len__(self) -> int:
        return len(self._begins)

    def __contains__(self, number: int) -> bool:
        return number in self._begins

    def keep(self, result: DrawResult) -> None:
        """Write the outcome of a draw down.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            begin = self._file.seek(0, os.SEEK_END)
            self._file.write(result.model_dump_json().encode() + b"\n")
            self._file.flush()
        except OSError as fault:
            raise self._unwritable(fault) from fault
        self._begins.setdefault(result.nummer, begin)

    def results(self) -> Iterator[DrawResult]:
        """The outcomes by number, read one at a time."""
        for _, begin in sorted(self._begins.items()):
            self._file.seek(begin)
            result = _result_of(self._file.readline())
            if result is not None:
                yield result

    def remove(self) -> None:
        """Remove it: everything that it held stands in the output."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _unwritable(self, fault: OSError) -> OutputError:
        full = fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        why = "de schijf is vol" if full else fault.strerror
        return OutputError(f"De tussenstand '{self.path}' kan niet worden geschreven: {why}.")


def claimed(file: BinaryIO) -> bool:
    """Keep a file for this process until it is closed; whether nobody else has it.

    The operating system lets go of it when the process ends, however it ends.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            # A lock there also stops others from reading, so it lies beyond all that is ever written.
            file.seek(BEYOND)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        # A disk that knows no locks is no reason to stop.
        return fault.errno not in {errno.EAGAIN, errno.EACCES, errno.EDEADLK}
    return True


def _result_of(line: bytes) -> DrawResult | None:
    if not line.endswith(b"\n"):
        return None
    try:
        return DrawResult.model_validate_json(line)
    except ValidationError:
        return None

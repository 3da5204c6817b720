"""Asking the other engine: the bounds within which it works, and what comes back."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from finance.workbook import engine
from finance.workbook.engine import Answer, Content

SECONDS: Final = 300.0
"""How long the engine may work on one workbook."""

At = tuple[str, int, int]
"""A sheet, a row and a column, both counted from 1."""


class NoAnswerError(Exception):
    """The engine could not recalculate the workbook; the message says why, in Dutch."""


@dataclass(frozen=True)
class Recalculated:
    """What the engine makes of a workbook.

    Attributes:
        values: the value of each cell that was asked.
        formulas: for each cell that was asked, the formula in the file and the other one, both as
            the engine spells them.
    """

    values: Mapping[At, Content]
    formulas: Mapping[At, tuple[str, str]]


def recalculate(data: bytes, values: Sequence[At], formulas: Mapping[At, str]) -> Recalculated:
    """Recalculate a workbook with IronCalc, whatever values are cached in it.

    Args:
        data: the workbook, known to be safe to unpack.
        values: the cells whose value is asked.
        formulas: the cells whose formula is to be compared with another formula.

    Raises:
        NoAnswerError: the engine could not recalculate it within the bounds.
    """
    by_sheet: dict[str, list[tuple[int, int]]] = {}
    for name, row, column in values:
        by_sheet.setdefault(name, []).append((row, column))
    asked: dict[str, list[tuple[int, int, str]]] = {}
    for (name, row, column), other in formulas.items():
        asked.setdefault(name, []).append((row, column, other))
    with tempfile.TemporaryDirectory() as folder:
        # The engine reads a file; a copy of the bytes that were checked cannot change meanwhile.
        path = Path(folder) / "werkmap.xlsx"
        path.write_bytes(data)
        found = _ask(json.dumps({"file": str(path), "values": by_sheet, "formulas": asked}))
    return Recalculated(
        {
            (name, *place): value
            for name, places in by_sheet.items()
            for place, value in zip(places, found["values"][name], strict=True)
        },
        {
            (name, row, column): (spelt[0], spelt[1])
            for name, cells in asked.items()
            for (row, column, _), spelt in zip(cells, found["formulas"][name], strict=True)
        },
    )


def _ask(request: str) -> Answer:
    command = [sys.executable, "-P", engine.__file__]
    try:
        done = subprocess.run(  # noqa: S603 - the command is this interpreter on a file of the package
            command, input=request, capture_output=True, text=True, timeout=SECONDS, check=True
        )
        found: Answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as fault:
        raise NoAnswerError(f"Het herberekenen duurde langer dan {SECONDS:.0f} seconden.") from fault
    except (subprocess.CalledProcessError, ValueError) as fault:
        raise NoAnswerError("IronCalc kon de werkmap niet herberekenen.") from fault
    return found

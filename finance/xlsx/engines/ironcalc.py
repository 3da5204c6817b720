"""IronCalc as the engine: the bounds within which it works, and what comes back."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from finance.xlsx.bare import bare_copy
from finance.xlsx.engines import ironcalc_process as engine
from finance.xlsx.engines.engine import NoAnswerError, Question, Recalculated
from finance.xlsx.engines.ironcalc_process import Answer

SECONDS: Final = 300.0
"""How long the engine may work on one workbook."""


class IronCalc:
    """A spreadsheet engine in Rust; a process of its own for each workbook."""

    name = "IronCalc"

    def recalculate(self, questions: Sequence[Question]) -> list[Recalculated | NoAnswerError]:
        """Recalculate workbooks from their formulas, one after another."""
        return [_answer_or_reason(question) for question in questions]


def _answer_or_reason(question: Question) -> Recalculated | NoAnswerError:
    try:
        return _recalculate(question)
    except NoAnswerError as reason:
        return reason


def _recalculate(question: Question) -> Recalculated:
    by_sheet: dict[str, list[tuple[int, int]]] = {}
    for name, row, column in question.values:
        by_sheet.setdefault(name, []).append((row, column))
    asked: dict[str, list[tuple[int, int, str]]] = {}
    for (name, row, column), other in question.formulas.items():
        asked.setdefault(name, []).append((row, column, other))
    with tempfile.TemporaryDirectory() as folder:
        # The engine reads a file; a copy of the bytes that were checked cannot change meanwhile.
        path = Path(folder) / "werkmap.xlsx"
        path.write_bytes(bare_copy(question.contents) if question.contents else question.data)
        request = json.dumps({"file": str(path), "values": by_sheet, "formulas": asked})
        found = _ask(request, Path(folder) / "antwoord.json")
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


def _ask(request: str, target: Path) -> Answer:
    command = [sys.executable, "-P", engine.__file__, str(target)]
    try:
        subprocess.run(  # noqa: S603 - the command is this interpreter on a file of the package
            command,
            input=request,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=SECONDS,
            check=True,
        )
        found: Answer = json.loads(target.read_bytes())
    except subprocess.TimeoutExpired as fault:
        raise NoAnswerError(f"Het herberekenen duurde langer dan {SECONDS:.0f} seconden.") from fault
    except (subprocess.CalledProcessError, OSError, ValueError) as fault:
        raise NoAnswerError("IronCalc kon de werkmap niet herberekenen.") from fault
    return found

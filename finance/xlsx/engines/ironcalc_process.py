"""The other engine at work, in a process of its own.

A formula that somebody made can make an engine run for hours or end the process that it works in.
So this module runs alone: it reads a request from standard input, recalculates the workbook with
IronCalc and writes what it found to the file that its command names, both as JSON. The engine prints
what it likes to standard output, so that no answer can stand there. It imports nothing of the toolkit,
so that nothing of the toolkit can make the numbers agree.
"""

from __future__ import annotations

import json
import sys
from typing import Final, TypedDict

import ironcalc

MAX_MEMORY: Final = 6 * 1024**3
"""How much memory the engine may take, in bytes, where the system can limit it."""

Places = list[tuple[int, int]]
Content = None | str | float | bool


class Request(TypedDict):
    """What to recalculate.

    Attributes:
        file: the path of the workbook.
        values: by sheet, the cells (row and column from 1) whose value is asked.
        formulas: by sheet, the cells whose formula is to be compared with another formula, given
            without `=`.
    """

    file: str
    values: dict[str, Places]
    formulas: dict[str, list[tuple[int, int, str]]]


class Answer(TypedDict):
    """What the engine makes of it.

    Attributes:
        values: by sheet, the values in the order of the request.
        formulas: by sheet, the formula in the file and the other formula, both as the engine
            spells them.
    """

    values: dict[str, list[Content]]
    formulas: dict[str, list[tuple[str, str]]]


def answer(request: Request) -> Answer:
    """Recalculate a workbook from its formulas, whatever values are cached in it.

    Raises:
        Exception: whatever the engine raises on a workbook that it cannot read.
    """
    model = ironcalc.load_from_xlsx(request["file"], "en", "UTC", "en")
    model.evaluate()
    numbers = {sheet["name"]: at for at, sheet in enumerate(model.get_worksheets_properties())}
    return {
        "values": {
            name: [model.get_cell_value(numbers[name], row, column) for row, column in places]
            for name, places in request["values"].items()
        },
        "formulas": {
            name: [_spelt(model, numbers[name], *asked) for asked in cells]
            for name, cells in request["formulas"].items()
        },
    }


def _spelt(model: ironcalc.Model, sheet: int, row: int, column: int, other: str) -> tuple[str, str]:
    found = model.get_cell_formula(sheet, row, column) or ""
    model.update_cell_with_formula(sheet, row, column, f"={other}")
    return found, model.get_cell_formula(sheet, row, column) or ""


def limit_memory() -> None:
    """Let the system end this process before it takes all memory."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


if __name__ == "__main__":
    limit_memory()
    with open(sys.argv[1], "x", encoding="utf-8") as target:  # noqa: PTH123 - it imports as little as can be
        json.dump(answer(json.load(sys.stdin)), target)

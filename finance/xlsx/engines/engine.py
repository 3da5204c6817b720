"""Asking another engine what the formulas of a workbook come to: the question, and what comes back.

An engine is independent of the toolkit: it reads the file, computes every formula from the input
cells on, whatever values are cached, and says what it found. There are two: `with_ironcalc`, which
every run uses, and `with_libreoffice`, the program that many readers have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from finance.xlsx.contents import Contents, Stored

At = tuple[str, int, int]
"""A sheet, a row and a column, both counted from 1."""


class NoAnswerError(Exception):
    """The engine could not recalculate the workbook; the message says why, in Dutch."""


@dataclass(frozen=True)
class Question:
    """What is asked of an engine about one workbook.

    Attributes:
        data: the workbook, known to be safe to unpack.
        values: the cells whose value is asked.
        formulas: the cells whose formula is to be compared with another formula, given without `=`.
        contents: what the workbook holds, where another program than the toolkit may have saved it: an
            engine that does not read every file is given the cells alone.
    """

    data: bytes
    values: Sequence[At]
    formulas: Mapping[At, str]
    contents: Contents | None = None


@dataclass(frozen=True)
class Recalculated:
    """What an engine makes of a workbook.

    Attributes:
        values: the value of each cell that was asked.
        formulas: for each cell that was asked, the formula in the file as the engine spells it, and
            the other one, if it can as the engine spells it too.
    """

    values: Mapping[At, Stored]
    formulas: Mapping[At, tuple[str, str]]


class Engine(Protocol):
    """A program that recalculates workbooks."""

    @property
    def name(self) -> str:
        """What a reader calls it."""

    def recalculate(self, questions: Sequence[Question]) -> Sequence[Recalculated | NoAnswerError]:
        """Recalculate workbooks from their formulas.

        Returns:
            For each workbook what the engine makes of it, or why it could not.
        """

"""Why a sheet of a workbook file cannot be read, and where."""

from __future__ import annotations

from finance.xlsx.package import TooLargeError


class OverlongError(TooLargeError):
    """A sheet has far more rows than hold anything.

    Attributes:
        last: the row down to which it was read.
        filled: the last row that holds a value; 0 for none.
    """

    def __init__(self, last: int, filled: int) -> None:
        super().__init__(f"rows {filled + 1} to {last} are empty")
        self.last, self.filled = last, filled


class DamagedCellError(ValueError):
    """A cell holds what no cell can hold, or stands where it cannot.

    Attributes:
        cell: its address, or the row where no cell of it was reached; empty above the first row.
    """

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell

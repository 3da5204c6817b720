"""The case: the declaration of the input, its records, its checks, and what follows from them."""

from finance.case.build import build_case, in_order, read_case, read_rows, without_misplaced
from finance.case.case import Case, CostLine, PlaceKey
from finance.case.table import CellValue, RawBook, RawRow, RawSheet, Unreadable, plain, shown

__all__ = [
    "Case",
    "CellValue",
    "CostLine",
    "PlaceKey",
    "RawBook",
    "RawRow",
    "RawSheet",
    "Unreadable",
    "build_case",
    "in_order",
    "plain",
    "read_case",
    "read_rows",
    "shown",
    "without_misplaced",
]

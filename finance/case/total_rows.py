"""Rows with a sum that somebody added below or between the data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from finance.case.columns import TEXT
from finance.case.declaring import ColumnSpec
from finance.case.table import RawRow, blank

TOTAL: Final = re.compile(r"\s*(?:(?:sub|eind)?tota(?:al|len)|total|som)\b", re.IGNORECASE)
"""How what stands in such a row begins."""
AWAY: Final = "Haal de rij weg: een totaal hoort hier niet, het programma telt zelf op."


def total_column(columns: Sequence[ColumnSpec], row: RawRow) -> str | None:
    """The column in which a row says that it is a sum; None where it is a row of data, complete or not.

    Free text says so only where the first column is empty: an omschrijving may begin with that word.

    Args:
        columns: the columns of its sheet.
        row: the row.
    """
    if not any(blank(row.cellen.get(column.naam)) for column in columns if not column.optioneel):
        return None
    unnamed = blank(row.cellen.get(columns[0].naam))
    said = (column.naam for column in columns if unnamed or column.kind is not TEXT)
    return next((name for name in said if is_total(row.cellen.get(name))), None)


def is_total(value: object) -> bool:
    """Whether a cell says that its row is a sum.

    Example:
        >>> is_total("Totaal 2024"), is_total("Subtotaal"), is_total("totaalplan")
        (True, True, False)
    """
    return isinstance(value, str) and TOTAL.match(value) is not None

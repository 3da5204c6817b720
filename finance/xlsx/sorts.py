"""What sort of workbook a file is, by the names of its sheets, so that another one is refused at once.

Without this a budget given as input would be a finding for each of its forty sheets.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from finance.findings import Finding, FindingsError
from finance.xlsx.seal import SEAL_SHEET


class Sort(Enum):
    """The sorts of workbooks that go round, as a sentence calls them."""

    CASE = "de invoer van een casus"
    HAND = "een toewijzing die met de hand is gemaakt"
    MADE = "een werkmap die spuk heeft geschreven"


HAND_SHEET: Final = "toewijzing"
CASE_SHEETS: Final = frozenset({"case", "maatregelen", "dekking"})
"""Two of these are enough to know the input of a case, so that one may be absent or misspelt."""
ENOUGH: Final = 2
ADVICE: Final[Mapping[tuple[Sort, Sort], str]] = MappingProxyType(
    {
        (Sort.CASE, Sort.MADE): "Noem de invoerwerkmap waaruit zij is gemaakt.",
        (Sort.CASE, Sort.HAND): "Noem de invoerwerkmap; een toewijzing hoort bij 'spuk toets', achter de casus.",
        (Sort.HAND, Sort.CASE): (
            "Noem eerst de casus en dan de toewijzing; 'spuk template --toewijzing' schrijft een lege."
        ),
        (Sort.HAND, Sort.MADE): "Noem de werkmap met de toewijzing, of het resultaat.json naast deze werkmap.",
        (Sort.MADE, Sort.CASE): (
            "Maak er met 'spuk plan' een begroting van en noem die; de invoer zelf controleert 'spuk check'."
        ),
        (Sort.MADE, Sort.HAND): "Laat haar toetsen met 'spuk toets', en noem de begroting die daaruit komt.",
    }
)
"""What to do with a workbook of another sort: the sort that is wanted, the sort that it is."""


def sort_of(names: Collection[str]) -> Sort | None:
    """The sort of a workbook with these sheets; None where it is not clear.

    Example:
        >>> sort_of(["case", "maatregelen", "dekking", "mijn blad"])
        <Sort.CASE: 'de invoer van een casus'>
    """
    if SEAL_SHEET in names:
        return None if "case" in names else Sort.MADE
    if HAND_SHEET in names:
        return None if "case" in names else Sort.HAND
    return Sort.CASE if len(CASE_SHEETS.intersection(names)) >= ENOUGH else None


def refuse_other(name: str, names: Collection[str], wanted: Sort, doen: str = "") -> None:
    """Refuse a workbook that is clearly of another sort than the one that is wanted.

    Args:
        name: the name of the file, for the message.
        names: the names of its sheets.
        wanted: the sort that is wanted.
        doen: what to do with the input of a case, where that is not the usual advice.

    Raises:
        FindingsError: it is of another sort.
    """
    found = sort_of(names)
    if found in (None, wanted):
        return
    wat = f"'{name}' is {found.value}, en hier hoort {wanted.value}."
    advice = doen if doen and found is Sort.CASE else ADVICE[wanted, found]
    raise FindingsError([Finding("", "", wat, advice)])

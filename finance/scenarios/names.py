"""The names of scenarios, which become names of folders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

BASE: Final = "basis"
"""The name of the case as it stands."""
LONGEST_NAME: Final = 60
NAME_MARKS: Final = " ._-+%"
DEVICE_NAMES: Final = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
)
"""What Windows keeps for devices: no folder can have such a name, whatever follows a dot in it."""
COMPARISON: Final = "vergelijking.xlsx"
"""The file that stands beside the folders of the scenarios."""


def name_fault(name: str, others: Mapping[str, str]) -> tuple[str, str] | None:
    """What is wrong with the name of a scenario and what to do, or None.

    Args:
        name: the name.
        others: the names before it, by their casefolded form.
    """
    if name.casefold() == BASE:
        return f"'{BASE}' is de casus zoals die is.", "Geef het scenario een andere naam."
    if len(name) > LONGEST_NAME:
        return f"De naam heeft {len(name)} tekens.", f"Houd het op hooguit {LONGEST_NAME}."
    wrong = [char for char in name if not (char.isalpha() or char.isdecimal() or char in NAME_MARKS)]
    if wrong:
        return (
            f"In de naam '{name}' kan het teken {wrong[0]!r} niet.",
            "Gebruik letters, cijfers, spaties en . _ - + %.",
        )
    if not _can_be_folder(name):
        return f"'{name}' kan geen mapnaam zijn.", "Kies een andere naam, zonder punt aan het eind."
    other = others.get(name.casefold())
    if other:
        return (
            f"De namen '{other}' en '{name}' verschillen alleen in hoofdletters.",
            "Schrijf ze gelijk als het één scenario is; geef het anders een andere naam.",
        )
    return None


def _can_be_folder(name: str) -> bool:
    """Whether every system can have a folder of this name beside the comparison."""
    device = name.split(".", maxsplit=1)[0].strip().casefold()
    return (
        bool(name.strip(" .")) and name[-1] not in " ." and device not in DEVICE_NAMES and name.casefold() != COMPARISON
    )

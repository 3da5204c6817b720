"""Findings: what is wrong with an input, where it stands, and what to do about it.

The user's faults are findings, collected and reported in one go. The programmer's faults raise.

    SpukError
    +-- FindingsError       the input or a workbook has findings
    +-- NoPlanError         the mandatory projects of the case clash
    +-- OutputError         a file cannot be written where it should stand
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


LIKENESS: Final = 0.6
"""How much two words have in common of which one may be meant by the other."""
MOST_NAMED: Final = 12
"""The most known words that a message names."""


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing that is wrong, in the reader's own words.

    Attributes:
        blad: the sheet; empty where the finding is about the whole file.
        cel: the cell (`D12`), row or range; empty where it is about the whole sheet.
        wat: what is wrong, in Dutch, one sentence.
        doen: what the reader can do about it, in Dutch, one sentence.
        scenario: the scenario in which it shows; empty for the case as it stands.
    """

    blad: str
    cel: str
    wat: str
    doen: str
    scenario: str = ""

    def __str__(self) -> str:
        where = "!".join(part for part in (self.blad, self.cel) if part)
        prefix = f"[scenario {self.scenario}] " if self.scenario else ""
        return f"{prefix}{where + ': ' if where else ''}{self.wat} {self.doen}".strip()


class SpukError(Exception):
    """The base of every error that the toolkit reports to its user."""


class FindingsError(SpukError):
    """The input has findings; carries all of them.

    Attributes:
        findings: the findings, in the order of the workbook.
        noticed: what was seen on the way that refuses nothing, and may be why.
    """

    def __init__(self, findings: Iterable[Finding], noticed: Iterable[Finding] = ()) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        self.noticed: tuple[Finding, ...] = tuple(noticed)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class NoPlanError(SpukError):
    """No plan is possible; the message names, in Dutch, what clashes."""


class OutputError(SpukError):
    """A file cannot be written; the message says, in Dutch, why and what to do."""


def closest(word: str, known: Collection[str], likeness: float = LIKENESS) -> str | None:
    """The known word that a misspelt one was most likely meant to be; None where none is near.

    Args:
        word: the word as the user wrote it.
        known: the words that would be right.
        likeness: how much they must have in common, from 0 to 1.

    Example:
        >>> closest("Horizn", ["Horizon", "Schakenbosch"])
        'Horizon'
    """
    by_lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=likeness)
    return by_lower[close[0]] if close else None


def nearest(word: str, known: Collection[str], most: int = MOST_NAMED) -> str:
    """Say which known word is nearest to a misspelt one, as a Dutch half-sentence.

    Args:
        word: the word as the user wrote it.
        known: the words that would be right.
        most: the most of them that are named.

    Returns:
        `Bedoelt u 'x'?`, or the known words where none is near.

    Example:
        >>> nearest("Horizn", ["Horizon", "Schakenbosch"])
        "Bedoelt u 'Horizon'?"
    """
    close = closest(word, known)
    if close is not None:
        return f"Bedoelt u '{close}'?"
    if not known:
        return "Er is hier nog niets om naar te verwijzen."
    few = sorted(known)[:most]
    return f"Kies uit: {', '.join(few)}{', ...' if len(known) > len(few) else '.'}"

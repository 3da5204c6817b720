"""What verifying can find in a workbook, said in Dutch, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from finance.findings import Finding
from finance.tables.grid import FIRST_DAY, Format
from finance.xlsx.contents import Stored

LONGEST_TEXT: Final = 80
SWAPPED: Final = str.maketrans(",.", ".,")
DAYS: Final = range(1, 2_958_466)
"""The serial numbers of days that a workbook can show, up to 31-12-9999."""


class Kind(StrEnum):
    """What a deviation is."""

    SEAL = "zegel"
    SHEET = "blad gewijzigd"
    MOVED = "rijen of kolommen gewijzigd"
    HIDDEN = "verborgen"
    FOREIGN = "toegevoegd van buiten"
    INPUT = "invoer gewijzigd"
    DECISION = "besluit gewijzigd"
    TEXT = "tekst gewijzigd"
    FORMULA = "formule gewijzigd"
    OVERWRITTEN = "formule overschreven"
    NEW_FORMULA = "waarde werd formule"
    ADDED = "cel toegevoegd"
    EMPTIED = "cel leeggemaakt"
    FORMAT = "weergave gewijzigd"
    SETTING = "rekenwijze gewijzigd"
    NO_CACHE = "opgeslagen waarden ontbreken"
    NO_ANSWER = "niet herberekend"
    CACHED = "opgeslagen waarde gewijzigd"
    STATEMENT = "herberekening wijkt af"
    CONSEQUENCE = "gevolg van een wijziging"
    CONTROL = "controle niet gehaald"


CHANGES: Final = (
    Kind.SEAL,
    Kind.SHEET,
    Kind.MOVED,
    Kind.HIDDEN,
    Kind.FOREIGN,
    Kind.INPUT,
    Kind.DECISION,
    Kind.TEXT,
    Kind.FORMULA,
    Kind.OVERWRITTEN,
    Kind.NEW_FORMULA,
    Kind.ADDED,
    Kind.EMPTIED,
    Kind.FORMAT,
    Kind.SETTING,
)
"""What happened to the file after the toolkit wrote it."""
CAUSES: Final = frozenset(CHANGES) - {Kind.HIDDEN, Kind.FOREIGN, Kind.FORMAT, Kind.SETTING}
"""The changes that can make formulas elsewhere give another result."""
DIFFERENCES: Final = (Kind.NO_CACHE, Kind.NO_ANSWER, Kind.CACHED, Kind.STATEMENT, Kind.CONSEQUENCE)
"""Where the three numbers do not agree, or could not be compared."""

BESIDE: Final = frozenset(
    (
        Kind.HIDDEN,
        Kind.FOREIGN,
        Kind.TEXT,
        Kind.ADDED,
        Kind.FORMAT,
        Kind.SETTING,
        Kind.NO_CACHE,
        Kind.CACHED,
        Kind.CONTROL,
    )
)
"""What leaves every formula in its place, with the result that the statement gives it."""

RESTORE: Final = "Zet het terug, of maak de werkmap opnieuw vanuit de casus."
REPORT: Final = "Maak de werkmap opnieuw; blijft het zo, meld het dan aan de makers."
ADVICE: Final[Mapping[Kind, str]] = {
    **dict.fromkeys(CHANGES, RESTORE),
    Kind.SEAL: "Vraag het oorspronkelijke bestand, of maak de werkmap opnieuw vanuit de casus.",
    Kind.HIDDEN: "Maak het zichtbaar.",
    Kind.FOREIGN: "Haal het weg, of maak de werkmap opnieuw vanuit de casus.",
    Kind.INPUT: "Wijzig de casus en maak de werkmap opnieuw; het plan past anders niet bij de invoer.",
    Kind.NO_CACHE: "Open de werkmap in Excel, sla haar op en verifieer opnieuw.",
    Kind.NO_ANSWER: REPORT,
    Kind.CACHED: "Open de werkmap in Excel, laat haar rekenen en sla haar op.",
    Kind.STATEMENT: REPORT,
    Kind.CONSEQUENCE: "Zie de wijzigingen in deze werkmap.",
    Kind.CONTROL: "Zoek de oorzaak op het blad van deze controle.",
}
"""What to do about each kind of deviation."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing in which a workbook is not as it was written, or not right.

    Attributes:
        kind: what it is.
        blad: the sheet; empty where it is about the whole file.
        cel: the cell, row or column; empty where it is about the whole sheet.
        wat: what is found, in Dutch, with the numbers.
    """

    kind: Kind
    blad: str
    cel: str
    wat: str

    @property
    def finding(self) -> Finding:
        """The deviation as a finding, with what to do about it."""
        kind = self.kind.value[0].upper() + self.kind.value[1:]
        return Finding(self.blad, self.cel, f"{kind}: {self.wat}", ADVICE[self.kind])


@dataclass(frozen=True)
class VerifyReport:
    """What verifying a workbook found.

    Attributes:
        deviations: everything, causes before consequences, in the order of the workbook.
        formulas: the number of formula cells that were compared.
        fingerprint: the SHA-256 of the sealed content; empty where there is no readable seal.
        engine: the name of the engine that recalculated it; empty where none did.
        resultaat: the hash of what the result beside it said when it was sealed; empty for none.
        herkomst: what it was made from, by the names of these things.
    """

    deviations: tuple[Deviation, ...]
    formulas: int
    fingerprint: str
    engine: str = ""
    resultaat: str = ""
    herkomst: Mapping[str, str] = field(default_factory=dict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every deviation as a finding."""
        return tuple(item.finding for item in self.deviations)

    @property
    def changes(self) -> tuple[Finding, ...]:
        """What was changed after the workbook was written."""
        return self._of(CHANGES)

    @property
    def differences(self) -> tuple[Finding, ...]:
        """Where statement, cached value and recalculation do not agree, or could not be compared."""
        return self._of(DIFFERENCES)

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The controls that are not met."""
        return self._of((Kind.CONTROL,))

    @property
    def summary(self) -> str:
        """The outcome in one line of Dutch."""
        if self.deviations:
            number = len(self.deviations)
            found = f"{number} afwijking{'' if number == 1 else 'en'}; {self.formulas} formules vergeleken"
            if not self.engine or not BESIDE.issuperset(item.kind for item in self.deviations):
                return f"{found}."
            return f"{found}, en elke is herberekend ({self.engine}) gelijk aan de verklaring."
        return (
            f"{self.formulas} formules zijn herberekend door {self.engine} en gelijk aan de verklaring en aan"
            " de opgeslagen waarde; niets is gewijzigd en elke controle is gehaald."
        )

    def _of(self, kinds: tuple[Kind, ...]) -> tuple[Finding, ...]:
        return tuple(item.finding for item in self.deviations if item.kind in kinds)


def cut(text: str) -> str:
    """A text of a length that fits in a message."""
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "..."


def dutch(value: Stored, fmt: Format) -> str:
    """A value as a Dutch reader writes it."""
    match value:
        case None | "":
            return "leeg"
        case bool():
            return "WAAR" if value else "ONWAAR"
        case str():
            return f"'{cut(value)}'"
        case _ if fmt is Format.DATE and value in DAYS:
            day = date.fromordinal(FIRST_DAY + int(value))
            return f"{day.day}-{day.month}-{day.year}"
        case _:
            return _dutch_number(value, fmt)


def _dutch_number(value: float, fmt: Format) -> str:
    # Twelve digits tell numbers apart that differ at all, without the noise of the last ones.
    exact = Decimal(f"{value:.12g}")
    if fmt is Format.EURO:
        cents = exact.quantize(Decimal("0.01"))
        return f"{cents if cents == exact else exact:,f}".translate(SWAPPED)
    return f"{exact:f}".translate(SWAPPED)

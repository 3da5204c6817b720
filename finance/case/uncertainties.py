"""The checks of the sheet `onzekerheid`: distributions that can be drawn from, on cells that may change."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.case.cells import CellError
from finance.case.checked import Checked
from finance.case.columns import ID, TEXT
from finance.case.declaring import SheetSpec
from finance.case.distributions import Distribution, read_distribution
from finance.case.sheets import SHEETS, Uncertainty
from finance.case.table import listed, quoted
from finance.findings import Finding, nearest

BLAD: Final = "onzekerheid"
LARGEST_FACTOR: Final = 10
"""A factor of more than this in the middle of a distribution was meant as a value."""
HALF: Final = Fraction(1, 2)


def uncertainties(checked: Checked) -> Iterator[Finding]:
    """Find rows of `onzekerheid` that cannot be drawn, or whose outcome could not be told apart."""
    first: dict[str, int] = {}
    for row in checked.case.uncertainties:
        yield from _distribution(checked, row)
        yield from _key_column(checked, row)
        earlier = first.setdefault(row.naam.casefold(), row.rij)
        if earlier != row.rij:
            yield checked.at(
                BLAD,
                row.rij,
                "omschrijving",
                f"{quoted(row.naam)} staat ook in rij {earlier}; de uitkomst kan ze niet uit elkaar houden.",
                "Geef elke rij een eigen omschrijving.",
            )


def _distribution(checked: Checked, row: Uncertainty) -> Iterator[Finding]:
    try:
        distribution = read_distribution(row.verdeling, row.parameters)
    except CellError as fault:
        yield checked.at(BLAD, row.rij, "parameters", f"parameters: {fault.wat}", fault.doen)
        return
    if row.bewerking != "zet" and not distribution.is_number:
        words = [str(value) for value in distribution.parameters if not isinstance(value, Decimal)]
        yield checked.at(
            BLAD,
            row.rij,
            "parameters",
            f"Met {quoted(words[0])} kan de bewerking {row.bewerking} niet rekenen.",
            "Schrijf alleen getallen, of kies bij bewerking zet.",
        )
    elif row.bewerking == "maal":
        yield from _factor(checked, row, distribution)


def _factor(checked: Checked, row: Uncertainty, distribution: Distribution) -> Iterator[Finding]:
    middle = Decimal(distribution.at(HALF))
    if abs(middle) > LARGEST_FACTOR:
        yield checked.at(
            BLAD,
            row.rij,
            "parameters",
            f"De bewerking is maal, en de cel zou zo'n {round(middle)} keer zo groot worden.",
            "Kies bij bewerking zet als dit de waarde zelf is, of plus als het erbij komt.",
        )


def drawable(spec: SheetSpec) -> tuple[str, ...]:
    """The columns of a sheet that can be uncertain, numbers first: not what says which row it is."""
    named = {column.naam for column in spec.columns if column.kind == ID and not column.optioneel}
    free = [
        column
        for column in spec.columns
        if column.kind != TEXT and column.naam not in {*spec.sleutel, *named, "herkomst"}
    ]
    return tuple(column.naam for column in sorted(free, key=lambda column: not column.kind.getal))


def advise_drawable(spec: SheetSpec, name: str) -> str:
    """Say which column was meant, or which can be uncertain, as a Dutch half-sentence."""
    known = drawable(spec)
    return nearest(name, known) if known else f"Noem een ander blad: in {spec.naam} staat niets onzekers."


def _key_column(checked: Checked, row: Uncertainty) -> Iterator[Finding]:
    spec = SHEETS.get(row.doelblad)
    if spec and row.kolom in spec.sleutel:
        yield checked.at(
            BLAD,
            row.rij,
            "kolom",
            f"De kolom {row.kolom} zegt in het blad {spec.naam} welke rij het is ({listed(spec.sleutel)});"
            " die kan niet onzeker zijn.",
            advise_drawable(spec, ""),
        )

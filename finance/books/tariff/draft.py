"""What every sheet of `tarief.xlsx` is made from: the tariffs, numbered, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.books.confidential import CLOSED, CLOSED_UNITS, STAFF_FIXED
from finance.books.names import Names, names_of
from finance.books.quantities import COST_FIXED, Fixed
from finance.case import Case
from finance.case.pricing import rows_of_tariffs
from finance.case.sheets import CareForm, Provenance, TariffParameter
from finance.case.tariff_gaps import MOST
from finance.case.words import TARIFF_PARAMETERS
from finance.plan.allocation import Allocation
from finance.scenarios import BASE
from finance.tables.grid import Format, Role
from finance.tariff.tariff import REFERENCE_OCCUPANCY, STAFF_PER_FTE, STEP, Steps, Tariff, tariffs_of
from finance.tariff.transition import Transition

TRIAL: Final = Fraction(4, 5)
"""How full places are in the trial of each form of payment, beside the norm."""
FIRST_OCCUPANCY: Final = Fraction(1, 2)
OCCUPANCY_STEP: Final = Fraction(1, 20)
ABSENCES: Final = (30, 91, 182, 365)
"""The days of a departure that are shown."""


@dataclass(frozen=True)
class TariffInfo:
    """What made the workbook; no time, so that two runs write the same bytes.

    Attributes:
        case_stem: the name of the input file without its ending.
        invoer_sha256: the SHA-256 of the input file.
        toolkit: the version of the toolkit.
        scenario: the scenario whose tariffs these are.
    """

    case_stem: str
    invoer_sha256: str
    toolkit: str
    scenario: str = BASE


@dataclass(frozen=True)
class PlanBasis:
    """The plan over whose years the results of the providers are computed.

    Attributes:
        allocation: its decisions.
        scenario: the scenario that it is a plan of.
        vandaan: where it comes from, in Dutch.
        bewezen: whether it is proven to be the best plan.
        kenmerken: what tells its file from another one, each with what it is called; none where it was
            solved for the workbook.
    """

    allocation: Allocation
    scenario: str
    vandaan: str
    bewezen: bool
    kenmerken: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Numbered:
    """A tariff with its number, by which formulas find it.

    Attributes:
        nr: its place in the workbook, from 1.
        tariff: the tariff.
        rows: its rows in the case, by parameter.
        vorm: its care form.
    """

    nr: int
    tariff: Tariff
    rows: Mapping[str, TariffParameter]
    vorm: CareForm

    @property
    def naam(self) -> str:
        """What it is called above columns and in charts."""
        return f"{self.nr}. {self.tariff.tarief} ({self.tariff.groepsgrootte}, {self.tariff.jaar})"

    @property
    def first_year(self) -> Fraction:
        """The occupancy of its first year."""
        return self.tariff.first_year(self.vorm.aanloop_jaar1)


NORM, TESTED = "_norm", "_proef"
"""What the columns of these end on."""
CHOSEN: Final = "keuze van de toolkit"
FIXED: Final = (
    *COST_FIXED,
    Fixed(
        "referentie",
        "bezetting waar tarieven van uitgaan",
        REFERENCE_OCCUPANCY,
        "fractie",
        Format.PERCENT,
        "Jeugdautoriteit (2023)",
        True,
    ),
    Fixed("stap", "uitslag van de gevoeligheid", STEP, "fractie", Format.PERCENT, CHOSEN, False),
    Fixed(
        "bezetting_van", "eerste bezetting van de tabellen", FIRST_OCCUPANCY, "fractie", Format.PERCENT, CHOSEN, False
    ),
    Fixed("bezetting_stap", "stap tussen de bezettingen", OCCUPANCY_STEP, "fractie", Format.PERCENT, CHOSEN, False),
    Fixed("afwijking", "grootste verschil tussen prijs en tarief", MOST, "fractie", Format.PERCENT, CHOSEN, False),
    Fixed("duizend", "euro's in duizend euro", 1000, "EUR", Format.COUNT, "kalender", True),
    Fixed("proef", "bezetting van de proef", TRIAL, "fractie", Format.PERCENT, CHOSEN, False),
    Fixed("cent", "een cent, in euro", Fraction(1, 100), "EUR", Format.EURO, "kalender", True),
    *(
        Fixed(f"vertrek_{at}", f"duur {at} van een lege plaats", days, "dagen", Format.COUNT, CHOSEN, False)
        for at, days in enumerate(ABSENCES, start=1)
    ),
)
"""The numbers of the formulas, each with where it comes from."""

UNITS: Final[Mapping[str, tuple[str, str]]] = {
    **TARIFF_PARAMETERS,
    **CLOSED_UNITS,
}
"""The letter and the unit of each parameter."""


@dataclass(frozen=True)
class Draft:
    """The tariffs of a case on their way to a workbook.

    Attributes:
        case: the case.
        info: what made the workbook.
        salaries: whether the salaries are shown.
        plan: the plan; None for a workbook of tariffs alone.
        zonder: why there is no plan, in Dutch; empty where nobody asked for one.
    """

    case: Case
    info: TariffInfo
    salaries: bool = True
    plan: PlanBasis | None = None
    zonder: str = ""

    @cached_property
    def transition(self) -> Transition:
        """The providers over the years of the plan.

        Raises:
            ValueError: there is no plan (the programmer's fault).
        """
        if self.plan is None:
            raise ValueError("no plan, so no years")
        return Transition(self.case, self.plan.allocation)

    @cached_property
    def filled(self) -> Mapping[str, Transition]:
        """The providers with their places as full as the price counts on, and as in the trial."""
        return {
            NORM: replace(self.transition, bezetting="norm"),
            TESTED: replace(self.transition, bezetting=TRIAL),
        }

    @cached_property
    def names(self) -> Names:
        """What the ids of the case are called where formulas look them up."""
        return names_of(
            self.case,
            (
                ("aanbieders", self.case.providers),
                ("locaties", self.case.locations),
                ("zorgvormen", self.case.care_forms),
                ("doelgroepen", self.case.care_groups),
                ("maatregelen", self.case.measures),
                ("indexen", self.case.indexes),
                ("dekking", self.case.sources),
                ("herkomst", self.case.provenance),
                ("tarief", self.case.tariff_parameters),
            ),
        )

    @cached_property
    def tariffs(self) -> tuple[Numbered, ...]:
        """The tariffs, in the order of the case.

        Raises:
            FindingsError: the case has no tariff.
        """
        rows = rows_of_tariffs(self.case.tariff_parameters).values()
        tariffs = tariffs_of(self.case, salaries=self.salaries)
        return tuple(
            Numbered(
                nr,
                tariff,
                {row.parameter: row for row in its},
                self.case.care_form[tariff.zorgvorm],
            )
            for nr, (tariff, its) in enumerate(zip(tariffs, rows, strict=True), start=1)
        )

    @property
    def steps(self) -> Steps:
        """The steps of the price, in order."""
        return self.tariffs[0].tariff.step_names

    @property
    def fixed(self) -> tuple[Fixed, ...]:
        """The numbers of the formulas that no case changes, as far as this view needs them."""
        months = {"maanden"} if self.paid_by_month or self.case.inflow else set()
        return tuple(row for row in FIXED if self.salaries or row.naam not in set(STAFF_FIXED) - months)

    @property
    def paid_by_month(self) -> bool:
        """Whether some row of `financiering` holds from a later month than January."""
        return any(row.maand != 1 for row in self.case.funding)

    @property
    def paid_by_tariff(self) -> bool:
        """Whether some row of `financiering` is for the places of one tariff."""
        return any(row.tarief for row in self.case.funding)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters that the workbook computes from."""
        return self.tariffs[0].tariff.parameters

    def given(self, of: Numbered, parameter: str) -> bool:
        """Whether the input gives a parameter of a tariff; the index may follow from a chain instead."""
        return parameter in of.rows or parameter in CLOSED

    @cached_property
    def provenance(self) -> Mapping[str, Provenance]:
        """Where things come from, by code."""
        return {row.code: row for row in self.case.provenance}

    def sourced(self, code: str) -> bool:
        """Whether a code stands for a document; else it is an assumption."""
        return code in self.provenance and self.provenance[code].soort == "bron"

    def role(self, code: str) -> Role:
        """The role of a cell that comes from a code."""
        return Role.INPUT_SOURCED if self.sourced(code) else Role.INPUT_ASSUMED

    def document(self, code: str) -> str:
        """The document behind a code."""
        row = self.provenance.get(code)
        return ", ".join(part for part in (row.document, row.vindplaats) if part) if row else ""


def format_of(parameter: str, value: Fraction) -> Format:
    """How a parameter is shown: in whole cents or hundredths of a percent only where that is all of it."""
    unit = UNITS[parameter][1]
    if parameter == STAFF_PER_FTE:
        return Format.EURO
    if unit.startswith("EUR") and (value * 100).denominator == 1:
        return Format.EURO
    if unit == "fractie" and (value * 10_000).denominator == 1:
        return Format.PERCENT
    return Format.GENERAL

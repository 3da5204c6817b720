"""The tariff side: what a place-day (etmaal) of a group costs, and at which occupancy it pays.

Every formula is exact; amounts are rounded only where they are shown. The letters in the formulas
are those of the parameters of the sheet `tarief`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any, Final, Literal

from finance.case import Case
from finance.case.cost_price import DAYS, CostPrice
from finance.case.words import TARIFF_PARAMETERS
from finance.findings import Finding, FindingsError
from finance.money import ZERO, Exact, Money, round_half_away

REFERENCE_OCCUPANCY: Final = Fraction(9, 10)
"""The occupancy that tariffs of JeugdzorgPlus assume at least (Jeugdautoriteit 2023)."""
FULL: Final = Fraction(1)
STEP: Final = Fraction(1, 10)
"""How far each parameter is moved in the sensitivity table."""
DECIMALS: Final = 9
"""The decimals of a price before it is rounded to the cent."""

STAFF_PARAMETERS: Final = (
    "uren_betaald",
    "uren_niet",
    "dienst_ochtend",
    "dienst_middag",
    "dienst_nacht",
    "bruto_maandloon",
    "vakantietoeslag",
    "eindejaarsuitkering",
    "werkgeverslasten",
    "ort_avond",
    "ort_nacht",
    "ort_weekend",
    "teamleiding",
    "behandeling_per_plaats",
)
"""The parameters of personnel: pay, and the hours and rosters by which it could be told apart."""
FTE: Final = "fte_per_groep"
STAFF_PER_FTE: Final = "personeel_per_fte"
"""The two numbers that stand for them in the view without salaries."""
FTE_STEP: Final = Fraction(1, 10)
"""That view shows fte no finer than this, so that they do not give away the roster behind them."""

STAFF: Final = "1. Beroepskrachten"
CLIENT: Final = "2. Overige cliëntgebonden kosten"
OVERHEAD: Final = "3. Overhead en huisvesting"
GROWTH: Final = "4. Indexatie en risico"
ELEMENTS: Final = (STAFF, CLIENT, OVERHEAD, GROWTH)
"""The four elements of the Besluit Jeugdwet, article 2.3."""
Steps = Mapping[str, tuple[str, str]]
"""The steps of a waterfall: what each is called, and the element that it belongs to."""
OTHER_STEPS: Final[Steps] = {
    "overig": ("Overig cliëntgebonden", CLIENT),
    "overhead": ("Overhead", OVERHEAD),
    "huisvesting": ("Huisvesting", OVERHEAD),
    "spuk": ("Huisvesting die de SPUK betaalt", OVERHEAD),
    "index": ("Indexatie", GROWTH),
    "risico": ("Risico", GROWTH),
}
STEPS: Final[Steps] = {
    "rooster": ("Loon van het rooster", STAFF),
    "ort": ("Onregelmatigheidstoeslag", STAFF),
    "leiding": ("Teamleiding", STAFF),
    "behandeling": ("Behandeling", STAFF),
    **OTHER_STEPS,
}
CLOSED_STEPS: Final[Steps] = {"personeel": ("Personeel", STAFF), **OTHER_STEPS}
"""The steps in the view without salaries."""

Form = Literal["pxq", "beschikbaarheid", "lumpsum"]
FORMS: Final[tuple[Form, ...]] = ("pxq", "beschikbaarheid", "lumpsum")
"""The ways in which places are paid."""


@dataclass(frozen=True)
class Tariff(CostPrice):
    """The parameters of one tariff, group size and year, and the prices that follow; in euros.

    Attributes:
        fte_per_groep: the fte of a group, rounded, where the personnel behind it is not shown.
        personeel_per_fte: all cost of personnel per such fte, a year, in place of what a salary could be
            computed from; None where that is given.
        The other attributes are those of the cost price.
    """

    fte_per_groep: Fraction | None = None
    personeel_per_fte: Fraction | None = None

    def value(self, parameter: str) -> Fraction:
        """The value of a parameter by its name.

        Raises:
            KeyError: there is no such parameter, or it is not given.
        """
        found = getattr(self, parameter) if parameter in NUMBERS else None
        if found is None:
            raise KeyError(parameter)
        return Fraction(found)

    def decimal(self, parameter: str) -> Decimal:
        """The value of a parameter that is given, as the decimal number that it was given as."""
        value = self.value(parameter)
        return Decimal(value.numerator) / Decimal(value.denominator)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters that this tariff is computed from, in order."""
        if not self.is_closed:
            return tuple(TARIFF_PARAMETERS)
        return (FTE, STAFF_PER_FTE, *(name for name in TARIFF_PARAMETERS if name not in STAFF_PARAMETERS))

    @property
    def is_closed(self) -> bool:
        """Whether one amount stands for all personnel."""
        return self.personeel_per_fte is not None

    def changed(self, parameter: str, factor: Fraction) -> Tariff:
        """The tariff with one parameter multiplied; an occupancy stays at most 1."""
        value = self.value(parameter) * factor
        changes: dict[str, Any] = {parameter: min(value, FULL) if parameter == "bezetting" else value}
        return replace(self, **changes)

    def without_salaries(self) -> Tariff:
        """The tariff with one amount per fte for all personnel; what it costs is the same.

        Of the parameters of personnel nothing is left: any salary fits the two numbers. The fte are
        rounded, to 0.1 at least, and the amount is the cost of personnel per rounded fte.
        """
        rounded = max(round_half_away(self.fte / FTE_STEP), 1) * FTE_STEP
        unknown: dict[str, Any] = dict.fromkeys(STAFF_PARAMETERS, Fraction(0))
        return replace(self, **unknown, fte_per_groep=rounded, personeel_per_fte=self.pers / rounded)

    @property
    def can_work(self) -> bool:
        """Whether an fte has hours to work, or what it costs is given."""
        return self.is_closed or super().can_work

    @property
    def fte(self) -> Fraction:
        """The fte of a group: of the roster, or as given."""
        return super().fte if self.fte_per_groep is None else self.fte_per_groep

    @property
    def pers(self) -> Fraction:
        """The cost of personnel, in euros per group-year: of the roster, or fte times what each costs."""
        return super().pers if self.personeel_per_fte is None else self.fte * self.personeel_per_fte

    def cost(self, used: Exact) -> Fraction:
        """Formula: F + V used, in euros per group-year.

        Args:
            used: places in use, n b.
        """
        return self.fixed + self.variable * Fraction(used)

    def price(self, occupancy: Exact) -> Fraction:
        """Formula: p(b) = (F + V n b) / (365 n b), in euros per etmaal.

        Args:
            occupancy: b, above 0.
        """
        used = self.groepsgrootte * Fraction(occupancy)
        return self.cost(used) / (DAYS * used)

    @property
    def own_price(self) -> Fraction:
        """The price at the occupancy of the tariff itself."""
        return self.price(self.bezetting)

    @property
    def asked(self) -> Money:
        """The price at the tariff's own occupancy, to the cent."""
        return to_cents(self.own_price)

    @property
    def reference_price(self) -> Fraction:
        """The price at the occupancy that tariffs assume at least."""
        return self.price(REFERENCE_OCCUPANCY)

    def break_even(self, price: Exact) -> Fraction | None:
        """Formula: b*(p) = F / (n (365 p - V)); above 1 it cannot be reached.

        Args:
            price: p, in euros per etmaal.

        Returns:
            The occupancy at which income equals cost; None ("nooit") where 365 p <= V.
        """
        margin = DAYS * Fraction(price) - self.variable
        return self.fixed / (self.groepsgrootte * margin) if margin > 0 else None

    def departure_loss(self, price: Exact, days: Exact) -> Fraction:
        """Formula: (p - V / 365) d, the loss of one departure for d days."""
        return (Fraction(price) - self.variable / DAYS) * Fraction(days)

    def first_year(self, share: Exact) -> Fraction:
        """The occupancy of the first year: its own, or what new places can be filled to.

        Args:
            share: aanloop_jaar1 of the care form.
        """
        return min(self.bezetting, Fraction(share))

    def result(self, form: Form, price: Exact, used: Exact) -> Fraction:
        """Formula: revenue - F - V used, of one group in a year, paid for a niveau of n places.

        Args:
            form: how it is paid.
            price: p, in euros per etmaal of a used place; beschikbaarheid and a lump sum pay 365 p b for
                a place, so that at the occupancy b of the tariff all forms bring in the same.
            used: places in use.
        """
        places = self.groepsgrootte if form != "pxq" else min(Fraction(used), Fraction(self.groepsgrootte))
        share = FULL if form == "pxq" else self.bezetting
        return DAYS * Fraction(price) * share * places - self.cost(used)

    def needed_price(self, form: Form, used: Exact) -> Fraction:
        """The price of a place at which a group just covers its cost, in euros a year.

        Formula: (F + V used) / used (pxq); (F + V used) / n (beschikbaarheid and lumpsum).

        Args:
            form: how it is paid.
            used: places in use, above 0.
        """
        return self.cost(used) / (Fraction(used) if form == "pxq" else self.groepsgrootte)

    @property
    def steps(self) -> Mapping[str, Fraction]:
        """What each step adds to the cost of a group-year at the tariff's own occupancy.

        Formula: the steps add up to F + V n b.
        """
        client = self.overig_per_plaats * self.groepsgrootte * self.bezetting
        base = self.pers + client
        overhead = self.overhead * base
        total = base + overhead + self.huisvesting - self.spuk_huisvesting
        return {
            **self._staff_steps,
            "overig": client,
            "overhead": overhead,
            "huisvesting": self.huisvesting,
            "spuk": -self.spuk_huisvesting,
            "index": self.index * total,
            "risico": self.risico * (1 + self.index) * total,
        }

    @property
    def _staff_steps(self) -> Mapping[str, Fraction]:
        if self.is_closed:
            return {"personeel": self.pers}
        return {
            "rooster": self.roster_cost,
            "ort": self.ort,
            "leiding": self.teamleiding,
            "behandeling": self.treatment,
        }

    @property
    def step_names(self) -> Steps:
        """What the steps are called, and the element that each belongs to."""
        return CLOSED_STEPS if self.is_closed else STEPS

    @property
    def waterfall(self) -> Mapping[str, Money]:
        """What each step adds to the price of an etmaal, to the cent; together they are the price.

        Formula: the rounded running total minus the rounded running total of the step before.
        """
        days = DAYS * self.groepsgrootte * self.bezetting
        totals = [to_cents(total / days) for total in accumulate(self.steps.values())]
        before = [ZERO, *totals[:-1]]
        return {step: total - earlier for step, total, earlier in zip(self.steps, totals, before, strict=True)}

    @property
    def elements(self) -> Mapping[str, Money]:
        """The price of an etmaal over the four elements of the Besluit Jeugdwet."""
        steps = self.step_names.items()
        return {
            element: Money.total(self.waterfall[step] for step, (_, its) in steps if its == element)
            for element in ELEMENTS
        }


NUMBERS: Final = frozenset(field.name for field in fields(Tariff)) - {"tarief", "zorgvorm", "jaar"}


def to_cents(euros: Exact) -> Money:
    """A price to the cent, by way of nine decimals: a tie goes where a workbook's doubles take it.

    What a number typed in a spreadsheet is off by (0.29999999999999998) so makes no cent of
    difference between this and the formulas of the workbook.
    """
    return Money.rounded(Fraction(round_half_away(Fraction(euros) * 10**DECIMALS), 10**DECIMALS))


def tariffs_of(case: Case, *, salaries: bool = True) -> tuple[Tariff, ...]:
    """The tariffs of a case, in the order of the sheet.

    Args:
        case: a case without findings.
        salaries: whether they may show what a salary could be computed from.

    Raises:
        FindingsError: the case has no tariff.
    """
    if not case.tariff_parameters:
        wat = "De casus heeft geen tarieven: het blad 'tarief' ontbreekt of is leeg."
        doen = "Vul het blad 'tarief' in, een rij per parameter; 'spuk template' geeft een voorbeeld."
        raise FindingsError([Finding("tarief", "", wat, doen)])
    tariffs = tuple(tariff_of(cost) for cost in case.cost_prices.values())
    return tariffs if salaries else tuple(tariff.without_salaries() for tariff in tariffs)


def tariff_of(cost: CostPrice) -> Tariff:
    """The tariff of a cost price, with all that its sheet gives."""
    return Tariff(**{field.name: getattr(cost, field.name) for field in fields(cost)})

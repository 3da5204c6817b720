"""A village: one case with a plan made by hand in which every limit is reached exactly.

Nothing is left in any pot or year up to 2024, the share cap is used to the cent, and every place that
can be used is. So the smallest change of the plan breaks something, and exactly what can be foretold.
L1 closes four of its ten closed places and opens four others a year after the start of M1 in 2022;
closing two more waits for that. 2025 stands there for what comes too late; nothing in it is covered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from finance.case import Case, CostLine
from finance.case.words import OPERATION, VACANCY
from finance.money import ZERO, Money
from finance.plan.allocation import Allocation, GoalProof, PlaceYear, Plan, Status
from finance.provenance import RunInfo
from tests.models.bare import Bare, cost, effect, financed, measure, places, source

GESLOTEN, OPEN, BUREN = ("L1", "gesloten"), ("L1", "open"), ("L2", "open")
OPEN_PRICES: Final = (120_000, 50_000)
POT: Final = Decimal("526315.80")
"""5% of it is 26,315.79; with 300,000 and 200,000.01 for buildings that is all of it."""

VILLAGE: Final = Bare(
    last=2025,
    places=[places(*GESLOTEN, 10), places(*OPEN, 0, OPEN_PRICES), places(*BUREN, 4, OPEN_PRICES)],
    need={
        ("gesloten", 2022): 9,
        ("gesloten", 2023): Decimal("4.6"),
        ("gesloten", 2024): Decimal("3.6"),
        ("open", 2022): 3,
        ("open", 2023): 5,
        ("open", 2024): Decimal("8.5"),
    },
    forms={"gesloten": {"bezetting_max": Decimal("0.9")}, "open": {"aanloop_jaar1": Decimal("0.5")}},
    alternatives=[("gesloten", "open")],
    measures=[
        measure("M1", "P1", (2022, 2023), waardering=2),
        measure("M1B", "P1", (2022, 2022)),
        measure("M2", "P2", (2022, 2024), vereist="P1", waardering=Decimal("0.5")),
        measure("M3", "P3", (2022, 2024), wacht_op="P1"),
        measure("M4", "P4", (2024, 2024)),
        measure("MUST", "PMUST", (2022, 2023), verplicht="ja"),
        measure("AFTER", "PAFTER", (2022, 2024), vereist="PMUST"),
        measure("WAIT", "PWAIT", (2022, 2024), wacht_op="P1"),
        measure("EMPTY4", "PE4", (2025, 2025)),
        measure("EMPTY5", "PE5", (2025, 2025)),
        measure("OTHER", "PO", (2024, 2024), door_transitie="nee"),
        measure("PLUS", "PP", (2024, 2024), jeugdhulpplus="nee"),
        measure("NEW", "PN", (2024, 2024)),
        measure("LATE", "PL", (2024, 2024)),
    ],
    effects=[
        effect("M1", *GESLOTEN, -4, 1),
        effect("M1", *OPEN, 4, 1),
        effect("M3", *GESLOTEN, -2),
        effect("EMPTY4", *BUREN, -4),
        effect("EMPTY5", *BUREN, -5),
    ],
    costs=[
        cost("M1", "verbouwen", 300_000),
        cost("M2", "projectleiding", 50_000),
        cost("M3", "vervangende_nieuwbouw", Decimal("200000.01")),
        cost("M4", "opstart", 10_000),
        cost("OTHER", "verbouwen", 100),
        cost("PLUS", "verbouwen", 100),
        cost("NEW", "vervangende_nieuwbouw", 100),
        cost("LATE", "verbouwen", 100),
        cost("LATE", "verbouwen", 100, 1),
    ],
    sources=[
        source("SPUK", "spuk", POT, (2021, 2025)),
        source("LUMP", "lumpsum", None, (2022, 2024), overdraagbaar="ja"),
        source("PXQ", "pxq", None, (2022, 2024), aanbieder="B"),
        source("BES", "beschikbaarheid", None, (2022, 2024), aanbieder="A"),
        source("EIGEN", "eigen", Decimal("23684.21"), (2022, 2022), aanbieder="A"),
        source("STAD", "gemeente", 10_400, (2022, 2024)),
    ],
    funding=[
        *(
            financed("LUMP", year, level, 100_000, bandbreedte=1)
            for year, level in ((2022, 10), (2023, 9), (2024, Decimal("7.02")))
        ),
        *(financed("PXQ", year, 4, 100_000, zorgvorm="open") for year in (2022, 2023, 2024)),
        *(financed("BES", year, 10, 10_000, zorgvorm="gesloten") for year in (2022, 2023, 2024)),
    ],
    permits=[("STAD", "opstart"), ("STAD", "verbouwen"), ("STAD", "vervangende_nieuwbouw")],
)

STARTS: Final = {
    "M1": 2022,
    "M2": 2022,
    "M3": 2023,
    "M4": 2024,
    "MUST": 2023,
    "AFTER": 2023,
    "WAIT": 2023,
    "EMPTY4": 2025,
    "OTHER": 2024,
    "PLUS": 2024,
    "NEW": 2024,
    "LATE": 2024,
}
USED: Final[Mapping[PlaceYear, str]] = {
    (GESLOTEN, 2022): "9",
    (GESLOTEN, 2023): "3.6",
    (GESLOTEN, 2024): "3.6",
    (OPEN, 2023): "2",
    (OPEN, 2024): "4",
    (BUREN, 2022): "3",
    (BUREN, 2023): "4",
    (BUREN, 2024): "4",
}
SERVED: Final = {
    ("gesloten", "gesloten", 2022): "9",
    ("open", "open", 2022): "3",
    ("gesloten", "gesloten", 2023): "3.6",
    ("gesloten", "open", 2023): "1",
    ("open", "open", 2023): "5",
    ("gesloten", "gesloten", 2024): "3.6",
    ("open", "open", 2024): "8",
}


def of_measure(name: str, sort: str, year: int) -> CostLine:
    """A line of a measure."""
    return CostLine(name, "", "", sort, year)


def of_places(key: tuple[str, str], year: int, sort: str = OPERATION) -> CostLine:
    """A line of places."""
    return CostLine("", *key, sort, year)


BUILD: Final = of_measure("M1", "verbouwen", 2022)
LEAD: Final = of_measure("M2", "projectleiding", 2022)
REPLACE: Final = of_measure("M3", "vervangende_nieuwbouw", 2023)
BEGIN: Final = of_measure("M4", "opstart", 2024)

PAID: Final[Mapping[tuple[CostLine, str], str]] = {
    (BUILD, "SPUK"): "300000",
    (LEAD, "SPUK"): "26315.79",
    (LEAD, "EIGEN"): "23684.21",
    (REPLACE, "SPUK"): "200000.01",
    (BEGIN, "STAD"): "10000",
    (of_measure("OTHER", "verbouwen", 2024), "STAD"): "100",
    (of_measure("PLUS", "verbouwen", 2024), "STAD"): "100",
    (of_measure("NEW", "vervangende_nieuwbouw", 2024), "STAD"): "100",
    (of_measure("LATE", "verbouwen", 2024), "STAD"): "100",
    (of_places(GESLOTEN, 2022), "BES"): "100000",
    (of_places(GESLOTEN, 2022), "LUMP"): "800000",
    (of_places(GESLOTEN, 2022, VACANCY), "LUMP"): "40000",
    (of_places(BUREN, 2022), "PXQ"): "300000",
    (of_places(BUREN, 2022), "LUMP"): "60000",
    (of_places(BUREN, 2022, VACANCY), "LUMP"): "50000",
    (of_places(GESLOTEN, 2023), "BES"): "40000",
    (of_places(GESLOTEN, 2023), "LUMP"): "320000",
    (of_places(GESLOTEN, 2023, VACANCY), "LUMP"): "16000",
    (of_places(OPEN, 2023), "LUMP"): "240000",
    (of_places(OPEN, 2023, VACANCY), "LUMP"): "100000",
    (of_places(BUREN, 2023), "PXQ"): "400000",
    (of_places(BUREN, 2023), "LUMP"): "80000",
    (of_places(GESLOTEN, 2024), "BES"): "40000",
    (of_places(GESLOTEN, 2024), "LUMP"): "320000",
    (of_places(GESLOTEN, 2024, VACANCY), "LUMP"): "16000",
    (of_places(OPEN, 2024), "LUMP"): "480000",
    (of_places(BUREN, 2024), "PXQ"): "400000",
    (of_places(BUREN, 2024), "LUMP"): "80000",
}

INFO: Final = RunInfo("dorp", "ab" * 32, "spuk 0", "met de hand", ("vastgoedtransitie-2020",))


def village(**changes: object) -> Case:
    """The case, with some sheets replaced."""
    return replace(VILLAGE, **changes).case()


def allocation() -> Allocation:
    """The plan made by hand."""
    return Allocation(
        dict(STARTS),
        {at: Decimal(number) for at, number in USED.items()},
        {at: Decimal(number) for at, number in SERVED.items()},
        {pair: Money.from_euros(amount) for pair, amount in PAID.items()},
    )


def village_plan(case: Case, **decisions: object) -> Plan:
    """A finished plan with these decisions, proven but for the last goal."""
    proofs = tuple(GoalProof(goal.doel, goal is not case.goals[-1], "met de hand", Decimal(0)) for goal in case.goals)
    made = replace(allocation(), **decisions)
    return Plan(made, Status.TIME_LIMIT, proofs, "met de hand")


def paying(given: Allocation, line: CostLine, bron: str, cents: int) -> Allocation:
    """The same with some cents more or fewer from a source for a line; what comes to zero goes."""
    paid = dict(given.payments)
    paid[line, bron] = paid.get((line, bron), ZERO) + Money(cents)
    return replace(given, payments={pair: amount for pair, amount in paid.items() if amount != ZERO})

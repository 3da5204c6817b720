"""A sweep of the village made by hand: seven draws, of which five count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from finance.books.uncertainty import SweepInfo, Swept
from finance.case import Case, build_case
from finance.uncertainty.draws import DrawResult, DrawStatus
from finance.uncertainty.sampling import Hypercube
from tests.casebook import Record, raw_book
from tests.finance.village import INFO, VILLAGE

ROWS: Final[tuple[Record, ...]] = (
    {
        "omschrijving": "bouw",
        "doelblad": "kosten",
        "kolom": "bedrag",
        "filter": "kostensoort=verbouwen",
        "verdeling": "uniform",
        "parameters": "0,9; 1,1",
        "herkomst": "B1",
    },
    {
        "omschrijving": "vraag*",
        "doelblad": "vraag",
        "kolom": "jeugdigen",
        "bewerking": "plus",
        "verdeling": "lijst",
        "parameters": "0; 1; 2",
        "herkomst": "B1",
    },
    {
        "omschrijving": "mee?",
        "doelblad": "dekking",
        "kolom": "overdraagbaar",
        "filter": "bron=LUMP",
        "bewerking": "zet",
        "verdeling": "lijst",
        "parameters": "ja; nee",
        "herkomst": "B1",
    },
)
GAPS: Final = ("0", "100.10", "0", "250000.25", "7.05")
"""What is without cover in the draws that count."""
LEFT: Final = (0, 1, 0, 250_000, 1)
"""What is left of the SPUK in them, in cents."""


def uncertain_case() -> Case:
    """The village with three uncertain things."""
    return build_case(raw_book({**VILLAGE.tables(), "onzekerheid": [dict(row) for row in ROWS]}))


def counted(nummer: int, at: int, case: Case) -> DrawResult:
    """A draw that counts: the one at a place among GAPS and LEFT."""
    goals: Mapping[str, Decimal] = {
        **{row.doel: Decimal(3) for row in case.goals},
        "ongedekt": Decimal(GAPS[at]),
        "waardering": Decimal(at) / 2,
    }
    return DrawResult(
        nummer=nummer,
        status=DrawStatus.OPTIMAL,
        maker="met de hand",
        sluitend=Decimal(GAPS[at]) == 0,
        doelen=goals,
        starts={"M1": 2022 + at % 2, "M2": 2024} if at < 4 else {"M1": 2022},
        betaald={row.bron: 1_000 * at for row in case.sources},
        over={row.bron: LEFT[at] for row in case.sources},
    )


def limited(nummer: int, case: Case) -> DrawResult:
    """A draw that reached its time limit, far from all others."""
    result = counted(nummer, 3, case)
    return result.model_copy(
        update={
            "status": DrawStatus.TIME_LIMIT,
            "doelen": {**result.doelen, "ongedekt": Decimal(10**9)},
            "kloof": {"ongedekt": Decimal("12.5")},
            "over": dict.fromkeys(result.over, 10**11),
        }
    )


def swept(*results: DrawResult) -> Swept:
    """A finished sweep: draw 3 failed and draw 6 reached its limit, unless a test says otherwise."""
    case = uncertain_case()
    if not results:
        failed = DrawResult(nummer=3, status=DrawStatus.FAILED, melding="vraag!C2: dat kan niet.")
        ends = [counted(number, at, case) for at, number in enumerate((1, 2, 4, 5, 7))]
        results = (*ends[:2], failed, *ends[2:4], limited(6, case), ends[4])
    cube = Hypercube(case.uncertainties, len(results), 1)
    made = replace(INFO, case_stem="dorp")
    info = SweepInfo(made, "basis", len(results), 1, 30.0)
    return Swept.of(case, case.uncertainties, info, zip(cube.draws(), results, strict=True))

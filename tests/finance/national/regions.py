"""Small regions of different landsdelen, planned by hand: some with places free, some that fall short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance.case import Case, CostLine, build_case
from finance.money import Money
from finance.national.picture import National
from finance.national.region import Region, RegionPlan
from finance.plan.allocation import Allocation
from tests.casebook import Tables, raw_book

YEARS = (2024, 2026)
GRANT = "transformatie-2024"
EARLIER = "vastgoedtransitie-2020"


def records(columns: str, *rows: Sequence[object]) -> list[dict[str, object]]:
    """Rows under the names of their columns."""
    names = columns.split()
    return [dict(zip(names, row, strict=True)) for row in rows]


@dataclass(frozen=True)
class Made:
    """A small region.

    Attributes:
        landsdeel: what its case calls its landsdeel.
        gemeente: its coordinating municipality.
        places: closed places of its one location at the start.
        need: young people in each year.
        closes: places that its measure closes in the second year.
        grant: what it was granted of 2024; 0 for nothing.
        years: its first and last year.
        location: its location: name, municipality, name in annex 2.
        provider: the name of its provider.
    """

    landsdeel: str
    gemeente: str
    places: int = 10
    need: tuple[int, ...] = (8, 8, 8)
    closes: int = 0
    grant: int = 1_000_000
    years: tuple[int, int] = YEARS
    location: tuple[str, str, str | None] = ("Huis", "Dorp", None)
    provider: str = "Aanbieder"

    @property
    def tables(self) -> Tables:
        """Its input workbook."""
        first, last = self.years
        years = range(first, last + 1)
        name, town, annexed = self.location
        return {
            "case": records(
                "sleutel waarde herkomst toelichting",
                ("naam", f"Regio {self.gemeente}", "B1", None),
                ("landsdeel", self.landsdeel, None, None),
                ("coordinerende_gemeente", self.gemeente, None, None),
                ("regelingen", f"{EARLIER}, {GRANT}", None, None),
                ("peildatum", date(2025, 6, 1), None, None),
                ("eerste_jaar", first, None, None),
                ("laatste_jaar", last, None, None),
                ("prijspeil", first, None, None),
                ("discontovoet", Decimal("0.0225"), "B1", None),
                ("lezingen", None, None, None),
            ),
            "herkomst": records(
                "code soort document vindplaats toelichting", ("B1", "bron", "Plan", "hoofdstuk 1", None)
            ),
            "aanbieders": records("aanbieder naam gemeente herkomst", ("A", self.provider, town, "B1")),
            "locaties": records(
                "locatie aanbieder naam gemeente boekwaarde naam_bijlage2 herkomst",
                ("L1", "A", name, town, None, annexed, "B1"),
                ("L2", "A", f"{name} elders", town, None, None, "B1"),
            ),
            "zorgvormen": records(
                "zorgvorm naam gesloten groepsgrootte bezetting_max aanloop_jaar1 herkomst",
                ("gesloten", "Gesloten", "ja", None, 1, 1, "B1"),
                ("hybride", "Hybride", "hybride", None, 1, 1, "B1"),
                ("open", "Open", "nee", None, 1, 1, "B1"),
            ),
            "plaatsen": records(
                "locatie zorgvorm plaatsen exploitatie_per_plaats leegstand_per_plaats index herkomst",
                ("L1", "gesloten", self.places, 100_000, 40_000, None, "B1"),
                ("L1", "hybride", 2, 100_000, 40_000, None, "B1"),
                ("L2", "open", 4, 90_000, 30_000, None, "B1"),
            ),
            "vraag": records(
                "zorgvorm jaar jeugdigen plafond herkomst",
                *(("gesloten", year, need, None, "B1") for year, need in zip(years, self.need, strict=True)),
                *(("hybride", year, 1, None, "B1") for year in years),
                *(("open", year, 5, None, "B1") for year in years),
            ),
            "maatregelen": records(
                "maatregel project aanbieder locatie soort omschrijving vroegste_start laatste_start verplicht vereist"
                " wacht_op door_transitie jeugdhulpplus waardering herkomst",
                (
                    *("SLUIT", "P", "A", "L1", "afstoten", "Sluiten", first, last, None, None, None),
                    *("ja", "ja", None, "B1"),
                ),
            ),
            "effecten": records(
                "maatregel locatie zorgvorm plaatsen na_jaren",
                ("SLUIT", "L1", "gesloten", -self.closes, 1),
                ("SLUIT", "L2", "open", 1, 1),
            ),
            "indexen": records("index jaar percentage herkomst", ("zorg", first + 1, Decimal("0.02"), "B1")),
            "financiering": records(
                "bron jaar niveau prijs herkomst", *(("LUMP", year, 1, 1_000, "B1") for year in years)
            ),
            "kosten": records(
                "maatregel kostensoort na_jaren bedrag",
                ("SLUIT", "afstoten", 0, 900_000),
                ("SLUIT", "projectleiding", 1, 100_000),
            ),
            "dekking": records(
                "bron soort regeling beschikking aanbieder gemeente bedrag besteedbaar_van besteedbaar_tot"
                " overdraagbaar herkomst",
                *(
                    [("SPUK24", "spuk", GRANT, None, None, self.gemeente, self.grant, first, last, None, "B1")]
                    if self.grant
                    else []
                ),
                ("LUMP", "lumpsum", None, None, None, None, None, first, last, None, "B1"),
                ("EIGEN", "eigen", None, None, None, None, 90_000_000, first, last, None, "B1"),
            ),
        }

    @property
    def case(self) -> Case:
        """Its case."""
        return build_case(raw_book(self.tables))

    def plan(self, stem: str, *, proven: bool = True, asked: int | None = None) -> RegionPlan:
        """Its plan: the measure starts in the first year, everybody who can has a place, the grant pays the most."""
        case = self.case
        first = case.years.first
        used, served = {}, {}
        for year, need in zip(case.years, self.need, strict=True):
            there = self.places - (self.closes if year > first else 0)
            for location, form, most in (("L1", "gesloten", min(need, there)), ("L1", "hybride", 1), ("L2", "open", 4)):
                used[(location, form), year] = Decimal(most)
                served[form, form, year] = Decimal(most)
        line = CostLine("SLUIT", "", "", "afstoten", first)
        grant = {(line, "SPUK24"): Money.from_euros(min(self.grant, 900_000))} if self.grant else {}
        payments: Mapping[tuple[CostLine, str], Money] = {
            **grant,
            (CostLine("SLUIT", "", "", "projectleiding", first + 1), "EIGEN"): Money.from_euros(60_000),
        }
        allocation = Allocation({"SLUIT": first}, used, served, payments)
        money = None if asked is None else Money.from_euros(asked)
        return RegionPlan(stem, "0" * 64, "basis", Region(case), allocation, "met de hand", proven, money)


NORTH = Made("Noord", "Groningen", need=(4, 4, 4))
SOUTH = Made("Zuid-Holland", "Rotterdam", places=20, need=(18, 18, 18), closes=10, location=("Oord", "Delft", None))
WEST = Made("Zuid-West", "Roosendaal", places=6, need=(9, 9, 3), grant=0, location=("Hoeve", "Goes", None))
EAST = Made("Oost", "Nijmegen", places=12, need=(9, 9, 9), grant=500_000, location=("Hof", "Zetten", None))


def country() -> National:
    """Four regions: in each year somebody falls short, and in the second there are fewer places than young people."""
    return National(
        (
            NORTH.plan("noord"),
            SOUTH.plan("zuid", asked=250_000),
            WEST.plan("west", proven=False),
            EAST.plan("oost", asked=0),
        )
    )


def alone() -> National:
    """One region in which nobody falls short, of years before the first count."""
    return National((Made("Zuidwest", "Rotterdam", years=(2021, 2022), need=(8, 8), grant=0).plan("zuidwest"),))

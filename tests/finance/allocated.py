"""One case and one allocation that were worked out by hand.

L1 closes five of its ten closed places and opens four small-scale ones, a year after the start of
M1 in 2022; L2 has four small-scale places of another provider. Prices of L1 gesloten and of M1 grow
by 10% a year from 2022.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from finance.case import Case, CostLine, build_case
from finance.money import Money
from finance.plan.allocation import Allocation
from tests.casebook import Record, Tables, raw_book

GESLOTEN, KLEIN, BUREN = ("L1", "gesloten"), ("L1", "klein"), ("L2", "klein")
YEARS = (2022, 2023, 2024)


def records(columns: str, *rows: Sequence[object]) -> list[Record]:
    """Rows of a sheet under these column names."""
    return [dict(zip(columns.split(), row, strict=True)) for row in rows]


def tables() -> Tables:
    """The case, with 10% growth, a discount of 2% and a source of every sort."""
    return {
        "case": records(
            "sleutel waarde",
            ("naam", "Met de hand"),
            ("landsdeel", "Zuidwest"),
            ("coordinerende_gemeente", "Rotterdam"),
            ("regelingen", "vastgoedtransitie-2020"),
            ("peildatum", date(2023, 12, 31)),
            ("eerste_jaar", 2022),
            ("laatste_jaar", 2024),
            ("prijspeil", 2022),
            ("discontovoet", Decimal("0.02")),
        ),
        "herkomst": records("code soort document vindplaats", ("B", "bron", "Proef", "blz. 1")),
        "aanbieders": records("aanbieder naam gemeente herkomst", ("A", "A", "Delft", "B"), ("Z", "Z", "Delft", "B")),
        "locaties": records(
            "locatie aanbieder naam gemeente herkomst",
            ("L1", "A", "L1", "Delft", "B"),
            ("L2", "Z", "L2", "Delft", "B"),
        ),
        "zorgvormen": records(
            "zorgvorm naam gesloten bezetting_max aanloop_jaar1 herkomst",
            ("gesloten", "Gesloten", "ja", Decimal("0.9"), None, "B"),
            ("klein", "Klein", "nee", None, Decimal("0.5"), "B"),
        ),
        "plaatsen": records(
            "locatie zorgvorm plaatsen exploitatie_per_plaats leegstand_per_plaats index herkomst",
            ("L1", "gesloten", 10, 100_000, 40_000, "i", "B"),
            ("L1", "klein", 0, 120_000, 50_000, None, "B"),
            ("L2", "klein", 4, Decimal("110000.50"), 45_000, None, "B"),
        ),
        "vraag": records(
            "zorgvorm jaar jeugdigen plafond herkomst",
            ("gesloten", 2022, 9, 10, "B"),
            ("gesloten", 2023, 5, 8, "B"),
            ("gesloten", 2024, 5, 4, "B"),
            ("klein", 2022, 4, None, "B"),
            ("klein", 2023, 6, None, "B"),
            ("klein", 2024, 7, 7, "B"),
        ),
        "uitwijk": records("zorgvorm alternatief", ("gesloten", "klein")),
        "maatregelen": records(
            "maatregel project aanbieder soort omschrijving vroegste_start laatste_start"
            " door_transitie jeugdhulpplus waardering herkomst",
            ("M1", "P1", "A", "verbouwen", "Ombouw", 2022, 2023, "ja", "ja", 3, "B"),
            ("M2", "P2", "A", "alternatief", "Team", 2022, 2024, "ja", "ja", Decimal("1.5"), "B"),
            ("M3", "P3", "A", "overig", "Niet gekozen", 2022, 2024, "ja", "ja", 100, "B"),
        ),
        "effecten": records(
            "maatregel locatie zorgvorm plaatsen na_jaren",
            ("M1", "L1", "gesloten", -5, 1),
            ("M1", "L1", "klein", 4, 1),
            ("M3", "L2", "klein", 9, 0),
        ),
        "kosten": records(
            "maatregel kostensoort na_jaren bedrag index",
            ("M1", "verbouwen", 0, 200_000, "i"),
            ("M1", "verbouwen", 0, Decimal("100.01"), "i"),
            ("M1", "projectleiding", 1, Decimal("1000.05"), "i"),
            ("M1", "overig", 1, 0, None),
            ("M2", "opstart", 0, 300, None),
            ("M3", "overig", 0, 999_999, None),
        ),
        "indexen": records(
            "index jaar percentage herkomst",
            ("i", 2023, Decimal("0.1"), "B"),
            ("i", 2024, Decimal("0.1"), "B"),
        ),
        "dekking": records(
            "bron soort regeling aanbieder bedrag besteedbaar_van besteedbaar_tot overdraagbaar herkomst",
            ("SPUK", "spuk", "vastgoedtransitie-2020", None, 500_000, 2022, 2024, None, "B"),
            ("LUMP", "lumpsum", None, None, None, 2022, 2024, "ja", "B"),
            ("PXQ", "pxq", None, "Z", None, 2022, 2023, "nee", "B"),
            ("BESCH", "beschikbaarheid", None, "A", None, 2021, 2023, "ja", "B"),
            ("EIGEN", "eigen", None, None, 10_000, 2022, 2024, None, "B"),
            ("STAD", "gemeente", None, None, 5_000, 2022, 2024, None, "B"),
        ),
        "financiering": records(
            "bron jaar zorgvorm niveau prijs bandbreedte herkomst",
            *(("LUMP", year, None, 10, 50_000, 1, "B") for year in YEARS),
            *(("PXQ", year, "klein", 3, 100_000, None, "B") for year in (2022, 2023)),
            *(("BESCH", year, None, Decimal("9.5"), Decimal("1000.55"), None, "B") for year in (2022, 2023)),
        ),
    }


def hand_case(changed: Tables | None = None) -> Case:
    """Build the case, with some sheets replaced."""
    return build_case(raw_book({**tables(), **(changed or {})}))


def euros(text: str) -> Money:
    """An amount."""
    return Money.from_euros(text)


def of_measure(name: str, sort: str, year: int) -> CostLine:
    """A line of a measure."""
    return CostLine(name, "", "", sort, year)


def of_places(key: tuple[str, str], sort: str, year: int) -> CostLine:
    """A line of a location and zorgvorm."""
    return CostLine("", *key, sort, year)


USED = {
    (GESLOTEN, 2022): Decimal(9),
    (GESLOTEN, 2023): Decimal("4.5"),
    (GESLOTEN, 2024): Decimal("4.5"),
    (KLEIN, 2023): Decimal(2),
    (KLEIN, 2024): Decimal("2.5"),
    (BUREN, 2022): Decimal(4),
    (BUREN, 2023): Decimal("2.5"),
    (BUREN, 2024): Decimal(4),
}
SERVED = {
    ("gesloten", "gesloten", 2022): Decimal(9),
    ("gesloten", "gesloten", 2023): Decimal("4.5"),
    ("gesloten", "gesloten", 2024): Decimal("4.5"),
    ("gesloten", "klein", 2023): Decimal("0.25"),
    ("klein", "klein", 2022): Decimal(4),
    ("klein", "klein", 2023): Decimal("4.25"),
    ("klein", "klein", 2024): Decimal("6.5"),
}
PAID = {
    ("SPUK", of_measure("M1", "verbouwen", 2022)): "200100.01",
    ("SPUK", of_measure("M1", "projectleiding", 2023)): "1000",
    ("EIGEN", of_measure("M1", "projectleiding", 2023)): "100",
    ("STAD", of_measure("M2", "opstart", 2023)): "300",
    ("LUMP", of_places(GESLOTEN, "exploitatie", 2022)): "400000",
    ("LUMP", of_places(GESLOTEN, "exploitatie", 2023)): "495000",
    ("LUMP", of_places(GESLOTEN, "leegstand", 2023)): "22000",
    ("LUMP", of_places(GESLOTEN, "exploitatie", 2024)): "544500",
    ("PXQ", of_places(BUREN, "exploitatie", 2022)): "250000",
    ("PXQ", of_places(BUREN, "exploitatie", 2023)): "250000",
    ("BESCH", of_places(GESLOTEN, "leegstand", 2022)): "9000",
    ("BESCH", of_places(KLEIN, "leegstand", 2023)): "9510.18",
}
ALLOCATION = Allocation(
    starts={"M1": 2022, "M2": 2023},
    used=USED,
    served=SERVED,
    payments={(line, source): euros(amount) for (source, line), amount in PAID.items()},
)

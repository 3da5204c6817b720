"""Rotterdam as a small case: four locations of annex 2, grants of 2020 and of 2024, and what closing them costs.

Rijnhove (36 places in annex 2) and Schakenbosch (92) close, Bergse Bos (30) becomes small-scale, a project
leader of iHUB works for all its locations. 2024 and 2025 are closed years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from finance.case import Case, CostLine, build_case
from finance.money import Money
from finance.plan.allocation import Allocation, Outcome
from tests.casebook import Record, Tables, raw_book

YEARS: Final = range(2024, 2029)
BASIS: Final = 41_454_546
"""The amounts of art. 5.1 of Rotterdam together."""
STARTS: Final = {"SLUIT_RH": 2024, "OMBOUW_BB": 2026, "SLUIT_SB": 2024, "LEIDING": 2024, "GEZIN": 2026}
LOCATIONS: Final = (
    ("RH", "IHUB", "Rijnhove", "Alphen aan den Rijn", "Horizon Rijnhove, Alphen a/d Rijn"),
    ("BB", "IHUB", "Bergse Bos", "Rotterdam", "Bergse Bos"),
    ("AH", "IHUB", "Harreveld", "Oost Gelre", "'t Anker Harreveld"),
    ("SB", "JF", "Schakenbosch", "Leidschendam-Voorburg", "Schakenbosch"),
)
COSTS: Final = (
    ("SLUIT_RH", "afstoten", 2, 600_000),
    ("SLUIT_RH", "frictie_personeel", 1, 100_000),
    ("SLUIT_RH", "frictie_personeel", 2, 80_000),
    ("OMBOUW_BB", "verbouwen", 0, 700_000),
    ("SLUIT_SB", "afstoten", 3, 45_000_000),
    ("LEIDING", "projectleiding", 0, 300_000),
    ("LEIDING", "projectleiding", 2, 200_000),
    ("GEZIN", "opstart", 0, 50_000),
    ("GEZIN", "verbouwen", 0, 900_000),
)
"""What the measures cost: measure, kostensoort, years after its start, euros."""
PAID: Final = (
    ("SPUK20", "SLUIT_RH", "frictie_personeel", 2025, 30_000),
    ("SPUK24", "SLUIT_RH", "frictie_personeel", 2025, 70_000),
    ("SPUK24", "LEIDING", "projectleiding", 2024, 300_000),
)
"""What was paid in the closed years."""


def records(columns: str, *rows: Sequence[object]) -> list[Record]:
    """Rows of a sheet under these column names."""
    return [dict(zip(columns.split(), row, strict=True)) for row in rows]


def tables(readings: str | None = None) -> Tables:
    """The case, fresh, so that a test may change it."""
    return {
        "case": records(
            "sleutel waarde",
            ("naam", "Zuid-Holland"),
            ("landsdeel", "Zuid-Holland"),
            ("coordinerende_gemeente", "Rotterdam"),
            ("regelingen", "vastgoedtransitie-2020, transformatie-2024"),
            ("peildatum", date(2026, 12, 1)),
            ("eerste_jaar", YEARS[0]),
            ("laatste_jaar", YEARS[-1]),
            ("prijspeil", YEARS[0]),
            ("lezingen", readings),
        ),
        "herkomst": records(
            "code soort document vindplaats",
            ("B1", "bron", "Strategisch ontwikkelplan", "hoofdstuk 4"),
            ("A1", "aanname", "Werksessie", "verslag"),
        ),
        "aanbieders": records(
            "aanbieder naam gemeente herkomst",
            ("IHUB", "iHUB", "Rotterdam", "B1"),
            ("JF", "Jeugdformaat", "Rijswijk", "B1"),
        ),
        "locaties": records(
            "locatie aanbieder naam gemeente naam_bijlage2 herkomst", *((*row, "B1") for row in LOCATIONS)
        ),
        "zorgvormen": records(
            "zorgvorm naam gesloten herkomst",
            ("gesloten", "Gesloten jeugdhulp", "ja", "B1"),
            ("klein", "Kleinschalig gesloten", "ja", "B1"),
            ("gezin", "Gezinshuis", "nee", "B1"),
        ),
        "plaatsen": records(
            "locatie zorgvorm plaatsen exploitatie_per_plaats leegstand_per_plaats herkomst",
            ("RH", "gesloten", 36, 150_000, 60_000, "A1"),
            ("BB", "gesloten", 30, 150_000, 60_000, "A1"),
            ("BB", "klein", 0, 180_000, 80_000, "A1"),
            ("AH", "gesloten", 20, 150_000, 60_000, "A1"),
            ("SB", "gesloten", 92, 150_000, 60_000, "A1"),
            ("SB", "gezin", 0, 90_000, 20_000, "A1"),
        ),
        "vraag": records(
            "zorgvorm jaar jeugdigen herkomst",
            *(("gesloten", year, 100 - 20 * (year - YEARS[0]), "B1") for year in YEARS),
            *((form, year, 0, "B1") for form in ("klein", "gezin") for year in YEARS),
        ),
        "maatregelen": _measures(),
        "effecten": records(
            "maatregel locatie zorgvorm plaatsen na_jaren",
            ("SLUIT_RH", "RH", "gesloten", -36, 2),
            ("OMBOUW_BB", "BB", "gesloten", -12, 1),
            ("OMBOUW_BB", "BB", "klein", 12, 1),
            ("SLUIT_SB", "SB", "gesloten", -92, 3),
            ("GEZIN", "SB", "gezin", 6, 1),
        ),
        "kosten": records("maatregel kostensoort na_jaren bedrag", *COSTS),
        "indexen": records("index jaar percentage herkomst", ("vlak", 2025, 0, "A1")),
        "dekking": records(
            "bron soort regeling gemeente bedrag besteedbaar_van besteedbaar_tot herkomst",
            ("SPUK20", "spuk", "vastgoedtransitie-2020", None, 10_245_473, 2024, 2026, "B1"),
            ("SPUK24", "spuk", "transformatie-2024", None, BASIS, 2024, 2028, "B1"),
            ("EIGEN", "eigen", None, None, 90_000_000, 2024, 2028, "A1"),
        ),
        "financiering": [dict.fromkeys(("bron", "jaar", "niveau", "prijs", "herkomst"))],
        "realisatie": records("bron maatregel kostensoort jaar bedrag herkomst", *((*row, "B1") for row in PAID)),
        "gestart": records("maatregel jaar", ("SLUIT_RH", 2024), ("SLUIT_SB", 2024), ("LEIDING", 2024)),
    }


def _measures() -> list[Record]:
    return records(
        "maatregel project aanbieder locatie soort omschrijving vroegste_start laatste_start door_transitie"
        " jeugdhulpplus herkomst",
        *(
            (name, f"P_{name}", provider, place, sort, text, STARTS[name], STARTS[name], "ja", "ja", "B1")
            for name, provider, place, sort, text in (
                ("SLUIT_RH", "IHUB", "RH", "afstoten", "Rijnhove sluiten"),
                ("OMBOUW_BB", "IHUB", "BB", "verbouwen", "Bergse Bos kleinschalig maken"),
                ("SLUIT_SB", "JF", "SB", "afstoten", "Schakenbosch sluiten"),
                ("LEIDING", "IHUB", None, "ondersteuning", "Projectleiding iHUB"),
                ("GEZIN", "JF", "SB", "alternatief", "Gezinshuizen"),
            )
        ),
    )


def rotterdam(changed: Tables | None = None, readings: str | None = None) -> Case:
    """Build the case, with some sheets replaced."""
    return build_case(raw_book({**tables(readings), **(changed or {})}))


def with_costs(*costs: Sequence[object]) -> Tables:
    """The sheet `kosten` with other rows."""
    return {"kosten": records("maatregel kostensoort na_jaren bedrag", *costs)}


def line(measure: str, sort: str, year: int) -> CostLine:
    """The cost line of a measure."""
    return CostLine(measure, "", "", sort, year)


def allocation(
    case: Case,
    paid: Iterable[tuple[str, CostLine, int]] = (),
    *,
    empty: int = 0,
    starts: Mapping[str, int] = STARTS,
) -> Allocation:
    """A plan in which every place is used, but for a few at each location that closes.

    Args:
        case: the case.
        paid: what a source pays of a line, in euros, beside what was paid in the closed years.
        empty: the places that stay empty at each location, as far as it has them.
        starts: the start year of each measure.
    """
    places = Outcome(case, Allocation(starts, {}, {}, {})).places
    used = {at: Decimal(max(0, int(number) - empty)) for at, number in places.items()}
    payments = {**case.actual_payments, **{(to, name): Money.from_euros(amount) for name, to, amount in paid}}
    return Allocation(starts, used, {}, payments)

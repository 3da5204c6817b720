"""Requests for revision in which every table, every way to divide, and odd names occur."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from finance.books.revision import RevisionInfo
from finance.case import Case, CostLine
from finance.plan.allocation import Allocation
from tests.finance.rotterdam import STARTS, allocation, line, records, rotterdam, tables

INFO: Final = RevisionInfo("rotterdam", "0" * 64, "spuk proef", "basis", "met de hand", bewezen=True)
Asked = tuple[Case, Allocation]


def plain() -> Asked:
    """The case as it stands; 2024 money pays 40 million of what Schakenbosch costs, and 15 places are empty."""
    case = rotterdam()
    return case, allocation(case, [("SPUK24", line("SLUIT_SB", "afstoten", 2027), 40_000_000)], empty=15)


def reduced() -> Asked:
    """Nothing is paid by the grant of 2024 but in the closed years: what is asked is reduced."""
    case = rotterdam()
    return case, allocation(case)


def above() -> Asked:
    """Only what lies above the thresholds is asked."""
    case = rotterdam(readings="boven-drempel")
    return case, allocation(case, [("SPUK24", line("SLUIT_SB", "afstoten", 2027), 1_000_000)])


def full(outside: tuple[str, ...] = ()) -> Asked:
    """Odd ids, a provider without locations, a location outside the annex, capitalised cost, an earlier revision.

    Args:
        outside: other locations that the annex does not name.
    """
    changed = tables()
    for row in changed["locaties"]:
        if row["locatie"] in outside:
            row["naam_bijlage2"] = "niet genoemd"
    changed["aanbieders"] += records("aanbieder naam gemeente herkomst", ("<5", "Bureau *", "Delft", "A1"))
    changed["locaties"] += records(
        "locatie aanbieder naam gemeente naam_bijlage2 herkomst",
        ("007", "JF", "Nieuw park", "Den Haag", "niet genoemd", "A1"),
        ("RH2", "IHUB", "Rijnhove, vleugel", "Alphen aan den Rijn", "Rijnhove", "A1"),
    )
    changed["plaatsen"] += records(
        "locatie zorgvorm plaatsen exploitatie_per_plaats leegstand_per_plaats herkomst",
        ("007", "klein", 0, 180_000, 80_000, "A1"),
    )
    extra = records(
        "maatregel project aanbieder locatie soort omschrijving vroegste_start laatste_start door_transitie"
        " jeugdhulpplus herkomst",
        ("a*", "P_a", "<5", None, "plan", "Plan voor de regio", 2026, 2026, "ja", "ja", "A1"),
        ("NIEUW", "P_nieuw", "JF", "007", "vervangen", "Nieuw park", 2026, 2026, "ja", "ja", "A1"),
        ("VLEUGEL", "P_vleugel", "IHUB", "RH2", "verbouwen", "Vleugel", 2026, 2026, "ja", "nee", "A1"),
    )
    changed["maatregelen"] += extra
    changed["effecten"] += records("maatregel locatie zorgvorm plaatsen na_jaren", ("NIEUW", "007", "klein", 12, 1))
    for row in changed["kosten"]:
        row["geactiveerd"] = None
    changed["kosten"] += records(
        "maatregel kostensoort na_jaren bedrag geactiveerd",
        ("a*", "bovenregionaal_plan", 0, "100000.01", None),
        ("NIEUW", "vervangende_nieuwbouw", 0, 2_000_000, "ja"),
        ("NIEUW", "vervangende_nieuwbouw", 0, 1_000_000, None),
        ("VLEUGEL", "verbouwen", 0, 400_000, None),
        ("OMBOUW_BB", "verbouwen", 0, 300_000, "ja"),
        ("a*", "frictie_personeel", 0, 50_000, None),
    )
    changed["kosten"][9]["bedrag"] = 100_000
    changed["beschikkingen"] = records(
        "beschikking gemeente regeling soort bedrag herkomst",
        ("HZ25", "Rotterdam", "transformatie-2024", "herziening", 1_000_000, "B1"),
    )
    changed["dekking"] += records(
        "bron soort regeling gemeente bedrag besteedbaar_van besteedbaar_tot herkomst",
        ("LUMP", "lumpsum", None, None, None, 2026, 2026, "A1"),
    )
    changed["financiering"] = records("bron jaar niveau prijs herkomst", ("LUMP", 2026, 10, 100_000, "A1"))
    case = rotterdam(changed)
    starts = {**STARTS, "a*": 2026, "NIEUW": 2026, "VLEUGEL": 2026}
    paid = [
        ("SPUK24", line("SLUIT_SB", "afstoten", 2027), 5_000_000),
        ("LUMP", CostLine("", "BB", "gesloten", "leegstand", 2026), 100_000),
        ("LUMP", line("a*", "frictie_personeel", 2026), 20_001),
    ]
    return case, allocation(case, paid, empty=3, starts=starts)


def towns() -> Asked:
    """Two coordinating municipalities: a location of iHUB is Castricum, of Amsterdam."""
    changed = tables()
    changed["locaties"][2]["naam_bijlage2"] = "Antonius, Castricum"
    case = rotterdam(changed)
    return case, allocation(case)


def nothing() -> Asked:
    """No measure starts, no place is empty: nothing counts, and every table of lines is empty."""
    changed = tables()
    changed["realisatie"] = []
    changed["gestart"] = []
    case = rotterdam(changed)
    return case, allocation(case, starts={})


CASES: Final[Mapping[str, Callable[[], Asked]]] = {
    "rotterdam": plain,
    "verlaagd": reduced,
    "boven de drempel": above,
    "vol": full,
    "twee gemeenten": towns,
    "niets": nothing,
}

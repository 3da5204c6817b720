"""The fixed words of the input workbook: sorts of measures, costs and sources, goals, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEASURE_SORTS: Final = (
    "afstoten",
    "verbouwen",
    "vervangen",
    "plan",
    "ondersteuning",
    "alternatief",
    "overig",
)
HYBRID: Final = "hybride"
CLOSED_WORDS: Final = ("ja", "nee", HYBRID)
"""Whether places are closed youth care; hybrid ones are for young people with and without an authorisation."""
MUST: Final = "moet"
MAY: Final = "mag"
NOT: Final = "niet"
CHOICES: Final = (MUST, MAY, NOT)
"""Whether a measure must, may or must not be chosen."""
REAL_ESTATE: Final = ("afstoten", "verbouwen", "vervangende_nieuwbouw", "vastgoedplan")
FRICTION: Final = (
    "frictie_planvorming",
    "frictie_pilot",
    "frictie_processen",
    "frictie_opleiding",
    "frictie_dubbel_aanbod",
    "frictie_personeel",
)
OPERATION: Final = "exploitatie"
VACANCY: Final = "leegstand"
PLACE_COSTS: Final = (OPERATION, VACANCY)
"""The two kostensoorten that the model itself makes, from places and their prices."""
REPAYMENT: Final = "rente_en_aflossing"
"""What a credit gets back, with interest; the model makes it too."""
EMPTY_BUILDING: Final = "leegstand_gebouw"
"""What an emptied building costs until it is disposed of: lease, guarding, insurance."""
TEMPORARY_HOUSING: Final = "tijdelijke_huisvesting"
"""Temporary housing while a building is rebuilt."""
ONE_OFF_SORTS: Final = (
    *REAL_ESTATE,
    "projectleiding",
    "bovenregionaal_plan",
    "opstart",
    *FRICTION,
    "huisvesting_regulier",
    "overig",
    EMPTY_BUILDING,
    TEMPORARY_HOUSING,
)
"""The kostensoorten of measures."""
COST_SORTS: Final = (*ONE_OFF_SORTS, *PLACE_COSTS, REPAYMENT)
GRANT: Final = "spuk"
"""The sort of a source that is a specific grant."""
POT_SORTS: Final = (GRANT, "eigen", "gemeente")
"""Sources with one amount for the whole window."""
YEARLY_SORTS: Final = ("lumpsum", "pxq", "beschikbaarheid")
"""Sources with a revenue for each year."""
CREDIT: Final = "krediet"
"""The sort of a source that is lent: what it pays is paid back with interest."""
AMOUNT_SORTS: Final = (*POT_SORTS, CREDIT)
"""Sources with one amount: a pot, or the most that may be owed."""
SOURCE_SORTS: Final = (GRANT, *YEARLY_SORTS, CREDIT, "eigen", "gemeente")
DECISION_SORTS: Final = ("basis", "herziening", "restant")
"""Sorts of grant decisions: a basic amount, a revision, and what was left over nationally."""
GOALS: Final = (
    "tekort_plaatsen",
    "uitwijk",
    "boven_plafond",
    "ongedekt",
    "eigen_geld",
    "waardering",
    "kosten_ncw",
    "spuk_onbesteed",
    "startjaren",
)
"""The goals in their default order."""
FLOOR: Final = "onder_vloer"
"""The goal behind `boven_plafond` where the case gives a floor, or where `doelen` names it."""
BURDEN: Final = "lasten_gemeenten"
"""The goal that stands only where `doelen` names it, after `ongedekt` and `eigen_geld`."""
CHANGES: Final = "wijzigingen"
"""The goal before all others where an approved plan is kept; no row of `doelen` names it."""
UNITS: Final[Mapping[str, str]] = {
    CHANGES: "besluiten",
    "tekort_plaatsen": "plaatsjaren",
    "uitwijk": "plaatsjaren",
    "boven_plafond": "plaatsjaren",
    FLOOR: "plaatsjaren",
    "ongedekt": "EUR",
    "eigen_geld": "EUR",
    BURDEN: "EUR",
    "waardering": "punten",
    "kosten_ncw": "EUR",
    "spuk_onbesteed": "EUR",
    "startjaren": "jaren",
}
"""The unit of each goal."""

BUDGET: Final = "begroting"
FORECAST: Final = "prognose"
REALISED: Final = "realisatie"
"""What the amounts of a year are."""

TARIFF_PARAMETERS: Final[Mapping[str, tuple[str, str]]] = {
    "uren_betaald": ("U", "uur per fte per jaar"),
    "uren_niet": ("niet", "uur per fte per jaar"),
    "dienst_ochtend": ("sA", "personen"),
    "dienst_middag": ("sB", "personen"),
    "dienst_nacht": ("sN", "personen"),
    "bruto_maandloon": ("m", "EUR per maand"),
    "vakantietoeslag": ("h", "fractie"),
    "eindejaarsuitkering": ("j", "fractie"),
    "werkgeverslasten": ("w", "fractie"),
    "ort_avond": ("oe", "fractie"),
    "ort_nacht": ("on", "fractie"),
    "ort_weekend": ("ort_weekend", "EUR per groep per jaar"),
    "teamleiding": ("L", "EUR per groep per jaar"),
    "behandeling_per_plaats": ("B", "EUR per plaats per jaar"),
    "overig_per_plaats": ("c", "EUR per plaats per jaar"),
    "huisvesting": ("H", "EUR per groep per jaar"),
    "overhead": ("k", "fractie"),
    "risico": ("g", "fractie"),
    "index": ("i", "fractie"),
    "bezetting": ("b", "fractie"),
    "spuk_huisvesting": ("S", "EUR per groep per jaar"),
}
"""The parameters of a tariff: the letter in the formulas and the unit."""

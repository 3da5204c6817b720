"""The barest case a test of the model can do with: two locations, two zorgvormen, and what it names.

L1 belongs to provider A, L2 to provider B. A used place costs 100,000 euros a year and an empty one
40,000 unless a test says otherwise. Nobody needs a place and there is no money unless a test says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as given
from datetime import date
from typing import Final

from finance.case import Case, build_case
from finance.case.sheets import SHEETS
from finance.compliance import check_allocation
from finance.plan.allocation import Outcome, Status
from finance.rules import Entitlement
from models import make_plan
from tests.casebook import Record, Tables, raw_book

FIRST: Final = 2022
GRANT: Final = "vastgoedtransitie-2020"
FORMS: Final = ("gesloten", "open")
USED, EMPTY = 100_000, 40_000
"""Euros per used and per empty place-year."""
PROVIDERS: Final = {"L1": "A", "L2": "B"}


def places(
    locatie: str,
    zorgvorm: str,
    plaatsen: int,
    prices: tuple[object, object] = (USED, EMPTY),
    index: str | None = None,
) -> Record:
    """A row of `plaatsen`."""
    return {
        "locatie": locatie,
        "zorgvorm": zorgvorm,
        "plaatsen": plaatsen,
        "exploitatie_per_plaats": prices[0],
        "leegstand_per_plaats": prices[1],
        "index": index,
        "herkomst": "B1",
    }


def measure(
    maatregel: str, project: str | None = None, start: tuple[int, int] = (FIRST, FIRST), **more: object
) -> Record:
    """A row of `maatregelen`; a project of its own unless one is named."""
    return {
        "maatregel": maatregel,
        "project": project or f"P-{maatregel}",
        "aanbieder": "A",
        "locatie": None,
        "soort": "overig",
        "omschrijving": maatregel,
        "vroegste_start": start[0],
        "laatste_start": start[1],
        "verplicht": None,
        "vereist": None,
        "wacht_op": None,
        "door_transitie": "ja",
        "jeugdhulpplus": "ja",
        "waardering": None,
        "herkomst": "B1",
        **more,
    }


def effect(maatregel: str, locatie: str, zorgvorm: str, plaatsen: int, na_jaren: int = 0, **more: object) -> Record:
    """A row of `effecten`; `more` holds its rarer columns."""
    return {
        "maatregel": maatregel,
        "locatie": locatie,
        "zorgvorm": zorgvorm,
        "plaatsen": plaatsen,
        "na_jaren": na_jaren,
        **more,
    }


def cost(maatregel: str, kostensoort: str, bedrag: object, na_jaren: int = 0, index: str | None = None) -> Record:
    """A row of `kosten`."""
    return {
        "maatregel": maatregel,
        "kostensoort": kostensoort,
        "na_jaren": na_jaren,
        "bedrag": bedrag,
        "index": index,
    }


def source(
    bron: str, soort: str, bedrag: object = None, years: tuple[int, int] = (FIRST, FIRST), **more: object
) -> Record:
    """A row of `dekking`; a SPUK is one of 2020."""
    return {
        "bron": bron,
        "soort": soort,
        "regeling": GRANT if soort == "spuk" else None,
        "beschikking": None,
        "aanbieder": None,
        "gemeente": None,
        "bedrag": bedrag,
        "besteedbaar_van": years[0],
        "besteedbaar_tot": years[1],
        "overdraagbaar": None,
        "herkomst": "B1",
        **more,
    }


def credit(bron: str, bedrag: object, rente: object, years: tuple[int, int] = (FIRST, FIRST), **more: object) -> Record:
    """A row of `dekking`: a credit, with the most that may be owed and its rate of interest."""
    return source(bron, "krediet", bedrag, years, rente=rente, **more)


def financed(bron: str, jaar: int, niveau: object, prijs: object, **more: object) -> Record:
    """A row of `financiering`."""
    return {
        "bron": bron,
        "jaar": jaar,
        "zorgvorm": None,
        "niveau": niveau,
        "prijs": prijs,
        "bandbreedte": None,
        "onderzijde": None,
        "herkomst": "B1",
        **more,
    }


def spent(bron: str, waarvoor: str | tuple[str, str], kostensoort: str, jaar: int, bedrag: object) -> Record:
    """A row of `realisatie`, for a measure or for a location and zorgvorm."""
    maatregel, key = (waarvoor, (None, None)) if isinstance(waarvoor, str) else (None, waarvoor)
    return {
        "bron": bron,
        "maatregel": maatregel,
        "locatie": key[0],
        "zorgvorm": key[1],
        "kostensoort": kostensoort,
        "jaar": jaar,
        "bedrag": bedrag,
        "herkomst": "B1",
    }


def sold(maatregel: str, bron: str, bedrag: object, na_jaren: int = 0) -> Record:
    """A row of `opbrengsten`."""
    return {
        "maatregel": maatregel,
        "na_jaren": na_jaren,
        "bedrag": bedrag,
        "bron": bron,
        "herkomst": "B1",
    }


def bound(grens: str, zorgvormen: str, jaar: int, least: object = None, most: object = None, **scope: str) -> Record:
    """A row of `plaatsgrenzen`; `scope` narrows it to an aanbieder, a locatie or a gemeente."""
    return {
        "grens": grens,
        "zorgvormen": zorgvormen,
        "aanbieder": None,
        "locatie": None,
        "gemeente": None,
        "jaar": jaar,
        "ondergrens": least,
        "bovengrens": most,
        "herkomst": "B1",
        **scope,
    }


def resource(hulpbron: str, *beschikbaar: object) -> list[Record]:
    """The rows of `hulpbronnen` of one resource, from the first year on."""
    return [
        {"hulpbron": hulpbron, "jaar": year, "beschikbaar": number, "herkomst": "B1"}
        for year, number in enumerate(beschikbaar, start=FIRST)
    ]


def claim(maatregel: str, hulpbron: str, hoeveelheid: object, na_jaren: int = 0) -> Record:
    """A row of `beslag`."""
    return {"maatregel": maatregel, "hulpbron": hulpbron, "na_jaren": na_jaren, "hoeveelheid": hoeveelheid}


Need = Mapping[tuple[str, int], object]
"""Young people by zorgvorm and year, or a pair of them and the ceiling."""


@dataclass(frozen=True)
class Bare:
    """A bare case in the making; each attribute holds the rows of a sheet.

    Attributes:
        last: the last year; the first is 2022, and prices are of that year.
        started: the closed year in which each measure has started.
        need: young people, 0 where nothing is said.
        settings: other keys of the sheet `case`.
        forms: other columns of `zorgvormen`, by zorgvorm.
        more: the rows of other sheets, by sheet.
        towns: the town of a location; Delft where nothing is said.
    """

    last: int = FIRST
    places: Sequence[Record] = ()
    need: Need = given(default_factory=dict)
    measures: Sequence[Record] = ()
    effects: Sequence[Record] = ()
    costs: Sequence[Record] = ()
    indexes: Mapping[tuple[str, int], object] = given(default_factory=dict)
    sources: Sequence[Record] = ()
    funding: Sequence[Record] = ()
    alternatives: Iterable[tuple[str, str]] = ()
    permits: Iterable[tuple[str, str]] = ()
    goals: Sequence[tuple[str, object]] = ()
    settings: Mapping[str, object] = given(default_factory=dict)
    forms: Mapping[str, Mapping[str, object]] = given(default_factory=dict)
    actuals: Sequence[Record] = ()
    started: Mapping[str, int] = given(default_factory=dict)
    proceeds: Sequence[Record] = ()
    more: Mapping[str, Sequence[Record]] = given(default_factory=dict)
    towns: Mapping[str, str] = given(default_factory=dict)

    def tables(self) -> Tables:
        """The tables of the case; a sheet without rows has its column names only."""
        rows: Tables = {
            "case": [{"sleutel": key, "waarde": value} for key, value in self._settings().items()],
            "herkomst": [{"code": "B1", "soort": "bron", "document": "Proef", "vindplaats": "blz. 1"}],
            "aanbieders": [_named("aanbieder", name) for name in PROVIDERS.values()],
            "locaties": [
                _named("locatie", name) | {"aanbieder": owner, "gemeente": self.towns.get(name, "Delft")}
                for name, owner in PROVIDERS.items()
            ],
            "zorgvormen": [
                {"zorgvorm": form, "naam": form, "gesloten": "ja" if form == "gesloten" else "nee"}
                | {"herkomst": "B1", **self.forms.get(form, {})}
                for form in FORMS
            ],
            "plaatsen": list(self.places),
            "vraag": [self._demand(form, year) for form in FORMS for year in self._years()],
            "uitwijk": [{"zorgvorm": need, "alternatief": other} for need, other in self.alternatives],
            "maatregelen": list(self.measures),
            "effecten": list(self.effects),
            "kosten": list(self.costs),
            "indexen": [
                {"index": index, "jaar": year, "percentage": growth, "herkomst": "B1"}
                for (index, year), growth in self.indexes.items()
            ],
            "dekking": list(self.sources),
            "financiering": list(self.funding),
            "toegestaan": [{"bron": name, "kostensoort": sort} for name, sort in self.permits],
            "realisatie": list(self.actuals),
            "gestart": [{"maatregel": name, "jaar": year} for name, year in self.started.items()],
            "opbrengsten": list(self.proceeds),
            "doelen": [
                {"doel": name, "volgorde": at, "speling": leeway}
                for at, (name, leeway) in enumerate(self.goals, start=1)
            ],
            **{blad: list(rows) for blad, rows in self.more.items()},
        }
        return {blad: listed or _no_rows(blad) for blad, listed in rows.items()}

    def _years(self) -> range:
        return range(FIRST, self.last + 1)

    def _settings(self) -> dict[str, object]:
        return {
            "naam": "Proef",
            "landsdeel": "Zuidwest",
            "coordinerende_gemeente": "Rotterdam",
            "regelingen": GRANT,
            "peildatum": date(2026, 1, 1),
            "eerste_jaar": FIRST,
            "laatste_jaar": self.last,
            "prijspeil": FIRST,
            **self.settings,
        }

    def _demand(self, form: str, year: int) -> Record:
        need = self.need.get((form, year), 0)
        number, ceiling = need if isinstance(need, tuple) else (need, None)
        return {"zorgvorm": form, "jaar": year, "jeugdigen": number, "plafond": ceiling, "herkomst": "B1"}

    def case(self) -> Case:
        """The case; an error where it has findings."""
        return build_case(raw_book(self.tables()))


def _named(kind: str, name: str) -> Record:
    return {kind: name, "naam": name, "gemeente": "Delft", "herkomst": "B1"}


def _no_rows(blad: str) -> list[Record]:
    return [dict.fromkeys(column.naam for column in SHEETS[blad].columns)]


def solved(bare: Bare) -> Outcome:
    """What follows from the plan of a case, once it is proven optimal and passes every check.

    What closed years broke is a fact, and no fault of the plan.
    """
    case = bare.case()
    plan = make_plan(case, Entitlement(case))
    assert plan.status is Status.OPTIMAL, plan.proofs
    assert all(row.feit for row in check_allocation(case, plan.allocation))
    return Outcome(case, plan.allocation)

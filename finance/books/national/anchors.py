"""The anchors of the picture of the country: what Python computes of it, without any formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from operator import attrgetter

from finance.books.national.draft import Draft, Part, Taken, Town, middle
from finance.money import Money
from finance.national.picture import AreaYear, CostRow, GrantRow
from finance.rules.national import NationalGrant
from finance.tables.grid import Value
from finance.tables.reconcile import Anchors

NONE = Fraction(0)


def anchors_of(draft: Draft) -> Anchors:
    """What the cells of the workbook must show.

    Args:
        draft: the material of the workbook.
    """
    return {
        "pad": {
            "plaatsen": lambda year: draft.national.country_on(middle(year), "plaatsen"),
            "jongeren": lambda year: draft.national.country_on(middle(year), "jongeren"),
            "deel": lambda year: _part_of_key(draft, year),
        },
        "gebied": _areas(draft),
        "plaatspad": {"pad": lambda year: _path(draft, year, "plaatsen")},
        "jongerenpad": {"pad": lambda year: _path(draft, year, "jongeren")},
        **_money(draft),
        **_exchange(draft),
        **_costs(draft),
    }


def _part_of_key(draft: Draft, year: int) -> Fraction:
    keys = draft.national.keys
    here = {row.landsdeel for row in draft.national.area_years if row.jaar == year}
    return Fraction(sum(keys.get(name, 0) for name in here), sum(keys.values()))


def _path(draft: Draft, year: int, what: str) -> Value:
    country = draft.national.country_on(middle(year), what)
    return None if country is None else country * _part_of_key(draft, year)


def _areas(draft: Draft) -> dict[str, Callable[[AreaYear], Value]]:
    keys = draft.national.keys

    def total(name: str) -> Callable[[AreaYear], Value]:
        return lambda row: row.total(name)

    def path(row: AreaYear) -> Value:
        country = draft.national.country_on(middle(row.jaar), "plaatsen")
        return None if country is None else country * keys.get(row.landsdeel, 0) / sum(keys.values())

    names = ("gesloten", "hybride", "open", "bezet", "bezet_open", "vrij", "tekort", "tekort_open")
    return {
        **{name: total(name) for name in names},
        "samen": lambda row: row.total("gesloten") + row.total("hybride"),
        "pad": path,
        "over": lambda row: row.left,
        "mist": lambda row: row.lacking,
    }


def _money(draft: Draft) -> Anchors:
    rows = draft.national.grant_rows

    def of_grant(row: NationalGrant) -> list[GrantRow]:
        return [found for found in rows if found.uitkering is row]

    def of_part(row: Part) -> list[GrantRow]:
        same = [found for found in of_grant(row.uitkering) if found.soort == row.soort]
        return [found for found in same if row.jaar in (None, found.jaar)]

    def of_town(row: Town) -> list[GrantRow]:
        return [found for found in of_grant(row.uitkering) if found.gemeente == row.naam]

    return {
        "plafond": {
            "plafond": lambda row: row.total,
            "verleend": lambda row: _granted(of_grant(row)),
            "besteed": lambda row: _spent(of_grant(row)),
            "over": lambda row: _left(of_grant(row)),
        },
        "deelplafond": {"plafond": attrgetter("bedrag"), "verleend": lambda row: _granted(of_part(row))},
        "stadgeld": {
            "maximum": attrgetter("maximum"),
            "basis": lambda row: _granted(found for found in of_town(row) if found.soort == "basis"),
            "besteed": lambda row: _spent(of_town(row)),
            "over": lambda row: _left(of_town(row)),
        },
        "rondepot": {
            "gevraagd": lambda _: Money.total(plan.gevraagd for plan in draft.plans if plan.gevraagd is not None),
            "pot": lambda _: Money.from_euros(draft.round.plafond),
        },
    }


def _granted(rows: Iterable[GrantRow]) -> Money:
    return Money.total(row.verleend for row in rows)


def _spent(rows: Iterable[GrantRow]) -> Money:
    return Money.total(row.besteed for row in rows)


def _left(rows: Iterable[GrantRow]) -> Money:
    found = list(rows)
    return _granted(found) + Money.total(row.verkocht for row in found) - _spent(found)


def _exchange(draft: Draft) -> Anchors:
    problems, areas = draft.national.transports, draft.national.area_years

    def steps(row: Taken) -> Value:
        return problems[row.jaar].steps[row.van, row.naar]

    def given(row: AreaYear) -> Value:
        problem = problems.get(row.jaar)
        return problem.given.get(row.landsdeel, NONE) if problem else NONE

    def got(row: AreaYear) -> Fraction:
        problem = problems.get(row.jaar)
        return problem.taken.get(row.landsdeel, NONE) if problem else NONE

    return {
        "overname": {"stappen": steps},
        "ruil": {"geeft": given, "krijgt": got, "blijft": lambda row: row.lacking - got(row)},
        "overnamejaar": {
            "mist": lambda year: sum((row.lacking for row in areas if row.jaar == year), NONE),
            "over": lambda year: sum((row.left for row in draft.exchanging if row.jaar == year), NONE),
            "samen": lambda year: problems[year].total if year in problems else NONE,
            "grenzen": lambda year: problems[year].fewest if year in problems else NONE,
        },
    }


def _costs(draft: Draft) -> Anchors:
    rows = draft.national.cost_rows

    def columns(of: Callable[[CostRow], object]) -> dict[str, Callable[[object], Value]]:
        def found(name: object) -> list[CostRow]:
            return [row for row in rows if of(row) == name]

        def from_grant(at: int) -> Callable[[object], Value]:
            return lambda name: Money.total(row.uit[at] for row in found(name))

        return {
            "kosten": lambda name: Money.total(row.kosten for row in found(name)),
            "anders": lambda name: Money.total(row.anders for row in found(name)),
            "ongedekt": lambda name: Money.total(row.kosten - row.anders - Money.total(row.uit) for row in found(name)),
            **{f"uit{at}": from_grant(at) for at in range(len(draft.national.grants))},
        }

    return {
        "gebiedlast": columns(lambda row: row.landsdeel),
        "soortlast": columns(lambda row: row.kostensoort),
        "jaarlast": columns(lambda row: row.jaar),
    }

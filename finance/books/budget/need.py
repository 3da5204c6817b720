"""Places beside need on the cover: in the first, a middle and the last year, with the bounds on places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from finance.books.budget.bounds import BoundYear, bound_years
from finance.books.budget.draft import Draft
from finance.books.budget.groups import group_years
from finance.tables import live, pasted
from finance.tables.grid import Format, Value
from finance.tables.pages import Column, Table

MOST: Final = 6
"""The rows that this part of the cover has at most: those who need most places."""

LEAST_BOUNDS: Final = 2
"""The rows that are kept for bounds on places, where the case has any."""


@dataclass(frozen=True, slots=True)
class Need:
    """A zorgvorm, or a doelgroep, over the years that are shown.

    Attributes:
        wie: its id.
        nodig: the places that it needs, by year.
        plaatsen: the places of the zorgvorm, or those of the doelgroep who have one, by year.
    """

    wie: str
    nodig: dict[int, Fraction]
    plaatsen: dict[int, Fraction]


def shown_years(draft: Draft) -> tuple[tuple[str, int, str], ...]:
    """The key of a column, the year and its formula: the first, the middle (rounded down) and the last year, once."""
    first, last = draft.years[0], draft.years[-1]
    years = (
        ("eerst", first, "{eerste_jaar}"),
        ("midden", (first + last) // 2, "INT(AVERAGE({eerste_jaar},{laatste_jaar}))"),
        ("laatst", last, "{laatste_jaar}"),
    )
    return tuple({year: (key, year, formula) for key, year, formula in reversed(years)}.values())[::-1]


def needs(draft: Draft) -> tuple[Need, ...]:
    """Who needs places, in the order of the input; the largest needs where there are more than fit."""
    rows: dict[str, Need] = {}
    if draft.case.care_groups:
        for group in group_years(draft):
            row = rows.setdefault(group.doelgroep.doelgroep, Need(group.doelgroep.doelgroep, {}, {}))
            row.nodig[group.jaar], row.plaatsen[group.jaar] = group.nodig, group.goed + group.uitwijk
    else:
        for form in draft.demand_rows:
            row = rows.setdefault(form.vraag.zorgvorm, Need(form.vraag.zorgvorm, {}, {}))
            row.nodig[form.vraag.jaar], row.plaatsen[form.vraag.jaar] = (
                Fraction(form.vraag.jeugdigen or 0),
                form.plaatsen,
            )
    room = MOST - LEAST_BOUNDS if draft.case.place_bounds else MOST
    largest = sorted(rows.values(), key=lambda row: -max((*row.nodig.values(), *row.plaatsen.values())))[:room]
    return tuple(row for row in rows.values() if row in largest)


def bounds(draft: Draft) -> tuple[tuple[int, BoundYear], ...]:
    """The last year of each bound on places, with its row; those that are broken and the largest where not all fit."""
    last = {row.grens.grens: (at, row) for at, row in enumerate(bound_years(draft), start=1)}
    room = MOST - len(needs(draft))
    chosen = sorted(last.values(), key=lambda pair: (-(pair[1].boven + pair[1].onder), -pair[1].plaatsen))[:room]
    return tuple(sorted(chosen, key=lambda pair: pair[0]))


def tables(draft: Draft) -> tuple[Table[Any], ...]:
    """The table `Plaatsen en behoefte`, and the bounds on places where the case has any."""
    return _needs(draft), *([_bounds(draft)] if draft.case.place_bounds else [])


def _needs(draft: Draft) -> Table[Need]:
    by_group = bool(draft.case.care_groups)
    family, source, need = (
        ("doelgroep", "doelgroepjaar", "nodig") if by_group else ("zorgvorm", "vraagdekking", "vraag")
    )
    names = "doelgroepen" if by_group else "zorgvormen"
    has, head = (("goed", "uitwijk"), "met plaats") if by_group else (("plaatsen",), "plaatsen")

    def summed(column: str, year: str) -> str:
        return f"SUMIFS([{source}.{column}],[{source}.{family}],[wie],[{source}.jaar],{year})"

    def of_year(key: str, year: int, formula: str) -> tuple[Column[Any], Column[Any]]:
        there = "+".join(summed(column, formula) for column in has)
        return (
            live.places(f"nodig_{key}", f"{year} nodig", f"ROUND({summed(need, formula)},9)"),
            live.places(f"plaatsen_{key}", f"{year} {head}", f"ROUND({there},9)"),
        )

    return Table(
        "behoeftekort",
        "Plaatsen en behoefte",
        needs(draft),
        (
            pasted.text("wie", family.capitalize(), lambda row: draft.name(family, row.wie), width=30),
            live.text("naam", "Naam", f"INDEX([{names}.naam],MATCH([wie],[{names}.{family}],0))", 50),
            *(column for at in shown_years(draft) for column in of_year(*at)),
            *([_ceiling()] if has_ceilings(draft) else []),
        ),
        "Hooguit: het plafond in het laatste jaar." if has_ceilings(draft) else "",
        ids=lambda row: (row.wie,),
    )


def has_ceilings(draft: Draft) -> bool:
    """Whether some zorgvorm has a ceiling in the last year."""
    last = [row for row in draft.case.demand if row.jaar == draft.years[-1]]
    return not draft.case.care_groups and any(row.plafond is not None for row in last)


def _ceiling() -> Column[Need]:
    """The ceiling in the last year; empty where there is none."""
    at = "[vraagdekking.zorgvorm],[wie],[vraagdekking.jaar],{laatste_jaar}"
    found = f'COUNTIFS({at},[vraagdekking.plafond],">=0")'
    return live.places("plafond", "Hooguit", f'IF({found}=0,"",SUMIFS([vraagdekking.plafond],{at}))', width=5)


def _bounds(draft: Draft) -> Table[tuple[int, BoundYear]]:
    def found(column: str) -> str:
        return f"INDEX([grensjaar.{column}],[rij])"

    return Table(
        "grenskort",
        "Grenzen aan plaatsen, in hun laatste jaar",
        bounds(draft),
        (
            live.text("grens", "Grens", found("grens"), 30),
            live.column("zorgvormen", "Zorgvormen", found("zorgvormen"), Format.TEXT, width=50, wrap=True),
            live.year("jaar", "Jaar", found("jaar")),
            live.places("ondergrens", "Minstens", found("ondergrens")),
            live.places("plaatsen", "Plaatsen", found("plaatsen")),
            live.places("bovengrens", "Hooguit", found("bovengrens")),
            pasted.row_number("rij", "Rij", lambda pair: pair[0]),
        ),
        ids=lambda pair: (pair[1].grens.grens, pair[1].grens.jaar),
    )


def anchors(draft: Draft) -> dict[str, dict[str, Callable[[Any], Value]]]:
    """What the tables must show."""

    def of(name: str, year: int) -> Callable[[Need], Value]:
        return lambda row: getattr(row, name).get(year, Fraction(0))

    last = draft.years[-1]
    ceilings = {row.zorgvorm: row.plafond for row in draft.case.demand if row.jaar == last}
    names = {row.doelgroep: row.naam for row in draft.case.care_groups}
    names = names or {row.zorgvorm: row.naam for row in draft.case.care_forms}
    shown: dict[str, Callable[[Any], Value]] = {
        f"{name}_{key}": of(name, year) for key, year, _ in shown_years(draft) for name in ("nodig", "plaatsen")
    }
    shown["naam"] = lambda row: names[row.wie]
    if has_ceilings(draft):
        shown["plafond"] = lambda row: _or_empty(ceilings.get(row.wie))
    held: dict[str, dict[str, Callable[[Any], Value]]] = {"behoeftekort": shown}
    if draft.case.place_bounds:
        held["grenskort"] = {
            "grens": lambda pair: draft.name("grens", pair[1].grens.grens),
            "jaar": lambda pair: pair[1].grens.jaar,
            "ondergrens": lambda pair: _or_empty(pair[1].grens.ondergrens),
            "plaatsen": lambda pair: pair[1].plaatsen,
            "bovengrens": lambda pair: _or_empty(pair[1].grens.bovengrens),
        }
    return held


def _or_empty(value: Decimal | None) -> Value:
    return "" if value is None else value

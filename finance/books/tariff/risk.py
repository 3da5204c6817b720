"""The sheet `risico`: break-even occupancy, a departure, and the first year."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from finance.books.tariff.calculation import NEVER, cents
from finance.books.tariff.draft import ABSENCES, Draft, Numbered
from finance.books.tariff.price import per_tariff
from finance.case.cost_price import DAYS
from finance.tables import live
from finance.tables.grid import Format, Value
from finance.tables.pages import Column, Notes, Page, Table
from finance.tariff.tariff import to_cents


def page(draft: Draft) -> Page:
    """The sheet `risico`."""
    return Page(
        "risico",
        "Risico van de aanbieder",
        "Bij welke bezetting een groep quitte speelt, wat een vertrek kost, en wat het eerste jaar kost als"
        " een nieuwe groep nog niet vol is.",
        (
            _break_even(draft),
            Notes(
                "",
                (
                    "Boven 100% kan niet: bij die prijs dekt ook een volle groep haar kosten niet.",
                    f"'{NEVER}': de prijs dekt niet eens de kosten van de bezette plaats zelf.",
                ),
            ),
            _departures(draft),
            _first_year(draft),
        ),
    )


def _name() -> Column[Numbered]:
    return live.text("naam", "Tarief", "[reken.naam@]", 32)


def _break_even(draft: Draft) -> Table[Numbered]:
    margin = "({dagen}*INDEX([reken.prijs],#)-[reken.V@])"
    return Table(
        "omslag",
        "Bezetting waarbij een groep quitte speelt, bij de prijs van ...",
        draft.tariffs,
        (
            _name(),
            *per_tariff(
                draft,
                "naam",
                f'IF({margin}>0,[reken.F@]/([reken.groep@]*{margin}),"{NEVER}")',
                _at_price_of,
                Format.PERCENT,
            ),
        ),
        "Elke rij is een groep, elke kolom de prijs van een tarief: zo is te zien of een kleine groep van de"
        " prijs van een grote kan bestaan.",
    )


def _at_price_of(row: Numbered, other: Numbered) -> Value:
    return _or_never(row.tariff.break_even(other.tariff.asked.euros))


def _or_never(value: Fraction | None) -> Value:
    return NEVER if value is None else value


def _departures(draft: Draft) -> Table[Numbered]:
    return Table(
        "vertrek",
        "Een vertrek: verlies in euro naar het aantal dagen dat de plaats leeg blijft",
        draft.tariffs,
        (
            _name(),
            live.euro("prijs", "Prijs per etmaal", "[reken.prijs@]", total=False),
            live.number("vol", "Deel van de opbrengst, volle groep", "1/[reken.groep@]", Format.PERCENT),
            live.number("deel", "Deel van de opbrengst, eigen bezetting", "1/[reken.bezet@]", Format.PERCENT),
            *_absences(),
        ),
        "Vertrekt een van de vier uit een volle groep van vier, dan is een kwart van de opbrengst weg.",
    )


def _share(row: Numbered, occupancy: Fraction) -> Fraction:
    return 1 / (row.tariff.groepsgrootte * occupancy)


def _absences() -> Iterator[Column[Numbered]]:

    for at, days in enumerate(ABSENCES, start=1):
        yield live.euro(
            f"d{at}", days, "([prijs]-[reken.V@]/{dagen})*[^]", total=False, head_formula=f"{{vertrek_{at}}}+0"
        )


def _first_year(draft: Draft) -> Table[Numbered]:
    return Table(
        "aanloop",
        "Het eerste jaar van een nieuwe groep, PxQ bij de eigen prijs",
        draft.tariffs,
        (
            _name(),
            live.euro("prijs", "Prijs per etmaal", "[reken.prijs@]", total=False),
            live.number("deel", "Bezetting jaar 1", "MIN([reken.bezetting@],[kop.aanloop@])", Format.PERCENT),
            live.number("bezet", "Bezette plaatsen", "[reken.groep@]*[deel]", Format.FACTOR),
            live.euro("inkomsten", "Inkomsten", "{dagen}*[prijs]*[bezet]", total=False),
            live.euro("kosten", "Kosten", "[reken.F@]+[reken.V@]*[bezet]", total=False),
            live.euro("resultaat", "Resultaat", "[inkomsten]-[kosten]", total=False),
            live.column(
                "nodig", "Nodige prijs", f'IF([bezet]>0,{cents("[kosten]/({dagen}*[bezet])")},"{NEVER}")', Format.EURO
            ),
        ),
        "Wat nieuwe plaatsen in het eerste jaar gevuld kunnen zijn, staat op het blad uitgangspunten.",
    )


def _used(row: Numbered) -> Fraction:
    return row.tariff.groepsgrootte * row.first_year


def _income(row: Numbered) -> Fraction:
    return DAYS * row.tariff.asked.euros * _used(row)


def _result(row: Numbered) -> Fraction:
    return _income(row) - row.tariff.cost(_used(row))


def _needed(row: Numbered) -> Value:
    return to_cents(row.tariff.price(row.first_year)) if row.first_year else NEVER

"""The sheet `financiering`: what a group earns in a year when it is paid in three ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from finance.books.tariff.calculation import NEVER, cents
from finance.books.tariff.draft import Draft, Numbered
from finance.books.tariff.price import OCCUPANCIES
from finance.tables import live
from finance.tables.grid import Format, Value
from finance.tables.pages import Block, Column, Figure, Notes, Page, Table
from finance.tariff.tariff import FORMS, Form

NAMES: Final = {"pxq": "PxQ", "beschikbaarheid": "Beschikbaarheid", "lumpsum": "Lumpsum"}
PAID: Final = {"pxq": "MIN([bezet],[plaatsen])", "beschikbaarheid": "[plaatsen]", "lumpsum": "[plaatsen]"}
"""The places that each form pays for, with a niveau of the places of the group."""
NEEDED: Final[tuple[tuple[Form, str], ...]] = (
    ("pxq", "Nodige prijs, PxQ"),
    ("beschikbaarheid", "Nodige prijs, beschikbaarheid"),
)


def page(draft: Draft) -> Page:
    """The sheet `financiering`: a table and a chart for each tariff."""
    blocks: tuple[Block, ...] = (
        Notes(
            "",
            (
                "PxQ betaalt de bezette plaatsen, beschikbaarheid de plaatsen die er zijn, en een lumpsum het"
                " afgesproken niveau (onderzijde vast). Het niveau is hier het aantal plaatsen van de groep.",
                "Bij een volle groep komen de drie op hetzelfde uit; daaronder draagt bij PxQ de aanbieder"
                " het risico, en bij de andere twee de gemeente.",
                "De laatste drie kolommen: de prijs waarbij PxQ en beschikbaarheid net uitkomen, en het"
                " niveau in plaatsen waarbij een lumpsum met de prijs van het tarief net uitkomt.",
                "De nodige prijs is op de cent afgerond, net als de prijs van het tarief: daarbij ligt het"
                " resultaat tot een halve cent per betaald etmaal onder of boven nul.",
            ),
        ),
        *(block for row in draft.tariffs for block in _of_tariff(row)),
    )
    return Page(
        "financiering",
        "Financieringsvorm en resultaat",
        "Het resultaat van een groep in een jaar naar bezetting, bij de prijs van het tarief: inkomsten min"
        " vaste kosten min de kosten van bezette plaatsen.",
        blocks,
    )


def _of_tariff(row: Numbered) -> tuple[Block, Block]:
    name = f"vorm{row.nr}"
    figure = Figure(f"Resultaat van {row.naam}", "euro per groep per jaar", name, "bezetting", (), FORMS, stacked=False)
    columns = tuple(_columns(row))
    return Table(name, row.naam, OCCUPANCIES, columns, as_data=f"vorm:{row.naam}"), figure


def _columns(row: Numbered) -> Iterator[Column[Fraction]]:
    before = "[reken.nr!]" if row.nr == 1 else f"[vorm{row.nr - 1}.nr!]+1"
    yield live.number("bezetting", "Bezetting", "[bezetprijs.bezetting@]", Format.PERCENT)
    yield live.number("nr", "Nr", before, Format.COUNT)
    yield live.number("plaatsen", "Plaatsen, en niveau", "INDEX([reken.groep],[nr])", Format.COUNT)
    yield live.number("bezet", "Bezette plaatsen", "[plaatsen]*[bezetting]", Format.FACTOR)
    yield live.euro("plaatsprijs", "Prijs van een plaatsjaar", "{dagen}*INDEX([reken.prijs],[nr])", total=False)
    yield live.euro("kosten", "Kosten", "INDEX([reken.F],[nr])+INDEX([reken.V],[nr])*[bezet]", total=False)
    for form in FORMS:
        yield live.euro(form, NAMES[form], f"[plaatsprijs]*{PAID[form]}-[kosten]", total=False)
    for form, head in NEEDED:
        yield live.euro(f"nodig_{form}", head, cents(f"[kosten]/({{dagen}}*{PAID[form]})"), total=False)
    yield live.column(
        "niveau", "Nodig niveau, lumpsum", f'IF([plaatsprijs]>0,[kosten]/[plaatsprijs],"{NEVER}")', Format.FACTOR
    )


def _result(row: Numbered, form: Form) -> Callable[[Fraction], Value]:
    tariff = row.tariff
    return lambda share: tariff.result(form, tariff.asked.euros, share * tariff.groepsgrootte)

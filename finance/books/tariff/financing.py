"""The sheet `financiering`: what a group earns in a year when it is paid in three ways."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from finance.books.tariff.draft import Draft, Numbered
from finance.books.tariff.price import OCCUPANCIES
from finance.tables import live
from finance.tables.grid import Format
from finance.tables.pages import Block, Column, Figure, Notes, Page, Table
from finance.tariff.tariff import FORMS

NAMES: Final = {"pxq": "PxQ", "beschikbaarheid": "Beschikbaarheid", "lumpsum": "Lumpsum"}
PAID: Final = {"pxq": "MIN([bezet],[plaatsen])", "beschikbaarheid": "[plaatsen]", "lumpsum": "[plaatsen]"}
"""The places that each form pays for, with a niveau of the places of the group."""
PRICE: Final = {"pxq": "[plaatsprijs]", "beschikbaarheid": "[beschikbaar]", "lumpsum": "[beschikbaar]"}
"""What each form pays for a place-year."""


def page(draft: Draft) -> Page:
    """The sheet `financiering`: a table and a chart for each tariff."""
    blocks: tuple[Block, ...] = (
        Notes(
            "",
            (
                "PxQ betaalt de bezette plaatsen tegen de prijs van het tarief. Beschikbaarheid betaalt de plaatsen"
                " die er zijn, en een lumpsum het afgesproken niveau: hier het aantal plaatsen van de groep.",
                "Een beschikbare plaats kost die prijs maal de bezetting van het tarief: de lege plaatsen zitten al in"
                " de prijs van een bezette. Bij die bezetting komen de drie vormen dus op hetzelfde uit; alleen het"
                " risico verschilt. Is de groep leger, dan draagt bij PxQ de aanbieder het verlies, en bij de andere"
                " twee de gemeente.",
                "De laatste twee kolommen: de prijs van een bezette plaats (PxQ) en van een beschikbare plaats"
                " (beschikbaarheid, lumpsum) waarbij de groep bij deze bezetting net uitkomt, per jaar.",
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


NORM: Final = "INDEX([reken.bezetting],[nr])"
"""The occupancy of the tariff."""


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
    yield live.euro("beschikbaar", "Prijs van een beschikbare plaats", f"[plaatsprijs]*{NORM}", total=False)
    yield live.euro("kosten", "Kosten", "INDEX([reken.F],[nr])+INDEX([reken.V],[nr])*[bezet]", total=False)
    for form in FORMS:
        yield live.euro(form, NAMES[form], f"{PRICE[form]}*{PAID[form]}-[kosten]", total=False)
    yield live.euro("nodig_bezet", "Nodig per bezette plaats", "[kosten]/[bezet]", total=False)
    yield live.euro("nodig_beschikbaar", "Nodig per beschikbare plaats", "[kosten]/[plaatsen]", total=False)

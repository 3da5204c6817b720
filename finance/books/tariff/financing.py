"""The sheet `financiering`: what a group earns in a year when it is paid in three ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from finance.books.tariff.calculation import NEVER, cents
from finance.books.tariff.draft import Draft, Numbered
from finance.books.tariff.price import OCCUPANCIES
from finance.case.cost_price import DAYS
from finance.tables.columns import euro, number
from finance.tables.grid import Format, Value
from finance.tables.pages import Block, Column, Figure, Notes, Page, Table
from finance.tariff.tariff import FORMS, Form, to_cents

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
    figure = Figure(f"Resultaat van {row.naam}", "euro per groep per jaar", name, "bezetting", (), FORMS,
                    stacked=False)  # fmt: skip
    columns = tuple(_columns(row))
    return Table(name, row.naam, OCCUPANCIES, columns, as_data=f"vorm:{row.naam}"), figure


def _columns(row: Numbered) -> Iterator[Column[Fraction]]:
    tariff = row.tariff
    before = "[reken.nr!]" if row.nr == 1 else f"[vorm{row.nr - 1}.nr!]+1"
    yield number("bezetting", "Bezetting", lambda share: share, "[bezetprijs.bezetting@]", Format.PERCENT)
    yield number("nr", "Nr", lambda _: row.nr, before, Format.COUNT)
    yield number("plaatsen", "Plaatsen, en niveau", lambda _: tariff.groepsgrootte,
                 "INDEX([reken.groep],[nr])", Format.COUNT)  # fmt: skip
    yield number("bezet", "Bezette plaatsen", lambda share: share * tariff.groepsgrootte,
                 "[plaatsen]*[bezetting]", Format.FACTOR)  # fmt: skip
    yield euro("plaatsprijs", "Prijs van een plaatsjaar", lambda _: DAYS * tariff.asked.euros,
               "{dagen}*INDEX([reken.prijs],[nr])", total=False)  # fmt: skip
    yield euro("kosten", "Kosten", lambda share: tariff.cost(share * tariff.groepsgrootte),
               "INDEX([reken.F],[nr])+INDEX([reken.V],[nr])*[bezet]", total=False)  # fmt: skip
    for form in FORMS:
        yield euro(form, NAMES[form], _result(row, form), f"[plaatsprijs]*{PAID[form]}-[kosten]",
                   total=False)  # fmt: skip
    for form, head in NEEDED:
        yield euro(f"nodig_{form}", head, _needed_price(row, form),
                   cents(f"[kosten]/({{dagen}}*{PAID[form]})"), total=False)  # fmt: skip
    yield Column("niveau", "Nodig niveau, lumpsum", _needed_level(row),
                 f'IF([plaatsprijs]>0,[kosten]/[plaatsprijs],"{NEVER}")', Format.FACTOR)  # fmt: skip


def _needed_price(row: Numbered, form: Form) -> Callable[[Fraction], Value]:
    tariff = row.tariff
    return lambda share: to_cents(tariff.needed_price(form, share * tariff.groepsgrootte))


def _needed_level(row: Numbered) -> Callable[[Fraction], Value]:
    tariff = row.tariff

    def value(share: Fraction) -> Value:
        if not tariff.asked.cents:
            return NEVER
        return tariff.needed_level(tariff.asked.euros, share * tariff.groepsgrootte)

    return value


def _result(row: Numbered, form: Form) -> Callable[[Fraction], Value]:
    tariff = row.tariff
    return lambda share: tariff.result(form, tariff.asked.euros, share * tariff.groepsgrootte)

"""The sheets `kostprijs`, `opbouw` and `bezetting`: what an etmaal costs, of what, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Final, TypeVar

from finance.books.quantities import Quantity
from finance.books.tariff.calculation import cents, per_place, quantities
from finance.books.tariff.draft import FIRST_OCCUPANCY, OCCUPANCY_STEP, Draft, Numbered
from finance.money import Money
from finance.tables import live, pasted
from finance.tables.grid import Format, Value
from finance.tables.pages import Column, Figure, Page, Table
from finance.tariff.tariff import ELEMENTS, Tariff, to_cents

R = TypeVar("R")

OCCUPANCIES: Final = tuple(FIRST_OCCUPANCY + at * OCCUPANCY_STEP for at in range(11))
"""From 50% to 100%."""
CHART_ROWS: Final = 24


def per_tariff(
    draft: Draft,
    before: str,
    formula: str,
    value: Callable[[R, Numbered], Value],
    fmt: Format | Callable[[R], Format],
) -> Iterator[Column[R]]:
    """A column for each tariff.

    Args:
        draft: the tariffs.
        before: the column to the left of the first one.
        formula: the template of a cell; `#` stands for the number of its tariff, which is how far
            the column stands from `before`.
        value: what a row shows for a tariff.
        fmt: how it is shown.
    """

    def of(tariff: Numbered) -> Callable[[R], Value]:
        return lambda row: value(row, tariff)

    for tariff in draft.tariffs:
        key = f"t{tariff.nr}"
        counted = f"COLUMNS([{before}:{key}])-1"
        head = f"INDEX([kop.naam],COLUMNS([^{before}]:[^])-1)"
        yield live.column(
            key,
            tariff.naam,
            formula.replace("#", counted),
            fmt,
            width=16,
            head_formula=head,
            as_data=f"tarief:{tariff.naam}",
        )


def cost_page(draft: Draft) -> Page:
    """The sheet `kostprijs`: the calculation from top to bottom, a column for each tariff."""
    rows = (*quantities(draft), *per_place(draft))
    names = f"[reken.^{rows[0].key}:{rows[-1].key}]"
    values = f"[reken.{rows[0].key}:{rows[-1].key}]"
    columns = per_tariff(draft, "formule", f"INDEX({values},#,MATCH([naam],{names},0))", _quantity, lambda row: row.fmt)
    return Page(
        "kostprijs",
        "Kostprijs per etmaal",
        "Van rooster tot prijs: elke regel is een stap van de berekening, met de formule in letters. De"
        " letters staan op het blad uitgangspunten bij de parameters.",
        (
            Table(
                "kost",
                "",
                rows,
                (
                    pasted.text("naam", "Wat", lambda row: row.naam, width=32),
                    pasted.text("eenheid", "Eenheid", lambda row: row.eenheid, width=24),
                    pasted.text("formule", "Formule", lambda row: row.uitleg, width=52),
                    *columns,
                ),
            ),
        ),
    )


def _quantity(row: Quantity[Tariff], tariff: Numbered) -> Value:
    return row.shown(tariff.tariff)


def build_up_page(draft: Draft) -> Page:
    """The sheet `opbouw`: the price over the steps and over the four elements."""
    first, *_, last = draft.steps
    return Page(
        "opbouw",
        "Opbouw van de prijs",
        "De prijs van een etmaal over de vier elementen van het Besluit Jeugdwet (artikel 2.3; Stb. 2024, 69)"
        " en over de stappen daarvan. Elke stap is het verschil tussen twee op de cent afgeronde"
        " tussenstanden: zo tellen de stappen op de cent op tot de prijs.",
        (
            _elements(draft),
            Figure(
                "Prijs per etmaal over de vier elementen",
                "euro per etmaal",
                "element",
                "naam",
                tuple(f"e{at}" for at in range(len(ELEMENTS))),
            ),
            _waterfall(draft, first, last),
        ),
    )


def _elements(draft: Draft) -> Table[Numbered]:
    def amount(element: str) -> Callable[[Numbered], Money]:
        return lambda row: row.tariff.elements[element]

    columns = [
        live.euro(f"e{at}", element, f"ROUND({_sum_of(draft, element)},2)", total=False, width=16)
        for at, element in enumerate(ELEMENTS)
    ]
    return Table(
        "element",
        "De vier elementen, euro per etmaal",
        draft.tariffs,
        (
            _name(),
            *columns,
            live.euro("prijs", "Prijs", f"ROUND(SUM([e0:e{len(ELEMENTS) - 1}]),2)", total=False),
        ),
    )


def _sum_of(draft: Draft, element: str) -> str:
    return "+".join(f"[waterval.{step}@]" for step, (_, its) in draft.steps.items() if its == element)


def _waterfall(draft: Draft, first: str, last: str) -> Table[Numbered]:
    return Table(
        "waterval",
        "De stappen, euro per etmaal",
        draft.tariffs,
        (
            _name(),
            *_step_columns(draft),
            live.euro("prijs", "Prijs", f"ROUND(SUM([{first}:{last}]),2)", total=False),
        ),
    )


def _name() -> Column[Numbered]:
    return live.text("naam", "Tarief", "[reken.naam@]", 32)


def _step_columns(draft: Draft) -> Iterator[Column[Numbered]]:
    def amount(step: str) -> Callable[[Numbered], Money]:
        return lambda row: row.tariff.waterfall[step]

    before = ""
    for step, (naam, _) in draft.steps.items():
        minus = f"-{cents(f'[stap.c_{before}@]')}" if before else ""
        yield live.euro(step, naam, f"ROUND({cents(f'[stap.c_{step}@]')}{minus},2)", total=False)
        before = step


def occupancy_page(draft: Draft) -> Page:
    """The sheet `bezetting`: the price that is needed, by group size and occupancy."""
    used = "INDEX([reken.groep],#)*[bezetting]"
    keys = _keys(draft.tariffs)
    price = cents(f"(INDEX([reken.F],#)+INDEX([reken.V],#)*{used})/({{dagen}}*{used})")
    return Page(
        "bezetting",
        "Prijs naar bezetting",
        "De prijs die nodig is om de kosten te dekken, naar groepsgrootte en bezetting. Een lege plaats maakt"
        " de andere duurder, het meest in een kleine groep.",
        (
            Table(
                "bezetprijs",
                "Nodige prijs, euro per etmaal",
                OCCUPANCIES,
                (
                    live.number(
                        "bezetting",
                        "Bezetting",
                        "IF(N([-bezetting])=0,{bezetting_van},[-bezetting]+{bezetting_stap})",
                        Format.PERCENT,
                    ),
                    *per_tariff(draft, "bezetting", price, _price, Format.EURO),
                ),
                "Van groenblauw (de laagste prijs) naar rood (de hoogste).",
                scale=(keys[0], keys[-1]),
            ),
            Figure(
                "Nodige prijs naar bezetting en groepsgrootte",
                "euro per etmaal",
                "bezetprijs",
                "bezetting",
                (),
                keys,
                stacked=False,
                across="bezetting",
                across_fmt=Format.WHOLE_PERCENT,
                depth=CHART_ROWS,
            ),
            _reference(draft),
        ),
    )


def _keys(tariffs: Sequence[Numbered]) -> tuple[str, ...]:
    return tuple(f"t{tariff.nr}" for tariff in tariffs)


def _price(occupancy: Fraction, tariff: Numbered) -> Value:
    return to_cents(tariff.tariff.price(occupancy))


def _reference(draft: Draft) -> Table[Numbered]:
    return Table(
        "referentieprijs",
        "De lijn van 90%",
        draft.tariffs,
        (
            _name(),
            live.number("bezetting", "Bezetting van het tarief", "[reken.bezetting@]", Format.PERCENT),
            live.euro("prijs", "Prijs van het tarief", "[reken.prijs@]", total=False),
            live.euro("negentig", "Prijs bij de referentie", cents("[reken.negentig@]"), total=False),
            live.euro("verschil", "Verschil", "ROUND([prijs]-[negentig],2)", total=False),
        ),
        "Tarieven gaan uit van een bezetting van ten minste 90% (Jeugdautoriteit 2023). Een verschil boven"
        " nul is wat een etmaal duurder is doordat het tarief met een lagere bezetting rekent.",
    )

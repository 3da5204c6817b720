"""Prices of places that come from a tariff: the sheet `rekenblad_tarief`, and how a place finds its row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.rows import PlaceRow
from finance.books.confidential import CLOSED_STAFF, unguarded
from finance.books.index_chain import chain_table, with_chain
from finance.books.quantities import COST_FIXED, GROUP, HOURS, PLACES, WAGE, Fixed, Quantity
from finance.case.declaring import Row
from finance.case.pricing import INDEX, PRICE_COLUMNS, TariffKey, empty_prices, of_size
from finance.case.words import OPERATION, PLACE_COSTS, VACANCY
from finance.tables import live, pasted
from finance.tables.columns import upright
from finance.tables.grid import Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Column, Page, Table
from finance.tariff.tariff import Tariff

Keys = tuple[TariffKey, ...]

ANY_NAME: Final = "*"
ANY_SIZE: Final = ">0"
WITH_INDEX: Final = ", met index"
GIVEN: Final = "blad plaatsen"
"""Where a price comes from that is not that of a tariff."""
FROM_TARIFF: Final = {
    PLACE_COSTS: "exploitatie en leegstand",
    (OPERATION,): OPERATION,
    (VACANCY,): VACANCY,
    (): "nee",
}
"""Which prices of a row of `plaatsen` come from a tariff."""
PRICES: Final = {
    OPERATION: (PRICE_COLUMNS[OPERATION], "vol"),
    VACANCY: (PRICE_COLUMNS[VACANCY], "leeg"),
}
"""Where the price behind a kostensoort stands in the tables `plaatsen` and `kostprijs`."""
BASES: Final = {OPERATION: "basis_bezet", VACANCY: "basis_leeg"}
"""The columns of the table `rekenplaats` with the price without growth."""


def quantities(draft: Draft) -> tuple[Quantity[Tariff], ...]:
    """The quantities from hours to the price of a place, in the order in which they are computed."""
    if not draft.is_closed:
        return (*HOURS, *WAGE, *GROUP, *PLACES)
    after: tuple[Quantity[Tariff], ...] = (*GROUP, *PLACES)
    return (*CLOSED_STAFF, *(unguarded(item) for item in after if item.key != "pers"))


def page(draft: Draft) -> Page:
    """The sheet `rekenblad_tarief`."""
    return Page(
        "rekenblad_tarief",
        "Rekenblad: prijzen uit het tarief",
        "Wat een lege plaats (F / n) en een bezette plaats (F / n + V) kosten volgens elk tarief waar een"
        " prijs uit komt, in euro van zijn jaar. De parameters staan op het blad uitgangspunten.",
        (
            _cost_prices(draft),
            *([chain_table(draft.chain_rows, draft.case.index_chain)] if draft.chain_rows else []),
        ),
        tab="berekening",
    )


def _cost_prices(draft: Draft) -> Table[Tariff]:
    def of_input(column: str) -> str:
        return f"INDEX([tarief.{column}],MATCH([nr],[tarief.nr],0))"

    return Table(
        "kostprijs",
        "",
        draft.tariffs,
        (
            live.number("nr", "Nr", "N([-nr])+1", Format.COUNT),
            live.text("tarief", "Tarief", of_input("tarief")),
            live.text("zorgvorm", "Zorgvorm", of_input("zorgvorm"), 16),
            live.number("groep", "Groepsgrootte (n)", of_input("groepsgrootte"), Format.COUNT),
            live.year("jaar", "Jaar", of_input("jaar")),
            *(_parameter(draft, name) for name in draft.tariffs[0].parameters),
            *(_quantity(item) for item in quantities(draft)),
        ),
    )


def _parameter(draft: Draft, name: str) -> Column[Tariff]:
    formula = "SUMIFS([tarief.waarde],[tarief.nr],[nr],[tarief.parameter],[^])"
    if name == INDEX and draft.chain_rows:
        formula = with_chain("COUNTIFS([tarief.nr],[nr],[tarief.parameter],[^])", formula, "[jaar]")
    return upright(live.number(name, name, formula))


def _quantity(item: Quantity[Tariff]) -> Column[Tariff]:
    return upright(live.number(item.key, item.naam, item.guarded, item.fmt), 10)


def fixed_numbers(name: str = "vast", title: str = "tarieven", rows: Sequence[Fixed] = COST_FIXED) -> Table[Fixed]:
    """The numbers of some formulas that no case changes, for the sheet `uitgangspunten`."""
    return Table(
        name,
        f"vaste getallen van de {title}",
        rows,
        (
            pasted.text("wat", "wat", lambda row: row.wat, width=22),
            Column(
                "waarde",
                "waarde",
                lambda row: row.value,
                fmt=lambda row: row.fmt,
                role=_role,
                origin=lambda row: Origin(OriginKind.FIXED, row.bron),
            ),
            pasted.text("eenheid", "eenheid", lambda row: row.eenheid),
            pasted.text("soort", "bron of aanname", lambda row: "bron" if row.sourced else "aanname"),
            pasted.text("bron", "waar vandaan", lambda row: row.bron, width=22),
        ),
        fact=lambda row: row.naam,
    )


def _role(row: Fixed) -> Role:
    return Role.INPUT_SOURCED if row.sourced else Role.INPUT_ASSUMED


def tariff_number() -> Column[Row]:
    """The column of the input `tarief` that numbers the tariffs, in the order in which they stand there."""
    same = "AND([tarief]=[-tarief],[zorgvorm]=[-zorgvorm],[groepsgrootte]=[-groepsgrootte],[jaar]=[-jaar])"

    return live.number("nr", "nr", f"N([-nr])+IF({same},0,1)", Format.COUNT)


def choice_columns(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    """How each row of places finds its tariff: by zorgvorm, name, group size and year."""
    form, named = "INDEX([plaatsen.zorgvorm],[rij])", "INDEX([plaatsen.tarief],[rij])"
    size = f"N(INDEX([zorgvormen.groepsgrootte],MATCH({form},[zorgvormen.zorgvorm],0)))"
    mine = f"[kostprijs.zorgvorm],{form},[kostprijs.tarief],[t_naam],[kostprijs.groep]"
    used, empty = (f'INDEX([plaatsen.{column}],[rij])=""' for column, _ in PRICES.values())
    return (
        live.text(
            "uit_tarief",
            "Prijs uit tarief",
            f'IF(AND({used},{empty}),"{FROM_TARIFF[PLACE_COSTS]}",IF({used},"{OPERATION}",'
            f'IF({empty},"{VACANCY}","{FROM_TARIFF[()]}")))',
            12,
        ),
        live.text("t_naam", f"Tarief ({ANY_NAME} = elk)", f'IF({named}&""="","{ANY_NAME}",{named})'),
        live.column("t_groep", "Groepsgrootte", f'IF(COUNTIFS({mine},{size})>0,{size},"{ANY_SIZE}")'),
        *_numbers(f"SUMIFS([kostprijs.nr],{mine},[t_groep],[kostprijs.jaar],", *_borrowed(draft, mine)),
        *_growth_of_base(draft),
        live.number("groei", "Groei van het tarief", f"IF([nr_jaar]>0,1,{_from_prijspeil(draft)})", Format.FACTOR),
    )


def _borrowed(draft: Draft, mine: str) -> tuple[str, ...]:
    """The number of the only tariff of a row, of whatever year; nothing where no row needs it."""
    if not draft.borrows_tariffs:
        return ()
    only = f"SUMIFS([kostprijs.nr],{mine},[t_groep])"
    return (f"IF(COUNTIFS({mine},[t_groep])=1,{only},0)",)


def _from_prijspeil(draft: Draft) -> str:
    """Growth of the price of a tariff to the year: from prijspeil, or forth and back from the year of the tariff."""
    return "[factor]/[groei_basis]" if draft.borrows_tariffs else "[factor]"


def _growth_of_base(draft: Draft) -> tuple[Column[PlaceRow], ...]:
    """How prices grew from prijspeil to the year of the tariff of another year; no column where none is used."""
    if not draft.borrows_tariffs:
        return ()
    year = "INDEX([kostprijs.jaar],[nr_basis])"
    growth = f"SUMIFS([factoren.factor],[factoren.index],[index],[factoren.jaar],{year})"
    known = f'OR([index]="",{year}<={{prijspeil}},{year}={{eerste_jaar}})'
    return (
        live.number("groei_basis", "Groei tot het tarief", f"IF([nr_basis]=0,1,IF({known},1,{growth}))", Format.FACTOR),
    )


def _numbers(found: str, *elsewhere: str) -> tuple[Column[PlaceRow], ...]:
    """The numbers of the tariffs of a row of places; 0 where none of its prices comes from one."""

    def column(key: str, head: str, formula: str) -> Column[PlaceRow]:
        guarded = f'IF([uit_tarief]="{FROM_TARIFF[()]}",0,{formula})'
        return live.number(key, head, guarded, Format.COUNT)

    base = f"{found}{{eerste_jaar}})"
    if elsewhere:
        base = f"IF({base}>0,{base},[nr_ander])"
    return (
        column("nr_jaar", "Tarief van het jaar", f"{found}[jaar])"),
        column("nr_prijspeil", "Tarief van het prijspeil", f"{found}{{prijspeil}})"),
        *(column("nr_ander", "Tarief van een ander jaar", formula) for formula in elsewhere),
        column("nr_basis", "Tarief zonder groei", f"IF([nr_prijspeil]>0,[nr_prijspeil],{base})"),
        column("nr", "Tarief dat geldt", "IF([nr_jaar]>0,[nr_jaar],[nr_basis])"),
    )


def _number(draft: Draft, row: PlaceRow, keys: Callable[[PlaceRow], Keys]) -> int:
    return sum(draft.tariff_number[key] for key in keys(row)) if empty_prices(row.plaats) else 0


def _size(draft: Draft, row: PlaceRow) -> Value:
    size = draft.case.care_form[row.plaats.zorgvorm].groepsgrootte
    used = [key for key in draft.tariff_number if key in draft.case.tariff_choice(row.plaats).keys]
    return size if of_size(used, size) else ANY_SIZE


def _growth(draft: Draft, row: PlaceRow) -> Fraction:
    own = draft.case.tariff_choice(row.plaats).own(row.jaar) if empty_prices(row.plaats) else ()
    return Fraction(1) if own else row.factor


def base_formula(draft: Draft, sort: str) -> str:
    """The template of a price without growth, in the table `rekenplaats`."""
    column, cost = PRICES[sort]
    given = f"INDEX([plaatsen.{column}],[rij])"
    if not draft.tariffs:
        return given
    back = "/[groei_basis]" if draft.borrows_tariffs else ""
    return f'IF({given}="",INDEX([kostprijs.{cost}],[nr_basis]){back},{given})'


def price_formula(draft: Draft, sort: str) -> str:
    """The template of a price in its year, in the table `bezetting`."""
    column, cost = PRICES[sort]
    grown = f"[rekenplaats.{BASES[sort]}@]*[rekenplaats.factor@]"
    if not draft.tariffs:
        return grown
    of_tariff = f"INDEX([kostprijs.{cost}],[rekenplaats.nr@])*[rekenplaats.groei@]"
    return f'IF(INDEX([plaatsen.{column}],[rekenplaats.rij@])="",{of_tariff},{grown})'


def origin() -> Column[PlaceRow]:
    """The column that says which tariff a price comes from."""
    which = "[rekenplaats.uit_tarief@]"
    of = "INDEX([kostprijs.{}],[rekenplaats.nr@])".format
    formula = (
        f'IF([rekenplaats.nr@]=0,"{GIVEN}",{which}&": tarief "&{of("tarief")}&", n="&{of("groep")}&", "'
        f'&{of("jaar")}&IF([rekenplaats.nr_jaar@]>0,"","{WITH_INDEX}"))'
    )
    return live.text("herkomst_prijs", "Herkomst prijs", formula, 46)

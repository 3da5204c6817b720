"""The sheet `lumpsum`: the level, its band, what it brings in and what it is used for."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.revenue import LUMPSUM, RevenueRow, revenue_rows
from finance.books.budget.sources import SOURCE_YEAR, source_year
from finance.money import ZERO, Money
from finance.plan.ledger import YearBalance
from finance.statement.lines import COST_GROUPS, GROUP_OF
from finance.statement.posts import YES
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Block, Column, Notes, Page, Table

OF_ROW: Final = "[opbrengst.bron],[bron],[opbrengst.jaar],[jaar]"
NONE: Final = Notes("", ("Deze casus heeft geen bron van de soort lumpsum.",))


def page(draft: Draft) -> Page:
    """The sheet `lumpsum`."""
    rows = [row for row in revenue_rows(draft) if row.lumpsum]
    order = {row.bron: number for number, row in enumerate(draft.case.sources)}
    rows.sort(key=lambda row: (order[row.rij.bron], row.rij.jaar, row.rij.maand))
    blocks: tuple[Block, ...] = (_revenue(draft, rows), _use(draft)) if rows else (NONE,)
    return Page(
        "lumpsum",
        "Lumpsum",
        "Het budget op een afgesproken niveau van plaatsen: zolang het aantal jeugdigen binnen de band"
        " blijft, blijft het bedrag gelijk; daarboven stijgt het, daaronder blijft of daalt het.",
        blocks,
    )


def _revenue(draft: Draft, rows: list[RevenueRow]) -> Table[RevenueRow]:
    return Table(
        "lumpsumjaar",
        "Niveau, band en opbrengst",
        rows,
        (
            pasted.text("bron", "Bron", lambda row: draft.name("bron", row.rij.bron), width=18),
            *_when(draft),
            *_band(draft),
            live.euro("prijs", "Prijs per plaats", _found(draft, "prijs"), total=False),
            live.euro("opbrengst", "Opbrengst", f"ROUND({_found(draft, 'opbrengst')},2)"),
        ),
    )


def _when(draft: Draft) -> tuple[Column[RevenueRow], ...]:
    """The year of a row, and the month from which it holds where some row names one."""
    if not draft.paid_by_month:
        return (live.year("jaar", "Jaar", SOURCE_YEAR),)
    row_of = {row.rij: at for at, row in enumerate(draft.case.funding, start=1)}
    return (
        pasted.row_number("rij", "Rij in financiering", lambda row: row_of[row.rij.rij]),
        live.year("jaar", "Jaar", _found(draft, "jaar")),
        live.number("maand", "Vanaf maand", _found(draft, "maand"), Format.COUNT),
    )


def _found(draft: Draft, column: str) -> str:
    """What the calculation of revenue says of a row."""
    return f"INDEX([opbrengst.{column}],[rij])" if draft.paid_by_month else f"SUMIFS([opbrengst.{column}],{OF_ROW})"


def _band(draft: Draft) -> tuple[Column[RevenueRow], ...]:
    zone = 'IF(ROUND([deel],9)>ROUND([boven],9),"boven",IF(ROUND([deel],9)<ROUND([onder],9),"onder","binnen"))'
    return (
        _looked_up(draft, "niveau", "Niveau"),
        live.number("band", "Band", _found(draft, "band"), Format.PERCENT),
        _looked_up(draft, "onder", "Onderrand"),
        _looked_up(draft, "boven", "Bovenrand"),
        _looked_up(draft, "deel", "Jeugdigen"),
        live.text("zone", "Plaats in de band", zone, 11),
        _looked_up(draft, "betaald", "Betaalde plaatsen"),
    )


def _looked_up(draft: Draft, key: str, head: str) -> Column[RevenueRow]:
    return live.places(key, head, _found(draft, key))


def _use(draft: Draft) -> Table[YearBalance]:
    rows = [row for row in draft.outcome.balances if draft.case.source[row.bron].soort == LUMPSUM]
    of_balance = "[jaarbron.bron],[bron],[jaarbron.jaar],[jaar]"
    return Table(
        "lumpsumgebruik",
        "Waarvoor het wordt gebruikt",
        rows,
        (
            pasted.text("bron", "Bron", lambda row: draft.name("bron", row.bron), width=18),
            live.year("jaar", "Jaar", source_year(draft)),
            live.euro("beschikbaar", "Beschikbaar", f"SUMIFS([jaarbron.beschikbaar],{of_balance})", total=False),
            *_groups(draft),
            live.euro("over", "Over", f"SUMIFS([jaarbron.over],{of_balance})", total=False),
        ),
    )


def _groups(draft: Draft) -> tuple[Column[YearBalance], ...]:
    """A column for each group of costs that a lump sum could pay, and for what it pays besides."""
    paid: dict[tuple[str, int | None, str], Money] = defaultdict(lambda: ZERO)
    for payment in draft.statement.payments:
        line = payment.lijn.regel
        paid[payment.bron.bron, line.jaar, GROUP_OF[line.kostensoort]] += payment.bedrag
    could = {
        GROUP_OF[post.kostensoort]
        for post in draft.statement.posts.all
        if post.groep == LUMPSUM and post.betaalbaar == YES
    }
    does = {group for name, _, group in paid if draft.case.source[name].soort == LUMPSUM}

    of_row = "[betaling.bron],[bron],[betaling.jaar],[jaar]"
    formula = f"ROUND(SUMIFS([betaling.bedrag],{of_row},[rekenbetaling.kostengroep],[^]),2)"
    return tuple(
        live.euro(f"groep_{number_of_group}", group, formula)
        for number_of_group, group in enumerate(COST_GROUPS)
        if group in could | does
    )

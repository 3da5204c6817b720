"""The chains of the sheet `bronnen`: where the money of each source comes from."""

from __future__ import annotations

from collections.abc import Mapping

from finance.books.budget.chains import OF_POTS, OF_REVENUE, scenario_columns
from finance.books.budget.draft import Draft
from finance.books.budget.revenue import RevenueRow, revenue_rows
from finance.books.budget.sources import pots, yearly
from finance.books.origins import linked
from finance.case.funding import by_use
from finance.plan.ledger import YearBalance
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Block, Column, Table, Target


def money_blocks(draft: Draft) -> tuple[Block, ...]:
    """The tables of what each source has."""
    return _pots(draft), _revenue(draft)


def _pots(draft: Draft) -> Table[YearBalance]:
    case = draft.case
    order = {row.bron: at for at, row in enumerate(case.sources)}
    rows = pots(draft)
    place = {balance.bron: at for at, balance in enumerate(rows)}
    return Table(
        OF_POTS,
        "Bronnen: bedragen voor de hele periode",
        rows,
        (
            linked(
                live.text("bron", "Bron", "[pot.bron@]", 16), lambda row: Target("pot", "beschikbaar", place[row.bron])
            ),
            live.text("regeling", "Regeling", '[pot.regeling@]&""', 21),
            linked(
                pasted.text(
                    "cel",
                    "Cel in de invoer",
                    lambda row: case.cell("dekking", "bedrag", case.source[row.bron].rij),
                    width=15,
                ),
                lambda row: Target("dekking", "bedrag", order[row.bron]),
            ),
            live.text("soort", "Soort", "[pot.soort@]", 8),
            *_sold(draft),
            live.euro("beschikbaar", "Beschikbaar", "[pot.beschikbaar@]"),
            live.euro("betaald", "Betaald", "[pot.betaald@]"),
            *scenario_columns(draft, "dekking", lambda row: case.source[row.bron].rij),
        ),
        "Betaald: de betalingen van de bron, onder aan dit blad.",
    )


def _sold(draft: Draft) -> tuple[Column[YearBalance], ...]:
    """The cells of the proceeds that flow into a pot; no column where the case names none."""
    case = draft.case
    if not case.proceeds:
        return ()

    def cells(row: YearBalance) -> str:
        flowing = case.proceeds_into.get(row.bron, ())
        return ", ".join(case.cell("opbrengsten", "bedrag", one.rij) for one in flowing)

    return (pasted.text("verkoop", "Cellen van opbrengsten", cells, width=21, wrap=True),)


def _revenue(draft: Draft) -> Table[RevenueRow]:
    rows = revenue_rows(draft)
    place = {row.rij.rij: at for at, row in enumerate(rows)}
    balance = {(row.bron, row.jaar): at for at, row in enumerate(yearly(draft))}

    def shown_at(row: RevenueRow) -> Target | None:
        at = balance.get((row.rij.bron, row.rij.jaar))
        return None if at is None else Target("jaarbron", "opbrengst", at)

    return Table(
        OF_REVENUE,
        "Bronnen: opbrengst per jaar",
        rows,
        (
            linked(live.text("bron", "Bron", "[opbrengst.bron@]", 16), shown_at),
            *_cells(draft, place),
            *_terms(draft),
            *scenario_columns(draft, "financiering", lambda row: row.rij.rij),
        ),
        "Opbrengst: prijs keer plaatsen. Een lumpsum kijkt naar het niveau, de band en de vraag; pxq naar"
        " bezette plaatsen (een besluit) en beschikbaarheid naar plaatsen. Wat over is van een eerder jaar"
        " staat op bronnen.",
    )


def _cells(draft: Draft, place: Mapping[int, int]) -> tuple[Column[RevenueRow], ...]:
    """The cells of the price and the level in the input."""
    case = draft.case

    def cell(key: str, head: str, column: str) -> Column[RevenueRow]:
        return linked(
            pasted.text(key, head, lambda row: case.cell("financiering", column, row.rij.rij), width=15),
            lambda row: Target("financiering", column, place[row.rij.rij]),
        )

    return cell("cel_prijs", "Cel van de prijs", "prijs"), cell("cel_niveau", "Cel van het niveau", "niveau")


def _terms(draft: Draft) -> tuple[Column[RevenueRow], ...]:
    """The price, the level, the places and what they bring in."""
    return (
        live.year("jaar", "Jaar", "[opbrengst.jaar@]", 6),
        live.euro("prijs", "Prijs per plaats", "[opbrengst.prijs@]", total=False),
        live.number("niveau", "Niveau", "[opbrengst.niveau@]", Format.PLACES),
        live.number(
            "plaatsen",
            "Telt mee",
            'IF([opbrengst.soort@]="lumpsum",[opbrengst.betaald@],[opbrengst.geteld@])',
            Format.PLACES,
        ),
        live.text("soort", "Soort", "[opbrengst.soort@]", 11),
        live.euro("opbrengst", "Opbrengst", "[opbrengst.opbrengst@]", total=False),
        live.text("herkomst", "Herkomst", "[financiering.herkomst@]"),
        pasted.text(
            "cellen_vraag", "Waar het aantal vandaan komt", lambda row: _counted(draft, row), width=24, wrap=True
        ),
    )


def _counted(draft: Draft, row: RevenueRow) -> str:
    """The cells of demand behind a lump sum; for another source the decision that counts."""
    if not row.lumpsum:
        used = by_use(draft.case, row.bron, row.rij.jaar)
        return "besluit: bezet" if used else "plaatsen op capaciteit"
    cells = [one.rij for one in draft.case.demand if one.jaar == row.rij.jaar]
    return ", ".join(draft.case.cell("vraag", "jeugdigen", one) for one in cells)

"""The chains of the sheet `bronnen`: where the money of each source comes from."""

from __future__ import annotations

from collections.abc import Callable

from finance.books.budget.chains import OF_POTS, OF_REVENUE, Chains
from finance.books.budget.revenue import LUMPSUM
from finance.books.origins import linked
from finance.tables import live, pasted
from finance.tables.following import Place
from finance.tables.grid import Format
from finance.tables.pages import Block, Column, Table, Target


def money_blocks(chains: Chains) -> tuple[Block, ...]:
    """The tables of what each source has."""
    return _pots(chains), _revenue(chains)


def _pots(chains: Chains) -> Table[int]:
    def amounts(at: int) -> tuple[Place, ...]:
        return chains.cells(Place("pot", "beschikbaar", at), "dekking")

    return Table(
        OF_POTS,
        "Bronnen: bedragen voor de hele periode",
        range(chains.followed.rows("pot")),
        (
            linked(live.text("bron", "Bron", "[pot.bron@]", 16), lambda at: Target("pot", "beschikbaar", at)),
            live.text("regeling", "Regeling", '[pot.regeling@]&""', 21),
            _input_cells("cel", "Cel in de invoer", chains, amounts),
            live.text("soort", "Soort", "[pot.soort@]", 8),
            *_sold(chains),
            live.euro("beschikbaar", "Beschikbaar", "[pot.beschikbaar@]"),
            live.euro("betaald", "Betaald", "[pot.betaald@]"),
            *chains.scenario("dekking", "INDEX([dekking.scenario],MATCH([bron],[dekking.bron],0))"),
        ),
        "Betaald: de betalingen van de bron, onder aan dit blad.",
    )


def _sold(chains: Chains) -> tuple[Column[int], ...]:
    """The cells of the proceeds that flow into a pot; no column where the case names none."""
    if not chains.draft.case.proceeds:
        return ()

    def cells(at: int) -> str:
        return chains.in_input(chains.cells(Place("pot", "opbrengsten", at), "opbrengsten", "bedrag"))

    return (pasted.text("verkoop", "Cellen van opbrengsten", cells, width=21, wrap=True),)


def _revenue(chains: Chains) -> Table[int]:
    def cell(key: str, head: str, column: str) -> Column[int]:
        return _input_cells(
            key, head, chains, lambda at: chains.cells(Place("opbrengst", column, at), "financiering", column)
        )

    balances = chains.balance_of_revenue
    return Table(
        OF_REVENUE,
        "Bronnen: opbrengst per jaar",
        range(chains.followed.rows("opbrengst")),
        (
            linked(live.text("bron", "Bron", "[opbrengst.bron@]", 16), balances.get),
            cell("cel_prijs", "Cel van de prijs", "prijs"),
            cell("cel_niveau", "Cel van het niveau", "niveau"),
            *_terms(chains),
            *chains.scenario("financiering", "[financiering.scenario@]"),
        ),
        "Opbrengst: prijs keer plaatsen. Een lumpsum kijkt naar het niveau, de band en de vraag; pxq naar"
        " bezette plaatsen (een besluit) en beschikbaarheid naar plaatsen. Wat over is van een eerder jaar"
        " staat op bronnen.",
    )


def _input_cells(key: str, head: str, chains: Chains, cells: Callable[[int], tuple[Place, ...]]) -> Column[int]:
    """The cells of the input workbook behind a row, with a link to the first of them in this workbook."""

    def first(at: int) -> Target | None:
        return next((place.target for place in cells(at)), None)

    return linked(pasted.text(key, head, lambda at: chains.in_input(cells(at)), width=15), first)


def _terms(chains: Chains) -> tuple[Column[int], ...]:
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
            "cellen_vraag", "Waar het aantal vandaan komt", lambda at: _counted(chains, at), width=24, wrap=True
        ),
    )


def _counted(chains: Chains, at: int) -> str:
    """The cells of demand behind a lump sum; for another source the decision that counts."""
    followed = chains.followed
    if followed.value(Place("opbrengst", "soort", at)) == LUMPSUM:
        passed = followed.passes(Place("opbrengst", "betaald", at), "vraag", choices=True)
        return chains.in_input([place for place in passed if place.column == "jeugdigen"])
    used = chains.cells(Place("opbrengst", "geteld", at), "bezetting", "bezet")
    return "besluit: bezet" if used else "plaatsen op capaciteit"

"""The sheet `bronnen`: what every source has, pays and keeps."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from finance.books.budget.chains import Links
from finance.books.budget.draft import Draft
from finance.plan.ledger import PER_USED_PLACE, YearBalance
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table

SOURCE_ROW: Final = "MATCH([bron],[dekking.bron],0)"
SAME_SOURCE: Final = "AND(N([-jaar])>0,[bron]=[-bron])"
"""Whether the row above is the same source a year earlier; above the first row stands a head."""
FROM_YEAR: Final = f"INDEX([dekking.besteedbaar_van],{SOURCE_ROW})"
SOURCE_YEAR: Final = f"IF({SAME_SOURCE},[-jaar]+1,MAX({{eerste_jaar}},{FROM_YEAR}))"
"""The years of a source, from its first year in the case on."""
PAID_BEFORE: Final = f'SUMIFS([realisatie.bedrag],[realisatie.bron],[bron],[realisatie.jaar],"<"&{FROM_YEAR})'
MOVES_ON: Final = f'INDEX([dekking.overdraagbaar],{SOURCE_ROW})="ja"'
LAST_YEAR: Final = f"INDEX([dekking.besteedbaar_tot],{SOURCE_ROW})"


def source_year(draft: Draft) -> str:
    """The years of a source, from its first year in the case on, or from the first if it paid before that."""
    if not draft.has_history:
        return SOURCE_YEAR
    first = f"IF({PAID_BEFORE}>0,{{eerste_jaar}},MAX({{eerste_jaar}},{FROM_YEAR}))"
    return f"IF({SAME_SOURCE},[-jaar]+1,{first})"


def page(draft: Draft, links: Links) -> Page:
    """The sheet `bronnen`."""
    return Page(
        "bronnen",
        "Bronnen",
        "Wat elke bron heeft, wat zij in dit plan betaalt en wat er overblijft. Wat van een specifieke"
        " uitkering terug moet, ook wat onrechtmatig is besteed, staat op het blad sisa.",
        (_pots(draft, links), _yearly(draft, links)),
        tab="besluit",
    )


def pots(draft: Draft) -> tuple[YearBalance, ...]:
    """The sources with one amount for the whole window."""
    return tuple(row for row in draft.outcome.balances if row.jaar is None)


def yearly(draft: Draft) -> tuple[YearBalance, ...]:
    """The sources with money for each year, year by year."""
    return tuple(row for row in draft.outcome.balances if row.jaar is not None)


def _names(draft: Draft) -> tuple[Column[YearBalance], ...]:
    return (
        pasted.text("bron", "Bron", lambda row: draft.name("bron", row.bron), width=18),
        live.text("soort", "Soort", f"INDEX([dekking.soort],{SOURCE_ROW})"),
    )


def _trail(links: Links, table: str, rows: Sequence[YearBalance]) -> Column[YearBalance]:
    """A column that leads to where the money of a source comes from."""
    position = {(row.bron, row.jaar): at for at, row in enumerate(rows)}
    return links.row_column(table, lambda row: position[row.bron, row.jaar])


def _pots(draft: Draft, links: Links) -> Table[YearBalance]:
    return Table(
        "pot",
        "Bronnen met een bedrag voor de hele periode",
        pots(draft),
        (
            *_names(draft),
            live.text("regeling", "Regeling", f'INDEX([dekking.regeling],{SOURCE_ROW})&""', 24),
            *_pot_money(draft),
            live.euro("betaald", "Betaald", "ROUND(SUMIFS([betaling.bedrag],[betaling.bron],[bron]),2)"),
            live.euro("over", "Over", "ROUND([beschikbaar]-[betaald],2)"),
            live.euro("terug", "Uitkering, niet besteed", 'IF([soort]="spuk",MAX(0,[over]),0)'),
            live.number("deel", "Deel besteed", "IF([beschikbaar]=0,0,[betaald]/[beschikbaar])", Format.PERCENT),
            _trail(links, "pot", pots(draft)),
        ),
        ids=lambda row: (row.bron,),
    )


def _pot_money(draft: Draft) -> tuple[Column[YearBalance], ...]:
    """What a pot has: its amount but for what is kept for elsewhere, and the proceeds that come in time to be spent."""
    amount = f"INDEX([dekking.bedrag],{SOURCE_ROW})"
    if not draft.case.proceeds and not draft.keeps_apart:
        return (live.euro("beschikbaar", "Beschikbaar", amount),)
    columns, terms = [live.euro("bedrag", "Eigen bedrag", amount)], "[bedrag]"
    if draft.keeps_apart:
        apart = f"N(INDEX([dekking.buiten_casus],{SOURCE_ROW}))"
        columns.append(live.euro("buiten_casus", "Waarvan voor buiten de casus", apart))
        terms += "-[buiten_casus]"
    if draft.case.proceeds:
        sold = f'SUMIFS([verkoop.telt],[verkoop.bron],[bron],[verkoop.jaar],"<="&{LAST_YEAR})'
        columns.append(live.euro("opbrengsten", "Opbrengst van verkoop", sold))
        terms += "+[opbrengsten]"
    return (*columns, live.euro("beschikbaar", "Beschikbaar", f"ROUND({terms},2)"))


def _share(row: YearBalance) -> Fraction:
    have = row.beschikbaar.cents
    return Fraction(row.betaald.cents, have) if have else Fraction(0)


def _yearly(draft: Draft, links: Links) -> Table[YearBalance]:
    revenue = "SUMIFS([opbrengst.opbrengst],[opbrengst.bron],[bron],[opbrengst.jaar],[jaar])"
    paid = "SUMIFS([betaling.bedrag],[betaling.bron],[bron],[betaling.jaar],[jaar])"
    return Table(
        "jaarbron",
        "Bronnen met geld per jaar",
        yearly(draft),
        (
            *_names(draft),
            live.year("jaar", "Jaar", source_year(draft)),
            live.euro("opbrengst", "Opbrengst van het jaar", f"ROUND({revenue},2)"),
            live.euro(
                "ingebracht",
                "Over van eerder",
                f"IF(AND({SAME_SOURCE},{_moves_on(draft, 'N([-jaar])')}),MAX(0,[-over]),0)",
                total=False,
            ),
            live.euro("beschikbaar", "Beschikbaar", "ROUND([opbrengst]+[ingebracht],2)", total=False),
            live.euro("betaald", "Betaald", f"ROUND({paid},2)"),
            live.euro("over", "Over", "ROUND([beschikbaar]-[betaald],2)", total=False),
            live.euro(
                "vervalt", "Vervalt", f"IF(AND({_moves_on(draft, '[jaar]')},[jaar]<{LAST_YEAR}),0,MAX(0,[over]))"
            ),
            _trail(links, "jaarbron", yearly(draft)),
        ),
        "Wat over is gaat alleen mee naar een volgend jaar als de bron overdraagbaar is; anders vervalt het.",
        ids=lambda row: (row.bron, row.jaar),
    )


def _moves_on(draft: Draft, year_left: str) -> str:
    """Whether what is left of a year moves on; what PxQ seems to leave in a closed year does not."""
    if not draft.has_history:
        return MOVES_ON
    known = f'OR([soort]<>"{PER_USED_PLACE}",{year_left}>{{laatste_afgesloten}})'
    return f"{MOVES_ON},{year_left}<{LAST_YEAR},{known}"

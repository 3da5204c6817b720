"""The sheet `bronnen`: what every source has, pays and keeps."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from finance.books.budget.chains import chain_of_balance, trail_column
from finance.books.budget.draft import Draft
from finance.money import ZERO, Money
from finance.plan.ledger import PER_USED_PLACE, YearBalance
from finance.statement.posts import GRANT
from finance.tables.columns import euro, number, text, year
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table

SOURCE_ROW: Final = "MATCH([bron],[dekking.bron],0)"
SAME_SOURCE: Final = "AND(N([-jaar])>0,[bron]=[-bron])"
"""Whether the row above is the same source a year earlier; above the first row stands a head."""
SOURCE_YEAR: Final = (
    f"IF({SAME_SOURCE},[-jaar]+1,MAX({{eerste_jaar}},INDEX([dekking.besteedbaar_van],{SOURCE_ROW})))"
)
"""The years of a source, from its first year in the case on."""
MOVES_ON: Final = f'INDEX([dekking.overdraagbaar],{SOURCE_ROW})="ja"'
LAST_YEAR: Final = f"INDEX([dekking.besteedbaar_tot],{SOURCE_ROW})"


def page(draft: Draft) -> Page:
    """The sheet `bronnen`."""
    return Page(
        "bronnen",
        "Bronnen",
        "Wat elke bron heeft, wat zij in dit plan betaalt en wat er overblijft. Wat van een specifieke"
        " uitkering terug moet, ook wat onrechtmatig is besteed, staat op het blad sisa.",
        (_pots(draft), _yearly(draft)),
        tab="besluit",
    )


def pots(draft: Draft) -> tuple[YearBalance, ...]:
    """The sources with one amount for the whole window."""
    return tuple(row for row in draft.outcome.balances if row.jaar is None)


def yearly(draft: Draft) -> tuple[YearBalance, ...]:
    """The sources with money for each year, year by year."""
    return tuple(row for row in draft.outcome.balances if row.jaar is not None)


def _names(draft: Draft) -> tuple[Column[YearBalance], ...]:
    case = draft.case
    return (
        text("bron", "Bron", lambda row: draft.name("bron", row.bron), width=18),
        text("soort", "Soort", lambda row: case.source[row.bron].soort,
             f"INDEX([dekking.soort],{SOURCE_ROW})"),
    )  # fmt: skip


def _trail(draft: Draft) -> Column[YearBalance]:
    """A column that leads to where the money of a source comes from."""
    chains = chain_of_balance(draft)
    return trail_column(lambda row: chains.get((row.bron, row.jaar)))


def _pots(draft: Draft) -> Table[YearBalance]:
    return Table(
        "pot",
        "Bronnen met een bedrag voor de hele periode",
        pots(draft),
        (
            *_names(draft),
            text("regeling", "Regeling",
                 lambda row: draft.name("regeling", draft.case.source[row.bron].regeling),
                 f'INDEX([dekking.regeling],{SOURCE_ROW})&""', 24),
            *_pot_money(draft),
            euro("betaald", "Betaald", lambda row: row.betaald,
                 "ROUND(SUMIFS([betaling.bedrag],[betaling.bron],[bron]),2)"),
            euro("over", "Over", lambda row: row.over, "ROUND([beschikbaar]-[betaald],2)"),
            euro("terug", "Uitkering, niet besteed", lambda row: unspent(draft, row),
                 'IF([soort]="spuk",MAX(0,[over]),0)'),
            number("deel", "Deel besteed", _share, "IF([beschikbaar]=0,0,[betaald]/[beschikbaar])",
                   Format.PERCENT),
            _trail(draft),
        ),
        ids=lambda row: (row.bron,),
    )  # fmt: skip


def _pot_money(draft: Draft) -> tuple[Column[YearBalance], ...]:
    """What a pot has: its amount, and the proceeds that come while it may be spent."""
    amount = f"INDEX([dekking.bedrag],{SOURCE_ROW})"
    if not draft.case.proceeds:
        return (euro("beschikbaar", "Beschikbaar", lambda row: row.beschikbaar, amount),)
    sold = f'SUMIFS([verkoop.telt],[verkoop.bron],[bron],[verkoop.jaar],"<="&{LAST_YEAR})'
    return (
        euro("bedrag", "Eigen bedrag", lambda row: row.eigen_opbrengst, amount),
        euro("opbrengsten", "Opbrengst van verkoop", lambda row: row.verkocht, sold),
        euro("beschikbaar", "Beschikbaar", lambda row: row.beschikbaar, "ROUND([bedrag]+[opbrengsten],2)"),
    )


def unspent(draft: Draft, row: YearBalance) -> Money:
    """What of a grant is not spent; nothing of another source, which need not give it back."""
    return max(ZERO, row.over) if draft.case.source[row.bron].soort == GRANT else ZERO


def _share(row: YearBalance) -> Fraction:
    have = row.beschikbaar.cents
    return Fraction(row.betaald.cents, have) if have else Fraction(0)


def _yearly(draft: Draft) -> Table[YearBalance]:
    revenue = "SUMIFS([opbrengst.opbrengst],[opbrengst.bron],[bron],[opbrengst.jaar],[jaar])"
    paid = "SUMIFS([betaling.bedrag],[betaling.bron],[bron],[betaling.jaar],[jaar])"
    return Table(
        "jaarbron",
        "Bronnen met geld per jaar",
        yearly(draft),
        (
            *_names(draft),
            year("jaar", "Jaar", lambda row: row.jaar, SOURCE_YEAR),
            euro("opbrengst", "Opbrengst van het jaar", lambda row: row.eigen_opbrengst,
                 f"ROUND({revenue},2)"),
            euro("ingebracht", "Over van eerder", lambda row: row.ingebracht,
                 f"IF(AND({SAME_SOURCE},{_moves_on(draft, 'N([-jaar])')}),MAX(0,[-over]),0)", total=False),
            euro("beschikbaar", "Beschikbaar", lambda row: row.beschikbaar,
                 "ROUND([opbrengst]+[ingebracht],2)", total=False),
            euro("betaald", "Betaald", lambda row: row.betaald, f"ROUND({paid},2)"),
            euro("over", "Over", lambda row: row.over, "ROUND([beschikbaar]-[betaald],2)", total=False),
            euro("vervalt", "Vervalt", lambda row: _lapses(draft, row),
                 f"IF(AND({_moves_on(draft, '[jaar]')},[jaar]<{LAST_YEAR}),0,MAX(0,[over]))"),
            _trail(draft),
        ),
        "Wat over is gaat alleen mee naar een volgend jaar als de bron overdraagbaar is; anders vervalt het.",
        ids=lambda row: (row.bron, row.jaar),
    )  # fmt: skip


def _moves_on(draft: Draft, year_left: str) -> str:
    """Whether what is left of a year moves on; what PxQ seems to leave in a closed year does not."""
    if not draft.has_history:
        return MOVES_ON
    return f'{MOVES_ON},OR([soort]<>"{PER_USED_PLACE}",{year_left}>{{laatste_afgesloten}})'


def _lapses(draft: Draft, row: YearBalance) -> Money:
    """What is lost at the end of a year: all that is left, unless it moves on to a next year."""
    source, at = draft.case.source[row.bron], row.jaar
    moves = at is not None and at < source.besteedbaar_tot and draft.outcome.ledger.moves_on(source, at)
    return ZERO if moves else max(ZERO, row.over)

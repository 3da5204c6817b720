"""The table of grant decisions on the sheet `sisa`: what each granted, until when, and what it is accounted for by."""

from __future__ import annotations

from typing import Final

from finance.books.budget.draft import Draft
from finance.books.budget.payments import COLUMN
from finance.statement.decisions import Decision
from finance.tables import live, pasted
from finance.tables.columns import upright
from finance.tables.grid import Format
from finance.tables.pages import Column, Table

UNKNOWN_CODE: Final = "code onbekend: zelf invullen"
END: Final = "SUMIFS([uitkeringsjaar.tot],[uitkeringsjaar.regeling],[regeling],[uitkeringsjaar.jaar],{laatste_jaar})"
"""The last day of the window of a regulation by the rules of the last year; 0 where none is known."""
YEAR_WIDTH, DAY_WIDTH = 9, 12
THIS_DECISION: Final = "[rekenbron.sleutel],[sleutel]"
"""The sources of the decision of a row."""


def regulation_name(draft: Draft, decision: Decision) -> str:
    """The key of the regulation of a decision."""
    return draft.name("regeling", decision.regeling)


def decision_name(draft: Draft, decision: Decision) -> str:
    """The key of a decision; without one, that of its regulation."""
    family = "beschikking" if decision.bronnen[0].beschikking else "regeling"
    return draft.name(family, decision.beschikking)


def decisions_table(draft: Draft) -> Table[Decision]:
    """The grant decisions, in the order of the input."""
    return Table(
        "beschikking",
        "Beschikkingen",
        draft.accountability.decisions,
        (*_identity(draft), *map(upright_year, (*_final_year(draft), *_repaid_in(draft)))),
        "Een beschikking wordt als een geheel verantwoord. De SiSa-code en de jaren van ontvangst, van"
        f" eindverantwoording en van terugbetaling komen uit {_stated(draft)} van de invoer.",
        least=COLUMN,
    )


def upright_year(column: Column[Decision]) -> Column[Decision]:
    """A column of years or days, no wider than one: the sheet has room for many beside each other."""
    return upright(column, DAY_WIDTH if column.fmt is Format.DATE else YEAR_WIDTH)


def _stated(draft: Draft) -> str:
    """The sheets of the input that say what a decision is accounted for by."""
    return "de bladen beschikkingen en dekking" if draft.has_decisions else "het blad dekking"


def _identity(draft: Draft) -> tuple[Column[Decision], ...]:
    code = 'IFERROR(INDEX([rekenbron.sisa_code],MATCH([sleutel],[rekenbron.sleutel_code],0)),"")'
    return (
        pasted.text("beschikking", "Beschikking", lambda row: decision_name(draft, row), width=26),
        pasted.text("regeling", "Regeling", lambda row: regulation_name(draft, row), width=26),
        live.text("sleutel", "Sleutel", '[regeling]&"|"&[beschikking]', 26),
        live.text("sisa_code", "SiSa-code", f'IF({code}="","{UNKNOWN_CODE}",{code})', 26),
        *_recipient(draft),
        *_decided(draft),
        live.euro("toegekend", "Toegekend", f"ROUND(SUMIFS([dekking.bedrag],{THIS_DECISION}),2)"),
        *_apart(draft),
    )


def _recipient(draft: Draft) -> tuple[Column[Decision], ...]:
    if not draft.names_recipients:
        return ()
    return (
        live.text("gemeente", "Gemeente", "INDEX([rekenbron.gemeente],MATCH([sleutel],[rekenbron.sleutel],0))", 16),
    )


def _decided(draft: Draft) -> tuple[Column[Decision], ...]:
    """What the sheet `beschikkingen` says of it; no columns where the input has none."""
    if not draft.has_decisions:
        return ()
    row = "IFERROR(MATCH([beschikking],[beschikkingen.beschikking],0),0)"

    def said(column: str) -> str:
        return f'IF([rij_besluit]=0,"",INDEX([beschikkingen.{column}],[rij_besluit]))'

    settled = said("vastgesteld_in")
    granted = f'IF(N({said("verleend_in")})>0,{said("verleend_in")},IF(N({said("datum")})>0,YEAR({said("datum")}),""))'
    return (
        upright(live.number("rij_besluit", "Rij in beschikkingen van de invoer", row)),
        live.text("soort", "Soort", f'{said("soort")}&""', 11),
        live.year("verleend_in", "Verleend in", granted, 10),
        live.year("vastgesteld_in", "Vastgesteld in", f'IF(N({settled})=0,"",{settled})', 12),
    )


def _apart(draft: Draft) -> tuple[Column[Decision], ...]:
    """What of it is kept for places outside the case; no columns where nothing is."""
    if not draft.keeps_apart:
        return ()
    return (
        live.euro(
            "apart",
            "Waarvan voor buiten de casus",
            f"ROUND(SUMIFS([dekking.buiten_casus],{THIS_DECISION}),2)",
            width=15,
        ),
        live.euro("pot", "Te besteden in de casus", "ROUND([toegekend]-[apart],2)", width=15),
    )


def pot_of(draft: Draft) -> str:
    """The column with what of a decision may be spent in the case."""
    return "pot" if draft.keeps_apart else "toegekend"


def _final_year(draft: Draft) -> tuple[Column[Decision], ...]:
    given = f'{THIS_DECISION},[dekking.eindverantwoording],">0"'
    latest = f"{THIS_DECISION},[rekenbron.later_besteedbaar],0"
    return (
        live.year(
            "tot", "Besteedbaar tot en met", f"SUMIFS([dekking.besteedbaar_tot],{latest})/COUNTIFS({latest})", 13
        ),
        # The parameter itself stands once, on the sheet of the rules.
        live.column("venster_tot", "Regeling: besteden tot en met", f'IF({END}=0,"",{END})', Format.DATE, width=15),
        *_window(draft),
        live.year(
            "gegeven",
            "Eindverantwoording volgens invoer",
            f'IF(COUNTIFS({given})=0,"",SUMIFS([dekking.eindverantwoording],{given})/COUNTIFS({given}))',
            18,
        ),
        live.year(
            "eindjaar",
            "Eindverantwoording over",
            f'IF([gegeven]<>"",[gegeven],IF([{window_of(draft)}]="",[tot],MIN([tot],YEAR([{window_of(draft)}]))))',
            18,
        ),
    )


def _window(draft: Draft) -> tuple[Column[Decision], ...]:
    """The last day on which a decision may be spent: its own, else that of its regulation."""
    if not draft.has_decisions:
        return ()
    own = "IF([rij_besluit]=0,0,N(INDEX([beschikkingen.besteedbaar_tot],[rij_besluit])))"
    return (live.column("einde", "Besteden tot en met", f"IF({own}>0,{own},[venster_tot])", Format.DATE, width=15),)


def window_of(draft: Draft) -> str:
    """The column with the last day on which a decision may be spent."""
    return "einde" if draft.has_decisions else "venster_tot"


def _repaid_in(draft: Draft) -> tuple[Column[Decision], ...]:
    column = "[rekenbron.terugbetaald_in]" if draft.has_decisions else "[dekking.terugbetaald_in]"
    given = f'{THIS_DECISION},{column},">0"'
    return (
        live.year(
            "terugbetaald_in",
            "Terugbetaald in",
            f'IF(COUNTIFS({given})=0,"",SUMIFS({column},{given})/COUNTIFS({given}))',
            14,
        ),
    )

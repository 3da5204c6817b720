"""The sheets `sisa` and `verloop_spuk` of one municipality: what she accounts for, and her advance."""

from __future__ import annotations

from typing import Final

from finance.books.budget.decisions import UNKNOWN_CODE, decision_name, regulation_name
from finance.books.budget.payments import COLUMN
from finance.books.municipality.draft import Draft, taken
from finance.books.origins import of_rule
from finance.money import Money
from finance.rules.entitlement import ShareCap
from finance.statement.accountability import DecisionYear, Settlement
from finance.statement.decisions import Decision
from finance.tables import live, pasted
from finance.tables.columns import holds, within
from finance.tables.grid import Format, Role
from finance.tables.pages import Column, Page, Table

SAME: Final = "AND(N([-rij])>0,[rij]=[-rij])"
"""Whether the row above is the same decision a year earlier."""
OF_DECISION: Final = "[betaling.rij],[rij]"


def sisa_page(draft: Draft) -> Page:
    """The sheet `sisa`."""
    return Page(
        "sisa",
        "SiSa: besteding per beschikking",
        f"Wat er per jaar uit de beschikkingen van {draft.gemeente} is besteed: de kolommen van de SiSa-bijlage.",
        (_spending(draft),),
    )


def decisions_page(draft: Draft) -> Page:
    """The sheet `beschikkingen`."""
    return Page(
        "beschikkingen",
        "Beschikkingen en wat terug moet",
        f"De beschikkingen van {draft.gemeente}, wat er in de casus uit wordt besteed, en wat terug moet.",
        (_decisions(draft), _settled(draft), _caps(draft)),
    )


def _decisions(draft: Draft) -> Table[Decision]:
    def begin(row: Decision) -> Money:
        return next(year.begin for year in draft.years if year.beschikking == row)

    return Table(
        "beschikking",
        "Beschikkingen",
        draft.decisions,
        (
            pasted.text(
                "beschikking", "Beschikking", lambda row: decision_name(draft.budget, row), width=20, wrap=True
            ),
            pasted.text("regeling", "Regeling", lambda row: regulation_name(draft.budget, row), width=13, wrap=True),
            pasted.text("soort", "Soort", lambda row: row.besluit.soort if row.besluit else "", width=11),
            pasted.text("sisa_code", "SiSa-code", lambda row: row.code or UNKNOWN_CODE, width=14, wrap=True),
            taken("toegekend", "Toegekend", lambda row: row.toegekend, Format.EURO, "sisa"),
            taken("apart", "Waarvan voor buiten de casus", lambda row: row.apart, Format.EURO, "sisa"),
            live.euro("pot", "Te besteden in de casus", "ROUND([toegekend]-[apart],2)"),
            taken("begin", "Over bij het begin van de casus", begin, Format.EURO, "verloop_spuk"),
            taken("eindjaar", "Eindverantwoording over", lambda row: row.eindjaar, Format.YEAR, "sisa"),
            taken("terugbetaald_in", "Terugbetaald in", lambda row: row.terugbetaald_in, Format.YEAR, "sisa"),
        ),
        least=COLUMN,
    )


def _caps(draft: Draft) -> Table[ShareCap]:
    mine = "[betaling.rij],[rij],[betaling.deelplafond],[regel]"
    years = '[betaling.jaar],">="&[van],[betaling.jaar],"<="&[tot]'

    def row_of(cap: ShareCap) -> int:
        key = cap.regeling, cap.beschikking
        return next(at for at, row in enumerate(draft.decisions, 1) if (row.regeling, row.beschikking) == key)

    return Table(
        "deelplafond",
        "Deelplafonds",
        draft.caps,
        (
            pasted.text("regel", "Regel", lambda row: row.regel.id, width=18, wrap=True),
            live.text("beschikking", "Beschikking", "INDEX([beschikking.beschikking],[rij])", 20, wrap=True),
            live.euro("toegekend", "Toegekend", "INDEX([beschikking.toegekend],[rij])", total=False),
            Column(
                "aandeel",
                "Aandeel",
                lambda row: row.regel.aandeel,
                "",
                Format.PERCENT,
                Role.INPUT_SOURCED,
                origin=lambda row: of_rule(row.regel),
            ),
            live.euro("waarde", "Betaald", f"ROUND(SUMIFS([betaling.bedrag],{mine},{years}),2)", total=False),
            live.euro("grens", "Grens", "ROUNDDOWN(ROUND([toegekend]*[aandeel],6),2)", total=False),
            live.check("oordeel", "Oordeel", holds(within("[waarde]", "[grens]"))),
            taken("van", "Van jaar", lambda row: row.jaren[0], Format.YEAR, "regels"),
            taken("tot", "Tot en met", lambda row: row.jaren[-1], Format.YEAR, "regels"),
            pasted.row_number("rij", "Rij in beschikkingen", row_of),
        ),
    )


def above_limits(row: DecisionYear) -> Money:
    """What is spent above a limit and not against a rule: worked out in the whole budget."""
    return row.fouten - row.strijdig


def _spending(draft: Draft) -> Table[DecisionYear]:
    spent = f"SUMIFS([betaling.{{}}],{OF_DECISION},[betaling.jaar],[jaar])"
    return Table(
        "sisa",
        "Besteding per jaar",
        draft.years,
        (
            live.text("beschikking", "Beschikking", "INDEX([beschikking.beschikking],[rij])", 20, wrap=True),
            live.text("sisa_code", "SiSa-code", "INDEX([beschikking.sisa_code],[rij])", 14, wrap=True),
            taken("jaar", "Jaar T", lambda row: row.jaar, Format.YEAR, "sisa", width=8),
            pasted.text("cijfer", "Soort cijfer", lambda row: draft.budget.case.label_of(row.jaar), width=10),
            live.euro("besteed", "Besteed in jaar T", f"ROUND({spent.format('bedrag')},2)", width=13),
            taken("grenzen", "Boven een grens besteed", above_limits, Format.EURO, "rapportering", width=15),
            live.euro(
                "corrigeren", "Waarvan te corrigeren", f"ROUND({spent.format('strijdig')}+[grenzen],2)", width=13
            ),
            live.euro("rechtmatig", "Rechtmatig besteed in jaar T", "ROUND([besteed]-[corrigeren],2)", width=13),
            live.euro(
                "cumulatief",
                "Besteed tot en met jaar T",
                f"ROUND(IF({SAME},[-cumulatief],0)+[besteed],2)",
                total=False,
                width=13,
            ),
            live.euro(
                "rechtmatig_tot",
                "Rechtmatig tot en met jaar T",
                f"ROUND(IF({SAME},[-rechtmatig_tot],0)+[rechtmatig],2)",
                total=False,
                width=13,
            ),
            live.text(
                "definitief", "Eindverantwoording", 'IF([jaar]=INDEX([beschikking.eindjaar],[rij]),"ja","nee")', 14
            ),
            pasted.row_number("rij", "Rij in beschikkingen", lambda row: draft.row_of(row.beschikking)),
        ),
        least=COLUMN,
    )


def _settled(draft: Draft) -> Table[Settlement]:
    mine, last = "[sisa.rij],[rij]", draft.budget.years[-1]
    return Table(
        "afrekening",
        "Wat terug moet",
        draft.settlements,
        (
            live.text("beschikking", "Beschikking", "INDEX([beschikking.beschikking],[rij])", 20, wrap=True),
            live.euro("pot", "Te besteden in de casus", "INDEX([beschikking.pot],[rij])"),
            live.euro("besteed", "Besteed", f"ROUND(SUMIFS([sisa.besteed],{mine}),2)"),
            live.euro("corrigeren", "Waarvan te corrigeren", f"ROUND(SUMIFS([sisa.corrigeren],{mine}),2)"),
            live.euro("rechtmatig", "Rechtmatig besteed", "ROUND([besteed]-[corrigeren],2)"),
            live.euro("niet_besteed", "Niet besteed", "MAX(0,ROUND([pot]-[besteed],2))"),
            live.euro("boven", "Boven toegekend", "MAX(0,ROUND([besteed]-[pot],2))"),
            live.euro(
                "later",
                "Nog te besteden na de casus",
                "IF(INDEX([beschikking.eindjaar],[rij])>[laatste],[niet_besteed],0)",
                width=13,
            ),
            live.euro("terug", "Terug te betalen", "ROUND([niet_besteed]+[corrigeren]-[boven]-[later],2)", width=13),
            taken("laatste", "Laatste jaar van de casus", lambda _: last, Format.YEAR, "uitgangspunten", width=12),
            pasted.row_number("rij", "Rij in beschikkingen", lambda row: draft.row_of(row.beschikking)),
        ),
        least=COLUMN,
    )


def advance_page(draft: Draft) -> Page:
    """The sheet `verloop_spuk`."""
    return Page(
        "verloop_spuk",
        "Verloop van het voorschot per beschikking",
        "Wat er van het voorschot over was, is ontvangen, rechtmatig is besteed en is terugbetaald, en wat er"
        " overblijft als overlopend passief (BBV art. 49 en 52a). Wat voor plaatsen buiten de casus apart blijft,"
        " gaat er bij ontvangst af.",
        (_advance(draft),),
    )


def _advance(draft: Draft) -> Table[DecisionYear]:
    def of_row(column: str) -> str:
        return f"INDEX([beschikking.{column}],[rij])"

    rest = "[begin]+[ontvangen]-[apart]-[besteed]"
    repaid = of_row("terugbetaald_in")
    return Table(
        "verloop",
        "",
        draft.years,
        (
            live.text("beschikking", "Beschikking", of_row("beschikking"), 20, wrap=True),
            live.year("jaar", "Jaar", "[sisa.jaar@]"),
            pasted.text("cijfer", "Soort cijfer", lambda row: draft.budget.case.label_of(row.jaar), width=10),
            live.euro("begin", "Stand 1 januari", f"IF({SAME},[-eind],{of_row('begin')})", total=False, width=13),
            taken("ontvangen", "Ontvangen", lambda row: row.ontvangen, Format.EURO, "verloop_spuk", width=13),
            taken(
                "apart", "Waarvan voor buiten de casus", lambda row: row.apart, Format.EURO, "verloop_spuk", width=13
            ),
            live.euro("besteed", "Besteed: vrijval voor lasten", "[sisa.rechtmatig@]", width=13),
            live.euro("terugbetaald", "Terugbetaald", f"IF([jaar]={repaid},MAX(0,ROUND({rest},2)),0)", width=13),
            live.euro("eind", "Stand 31 december", f"ROUND({rest}-[terugbetaald],2)", total=False, width=13),
            live.euro("nog", "Waarvan nog te besteden", "ROUND([eind]-[terug],2)", total=False, width=13),
            live.euro(
                "terug",
                "Waarvan terug te betalen",
                f"IF([jaar]>={of_row('eindjaar')},MAX(0,[eind]),"
                f"ROUND(MIN([sisa.cumulatief@],{of_row('pot')})-[sisa.rechtmatig_tot@],2))",
                total=False,
                width=13,
            ),
            pasted.row_number("rij", "Rij in beschikkingen", lambda row: draft.row_of(row.beschikking)),
        ),
        least=COLUMN,
    )

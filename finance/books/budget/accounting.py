"""The sheets `sisa` and `verloop_spuk`: what is accounted for per grant decision, and its advance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeVar

from finance.books.budget import history
from finance.books.budget.capacity import NEXT_YEAR
from finance.books.budget.decisions import decisions_table, pot_of
from finance.books.budget.draft import Draft
from finance.books.budget.payments import COLUMN
from finance.case.words import GRANT
from finance.money import Money
from finance.statement.accountability import DecisionYear, Settlement
from finance.tables import live, pasted
from finance.tables.columns import holds, upright
from finance.tables.grid import Format
from finance.tables.pages import Column, Notes, Page, Table

R = TypeVar("R")

AT_ONCE: Final = "onverwijld"
DECISION_ROW: Final = "[sisa.rij@]"
SAME_DECISION: Final = "AND(N([-rij])>0,[rij]=[-rij])"
"""Whether the row above is the same decision a year earlier; above the first row stands a head."""
OF_DECISION: Final = (
    "[rekenbetaling.regeling],INDEX([beschikking.regeling],[rij]),"
    "[rekenbetaling.beschikking],INDEX([beschikking.beschikking],[rij]),"
    '[rekenbetaling.soort],"spuk"'
)
"""The payments of the decision of a row."""


def sisa_page(draft: Draft) -> Page:
    """The sheet `sisa`."""
    return Page(
        "sisa",
        "SiSa: besteding per beschikking",
        "Per beschikking wat in een jaar rechtmatig is besteed en tot en met dat jaar, en of de"
        " verantwoording over dat jaar de laatste is: de kolommen van de SiSa-bijlage. Alleen jaren van de"
        " casus tellen mee.",
        (decisions_table(draft), _spending(draft), _settled(draft), Notes("Hoe dit te lezen", SISA_NOTES)),
    )


SISA_NOTES: Final = (
    "Te corrigeren: wat uit de uitkering is betaald en niet mag, of boven een grens uitgaat. Het verlaagt"
    " niet wat terug moet. Boekt u het over naar een andere bron (een negatieve rij in realisatie, en een"
    " rij bij die bron), dan is dat geld van de uitkering weer vrij.",
    "Terug te betalen: wat niet is besteed, en wat te corrigeren is voor zover het uit de uitkering komt. Wat"
    " boven het toegekende is uitgegeven, betaalt ander geld. Mag er na het laatste jaar van de casus nog"
    " worden besteed, dan staat wat niet is besteed bij nog te besteden.",
    "Het doel spuk_onbesteed telt alleen wat niet is besteed: wat onrechtmatig is besteed, staat hier apart.",
)


def year_label(draft: Draft) -> Column[Any]:
    """Whether the numbers of a year are budget, forecast or realised; without closed years all is budget."""
    if draft.has_history:
        return history.label()
    return pasted.text("cijfer", "Soort cijfer", lambda row: draft.case.label_of(row.jaar), width=12)


def _spending(draft: Draft) -> Table[DecisionYear]:
    spent = "SUMIFS([betaling.bedrag],[betaling.jaar],[jaar]," + OF_DECISION + ")"
    return Table(
        "sisa",
        "Besteding per jaar",
        draft.accountability.rows,
        (
            of_decision("beschikking", "Beschikking", 26),
            of_decision("sisa_code", "SiSa-code", 26),
            live.year("jaar", "Jaar T", NEXT_YEAR),
            year_label(draft),
            live.euro("besteed", "Besteed in jaar T", f"ROUND({spent},2)", width=16),
            live.euro("corrigeren", "Waarvan te corrigeren", "[rapportering.fouten@]", width=16),
            live.euro("rechtmatig", "Rechtmatig besteed in jaar T", "ROUND([besteed]-[corrigeren],2)", width=16),
            live.euro(
                "cumulatief",
                "Besteed tot en met jaar T",
                f"ROUND(IF({SAME_DECISION},[-cumulatief],0)+[besteed],2)",
                total=False,
                width=16,
            ),
            live.euro(
                "rechtmatig_tot",
                "Rechtmatig tot en met jaar T",
                f"ROUND(IF({SAME_DECISION},[-rechtmatig_tot],0)+[rechtmatig],2)",
                total=False,
                width=16,
            ),
            upright(
                live.text(
                    "definitief", "Eindverantwoording", 'IF([jaar]=INDEX([beschikking.eindjaar],[rij]),"ja","nee")'
                )
            ),
            upright(
                live.number(
                    "rij",
                    "Rij in beschikkingen",
                    "IF(N([-rij])=0,1,IF([jaar]={eerste_jaar},[-rij]+1,[-rij]))",
                    Format.COUNT,
                )
            ),
        ),
        "Jaar T wordt verantwoord bij de jaarrekening van dat jaar; het blad kalender zegt wanneer.",
        least=COLUMN,
    )


def _settled(draft: Draft) -> Table[Settlement]:
    mine = "[sisa.rij],[rij]"
    last, pot = "INDEX([beschikking.eindjaar],[rij])", pot_of(draft)
    return Table(
        "afrekening",
        "Wat terug moet",
        draft.accountability.settlements,
        (
            live.text("beschikking", "Beschikking", "INDEX([beschikking.beschikking],[rij])", 26),
            live.euro("toegekend", "Toegekend", "INDEX([beschikking.toegekend],[rij])"),
            *_settled_apart(draft),
            live.euro("besteed", "Besteed", f"ROUND(SUMIFS([sisa.besteed],{mine}),2)"),
            live.euro("corrigeren", "Waarvan te corrigeren", f"ROUND(SUMIFS([sisa.corrigeren],{mine}),2)"),
            live.euro("rechtmatig", "Rechtmatig besteed", "ROUND([besteed]-[corrigeren],2)"),
            live.euro("niet_besteed", "Niet besteed", f"MAX(0,ROUND([{pot}]-[besteed],2))"),
            live.euro("boven", "Boven toegekend", f"MAX(0,ROUND([besteed]-[{pot}],2))"),
            live.euro(
                "later", "Nog te besteden na de casus", f"IF({last}>{{laatste_jaar}},[niet_besteed],0)", width=16
            ),
            live.euro("terug", "Terug te betalen", "ROUND([niet_besteed]+[corrigeren]-[boven]-[later],2)", width=16),
            upright(live.number("rij", "Rij in beschikkingen", "N([-rij])+1", Format.COUNT)),
        ),
        least=COLUMN,
    )


def _settled_apart(draft: Draft) -> tuple[Column[Settlement], ...]:
    if not draft.keeps_apart:
        return ()
    return (
        live.euro("apart", "Waarvan voor buiten de casus", "INDEX([beschikking.apart],[rij])", width=15),
        live.euro("pot", "Te besteden in de casus", "INDEX([beschikking.pot],[rij])", width=15),
    )


def of_decision(key: str, head: str, width: float, *, rij: str = "[rij]") -> Column[DecisionYear]:
    """A column with a text of the decision of a row."""
    return live.text(key, head, f"INDEX([beschikking.{key}],{rij})", width)


def advance_page(draft: Draft) -> Page:
    """The sheet `verloop_spuk`."""
    return Page(
        "verloop_spuk",
        "Verloop van het voorschot per beschikking",
        "Wat er van het voorschot over was, is ontvangen, rechtmatig is besteed en is terugbetaald, en wat er"
        " overblijft als overlopend passief (BBV art. 49 en 52a).",
        (_advance(draft), _tied(draft), Notes("Hoe dit te lezen", ADVANCE_NOTES)),
    )


ADVANCE_NOTES: Final = (
    "Het voorschot is 100% en telt in het jaar van ontvangst (kolom ontvangen_in van het blad dekking in de"
    " invoer; leeg: het eerste jaar waarin besteed mag worden). Wat voor het eerste jaar van de casus is"
    " ontvangen, staat in de beginstand.",
    "Alleen wat rechtmatig is besteed valt vrij, ten gunste van de lasten. Wat onrechtmatig of niet is"
    " besteed, blijft een schuld aan het Rijk tot het is terugbetaald.",
    "Terugbetaald wordt alles wat over is, in het jaar uit de kolom terugbetaald_in van het blad dekking. Is"
    " die leeg, dan blijft de schuld tot het einde van de tabel staan.",
    "Nog te besteden onder nul: er is meer besteed dan ontvangen, en het Rijk moet nog betalen.",
    "Bestedingen van voor het eerste jaar van de casus staan niet in deze werkmap.",
)


def _advance(draft: Draft) -> Table[DecisionYear]:
    def of_row(column: str) -> str:
        return f"INDEX([beschikking.{column}],[rij])"

    mine, repaid = f"[rekenbron.sleutel],{of_row('sleutel')}", of_row("terugbetaald_in")
    early, in_year = f'{mine},[rekenbron.ontvangen_in],"<"&{{eerste_jaar}}', f"{mine},[rekenbron.ontvangen_in],[jaar]"
    advance = f"SUMIFS([dekking.bedrag],{early})"
    if draft.keeps_apart:
        advance += f"-SUMIFS([dekking.buiten_casus],{early})"
    before = f"IF(AND(N({repaid})>0,N({repaid})<{{eerste_jaar}}),0,{advance})"
    received = f"SUMIFS([dekking.bedrag],{in_year})"
    rest = f"[begin]+[ontvangen]{'-[apart]' if draft.keeps_apart else ''}-[besteed]"
    return Table(
        "verloop",
        "",
        draft.accountability.rows,
        (
            of_decision("beschikking", "Beschikking", 26),
            live.year("jaar", "Jaar", "[sisa.jaar@]"),
            year_label(draft),
            live.euro(
                "begin", "Stand 1 januari", f"ROUND(IF({SAME_DECISION},[-eind],{before}),2)", total=False, width=16
            ),
            live.euro("ontvangen", "Ontvangen", f"ROUND({received},2)", width=16),
            *_received_apart(draft, in_year),
            live.euro("besteed", "Besteed: vrijval voor lasten", "[sisa.rechtmatig@]", width=16),
            live.euro("terugbetaald", "Terugbetaald", f"IF([jaar]={repaid},MAX(0,ROUND({rest},2)),0)", width=16),
            live.euro("eind", "Stand 31 december", f"ROUND({rest}-[terugbetaald],2)", total=False, width=16),
            live.euro("nog", "Waarvan nog te besteden", "ROUND([eind]-[terug],2)", total=False, width=16),
            live.euro(
                "terug",
                "Waarvan terug te betalen",
                f"IF([jaar]>={of_row('eindjaar')},MAX(0,[eind]),"
                f"ROUND(MIN([sisa.cumulatief@],{of_row(pot_of(draft))})-[sisa.rechtmatig_tot@],2))",
                total=False,
                width=16,
            ),
            live.number("rij", "Rij in beschikkingen", DECISION_ROW, Format.COUNT),
        ),
        least=COLUMN,
    )


def _received_apart(draft: Draft, in_year: str) -> tuple[Column[DecisionYear], ...]:
    """What of the advance is kept for places outside the case: it leaves this table at once."""
    if not draft.keeps_apart:
        return ()
    apart = f"ROUND(SUMIFS([dekking.buiten_casus],{in_year}),2)"
    return (live.euro("apart", "Waarvan voor buiten de casus", apart, width=16),)


@dataclass(frozen=True, slots=True)
class Tied:
    """The spending of all grants in one year, by three ways.

    Attributes:
        jaar: the calendar year.
        betaald: the payments from grants.
        sisa: the spending on the sheet `sisa`.
        corrigeren: what of that is to be corrected.
        verloop: the spending on the sheet `verloop_spuk`, with what is to be corrected.
    """

    jaar: int
    betaald: Money
    sisa: Money
    corrigeren: Money
    verloop: Money


def tied(draft: Draft) -> tuple[Tied, ...]:
    """The spending of all grants, year by year."""
    return tuple(_tied_year(draft, at) for at in draft.years)


def _tied_year(draft: Draft, at: int) -> Tied:
    rows = [row for row in draft.accountability.rows if row.jaar == at]
    wrong = Money.total(row.fouten for row in rows)
    through = Money.total(row.begin + row.ontvangen - row.apart - row.terugbetaald - row.eind for row in rows)
    return Tied(
        at,
        Money.total(
            payment.bedrag
            for payment in draft.statement.payments
            if payment.bron.soort == GRANT and payment.lijn.regel.jaar == at
        ),
        Money.total(row.besteed for row in rows),
        wrong,
        through + wrong,
    )


def _tied(draft: Draft) -> Table[Tied]:
    less = (*(("apart",) if draft.keeps_apart else ()), "terugbetaald", "eind")
    of_year = "SUMIFS([verloop.{}],[verloop.jaar],[jaar])"
    through = "-".join([f"{of_year.format('begin')}+{of_year.format('ontvangen')}", *map(of_year.format, less)])
    paid = 'SUMIFS([betaling.bedrag],[betaling.jaar],[jaar],[rekenbetaling.soort],"spuk")'
    return Table(
        "spukjaar",
        "Aansluiting op de betalingen, jaar voor jaar",
        tied(draft),
        (
            pasted.text("alle", "Wat", lambda _: "alle uitkeringen", width=26),
            live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"),
            year_label(draft),
            live.euro("betaald", "Betalingen uit een spuk", f"ROUND({paid},2)", width=16),
            live.euro("sisa", "Besteed volgens sisa", "ROUND(SUMIFS([sisa.besteed],[sisa.jaar],[jaar]),2)", width=16),
            live.euro(
                "corrigeren", "Waarvan te corrigeren", "ROUND(SUMIFS([sisa.corrigeren],[sisa.jaar],[jaar]),2)", width=16
            ),
            live.euro(
                "verloop",
                f"Begin + ontvangen{' - buiten de casus' if draft.keeps_apart else ''} - terugbetaald - eind"
                " + te corrigeren",
                f"ROUND({through}+[corrigeren],2)",
                width=16,
            ),
            live.check("oordeel", "Sluit aan", holds("AND([betaald]=[sisa],[sisa]=[verloop])")),
        ),
    )

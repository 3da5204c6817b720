"""The sheets `sisa` and `verloop_spuk`: what is accounted for per grant decision, and its advance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from finance.books.budget import history
from finance.books.budget.capacity import NEXT_YEAR
from finance.books.budget.draft import Draft
from finance.books.budget.payments import COLUMN
from finance.books.origins import of_rule
from finance.money import Money
from finance.statement.accountability import Decision, DecisionYear, Settlement
from finance.statement.posts import GRANT
from finance.tables.columns import check, euro, holds, number, text, verdict, year, yes
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Column, Notes, Page, Table

R = TypeVar("R")

UNKNOWN_CODE: Final = "code onbekend: zelf invullen"
AT_ONCE: Final = "onverwijld"
THIS_DECISION: Final = "[rekenbron.sleutel],[sleutel]"
"""The sources of the decision of a row."""
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
        (_decisions(draft), _spending(draft), _settled(draft), Notes("Hoe dit te lezen", SISA_NOTES)),
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


def key_of(draft: Draft, decision: Decision) -> str:
    """The key of a decision: those of its regulation and of itself."""
    return f"{regulation_name(draft, decision)}|{decision_name(draft, decision)}"


def regulation_name(draft: Draft, decision: Decision) -> str:
    """The key of the regulation of a decision."""
    return draft.name("regeling", decision.regeling)


def decision_name(draft: Draft, decision: Decision) -> str:
    """The key of a decision; without one, that of its regulation."""
    family = "beschikking" if decision.bronnen[0].beschikking else "regeling"
    return draft.name(family, decision.beschikking)


def _decisions(draft: Draft) -> Table[Decision]:
    return Table(
        "beschikking",
        "Beschikkingen",
        draft.accountability.decisions,
        (*_identity(draft), *_final_year(), *_repaid_in()),
        "Een beschikking wordt als een geheel verantwoord. De SiSa-code en de jaren van ontvangst, van"
        " eindverantwoording en van terugbetaling komen uit het blad dekking van de invoer.",
        least=COLUMN,
    )


def _identity(draft: Draft) -> tuple[Column[Decision], ...]:
    code = 'IFERROR(INDEX([rekenbron.sisa_code],MATCH([sleutel],[rekenbron.sleutel_code],0)),"")'
    return (
        text("beschikking", "Beschikking", lambda row: decision_name(draft, row), width=26),
        text("regeling", "Regeling", lambda row: regulation_name(draft, row), width=26),
        text("sleutel", "Sleutel", lambda row: key_of(draft, row), '[regeling]&"|"&[beschikking]', 26),
        text("sisa_code", "SiSa-code", lambda row: row.code or UNKNOWN_CODE,
             f'IF({code}="","{UNKNOWN_CODE}",{code})', 26),
        euro("toegekend", "Toegekend", lambda row: row.toegekend,
             f"ROUND(SUMIFS([dekking.bedrag],{THIS_DECISION}),2)"),
    )  # fmt: skip


def _final_year() -> tuple[Column[Decision], ...]:
    given = f'{THIS_DECISION},[dekking.eindverantwoording],">0"'
    latest = f"{THIS_DECISION},[rekenbron.later_besteedbaar],0"
    return (
        year("tot", "Besteedbaar tot en met", lambda row: row.laatste_jaar,
             f"SUMIFS([dekking.besteedbaar_tot],{latest})/COUNTIFS({latest})", 13),
        Column("venster_tot", "Regeling: besteden tot en met",
               lambda row: row.periode.venster_tot if row.periode else None, "", Format.DATE,
               Role.INPUT_SOURCED, 15, origin=lambda row: of_rule(row.periode)),
        year("gegeven", "Eindverantwoording volgens invoer", lambda row: row.eind_gegeven or "",
             f'IF(COUNTIFS({given})=0,"",SUMIFS([dekking.eindverantwoording],{given})/COUNTIFS({given}))',
             18),
        year("eindjaar", "Eindverantwoording over", lambda row: row.eindjaar,
             'IF([gegeven]<>"",[gegeven],IF([venster_tot]="",[tot],MIN([tot],YEAR([venster_tot]))))', 18),
    )  # fmt: skip


def _repaid_in() -> tuple[Column[Decision], ...]:
    given = f'{THIS_DECISION},[dekking.terugbetaald_in],">0"'
    return (
        year("terugbetaald_in", "Terugbetaald in", lambda row: row.terugbetaald_in or "",
             f'IF(COUNTIFS({given})=0,"",'
             f"SUMIFS([dekking.terugbetaald_in],{given})/COUNTIFS({given}))", 14),
    )  # fmt: skip


def year_label(draft: Draft, year_of: Callable[[R], int]) -> Column[R]:
    """Whether the numbers of a year are budget, forecast or realised; without closed years all is budget."""
    if draft.has_history:
        return history.label(draft, year_of)
    return text("cijfer", "Soort cijfer", lambda row: draft.case.label_of(year_of(row)), width=12)


def _spending(draft: Draft) -> Table[DecisionYear]:
    decisions = draft.accountability.decisions
    spent = "SUMIFS([betaling.bedrag],[betaling.jaar],[jaar]," + OF_DECISION + ")"
    return Table(
        "sisa",
        "Besteding per jaar",
        draft.accountability.rows,
        (
            of_decision("beschikking", "Beschikking", lambda row: decision_name(draft, row.beschikking), 26),
            of_decision("sisa_code", "SiSa-code", lambda row: row.beschikking.code or UNKNOWN_CODE, 26),
            year("jaar", "Jaar T", lambda row: row.jaar, NEXT_YEAR),
            year_label(draft, lambda row: row.jaar),
            euro("besteed", "Besteed in jaar T", lambda row: row.besteed, f"ROUND({spent},2)", width=16),
            euro("corrigeren", "Waarvan te corrigeren", lambda row: row.fouten, "[rapportering.fouten@]",
                 width=16),
            euro("rechtmatig", "Rechtmatig besteed in jaar T", lambda row: row.rechtmatig,
                 "ROUND([besteed]-[corrigeren],2)", width=16),
            euro("cumulatief", "Besteed tot en met jaar T", lambda row: row.cumulatief,
                 f"ROUND(IF({SAME_DECISION},[-cumulatief],0)+[besteed],2)", total=False, width=18),
            euro("rechtmatig_tot", "Rechtmatig tot en met jaar T", lambda row: row.rechtmatig_tot,
                 f"ROUND(IF({SAME_DECISION},[-rechtmatig_tot],0)+[rechtmatig],2)", total=False, width=18),
            text("definitief", "Eindverantwoording", lambda row: yes(row.definitief),
                 'IF([jaar]=INDEX([beschikking.eindjaar],[rij]),"ja","nee")', 14),
            number("rij", "Rij in beschikkingen", lambda row: decisions.index(row.beschikking) + 1,
                   "IF(N([-rij])=0,1,IF([jaar]={eerste_jaar},[-rij]+1,[-rij]))", Format.COUNT),
        ),
        "Jaar T wordt verantwoord bij de jaarrekening van dat jaar; het blad kalender zegt wanneer.",
        least=COLUMN,
    )  # fmt: skip


def _settled(draft: Draft) -> Table[Settlement]:
    mine = "[sisa.rij],[rij]"
    last = "INDEX([beschikking.eindjaar],[rij])"
    return Table(
        "afrekening",
        "Wat terug moet",
        draft.accountability.settlements,
        (
            text("beschikking", "Beschikking", lambda row: decision_name(draft, row.beschikking),
                 "INDEX([beschikking.beschikking],[rij])", 26),
            euro("toegekend", "Toegekend", lambda row: row.beschikking.toegekend,
                 "INDEX([beschikking.toegekend],[rij])"),
            euro("besteed", "Besteed", lambda row: row.besteed, f"ROUND(SUMIFS([sisa.besteed],{mine}),2)"),
            euro("corrigeren", "Waarvan te corrigeren", lambda row: row.te_corrigeren,
                 f"ROUND(SUMIFS([sisa.corrigeren],{mine}),2)"),
            euro("rechtmatig", "Rechtmatig besteed", lambda row: row.rechtmatig,
                 "ROUND([besteed]-[corrigeren],2)"),
            euro("niet_besteed", "Niet besteed", lambda row: row.niet_besteed,
                 "MAX(0,ROUND([toegekend]-[besteed],2))"),
            euro("boven", "Boven toegekend", lambda row: row.boven_toegekend,
                 "MAX(0,ROUND([besteed]-[toegekend],2))"),
            euro("later", "Nog te besteden na de casus", lambda row: row.nog_te_besteden,
                 f"IF({last}>{{laatste_jaar}},[niet_besteed],0)", width=18),
            euro("terug", "Terug te betalen", lambda row: row.terug,
                 "ROUND([niet_besteed]+[corrigeren]-[boven]-[later],2)", width=16),
            number("rij", "Rij in beschikkingen",
                   lambda row: draft.accountability.decisions.index(row.beschikking) + 1, "N([-rij])+1",
                   Format.COUNT),
        ),
        least=COLUMN,
    )  # fmt: skip


def of_decision(
    key: str, head: str, value: Callable[[DecisionYear], Value], width: float, *, rij: str = "[rij]"
) -> Column[DecisionYear]:
    """A column with a text of the decision of a row."""
    return text(key, head, value, f"INDEX([beschikking.{key}],{rij})", width)


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
    advance = f'SUMIFS([dekking.bedrag],{mine},[rekenbron.ontvangen_in],"<"&{{eerste_jaar}})'
    before = f"IF(AND(N({repaid})>0,N({repaid})<{{eerste_jaar}}),0,{advance})"
    received = f"SUMIFS([dekking.bedrag],{mine},[rekenbron.ontvangen_in],[jaar])"
    rest = "[begin]+[ontvangen]-[besteed]"
    return Table(
        "verloop",
        "",
        draft.accountability.rows,
        (
            of_decision("beschikking", "Beschikking", lambda row: decision_name(draft, row.beschikking), 26),
            year("jaar", "Jaar", lambda row: row.jaar, "[sisa.jaar@]"),
            year_label(draft, lambda row: row.jaar),
            euro("begin", "Stand 1 januari", lambda row: row.begin,
                 f"ROUND(IF({SAME_DECISION},[-eind],{before}),2)", total=False, width=16),
            euro("ontvangen", "Ontvangen", lambda row: row.ontvangen, f"ROUND({received},2)", width=16),
            euro("besteed", "Besteed: vrijval voor lasten", lambda row: row.rechtmatig,
                 "[sisa.rechtmatig@]", width=16),
            euro("terugbetaald", "Terugbetaald", lambda row: row.terugbetaald,
                 f"IF([jaar]={repaid},MAX(0,ROUND({rest},2)),0)", width=16),
            euro("eind", "Stand 31 december", lambda row: row.eind, f"ROUND({rest}-[terugbetaald],2)",
                 total=False, width=16),
            euro("nog", "Waarvan nog te besteden", lambda row: row.nog_te_besteden,
                 "ROUND([eind]-[terug],2)", total=False, width=16),
            euro("terug", "Waarvan terug te betalen", lambda row: row.terug_te_betalen,
                 f"IF([jaar]>={of_row('eindjaar')},MAX(0,[eind]),"
                 f"ROUND(MIN([sisa.cumulatief@],{of_row('toegekend')})-[sisa.rechtmatig_tot@],2))",
                 total=False, width=16),
            number("rij", "Rij in beschikkingen",
                   lambda row: draft.accountability.decisions.index(row.beschikking) + 1, DECISION_ROW,
                   Format.COUNT),
        ),
        least=COLUMN,
    )  # fmt: skip


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

    @property
    def klopt(self) -> bool:
        """Whether the three are equal."""
        return self.betaald == self.sisa == self.verloop


def tied(draft: Draft) -> tuple[Tied, ...]:
    """The spending of all grants, year by year."""
    return tuple(_tied_year(draft, at) for at in draft.years)


def _tied_year(draft: Draft, at: int) -> Tied:
    rows = [row for row in draft.accountability.rows if row.jaar == at]
    wrong = Money.total(row.fouten for row in rows)
    through = Money.total(row.begin + row.ontvangen - row.terugbetaald - row.eind for row in rows)
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
    through = "+".join(
        f"{sign}SUMIFS([verloop.{name}],[verloop.jaar],[jaar])"
        for name, sign in (("begin", ""), ("ontvangen", ""), ("terugbetaald", "-"), ("eind", "-"))
    ).replace("+-", "-")
    paid = 'SUMIFS([betaling.bedrag],[betaling.jaar],[jaar],[rekenbetaling.soort],"spuk")'
    return Table(
        "spukjaar",
        "Aansluiting op de betalingen, jaar voor jaar",
        tied(draft),
        (
            text("alle", "Wat", lambda _: "alle uitkeringen", width=26),
            year("jaar", "Jaar", lambda row: row.jaar, "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"),
            year_label(draft, lambda row: row.jaar),
            euro("betaald", "Betalingen uit een spuk", lambda row: row.betaald, f"ROUND({paid},2)", width=16),
            euro("sisa", "Besteed volgens sisa", lambda row: row.sisa,
                 "ROUND(SUMIFS([sisa.besteed],[sisa.jaar],[jaar]),2)", width=16),
            euro("corrigeren", "Waarvan te corrigeren", lambda row: row.corrigeren,
                 "ROUND(SUMIFS([sisa.corrigeren],[sisa.jaar],[jaar]),2)", width=16),
            euro("verloop", "Begin + ontvangen - terugbetaald - eind + te corrigeren",
                 lambda row: row.verloop, f"ROUND({through}+[corrigeren],2)", width=18),
            check("oordeel", "Sluit aan", lambda row: verdict(row.klopt),
                  holds("AND([betaald]=[sisa],[sisa]=[verloop])")),
        ),
    )  # fmt: skip

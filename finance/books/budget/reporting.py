"""The sheet `rapportering` and its calculation sheet: errors and uncertainties per grant decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from finance.books.budget.accounting import (
    DECISION_ROW,
    OF_DECISION,
    SAME_DECISION,
    of_decision,
    year_label,
)
from finance.books.budget.capacity import NEXT_YEAR
from finance.books.budget.decisions import pot_of
from finance.books.budget.draft import Draft
from finance.books.budget.parts import asks_capitalised, closing_regulations
from finance.books.budget.payments import COLUMN, granted_by
from finance.books.origins import of_rule
from finance.money import ZERO, Money
from finance.rules.accounting import ApprovalRule, ReportingRule
from finance.rules.entitlement import ShareCap
from finance.statement.accountability import DecisionYear
from finance.statement.decisions import Decision
from finance.tables import live, pasted
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Column, Notes, Page, Table

R = TypeVar("R")


def page(draft: Draft) -> Page:
    """The sheet `rapportering`."""
    return Page(
        "rapportering",
        "Rapporteringstolerantie per beschikking",
        "Vanaf welk bedrag fouten en onzekerheden van een jaar worden gemeld (Bado art. 5.4), elk apart, en"
        " wat er in dat jaar aan beide is.",
        (_reporting(draft), _tolerances(draft), _approvals(draft), Notes("Wat hier telt", REPORTING_NOTES)),
    )


REPORTING_NOTES: Final = (
    "Fout: wat tegen een regel in is betaald, en wat het jaar boven een grens voor leegstand of voor wat niet wordt"
    " geactiveerd, het deelplafond of het toegekende bedrag uitgaat. Elke euro telt een keer: wat al fout is, telt"
    " bij de volgende grens niet mee.",
    "Onzeker: wat in een afgesloten jaar op een aanname rust (de herkomst van de rij in realisatie). Een"
    " bedrag kan bij beide meetellen. In andere jaren is er nog niets besteed en dus niets onzeker.",
    "De accountant vindt meer dan deze werkmap kan weten: dit is wat uit invoer en plan zelf blijkt.",
    "De rapporteringstolerantie is nagegaan tot en met verslagjaar 2024. Vanaf 2025 is het besluit gewijzigd"
    " (Stb. 2025, 99): een goedkeuringstolerantie van 2% en minstens een deelwaarneming bij een uitkering met"
    " 125.000 euro of meer lasten in het jaar. De nieuwe tekst is niet gelezen: waar de zekerheid middel is,"
    " vraag het na bij de accountant. De goedkeuringstolerantie gaat over alle lasten van de gemeente, niet"
    " over een uitkering.",
)


def _reporting(draft: Draft) -> Table[DecisionYear]:
    def row_of(column: str) -> str:
        return f"INDEX([tolerantie.{column}],MATCH([jaar],[tolerantie.jaar],0))"

    threshold = (
        f'IF({row_of("laag_tot")}="","",IF([besteed]<={row_of("laag_tot")},{row_of("laag")},'
        f"IF([besteed]<={row_of('midden_tot')},ROUNDUP(ROUND([besteed]*{row_of('midden_aandeel')},6),2),"
        f"{row_of('hoog')})))"
    )
    observed = "INDEX([goedkeuring.deelwaarneming_vanaf],MATCH([jaar],[goedkeuring.jaar],0))"
    return Table(
        "rapportering",
        "",
        draft.accountability.rows,
        (
            of_decision("beschikking", "Beschikking", 26),
            live.year("jaar", "Jaar T", "[sisa.jaar@]"),
            year_label(draft),
            live.euro("besteed", "Lasten in jaar T", "[sisa.besteed@]"),
            live.euro("drempel", "Melden vanaf", threshold, total=False),
            *_errors(draft),
            _reported("fouten", "Fouten melden?"),
            live.euro(
                "onzeker",
                "Onzekerheden",
                "ROUND(SUMIFS([bronjaar.onzeker],[bronjaar.sleutel],INDEX([beschikking.sleutel],[rij]),"
                "[bronjaar.jaar],[jaar]),2)",
            ),
            _reported("onzeker", "Onzekerheden melden?"),
            live.text(
                "deelwaarneming",
                "Deelwaarneming nodig?",
                f'IF({observed}="","niet gevraagd",IF([besteed]>={observed},"ja","nee"))',
                15,
            ),
            live.number("rij", "Rij in beschikkingen", DECISION_ROW, Format.COUNT),
        ),
        least=COLUMN,
    )


def _errors(draft: Draft) -> tuple[Column[DecisionYear], ...]:
    """What is wrong by each rule; what is wrong by one is not counted again by the next."""
    mine = "[bovenplafond.sleutel],INDEX([beschikking.sleutel],[rij]),[bovenplafond.jaar],[jaar]"
    granted = f"INDEX([beschikking.{pot_of(draft)}],[rij])"
    parts: tuple[tuple[str, str], ...] = ()
    right = "[besteed]-[strijdig]-[boven_deelplafond]"
    if closing_regulations(draft):
        parts = (("leegstand", "Leegstand boven de grens"),)
    if asks_capitalised(draft):
        parts += (("geactiveerd", "Geactiveerd"),)
    above = "ROUND(SUMIFS([rekenbetaling.boven_{}],[betaling.jaar],[jaar]," + OF_DECISION + "),2)"
    beyond = tuple(live.euro(f"boven_{key}", head, above.format(key)) for key, head in parts)
    wrong = "".join(f"+[boven_{key}]" for key, _ in parts)
    right += wrong.replace("+", "-")
    before = f"IF({SAME_DECISION},[-binnen_regels],0)"
    return (
        live.euro(
            "strijdig",
            "Tegen een regel in",
            "ROUND(SUMIFS([betaling.strijdig],[betaling.jaar],[jaar]," + OF_DECISION + "),2)",
        ),
        *beyond,
        live.euro("boven_deelplafond", "Boven deelplafond", f"ROUND(SUMIFS([bovenplafond.boven],{mine}),2)"),
        live.euro("binnen_regels", "Anders besteed, tot en met jaar T", f"ROUND({before}+{right},2)", total=False),
        live.euro(
            "boven_toegekend", "Boven toegekend", f"ROUND(MAX(0,[binnen_regels]-{granted})-MAX(0,{before}-{granted}),2)"
        ),
        live.euro("fouten", "Fouten", f"ROUND([strijdig]+[boven_deelplafond]+[boven_toegekend]{wrong},2)"),
    )


def _reported(column: str, head: str) -> Column[DecisionYear]:
    return live.text(
        f"meld_{column}",
        head,
        f'IF([drempel]="","nee",IF([{column}]>=[drempel],"ja","nee"))',
        13,
    )


@dataclass(frozen=True, slots=True)
class _OfYear:
    """A rule of accounting in one year; None where none applies."""

    jaar: int
    regel: ReportingRule | ApprovalRule | None

    def parameter(self, name: str) -> Value:
        """A parameter of the rule; empty where no rule applies."""
        return getattr(self.regel, name, None)


def _parameter(name: str, head: str, fmt: Format = Format.EURO) -> Column[_OfYear]:
    return Column(
        name,
        head,
        lambda row: row.parameter(name),
        "",
        fmt,
        Role.INPUT_SOURCED,
        14,
        origin=lambda row: of_rule(row.regel),
    )


def _of_years(name: str, title: str, rows: list[_OfYear], *parameters: Column[_OfYear]) -> Table[_OfYear]:
    """The parameters of one rule of accounting, year by year, with how sure they are."""
    return Table(
        name,
        title,
        rows,
        (
            pasted.text("regel", "Regel", lambda row: row.regel.id if row.regel else "", width=26),
            live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"),
            *parameters,
            pasted.text("zekerheid", "Zekerheid", lambda row: row.regel.zekerheid if row.regel else "", width=12),
            pasted.text(
                "vindplaats", "Vindplaats", lambda row: row.regel.vindplaats if row.regel else "", width=30, wrap=True
            ),
        ),
    )


def _tolerances(draft: Draft) -> Table[_OfYear]:
    return _of_years(
        "tolerantie",
        "Parameters: rapporteringstolerantie, per jaar",
        [_OfYear(at, draft.accountability.tolerance(at)) for at in draft.years],
        _parameter("laag_tot", "Lasten tot en met"),
        _parameter("laag", "Melden vanaf"),
        _parameter("midden_tot", "Lasten daarboven tot en met"),
        _parameter("midden_aandeel", "Melden vanaf dit deel", Format.PERCENT),
        _parameter("hoog", "Lasten daarboven: melden vanaf"),
    )


def _approvals(draft: Draft) -> Table[_OfYear]:
    return _of_years(
        "goedkeuring",
        "Parameters: goedkeuringstolerantie en deelwaarneming, per jaar",
        [_OfYear(at, draft.statement.rules.accounting(ApprovalRule, at)) for at in draft.years],
        _parameter("fouten", "Fouten", Format.PERCENT),
        _parameter("onzekerheden", "Onzekerheden", Format.PERCENT),
        _parameter("deelwaarneming_vanaf", "Deelwaarneming vanaf"),
    )


def calculation_page(draft: Draft) -> Page:
    """The sheet `rekenblad_sisa`."""
    return Page(
        "rekenblad_sisa",
        "Rekenblad: verantwoording",
        "Wat per uitkering en jaar op een aanname rust, en wat elk jaar boven een deelplafond uitgaat.",
        (_uncertain(draft), _above_caps(draft)),
        tab="berekening",
    )


@dataclass(frozen=True, slots=True)
class _Assumed:
    """What one grant paid in one closed year on the strength of an assumption."""

    bron: str
    beschikking: Decision
    jaar: int
    onzeker: Money


def _uncertain(draft: Draft) -> Table[_Assumed]:
    known = draft.accountability
    rows = [
        _Assumed(row.bron, decision, at, known.assumed(row.bron, at))
        for decision in known.decisions
        for row in decision.bronnen
        for at in draft.years
    ]
    return Table(
        "bronjaar",
        "Bestedingen op een aanname",
        rows,
        (
            pasted.text("bron", "Bron", lambda row: draft.name("bron", row.bron), width=18),
            live.text("sleutel", "Sleutel", "INDEX([rekenbron.sleutel],MATCH([bron],[rekenbron.bron],0))", 30),
            live.year("jaar", "Jaar", NEXT_YEAR),
            live.euro("onzeker", "Op een aanname", f"ROUND({_assumed(draft)},2)"),
        ),
    )


def _assumed(draft: Draft) -> str:
    """What rests on an assumption; nothing has been paid where no year is closed."""
    amount = "[rekenrealisatie.onzeker]" if draft.has_history else "[realisatie.bedrag]"
    return f"SUMIFS({amount},[realisatie.bron],[bron],[realisatie.jaar],[jaar])"


@dataclass(frozen=True, slots=True)
class _Above:
    """One share cap at the end of one year."""

    plafond: ShareCap
    jaar: int
    cumulatief: Money
    boven: Money
    erbij: Money


def _above_caps(draft: Draft) -> Table[_Above]:
    cap = "[deelplafond.regel],[regel],[deelplafond.regeling],[regeling],[deelplafond.beschikking],[beschikking]"
    first, limit = f"SUMIFS([deelplafond.van],{cap})", f"SUMIFS([deelplafond.grens],{cap})"
    paid = (
        "SUMIFS([betaling.bedrag],[rekenbetaling.regeling],[regeling],[rekenbetaling.beschikking],[beschikking],"
        f'[rekenbetaling.deelplafond],[regel],[betaling.mag],"ja",[betaling.jaar],">="&{first},'
        f'[betaling.jaar],"<="&MIN([jaar],SUMIFS([deelplafond.tot],{cap})))'
    )
    same = "AND(N([-jaar])>0,[regel]=[-regel],[regeling]=[-regeling],[beschikking]=[-beschikking])"
    return Table(
        "bovenplafond",
        "Deelplafond, jaar voor jaar",
        list(_caps_by_year(draft)),
        (
            pasted.text("regel", "Regel", lambda row: row.plafond.regel.id, width=18),
            pasted.text("regeling", "Regeling", lambda row: draft.name("regeling", row.plafond.regeling), width=26),
            pasted.text("beschikking", "Beschikking", lambda row: granted_by(draft, row.plafond.bronnen[0]), width=26),
            live.text("sleutel", "Sleutel", '[regeling]&"|"&[beschikking]', 30),
            live.year("jaar", "Jaar", NEXT_YEAR),
            live.euro("cumulatief", "Betaald wat mag, tot en met het jaar", f"ROUND({paid},2)", total=False),
            live.euro("boven_tot", "Boven het deelplafond", f"MAX(0,ROUND([cumulatief]-{limit},2))", total=False),
            live.euro("boven", "Waarvan in dit jaar", f"ROUND([boven_tot]-IF({same},[-boven_tot],0),2)"),
        ),
    )


def _caps_by_year(draft: Draft) -> Iterator[_Above]:
    for cap in draft.statement.rules.share_caps:
        before = ZERO
        for at in draft.years:
            paid = draft.accountability.capped(cap, at)
            above = max(ZERO, paid - cap.grens)
            yield _Above(cap, at, paid, above, above - before)
            before = above

"""The sheet `controles`: what must agree in every tariff, and how much of it does not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from finance.books.tariff.draft import Draft, Numbered
from finance.books.tariff.plan_inputs import key_of
from finance.case.cost_price import DAYS
from finance.tables.columns import HOLDS, check, euro, failing, holds, number, text, verdict
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table
from finance.tables.wholeness import VERDICTS, Written, controls, counts
from finance.tariff.transition import Carried

CHECKS: Final = {
    "stappen": "optelling", "elementen": "optelling", "jaar": "optelling", "omslag": "optelling",
    "dubbel": "grens", "mogelijk": "grens", "volledig": "grens",
}  # fmt: skip
"""The checks, each with its table."""
PLAN_CHECKS: Final = dict.fromkeys(("jaren", "bezetting_kan", "prijs_net", "niveau_net"), "plancontrole")


def page(draft: Draft, others: Sequence[Page], written: Written) -> Page:
    """The sheet `controles`.

    Args:
        draft: the material.
        others: the sheets that are counted.
        written: how much each of them held when the workbook was written.
    """
    plan = (_plan(draft),) if draft.plan else ()
    return Page(
        "controles",
        "Controles",
        "Wat in elk tarief op hetzelfde moet uitkomen, en wat niet mag. Alles hier rekent mee.",
        (_stand(draft, plan), _sums(draft), _limits(draft), *plan, *controls(others, written),
         *counts(others, written)),
    )


def failures(draft: Draft) -> int:
    """How many controls fail."""
    return sum(_paid_twice(row) or not _possible(row) for row in draft.tariffs)


def _stand(draft: Draft, plan: Sequence[Table[Carried]]) -> Table[Draft]:
    tables = CHECKS | (PLAN_CHECKS if any(table.rows for table in plan) else {})
    counted = failing(*(f"{table}.{key}" for key, table in tables.items()))
    failed = failures(draft)
    return Table(
        "stand",
        "",
        (draft,),
        (
            number("niet", "Controles die niet kloppen", lambda _: failed, counted, Format.COUNT),
            number("heel", "Bladen en tabellen die niet heel zijn", lambda _: 0, failing(*VERDICTS),
                   Format.COUNT),
            check("oordeel", "Oordeel over alles", lambda _: verdict(failed == 0),
                  holds("AND(ISNUMBER([niet]),[niet]=0,ISNUMBER([heel]),[heel]=0)")),
        ),
    )  # fmt: skip


def _equal(left: str, right: str) -> str:
    return holds(f"ROUND({left}-{right},2)=0")


def _sums(draft: Draft) -> Table[Numbered]:
    return Table(
        "optelling",
        "Optellingen",
        draft.tariffs,
        (
            text("naam", "Tarief", lambda row: row.naam, "[reken.naam@]", 32),
            euro("prijs", "Prijs", lambda row: row.tariff.asked, "[reken.prijs@]", total=False),
            euro("som_stappen", "Som van de stappen", lambda row: row.tariff.asked, "[waterval.prijs@]",
                 total=False),
            check("stappen", "Stappen", lambda _: HOLDS, _equal("[som_stappen]", "[prijs]")),
            euro("som_elementen", "Som van de elementen", lambda row: row.tariff.asked, "[element.prijs@]",
                 total=False),
            check("elementen", "Elementen", lambda _: HOLDS, _equal("[som_elementen]", "[prijs]")),
            euro("kosten", "Kosten van een groep (F + V n b)", _cost, "[reken.F@]+[reken.V@]*[reken.bezet@]",
                 total=False),
            euro("som_jaar", "Som van de stappen, per jaar", _cost,
                 "[stap.c_risico@]*{dagen}*[reken.bezet@]", total=False),
            check("jaar", "Per jaar", lambda _: HOLDS, _equal("[som_jaar]", "[kosten]")),
            euro("inkomsten", "Inkomsten bij de kostprijs", _income,
                 "[reken.precies@]*{dagen}*[reken.bezet@]", total=False),
            check("omslag", "Kostprijs dekt kosten", lambda _: HOLDS, _equal("[inkomsten]", "[kosten]")),
        ),
    )  # fmt: skip


def _cost(row: Numbered) -> Fraction:
    return row.tariff.cost(_used(row))


def _income(row: Numbered) -> Fraction:
    return row.tariff.own_price * DAYS * _used(row)


def _used(row: Numbered) -> Fraction:
    return row.tariff.groepsgrootte * row.tariff.bezetting


def _limits(draft: Draft) -> Table[Numbered]:
    def count(row: Numbered) -> int:
        return sum(draft.given(row, name) for name in draft.parameters)

    return Table(
        "grens",
        "Grenzen",
        draft.tariffs,
        (
            text("naam", "Tarief", lambda row: row.naam, "[reken.naam@]", 32),
            euro("huisvesting", "Huisvesting", lambda row: row.tariff.huisvesting, "[reken.huisvesting@]",
                 total=False),
            euro("spuk", "Waarvan betaald door de SPUK", lambda row: row.tariff.spuk_huisvesting,
                 "[reken.spuk_huisvesting@]", total=False),
            euro("te_veel", "Dubbel betaald", _excess, "MAX(0,[spuk]-[huisvesting])", total=False),
            check("dubbel", "Niet dubbel betaald", lambda row: verdict(not _paid_twice(row)),
                  holds("[te_veel]=0")),
            number("bezetting", "Bezetting", lambda row: row.tariff.bezetting, "[reken.bezetting@]",
                   Format.PERCENT),
            _hours(draft),
            check("mogelijk", "Bezetting en uren kunnen", lambda row: verdict(_possible(row)),
                  holds("AND(ISNUMBER([uren]),[bezetting]>0,[bezetting]<=1,[uren]>0)")),
            number("gevraagd", "Parameters", count, "COUNTIFS([invoer.nr],[reken.nr@])",
                   Format.COUNT),
            number("gegeven", "Waarvan gegeven", count,
                   'COUNTIFS([invoer.nr],[reken.nr@],[invoer.waarde],">=0")', Format.COUNT),
            check("volledig", "Elke parameter gegeven", lambda _: HOLDS,
                  holds("[gegeven]=[gevraagd]")),
        ),
    )  # fmt: skip


def _hours(draft: Draft) -> Column[Numbered]:
    """What must be above zero for a group to be staffed: hours of an fte, or the fte as given."""
    if draft.salaries:
        return number("uren", "Uren per fte", lambda row: row.tariff.netto, "[reken.netto@]")
    return number("uren", "Fte per groep", lambda row: row.tariff.fte, "[reken.fte@]", Format.FACTOR)


def _paid_twice(row: Numbered) -> bool:
    return row.tariff.spuk_huisvesting > row.tariff.huisvesting


def _excess(row: Numbered) -> Fraction:
    return max(row.tariff.spuk_huisvesting - row.tariff.huisvesting, Fraction(0))


def _possible(row: Numbered) -> bool:
    return row.tariff.can_work and 0 < row.tariff.bezetting <= 1


def _plan(draft: Draft) -> Table[Carried]:
    years = "[vormjaar.aanbieder],[aanbieder],[vormjaar.vorm],[vorm]"
    deals = "[betaal.aanbieder],[aanbieder],[betaal.vorm],[vorm]"
    over, less = "[behoefte.bij_prijs@]", "[behoefte.cent_lager@]"
    return Table(
        "plancontrole",
        "Het resultaat van de aanbieders",
        draft.transition.carried,
        (
            text("aanbieder", "Aanbieder", lambda row: key_of(draft, "aanbieder", row.aanbieder),
                 "[oordeel.aanbieder@]", 32),
            text("vorm", "Vorm", lambda row: row.vorm, "[oordeel.vorm@]", 16),
            euro("opbrengst", "Opbrengst, per afspraak", lambda row: row.opbrengst,
                 f"SUMIFS([betaal.opbrengst],{deals})", total=False),
            euro("kosten", "Kosten, per plaats en maatregel", lambda row: row.kosten,
                 "SUMIFS([plekjaar.exploitatie],[plekjaar.aanbieder],[aanbieder])"
                 "+SUMIFS([plekjaar.leegstand],[plekjaar.aanbieder],[aanbieder])"
                 "+SUMIFS([eenmalig.bedrag],[eenmalig.aanbieder],[aanbieder])"
                 "-SUMIFS([eenmalig.bijdrage],[eenmalig.aanbieder],[aanbieder])", total=False),
            euro("som", "Resultaat van de jaren", lambda row: row.cumulatief,
                 f"SUMIFS([vormjaar.resultaat],{years})", total=False),
            check("jaren", "Jaren tellen op", lambda _: HOLDS, _equal("[opbrengst]-[kosten]", "[som]")),
            check("bezetting_kan", "Bezet past in plaatsen", lambda _: HOLDS,
                  holds("ROUND(MIN([plekjaar.lege]),6)>=0")),
            check("prijs_net", "Nodige prijs: net genoeg", lambda _: HOLDS,
                  # Where no price is enough there is a word, and nothing to test.
                  holds(f"IF(ISNUMBER({over}),AND(ROUND({over},6)>=0,ROUND({less},6)<0),ISTEXT({over}))")),
            check("niveau_net", "Nodig niveau: precies nul", lambda _: HOLDS,
                  holds("OR([nodig.tekort@]=0,ROUND([nodig.rest@],2)=0)")),
        ),
    )  # fmt: skip

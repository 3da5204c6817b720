"""The sheet `controles`: what must agree in every tariff, and how much of it does not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from finance.books.tariff.draft import Draft, Numbered
from finance.books.tariff.plan_deals import LUMPSUM
from finance.books.tariff.plan_prices import BY_PLACE
from finance.books.verdicts import stand
from finance.case.cost_price import DAYS
from finance.tables import live
from finance.tables.columns import failing, holds
from finance.tables.grid import Format
from finance.tables.pages import Column, Page, Table
from finance.tables.wholeness import Written, controls, counts
from finance.tariff.transition import Carried

CHECKS: Final = {
    "stappen": "optelling",
    "elementen": "optelling",
    "jaar": "optelling",
    "omslag": "optelling",
    "dubbel": "grens",
    "mogelijk": "grens",
    "volledig": "grens",
}
"""The checks, each with its table."""
PLAN_CHECKS: Final = dict.fromkeys(("jaren", "bezetting_kan", "prijzen", "gedekt"), "plancontrole")


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
        (
            stand(draft, _failed(plan)),
            _sums(draft),
            _limits(draft),
            *plan,
            *controls(others, written),
            *counts(others, written),
        ),
    )


def _failed(plan: Sequence[Table[Carried]]) -> str:
    """A formula that counts what is not met in the tables that have rows."""
    tables = CHECKS | (PLAN_CHECKS if any(table.rows for table in plan) else {})
    return failing(*(f"{table}.{key}" for key, table in tables.items()))


def _equal(left: str, right: str) -> str:
    return holds(f"ROUND({left}-{right},2)=0")


def _sums(draft: Draft) -> Table[Numbered]:
    return Table(
        "optelling",
        "Optellingen",
        draft.tariffs,
        (
            live.text("naam", "Tarief", "[reken.naam@]", 32),
            live.euro("prijs", "Prijs", "[reken.prijs@]", total=False),
            live.euro("som_stappen", "Som van de stappen", "[waterval.prijs@]", total=False),
            live.check("stappen", "Stappen", _equal("[som_stappen]", "[prijs]")),
            live.euro("som_elementen", "Som van de elementen", "[element.prijs@]", total=False),
            live.check("elementen", "Elementen", _equal("[som_elementen]", "[prijs]")),
            live.euro(
                "kosten", "Kosten van een groep (F + V n b)", "[reken.F@]+[reken.V@]*[reken.bezet@]", total=False
            ),
            live.euro(
                "som_jaar", "Som van de stappen, per jaar", "[stap.c_risico@]*{dagen}*[reken.bezet@]", total=False
            ),
            live.check("jaar", "Per jaar", _equal("[som_jaar]", "[kosten]")),
            live.euro(
                "inkomsten", "Inkomsten bij de kostprijs", "[reken.precies@]*{dagen}*[reken.bezet@]", total=False
            ),
            live.check("omslag", "Kostprijs dekt kosten", _equal("[inkomsten]", "[kosten]")),
        ),
    )


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
            live.text("naam", "Tarief", "[reken.naam@]", 32),
            live.euro("huisvesting", "Huisvesting", "[reken.huisvesting@]", total=False),
            live.euro("spuk", "Waarvan betaald door de SPUK", "[reken.spuk_huisvesting@]", total=False),
            live.euro("te_veel", "Dubbel betaald", "MAX(0,[spuk]-[huisvesting])", total=False),
            live.check("dubbel", "Niet dubbel betaald", holds("[te_veel]=0")),
            live.number("bezetting", "Bezetting", "[reken.bezetting@]", Format.PERCENT),
            _hours(draft),
            live.check(
                "mogelijk",
                "Bezetting en uren kunnen",
                holds("AND(ISNUMBER([uren]),[bezetting]>0,[bezetting]<=1,[uren]>0)"),
            ),
            live.number("gevraagd", "Parameters", "COUNTIFS([invoer.nr],[reken.nr@])", Format.COUNT),
            live.number(
                "gegeven", "Waarvan gegeven", 'COUNTIFS([invoer.nr],[reken.nr@],[invoer.waarde],">=0")', Format.COUNT
            ),
            live.check("volledig", "Elke parameter gegeven", holds("[gegeven]=[gevraagd]")),
        ),
    )


def _hours(draft: Draft) -> Column[Numbered]:
    """What must be above zero for a group to be staffed: hours of an fte, or the fte as given."""
    if draft.salaries:
        return live.number("uren", "Uren per fte", "[reken.netto@]")
    return live.number("uren", "Fte per groep", "[reken.fte@]", Format.FACTOR)


def _paid_twice(row: Numbered) -> bool:
    return row.tariff.spuk_huisvesting > row.tariff.huisvesting


def _possible(row: Numbered) -> bool:
    return row.tariff.can_work and 0 < row.tariff.bezetting <= 1


def _plan(draft: Draft) -> Table[Carried]:
    years = "[vormjaar.aanbieder],[aanbieder],[vormjaar.vorm],[vorm]"
    deals = "[betaal.aanbieder],[aanbieder],[betaal.vorm],[vorm]"
    spread = "{cent}*COUNTIFS([betaal.aanbieder],[aanbieder],[betaal.vorm],[vorm])"

    def priced(key: str) -> str:
        of_form = (
            f'IF([vorm]="{form}",SUMIFS([prijs_{form}.{key}],[prijs_{form}.aanbieder],[aanbieder]),'
            for form in BY_PLACE
        )
        whole = f"SUMIFS([prijs_{LUMPSUM}.{key}],[prijs_{LUMPSUM}.aanbieder],[aanbieder])"
        return f"{''.join(of_form)}{whole}{')' * len(BY_PLACE)}"

    return Table(
        "plancontrole",
        "Het resultaat van de aanbieders",
        draft.transition.carried,
        (
            live.text("aanbieder", "Aanbieder", "[oordeel.aanbieder@]", 32),
            live.text("vorm", "Vorm", "[oordeel.vorm@]", 16),
            live.euro("opbrengst", "Opbrengst, per afspraak", f"SUMIFS([betaal.opbrengst],{deals})", total=False),
            live.euro(
                "kosten",
                "Kosten, per plaats en maatregel",
                "SUMIFS([plekjaar.exploitatie],[plekjaar.aanbieder],[aanbieder])"
                "+SUMIFS([plekjaar.leegstand],[plekjaar.aanbieder],[aanbieder])"
                "+SUMIFS([eenmalig.bedrag],[eenmalig.aanbieder],[aanbieder])"
                "-SUMIFS([eenmalig.bijdrage],[eenmalig.aanbieder],[aanbieder])",
                total=False,
            ),
            live.euro("terug", "Vloeit terug", f"SUMIFS([vormjaar.terug],{years})", total=False),
            live.euro("som", "Resultaat van de jaren", f"SUMIFS([vormjaar.resultaat],{years})", total=False),
            live.check("jaren", "Jaren tellen op", _equal("[opbrengst]-[kosten]-[terug]", "[som]")),
            live.check("bezetting_kan", "Bezet past in plaatsen", holds("ROUND(MIN([plekjaar.lege]),6)>=0")),
            live.euro("naar_prijs", "Betaalde plaatsen maal prijs", priced("opbrengst"), total=False),
            live.check("prijzen", "Prijzen tellen op tot opbrengst", holds(f"ABS([naar_prijs]-[opbrengst])<={spread}")),
            live.euro("naar_nodig", "Te dekken, per zorgvorm", priced("kosten"), total=False),
            live.check("gedekt", "Nodige prijzen dekken de kosten", holds("ABS([naar_nodig]-[kosten])<={cent}")),
        ),
    )

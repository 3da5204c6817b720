"""The sheet `rekenblad_totalen`: totals by subject, and the live value of every goal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from finance.books.budget import groups
from finance.books.budget.control_totals import row_of
from finance.books.budget.counted import Total
from finance.books.budget.draft import Draft
from finance.case.sheets import Provider
from finance.case.words import BURDEN, CHANGES, FLOOR, UNITS
from finance.plan.allocation import OWN_SORTS
from finance.statement.lines import GROUP_OF
from finance.tables import live, pasted
from finance.tables.grid import Format
from finance.tables.pages import Page, Table

GOAL_FORMULAS: Final = {
    "tekort_plaatsen": "ROUND(SUM([vraagdekking.tekort]),9)",
    "uitwijk": "ROUND(SUM([uitwijkplaats.plaatsen]),9)",
    "boven_plafond": "ROUND(SUM([vraagdekking.boven]),9)",
    "ongedekt": 'ROUND(SUMIFS([lijn.ongedekt],[lijn.ongedekt],">0"),2)',
    "eigen_geld": "ROUND("
    + "+".join(f'SUMIFS([betaling.bedrag],[rekenbetaling.soort],"{sort}")' for sort in OWN_SORTS)
    + ",2)",
    "waardering": "SUM([plan.waardering])",
    "kosten_ncw": "",
    "spuk_onbesteed": "ROUND(SUM([pot.terug]),2)",
    "startjaren": "SUM([plan.later])",
}
"""The live formula of each goal; that of kosten_ncw adds up the tables that the case has."""
FIRST_GOAL: Final = next(iter(GOAL_FORMULAS))
LAST_GOAL: Final = list(GOAL_FORMULAS)[-1]


def _goal_formulas(draft: Draft) -> Mapping[str, str]:
    """The live formula of each goal; what was paid in a closed year counts as it was paid."""
    formulas = dict(GOAL_FORMULAS)
    tables = ["kost", "rekenplaats"]
    tables += ["rekenrealisatie"] if draft.has_history else []
    tables += ["rekenkrediet"] if draft.case.credits else []
    formulas["kosten_ncw"] = f"ROUND({'+'.join(f'SUM([{table}.contant])' for table in tables)},2)"
    if draft.case.care_groups:
        limited = any(row.plafond is not None for row in draft.case.demand)
        formulas.update(groups.GOALS if limited else {**groups.GOALS, "boven_plafond": "0"})
    if draft.case.place_bounds:
        bounded = {
            "boven_plafond": _and_bounds(formulas["boven_plafond"]),
            FLOOR: "ROUND(SUM([grensjaar.onder]),9)",
        }
        first = {FIRST_GOAL: formulas.pop(FIRST_GOAL)}
        formulas = {**first, **bounded, **{name: text for name, text in formulas.items() if name not in bounded}}
    if any(goal.doel == BURDEN for goal in draft.case.goals):
        last = {LAST_GOAL: formulas.pop(LAST_GOAL)}
        formulas = {**formulas, BURDEN: "[gemeentelast.betaald=]", **last}
    if draft.case.approval:
        # Between the first goal and the last, which name the range of all of them.
        formulas = {FIRST_GOAL: formulas.pop(FIRST_GOAL), CHANGES: "[besluit.geteld=]", **formulas}
    return formulas


def _and_bounds(ceilings: str) -> str:
    """Places above ceilings and above bounds together, where the formula of ceilings is a rounded sum."""
    return (
        ceilings.replace("),9)", ")+SUM([grensjaar.boven]),9)")
        if ceilings != "0"
        else "ROUND(SUM([grensjaar.boven]),9)"
    )


def goal_format(name: str) -> Format:
    """How the value of a goal is shown."""
    return {"EUR": Format.EURO, "plaatsjaren": Format.PLACES}.get(UNITS[name], Format.GENERAL)


def page(draft: Draft) -> Page:
    """The sheet `rekenblad_totalen`."""
    of_goals = [Total(name, name, formula, goal_format(name)) for name, formula in _goal_formulas(draft).items()]
    return Page(
        "rekenblad_totalen",
        "Rekenblad: totalen",
        "De doelen; en dezelfde kosten en betalingen, geteld naar jaar, aanbieder en kostensoort.",
        (
            row_of(draft, "doelwaarde", "Doelen", of_goals),
            _by_year(draft),
            _by_provider(draft),
            _by_sort(draft),
        ),
        tab="berekening",
    )


def _by_year(draft: Draft) -> Table[int]:
    return Table(
        "perjaar",
        "Per jaar",
        draft.years,
        (
            live.year("jaar", "Jaar", "IF(N([-jaar])=0,{eerste_jaar},[-jaar]+1)"),
            live.euro("kosten", "Kosten", "ROUND(SUMIFS([lijn.kosten],[lijn.jaar],[jaar]),2)"),
            live.euro("betaald", "Betaald", "ROUND(SUMIFS([betaling.bedrag],[betaling.jaar],[jaar]),2)"),
        ),
    )


def _by_provider(draft: Draft) -> Table[Provider]:
    return Table(
        "peraanbieder",
        "Per aanbieder",
        draft.case.providers,
        (
            live.text("aanbieder", "Aanbieder", "[aanbieders.aanbieder@]", 18),
            live.euro("kosten", "Kosten", "ROUND(SUMIFS([lijn.kosten],[lijn.aanbieder],[aanbieder]),2)"),
            live.euro("betaald", "Betaald", "ROUND(SUMIFS([betaling.bedrag],[rekenbetaling.aanbieder],[aanbieder]),2)"),
        ),
    )


def _by_sort(draft: Draft) -> Table[str]:
    return Table(
        "kostengroep",
        "Per kostensoort, met haar groep",
        draft.case.cost_sorts,
        (
            pasted.text("kostensoort", "Kostensoort", lambda sort: sort, width=21),
            pasted.text("groep", "Groep", lambda sort: GROUP_OF[sort], width=21),
            live.euro("kosten", "Kosten", "ROUND(SUMIFS([lijn.kosten],[lijn.kostensoort],[kostensoort]),2)"),
            live.euro("betaald", "Betaald", "ROUND(SUMIFS([betaling.bedrag],[betaling.kostensoort],[kostensoort]),2)"),
        ),
    )

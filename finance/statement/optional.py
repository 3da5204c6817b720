"""The fields of a result that stand only where the case has the sheet they are about."""

from __future__ import annotations

from fractions import Fraction

from finance.case import Case
from finance.money import Exact
from finance.places import DECIMALS
from finance.plan.allocation import Outcome, Plan

Document = dict[str, object]


def number_of(value: Exact) -> int | float:
    """A number of places for JSON: whole where it is whole, else with at most nine decimals."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else round(float(exact), DECIMALS)


def regions(outcome: Outcome) -> Document:
    """What each region pays and owes; nothing where the case names none."""
    if not outcome.region_burdens:
        return {}
    return {
        "regios": [
            {
                "regio": row.regio.regio,
                "lasten_cent": row.betaald.cents,
                "verschuldigd_cent": row.verschuldigd.cents,
            }
            for row in outcome.region_burdens
        ]
    }


def resources(case: Case, plan: Plan) -> Document:
    """What measures use of each resource; nothing where the case names none."""
    if not case.resources:
        return {}
    starts = plan.allocation.starts
    return {
        "hulpbronnen": [
            {
                "hulpbron": row.hulpbron,
                "jaar": row.jaar,
                "beschikbaar": number_of(row.beschikbaar),
                "gebruikt": number_of(case.used_by(starts, row.hulpbron, row.jaar)),
            }
            for row in case.resources
        ]
    }


def credit(outcome: Outcome) -> Document:
    """What is owed on each credit, year by year; nothing where the case has none."""
    if not outcome.case.credits:
        return {}
    return {
        "kredieten": [
            {
                "bron": row.bron.bron,
                "jaar": row.jaar,
                "begin_cent": row.begin.cents,
                "rente_cent": row.rente.cents,
                "opgenomen_cent": row.opgenomen.cents,
                "afgelost_cent": row.afgelost.cents,
                "eind_cent": row.eind.cents,
            }
            for row in outcome.credits
        ]
    }


def bounds(outcome: Outcome) -> Document:
    """The places beside each row of `plaatsgrenzen`; nothing where the case has none."""
    if not outcome.case.place_bounds:
        return {}
    return {
        "grenzen": [
            {
                "grens": row.grens,
                "jaar": row.jaar,
                "plaatsen": number_of(outcome.places_within(row)),
                "boven": number_of(outcome.over_bounds.get((row.grens, row.jaar), 0)),
                "onder": number_of(outcome.under_bounds.get((row.grens, row.jaar), 0)),
            }
            for row in outcome.case.place_bounds
        ]
    }

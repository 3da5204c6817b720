"""What really happened beside the path of the case and the plan; nothing else rests on it."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from finance.case import Case
from finance.case.sheets import RealisedPlaces
from finance.places import on_grid
from finance.plan.allocation import Outcome
from finance.statement.optional import Document, number_of


class Beside(StrEnum):
    """What a row of `realisatie_plaatsen` stands beside."""

    USE = "bezetting"
    CARE = "opvang"
    INFLOW = "instroom"
    NEED = "behoefte"


def beside(case: Case, row: RealisedPlaces) -> Beside:
    """What a row stands beside.

    Etmalen of a doelgroep are young people with a place; its jeugdigen are those who enter, or those who
    need a place where the case gives no inflow of that year.
    """
    if not row.doelgroep:
        return Beside.USE
    if row.jeugdigen is None:
        return Beside.CARE
    entering = any((one.doelgroep, one.jaar) == (row.doelgroep, row.jaar) for one in case.inflow)
    return Beside.INFLOW if entering else Beside.NEED


def planned(outcome: Outcome, row: RealisedPlaces) -> Fraction:
    """The path that a row stands beside, for the days that it is about.

    The places that the plan uses there, the places of the doelgroep, its need: averages of the year; or those
    of it who enter in the year x days of the row / days of the year.
    """
    case = outcome.case
    match beside(case, row):
        case Beside.USE:
            return outcome.used[(row.locatie, row.zorgvorm), row.jaar]
        case Beside.CARE:
            served = outcome.allocation.served.items()
            here = (Fraction(n) for (who, _, year), n in served if (who, year) == (row.doelgroep, row.jaar))
            return sum(here, Fraction(0))
        case Beside.INFLOW:
            entering = (one for one in case.inflow if (one.doelgroep, one.jaar) == (row.doelgroep, row.jaar))
            return on_grid(sum((Fraction(one.instroom) for one in entering), Fraction(0)) * row.deel)
        case Beside.NEED:
            return case.care.need[row.doelgroep, row.jaar]


def realised(outcome: Outcome) -> Document:
    """What really happened beside the plan; nothing where the case tells none."""
    rows = outcome.case.realised_places
    if not rows:
        return {}
    return {"realisatie_plaatsen": [_row(outcome, row) for row in rows]}


def _row(outcome: Outcome, row: RealisedPlaces) -> Document:
    plan, when = number_of(planned(outcome, row)), {"jaar": row.jaar, "kwartaal": row.kwartaal}
    if row.doelgroep:
        number = number_of(row.gemiddeld)
        return {
            "doelgroep": row.doelgroep,
            **when,
            "naast": str(beside(outcome.case, row)),
            "werkelijk": number,
            "plan": plan,
        }
    return {"locatie": row.locatie, "zorgvorm": row.zorgvorm, **when, "bezet": number_of(row.gemiddeld), "plan": plan}

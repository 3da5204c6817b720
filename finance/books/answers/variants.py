"""The near-best plans side by side: their goals within the slack, their choices, their cover."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from finance.books.answers.answers import goal_format, goal_value
from finance.books.quality import with_quality
from finance.case import Case
from finance.case.words import UNITS
from finance.money import ZERO
from finance.plan.allocation import Allocation, Outcome
from finance.plan.whatif import NearBest, Slack, Variant, euros_or_number
from finance.tables import live, pasted
from finance.tables.grid import Book, Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Column, Notes, Page, Table
from finance.tables.painting import book_of

SHEET: Final = "alternatieven"
FOUND: Final = Origin(OriginKind.OUTCOME, "een berekening binnen de speling")
ASKED: Final = Origin(OriginKind.FIXED, "gevraagd bij het maken van deze werkmap")


@dataclass(frozen=True)
class _Shown:
    """One plan as the sheet shows it."""

    kop: str
    uitkomst: Outcome

    def goal(self, name: str) -> Value:
        return goal_value(self.uitkomst.goals[name])


def variants_book(case: Case, scenario: str, found: NearBest) -> Book:
    """The near-best plans of a case as a workbook.

    Args:
        case: the case.
        scenario: the scenario.
        found: the plans.
    """
    allocations = [found.best.allocation, *(row.allocation for row in found.varianten)]
    plans = [_shown(case, number, allocation) for number, allocation in enumerate(allocations)]
    page = Page(
        SHEET,
        f"Alternatieven: {case.settings.naam}, scenario {scenario}",
        "Plannen die bijna even goed zijn als het beste, en zo veel mogelijk van elkaar verschillen.",
        (
            _goals(plans, found),
            _differences(plans, found),
            _distances(found),
            _measures(case, plans, found),
            _sources(case, plans),
            Notes(
                "Hoe dit te lezen",
                (
                    "Bij een maatregel staat het startjaar; leeg is niet gekozen.",
                    "Een project is anders als daar een andere maatregel is gekozen, of geen.",
                    "Andere dekking is de som van wat elke bron meer of minder betaalt.",
                    "Er zijn geen andere keuzes binnen de speling."
                    if found.uitgeput
                    else "Er kunnen meer alternatieven zijn dan de gevraagde.",
                ),
            ),
        ),
    )
    pages = with_quality(lambda last, _: (page, last))
    return book_of(f"Alternatieven {case.settings.naam}", pages, {"soort": "alternatieven"})


def _shown(case: Case, number: int, allocation: Allocation) -> _Shown:
    head = "beste plan" if number == 0 else f"alternatief {number}"
    return _Shown(head, Outcome(case, allocation))


def _per_plan(
    plans: Sequence[_Shown], value: Callable[[_Shown, str], Value], fmt: Format | Callable[[str], Format]
) -> tuple[Column[str], ...]:
    def of(plan: _Shown) -> Callable[[str], Value]:
        return lambda name: value(plan, name)

    return tuple(
        Column(f"p{number}", plan.kop, of(plan), "", fmt, Role.DECISION, 18, origin=lambda _: FOUND)
        for number, plan in enumerate(plans)
    )


def _goals(plans: Sequence[_Shown], found: NearBest) -> Table[str]:
    def allowed(name: str) -> Fraction:
        return found.speling[name].allowed(euros_or_number(plans[0].uitkomst.goals[name]))

    def slack(part: Callable[[Slack], Fraction]) -> Callable[[str], Value]:
        return lambda name: goal_value(part(found.speling[name]))

    return Table(
        "bijnadoel",
        "De doelen, en hoeveel slechter elk mag zijn",
        list(found.speling),
        (
            pasted.text("doel", "Doel", lambda name: name, width=24),
            pasted.text("eenheid", "Eenheid", lambda name: UNITS[name], width=12),
            _asked("deel", "Speling, deel", slack(lambda row: row.deel), Format.PERCENT),
            _asked("plus", "Speling, erbij", slack(lambda row: row.plus), goal_format),
            live.column("ruimte", "Mag slechter", "[deel]*ABS([p0])+[plus]", goal_format, role=None, width=16),
            *_per_plan(plans, lambda plan, name: plan.goal(name), goal_format),
        ),
    )


def _asked(key: str, head: str, value: Callable[[str], Value], fmt: Format | Callable[[str], Format]) -> Column[str]:
    return Column(key, head, value, "", fmt, Role.DECISION, 14, origin=lambda _: ASKED)


def _differences(plans: Sequence[_Shown], found: NearBest) -> Table[str]:
    """What each alternative does to each goal, beside the best plan."""

    def of(number: int) -> Column[str]:
        return live.column(
            f"d{number}",
            plans[number].kop,
            f"ROUND([bijnadoel.p{number}@]-[bijnadoel.p0@],6)",
            goal_format,
            role=None,
            width=18,
        )

    return Table(
        "bijnaverschil",
        "Het verschil met het beste plan",
        list(found.speling),
        (
            pasted.text("doel", "Doel", lambda name: name, width=24),
            pasted.text("eenheid", "Eenheid", lambda name: UNITS[name], width=12),
            *(of(number) for number in range(1, len(plans))),
        ),
    )


def _distances(found: NearBest) -> Table[tuple[int, Variant]]:
    return Table(
        "afstand",
        "Hoe ver elk alternatief van de plannen ervoor af ligt",
        list(enumerate(found.varianten, start=1)),
        (
            pasted.text("alternatief", "Alternatief", lambda row: f"alternatief {row[0]}", width=24),
            pasted.decision("projecten", "Andere keuzes (projecten)", lambda row: row[1].projecten, Format.COUNT),
            pasted.decision("dekking", "Andere dekking", lambda row: row[1].dekking, Format.EURO, width=18),
            pasted.text("bewezen", "Bewezen verst", lambda row: "ja" if row[1].bewezen else "nee"),
        ),
        note="Ten minste zo ver van elk plan ervoor; eerst tellen de projecten, daarna de dekking.",
    )


def _measures(case: Case, plans: Sequence[_Shown], found: NearBest) -> Table[str]:
    def where(name: str) -> Value:
        if name in found.altijd:
            return "in elk bijna-best plan"
        return "in geen" if name in found.nooit else "in sommige"

    return Table(
        "bijnamaatregel",
        "De maatregelen en hun startjaar",
        [row.maatregel for row in case.measures],
        (
            pasted.text("maatregel", "Maatregel", lambda name: name, width=24),
            pasted.text("project", "Project", lambda name: case.measure[name].project),
            pasted.text("vaak", "In hoeveel plannen", where, width=22),
            *_per_plan(plans, lambda plan, name: plan.uitkomst.allocation.starts.get(name), Format.YEAR),
        ),
        note="Of een maatregel in elk of in geen bijna-best plan zit, is "
        + ("bewezen." if found.bewezen else "niet bewezen: de tijd was om."),
    )


def _sources(case: Case, plans: Sequence[_Shown]) -> Table[str]:
    return Table(
        "bijnabron",
        "Betaald uit elke bron",
        [row.bron for row in case.sources],
        (
            pasted.text("bron", "Bron", lambda name: name, width=24),
            pasted.text("soort", "Soort", lambda name: case.source[name].soort),
            *(
                replace(column, total=True)
                for column in _per_plan(
                    plans, lambda plan, name: plan.uitkomst.paid_by_source.get(name, ZERO), Format.EURO
                )
            ),
        ),
    )

"""The ladders: what each goal does when there is a little more of one thing, as a table and as curves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from finance.books.answers.answers import basis_table, goal_format, goal_value
from finance.books.quality import with_quality
from finance.case.words import UNITS
from finance.money import Money
from finance.plan.whatif import Answer, Rung, euros_or_number
from finance.tables import live, pasted
from finance.tables.grid import Book, Format, Origin, OriginKind, Role, Value
from finance.tables.pages import Block, Column, Figure, Notes, Page, Table
from finance.tables.painting import book_of

SHEET: Final = "ladder"
ASKED: Final = Origin(OriginKind.FIXED, "gevraagd bij het maken van deze werkmap")
ANSWERED: Final = Origin(OriginKind.OUTCOME, "een nieuwe berekening met deze stap")


def ladder_book(name: str, scenario: str, basis: Answer, rungs: Sequence[Rung]) -> Book:
    """The ladders of a case as a workbook.

    Args:
        name: the name of the case.
        scenario: the scenario.
        basis: the plan without any step.
        rungs: the steps, those of one ladder together.
    """
    page = Page(
        SHEET,
        f"Wat een euro meer waard is: {name}, scenario {scenario}",
        "Elk doel bij een stap meer: per bron en jaar, per deelplafond, en voor het einde van de periode.",
        (
            basis_table("ladderdoel", basis),
            *_rungs(basis, rungs),
            *_curves(basis, rungs),
            Notes(
                "Hoe dit te lezen",
                (
                    "Elke stap is opnieuw helemaal doorgerekend: alle keuzes mogen anders uitvallen.",
                    "Een verschil is de waarde met de stap min die zonder, tot op een cent per betaling.",
                    "Meer geld in een SPUK verhoogt ook het deelplafond, een deel van wat is toegekend.",
                    "Een langere periode is een vraag en geen regel: zij geldt niet.",
                ),
            ),
        ),
    )
    title = f"Ladder: {name}, scenario {scenario}"
    return book_of(title, with_quality(lambda last, _: (page, last)), {"soort": "ladder"})


def _rungs(basis: Answer, rungs: Sequence[Rung]) -> Iterator[Table[Rung]]:
    names = list(enumerate(basis.doelen))
    yield Table(
        "sport",
        "Elke stap, en elk doel daarmee",
        list(rungs),
        (
            pasted.text("ladder", "Wat", lambda row: row.ladder, width=30),
            pasted.text("eenheid", "Eenheid", lambda row: "EUR" if row.extra else "jaren", width=12),
            pasted.decision("stap", "Stap", lambda row: goal_value(row.stap), Format.COUNT, width=18),
            *(_reached(number, name) for number, name in names),
            pasted.text("bewezen", "Bewezen", lambda row: "ja" if row.antwoord.bewezen else "nee", width=10),
        ),
    )
    yield Table(
        "sportverschil",
        "Het verschil met het plan zonder stap",
        list(rungs),
        (
            live.text("ladder", "Wat", "[sport.ladder@]", width=30),
            live.text("eenheid", "Eenheid", "[sport.eenheid@]", 12),
            live.column("stap", "Stap", "[sport.stap@]", Format.COUNT, width=18),
            *(_changed(number, name) for number, name in names),
        ),
    )


def _reached(number: int, name: str) -> Column[Rung]:
    def value(row: Rung) -> Value:
        return goal_value(row.antwoord.doelen[name])

    return Column(f"w{number}", name, value, "", goal_format(name), Role.DECISION, 16, origin=lambda _: ANSWERED)


def _changed(number: int, name: str) -> Column[Rung]:
    found = "INDEX([ladderdoel.waarde],MATCH([^],[ladderdoel.doel],0))"
    return live.column(
        f"v{number}",
        name,
        f"ROUND([sport.w{number}@]-{found},6)",
        goal_format(name),
        role=None,
        width=16,
    )


def _difference(basis: Answer, row: Rung, name: str) -> Value:
    change = euros_or_number(row.antwoord.doelen[name]) - euros_or_number(basis.doelen[name])
    return Money.rounded(change) if UNITS[name] == "EUR" else goal_value(change)


def _curves(basis: Answer, rungs: Sequence[Rung]) -> Iterator[Block]:
    """A curve for each goal that some step in euros changes, of the ladders that change it."""
    money = [row for row in rungs if row.extra is not None]
    for number, name in enumerate(basis.doelen):
        moving = {row.ladder for row in money if _difference(basis, row, name) not in (0, Money(0))}
        if moving:
            yield from _curve([row for row in money if row.ladder in moving], number, name)


def _curve(rungs: Sequence[Rung], number: int, name: str) -> Iterator[Block]:
    steps = sorted({row.stap for row in rungs})
    ladders = list(dict.fromkeys(row.ladder for row in rungs))
    table = f"kromme{number}"

    def of(ladder: str) -> Column[Fraction]:
        at = ladders.index(ladder)
        return live.column(
            f"l{at}",
            ladder,
            f"SUMPRODUCT(([sportverschil.ladder]=[^l{at}])*([sportverschil.stap]=[stap]),[sportverschil.v{number}])",
            goal_format(name),
            role=None,
            width=18,
        )

    yield Table(
        table,
        f"Wat er met {name} gebeurt",
        steps,
        (
            Column("stap", "Stap (EUR)", goal_value, "", Format.COUNT, Role.DECISION, 14, origin=lambda _: ASKED),
            *(of(ladder) for ladder in ladders),
        ),
    )
    yield Figure(
        f"{name}: verschil per stap",
        f"verschil ({UNITS[name]})",
        table,
        "stap",
        (),
        tuple(f"l{at}" for at in range(len(ladders))),
        across="stap (EUR)",
        across_fmt=Format.COUNT,
    )

"""The workbook `vergelijking.xlsx`: the scenarios of one case side by side, beside the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.allocation import UNITS, Outcome
from finance.case import Case
from finance.money import Exact, Money
from finance.workbook.grid import Book, Format, Origin, OriginKind, Role, Value
from finance.workbook.proposal.columns import text
from finance.workbook.proposal.layout import Column, Notes, Page, Table, book_of
from finance.workbook.proposal.quality import with_quality

CLOSED: Final = {True: "SLUITEND", False: "NIET SLUITEND"}
PROVEN: Final = {True: "BEWEZEN OPTIMAAL", False: "NIET BEWEZEN OPTIMAAL"}
FORMATS: Final = {"EUR": Format.EURO, "plaatsjaren": Format.PLACES}


@dataclass(frozen=True)
class Compared:
    """The outcome of one scenario.

    Attributes:
        scenario: its name.
        outcome: what follows from its plan.
        bewezen: whether every goal is proven.
    """

    scenario: str
    outcome: Outcome
    bewezen: bool


def comparison(case: Case, done: Sequence[Compared]) -> Book:
    """Put scenarios side by side: goals, chosen measures, money by source.

    Args:
        case: the case as it stands.
        done: the scenarios; differences are taken against the first.

    Returns:
        The book, without its seal.
    """
    page = Page(
        "vergelijking",
        f"Vergelijking van scenario's: {case.settings.naam}",
        f"Elk scenario naast '{done[0].scenario}'. De uitkomsten komen uit de werkmappen van de scenario's.",
        (
            _scenarios(done),
            _goals(case, done),
            _differences(case, done),
            _measures(done),
            _sources(done),
            Notes(
                "Hoe dit te lezen",
                (
                    "Een verschil is de uitkomst van het scenario min die van het eerste scenario.",
                    "Bij maatregelen staat het startjaar; leeg is niet gekozen.",
                ),
            ),
        ),
    )
    return book_of(f"Vergelijking {case.settings.naam}", with_quality(lambda last: (page, last)))


def _scenarios(done: Sequence[Compared]) -> Table[Compared]:
    return Table(
        "scenario",
        "De scenario's",
        list(done),
        (
            text("naam", "Scenario", lambda row: row.scenario, width=28),
            Column(
                "dekking",
                "Dekking",
                lambda row: CLOSED[row.outcome.closed],
                _closed(done),
                Format.TEXT,
                Role.CHECK,
                28,
            ),
            Column("bewijs", "Bewijs", lambda row: PROVEN[row.bewezen], "", Format.TEXT, Role.CHECK, 28),
        ),
    )


def _closed(done: Sequence[Compared]) -> str:
    """Whether a scenario closes, from what it leaves without cover in the table of the goals."""
    last = len(done) - 1
    found = f'MATCH("ongedekt",[doel.doel],0),MATCH([naam],[doel.^s0:s{last}],0)'
    return f'IF(INDEX([doel.s0:s{last}],{found})=0,"{CLOSED[True]}","{CLOSED[False]}")'


def _result(
    done: Sequence[Compared], value: Callable[[Compared, str], Value], fmt: Callable[[str], Format]
) -> tuple[Column[str], ...]:
    """A column of pasted outcomes for each scenario."""

    def of(item: Compared) -> Callable[[str], Value]:
        return lambda key: value(item, key)

    return tuple(
        Column(f"s{at}", item.scenario, of(item), "", fmt, Role.DECISION, 16, origin=_from(item))
        for at, item in enumerate(done)
    )


def _from(item: Compared) -> Callable[[str], Origin]:
    """An outcome stands in the workbook of its scenario, and can be followed there."""
    return lambda _: Origin(OriginKind.OUTCOME, f"{item.scenario}/begroting.xlsx")


def _goal_value(item: Compared, goal: str) -> Money | Exact:
    return item.outcome.goals[goal]


def _goal_format(goal: str) -> Format:
    return FORMATS.get(UNITS[goal], Format.GENERAL)


def _goals(case: Case, done: Sequence[Compared]) -> Table[str]:
    return Table(
        "doel",
        "Doelen",
        [row.doel for row in case.goals],
        (
            text("doel", "Doel", lambda goal: goal, width=28),
            text("eenheid", "Eenheid", lambda goal: UNITS[goal]),
            *_result(done, _goal_value, _goal_format),
        ),
    )


def _differences(case: Case, done: Sequence[Compared]) -> Table[str]:
    def against_first(item: Compared) -> Callable[[str], Value]:
        def difference(goal: str) -> Value:
            here, first = _goal_value(item, goal), _goal_value(done[0], goal)
            if isinstance(here, Money) and isinstance(first, Money):
                return here - first
            return _exact(here) - _exact(first)

        return difference

    columns = tuple(
        Column(f"s{at}", item.scenario, against_first(item), f"ROUND([doel.s{at}@]-[doel.s0@],6)",
               _goal_format, width=16)
        for at, item in enumerate(done)
    )  # fmt: skip
    return Table(
        "verschil",
        f"Verschil met '{done[0].scenario}'",
        [row.doel for row in case.goals],
        (
            text("doel", "Doel", lambda goal: goal, "[doel.doel@]", width=28),
            text("eenheid", "Eenheid", lambda goal: UNITS[goal], "[doel.eenheid@]"),
            *columns,
        ),
    )


def _exact(value: Money | Exact) -> Fraction:
    return value.euros if isinstance(value, Money) else Fraction(value)


def _measures(done: Sequence[Compared]) -> Table[str]:
    """The start years; a scenario may call a measure or a project otherwise than the first does."""
    project = {row.maatregel: row.project for item in reversed(done) for row in item.outcome.case.measures}
    return Table(
        "maatregel",
        "Gekozen maatregelen en hun startjaar",
        _first_seen(row.maatregel for item in done for row in item.outcome.case.measures),
        (
            text("maatregel", "Maatregel", lambda name: name, width=28),
            text("project", "Project", lambda name: project[name]),
            *_result(
                done, lambda item, name: item.outcome.allocation.starts.get(name), lambda _: Format.YEAR
            ),
        ),
    )


def _sources(done: Sequence[Compared]) -> Table[str]:
    """What each source pays; a scenario may change its sort."""
    sorts = {row.bron: row.soort for item in reversed(done) for row in item.outcome.case.sources}
    return Table(
        "bron",
        "Betaald uit elke bron",
        _first_seen(row.bron for item in done for row in item.outcome.case.sources),
        (
            text("bron", "Bron", lambda name: name, width=28),
            text("soort", "Soort", lambda name: sorts[name]),
            *_paid(done),
        ),
    )


def _first_seen(names: Iterable[str]) -> list[str]:
    """Each name once, in the order in which it first appears."""
    return list(dict.fromkeys(names))


def _paid(done: Sequence[Compared]) -> tuple[Column[str], ...]:
    def of(item: Compared) -> Callable[[str], Value]:
        return lambda name: item.outcome.paid_by_source.get(name, Money(0))

    return tuple(
        Column(f"s{at}", item.scenario, of(item), "", Format.EURO, Role.DECISION, 16, total=True,
               origin=_from(item))
        for at, item in enumerate(done)
    )  # fmt: skip

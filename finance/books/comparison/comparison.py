"""The workbook `vergelijking.xlsx`: the scenarios of one case side by side, beside the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from finance.books.comparison import sentences
from finance.books.comparison import years as years_compared
from finance.books.comparison.compared import WIDTH, Compared, differences, first_seen, outcomes
from finance.books.quality import with_quality
from finance.case import Case
from finance.case.words import BURDEN, UNITS
from finance.money import Exact, Money
from finance.plan.goals import cost_meaning
from finance.tables import live, pasted
from finance.tables.columns import FAILS, failing, holds, or_else
from finance.tables.grid import Book, Format, Role, Value
from finance.tables.pages import Column, Figure, Notes, Page, Table
from finance.tables.painting import book_of
from finance.tables.wholeness import VERDICTS, Written, controls, counts

__all__ = ["Compared", "comparison"]

CLOSED: Final = {True: "SLUITEND", False: "NIET SLUITEND"}
PROVEN: Final = {True: "BEWEZEN OPTIMAAL", False: "NIET BEWEZEN OPTIMAAL"}
COST: Final = "kosten_ncw"
"""The goal that is so much larger than the others that it needs an axis of its own."""
CHART_EDGE: Final = 9
"""Rows of a chart besides its bars."""
ROWS_OF_BAR: Final = 2
TALL: Final = 26
"""Rows of a chart under which the names of scenarios stand aslant."""
FORMATS: Final = {"EUR": Format.EURO, "plaatsjaren": Format.PLACES}


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
            _state(),
            _scenarios(done),
            *sentences.sentences(done),
            _goals(case, done),
            _differences(case, done),
            _measures(done),
            _shifts(done),
            _sources(done),
            _source_differences(done),
            Notes(
                "Hoe dit te lezen",
                (
                    "Een verschil is de uitkomst van het scenario min die van het eerste scenario.",
                    f"{COST}: {cost_meaning(case)}.",
                    "Bij maatregelen staat het startjaar; leeg is niet gekozen. Erbij: alleen in dit scenario gekozen.",
                    "Beelden staan op het blad beelden; plaatsen, tekort en dekking per jaar op de bladen daarna.",
                ),
            ),
        ),
        counted=1,
    )
    counted = (page, _charts_page(case, done), *years_compared.pages(done))
    pages = with_quality(lambda last, written: (*counted, _controls_page(counted, written), last))
    return book_of(f"Vergelijking {case.settings.naam}", pages, {"soort": "vergelijking"})


def _state() -> Table[None]:
    """Whether the workbook is still whole; it stands above what is counted."""
    return Table(
        "vergelijkstand",
        "",
        (None,),
        (live.check("controles", "Alle controles", or_else("[vergelijkcontrole.oordeel!]", FAILS)),),
    )


def _controls_page(others: Sequence[Page], written: Written) -> Page:
    """The sheet `controles`.

    Args:
        others: the sheets that are counted.
        written: how much each of them held when the workbook was written.
    """
    failed = failing(*VERDICTS)
    control: Table[None] = Table(
        "vergelijkcontrole",
        "",
        (None,),
        (
            live.number("niet", "Bladen en tabellen die niet heel zijn", failed, Format.COUNT),
            live.check("oordeel", "Oordeel over alles", holds("AND(ISNUMBER([niet]),[niet]=0)")),
        ),
    )
    return Page(
        "controles",
        "Controles",
        "Of elk blad nog heel is, en of overal een getal staat waar een getal hoort. Alles hier rekent mee.",
        (control, *controls(others, written), *counts(others, written)),
    )


def _scenarios(done: Sequence[Compared]) -> Table[Compared]:
    return Table(
        "scenario",
        "De scenario's",
        list(done),
        (
            pasted.text("naam", "Scenario", lambda row: row.scenario, width=28),
            live.column(
                "dekking",
                "Dekking",
                _closed(done),
                Format.TEXT,
                role=Role.CHECK,
                width=28,
            ),
            Column("bewijs", "Bewijs", lambda row: PROVEN[row.bewezen], "", Format.TEXT, Role.CHECK, 28),
        ),
        ids=lambda row: (row.scenario,),
    )


def _closed(done: Sequence[Compared]) -> str:
    """Whether a scenario closes, from what it leaves without cover in the table of the goals."""
    last = len(done) - 1
    found = f'MATCH("ongedekt",[doel.doel],0),MATCH([naam],[doel.^s0:s{last}],0)'
    gap = f"INDEX([doel.s0:s{last}],{found})"
    return or_else(f'IF(AND(ISNUMBER({gap}),{gap}=0),"{CLOSED[True]}","{CLOSED[False]}")', CLOSED[False])


def _goal_value(item: Compared, goal: str) -> Money | Exact:
    return item.outcome.goals[goal]


def _goal_format(goal: str) -> Format:
    return FORMATS.get(UNITS[goal], Format.GENERAL)


def _compared_goals(case: Case) -> list[str]:
    """The goals in their order, and what municipalities pay where that is no goal."""
    return list(dict.fromkeys((*(row.doel for row in case.goals), BURDEN)))


def _goals(case: Case, done: Sequence[Compared]) -> Table[str]:
    return Table(
        "doel",
        "Doelen",
        _compared_goals(case),
        (
            pasted.text("doel", "Doel", lambda goal: goal, width=28),
            pasted.text("eenheid", "Eenheid", lambda goal: UNITS[goal]),
            *outcomes(done, _goal_value, _goal_format),
        ),
        ids=lambda goal: (goal,),
    )


def _differences(case: Case, done: Sequence[Compared]) -> Table[str]:
    return Table(
        "verschil",
        f"Verschil met '{done[0].scenario}'",
        _compared_goals(case),
        (
            live.text("doel", "Doel", "[doel.doel@]", width=28),
            live.text("eenheid", "Eenheid", "[doel.eenheid@]"),
            *differences(done, "doel", _goal_value, _goal_format),
        ),
        ids=lambda goal: (goal,),
    )


def _measures(done: Sequence[Compared]) -> Table[str]:
    """The start years; a scenario may call a measure or a project otherwise than the first does."""
    project = {row.maatregel: row.project for item in reversed(done) for row in item.outcome.case.measures}
    return Table(
        "maatregel",
        "Gekozen maatregelen en hun startjaar",
        first_seen(row.maatregel for item in done for row in item.outcome.case.measures),
        (
            pasted.text("maatregel", "Maatregel", lambda name: name, width=28),
            pasted.text("project", "Project", lambda name: project[name]),
            *outcomes(done, _start, Format.YEAR),
        ),
        ids=lambda name: (name,),
    )


def _sources(done: Sequence[Compared]) -> Table[str]:
    """What each source pays; a scenario may change its sort."""
    sorts = {row.bron: row.soort for item in reversed(done) for row in item.outcome.case.sources}
    return Table(
        "bron",
        "Betaald uit elke bron",
        first_seen(row.bron for item in done for row in item.outcome.case.sources),
        (
            pasted.text("bron", "Bron", lambda name: name, width=28),
            pasted.text("soort", "Soort", lambda name: sorts[name]),
            *outcomes(done, _paid, Format.EURO, total=True),
        ),
        ids=lambda name: (name,),
    )


def _paid(item: Compared, name: str) -> Money:
    return item.outcome.paid_by_source.get(name, Money(0))


def _start(item: Compared, name: str) -> int | None:
    return item.outcome.allocation.starts.get(name)


def _shifts(done: Sequence[Compared]) -> Table[str]:
    """What each scenario chooses otherwise than the first."""

    def shift(item: Compared) -> Callable[[str], Value]:
        return lambda name: _shift(_start(item, name), _start(done[0], name))

    def formula(at: int) -> str:
        here, first = f"[maatregel.s{at}@]", "[maatregel.s0@]"
        moved = f'ABS({here}-{first})&IF({here}>{first}," jaar later"," jaar eerder")'
        both = f"COUNT({here})*COUNT({first})=1"
        return f'IF({here}={first},"",IF({both},{moved},IF({first}="","erbij","vervalt")))'

    columns = tuple(
        live.column(f"s{at}", item.scenario, formula(at), Format.TEXT, role=None, width=WIDTH, as_data=item.data_key)
        for at, item in enumerate(done)
    )
    return Table(
        "keuzeverschil",
        f"Andere keuzes dan '{done[0].scenario}'",
        first_seen(row.maatregel for item in done for row in item.outcome.case.measures),
        (live.text("maatregel", "Maatregel", "[maatregel.maatregel@]", width=28), *columns),
        ids=lambda name: (name,),
    )


def _shift(here: int | None, first: int | None) -> str:
    if here == first:
        return ""
    if first is None or here is None:
        return "erbij" if first is None else "vervalt"
    return f"{here - first} jaar later" if here > first else f"{first - here} jaar eerder"


def _source_differences(done: Sequence[Compared]) -> Table[str]:
    return Table(
        "bronverschil",
        f"Betaald: verschil met '{done[0].scenario}'",
        first_seen(row.bron for item in done for row in item.outcome.case.sources),
        (
            live.text("bron", "Bron", "[bron.bron@]", width=28),
            *differences(done, "bron", _paid, Format.EURO),
        ),
        ids=lambda name: (name,),
    )


# --- what the charts draw --------------------------------------------------------------------


def _charts_page(case: Case, done: Sequence[Compared]) -> Page:
    """The sheet `beelden`: goals and money by source, a column for each scenario."""
    goals = [row.doel for row in case.goals]
    sources = first_seen(row.bron for item in done for row in item.outcome.case.sources)
    bars = tuple(f"b{at}" for at in range(len(sources)))
    figures = (
        Figure(
            "Betaald per scenario, naar bron, en wat ongedekt blijft",
            "euro",
            "scenariobron",
            "naam",
            (*bars, "ongedekt"),
            flat=True,
            red=("ongedekt",),
            depth=CHART_EDGE + ROWS_OF_BAR * len(done),
        ),
        *(
            Figure(
                title,
                axis,
                "scenariodoel",
                "naam",
                tuple(f"d{goals.index(goal)}" for goal in shown),
                stacked=False,
                depth=TALL,
                from_zero=True,
            )
            for title, axis, shown in _groups(goals)
        ),
    )
    tables = (_by_source(done, sources), _by_goal(done, goals))
    return Page(
        "beelden",
        "Beelden",
        "De doelen en het geld naast elkaar, in beeld; de tabellen eronder halen hun getallen uit de andere bladen.",
        (*figures, *tables, *sentences.parts(done, _compared_goals(case))),
    )


def _groups(goals: Sequence[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Goals that can stand on one axis: of one unit, and the cost of everything by itself."""
    money = [goal for goal in goals if UNITS[goal] == "EUR" and goal != COST]
    groups = (
        ("Doelen in plaatsjaren", "plaatsjaren", [goal for goal in goals if UNITS[goal] == "plaatsjaren"]),
        ("Doelen in euro", "euro", money),
        ("Contante waarde van alle kosten", "euro", [goal for goal in goals if goal == COST]),
    )
    return (group for group in groups if group[2])


def _found(table: str, key: str, last: int) -> str:
    """The outcome of the row's scenario in the row of a table that the column is about."""
    row, column = f"MATCH([^],[{table}.{key}],0)", f"MATCH([naam],[{table}.^s0:s{last}],0)"
    return f"INDEX([{table}.s0:s{last}],{row},{column})"


def _name() -> Column[Compared]:
    return live.text("naam", "Scenario", "[scenario.naam@]", width=28)


def _by_source(done: Sequence[Compared], sources: Sequence[str]) -> Table[Compared]:
    def paid(name: str) -> Callable[[Compared], Value]:
        return lambda item: _paid(item, name)

    formula = _found("bron", "bron", len(done) - 1)
    columns = tuple(
        live.column(f"b{at}", name, formula, Format.EURO, role=None, width=WIDTH) for at, name in enumerate(sources)
    )
    gap: Column[Compared] = live.column(
        "ongedekt", "ongedekt", _found("doel", "doel", len(done) - 1), Format.EURO, role=None, width=WIDTH
    )
    return Table("scenariobron", "Betaald per scenario", list(done), (_name(), *columns, gap))


def _by_goal(done: Sequence[Compared], goals: Sequence[str]) -> Table[Compared]:
    def value(goal: str) -> Callable[[Compared], Value]:
        return lambda item: _goal_value(item, goal)

    formula = _found("doel", "doel", len(done) - 1)
    columns = tuple(
        live.column(f"d{at}", goal, formula, _goal_format(goal), role=None, width=WIDTH)
        for at, goal in enumerate(goals)
    )
    return Table("scenariodoel", "Doelen per scenario", list(done), (_name(), *columns))

"""The sheet `invloed`: which uncertain input moves which goal, as a tornado for each goal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.books.uncertainty.draft import TAIL, Swept, goal_format
from finance.case.words import UNITS
from finance.money import Exact
from finance.tables.columns import number, text
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Block, Column, Figure, Notes, Page, Table
from finance.uncertainty.spread import Sample, rank_correlation

CHART_EDGE: Final = 9
"""Rows of a chart besides its bars."""
ROWS_OF_BAR: Final = 2


@dataclass(frozen=True)
class _Influence:
    """What one input does to one goal.

    Attributes:
        swept: the sweep.
        at: the place of the input among the rows of `onzekerheid`.
        goal: the goal.
    """

    swept: Swept
    at: int
    goal: str

    @property
    def _input(self) -> Sample:
        return self.swept.input_samples[self.at]

    @property
    def _outcome(self) -> Sample:
        return self.swept.goal_samples[self.goal]

    @cached_property
    def low(self) -> Fraction:
        """The mean of the goal in the draws where the input is lowest, less that of all draws."""
        edge = self._input.ranked(self.swept.rank(TAIL))
        return self._outcome.mean_where(self._input, self._input.lowest, edge) - self._outcome.mean

    @cached_property
    def high(self) -> Fraction:
        """The same in the draws where the input is highest."""
        edge = self._input.ranked_down(self.swept.rank(TAIL))
        return self._outcome.mean_where(self._input, edge, self._input.highest) - self._outcome.mean

    @property
    def swing(self) -> Fraction:
        """How far both are apart."""
        return self.high - self.low

    @cached_property
    def correlation(self) -> Exact | str:
        """The rank correlation of input and goal; nothing where one of them does not vary."""
        found = rank_correlation(self._input, self._outcome)
        return "" if found is None else found


def page(swept: Swept) -> Page:
    """The sheet `invloed`."""
    blocks = [block for goal in swept.spread_goals for block in _of_goal(swept, goal)]
    return Page(
        "invloed",
        "Invloed: welke onzekerheid er het meest toe doet",
        "Het doel in de trekkingen waarin een invoer het laagst is en waarin ze het hoogst is, als"
        " afwijking van het gemiddelde over alle trekkingen. De zwaarste invoer staat boven.",
        (*blocks, *_notes(swept)),
    )


def _notes(swept: Swept) -> Iterator[Block]:
    lines = [
        "De rangcorrelatie is 1 als invoer en doel altijd samen stijgen, -1 als het doel dan altijd daalt,"
        " en bij 0 is er geen verband.",
        "Alle invoer beweegt tegelijk: bij weinig trekkingen is een klein verschil toeval. Rijen van een"
        " correlatiegroep bewegen samen, en hun invloed is niet te scheiden.",
        swept.or_fixed("De volgorde van de rijen is die van het moment van schrijven; de getallen rekenen mee."),
    ]
    words = [row.naam for at, row in enumerate(swept.rows) if at not in swept.numeric]
    if words:
        lines.append(f"Zonder getal, en daarom niet hierboven: {', '.join(words)}.")
    yield Notes("Hoe dit te lezen", tuple(lines))


def _of_goal(swept: Swept, goal: str) -> Iterator[Block]:
    if not swept.numeric:
        return
    at = swept.goals.index(goal)
    rows = [_Influence(swept, row, goal) for row in swept.numeric]
    rows.sort(key=lambda row: (-abs(row.swing), row.at))
    name = f"invloed{at}"
    yield Table(name, f"{goal} ({UNITS[goal]})", rows, tuple(_columns(swept, at)))
    yield Figure(
        f"Invloed op {goal}",
        f"afwijking van het gemiddelde ({UNITS[goal]})",
        name,
        "invoer",
        ("laag", "hoog"),
        stacked=False,
        flat=True,
        fmt=_axis_format(goal),
        depth=CHART_EDGE + ROWS_OF_BAR * len(rows),
    )


def _axis_format(goal: str) -> Format:
    return Format.COUNT if UNITS[goal] == "EUR" else Format.PLACES


def _columns(swept: Swept, at: int) -> Iterator[Column[_Influence]]:
    last = len(swept.rows) - 1
    raw, counted = f"INDEX([trek.o0:o{last}],0,[nr])", f"INDEX([reken.x0:x{last}],0,[nr])"
    fmt = goal_format(swept.goals[at])
    yield text("invoer", "Onzekere invoer", lambda row: swept.rows[row.at].naam, "INDEX([onzeker.naam],[nr])", 34)
    yield Column(
        "rij", "Rij in het blad onzekerheid", lambda row: swept.rows[row.at].rij, "", Format.COUNT, Role.INPUT_SOURCED
    )
    yield number("nr", "Nr", lambda row: row.at + 1, "MATCH([rij],[onzeker.rij],0)", Format.COUNT)
    for key, edge, sign, rank in (("laag", "onder", "<=", "SMALL"), ("hoog", "boven", ">=", "LARGE")):
        yield number(edge, f"Invoer bij {key}", _edge(swept, key), f"{rank}({counted},{{rang_staart}})")
        hit = f"({raw}{sign}[{edge}])*[trek.telt]"
        yield Column(
            key,
            f"Doel als de invoer {key} is",
            _deviation(key),
            f"SUMPRODUCT({hit},[trek.d{at}])/SUMPRODUCT({hit})-AVERAGE([reken.g{at}])",
            fmt,
            width=17,
        )
    yield Column("verschil", "Verschil", lambda row: row.swing, "[hoog]-[laag]", fmt, width=17)
    ranks = f"INDEX([reken.rx0:rx{last}],0,[nr])"
    yield number(
        "rang",
        "Rangcorrelatie",
        lambda row: row.correlation,
        f'IFERROR(CORREL({ranks},[reken.rg{at}]),"")',
        Format.FACTOR,
    )


def _edge(swept: Swept, key: str) -> Callable[[_Influence], Value]:
    def value(row: _Influence) -> Value:
        sample, rank = swept.input_samples[row.at], swept.rank(TAIL)
        return sample.ranked(rank) if key == "laag" else sample.ranked_down(rank)

    return value


def _deviation(key: str) -> Callable[[_Influence], Value]:
    return lambda row: row.low if key == "laag" else row.high

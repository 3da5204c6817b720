"""The sheets `doelen` and `verdeling`: how far each goal can come out apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from finance.books.uncertainty.draft import BARS, SHARES, TAIL, Swept, goal_format
from finance.case.words import UNITS
from finance.scenarios import rounded_to
from finance.tables.columns import number, text
from finance.tables.grid import Format, Role, Value
from finance.tables.pages import Block, Column, Figure, Notes, Page, Table
from finance.uncertainty.draws import DrawStatus
from finance.uncertainty.spread import Sample

COUNTED: Final = "[stand.bewezen!]"
"""How many draws count."""
CHART_ROWS: Final = 13
"""So low that a chart stands on one printed page with its table."""


@dataclass(frozen=True)
class Numbered:
    """Something with its place in a table, by which formulas find its column.

    Attributes:
        nr: its place, from 1.
        naam: what it is called.
    """

    nr: int
    naam: str


def numbered(names: tuple[str, ...]) -> list[Numbered]:
    """Names with their places."""
    return [Numbered(nr, naam) for nr, naam in enumerate(names, start=1)]


def place() -> Column[Numbered]:
    """The place of a row in its table, counted on from the row above."""
    return number("nr", "Nr", lambda row: row.nr, "N([-nr])+1", Format.COUNT)


def where_any(formula: str) -> str:
    """A formula that shows nothing where no draw counts."""
    return f'IF({COUNTED}=0,"",{formula})'


def lowest(sample: Sample) -> Fraction:
    """The lowest number."""
    return sample.lowest


def highest(sample: Sample) -> Fraction:
    """The highest number."""
    return sample.highest


def mean(sample: Sample) -> Fraction:
    """The mean."""
    return sample.mean


def chosen_column(first: str, last: str) -> str:
    """The column of the sheet `rekenblad` that the row is about."""
    return f"INDEX([reken.{first}:{last}],0,[nr])"


def goals_page(swept: Swept) -> Page:
    """The sheet `doelen`: lowest, percentiles, highest and mean of each goal."""
    return Page(
        "doelen",
        "Doelen: hoe ver de uitkomst uiteen kan lopen",
        "Over alle trekkingen die meetellen. P10 is de waarde waar 10% van de trekkingen op of onder ligt,"
        " P90 die waar 90% op of onder ligt; het zijn uitkomsten van trekkingen, geen gemiddelden daarvan.",
        (
            _counts(swept),
            _goals(swept),
            _ranks(swept),
            Notes(
                "Hoe dit te lezen",
                (
                    "Een kans van 10% is hier: in 1 van de 10 trekkingen. Ze is zo goed als de aannames op"
                    " het blad onzeker.",
                    "Bij weinig trekkingen zijn P10 en P90 grof: bij 20 trekkingen is P10 de op een na laagste.",
                ),
            ),
        ),
    )


def _counts(swept: Swept) -> Table[Swept]:
    return Table(
        "stand",
        "Hoeveel trekkingen meetellen",
        (swept,),
        (
            number("aantal", "Trekkingen", lambda row: row.tally.total, "COUNT([trek.nummer])", Format.COUNT),
            number(
                "bewezen", "Bewezen optimaal (tellen mee)", lambda row: row.proven, "SUM([trek.telt])", Format.COUNT
            ),
            _ended(DrawStatus.TIME_LIMIT, "Niet bewezen (tijdslimiet)"),
            _ended(DrawStatus.FAILED, "Mislukt"),
            number("open", "Niet sluitend", lambda row: row.open, "SUM([trek.open])", Format.COUNT),
            Column(
                "kans",
                "Kans op niet sluitend",
                chance_open,
                'IF([bewezen]=0,"",[open]/[bewezen])',
                Format.PERCENT,
                width=14,
            ),
        ),
    )


def _ended(status: DrawStatus, head: str) -> Column[Swept]:
    return number(str(status), head, lambda row: row.count(status), f'COUNTIF([trek.status],"{status}")', Format.COUNT)


def chance_open(swept: Swept) -> Value:
    """The share of the draws that count in which some cost has no cover; nothing where none counts."""
    return Fraction(swept.open, swept.proven) if swept.proven else ""


Shown = Callable[[Numbered], Format]


def _format(row: Numbered) -> Format:
    return goal_format(row.naam)


def _mean_format(row: Numbered) -> Format:
    """A mean of whole numbers is seldom whole."""
    fmt = goal_format(row.naam)
    return Format.PLACES if fmt is Format.GENERAL else fmt


def _goals(swept: Swept) -> Table[Numbered]:
    column = chosen_column("g0", f"g{len(swept.goals) - 1}")

    def shown(
        key: str, head: str, of: Callable[[Sample], Fraction], formula: str, fmt: Shown = _format
    ) -> Column[Numbered]:
        return Column(key, head, _value(swept, of), where_any(formula), fmt, width=17)

    ranked = (
        shown(key, key.upper(), _ranked(swept, share), f"SMALL({column},{{rang_{key}}})")
        for key, share in SHARES.items()
    )
    return Table(
        "doel",
        "Spreiding",
        numbered(swept.goals),
        (
            text("doel", "Doel", lambda row: row.naam, width=22),
            text("eenheid", "Eenheid", lambda row: UNITS[row.naam]),
            shown("laagst", "Laagste", lowest, f"MIN({column})"),
            *ranked,
            shown("hoogst", "Hoogste", highest, f"MAX({column})"),
            shown("gemiddeld", "Gemiddeld", mean, f"AVERAGE({column})", _mean_format),
            place(),
        ),
    )


def _value(swept: Swept, of: Callable[[Sample], Fraction]) -> Callable[[Numbered], Value]:
    def value(row: Numbered) -> Value:
        sample = swept.goal_samples[row.naam]
        return of(sample) if sample.count else ""

    return value


def _ranked(swept: Swept, share: Fraction) -> Callable[[Sample], Fraction]:
    return lambda sample: sample.ranked(swept.rank(share))


@dataclass(frozen=True)
class _Rank:
    """A share of the draws, and the rank that belongs to it."""

    key: str
    wat: str
    share: Fraction
    waarde: int


def _ranks(swept: Swept) -> Table[_Rank]:
    rows = [
        _Rank(key, f"{key.upper()}: op of onder deze waarde", share, swept.rank(share)) for key, share in SHARES.items()
    ]
    rows.append(_Rank("staart", "uiteinde: de laagste en de hoogste trekkingen van een invoer", TAIL, swept.rank(TAIL)))
    return Table(
        "rang",
        "Delen van de trekkingen",
        rows,
        (
            text("wat", "Wat", lambda row: row.wat, width=22, wrap=True),
            Column("deel", "Deel", lambda row: row.share, "", Format.WHOLE_PERCENT, Role.INPUT_ASSUMED),
            number(
                "waarde",
                "Zoveelste van laag naar hoog",
                lambda row: row.waarde,
                f"MAX(1,ROUNDUP(ROUND([deel]*{COUNTED},6),0))",
                Format.COUNT,
            ),
        ),
        note=swept.or_fixed("Het deel kan worden veranderd; de zoveelste trekking die erbij hoort rekent mee."),
        fact=lambda row: f"rang_{row.key}",
    )


# --- histograms ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Bar:
    """One bar of a histogram."""

    at: int
    sample: Sample
    decimals: int

    @cached_property
    def edge(self) -> Fraction:
        """The value up to which it counts."""
        low, high = self.sample.lowest, self.sample.highest
        return Fraction(rounded_to(low + (high - low) * self.at / BARS, self.decimals))

    @property
    def before(self) -> Fraction:
        """The value above which it counts; its own edge for the first, which counts the lowest too."""
        return self.sample.lowest if self.at == 1 else _Bar(self.at - 1, self.sample, self.decimals).edge

    @property
    def up_to(self) -> int:
        """How many draws are at or below its edge."""
        return self.sample.up_to(self.edge)

    @property
    def count(self) -> int:
        """How many draws fall in it."""
        return self.up_to - (_Bar(self.at - 1, self.sample, self.decimals).up_to if self.at > 1 else 0)


def spread_page(swept: Swept) -> Page:
    """The sheet `verdeling`: a histogram of each goal that is not the same in every draw."""
    blocks: list[Block] = [block for goal in swept.spread_goals for block in _histogram(swept, goal)]
    same = [goal for goal in swept.goals if goal not in swept.spread_goals]
    if same:
        line = f"Zonder spreiding, en dus zonder beeld: {', '.join(same)}."
        blocks.append(Notes("In elke trekking gelijk", (line,)))
    return Page(
        "verdeling",
        "Verdeling van de doelen",
        "In hoeveel trekkingen een doel in elk stuk tussen laagste en hoogste valt.",
        tuple(blocks),
    )


def _histogram(swept: Swept, goal: str) -> Iterator[Block]:
    at = swept.goals.index(goal)
    name, decimals = f"staaf{at}", 2 if UNITS[goal] == "EUR" else 6
    bars = [_Bar(bar, swept.goal_samples[goal], decimals) for bar in range(1, BARS + 1)]
    fmt = goal_format(goal)
    low, high = f"MIN([reken.g{at}])", f"MAX([reken.g{at}])"
    yield Table(
        name,
        f"{goal} ({UNITS[goal]})",
        bars,
        (
            number("deel", "Deel", lambda bar: bar.at, "N([-deel])+1", Format.COUNT),
            Column("van", "Van", lambda bar: bar.before, f"IF([deel]=1,{low},N([-tot]))", fmt, width=17),
            Column(
                "tot",
                "Tot en met",
                lambda bar: bar.edge,
                f"ROUND({low}+({high}-{low})*[deel]/MAX([{name}.deel]),{decimals})",
                fmt,
                width=17,
            ),
            number(
                "onder",
                "Trekkingen tot en met",
                lambda bar: bar.up_to,
                f"SUMPRODUCT(([reken.g{at}]<=[tot])*[trek.telt])",
                Format.COUNT,
            ),
            Column("aantal", "Trekkingen", lambda bar: bar.count, "[onder]-N([-onder])", Format.COUNT, total=True),
        ),
    )
    yield Figure(
        f"Verdeling van {goal}",
        "trekkingen",
        name,
        "tot",
        ("aantal",),
        across=f"tot en met ({UNITS[goal]})",
        across_fmt=_axis_format(goal),
        depth=CHART_ROWS,
    )


def _axis_format(goal: str) -> Format:
    return Format.COUNT if UNITS[goal] == "EUR" else Format.PLACES

"""The chains of the sheet `spoor`: what each amount adds up from, as the formulas of the other sheets say.

Which rows take part, and which cells of the input they end in, is read from the formulas themselves once they are
worked out; nothing is told here a second time from the case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import Any, Final, TypeVar

from finance.books.budget.draft import Draft
from finance.books.origins import linked
from finance.statement.lines import Line
from finance.tables import live, pasted
from finance.tables.following import Followed, Place
from finance.tables.pages import Column, Target

R = TypeVar("R")

OF_COSTS: Final = "spoorkosten"
OF_PLACES: Final = "spoorplaatsen"
OF_ACTUALS: Final = "spoorrealisatie"
OF_CREDITS: Final = "spoorkredieten"
OF_PAYMENTS: Final = "spoorbetalingen"
OF_POTS: Final = "spoorpotten"
OF_REVENUE: Final = "spooropbrengsten"
OF_GROUPS: Final = "spoorgroepen"
OF_YEARS: Final = "spoorjaren"
"""The tables of chains on the sheet `spoor`."""
COSTS: Final = "(kosten)"
OPEN: Final = "(ongedekt)"
"""What stands for a column that is no source; no source can be called so."""

LINE_OF: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("lijn", "kosten"): ("lijn", "regel"),
    ("lijn", "betaald"): ("lijn", "regel"),
    ("lijn", "ongedekt"): ("lijn", "regel"),
    ("betaling", "bedrag"): ("betaling", "regel"),
    ("kost", "nominaal"): ("kost", "regel"),
    ("bezetting", "exploitatie"): ("bezetting", "regel_exploitatie"),
    ("bezetting", "leegstand"): ("bezetting", "regel_leegstand"),
    ("realisatie", "bedrag"): ("rekenrealisatie", "regel"),
    ("krediet", "rente"): ("rekenkrediet", "regel"),
    ("krediet", "hoofdsom"): ("rekenkrediet", "regel"),
}
"""The columns with an amount of one cost line, each with the column that says of which."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A cost line and a cell that it adds up from.

    Attributes:
        lijn: the cost line.
        term: the cell.
    """

    lijn: Line
    term: Place


@dataclass(frozen=True, slots=True)
class SumChain:
    """One amount of a table that shows costs with their cover.

    Attributes:
        plek: the cell with the amount.
        kolom: the source, or what stands for costs and for what is not covered.
        regels: the cost lines behind it.
        betaling: the first payment behind it; None for costs.
    """

    plek: Place
    kolom: str
    regels: tuple[Line, ...]
    betaling: Place | None


@dataclass(frozen=True)
class Links:
    """Where rows of other sheets lead to on the sheet `spoor`; nothing while their formulas are still to be followed.

    Attributes:
        bekend: whether the formulas have been followed.
        rijen: by table and row, the cell of the sheet `spoor` that tells of it.
    """

    bekend: bool = False
    rijen: Mapping[tuple[str, int], Target] = field(default_factory=dict)

    def column(self, link: Callable[[R], Target | None]) -> Column[R]:
        """A column that leads to the trail of a row."""
        if not self.bekend:
            return pasted.text("spoor", "Spoor", lambda _: "", width=7)
        return linked(pasted.text("spoor", "Spoor", lambda row: "spoor" if link(row) else "", width=7), link)

    def row_column(self, table: str, row_of: Callable[[R], int]) -> Column[R]:
        """A column that leads from each row of a table, counted from 0, to its trail."""
        return self.column(lambda row: self.rijen.get((table, row_of(row))))


class Chains:
    """What the formulas of a proposal say of its amounts.

    Attributes:
        draft: the material.
        followed: the sheets of the proposal, with what their formulas read.
    """

    def __init__(self, draft: Draft, followed: Followed) -> None:
        self.draft, self.followed = draft, followed
        self._line = {line.sleutel: line for line in draft.statement.lines}

    @cached_property
    def links(self) -> Links:
        """Where the rows of other sheets lead to."""
        found: dict[tuple[str, int], Target] = {
            ("lijn", at): self.of_line[line.sleutel]
            for at, line in enumerate(self.draft.statement.lines)
            if line.sleutel in self.of_line
        }
        for table, chains in ((OF_GROUPS, self.groups), (OF_YEARS, self.years)):
            for at, chain in enumerate(chains):
                found.setdefault((chain.plek.table, chain.plek.row), Target(table, "kolom", at))
        for at in range(self.followed.rows("pot")):
            found["pot", at] = Target(OF_POTS, "bron", at)
        for at in range(self.followed.rows("jaarbron")):
            rows = self.followed.passes(Place("jaarbron", "opbrengst", at), "opbrengst")
            if rows:
                found["jaarbron", at] = Target(OF_REVENUE, "bron", rows[0].row)
        return Links(bekend=True, rijen=found)

    @cached_property
    def _of_lines(self) -> tuple[Chain, ...]:
        """What each cost line adds up from, line by line."""
        return tuple(
            Chain(line, term)
            for at, line in enumerate(self.draft.statement.lines)
            for term in self.followed.terms(Place("lijn", "kosten", at))
        )

    def of_table(self, table: str) -> tuple[Chain, ...]:
        """The chains that pass a table: `kost`, `bezetting`, `realisatie` or `krediet`."""
        return tuple(chain for chain in self._of_lines if chain.term.table == table)

    @cached_property
    def of_line(self) -> Mapping[str, Target]:
        """Where the chain of each cost line starts, by the key of the line."""
        found: dict[str, Target] = {}
        tables = ((OF_COSTS, "kost"), (OF_PLACES, "bezetting"), (OF_ACTUALS, "realisatie"), (OF_CREDITS, "krediet"))
        for told, table in tables:
            for at, chain in enumerate(self.of_table(table)):
                found.setdefault(chain.lijn.sleutel, Target(told, "regel", at))
        return found

    @cached_property
    def groups(self) -> tuple[SumChain, ...]:
        """The amounts of `Wat het kost, en wie het betaalt` that add something up, and all costs."""
        return tuple(self._sums("groepdekking"))

    @cached_property
    def years(self) -> tuple[SumChain, ...]:
        """The amounts of `Geld per jaar en per bron` that add something up, and the costs of every year."""
        return tuple(self._sums("jaardekking"))

    def _sums(self, table: str) -> Iterable[SumChain]:
        for at in range(self.followed.rows(table)):
            # The costs of a row stand there even where they are 0: they start a new group or year.
            costs = Place(table, "kosten", at)
            yield SumChain(costs, COSTS, self.lines_behind(costs), None)
            for key, source in self.draft.source_keys:
                paid = Place(table, key, at)
                terms = self.followed.terms(paid)
                payment = next((term for term in terms if term.table == "betaling"), None)
                if terms:
                    yield SumChain(paid, self.draft.name("bron", source.bron), self.lines_behind(paid), payment)
            uncovered = Place(table, "ongedekt", at)
            if self.followed.value(uncovered):
                yield SumChain(uncovered, OPEN, self.lines_behind(uncovered, net=True), None)

    def lines_behind(self, place: Place, *, net: bool = False) -> tuple[Line, ...]:
        """The cost lines that an amount adds up from, in the order of `dekking`.

        Args:
            place: the cell of the amount.
            net: whether a line whose costs and payments cancel each other is left out.
        """
        shares: dict[str, Fraction] = {}
        for term in self.followed.adds_up(place, frozenset(LINE_OF)):
            table, column = LINE_OF[term.place[:2]]
            key = str(self.followed.value(Place(table, column, term.place.row)))
            shares[key] = shares.get(key, Fraction(0)) + term.share
        found = [self._line[key] for key, share in shares.items() if key in self._line and (share or not net)]
        return tuple(sorted(found, key=lambda line: self.draft.line_number[line.regel]))

    @cached_property
    def balance_of_revenue(self) -> Mapping[int, Target]:
        """The balance of `bronnen` in which each row of revenue is counted."""
        return {
            revenue.row: Target("jaarbron", "opbrengst", at)
            for at in range(self.followed.rows("jaarbron"))
            for revenue in self.followed.passes(Place("jaarbron", "opbrengst", at), "opbrengst")
        }

    def scenario(self, sheet: str, formula: str) -> tuple[Column[Any], ...]:
        """What the scenario did to a row of the input; no column where it changed nothing on that sheet."""
        if all(touched != sheet for touched, _, _ in self.draft.case.touches):
            return ()
        return (live.text("scenario", "Wat het scenario verandert", f'{formula}&""', 34, wrap=True),)

    def cells(self, place: Place, table: str, column: str = "") -> tuple[Place, ...]:
        """The cells of a table of the input in the trail of a cell; of one column where that is named."""
        return tuple(one for one in self.followed.passes(place, table) if column in ("", one.column))

    def in_input(self, places: Sequence[Place]) -> str:
        """Where some cells stand in the input workbook."""
        origins = (self.followed.origin(place) for place in places)
        return ", ".join(origin.waar for origin in origins if origin)


MOST_RUNS: Final = 8
"""More runs of cost lines than this are told by how many there are, and where to find them."""


def said(draft: Draft, what: str, lines: Sequence[Line], where: str) -> str:
    """The cost lines behind an amount: their keys or, where they are many, what they share.

    Args:
        draft: the material.
        what: what they are.
        lines: the cost lines.
        where: what they share on the sheet `dekking`.
    """
    keys = spans(draft, lines)
    if keys.count(",") < MOST_RUNS:
        return f"{what} {keys}".strip()
    first, last = keys.split(", ")[0].split(" ")[0], keys.split(" ")[-1]
    return f"{what} {first} t/m {last}, {len(set(lines))} in getal; filter op dekking: {where}"


def spans(draft: Draft, lines: Iterable[Line]) -> str:
    """The keys of cost lines, with runs shortened.

    Example: `R0001 t/m R0004, R0009`.
    """
    numbered = sorted((draft.line_number[line.regel], line.sleutel) for line in dict.fromkeys(lines))
    runs = (list(run) for _, run in groupby(enumerate(numbered), key=lambda item: item[1][0] - item[0]))
    return ", ".join(_run([key for _, (_, key) in run]) for run in runs)


def _run(keys: list[str]) -> str:
    return f"{keys[0]} t/m {keys[-1]}" if keys[1:-1] else ", ".join(keys)

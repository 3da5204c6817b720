"""The sheet `controles`: totals that must agree, and how many checks fail in the whole workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from finance.books.budget.control_totals import all_totals
from finance.books.budget.counted import Total, Totals
from finance.books.budget.draft import Draft
from finance.books.budget.references import Kind, control
from finance.books.budget.totals import FIRST_GOAL, LAST_GOAL, goal_format
from finance.case.words import UNITS
from finance.money import Money
from finance.tables import live, pasted
from finance.tables.columns import HOLDS, holds
from finance.tables.grid import Format, Number, Value
from finance.tables.pages import Page, Table
from finance.tables.wholeness import Written, controls, counts

CHECK_COLUMNS: Final = (
    ("lijn", "stand"),
    ("bezetting", "past"),
    ("rekenleeg", "binnen"),
    ("spukjaar", "oordeel"),
)
"""The columns with verdicts outside this sheet's own tables and the sheet `regels`."""
FIRST_CHECK: Final = "controle_kostentotaal"
LAST_CHECK: Final = "bladgaaf"
"""The first and the last table with verdicts; in every workbook they have rows."""
PASSING: Final = {("lijn", "stand"): ("GEDEKT", "ONGEDEKT")}
"""The words that fail no control where VOLDOET is none of them; what has no cover is no error of the plan."""
DIFFERENCE: Final = "ROUND([links]-[rechts],2)"


@dataclass(frozen=True, slots=True)
class Control:
    """Two totals that must be equal.

    Attributes:
        wat: what is controlled.
        links: the total that is controlled.
        rechts: the total that it must equal.
    """

    wat: str
    links: Total
    rechts: Total


def difference(left: Value, right: Value) -> Number:
    """The difference between two amounts or two other numbers.

    Raises:
        TypeError: the values are not two amounts or two numbers.
    """
    if isinstance(left, Money) and isinstance(right, Money):
        return left - right
    plain = int | Decimal | Fraction
    if isinstance(left, plain) and isinstance(right, plain):
        return Fraction(left) - Fraction(right)
    raise TypeError(f"cannot compare {left!r} and {right!r}")


@dataclass(frozen=True)
class Whole:
    """What is counted to see whether the workbook is still whole.

    Attributes:
        bladen: the sheets that are counted.
        geschreven: how much each of them held when the workbook was written.
        namen: the kinds of names and words.
    """

    bladen: Sequence[Page]
    geschreven: Written
    namen: Sequence[Kind]

    @cached_property
    def tables(self) -> tuple[Table[Any], ...]:
        """The tables with verdicts; the last has rows in every workbook."""
        sheets, numbers = controls(self.bladen, self.geschreven)
        return numbers, control(self.namen), sheets


def page(draft: Draft, whole: Whole) -> Page:
    """The sheet `controles`."""
    return Page(
        "controles",
        "Controles",
        "Totalen die langs verschillende wegen op hetzelfde moeten uitkomen, of elk blad nog heel is, en"
        " hoeveel controles en regels in de hele werkmap niet kloppen. Wat geen VOLDOET is, klopt niet; een"
        " foutwaarde dus ook niet. Alles hier rekent mee.",
        (_stand(draft), *_own_tables(draft), *whole.tables),
        tab="controle",
    )


def _own_tables(draft: Draft) -> tuple[Table[Any], ...]:
    return (*(_table(group) for group in all_totals(draft)), _goals(draft))


def counts_of(draft: Draft, whole: Whole) -> tuple[Table[Any], ...]:
    """The tables of one row that count, for the sheet beside this one: verdicts, and what sheets hold."""
    tables = {block.name: block for page in whole.bladen for block in page.blocks if isinstance(block, Table)}
    verdicts = [(table, "oordeel") for table in _own_tables(draft)]
    verdicts += [(tables[name], key) for name, key in CHECK_COLUMNS]
    verdicts += [(table, "oordeel") for table in whole.tables]
    return _failing([(table, key) for table, key in verdicts if table.rows]), *counts(whole.bladen, whole.geschreven)


def _failing(verdicts: Sequence[tuple[Table[Any], str]]) -> Table[None]:
    """How many verdicts of each table are not what they must be."""

    def value(table: Table[Any], key: str) -> Callable[[None], int]:
        column = next(column for column in table.columns if column.key == key)
        words = PASSING.get((table.name, key), (HOLDS,))
        return lambda _: sum(column.value is None or column.value(row) not in words for row in table.rows)

    columns = tuple(
        live.column(
            table.name, table.title or table.name, _other_words(table.name, key), Format.COUNT, width=7, turned=True
        )
        for table, key in verdicts
    )
    return Table("nietgehaald", "Oordelen die niet zijn gehaald, per tabel", (None,), columns)


def _other_words(table: str, key: str) -> str:
    words = PASSING.get((table, key), (HOLDS,))
    return f"ROWS([{table}.{key}])" + "".join(f'-COUNTIF([{table}.{key}],"{word}")' for word in words)


def controls_of(group: Totals) -> tuple[Control, ...]:
    """The controls of one subject."""
    known = {total.key: total for total in group.totalen}
    return tuple(Control(title, known[left], known[right]) for title, left, right in group.gelijk)


def _stand(draft: Draft) -> Table[Draft]:
    return Table(
        "stand",
        "",
        (draft,),
        (
            live.number(
                "controles",
                "Controles die niet kloppen",
                f"SUM([nietgehaald.{FIRST_CHECK}:{LAST_CHECK}])",
                Format.COUNT,
            ),
            live.number("regels", "Regels waaraan niet is voldaan", "[regeloordeel.niet!]", Format.COUNT),
            live.check(
                "oordeel",
                "Oordeel over alles",
                holds("AND(ISNUMBER([controles]),ISNUMBER([regels]),[controles]=0,[regels]=0)"),
            ),
        ),
    )


def _table(group: Totals) -> Table[Control]:
    first, last = group.totalen[0].key, group.totalen[-1].key

    def side(key: str) -> str:
        names = f"[{group.key}.^{first}:{last}]"
        return f"INDEX([{group.key}.{first}:{last}],1,MATCH([{key}],{names},0))"

    return Table(
        f"controle_{group.key}",
        group.titel,
        controls_of(group),
        (
            pasted.text("wat", "Controle", lambda row: row.wat, width=50),
            pasted.text("naam_links", "Wat", lambda row: row.links.naam, width=46),
            live.column("links", "Waarde", side("naam_links"), lambda row: row.links.fmt, width=17),
            pasted.text("naam_rechts", "Moet gelijk zijn aan", lambda row: row.rechts.naam, width=46),
            live.column("rechts", "Waarde", side("naam_rechts"), lambda row: row.rechts.fmt, width=17),
            live.column("verschil", "Verschil", DIFFERENCE, lambda row: row.links.fmt, width=14),
            live.check("oordeel", "Oordeel", holds("AND(ISNUMBER([verschil]),[verschil]=0)")),
        ),
    )


def _goals(draft: Draft) -> Table[str]:
    names = [goal.doel for goal in draft.case.goals]
    heads = f"[doelwaarde.^{FIRST_GOAL}:{LAST_GOAL}]"
    return Table(
        "doelcontrole",
        "Doelen: herrekend en gerapporteerd",
        names,
        (
            pasted.text("doel", "Doel", lambda name: name, width=50),
            pasted.text("eenheid", "Eenheid", lambda name: UNITS[name], width=46),
            live.column(
                "links",
                "Herrekend",
                f"INDEX([doelwaarde.{FIRST_GOAL}:{LAST_GOAL}],1,MATCH([doel],{heads},0))",
                goal_format,
                width=17,
            ),
            pasted.text("waar", "Gerapporteerd op", lambda _: "verantwoording", width=46),
            live.column("rechts", "Gerapporteerd", "[doel.waarde@]", goal_format, width=17),
            live.column("verschil", "Verschil", DIFFERENCE, goal_format, width=14),
            live.check("oordeel", "Oordeel", holds("AND(ISNUMBER([verschil]),[verschil]=0)")),
        ),
    )

"""The sheet `controles`: totals that must agree, and how many checks fail in the whole workbook."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from finance.case.words import UNITS
from finance.money import ZERO, Money
from finance.workbook.grid import Format, Number, Value
from finance.workbook.layout.columns import check, number, text, verdict
from finance.workbook.layout.pages import Column, Page, Table
from finance.workbook.proposal.accounting import tied
from finance.workbook.proposal.draft import Draft
from finance.workbook.proposal.totals import FIRST_GOAL, LAST_GOAL, Total, Totals, all_totals, goal_format

CHECK_COLUMNS: Final = (
    "lijn.stand", "bezetting.past", "rekenleeg.binnen", "spukjaar.oordeel", "doelcontrole.oordeel",
)  # fmt: skip
"""The columns with verdicts outside this sheet's own tables and the sheet `regels`."""
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

    @property
    def verschil(self) -> Number:
        """The difference."""
        return difference(self.links.value, self.rechts.value)


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


def page(draft: Draft) -> Page:
    """The sheet `controles`."""
    groups = all_totals(draft)
    return Page(
        "controles",
        "Controles",
        "Totalen die langs verschillende wegen op hetzelfde moeten uitkomen, en hoeveel controles en regels"
        " in de hele werkmap niet kloppen. Alles hier rekent mee.",
        (_stand(draft, groups), *(_table(group) for group in groups), _goals(draft)),
        tab="controle",
    )


def controls_of(group: Totals) -> tuple[Control, ...]:
    """The controls of one subject."""
    known = {total.key: total for total in group.totalen}
    return tuple(Control(title, known[left], known[right]) for title, left, right in group.gelijk)


def failures(draft: Draft) -> int:
    """How many controls fail, besides the rules."""
    controls = [control for group in all_totals(draft) for control in controls_of(group)]
    return (
        sum(control.verschil not in (0, ZERO) for control in controls)
        + sum(line.ongedekt < ZERO for line in draft.statement.lines)
        + sum(not row.past for row in draft.place_rows)
        + sum(not row.klopt for row in tied(draft))
        + sum(paid > draft.statement.vacancy_limit(at) for at, paid in draft.statement.vacancy_paid.items())
    )


def _stand(draft: Draft, groups: tuple[Totals, ...]) -> Table[Draft]:
    columns = [f"controle_{group.key}.oordeel" for group in groups] + list(CHECK_COLUMNS)
    counted = "+".join(f'COUNTIF([{column}],"VOLDOET NIET")' for column in columns)
    failed = failures(draft)
    broken = sum(row.voldoet is False for row in draft.statement.checks)
    return Table(
        "stand",
        "",
        (draft,),
        (
            number("controles", "Controles die niet kloppen", lambda _: failed, counted, Format.COUNT),
            number("regels", "Regels waaraan niet is voldaan", lambda _: broken, "[regeloordeel.niet!]",
                   Format.COUNT),
            check("oordeel", "Oordeel over alles", lambda _: verdict(failed + broken == 0),
                  'IF([controles]+[regels]=0,"VOLDOET","VOLDOET NIET")'),
        ),
    )  # fmt: skip


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
            text("wat", "Controle", lambda row: row.wat, width=50),
            text("naam_links", "Wat", lambda row: row.links.naam, width=46),
            Column("links", "Waarde", lambda row: row.links.value, side("naam_links"),
                   lambda row: row.links.fmt, width=17),
            text("naam_rechts", "Moet gelijk zijn aan", lambda row: row.rechts.naam, width=46),
            Column("rechts", "Waarde", lambda row: row.rechts.value, side("naam_rechts"),
                   lambda row: row.rechts.fmt, width=17),
            Column("verschil", "Verschil", lambda row: row.verschil, DIFFERENCE,
                   lambda row: row.links.fmt, width=14),
            check("oordeel", "Oordeel", lambda row: verdict(row.verschil in (0, ZERO)),
                  'IF([verschil]=0,"VOLDOET","VOLDOET NIET")'),
        ),
    )  # fmt: skip


def _goals(draft: Draft) -> Table[str]:
    names = [goal.doel for goal in draft.case.goals]
    values = draft.outcome.goals
    heads = f"[doelwaarde.^{FIRST_GOAL}:{LAST_GOAL}]"
    return Table(
        "doelcontrole",
        "Doelen: herrekend en gerapporteerd",
        names,
        (
            text("doel", "Doel", lambda name: name, width=50),
            text("eenheid", "Eenheid", lambda name: UNITS[name], width=46),
            Column("links", "Herrekend", lambda name: values[name],
                   f"INDEX([doelwaarde.{FIRST_GOAL}:{LAST_GOAL}],1,MATCH([doel],{heads},0))",
                   goal_format, width=17),
            text("waar", "Gerapporteerd op", lambda _: "verantwoording", width=46),
            Column("rechts", "Gerapporteerd", lambda name: values[name], "[doel.waarde@]",
                   goal_format, width=17),
            Column("verschil", "Verschil", lambda name: difference(values[name], values[name]),
                   DIFFERENCE, goal_format, width=14),
            check("oordeel", "Oordeel", lambda _: verdict(True),
                  'IF([verschil]=0,"VOLDOET","VOLDOET NIET")'),
        ),
    )  # fmt: skip

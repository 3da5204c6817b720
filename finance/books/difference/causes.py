"""Why two budgets differ: every amount brought from the one to the other in steps of one cause each.

The amounts of A are, step by step, turned into those of B, in a fixed order: this version of the
toolkit computes A anew; the changed cells of the input; the day and the readings of the rules; the
scenario; the other decisions (starts, use of places, payments); and what B itself shows. A step's
effect is what the amounts become minus what they were, so the effects add up to the difference
without a remainder. In the steps of the input the decisions of A stay, as far as they fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import groupby, pairwise
from typing import Final

from finance.books.difference.amounts import SORTS, Amounts, Key, amounts_of
from finance.books.difference.changes import Change, carried_out, changes_between
from finance.books.difference.fitting import fitting
from finance.books.difference.restored import Restored
from finance.case.build import read_case
from finance.case.case import Case
from finance.case.sheets import ScenarioChange
from finance.case.table import RawBook, shown
from finance.compliance import check_allocation
from finance.plan.allocation import Allocation, Outcome
from finance.scenarios import reached
from finance.statement import Statement

MOST_STEPS: Final = 60
"""With more changes than this, those in one column of a sheet are one step."""
RULE_SETTINGS: Final = ("peildatum", "lezingen", "regelingen")
"""The properties of a case that say which rules apply."""
MADE_WITH: Final = ("toolkit", "solver")
INPUT_HASH: Final = "invoer_sha256"


class Cause(StrEnum):
    """What made an amount change, in the order of the steps."""

    VERSION = "versie van de toolkit"
    INPUT = "gewijzigde invoer"
    RULES = "peildatum en regels"
    SCENARIO = "scenario"
    STARTS = "besluit: startjaren"
    USE = "besluit: bezetting"
    PAYMENTS = "besluit: betalingen"


OF_INPUT: Final = (Cause.INPUT, Cause.RULES, Cause.SCENARIO)
DECISIONS: Final = (Cause.STARTS, Cause.USE, Cause.PAYMENTS)


class Choice(StrEnum):
    """Why the decisions differ."""

    SAME = "De besluiten zijn gelijk."
    CONSEQUENCE = "De andere besluiten volgen uit de gewijzigde invoer, regels of scenario."
    VERSION = "De invoer is gelijk: de andere besluiten komen van een andere versie van toolkit of solver."
    UNPROVEN = "De invoer is gelijk: de andere besluiten komen doordat niet alles bewezen optimaal is."
    EQUAL = "De besluiten van A waren voor B even goed: een andere keuze onder gelijke optima."
    UNKNOWN = "De invoer en de versies zijn gelijk, de besluiten niet, en de doelen verschillen."


@dataclass(frozen=True)
class Step:
    """One step from A to B.

    Attributes:
        cause: its cause.
        wat: what changes in it.
        changes: the changed cells of the input that it carries out.
        after: the amounts after it.
    """

    cause: Cause
    wat: str
    changes: tuple[Change, ...]
    after: Amounts


@dataclass(frozen=True)
class Difference:
    """The difference between two budgets.

    Attributes:
        a: the one budget.
        b: the other.
    """

    a: Restored
    b: Restored

    @cached_property
    def changes(self) -> tuple[tuple[Cause, Change], ...]:
        """Every changed cell of the input with its cause, in the order of the steps."""
        found = [(self._cause_of(change), change) for change in changes_between(self.a.book, self.b.book)]
        order = list(Cause)
        return tuple(sorted(found, key=lambda item: order.index(item[0])))

    def _cause_of(self, change: Change) -> Cause:
        if self._is_of_scenario(change):
            return Cause.SCENARIO
        if change.blad == "case" and change.sleutel in RULE_SETTINGS:
            return Cause.RULES
        return Cause.INPUT

    def _is_of_scenario(self, change: Change) -> bool:
        """Whether a change lies in cells that only one of the two scenarios is about."""
        if not any(self._only_here):
            return False
        if self.a.origin.get(INPUT_HASH) == self.b.origin.get(INPUT_HASH):
            return True
        return any(
            row is not None and (change.blad, row.nummer, change.kolom) in cells
            for row, cells in zip((change.was, change.wordt), self._reached, strict=True)
        )

    @cached_property
    def _only_here(self) -> tuple[tuple[ScenarioChange, ...], tuple[ScenarioChange, ...]]:
        """The rows of the scenarios that the other does not have."""
        one, other = ({_content(row): row for row in side.changes} for side in (self.a, self.b))
        return (
            tuple(row for content, row in one.items() if content not in other),
            tuple(row for content, row in other.items() if content not in one),
        )

    @cached_property
    def _reached(self) -> tuple[frozenset[tuple[str, int, str]], ...]:
        books = (self.a.book, self.b.book)
        return tuple(reached(book, rows) for book, rows in zip(books, self._only_here, strict=True))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps from what A shows to what B shows; the first is A itself."""
        again = Step(Cause.VERSION, "A opnieuw berekend", (), amounts_of(self.a.statement))
        last = Step(Cause.VERSION, "B zoals de werkmap haar toont", (), self.b.shown)
        return (again, *self._input_steps(), *self._decision_steps(), last)

    def _input_steps(self) -> Iterator[Step]:
        """A step for each change; changes that only together make a case that holds are one step."""
        book: RawBook = self.a.book
        waiting: list[tuple[Cause, Change]] = []
        for group in _units(self.changes):
            waiting += group
            for _, change in group:
                book = carried_out(book, change)
            case = _whole(book, self.a.case)
            if case:
                yield _step(waiting, _amounts(case, self.a.allocation))
                waiting = []
        if waiting:
            yield _step(waiting, _amounts(self.b.case, self.a.allocation))

    def _decision_steps(self) -> Iterator[Step]:
        case, one, other = self.b.case, self.a.allocation, self.b.allocation
        started = replace(one, starts=other.starts)
        yield Step(Cause.STARTS, "De maatregelen en startjaren van B", (), _amounts(case, started))
        filled = replace(started, used=other.used, served=other.served)
        yield Step(Cause.USE, "De bezette plaatsen van B", (), _amounts(case, filled))
        yield Step(Cause.PAYMENTS, "De betalingen van B", (), amounts_of(self.b.statement))

    @cached_property
    def totals(self) -> Mapping[Cause, Amounts]:
        """The effect of each cause on each amount that it changes."""
        found: dict[Cause, dict[Key, Fraction]] = {cause: {} for cause in Cause}
        befores = (self.a.shown, *(step.after for step in self.steps))
        for (before, after), step in zip(pairwise(befores), self.steps, strict=True):
            sums = found[step.cause]
            for key, effect in effects(before, after).items():
                sums[key] = sums.get(key, Fraction(0)) + effect
        return {cause: {key: value for key, value in sums.items() if value} for cause, sums in found.items()}

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The amounts that some cause changes, in the order in which they are shown."""
        differ = {key for sums in self.totals.values() for key in sums}
        order = {key: at for at, key in enumerate({**self.a.shown, **self.b.shown})}
        return tuple(sorted(differ, key=lambda key: (SORTS.index(key.soort), order.get(key, len(order)))))

    @cached_property
    def choice(self) -> Choice:
        """Why the decisions differ, where they do."""
        one, other = _decided(self.a.allocation), _decided(self.b.allocation)
        if one == other:
            return Choice.SAME
        if self._equally_good():
            return Choice.EQUAL
        if self.changes:
            return Choice.CONSEQUENCE
        if self.versions:
            return Choice.VERSION
        return Choice.UNKNOWN if self.a.proven and self.b.proven else Choice.UNPROVEN

    def _equally_good(self) -> bool:
        """Whether the decisions of A hold for B, and reach each of its goals as well."""
        case = self.b.case
        if fitting(case, self.a.allocation).starts != self.a.allocation.starts:
            return False
        there = Outcome(case, self.a.allocation)
        goals = [goal.doel for goal in case.goals]
        return not check_allocation(case, self.a.allocation) and all(
            there.goals[goal] == self.b.statement.outcome.goals[goal] for goal in goals
        )

    @cached_property
    def versions(self) -> tuple[tuple[str, str, str], ...]:
        """What the two were made with, where it differs: label, in A, in B."""
        return tuple(self._made[key] for key in MADE_WITH if key in self._made and _differs(self._made[key]))

    @cached_property
    def origins(self) -> tuple[tuple[str, str, str], ...]:
        """What the two were made from and with, where it differs: label, in A, in B."""
        return tuple(item for item in self.made if _differs(item))

    @property
    def made(self) -> tuple[tuple[str, str, str], ...]:
        """What the two were made from and with: label, in A, in B."""
        return tuple(self._made.values())

    @cached_property
    def _made(self) -> Mapping[str, tuple[str, str, str]]:
        labels = {**self.a.labels, **self.b.labels}
        return {
            key: (labels[key], self.a.origin.get(key, ""), self.b.origin.get(key, ""))
            for key in dict.fromkeys((*self.a.origin, *self.b.origin))
        }

    @cached_property
    def rules(self) -> tuple[tuple[str, str, str], ...]:
        """The versions of rules that differ: id, what A has, what B has; empty where it has none."""
        both = [column for column in self.a.rule_columns if column in self.b.rule_columns]
        ids = dict.fromkeys((*self.a.rules, *self.b.rules))
        one, other = ({rule: _said(side.rules.get(rule), both) for rule in ids} for side in (self.a, self.b))
        return tuple((rule, one[rule], other[rule]) for rule in ids if one[rule] != other[rule])

    @property
    def is_empty(self) -> bool:
        """Whether the two are the same in all that is compared."""
        same = self.choice is Choice.SAME
        return same and not (self.keys or self.changes or self.origins or self.rules)


def _differs(item: tuple[str, str, str]) -> bool:
    return item[1] != item[2]


def _said(rule: Mapping[str, str] | None, columns: Iterable[str]) -> str:
    """What is said of a rule in the columns that both workbooks have; empty for no rule."""
    return "; ".join(filter(None, (rule[column] for column in columns))) if rule else ""


def effects(before: Amounts, after: Amounts) -> Amounts:
    """What became of each amount that changed."""
    keys = dict.fromkeys((*before, *after))
    pairs = ((key, after.get(key, Fraction(0)) - before.get(key, Fraction(0))) for key in keys)
    return {key: effect for key, effect in pairs if effect}


def _content(row: ScenarioChange) -> tuple[str, ...]:
    return row.doelblad, row.kolom, row.filter, row.bewerking, shown(row.waarde)


Cause_Change = tuple[Cause, Change]


def _units(changes: Sequence[Cause_Change]) -> Iterator[list[Cause_Change]]:
    if len(changes) <= MOST_STEPS:
        yield from ([change] for change in changes)
        return
    for _, group in groupby(changes, lambda item: (item[0], item[1].how, item[1].blad, item[1].kolom)):
        yield list(group)


def _whole(book: RawBook, of: Case) -> Case | None:
    """The case of an input that hangs together, with the approved plan of a case; None where it does not."""
    case, findings = read_case(book)
    return None if findings or case is None else replace(case, approval=of.approval)


def _amounts(case: Case, decisions: Allocation) -> Amounts:
    return amounts_of(Statement(case, fitting(case, decisions)))


def _step(waiting: Iterable[Cause_Change], after: Amounts) -> Step:
    causes, changes = zip(*waiting, strict=True)
    return Step(causes[0], in_words(changes), changes, after)


def in_words(changes: Sequence[Change]) -> str:
    """What some changes are about, in a few words."""
    if len(changes) == 1:
        only = changes[0]
        return f"{only.blad}: {only.sleutel}, {only.kolom or only.how.value}"
    sheets = dict.fromkeys(f"{change.blad} {change.kolom}".strip() for change in changes)
    return f"{', '.join(sheets)} ({len(changes)} wijzigingen samen)"


def _decided(given: Allocation) -> tuple[object, ...]:
    """The decisions without zeros, which decide nothing."""
    return (
        dict(given.starts),
        {at: number for at, number in given.used.items() if number},
        {at: number for at, number in given.served.items() if number},
        dict(given.payments),
    )

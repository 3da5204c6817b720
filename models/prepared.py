"""What is made ready once, for many cases that differ in numbers only: a sweep solves hundreds of them.

Everything hangs on the first case alone and never on the case before, so that an answer does not depend on
who computed what first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from finance.case import Case
from finance.rules import Entitlement
from models.compiled import build
from models.compiling import compile_program
from models.grouping import Grouping, grouped, grouping_of
from models.numbers import Numbers, numbers_of
from models.patching import Model, Pattern
from models.program import Program


@dataclass(frozen=True)
class Prepared:
    """The patterns of the two models of a case.

    Attributes:
        grouping: which of its cost lines are alike.
        by_line: the model line by line.
        by_group: the model on groups of alike lines.
    """

    grouping: Grouping
    by_line: Pattern
    by_group: Pattern

    @classmethod
    def of(cls, case: Case) -> Self:
        """Build the models of a case and find their patterns.

        Args:
            case: a case without findings.
        """
        program = compile_program(case, Entitlement(case))
        grouping = grouping_of(program)
        return cls(grouping, Pattern.of(program), Pattern.of(grouped(program, grouping)))


class Models:
    """The two models of a program, each built when it is asked for.

    Attributes:
        program: the program, line by line.
        prepared: the models of a case that may differ in numbers only; None for none.
    """

    def __init__(self, program: Program, prepared: Prepared | None = None) -> None:
        self.program = program
        self.prepared = prepared

    @cached_property
    def _numbers(self) -> Numbers:
        return numbers_of(self.program)

    @cached_property
    def _like(self) -> Prepared | None:
        """What was prepared, where only numbers differ."""
        known = self.prepared
        return known if known and self._numbers.frame == known.by_line.frame else None

    @cached_property
    def by_group(self) -> Model:
        """The model of the search, on groups of alike cost lines."""
        if self._like is None:
            return build(grouped(self.program))
        groups = grouped(self.program, self._like.grouping)
        return self._like.by_group.patched(groups, numbers_of(groups)) or build(groups)

    @cached_property
    def by_line(self) -> Model:
        """The model of the payments, line by line."""
        if self._like is None:
            return build(self.program)
        return self._like.by_line.patched(self.program, self._numbers) or build(self.program)

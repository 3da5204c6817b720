"""Classes of cost lines: alike in all that counts, so that money is dealt out over them in proportion.

Lines of one year that the same sources may pay under the same caps, and that are equally urgent, have an
equal claim. So the last linear programs decide what a source pays of a class, and each line gets its share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from finance.case import CostLine
from finance.money import ZERO, Money
from models.exact import Point
from models.grouping import grouped, grouping_of
from models.preference import RANK_OF_SORT
from models.program import Program


@dataclass(frozen=True)
class Classes:
    """A program line by line, and on its classes.

    Attributes:
        lines: the program, line by line.
        program: the same on classes.
        members: the numbers of the lines of each class.
    """

    lines: Program
    program: Program
    members: tuple[tuple[int, ...], ...]


def classes_of(program: Program) -> Classes:
    """Find the classes of the cost lines of a program."""
    grouping = grouping_of(program, lambda line: RANK_OF_SORT[line.kostensoort])
    return Classes(program, grouped(program, grouping), grouping.groups)


def dealt_out(classes: Classes, point: Point, costs: Mapping[CostLine, Money]) -> Point:
    """Deal the payments and gaps of classes out over their lines, in proportion to the costs.

    Args:
        classes: the classes.
        point: a point on classes.
        costs: the exact cost of each line that costs anything.

    Returns:
        The same point line by line.
    """
    pay = [0.0] * len(classes.lines.pairs)
    gap = [0.0] * len(classes.lines.lines)
    for number, members in enumerate(classes.members):
        cents = [costs.get(classes.lines.lines[line], ZERO).cents for line in members]
        total = sum(cents)
        for line, cost in zip(members, cents, strict=True):
            own = zip(classes.lines.pairs_of_line[line], classes.program.pairs_of_line[number], strict=True)
            if classes.lines.lines[line].krediet:
                # What a credit gets back has no cost of its own: it is what is paid of it, and it stands alone.
                gap[line] = point.gap[number]
                for pair, of_class in own:
                    pay[pair] = point.pay[of_class]
            if not cost:
                continue
            gap[line] = point.gap[number] * cost / total
            for pair, of_class in own:
                pay[pair] = point.pay[of_class] * cost / total
    return replace(point, pay=tuple(pay), gap=tuple(gap))

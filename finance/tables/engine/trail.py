"""The trail of a cell as a tree: what it adds up from, what multiplies it, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finance.tables.engine.cells import At
from finance.tables.engine.explaining import Explained, Explainer
from finance.tables.engine.expressions import area_of
from finance.tables.engine.worth import Flow, Way
from finance.tables.grid import OriginKind, Role

WIDTHS: Final = (10, 3)
"""How many cells a sum shows: at the top, and below another sum."""
DEEPEST: Final = 40
"""How many steps a trail goes down at most."""
INPUTS: Final = frozenset({Role.INPUT_SOURCED, Role.INPUT_ASSUMED})


@dataclass(frozen=True)
class Fold:
    """The smaller terms of a sum that a tree leaves out.

    Attributes:
        count: how many there are.
        total: what they add together.
    """

    count: int
    total: Fraction


@dataclass(frozen=True)
class Branch:
    """One cell of a trail.

    Attributes:
        found: the cell, explained.
        way: how it takes part in the cell above it; None for the cell that was asked for.
        share: what it adds there; None where it adds nothing of its own.
        branches: the cells that it comes from, the largest first.
        fold: the terms that are left out; None for none.
        rests_on: the decisions, rules and inputs that decide which cells take part.
        repeated: whether it was told before in the same trail.
    """

    found: Explained
    way: Way | None
    share: Fraction | None
    branches: tuple[Branch, ...] = ()
    fold: Fold | None = None
    rests_on: tuple[At, ...] = ()
    repeated: bool = False

    @property
    def at(self) -> At:
        """The cell."""
        return self.found.at


class Trail:
    """Makes the trail of one cell.

    Args:
        explainer: explains the cells.
        whole: whether every term is shown, and no trail is told twice by reference.
    """

    def __init__(self, explainer: Explainer, *, whole: bool = False) -> None:
        self._explainer, self._whole = explainer, whole
        self._told: set[At] = set()
        self._named: set[At] = set()

    def of(self, at: At) -> Branch:
        """The trail of a cell that is not empty, down to the input and the decisions."""
        return self._branch(Flow(at, Way.TERM), None, 0, 0)

    def _branch(self, flow: Flow, way: Way | None, sums: int, depth: int) -> Branch:
        found = self._explainer.explain(flow.at)
        if found.worth is None:
            self._named.add(flow.at)
            return Branch(found, way, flow.share, self._about(found, sums, depth))
        if flow.at in self._told or depth == DEEPEST:
            return Branch(found, way, flow.share, repeated=True)
        self._told.add(flow.at)
        terms, fold = self._terms(found, sums)
        deeper = sums + (len(terms) > 1)
        under = [flow for flow in found.flows if flow.way is Way.FACTOR]
        branches = [self._branch(one, one.way, deeper, depth + 1) for one in (*terms, *under)]
        return Branch(found, way, flow.share, tuple(branches), fold, self._rests_on(found))

    def _about(self, found: Explained, sums: int, depth: int) -> tuple[Branch, ...]:
        """What a decision is about: a payment leads on to the cost that it pays."""
        about = found.cell.origin.voor if found.cell.origin else ""
        if not about:
            return ()
        area = area_of(about, found.at[0])
        flow = Flow((area.sheet, area.top, area.left), Way.ABOUT)
        return (self._branch(flow, flow.way, max(1, sums), depth + 1),)

    def _terms(self, found: Explained, sums: int) -> tuple[Sequence[Flow], Fold | None]:
        """The largest terms, and what the others come to."""
        terms = [flow for flow in found.terms if flow.share != 0] or list(found.terms)[:1]
        terms.sort(key=lambda flow: abs(flow.share or Fraction(0)), reverse=True)
        most = WIDTHS[min(sums, len(WIDTHS) - 1)]
        if self._whole or len(terms) <= most + 1:
            return terms, None
        rest = terms[most:]
        return terms[:most], Fold(len(rest), sum((flow.share or Fraction(0) for flow in rest), Fraction(0)))

    def _rests_on(self, found: Explained) -> tuple[At, ...]:
        """What decides, each once in a trail: decisions first, then rules, then inputs."""
        choices = [flow.at for flow in found.flows if flow.way is Way.CHOICE]
        new = [at for at in deciders(self._explainer, choices) if at not in self._named]
        self._named.update(new)
        return tuple(sorted(new, key=self._rank))

    def _rank(self, at: At) -> int:
        cell = self._explainer.explain(at).cell
        if cell.role is Role.DECISION:
            return 0
        return 1 if cell.origin and cell.origin.kind is OriginKind.RULE else 2


def deciders(explainer: Explainer, cells: Sequence[At]) -> tuple[At, ...]:
    """The decisions, parameters of rules and inputs that some cells come from.

    Keys such as the name of a measure only find a row; they are left out, unless the formula
    itself looks at them.
    """
    found: list[At] = []
    seen: set[At] = set()
    ahead = list(reversed(cells))
    while ahead:
        at = ahead.pop()
        if at in seen or explainer.cell(at) is None:
            continue
        seen.add(at)
        explained = explainer.explain(at)
        if explained.worth is None:
            if _decides(explained, direct=at in cells):
                found.append(at)
        else:
            ahead += [flow.at for flow in reversed(explained.flows)]
    return tuple(found)


def _decides(leaf: Explained, *, direct: bool) -> bool:
    cell = leaf.cell
    if cell.role is Role.DECISION:
        return True
    if cell.origin and cell.origin.kind is OriginKind.PLACE:
        return False
    return cell.role in INPUTS and (direct or not isinstance(cell.value, str) or _is_rule(leaf))


def _is_rule(leaf: Explained) -> bool:
    return leaf.cell.origin is not None and leaf.cell.origin.kind is OriginKind.RULE

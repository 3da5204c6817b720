"""Exact places: a point of the model made into used places, and who uses them, without the solver's noise.

With the start years known, young people flow from the need for a zorgvorm to places of it and on to
locations; who finds no place, and room that stays unused, close the circle. What the solver left at a bound
lies there exactly, and what is between its bounds forms trees, in which every number follows from needs and
capacities by adding and subtracting. So a vertex is found again exactly: with inputs that are multiples of
0.05, so are the places. Only where money decides how many places are used does a number have no other
origin than the solver; it is put on the grid, and its neighbours follow from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Final

from finance.case.care import Need
from finance.case.case import PlaceKey
from finance.money import round_half_away
from finance.places import GRID, steps
from finance.plan.allocation import Allocation, Outcome, PlaceYear
from models.exact import Point, RoundingError
from models.program import Program, Served

NOISE: Final = (1.5e-7, 1e-6, 1e-5, 1e-4)
"""Fewer places than this are none: what a held goal may slip, and more where that leads below zero."""
ROUND: Final = 1000
"""A number that money decides is a multiple of 1 / ROUND where it is as near to it as noise."""
ALIKE: Final = 1e-6
"""Two shares of places that differ less than this are the same; what is equal differs a thousandth of it."""
LARGE: Final = 10**6
"""Edges count as equally wide below a difference of 1 / LARGE: so that noise chooses nothing."""

Node = tuple[object, ...]
Name = tuple[str, object]
"""What flows over an edge: its kind, and the key of the need, the place-year or the young people."""
ROOT: Final[Node] = ("root",)


@dataclass(frozen=True)
class Edge:
    """A flow from one node to another that is not below zero.

    Attributes:
        name: what flows.
        tail, head: the nodes.
        value: how much the solver let flow, in places.
    """

    name: Name
    tail: Node
    head: Node
    value: float


def exact_places(program: Program, point: Point) -> tuple[dict[PlaceYear, Decimal], dict[Served, Decimal]]:
    """Used places and who uses them, on the grid, within every limit of C4 to C6.

    Args:
        program: the program.
        point: a point of the model.

    Returns:
        Used places per place-year, and young people served; zeros left out.

    Raises:
        RoundingError: no exact places lie near the point.
    """
    network = _Network.of(program, point)
    for noise in NOISE:
        flow = network.exact(noise)
        if min(flow.values(), default=0) >= 0:
            return (
                {at: Decimal(flow["used", at]) / GRID for at in program.place_years if flow["used", at]},
                {key: Decimal(flow["served", key]) / GRID for key in program.served if flow["served", key]},
            )
    raise RoundingError("no exact places lie near the solver's point")


def equally_full(program: Program, point: Point, used: Mapping[PlaceYear, Decimal]) -> dict[PlaceYear, Decimal]:
    """Give locations of a pool that the point fills equally exactly the same share, on the grid.

    The shares add up: each is what the locations up to it have together, rounded, less what those before have.

    Args:
        program: the program.
        point: a point of the model.
        used: its exact used places.
    """
    outcome = Outcome(program.case, Allocation(point.starts, {}, {}, {}))
    alike: dict[tuple[str, int, int], list[PlaceYear]] = defaultdict(list)
    for at, number in used.items():
        full = float(number) / outcome.places[at]
        if steps(outcome.largest_use(*at)) - steps(number) > ALIKE * GRID:
            alike[program.case.care.pool_of[at[0]], at[1], round(full / ALIKE)].append(at)
    shared = dict(used)
    for members in alike.values():
        total = sum(steps(used[at]) for at in members)
        by_size = sorted(members, key=lambda at: (-outcome.places[at], at))
        sizes = [outcome.places[at] for at in by_size]
        ends = [round_half_away(Fraction(total * end, sum(sizes))) for end in accumulate(sizes)]
        shared.update(
            (at, Decimal(end - start) / GRID) for at, start, end in zip(by_size, (0, *ends), ends, strict=False)
        )
    return shared


@dataclass(frozen=True)
class _Network:
    """Young people on their way to places.

    Attributes:
        edges: what may flow.
        supply: what starts in a node, less what ends there, in steps of the grid; the root balances all.
    """

    edges: tuple[Edge, ...]
    supply: Mapping[Node, int]

    @classmethod
    def of(cls, program: Program, point: Point) -> _Network:
        """The network of a program, with the flow of a point."""
        outcome = Outcome(program.case, Allocation(point.starts, {}, {}, {}))
        care = program.case.care
        needs = {key: steps(number) for key, number in care.need.items()}
        most = {at: steps(outcome.largest_use(*at)) for at in program.place_years}
        supply: dict[Node, int] = {("need", *key): number for key, number in needs.items()}
        supply.update((("places", *at), -number) for at, number in most.items())
        return cls(tuple(_edges(point, needs, most, care.pool_of)), supply)

    def exact(self, noise: float) -> dict[Name, int]:
        """What flows exactly, in steps of the grid; below zero where so much is no noise.

        Args:
            noise: flows up to this are none, in places.
        """
        forest = _Forest()
        open_edges = [edge for edge in self.edges if edge.value > noise]
        flow = {edge.name: 0 for edge in self.edges}
        # The widest edges follow from the others: an error is smallest there.
        for edge in sorted(open_edges, key=lambda edge: -round(edge.value * LARGE)):
            if not forest.join(edge):
                flow[edge.name] = _plain(edge.value)
        left = self._unbalanced(flow)
        self._close(forest, left, noise)
        flow.update(forest.solve(left))
        return flow

    def _unbalanced(self, flow: Mapping[Name, int]) -> dict[Node, int]:
        """What of each node has still to flow away."""
        left: dict[Node, int] = defaultdict(int, self.supply)
        for edge in self.edges:
            left[edge.tail] -= flow[edge.name]
            left[edge.head] += flow[edge.name]
        return left

    def _close(self, forest: _Forest, left: Mapping[Node, int], noise: float) -> None:
        """Let what is left over of a tree flow to or from the root: need that finds no place, or room."""
        surplus: dict[Node, int] = defaultdict(int)
        for node, number in left.items():
            surplus[forest.top(node)] += number
        for edge in self.edges:
            node = edge.head if edge.tail == ROOT else edge.tail
            side = -1 if edge.tail == ROOT else 1
            at_bound = edge.value <= noise and ROOT in (edge.tail, edge.head)
            if at_bound and side * surplus[forest.top(node)] > 0:
                forest.join(edge)


def _edges(
    point: Point, needs: Mapping[Need, int], most: Mapping[PlaceYear, int], pool_of: Mapping[PlaceKey, str]
) -> Iterator[Edge]:
    """Need to pool to location; need to the root that finds no place, the root to room that is left."""
    helped: dict[Need, float] = defaultdict(float)
    for (who, pool, year), value in point.served.items():
        helped[who, year] += value
        yield Edge(("served", (who, pool, year)), ("need", who, year), ("pool", pool, year), value)
    for key, number in needs.items():
        yield Edge(("short", key), ("need", *key), ROOT, number / GRID - helped[key])
    for at, value in point.used.items():
        yield Edge(("used", at), ("pool", pool_of[at[0]], at[1]), ("places", *at), value)
        yield Edge(("room", at), ROOT, ("places", *at), most[at] / GRID - value)


def _plain(value: float) -> int:
    """A number that money decides, in steps of the grid: a round one where it is as near as noise."""
    plain = round(value * ROUND)
    return plain * (GRID // ROUND) if abs(value - plain / ROUND) <= NOISE[0] else round(value * GRID)


class _Forest:
    """Edges without a circle; what flows over them follows from what starts and ends in their nodes."""

    def __init__(self) -> None:
        self._above: dict[Node, Node] = {}
        self._at: dict[Node, list[Edge]] = defaultdict(list)

    def top(self, node: Node) -> Node:
        """A node that stands for the tree of a node."""
        while node in self._above:
            node = self._above[node]
        return node

    def join(self, edge: Edge) -> bool:
        """Add an edge, unless it closes a circle; returns whether it was added."""
        one, other = self.top(edge.tail), self.top(edge.head)
        if one == other:
            return False
        self._above[one] = other
        self._at[edge.tail].append(edge)
        self._at[edge.head].append(edge)
        return True

    def solve(self, left: dict[Node, int]) -> Iterator[tuple[Name, int]]:
        """What flows over each edge, leaf after leaf.

        Args:
            left: what has to flow away from each node; changed on the way.
        """
        degree = {node: len(edges) for node, edges in self._at.items()}
        leaves = [node for node, number in degree.items() if number == 1 and node != ROOT]
        done: set[Name] = set()
        while leaves:
            leaf = leaves.pop()
            for edge in self._at[leaf]:
                if edge.name in done:
                    continue
                done.add(edge.name)
                other = edge.head if edge.tail == leaf else edge.tail
                yield edge.name, left[leaf] if edge.tail == leaf else -left[leaf]
                left[other] += left[leaf]
                left[leaf] = 0
                degree[other] -= 1
                if degree[other] == 1 and other != ROOT:
                    leaves.append(other)

"""The checks of the sheet `doelen`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finance.case.checked import Checked
from finance.case.words import BURDEN, FLOOR
from finance.findings import Finding

BEFORE_BURDEN: Final = ("ongedekt", "eigen_geld")
"""The goals that go before what municipalities pay: else leaving costs uncovered would look cheap."""
NEEDED_GOAL: Final = "ongedekt"
"""The goal that no case may leave out: without it a plan without cover would look good."""


def goals(checked: Checked) -> Iterator[Finding]:
    """Find two goals in one place, a goal that nothing is counted by, and the one that is missed."""
    yield from _goal_order(checked)
    yield from _goal_of_floors(checked)
    yield from _goal_of_burden(checked)
    yield from _goal_left_out(checked)


def _goal_order(checked: Checked) -> Iterator[Finding]:
    first: dict[object, int] = {}
    for row, number in checked.cells("doelen", "volgorde"):
        earlier = first.setdefault(number, row)
        if earlier != row:
            yield checked.at(
                "doelen",
                row,
                "volgorde",
                f"volgorde {number} staat ook in rij {earlier}.",
                "Geef elk doel een eigen volgnummer.",
            )


def _goal_of_floors(checked: Checked) -> Iterator[Finding]:
    for row in checked.case.goal_rows:
        if row.doel == FLOOR and not checked.has("plaatsgrenzen"):
            yield checked.at(
                "doelen",
                row.rij,
                "doel",
                f"Het doel {FLOOR} telt plaatsen onder een ondergrens, en het blad plaatsgrenzen ontbreekt.",
                "Voeg dat blad toe, of haal deze rij weg.",
            )


def _goal_of_burden(checked: Checked) -> Iterator[Finding]:
    place = {row.doel: row.volgorde for row in checked.case.goal_rows}
    misread = any(goal is None for _, (goal,) in checked.records("doelen", "doel"))
    for row in checked.case.goal_rows:
        elsewhere = 0 if misread else row.volgorde
        late = [name for name in BEFORE_BURDEN if place.get(name, elsewhere) >= row.volgorde]
        if row.doel == BURDEN and late:
            yield checked.at(
                "doelen",
                row.rij,
                "volgorde",
                f"Het doel {BURDEN} staat niet na {' en '.join(late)}.",
                f"Zet {' en '.join(BEFORE_BURDEN)} ervoor: anders spaart het plan gemeenten door kosten ongedekt"
                " te laten of een aanbieder te laten betalen.",
            )


def _goal_left_out(checked: Checked) -> Iterator[Finding]:
    goals = [goal for _, (goal,) in checked.records("doelen", "doel")]
    if goals and not {NEEDED_GOAL, None} & set(goals):
        yield Finding(
            "doelen",
            "",
            f"Het doel '{NEEDED_GOAL}' ontbreekt.",
            "Voeg het toe: zonder dat doel zou een plan zonder dekking goed lijken.",
        )

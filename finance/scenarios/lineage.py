"""Scenarios that start from another one: whose changes come first, and what can be wrong with that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from finance.case.sheets import ScenarioChange
from finance.case.table import RawBook, quoted
from finance.findings import Finding, nearest
from finance.scenarios.faults import finding_of
from finance.scenarios.names import BASE

FROM: Final = "vanaf"
"""The column that says which scenario one starts from."""


def starts_from(changes: Iterable[ScenarioChange]) -> Mapping[str, str]:
    """The scenario that each one starts from; `basis` where no row of it says."""
    found: dict[str, str] = {}
    for row in changes:
        if found.get(row.scenario, BASE) == BASE:
            found[row.scenario] = row.vanaf or BASE
    return found


def lineage(changes: Sequence[ScenarioChange], name: str) -> tuple[str, ...]:
    """The scenarios that make one, from the first that starts from `basis` to itself.

    Args:
        changes: the rows of the sheet `scenarios`.
        name: the scenario.

    Returns:
        The names. Where they go round, each once; one that does not exist is left out.
    """
    parents = starts_from(changes)
    line: list[str] = []
    while name in parents and name not in line:
        line.append(name)
        name = parents[name]
    return tuple(reversed(line))


def changes_of(changes: Sequence[ScenarioChange], name: str) -> tuple[ScenarioChange, ...]:
    """What makes a scenario: the rows of those that it starts from, then its own, each from top to bottom."""
    return tuple(row for scenario in lineage(changes, name) for row in changes if row.scenario == scenario)


def lineage_findings(book: RawBook, changes: Sequence[ScenarioChange]) -> Iterator[tuple[str, Finding]]:
    """Find scenarios that start from nothing that there is, from themselves, or from two at once.

    Args:
        book: the tables, for the addresses.
        changes: the rows of the sheet `scenarios`.

    Yields:
        The scenario and what is wrong with it, one finding for each.
    """
    parents = starts_from(changes)
    for name, parent in parents.items():
        rows = [row for row in changes if row.scenario == name and row.vanaf]
        if not rows:
            continue
        other = next((row for _, row in pairwise(rows) if row.vanaf != parent), None)
        if other is not None:
            wat = f"Scenario {quoted(name)} begint hier bij {quoted(other.vanaf)}, en in rij {rows[0].rij} bij"
            wat, doen = f"{wat} {quoted(parent)}.", "Laat een scenario bij een ander beginnen, in al zijn rijen gelijk."
            yield name, finding_of(book, other, FROM, wat, doen)
        elif parent not in {BASE, *parents}:
            wat = f"Scenario {quoted(parent)} staat niet in het blad scenarios."
            yield name, finding_of(book, rows[0], FROM, wat, nearest(parent, [BASE, *parents]))
        elif _goes_round(parents, name):
            wat = f"Scenario {quoted(name)} begint via {quoted(parent)} bij zichzelf."
            yield name, finding_of(book, rows[0], FROM, wat, f"Laat het beginnen bij {BASE} of bij een ander scenario.")


def _goes_round(parents: Mapping[str, str], name: str) -> bool:
    """Whether a scenario comes back to itself."""
    seen, at = {name}, parents[name]
    while at in parents and at not in seen:
        seen.add(at)
        at = parents[at]
    return at == name

"""Which grant decision a source belongs to where the input leaves it empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from finance.case.sheets import Source


def with_decisions(sources: Sequence[Source], coordinating: str) -> tuple[Source, ...]:
    """The sources, each grant with its decision.

    A grant without one belongs to the decision of its regulation and its municipality, never of several
    municipalities together: a share cap holds for each apart. Where only one municipality leaves it
    empty, it stays empty, and the regulation names the decision.

    Args:
        sources: the rows of `dekking`.
        coordinating: the municipality of a grant that names none.
    """
    towns: dict[str, set[str]] = defaultdict(set)
    for row in sources:
        if row.soort == "spuk" and not row.beschikking:
            towns[row.regeling].add((row.gemeente or coordinating).casefold())
    return tuple(
        row.model_copy(update={"beschikking": f"{row.regeling} {row.gemeente or coordinating}"})
        if row.soort == "spuk" and not row.beschikking and len(towns[row.regeling]) > 1
        else row
        for row in sources
    )

"""What a source takes from its grant decision, and which decision that is where the input leaves it empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from finance.case.sheets import GrantDecision, Source
from finance.case.words import GRANT


def with_decisions(
    sources: Sequence[Source], decisions: Sequence[GrantDecision], coordinating: str
) -> tuple[Source, ...]:
    """The sources, each grant with its decision and the municipality that received it.

    A grant without a decision belongs to that of its regulation and its municipality, never of several
    municipalities together: a share cap holds for each apart. Where only one municipality leaves it
    empty, it stays empty, and the regulation names the decision. A grant without a municipality takes
    that of its row in `beschikkingen`.

    Args:
        sources: the rows of `dekking`.
        decisions: the rows of `beschikkingen`.
        coordinating: the municipality of a grant that names none, and whose decision does not either.
    """
    received_by = {row.beschikking: row.gemeente for row in decisions}
    towns: dict[str, set[str]] = defaultdict(set)
    for row in sources:
        if row.soort == GRANT and not row.beschikking:
            towns[row.regeling].add((row.gemeente or coordinating).casefold())

    def completed(row: Source) -> Source:
        if row.soort != GRANT:
            return row
        if not row.beschikking and len(towns[row.regeling]) > 1:
            return row.model_copy(update={"beschikking": f"{row.regeling} {row.gemeente or coordinating}"})
        town = received_by.get(row.beschikking, "")
        if row.gemeente.casefold() in ("", town.casefold()):
            return row.model_copy(update={"gemeente": town or row.gemeente})
        return row

    return tuple(map(completed, sources))

"""Which grant decision a source belongs to where the input leaves it empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from finance.case.checked import Checked
from finance.case.sheets import Source
from finance.findings import Finding


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


def one_municipality(checked: Checked) -> Iterator[Finding]:
    """Find grant decisions that more than one municipality would have received."""
    first: dict[tuple[str, str], Source] = {}
    for row in checked.case.sources:
        if row.soort != "spuk" or not row.beschikking:
            continue
        known = first.setdefault((row.regeling, row.beschikking), row)
        one, other = (checked.case.grant_municipality(item) for item in (known, row))
        if one.casefold() != other.casefold():
            yield checked.at(
                "dekking", row.rij, "beschikking",
                f"Beschikking {row.beschikking} is hier van gemeente {other}, en in rij {known.rij} van"
                f" {one}.",
                "Een beschikking gaat naar een gemeente: geef elke beschikking een eigen naam, of maak de"
                " gemeenten gelijk (leeg is de coördinerende gemeente).",
            )  # fmt: skip

"""The checks of how a yearly source for all is divided over providers: the sheet `verdeelsleutel`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from finance.case.checked import Checked
from finance.case.given import grouped
from finance.case.table import shown
from finance.case.words import YEARLY_SORTS
from finance.findings import Finding


def allocation_keys(checked: Checked) -> Iterator[Finding]:
    """Find keys of sources that have nothing to divide, and shares that are not the whole together."""
    for bron, rows in grouped(checked.case.allocation_keys, lambda row: row.bron).items():
        source = checked.case.source.get(bron)
        if source is None:
            # An unknown source, or one that could not be read, is a finding of its own.
            continue
        if source.soort not in YEARLY_SORTS or source.aanbieder:
            why = (
                f"is alleen voor {source.aanbieder}"
                if source.aanbieder
                else f"is van soort {source.soort} en heeft geen geld per jaar"
            )
            yield checked.at(
                "verdeelsleutel",
                rows[0].rij,
                "bron",
                f"Bron {bron} {why}: er valt niets te verdelen.",
                "Haal de rijen van deze bron weg, of noem een jaarlijkse bron die voor alle aanbieders is.",
            )
            continue
        whole = sum((row.aandeel for row in rows), Decimal(0))
        if whole != 1 and checked.all_read("verdeelsleutel", checked.case.allocation_keys):
            yield checked.at(
                "verdeelsleutel",
                rows[0].rij,
                "aandeel",
                f"De aandelen in bron {bron} zijn samen {shown(whole)}, en niet 1.",
                "Geef elke aanbieder zijn deel van het geheel, als breuk; wie niets krijgt mag ontbreken.",
            )

"""Doelgroepen that nothing suits, and places that suit nobody."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case.checked import Checked
from finance.findings import Finding


def suiting_nobody(checked: Checked) -> Iterator[Finding]:
    """A doelgroep without any place that suits, whose need is short in every plan; and places that nobody can use."""
    case = checked.case
    if not case.care_groups:
        return
    for group in case.care_groups:
        if not case.care.pools_for.get(group.doelgroep):
            yield checked.at(
                "doelgroepen",
                group.rij,
                "doelgroep",
                f"Geen enkele plaats is geschikt voor doelgroep {group.doelgroep}: haar hele behoefte telt in elk plan"
                " als tekort.",
                "Zet in geschikt waar zij terechtkan, of laat dit staan als dat is wat het plan moet tonen.",
            )
    used = {pool for pools in case.care.pools_for.values() for pool in pools}
    for place in case.places:
        if case.care.pool_of[place.locatie, place.zorgvorm] not in used:
            yield checked.at(
                "plaatsen",
                place.rij,
                "zorgvorm",
                f"De plaatsen {place.zorgvorm} op {place.locatie} zijn voor geen enkele doelgroep geschikt: zij staan"
                " in elk plan leeg.",
                "Zet in geschikt wie er terechtkan.",
            )

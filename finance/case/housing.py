"""Housing that a grant pays: the measures that build for a zorgvorm, and what grants paid of them.

A price with housing in it that a grant has paid already is paid twice; the parameter
`spuk_huisvesting` of a tariff takes it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from finance.case.case import Case, CostLine
from finance.case.sheets import Measure, Source
from finance.case.words import GRANT
from finance.money import Money

HOUSING: Final = "spuk_huisvesting"
"""The parameter of a tariff that says what grants pay of the housing of a group, a year."""
BUILDING: Final = ("vervangende_nieuwbouw", "verbouwen")
"""The kostensoorten of building."""


def builds_for(case: Case, measure: Measure, zorgvorm: str) -> bool:
    """Whether a measure builds and adds places of a zorgvorm."""
    adds = any(row.zorgvorm == zorgvorm and row.plaatsen > 0 for row in case.effects_of.get(measure.maatregel, ()))
    return adds and any(row.kostensoort in BUILDING for row in case.costs_of.get(measure.maatregel, ()))


def building_grant(case: Case, zorgvorm: str) -> tuple[Measure, Source] | None:
    """A measure that builds for a zorgvorm and a grant of its provider; None where there is none.

    Whether the rules let the grant pay it is not asked: what is built with it depends on the plan.
    """
    grants = [row for row in case.sources if row.soort == GRANT]
    for measure in case.measures:
        for source in grants:
            if source.aanbieder in ("", measure.aanbieder) and builds_for(case, measure, zorgvorm):
                return measure, source
    return None


def housing_paid(case: Case, payments: Mapping[tuple[CostLine, str], Money], zorgvorm: str) -> Money:
    """What grants pay of building for a zorgvorm, over all years.

    The cost of a measure that adds places of two zorgvormen counts for both: how it divides is not known.

    Args:
        case: the case.
        payments: what each source pays of each cost line.
        zorgvorm: the zorgvorm.
    """
    builders = {row.maatregel for row in case.measures if builds_for(case, row, zorgvorm)}
    return Money.total(
        amount
        for (line, bron), amount in payments.items()
        if line.maatregel in builders and line.kostensoort in BUILDING and case.source[bron].soort == GRANT
    )

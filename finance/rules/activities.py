"""Which activity of the regulation of 2024 a measure serves: closing, converting, or an alternative.

Source: art. 3, second paragraph, of the regulation of 2024 (RG-12).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from finance.case.case import Case
from finance.case.sheets import Measure, Source


class Activity(StrEnum):
    """An activity of art. 3.2, by its letter."""

    CLOSING = "a"
    CONVERTING = "b"
    ALTERNATIVE = "c"


OF_2024: Final = "transformatie-2024"
"""The regulation that these activities are those of."""
REVISION_SORT: Final = "herziening"
"""The sort of a grant decision that grants a revision."""
ALTERNATIVE_SORT: Final = "alternatief"
"""The sort of a measure that says that it is an alternative, where its effects do not say what it is."""


def activity_of(case: Case, measure: Measure) -> Activity:
    """The activity of art. 3.2 that a measure serves.

    a where it takes closed places away, on balance; else b where it delivers closed places (small-scale);
    else c where it changes other places alone. A measure without any effect (a plan, project leadership,
    what redundant staff costs) serves what it goes with: closing, unless its sort is `alternatief`.

    Args:
        case: the case.
        measure: one of its measures.
    """
    effects = case.effects_of.get(measure.maatregel, ())
    closed = [row.plaatsen for row in effects if case.care_form[row.zorgvorm].is_closed]
    if sum(closed) < 0:
        return Activity.CLOSING
    if any(places > 0 for places in closed):
        return Activity.CONVERTING
    if effects or measure.soort == ALTERNATIVE_SORT:
        return Activity.ALTERNATIVE
    return Activity.CLOSING


def is_revision(case: Case, source: Source) -> bool:
    """Whether a grant comes from a revision: its decision in `beschikkingen` says so."""
    return any(row.beschikking == source.beschikking and row.soort == REVISION_SORT for row in case.grant_decisions)


def has_revision(case: Case) -> bool:
    """Whether the case has a decision that grants a revision."""
    return any(row.soort == REVISION_SORT for row in case.grant_decisions)


def shows_activity(case: Case) -> bool:
    """Whether the activities of the regulation of 2024 say anything in a case."""
    return has_revision(case) or any(row.regeling == OF_2024 for row in case.sources)

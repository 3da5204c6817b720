"""The result of each provider over the years of a plan, under lump sum, PxQ and availability."""

from finance.transition.carried import Carried, FormYear
from finance.transition.costs import START_UP, ExtraCost, PlaceYearCost, weight_of
from finance.transition.deals import Deal
from finance.transition.transition import Transition

__all__ = [
    "START_UP", "Carried", "Deal", "ExtraCost", "FormYear", "PlaceYearCost", "Transition", "weight_of",
]  # fmt: skip

"""The result of each provider over the years of a plan, under lump sum, PxQ and availability."""

from finance.tariff.transition.carried import Carried, FormYear
from finance.tariff.transition.costs import START_UP, ExtraCost, PlaceYearCost, weight_of
from finance.tariff.transition.deals import Deal
from finance.tariff.transition.transition import Transition

__all__ = [
    "START_UP",
    "Carried",
    "Deal",
    "ExtraCost",
    "FormYear",
    "PlaceYearCost",
    "Transition",
    "weight_of",
]

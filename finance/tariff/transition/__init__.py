"""The result of each provider over the years of a plan, under lump sum, PxQ and availability."""

from finance.tariff.transition.carried import AGREED, ASSUMED, DIVIDED, NOBODY, PARTLY, Carried, FormYear, settled
from finance.tariff.transition.costs import START_UP, ExtraCost, PlaceYearCost
from finance.tariff.transition.deals import Deal
from finance.tariff.transition.prices import FormPrice
from finance.tariff.transition.transition import Transition

__all__ = [
    "AGREED",
    "ASSUMED",
    "DIVIDED",
    "NOBODY",
    "PARTLY",
    "START_UP",
    "Carried",
    "Deal",
    "ExtraCost",
    "FormPrice",
    "FormYear",
    "PlaceYearCost",
    "Transition",
    "settled",
]

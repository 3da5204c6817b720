"""The outlook on a case before anything is solved: need against places, prices against each other, money against need.

Nothing here decides anything. It says what a reader can hold against what is known, so that a slip of the pen is
seen before a plan rests on it.
"""

from __future__ import annotations

from finance.plan.outlook.money import MoneyOutlook, SourceOutlook, YearOutlook
from finance.plan.outlook.places import FormOutlook, FormYear, form_outlooks
from finance.plan.outlook.prices import PaidPrice, PlacePrice, paid_prices, place_prices

__all__ = [
    "FormOutlook",
    "FormYear",
    "MoneyOutlook",
    "PaidPrice",
    "PlacePrice",
    "SourceOutlook",
    "YearOutlook",
    "form_outlooks",
    "paid_prices",
    "place_prices",
]

"""An allocation as the tables that a person would have typed."""

from __future__ import annotations

from finance.plan.allocation import Allocation
from tests.casebook import Tables


def tables_of(allocation: Allocation, *, everything: bool = True) -> Tables:
    """The sheets of an allocation made by hand.

    Args:
        allocation: the decisions.
        everything: whether starts, used places and diversions are given too, and not only payments.
    """
    tables: Tables = {
        "toewijzing": [
            {
                "maatregel": line.maatregel or None,
                "locatie": line.locatie or None,
                "zorgvorm": line.zorgvorm or None,
                "kostensoort": line.kostensoort,
                "jaar": line.jaar,
                "bron": source,
                "bedrag": amount.cents / 100,
            }
            for (line, source), amount in allocation.payments.items()
        ]
    }
    if not everything:
        return tables
    tables["gestart"] = [{"maatregel": name, "jaar": year} for name, year in allocation.starts.items()]
    tables["bezet"] = [
        {"locatie": key[0], "zorgvorm": key[1], "jaar": year, "bezet": number}
        for (key, year), number in allocation.used.items()
    ]
    tables["uitwijk"] = [
        {"zorgvorm": need, "alternatief": got, "jaar": year, "plaatsen": number}
        for (need, got, year), number in allocation.served.items()
        if need != got
    ]
    return tables

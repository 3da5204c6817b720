"""The anchors of a budget: the numbers of its tables as the statement of the plan computes them, without formulas."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

from finance.books.budget.draft import Draft
from finance.case.words import OPERATION, VACANCY
from finance.money import ZERO, Money
from finance.rules.tests import TESTS, PaymentTest
from finance.tables.columns import verdict, yes
from finance.tables.grid import Value
from finance.tables.reconcile import Anchors

Of = Callable[[Any], Value]


def _same(*names: str) -> dict[str, Of]:
    """Columns that are called as what their records hold."""
    return {name: attrgetter(name) for name in names}


def _always(value: Value) -> Of:
    return lambda _: value


def _verdict_of(test: PaymentTest) -> Of:
    return lambda payment: payment.oordelen[test]


BALANCE: Final = _same("beschikbaar", "betaald", "over")
OF_RECORDS: Final[Anchors] = {
    "lijn": _same("kosten", "betaald", "ongedekt"),
    "betaling": {
        **_same("bedrag", "strijdig"),
        "mag": lambda row: yes(row.mag),
        **{test.sleutel: _verdict_of(test) for test in TESTS},
    },
    "post": _same("mag"),
    "uitkeringsjaar": {"besteedbaar": lambda row: yes(row.besteedbaar)},
    "bezetting": {
        **_same("jaar", "plaatsen", "nieuw", "hoogste", "leeg"),
        "exploitatie": lambda row: row.kosten[OPERATION],
        "leegstand": lambda row: row.kosten[VACANCY],
    },
    "vraagdekking": {**_same("eigen", "naar_elders", "van_elders", "tekort"), "boven": lambda row: row.boven_plafond},
    "kost": _same("nominaal", "contant"),
    "plan": _same("kosten", "erbij", "eraf"),
    "pot": BALANCE,
    "jaarbron": {**BALANCE, "opbrengst": lambda row: row.eigen_opbrengst},
    "opbrengst": _same("opbrengst"),
    "beschikking": _same("toegekend"),
    "sisa": _same("besteed", "cumulatief", "rechtmatig_tot"),
    "afrekening": {
        **_same("besteed", "rechtmatig", "niet_besteed", "terug"),
        "corrigeren": lambda row: row.te_corrigeren,
        "later": lambda row: row.nog_te_besteden,
    },
    "verloop": {
        **_same("begin", "ontvangen", "terugbetaald", "eind"),
        "besteed": lambda row: row.rechtmatig,
        "nog": lambda row: row.nog_te_besteden,
        "terug": lambda row: row.terug_te_betalen,
    },
    "spukjaar": _same("betaald", "sisa"),
    "toets": {**_same("waarde", "grens"), "oordeel": lambda row: verdict(row.voldoet)},
    "deelplafond": {
        "waarde": lambda row: row[1].waarde,
        "grens": lambda row: row[1].grens,
        "oordeel": lambda row: verdict(row[1].voldoet),
    },
    "bovenplafond": {
        **_same("cumulatief"),
        "boven_tot": lambda row: row.boven,
        "boven": lambda row: row.erbij,
    },
}


def anchors_of(draft: Draft) -> Anchors:
    """What the cells of a budget must show.

    Args:
        draft: the material of the budget.
    """
    goals, lines = draft.outcome.goals, draft.statement.lines
    found = [check.voldoet for check in draft.statement.checks]
    total = {
        "kosten": Money.total(line.kosten for line in lines),
        "betaald": Money.total(line.betaald for line in lines),
        "ongedekt": Money.total(max(ZERO, line.ongedekt) for line in lines),
    }
    return {
        **OF_RECORDS,
        "doeluitkomst": {"waarde": lambda name: goals[name]},
        "slotsom": {name: _always(amount) for name, amount in total.items()},
        "regeloordeel": {
            "regels": _always(len(found)),
            "wel": _always(found.count(True)),
            "ongetoetst": _always(found.count(None)),
            "niet": _always(found.count(False)),
        },
    }

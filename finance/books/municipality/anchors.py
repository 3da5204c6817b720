"""The anchors of the workbook of one municipality: what Python computes of it, without any formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter

from finance.books.municipality.draft import Draft
from finance.money import Money
from finance.tables.columns import yes
from finance.tables.reconcile import Anchors


def anchors_of(draft: Draft) -> Anchors:
    """What the cells of the workbook must show.

    Args:
        draft: the material of the workbook.
    """
    payments, settled = draft.budget.plan.allocation.payments, draft.settlements

    def together(amounts: Iterable[Money]) -> Callable[[object], Money]:
        total = Money.total(amounts)
        return lambda _: total

    return {
        "betaling": {
            "mag": lambda row: yes(row.betaling.mag),
            "strijdig": attrgetter("betaling.strijdig"),
        },
        "beschikking": {"pot": attrgetter("pot")},
        "deelplafond": {"waarde": lambda cap: cap.paid(payments), "grens": attrgetter("grens")},
        "sisa": {
            "besteed": attrgetter("besteed"),
            "corrigeren": attrgetter("fouten"),
            "rechtmatig": attrgetter("rechtmatig"),
            "cumulatief": attrgetter("cumulatief"),
            "rechtmatig_tot": attrgetter("rechtmatig_tot"),
            "definitief": lambda row: yes(row.definitief),
        },
        "verloop": {
            "begin": attrgetter("begin"),
            "besteed": attrgetter("rechtmatig"),
            "terugbetaald": attrgetter("terugbetaald"),
            "eind": attrgetter("eind"),
            "nog": attrgetter("nog_te_besteden"),
            "terug": attrgetter("terug_te_betalen"),
        },
        "afrekening": {
            "pot": attrgetter("beschikking.pot"),
            "besteed": attrgetter("besteed"),
            "corrigeren": attrgetter("te_corrigeren"),
            "rechtmatig": attrgetter("rechtmatig"),
            "niet_besteed": attrgetter("niet_besteed"),
            "boven": attrgetter("boven_toegekend"),
            "later": attrgetter("nog_te_besteden"),
            "terug": attrgetter("terug"),
        },
        "vertraging": {
            "betaald": attrgetter("betaald"),
            "later": attrgetter("later"),
            "telt": lambda row: int(row.later > 0),
        },
        "aansluiting": {"eigen": attrgetter("eigen")},
        "voorbladstand": {
            "toegekend": together(row.toegekend for row in draft.decisions),
            "besteed": together(row.besteed for row in settled),
            "corrigeren": together(row.te_corrigeren for row in settled),
            "later": together(row.nog_te_besteden for row in settled),
            "terug": together(row.terug for row in settled),
        },
    }

"""The anchors of a budget: the numbers of its tables as the statement of the plan computes them, without formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from operator import attrgetter
from typing import Any, Final

from finance.books.budget import estate, need
from finance.books.budget.draft import Draft
from finance.books.budget.groups import group_years
from finance.books.budget.overlap_anchors import anchors as beside_each_other
from finance.books.budget.parts import Closing, asks_capitalised, closing_regulations
from finance.books.budget.rows import EffectRow, MeasureRow, PlaceRow
from finance.books.budget.timeline import moved_places, what, where
from finance.case.case import CostLine
from finance.case.cells import MONTHS
from finance.case.sheets import Effect
from finance.case.words import BURDEN, OPERATION, VACANCY
from finance.money import ZERO, Money
from finance.rules.activities import activity_of, shows_activity
from finance.rules.capitalised import not_capitalised
from finance.rules.tests import PaymentTest
from finance.statement.lines import Line
from finance.tables.columns import verdict, yes
from finance.tables.grid import Value
from finance.tables.reconcile import Anchors

Of = Callable[[Any], Value]


def _same(*names: str) -> dict[str, Of]:
    """Columns that are called as what their records hold."""
    return {name: attrgetter(name) for name in names}


def _unless_none(name: str) -> Of:
    """A number that is not shown where it is 0."""
    return lambda row: getattr(row, name) or ""


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
    },
    "uitkeringsjaar": {"besteedbaar": lambda row: yes(row.besteedbaar)},
    "bezetting": {
        **_same("jaar", "plaatsen", "nieuw", "hoogste", "leeg"),
        "exploitatie": lambda row: row.kosten[OPERATION],
        "leegstand": lambda row: row.kosten[VACANCY],
    },
    "vraagdekking": {**_same("eigen", "naar_elders", "van_elders", "tekort"), "boven": lambda row: row.boven_plafond},
    "doelgroepjaar": _same("jaar", "nodig", "goed", "uitwijk", "tekort"),
    "opvang": _same("jaar", "voorkeur", "goed", "uitwijk", "ongeschikt"),
    "plekjaar": _same("jaar", "plaatsen", "bezet", "opgevangen", "verschil"),
    "plafondjaar": {"plaatsen": attrgetter("plaatsen"), "boven": lambda row: row.boven_plafond},
    "instroomrij": {"plaatsen": attrgetter("nodig")},
    "grensjaar": _same("plaatsen", "bezet", "boven", "onder", "leeg", "leeg_vloer", "kosten_vloer"),
    "werkelijk": _same("plan", "verschil"),
    "werkelijkdoelgroep": {**_same("plan", "verschil"), "naast": lambda row: str(row.naast)},
    "werkelijkjaar": _same("jaar", "werkelijk", "plan", "verschil"),
    "hulpjaar": {**_same("gebruikt", "over"), "beschikbaar": attrgetter("hulpbron.beschikbaar")},
    "kost": _same("nominaal", "contant"),
    "plan": _same("kosten", "erbij", "eraf"),
    "gemeentelast": _same("betaald", "opbrengst", "terug", "verschuldigd"),
    "regiolast": _same("betaald", "verschuldigd"),
    "pot": BALANCE,
    "jaarbron": {**BALANCE, "opbrengst": lambda row: row.eigen_opbrengst},
    "opbrengst": _same("opbrengst"),
    "beschikking": {
        **_same("toegekend"),
        "venster_tot": lambda row: row.periode.venster_tot if row.periode else None,
    },
    "krediet": {
        **_same("jaar", "begin", "rente", "opgenomen", "afgelost", "eind", "hoofdsom", "limiet", "hoogste_aflossing"),
        "percentage": attrgetter("bron.rente"),
    },
    "rekenkrediet": {"blijft_open": lambda row: row.eind if row.jaar == row.einde else ZERO},
    "sisa": _same("besteed", "cumulatief", "rechtmatig_tot"),
    "afrekening": {
        **_same("besteed", "rechtmatig", "niet_besteed", "terug"),
        "corrigeren": lambda row: row.te_corrigeren,
        "toegekend": lambda row: row.beschikking.toegekend,
        "later": lambda row: row.nog_te_besteden,
    },
    "verloop": {
        **_same("begin", "ontvangen", "terugbetaald", "eind"),
        "besteed": lambda row: row.rechtmatig,
        "nog": lambda row: row.nog_te_besteden,
        "terug": lambda row: row.terug_te_betalen,
    },
    "spukjaar": _same("betaald", "sisa"),
    "vertraging": {**_same("betaald", "vroegste", "start", "later"), "telt": lambda row: int(row.later > 0)},
    "betaler": _same("betaald", "deel"),
    "frictielijn": _same("kosten", "betaald", "ongedekt"),
    "lumpsumjaar": {
        **_same("onder", "boven", "deel", "zone", "opbrengst"),
        "jaar": attrgetter("rij.jaar"),
        "niveau": attrgetter("rij.niveau"),
        "band": attrgetter("rij.bandbreedte"),
        "prijs": lambda row: row.draft.case.paid_price(row.rij),
    },
    "lumpsumgebruik": _same("beschikbaar", "over"),
    "leegtoets": {**_same("waarde", "grens"), "oordeel": lambda row: verdict(row.voldoet)},
    "rapportering": _same("besteed", "binnen_regels", "fouten"),
    "activatoets": {**_same("waarde", "grens"), "oordeel": lambda row: verdict(row.voldoet)},
    "pottoets": {**_same("waarde", "grens"), "oordeel": lambda row: verdict(row.voldoet)},
    "jaartoets": {**_same("waarde", "grens"), "oordeel": lambda row: verdict(row.voldoet)},
    "besluittoets": {**_same("waarde", "grens"), "oordeel": lambda row: verdict(row.voldoet)},
    "potjaartoets": {**_same("waarde", "grens"), "oordeel": lambda row: verdict(row.voldoet)},
    "schuldtoets": {**_same("waarde", "grens"), "oordeel": lambda row: verdict(row.voldoet)},
    "aflostoets": {**_same("waarde", "grens"), "oordeel": lambda row: verdict(row.voldoet)},
    "eindtoets": {**_same("waarde", "grens"), "oordeel": lambda row: verdict(row.voldoet)},
    "plafond": {"waarde": lambda row: row[0].bedrag, "oordeel": lambda row: verdict(row[1].voldoet)},
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


COVERED: Final = ("groepdekking", "jaardekking", "frictiedekking", "leegstandjaar")
"""Tables of costs with what each source pays of them."""


def _covered(draft: Draft) -> Mapping[str, Of]:
    """What costs of one kind come to, what each source pays of them, and what stays without cover."""

    def of_source(name: str) -> Of:
        return lambda row: row.betaald.get(name, ZERO)

    sources = {key: of_source(source.bron) for key, source in draft.source_keys}
    return {"kosten": attrgetter("kosten"), **sources, "ongedekt": attrgetter("ongedekt")}


def _paid(draft: Draft) -> Mapping[str, Of]:
    """What each source pays of a cost line."""
    paid = draft.plan.allocation.payments

    def of_source(name: str) -> Of:
        return lambda row: paid.get((row.regel, name), ZERO) - (row.hoofdsom if row.regel.krediet == name else ZERO)

    return {key: of_source(source.bron) for key, source in draft.source_keys}


def _by_year(draft: Draft) -> Mapping[str, Of]:
    """What a kostensoort of friction costs in each year."""

    def in_year(year: int) -> Of:
        return lambda row: row.per_jaar.get(year, ZERO)

    return {key: in_year(year) for key, year in draft.year_keys}


def _lent(draft: Draft) -> Mapping[str, Of]:
    """What all credits lend, get back and are owed in a year."""

    def of_year(name: str) -> Of:
        return lambda year: Money.total(getattr(row, name) for row in draft.outcome.credits if row.jaar == year)

    return {name: of_year(name) for name in ("opgenomen", "rente", "afgelost", "eind")}


def _parts(draft: Draft) -> Anchors:
    """What of each line grants of each regulation may pay, where that is a part; and the activity of a measure."""
    limits: dict[str, Of] = {
        f"grens{one.achtervoegsel}": partial(_vacancy_limit, draft, one) for one in closing_regulations(draft)
    }
    return {
        "rekenleeg": limits,
        "plan": {"activiteit": partial(_activity, draft)} if shows_activity(draft.case) else {},
        "rekenlijn": {"niet_geactiveerd": partial(_not_capitalised, draft)} if asks_capitalised(draft) else {},
    }


def _vacancy_limit(draft: Draft, regulation: Closing, row: PlaceRow) -> Money:
    line = CostLine("", *row.key, VACANCY, row.jaar)
    if regulation.regel is None:
        return ZERO
    return draft.statement.rules.part(regulation.regel, draft.starts, line, draft.outcome.costs.get(line, ZERO))


def _activity(draft: Draft, row: MeasureRow) -> str:
    return activity_of(draft.case, row.maatregel).value


def _not_capitalised(draft: Draft, row: Line) -> Money:
    return not_capitalised(draft.case, draft.starts, row.regel, row.kosten)


def _decided(draft: Draft) -> Anchors:
    """What the tables of accounting show besides, where the input has decisions or grants kept apart."""
    said = {name: _of_decision(name) for name in ("verleend_in", "vastgesteld_in", "soort")}
    apart = _same("apart", "pot")
    of_settled = {name: attrgetter(f"beschikking.{name}") for name in apart}
    known = draft.accountability
    return {
        "beschikking": {
            **({"gemeente": lambda row: draft.name("gemeente", row.gemeente)} if draft.names_recipients else {}),
            **(said if draft.has_decisions else {}),
            **(_same("terugbetaald_in") if draft.has_decisions else {}),
            **({"einde": attrgetter("venster_tot")} if draft.has_decisions else {}),
            **(apart if draft.keeps_apart else {}),
        },
        "einde": {"vaststelling": known.determined_by} if any(row.vaststelling for row in known.decisions) else {},
        "plafond": {"grens": lambda row: row[0].maximum} if draft.has_decisions else {},
        "verloop": _same("apart") if draft.keeps_apart else {},
        "afrekening": of_settled if draft.keeps_apart else {},
        "pot": {"buiten_casus": lambda row: row.buiten_casus or ZERO} if draft.keeps_apart else {},
    }


def _of_decision(name: str) -> Of:
    attribute = {"verleend_in": "jaar"}.get(name, name)
    return lambda row: getattr(row.besluit, attribute, None)


def _groups_together(draft: Draft) -> Mapping[str, Of]:
    """What all doelgroepen together need and get in a year."""

    def of_year(name: str) -> Of:
        return lambda year: sum((getattr(row, name) for row in group_years(draft) if row.jaar == year), Fraction(0))

    return {"jaar": lambda year: year, **{name: of_year(name) for name in ("nodig", "goed", "uitwijk", "tekort")}}


def _in_months(draft: Draft) -> Mapping[str, Of]:
    """From which month on an effect counts, and the places that are there then."""
    case, outcome, starts = draft.case, draft.outcome, draft.starts

    def moment(effect: Effect) -> int:
        year, month = effect.moment(starts[effect.maatregel])
        return year * MONTHS + month

    def early(row: EffectRow) -> int:
        """The places still to come that its measure waits for."""
        awaited = case.measure[row.effect.maatregel].wacht_op
        coming = [
            other
            for other in case.effects
            if other.plaatsen > 0 and other.maatregel in starts and case.measure[other.maatregel].project == awaited
        ]
        return sum(moment(other) > moment(row.effect) for other in coming) if row.start else 0

    def there(row: EffectRow) -> int:
        key = row.effect.locatie, row.effect.zorgvorm
        return outcome.places_in(key, row.effect.moment(row.start)) if row.start else case.place[key].plaatsen

    return {
        "deel": lambda row: row.effect.deel,
        "moment": lambda row: moment(row.effect) if row.start else 0,
        "stand": there,
        "te_vroeg": early,
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
    more = (_decided(draft), _parts(draft), beside_each_other(draft), estate.anchors(draft), need.anchors(draft))
    settled = draft.accountability.settlements
    back = {"terug": attrgetter("terug"), "corrigeren": attrgetter("te_corrigeren")}
    return {
        **OF_RECORDS,
        **{name: {**OF_RECORDS.get(name, {}), **columns} for anchors in more for name, columns in anchors.items()},
        "betaling": {
            **OF_RECORDS["betaling"],
            **{test.sleutel: _verdict_of(test) for test in draft.statement.rules.tests},
        },
        **{table: _covered(draft) for table in COVERED},
        "lijn": {**OF_RECORDS["lijn"], **_paid(draft)},
        "frictie": _by_year(draft),
        **({"effect": _in_months(draft)} if draft.by_month else {}),
        **({"opvangjaar": _groups_together(draft)} if draft.case.care_groups else {}),
        "gebeurt": {
            **_same("kosten"),
            **{key: _unless_none(key) for key in moved_places(draft)},
            "waar": lambda row: where(draft, row.measures[0]) if row.nr else "",
            "wat": what,
            "start": lambda row: row.measures[0].start if row.nr else "",
        },
        "risico": {
            "tekort": _always(sum(draft.outcome.short.values(), Fraction(0))),
            **{name: _always(Money.total(of(row) for row in settled)) for name, of in back.items()},
        },
        "doeluitkomst": {"waarde": lambda name: goals[name]},
        **({"schuldjaar": _lent(draft)} if draft.case.credits else {}),
        "slotsom": {
            **{name: _always(amount) for name, amount in total.items()},
            "maatregelen": _always(len(draft.starts)),
            "lasten": _always(goals[BURDEN]),
            "verschuldigd": _always(Money.total(row.verschuldigd for row in draft.outcome.burdens)),
        },
        "regeloordeel": {
            "regels": _always(len(found)),
            "wel": _always(found.count(True)),
            "ongetoetst": _always(found.count(None)),
            "niet": _always(found.count(False)),
        },
    }

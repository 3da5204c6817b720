"""An allocation made by hand: what it leaves open is completed or asked for, and what is wrong is named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import pytest
from hypothesis import given, settings

from finance.case import Case
from finance.compliance import check_allocation
from finance.findings import FindingsError
from finance.handmade import Handmade, read_handmade
from finance.plan.allocation import Outcome
from tests.casebook import Record, raw_book
from tests.finance.handmade.tables import tables_of
from tests.finance.village import GESLOTEN, OPEN, allocation, village
from tests.models.bare import Bare, cost, credit, effect, measure, places, source, spent
from tests.models.strategies import cases
from tests.spoiling import told

CASE: Final = village()


def paid(maatregel: str | None, sort: str, jaar: int, bedrag: object = 100, **more: Any) -> Record:
    """A row of `toewijzing`."""
    place = {"locatie": None, "zorgvorm": None}
    return {
        "maatregel": maatregel,
        **place,
        "kostensoort": sort,
        "jaar": jaar,
        "bron": "STAD",
        "bedrag": bedrag,
        **more,
    }


def read(*rows: Record, case: Case = CASE, **sheets: list[Record]) -> Handmade:
    return read_handmade(raw_book({"toewijzing": list(rows), **sheets}), case)


def found(*rows: Record, case: Case = CASE, **sheets: list[Record]) -> list[tuple[str, str, str]]:
    with pytest.raises(FindingsError) as error:
        read(*rows, case=case, **sheets)
    return told(error.value.findings)


# What is wrong


LENT: Final = Bare(
    last=2023,
    places=[places("L1", "gesloten", 1)],
    sources=[credit("BANK", 100, Decimal("0.04"), (2022, 2023)), source("STAD", "gemeente", 900, (2022, 2023))],
).case()


def test_what_a_credit_gets_back_is_of_a_credit_and_of_nothing_else() -> None:
    sort = "rente_en_aflossing"
    rows = [
        paid(None, sort, 2023, krediet=None),
        paid(None, "opstart", 2023, krediet="BANK"),
        paid(None, sort, 2023, krediet="BANK", locatie="L1", zorgvorm="gesloten"),
        paid(None, sort, 2023, krediet="STAD"),
    ]
    assert found(*rows, case=LENT) == [
        ("toewijzing!H2", "Kosten van de soort rente_en_aflossing horen bij een krediet.", "Vul het krediet in."),
        (
            "toewijzing!D3",
            "Een krediet krijgt alleen rente_en_aflossing terug, geen opstart.",
            "Kies rente_en_aflossing, of maak krediet leeg.",
        ),
        (
            "toewijzing!H4",
            "De rij noemt een krediet en ook een maatregel, locatie of zorgvorm.",
            "Maak maatregel, locatie en zorgvorm leeg.",
        ),
        (
            "toewijzing!H5",
            "Bron STAD is van soort gemeente en wordt niet afgelost.",
            "Noem een bron van soort krediet.",
        ),
    ]
    (pair,) = read(paid(None, sort, 2023, krediet="BANK"), case=LENT).allocation.payments
    assert (pair[0].krediet, pair[1]) == ("BANK", "STAD")


def test_ids_are_those_of_the_case() -> None:
    assert found(
        paid("LAAT", "verbouwen", 2022),
        paid("M1", "verbouwen", 2022, bron="STADD"),
        gestart=[{"maatregel": "NEEW", "jaar": 2022}],
    ) == [
        ("toewijzing!A2", "maatregel 'LAAT' staat niet in het blad maatregelen van de casus.", "Bedoelt u 'LATE'?"),
        ("toewijzing!F3", "bron 'STADD' staat niet in het blad dekking van de casus.", "Bedoelt u 'STAD'?"),
        ("gestart!A2", "maatregel 'NEEW' staat niet in het blad maatregelen van de casus.", "Bedoelt u 'NEW'?"),
    ]


UNCLEAR: Final = "Het is niet duidelijk waarvan dit de kosten zijn."
ONE_OF: Final = "Vul een maatregel in, of een locatie en een zorgvorm, en niet allebei."
HERE: Final = {"locatie": "L1", "zorgvorm": "gesloten"}


@pytest.mark.parametrize(
    "row",
    [
        paid(None, "exploitatie", 2022),
        paid("M1", "verbouwen", 2022, **HERE),
        paid(None, "exploitatie", 2022, locatie="L1"),
        paid("M1", "verbouwen", 2022, zorgvorm="open"),
    ],
)
def test_a_payment_is_for_a_measure_or_for_places(row: Record) -> None:
    assert found(row) == [("toewijzing!A2", UNCLEAR, ONE_OF)]


def test_a_kostensoort_belongs_to_measures_or_to_places() -> None:
    rows = [paid("M1", "leegstand", 2022), paid(None, "verbouwen", 2022, **HERE)]
    assert [wat for _, wat, _ in found(*rows)] == [
        "Een maatregel heeft geen kosten van de soort leegstand.",
        "Plaatsen hebben geen kosten van de soort verbouwen.",
    ]


def test_places_must_be_in_the_case() -> None:
    row = paid(None, "exploitatie", 2022, locatie="L2", zorgvorm="gesloten")
    assert found(row)[0][1] == "L2 heeft in de casus geen plaatsen van de zorgvorm gesloten."


def test_sheets_columns_years_keys_and_cells_are_checked_as_in_a_case() -> None:
    used = {**HERE, "jaar": 2022, "bezet": Decimal("1.1234567891")}
    assert [
        (at, wat)
        for at, wat, _ in found(
            {**paid("M1", "verbouwen", 2030, -1), "extra": 1},
            gestart=[{"maatregel": "M1", "jaar": 2022}, {"maatregel": "M1", "jaar": 2023}],
            bezet=[used],
            bezetting=[],
        )
    ] == [
        ("toewijzing!H1", "De kolom 'extra' is onbekend."),
        ("toewijzing!E2", "jaar 2030 ligt buiten de casus (2022 tot en met 2025)."),
        ("toewijzing!G2", "bedrag: -1 is negatief, en dat kan hier niet."),
        ("gestart!A3", "Dubbele rij: maatregel M1 staat ook in rij 2."),
        ("bezet!D2", "bezet: Het aantal heeft meer dan 9 decimalen."),
        ("bezetting", "Het blad 'bezetting' is onbekend."),
    ]


def test_a_workbook_without_payments_says_where_to_begin() -> None:
    with pytest.raises(FindingsError) as error:
        read_handmade(raw_book({}), CASE)
    assert "spuk template --toewijzing" in str(error.value)


def test_only_an_alternative_of_the_case() -> None:
    row = {"zorgvorm": "open", "alternatief": "gesloten", "jaar": 2022, "plaatsen": 1}
    assert [at for at, _, _ in found(uitwijk=[row])] == ["toewijzing!rij 1", "uitwijk!B2"]


# Start years


def staged(**more: Any) -> Case:
    """M costs something in its first and in its third year, N twice the same in its first two."""
    bare = Bare(
        last=2026,
        measures=[measure("M", start=(2022, 2024)), measure("N", start=(2022, 2023))],
        costs=[
            cost("M", "verbouwen", 100),
            cost("M", "afstoten", 50, 2),
            cost("N", "opstart", 10),
            cost("N", "opstart", 10, 1),
        ],
        sources=[source("STAD", "gemeente", 1000, (2022, 2026))],
    )
    return replace(bare, **more).case()


def test_a_start_year_follows_from_what_is_paid() -> None:
    handmade = read(paid("M", "afstoten", 2025, 50), case=staged())
    assert handmade.allocation.starts == {"M": 2023}
    assert (handmade.startjaren_afgeleid, handmade.gestart["M"]) == (("M",), ("toewijzing", "A2"))


def test_two_payments_together_leave_one_year() -> None:
    rows = [paid("N", "opstart", 2023, 10), paid("N", "opstart", 2024, 10)]
    assert read(*rows, case=staged()).allocation.starts == {"N": 2023}


def test_a_year_outside_the_window_counts_where_no_other_fits() -> None:
    assert read(paid("N", "opstart", 2022, 10), case=staged()).allocation.starts == {"N": 2022}
    case = staged(last=2027)
    assert read(paid("M", "verbouwen", 2025, 50), case=case).allocation.starts == {"M": 2025}


GIVE: Final = "Zet het startjaar in het blad gestart, of verbeter de kostensoort of het jaar."


def test_more_years_that_fit_is_a_question() -> None:
    wat = "De betalingen van maatregel N passen bij meer dan een startjaar: 2022 en 2023."
    assert found(paid("N", "opstart", 2023, 10), case=staged()) == [("toewijzing!A2", wat, GIVE)]
    given = [{"maatregel": "N", "jaar": 2022}]
    handmade = read(paid("N", "opstart", 2023, 10), case=staged(), gestart=given)
    assert (handmade.allocation.starts, handmade.startjaren_afgeleid) == ({"N": 2022}, ())


def test_no_year_that_fits_is_a_contradiction() -> None:
    rows = [paid("M", "verbouwen", 2022), paid("M", "afstoten", 2025, 50)]
    assert found(*rows, case=staged()) == [
        ("toewijzing!A2", "De betalingen van maatregel M passen samen bij geen enkel startjaar.", GIVE)
    ]


def test_a_payment_of_what_the_measure_does_not_cost_then() -> None:
    rows = [paid("M", "verbouwen", 2023), paid("M", "opstart", 2022)]
    wat = "Maatregel M heeft bij een start in 2022 geen kosten van de soort"
    assert found(*rows, case=staged(), gestart=[{"maatregel": "M", "jaar": 2022}]) == [
        ("toewijzing!E2", f"{wat} verbouwen in 2023.", GIVE),
        ("toewijzing!E3", f"{wat} opstart in 2022.", GIVE),
    ]


def test_a_start_of_which_the_costs_would_fall_too_late() -> None:
    assert found(
        paid("N", "opstart", 2022, 10),
        paid("N", "opstart", 2023, 10),
        case=staged(),
        gestart=[{"maatregel": "M", "jaar": 2025}],
    ) == [
        (
            "gestart!B2",
            "Bij een start in 2025 vallen kosten of effecten van M na 2026.",
            "Kies een eerder jaar, of verleng de casus.",
        )
    ]


def test_a_start_of_which_the_price_is_not_known() -> None:
    case = staged(
        measures=[measure("M", start=(2022, 2022))],
        costs=[cost("M", "verbouwen", 100, index="ova")],
        indexes={("ova", 2023): Decimal("0.01")},
    )
    assert found(paid("M", "verbouwen", 2025, 1), case=case) == [
        (
            "toewijzing!A2",
            "Bij een start in 2025 mist index ova een percentage voor de kosten van M.",
            "Vul het blad indexen van de casus aan.",
        )
    ]


# Payments


def test_rows_of_one_payment_add_up_and_nothing_is_no_payment() -> None:
    rows = [
        paid("M", "verbouwen", 2022, 60),
        paid("M", "verbouwen", 2022, Decimal("39.99")),
        paid("M", "afstoten", 2024, 0),
    ]
    handmade = read(*rows, case=staged())
    ((pair, amount),) = handmade.allocation.payments.items()
    assert str(amount) == "99.99"
    assert handmade.betalingen[pair] == (("toewijzing", "G2"), ("toewijzing", "G3"))


# Used places


def test_places_that_nobody_gave_are_filled_in_order() -> None:
    """Gesloten: 9 of 10 fit at L1. Open: L1 has none yet; three at L2. In 2024 one goes elsewhere."""
    given = tables_of(allocation())
    handmade = read_handmade(raw_book({name: given[name] for name in ("toewijzing", "gestart")}), CASE)
    assert handmade.allocation.used == {at: number for at, number in allocation().used.items() if number}
    assert handmade.bezetting_afgeleid == 12
    assert Outcome(CASE, handmade.allocation).short == Outcome(CASE, allocation()).short


def test_given_places_stay_and_the_others_are_filled_around_them() -> None:
    case = Bare(
        places=[places(*GESLOTEN, 4), places("L2", "gesloten", 4), places(*OPEN, 4)],
        need={("gesloten", 2022): 7, ("open", 2022): 2},
        alternatives=[("gesloten", "open")],
    ).case()
    handmade = read(
        paid(None, "exploitatie", 2022, 0, bron="E", **HERE),
        case=replace_source(case),
        bezet=[{**HERE, "jaar": 2022, "bezet": 1}],
    )
    assert handmade.allocation.used == {
        (GESLOTEN, 2022): 1,
        (("L2", "gesloten"), 2022): 4,
        (OPEN, 2022): 4,
    }
    assert handmade.allocation.served == {
        ("gesloten", "gesloten", 2022): 5,
        ("open", "open", 2022): 2,
        ("gesloten", "open", 2022): 2,
    }


def replace_source(case: Case) -> Case:
    """The case with a source E."""
    other = Bare(sources=[source("E", "eigen", 1)]).case()
    return replace(case, sources=other.sources)


def test_a_given_diversion_is_kept_and_the_rest_is_of_their_own() -> None:
    case = replace_source(
        Bare(
            places=[places(*GESLOTEN, 4), places(*OPEN, 4)],
            need={("gesloten", 2022): 3, ("open", 2022): 4},
            alternatives=[("gesloten", "open")],
        ).case()
    )
    handmade = read(
        paid(None, "exploitatie", 2022, 0, bron="E", **HERE),
        case=case,
        uitwijk=[{"zorgvorm": "gesloten", "alternatief": "open", "jaar": 2022, "plaatsen": Decimal("1.5")}],
    )
    assert handmade.allocation.served == {
        ("gesloten", "open", 2022): Decimal("1.5"),
        ("gesloten", "gesloten", 2022): Decimal("1.5"),
        ("open", "open", 2022): Decimal("2.5"),
    }
    assert handmade.allocation.used == {(GESLOTEN, 2022): Decimal("1.5"), (OPEN, 2022): 4}


@given(cases())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_filled_places_never_break_a_limit_of_places(bare: Bare) -> None:
    """Whatever the case, without any start the rule fills within C4 to C6."""
    case = bare.case()
    name = case.sources[0].bron
    key = next(iter(case.place))
    row = paid(None, "leegstand", 2022, 0, bron=name, locatie=key[0], zorgvorm=key[1])
    handmade = read(row, case=case)
    breaches = check_allocation(case, handmade.allocation)
    assert not {breach.regel for breach in breaches} & {"C4", "C5", "C6"}
    outcome = Outcome(case, handmade.allocation)
    for (form, year), short in outcome.short.items():
        full = all(
            outcome.used[at, year] >= Fraction(int(outcome.largest_use(at, year) * 10**9), 10**9)
            for at in case.place
            if at[1] == form
        )
        assert full or short == 0


def test_an_effect_that_is_not_there_yet_is_not_filled() -> None:
    case = replace_source(
        Bare(
            last=2023,
            places=[places(*OPEN, 0)],
            need={("open", 2022): 2, ("open", 2023): 2},
            measures=[measure("M")],
            effects=[effect("M", *OPEN, 2, 1)],
        ).case()
    )
    row = paid(None, "exploitatie", 2023, 0, bron="E", locatie="L1", zorgvorm="open")
    handmade = read(row, case=case, gestart=[{"maatregel": "M", "jaar": 2022}])
    assert handmade.allocation.used == {(OPEN, 2023): 2}


# Closed years


PAST: Final = Bare(
    last=2024,
    measures=[measure("M"), measure("N", start=(2023, 2023))],
    costs=[cost("M", "overig", 100), cost("M", "overig", 40, 1), cost("N", "overig", 70)],
    sources=[source("STAD", "gemeente", 1_000, (2022, 2023)), source("EIGEN", "eigen", 9, (2022, 2023))],
    started={"M": 2022},
    actuals=[spent("STAD", "M", "overig", 2022, 110), spent("STAD", "M", "opstart", 2022, 5)],
).case()
"""M has started and cost 115 instead of 100; its 40 of 2023 and N are still to be paid."""


def test_what_was_paid_and_what_has_started_need_not_be_said_again() -> None:
    given = read(paid("M", "overig", 2023, 40), paid("N", "overig", 2023, 70), case=PAST)
    assert given.uit_realisatie == 2
    assert (given.allocation.starts, given.startjaren_afgeleid) == ({"M": 2022, "N": 2023}, ("N",))
    assert {pair: given.allocation.payments[pair] for pair in PAST.actual_payments} == PAST.actual_payments
    assert check_allocation(PAST, given.allocation) == ()
    assert Outcome(PAST, given.allocation).closed


@pytest.mark.parametrize(("amount", "holds"), [(110, True), (109, False), (111, False)])
def test_what_is_said_again_must_be_what_was_paid(amount: int, holds: bool) -> None:
    given = read(paid("M", "overig", 2022, amount), case=PAST)
    assert given.uit_realisatie == 1
    assert (check_allocation(PAST, given.allocation) == ()) is holds


def test_another_start_than_the_one_that_happened_is_for_the_verdict() -> None:
    given = read(paid("N", "overig", 2023, 70), case=PAST, gestart=[{"maatregel": "M", "jaar": 2023}])
    rules = [row.regel for row in check_allocation(PAST, given.allocation)]
    assert "C1" in rules


def test_a_payment_of_a_closed_year_for_what_nobody_paid_is_a_finding() -> None:
    assert found(paid("M", "frictie_pilot", 2022), case=PAST) == [
        (
            "toewijzing!E2",
            "2022 is afgesloten, en het blad realisatie van de casus heeft voor maatregel M geen betaling van"
            " de soort frictie_pilot.",
            "Haal de rij weg, of zet de betaling in het blad realisatie.",
        )
    ]

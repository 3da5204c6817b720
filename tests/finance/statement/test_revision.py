"""A request for revision, worked out by hand: what counts, thresholds, shares, shortfall, what is asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.money import ZERO, Money
from finance.rules.library import Knowledge
from finance.rules.revision import RevisionRules, Threshold
from finance.statement.revision import Revision
from finance.statement.revision_amounts import Cell, Municipality, Spent
from finance.statement.revision_posts import COUNTS
from tests.casebook import Tables
from tests.finance.rotterdam import allocation, line, records, rotterdam, tables, with_costs

RULES: Final = RevisionRules(Knowledge(date(2026, 12, 1)))
PM, AFBOUW, OMBOUW, LEEG, MOBIEL = range(1, 6)
RH, BB, AH, SB = (
    "Horizon Rijnhove, Alphen a/d Rijn",
    "Horizon Bergse Bos, Rotterdam",
    "Horizon 't Anker Harreveld",
    "Schakenbosch",
)
CELLS: Final = [(row, category) for row in RULES.thresholds for category in RULES.categories]


def euros(amount: object) -> Money:
    """An amount in euros."""
    return Money.from_euros(Decimal(str(amount)))


def request(
    changed: Tables | None = None,
    paid: tuple[tuple[str, str, str, int, int], ...] = (),
    readings: str | None = None,
    *,
    empty: int = 0,
) -> Revision:
    """The request of the case, with what sources pay: source, measure, kostensoort, year, euros."""
    case = rotterdam(changed, readings)
    made = [(source, line(measure, sort, year), amount) for source, measure, sort, year, amount in paid]
    return Revision(case, allocation(case, made, empty=empty))


def spent(revision: Revision, place: str, number: int) -> tuple[str, str, str]:
    """What is realised, expected and covered in a category of a location, in euros."""
    (cell,) = (row for row in revision.cells if (row.plek.naam, row.categorie.nummer) == (place, number))
    return str(cell.spent.gerealiseerd), str(cell.spent.verwacht), str(cell.spent.gedekt)


def asked(revision: Revision) -> dict[tuple[str, int], str]:
    """What is asked, where that is something."""
    return {key: str(amount) for key, amount in revision.asked.items() if amount != ZERO}


# --- thresholds ------------------------------------------------------------------------------


@pytest.mark.parametrize(("row", "category"), CELLS, ids=lambda part: getattr(part, "naam", None) or part.categorie)
@pytest.mark.parametrize(("cents", "reached"), [(-1, False), (0, True), (1, True)])
def test_a_threshold_is_reached_at_its_amount_and_not_a_cent_below(
    row: Threshold, category: object, cents: int, reached: bool
) -> None:
    (rule,) = (each for each in RULES.categories if each == category)
    amount = row.amount(rule) + Money(cents)
    cell = Cell(row, rule, Spent(verwacht=amount), boven_drempel=False)
    assert cell.haalt is reached
    assert cell.ontbreekt == Money(max(0, -cents))
    assert cell.kan == (amount if reached else ZERO)


@pytest.mark.parametrize(
    ("realised", "planned", "covered", "above", "able"),
    [
        (540_000, 0, 0, False, 540_000),
        (270_000, 270_000, 0, False, 540_000),
        (270_000, 269_999, 0, False, 0),
        (540_000, 60_000, 100_000, False, 500_000),
        (540_000, 60_000, 600_000, False, 0),
        (540_000, 60_000, 0, True, 60_000),
        (540_000, 60_000, 550_000, True, 50_000),
        (540_000, 0, 0, True, 0),
    ],
)
def test_what_may_be_asked_of_one_category(realised: int, planned: int, covered: int, above: bool, able: int) -> None:
    """Rijnhove, afbouw: realised and planned count together; a reading asks what lies above 540,000 alone."""
    row = RULES.threshold("Rijnhove")
    assert row is not None
    amounts = Spent(euros(realised), euros(planned), euros(covered))
    assert Cell(row, RULES.categories[AFBOUW - 1], amounts, above).kan == euros(able)


# --- what counts -----------------------------------------------------------------------------


def test_what_counts_in_each_category_of_each_location() -> None:
    """A grant of 2020 paid 30,000 of 100,000: that euro does not count again; the alternatives count nowhere."""
    revision = request(empty=5)
    assert spent(revision, RH, MOBIEL) == ("70000.00", "80000.00", "70000.00")
    assert spent(revision, RH, AFBOUW) == ("0.00", "600000.00", "0.00")
    assert spent(revision, BB, OMBOUW) == ("0.00", "700000.00", "0.00")
    assert spent(revision, SB, OMBOUW) == ("0.00", "0.00", "0.00")
    assert spent(revision, SB, AFBOUW) == ("0.00", "45000000.00", "0.00")
    stands = {(post.regel.maatregel, post.stand) for post in revision.posts.posts if post.stand != COUNTS}
    assert stands == {
        ("GEZIN", "alternatief (onderdeel c)"),
        ("", "lege plaatsen die niet gesloten zijn"),
    }


def test_vacancy_counts_as_far_as_a_measure_is_closing_the_places() -> None:
    """Bergse Bos closes 12 of its places a year after 2026: of 15 empty ones 12 count, in 2026 alone."""
    revision = request(empty=15)
    assert spent(revision, BB, LEEG) == ("0.00", "720000.00", "0.00")
    assert spent(revision, AH, LEEG) == ("0.00", "0.00", "0.00")
    assert spent(revision, SB, LEEG) == ("0.00", "900000.00", "0.00")


@pytest.mark.parametrize(("empty", "counts"), [(0, "0.00"), (5, "80002.50"), (12, "192006.00"), (15, "192006.00")])
def test_of_vacancy_counts_the_housing_of_the_places_that_are_empty(empty: int, counts: str) -> None:
    """Bergse Bos closes 12 places; each that is empty costs 60,000, of which 16,000.50 is housing."""
    changed = tables()
    changed["plaatsen"] = [row | {"huisvesting_per_plaats": Decimal("16000.50")} for row in changed["plaatsen"]]
    assert spent(request({"plaatsen": changed["plaatsen"]}, empty=empty), BB, LEEG) == ("0.00", counts, "0.00")


@pytest.mark.parametrize("column", ["door_transitie", "jeugdhulpplus"])
def test_a_measure_that_is_not_of_the_transition_counts_nowhere(column: str) -> None:
    changed = tables()
    changed["maatregelen"][1][column] = "nee"
    assert spent(request(changed), BB, OMBOUW) == ("0.00", "0.00", "0.00")


def test_years_before_the_window_do_not_count() -> None:
    changed = tables()
    changed["case"][5]["waarde"] = 2023
    for row in changed["dekking"]:
        row["besteedbaar_van"] = 2023
    changed["vraag"] += records(
        "zorgvorm jaar jeugdigen herkomst", *((form, 2023, 0, "B1") for form in ("gesloten", "klein", "gezin"))
    )
    changed["realisatie"] += records(
        "bron maatregel kostensoort jaar bedrag herkomst", ("EIGEN", "SLUIT_RH", "afstoten", 2023, 5_000_000, "B1")
    )
    revision = request(changed)
    assert [post.stand for post in revision.posts.posts if post.regel.jaar == 2023] == [
        "buiten de periode van de regeling"
    ]
    assert spent(revision, RH, AFBOUW) == ("0.00", "600000.00", "0.00")


def test_what_has_no_location_is_divided_by_the_places_of_the_annex() -> None:
    """300,000 and 200,000 over 36, 30 and 92 places of 158: the cents add up."""
    revision = request()
    parts = [spent(revision, place, PM) for place in (RH, BB, AH)]
    assert parts == [
        ("68354.43", "45569.62", "68354.43"),
        ("56962.03", "37974.68", "56962.03"),
        ("174683.54", "116455.70", "174683.54"),
    ]
    assert spent(revision, SB, PM) == ("0.00", "0.00", "0.00")


@pytest.mark.parametrize("planned", [200_000, 200_001, 1, 333_333, 158])
def test_what_the_grant_pays_whole_leaves_no_odd_cent_at_a_location(planned: int) -> None:
    """Realised and planned are divided apart, and what is paid of each: no cent of a rounding is asked for."""
    changed = tables()
    changed["kosten"][6]["bedrag"] = planned
    revision = request(changed, (("SPUK24", "LEIDING", "projectleiding", 2026, planned),))
    shared = [cell.spent for cell in revision.cells if cell.categorie.nummer == PM]
    assert Money.total(spent.besteed for spent in shared) == euros(300_000 + planned)
    assert [spent.besteed - spent.gedekt for spent in shared] == [ZERO] * 4


def test_without_a_location_of_its_own_a_provider_shares_with_the_municipality() -> None:
    """The project leader of an office without locations works for all four: 36, 30, 92 and 92 of 250."""
    changed = tables()
    changed["aanbieders"] += records("aanbieder naam gemeente herkomst", ("BUREAU", "Bureau", "Delft", "B1"))
    changed["maatregelen"][3]["aanbieder"] = "BUREAU"
    parts = [spent(request(changed), place, PM)[0] for place in (RH, BB, AH, SB)]
    assert parts == ["43200.00", "36000.00", "110400.00", "110400.00"]


def test_two_locations_of_the_case_may_be_one_of_the_annex() -> None:
    changed = tables()
    changed["locaties"][1]["naam_bijlage2"] = "Rijnhove"
    revision = request(changed)
    assert spent(revision, RH, OMBOUW) == ("0.00", "700000.00", "0.00")
    assert [row.naam for row in revision.thresholds] == [RH, AH, SB]


# --- shortfall and what is asked -------------------------------------------------------------


def test_where_the_basic_amounts_suffice_nothing_is_asked() -> None:
    revision = request(with_costs(("SLUIT_RH", "afstoten", 2, 600_000)))
    (town,) = revision.municipalities
    assert (str(town.basis), str(town.nodig), str(town.tekort)) == ("41454546.00", "970000.00", "0.00")
    assert str(town.kan) == "600000.00"
    assert asked(revision) == {}


def test_what_is_asked_stays_within_the_shortfall_in_proportion() -> None:
    """Spent 46,950,000; short 5,495,454. Without cover: 600,000, 80,000 and 45,000,000 where thresholds are met."""
    revision = request()
    (town,) = revision.municipalities
    assert (str(town.nodig), str(town.tekort), str(town.kan)) == ("46950000.00", "5495454.00", "45680000.00")
    assert asked(revision) == {(RH, AFBOUW): "72181.97", (RH, MOBIEL): "9624.26", (SB, AFBOUW): "5413647.77"}
    assert str(revision.total_asked) == "5495454.00"


def test_what_may_be_asked_below_the_shortfall_is_asked_whole() -> None:
    revision = request(paid=(("SPUK24", "SLUIT_SB", "afstoten", 2027, 41_000_000),))
    assert asked(revision) == {(RH, AFBOUW): "600000.00", (RH, MOBIEL): "80000.00", (SB, AFBOUW): "4000000.00"}


def test_a_category_that_misses_its_threshold_asks_nothing() -> None:
    """Bergse Bos: 700,000 of the 703,636 that its ombouw needs; a cent more than the rest and it counts."""
    revision = request()
    (cell,) = (row for row in revision.cells if (row.plek.naam, row.categorie.nummer) == (BB, OMBOUW))
    assert (cell.haalt, str(cell.ontbreekt)) == (False, "3636.00")
    assert (BB, OMBOUW) not in asked(revision)
    changed = tables()
    changed["kosten"][3]["bedrag"] = 703_636
    assert (BB, OMBOUW) in asked(request(changed))


def test_the_reading_asks_what_lies_above_the_threshold() -> None:
    """Rijnhove: 60,000 above 540,000 and 2,727 above 147,273; Schakenbosch 4,000,000 of which 1,380,000 is below."""
    paid = (("SPUK24", "SLUIT_SB", "afstoten", 2027, 1_000_000),)
    revision = request(paid=paid, readings="boven-drempel")
    able = {(cell.plek.naam, cell.categorie.nummer): str(cell.kan) for cell in revision.cells if cell.kan != ZERO}
    assert able == {(RH, AFBOUW): "60000.00", (RH, MOBIEL): "2727.00", (SB, AFBOUW): "43620000.00"}
    assert str(revision.total_asked) == "5495454.00"


def test_an_earlier_revision_makes_the_shortfall_smaller() -> None:
    changed = tables()
    changed["beschikkingen"] = records(
        "beschikking gemeente regeling soort bedrag herkomst",
        ("HZ25", "Rotterdam", "transformatie-2024", "herziening", 1_000_000, "B1"),
        ("OUD", "Rotterdam", "vastgoedtransitie-2020", "basis", 9_000_000, "B1"),
    )
    (town,) = request(changed).municipalities
    assert (str(town.eerder), str(town.tekort)) == ("1000000.00", "4495454.00")


def test_what_the_annex_does_not_name_counts_for_the_municipality_and_asks_nothing() -> None:
    changed = tables()
    changed["locaties"][3]["naam_bijlage2"] = "niet genoemd"
    revision = request(changed)
    (town,) = revision.municipalities
    assert (str(town.buiten.besteed), str(town.nodig)) == ("45000000.00", "46950000.00")
    assert asked(revision) == {(RH, AFBOUW): "600000.00", (RH, MOBIEL): "80000.00"}
    assert revision.unnamed == ()


def test_a_location_where_something_counts_must_have_a_name() -> None:
    changed = tables()
    for row in changed["locaties"]:
        row["naam_bijlage2"] = None
    assert request(changed).unnamed == ("RH", "BB", "SB")


@given(
    st.lists(st.integers(0, 9_000_000_00), min_size=5, max_size=5),
    st.lists(st.integers(0, 9_000_000_00), min_size=5, max_size=5),
    st.integers(0, 20_000_000_00),
    st.booleans(),
)
def test_a_municipality_asks_to_the_cent_and_never_more_than_it_may(
    planned: list[int], covered: list[int], basis: int, above: bool
) -> None:
    row = RULES.threshold("Rijnhove")
    assert row is not None
    cells = tuple(
        Cell(row, rule, Spent(ZERO, Money(amount), Money(min(paid, amount))), above)
        for rule, amount, paid in zip(RULES.categories, planned, covered, strict=True)
    )
    town = Municipality("Rotterdam", Money(basis), ZERO, Spent(), cells)
    parts = town.gevraagd
    assert Money.total(parts) == min(town.kan, town.tekort)
    for cell, part in zip(cells, parts, strict=True):
        assert ZERO <= part <= cell.kan
        assert part == ZERO or cell.haalt


AMOUNTS: Final = st.integers(0, 60_000_000)


@settings(max_examples=15, deadline=None)
@given(
    st.tuples(*(AMOUNTS for _ in range(5))),
    st.tuples(*(st.integers(0, 100) for _ in range(5))),
    st.sampled_from([None, "boven-drempel"]),
    st.integers(0, 20),
)
def test_whatever_is_spent_and_paid_the_totals_agree(
    amounts: tuple[int, ...], shares: tuple[int, ...], reading: str | None, empty: int
) -> None:
    """Random costs of which the grants of 2020 and 2024 pay a part: every euro counts once, asked within bounds."""
    lines = (
        ("SLUIT_RH", "afstoten", 2, 2026),
        ("OMBOUW_BB", "verbouwen", 0, 2026),
        ("SLUIT_SB", "afstoten", 3, 2027),
        ("LEIDING", "projectleiding", 2, 2026),
        ("GEZIN", "verbouwen", 0, 2026),
    )
    costs = with_costs(*((name, sort, lag, cost) for (name, sort, lag, _), cost in zip(lines, amounts, strict=True)))
    paid = tuple(
        (source, name, sort, year, cost * share // 200)
        for (name, sort, _, year), cost, share in zip(lines, amounts, shares, strict=True)
        for source in ("SPUK20", "SPUK24")
        if cost * share // 200
    )
    revision = request(costs, paid, reading, empty=empty)
    (town,) = revision.municipalities
    once = sum(
        cost - cost * share // 200
        for (name, *_), cost, share in zip(lines, amounts, shares, strict=True)
        if name != "GEZIN"
    )
    vacancy = Money.total(cell.spent.besteed for cell in revision.cells if cell.categorie.nummer == LEEG)
    assert town.nodig == euros(once + 70_000 + 300_000) + vacancy
    assert town.nodig == Money.total(post.besteed for post in revision.posts.posts)
    assert revision.total_asked == min(town.kan, town.tekort)
    for cell in revision.cells:
        amount = revision.asked_of(cell)
        assert ZERO <= amount <= cell.spent.besteed - cell.spent.gedekt
        assert amount == ZERO or cell.spent.besteed >= cell.drempel
        assert not reading or amount <= max(ZERO, cell.spent.besteed - cell.drempel)


def test_each_municipality_has_a_shortfall_of_its_own() -> None:
    """Harreveld as Castricum, of Amsterdam: what iHUB spends together is divided over 36, 30 and 28 places."""
    changed = tables()
    changed["locaties"][2]["naam_bijlage2"] = "Antonius, Castricum"
    revision = request(changed)
    rotterdam_town, amsterdam = revision.municipalities
    assert (rotterdam_town.naam, amsterdam.naam) == ("Rotterdam", "Amsterdam")
    assert str(amsterdam.basis) == "21818181.00"
    assert amsterdam.nodig == Money.total(cell.spent.besteed for cell in amsterdam.cellen) == euros("148936.17")
    assert rotterdam_town.nodig + amsterdam.nodig == euros(46_950_000)
    assert Money.total(amsterdam.gevraagd) == ZERO
    assert Money.total(rotterdam_town.gevraagd) == revision.total_asked == rotterdam_town.tekort

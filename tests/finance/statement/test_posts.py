"""Posts and verdicts at their edges: first and last years, conditions year by year, what a regulation pays."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from finance.case import Case, CostLine
from finance.plan.allocation import Allocation
from finance.rules.tests import CLOSURE, CONDITIONS, GRANT_WINDOW, WINDOW, PaymentTest
from finance.statement import Statement
from finance.statement.posts import Post, Posts
from tests.casebook import Tables
from tests.finance.rules.grants import GRANT, MEASURE, YEARS, built, entitlement, grant_tables
from tests.models.bare import Bare, effect, financed, measure, places, source

OLD: Final = "vastgoedtransitie-2020"
TRANSITION, CARE_PLUS = CONDITIONS


def posts(tables: Tables) -> Posts:
    """The posts of a case with the years 2019 to 2029."""
    return Posts(entitlement(tables))


def years_of(found: Posts, group: str, sort: str) -> list[tuple[int, int, str]]:
    """From when until when each post of a kostensoort holds, and whether it may be paid."""
    own = [post for post in found.all if (post.groep, post.kostensoort) == (group, sort)]
    return [(post.van, post.tot, post.betaalbaar) for post in own]


def line_in(year: int, sort: str = "verbouwen", maatregel: str = "M") -> CostLine:
    """A line of a measure."""
    return CostLine(maatregel, "", "", sort, year)


def test_a_post_begins_with_the_first_year_of_its_rule_and_ends_with_the_case() -> None:
    """The rules of 2020 hold from October 2020; nothing was said of 2019."""
    assert years_of(posts(grant_tables()), OLD, "verbouwen") == [(2020, 2029, "ja")]
    assert years_of(posts(grant_tables()), OLD, "opstart") == [(2020, 2029, "nee")]


def test_a_regulation_that_was_not_yet_known_has_no_posts() -> None:
    found = posts(grant_tables(peildatum=date(2020, 9, 15)))
    assert years_of(found, OLD, "verbouwen") == []
    assert found.post_of(found.rules.case.source["SPUK"], line_in(2022)) is None


@pytest.mark.parametrize(("year", "known"), [(2019, False), (2020, True), (2029, True)])
def test_a_post_decides_in_its_first_and_its_last_year_and_not_before(year: int, known: bool) -> None:
    found = posts(grant_tables())
    post = found.post_of(found.rules.case.source["SPUK"], line_in(year))
    assert (post is not None) is known
    assert post is None or (post.groep, post.kostensoort) == (OLD, "verbouwen")


@pytest.mark.parametrize(("year", "spendable"), [(2019, False), (2020, True), (2024, True), (2025, False)])
def test_a_year_is_spendable_where_it_touches_the_window(year: int, spendable: bool) -> None:
    """From October 2020 until and including 2024."""
    found = posts(grant_tables())
    (known,) = (row for row in found.grant_years if (row.regeling, row.jaar) == (OLD, year))
    assert known.besteedbaar is spendable
    assert set(known.voorwaarden) == (set() if year == 2019 else {TRANSITION, CARE_PLUS})


def post_of_sort(case: Case, bron: str, line: CostLine) -> Post:
    """The post that decides about a source and a line."""
    found = Statement(case, Allocation({}, {}, {}, {})).posts.post_of(case.source[bron], line)
    assert found is not None
    return found


def test_other_money_has_a_post_for_every_kostensoort_and_only_some_may_be_paid() -> None:
    """A lump sum is for care and for starting it, not for buildings; own money is for anything."""
    case = Bare(
        measures=[measure("M")],
        sources=[source("E", "eigen", 1), source("L", "lumpsum")],
        funding=[financed("L", 2022, 1, 1)],
    ).case()
    found = {
        (bron, sort): post_of_sort(case, bron, line_in(2022, sort)).betaalbaar
        for bron in "EL"
        for sort in ("opstart", "verbouwen")
    }
    assert found == {
        ("E", "opstart"): "ja",
        ("E", "verbouwen"): "ja",
        ("L", "opstart"): "ja",
        ("L", "verbouwen"): "nee",
    }


def verdict(case: Case, test: PaymentTest, line: CostLine, bron: str = "SPUK") -> str:
    """What one rule says of a payment."""
    statement = Statement(case, Allocation({}, {}, {}, {}))
    return statement.rules.verdicts(case.source[bron], line)[test]


@pytest.mark.parametrize(
    ("year", "own", "grants"),
    [(2021, "nee", "ja"), (2022, "ja", "ja"), (2024, "ja", "ja"), (2025, "ja", "nee"), (2026, "nee", "nee")],
)
def test_the_years_of_a_source_and_of_its_regulation_are_two_tests(year: int, own: str, grants: str) -> None:
    """The source pays from 2022 until and including 2025, the regulation until and including 2024."""
    case = built(grant_tables(grants=[GRANT | {"besteedbaar_van": 2022, "besteedbaar_tot": 2025}]))
    assert verdict(case, WINDOW, line_in(year)) == own
    assert verdict(case, GRANT_WINDOW, line_in(year)) == grants


@pytest.mark.parametrize("year", [YEARS[0], 2020])
def test_a_condition_is_asked_in_the_years_in_which_it_holds(year: int) -> None:
    measures = [MEASURE | {"door_transitie": "nee", "jeugdhulpplus": "ja"}]
    case = built(grant_tables(measures=measures))
    asked = year == 2020
    assert verdict(case, TRANSITION, line_in(year)) == ("nee" if asked else "n.v.t.")
    assert verdict(case, CARE_PLUS, line_in(year)) == ("ja" if asked else "n.v.t.")


def test_a_condition_is_not_asked_of_places_nor_of_other_money() -> None:
    grants = [GRANT, GRANT | {"bron": "E", "soort": "eigen", "regeling": None}]
    case = built(grant_tables(grants=grants, measures=[MEASURE | {"door_transitie": "nee"}]))
    of_places = CostLine("", "L", "open", "leegstand", 2022)
    assert verdict(case, TRANSITION, of_places) == "n.v.t."
    assert verdict(case, TRANSITION, line_in(2022), "E") == "n.v.t."
    assert verdict(case, GRANT_WINDOW, line_in(2022), "E") == "n.v.t."


@pytest.mark.parametrize(("net", "closed"), [(-1, "ja"), (0, "nee"), (1, "nee")])
def test_new_buildings_ask_for_a_closure_on_balance_and_renovation_does_not(net: int, closed: str) -> None:
    """M takes three closed places away and opens others, of the closed and of the open kind."""
    case = Bare(
        places=[places("L1", "gesloten", 9), places("L1", "open", 0)],
        measures=[measure("M")],
        effects=[
            effect("M", "L1", "gesloten", -3),
            effect("M", "L1", "gesloten", 3 + net),
            effect("M", "L1", "open", 5),
        ],
        sources=[source("SPUK", "spuk", 1)],
    ).case()
    assert verdict(case, CLOSURE, line_in(2022, "vervangende_nieuwbouw")) == closed
    assert verdict(case, CLOSURE, line_in(2022, "verbouwen")) == "n.v.t."

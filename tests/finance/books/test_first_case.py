"""A first case from twelve answers: it has no finding, keeps to the answers, and marks the rest as assumed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.books.first_case import ANSWER, GROUP, LONGEST, Answers, filled
from finance.books.template import INPUT, template_bytes
from finance.case import Case
from finance.money import Money
from finance.rules.national import national_grants
from finance.xlsx.read import book_of
from spuk.run import findings_of

TODAY: Final = date(2026, 12, 1)
EARLIER, LATER = national_grants()
USUAL: Final = Answers(
    naam="Afbouw",
    uitkering=LATER,
    gemeente="Rotterdam",
    bedrag=LATER.maxima["Rotterdam"],
    bedrag_gegeven=False,
    eerste_jaar=2025,
    laatste_jaar=2030,
    aanbieder="Stichting",
    locatie="Schakenbosch",
    plaatsen=92,
    plaatsen_einde=24,
    jongeren=80,
    jongeren_einde=40,
)


def case_of(answers: Answers) -> Case:
    """The case that the answers make, read from its workbook; it has no finding."""
    data = template_bytes(replace(INPUT, rows=filled(answers, TODAY)))
    case, findings = findings_of(book_of("eerste.xlsx", data))
    assert findings == ()
    assert case is not None
    return case


@st.composite
def answered(draw: st.DrawFn) -> Answers:
    """Whatever the questions let through."""
    grant = draw(st.sampled_from([EARLIER, LATER]))
    town = draw(st.sampled_from(sorted(grant.maxima)))
    first = draw(st.integers(2024, 2030) if grant is LATER else st.integers(2020, 2024))
    places = draw(st.integers(1, 1_000))
    return Answers(
        draw(st.text("abcé '=-", min_size=1, max_size=100).map(lambda text: f"a{text.strip()}")),
        grant,
        town,
        Money(draw(st.integers(1, grant.maxima[town].cents))),
        draw(st.booleans()),
        first,
        draw(st.integers(first + 1, first + LONGEST)),
        "Stichting",
        draw(st.sampled_from(["Schakenbosch", "Het huis"])),
        places,
        draw(st.integers(0, places - 1)),
        draw(st.integers(1, 1_000)),
        draw(st.integers(0, 1_000)),
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answered())
def test_any_answers_make_a_case_without_findings_that_keeps_to_them(answers: Answers) -> None:
    case = case_of(answers)
    assert case.settings.naam == " ".join(answers.naam.split()) or case.settings.naam == answers.naam
    need = {year: case.care.young_people(year) for year in case.years}
    assert [need[answers.eerste_jaar], need[answers.laatste_jaar]] == [answers.jongeren, answers.jongeren_einde]
    closes = sum(row.plaatsen for row in case.effects if row.zorgvorm == "gesloten")
    assert case.place["LOCATIE", "gesloten"].plaatsen + closes == answers.plaatsen_einde
    assert answers.small_places % GROUP == 0
    assert case.source["UITKERING"].bedrag == answers.bedrag


@pytest.mark.parametrize(("places", "young"), [(1_000, 1), (1, 1_000), (1, 1), (111, 1)])
def test_many_places_for_few_have_a_price_that_can_be_planned_with(places: int, young: int) -> None:
    case_of(replace(USUAL, plaatsen=places, plaatsen_einde=0, jongeren=young))


def test_what_was_not_answered_is_an_assumption() -> None:
    case = case_of(USUAL)
    sorts = {row.code: row.soort for row in case.provenance}
    assert {code for code, soort in sorts.items() if soort == "bron"} == {ANSWER, "REGELING"}
    assumed = [*case.costs, *case.measures, *case.places, *case.indexes, *case.funding, *case.care_forms]
    assert {sorts[row.herkomst] for row in assumed} == {"aanname"}
    assert case.source["UITKERING"].herkomst == "REGELING"
    assert [sorts[row.herkomst] for row in case.demand if row.zorgvorm == "gesloten"] == ["bron", *["aanname"] * 5]


def test_a_location_of_annex_2_is_known_by_its_name() -> None:
    assert case_of(USUAL).location["LOCATIE"].naam_bijlage2 == "Schakenbosch"
    assert case_of(replace(USUAL, locatie="Huis")).location["LOCATIE"].naam_bijlage2 == ""


@pytest.mark.parametrize(
    ("places", "left", "last", "steps"),
    [(92, 24, 2030, (34, 34)), (9, 0, 2030, (5, 4)), (9, 8, 2030, (1,)), (9, 0, 2026, (9,))],
)
def test_closing_takes_two_steps_where_there_are_places_and_years(
    places: int, left: int, last: int, steps: tuple[int, ...]
) -> None:
    assert replace(USUAL, plaatsen=places, plaatsen_einde=left, laatste_jaar=last).steps == steps


@pytest.mark.parametrize(
    ("left", "later", "small"),
    [(24, 40, 24), (100, 40, 6), (0, 54, 60), (0, 55, 66), (0, 0, 6)],
)
def test_small_places_are_enough_in_whole_groups(left: int, later: int, small: int) -> None:
    """24 closed places serve 21 at 90%; the other 19 need 21.1 places, so 24. 54 need 60 exactly."""
    assert replace(USUAL, plaatsen=101, plaatsen_einde=left, jongeren_einde=later).small_places == small


def test_a_row_of_an_unknown_column_is_the_programmers_fault() -> None:
    with pytest.raises(KeyError):
        template_bytes(replace(INPUT, rows={"aanbieders": [{"kleur": "rood"}]}))

"""The rule files: what a load refuses, which version applies, and what every rule must carry."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Final

import pytest
from pydantic import ValidationError

from finance.case.declaring import columns_of
from finance.case.sheets import Settings
from finance.case.words import COST_SORTS, SOURCE_SORTS
from finance.rules.base import RuleBase
from finance.rules.library import (
    OTHER_SOURCES,
    Knowledge,
    RuleError,
    by_subject,
    parse_rules,
    readings,
    regulations,
    rule_sets,
    version,
)
from finance.rules.records import CategoryRule, Rule, RuleSet

HEAD = """
id = "proef-2020"
naam = "Proefregeling"
publicatie = "Stcrt. 2020, 1"
volledig = true
"""


def category(name: str, **changed: str) -> str:
    """The text of one category rule; a field changed to nothing is left out."""
    fields = {
        "id": f'"{name}"',
        "soort": '"categorie"',
        "kostensoort": '"verbouwen"',
        "betaalbaar": '"ja"',
        "van": "2020-01-01",
        "bekend_sinds": "2020-01-01",
        "artikel": '"art. 1"',
        "publicatie": '"Stcrt. 2020, 1"',
        "feit": '"RG-1"',
        "rang": '"regeling"',
        "uitleg": '"Verbouwen mag."',
    } | changed
    lines = (f"{key} = {value}" for key, value in fields.items() if value)
    return "\n".join(["", "[[regel]]", *lines, ""])


def versions(*texts: str) -> tuple[Rule, ...]:
    """The versions of the one subject that some rule texts are about."""
    return by_subject(parse_rules(HEAD + "".join(texts)).regel)["categorie verbouwen"]


def applied(year: int, peildatum: date, *texts: str, lezingen: frozenset[str] = frozenset()) -> str | None:
    """The id of the version that applies in a year."""
    rule = version(versions(*texts), year, Knowledge(peildatum, lezingen))
    return rule.id if rule else None


LATER = date(2030, 1, 1)


def test_a_good_text_loads() -> None:
    rules = parse_rules(HEAD + category("A"))
    assert [rule.id for rule in rules.regel] == ["A"]
    assert rules.known_since == date(2020, 1, 1)


def test_a_set_is_known_since_its_first_rule() -> None:
    text = category("A", bekend_sinds="2021-05-01") + category("B", kostensoort='"opstart"')
    assert parse_rules(HEAD + text).known_since == date(2020, 1, 1)


# --- what a load refuses ---------------------------------------------------------------------


def test_a_day_without_a_version_is_refused() -> None:
    """The first version ends on 30 June, the next begins on 2 July."""
    text = category("A", tot="2022-06-30") + category("B", van="2022-07-02")
    with pytest.raises(RuleError, match="nothing applies just before 2022-07-02"):
        parse_rules(HEAD + text)


def test_versions_that_follow_on_the_next_day_are_fine() -> None:
    text = category("A", tot="2022-06-30") + category("B", van="2022-07-01")
    assert len(parse_rules(HEAD + text).regel) == 2


def test_a_day_with_two_versions_is_refused() -> None:
    text = category("A", tot="2022-07-01") + category("B", van="2022-07-01")
    with pytest.raises(RuleError, match="A and B overlap"):
        parse_rules(HEAD + text)


def test_a_version_without_end_leaves_no_room_for_a_next() -> None:
    with pytest.raises(RuleError, match="A and B overlap"):
        parse_rules(HEAD + category("A") + category("B", van="2022-07-01"))


def test_a_later_known_version_may_replace_an_earlier_one() -> None:
    text = category("A") + category("B", van="2022-01-01", bekend_sinds="2021-06-01")
    assert len(parse_rules(HEAD + text).regel) == 2


def test_a_gap_may_not_be_closed_by_later_knowledge_only() -> None:
    """As known in 2020 nothing applied in 2022, whatever became known in 2023."""
    text = (
        category("A", tot="2021-12-31")
        + category("B", van="2023-01-01")
        + category("C", van="2022-01-01", tot="2022-12-31", bekend_sinds="2023-06-01")
    )
    with pytest.raises(RuleError, match="nothing applies just before 2023-01-01"):
        parse_rules(HEAD + text)


def test_two_readings_of_one_day_are_refused() -> None:
    text = category("A") + category("B", lezing='"ruim"') + category("C", lezing='"streng"')
    with pytest.raises(RuleError, match="B and C overlap"):
        parse_rules(HEAD + text)


def test_a_repeated_id_is_refused() -> None:
    text = category("A") + category("A", kostensoort='"opstart"')
    with pytest.raises(RuleError, match=r"ids given twice: \['A'\]"):
        parse_rules(HEAD + text)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"bedrag": "12"}, "Extra inputs are not permitted"),
        ({"soort": '"toeslag"'}, "does not match any of the expected tags"),
        ({"soort": ""}, "Unable to extract tag"),
        ({"van": ""}, "Field required"),
        ({"bekend_sinds": ""}, "Field required"),
        ({"publicatie": ""}, "Field required"),
        ({"betaalbaar": '"misschien"'}, "Input should be 'ja', 'nee'"),
        ({"rang": '"krant"'}, "Input should be 'regeling'"),
        ({"van": '"ooit"'}, "valid date"),
    ],
)
def test_a_field_that_is_unknown_or_missing_is_refused(changed: dict[str, str], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        parse_rules(HEAD + category("A", **changed))


@pytest.mark.parametrize("head", [HEAD.replace("volledig = true", ""), HEAD + 'kleur = "rood"\n'])
def test_a_field_of_the_set_that_is_unknown_or_missing_is_refused(head: str) -> None:
    with pytest.raises(ValidationError):
        parse_rules(head + category("A"))


def test_a_rule_cannot_be_changed_after_loading() -> None:
    rule = parse_rules(HEAD + category("A")).regel[0]
    with pytest.raises(ValidationError, match="frozen"):
        rule.uitleg = "Iets anders."  # type: ignore[misc]  # the point is that it raises


def test_a_rule_without_a_subject_is_a_fault_of_the_programmer() -> None:
    rule = parse_rules(HEAD + category("A")).regel[0]
    with pytest.raises(TypeError, match="no subject"):
        _ = RuleBase(**rule.model_dump(exclude={"soort", "kostensoort", "betaalbaar", "alleen_huisvesting"})).subject


# --- which version applies -------------------------------------------------------------------


@pytest.mark.parametrize(("year", "expected"), [(2019, None), (2020, "A"), (2021, "A"), (2022, "B")])
def test_the_version_in_force_at_the_end_of_the_year_applies(year: int, expected: str | None) -> None:
    text = (category("A", van="2020-10-01", tot="2022-06-30"), category("B", van="2022-07-01"))
    assert applied(year, LATER, *text) == expected


@pytest.mark.parametrize(("tot", "expected"), [("2022-12-30", None), ("2022-12-31", "A")])
def test_the_last_day_of_the_year_decides(tot: str, expected: str | None) -> None:
    assert applied(2022, LATER, category("A", tot=tot)) == expected


@pytest.mark.parametrize(
    ("peildatum", "expected"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), "A"),
        (date(2023, 6, 30), "A"),
        (date(2023, 7, 1), "B"),
    ],
)
def test_only_what_was_known_on_the_peildatum_counts(peildatum: date, expected: str | None) -> None:
    text = (category("A"), category("B", bekend_sinds="2023-07-01"))
    assert applied(2022, peildatum, *text) == expected


@pytest.mark.parametrize(
    ("lezingen", "peildatum", "expected"),
    [
        (frozenset(), LATER, "C"),
        (frozenset({"ruim"}), LATER, "B"),
        (frozenset({"iets"}), LATER, "C"),
        (frozenset({"ruim"}), date(2020, 12, 31), "A"),
    ],
)
def test_a_reading_goes_first_where_it_is_on_and_known(
    lezingen: frozenset[str], peildatum: date, expected: str
) -> None:
    text = (
        category("A"),
        category("B", lezing='"ruim"', bekend_sinds="2021-01-01"),
        category("C", bekend_sinds="2022-01-01"),
    )
    assert applied(2024, peildatum, *text, lezingen=lezingen) == expected


# --- the rule files of the toolkit -----------------------------------------------------------

RULES = [rule for rules in rule_sets().values() for rule in rules.regel]


def test_the_regulations_and_readings_are_these() -> None:
    assert regulations() == ("residentieel-2021", "transformatie-2024", "vastgoedtransitie-2020")
    assert readings() == (
        "boven-drempel",
        "geactiveerd-2024",
        "hybride-is-open",
        "leegstand-door-transitie",
        "tijdelijke-huisvesting",
        "verlenging-2026",
    )


def test_an_id_is_given_once_over_all_files() -> None:
    repeated = [name for name, count in Counter(rule.id for rule in RULES).items() if count > 1]
    assert repeated == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_where_it_comes_from_in_one_line(rule: Rule) -> None:
    own_choice = rule.publicatie == "uitgangspunt van de toolkit"
    codes = r"(ZW|RG|SI|CA|TA|BG)-[BCFR]?\d+(, (ZW|RG|SI|CA|TA|BG)-[BCFR]?\d+)*"
    assert re.fullmatch(codes, rule.feit) or (own_choice and rule.feit == "")
    assert rule.artikel
    assert rule.vindplaats == f"{rule.publicatie}, {rule.artikel}"
    assert rule.uitleg.endswith(".")
    assert "\n" not in rule.uitleg


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_publication_has_one_rank(rule: Rule) -> None:
    """A note does not become a regulation because it is quoted as one, or the other way about."""
    if rule.publicatie.startswith("Werkagenda"):
        assert rule.rang == "notitie"
    if rule.rang == "regeling":
        assert rule.publicatie.startswith(("Stcrt.", "Besluit ", "Financiële-verhoudingswet"))


@pytest.mark.parametrize("name", regulations())
def test_a_regulation_speaks_about_every_kostensoort(name: str) -> None:
    spoken = {rule.kostensoort for rule in rule_sets()[name].regel if isinstance(rule, CategoryRule)}
    assert spoken == set(COST_SORTS)


def test_every_sort_of_source_but_the_grant_has_a_rule() -> None:
    subjects = set(by_subject(rule_sets()[OTHER_SOURCES].regel))
    assert subjects == {f"bronsoort {sort}" for sort in SOURCE_SORTS if sort != "spuk"}


def of_set(name: str) -> RuleSet:
    """A rule set by id."""
    return rule_sets()[name]


@pytest.mark.parametrize("name", ["residentieel-2021"])
def test_a_set_that_is_incomplete_says_what_is_missing(name: str) -> None:
    assert not of_set(name).volledig
    assert of_set(name).voorbehoud


@pytest.mark.parametrize(
    ("name", "since"),
    [
        ("vastgoedtransitie-2020", date(2020, 9, 16)),
        ("residentieel-2021", date(2021, 10, 8)),
        ("transformatie-2024", date(2024, 11, 20)),
    ],
)
def test_a_set_is_known_since_its_publication(name: str, since: date) -> None:
    assert of_set(name).known_since == since


def test_the_national_ceilings_are_those_of_article_6() -> None:
    """RG-3; the maxima of the municipalities (RG-4) add up to the first of them."""
    rules = by_subject(of_set("residentieel-2021").regel)
    national = rules["landelijk"][0].model_dump()["bedragen"]
    assert national == {
        "gesloten": Decimal(33_500_000),
        "separeerruimten": Decimal(5_000_000),
        "driemilieu": Decimal(50_000_000),
    }
    assert sum(rules["plafond"][0].model_dump()["maxima"].values()) == Decimal(33_500_000)


@pytest.mark.parametrize(("key", "codes"), [("regelingen", regulations()), ("lezingen", readings())])
def test_the_template_lists_every_code_that_a_case_can_name(key: str, codes: tuple[str, ...]) -> None:
    (column,) = (item for item in columns_of(Settings) if item.naam == key)
    assert f"Er zijn: {', '.join(codes)}." in column.info.uitleg


CAP: Final = {
    "soort": '"deelplafond"',
    "kostensoort": "",
    "betaalbaar": "",
    "aandeel": '"0.05"',
    "kostensoorten": '["projectleiding", "vastgoedplan"]',
}
"""A share cap, as changes of a rule text."""


def caps(*rules: str) -> list[str]:
    """The subjects of the share caps of some rule texts."""
    return sorted(by_subject(parse_rules(HEAD + "".join(rules)).regel))


def test_two_share_caps_are_two_subjects() -> None:
    other = CAP | {"kostensoorten": '["bovenregionaal_plan"]'}
    assert caps(category("one", **CAP), category("two", **other)) == ["deelplafond one", "deelplafond two"]


def test_a_reader_sees_a_share_cap_beside_its_id() -> None:
    """Not the id twice; workbooks of before, with one cap, say the same of it."""
    (rule,) = parse_rules(HEAD + category("one", **CAP)).regel
    assert (rule.subject, rule.topic) == ("deelplafond one", "deelplafond")
    (other,) = parse_rules(HEAD + category("two")).regel
    assert other.topic == other.subject


def test_a_later_version_of_a_share_cap_is_the_same_subject() -> None:
    first = category("one", **CAP, tot="2021-12-31")
    second = category("two", **CAP, van="2022-01-01", versie_van='"one"')
    assert caps(first, second) == ["deelplafond one"]


def test_a_version_of_no_share_cap_is_refused() -> None:
    with pytest.raises(RuleError, match="two is a version of 'three', which is no share cap"):
        caps(category("one", **CAP), category("two", **CAP, versie_van='"three"'))


@pytest.mark.parametrize(("van", "refused"), [("2021-12-31", True), ("2022-01-01", False)])
def test_a_kostensoort_stands_under_one_share_cap_on_a_day(van: str, refused: bool) -> None:
    """What passed both caps would be counted as an error twice."""
    other = CAP | {"kostensoorten": '["vastgoedplan"]'}
    both = (category("one", **CAP, tot="2021-12-31"), category("two", **other, van=van))
    if not refused:
        assert len(caps(*both)) == 2
        return
    with pytest.raises(RuleError, match="one and two both cap vastgoedplan"):
        caps(*both)


def test_a_condition_that_nothing_tests_is_refused() -> None:
    asked = {"soort": '"voorwaarde"', "kostensoort": "", "betaalbaar": ""}
    assert caps(category("one", **asked, eis='"jeugdhulpplus"')) == ["voorwaarde jeugdhulpplus"]
    with pytest.raises(RuleError, match="one asks for 'akkoord', which no test of a payment knows"):
        caps(category("one", **asked, eis='"akkoord"'))

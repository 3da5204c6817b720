"""The regulation of 2024: every verdict, amount and date, written from its articles and not from the rule file.

RG-11 to RG-18 are the facts: Stcrt. 2024, 37715 (BWBR0050438). Beside it stand the regulations of 2020 and 2021,
so that one table says of every kostensoort what each regulation pays of it, under each reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import Final

import pytest

from finance.case import Case, CostLine
from finance.case.words import COST_SORTS, PLACE_COSTS
from finance.money import Money
from finance.rules import Entitlement, Permission, check_rules
from finance.rules.accounting import DeterminationRule, LapseRule, NoticeRule
from finance.rules.library import readings, rule_sets
from finance.rules.records import (
    ActivityRule,
    NationalRule,
    NotCapitalisedRule,
    ProvisionRule,
    RevisionCategoryRule,
    RevisionRoundRule,
    Rule,
    RuleBase,
)
from finance.statement.posts import Posts
from tests.casebook import Record, Tables, raw_book
from tests.finance.rules.grants import EFFECT, GRANT, MEASURE, YEARS, built, entitlement, grant_tables

OF_2020, OF_2021, OF_2024 = "vastgoedtransitie-2020", "residentieel-2021", "transformatie-2024"
VACANCY, HOUSED, CAPITALISED = "leegstand-door-transitie", "tijdelijke-huisvesting", "geactiveerd-2024"
READINGS: Final = (CAPITALISED, VACANCY, HOUSED, "verlenging-2026")
CENT: Final = Decimal("0.01")

YES, NO, CLOSING, PART = "ja", "nee", "zolang het sluit", "wat niet is geactiveerd"
"""What a regulation pays of a kostensoort: all, nothing, or the part that a closure or the balance sheet leaves."""

FRICTION: Final = ("planvorming", "pilot", "processen", "opleiding", "dubbel_aanbod")
TABLE: Final[Mapping[str, tuple[object, object, object]]] = {
    # what 2020, 2021 and 2024 pay; a pair says first what holds without a reading, then which one changes it
    "afstoten": (YES, YES, YES),
    "verbouwen": (YES, YES, (PART, CAPITALISED, YES)),
    "vervangende_nieuwbouw": (YES, YES, (PART, CAPITALISED, YES)),
    "vastgoedplan": (YES, YES, YES),
    "projectleiding": (YES, YES, YES),
    "bovenregionaal_plan": (YES, YES, YES),
    "opstart": (NO, NO, YES),
    **{f"frictie_{sort}": (NO, NO, YES) for sort in FRICTION},
    "frictie_personeel": (NO, NO, YES),
    "huisvesting_regulier": (NO, NO, NO),
    "overig": (NO, NO, NO),
    "rente_en_aflossing": (NO, NO, NO),
    "leegstand_gebouw": ((NO, VACANCY, YES), NO, YES),
    "tijdelijke_huisvesting": ((NO, HOUSED, YES), (NO, HOUSED, YES), YES),
    "exploitatie": (NO, NO, NO),
    "leegstand": ((NO, VACANCY, CLOSING), NO, CLOSING),
}
NAMED_IN_2024: Final = {
    "afstoten": "art. 1 (afbouw vastgoed)",
    "verbouwen": "art. 1 (ombouw vastgoed)",
    "vervangende_nieuwbouw": "art. 1 (ombouw vastgoed)",
    "vastgoedplan": "art. 1 (projectmanagement)",
    "projectleiding": "art. 1 (projectmanagement)",
    "bovenregionaal_plan": "art. 1 (projectmanagement)",
    "frictie_personeel": "art. 1 (personeelsmobiliteit)",
    "leegstand": "art. 1 (leegstand vastgoed)",
    "leegstand_gebouw": "art. 1 (leegstand vastgoed)",
}
"""What the definitions of article 1 name: rank regeling. All else is an interpretation."""
SWITCHED_ON: Final = [some for size in range(len(READINGS) + 1) for some in combinations(READINGS, size)]


def with_grant(regeling: str, *lezingen: str, **changed: object) -> Tables:
    """A case with one grant, and a measure that closes places."""
    return grant_tables(
        grants=[GRANT | {"regeling": regeling}],
        measures=[MEASURE | changed],
        effects=[EFFECT],
        lezingen=", ".join(lezingen),
    )


def asked(tables: Tables, sort: str, year: int = 2024) -> Permission:
    """What the rules say of one kostensoort."""
    rules = entitlement(tables)
    line = CostLine("", "L", "gesloten", sort, year) if sort in PLACE_COSTS else CostLine("M", "", "", sort, year)
    return rules.permission(rules.case.source["SPUK"], line)


def paid(permission: Permission) -> str:
    """A permission in a word of the table."""
    if not permission.mag:
        return NO
    if isinstance(permission.tot, NotCapitalisedRule):
        return PART
    return CLOSING if permission.bij_sluiting else YES


def expected(says: object, lezingen: tuple[str, ...]) -> str:
    """What a cell of the table comes to under some readings."""
    if not isinstance(says, tuple):
        return str(says)
    plain, reading, otherwise = says
    return str(otherwise if reading in lezingen else plain)


def test_the_table_names_every_kostensoort_and_every_reading() -> None:
    assert set(TABLE) == set(COST_SORTS)
    assert set(READINGS) == set(readings()) - {"boven-drempel", "hybride-is-open"}


@pytest.mark.parametrize("lezingen", SWITCHED_ON, ids=" ".join)
@pytest.mark.parametrize("column", range(3), ids=(OF_2020, OF_2021, OF_2024))
def test_every_kostensoort_under_every_regulation_and_reading(column: int, lezingen: tuple[str, ...]) -> None:
    regeling = (OF_2020, OF_2021, OF_2024)[column]
    tables = with_grant(regeling, *lezingen)
    found = {sort: paid(asked(tables, sort)) for sort in COST_SORTS}
    assert found == {sort: expected(row[column], lezingen) for sort, row in TABLE.items()}


@pytest.mark.parametrize("sort", COST_SORTS)
def test_a_verdict_of_2024_says_its_article_and_its_rank(sort: str) -> None:
    rule = asked(with_grant(OF_2024), sort).regel
    assert rule is not None
    assert rule.publicatie == "Stcrt. 2024, 37715 (BWBR0050438)"
    assert rule.rang == ("regeling" if sort in NAMED_IN_2024 else "toelichting")
    assert rule.artikel.startswith(NAMED_IN_2024.get(sort, "art."))
    assert rule.lezing == ""


@pytest.mark.parametrize(("sort", "named"), [("afstoten", True), ("exploitatie", False), ("overig", False)])
def test_what_is_not_named_says_so(sort: str, named: bool) -> None:
    rule = asked(with_grant(OF_2024), sort).regel
    assert rule is not None
    assert ("niet genoemd" in rule.artikel) is not named


@pytest.mark.parametrize(("lezingen", "rank"), [((), "toelichting"), ((CAPITALISED,), None)])
def test_the_limit_to_what_is_not_capitalised_is_a_cautious_interpretation(
    lezingen: tuple[str, ...], rank: str | None
) -> None:
    part = asked(with_grant(OF_2024, *lezingen), "verbouwen").tot
    assert (part.rang if part else None) == rank


@pytest.mark.parametrize(
    ("door_transitie", "jeugdhulpplus"), [("nee", "ja"), ("ja", "nee"), ("nee", "nee"), ("ja", "ja")]
)
@pytest.mark.parametrize("sort", ["verbouwen", "opstart", "leegstand_gebouw", "frictie_personeel"])
def test_both_conditions_hold_for_2024(door_transitie: str, jeugdhulpplus: str, sort: str) -> None:
    tables = with_grant(OF_2024, door_transitie=door_transitie, jeugdhulpplus=jeugdhulpplus)
    assert asked(tables, sort).mag is (door_transitie == jeugdhulpplus == "ja")


def test_linked_closure_plays_no_part_in_2024() -> None:
    """New building of a measure that closes nothing: no under 2020 and 2021, yes under 2024."""
    found = {}
    for regeling in (OF_2020, OF_2021, OF_2024):
        tables = with_grant(regeling, CAPITALISED)
        tables["effecten"][0] |= {"plaatsen": 4, "zorgvorm": "open"}
        found[regeling] = asked(tables, "vervangende_nieuwbouw").mag
    assert found == {OF_2020: False, OF_2021: False, OF_2024: True}


# --- dates (RG-11, RG-12, RG-17) --------------------------------------------------------------

KNOWN: Final = date(2024, 11, 20)


@pytest.mark.parametrize("peildatum", [date(2024, 6, 20), date(2024, 11, 19), KNOWN, date(2026, 12, 1)])
@pytest.mark.parametrize("van", [2023, 2024, 2029])
def test_the_window_and_the_day_since_which_it_is_known(peildatum: date, van: int) -> None:
    """1-1-2024 to 31-12-2030, known since the day of publication."""
    tables = grant_tables(grants=[GRANT | {"regeling": OF_2024, "besteedbaar_van": van}], peildatum=peildatum)
    years = [row for row in tables["case"] if row["sleutel"] == "laatste_jaar"]
    years[0]["waarde"] = 2032
    tables["vraag"] = [
        {"zorgvorm": form, "jaar": year, "jeugdigen": 0, "herkomst": "B1"}
        for form, year in product(("gesloten", "open"), range(YEARS[0], 2033))
    ]
    paying = set(entitlement(tables).paying_years["SPUK"])
    assert paying == (set(range(max(van, 2024), 2031)) if peildatum >= KNOWN else set())


@pytest.mark.parametrize(("year", "applies"), [(2023, False), (2024, True), (2030, True)])
def test_its_rules_hold_from_2024_on(year: int, applies: bool) -> None:
    rules = Entitlement(built(grant_tables()))
    assert (rules.rule(OF_2024, "categorie opstart", year) is not None) is applies


def of_kind(kind: type[RuleBase]) -> list[Rule]:
    """The rules of a kind."""
    return [rule for rule in rule_sets()[OF_2024].regel if isinstance(rule, kind)]


def test_lapse_notice_determination_and_what_is_told_besides() -> None:
    (lapse,) = of_kind(LapseRule)
    assert lapse.model_dump()["vervalt_op"] == date(2030, 7, 16)
    assert "blijft gelden" in lapse.uitleg
    (notice,) = of_kind(NoticeRule)
    assert notice.model_dump()["wanneer"] == "onverwijld, schriftelijk"
    (determined,) = of_kind(DeterminationRule)
    assert determined.model_dump()["weken"] == 37
    told = {str(rule.model_dump()["wat"]): rule for rule in of_kind(ProvisionRule)}
    assert set(told) == {"dubbelfinanciering", "voorschot", "medeoverheden", "projectleider"}
    assert told["dubbelfinanciering"].artikel.startswith("art. 4")
    assert "100%" in told["voorschot"].uitleg


def test_it_is_read_in_full_and_says_what_was_not_read() -> None:
    rules = rule_sets()[OF_2024]
    assert (rules.naam, rules.volledig) == ("Regeling specifieke uitkering transformatie gesloten jeugdhulp", True)
    for unread in ("toelichting", "bestuurlijke afspraken van 19 juni 2024", "verleningsbeschikkingen"):
        assert unread in rules.voorbehoud


def test_there_is_no_share_cap_and_the_posts_say_so() -> None:
    rules = entitlement(with_grant(OF_2024))
    assert rules.share_caps == ()
    assert {post.deelplafond for post in Posts(rules).all if post.groep == OF_2024} == {None}


# --- the ceilings (RG-13, RG-14) --------------------------------------------------------------

CEILINGS: Final = {
    "Amsterdam": (10_831_721, 6_189_555, 4_796_905),
    "Rotterdam": (20_580_271, 11_760_155, 9_114_120),
    "Roosendaal": (4_264_990, 2_437_137, 1_888_781),
    "Eindhoven": (7_176_015, 4_100_580, 3_177_950),
    "Groningen": (6_905_222, 3_945_841, 3_058_027),
    "Utrecht": (3_723_404, 2_127_660, 1_648_936),
    "Nijmegen": (16_518_375, 9_439_072, 7_315_280),
}


def test_the_ceilings_are_those_of_article_5_and_their_sums() -> None:
    (rule,) = [rule for rule in rule_sets()[OF_2024].regel if rule.subject == "plafond"]
    given = rule.model_dump()
    assert given["maxima_per_jaar"] == {
        name: dict(zip((2024, 2025, 2026), map(Decimal, amounts), strict=True)) for name, amounts in CEILINGS.items()
    }
    assert given["maxima"] == {name: Decimal(sum(amounts)) for name, amounts in CEILINGS.items()}
    assert sum(given["maxima"].values()) == 140_999_997


def test_with_the_revision_pots_there_are_176_million_in_all() -> None:
    (national,) = of_kind(NationalRule)
    amounts = national.model_dump()["bedragen"]
    assert amounts["basis"] == 140_999_997
    assert sum(amounts.values()) == 175_999_998
    rounds = {
        rule.jaar: rule.plafond for rule in rule_sets()["herziening-2024"].regel if isinstance(rule, RevisionRoundRule)
    }
    assert {f"herziening {year}": amount for year, amount in rounds.items()}.items() <= amounts.items()


@pytest.mark.parametrize("town", CEILINGS)
def test_a_grant_may_reach_its_ceiling_and_not_a_cent_more(town: str) -> None:
    most = Decimal(sum(CEILINGS[town]))

    def found(amount: Decimal) -> list[str]:
        tables = grant_tables(grants=[GRANT | {"regeling": OF_2024, "gemeente": town, "bedrag": amount}])
        return [row.wat for row in check_rules(built(tables), raw_book(tables))]

    assert found(most - CENT) == found(most) == []
    (told,) = found(most + CENT)
    assert Money.from_euros(most).dutch() in told


# --- what is not capitalised, in open and in closed years (RG-16) ------------------------------


def built_with(costs: list[Record], start: int = 2024, closed: int | None = None) -> tuple[Case, dict[str, int]]:
    """A case in which M has these cost rows and starts in a year; with years up to one closed."""
    tables = with_grant(OF_2024)
    tables["kosten"] = [{"maatregel": "M", "index": None, **row} for row in costs]
    if closed is not None:
        tables["gestart"] = [{"maatregel": "M", "jaar": start}]
        tables["case"].append({"sleutel": "afgesloten_tot", "waarde": closed})
    return built(tables), {"M": start}


def row(bedrag: object, geactiveerd: str | None, na_jaren: int = 0, kostensoort: str = "verbouwen") -> Record:
    """A row of `kosten`."""
    return {"kostensoort": kostensoort, "na_jaren": na_jaren, "bedrag": bedrag, "geactiveerd": geactiveerd}


def free(costs: list[Record], cost: str, year: int = 2024, closed: int | None = None) -> str:
    """What of a line of M is not capitalised."""
    case, starts = built_with(costs, closed=closed)
    rules, line = Entitlement(case), CostLine("M", "", "", "verbouwen", year)
    part = rules.part_rule(case.source["SPUK"], line)
    assert part is not None
    return str(rules.part(part, starts, line, Money.from_euros(cost)))


@pytest.mark.parametrize(
    ("costs", "cost", "left"),
    [
        ([row(100, "ja")], "100", "0.00"),
        ([row(100, "nee")], "100", "100.00"),
        ([row(100, None)], "100", "100.00"),
        ([row(100, "ja"), row(Decimal("0.01"), "nee")], "100.01", "0.01"),
        ([row(100, "nee"), row(50, "nee", 1)], "100", "100.00"),
        ([row(100, "nee"), row(70, "nee", 0, "afstoten")], "100", "100.00"),
    ],
)
def test_of_an_open_year_the_rows_of_the_line_that_are_not_capitalised(
    costs: list[Record], cost: str, left: str
) -> None:
    assert free(costs, cost) == left


@pytest.mark.parametrize(
    ("costs", "cost", "left"),
    [
        ([row(100, "ja")], "80", "0.00"),
        ([row(100, "nee")], "80", "80.00"),
        ([row(200, "ja"), row(100, "nee")], "100", "33.33"),  # a third, rounded down
        ([row(100, "ja"), row(100, "nee")], "0.03", "0.01"),
        ([row(100, "ja", 1), row(300, "nee", 2)], "80", "60.00"),  # nothing planned in 2024: the whole measure
        ([row(100, "ja", 0, "afstoten")], "80", "80.00"),  # nothing planned at all
    ],
)
def test_of_a_closed_year_the_same_share_of_what_was_spent(costs: list[Record], cost: str, left: str) -> None:
    assert free(costs, cost, closed=2024) == left


# --- a revision: only closing and converting, and never what is capitalised (RG-14 to RG-16) ----


def from_decision(besluit: str | None, *lezingen: str, effect: Record | None = None, **changed: object) -> Tables:
    """A grant of 2024 from a decision of a sort, and a measure with one effect, or none."""
    tables = with_grant(OF_2024, *lezingen, **changed)
    tables["dekking"][0]["beschikking"] = "BES"
    tables["beschikkingen"] = [
        {
            "beschikking": "BES",
            "gemeente": "Rotterdam",
            "regeling": OF_2024,
            "soort": besluit,
            "verleend_in": 2026,
            "bedrag": 10_245_473,
            "herkomst": "B1",
        }
    ]
    if effect is None:
        tables["effecten"] = [dict.fromkeys(tables["effecten"][0])]
    else:
        tables["effecten"][0] |= effect
    return tables


EFFECTS: Final[Mapping[str, tuple[Record | None, str, bool]]] = {
    "closes": ({"zorgvorm": "gesloten", "plaatsen": -1}, "overig", True),
    "converts": ({"zorgvorm": "gesloten", "plaatsen": 4}, "overig", True),
    "opens elsewhere": ({"zorgvorm": "open", "plaatsen": 4}, "overig", False),
    "closes what is open": ({"zorgvorm": "open", "plaatsen": -1}, "afstoten", False),
    "supports": (None, "ondersteuning", True),
    "supports an alternative": (None, "alternatief", False),
}


@pytest.mark.parametrize("soort", [None, "basis", "restant", "herziening"])
@pytest.mark.parametrize(("effect", "sort", "serves"), EFFECTS.values(), ids=EFFECTS)
def test_a_revision_pays_closing_and_converting_alone(
    effect: Record | None, sort: str, serves: bool, soort: str | None
) -> None:
    permission = asked(from_decision(soort, effect=effect, soort=sort), "projectleiding", 2026)
    assert permission.mag is (serves or soort != "herziening")
    if not permission.mag:
        assert permission.regel is not None
        assert permission.regel.id == "TG24-activiteit-herziening"


@pytest.mark.parametrize(
    ("soort", "lezingen", "rule"),
    [
        (None, (), "TG24-geactiveerd"),
        ("restant", (), "TG24-geactiveerd"),
        ("herziening", (), "TG24-geactiveerd-herziening"),
        (None, (CAPITALISED,), None),
        ("restant", (CAPITALISED,), None),
        ("herziening", (CAPITALISED,), "TG24-geactiveerd-herziening"),
    ],
)
@pytest.mark.parametrize("sort", ["verbouwen", "vervangende_nieuwbouw"])
def test_the_reading_lifts_nothing_of_a_revision(
    soort: str | None, lezingen: tuple[str, ...], rule: str | None, sort: str
) -> None:
    closes = {"zorgvorm": "gesloten", "plaatsen": -1}
    part = asked(from_decision(soort, *lezingen, effect=closes), sort, 2026).tot
    assert (part.id if part else None) == rule
    assert part is None or part.rang == ("regeling" if soort == "herziening" else "toelichting")


CATEGORIES_OF_A_REVISION: Final = frozenset(
    (
        *("projectleiding", "bovenregionaal_plan", "vastgoedplan"),  # projectmanagement
        *("afstoten", "tijdelijke_huisvesting"),  # afbouw vastgoed
        *("verbouwen", "vervangende_nieuwbouw"),  # ombouw vastgoed
        *("leegstand", "leegstand_gebouw"),  # leegstand vastgoed
        "frictie_personeel",  # personeelsmobiliteit
    )
)
"""What the five categories of art. 7.1 are made of."""


@pytest.mark.parametrize("sort", sorted(set(COST_SORTS) - set(PLACE_COSTS)))
@pytest.mark.parametrize("named", [None, "opstart, verbouwen"])
@pytest.mark.parametrize("soort", ["basis", "restant", "herziening"])
def test_a_revision_that_says_not_what_for_pays_the_five_categories(soort: str, named: str | None, sort: str) -> None:
    """Its decision decides where it names kostensoorten; other decisions pay all that the regulation lets them."""
    tables = from_decision(soort, effect={"zorgvorm": "gesloten", "plaatsen": -1})
    tables["beschikkingen"][0]["kostensoorten"] = named if soort == "herziening" else None
    may = asked(tables, sort, 2026)
    in_general = TABLE[sort][2] != NO
    if soort == "herziening":
        may_by_it = sort in ("opstart", "verbouwen") if named else sort in CATEGORIES_OF_A_REVISION
        assert may.mag is (in_general and may_by_it)
    else:
        assert may.mag is in_general
    if not may.mag and in_general and not named:
        assert may.regel is not None
        assert may.regel.id == "TG24-activiteit-herziening"


def test_the_categories_of_a_revision_are_those_of_a_request_for_one() -> None:
    (rule,) = of_kind(ActivityRule)
    asked_for = [rule for rule in rule_sets()["herziening-2024"].regel if isinstance(rule, RevisionCategoryRule)]
    assert set(rule.model_dump()["kostensoorten"]) == CATEGORIES_OF_A_REVISION
    assert {sort for category in asked_for for sort in category.kostensoorten} == CATEGORIES_OF_A_REVISION

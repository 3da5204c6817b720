"""The providers in the tariff workbook: whatever cell is changed, every sheet says what Python would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from finance.books.tariff import (
    Draft,
    PlanBasis,
    calculation,
    controls,
    pages,
    plan_deals,
    plan_inputs,
    plan_prices,
    plan_results,
    tariff_book,
)
from finance.case import Case, build_case
from finance.case.words import TARIFF_PARAMETERS
from finance.money import Money
from finance.plan.allocation import Allocation
from finance.tables.pages import Table
from finance.tables.painting import book_of
from finance.tables.places import places_of
from finance.tables.wholeness import Written
from finance.tariff.transition import Transition
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import write_book
from tests.casebook import Tables, raw_book
from tests.finance.books.budget import variants
from tests.finance.books.budget.handmade import hand_plan
from tests.finance.books.tariff.cases import PLANNED, with_tariffs
from tests.finance.books.tariff.live import INFO, Live, agrees

SHEETS = (
    plan_results.page,
    plan_inputs.page,
    plan_deals.page,
    plan_deals.trial_page,
    plan_prices.page,
    calculation.page,
    lambda draft: controls.page(draft, (), Written()),
)
"""The sheets that are compared; what the others say is tested without a plan."""


def basis(allocation: Allocation) -> PlanBasis:
    """A plan made by hand."""
    return PlanBasis(allocation, "basis", "met de hand", bewezen=True)


def differences(live: Live, case: Case, allocation: Allocation) -> list[str]:
    """The cells that a changed workbook shows otherwise than one that is made of the changed case."""
    draft = Draft(case, INFO, plan=basis(allocation))
    made = pages(draft)
    anew = {sheet.naam: sheet.cells for sheet in book_of("", made).sheets}
    numbers = {page.naam: number for number, page in enumerate(live.pages)}
    names = {sheet(draft).naam for sheet in SHEETS}
    wrong = []
    for page in (page for page in made if page.naam in names):
        for table in (block for block in page.blocks if isinstance(block, Table)):
            if table.name == "prijsverschil":
                # Which tariff comes nearest is chosen when the workbook is written.
                continue
            first = live.places.spot(table.name).first
            wrong += [
                f"{table.name} {row} {column.key}"
                for row in range(len(table.rows))
                for at, column in enumerate(table.columns, start=1)
                if column.formula
                and not agrees(anew[page.naam][first + row, at], live.got(numbers[page.naam], (first + row, at)))
            ]
    return wrong


@pytest.fixture(scope="module")
def coupled(tmp_path_factory: pytest.TempPathFactory) -> Live:
    case, allocation = PLANNED["coupled"]()
    return Live(case, tmp_path_factory.mktemp("gekoppeld") / "tarief.xlsx", allocation=allocation)


STEPS = {"fractie": Decimal("0.01"), "personen": Decimal("0.25")}
"""How far a parameter is moved, by its unit; amounts and hours by 500."""
NEW_PLACES = ("<6", 2024)
"""The tariff of the new small places at L2; its index comes from the sheet `tariefindex`."""


@pytest.mark.parametrize("parameter", [name for name in TARIFF_PARAMETERS if name != "index"])
def test_a_parameter_of_a_tariff_reaches_the_result_of_the_providers(parameter: str, coupled: Live) -> None:
    tables = variants.coupled_tables()
    at, row = next(
        (at, row)
        for at, row in enumerate(tables["tarief"])
        if (row["tarief"], row["jaar"], row["parameter"]) == (*NEW_PLACES, parameter)
    )
    old, unit = str(row["waarde"]), TARIFF_PARAMETERS[parameter][1]
    row["waarde"] = new = Decimal("0.85") if parameter == "bezetting" else Decimal(old) + STEPS.get(unit, 500)
    case, allocation = PLANNED["coupled"]()
    changed = build_case(raw_book(tables))
    coupled.type("invoer", "waarde", at, str(new))
    coupled.model.evaluate()
    found = differences(coupled, changed, allocation)
    coupled.type("invoer", "waarde", at, old)
    assert found == []
    totals = [[row.cumulatief for row in Transition(one, allocation).carried] for one in (case, changed)]
    assert totals[0] != totals[1]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Live:
    case, allocation = planned(rich_tables())
    return Live(case, tmp_path_factory.mktemp("rijk") / "tarief.xlsx", allocation=allocation)


def rich_tables() -> Tables:
    """The rich case, with fewer young people in 2024 than the band of its lump sum.

    The costs of its measures, which a plan decides, do not grow with an index that is tested.
    """
    tables = variants.rich_tables()
    for row in tables["kosten"]:
        row["index"] = None
    tables["vraag"][2]["jeugdigen"] = 4
    return tables


def planned(tables: Tables) -> tuple[Case, Allocation]:
    """A case with tariffs and a plan by hand."""
    case = with_tariffs(build_case(raw_book(tables)))
    return case, hand_plan(case, variants.STARTS).allocation


Change = tuple[str, str, tuple[int, ...], str, str, tuple[int, ...], str]
"""A column of the workbook and its rows, that of the input and its rows, and the new value."""
CHANGES: Mapping[str, Change] = {
    "a higher price": ("afspraak", "prijs", (0,), "financiering", "prijs", (0,), "130000.5"),
    "a level above the band": ("afspraak", "niveau", (0,), "financiering", "niveau", (0,), "30"),
    "a level below the band": ("afspraak", "niveau", (2,), "financiering", "niveau", (2,), "60.5"),
    "an agreement that ends": ("afspraak", "niveau", (3,), "financiering", "niveau", (3,), "0"),
    "a wider band": ("afspraak", "band", (2,), "financiering", "bandbreedte", (2,), "0.01"),
    "dearer used places": ("plek", "vol", (4,), "plaatsen", "exploitatie_per_plaats", (4,), "190000"),
    "dearer empty places": ("plek", "leeg", (0,), "plaatsen", "leegstand_per_plaats", (0,), "61234.56"),
    "more growth": ("prijsindex", "percentage", (0,), "indexen", "percentage", (0,), "0.07"),
    "more young people": ("vraag", "jeugdigen", (2,), "vraag", "jeugdigen", (2,), "39.5"),
    "fewer places in use at most": ("plek", "volheid", (0, 2), "zorgvormen", "bezetting_max", (0,), "0.8"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_an_input_of_the_case_reaches_the_result_of_the_providers(name: str, rich: Live) -> None:
    table, column, rows, sheet, key, of_sheet, new = CHANGES[name]
    tables = rich_tables()
    case, allocation = planned(tables)
    for row in of_sheet:
        old = str(tables[sheet][row][key])
        tables[sheet][row][key] = Decimal(new)
    changed, _ = planned(tables)
    for row in rows:
        rich.set(table, column, row, new)
    found = differences(rich, changed, allocation)
    for row in rows:
        rich.set(table, column, row, old)
    assert found == []
    carried = [[row.jaren for row in Transition(one, allocation).carried] for one in (case, changed)]
    assert carried[0] != carried[1]


def test_a_place_that_is_left_reaches_the_result_of_the_providers(rich: Live) -> None:
    case, allocation = planned(rich_tables())
    at, row = (("L1", "gesloten"), 2022), 0
    fewer = replace(allocation, used={**allocation.used, at: Decimal("3.25")})
    rich.set("besluit", "bezet", row, "3.25")
    found = differences(rich, case, fewer)
    rich.set("besluit", "bezet", row, str(allocation.used[at]))
    assert found == []


def test_what_another_pays_reaches_the_result_of_the_providers(rich: Live) -> None:
    case, allocation = planned(rich_tables())
    carried = Transition(case, allocation).carried
    before = float(carried[0].cumulatief.euros)
    spot = rich.places.spot("oordeel")
    number = [page.naam for page in rich.pages].index(spot.sheet)
    old = rich.draft.transition.extra_costs[0].bijdrage
    rich.set("eenmalig", "bijdrage", 0, str(float(old.euros) + 100))
    column = list(spot.letters).index("cumulatief") + 1
    got = rich.got(number, (spot.first, column))
    rich.set("eenmalig", "bijdrage", 0, str(float(old.euros)))
    assert isinstance(got, float)
    assert abs(got - before - 100) < 0.005


def test_too_many_places_in_use_turn_the_control(rich: Live) -> None:
    rich.set("besluit", "bezet", 0, "1000")
    got = rich.got(0, (rich.places.spot("voorbladstand").first, 1))
    rich.set("besluit", "bezet", 0, str(planned(rich_tables())[1].used[("L1", "gesloten"), 2022]))
    assert got == "VOLDOET NIET"
    assert rich.got(0, (rich.places.spot("voorbladstand").first, 1)) == "VOLDOET"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case, allocation = PLANNED["village"]()
    path = tmp_path_factory.mktemp("dorp") / "tarief.xlsx"
    write_book(sealed(tariff_book(case, INFO, plan=basis(allocation))), path)
    return path


def test_the_workbook_with_a_plan_verifies(written: Path) -> None:
    assert verify(written).findings == ()


TAMPERED: Mapping[str, tuple[str, str, str]] = {
    "a level": ("plan", "afspraak", "niveau"),
    "a used place": ("plan", "besluit", "bezet"),
    "a price that is needed": ("prijzen", "prijs_pxq", "nodig"),
    "a result": ("rekenplan", "vormjaar", "resultaat"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_workbook_that_was_tampered_with_is_found(name: str, written: Path, tmp_path: Path) -> None:
    sheet, table, column = TAMPERED[name]
    case, allocation = PLANNED["village"]()
    spot = places_of(pages(Draft(case, INFO, plan=basis(allocation)))).spot(table)
    book = openpyxl.load_workbook(written)
    book[sheet][f"{spot.letter(column)}{spot.first}"] = 1234.56
    book.save(tmp_path / "vals.xlsx")
    found = verify(tmp_path / "vals.xlsx").findings
    assert any(finding.cel == f"{spot.letter(column)}{spot.first}" for finding in found)


def _titles(case: Case, allocation: Allocation) -> list[str]:
    sheets = tariff_book(case, INFO, plan=basis(allocation)).sheets
    return [chart.title for sheet in sheets if sheet.naam == "resultaat" for chart in sheet.charts]


def test_every_provider_has_its_two_charts() -> None:
    case, allocation = PLANNED["rich"]()
    assert len(_titles(case, allocation)) == 2 * len(case.providers)


def test_the_front_says_why_there_is_no_plan() -> None:
    case, _ = PLANNED["rich"]()
    front = tariff_book(case, INFO, without="Er is geen plan mogelijk.").sheets[0]
    assert "Er is geen plan mogelijk." in {cell.value for cell in front.cells.values()}


def test_two_builds_with_a_plan_are_alike() -> None:
    plans = [PLANNED["village"]() for _ in range(2)]
    books = [tariff_book(case, INFO, plan=basis(allocation)) for case, allocation in plans]
    assert books[0] == books[1]


def test_a_plan_by_hand_is_what_the_workbook_shows() -> None:
    """The decisions of the sheet are those of the plan, whoever made it."""
    case = with_tariffs(variants.small())
    allocation = hand_plan(case, variants.STARTS).allocation
    draft = Draft(case, INFO, plan=basis(allocation))
    places = draft.transition.places
    shown = {((row.plek.locatie, row.plek.zorgvorm), row.jaar): row.bezet for row in places}
    assert shown == draft.transition.outcome.used


def test_a_result_says_what_it_rests_on() -> None:
    """The lump sum of the rich case is agreed; of availability nothing is."""
    case, allocation = PLANNED["rich"]()
    made = pages(Draft(case, INFO, plan=basis(allocation)))
    spot = places_of(made).spot("oordeel")
    cells = next(sheet.cells for sheet in book_of("", made).sheets if sheet.naam == spot.sheet)
    at = list(spot.letters).index("berust") + 1
    carried = Transition(case, allocation).carried
    said = [cells[number, at].value for number in range(spot.first, spot.first + len(carried))]
    assert said == [row.berust for row in carried]
    assert {row.berust for row in carried if row.vorm == "lumpsum"} == {"afspraak, verdeling aangenomen"}
    assert "aanname" in said


def _column(case: Case, allocation: Allocation, table: str, column: str) -> list[object]:
    """What the cells of a column of a table show, from top to bottom."""
    made = pages(Draft(case, INFO, plan=basis(allocation)))
    spot = places_of(made).spot(table)
    cells = next(sheet.cells for sheet in book_of("", made).sheets if sheet.naam == spot.sheet)
    at = list(spot.letters).index(column) + 1
    rows = next(
        block.rows for page in made for block in page.blocks if isinstance(block, Table) and block.name == table
    )
    return [cells[number, at].value for number in range(spot.first, spot.first + len(rows))]


def test_liquidity_starts_with_what_there_is_and_pays_interest_on_what_lacks() -> None:
    case, allocation = PLANNED["rich"]()
    own = {"liquide_middelen": Money.from_euros(100_000), "rente": Decimal("0.05")}
    case = replace(case, providers=tuple(row.model_copy(update=own) for row in case.providers))
    lowest = []
    for carried in Transition(case, allocation).carried:
        stand, seen = Money.from_euros(100_000), []
        for year in carried.jaren:
            interest = Money.rounded(max(Fraction(0), -stand.euros) * Fraction(1, 20))
            stand = stand + year.resultaat - interest
            seen.append(stand)
        lowest.append(min(seen))
    shown = _column(case, allocation, "bestuur", "laagste")
    assert [Money.rounded(Fraction(str(value))) for value in shown] == lowest
    assert any(amount < Money(0) for amount in lowest)


def test_the_board_reads_three_sentences_for_each_provider() -> None:
    case, allocation = PLANNED["regional"]()
    best = {row.aanbieder: False for row in case.providers}
    for row in Transition(case, allocation).carried:
        best[row.aanbieder] |= row.draagt
    said = [str(value) for value in _column(case, allocation, "advies", "draagt")]
    for (_, carries), sentence in zip(best.items(), said, strict=True):
        assert sentence.startswith("Komt het over alle jaren uit? " if carries else "Geen vorm komt uit: ")


@pytest.mark.parametrize("name", PLANNED)
def test_every_anchor_holds(name: str) -> None:
    """Making the book holds its cells against what Python computes apart, or raises."""
    case, allocation = PLANNED[name]()
    assert tariff_book(case, INFO, plan=basis(allocation)).sheets

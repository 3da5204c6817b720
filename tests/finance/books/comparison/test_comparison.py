"""Scenarios side by side: each outcome under its name, and live differences with the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import ironcalc
import openpyxl
import pytest

from finance.books.comparison.comparison import Compared, comparison
from finance.case import Case
from finance.plan.allocation import Allocation, Outcome
from finance.tables.grid import Book, Role
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify
from finance.xlsx.write import book_bytes, write_book
from tests.finance.village import VILLAGE, allocation, village

NOTHING = Allocation({"MUST": 2022}, {}, {}, {})


def compared(name: str, plan: Allocation, case: Case | None = None, *, proven: bool = True) -> Compared:
    """The outcome of a plan made by hand."""
    return Compared(name, Outcome(case or village(), plan), proven)


def written(done: Sequence[Compared], folder: Path) -> tuple[Book, list[list[object]]]:
    """The book of a comparison, and its rows as the cached values of a verified file show them."""
    book = comparison(village(), done)
    path = folder / "vergelijking.xlsx"
    write_book(sealed(book), path)
    assert verify(path).findings == ()
    sheet = openpyxl.load_workbook(path, data_only=True)["vergelijking"]
    return book, [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


@pytest.fixture
def rows(tmp_path: Path) -> list[list[object]]:
    """The plan of the village, covered in all years, beside doing next to nothing."""
    covered = village(last=2024, measures=VILLAGE.measures[:8], effects=VILLAGE.effects[:3], costs=VILLAGE.costs[:4])
    starts = {name: year for name, year in allocation().starts.items() if name in covered.measure}
    payments = {
        pair: amount
        for pair, amount in allocation().payments.items()
        if not pair[0].maatregel or pair[0].maatregel in starts
    }
    whole = replace(allocation(), starts=starts, payments=payments)
    return written([compared("basis", whole, covered), compared("2024", NOTHING, proven=False)], tmp_path)[1]


def test_it_says_loudly_what_does_not_close_or_is_not_proven(rows: list[list[object]]) -> None:
    assert rows[3:5] == [["Alle controles"], ["VOLDOET"]]
    assert rows[7:10] == [
        ["Scenario", "Dekking", "Bewijs"],
        ["basis", "SLUITEND", "BEWEZEN OPTIMAAL"],
        ["2024", "NIET SLUITEND", "NIET BEWEZEN OPTIMAAL"],
    ]


def test_goals_stand_side_by_side_and_then_their_differences(rows: list[list[object]]) -> None:
    values, differences = [row for row in rows if row[:1] == ["waardering"]]
    assert (values[1:], differences[1:]) == (["punten", 2.5, 0], ["punten", 0, -2.5])
    values, differences = [row for row in rows if row[:1] == ["eigen_geld"]]
    assert (values[1:], differences[1:]) == (["EUR", 33684.21, 0], ["EUR", 0, -33684.21])


def test_measures_show_their_start_and_nothing_where_they_are_not_chosen(rows: list[list[object]]) -> None:
    assert [row for row in rows if row[:1] in (["MUST"], ["M1"], ["M1B"])] == [
        ["M1", "P1", 2022],
        ["M1B", "P1"],
        ["MUST", "PMUST", 2023, 2022],
        ["M1", "vervalt"],
        ["M1B"],
        ["MUST", "1 jaar eerder"],
    ]


def test_sources_show_what_they_pay_and_the_total(rows: list[list[object]]) -> None:
    head = rows.index(["Betaald uit elke bron"])
    paid = {row[0]: row[2:] for row in rows[head + 2 : head + 8]}
    assert paid["SPUK"] == [526_315.8, 0]
    assert paid["PXQ"] == [1_100_000, 0]
    assert rows[head + 8] == ["Totaal", pytest.approx(sum(row[0] for row in paid.values())), 0]


def test_what_a_scenario_calls_otherwise_is_not_lost(tmp_path: Path) -> None:
    measures = [row | ({"maatregel": "M1C"} if row["maatregel"] == "M1B" else {}) for row in VILLAGE.measures]
    sources = [row | ({"bron": "RIJK"} if row["bron"] == "SPUK" else {}) for row in VILLAGE.sources]
    other = compared("anders", Allocation({"M1C": 2022}, {}, {}, {}), village(measures=measures, sources=sources))
    _, rows = written([compared("basis", NOTHING), other], tmp_path)
    assert ["M1C", "P1", 2022] in rows
    assert ["M1B", "P1"] in rows
    assert ["RIJK", "spuk", 0, 0] in rows


def test_it_says_what_the_present_cost_adds_up(rows: list[list[object]]) -> None:
    assert ["kosten_ncw: Alle kosten op prijspeil, contant gemaakt; een keer afgerond, aan het eind."] in rows


def test_only_outcomes_are_pasted(tmp_path: Path) -> None:
    book, _ = written([compared("basis", allocation()), compared("niets", NOTHING)], tmp_path)
    pasted = [
        cell
        for cell in book.sheets[0].cells.values()
        if not cell.formula and not isinstance(cell.value, str | None) and cell.role is not Role.DECISION
    ]
    assert pasted == []


def test_equal_outcomes_give_equal_bytes() -> None:
    done = [compared("basis", allocation()), compared("niets", NOTHING)]
    again = [compared("basis", allocation()), compared("niets", NOTHING)]
    assert book_bytes(comparison(village(), done)) == book_bytes(comparison(village(), again))


# --- the sheets with years, and the charts ---------------------------------------------------


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[object]]]:
    """The rows of every sheet: the plan of the village, beside doing next to nothing."""
    path = tmp_path_factory.mktemp("naast") / "vergelijking.xlsx"
    done = [compared("basis", allocation()), compared("niets", NOTHING)]
    write_book(sealed(comparison(village(), done)), path)
    assert verify(path).findings == ()
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        for sheet in book
    }


def test_the_sheets_stand_in_this_order(sheets: dict[str, list[list[object]]]) -> None:
    assert list(sheets) == [
        "vergelijking",
        "beelden",
        "plaatsen",
        "tekort",
        "dekking",
        "controles",
        "kwaliteit",
        "zegel",
    ]


def test_places_of_each_form_and_year_and_their_differences(sheets: dict[str, list[list[object]]]) -> None:
    """M1 takes four closed places and adds four open ones in 2023; in 2025 four more go."""
    rows = sheets["plaatsen"]
    assert [row for row in rows if row[:2] == ["gesloten", 2023]] == [
        ["gesloten", 2023, 4, 10],
        ["gesloten", 2023, 0, 6],
    ]
    assert [row for row in rows if row[:2] == ["open", 2023]] == [["open", 2023, 8, 4], ["open", 2023, 0, -4]]
    assert [2023, 12, 14] in rows


def test_shortage_of_each_form_and_of_each_year(sheets: dict[str, list[list[object]]]) -> None:
    rows = sheets["tekort"]
    expected = [["open", 2024, 0.5, 8.5], ["open", 2024, 0, 8]]
    assert [row for row in rows if row[:2] == ["open", 2024]] == expected
    assert [2024, 0.5, pytest.approx(12.1)] in rows


def test_cost_less_cover_is_the_gap_of_each_year_and_of_all(sheets: dict[str, list[list[object]]]) -> None:
    rows = sheets["dekking"]
    outcome = Outcome(village(), allocation())
    gap = sum(amount.cents for line, amount in outcome.gaps.items() if line.jaar == 2025) / 100
    (cost, paid, left) = [row for row in rows if row[:1] == [2025]]
    assert (cost[1], paid[1], left[1]) == (gap, 0, gap)
    assert rows[-1][0] == "Totaal"
    assert rows[-1][1] == pytest.approx(outcome.goals["ongedekt"].cents / 100)  # type: ignore[union-attr]


def test_the_charts_draw_goals_and_money_of_each_scenario(sheets: dict[str, list[list[object]]]) -> None:
    head = next(row for row in sheets["beelden"] if row[:2] == ["Scenario", "SPUK"])
    paid = next(row for row in sheets["beelden"] if row[:1] == ["basis"])
    assert dict(zip(head, paid, strict=True))["PXQ"] == 1_100_000
    book = comparison(village(), [compared("basis", allocation()), compared("niets", NOTHING)])
    charts = {chart.title: len(chart.series) for sheet in book.sheets for chart in sheet.charts}
    assert charts == {
        "Betaald per scenario, naar bron, en wat ongedekt blijft": 7,
        "Doelen in plaatsjaren": 3,
        "Doelen in euro": 3,
        "Contante waarde van alle kosten": 1,
        "Plaatsen per jaar": 2,
        "Tekort aan plaatsen per jaar": 2,
        "Ongedekt per jaar": 2,
    }


def test_no_chart_of_goals_cuts_off_what_the_scenarios_share() -> None:
    book = comparison(village(), [compared("basis", allocation()), compared("niets", NOTHING)])
    charts = {chart.title: chart.from_zero for sheet in book.sheets for chart in sheet.charts}
    for title in ("Contante waarde van alle kosten", "Doelen in euro", "Plaatsen per jaar"):
        assert charts[title], title


def test_sources_show_their_differences(sheets: dict[str, list[list[object]]]) -> None:
    rows = [row for row in sheets["vergelijking"] if row[:1] == ["SPUK"]]
    assert rows == [["SPUK", "spuk", 526_315.8, 0], ["SPUK", 0, -526_315.8]]


SPOILS = ("een tekst", "een getal als tekst", "een leeggemaakte cel", "een verwijderde rij")


@pytest.mark.parametrize("way", SPOILS)
@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("vergelijking", "eigen_geld"),
        ("vergelijking", "PXQ"),
        ("plaatsen", "gesloten"),
        ("tekort", "open"),
        ("dekking", 2023),
    ],
)
def test_a_spoiled_outcome_fails_the_controls(way: str, sheet: str, row: object, tmp_path: Path) -> None:
    """Totals left out what was no number any more, and nothing on the first sheet said so."""
    path = tmp_path / "vergelijking.xlsx"
    write_book(comparison(village(), [compared("basis", allocation()), compared("niets", NOTHING)]), path)
    written = openpyxl.load_workbook(path)
    line = next(at for at, (value, *_) in enumerate(written[sheet].values, start=1) if value == row)
    number = max(cell.column for cell in written[sheet][line] if isinstance(cell.value, int | float))
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    at = written.sheetnames.index(sheet)
    match way:
        case "een tekst":
            model.update_cell_with_text(at, line, number, "onbekend")
        case "een getal als tekst":
            model.update_cell_with_text(at, line, number, " 1.5")
        case "een leeggemaakte cel":
            model.clear_cell_contents(at, line, number)
        case _:
            model.delete_rows(at, line, 1)
    assert model.get_cell_value(0, 5, 1) == "VOLDOET"
    model.evaluate()
    assert model.get_cell_value(0, 5, 1) == "VOLDOET NIET"


# --- the sentences ---------------------------------------------------------------------------


def told(done: Sequence[Compared], folder: Path) -> list[object]:
    """The sentences on the first sheet."""
    _, rows = written(done, folder)
    head = rows.index(["Scenario", "Wat er anders is"])
    return [row[1] for row in rows[head + 1 : head + len(done)]]


def test_a_sentence_says_what_a_scenario_chooses_and_costs_otherwise(tmp_path: Path) -> None:
    """Twelve measures less: 33.7 - 0.5 place-years, 2,400,000 - 360,100 uncovered, all of the grant goes back."""
    (sentence,) = told([compared("basis", allocation()), compared("niets", NOTHING)], tmp_path)
    assert sentence == (
        "12 maatregelen anders: M1 vervalt, M2 vervalt, M3 vervalt en nog 9 andere; tekort 33.2 plaatsjaren meer;"
        " ongedekt 2.04 miljoen euro meer; eigen geld 34084 euro minder; uitkering die niet wordt besteed"
        " 526316 euro meer."
    )


@pytest.mark.parametrize(
    ("starts", "choices"),
    [
        ({"MUST": 2023}, "1 maatregel anders: MUST 1 jaar later"),
        ({"M1B": 2023}, "2 maatregelen anders: M1B erbij, MUST vervalt"),
        ({"M1B": 2023, "M2": 2022}, "3 maatregelen anders: M1B erbij, M2 erbij, MUST vervalt"),
        (
            {"M1B": 2023, "M2": 2022, "NEW": 2024},
            "4 maatregelen anders: M1B erbij, M2 erbij, MUST vervalt en nog 1 andere",
        ),
    ],
)
def test_three_other_choices_are_named_and_the_rest_is_counted(
    starts: dict[str, int], choices: str, tmp_path: Path
) -> None:
    (sentence,) = told([compared("basis", NOTHING), compared("anders", Allocation(starts, {}, {}, {}))], tmp_path)
    assert str(sentence).startswith(f"{choices}; ")


def test_the_sentence_follows_a_changed_number(tmp_path: Path) -> None:
    """Up to a million euro an amount stands in whole euros, from there on in millions."""
    path = tmp_path / "vergelijking.xlsx"
    write_book(comparison(village(), [compared("basis", NOTHING), compared("niets", NOTHING)]), path)
    sheet = openpyxl.load_workbook(path, data_only=True)["vergelijking"]
    money = next(row for row in sheet.iter_rows() if row[0].value == "ongedekt")
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    for more, words in (
        (-0.01, "nog geen euro minder"),
        (999_999, "999999 euro meer"),
        (1_000_000, "1 miljoen euro meer"),
        (-1_255_000, "1.26 miljoen euro minder"),
        (0, "gelijk"),
    ):
        model.set_user_input(0, int(money[3].row or 0), 4, str(2_400_000 + more))
        model.evaluate()
        told = next(
            str(model.get_cell_value(0, line, 2))
            for line in range(1, 30)
            if "tekort " in str(model.get_cell_value(0, line, 2))
        )
        assert f"; ongedekt {words}; " in told


def test_a_scenario_that_is_the_same_says_so(tmp_path: Path) -> None:
    (sentence,) = told([compared("basis", allocation()), compared("zelfde", allocation())], tmp_path)
    assert sentence == (
        "dezelfde maatregelen in dezelfde jaren; tekort gelijk; ongedekt gelijk; eigen geld gelijk;"
        " uitkering die niet wordt besteed gelijk."
    )


def test_one_scenario_alone_has_no_sentence(tmp_path: Path) -> None:
    _, rows = written([compared("basis", allocation())], tmp_path)
    assert ["Scenario", "Wat er anders is"] not in rows

"""Rows that are found by their number: what stands elsewhere is never counted, and turns the controls."""

from __future__ import annotations

import pytest

from tests.finance.books.budget import variants
from tests.finance.books.budget.live import Live

FAILED = "VOLDOET NIET"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    return Live(variants.rich(), variants.STARTS, tmp_path_factory.mktemp("wijzers") / "begroting.xlsx")


def _index(number: object) -> int:
    """A row number of the workbook, counted from 0."""
    assert isinstance(number, float)
    return int(number) - 1


def test_a_line_finds_its_rows_by_number(live: Live) -> None:
    for row, key in enumerate(live.column("lijn", "regel")):
        found = [("kost.regel", live.get("rekenlijn", "rij_kosten", row))]
        found += [
            (f"bezetting.regel_{sort}", live.get("rekenlijn", f"rij_{sort}", row))
            for sort in ("exploitatie", "leegstand")
        ]
        there = [live.get(*column.split("."), _index(at)) for column, at in found if at]
        assert there == [key]


@pytest.mark.parametrize("number", [0, 1, 9999])
def test_a_number_that_leads_elsewhere_turns_the_controls(live: Live, number: int) -> None:
    other = live.anew()
    line = other.find("lijn", kostensoort="projectleiding")
    assert other.get("stand", "controles") == 0
    other.put("rekenlijn", "wijzer", line, number)
    assert other.get("rekenlijn", "rij_kosten", line) == 0
    assert other.get("stand", "oordeel") == FAILED


def test_two_cost_rows_that_change_places_turn_the_controls(live: Live) -> None:
    """Whoever pastes a row in another place sees that the workbook no longer adds up."""
    other = live.anew()
    filled = [row for row, key in enumerate(other.column("kost", "regel")) if key]
    first, second = filled[0], filled[-1]
    one, two = other.get("kost", "regel", first), other.get("kost", "regel", second)
    other.put("kost", "regel", first, str(two))
    other.put("kost", "regel", second, str(one))
    assert other.get("stand", "oordeel") == FAILED


def test_a_text_for_a_row_number_turns_the_controls(live: Live) -> None:
    for table in ("frictielijn", "leegstandlijn", "rekenlijn"):
        other = live.anew()
        other.put(table, "wijzer" if table == "rekenlijn" else "rij", 0, "twaalf")
        assert other.get("stand", "oordeel") == FAILED


def test_a_changed_amount_reaches_its_line(live: Live) -> None:
    other = live.anew()
    line = other.find("lijn", kostensoort="projectleiding")
    row = _index(other.get("rekenlijn", "rij_kosten", line))
    before = other.get("lijn", "kosten", line)
    other.put("kosten", "bedrag", row, float(str(other.get("kosten", "bedrag", row))) * 2)
    assert other.get("lijn", "kosten", line) == pytest.approx(2 * float(str(before)), abs=0.01)


@pytest.mark.parametrize("table", ["rekenbetaling", "kost", "effect"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_row_that_stood_elsewhere_is_found_all_the_same_and_told(live: Live, table: str, number: int) -> None:
    other = live.anew()
    found = "rij_regel" if table == "rekenbetaling" else "rij"
    before = other.column(table, found)
    for row in range(len(before)):
        other.model.set_user_input(*other.at(table, "wijzer", row), str(number))
    other.model.evaluate()
    assert other.column(table, found) == before
    assert other.get("stand", "controles") == 1


def test_a_payment_that_moves_to_another_line_is_counted_nowhere_and_turns_the_controls(live: Live) -> None:
    """A line counts the payments among the rows that were its own; what says that it is of another line is not it."""
    other = live.anew()
    at = other.find("betaling", kostensoort="projectleiding")
    amount = other.get("betaling", "bedrag", at)
    assert isinstance(amount, float)
    old = other.find("lijn", regel=other.get("betaling", "regel", at))
    new = old + 1
    paid = [other.get("lijn", "betaald", row) for row in (old, new)]
    other.put("betaling", "regel", at, str(other.get("lijn", "regel", new)))
    assert [other.get("lijn", "betaald", row) for row in (old, new)] == [
        pytest.approx(float(str(paid[0])) - amount),
        paid[1],
    ]
    assert other.get("betaaltotaal", "dekking") == pytest.approx(
        float(str(other.get("betaaltotaal", "betaald"))) - amount
    )
    assert other.get("stand", "oordeel") == FAILED


@pytest.mark.parametrize(("table", "total"), [("kosten", "kosten_op_plek"), ("effecten", "effecten_op_plek")])
def test_a_row_of_the_input_that_moves_to_another_measure_turns_the_controls(
    live: Live, table: str, total: str
) -> None:
    """A measure counts the rows that were its own, whichever others say that they are of it."""
    other = live.anew()
    names = other.column("maatregelen", "maatregel")
    own = other.get(table, "maatregel", 0)
    rows = other.get("rijtotaal", table)
    assert (other.get("rijtotaal", total), other.get("stand", "controles")) == (rows, 0)
    other.put(table, "maatregel", 0, str(next(name for name in reversed(names) if name != own)))
    assert other.get("rijtotaal", total) == float(str(rows)) - 1
    assert other.get("stand", "oordeel") == FAILED


def test_a_measure_by_the_name_of_another_turns_the_controls(live: Live) -> None:
    other = live.anew()
    first, second = other.column("maatregelen", "maatregel")[:2]
    other.put("maatregelen", "maatregel", 1, str(first))
    assert first != second
    assert other.get("stand", "oordeel") == FAILED


def test_a_variant_of_another_project_turns_the_controls(live: Live) -> None:
    """Whether one variant of a project is chosen is asked of the rows that were its own."""
    other = live.anew()
    projects = other.column("maatregelen", "project")
    assert projects[0] != projects[-1]
    other.put("maatregelen", "project", len(projects) - 1, str(projects[0]))
    assert other.get("stand", "oordeel") == FAILED

"""The tables of the regulations in the guide: that they are those of the rule files, and what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.case.words import COST_SORTS
from finance.rules.library import readings, regulations
from finance.rules.side_by_side import END, START, in_guide, side_by_side

ROOT = Path(__file__).parents[3]


def rows(*heads: str) -> list[list[str]]:
    """The rows of the first table with these first heads."""
    lines = side_by_side().splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(f"| {' | '.join(heads)} |"))
    found = []
    for line in lines[at:]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def test_the_tables_in_the_guide_are_those_of_the_rules() -> None:
    guide = (ROOT / "docs" / "handleiding.md").read_text("utf-8")
    assert in_guide(guide) == guide, "run `python -m templates`"


@pytest.mark.parametrize("text", ["", START, END])
def test_a_guide_without_a_place_for_them_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        in_guide(text)


def test_what_stands_around_the_tables_stays() -> None:
    made = in_guide(f"voor {START} oud {END} na")
    assert made.startswith(f"voor {START}\n")
    assert made.endswith(f"{END} na")
    assert "oud" not in made


def test_every_kostensoort_has_a_verdict_of_every_regulation_oldest_first() -> None:
    head, _, *found = rows("kostensoort")
    assert head == ["kostensoort", "vastgoedtransitie-2020", "residentieel-2021", "transformatie-2024"]
    assert set(head[1:]) == set(regulations())
    assert [row[0] for row in found] == list(COST_SORTS)
    assert all(cell for row in found for cell in row)


def test_a_verdict_says_its_rank_its_article_and_what_limits_it() -> None:
    said = {row[0]: row for row in rows("kostensoort")}
    assert said["vastgoedplan"][1:3] == ["ja (notitie; par. 4.7, toegestaan)", "ja (regeling; art. 4.2 onder c)"]
    assert said["projectleiding"][2] == "ja (regeling; art. 4.2 onder a); let op deelplafond"
    assert said["vervangende_nieuwbouw"][2] == "ja (regeling; art. 4.2 onder f); let op gekoppelde sluiting"
    assert said["opstart"][1:3] == [
        "nee (notitie; par. 4.7, niet toegestaan)",
        "nee (toelichting; art. 4.2, niet genoemd)",
    ]


def test_every_reading_of_a_regulation_is_told() -> None:
    told = {row[0] for row in rows("lezing")[2:]}
    assert told <= set(readings())
    assert {"verlenging-2026", "leegstand-door-transitie", "tijdelijke-huisvesting"} <= told


def test_the_window_that_closes_first_stands_on_top() -> None:
    found = [(row[0], row[2], row[3]) for row in rows("regeling")[2:]]
    assert found[:5] == [
        ("vastgoedtransitie-2020", "31-12-2024", "geen"),
        ("residentieel-2021", "31-12-2026", "geen"),
        ("residentieel-2021 driemilieu", "31-12-2026", "geen"),
        ("residentieel-2021 separeerruimten", "31-12-2026", "geen"),
        ("vastgoedtransitie-2020", "31-12-2026", "verlenging-2026"),
    ]


def test_what_there_is_in_the_country_is_told() -> None:
    found = {(row[0], row[1]): row[2] for row in rows("regeling", "waarvoor")[2:]}
    assert found["residentieel-2021", "gesloten"] == "33.500.000"
    assert found["residentieel-2021", "separeerruimten"] == "5.000.000"
    assert found["residentieel-2021", "driemilieu"] == "50.000.000"


def test_the_ceilings_of_every_part_stand_beside_each_other() -> None:
    head, _, *found = rows("gemeente")
    of = {row[0]: dict(zip(head, row, strict=True)) for row in found}
    assert of["Rotterdam"]["vastgoedtransitie-2020"] == "10.245.473"
    assert of["Ermelo"]["residentieel-2021 separeerruimten"] == "80.483"
    assert of["Tilburg"]["residentieel-2021 driemilieu"] == "10.748.462"
    assert of["Tilburg"]["vastgoedtransitie-2020"] == ""

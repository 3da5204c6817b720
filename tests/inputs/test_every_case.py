"""What holds for every case that is shipped: it is its script's, and says what it rests on."""

from __future__ import annotations

import importlib
import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from finance.case import Case, RawBook, build_case, read_case
from finance.rules import check_rules
from finance.scenarios import check_scenarios
from finance.xlsx.read import read_book

INPUTS: Final = Path(__file__).parents[2] / "inputs"
CASES: Final = sorted(path.stem for path in INPUTS.glob("*.xlsx"))
EVERY: Final = pytest.mark.parametrize("name", CASES)

KNOWN_FACTS: Final = (
    "ZW-B2",
    "ZW-B3",
    "ZW-B4",
    "ZW-C1",
    "ZW-C2",
    "ZW-C3",
    "ZW-C4",
    "ZW-C6",
    "ZW-C9",
    "ZW-F1",
    "ZW-F2",
    "ZW-F3",
    "ZW-F4",
    "ZW-F5",
    "ZW-F6",
    "ZW-R1",
    "ZW-R2",
    "ZW-R3",
    "ZW-R5",
    "NO-C1",
    "NO-C2",
    "NO-F1",
    "NO-P1",
    "NO-P2",
    "FL-C1",
    "FL-C2",
    "FL-C3",
    "FL-C4",
    "FL-P1",
    "OO-C1",
    "OO-C2",
    "OO-C3",
    "OO-C4",
    "OO-F2",
    "OO-P1",
    "OO-P2",
    "OO-P3",
    "OO-P4",
    "BG-F1",
    "RG-1",
    "RG-2",
    "RG-4",
    "RG-9",
    "RG-11",
    "RG-12",
    "RG-13",
    "RG-14",
    "RG-18",
    "RG-19",
    "RG-20",
    "RG-21",
    "TA-2",
    "TA-3",
    "TA-4",
    "TA-8",
    "KO-2",
    "CA-1",
    "CA-2",
    "CA-3",
    "CA-4",
    "EC-1",
    "EC-2",
)
"""The facts that a row of soort bron may cite; anything else is an assumption."""
CODE: Final = re.compile(r"\b(?:(?:ZW|OO|NO|FL|BG|RG|TA|EC|KO|CA)-[A-Z]?\d+|A-[A-Z]+\d*)\b")


@cache
def book(name: str) -> RawBook:
    """The tables of a committed workbook."""
    return read_book(INPUTS / f"{name}.xlsx")


@cache
def case(name: str) -> Case:
    """A case as it stands."""
    return build_case(book(name))


def cited_in_texts(name: str) -> set[str]:
    """The codes that a toelichting names."""
    rows = (*case(name).provenance, *case(name).setting_rows)
    return {code for row in rows for code in CODE.findall(row.toelichting)}


@EVERY
def test_workbook_is_what_the_script_writes(name: str, tmp_path: Path) -> None:
    """A change of the workbook is always a change of its text."""
    importlib.import_module(f"maak_{name.replace('-', '_')}").write(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (INPUTS / f"{name}.xlsx").read_bytes()


@EVERY
def test_there_are_no_findings(name: str) -> None:
    _, findings = read_case(book(name))
    assert findings == ()
    assert list(check_rules(case(name), book(name))) == []
    assert check_scenarios(book(name), case(name), check_rules) == []


@EVERY
def test_sourced_rows_cite_known_facts(name: str) -> None:
    assert {row.code for row in case(name).provenance if row.soort == "bron"} <= set(KNOWN_FACTS)


@EVERY
def test_assumptions_say_so_and_why(name: str) -> None:
    for row in case(name).provenance:
        assert (row.soort == "aanname") == row.code.startswith("A-")
        assert row.soort == "bron" or row.toelichting


@EVERY
def test_every_code_in_a_text_is_explained(name: str) -> None:
    assert cited_in_texts(name) <= {row.code for row in case(name).provenance}


@EVERY
def test_every_provenance_row_is_cited(name: str) -> None:
    """Nothing is listed to impress: each row stands in a herkomst cell or in a toelichting."""
    used = {
        str(row.cellen["herkomst"])
        for sheet in book(name).bladen.values()
        for row in sheet.rijen
        if "herkomst" in row.cellen
    }
    assert {row.code for row in case(name).provenance} <= used | cited_in_texts(name)


@EVERY
def test_costs_of_measures_are_assumptions(name: str) -> None:
    soort = {row.code: row.soort for row in case(name).provenance}
    named = {row.herkomst or case(name).measure[row.maatregel].herkomst for row in case(name).costs}
    assert {soort[code] for code in named} == {"aanname"}

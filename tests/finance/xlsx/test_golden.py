"""The file itself, part by part: layout, styles and a chart are what they were."""

from __future__ import annotations

import pytest

from tests.finance.xlsx.golden import FOLDER, PARTS, parts


@pytest.mark.parametrize("name", PARTS.values())
def test_a_part_of_a_workbook_is_what_it_was(name: str) -> None:
    """Where the change is meant: `python -m tests.finance.xlsx.golden`, and read what `git diff` shows."""
    assert parts()[name].splitlines() == (FOLDER / name).read_text("utf-8").splitlines()


def test_no_golden_text_is_left_behind() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.xml")) == sorted(PARTS.values())

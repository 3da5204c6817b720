"""Numbers behind options, read as in cells."""

from __future__ import annotations

import pytest

from spuk.errors import WrongUsageError
from spuk.options import whole_number

READ = whole_number("--aantal", 1, 100_000)


@pytest.mark.parametrize(
    ("text", "number"), [("3", 3), (3, 3), ("1.000", 1000), ("100.000", 100_000), ("1 000", 1000), ("1", 1)]
)
def test_a_whole_number_is_read_as_it_is_written(text: str | int, number: int) -> None:
    assert READ(text) == number


@pytest.mark.parametrize("text", ["0", "100.001", "-3", "1,5", "1.0", "1,000", "1e3", "drie", "", "1.00"])
def test_what_is_no_whole_number_within_bounds_is_refused(text: str) -> None:
    with pytest.raises(WrongUsageError, match="Achter --aantal hoort een geheel getal van 1 tot en met 100000"):
        READ(text)

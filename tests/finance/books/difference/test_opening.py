"""Names of two workbooks that are compared: short, and never the same for two files."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance.books.difference.opening import names_apart


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ("/w/dorp/basis/b.xlsx", "/w/dorp/duur/b.xlsx", ("basis/b.xlsx", "duur/b.xlsx")),
        ("/w/v1/basis/b.xlsx", "/w/v2/basis/b.xlsx", ("v1/basis/b.xlsx", "v2/basis/b.xlsx")),
        ("/v1/a/basis/b.xlsx", "/v2/a/basis/b.xlsx", ("v1/a/basis/b.xlsx", "v2/a/basis/b.xlsx")),
        ("/a/b.xlsx", "/x/a/b.xlsx", ("a/b.xlsx", "x/a/b.xlsx")),
        ("/a.xlsx", "/b.xlsx", ("a.xlsx", "b.xlsx")),
        ("/w/a.xlsx", "/w/b.xlsx", ("w/a.xlsx", "w/b.xlsx")),
    ],
)
def test_two_workbooks_are_called_by_what_tells_them_apart(one: str, other: str, names: tuple[str, str]) -> None:
    assert names_apart(Path(one), Path(other)) == names

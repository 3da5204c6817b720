"""Python's collector of garbage: off while a model is built, and afterwards as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from finance.collector import collector_off


@pytest.fixture(autouse=True)
def _on_again() -> Iterator[None]:
    """Leave the collector on for the tests that follow."""
    yield
    gc.enable()


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_off_inside_and_then_as_it_was(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    with collector_off():
        assert not gc.isenabled()
    assert gc.isenabled() is was_on


@pytest.mark.parametrize("was_on", [True, False])
def test_an_error_leaves_the_collector_as_it_was(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    with pytest.raises(ValueError, match="halverwege"), collector_off():
        raise ValueError("halverwege")
    assert gc.isenabled() is was_on

"""How the tests run: the same examples every time, and no clock on a machine that others use too.

`pytest --hypothesis-profile=zoeken` looks for new examples instead.
"""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import settings

settings.register_profile("vast", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("zoeken", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("vast")

LONGEST: Final = "test_every_workbook.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: a long file that came last would keep one processor waiting."""
    items.sort(key=lambda item: (item.path.name != LONGEST, "spuk" not in item.path.parts))

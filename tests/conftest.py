"""How the tests run: the same examples every time, and no clock on a machine that others use too.

`pytest --hypothesis-profile=zoeken` looks for new examples instead.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("vast", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("zoeken", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("vast")

"""Tiny random cases with what regions say besides, laid over those of `tests.models.strategies`.

Each feature is put on top by itself, so that the cases of that module stay the ones that they were.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tests.casebook import Record
from tests.models.bare import Bare
from tests.models.strategies import Choose, tiny_case

Feature = Callable[[Choose, Bare], Bare]
"""Puts one thing on top of a case."""


def wider_case(seed: int) -> Bare:
    """A tiny case with some features, chosen by a random number."""
    choose = random.Random(f"wider {seed}").choice
    bare = tiny_case(choose)
    for feature in FEATURES:
        if choose((True, True, False)):
            bare = feature(choose, bare)
    return bare


def choices(choose: Choose, bare: Bare) -> Bare:
    """Now and then a measure that must or must not be chosen."""
    rows: list[Record] = []
    for row in bare.measures:
        taken = any(other["keuze"] == "moet" and other["project"] == row["project"] for other in rows)
        options: Sequence[str | None] = (None, None, "mag", "niet", *(() if taken else ("moet",)))
        rows.append(row | {"keuze": choose(options)})
    return replace(bare, measures=[row | {"verplicht": None} if row["keuze"] == "niet" else row for row in rows])


FEATURES: Final[tuple[Feature, ...]] = (choices,)

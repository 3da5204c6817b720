"""An approved plan: the decisions that a new plan keeps where it can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Decided = Mapping[str, int | None]
"""The start year of some measures; None for one that does not start."""


@dataclass(frozen=True)
class Approval:
    """An approved plan.

    Attributes:
        starts: the start year of each measure that it chose.
        ruimte: how many decisions may change besides those that must.
    """

    starts: Mapping[str, int]
    ruimte: int = 0

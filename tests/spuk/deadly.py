"""Work that ends its worker, or says who it is; in a module of its own, since every worker imports it."""

from __future__ import annotations

import os
from typing import Final

from finance.uncertainty.draws import DrawResult, failed_draw
from finance.uncertainty.sampling import Draw
from spuk.commands.sweep.work import Shared

DEADLY: Final = 3
"""The draw that ends every worker that takes it up."""


def deadly(_: Shared, draw: Draw) -> DrawResult:
    """Give an outcome at once, unless the draw is the one that ends its worker."""
    if draw.nummer == DEADLY:
        os._exit(1)
    return failed_draw(draw.nummer, "", "")


def says_who(_: Shared, draw: Draw) -> DrawResult:
    """Give the number of the process of the worker as the outcome."""
    return failed_draw(draw.nummer, str(os.getpid()), "")

"""For continuous integration: the base plan of each case, its ids renamed and its rows reversed, to the odd cent."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import Final

from finance.case import build_case
from finance.xlsx.read import read_book
from tests.models.renaming import Plain, both_ways, furthest

ODD: Final = 3
"""Cents that a division may put elsewhere."""
SHARE: Final = Decimal("1e-8")
"""Of a place: less than a cent of what one costs."""


def differences(one: Plain, other: Plain) -> list[str]:
    """What two plans of a case under other names do not share."""
    used = max(
        (abs(one.used.get(k, Decimal(0)) - other.used.get(k, Decimal(0))) for k in one.used | other.used), default=0
    )
    found = {
        "start years": one.starts != other.starts,
        f"used places differ by {used}": used > SHARE,
        f"payments differ by {furthest(one.paid, other.paid)} cents": furthest(one.paid, other.paid) > ODD,
        f"gaps differ by {furthest(one.gaps, other.gaps)} cents": furthest(one.gaps, other.gaps) > ODD,
    }
    return [what for what, wrong in found.items() if wrong]


def main(paths: list[str]) -> int:
    """Plan each case both ways; the number of cases in which names or the order of rows decide something."""
    wrong = 0
    for path in paths:
        book = read_book(Path(path))
        found = differences(*both_ways(book, build_case(book)))
        sys.stdout.write(f"{path}: {'; '.join(found) or 'names decide nothing'}\n")
        wrong += bool(found)
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The work of one draw, as any worker does it: change the tables, check, solve, judge, keep little."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from finance.case import RawBook, read_case
from finance.case.sheets import Uncertainty
from finance.compliance import require_compliance
from finance.findings import Finding, FindingsError, SpukError
from finance.rules import Entitlement, check_rules
from finance.uncertainty.draws import DrawResult, failed_draw, result_of
from finance.uncertainty.sampling import Draw, drawn_book
from spuk.version import toolkit_version

LISTED: Final = 5
"""The most findings of a draw that its message lists."""
_ONE_AT_A_TIME: Final = threading.Lock()


@dataclass(frozen=True)
class Shared:
    """What every draw of a sweep starts from; it goes to each worker once.

    Attributes:
        book: the tables, with the scenario carried out.
        rows: the rows of `onzekerheid`.
        seconds: the time limit of each draw; None for none.
    """

    book: RawBook
    rows: tuple[Uncertainty, ...]
    seconds: float | None


Solving = Callable[[Shared, Iterable[Draw]], Iterator[DrawResult]]
"""Solves draws, and gives each outcome as soon as it is there, in any order."""


def maker() -> str:
    """The versions of toolkit and solver: outcomes of other versions are not mixed."""
    from models import solver_name

    return f"{toolkit_version()}; {solver_name()}"


def solve_draw(shared: Shared, draw: Draw) -> DrawResult:
    """Solve one draw; whatever goes wrong with it is its outcome, so that the others go on."""
    try:
        # A worker with threads of its own would solve in more than one of them at once.
        with _ONE_AT_A_TIME:
            return _solved(shared, draw)
    except FindingsError as error:
        return failed_draw(draw.nummer, _told(error.findings), maker())
    except SpukError as error:
        return failed_draw(draw.nummer, str(error), maker())
    except Exception as fault:
        return failed_draw(
            draw.nummer,
            f"Fout in de toolkit: {type(fault).__name__}: {fault}. Meld dit aan de makers.",
            maker(),
        )


def _solved(shared: Shared, draw: Draw) -> DrawResult:
    from models import arrays_of, make_plan

    book, refused = drawn_book(shared.book, shared.rows, draw.waarden)
    case, findings = read_case(book)
    found = [*refused, *findings]
    if case is not None and not found:
        found = list(check_rules(case, book))
    if case is None or found:
        raise FindingsError(found)
    entitlement = Entitlement(case)
    plan = make_plan(case, entitlement, shared.seconds, arrays=arrays_of)
    require_compliance(case, plan.allocation)
    return result_of(draw.nummer, case, plan, maker())


def _told(findings: tuple[Finding, ...]) -> str:
    more = len(findings) - LISTED
    return " ".join(map(str, findings[:LISTED])) + (f" En nog {more} bevindingen." if more > 0 else "")


def solve_here(shared: Shared, draws: Iterable[Draw]) -> Iterator[DrawResult]:
    """Solve draws one after another, in this process."""
    return (solve_draw(shared, draw) for draw in draws)

"""Planning a case: what everything around HiGHS's own solves costs."""

from __future__ import annotations

import tempfile
from pathlib import Path

import highspy

import models.plan
import models.pyomo_model
from benchmarks.cases import Size, tables, write_case
from benchmarks.report import Section, number, share, target
from benchmarks.timing import Stopwatch, hushed
from finance.compliance import require_compliance
from finance.rules import Entitlement
from finance.statement.result import result_document
from spuk import run

MEASURED = ((100, 60.0), (1000, 120.0))
"""Projects, and the time limit in seconds: no optimum of these sizes is proven within minutes."""
MOST = 0.10
"""The target: everything else takes at most this share of the solves."""

SOLVES, READ, COMPILE, BUILD = "HiGHS", "reading, checking", "compiling", "building"
AROUND, EXACT, COMPLY, STATE = "around the solves", "making exact", "complying", "stating"
PARTS = (READ, COMPILE, BUILD, AROUND, EXACT, COMPLY, STATE)
WATCHED: tuple[tuple[str, object, str], ...] = (
    (SOLVES, highspy.Highs, "run"),
    (SOLVES, highspy.Highs, "solve"),
    (COMPILE, models.plan, "compile_program"),
    (BUILD, models.pyomo_model, "formulate"),
    (BUILD, models.pyomo_model, "compile_model"),
    (EXACT, models.plan, "exact_allocation"),
)


def measure() -> Section:
    """Plan cases under a time limit."""
    rows, met = [], True
    for projects, limit in MEASURED:
        watch = planned(Size(projects), limit)
        outside = sum(watch.seconds[part] for part in PARTS)
        solves = watch.seconds[SOLVES]
        met &= outside <= MOST * solves
        parts = [share(watch.seconds[part], solves) for part in PARTS]
        rows.append((number(projects), f"{limit:.0f} s", share(outside, solves), *parts, f"{solves:.0f}"))
    return Section(
        "Around the solves",
        f"Everything that is not HiGHS solving, as a share of HiGHS's own time. "
        f"Target: together at most {MOST:.0%}: **{target(met)}**.",
        ("projects", "time limit", "together", *PARTS, "CPU s in HiGHS"),
        rows,
        [
            "The solves stop at the time limit, so the shares hold for that limit; without one the solves "
            "take longer and the shares are smaller. Making exact solves too: a small program over cents."
        ],
    )


def planned(size: Size, limit: float) -> Stopwatch:
    """Read, check, plan, comply and state a made-up case.

    Args:
        size: how large it is.
        limit: the time limit in seconds.
    """
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder, hushed(), watch.watching(*WATCHED):
        path = Path(folder) / "meetcasus.xlsx"
        write_case(tables(size), path)
        _plan(path, limit, watch)
    return watch


def _plan(path: Path, limit: float, watch: Stopwatch) -> None:
    with watch.running(READ):
        checked = run.check(path)
    case, entitlement = checked.case, Entitlement(checked.case)
    with watch.running(AROUND):
        plan = models.plan.make_plan(case, entitlement, limit)
    with watch.running(COMPLY):
        require_compliance(case, entitlement, plan.allocation)
    with watch.running(STATE):
        result_document(case, plan, "basis", run.run_info(checked, plan, entitlement))

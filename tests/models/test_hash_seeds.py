"""No answer hangs on the order in which Python walks a set, which it draws anew for every process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from finance.compliance import check_allocation
from finance.plan.allocation import facts_of
from models.starts import clash
from tests.models.bare import Bare, effect, measure, places, source, spent

ROOT = Path(__file__).parents[2]
NAMES = "ABCDEF"


def clashing() -> str:
    """Which demands are named where each two of six mandatory closures clash: two of three places each."""
    case = Bare(
        places=[places("L1", "gesloten", 3)],
        measures=[measure(name, verplicht="ja") for name in NAMES],
        effects=[effect(name, "L1", "gesloten", -2) for name in NAMES],
    ).case()
    return ", ".join(f"{demand.soort} {' '.join(demand.wie)}" for demand in clash(case))


def broken() -> str:
    """The breaches of a plan that leaves out six payments that were made in a closed year."""
    case = Bare(
        last=2023,
        measures=[measure(name) for name in NAMES],
        sources=[source("EIGEN", "eigen", 1000)],
        started=dict.fromkeys(NAMES, 2022),
        actuals=[spent("EIGEN", name, "overig", 2022, 1) for name in NAMES],
        settings={"afgesloten_tot": 2022},
    ).case()
    nothing = type(facts_of(case))(case.started, {}, {}, {})
    return ", ".join(breach.waar for breach in check_allocation(case, nothing))


def test_another_process_names_the_same_clash_and_the_breaches_in_the_same_order() -> None:
    there = subprocess.run(
        [sys.executable, "-c", f"from {__name__} import *; print(clashing()); print(broken())"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert there.splitlines() == [clashing(), broken()]
    assert clashing().startswith("plaatsen L1 gesloten, verplicht P-")
    assert broken() == ", ".join(f"{name} overig 2022" for name in NAMES)

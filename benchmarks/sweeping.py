"""Sweeping the case Zuidwest: how it scales over workers, on this machine and on a Dask cluster.

Run as a program of its own it is one sweep: it solves draws, says how long that took, how much
memory it needed and what came out, and writes no workbook. Every sweep is a process of its own, so
that the memory of one is not counted with another.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import highspy

from benchmarks.report import Section, number, share, target
from benchmarks.timing import Stopwatch, hushed
from finance.uncertainty.draws import DrawResult, failed_draw
from finance.uncertainty.sampling import Draw, Hypercube
from spuk import run
from spuk.commands.sweep.cluster import Cluster
from spuk.commands.sweep.journal import Journal
from spuk.commands.sweep.pool import LocalPool
from spuk.commands.sweep.work import Shared, Solving, solve_draw, solve_here

CASE = Path("inputs/zuidwest.xlsx")
DRAWS = int(os.environ.get("SWEEP_DRAWS", "200"))
"""How many draws are solved; fewer for a quick look."""
WORKERS = 2
SEED = 1
LEAST = 1.7
"""The target: so many times faster with two workers."""
SIZES = (200, 2_000, 20_000)
"""Draws of the measurement of memory, in which a draw takes no time at all."""
MOST_GROWTH = 1.25
"""The target: at most so many times the memory of the smallest."""
FEW = 20
"""Draws of the measurement of where the time goes."""
SOLVES, AROUND = "HiGHS", "around HiGHS"
HERE, POOL_ONE, POOL, DASK, INSTANT = "hier", "pool-1", "pool", "dask", "niets"


@dataclass(frozen=True)
class Swept:
    """One sweep.

    Attributes:
        seconds: on the clock, from the first draw handed out to the last outcome.
        first: on the clock, until the first outcome: the start of the workers and one draw.
        memory: the most memory of the process that hands out, in MiB.
        digest: of all outcomes, in order.
        proven: how many draws were proven optimal.
    """

    seconds: float
    first: float
    memory: float
    digest: str
    proven: int


def measure() -> Section:
    """Sweep in this process, on processes of this machine, and on a cluster of separate processes."""
    kinds = {HERE: "this process", POOL_ONE: "one worker", POOL: f"{WORKERS} workers"}
    found = {kind: _sweep(kind, DRAWS) for kind in kinds}
    with _cluster(WORKERS) as address:
        found[DASK] = _sweep(address, DRAWS)
    kinds[DASK] = f"Dask, {WORKERS} workers"
    if len({swept.digest for swept in found.values()}) > 1:
        raise ValueError("the outcomes differ: their times cannot be compared")
    base, one = found[HERE].seconds, found[POOL_ONE].seconds
    rows = [
        (
            words,
            f"{base / found[kind].seconds:.2f}",
            f"{one / found[kind].seconds:.2f}",
            f"{found[kind].seconds / DRAWS:.2f}",
            f"{found[kind].first:.1f}",
        )
        for kind, words in kinds.items()
    ]
    met = one / found[POOL].seconds >= LEAST
    return Section(
        f"{DRAWS} draws of Zuidwest",
        f"Times faster, on the clock of {os.cpu_count()} processors; target: two workers at least {LEAST}"
        f" times one. {target(met)}.",
        ("who solves", "against this process", "against one worker", "seconds a draw", "first after"),
        rows,
        [
            f"{found[HERE].proven} of {DRAWS} draws proven optimal. The outcomes are the same to the last"
            f" byte, whoever solved them (SHA-256 {found[HERE].digest[:16]}).",
        ],
    )


def measure_outside() -> Section:
    """Where the time of a draw goes: HiGHS, or what stands around it."""
    checked = run.check(CASE)
    cube = Hypercube(checked.case.uncertainties, FEW + 1, SEED)
    shared = Shared(checked.book, cube.rows, None)
    watch, (first, *others) = Stopwatch(), cube.draws()
    solve_draw(shared, first)
    with hushed(), watch.watching((SOLVES, highspy.Highs, "run")), watch.running(AROUND):
        for draw in others:
            solve_draw(shared, draw)
    around, solves = watch.seconds[AROUND], watch.seconds[SOLVES]
    return Section(
        "Inside a draw",
        f"{FEW} draws of Zuidwest in one process, after a first one: CPU time by where it goes.",
        ("", "share", "CPU s a draw"),
        [
            (label, share(seconds, around + solves), f"{seconds / FEW:.2f}")
            for label, seconds in ((SOLVES, solves), (AROUND, around))
        ],
        [
            "Around HiGHS stand drawing, reading, compiling, both models, the bounds that are recomputed from"
            " duals (some hundred a draw), the checks of every point, and the check of the plan."
        ],
    )


def measure_memory() -> Section:
    """Hand out more and more draws that take no time, and see whether memory grows."""
    found = {count: _sweep(INSTANT, count) for count in SIZES}
    least = found[SIZES[0]].memory
    rows = [(number(count), number(swept.memory), f"{swept.memory / least:.2f}") for count, swept in found.items()]
    met = found[SIZES[-1]].memory / least <= MOST_GROWTH
    return Section(
        "Memory of a sweep",
        "The most memory of the process that hands out draws and keeps the outcomes, without the workbook at"
        f" the end; target: at most {MOST_GROWTH} times that of the smallest. {target(met)}.",
        ("draws", "MiB", "ratio"),
        rows,
    )


def _sweep(kind: str, count: int) -> Swept:
    command = [sys.executable, "-m", "benchmarks.sweeping", kind, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return Swept(**json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def _cluster(workers: int) -> Iterator[str]:
    """A scheduler and workers, each a process; the address of the scheduler."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        found = Path(folder) / "adres.json"
        stack.enter_context(_dask("scheduler", "--port", "0", "--scheduler-file", str(found)))
        while not (found.exists() and found.read_text()):
            time.sleep(0.05)
        address = str(json.loads(found.read_text())["address"])
        for _ in range(workers):
            stack.enter_context(_dask("worker", address, "--no-nanny", "--nthreads", "1"))
        yield address


@contextmanager
def _dask(what: str, *arguments: str) -> Iterator[None]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments]
    process = subprocess.Popen(
        [*command, "--no-dashboard", "--host", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _nothing(_: Shared, draw: Draw) -> DrawResult:
    return failed_draw(draw.nummer, "", "")


def _solving(kind: str) -> Solving:
    pools = {POOL_ONE: LocalPool(1), POOL: LocalPool(WORKERS), INSTANT: LocalPool(WORKERS, _nothing)}
    if kind in pools:
        return pools[kind]
    return solve_here if kind == HERE else Cluster(kind)


def _solved(kind: str, count: int, folder: Path) -> Swept:
    checked = run.check(CASE)
    cube = Hypercube(checked.case.uncertainties, count, SEED)
    shared = Shared(checked.book, cube.rows, None)
    began, first = time.perf_counter(), 0.0
    with Journal(folder) as journal:
        for result in _solving(kind)(shared, cube.draws()):
            first = first or time.perf_counter() - began
            journal.keep(result)
        seconds = time.perf_counter() - began
        digest, proven = hashlib.sha256(), 0
        for result in journal.results():
            digest.update(result.model_dump_json().encode())
            proven += result.proven
    return Swept(seconds, first, _peak(), digest.hexdigest(), proven)


def _peak() -> float:
    """The most memory of this process, in MiB."""
    # Linux counts what the process that started this one had in use, but for its own figure.
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: Sequence[str]) -> None:
    """Do one sweep and say what it took."""
    kind, count = arguments
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(vars(_solved(kind, int(count), Path(folder)))))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Draws on the processors of this machine: a pool of processes, each with the case in memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Final

from finance.uncertainty.draws import DrawResult, failed_draw
from finance.uncertainty.sampling import Draw
from spuk.commands.sweep.work import Shared, maker, solve_draw

AHEAD: Final = 2
"""Draws that wait for each worker; no more, so that memory does not grow with the number of draws."""
SECONDS_TO_FINISH: Final = 2.0
"""How long workers that are stopped may go on with their draw."""

LEFT_BEHIND: Final = "ignore:resource_tracker:UserWarning"
"""The warning of Python about locks that a worker left behind, as an option that turns it off."""

Work = Callable[[Shared, Draw], DrawResult]
_given: list[tuple[Shared, Work]] = []
"""In a worker: what every draw starts from, and what is done with it."""


def _begin(shared: Shared, solve: Work) -> None:
    # An interrupt at the terminal reaches every process; only the first one knows what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _given[:] = [(shared, solve)]


def _end_with_parent() -> None:
    """Wait for the process that hands out draws to be gone, and end: nobody else would end this one."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _solve(draw: Draw) -> DrawResult:
    ((shared, solve),) = _given
    return solve(shared, draw)


class LocalPool:
    """Workers that are processes of this machine.

    Attributes:
        workers: how many.
        solve: what a worker does with a draw.
    """

    def __init__(self, workers: int, solve: Work = solve_draw) -> None:
        self.workers = workers
        self.solve = solve

    def __call__(self, shared: Shared, draws: Iterable[Draw]) -> Iterator[DrawResult]:
        """Solve draws; where a worker dies, what was under way is done again, each draw by itself."""
        waiting = iter(draws)
        pool = Pool(self.workers, AHEAD * self.workers, (shared, self.solve))
        while True:
            lost: list[Draw] = []
            yield from _until_a_worker_dies(pool, waiting, lost)
            if not lost:
                return
            yield from self._one_by_one(shared, iter(lost))

    def _one_by_one(self, shared: Shared, draws: Iterator[Draw]) -> Iterator[DrawResult]:
        """Solve draws with one worker, one under way at a time: the one that ends it has failed."""
        while True:
            lost: list[Draw] = []
            yield from _until_a_worker_dies(Pool(1, 1, (shared, self.solve)), draws, lost)
            if not lost:
                return
            for draw in lost:
                yield failed_draw(draw.nummer, "Het rekenproces stopte onverwacht, ook bij een tweede poging.", maker())


@dataclass(frozen=True)
class Pool:
    """A pool that is still to be started.

    Attributes:
        workers: how many processes.
        most: the most draws that are under way.
        begin: what each process is given.
    """

    workers: int
    most: int
    begin: tuple[Shared, Work]


def _until_a_worker_dies(kind: Pool, draws: Iterator[Draw], lost: list[Draw]) -> Iterator[DrawResult]:
    """Solve draws until there are no more, or a worker dies; `lost` gets what was then under way."""
    with _started(kind) as pool:
        pending: dict[Future[DrawResult], Draw] = {}
        while not lost:
            _submit(pool, pending, draws, lost, kind.most)
            if not pending:
                return
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                draw = pending.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.append(draw)
        lost += pending.values()


def _submit(
    pool: ProcessPoolExecutor,
    pending: dict[Future[DrawResult], Draw],
    draws: Iterator[Draw],
    lost: list[Draw],
    most: int,
) -> None:
    while len(pending) < most:
        draw = next(draws, None)
        if draw is None:
            return
        try:
            pending[pool.submit(_solve, draw)] = draw
        except BrokenProcessPool:
            lost.append(draw)
            return


@contextmanager
def _started(kind: Pool) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes do not outlive it, whatever they are doing."""
    _hush()
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(kind.workers, context, initializer=_begin, initargs=kind.begin)
    try:
        yield pool
        pool.shutdown(cancel_futures=True)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        _end(set(multiprocessing.active_children()) - others)
        pool.shutdown()


def _hush() -> None:
    """Let Python tidy up the locks of workers that were ended without telling the user about it."""
    known = os.environ.get("PYTHONWARNINGS", "")
    if LEFT_BEHIND not in known:
        os.environ["PYTHONWARNINGS"] = ",".join(filter(None, (known, LEFT_BEHIND)))


def _end(processes: Iterable[BaseProcess]) -> None:
    """Let processes finish what they are doing if that is soon, so that they tidy up; end the others."""
    until = time.monotonic() + SECONDS_TO_FINISH
    for process in processes:
        process.join(max(0.0, until - time.monotonic()))
    for process in processes:
        process.terminate()

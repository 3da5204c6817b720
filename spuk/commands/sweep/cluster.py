"""Draws on a running Dask cluster; the one module that knows Dask.

The scheduler keeps the case as a task, so that a worker that joins later, or takes over from one that
was lost, gets it too. Draws of a lost worker are done again by another one.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Final

from distributed import Client, Future, KilledWorker, wait

from finance.uncertainty.draws import DrawResult, failed_draw
from finance.uncertainty.sampling import Draw
from spuk.commands.sweep.work import Shared, maker, solve_draw
from spuk.errors import ClusterError

AHEAD: Final = 2
"""Draws that wait for each thread of the cluster; so memory does not grow with the number of draws."""
SECONDS: Final = 20.0
"""How long to wait for the scheduler, and for a first worker."""
LOOKING: Final = 5.0
"""Seconds between two looks at whether there still are workers."""
PATIENCE: Final = 60.0
"""How long workers that were lost may stay away; they may be starting again."""


def _unpacked(data: bytes) -> Shared:
    shared = pickle.loads(data)  # noqa: S301 - packed by this module, on the same cluster
    if not isinstance(shared, Shared):
        raise TypeError(type(shared))
    return shared


class Cluster:
    """The workers of a Dask scheduler.

    Attributes:
        address: the address of the scheduler, such as `tcp://host:8786`.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    def __call__(self, shared: Shared, draws: Iterable[Draw]) -> Iterator[DrawResult]:
        """Solve draws.

        Raises:
            ClusterError: there is no such cluster, it has no workers, or it went away.
        """
        with _connected(self.address) as client:
            packed = client.submit(_unpacked, pickle.dumps(shared), pure=False)
            under_way: dict[Future[DrawResult], int] = {}
            waiting = iter(draws)
            while True:
                for draw in _as_many_as_wanted(client, waiting, len(under_way)):
                    under_way[client.submit(solve_draw, packed, draw, pure=False)] = draw.nummer
                if not under_way:
                    return
                for future in _some_done(client, under_way):
                    yield _outcome(future, under_way.pop(future))


def _as_many_as_wanted(client: Client, waiting: Iterator[Draw], under_way: int) -> Iterator[Draw]:
    wanted = AHEAD * max(1, sum(client.nthreads().values()))
    for _ in range(wanted - under_way):
        draw = next(waiting, None)
        if draw is None:
            return
        yield draw


def _some_done(client: Client, under_way: Iterable[Future[DrawResult]]) -> Collection[Future[DrawResult]]:
    """The outcomes that are there; waits for one as long as there are workers.

    Raises:
        ClusterError: there have been no workers for a while: one without this toolkit ends at its first draw.
    """
    alone = 0.0
    while alone < PATIENCE:
        try:
            with client.as_current():
                ended = wait(list(under_way), timeout=LOOKING, return_when="FIRST_COMPLETED")
            done: Collection[Future[DrawResult]] = ended.done
        except TimeoutError:
            alone = 0.0 if client.nthreads() else alone + LOOKING
        else:
            return done
    raise ClusterError(
        "Het cluster heeft geen workers meer. Staat op elke computer dezelfde versie van de toolkit? Een"
        " worker zonder stopt meteen. Wat klaar was, is bewaard: dezelfde opdracht gaat daar verder."
    )


def _outcome(future: Future[DrawResult], number: int) -> DrawResult:
    try:
        result = future.result()
    except KilledWorker:
        return failed_draw(number, "Elke worker die dit uitrekende, stopte onverwacht.", maker())
    if not isinstance(result, DrawResult):
        raise TypeError(type(result))
    return result


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise ClusterError(
            f"Op '{address}' antwoordt geen Dask-scheduler. Controleer het adres, zoals tcp://computer:8786."
        ) from fault
    try:
        with client:
            client.wait_for_workers(1, timeout=SECONDS)
            yield client
    except (CancelledError, OSError) as fault:
        raise ClusterError(
            f"Het cluster op '{address}' heeft geen workers of is niet meer bereikbaar. Wat klaar was, is"
            " bewaard: dezelfde opdracht gaat daar verder."
        ) from fault

"""Timing that survives a busy machine: CPU time, candidates in turn, medians of ratios.

The clock counts the CPU time of this process, all threads together, so that other people's work on
the machine is not measured. The garbage collector is run before and off during every run: what one
candidate leaves behind is not paid for by the next, and all are measured alike.
"""

from __future__ import annotations

import gc
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from statistics import median
from time import process_time
from typing import ParamSpec, TypeVar
from unittest.mock import patch

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Times:
    """What the rounds of some candidates took.

    Attributes:
        seconds: CPU seconds of each round, by candidate; the same round stands at the same place.
    """

    seconds: Mapping[str, tuple[float, ...]]

    def median(self, name: str) -> float:
        """The median of a candidate, in seconds."""
        return median(self.seconds[name])

    def ratios(self, name: str, base: str) -> list[float]:
        """How many times longer a candidate took than another, round by round."""
        pairs = zip(self.seconds[name], self.seconds[base], strict=True)
        return sorted(one / other for one, other in pairs)


def timed(run: Callable[[], object]) -> float:
    """CPU seconds of one run, on a clean heap."""
    gc.collect()
    gc.disable()
    began = process_time()
    kept = run()
    seconds = process_time() - began
    gc.enable()
    del kept  # not part of the run: some candidates return millions of objects
    return seconds


def in_turn(candidates: Mapping[str, Callable[[], object]], rounds: int) -> Times:
    """Run candidates A B C A B C ..., after one round that warms up and does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for number in range(rounds + 1):
        for name, run in candidates.items():
            taken = timed(run)
            if number:
                seconds[name].append(taken)
    return Times({name: tuple(values) for name, values in seconds.items()})


@contextmanager
def hushed() -> Iterator[None]:
    """Keep what native code writes to standard output away: a solver announces itself at each start."""
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


class Stopwatch:
    """CPU time by label, each second counted once: what an inner label takes is not the outer's."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._labels: list[str] = []
        self._since = process_time()

    def _pass(self) -> None:
        now = process_time()
        if self._labels:
            self.seconds[self._labels[-1]] += now - self._since
        self._since = now

    @contextmanager
    def running(self, label: str) -> Iterator[None]:
        """Count what happens under a label."""
        self._pass()
        self._labels.append(label)
        try:
            yield
        finally:
            self._pass()
            self._labels.pop()

    @contextmanager
    def watching(self, *places: tuple[str, object, str]) -> Iterator[None]:
        """Count the calls of functions: (label, the module or class, the name of the function)."""
        with ExitStack() as patches:
            for label, owner, name in places:
                patches.enter_context(patch.object(owner, name, self._watched(label, getattr(owner, name))))
            yield

    def _watched(self, label: str, function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def watched(*args: P.args, **kwargs: P.kwargs) -> T:
            with self.running(label):
                return function(*args, **kwargs)

        return watched

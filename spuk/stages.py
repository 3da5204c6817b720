"""The stages of a run, and how long each took."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

log: Final = logging.getLogger("spuk.run")
"""The log of a run; its lines name no module, so that they stay the same when work moves."""


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Note in the log how long a stage took."""
    began = time.perf_counter()
    yield
    log.info("%s: %.3f s", name, time.perf_counter() - began)

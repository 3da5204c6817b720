"""The sweep on a Dask cluster of separate processes, one of which is killed in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from distributed import Client

from spuk import run
from spuk.app import Exit
from spuk.cli import run_command
from spuk.commands.sweep.cluster import Cluster
from spuk.commands.sweep.run import Order, sweep
from spuk.commands.sweep.work import Solving, solve_here
from spuk.errors import ClusterError
from tests.spuk.sweeps import rows_of, sweep_case, written

PATIENCE = 120.0
"""Seconds after which something is wrong with the test, not slow."""
QUIET = ("--no-dashboard", "--host", "127.0.0.1")


@contextmanager
def started(module: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask that does not outlive the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def address_in(path: Path) -> str:
    """The address of a scheduler, once it says so."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if path.exists() and path.read_text():
            return str(json.loads(path.read_text())["address"])
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


def swept(path: Path, out: Path, solving: Solving) -> Path:
    """Sweep a case; where it was written."""
    return sweep(run.check(path), Order("basis", 2, 1, None), out, solving, lambda _: None)[1]


def test_it_gives_the_same_bytes_though_a_worker_is_killed_in_the_middle(tmp_path: Path) -> None:
    checked, order = run.check(sweep_case(tmp_path)), Order("basis", 12, 1, None)
    plain = sweep(checked, order, tmp_path / "hier", solve_here, lambda _: None)[1]
    with ExitStack() as stack:
        found = tmp_path / "adres.json"
        stack.enter_context(started("dask_scheduler", *QUIET, "--port", "0", "--scheduler-file", str(found)))
        address = address_in(found)
        worker = ("dask_worker", address, *QUIET, "--no-nanny", "--nthreads", "1")
        victim, _ = (stack.enter_context(started(*worker)) for _ in range(2))
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
        told: list[str] = []

        def kill_after_three(step: str) -> None:
            told.append(step)
            if len(told) == 3:
                victim.kill()
                victim.wait()

        folder = sweep(checked, order, tmp_path / "daar", Cluster(address), kill_after_three)[1]
    assert victim.returncode is not None
    assert len(told) == 12
    assert written(folder) == written(plain)
    assert set(rows_of(folder)["status"].to_pylist()) == {"optimaal"}


def test_a_cluster_whose_workers_stay_away_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spuk.commands.sweep.cluster.LOOKING", 0.2)
    monkeypatch.setattr("spuk.commands.sweep.cluster.PATIENCE", 1.0)
    found = tmp_path / "adres.json"
    with started("dask_scheduler", *QUIET, "--port", "0", "--scheduler-file", str(found)):
        address = address_in(found)
        with started("dask_worker", address, *QUIET, "--no-nanny", "--nthreads", "1") as worker:
            checked, order = run.check(sweep_case(tmp_path)), Order("basis", 30, 1, None)
            with pytest.raises(ClusterError, match="geen workers meer"):
                sweep(checked, order, tmp_path, Cluster(address), lambda _: worker.kill())
    (kept,) = (tmp_path / "dorp" / "sweep").iterdir()
    assert kept.name.startswith("tussenstand-")


def test_an_address_where_nobody_answers_is_said_in_dutch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("spuk.commands.sweep.cluster.SECONDS", 0.5)
    arguments = ["--aantal", "2", "--cluster", "tcp://127.0.0.1:9", "--out", str(tmp_path)]
    assert run_command(["sweep", str(sweep_case(tmp_path)), *arguments]) == Exit.FINDINGS
    assert capsys.readouterr().err == (
        "Op 'tcp://127.0.0.1:9' antwoordt geen Dask-scheduler. Controleer het adres, zoals tcp://computer:8786.\n"
    )


def test_a_cluster_without_workers_is_said_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = tmp_path / "adres.json"
    with started("dask_scheduler", *QUIET, "--port", "0", "--scheduler-file", str(found)):
        address = address_in(found)
        monkeypatch.setattr("spuk.commands.sweep.cluster.SECONDS", 2.0)
        with pytest.raises(ClusterError, match="heeft geen workers"):
            swept(sweep_case(tmp_path), tmp_path, Cluster(address))

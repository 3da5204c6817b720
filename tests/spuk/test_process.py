"""The toolkit as a process of its own: stopped halfway, cut off from its reader, and run twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from spuk.app import Exit
from spuk.cli import run_command
from tests.casebook import small_case, write_xlsx
from tests.spuk.cases import endless, tiny
from tests.spuk.sweeps import sweep_case

SOON = 5.0
"""Seconds within which a command that is stopped has gone."""
PATIENCE = 60.0
"""Seconds after which something is wrong with the test, not slow."""
OLD = b"van vorig jaar"


@contextmanager
def spuk(folder: Path, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Start a command in a folder; it does not outlive the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", "spuk", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def files(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, hidden ones too."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def read_until(process: subprocess.Popen[str], words: str) -> None:
    """Read the log of a command until it comes to something."""
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            return
    raise AssertionError(f"it ended before {words}")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_command_that_is_stopped_while_solving_goes_at_once_and_leaves_all_as_it_was(
    name: str, tmp_path: Path
) -> None:
    endless(tmp_path)
    target = tmp_path / "outputs" / "rugzak" / "basis" / "begroting.xlsx"
    target.parent.mkdir(parents=True)
    target.write_bytes(OLD)
    before = files(tmp_path)
    with spuk(tmp_path, "--logboek", "plan", "rugzak.xlsx") as process:
        read_until(process, "basis: spuk_onbesteed")
        time.sleep(0.3)
        process.send_signal(getattr(signal, name))
        began = time.monotonic()
        out, err = process.communicate(timeout=PATIENCE)
        took = time.monotonic() - began
    assert (process.returncode, out, err) == (Exit.FINDINGS, "", "Afgebroken. Er is niets half geschreven.\n")
    assert took < SOON
    assert files(tmp_path) == before


def nobody_left(group: int) -> bool:
    """Whether every process of a command goes, soon after it."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
def test_a_sweep_that_is_stopped_keeps_what_was_done_and_leaves_no_worker(tmp_path: Path) -> None:
    path = sweep_case(tmp_path)
    folder = tmp_path / "outputs" / "dorp" / "sweep"
    with spuk(tmp_path, "sweep", path.name, "--aantal", "5000", "--workers", "2") as process:
        end = time.monotonic() + PATIENCE
        while not any(kept.stat().st_size for kept in folder.glob("tussenstand-*")):
            assert time.monotonic() < end
            time.sleep(0.05)
        # A terminal sends the interrupt to every process of the command.
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (Exit.FINDINGS, "")
    assert err == (
        "Wat klaar was, is bewaard: dezelfde opdracht gaat daar verder.\nAfgebroken. Er is niets half geschreven.\n"
    )
    assert [file.name.partition("-")[0] for file in folder.iterdir()] == ["tussenstand"]
    assert nobody_left(process.pid)


@pytest.mark.skipif(os.name == "nt", reason="Windows tells of a closed pipe otherwise")
def test_a_reader_that_goes_ends_the_command_without_a_traceback(tmp_path: Path) -> None:
    tiny(tmp_path)
    with spuk(tmp_path, "plan", "dorp.xlsx") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        err = process.stderr.read()
        assert process.wait(PATIENCE) == Exit.FINDINGS
    assert err == "Afgebroken: de uitvoer kan niet verder worden geschreven.\n"
    assert sorted(files(tmp_path / "outputs")) == ["dorp/basis/begroting.xlsx", "dorp/basis/resultaat.json"]


def test_another_process_writes_the_same_bytes_whatever_python_hashes_to(tmp_path: Path) -> None:
    path = write_xlsx(small_case(), tmp_path / "klein.xlsx")
    names = ("--scenario", "basis", "--scenario", "lagere lumpsum")
    with spuk(tmp_path, "plan", path.name, *names, PYTHONHASHSEED="1") as process:
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == Exit.FINE
    assert [line.partition(":")[0] for line in err.splitlines()] == ["LET OP"]
    assert run_command(["plan", str(path), *names, "--out", str(tmp_path / "hier")]) == Exit.FINE
    here, there = files(tmp_path / "hier"), files(tmp_path / "outputs")
    assert len(here) == 5
    assert here == there


def test_a_terminal_without_accents_is_no_error(tmp_path: Path) -> None:
    with spuk(tmp_path, "check", "één.xlsx", PYTHONIOENCODING="ascii") as process:
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (Exit.FINDINGS, "")
    assert err.splitlines() == [
        "Het bestand '??n.xlsx' bestaat niet. Controleer de naam en de map.",
        "1 bevinding.",
    ]


CLOSED = """
import os, sys
for number in {numbers}:
    os.close(number)
os.execv(sys.executable, [sys.executable, "-m", "spuk", *sys.argv[1:]])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no descriptors to close")
@pytest.mark.parametrize("numbers", [(1,), (0, 1, 2)])
def test_without_standard_streams_the_work_is_done(numbers: tuple[int, ...], tmp_path: Path) -> None:
    """As a scheduler starts it; and no file of the run gets what a library prints."""
    tiny(tmp_path)
    process = subprocess.run(
        [sys.executable, "-c", CLOSED.format(numbers=numbers), "plan", "dorp.xlsx"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (process.returncode, process.stderr) == (Exit.FINE, b"")
    assert bool(process.stdout) == (1 not in numbers)
    assert sorted(files(tmp_path / "outputs")) == ["dorp/basis/begroting.xlsx", "dorp/basis/resultaat.json"]
    workbook = tmp_path / "outputs" / "dorp" / "basis" / "begroting.xlsx"
    assert run_command(["verify", str(workbook)]) == Exit.FINE

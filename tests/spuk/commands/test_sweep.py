"""The sweep: the same outcome whoever solves it, nothing lost, nothing mixed."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest

from finance.case import RawBook
from finance.findings import OutputError
from finance.money import Money
from finance.uncertainty.draws import DrawResult, DrawStatus
from finance.uncertainty.sampling import Draw
from spuk import run
from spuk.app import Exit
from spuk.cli import run_command
from spuk.commands.sweep.journal import Journal
from spuk.commands.sweep.pool import LocalPool
from spuk.commands.sweep.run import Order, sweep
from spuk.commands.sweep.summary import summary
from spuk.commands.sweep.work import Shared, Solving, maker, solve_draw, solve_here
from spuk.errors import ClusterError
from tests.casebook import write_xlsx
from tests.spuk.cases import endless_tables, scenario, tiny_tables
from tests.spuk.deadly import DEADLY, deadly
from tests.spuk.sweeps import (
    NEED,
    PRICE,
    rows_of,
    sometimes_invalid,
    sweep_case,
    sweep_tables,
    written,
)

ASKED = Order("basis", 6, 1, None)


def silent(_: str) -> None:
    """Tell nobody."""


def swept(path: Path, out: Path, solving: Solving = solve_here, order: Order = ASKED) -> Path:
    """Sweep a case; where it was written."""
    return sweep(run.check(path), order, out, solving, silent)[1]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny case; written once, since another writing has other bytes and so is another input."""
    return sweep_case(tmp_path_factory.mktemp("casus"))


@pytest.fixture(scope="module")
def plain(path: Path) -> Path:
    """Its sweep, solved one draw after another."""
    return swept(path, path.parent)


# --- the outcome -----------------------------------------------------------------------------


def test_each_draw_is_a_case_of_its_own_solved_to_the_cent(plain: Path) -> None:
    """Two places; used as far as there is need, the rest empty at 40,000; half a million to pay from."""
    for row in rows_of(plain).to_pylist():
        used = min(Fraction(2), 2 * Fraction(row["invoer: vraag"]))
        price = Money.from_euros(100_000).times(row["invoer: prijs"])
        cost = Money.rounded(used * price.euros) + Money.rounded((2 - used) * 40_000) + Money.from_euros(1000)
        gap = max(0, cost.cents - 50_000_000)
        assert row["status"] == "optimaal"
        assert row["doel_cent: ongedekt"] == gap
        assert row["sluitend"] == (gap == 0)
        assert row["betaald_cent: EIGEN"] == min(cost.cents, 50_000_000)
        assert row["start: M1"] == 2022
    assert set(rows_of(plain)["sluitend"].to_pylist()) == {True, False}


def test_only_the_two_files_stay(plain: Path) -> None:
    assert sorted(path.name for path in plain.iterdir()) == ["onzekerheid.parquet", "onzekerheid.xlsx"]
    assert plain.parts[-2:] == ("dorp", "sweep")


def test_workers_do_not_change_a_byte(path: Path, plain: Path, tmp_path: Path) -> None:
    arguments = ["sweep", str(path), "--aantal", "6", "--workers", "2", "--out", str(tmp_path)]
    assert run_command(arguments) == Exit.FINE
    assert written(tmp_path / "dorp" / "sweep") == written(plain)


def test_the_order_of_solving_does_not_change_a_byte(path: Path, plain: Path, tmp_path: Path) -> None:
    def backwards(shared: Shared, draws: Iterable[Draw]) -> Iterator[DrawResult]:
        return iter([solve_draw(shared, draw) for draw in reversed(list(draws))])

    assert written(swept(path, tmp_path, backwards)) == written(plain)


def test_the_results_of_a_sweep_too_large_for_its_workbook_are_the_same(
    path: Path, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("tally", "draft", "front"):
        monkeypatch.setattr(f"finance.books.uncertainty.{module}.RANKED_UP_TO", 5)
        monkeypatch.setattr(f"finance.books.uncertainty.{module}.SHOWN", 2)
    made, folder = sweep(run.check(path), ASKED, tmp_path, solve_here, silent)
    assert [draw.nummer for draw, _ in made.results] == [1, 2]
    assert rows_of(folder).num_rows == made.proven == 6
    assert written(folder)["onzekerheid.parquet"] == written(plain)["onzekerheid.parquet"]
    assert written(folder)["onzekerheid.xlsx"] != written(plain)["onzekerheid.xlsx"]
    said = summary(made, folder)
    monkeypatch.undo()
    made, folder = sweep(run.check(path), ASKED, tmp_path / "heel", solve_here, silent)
    assert said.splitlines()[:-1] == summary(made, folder).splitlines()[:-1]


def test_a_worker_that_is_killed_is_replaced(path: Path, plain: Path, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_one(_: str) -> None:
        if not killed:
            victim = multiprocessing.active_children()[0]
            killed.append(victim.pid or 0)
            os.kill(killed[0], signal.SIGKILL)

    _, folder = sweep(run.check(path), ASKED, tmp_path, LocalPool(2), kill_one)
    assert killed
    assert written(folder) == written(plain)
    assert multiprocessing.active_children() == []


HANDS_OUT = """
from finance.case import RawBook
from finance.uncertainty.sampling import Draw
from spuk.commands.sweep.pool import LocalPool
from spuk.commands.sweep.work import Shared
from tests.spuk.deadly import says_who

for result in LocalPool(1, says_who)(Shared(RawBook({}), (), None), [Draw(1, ())]):
    print(result.melding, flush=True)
    input()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a killed process is told otherwise there")
def test_workers_end_when_the_process_that_hands_out_is_killed() -> None:
    command = [sys.executable, "-c", HANDS_OUT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        os.kill(worker, 0)
        process.kill()
    until = time.monotonic() + 20
    while is_there(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_there(worker)


def is_there(process: int) -> bool:
    """Whether there is a process with a number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_draw_that_ends_every_worker_fails_and_no_other() -> None:
    draws = [Draw(number, ()) for number in range(1, 7)]
    results = list(LocalPool(2, deadly)(Shared(RawBook({}), (), None), draws))
    assert sorted(result.nummer for result in results) == [1, 2, 3, 4, 5, 6]
    (lost,) = [result for result in results if result.melding]
    assert lost.nummer == DEADLY
    assert lost.melding.startswith("Het rekenproces stopte")


def test_a_draw_that_cannot_be_is_reported_and_does_not_lose_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sweep_case(tmp_path, PRICE, sometimes_invalid())
    arguments = ["sweep", str(path), "--aantal", "4", "--workers", "1", "--out", str(tmp_path)]
    assert run_command(arguments) == Exit.FINDINGS
    told = capsys.readouterr()
    assert "4 trekkingen (zaad 1), 3 bewezen optimaal, 0 niet bewezen, 1 mislukt" in told.out
    assert told.err == "1 trekking is mislukt; het blad uitval zegt waarom.\n"
    (lost,) = [row for row in rows_of(tmp_path / "dorp" / "sweep").to_pylist() if row["status"] == "mislukt"]
    assert lost["melding"] == "onzekerheid!G3: plaatsen: -2 is negatief, en dat kan hier niet. Typ 0 of meer."


def test_a_draw_that_reaches_its_limit_stands_apart_with_its_gap(tmp_path: Path) -> None:
    rows = [{**PRICE, "doelblad": "dekking", "kolom": "bedrag", "parameters": "0,9;1,1"}]
    path = write_xlsx({**endless_tables(), "onzekerheid": rows}, tmp_path / "rugzak.xlsx")
    made, folder = sweep(run.check(path), Order("basis", 1, 1, 1.5), tmp_path, solve_here, silent)
    assert made.count(DrawStatus.TIME_LIMIT) == 1
    (row,) = rows_of(folder).to_pylist()
    assert row["status"] == "tijdslimiet"
    assert row["kloof: spuk_onbesteed"] > 0
    assert made.proven == 0


def test_a_scenario_is_drawn_from_and_has_a_folder_of_its_own(tmp_path: Path) -> None:
    tables = {**sweep_tables(PRICE), **{"scenarios": [scenario("arm", "dekking", "bedrag", "zet", 0)]}}
    folder = swept(write_xlsx(tables, tmp_path / "dorp.xlsx"), tmp_path, order=Order("arm", 2, 1, None))
    assert folder == tmp_path / "dorp" / "sweep" / "arm"
    assert rows_of(folder)["betaald_cent: EIGEN"].to_pylist() == [0, 0]


# --- what is kept ----------------------------------------------------------------------------


def stops_after(count: int) -> Solving:
    """Who solves some draws and is then interrupted."""

    def solve(shared: Shared, draws: Iterable[Draw]) -> Iterator[DrawResult]:
        for done, draw in enumerate(draws):
            if done == count:
                raise KeyboardInterrupt
            yield solve_draw(shared, draw)

    return solve


def test_an_interrupted_sweep_goes_on_where_it_was(path: Path, plain: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        swept(path, tmp_path, stops_after(4))
    folder = tmp_path / "dorp" / "sweep"
    (kept,) = folder.iterdir()
    assert kept.name.startswith("tussenstand-")
    assert written(swept(path, tmp_path, stops_after(2))) == written(plain)
    assert not kept.exists()


def test_half_a_line_of_a_crash_is_done_again(path: Path, plain: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        swept(path, tmp_path, stops_after(4))
    (kept,) = (tmp_path / "dorp" / "sweep").iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])
    assert written(swept(path, tmp_path, stops_after(3))) == written(plain)


@pytest.mark.parametrize("other", [Order("basis", 7, 1, None), Order("basis", 6, 2, None), Order("basis", 6, 1, 60.0)])
def test_what_is_kept_of_one_sweep_is_not_taken_for_another(other: Order, tmp_path: Path) -> None:
    path = sweep_case(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        swept(path, tmp_path, stops_after(4))
    with pytest.raises(KeyboardInterrupt):
        swept(path, tmp_path, stops_after(4), other)
    assert len(list((tmp_path / "dorp" / "sweep").iterdir())) == 2


def test_another_input_is_another_sweep(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        swept(sweep_case(tmp_path), tmp_path, stops_after(4))
    with pytest.raises(KeyboardInterrupt):
        swept(sweep_case(tmp_path, PRICE), tmp_path, stops_after(4))
    assert len(list((tmp_path / "dorp" / "sweep").iterdir())) == 2


def test_a_journal_gives_outcomes_in_order_and_each_once(tmp_path: Path) -> None:
    results = [DrawResult(nummer=number, status=DrawStatus.FAILED, melding="é") for number in (3, 1, 2, 1)]
    with Journal(tmp_path, "a") as journal:
        for result in results:
            journal.keep(result)
    with Journal(tmp_path, "a") as journal:
        assert [result.nummer for result in journal.results()] == [1, 2, 3]
        assert (len(journal), 3 in journal, 4 in journal) == (3, True, False)
        journal.keep(DrawResult(nummer=4, status=DrawStatus.FAILED))
        assert [result.nummer for result in journal.results()] == [1, 2, 3, 4]


def test_the_same_sweep_twice_at_once_is_refused_and_afterwards_goes_on(tmp_path: Path) -> None:
    with Journal(tmp_path, "a") as journal:
        journal.keep(DrawResult(nummer=1, status=DrawStatus.FAILED))
        with pytest.raises(OutputError, match="worden al uitgerekend"), Journal(tmp_path, "a"):
            pass
        with Journal(tmp_path, "b"):
            pass
        journal.keep(DrawResult(nummer=2, status=DrawStatus.FAILED))
    with Journal(tmp_path, "a") as journal:
        assert [result.nummer for result in journal.results()] == [1, 2]


def test_a_journal_without_any_draw_does_not_stay(tmp_path: Path) -> None:
    with Journal(tmp_path, "a") as journal:
        assert journal.path.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_in_dutch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(BytesIO):
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "full")

    with Journal(tmp_path, "a") as journal:
        monkeypatch.setattr(journal, "_file", Full())
        with pytest.raises(OutputError, match="de schijf is vol"):
            journal.keep(DrawResult(nummer=1, status=DrawStatus.FAILED))


# --- what is refused -------------------------------------------------------------------------


def test_a_worker_of_another_version_is_refused(tmp_path: Path) -> None:
    def older(shared: Shared, draws: Iterable[Draw]) -> Iterator[DrawResult]:
        return (solve_draw(shared, draw).model_copy(update={"maker": "spuk 0"}) for draw in draws)

    with pytest.raises(ClusterError, match=f"rekent met spuk 0, en hier staat {maker()}"):
        swept(sweep_case(tmp_path), tmp_path, older)


def test_a_case_without_uncertainty_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_xlsx(tiny_tables(), tmp_path / "dorp.xlsx")
    assert run_command(["sweep", str(path), "--aantal", "5", "--out", str(tmp_path)]) == Exit.FINDINGS
    told = capsys.readouterr().err
    assert told.startswith("onzekerheid: Er is niets om te trekken: het blad onzekerheid heeft geen rijen.")
    assert not (tmp_path / "dorp").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--aantal", "0"], "Achter --aantal hoort een geheel getal van 1 tot en met 100000, en niet '0'."),
        (["--aantal", "veel"], "Achter --aantal hoort een geheel getal van 1 tot en met 100000, en niet 'veel'."),
        (
            ["--aantal", "5", "--workers", "0"],
            "Achter --workers hoort een geheel getal van 1 tot en met 512, en niet '0'.",
        ),
        (
            ["--aantal", "5", "--zaad", "-1"],
            "Achter --zaad hoort een geheel getal van 0 tot en met 2147483648, en niet '-1'.",
        ),
        (
            ["--aantal", "5", "--workers", "2", "--cluster", "tcp://hier:1"],
            "Kies --workers (deze computer) of --cluster (andere), niet beide.",
        ),
        (["--aantal", "5", "--scenario", "x"], "Het scenario 'x' staat niet in de casus. Kies uit: basis."),
    ],
)
def test_wrong_usage_says_what_is_asked(
    options: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["sweep", str(sweep_case(tmp_path)), *options]) == Exit.USAGE
    assert capsys.readouterr().err == f"{message}\n"


def test_a_row_that_a_scenario_makes_impossible_is_a_finding(tmp_path: Path) -> None:
    need = {**NEED, "filter": "jeugdigen=2"}
    tables = {**sweep_tables(need), "scenarios": [scenario("leeg", "vraag", "jeugdigen", "zet", 0)]}
    path = write_xlsx(tables, tmp_path / "dorp.xlsx")
    assert run_command(["sweep", str(path), "--aantal", "2", "--scenario", "leeg"]) == Exit.FINDINGS

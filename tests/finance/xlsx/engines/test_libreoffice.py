"""LibreOffice as the engine: what counts as an answer, and that nothing of it lives on.

Programs that stand in for it show what happens when it is not there, does nothing, hangs, breaks off
or trusts the cached values. They are Python scripts that get its command line.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from finance.findings import FindingsError
from finance.xlsx.deviations import Kind, VerifyReport
from finance.xlsx.engines import libreoffice as with_libreoffice
from finance.xlsx.engines.engine import NoAnswerError, Question, Recalculated
from finance.xlsx.engines.libreoffice import LibreOffice, find_libreoffice
from finance.xlsx.engines.processes import run_group
from finance.xlsx.seal import sealed
from finance.xlsx.verify import verify, verify_all
from finance.xlsx.write import book_bytes
from tests.finance.xlsx.edit import needs_soffice, with_cell_xml
from tests.finance.xlsx.sample import small_book

DATA: Final = book_bytes(sealed(small_book()))
QUESTION: Final = Question(DATA, [("berekening", 2, 2)], {("berekening", 2, 2): "SUM(A1)"})
PATIENCE: Final = 30.0

HEAD: Final = """
import pathlib, shutil, subprocess, sys, time, zipfile
target = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
canary, *books = [pathlib.Path(name) for name in sys.argv[sys.argv.index("--outdir") + 2:]]

def save(book, change=lambda text: text):
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(target / book.name, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name).decode()))

def recalculated(text):
    return text.replace("<v>-999</v>", "<v>2</v>")
"""
"""What every stand-in begins with: it knows what it should write, and how to save a file again."""

needs_posix = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are scripts with a first line")


def stand_in(folder: Path, script: str) -> LibreOffice:
    """A program that is called as LibreOffice is."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\n{HEAD}\n{script}\n", "utf-8")
    path.chmod(0o755)
    return LibreOffice(path)


def reasons(found: Sequence[Recalculated | NoAnswerError]) -> list[str]:
    """What went wrong with each workbook; nothing where all went well."""
    return [str(item) if isinstance(item, NoAnswerError) else "" for item in found]


def is_alive(number: int) -> bool:
    """Whether a process runs; one that has ended and that nobody asked after does not."""
    command = ["ps", "-o", "stat=", "-p", str(number)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return bool(done.stdout.strip()) and not done.stdout.startswith("Z")


@needs_posix
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("", "LibreOffice rekende de formules niet opnieuw uit."),
        ("sys.exit(3)", "LibreOffice stopte met een fout (code 3)."),
        # It saves what was cached: equal to what was written, and so worth nothing.
        ("for book in [canary, *books]: save(book)", "LibreOffice rekende de formules niet opnieuw uit."),
        ("save(canary, recalculated)", "LibreOffice kon de werkmap niet openen of niet opslaan."),
        (
            "save(canary, recalculated)\nfor book in books: (target / book.name).write_bytes(b'PK')",
            "LibreOffice kon de werkmap niet openen of niet opslaan.",
        ),
        (
            "save(canary, recalculated)\nfor book in books: (target / book.name).write_bytes(book.read_bytes()[:5000])",
            "LibreOffice kon de werkmap niet openen of niet opslaan.",
        ),
    ],
)
def test_what_was_not_recalculated_and_written_whole_is_no_answer(tmp_path: Path, script: str, reason: str) -> None:
    engine = stand_in(tmp_path, script)
    assert reasons(engine.recalculate([QUESTION])) == [reason]


@needs_posix
def test_what_was_written_is_the_answer(tmp_path: Path) -> None:
    engine = stand_in(tmp_path, "for book in [canary, *books]: save(book, recalculated)")
    assert engine.recalculate([QUESTION]) == [
        Recalculated(
            {("berekening", 2, 2): 129580.24},
            {("berekening", 2, 2): ("ROUND(invoer!D2*(1+invoer!E2),2)", "SUM(A1)")},
        )
    ]


@needs_posix
def test_a_workbook_on_which_it_breaks_off_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    script = """
for book in [canary, *books]:
    if "<v>555</v>" in zipfile.ZipFile(book).read("xl/worksheets/sheet1.xml").decode():
        sys.exit(6)
    save(book, recalculated)
"""
    bad = with_cell_xml(DATA, 1, "A3", lambda _: '<c r="A3"><v>555</v></c>')
    engine = stand_in(tmp_path, script)
    found = engine.recalculate([QUESTION, Question(bad, [], {}), QUESTION])
    assert reasons(found) == ["", "LibreOffice stopte met een fout (code 6).", ""]


@needs_posix
def test_a_program_that_cannot_be_started_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "soffice"
    path.write_text("geen programma", "utf-8")
    (reason,) = reasons(LibreOffice(path).recalculate([QUESTION]))
    assert reason.startswith("LibreOffice kan niet worden gestart (")


@needs_posix
def test_a_program_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(with_libreoffice, "SECONDS", 1.5)
    noted = tmp_path / "kind"
    engine = stand_in(
        tmp_path,
        f"child = subprocess.Popen(['sleep', '600'])\n"
        f"pathlib.Path({str(noted)!r}).write_text(str(child.pid))\n"
        "time.sleep(600)",
    )
    began = time.monotonic()
    (reason,) = reasons(engine.recalculate([QUESTION]))
    assert "deed langer dan" in reason
    assert time.monotonic() - began < PATIENCE
    assert not is_alive(int(noted.read_text()))


@needs_posix
def test_slow_is_not_hanging_as_long_as_there_is_progress() -> None:
    steps = iter(range(100))
    command = [sys.executable, "-c", "import time; time.sleep(1)"]
    assert run_group(command, 0.4, lambda: next(steps)) == 0
    with pytest.raises(subprocess.TimeoutExpired):
        run_group(command, 0.4, lambda: 0)


@needs_posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_command_that_is_stopped_takes_the_engine_with_it(tmp_path: Path, name: str) -> None:
    programs, scratch, noted = tmp_path / "bin", tmp_path / "tijdelijk", tmp_path / "kind"
    programs.mkdir()
    scratch.mkdir()
    stand_in(
        programs,
        f"child = subprocess.Popen(['sleep', '600'])\n"
        f"pathlib.Path({str(noted)!r}).write_text(str(child.pid))\n"
        "time.sleep(600)",
    )
    path = tmp_path / "begroting.xlsx"
    path.write_bytes(DATA)
    process = subprocess.Popen(
        [sys.executable, "-m", "spuk", "verify", "--engine", "libreoffice", str(path)],
        env={
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "TMPDIR": str(scratch),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + PATIENCE
    while not (noted.exists() and noted.read_text()) and time.monotonic() < end:
        time.sleep(0.05)
    process.send_signal(getattr(signal, name))
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (1, "", "Afgebroken. Er is niets half geschreven.\n")
    assert not is_alive(int(noted.read_text()))
    assert list(scratch.iterdir()) == []


def test_where_it_is_not_installed_a_finding_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(with_libreoffice, "USUAL_PLACES", ())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FindingsError, match=r"niet gevonden op deze computer\. Installeer LibreOffice Calc"):
        find_libreoffice()


def test_where_it_is_not_on_the_path_its_usual_places_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("")
    monkeypatch.setattr(with_libreoffice, "USUAL_PLACES", (tmp_path / "niets", program))
    monkeypatch.setenv("PATH", "")
    assert find_libreoffice() == LibreOffice(program)


@needs_soffice
def test_it_names_the_cells_that_differ_in_each_of_many_workbooks(tmp_path: Path) -> None:
    def other(by: str) -> bytes:
        return with_cell_xml(DATA, 3, "B2", lambda xml: xml.replace("129580.24", by))

    changed = with_cell_xml(DATA, 3, "B4", lambda xml: xml.replace("</f>", "+0.01</f>"))
    datas = [DATA, other("129580.25"), b"geen werkmap", other("129580.23"), changed]
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(datas))]
    for path, data in zip(paths, datas, strict=True):
        path.write_bytes(data)
    right, high, none, low, formula = verify_all(paths, find_libreoffice())
    assert isinstance(none, FindingsError)
    assert isinstance(right, VerifyReport)
    assert (right.findings, right.engine) == ((), "LibreOffice")
    for report, shown in ((high, "129.580,25"), (low, "129.580,23")):
        assert isinstance(report, VerifyReport)
        (found,) = report.deviations
        assert (found.kind, found.blad, found.cel) == (Kind.CACHED, "berekening", "B2")
        assert found.wat == f"verklaring 129.580,24, opgeslagen {shown}, herberekend 129.580,24."
    assert isinstance(formula, VerifyReport)
    assert (formula.deviations[0].kind, formula.deviations[0].cel) == (Kind.FORMULA, "B4")
    assert "is =ROUND(invoer!D4*(1+invoer!E4),2)+0.01; verklaring 0,01" in formula.deviations[0].wat


@needs_soffice
def test_it_computes_from_the_formulas_and_not_from_the_cache(tmp_path: Path) -> None:
    stale = with_cell_xml(DATA, 3, "B2", lambda xml: xml.replace("129580.24", "-1"))
    question = Question(stale, [("berekening", 2, 2)], {})
    (found,) = find_libreoffice().recalculate([question])
    assert isinstance(found, Recalculated)
    assert found.values == {("berekening", 2, 2): pytest.approx(129580.24)}
    path = tmp_path / "begroting.xlsx"
    path.write_bytes(stale)
    assert [item.kind for item in verify(path, find_libreoffice()).deviations] == [Kind.CACHED]

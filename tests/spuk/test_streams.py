"""The two streams: what is lost is said, and what cannot be shown is no error."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path

import pytest

from spuk.app import Exit
from spuk.cli import run_command
from spuk.errors import UnreadOutputError
from spuk.streams import close_streams, give, prepare_streams, progress, tell
from tests.spuk.cases import tiny

Captured = pytest.CaptureFixture[str]


class Lost(io.StringIO):
    """A stream that cannot be written to any more."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def flush(self) -> None:
        """Find that out."""
        raise OSError(self.number, os.strerror(self.number))


CUT_OFF = "Afgebroken: de uitvoer kan niet verder worden geschreven.\n"


def test_a_result_and_a_message_each_have_a_stream(capsys: Captured) -> None:
    give("uitkomst")
    tell("melding")
    assert capsys.readouterr() == ("uitkomst\n", "melding\n")


@pytest.mark.parametrize("number", [errno.EPIPE, errno.ENOSPC])
def test_a_result_that_goes_nowhere_stops_the_work(
    number: int, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdout", Lost(number))
    with pytest.raises(UnreadOutputError):
        give("uitkomst")
    assert run_command(["--version"]) == Exit.FINDINGS
    assert capsys.readouterr().err == CUT_OFF


def test_a_message_that_nobody_reads_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Lost(errno.EPIPE))
    tell("melding")
    assert run_command(["chek"]) == Exit.USAGE


def test_a_full_disk_behind_standard_output_leaves_whole_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdout", Lost(errno.ENOSPC))
    assert run_command(["plan", str(tiny(tmp_path)), "--out", str(tmp_path / "uit")]) == Exit.FINDINGS
    assert capsys.readouterr().err == CUT_OFF
    assert sorted(file.name for file in (tmp_path / "uit" / "dorp" / "basis").iterdir()) == [
        "begroting.xlsx",
        "resultaat.json",
    ]


def test_what_a_terminal_cannot_show_becomes_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    with pytest.raises(UnicodeEncodeError):
        give("één")
    prepare_streams()
    give("één")
    assert bytes(narrow.buffer.getbuffer()) == b"??n\n"


def test_closing_writes_what_waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "uit").open("w") as file:
        monkeypatch.setattr(sys, "stdout", file)
        file.write("nog net")
        close_streams()
        assert (tmp_path / "uit").read_text() == "nog net"


def test_progress_is_silent_where_there_is_no_terminal(capsys: Captured) -> None:
    with progress(2) as start:
        for step in ("een", "twee", "drie", "vier"):
            start(step)
        give("uitkomst")
    assert capsys.readouterr() == ("uitkomst\n", "")


def test_progress_on_a_terminal_names_the_step_and_leaves_nothing(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TERM", "xterm")
    with progress(2) as start:
        start("basis: [bold]doel")
        start("basis: werkmap")
        give("uitkomst")
    said = capsys.readouterr()
    assert said.out == "uitkomst\n"
    assert "basis: werkmap" in said.err
    assert said.err.endswith("\x1b[2K")  # the line of the bar is cleared


def test_more_steps_than_were_foretold_are_no_error(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with progress(1) as start:
        for step in range(4):
            start(str(step))
    assert "3" in capsys.readouterr().err

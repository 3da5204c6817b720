"""Plans that are made through the command line, and the files that they leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spuk.cli import run_command
from tests.spuk.cases import scenario, tiny

OLD = b"van vorig jaar"
FILES = ("begroting.xlsx", "resultaat.json")


def planned(path: Path, *options: str) -> tuple[int, Path]:
    """Plan a case into a folder beside it; the status, and the folder of the case."""
    out = path.parent / "uit"
    return run_command(["plan", str(path), "--out", str(out), *options]), out / path.stem


def everything(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, hidden ones too."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def result_of(folder: Path) -> dict[str, Any]:
    """The result that a run wrote."""
    read: dict[str, Any] = json.loads((folder / "resultaat.json").read_text("utf-8"))
    return read


def two_scenarios(folder: Path, name: str = "dorp.xlsx") -> Path:
    """The tiny case with two scenarios."""
    dear = scenario("duur", "kosten", "bedrag", "maal", 2)
    return tiny(folder, dear, scenario("arm", "dekking", "bedrag", "zet", 0), name=name)


def failing(fault: BaseException) -> Callable[..., Any]:
    """What fails whenever it is called."""

    def fail(*_: Any, **__: Any) -> Any:
        raise fault

    return fail


def spoken(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status of a command line, and what it wrote to each stream."""
    status = run_command(list(arguments))
    streams = capsys.readouterr()
    return status, streams.out, streams.err

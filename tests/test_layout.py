"""What holds for every file of the program, beside what the linters hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PROGRAM: Final = ("finance", "models", "spuk", "templates", "benchmarks")
LONGEST: Final = 450
"""Lines of a file of the program; a longer one speaks of two subjects."""


@pytest.mark.parametrize("folder", PROGRAM)
def test_no_file_of_the_program_is_longer_than_a_reader_keeps_in_mind(folder: str) -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")}
    assert lengths
    assert {str(path.relative_to(ROOT)): lines for path, lines in lengths.items() if lines > LONGEST} == {}


HEAVY: Final = ("pandas", "pyomo", "highspy", "scipy", "dask", "pyarrow", "ironcalc")


@pytest.mark.parametrize("words", [["--help"], ["check", "inputs/zuidwest.xlsx"]])
def test_help_and_check_wait_for_no_heavy_library(words: list[str]) -> None:
    """A command imports what it needs, when it needs it."""
    code = (
        "import sys\n"
        "from spuk.cli import run_command\n"
        f"status = run_command({words!r})\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], status, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "[] 0"

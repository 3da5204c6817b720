"""The case Zuidwest, from the command to a verified workbook: where the time goes.

Run as a program of its own it is the traveller: it imports what the command imports, runs the
command with its log on, and says how long the imports took.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.report import Section, share

CASE = Path("inputs/zuidwest.xlsx")
ROUNDS = 5
IMPORTED = (
    "spuk.cli",
    "spuk.run",
    "spuk.commands.summary",
    "models",
    "finance.compliance",
    "finance.statement.result",
    "finance.statement",
    "finance.books.budget",
    "finance.xlsx.seal",
    "finance.xlsx.write",
    "finance.xlsx.verify",
)
"""What the command imports; it does so along the way, the traveller beforehand."""
STAGE = re.compile(r"^spuk\.run: (.+): ([0-9.]+) s$", re.MULTILINE)
IMPORTS = "importeren"
STAGES = {
    "importing": (IMPORTS,),
    "reading": ("lezen", "controleren"),
    "solving": ("oplossen",),
    "complying, stating": ("toetsen", "opstellen"),
    "writing": ("schrijven",),
    "verifying": ("werkmap verifiëren",),
}
"""The stages of a run, as its log names them."""


def measure() -> Section:
    """Travel some times, and report the medians."""
    rounds = [_travel() for _ in range(ROUNDS + 1)][1:]
    total = median(sum(stages.values()) for stages in rounds)
    names = tuple(rounds[0])
    row = tuple(share(median(stages[name] for stages in rounds), total) for name in names)
    return Section(
        "Zuidwest, from command to verified workbook",
        f"Shares of the time on the clock of `spuk plan {CASE}`, one scenario; medians of {ROUNDS} runs.",
        (*names, "seconds"),
        [(*row, f"{total:.1f}")],
        ["Starting is Python itself and the command line; writing contains the making of the sheets."],
    )


def _travel() -> dict[str, float]:
    """Seconds of each stage of one run, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.journey", str(CASE), folder]
        began = perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
        total = perf_counter() - began
    logged = {name: float(seconds) for name, seconds in STAGE.findall(done.stderr)}
    # The log counts the verifying as a part of the writing.
    logged["schrijven"] -= logged["werkmap verifiëren"]
    stages = {name: sum(logged[part] for part in parts) for name, parts in STAGES.items()}
    return {"starting": total - sum(stages.values()), **stages}


def main() -> None:
    """Import, run the command and log how long the imports took."""
    case, folder = sys.argv[1:]
    began = perf_counter()
    for name in IMPORTED:
        importlib.import_module(name)
    sys.stderr.write(f"spuk.run: {IMPORTS}: {perf_counter() - began:.3f} s\n")
    command_line = importlib.import_module("spuk.cli")
    sys.exit(command_line.run_command(["--logboek", "plan", case, "--out", folder]))


if __name__ == "__main__":
    main()

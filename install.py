"""Make the virtual environment .venv in this folder, with everything installed; safe to repeat.

Runs on any Python 3, so that one that is too old is told before anything is made: `py install.py` on
Windows, and `make plan` and `make test` elsewhere. With `--dev` the tools of the tests come along.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

NEEDED = (3, 11)
FOLDER = Path(__file__).resolve().parent
VENV = FOLDER / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
WORKS = f"import sys, pip; sys.exit(sys.version_info < {NEEDED})"
"""What a Python says no to that is too old, or has no pip."""


def too_old(version: Sequence[int]) -> str:
    """What is wrong with a version of Python, in Dutch; empty where it will do."""
    if tuple(version[:2]) >= NEEDED:
        return ""
    needed, here = (".".join(map(str, one[:2])) for one in (NEEDED, version))
    return (
        f"SPUK heeft Python {needed} of nieuwer nodig, en dit is Python {here}. Er is niets gemaakt."
        " Installeer een nieuwere van python.org, of wijs er een aan die er al is:"
        " `make plan PYTHON=python3.12`, of op Windows `py -3.12 install.py`."
    )


def main() -> NoReturn:
    """Make the environment, or say what is in the way."""
    fault = too_old(sys.version_info)
    if fault:
        sys.exit(fault)
    if not PYTHON.exists() or subprocess.call([str(PYTHON), "-c", WORKS]) != 0:  # noqa: S603 - no shell
        # A half or an old one is made anew.
        made = subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)])  # noqa: S603 - no shell
        if made != 0:
            sys.exit("De map .venv kon niet worden gemaakt. Installeer zo nodig het pakket python3-venv.")
    what = ["--editable", f"{FOLDER}[dev]"] if "--dev" in sys.argv[1:] else [str(FOLDER)]
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    sys.exit(subprocess.call([*pip, "-c", str(FOLDER / "constraints.txt"), *what]))  # noqa: S603 - no shell


if __name__ == "__main__":
    main()

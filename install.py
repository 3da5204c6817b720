"""Make the virtual environment .venv in this folder, with everything installed; safe to repeat.

Runs on any Python, from 2.7 on, so that one that is too old is told before anything is made: `py
install.py` on Windows, and `make plan` and `make test` elsewhere. So there are no annotations, f-strings or
newer modules here. With `--dev` the tools of the tests come along.
"""

import os
import subprocess
import sys

NEEDED = (3, 11)
FOLDER = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(FOLDER, ".venv")
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")))
WORKS = "import sys, pip; sys.exit(sys.version_info < %r)" % (NEEDED,)
"""What a Python says no to that is too old, or has no pip."""


def too_old(version):
    """What is wrong with a version of Python, in Dutch; empty where it will do."""
    if tuple(version[:2]) >= NEEDED:
        return ""
    needed, here = (".".join(map(str, one[:2])) for one in (NEEDED, version))
    return (
        "SPUK heeft Python %s of nieuwer nodig, en dit is Python %s. Er is niets gemaakt."
        " Installeer een nieuwere van python.org, of wijs er een aan die er al is:"
        " `make plan PYTHON=python3.12`, of op Windows `py -3.12 install.py`." % (needed, here)
    )


def main():
    """Make the environment, or say what is in the way."""
    fault = too_old(sys.version_info)
    if fault:
        sys.exit(fault)
    if not os.path.exists(PYTHON) or subprocess.call([PYTHON, "-c", WORKS]) != 0:
        # A half or an old one is made anew.
        made = subprocess.call([sys.executable, "-m", "venv", "--clear", VENV])
        if made != 0:
            sys.exit("De map .venv kon niet worden gemaakt. Installeer zo nodig het pakket python3-venv.")
    what = ["--editable", FOLDER + "[dev]"] if "--dev" in sys.argv[1:] else [FOLDER]
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    sys.exit(subprocess.call(pip + ["-c", os.path.join(FOLDER, "constraints.txt")] + what))


if __name__ == "__main__":
    main()

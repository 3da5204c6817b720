"""Where output goes."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from finance.filenames import stem_of
from finance.findings import OutputError
from spuk.errors import WrongUsageError

LONGEST: Final = ".begroting.xlsx.00000000.tmp"
"""The longest name of a file that a run makes, while it writes."""


def folder_of(case: Path, out: Path) -> Path:
    """Where all output of a case is written.

    Args:
        case: the file of the case.
        out: the folder for all output.

    Raises:
        WrongUsageError: the name of the file gives no name for a folder of its own.
    """
    stem = stem_of(case)
    if not stem.strip("."):
        raise WrongUsageError(f"Naar '{case.name}' kan geen map heten. Geef het bestand een naam.")
    return out / stem


def refuse_unwritable(folder: Path) -> None:
    """Refuse a folder that cannot be made or written to, before a long solve and not after it.

    Raises:
        OutputError: it cannot, or the names of the files in it would be too long.
    """
    there = next((path for path in (folder, *folder.parents) if os.access(path, os.F_OK)), folder)
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise OutputError(f"In '{folder}' kan niet worden geschreven. Kies met --out een andere map.")
    if _is_too_long(folder / LONGEST):
        raise OutputError(f"De naam '{folder}' is te lang. Kies met --out een kortere map.")


def _is_too_long(path: Path) -> bool:
    try:
        path.lstat()
    except OSError as fault:
        return fault.errno == errno.ENAMETOOLONG
    return False

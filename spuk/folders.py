"""Where output goes."""

from __future__ import annotations

import os
from pathlib import Path

from finance.findings import OutputError
from spuk.errors import WrongUsageError


def folder_of(case: Path, out: Path) -> Path:
    """Where all output of a case is written.

    Args:
        case: the file of the case.
        out: the folder for all output.

    Raises:
        WrongUsageError: the name of the file gives no name for a folder of its own.
    """
    stem = case.stem
    if not stem.strip("."):
        raise WrongUsageError(f"Naar '{case.name}' kan geen map heten. Geef het bestand een naam.")
    return out / stem


def refuse_unwritable(folder: Path) -> None:
    """Refuse a folder that cannot be made or written to, before a long solve and not after it.

    Raises:
        OutputError: it cannot.
    """
    existing = next(path for path in (folder, *folder.parents) if os.access(path, os.F_OK))
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        raise OutputError(f"In '{folder}' kan niet worden geschreven. Kies met --out een andere map.")

"""Names of files as people and systems spell them.

A Mac writes `é` in a name as two characters and Windows as one; on Linux a name need not be text at all.
"""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Final

UNDECODED: Final = re.compile("[\ud800-\udfff]")
"""What stands for a byte of a name that is no text."""


def one_form(text: str) -> str:
    """Text in the one Unicode form that cells are read in: a Mac types `é` as two characters."""
    return unicodedata.normalize("NFC", text)


def as_text(name: str) -> str:
    """A name for documents: the same on every machine, and `_` for what is no text."""
    return UNDECODED.sub("_", one_form(name))


def name_of(path: Path) -> str:
    """The name of a file for documents."""
    return as_text(path.name)


def stem_of(path: Path) -> str:
    """The same without its extension."""
    return Path(name_of(path)).stem


def existing(path: Path) -> Path:
    """A path as its parts stand on the disk, where a name is there in another Unicode form only."""
    found = Path(path.anchor)
    for part in path.relative_to(path.anchor).parts:
        found = _child(found, part)
    return found


def _child(folder: Path, name: str) -> Path:
    if not name.isascii() and not os.path.lexists(folder / name):
        with suppress(OSError):
            same = [other for other in folder.iterdir() if one_form(other.name) == one_form(name)]
            return min(same, default=folder / name)
    return folder / name

"""Opening a workbook file that may be anything: its bytes, and what it is where it is no workbook.

What cannot be a workbook is refused here with a finding that says what it is: another kind of file, an
encrypted one, the lock file of a workbook that somebody has open. What stands in the zip is looked at
when it is read (see `package`).
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING, Final, NoReturn

from finance.findings import Finding, FindingsError

if TYPE_CHECKING:
    from pathlib import Path

MIB: Final = 1024 * 1024
MAX_FILE: Final = 64 * MIB
"""The largest file, in bytes; a workbook of a million cells stays below it."""
MAX_PARTS: Final = 5_000
"""The largest number of parts in the zip."""

OLE_HEADER: Final = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_HEADER: Final = b"PK\x03\x04"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
LABELLED: Final = ("DRMEncrypted".encode("utf-16-le"), "DRMContent".encode("utf-16-le"))
"""What stands in a file that rights management (a sensitivity label) encrypted."""
LOCK: Final = re.compile(r"~\$(?P<excel>.+)|\.~lock\.(?P<office>.+)#")
"""The name of the file with which Excel or LibreOffice says that a workbook is open."""
JSON_START: Final = re.compile(rb"(\xef\xbb\xbf)?\s*[{\[]")
ZIP_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
)
"""What the standard library raises, one time or another, on a damaged zip."""

SAVE_AS_XLSX: Final = "Open het bestand in Excel en sla het op als Excel-werkmap (.xlsx)."
ASK_AGAIN: Final = "Vraag het bestand opnieuw op, of open het in Excel en sla het op als .xlsx."


def checked_bytes(path: Path) -> bytes:
    """Read a workbook file whole.

    Args:
        path: the file.

    Returns:
        The bytes of the file: a zip, of which nothing was unpacked yet.

    Raises:
        FindingsError: the file is absent, unreadable, no workbook, encrypted or far too large.
    """
    data = _read(path)
    _check_kind(path, data)
    return data


def refusal(wat: str, doen: str) -> FindingsError:
    """The error that refuses a file as a whole."""
    return FindingsError([Finding("", "", wat, doen)])


def _refuse(wat: str, doen: str) -> NoReturn:
    raise refusal(wat, doen)


def refuse_password(name: str) -> NoReturn:
    """Refuse a file that a password protects."""
    _refuse(
        f"'{name}' is met een wachtwoord beveiligd.",
        "Haal in Excel het wachtwoord weg (Bestand, Info, Werkmap beveiligen) en sla op.",
    )


def refuse_size(name: str) -> NoReturn:
    """Refuse a file that unpacks to far more than it should."""
    _refuse(
        f"'{name}' wordt bij het uitpakken onredelijk groot en is daarom niet geopend.",
        "Vraag de afzender om een gewone werkmap; dit lijkt op een kwaadaardig bestand.",
    )


def refuse_twice(name: str) -> NoReturn:
    """Refuse a file of which two programs could read different things."""
    _refuse(f"'{name}' bevat een onderdeel twee keer en is dus niet te vertrouwen.", ASK_AGAIN)


def refuse_document_type(name: str) -> NoReturn:
    """Refuse a file that declares a document type: the door to entity bombs and to files on this machine."""
    _refuse(
        f"'{name}' bevat een documenttype (DTD) en is daarom niet geopend.",
        "Een gewone werkmap heeft dat niet; vraag de afzender om het bestand uit Excel.",
    )


def _refuse_lock(path: Path) -> None:
    """Refuse the file with which a program says that a workbook is open."""
    match = LOCK.fullmatch(path.name)
    if match:
        real = match["excel"] or match["office"]
        beside = path.with_name(real)
        named = f"'{beside}'" if beside.is_file() else f"de werkmap zelf ('{real}')"
        _refuse(
            f"'{path.name}' is geen werkmap, maar het vergrendelbestand van '{real}', die open is (of was).",
            f"Noem {named}.",
        )


def _read(path: Path) -> bytes:
    """Read a file, at most one byte more than is allowed."""
    name = path.name or str(path)
    try:
        if path.is_dir():
            _refuse(f"'{name}' is een map en geen werkmap.", "Noem het bestand in die map.")
        if not stat.S_ISREG(path.stat().st_mode):
            _refuse(f"'{name}' is geen gewoon bestand.", "Noem een werkmap (.xlsx).")
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError as fault:
        raise refusal(f"Het bestand '{path}' bestaat niet.", "Controleer de naam en de map.") from fault
    except PermissionError as fault:
        _refuse_lock(path)
        raise refusal(
            f"'{name}' mag niet worden gelezen.",
            "Vraag leesrechten, of sluit het programma dat het bestand vasthoudt.",
        ) from fault
    except (OSError, ValueError) as fault:
        raise refusal(f"'{name}' kan niet worden gelezen.", "Controleer de naam en de schijf.") from fault
    if len(data) > MAX_FILE:
        _refuse(
            f"'{name}' is groter dan {MAX_FILE // MIB} MB.",
            "Haal afbeeldingen en bladen die er niet bij horen weg.",
        )
    return data


def _check_kind(path: Path, data: bytes) -> None:
    """Refuse what is no zip at all, and say what it is where that can be seen."""
    if data.startswith(ZIP_HEADER):
        return
    name = path.name
    _refuse_lock(path)
    if not data:
        _refuse(f"'{name}' is leeg (0 bytes).", ASK_AGAIN)
    if JSON_START.match(data):
        _refuse(
            f"'{name}' is een JSON-bestand en geen werkmap.",
            "Noem een werkmap (.xlsx); naast een resultaat.json staat zijn begroting.xlsx.",
        )
    if not data.startswith(OLE_HEADER):
        _refuse(f"'{name}' is geen Excel-werkmap (.xlsx).", SAVE_AS_XLSX)
    if any(mark in data for mark in LABELLED):
        _refuse(
            f"'{name}' is versleuteld door een vertrouwelijkheidslabel (of ander rechtenbeheer).",
            "Open het in Excel, kies bij Start, Vertrouwelijkheid een label zonder versleuteling, en sla op.",
        )
    if ENCRYPTED in data:
        refuse_password(name)
    _refuse(f"'{name}' is een oude Excel-werkmap (.xls).", SAVE_AS_XLSX)

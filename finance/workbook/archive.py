"""Opening a workbook that may be anything: the bounds on what is read from it.

An xlsx file is a zip of XML parts. Before any reader sees it, its bytes pass here: a file that is
no workbook, is encrypted, is damaged, unpacks to far more than it should, or declares a document
type (the door to entity bombs and to files on this machine) is refused with a finding.
"""

from __future__ import annotations

import io
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
MAX_PART: Final = 256 * MIB
"""The largest part, unpacked, in bytes."""
MAX_TOTAL: Final = 512 * MIB
"""The largest total of all parts, unpacked, in bytes."""
MAX_RATIO: Final = 300
"""How many times larger than packed a part may be; cells compress 10 to 50 times."""
SMALL: Final = MIB
"""Up to this size, in bytes, the ratio of a part does not matter."""

OLE_HEADER: Final = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_HEADER: Final = b"PK\x03\x04"
CONTENT_TYPES: Final = "[Content_Types].xml"
WORKBOOK_TYPE: Final = re.compile(rb"(sheet|template)(\.macroEnabled)?\.main\+xml")
XML_NAMES: Final = (".xml", ".rels", ".vml")
JSON_START: Final = re.compile(rb"(\xef\xbb\xbf)?\s*[{\[]")
XML_START: Final = re.compile(rb"(\xef\xbb\xbf)?\s*<")
UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
DECLARED: Final = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
ENCODINGS: Final = frozenset({b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"})
DOCUMENT_TYPES: Final = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
OVERLAP: Final = max(map(len, DOCUMENT_TYPES))
ZIP_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OverflowError, OSError,
)
"""What the standard library raises, one time or another, on a damaged zip."""

SAVE_AS_XLSX: Final = "Open het bestand in Excel en sla het op als Excel-werkmap (.xlsx)."
ASK_AGAIN: Final = "Vraag het bestand opnieuw op, of open het in Excel en sla het op als .xlsx."


def checked_bytes(path: Path) -> bytes:
    """Read a workbook file whole, once it is known to be safe to parse.

    Args:
        path: the file.

    Returns:
        The bytes of the file: a zip of bounded size, with only readable XML without document types.

    Raises:
        FindingsError: the file is absent, unreadable, no workbook, encrypted, damaged or hostile.
    """
    data = _read(path)
    _check_kind(path.name, data)
    try:
        _check_parts(path.name, data)
    except ZIP_FAULTS as fault:
        raise _refusal(f"'{path.name}' is beschadigd en kan niet worden gelezen.", ASK_AGAIN) from fault
    return data


def _refusal(wat: str, doen: str) -> FindingsError:
    return FindingsError([Finding("", "", wat, doen)])


def _refuse(wat: str, doen: str) -> NoReturn:
    raise _refusal(wat, doen)


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
        raise _refusal(f"Het bestand '{path}' bestaat niet.", "Controleer de naam en de map.") from fault
    except PermissionError as fault:
        raise _refusal(
            f"'{name}' mag niet worden gelezen.",
            "Vraag leesrechten, of sluit het programma dat het bestand vasthoudt.",
        ) from fault
    except (OSError, ValueError) as fault:
        raise _refusal(f"'{name}' kan niet worden gelezen.", "Controleer de naam en de schijf.") from fault
    if len(data) > MAX_FILE:
        _refuse(
            f"'{name}' is groter dan {MAX_FILE // MIB} MB.",
            "Haal afbeeldingen en bladen die er niet bij horen weg.",
        )
    return data


def _check_kind(name: str, data: bytes) -> None:
    """Refuse what is no zip at all, and say what it is where that can be seen."""
    if data.startswith(ZIP_HEADER):
        return
    if not data:
        _refuse(f"'{name}' is leeg (0 bytes).", ASK_AGAIN)
    if JSON_START.match(data):
        _refuse(
            f"'{name}' is een JSON-bestand en geen werkmap.",
            "Noem een werkmap (.xlsx); naast een resultaat.json staat zijn begroting.xlsx.",
        )
    if not data.startswith(OLE_HEADER):
        _refuse(f"'{name}' is geen Excel-werkmap (.xlsx).", SAVE_AS_XLSX)
    if "EncryptedPackage".encode("utf-16-le") in data:
        _refuse_password(name)
    _refuse(f"'{name}' is een oude Excel-werkmap (.xls).", SAVE_AS_XLSX)


def _refuse_password(name: str) -> NoReturn:
    _refuse(
        f"'{name}' is met een wachtwoord beveiligd.",
        "Haal in Excel het wachtwoord weg (Bestand, Info, Werkmap beveiligen) en sla op.",
    )


def _check_parts(name: str, data: bytes) -> None:
    """Unpack every part once, within the bounds, and look at what it holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        _check_directory(name, parts)
        budget = MAX_TOTAL
        for part in parts:
            budget -= _check_part(name, archive, part, min(MAX_PART, budget))
        if not WORKBOOK_TYPE.search(archive.read(CONTENT_TYPES)):
            _refuse(f"'{name}' is geen Excel-werkmap (.xlsx).", SAVE_AS_XLSX)


def _check_directory(name: str, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse on what the zip says about itself, before anything is unpacked."""
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_TOTAL:
        _refuse_size(name)
    if any(part.flag_bits & 1 for part in parts):
        _refuse_password(name)
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names):
        _refuse(f"'{name}' bevat een onderdeel twee keer en is dus niet te vertrouwen.", ASK_AGAIN)
    if CONTENT_TYPES not in {part.filename for part in parts}:
        _refuse(f"'{name}' is geen Excel-werkmap (.xlsx).", SAVE_AS_XLSX)
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise zipfile.BadZipFile("compression that a workbook never has")


def _refuse_size(name: str) -> NoReturn:
    _refuse(
        f"'{name}' wordt bij het uitpakken onredelijk groot en is daarom niet geopend.",
        "Vraag de afzender om een gewone werkmap; dit lijkt op een kwaadaardig bestand.",
    )


def _check_part(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int) -> int:
    """Unpack one part piece by piece; return its true size in bytes."""
    declared, size, tail = part.file_size, 0, b""
    is_xml = part.filename.lower().endswith(XML_NAMES)
    # A header that says less than there is would stop the standard library early, not other readers.
    part.file_size = limit + 2 * MIB
    with archive.open(part) as stream:
        while piece := stream.read(MIB):
            if is_xml:
                _check_xml(name, tail + piece, first=size == 0)
                tail = piece[-OVERLAP:]
            size += len(piece)
            if size > limit or (size > SMALL and size > MAX_RATIO * part.compress_size):
                _refuse_size(name)
    part.file_size = declared
    if size != declared:
        raise zipfile.BadZipFile("a part is not as large as it says")
    return size


def _check_xml(name: str, piece: bytes, *, first: bool) -> None:
    if any(mark in piece for mark in DOCUMENT_TYPES):
        _refuse(
            f"'{name}' bevat een documenttype (DTD) en is daarom niet geopend.",
            "Een gewone werkmap heeft dat niet; vraag de afzender om het bestand uit Excel.",
        )
    if not first:
        return
    declared = DECLARED.match(piece.removeprefix(b"\xef\xbb\xbf").lstrip())
    readable = piece.startswith(UTF16_MARKS) or XML_START.match(piece)
    if not readable or (declared and declared[1].lower() not in ENCODINGS):
        raise zipfile.BadZipFile("a part in an encoding that a workbook never has")

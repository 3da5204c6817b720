"""The bond between a result and the workbook beside it: each names the hash of what the other says."""

from __future__ import annotations

import hashlib
import json
from typing import Final, cast

SEAL: Final = "werkmap_zegel"
"""The name of the fingerprint of the workbook that belongs to a result."""


def with_seal(document: dict[str, object], fingerprint: str) -> dict[str, object]:
    """The document with the fingerprint of the seal of the workbook that was written beside it."""
    provenance = cast("dict[str, object]", document["herkomst"])
    return {**document, "herkomst": {**provenance, SEAL: fingerprint}}


def seal_in(data: bytes) -> str:
    """The fingerprint of the workbook that belongs to a result; empty where it names none.

    Args:
        data: the bytes of a `resultaat.json`.

    Raises:
        ValueError: the bytes are no JSON.
    """
    try:
        fingerprint = json.loads(data)["herkomst"][SEAL]
    except (LookupError, TypeError, RecursionError):
        return ""
    return str(fingerprint)


def content_hash(data: bytes) -> str:
    """The SHA-256 of what a result says, however its file is laid out.

    The fingerprint of the workbook beside it is left out: the seal that gives it holds this hash.

    Args:
        data: the bytes of the file.

    Raises:
        ValueError: the bytes are no JSON, or say something twice.
    """
    try:
        document = json.loads(data, object_pairs_hook=_once)
    except RecursionError as fault:
        raise ValueError("nested too deeply") from fault
    if isinstance(document, dict) and isinstance(document.get("herkomst"), dict):
        document["herkomst"].pop(SEAL, None)
    said = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The members of an object; what stands in it twice would be read otherwise by another program."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name that stands twice in an object")
    return members

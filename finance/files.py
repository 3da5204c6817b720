"""Writing files whole or not at all: beside the target first, then renamed into place."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from finance.findings import OutputError

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_FOLDER: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EEXIST})
REASONS: Final[Mapping[int, str]] = {
    **dict.fromkeys(NO_ROOM, "de schijf is vol. Maak ruimte vrij en probeer het opnieuw."),
    **dict.fromkeys(NO_FOLDER, "de map kan niet worden gemaakt. Kies met --out een andere map."),
    errno.EROFS: "de schijf is alleen-lezen. Kies met --out een andere map.",
    errno.EISDIR: "er staat een map met die naam. Verwijder of hernoem die map.",
    errno.ENAMETOOLONG: "de naam is te lang. Kies met --out een kortere map.",
}
"""Why a file could not be written and what to do, by error number."""
NOT_ALLOWED: Final = (
    "het mag niet worden geschreven. Sluit het bestand als het in Excel open staat,"
    " of kies met --out een map waarin u mag schrijven."
)


@contextmanager
def replacing_all(targets: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """Give a temporary path for each target; rename them all into place at the end.

    Whatever stops the work (an error, a full disk, Ctrl-C), every target is what it was before and
    nothing temporary is left. Folders that are missing are made.

    Args:
        targets: where the files are to stand; each may exist already.

    Yields:
        The paths to write to, in the same order, each in the folder of its target.

    Raises:
        OutputError: a file cannot be written there.
    """
    with _in_dutch(targets):
        for target in targets:
            _prepare(target)
    made = tuple(_beside(target, "tmp") for target in targets)
    try:
        with _in_dutch(targets):
            yield made
            for path in made:
                _flush(path)
            _rename_all(made, targets)
    finally:
        _remove(made)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary path beside one target; rename it into place at the end.

    Raises:
        OutputError: the file cannot be written there.
    """
    with replacing_all([target]) as (path,):
        yield path


def atomic_write_all(contents: Mapping[Path, bytes]) -> None:
    """Write files as a set: all of them whole, or none at all.

    Raises:
        OutputError: a file cannot be written there.
    """
    with replacing_all(tuple(contents)) as paths:
        for path, data in zip(paths, contents.values(), strict=True):
            path.write_bytes(data)


def atomic_write(target: Path, data: bytes) -> None:
    """Write one file whole, or not at all.

    Raises:
        OutputError: the file cannot be written there.
    """
    atomic_write_all({target: data})


@contextmanager
def _in_dutch(targets: Sequence[Path]) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        target = _target_of(fault, targets)
        if target is None:
            raise
        raise OutputError(f"'{target}' is niet geschreven: {_reason(fault)}") from fault


def _target_of(fault: OSError, targets: Sequence[Path]) -> Path | None:
    """The target that a fault is about; a fault that names no file came from writing one of them."""
    if fault.filename is None:
        return targets[0]
    named = Path(os.fsdecode(fault.filename))
    return next((target for target in targets if _belongs(named, target)), None)


def _belongs(named: Path, target: Path) -> bool:
    """Whether a path is the target, a temporary name of it, or a folder on the way to it."""
    beside = named.parent == target.parent and named.name.startswith(f".{target.name}.")
    return beside or named == target or named in target.parents


def _reason(fault: OSError) -> str:
    if isinstance(fault, PermissionError):
        return NOT_ALLOWED
    return REASONS.get(fault.errno or 0, f"{fault.strerror or fault}. Kies met --out een andere map.")


def _prepare(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))


def _beside(target: Path, use: str) -> Path:
    """A hidden name in the same folder, since a rename is whole only within one disk."""
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}.{use}")


def _flush(path: Path) -> None:
    """Wait until a file is on the disk; a rename may otherwise survive a crash that its data does not."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _rename_all(made: Sequence[Path], targets: Sequence[Path]) -> None:
    """Rename every file into place; on a failure halfway, put back what stood there."""
    kept = [_beside(target, "oud") for target in targets]
    try:
        for target, old in zip(targets, kept, strict=True):
            _keep(target, old)
        for path, target in zip(made, targets, strict=True):
            path.replace(target)
    except BaseException:
        for path, target, old in zip(made, targets, kept, strict=True):
            if not path.exists():
                _put_back(target, old)
        # Not in a finally: what could not be put back is all that is left of the old file.
        _remove(kept)
        raise
    _remove(kept)


def _keep(target: Path, old: Path) -> None:
    """Keep what stands at a target under a second name, until the whole set is in place."""
    if not target.exists():
        return
    try:
        old.hardlink_to(target)
    except OSError:
        shutil.copy2(target, old)


def _put_back(target: Path, old: Path) -> None:
    if old.exists():
        old.replace(target)
    else:
        target.unlink(missing_ok=True)


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)

"""Writing files whole or not at all: whatever goes wrong, nothing is half-written."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from finance import files
from finance.files import atomic_write, atomic_write_all, replacing, replacing_all
from finance.findings import OutputError, SpukError

OLD = {"begroting.xlsx": b"oude werkmap", "resultaat.json": b"oud resultaat"}
NEW = {"begroting.xlsx": b"nieuwe werkmap", "resultaat.json": b"nieuw resultaat"}


@pytest.fixture(params=["with old files", "without"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder for output, with or without the files of an earlier run."""
    if request.param == "with old files":
        write_old(tmp_path)
    return tmp_path


def write_old(folder: Path) -> None:
    for name, data in OLD.items():
        (folder / name).write_bytes(data)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def fails(error: BaseException, *, at: int = 1) -> Callable[..., None]:
    """Something that goes wrong once: the first time it is done, or a later one."""
    times = 0

    def fail(*_arguments: object) -> None:
        nonlocal times
        times += 1
        if times == at:
            raise error

    return fail


def write_new(folder: Path) -> None:
    atomic_write_all({folder / name: data for name, data in NEW.items()})


def test_new_files_stand_in_place_of_the_old(folder: Path) -> None:
    write_new(folder)
    assert contents(folder) == NEW


def test_missing_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "uit" / "zuidwest" / "bouwkosten +15%" / "begroting.xlsx"
    atomic_write(path, b"x")
    assert path.read_bytes() == b"x"


def test_one_file_at_a_time_is_written_beside_its_place(folder: Path) -> None:
    target = folder / "begroting.xlsx"
    before = target.read_bytes() if target.exists() else None
    with replacing(target) as path:
        path.write_bytes(b"nieuw")
        assert path.parent == folder
        assert (target.read_bytes() if target.exists() else None) == before
    assert target.read_bytes() == b"nieuw"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("fout"), OSError(errno.ENOSPC, "vol")])
def test_what_stops_the_work_leaves_everything_as_it_was(folder: Path, error: BaseException) -> None:
    before = contents(folder)

    def stop() -> None:
        with replacing_all([folder / name for name in NEW]) as (first, _):
            first.write_bytes(b"half")
            raise error

    with pytest.raises((type(error), OutputError)):
        stop()
    assert contents(folder) == before


@pytest.mark.parametrize("step", ["fsync", "replace", "link"])
@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "vol"), PermissionError(errno.EACCES, "open"), KeyboardInterrupt()]
)
def test_a_failure_of_any_step_leaves_everything_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, at: int, error: BaseException
) -> None:
    if step == "link":
        write_old(folder)
    before = contents(folder)
    do = getattr(os, step)
    fail = fails(error, at=at)

    def broken(*arguments: object, **named: object) -> object:
        fail()
        return do(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, step, broken)
        if step == "link":
            patch.setattr(files.shutil, "copy2", fails(error))
        with pytest.raises((OutputError, KeyboardInterrupt)):
            write_new(folder)
        patch.undo()
    assert contents(folder) == before


def test_a_disk_without_second_names_works_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", fails(OSError(errno.EPERM, "kan niet")))
    write_new(folder)
    assert contents(folder) == NEW


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "de schijf is vol"),
        (OSError(errno.EDQUOT, "x"), "de schijf is vol"),
        (PermissionError(errno.EACCES, "x"), "Excel open"),
        (OSError(errno.EROFS, "x"), "alleen-lezen"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_the_message_says_what_and_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    monkeypatch.setattr(os, "fsync", fails(error))
    with pytest.raises(OutputError, match=words) as raised:
        atomic_write(tmp_path / "begroting.xlsx", b"x")
    assert str(tmp_path / "begroting.xlsx") in str(raised.value)
    assert ".tmp" not in str(raised.value)
    assert isinstance(raised.value, SpukError)


def test_the_file_that_could_not_be_written_is_the_one_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def held(old: str | Path, new: str | Path) -> None:
        if Path(new).name == "resultaat.json" and Path(old).suffix == ".tmp":
            raise PermissionError(errno.EACCES, "open", str(old), None, str(new))
        replace(old, new)

    before = contents(folder)
    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(OutputError, match=r"resultaat\.json' is niet geschreven"):
        write_new(folder)
    assert contents(folder) == before


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "begroting.xlsx").mkdir()
    with pytest.raises(OutputError, match="map met die naam"):
        atomic_write(tmp_path / "begroting.xlsx", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["begroting.xlsx"]


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("geen map")
    with pytest.raises(OutputError, match="map kan niet worden gemaakt"):
        atomic_write(tmp_path / "uit" / "begroting.xlsx", b"x")
    with pytest.raises(OutputError, match="map kan niet worden gemaakt"):
        atomic_write(tmp_path / "uit" / "diep" / "begroting.xlsx", b"x")


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="naam is te lang"):
        atomic_write(tmp_path / ("x" * 300), b"x")


def test_a_fault_that_is_about_another_file_is_not_about_this_one(tmp_path: Path) -> None:
    other = tmp_path / "anders" / "bestand"
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "begroting.xlsx"):
        other.read_bytes()
    assert contents(tmp_path) == {}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_disk_that_is_really_full_is_reported(tmp_path: Path) -> None:
    def fill() -> None:
        with replacing(tmp_path / "begroting.xlsx") as path:
            path.write_bytes(b"half")
            Path("/dev/full").write_bytes(b"x")

    with pytest.raises(OutputError, match="de schijf is vol"):
        fill()
    assert contents(tmp_path) == {}


def test_an_old_file_that_cannot_be_put_back_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_old(tmp_path)
    replace, times = os.replace, iter(range(9))

    def first_only(old: str, new: str) -> None:
        if next(times):
            raise PermissionError(errno.EACCES, "open", str(old), None, str(new))
        replace(old, new)

    monkeypatch.setattr(os, "replace", first_only)
    with pytest.raises(OutputError):
        write_new(tmp_path)
    assert set(OLD.values()) <= set(contents(tmp_path).values())


def test_new_files_may_be_read_as_any_other_new_file(tmp_path: Path) -> None:
    (tmp_path / "gewoon").write_bytes(b"")
    atomic_write(tmp_path / "begroting.xlsx", b"x")
    assert (tmp_path / "begroting.xlsx").stat().st_mode == (tmp_path / "gewoon").stat().st_mode

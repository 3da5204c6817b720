"""`spuk verify`: what a workbook was made from, its fingerprint, and the result beside it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from finance.xlsx.write import book_bytes
from spuk.app import Exit
from spuk.cli import run_command
from tests.finance.xlsx.sample import small_book
from tests.finance.xlsx.version_one import sealed_by_one
from tests.spuk.cases import tiny

Captured = pytest.CaptureFixture[str]
Change = Callable[[dict[str, Any]], object]


class Made(NamedTuple):
    """A case that was planned."""

    case: Path
    book: Path
    result: Path


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("dorp")
    case = tiny(folder)
    assert run_command(["plan", str(case), "--out", str(folder)]) == Exit.FINE
    made = folder / "dorp" / "basis"
    return Made(case, made / "begroting.xlsx", made / "resultaat.json")


@pytest.fixture
def made(planned: Made, tmp_path: Path) -> Made:
    """A copy that a test may change."""
    return Made(*(Path(shutil.copy(path, tmp_path)) for path in planned))


def verify(*arguments: object) -> int:
    return run_command(["verify", *map(str, arguments)])


def fingerprint(path: Path, capsys: Captured) -> str:
    capsys.readouterr()
    assert verify(path) == Exit.FINE
    found = re.search("vingerafdruk: ([0-9a-f]{64})\n", capsys.readouterr().out)
    assert found
    return found[1]


def test_what_it_was_made_from_is_printed(made: Made, capsys: Captured) -> None:
    assert verify(made.book) == Exit.FINE
    lines = capsys.readouterr().out.splitlines()
    result = json.loads(made.result.read_bytes())
    assert lines[1:] == [
        f"  vingerafdruk: {result['herkomst']['werkmap_zegel']}",
        f"  SHA-256 van de invoer: {hashlib.sha256(made.case.read_bytes()).hexdigest()}",
        f"  regelingen: {', '.join(result['herkomst']['regelingen'])}",
        f"  toolkit: {result['herkomst']['toolkit']}",
    ]


def test_a_fingerprint_that_was_given_must_be_that_of_the_workbook(made: Made, capsys: Captured) -> None:
    right = fingerprint(made.book, capsys)
    assert verify(made.book, "--vingerafdruk", right.upper()) == Exit.FINE
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    assert verify(made.book, "--vingerafdruk", wrong) == Exit.FINDINGS
    assert f"De vingerafdruk is niet {wrong}, maar {right}." in capsys.readouterr().err


@pytest.mark.parametrize("given", ["", "abc", "g" * 64, "0" * 63, "0" * 65])
def test_what_is_no_fingerprint_is_wrong_usage(made: Made, given: str, capsys: Captured) -> None:
    assert verify(made.book, "--vingerafdruk", given) == Exit.USAGE
    assert "64 tekens" in capsys.readouterr().err


def test_one_fingerprint_belongs_to_one_workbook(made: Made, capsys: Captured) -> None:
    assert verify(made.book, made.book, "--vingerafdruk", "0" * 64) == Exit.USAGE
    assert "hoort bij één werkmap" in capsys.readouterr().err


def test_the_input_that_was_given_must_be_that_of_the_workbooks(made: Made, tmp_path: Path, capsys: Captured) -> None:
    assert verify(made.book, made.book, "--invoer", made.case) == Exit.FINE
    other = tiny(tmp_path, name="anders.xlsx", last=2023)
    assert verify(made.book, "--invoer", other) == Exit.FINDINGS
    said = capsys.readouterr().err
    assert "De werkmap is niet uit 'anders.xlsx' gemaakt" in said
    assert hashlib.sha256(other.read_bytes()).hexdigest() in said
    assert verify(made.book, "--invoer", tmp_path / "weg.xlsx") == Exit.FINDINGS
    assert "bestaat niet" in capsys.readouterr().err


def changed(made: Made, change: Change) -> None:
    document = json.loads(made.result.read_bytes())
    change(document)
    made.result.write_text(json.dumps(document), "utf-8")


def paid_more(payment: dict[str, Any]) -> dict[str, Any]:
    """The same payment and a cent."""
    return {**payment, "bedrag_cent": payment["bedrag_cent"] + 1}


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document["betalingen"].insert(0, paid_more(document["betalingen"].pop(0))),
        lambda document: document["betalingen"].pop(),
        lambda document: document["maatregelen"][0].update(start=2023),
        lambda document: document["herkomst"].update(invoer_sha256="0" * 64),
        lambda document: document.update(sluitend=False),
        lambda document: document.update(extra=1),
    ],
)
def test_a_result_that_says_something_else_is_told(made: Made, change: Change, capsys: Captured) -> None:
    changed(made, change)
    assert verify(made.book) == Exit.FINDINGS
    assert "'resultaat.json' in dezelfde map zegt iets anders" in capsys.readouterr().err


def test_what_stands_twice_in_a_result_is_told(made: Made, capsys: Captured) -> None:
    text = made.result.read_text("utf-8")
    made.result.write_text(text.replace('"sluitend": true', '"sluitend": false, "sluitend": true'), "utf-8")
    assert verify(made.book) == Exit.FINDINGS
    assert "kan niet worden gelezen" in capsys.readouterr().err


def test_another_layout_of_a_result_says_the_same(made: Made) -> None:
    changed(made, lambda _: None)
    assert verify(made.book) == Exit.FINE


def test_a_result_that_is_not_there_says_nothing(made: Made) -> None:
    made.result.unlink()
    assert verify(made.book) == Exit.FINE


def test_a_seal_of_version_one_says_nothing_of_the_input(made: Made, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "oud.xlsx"
    path.write_bytes(book_bytes(sealed_by_one(small_book())))
    assert verify(path) == Exit.FINE
    said = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert said == ["oud.xlsx", "  vingerafdruk"]
    assert verify(path, "--invoer", made.case) == Exit.FINDINGS
    assert "zegt niet uit welke invoer" in capsys.readouterr().err

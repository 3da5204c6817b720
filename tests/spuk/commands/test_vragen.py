"""`spuk template --vragen`: every answer is checked at once and asked again, and nothing is ever half written."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from spuk.app import Exit
from tests.spuk.planning import spoken

Captured = pytest.CaptureFixture[str]
GOOD = ("Afbouw Delft", "2024", "rotterdam", "", "2025", "2027", "iHUB", "'t Anker Harreveld", "20", "8", "16", "10")


def asked(
    answers: Sequence[str], path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, *options: str
) -> tuple[int, str, str]:
    """Run the questions with these answers in a pipe."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{text}\n" for text in answers)))
    return spoken(capsys, "template", "--vragen", *options, str(path))


def test_twelve_answers_make_a_case_that_is_checked_and_planned(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "eerste.xlsx"
    status, out, err = asked(GOOD, path, capsys, monkeypatch)
    assert status == Exit.FINE
    assert out == (
        f"De casus staat in {path}; wat u niet opgaf, is een aanname (blad herkomst). Verder: spuk plan {path}\n"
    )
    assert [line.split(" ")[0] for line in err.splitlines()] == [f"{number}/12" for number in range(1, 13)]
    assert spoken(capsys, "check", str(path)) == (
        Exit.FINE,
        "eerste.xlsx: geen bevindingen (4 maatregelen, 2 scenario's).\n",
        "",
    )
    status, out, _ = spoken(capsys, "plan", str(path), "--out", str(tmp_path))
    assert status == Exit.FINE
    assert "BEWEZEN OPTIMAAL" in out
    assert "SLUIT-1" in out


WRONG = (
    (1, "", "Hier hoort een naam. Typ hem, en druk op Enter."),
    (1, "x" * 101, "Deze naam kan niet: neem hooguit 100 gewone tekens."),
    (2, "2022", "Typ 2020 of 2024."),
    (3, "Roterdam", "De uitkering van 2024 kent de gemeente 'Roterdam' niet. Bedoelt u 'Rotterdam'?"),
    (3, "", "De uitkering van 2024 kent de gemeente '' niet. Kies uit: Amsterdam"),
    (4, "veel", "'veel' is geen bedrag. Schrijf het zo: 1250000."),
    (4, "1,250,000", "'1,250,000' kan twee bedragen zijn. Schrijf het zonder punten: 1250000."),
    (4, "0", "Het bedrag ligt boven 0 en is hooguit EUR 41.454.546,00, het maximum van de gemeente."),
    (4, "41454546,01", "Het bedrag ligt boven 0 en is hooguit EUR 41.454.546,00, het maximum van de gemeente."),
    (5, "2023", "Dit moet een getal van 2024 tot en met 2030 zijn. De uitkering moet dan te besteden zijn."),
    (6, "2025", "Dit moet een getal van 2026 tot en met 2037 zijn."),
    (9, "tien", "'tien' is geen heel getal. Typ een getal van 1 tot en met 1000."),
    (9, "2,5", "'2,5' is geen heel getal."),
    (10, "20", "Dit moet een getal van 0 tot en met 19 zijn."),
    (11, "0", "Dit moet een getal van 1 tot en met 1000 zijn."),
    (12, "-1", "Dit moet een getal van 0 tot en met 1000 zijn."),
)


def test_every_wrong_answer_is_told_at_once_and_asked_again(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [text for at, good in enumerate(GOOD, 1) for text in (*(bad for on, bad, _ in WRONG if on == at), good)]
    status, _, err = asked(answers, tmp_path / "eerste.xlsx", capsys, monkeypatch)
    assert status == Exit.FINE
    lines = err.splitlines()
    assert len(lines) == 12 + 2 * len(WRONG)
    for number, _, told in WRONG:
        assert any(
            line.startswith(told) and lines[at + 1].startswith(f"{number}/12 ") for at, line in enumerate(lines[:-1])
        ), told
    book = openpyxl.load_workbook(tmp_path / "eerste.xlsx")
    assert book["plaatsen"]["C2"].value == 20


@pytest.mark.parametrize("given", [0, 5, 11])
def test_answers_that_end_too_soon_write_nothing(
    given: int, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, err = asked(GOOD[:given], tmp_path / "eerste.xlsx", capsys, monkeypatch)
    assert (status, out) == (Exit.USAGE, "")
    assert err.endswith(f"De antwoorden houden op bij vraag {given + 1}. Er is niets geschreven: begin opnieuw.\n")
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_writes_nothing(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", stop)
    status, out, err = spoken(capsys, "template", "--vragen", str(tmp_path / "eerste.xlsx"))
    assert (status, out) == (Exit.FINDINGS, "")
    assert err.endswith("Afgebroken. Er is niets half geschreven.\n")
    assert list(tmp_path.iterdir()) == []


def test_the_walk_through_a_first_case_names_every_question(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document shortens a question; it begins as the question does."""
    answers = [*GOOD[:5], "2030", *GOOD[6:]]
    _, _, err = asked(answers, tmp_path / "eerste.xlsx", capsys, monkeypatch)
    walk = (Path(__file__).parents[3] / "docs" / "eerste-casus.md").read_text("utf-8")
    rows = [line.split("|")[1].strip() for line in walk.splitlines() if line.startswith("| ") and ". " in line[:6]]
    questions = [line.split(" ", 1)[1] for line in err.splitlines()]
    begun = [row.split(". ", 1)[1].rstrip("?") for row in rows]
    assert [text for text, question in zip(begun, questions, strict=True) if not question.startswith(text)] == []


def test_nothing_is_asked_where_nothing_could_be_written(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "er.xlsx"
    there.write_bytes(b"oud")
    assert asked(GOOD, there, capsys, monkeypatch)[::2] == (
        Exit.USAGE,
        f"'{there}' bestaat al. Kies een andere naam, of verplaats het bestand.\n",
    )
    assert there.read_bytes() == b"oud"
    status, _, err = asked(GOOD, tmp_path / "nieuw.xlsx", capsys, monkeypatch, "--toewijzing")
    assert (status, err) == (Exit.USAGE, "--vragen gaat niet samen met --toewijzing of --casus.\n")

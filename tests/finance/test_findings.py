"""Findings: how they read, how they travel, and how a misspelt word is answered."""

from __future__ import annotations

import pytest

from finance.findings import Finding, FindingsError, NoPlanError, SpukError, nearest

SPOILED = Finding("vraag", "C5", "jeugdigen is leeg.", "Vul de cel in.")


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (SPOILED, "vraag!C5: jeugdigen is leeg. Vul de cel in."),
        (Finding("vraag", "", "Het ontbreekt.", "Voeg het toe."), "vraag: Het ontbreekt. Voeg het toe."),
        (Finding("", "", "Geen werkboek.", "Kies een xlsx."), "Geen werkboek. Kies een xlsx."),
        (
            Finding("vraag", "C5", "Te groot.", "Verlaag het.", scenario="krapte"),
            "[scenario krapte] vraag!C5: Te groot. Verlaag het.",
        ),
    ],
)
def test_a_finding_reads_as_place_fault_and_remedy(finding: Finding, text: str) -> None:
    assert str(finding) == text


def test_an_error_carries_all_its_findings_in_order() -> None:
    second = Finding("kosten", "D2", "Negatief.", "Typ 0 of meer.")
    error = FindingsError(finding for finding in (SPOILED, second))
    assert error.findings == (SPOILED, second)
    assert str(error) == f"{SPOILED}\n{second}"


@pytest.mark.parametrize("error", [FindingsError([SPOILED]), NoPlanError("Twee projecten botsen.")])
def test_every_reported_error_has_one_base(error: Exception) -> None:
    assert isinstance(error, SpukError)


@pytest.mark.parametrize(
    ("word", "known", "answer"),
    [
        ("Horizn", ["Horizon", "Schakenbosch"], "Bedoelt u 'Horizon'?"),
        ("horizon", ["Horizon", "Schakenbosch"], "Bedoelt u 'Horizon'?"),
        ("DEKING", ["dekking", "doelen"], "Bedoelt u 'dekking'?"),
        ("iets heel anders", ["b", "a"], "Kies uit: a, b."),
        ("", ["b", "a"], "Kies uit: a, b."),
        ("x", [], "Er is hier nog niets om naar te verwijzen."),
    ],
)
def test_a_misspelt_word_gets_the_nearest_known_one(word: str, known: list[str], answer: str) -> None:
    assert nearest(word, known) == answer


def test_a_long_choice_is_cut_after_twelve() -> None:
    known = [f"bron{number:02d}" for number in range(13)]
    assert nearest("zzz", known[:12]) == f"Kies uit: {', '.join(known[:12])}."
    assert nearest("zzz", known).startswith(f"Kies uit: {', '.join(known[:12])}, ...")
    assert known[12] not in nearest("zzz", known)

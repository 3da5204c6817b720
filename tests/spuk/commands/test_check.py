"""`spuk check --uitgebreid`: the tables a reader holds against what he knows, on a terminal of 80 columns."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from spuk.app import Exit
from spuk.commands.check import WIDTH, outlook_text
from tests.casebook import small_built_case, write_xlsx
from tests.finance.plan.outlook.test_outlook import CASE
from tests.models.bare import cost, measure, places, source
from tests.spuk.planning import spoken

EXPECTED = """\
BEZETTING: de plaatsen die nodig zijn, gedeeld door de plaatsen die er zijn.
nu: zonder een verdere maatregel; met alle: elk project op zijn vroegst, met de
variant die minst of meest geeft. ! = meer nodig dan er bezet kunnen zijn.

gesloten (hooguit 90% bezet)
                            2022   2023
  nodig                        9      6
  plaatsen nu                 10     10
  plaatsen met alle, minst    10      6
  plaatsen met alle, meest    10      7
  bezet nu                   90%    60%
  bezet met alle, minst      90%   100%!
  bezet met alle, meest      90%    86%

open (hooguit 100% bezet)
                            2022   2023
  nodig                        0      5
  plaatsen nu                  4      4
  plaatsen met alle            4      8
  bezet nu                    0%   125%!
  bezet met alle              0%    63%

PRIJZEN: wat een plaats per jaar kost, in euro op prijspeil. tarief: volgens het
blad tarief; midden: de middelste prijs van de zorgvorm (of van alle plaatsen
als zij er maar een heeft). ! = minder dan de helft of meer dan het dubbele.

locatie                zorgvorm                 bezet    leeg  midden  t.o.v.
L1                     gesloten               100.000  40.000 100.000    100%
L2                     open                   100.000  40.000 100.000    100%

WAT EEN BRON BETAALT voor een plaats, in haar eerste jaar, naast wat een bezette
plaats dan kost. ! = minder dan de goedkoopste of meer dan de duurste.

bron                zorgvorm               jaar betaalt laagste hoogste
PXQ                 gesloten               2022 110.000 100.000 100.000       !

GELD PER JAAR, in hele euro. met alle: elk project op zijn vroegst, met zijn
duurste variant. hooguit: wat een bron in geen enkel plan te boven gaat.

                                 2022        2023
gevraagd nu                  1.100.000   1.160.000
gevraagd met alle            1.400.000   1.184.000
  plaatsen                   1.100.000   1.184.000
  maatregelen                  300.000           0
hooguit pxq                    880.000     880.000
uit potten, of tekort          520.000     304.000

GELD PER BRON, in euro over alle jaren. gevraagd: wat zij van alle projecten mag
betalen. ! = zij kan meer betalen dan zij gevraagd wordt: de rest blijft over.

bron                   soort                      hooguit           gevraagd
SPUK                   spuk                    250.000,00         300.000,00
PXQ                    pxq                   1.760.000,00       2.284.000,00
EIGEN                  eigen                     5.900,00       1.804.000,00"""


def test_the_tables_of_a_case_by_hand() -> None:
    assert outlook_text(CASE.case()) == EXPECTED


def test_check_gives_the_tables_behind_its_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_xlsx(CASE.tables(), tmp_path / "proef.xlsx")
    status, out, _ = spoken(capsys, "check", str(path), "--uitgebreid")
    assert status == Exit.FINE
    assert out == f"proef.xlsx: geen bevindingen (4 maatregelen, 0 scenario's).\n\n{outlook_text(CASE.case())}\n"


def test_no_line_is_wider_than_a_terminal() -> None:
    """Names of any length, sums of hundreds of millions, ten years: all within 80 columns, none cut off unseen."""
    long = "EEN-HEEL-LANGE-NAAM-VAN-EEN-BRON-DIE-NIEMAND-UITSCHRIJFT"
    case = replace(
        CASE,
        last=2031,
        places=[
            places("L1", "gesloten", 9_345, (Decimal("1234567.89"), Decimal("987654.32"))),
            places("L2", "open", 4),
        ],
        measures=[measure("M1", "P1", (2022, 2022))],
        effects=[],
        proceeds=[],
        costs=[cost("M1", "verbouwen", 900_000_000)],
        sources=[source(long, "spuk", 10_245_473, (2022, 2023))],
        funding=[],
    ).case()
    lines = outlook_text(case).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert any(line.startswith("EEN-HEEL-LANGE-NAAM-V…") for line in lines)
    assert sum(line.split()[:1] == ["nodig"] for line in lines) == 4, "two zorgvormen in two bands of years"


def test_a_source_that_can_pay_more_than_is_asked_gets_a_mark() -> None:
    asked = replace(CASE, sources=[source("SPUK", "spuk", 300_000, (2022, 2023))], funding=[], proceeds=[])
    exact = outlook_text(asked.case()).splitlines()[-1]
    more = replace(asked, sources=[source("SPUK", "spuk", Decimal("300000.01"), (2022, 2023))])
    assert not exact.endswith("!")
    assert outlook_text(more.case()).splitlines()[-1].endswith("300.000,01         300.000,00 !")


def test_the_small_case_has_every_table() -> None:
    told = outlook_text(small_built_case())
    for head in ("BEZETTING", "PRIJZEN", "WAT EEN BRON BETAALT", "GELD PER JAAR", "GELD PER BRON"):
        assert f"{head}" in told

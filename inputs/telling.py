"""How many rows of each case are sourced and how many are assumed: run this file to see.

A row counts by the code in its column herkomst; a row of `kosten` without one has that of its measure, and a row
without any (an effect, a scenario) is not counted.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from finance.case import RawBook
from finance.xlsx.read import read_book


def tel(book: RawBook) -> Counter[str]:
    """The rows of a case by soort: bron or aanname."""
    soorten = {str(rij.cellen["code"]): str(rij.cellen["soort"]) for rij in book.bladen["herkomst"].rijen}
    van_maatregel = {rij.cellen["maatregel"]: rij.cellen["herkomst"] for rij in book.bladen["maatregelen"].rijen}
    telling: Counter[str] = Counter(bron=0, aanname=0)
    for naam, blad in book.bladen.items():
        for rij in blad.rijen:
            code = rij.cellen.get("herkomst") or (naam == "kosten" and van_maatregel[rij.cellen["maatregel"]])
            if code:
                telling[soorten[str(code)]] += 1
    return telling


if __name__ == "__main__":
    for path in sorted(Path(__file__).parent.glob("*.xlsx")):
        gevonden = tel(read_book(path))
        print(f"{path.stem}: {gevonden['bron']} rijen uit een bron, {gevonden['aanname']} aangenomen")  # noqa: T201 - what it is run for

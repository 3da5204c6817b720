"""The checks of what measures use at once: the sheets `hulpbronnen` and `beslag`."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case.checked import Checked
from finance.case.table import listed
from finance.findings import Finding


def resources(checked: Checked) -> Iterator[Finding]:
    """Find resources of which a year is not given."""
    if checked.years is None or not checked.has("hulpbronnen"):
        return
    known = checked.ids("hulpbronnen", "hulpbron")
    given = checked.pairs("hulpbronnen", ("hulpbron", "jaar"), (known, checked.years))
    for name in dict.fromkeys(row.hulpbron for row in checked.case.resources):
        absent = [year for year in checked.years if given.lack(name, year)]
        if absent:
            yield Finding(
                "hulpbronnen",
                "",
                f"Van hulpbron {name} ontbreekt hoeveel er is in {listed(absent)}.",
                "Voeg voor elk jaar van de casus een rij toe, desnoods met 0.",
            )

"""The checks of how regions share what municipalities pay: the sheet `regios`."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case.checked import Checked
from finance.findings import Finding


def regions(checked: Checked) -> Iterator[Finding]:
    """Find keys that divide nothing."""
    keys = [number for _, (number,) in checked.records("regios", "sleutel")]
    if keys and not any(number is None or number for number in keys):
        yield Finding(
            "regios",
            "",
            "Alle sleutels zijn 0, dus er valt niets te delen.",
            "Geef elke regio haar aandeel of haar aantal jeugdigen of inwoners.",
        )

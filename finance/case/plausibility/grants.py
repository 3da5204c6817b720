"""Grants that are less bound than was hardly meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from finance.case.checked import Checked
from finance.case.sheets import Source
from finance.case.table import blank, listed
from finance.case.words import GRANT
from finance.findings import Finding
from finance.money import ZERO, Money


def without_provider(checked: Checked) -> Iterator[Finding]:
    """A grant for all providers beside grants of a regulation that each have their own."""
    of_regulation: dict[str, list[Source]] = defaultdict(list)
    for row in checked.case.sources:
        if row.soort == GRANT:
            of_regulation[row.regeling].append(row)
    for rows in of_regulation.values():
        others = sorted({row.aanbieder for row in rows} - {""})
        for row in rows:
            if not row.aanbieder and len(others) > 1:
                yield checked.at(
                    "dekking",
                    row.rij,
                    "aanbieder",
                    f"{row.bron} heeft geen aanbieder en mag dus voor alle aanbieders betalen, terwijl"
                    f" {listed(others)} een eigen uitkering hebben.",
                    "Vul de aanbieder in als ook deze uitkering voor een van hen is.",
                )


def default_decisions(checked: Checked) -> Iterator[Finding]:
    """Grants without a decision of several municipalities: each municipality counts as one decision."""
    cells = {row.nummer: row.cellen.get("beschikking") for row in checked.sheet("dekking").rijen}
    made = [row for row in checked.case.sources if row.beschikking and blank(cells.get(row.rij))]
    if made:
        names = sorted({checked.case.grant_municipality(row) for row in made})
        yield checked.at(
            "dekking",
            made[0].rij,
            "beschikking",
            f"Bij {listed([row.bron for row in made])} is beschikking leeg; de uitkeringen van"
            f" {listed(names)} tellen dan elk als een eigen beschikking, met een eigen deelplafond en"
            " verantwoording.",
            "Vul de beschikkingen in als het er meer of andere zijn.",
        )


def unnamed_decisions(checked: Checked) -> Iterator[Finding]:
    """Decisions and sources that do not name each other: money that plays no part, or has no decision."""
    case = checked.case
    if not case.grant_decisions:
        return
    members: dict[str, list[Source]] = defaultdict(list)
    for source in case.sources:
        row = case.decision_of(source)
        if row is not None:
            members[row.beschikking].append(source)
        elif source.soort == GRANT:
            yield checked.at(
                "dekking",
                source.rij,
                "beschikking",
                f"{source.bron} noemt geen beschikking, en het blad beschikkingen heeft er wel: zij telt als een"
                " eigen beschikking.",
                "Noem de beschikking waar dit geld uit komt.",
            )
    for row in case.grant_decisions:
        together = Money.total(source.bedrag or ZERO for source in members[row.beschikking])
        if together < row.bedrag:
            rest = row.bedrag - together
            yield checked.at(
                "beschikkingen",
                row.rij,
                "bedrag",
                f"Van beschikking {row.beschikking} staat {rest.dutch()} niet in het blad dekking; dat geld betaalt"
                " niets en gaat in dit plan ook niet terug.",
                "Zet het hele bedrag bij een bron, en wat voor plaatsen buiten de casus is in de kolom buiten_casus.",
            )

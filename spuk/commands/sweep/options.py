"""The options of `spuk sweep`."""

from __future__ import annotations

from typing import Annotated

import typer

from spuk.options import whole_number

DrawCount = Annotated[
    int,
    typer.Option("--aantal", metavar="AANTAL", parser=whole_number("--aantal", 1, 100_000), help="Hoeveel trekkingen."),
]
Seed = Annotated[
    int,
    typer.Option("--zaad", metavar="S", parser=whole_number("--zaad", 0, 2**31), help="Een ander zaad trekt anders."),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="K",
        parser=whole_number("--workers", 1, 512),
        help="Zoveel rekenprocessen op deze computer; anders een per processor.",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option("--cluster", metavar="tcp://PC:POORT", help="Reken op een Dask-cluster dat al draait."),
]

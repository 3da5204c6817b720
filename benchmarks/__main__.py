"""Measure everything, print it, and write it to results.md beside this file."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from benchmarks import building, draws, journey, planning, sweeping, workbook
from benchmarks.report import Section

RESULTS = Path(__file__).with_name("results.md")
MEASUREMENTS: dict[str, tuple[Callable[[], Section], ...]] = {
    "building": (building.measure,),
    "growth": (building.measure_growth,),
    "planning": (planning.measure,),
    "journey": (journey.measure,),
    "draws": (draws.measure,),
    "sweeping": (sweeping.measure, sweeping.measure_outside, sweeping.measure_memory),
    "workbook": (workbook.measure, workbook.measure_memory),
}
PACKAGES = (
    "pyomo",
    "highspy",
    "numpy",
    "scipy",
    "xlsxwriter",
    "ironcalc",
    "dask",
    "distributed",
    "pyarrow",
    "linopy",
    "pandas",
    "xarray",
)
HEAD = """# What was measured

Written by `make bench`; README.md in this folder says how to read it. The ratios are the result. Seconds
stand beside them for orientation only: another machine gives other seconds and much the same ratios."""


def versions() -> str:
    """What was measured with."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"Python {platform.python_version()} on {platform.system()} {platform.machine()}; {packages}."


def main() -> None:
    """Measure what was asked for; only a complete measurement is kept."""
    asked = sys.argv[1:] or list(MEASUREMENTS)
    unknown = set(asked) - set(MEASUREMENTS)
    if unknown:
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}")
    texts = [HEAD, versions()]
    print("\n\n".join(texts), flush=True)
    for measure in (measure for name in asked for measure in MEASUREMENTS[name]):
        texts.append(measure().markdown())
        print("\n" + texts[-1], flush=True)
    if set(asked) == set(MEASUREMENTS):
        RESULTS.write_text("\n\n".join(texts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
